"""Makes the views of the database, and keeps them at what is recorded.

They are made when they are first asked for. From then on each issuer is written again whose
filings or judgement changed, in one transaction with the position of the log it stands at.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ledger import Ledger, View
from ledger.errors import IntegrityFailure, UsageError
from ledger.store.inquiries import shown_by
from projections.judgement import Folds, judge
from projections.sql.rows import rows_of
from projections.sql.shapes import VIEWS, creation, declared, insertion
from projections.sql.sums import (
    STATUS,
    TABLES,
    WRITTEN,
    Status,
    Sum,
    altered,
    named_in,
    require,
    status_of,
)
from projections.views.catching_up import current
from projections.views.readmodel import ReadModel
from projections.views.rules import program

_COLUMNS = {
    **{view: ["issuer", *(name for name, _ in declared(view))] for view in VIEWS},
    "written": ["issuer", "digest"],
}
"""The columns of every table that has a sum."""

_STATUS = f"SELECT position, sums, root FROM {STATUS}"  # noqa: S608 - our own names


def sql(ledger: Ledger) -> int:
    """Make the views that SQL reads, or bring them to the end of the log.

    Returns:
        How many issuers were written.

    Raises:
        StoreUnwritable: The database may not be written.
        IntegrityFailure: What says which issuers are shown was altered.
    """
    while (written := _brought_up(ledger)) is None:
        pass
    return written


def _brought_up(ledger: Ledger) -> int | None:
    """The same; None where the read model, which cannot be written within, was brought further meanwhile."""
    model, view = current(ledger), _view(ledger)
    if 0 < view.position() == ledger.sealed():
        return 0
    model.settle()
    with view.transaction() as transaction:
        if model.moved():
            return None
        before = transaction.position()
        if not before:
            _make(transaction)
            transaction.rewind()
        status = status_of(transaction.execute(_STATUS))
        rows = transaction.execute(f"SELECT * FROM {WRITTEN}")  # noqa: S608 - our own names
        if Sum.of(_COLUMNS["written"]).add(rows) != status.sums["written"]:
            raise altered("which issuers they show")
        written, known = dict(rows), dict(model.digests())
        changed = sorted(i for i in {*known, *written} if known.get(i) != written.get(i))
        former = [issuer for issuer in changed if issuer in written]
        sums = _taken_away(transaction, former, status.sums)
        sums = _write(transaction, model, changed, known, sums)
        head = ledger.sealed()
        _stand(transaction, Status(head, sums))
        if head > before:
            transaction.advance(head)
    return len(changed)


def counts(ledger: Ledger) -> dict[str, int]:
    """How many rows each view has, once all of them are found to be what was written.

    Raises:
        UsageError: There are none.
        IntegrityFailure: They were altered, or the file is damaged.
    """
    status = _status(ledger)
    require(ledger, _view(ledger), status, VIEWS)
    return {name: status.sums[name].rows for name in VIEWS}


def require_named(ledger: Ledger, text: str) -> None:
    """Check what a SELECT over the views may read.

    Raises:
        IntegrityFailure: It was altered, or the file is damaged.
    """
    require(ledger, _view(ledger), _status(ledger), named_in(text))


def position(ledger: Ledger) -> int:
    """The position of the log at which the views stand, by whatever rules they were written.

    Raises:
        UsageError: There are none.
    """
    return _status(ledger).position


def _status(ledger: Ledger) -> Status:
    view = _view(ledger)
    try:
        return status_of(view.query(_STATUS))
    except IntegrityFailure:
        if view.position():
            raise
        raise UsageError(
            "this ledger has no views for SQL", remedy="`ledger sql` makes them"
        ) from None


def drop_sql(ledger: Ledger) -> int:
    """Take the views away again; how many issuers are written, which is none."""
    with _view(ledger).transaction() as transaction:
        for statement in _drops():
            transaction.execute(statement)
        transaction.rewind()
    return 0


def _view(ledger: Ledger) -> View:
    return ledger.view("sql", program())


def _make(transaction: Any) -> None:
    for statement in _drops():
        transaction.execute(statement)
    for statement in creation():
        transaction.execute(statement)
    transaction.execute(f"CREATE TABLE {WRITTEN} (issuer TEXT PRIMARY KEY, digest TEXT NOT NULL)")
    transaction.execute(
        f"CREATE TABLE {STATUS} (position BIGINT NOT NULL, sums TEXT NOT NULL, root TEXT NOT NULL)"
    )
    _stand(transaction, Status(0, {name: Sum.of(names) for name, names in _COLUMNS.items()}))


def _stand(transaction: Any, status: Status) -> None:
    transaction.execute(f"DELETE FROM {STATUS}")  # noqa: S608 - our own names
    transaction.execute(f"INSERT INTO {STATUS} VALUES (?, ?, ?)", status.row())  # noqa: S608


def _drops() -> Iterator[str]:
    for view in VIEWS:
        yield f"DROP VIEW IF EXISTS {view}"
        yield f"DROP TABLE IF EXISTS {shown_by(view)}"
    yield f"DROP TABLE IF EXISTS {WRITTEN}"
    yield f"DROP TABLE IF EXISTS {STATUS}"


def _taken_away(transaction: Any, issuers: list[str], sums: dict[str, Sum]) -> dict[str, Sum]:
    """The sums without the rows of these issuers, which are deleted."""
    left = dict(sums)
    for name, table in TABLES.items():
        for issuer in issuers:
            left[name] = left[name].take(_rows(transaction, table, issuer))
        transaction.executemany(
            f"DELETE FROM {table} WHERE issuer = ?",  # noqa: S608 - our own names
            [(issuer,) for issuer in issuers],
        )
    return left


def _write(
    transaction: Any,
    model: ReadModel,
    changed: list[str],
    known: dict[str, str],
    sums: dict[str, Sum],
) -> dict[str, Sum]:
    """Write those of some issuers that have filings; the sums with their rows, as they were stored."""
    there, folds = [issuer for issuer in changed if issuer in known], Folds()
    for issuer, filings, kin in model.filings_of(there):
        for view, rows in rows_of(judge(filings, kin=kin, folds=folds), issuer):
            transaction.executemany(insertion(view), rows)
    transaction.executemany(
        f"INSERT INTO {WRITTEN} VALUES (?, ?)",  # noqa: S608 - our own names
        [(issuer, known[issuer]) for issuer in there],
    )
    more = dict(sums)
    for name, table in TABLES.items():
        for issuer in there:
            more[name] = more[name].add(_rows(transaction, table, issuer))
    return more


def _rows(transaction: Any, table: str, issuer: str) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = transaction.execute(
        f"SELECT * FROM {table} WHERE issuer = ?",  # noqa: S608 - our own names
        (issuer,),
    )
    return found
