"""Connected pieces of ink in a cell: its letters and figures, told from specks of dirt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import isqrt
from statistics import median_low
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ledger.readers.pages.pictures import Ink

Grey = npt.NDArray[np.uint8]
"""A picture in grey: 0 is black."""

_FAINT = 10
"""What is darker than the paper by less than a tenth of it is no ink."""

_MOST = 400
"""Pieces of ink that are looked at in one cell; a row of print has some dozens."""


class Shape(NamedTuple):
    """The box around one piece of ink, and how many pixels it has."""

    left: int
    top: int
    right: int
    bottom: int
    area: int

    @property
    def height(self) -> int:
        """Rows it covers."""
        return self.bottom - self.top


def shapes_of(ink: Ink) -> list[tuple[Shape, Ink]]:
    """The pieces of ink, from left to right, each with its own pixels in a picture of its box.

    Of a cell full of dirt the largest pieces are kept: print is larger than specks.
    """
    runs = _level_runs(ink)
    pieces: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for run, piece in zip(runs, _joined(runs), strict=True):
        pieces[piece].append(run)
    found = [_shape(held) for held in pieces.values()]
    found = sorted(found, key=lambda pair: pair[0].area, reverse=True)[:_MOST]
    return sorted(found, key=lambda pair: pair[0])


def _level_runs(ink: Ink) -> list[tuple[int, int, int]]:
    """Runs of ink within a row, from above: the row, where each begins, and what is behind it."""
    edges = np.diff(np.pad(ink, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    (rows, begins), (_, ends) = np.nonzero(edges == 1), np.nonzero(edges == -1)
    return list(zip(rows.tolist(), begins.tolist(), ends.tolist(), strict=True))


def _joined(runs: Sequence[tuple[int, int, int]]) -> list[int]:
    """For each run, the first of those that hang together with it, corners counting too."""
    roots = list(range(len(runs)))

    def root(at: int) -> int:
        while roots[at] != at:
            roots[at] = roots[roots[at]]
            at = roots[at]
        return at

    above = 0
    for at, (row, begin, end) in enumerate(runs):
        while runs[above][0] < row - 1 or (runs[above][0] == row - 1 and runs[above][2] < begin):
            above += 1
        over = above
        while runs[over][0] == row - 1 and runs[over][1] <= end:
            one, other = sorted((root(at), root(over)))
            roots[other] = one
            over += 1
    return [root(at) for at in range(len(runs))]


def _shape(runs: Sequence[tuple[int, int, int]]) -> tuple[Shape, Ink]:
    top, bottom = runs[0][0], runs[-1][0] + 1
    left, right = min(run[1] for run in runs), max(run[2] for run in runs)
    own = np.zeros((bottom - top, right - left), dtype=np.bool_)
    for row, begin, end in runs:
        own[row - top, begin - left : end - left] = True
    return Shape(left, top, right, bottom, int(own.sum())), own


class Line(NamedTuple):
    """The pieces of one line of print, how tall its figures are and where their foot is."""

    shapes: tuple[tuple[Shape, Ink], ...]
    tall: int
    foot: int


def line_of(ink: Ink, dpi: int) -> Line | None:
    """The print in a cell without its dirt; None where there is nothing but dirt.

    What is tall is print. What is small is print where it stands at the foot of the print
    around it, as a point and a comma do, or raised beside it, as a mark does. The brackets of
    a mark are as tall as figures and may outnumber them, but never stand as low.
    """
    shapes = _within_rules(shapes_of(ink), ink, dpi)
    least = dpi // 30
    tallest = max((shape.height for shape, _ in shapes), default=0)
    if tallest < least:
        return None
    tall = [shape for shape, _ in shapes if shape.height * 10 >= tallest * 7]
    # A bracket and what is left of a line are narrower than all figures but a 1.
    wide = [s for s in tall if (s.right - s.left) * 10 >= s.height * 3] or tall
    lowest = max(shape.bottom for shape in wide)
    standing = [shape for shape in wide if (lowest - shape.bottom) * 5 <= shape.height]
    foot = median_low([shape.bottom for shape in standing])
    high = median_low([shape.height for shape in standing])
    big = [s for s, _ in shapes if s.height * 100 >= high * 35 and s.area * 8 >= high]
    first, last = _span(big, standing, high)
    kept = []
    for shape, own in shapes:
        low = abs(shape.bottom - foot) * 100 <= high * 35 and shape.area >= max(2, dpi // 100)
        within = first <= shape.left and shape.right <= last + high // 2
        if within and (low or shape in big):
            kept.append((shape, own))
    return Line(tuple(kept), high, foot) if kept else None


def _span(big: Sequence[Shape], standing: Sequence[Shape], high: int) -> tuple[int, int]:
    """From where to where the print of a line runs: pieces no further apart than its figures.

    A figure that came apart is no tall piece, and still the first or last one; a mark is small.
    """
    first, last = min(s.left for s in standing), max(s.right for s in standing)
    for shape in sorted(big, key=lambda s: s.right, reverse=True):
        if first - high * 3 // 2 <= shape.right:
            first = min(first, shape.left)
    for shape in sorted(big):
        if shape.left <= last + high * 3 // 2:
            last = max(last, shape.right)
    return first, last


def _within_rules(pieces: list[tuple[Shape, Ink]], ink: Ink, dpi: int) -> list[tuple[Shape, Ink]]:
    """The pieces of a cell without what is left of the upright lines beside it.

    That is thinner than any letter, and its pieces together run from the cell's head to its
    foot, beyond the print on both sides.
    """
    high, wide = ink.shape
    thin, edge = max(1, dpi // 100), max(2, dpi // 50)
    for begin, end in ((0, edge), (wide - edge, wide)):
        beside = [shape for shape, _ in pieces if begin <= shape.left and shape.right <= end]
        left = [shape for shape in beside if shape.right - shape.left <= thin]
        kept = [pair for pair in pieces if pair[0] not in left]
        tallest = max((shape.height for shape, _ in kept), default=0)
        length = max((s.bottom for s in left), default=0) - min((s.top for s in left), default=0)
        if length * 5 >= high * 3 and length > tallest:
            pieces = kept
    return pieces


def mark_at(line: Line) -> int | None:
    """Where a raised mark begins behind a figure; None where there is none.

    It begins clear of the print before it, reaches the head of the figures and is more than a
    third as high; and nothing from there on stands less than a sixth of a figure's height above
    their foot. The upper half of a figure that came apart has its lower half beside it.
    """
    head = line.foot - line.tall
    shapes = [shape for shape, _ in line.shapes]
    found = None
    for at in range(len(shapes) - 1, 0, -1):
        shape = shapes[at]
        if (line.foot - shape.bottom) * 6 <= line.tall:
            break
        small = shape.height * 100 > line.tall * 35
        reaches = (shape.top - head) * 12 <= line.tall
        clear = max(before.right for before in shapes[:at]) <= shape.left
        if small and reaches and clear:
            found = shape.left
    return found


def marks_behind(ink: Ink, dpi: int) -> list[Shape]:
    """Where marks are raised behind the lines of a block of words: a box around each run of them.

    The foot of a line is that of most of its first letters, of which some hang below it. What
    follows the last letter that stands on it, and keeps clear of that, is raised.
    """
    shapes = [shape for shape, _ in shapes_of(ink) if shape.height >= dpi // 50]
    tallest = max((shape.height for shape in shapes), default=0)
    found = []
    for line in _lines_of([s for s in shapes if s.height * 100 > tallest * 35], tallest):
        first = sorted(shape.bottom for shape in line[: (len(line) + 1) // 2])
        foot = first[len(first) // 2]
        standing = [at for at, s in enumerate(line) if (foot - s.bottom) * 5 <= tallest]
        tail = line[standing[-1] + 1 :]
        if tail and max(line[at].right for at in standing) <= tail[0].left:
            right, bottom = max(s.right for s in tail), max(s.bottom for s in tail)
            found.append(Shape(tail[0].left, min(s.top for s in tail), right, bottom, 0))
    return found


def _lines_of(shapes: Sequence[Shape], tallest: int) -> list[list[Shape]]:
    """Pieces of print as lines, from above, each from left to right."""
    lines: list[list[Shape]] = []
    before = 0
    for shape in sorted(shapes, key=lambda shape: shape.top + shape.bottom):
        if not lines or shape.top + shape.bottom - before > tallest:
            lines.append([])
        lines[-1].append(shape)
        before = shape.top + shape.bottom
    return [sorted(line) for line in lines]


def signs_of(line: Line, end: int, grey: Grey) -> tuple[int, ...]:
    """How heavy each point and comma is of a figure that ends at a place, from left to right.

    That is its ink times the square root of how far up and down the ink is spread, in parts of
    the figures' height: in one print a comma has about three times a point's. It is measured on
    the picture in grey, as a sign of small print has only some pixels. What shares its columns
    with other pieces is part of a figure that came apart.
    """
    shapes = [shape for shape, _ in line.shapes]
    paper = int(np.median(grey))
    dark = np.clip(paper - grey.astype(np.int64), 0, 255)
    dark[dark * _FAINT < paper] = 0
    reach = line.tall * 9 // 20
    top, bottom = max(0, line.foot - reach), line.foot + reach
    found = []
    for sign in shapes:
        beside = any(
            min(other.right, sign.right) - max(other.left, sign.left) > 1
            for other in shapes
            if other is not sign
        )
        if sign.height * 2 > line.tall or sign.right > end or beside:
            continue
        rows = dark[top:bottom, max(0, sign.left - 1) : sign.right + 1].sum(axis=1)
        ink = int(rows.sum())
        at = np.arange(len(rows))
        apart = int((rows * (at * ink - int((rows * at).sum())) ** 2).sum()) // max(1, ink**2)
        found.append(ink * isqrt(apart * 1_000_000 // max(1, ink)) // line.tall**3)
    return tuple(found)


def is_direct(line: Line) -> bool | None:
    """Whether a cell's letter is a D, which ink crosses twice in its middle; an I, once.

    Its stem may have come apart from its bow, so that both are looked at together. None where
    the two cannot be told apart.
    """
    tall = [pair for pair in line.shapes if pair[0].height * 10 >= line.tall * 7]
    left, top = min(s.left for s, _ in tall), min(s.top for s, _ in tall)
    wide, high = max(s.right for s, _ in tall) - left, max(s.bottom for s, _ in tall) - top
    own = np.zeros((high, wide), dtype=np.bool_)
    for shape, ink in tall:
        rows = slice(shape.top - top, shape.bottom - top)
        own[rows, shape.left - left : shape.right - left] |= ink
    middle = own[own.shape[0] * 2 // 5 : own.shape[0] * 3 // 5 + 1]
    crossed = [int((np.diff(row.astype(np.int8), prepend=0) == 1).sum()) for row in middle]
    twice, once = crossed.count(2), crossed.count(1)
    return None if twice == once else twice > once


def cleaned(ink: Ink, dpi: int) -> Ink:
    """Ink without specks: dots that stand alone, with nothing around them."""
    small = max(3, dpi // 40)
    wide = small + max(4, dpi // 25)
    alone: Ink = _around(ink, small) == _around(ink, wide)
    return np.asarray(ink & ~alone)


def _around(ink: Ink, side: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
    """How much ink stands in a square around each pixel."""
    half = side // 2
    padded = np.pad(ink.astype(np.int32), ((half + 1, half), (half + 1, half)))
    sums = padded.cumsum(axis=0).cumsum(axis=1)
    whole = 2 * half + 1
    return np.asarray(
        sums[whole:, whole:]
        - sums[:-whole, whole:]
        - sums[whole:, :-whole]
        + sums[:-whole, :-whole],
        dtype=np.int32,
    )
