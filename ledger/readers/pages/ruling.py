"""Ruling lines of a scanned page: long straight runs of ink, level and upright."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ledger.readers.pages.page import RULE_LIMIT, Rule
from ledger.readers.pages.pictures import Ink, wider

_FILLED = 96
"""Of a hundred pixels along a line, how many must be ink; scans have gaps."""


class Ruling(NamedTuple):
    """The ruling lines of a page, and the ink that they are made of."""

    rules: list[Rule]
    ink: Ink


def ruling_of(ink: Ink, dpi: int) -> Ruling:
    """The ruling lines of a page: half an inch and more across, an eighth and more down."""
    level, upright = _covered(ink, dpi // 2), _covered(ink.T, dpi // 7)
    rules = [Rule(*run) for run in _joined(level)]
    rules += [Rule(top, left, bottom, right) for left, top, right, bottom in _joined(upright)]
    return Ruling(rules[:RULE_LIMIT], wider(level | upright.T) & ink)


def _covered(ink: Ink, length: int) -> Ink:
    """What lies on level runs of ink of at least a length, one pixel of wander allowed."""
    high, wide = ink.shape
    if length < 4 or wide <= length or high < 3:
        return np.zeros_like(ink)
    thick = ink.copy()
    thick[1:] |= ink[:-1]
    thick[:-1] |= ink[1:]
    sums = np.zeros((high, wide + 1), dtype=np.int32)
    np.cumsum(thick, axis=1, out=sums[:, 1:])
    whole = (sums[:, length:] - sums[:, :-length]) * 100 >= length * _FILLED
    edges = np.zeros((high, wide + 1), dtype=np.int32)
    edges[:, : whole.shape[1]] += whole
    edges[:, length : length + whole.shape[1]] -= whole[:, : wide + 1 - length]
    return np.asarray(np.cumsum(edges, axis=1)[:, :wide] > 0)


def _joined(covered: Ink) -> list[tuple[int, int, int, int]]:
    """Runs in neighbouring rows as one line each: left, top, right, bottom."""
    found: list[list[int]] = []
    open_runs: list[list[int]] = []
    for y in np.flatnonzero(covered.any(axis=1)).tolist():
        row = np.diff(np.concatenate(([0], covered[y].view(np.int8), [0])))
        begins, ends = np.flatnonzero(row == 1).tolist(), np.flatnonzero(row == -1).tolist()
        still: list[list[int]] = []
        for begin, end in zip(begins, ends, strict=True):
            line = next(
                (o for o in open_runs if o[3] >= y - 2 and o[0] <= end and begin <= o[2]), None
            )
            if line is None:
                line = [begin, y, end, y]
                found.append(line)
            line[0], line[2], line[3] = min(line[0], begin), max(line[2], end), y
            still.append(line)
        open_runs = [o for o in open_runs if o[3] >= y - 2 and o not in still] + still
        if len(found) > RULE_LIMIT:
            break
    return [(left, top, right, bottom) for left, top, right, bottom in found]
