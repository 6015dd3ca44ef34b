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

MARK_OPEN, MARK_CLOSE = "⟦", "⟧"
"""Around a footnote mark that was raised in print, so that it is no number."""

TICKED, EMPTY = "☒", "☐"
"""A box with and without a mark."""

BREAK = "\u2028"
"""Where a line ended inside one box of the form."""


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
    stood where a typesetter's formula had to be undone to read it, else "".
    """

    number: int
    cells: tuple[Cell, ...]
    ruled: bool
    typeset: str = ""

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


_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)((?:\s[^<>]*)?/?)>")
_BLOCKS = {"p", "div", "br", "hr", "li", "ul", "ol", "center", "h1", "h2", "h3", "h4", "h5"}
_SILENT = re.compile(r"(?is)<!--.*?-->|<(style|script|title)\b.*?</\1\s*>|<[!?][^>]*>")
_SPAN = re.compile(r"""(?i)\b(col|row)span\s*=\s*["']?(\d{1,3})""")
_WIDEST = 60
"""More columns than any table of the forms has, however badly it was cut."""


def lines_of(text: str) -> list[Line]:
    """Every line of a scan that is not empty, in order.

    Markdown rules (`|---|`) are left out. Columns are counted from 0.
    """
    text = re.sub(r"\r\n?|[\f\v]", "\n", text)
    text = re.sub(r"[\x00-\x08\x0e-\x1f\x7f]", " ", text)
    if re.search(r"(?i)<t[rdh]\b", text):
        text = _unfolded(_SILENT.sub(" ", text))
    found = []
    for number, raw in enumerate(text.split("\n"), start=1):
        line = _line(number, raw)
        if line.filled:
            found.append(line)
    return found


def _line(number: int, raw: str) -> Line:
    if "\t" in raw:
        parts = raw.split("\t")
    elif raw.lstrip().startswith("|") or raw.count("|") >= 2:
        if re.fullmatch(r"[\s|:+=_-]*", raw):
            return Line(number, (), ruled=True)
        parts = re.split(r"(?<!\\)\|", raw.strip())
        parts = parts[1:] if not parts[0].strip() else parts
        parts = parts[:-1] if parts and not parts[-1].strip() else parts
    else:
        formula = raw if _MATH.search(raw.replace("\\$", "")) else ""
        return Line(number, tuple(_spaced(raw)), ruled=False, typeset=formula)
    drawn = "\t" not in raw
    cells = (Cell(cleaned(p), at, at + 1, drawn and p[-1:].isalnum()) for at, p in enumerate(parts))
    return Line(number, tuple(cells), ruled=True)


def _spaced(raw: str) -> list[Cell]:
    raw = html.unescape(raw).replace("\xa0", " ")
    found = []
    for piece in re.finditer(r"\S+(?: \S+)*", raw):
        text = cleaned(piece.group())
        if text:
            found.append(Cell(text, piece.start(), piece.end()))
    return found


class _Grid:
    """Collects one HTML table's cells, so that a spanned column keeps its place."""

    def __init__(self) -> None:
        self.row: list[str] = []
        self.held: dict[int, int] = {}
        self.cell: list[str] | None = None
        self.spans = (1, 1)

    def open_cell(self, attributes: str) -> None:
        spans = dict.fromkeys(("col", "row"), 1)
        for side, count in _SPAN.findall(attributes):
            spans[side.lower()] = max(1, min(int(count), _WIDEST))
        self.cell, self.spans = [], (spans["col"], spans["row"])

    def close_cell(self) -> None:
        if self.cell is None:
            return
        self._skip_held()
        columns, rows = self.spans
        at = len(self.row)
        self.row.append(re.sub(r"\s+", " ", "".join(self.cell)).strip())
        self.row.extend([""] * (columns - 1))
        if rows > 1:
            self.held.update(dict.fromkeys(range(at, at + columns), rows))
        self.cell = None

    def close_row(self) -> str:
        self.close_cell()
        self._skip_held()
        line = "\t".join(self.row)
        self.row = []
        self.held = {at: rows - 1 for at, rows in self.held.items() if rows > 1}
        return line if line.strip() else ""

    def _skip_held(self) -> None:
        while self.held.get(len(self.row)) and len(self.row) < _WIDEST:
            self.row.append("")


def _unfolded(text: str) -> str:
    """HTML tables as lines of tabs. A table inside a cell keeps its place in the text."""
    out: list[str] = []
    grids: list[_Grid] = []
    last = 0
    for tag in _TAG.finditer(text):
        _emit(out, grids, text[last : tag.start()])
        last = tag.end()
        closing, name = bool(tag.group(1)), tag.group(2).lower()
        if name == "table":
            _table(out, grids, closing)
        elif name in {"tr", "td", "th"}:
            _table_part(out, grids, name, closing, tag.group(3))
        elif name in {"thead", "tbody", "tfoot", "caption", "html", "body", "head", "meta"}:
            _emit(out, grids, "" if grids else "\n")
        elif name in _BLOCKS:
            _emit(out, grids, BREAK if grids else "\n")
        else:
            _emit(out, grids, tag.group())
    _emit(out, grids, text[last:])
    while grids:
        _table(out, grids, True)
    return "".join(out)


def _emit(out: list[str], grids: list[_Grid], text: str) -> None:
    if not grids:
        out.append(text)
    elif grids[-1].cell is not None:
        grids[-1].cell.append(text)
    elif text.strip():
        out.append(text)


def _table(out: list[str], grids: list[_Grid], closing: bool) -> None:
    if not closing:
        if grids and grids[-1].cell:
            out.append("\n" + re.sub(r"\s+", " ", "".join(grids[-1].cell)) + "\n")
            grids[-1].cell = []
        grids.append(_Grid())
        out.append("\n")
    elif grids:
        out.append(grids.pop().close_row() + "\n")


def _table_part(
    out: list[str], grids: list[_Grid], name: str, closing: bool, attributes: str
) -> None:
    if not grids:
        grids.append(_Grid())
    grid = grids[-1]
    if name == "tr":
        line = grid.close_row()
        out.append(line + "\n" if line else "")
    elif closing:
        grid.close_cell()
    else:
        grid.close_cell()
        grid.open_cell(attributes)


_INPUT = re.compile(r"(?i)<input\b([^<>]*)>")
_RAISED = re.compile(r"(?is)<sup[^<>]*>(.*?)</sup\s*>")
_BREAKING = re.compile(r"(?i)</?(?:br|hr|p|div|li)\b[^<>]*>")
_POWER = re.compile(r"\^\s*(?:\{([^{}]*)\}|(\(\d{1,2}\)|\d{1,2}))")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾", "0123456789()")
_RAISED_RUN = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾]+")
_REFERENCE = re.compile(r"\[\^(\d{1,2})\]")
_MATH = re.compile(r"\$(?=[^$]*[\\^{])([^$]*)\$\$?")
_LATEX_WORD = re.compile(
    r"\\(?:text|mathrm|mathbf|textbf|textit|mathit|operatorname|rm|bf)\s*\{([^{}]*)\}"
)
_DOLLAR = "\ue000"
_BOXES = str.maketrans(dict.fromkeys("☑☒✓✔✗✘🗹🗷", TICKED) | dict.fromkeys("☐□▢❏❑", EMPTY))


def cleaned(text: str) -> str:
    """One cell's text without markup: marks and boxes in one spelling, escapes undone."""
    text = html.unescape(text).replace("\xa0", " ").replace("\u200b", "")
    text = _INPUT.sub(lambda tag: f" {_box(tag.group(1))} ", text)
    text = _RAISED.sub(lambda found: _marks(_TAG.sub("", found.group(1))), text)
    text = _TAG.sub("", _BREAKING.sub(BREAK, text))
    text = unescaped(text)
    text = _REFERENCE.sub(lambda found: _marks(found.group(1)), text)
    text = _RAISED_RUN.sub(lambda run: _marks(run.group().translate(_SUPERSCRIPTS)), text)
    text = text.translate(_BOXES)
    text = re.sub(r"\*\*(?=\S)(.+?)(?<=\S)\*\*(?!\*)", r"\1", text)
    text = re.sub(r"^\s*#{1,6}\s+", "", text)
    text = re.sub(rf"\s*{BREAK}[\s{BREAK}]*", BREAK, text).strip(f" \t{BREAK}")
    return re.sub(r"[ \t]{2,}", BREAK, text)


def unescaped(text: str) -> str:
    r"""A text without LaTeX or markdown escapes: `$2. \ Includes \ 2,\!500$` is plain words.

    A dollar sign survives where it is escaped or is no delimiter.
    """
    text = text.replace("\\$", _DOLLAR)
    text = _MATH.sub(r"\1", text)
    if "\\" in text or "^" in text or "{,}" in text:
        text = _LATEX_WORD.sub(r"\1", text.replace("{,}", ","))
        text = _POWER.sub(lambda found: _marks(found.group(1) or found.group(2)), text)
        text = re.sub(r"\\(?:[!,;:]|quad|qquad)", lambda found: _gap(found.group()), text)
        text = re.sub(r"\\ ", " ", text)
        text = re.sub(r"\\([^\w\s])", r"\1", text)
        text = re.sub(r" {2,}", " ", text)
    return text.replace(_DOLLAR, "$")


def _gap(command: str) -> str:
    return "" if command in {"\\!", "\\,"} else " "


def _box(attributes: str) -> str:
    if not re.search(r"(?i)checkbox|radio", attributes):
        return ""
    return TICKED if re.search(r"(?i)\bchecked\b", attributes) else EMPTY


def _marks(raised: str) -> str:
    """What stood raised: footnote numbers are marked as such, anything else dropped or kept."""
    numbers = re.findall(r"\d{1,3}", raised)
    if numbers and not re.search(r"[A-Za-z]", raised):
        return "".join(f"{MARK_OPEN}{number}{MARK_CLOSE}" for number in numbers)
    return raised
