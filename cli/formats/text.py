"""Lays blocks out as plain text in columns, for a terminal and for a pipe alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import IO

from rich.cells import cell_len

from cli.reports.blocks import Block, Column, Grid, Heading, Paragraph, Picture, Row, Verbatim
from cli.terminal import safe_text, strong, tinted, width_of

_GAP = "  "
_MARGIN = " "
_PAGE = 1_000
"""Rows that are measured before the first of them is printed; later ones use the same columns, if they fit."""
_INDENT = 4
_SLIMMEST = 6
_MAY_BREAK = re.compile(r"(?<= )(?! )|(?<=[/;])(?=\w)|(?<=[A-Za-z]-)(?=[A-Za-z])")
"""Between words and within a compound word; what names something is never cut."""
_GRADED = frozenset({"Severity", "Verdict"})
"""Columns whose words a terminal shows in colour."""


def write_text(blocks: Iterable[Block], stream: IO[str]) -> None:
    """Write an answer as text that fits the stream's width."""
    width = width_of(stream)
    for number, block in enumerate(b for b in blocks if not isinstance(b, Picture)):
        match block:
            case Heading(text):
                if number:
                    stream.write("\n")
                for line in wrapped(safe_text(text), width - len(_MARGIN)):
                    stream.write(_MARGIN + strong(line, stream) + "\n")
            case Paragraph(text, indent):
                margin = _MARGIN + " " * indent
                for line in wrapped(safe_text(text), width - len(margin)):
                    stream.write((margin + line).rstrip() + "\n")
            case Verbatim(text):
                stream.writelines(f"{safe_text(line)}\n" for line in text.splitlines())
            case Grid():
                _write_grid(block, stream, width)


def _write_grid(grid: Grid, stream: IO[str], width: int) -> None:
    rows = (Row([safe_text(cell) for cell in row.cells], row.notes) for row in grid.rows)
    page, columns = list(islice(rows, _PAGE)), grid.columns
    if any(c.beneath for c in columns) and _too_narrow(columns, page, width - len(_MARGIN)):
        rows = (_parted(grid.columns, row) for row in rows)
        page = [_parted(grid.columns, row) for row in page]
        columns = [column for column in columns if not column.beneath]
    widths = _fitted(columns, page, width - len(_MARGIN))
    if grid.titled:
        titles = [column.title for column in columns]
        for line in _lines(columns, titles, widths):
            stream.write(strong(line, stream) + "\n")
    for row in _measured(columns, page, rows, widths, width - len(_MARGIN)):
        indent = _MARGIN
        if row.cells:
            indent += " " * _INDENT
            for line in _lines(columns, row.cells, widths, stream):
                stream.write(line + "\n")
        for note in row.notes:
            for line in wrapped(safe_text(note), width - len(indent)):
                stream.write(indent + line + "\n")


def _measured(
    columns: Sequence[Column],
    page: list[Row],
    rest: Iterator[Row],
    widths: list[int],
    width: int,
) -> Iterator[Row]:
    """The rows, a page at a time; where one no longer fits, `widths` become what it takes first."""
    while page:
        if any(need > has for need, has in zip(_least(columns, page), widths, strict=True)):
            widths[:] = _fitted(columns, page, width)
        yield from page
        page = list(islice(rest, _PAGE))


def _parted(columns: Sequence[Column], row: Row) -> Row:
    """A row with what may stand beneath it there, before its notes."""
    if not row.cells:
        return row
    cells = list(zip(columns, row.cells, strict=True))
    beneath = ", ".join(cell for column, cell in cells if column.beneath and cell)
    notes = (beneath, *row.notes) if beneath else row.notes
    return Row([cell for column, cell in cells if not column.beneath], notes)


def _lines(
    columns: Sequence[Column],
    cells: Sequence[str],
    widths: Sequence[int],
    stream: IO[str] | None = None,
) -> Iterator[str]:
    """One row as the lines it takes: as many as its most wrapped cell."""
    wrappings = [
        wrapped(cell, width) if column.wraps else [cell]
        for column, cell, width in zip(columns, cells, widths, strict=True)
    ]
    for depth in range(max(map(len, wrappings))):
        parts = [
            _padded(lines[depth] if depth < len(lines) else "", width, right=column.figures)
            for column, lines, width in zip(columns, wrappings, widths, strict=True)
        ]
        if stream is not None:
            parts = [
                tinted(part, stream) if column.title in _GRADED else part
                for column, part in zip(columns, parts, strict=True)
            ]
        yield (_MARGIN + _GAP.join(parts)).rstrip()


def _cells(text: str) -> int:
    """How many columns of a screen a text takes: one for each letter of plain English."""
    return len(text) if text.isascii() else cell_len(text)


def _padded(text: str, width: int, *, right: bool) -> str:
    blank = " " * (width - _cells(text))
    return blank + text if right else text + blank


def _fitted(columns: Sequence[Column], rows: Sequence[Row], width: int) -> list[int]:
    """Column widths whose sum fits: words give way, the widest first, figures never.

    Words are first wrapped, and only broken when that does not suffice.
    """
    texts = _texts(columns, rows)
    widths = [max(map(_cells, cells)) for cells in texts]
    flexible = [index for index, column in enumerate(columns) if column.wraps]
    unbroken = {index: _longest_piece(texts[index]) for index in flexible}
    excess = sum(widths) + len(_GAP) * (len(columns) - 1) - width
    for floors in (unbroken, dict.fromkeys(flexible, _SLIMMEST)):
        while excess > 0:
            able = [index for index in flexible if widths[index] > floors[index]]
            if not able:
                break
            widths[max(able, key=lambda index: widths[index])] -= 1
            excess -= 1
    return widths


def _too_narrow(columns: Sequence[Column], rows: Sequence[Row], width: int) -> bool:
    """Whether columns only fit where something is cut that should stay whole."""
    return sum(_least(columns, rows)) + len(_GAP) * (len(columns) - 1) > width


def _least(columns: Sequence[Column], rows: Sequence[Row]) -> list[int]:
    """How wide each column must be for nothing in it to be cut that should stay whole."""
    return [
        _longest_piece(cells) if column.wraps else max(map(_cells, cells))
        for column, cells in zip(columns, _texts(columns, rows), strict=True)
    ]


def _texts(columns: Sequence[Column], rows: Sequence[Row]) -> list[list[str]]:
    """What stands in each column."""
    return [
        [column.title, *(row.cells[index] for row in rows if row.cells)]
        for index, column in enumerate(columns)
    ]


def _longest_piece(texts: Iterable[str]) -> int:
    return max(_cells(piece) for text in texts for piece in _pieces(text))


def wrapped(text: str, width: int) -> list[str]:
    """A text as lines of at most `width` columns, broken between words where possible."""
    if _cells(text) <= width:
        return [text]
    lines = [""]
    for piece in _pieces(text):
        if _cells(lines[-1]) + _cells(piece.rstrip()) <= width:
            lines[-1] += piece
            continue
        *whole, last = _cut(piece, width)
        lines += [*whole, last]
    return [line.rstrip() for line in lines if line.strip()]


def _pieces(text: str) -> list[str]:
    """A text cut wherever a line may end; the pieces joined are the text."""
    return _MAY_BREAK.split(text)


def _cut(piece: str, width: int) -> list[str]:
    """A piece too long for any line, as pieces that are not."""
    cuts = []
    while _cells(piece.rstrip()) > width:
        end = next(n for n in range(width, 0, -1) if n == 1 or _cells(piece[:n]) <= width)
        cuts.append(piece[:end])
        piece = piece[end:]
    return [*cuts, piece]
