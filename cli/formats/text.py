"""Lays blocks out as plain text in columns, for a terminal and for a pipe alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import IO

from rich.cells import cell_len

from cli.reports.blocks import Block, Column, Grid, Heading, Paragraph, Picture, Row, Verbatim
from cli.terminal import safe_text, strong, width_of

_GAP = "  "
_MARGIN = " "
_PAGE = 1_000
"""Rows that are measured before the first is printed; later ones use the same columns."""
_INDENT = 4
_SLIMMEST = 6
_MAY_BREAK = re.compile(r"(?<= )(?! )|(?<=[#_/;])(?=\w)|(?<=[A-Za-z]-)(?=[A-Za-z])")
"""Between words, within a row's name before the row, and within a compound word."""


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
    page = list(islice(rows, _PAGE))
    widths = _fitted(grid.columns, page, width - len(_MARGIN))
    if grid.titled:
        titles = [column.title for column in grid.columns]
        for line in _lines(grid.columns, titles, widths):
            stream.write(strong(line, stream) + "\n")
    for row in chain(page, rows):
        indent = _MARGIN
        if row.cells:
            indent += " " * _INDENT
            for line in _lines(grid.columns, row.cells, widths):
                stream.write(line + "\n")
        for note in row.notes:
            for line in wrapped(safe_text(note), width - len(indent)):
                stream.write(indent + line + "\n")


def _lines(columns: Sequence[Column], cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
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
    texts = [
        [column.title, *(row.cells[index] for row in rows if row.cells)]
        for index, column in enumerate(columns)
    ]
    widths = [max(map(_cells, cells)) for cells in texts]
    flexible = [index for index, column in enumerate(columns) if column.wraps]
    unbroken = {
        index: max(_cells(piece) for text in texts[index] for piece in _pieces(text))
        for index in flexible
    }
    excess = sum(widths) + len(_GAP) * (len(columns) - 1) - width
    for floors in (unbroken, dict.fromkeys(flexible, _SLIMMEST)):
        while excess > 0:
            able = [index for index in flexible if widths[index] > floors[index]]
            if not able:
                break
            widths[max(able, key=lambda index: widths[index])] -= 1
            excess -= 1
    return widths


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
