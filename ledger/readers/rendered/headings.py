"""Which columns a rendered table has, told by their headings: of Table I or II, of any form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from ledger.readers.rendered.cells import Cell, cell_of, cells_in, rows_of, span, words_of
from ledger.types import Table

_TITLE = re.compile(r"(?i)\btitle of (derivative )?security\b")
_HEADINGS = (
    ("securityTitle", r"title of (derivative )?security"),
    ("natureOfOwnership", r"nature of indirect"),
    ("directOrIndirectOwnership", r"ownership\s+form"),
    ("conversionOrExercisePrice", r"conversion or exercise price"),
    ("deemedExecutionDate", r"deemed execution"),
    ("transactionDate", r"transaction date"),
    ("transactionCode", r"transaction code|code"),
    ("voluntary", r"v"),
    ("side", r"\(a\)\s*or\s*\(d\)"),
    ("acquired", r"\(a\)"),
    ("disposed", r"\(d\)"),
    ("transactionPricePerShare", r"price|price of derivative security"),
    ("exerciseDate", r"date exercisable"),
    ("expirationDate", r"expiration date"),
    ("underlyingSecurityTitle", r"title"),
    ("underlying", r"amount or number of shares"),
    ("amount", r"amount"),
    ("after", r"(amount|number|value) of (derivative )?securities.*owned.*"),
)
"""Each column and its heading: in full, or where it is long, how it begins."""

_KNOWN = [(name, re.compile(rf"(?i)(?:{pattern})(?=$|[\s:])")) for name, pattern in _HEADINGS]
_EXACT = {"voluntary", "acquired", "disposed", "underlyingSecurityTitle", "amount"}
_NUMBERED = re.compile(r"^\d{1,2}[A-Za-z]?\.\s*")
_ASIDE = re.compile(r"(?i)\s*\((?:instr\.?|month|mm)[^)]*\)\s*")
NEEDED = ("securityTitle", "directOrIndirectOwnership", "natureOfOwnership")
"""Columns that every table of every form has."""


class Layout(NamedTuple):
    """A table of the form: which one, the name of each column, and its rows.

    A column that is not known here is named by its heading, in brackets.
    """

    table: Table
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def layout_of(table: etree._Element) -> Layout | None:
    """What an HTML table shows of the form's, None where it is neither Table I nor Table II."""
    rows = list(rows_of(table))
    start, title = _headed(rows)
    if title is None:
        return None
    deep = start + span(title, "row")
    while deep < len(rows) and _all_headings(rows[deep]):
        deep += 1
    columns = tuple(map(_column, _grid(rows[start:deep])))
    found = _TITLE.search(words_of(title))
    body = (tuple(_spread(row)) for row in rows[deep:])
    kept = tuple(cells for cells in body if any(cell.text or cell.notes for cell in cells))
    return Layout("II" if found and found[1] else "I", columns, kept)


def _spread(row: etree._Element) -> Iterator[Cell]:
    """The cells of a row under its columns: one that spans several has its words in the first."""
    for cell in cells_in(row):
        across = span(cell, "col")
        yield cell_of(cell)._replace(across=across)
        yield from (Cell("") for _ in range(across - 1))


def _headed(rows: list[etree._Element]) -> tuple[int, etree._Element | None]:
    """The row of headings, and the heading over the titles of securities."""
    for number, row in enumerate(rows[:6]):
        for cell in cells_in(row):
            if cell.find(".//table") is None and _TITLE.match(_bare(words_of(cell))):
                return number, cell
    return 0, None


def _all_headings(row: etree._Element) -> bool:
    cells = cells_in(row)
    return bool(cells) and all(cell.tag == "th" for cell in cells)


def _grid(rows: list[etree._Element]) -> list[str]:
    """The lowest heading over each column."""
    lowest: list[str] = []
    held: dict[int, int] = {}
    for row in rows:
        at, below = 0, dict(held)
        for cell in cells_in(row):
            while held.get(at):
                at += 1
            for column in range(at, at + span(cell, "col")):
                lowest.extend([""] * (column + 1 - len(lowest)))
                lowest[column] = words_of(cell)
                below[column] = span(cell, "row")
            at += span(cell, "col")
        held = {column: left - 1 for column, left in below.items() if left > 1}
    return lowest


def _column(heading: str) -> str:
    """The name of a column, or its heading in brackets."""
    bare = _bare(heading)
    for name, pattern in _KNOWN:
        found = pattern.match(bare)
        if found and (name not in _EXACT or found.end() == len(bare)):
            return name
    return f"[{bare[:80]}]"


def _bare(heading: str) -> str:
    """A heading without its number, and without the advice on how to fill the column in."""
    plain = " ".join(_ASIDE.sub(" ", " ".join(heading.split())).split())
    return _NUMBERED.sub("", plain).strip()
