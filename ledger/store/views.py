"""Read models kept beside the log, written together with the position they stand at."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

from ledger.loading import later
from ledger.store.database import POSITION, Database, Transaction, place, tracked

if TYPE_CHECKING:
    from ledger.store import verification
else:
    verification = later("ledger.store.verification")


class View:
    """A read model: tables of its own, written together with the position they stand at.

    Two processes never write the same view at once, and a position moves only forward:
    each event reaches the tables exactly once, or the whole transaction did not happen.
    The edition says by which rules the tables are written: what another edition wrote does
    not count, so a view of other rules stands at the first event again.
    """

    def __init__(self, database: Database, name: str, edition: str) -> None:
        self._database, self._name, self._edition = database, name, edition

    def transaction(self) -> AbstractContextManager[Transaction]:
        """A write transaction with `execute`, `executemany`, `position`, `advance`, `rewind`.

        Committed when the block ends, undone when it raises. SQL takes `?` parameters.

        Raises:
            IntegrityFailure: A trigger could alter what is written.
        """
        self._database.require_no_trigger()
        return self._database.transaction(self._name, self._edition)

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a SELECT, with `?` parameters."""
        return list(self._database.rows(sql, parameters))

    def each(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a SELECT one by one, however many they are."""
        return self._database.rows(sql)

    def columns_of(self, table: str) -> list[str]:
        """The names of a table's columns, in their order."""
        return self._database.columns_of(table)

    def damaged(self, table: str) -> bool:
        """Whether the database itself finds something wrong with a table or an index of it."""
        return bool(self._database.integrity(table))

    def shows(self, name: str) -> bool:
        """Whether a view for readers shows its table as it is: every column but the first."""
        made = dict(self._database.views())
        return name in made and verification.shows(made[name], name, self._database)

    def state(self) -> object:
        """What is another thing whenever something was written to the database since."""
        return self._database.state()

    def position(self) -> int:
        """How far the log is in the view; 0 before the first `advance`."""
        return place(self.query(POSITION, (tracked(self._name, self._edition),)), self._name)

    def outdated(self) -> bool:
        """Whether the tables are those of another edition."""
        rows = self.query("SELECT application_name FROM tracking")
        ours = tracked(self._name, self._edition)
        return any(name != ours and str(name).split(" ")[0] == self._name for (name,) in rows)


class MemoryView:
    """A read model in memory, for as long as the ledger is open: for one that cannot be written.

    Asked and written like a `View`.
    """

    def __init__(self) -> None:
        self._connection = sqlite3.connect(
            ":memory:", isolation_level=None, check_same_thread=False
        )
        self._position = 0

    @contextmanager
    def transaction(self) -> Iterator[MemoryTransaction]:
        """A write transaction, as that of a `View`."""
        transaction = MemoryTransaction(self._connection, self._position)
        self._connection.execute("BEGIN")
        try:
            yield transaction
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")
        self._position = transaction.position()

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a SELECT, with `?` parameters."""
        return self._connection.execute(sql, parameters).fetchall()

    def position(self) -> int:
        """How far the log is in the view."""
        return self._position

    def outdated(self) -> bool:
        """Never: it ends with the process, and with its rules."""
        return False


class MemoryTransaction:
    """One write transaction of a read model in memory."""

    def __init__(self, connection: sqlite3.Connection, position: int) -> None:
        self._connection, self._position = connection, position

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run one statement; the rows it answers with, if any."""
        return self._connection.execute(sql, parameters).fetchall()

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement once for every row of parameters."""
        self._connection.executemany(sql, rows)

    def position(self) -> int:
        """How far the log is already in the view."""
        return self._position

    def advance(self, position: int) -> None:
        """Say that the view now holds the log up to this position."""
        self._position = position

    def rewind(self) -> None:
        """The view can be built from the first event again."""
        self._position = 0
