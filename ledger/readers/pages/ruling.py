"""Ruling lines of a scanned page: long straight runs of ink, level and upright."""

from __future__ import annotations

import numpy as np

from ledger.readers.pages.page import RULE_LIMIT, Rule
from ledger.readers.pages.pictures import Ink

_FILLED = 96
"""Of a hundred pixels along a line, how many must be ink; scans have gaps."""


def rules_of(ink: Ink, dpi: int) -> list[Rule]:
    """The ruling lines of a page: half an inch and more across, an eighth and more down."""
    level = [Rule(*run) for run in _runs(ink, dpi // 2)]
    upright = [
        Rule(top, left, bottom, right) for left, top, right, bottom in _runs(ink.T, dpi // 7)
    ]
    return [*level, *upright][:RULE_LIMIT]


def _runs(ink: Ink, length: int) -> list[tuple[int, int, int, int]]:
    """Level runs of ink of at least a length, one pixel of wander allowed."""
    high, wide = ink.shape
    if length < 4 or wide <= length or high < 3:
        return []
    thick = ink.copy()
    thick[1:] |= ink[:-1]
    thick[:-1] |= ink[1:]
    sums = np.zeros((high, wide + 1), dtype=np.int32)
    np.cumsum(thick, axis=1, out=sums[:, 1:])
    whole = (sums[:, length:] - sums[:, :-length]) * 100 >= length * _FILLED
    edges = np.zeros((high, wide + 1), dtype=np.int32)
    edges[:, : whole.shape[1]] += whole
    edges[:, length : length + whole.shape[1]] -= whole[:, : wide + 1 - length]
    covered = np.cumsum(edges, axis=1)[:, :wide] > 0
    return _joined(covered)


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
