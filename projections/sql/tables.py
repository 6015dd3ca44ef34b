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
from projections.sql.shapes import VIEWS, creation, insertion
from projections.views.catching_up import current
from projections.views.readmodel import ReadModel, rules

_WRITTEN = "view_sql_written"
"""Which issuers are shown, and the digest of what they were shown from."""

_STATUS = "view_sql_status"
"""One row: the position of the log at which the views stand."""


def sql(ledger: Ledger) -> int:
    """Make the views that SQL reads, or bring them to the end of the log.

    Returns:
        How many issuers were written.

    Raises:
        StoreUnwritable: The database may not be written.
    """
    model, view = current(ledger), _view(ledger)
    if 0 < view.position() == ledger.sealed():
        return 0
    with view.transaction() as transaction:
        before = transaction.position()
        if not before:
            _make(transaction)
            transaction.rewind()
        written = dict(transaction.execute(f"SELECT issuer, digest FROM {_WRITTEN}"))  # noqa: S608
        known = dict(model.digests())
        changed = sorted(i for i in {*known, *written} if known.get(i) != written.get(i))
        _write(transaction, model, changed, known)
        head = ledger.sealed()
        transaction.execute(f"UPDATE {_STATUS} SET position = ?", (head,))  # noqa: S608
        if head > before:
            transaction.advance(head)
    return len(changed)


def counts(ledger: Ledger) -> dict[str, int]:
    """How many rows each view has.

    Raises:
        UsageError: There are none.
    """
    return {
        name: _number(ledger, f"SELECT count(*) FROM {name}")  # noqa: S608 - our own names
        for name in VIEWS
    }


def position(ledger: Ledger) -> int:
    """The position of the log at which the views stand, by whatever rules they were written.

    Raises:
        UsageError: There are none.
    """
    return _number(ledger, f"SELECT position FROM {_STATUS}")  # noqa: S608


def _number(ledger: Ledger, asked: str) -> int:
    view = _view(ledger)
    try:
        return int(view.query(asked)[0][0])
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
    return ledger.view("sql", rules())


def _make(transaction: Any) -> None:
    for statement in _drops():
        transaction.execute(statement)
    for statement in creation():
        transaction.execute(statement)
    transaction.execute(f"CREATE TABLE {_WRITTEN} (issuer TEXT PRIMARY KEY, digest TEXT NOT NULL)")
    transaction.execute(f"CREATE TABLE {_STATUS} (position BIGINT NOT NULL)")
    transaction.execute(f"INSERT INTO {_STATUS} VALUES (0)")  # noqa: S608


def _drops() -> Iterator[str]:
    for view in VIEWS:
        yield f"DROP VIEW IF EXISTS {view}"
        yield f"DROP TABLE IF EXISTS {shown_by(view)}"
    yield f"DROP TABLE IF EXISTS {_WRITTEN}"
    yield f"DROP TABLE IF EXISTS {_STATUS}"


def _write(transaction: Any, model: ReadModel, changed: list[str], known: dict[str, str]) -> None:
    """Write some issuers again; those without filings are only taken away."""
    for table in (*map(shown_by, VIEWS), _WRITTEN):
        transaction.executemany(
            f"DELETE FROM {table} WHERE issuer = ?",  # noqa: S608 - our own names
            [(issuer,) for issuer in changed],
        )
    there, folds = [issuer for issuer in changed if issuer in known], Folds()
    for issuer, filings, kin in model.filings_of(there):
        for view, rows in rows_of(judge(filings, kin=kin, folds=folds), issuer):
            transaction.executemany(insertion(view), rows)
    transaction.executemany(
        f"INSERT INTO {_WRITTEN} VALUES (?, ?)",  # noqa: S608 - our own names
        [(issuer, known[issuer]) for issuer in there],
    )
