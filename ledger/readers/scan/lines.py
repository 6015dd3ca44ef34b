"""Scanned text as lines of cells, whatever wrote it: tabs, pipes, HTML or plain spaces.

A scan reaches us as text in which the form's boxes and columns survive as tabs, as a
markdown or HTML table, as gaps of two or more spaces, or not at all. All of these end
here as lines of cells that remember where they stood. Footnote marks, boxes and the
typesetter's escapes are brought to one spelling; no word or figure is changed.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from ledger.readers.scan.html_tables import has_tables, unfolded
from ledger.readers.scan.markup import FORMULA, cleaned


class Cell(NamedTuple):
    """A piece of text and where it stood: a column number, or a stretch of characters.

    `full` says that it ran up to a drawn border, so that its last word may be cut.
    """

    text: str
    start: int
    end: int
    full: bool = False


class Line(NamedTuple):
    """One line of a scan.

    `ruled` says its columns were divided, not merely spaced; `typeset` is the line as it
    stood where a typesetter's formula had to be undone to read it, else ""; `drawn` that
    its cells were cut from a picture along the form's own lines, so that none has moved;
    `measured` is the page on which its pieces stand where they are said to, which blanks do not
    tell; 0 where they may not.
    """

    number: int
    cells: tuple[Cell, ...]
    ruled: bool
    typeset: str = ""
    drawn: bool = False
    measured: int = 0

    @property
    def width(self) -> int:
        """How many columns the line had, empty ones included, where it was ruled."""
        return self.cells[-1].end if self.cells else 0

    @property
    def filled(self) -> tuple[Cell, ...]:
        """The cells with something in them."""
        return tuple(cell for cell in self.cells if cell.text)

    @property
    def text(self) -> str:
        """The whole line, its cells one space apart."""
        return " ".join(cell.text for cell in self.filled)


def lines_of(text: str) -> list[Line]:
    """Every line of a scan that is not empty, in order.

    Markdown rules (`|---|`) are left out. Columns are counted from 0.
    """
    text = re.sub(r"\r\n?|[\f\v]", "\n", text)
    text = re.sub(r"[\x00-\x08\x0e-\x1f\x7f]", " ", text)
    if has_tables(text):
        text = unfolded(text)
    if _DIVIDED.search(text):
        text = _DIVIDED.sub(_side_by_side, text)
    found = []
    for number, raw in enumerate(text.split("\n"), start=1):
        line = _line(number, raw)
        if line.filled:
            found.append(line)
    return found


_DIVIDED = re.compile(r"(?m)^(?:(?:[^|\n]*\|)\n(?:\|\|\n)+){3}(?:(?:[^|\n]*\||\|\|)(?:\n|\Z))+")
"""A table of one cell a line: each ends in a stroke, and two strokes alone divide it from the next."""


def _side_by_side(table: re.Match[str]) -> str:
    """The rows of such a table, each on the line on which it began; nothing stands on the others.

    Where two cells follow each other undivided, one row ends and another begins.
    """
    rows: list[list[str]] = []
    cells: list[str] = []
    undivided = False
    for number, line in enumerate(table[0].removesuffix("\n").split("\n")):
        if line == "||":
            if not undivided:
                cells.append("")
            undivided = False
            rows.append([])
            continue
        if undivided or not number:
            cells = []
            rows.append(cells)
        else:
            rows.append([])
        cells.append(line.removesuffix("|").strip())
        undivided = True
    lines = (f"| {' | '.join(row)} |" if len(row) > 1 else "" for row in rows)
    return "\n".join(lines) + "\n"


def _line(number: int, raw: str) -> Line:
    if "\t" in raw:
        parts = raw.split("\t")
    elif raw.lstrip().startswith("|") or (raw.count("|") >= 2 and not _SPREAD.search(raw)):
        if re.fullmatch(r"[\s|:+=_-]*", raw):
            return Line(number, (), ruled=True)
        parts = re.split(r"(?<!\\)\|", raw.strip())
        parts = parts[1:] if not parts[0].strip() else parts
        parts = parts[:-1] if parts and not parts[-1].strip() else parts
    else:
        formula = raw if FORMULA.search(raw.replace("\\$", "")) else ""
        return Line(number, tuple(_spaced(raw)), ruled=False, typeset=formula)
    drawn = "\t" not in raw
    cells = (Cell(cleaned(p), at, at + 1, drawn and p[-1:].isalnum()) for at, p in enumerate(parts))
    return Line(number, tuple(cells), ruled=True)


_SPREAD = re.compile(r"[^|\s] {3,}[^|\s]|\d/\d{2,4} +[^|/]*\d[,.]\d")
"""Columns between two strokes: then the strokes are what is left of lines, and divide nothing."""


def _spaced(raw: str) -> list[Cell]:
    raw = html.unescape(raw).replace("\xa0", " ")
    found = []
    for piece in re.finditer(r"\S+(?: \S+)*", raw):
        text = cleaned(piece.group())
        if text:
            found.append(Cell(text, piece.start(), piece.end()))
    return found
