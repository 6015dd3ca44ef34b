"""The cells of a form's tables on a scanned page, each read as its column demands.

A page read whole loses its smallest pieces: a code and its raised mark become one garbled
word, the I of ownership between two rules a stroke. Cut along the ruling lines, a figure is
one line, a raised mark is cut off by its shape, a letter is enlarged and read twice, and D
and I are told by how often ink crosses their middle.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import numpy as np
from PIL import Image, ImageOps

from ledger.codes import CODES
from ledger.readers.pages import engine
from ledger.readers.pages.grid import Band, Grid
from ledger.readers.pages.layout import band_line
from ledger.readers.pages.page import Page, Word
from ledger.readers.pages.pictures import Ink, Sheet, enlarged
from ledger.readers.pages.ruling import rules_of
from ledger.readers.pages.shapes import (
    Line,
    cleaned,
    is_direct,
    line_of,
    mark_at,
    signs_of,
)
from ledger.readers.pages.upright import read_upright
from ledger.readers.pages.witnesses import SIGNS, agreed, signed
from ledger.readers.scan.columns import INITIAL_PRINTED, LETTERS, PRINTED, WORDS
from ledger.readers.scan.headings import is_wording_line
from ledger.readers.scan.markup import raised
from ledger.readers.scan.tokens import UNREAD

_LAYOUTS = {
    len(columns): columns
    for printed in (PRINTED, INITIAL_PRINTED)
    for choices in printed.values()
    for columns in choices
}
"""The columns of each of the forms' tables, by their number."""

_TALLEST = 2
"""Inches: no row of a table is taller."""

_Part = Literal["words", "figure", "letter", "mark"]


_SMALL = 24
"""Pixels: a figure that is less tall is enlarged before it is read."""

_LETTER = {True: "D", False: "I", None: "?)"}


class _Cell(NamedTuple):
    """The inside of a cell: its picture, and the ink on it."""

    picture: Image.Image
    ink: Ink


class _Crop(NamedTuple):
    """A piece of the page to be read, and the cell it is of.

    Of a figure, `signs` are its points and commas, and `again` other pictures of it.
    """

    band: Band
    column: int
    part: _Part
    picture: Image.Image
    signs: tuple[int, ...] = ()
    again: tuple[Image.Image, ...] = ()


def read_page(sheet: Sheet) -> Page:
    """One page: all its words, and those of its tables' cells read again one by one."""
    clean = _without_specks(sheet)
    turns, seen = read_upright(clean)
    rules = rules_of(sheet.turned(turns).ink, sheet.dpi)
    sheet = clean.turned(turns)
    grid = Grid(rules, max(2, sheet.dpi // 50))
    held: dict[Band, list[Word]] = {}
    free = []
    for word in seen.words:
        band = grid.band(word)
        if band is None or not _is_row(band, sheet.dpi):
            free.append(word)
        else:
            held.setdefault(band, []).append(word)
    rows = []
    for band, inside in held.items():
        if is_wording_line(band_line(band, inside)):
            free += inside
        else:
            rows.append(band)
    return Page((*free, *_read_again(rows, sheet)), tuple(rules))


def _without_specks(sheet: Sheet) -> Sheet:
    """A page whose specks are white."""
    ink = cleaned(sheet.ink, sheet.dpi)
    specks = sheet.ink & ~ink
    for _ in range(2):
        wider = specks.copy()
        wider[1:] |= specks[:-1]
        wider[:-1] |= specks[1:]
        wider[:, 1:] |= specks[:, :-1]
        wider[:, :-1] |= specks[:, 1:]
        specks = wider & ~ink
    grey = np.where(specks, 255, np.asarray(sheet.grey)).astype(np.uint8)
    return Sheet(Image.fromarray(grey), ink, sheet.dpi)


def _is_row(band: Band, dpi: int) -> bool:
    return len(band.edges) - 1 in _LAYOUTS and band.bottom - band.top < _TALLEST * dpi


def _read_again(rows: Sequence[Band], sheet: Sheet) -> list[Word]:
    """The cells of all rows of a page, read in as few runs of the program as there are kinds."""
    said: dict[tuple[Band, int], list[str]] = {}
    crops: list[_Crop] = []
    for band in rows:
        columns = _LAYOUTS[len(band.edges) - 1]
        for number, name in enumerate(columns):
            cell = _cut(band, number, sheet)
            if cell is None:
                continue
            if name == "ownership":
                line = line_of(cell.ink, sheet.dpi)
                said[band, number] = [] if line is None else [_LETTER[is_direct(line)]]
            else:
                crops += _parts(band, number, name, cell, sheet.dpi)
    for piece, text in _texts(crops, sheet.dpi):
        said.setdefault((piece.band, piece.column), []).append(text)
    for band in rows:
        columns = _LAYOUTS[len(band.edges) - 1]
        letter, nature = (columns.index(name) for name in ("ownership", "nature"))
        held = bool(re.search(r"[A-Za-z]{3}", "".join(said.get((band, nature), []))))
        if said.get((band, letter)) == [_LETTER[held]]:
            # A nature is printed where shares are held indirectly, and nowhere else.
            said[band, letter] = [_LETTER[None]]
    return [word for (band, number), texts in said.items() for word in _words(band, number, texts)]


def _texts(crops: Sequence[_Crop], dpi: int) -> Iterable[tuple[_Crop, str]]:
    """What each crop says, in the order of their cells."""
    lines = [crop for crop in crops if crop.part in {"figure", "letter"}]
    found = dict(
        zip(map(id, lines), engine.texts([c.picture for c in lines], dpi, psm=7), strict=True)
    )
    figures = [(crop, picture) for crop in crops for picture in crop.again]
    others = engine.texts([picture for _, picture in figures], dpi, psm=7, only=SIGNS)
    readings = {id(crop): [found[id(crop)]] for crop, _ in figures}
    for (crop, _), text in zip(figures, others, strict=True):
        readings[id(crop)].append(text)
    whole = {id(crop): crop for crop, _ in figures}
    said = agreed([(readings[at], len(crop.signs)) for at, crop in whole.items()])
    weights = [crop.signs for crop in whole.values()]
    found |= zip(whole, signed(list(zip(said, weights, strict=True))), strict=True)
    letters = [crop for crop in crops if crop.part == "letter"]
    only = "".join(sorted(CODES))
    again = engine.texts([c.picture for c in letters], dpi, psm=10, only=only)
    for crop, other in zip(letters, again, strict=True):
        found[id(crop)] = _voted(found[id(crop)], other)
    marks = [crop for crop in crops if crop.part == "mark"]
    read = engine.texts([c.picture for c in marks], dpi, psm=7, only="()0123456789")
    found |= {id(crop): _mark(text) for crop, text in zip(marks, read, strict=True)}
    words = [crop for crop in crops if crop.part == "words"]
    blocks = engine.texts([c.picture for c in words], dpi, psm=6)
    found |= dict(zip(map(id, words), blocks, strict=True))
    for crop in crops:
        yield crop, found[id(crop)]


def _voted(one: str, other: str) -> str:
    """The letter of two readings; where they differ, the one that is a letter at all."""
    plain = [re.sub(r"[^A-Za-z]", "", text)[:1].upper() for text in (one, other)]
    if plain[0] and plain[1] and plain[0] != plain[1] and plain[0] in CODES:
        return "?)"
    return next((letter for letter in plain if letter in CODES), one)


def _mark(text: str) -> str:
    """A raised mark; one that cannot be read is left as a sign that there is one."""
    numbers = re.findall(r"\((\d{1,2})\)", text) or re.findall(r"^\D?(\d)\D?$", text)
    return "".join(raised(number) for number in numbers) or f" {UNREAD}"


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
    ink = sheet.ink[top:bottom, left:right].copy()
    for side in (ink, ink.T):
        # What is left of a line along an edge of the cell.
        for at in (*range(rim), *range(len(side) - rim, len(side))):
            if side[at].sum() * 2 > side.shape[1]:
                side[at] = False
    return _Cell(sheet.grey.crop((left, top, right, bottom)), ink) if ink.any() else None


def _parts(band: Band, column: int, name: str, cell: _Cell, dpi: int) -> list[_Crop]:
    """What of a cell is read how: words as a block, else the value and its raised mark apart."""
    if name in WORDS:
        tall = np.flatnonzero(cell.ink.any(axis=1))
        if tall[-1] - tall[0] < dpi // 30:
            return []
        return [_Crop(band, column, "words", _rimmed(cell.picture))]
    line = line_of(cell.ink, dpi)
    if line is None:
        return []
    whole = _masked(cell, line)
    if name in LETTERS:
        first = next(s for s, _ in line.shapes if s.height * 10 >= line.tall * 7)
        letter = enlarged(whole.crop((first.left, 0, first.right, whole.height)), 3)
        found = [_Crop(band, column, "letter", _rimmed(letter))]
        rest = next((s.left for s, _ in line.shapes if s.left >= first.right), None)
    else:
        rest = mark_at(line)
        end = whole.width if rest is None else rest
        picture, again = _pictures(cell, whole, line, end)
        signs = signs_of(line, end, np.asarray(cell.picture))
        found = [_Crop(band, column, "figure", picture, signs=signs, again=again)]
    if rest is not None:
        tail = enlarged(_trimmed(whole.crop((rest, 0, *whole.size))), 3)
        found.append(_Crop(band, column, "mark", _rimmed(tail)))
    return found


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
    for _ in range(2):
        wider = mask.copy()
        wider[1:] |= mask[:-1]
        wider[:-1] |= mask[1:]
        wider[:, 1:] |= mask[:, :-1]
        wider[:, :-1] |= mask[:, 1:]
        mask = wider
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
