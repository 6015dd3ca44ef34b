"""The cells of a form's tables on a scanned page, each read as its column demands.

A page read whole loses its smallest pieces: a code and its raised mark become one garbled
word, the I of ownership between two rules a stroke. Cut along the ruling lines, a figure is
one line, a raised mark is cut off by its shape, a letter is enlarged and read twice, and D
and I are told by how often ink crosses their middle.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageOps

from ledger.readers.pages.crops import Crop, texts
from ledger.readers.pages.grid import Band, Grid
from ledger.readers.pages.layout import band_line
from ledger.readers.pages.page import Page, Word
from ledger.readers.pages.pictures import Ink, Sheet, enlarged, wider
from ledger.readers.pages.ruling import ruling_of
from ledger.readers.pages.shapes import (
    Line,
    cleaned,
    is_direct,
    line_of,
    mark_at,
    marks_behind,
    signs_of,
)
from ledger.readers.pages.upright import read_upright
from ledger.readers.scan.columns import INITIAL_PRINTED, LETTERS, PRINTED, WORDS, columns_of
from ledger.readers.scan.headings import is_wording_line

_CHOICES = tuple(
    columns
    for printed in (PRINTED, INITIAL_PRINTED)
    for choices in printed.values()
    for columns in choices
)
"""The columns of each of the forms' tables."""

_NUMBERS = frozenset(map(len, _CHOICES))

_TALLEST = 2
"""Inches: no row of a table is taller."""

_SMALL = 24
"""Pixels: a figure that is less tall is enlarged before it is read."""

_LETTER = {True: "D", False: "I", None: "?)"}


class _Cell(NamedTuple):
    """The inside of a cell: its picture, and the ink on it."""

    picture: Image.Image
    ink: Ink


def read_page(sheet: Sheet) -> Page:
    """One page: all its words, and those of its tables' cells read again one by one."""
    clean = _without(sheet.ink & ~cleaned(sheet.ink, sheet.dpi), sheet)
    turns, seen = read_upright(clean)
    rules, ruled = ruling_of(sheet.turned(turns).ink, sheet.dpi)
    grid = Grid(rules, max(2, sheet.dpi // 50))
    held: dict[Band, list[Word]] = {}
    free = []
    for word in seen.words:
        band = grid.band(word)
        if band is None or not _is_row(band, sheet.dpi):
            free.append(word)
        else:
            held.setdefault(band, []).append(word)
    rows = {}
    for band, inside in held.items():
        if is_wording_line(band_line(band, inside)):
            free += inside
        else:
            rows[band] = inside
    return Page((*free, *_read_again(rows, _without(ruled, clean.turned(turns)))), tuple(rules))


def _without(ink: Ink, sheet: Sheet) -> Sheet:
    """A page on which some of its ink, and the grey around that, is white."""
    kept = sheet.ink & ~ink
    for _ in range(2):
        ink = wider(ink) & ~kept
    grey = np.where(ink, 255, np.asarray(sheet.grey)).astype(np.uint8)
    return Sheet(Image.fromarray(grey), kept, sheet.dpi)


def _is_row(band: Band, dpi: int) -> bool:
    return len(band.edges) - 1 in _NUMBERS and band.bottom - band.top < _TALLEST * dpi


def _read_again(rows: Mapping[Band, Sequence[Word]], sheet: Sheet) -> list[Word]:
    """The cells of all rows of a page, read in as few runs of the program as there are kinds.

    With each row come its words as the whole page was read.
    """
    said: dict[tuple[Band, int], list[str]] = {}
    crops: list[Crop] = []
    layouts = _layouts(rows, sheet)
    for band, words in rows.items():
        for number, name in enumerate(layouts[len(band.edges) - 1]):
            cell = _cut(band, number, sheet)
            if cell is None:
                continue
            if name == "ownership":
                line = line_of(cell.ink, sheet.dpi)
                said[band, number] = [] if line is None else [_LETTER[is_direct(line)]]
            else:
                seen = " ".join(word.text for word in words if band.column(word) == number)
                parts = _parts(band, number, name, cell, sheet.dpi)
                crops += [part._replace(seen=seen) for part in parts]
    for piece, text in texts(crops, sheet.dpi):
        said.setdefault((piece.band, piece.column), []).append(text)
    for band in rows:
        columns = layouts[len(band.edges) - 1]
        letter, nature = (columns.index(name) for name in ("ownership", "nature"))
        held = bool(re.search(r"[A-Za-z]{3}", "".join(said.get((band, nature), []))))
        if said.get((band, letter)) == [_LETTER[held]]:
            # A nature is printed where shares are held indirectly, and nowhere else.
            said[band, letter] = [_LETTER[None]]
    return [word for (band, number), told in said.items() for word in _words(band, number, told)]


def _layouts(rows: Iterable[Band], sheet: Sheet) -> dict[int, tuple[str, ...]]:
    """The columns of a page's tables, by their number, as far as its rows show which they are."""
    found: dict[int, tuple[str, ...]] = {}
    inked: dict[int, list[list[bool]]] = defaultdict(list)
    for band in rows:
        wide = len(band.edges) - 1
        inked[wide].append([_cut(band, at, sheet) is not None for at in range(wide)])
    for wide, cells in inked.items():
        columns = columns_of(_CHOICES, [sum(column) for column in zip(*cells, strict=True)])
        assert columns is not None  # no other band is a row
        found[wide] = columns
    return found


def _words(band: Band, column: int, texts: Sequence[str]) -> list[Word]:
    """A cell's words, one for each of its lines, set one below the other within it."""
    left, right = band.edges[column], band.edges[column + 1]
    lines = [line.strip() for line in "".join(texts).split("\n") if line.strip()]
    deep = max(1, (band.bottom - band.top) // max(1, len(lines)))
    return [
        Word(line, left + 1, band.top + deep * i, right - 1, band.top + deep * (i + 1))
        for i, line in enumerate(lines)
    ]


def _cut(band: Band, column: int, sheet: Sheet) -> _Cell | None:
    """The inside of a cell without the lines around it; None where it holds no ink."""
    rim = max(2, sheet.dpi // 60)
    left, right = band.edges[column] + rim, band.edges[column + 1] - rim
    top, bottom = band.top + rim, band.bottom - rim
    if right - left < rim or bottom - top < rim:
        return None
    ink = sheet.ink[top:bottom, left:right]
    return _Cell(sheet.grey.crop((left, top, right, bottom)), ink) if ink.any() else None


def _parts(band: Band, column: int, name: str, cell: _Cell, dpi: int) -> list[Crop]:
    """What of a cell is read how: words as a block, else the value and its raised mark apart."""
    if name in WORDS:
        tall = np.flatnonzero(cell.ink.any(axis=1))
        if tall[-1] - tall[0] < dpi // 30:
            return []
        return _worded(band, column, cell, dpi)
    line = line_of(cell.ink, dpi)
    if line is None:
        return []
    whole = _masked(cell, line)
    if name in LETTERS:
        first = next(s for s, _ in line.shapes if s.height * 10 >= line.tall * 7)
        letter = whole.crop((first.left, 0, first.right, whole.height))
        smooth, sharp = _rimmed(enlarged(letter, 3)), _rimmed(enlarged(letter, 2, smooth=False))
        found = [Crop(band, column, "letter", smooth, again=(sharp,), may=LETTERS[name])]
        rest = next((s.left for s, _ in line.shapes if s.left >= first.right), None)
    else:
        rest = mark_at(line)
        end = whole.width if rest is None else rest
        picture, again = _pictures(cell, whole, line, end)
        signs = signs_of(line, end, np.asarray(cell.picture))
        found = [Crop(band, column, "figure", picture, signs=signs, again=again)]
    if rest is not None:
        tail = enlarged(_trimmed(whole.crop((rest, 0, *whole.size))), 3)
        found.append(Crop(band, column, "mark", _rimmed(tail)))
    return found


def _worded(band: Band, column: int, cell: _Cell, dpi: int) -> list[Crop]:
    """Words as a block, without the marks raised behind its lines; those apart."""
    plain = np.asarray(cell.picture).copy()
    found = []
    for mark in marks_behind(cell.ink, dpi):
        box = (mark.left - 1, max(0, mark.top - 1), mark.right + 1, mark.bottom + 1)
        found.append(Crop(band, column, "mark", _rimmed(enlarged(cell.picture.crop(box), 3))))
        plain[box[1] : box[3], box[0] : box[2]] = 255
    whole = _rimmed(cell.picture)
    bare = _rimmed(Image.fromarray(plain)) if found else whole
    return [Crop(band, column, "words", bare, again=(whole,) if found else ()), *found]


def _pictures(
    cell: _Cell, whole: Image.Image, line: Line, end: int
) -> tuple[Image.Image, tuple[Image.Image, ...]]:
    """A figure up to where its mark begins: its print alone, and then sharper, and as it stands.

    A piece that was taken for dirt is still there on the last, and the readings differ.
    """
    times = 2 if line.tall < _SMALL else 1
    print_alone = _trimmed(whole.crop((0, 0, end, whole.height)))
    head, foot = line.foot - line.tall * 3 // 2, line.foot + line.tall // 2
    standing = cell.picture.crop((0, max(0, head), end, min(cell.picture.height, foot)))
    smooth, sharp = enlarged(print_alone, times), enlarged(print_alone, times, smooth=False)
    return _rimmed(smooth), (_rimmed(sharp), _rimmed(enlarged(standing, times)))


def _masked(cell: _Cell, line: Line) -> Image.Image:
    """A cell's picture with nothing on it but its print, and a little around that."""
    mask = np.zeros(cell.ink.shape, dtype=np.bool_)
    for shape, own in line.shapes:
        mask[shape.top : shape.bottom, shape.left : shape.right] |= own
    mask = wider(wider(mask))
    grey = np.asarray(cell.picture)
    return Image.fromarray(np.where(mask, grey, 255).astype(np.uint8))


def _trimmed(picture: Image.Image) -> Image.Image:
    """A picture cut to what is on it."""
    box = ImageOps.invert(picture).getbbox()
    return picture.crop(box) if box else picture


def _rimmed(picture: Image.Image) -> Image.Image:
    """A picture with white around it, which the program needs."""
    rim = max(10, picture.height // 3)
    white = Image.new("L", (picture.width + 2 * rim, picture.height + 2 * rim), 255)
    white.paste(picture, (rim, rim))
    return white
