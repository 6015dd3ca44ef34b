"""Connected pieces of ink in a cell: its letters and figures, told from specks of dirt."""

from __future__ import annotations

import re
from statistics import median_low
from typing import NamedTuple

import numpy as np

from ledger.readers.pages.pictures import Ink

_MOST = 400
"""Pieces of ink in one cell beyond which it is dirt, or a picture."""


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
    """The pieces of ink, from left to right, each with its own pixels in a picture of its box."""
    left_over = ink.copy()
    found = []
    for y, x in zip(*(places.tolist() for places in np.nonzero(ink)), strict=True):
        if not left_over[y, x]:
            continue
        pixels = _flooded(left_over, y, x)
        rows, columns = [p[0] for p in pixels], [p[1] for p in pixels]
        top, left = min(rows), min(columns)
        own = np.zeros((max(rows) - top + 1, max(columns) - left + 1), dtype=np.bool_)
        own[[row - top for row in rows], [column - left for column in columns]] = True
        shape = Shape(left, top, left + own.shape[1], top + own.shape[0], len(pixels))
        found.append((shape, own))
        if len(found) > _MOST:
            return []
    return sorted(found, key=lambda pair: pair[0])


def _flooded(left_over: Ink, y: int, x: int) -> list[tuple[int, int]]:
    """The pixels that hang together with one, which are taken out."""
    high, wide = left_over.shape
    left_over[y, x] = False
    found = [(y, x)]
    for row, column in found:
        for down in (row - 1, row, row + 1):
            for across in (column - 1, column, column + 1):
                inside = 0 <= down < high and 0 <= across < wide
                if inside and left_over[down, across]:
                    left_over[down, across] = False
                    found.append((down, across))
    return found


class Line(NamedTuple):
    """The pieces of one line of print, how tall its figures are and where their foot is."""

    shapes: tuple[tuple[Shape, Ink], ...]
    tall: int
    foot: int


def line_of(ink: Ink, dpi: int) -> Line | None:
    """The print in a cell without its dirt; None where there is nothing but dirt.

    What is tall is print. What is small is print where it stands at the foot of the print
    around it, as a point and a comma do, or raised beside it, as a mark does.
    """
    shapes = shapes_of(ink)
    least = dpi // 30
    tallest = max((shape.height for shape, _ in shapes), default=0)
    if tallest < least:
        return None
    tall = [shape for shape, _ in shapes if shape.height * 10 >= tallest * 7]
    foot = median_low([shape.bottom for shape in tall])
    high = median_low([shape.height for shape in tall])
    first, last = min(s.left for s in tall), max(s.right for s in tall)
    kept = []
    for shape, own in shapes:
        big = shape.height * 100 >= high * 35 and shape.area * 8 >= high
        near = first - high // 2 <= shape.left and shape.right <= last + high * 3
        low = abs(shape.bottom - foot) * 100 <= high * 35 and shape.area >= max(2, dpi // 100)
        within = first <= shape.left and shape.right <= last + high // 2
        if (big and near) or (low and within):
            kept.append((shape, own))
    return Line(tuple(kept), high, foot) if kept else None


def mark_at(line: Line) -> int | None:
    """Where a raised mark begins behind a figure; None where there is none.

    Its first piece stands a tenth of a figure's height above the foot of the figures, reaches
    their head and is more than a third as high. A point and a comma reach the foot; a figure
    within brackets reaches neither.
    """
    head = line.foot - line.tall
    for (shape, _), (before, _) in zip(line.shapes[1:], line.shapes, strict=False):
        small = shape.height * 100 > line.tall * 35
        above = (line.foot - shape.bottom) * 10 >= line.tall
        reaches = (shape.top - head) * 12 <= line.tall
        if small and above and reaches and shape.left >= before.left:
            return shape.left
    return None


def signs_of(line: Line, end: int) -> tuple[str, ...]:
    """The points and commas of a figure that ends at a place, by their shapes; `?`: either.

    A comma hangs below the foot of the figures and is a quarter as high; a point does neither.
    """
    found = []
    for shape, _ in line.shapes:
        if shape.height * 2 > line.tall or shape.right > end:
            continue
        hangs = shape.bottom - line.foot
        comma = hangs >= 1 and shape.height * 100 >= line.tall * 29
        point = hangs <= 0 and shape.height * 100 <= line.tall * 18
        found.append("," if comma else "." if point else "?")
    return tuple(found)


def with_signs(text: str, signs: tuple[str, ...]) -> str:
    """A figure as it was read, with its points and commas as their shapes say.

    Where a comma before the last three digits may be a point, while those before it are
    commas, the figure is left open: a `?` stands behind it.
    """
    parts = re.split(r"[.,]", text)
    read = re.findall(r"[.,]", text)
    if not read or len(read) != len(signs) or not re.fullmatch(r"\$?\d[\d.,]*\d", text):
        return text
    kept = [said if sign == "?" else sign for said, sign in zip(read, signs, strict=True)]
    grouped = len(parts[-1]) == 3
    sound = "." not in kept[:-1] and (kept[-1] == "." or grouped)
    if not sound:
        return text
    whole = "".join(part + sign for part, sign in zip(parts, [*kept, ""], strict=True))
    unsure = signs[-1] == "?" and kept[-1] == "," and "," in signs[:-1]
    return f"{whole}?" if unsure else whole


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
