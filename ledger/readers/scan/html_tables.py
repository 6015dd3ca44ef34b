"""HTML tables of a scan as lines of tabs, in which a spanned column keeps its place."""

from __future__ import annotations

import re

from ledger.readers.scan.markup import BREAK, TAG

_BLOCKS = {"p", "div", "br", "hr", "li", "ul", "ol", "center", "h1", "h2", "h3", "h4", "h5"}
_SILENT = re.compile(r"(?is)<!--.*?-->|<(style|script|title)\b.*?</\1\s*>|<[!?][^>]*>")
_SPAN = re.compile(r"""(?i)\b(col|row)span\s*=\s*["']?(\d{1,3})""")
_WIDEST = 60
"""More columns than any table of the forms has, however badly it was cut."""


def has_tables(text: str) -> bool:
    """Whether a text has rows or cells of an HTML table in it."""
    return re.search(r"(?i)<t[rdh]\b", text) is not None


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


def unfolded(text: str) -> str:
    """HTML tables as lines of tabs. A table inside a cell keeps its place in the text."""
    out: list[str] = []
    grids: list[_Grid] = []
    text = _SILENT.sub(" ", text)
    last = 0
    for tag in TAG.finditer(text):
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
