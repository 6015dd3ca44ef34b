"""Checks the rows that SQL reads from end to end, apart from the code that writes and reads them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator

import msgspec

from ledger import Ledger, View
from ledger.errors import LedgerError
from projections.views.rules import program

_WRITTEN = "written"
_VIEWS = ("filings", "lines", "entries", "holdings", "findings", "people", "issuers", _WRITTEN)


def problems_of(ledger: Ledger) -> Iterator[str] | None:
    """What is wrong with the rows that SQL reads; None where these rules have written none."""
    view = ledger.view("sql", program())
    try:
        position = view.position()
    except LedgerError as error:
        return iter([f"views for SQL: {error}"])
    return _spoken(view, position) if position else None


def _spoken(view: View, position: int) -> Iterator[str]:
    try:
        for problem in _problems(view, position):
            yield f"views for SQL: {problem}"
    except LedgerError as error:
        yield f"views for SQL: {error}"


def _problems(view: View, position: int) -> Iterator[str]:
    found = view.query("SELECT position, sums, root FROM view_sql_status")
    if len(found) != 1:
        yield f"they have {len(found)} rows that say where they stand"
        return
    stands, told, root = found[0]
    packed = msgspec.msgpack.encode([stands, told])
    if stands != position:
        yield f"they were written at position {stands}, and are said to stand at {position}"
    if hashlib.sha256(packed).hexdigest()[:32] != root:
        yield "where they stand was altered"
        return
    sums = json.loads(told)
    for name in _VIEWS:
        if list(_sum(view, f"view_sql_{name}")) != sums.get(name):
            yield f"the rows of {name} are not those that were written"


def _hash(values: Iterable[object]) -> int:
    return int(hashlib.sha256(msgspec.msgpack.encode(list(values))).hexdigest()[:32], 16)


def _sum(view: View, table: str) -> tuple[int, str]:
    """How many rows a table has, and the sum of the first halves of their SHA-256, and its columns'."""
    count, total = 0, _hash(view.columns_of(table))
    try:
        for row in view.each(f"SELECT * FROM {table}"):  # noqa: S608 - our own names
            count, total = count + 1, total + _hash(row)
    except (TypeError, OverflowError):
        return -1, "no plain values"
    return count, f"{total % (1 << 128):032x}"
