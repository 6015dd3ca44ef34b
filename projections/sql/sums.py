"""Sums that stand for the rows that SQL reads: one that was altered, deleted or added is noticed.

Every table has the sum of its rows' hashes, whatever their order, so that rows which are written
again are taken away and added without reading the others. They show damage and carelessness: who can
write to the file can also write the sums.

Source: Clarke, Devadas, van Dijk, Gassend and Suh, "Incremental Multiset Hash Functions and Their
Application to Memory Integrity Checking" (2003), MSet-Add-Hash.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import msgspec

from ledger import Ledger, View
from ledger.errors import IntegrityFailure
from ledger.store.inquiries import shown_by
from projections.sql.shapes import VIEWS

WRITTEN = "view_sql_written"
"""Which issuers are shown, and the digest of what they were shown from."""

STATUS = "view_sql_status"
"""One row: the position of the log at which the views stand, and what stands for their rows."""

TABLES = {**{view: shown_by(view) for view in VIEWS}, "written": WRITTEN}
"""Every table that has a sum, by what it is called in the status."""

_MODULUS = 2**128
_packed = msgspec.msgpack.Encoder().encode


class Sum(NamedTuple):
    """How many rows a table has, and the sum of their hashes."""

    rows: int = 0
    total: int = 0

    def add(self, rows: Iterable[Sequence[Any]]) -> Sum:
        """The sum with these rows."""
        return self._moved(rows, 1)

    def take(self, rows: Iterable[Sequence[Any]]) -> Sum:
        """The sum without these rows."""
        return self._moved(rows, -1)

    def _moved(self, rows: Iterable[Sequence[Any]], sign: int) -> Sum:
        count, total = self
        for row in rows:
            count += sign
            total += sign * _hash(row)
        return Sum(count, total % _MODULUS)

    @classmethod
    def of(cls, columns: Sequence[str]) -> Sum:
        """The sum of a table without a row: it stands for the names of the columns, in their order."""
        return cls(0, _hash(columns))


def _hash(values: Sequence[Any]) -> int:
    return int.from_bytes(sha256(_packed(tuple(values))).digest()[:16])


class Status(NamedTuple):
    """Where the views stand, and the sum of each of their tables."""

    position: int = 0
    sums: dict[str, Sum] = {}

    def row(self) -> tuple[int, str, str]:
        """The row that is stored: the position, the sums as JSON, and what stands for both."""
        told = json.dumps(
            {name: [rows, f"{total:032x}"] for name, (rows, total) in self.sums.items()}
        )
        return self.position, told, _root(self.position, told)


def _root(position: object, told: object) -> str:
    return sha256(_packed([position, told])).hexdigest()[:32]


def status_of(rows: Sequence[Sequence[Any]]) -> Status:
    """The status as it is stored.

    Raises:
        IntegrityFailure: It is not what was written.
    """
    if len(rows) != 1 or _root(*rows[0][:2]) != rows[0][2]:
        raise altered("where they stand")
    position, told, _ = rows[0]
    sums = {name: Sum(rows, int(total, 16)) for name, (rows, total) in json.loads(told).items()}
    return Status(position, sums)


def summed(view: View, table: str) -> Sum:
    """The sum of a table as it is now, read whole and without any index."""
    try:
        return Sum.of(view.columns_of(table)).add(view.each(f"SELECT * FROM {table}"))  # noqa: S608 - our own names
    except (TypeError, OverflowError):  # what no row of ours holds
        return Sum(-1)


_sound: WeakKeyDictionary[Ledger, tuple[object, set[str]]] = WeakKeyDictionary()
"""Tables that were looked at, and since when nothing was written to the database."""


def require(ledger: Ledger, view: View, status: Status, names: Iterable[str]) -> None:
    """Check the tables of some views, once for as long as nothing is written to the database.

    Raises:
        IntegrityFailure: The rows of one are not what was written, or it does not show them.
    """
    state = view.state()
    before, sound = _sound.get(ledger, (None, set[str]()))
    if before != state:
        sound = set()
    for name in names:
        if name not in sound:
            if wrong := problem(view, status, name):
                raise altered(wrong)
            sound.add(name)
    _sound[ledger] = state, sound


def problem(view: View, status: Status, name: str) -> str:
    """What is wrong with one table and the view of it; "" where nothing is."""
    table = TABLES[name]
    if name in VIEWS and not view.shows(name):
        return f"the view {name} does not show its table"
    if view.damaged(table):
        return f"an index of {name}"
    return "" if summed(view, table) == status.sums.get(name) else f"the rows of {name}"


def named_in(text: str) -> Collection[str]:
    """The views that a SELECT may read: those whose name, or whose table's, stands in it."""
    words = set(re.findall(r"\w+", text.lower()))
    return [view for view in VIEWS if {view, shown_by(view)} & words]


def altered(where: str) -> IntegrityFailure:
    """The error that what SQL reads was altered or damaged."""
    return IntegrityFailure(
        "what SQL reads is not what was written: it was altered, or the file is damaged",
        where=f"views for SQL, {where}",
        remedy="run `ledger verify`; if only these views are named, `ledger sql --drop` and `ledger sql` "
        "write them anew",
    )
