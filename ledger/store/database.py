"""What a ledger asks of the database it is kept in; SQLite and PostgreSQL each answer it.

Every method raises `StoreUnavailable` or `IntegrityFailure` in words a user can act on,
never the driver's own error. SQL is written once, with `?` for parameters.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from time import sleep
from typing import Any, ClassVar, TypeVar

from eventsourcing.domain import EventSourcingError
from eventsourcing.persistence import (
    IntegrityError,
    StoredEvent,
    Tracking,
)

from ledger.errors import IntegrityFailure, LedgerError, ServerSilent, StoreUnavailable
from ledger.store.inquiries import Bounds, Found
from ledger.store.seals import State

LOCK_TIMEOUT = 30
"""Seconds to wait for another writer before giving up."""

ATTEMPTS = 4
"""How often a server that falls silent is asked for the same thing."""

PAUSE = 1
"""Seconds between two attempts."""

CONNECT_TIMEOUT = 10
"""Seconds that a server which is gone is waited for in each attempt."""

_Answer = TypeVar("_Answer")


class Collision(Exception):
    """Another process has stored one of these events' versions first; nothing was stored."""


class Transaction:
    """One write transaction of a read model: its rows and its position, or neither.

    SQL takes `?` for parameters on both databases.
    """

    def __init__(self, database: Database, cursor: Any, view: str, edition: str) -> None:
        self._database, self._cursor, self._view = database, cursor, view
        self._tracked = tracked(view, edition)

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run one statement; the rows it answers with, if any."""
        return self._database.run(self._cursor, sql, parameters)

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement once for every row of parameters."""
        self._cursor.executemany(self._database.translated(sql), rows)

    def position(self) -> int:
        """How far the log is already in the view; nobody else can move it meanwhile."""
        return place(self.execute(POSITION, (self._tracked,)), self._view)

    def advance(self, position: int) -> None:
        """Say that the view now holds the log up to this position.

        Raises:
            StoreUnavailable: It already does, so these rows would be counted twice.
        """
        try:
            self._database.recorder._insert_tracking(  # noqa: SLF001
                self._cursor, Tracking(self._tracked, position)
            )
        except IntegrityError as error:
            raise StoreUnavailable(
                f"the view {self._view!r} already holds the log up to position {position}",
                where=self._database.name,
                remedy="another process was faster; ask again",
            ) from error

    def rewind(self) -> None:
        """Forget every edition's position: the view can be built from the first event again."""
        self.execute(
            "DELETE FROM tracking WHERE application_name = ? OR application_name LIKE ?",
            (self._view, tracked(self._view, "%")),
        )


POSITION = "SELECT notification_id FROM tracking WHERE application_name = ?"


def place(rows: Sequence[Sequence[Any]], view: str) -> int:
    """The position that a view is kept under; 0 where none is.

    Raises:
        IntegrityFailure: It is no position.
    """
    if not rows:
        return 0
    if type(rows[0][0]) is not int:
        raise IntegrityFailure(
            "the position that it is kept under is damaged",
            where=f"the read model {view!r}",
            remedy="run `ledger verify`; if only the read model is named, `ledger replay` builds it anew",
        )
    return rows[0][0]


def tracked(view: str, edition: str) -> str:
    """The name under which the position of an edition of a view is kept."""
    return f"{view} {edition}".rstrip()


class Database(ABC):
    """A database with a log, its seals, and room for read models.

    `name` is safe to show (no password). `position` is the column that numbers the log, and
    `told` what tells the state of an event as it was recorded; numbers grow, but on PostgreSQL they have gaps, so none of them is ever a count. `bytewise`
    says that its texts are in the order of their bytes, as Python's are.
    """

    position: ClassVar[str]
    told: ClassVar[str] = "state"
    gapless: ClassVar[bool]
    bytewise: ClassVar[bool]
    name: str
    read_only: bool
    recorder: Any
    """The library's ProcessRecorder of this database, with bulk append and seals."""

    @abstractmethod
    def fault(self, error: Exception) -> LedgerError:
        """A driver's or the library's error, said so that a user can act on it."""

    @abstractmethod
    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, as of one moment, in constant memory."""

    @abstractmethod
    def inquire(self, sql: str, bounds: Bounds) -> Found:
        """What a stranger's own SELECT over the views for readers comes to, within bounds.

        Raises:
            UsageError: It is no such SELECT, took too long, or is none at all.
        """

    @abstractmethod
    def writing(self, view: str, /) -> AbstractContextManager[Any]:
        """A cursor in a write transaction that no other writer of the view can enter."""

    @abstractmethod
    def run(self, cursor: Any, sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Execute a statement on a cursor and fetch what it answers."""

    @abstractmethod
    def integrity(self, table: str = "") -> list[str]:
        """What the database itself finds wrong with its storage, or with one table and its indexes."""

    @abstractmethod
    def state(self) -> object:
        """What is another thing whenever something was written since, by whomever."""

    @abstractmethod
    def storage_covered(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What `integrity` looks at, and what it cannot."""

    @abstractmethod
    def objects(self) -> list[tuple[str, str]]:
        """Everything that was made in the database, as (kind, name); a server leaves indexes out."""

    def require_no_trigger(self) -> None:
        """Make sure that nothing alters what is written to a read model: a ledger has no triggers.

        Raises:
            IntegrityFailure: There is one.
        """
        if found := [name for kind, name in self.objects() if kind == "trigger"]:
            raise IntegrityFailure(
                f"the database holds the trigger {found[0]}, which is no part of a ledger",
                where=self.name,
                remedy=f"take it away: DROP TRIGGER {found[0]}",
            )

    @abstractmethod
    def views(self) -> list[tuple[str, str]]:
        """Every view of the database: its name, and the SELECT that it stands for."""

    @abstractmethod
    def columns_of(self, table: str) -> list[str]:
        """The names of a table's columns, in their order; none where there is no such table."""

    @abstractmethod
    def copy(self, path: Path) -> None:
        """Write all that is in the database, as of one moment, to a new file.

        Raises:
            UsageError: That is for the database's own tools.
        """

    @abstractmethod
    def close(self) -> None:
        """Give back every connection."""

    def translated(self, sql: str) -> str:
        """SQL with `?` parameters, in the driver's own notation."""
        return sql

    @contextmanager
    def speaking(self) -> Iterator[None]:
        """Turn whatever the driver raises inside into an error a user understands."""
        theirs: tuple[type[Exception], ...] = (EventSourcingError, *self.drivers)
        try:
            yield
        except theirs as error:
            if _abandoned(error):
                raise GeneratorExit from None
            raise self.fault(error) from error

    drivers: tuple[type[Exception], ...] = ()

    def patiently(self, ask: Callable[[], _Answer]) -> _Answer:
        """What a question answers, asked from its beginning again when the server falls silent.

        For questions answered whole: rows already handed on could not be taken back.

        Raises:
            ServerSilent: It stayed silent.
        """
        for _ in range(ATTEMPTS - 1):
            with suppress(ServerSilent):
                return ask()
            sleep(PAUSE)
        return ask()

    def append(self, events: Sequence[StoredEvent] | Sequence[State]) -> None:
        """Store events in one transaction, all or none, sealed.

        Raises:
            Collision: One of the versions is there already.
        """
        with self.speaking():
            try:
                self.recorder.insert_events(events)
            except IntegrityError as error:
                raise Collision from error

    def head(self) -> int:
        """The position of the last event, 0 in an empty log."""
        with self.speaking():
            return self.recorder.max_notification_id() or 0

    @contextmanager
    def transaction(self, view: str, edition: str) -> Iterator[Transaction]:
        """A write transaction of a read model, committed when the block ends well."""
        with self.speaking(), self.writing(view) as cursor:
            yield Transaction(self, cursor, view, edition)


def _abandoned(error: BaseException | None) -> bool:
    """Whether nobody waits for these rows any more: their generator outlived the ledger."""
    while error is not None and not isinstance(error, GeneratorExit):
        error = error.__context__
    return error is not None
