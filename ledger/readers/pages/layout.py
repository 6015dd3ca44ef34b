"""A page as lines of cells, as the reader of forms takes them.

Where ruling lines make a table, its cells are theirs, joined downwards before they are read
across, and empty ones keep their place. Elsewhere a line is cut where its words stand
further apart than words do; lines that stand close and hold one row's figures are that row,
cut at the gaps that run through all of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median_low

from ledger.readers.pages.grid import Band, Grid
from ledger.readers.pages.page import Page, Word
from ledger.readers.scan.lines import Cell, Line
from ledger.readers.scan.markup import BREAK, raised, spelt
from ledger.readers.scan.tokens import DAY, number_of, unmarked

_SMALL = 85
"""Of a hundred parts of the height beside it, how high a footnote mark is at most."""

_LAST = 3
"""Words before one on a line by which it is known to stand on that."""

_NUMBER = re.compile(r"[(\[]?\d{1,2}[)\]]?")


def lines_of_page(page: Page, number: int = 1) -> list[Line]:
    """The lines of a page of some number, in order."""
    words = [word for word in page.words if word.text.strip()]
    if not words:
        return []
    unit = max(1, median_low([word.height for word in words]))
    if not (page.exact or page.rules):
        words = [_even(word, unit) for word in words]
    letters = sum(len(word.text) for word in words)
    wide = max(1, sum(word.right - word.left for word in words) // letters)
    grid = Grid(page.rules, unit // 3)
    bands: dict[Band, list[Word]] = defaultdict(list)
    free: list[Word] = []
    for word in words:
        band = grid.band(word)
        # A box of one column is running text: notes, a heading, the frame of the page.
        if band is None or len(band.edges) == 2:
            free.append(word)
        else:
            bands[band].append(word)
    placed = [(band.top, band_line(band, held, exact=page.exact)) for band, held in bands.items()]
    for block in _blocks(rows_of(free), unit) if page.exact else [[row] for row in rows_of(free)]:
        columns = _columns(block, unit)
        placed += [
            (min(w.top for w in row), _spaced(row, unit, wide, exact=page.exact, page=number))
            for row in (block if columns is None else ())
        ]
        if columns is not None:
            top = min(word.top for row in block for word in row)
            placed.append((top, _stacked(columns, wide, page=number)))
    return [line for _, line in sorted(placed, key=lambda pair: pair[0]) if line.filled]


def _even(word: Word, unit: int) -> Word:
    """A word whose box was drawn around a line above or below it too, on its own line alone."""
    if word.height * 3 < unit * 5:
        return word
    top = word.middle[1] - unit // 2
    return word._replace(top=top, bottom=top + unit)


def band_line(band: Band, words: Sequence[Word], *, exact: bool = False) -> Line:
    """A row of cells between ruling lines; `exact` as for the page."""
    held: dict[int, list[Word]] = defaultdict(list)
    for word in words:
        held[band.column(word)].append(word)
    tall = max((word.height for word in words), default=0)
    cells = []
    for column in range(len(band.edges) - 1):
        rows = rows_of(held.get(column, []))
        text = BREAK.join(_text(row, exact=exact, beside=tall) for row in rows)
        cells.append(Cell(spelt(text), column, column + 1))
    return Line(0, tuple(cells), ruled=True, drawn=not exact)


def _blocks(rows: Sequence[list[Word]], unit: int) -> list[list[list[Word]]]:
    """Lines of text that stand as close as the lines of one cell do."""
    blocks: list[list[list[Word]]] = []
    foot = 0
    for row in rows:
        top, bottom = min(w.top for w in row), max(w.bottom for w in row)
        if not blocks or (top - foot) * 5 > unit * 2:
            blocks.append([])
            foot = bottom
        blocks[-1].append(row)
        foot = max(foot, bottom)
    return blocks


def _columns(block: Sequence[list[Word]], unit: int) -> list[list[Word]] | None:
    """The columns of lines that are one row of a table; None where they are not.

    One row: there are figures, but none stand below each other, and three columns or more.
    """
    if len(block) < 2:
        return None
    columns: list[list[Word]] = []
    right = 0
    for word in sorted((word for row in block for word in row), key=lambda word: word.left):
        if not columns or word.left - right > unit // 2:
            columns.append([])
            right = word.right
        columns[-1].append(word)
        right = max(right, word.right)
    figures = [sum(_is_figure(word.text) for word in column) for column in columns]
    return columns if len(columns) > 2 and max(figures) == 1 else None


def _is_figure(text: str) -> bool:
    """Whether a word is a day or a number of three digits and more, or of money."""
    bare = unmarked(text)
    said = number_of(bare)
    return bool(DAY.fullmatch(bare)) or (said is not None and (len(bare) > 2 or bare[0] == "$"))


def _stacked(columns: Sequence[list[Word]], wide: int, *, page: int) -> Line:
    """One row whose cells, each of a line or more, only stand apart."""
    tall = max(word.height for column in columns for word in column)
    cells = []
    for column in columns:
        text = BREAK.join(_text(row, exact=True, beside=tall) for row in rows_of(column))
        begin = min(word.left for word in column) // wide
        end = max(word.right for word in column) // wide
        cells.append(Cell(spelt(text), begin, max(end, begin + 2)))
    return Line(0, tuple(cells), ruled=False, measured=page)


def _spaced(row: Sequence[Word], unit: int, wide: int, *, exact: bool, page: int) -> Line:
    """A line whose columns only stand apart; its places are measured in letters."""
    groups: list[list[Word]] = [[row[0]]]
    for before, word in pairwise(row):
        if word.left - before.right > max(unit, wide * 2):
            groups.append([])
        groups[-1].append(word)
    tall = max(word.height for word in row)
    cells = []
    for group in groups:
        begin, end = group[0].left // wide, group[-1].right // wide
        cells.append(
            Cell(spelt(_text(group, exact=exact, beside=tall)), begin, max(end, begin + 2))
        )
    return Line(0, tuple(cells), ruled=False, measured=page)


def rows_of(words: Iterable[Word]) -> list[list[Word]]:
    """Words as lines of text, top to bottom, each from left to right; a page may lean a little."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.left, word.top)):
        best, shared = None, 0
        for row in rows:
            last, overlap = _nearest(row, word)
            if overlap * 5 > min(last.height, word.height) * 2 and overlap > shared:
                best, shared = row, overlap
        if best is None:
            rows.append([word])
        else:
            best.append(word)
    return sorted(rows, key=lambda row: sum(word.top for word in row) // len(row))


def _nearest(row: Sequence[Word], word: Word) -> tuple[Word, int]:
    """Of the last words of a line the one that shares most of a word's height, and how much.

    The very last may be a raised mark, which stands on no line.
    """
    nearest, left = row[-1], _LAST
    overlap: int | None = None
    for other in reversed(row):
        if (other.bottom - other.top) * 2 > word.bottom - word.top:
            shared = min(other.bottom, word.bottom) - max(other.top, word.top)
            if overlap is None or shared > overlap:
                nearest, overlap = other, shared
            left -= 1
            if not left:
                break
    if overlap is None:
        overlap = min(nearest.bottom, word.bottom) - max(nearest.top, word.top)
    return nearest, overlap


def _text(row: Sequence[Word], *, exact: bool, beside: int) -> str:
    """The words of a line; where sizes are known, what stands raised is a footnote mark.

    So is a short number alone in its cell, where it is smaller than what the row prints `beside`.
    """
    tall = max(word.height for word in row)
    if exact and tall * 100 < beside * _SMALL and all(_NUMBER.fullmatch(w.text) for w in row):
        return "".join(raised(word.text) for word in row)
    foot = median_low([word.bottom for word in row if word.height == tall])
    text = ""
    for index, word in enumerate(row):
        high = word.height * 100 < tall * _SMALL and (foot - word.bottom) * 100 > tall * 12
        said = raised(word.text) if exact and high else word.text
        stuck = index and (word.left - row[index - 1].right) * 7 < min(
            word.height, row[index - 1].height
        )
        text += said if not index or (exact and stuck) else f" {said}"
    return re.sub(r" {2,}", " ", text)
