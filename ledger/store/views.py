"""Read models kept beside the log, written together with the position they stand at."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

from ledger.store.database import POSITION, Database, Transaction, tracked


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
        """
        return self._database.transaction(self._name, self._edition)

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a SELECT, with `?` parameters."""
        return list(self._database.rows(sql, parameters))

    def position(self) -> int:
        """How far the log is in the view; 0 before the first `advance`."""
        rows = self.query(POSITION, (tracked(self._name, self._edition),))
        return int(rows[0][0]) if rows else 0
