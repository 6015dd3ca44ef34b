"""How events get into an SQLite file and out of it: in bulk, sealed, and shortened."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from itertools import chain, islice
from typing import Any
from weakref import ref

from eventsourcing.persistence import Notification, StoredEvent
from eventsourcing.sqlite import (
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteProcessRecorder,
    SQLiteTransaction,
)

from ledger.store import seals, shorthand

COLUMNS = ["originator_id", "originator_version", "topic", "state"]
FULL = 2
TOLD = "whole(state)"
"""What tells the state of an event as it was recorded: see `ledger.store.shorthand`."""

_EVENTS = f"SELECT {', '.join(COLUMNS)} FROM stored_events"  # noqa: S608 - names of columns
_ROWS = 100
"""Events inserted by one statement."""

_CACHE, _LOOKING = 32 * 1024, 4 * 1024
"""KiB of pages that a connection keeps which writes, a whole batch, so that none is written twice; and
one that reads, of which there are several at once."""

_AT_HAND = 10_000
"""Of what is repeated, so much a connection keeps at hand: some 3 MB."""

_ASKED = 500
"""Numbers named in one query."""

_MEMBER = "SELECT member FROM repeated WHERE id = ?"
_MEMBERS = "SELECT id, member FROM repeated WHERE id IN"
_SHORTENED = (shorthand.REPEATED, shorthand.CREATE_VIEW)


class _Transaction(SQLiteTransaction):
    """Takes the write lock at once: a reader that turns writer later would fail as busy."""

    def __enter__(self) -> SQLiteCursor:
        cursor = self.connection.cursor()
        cursor.execute("BEGIN IMMEDIATE" if self.commit else "BEGIN")
        return cursor


class _Connection(SQLiteConnection):
    _kept = 0

    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[SQLiteCursor]:
        keep = _CACHE if commit else _LOOKING
        if keep != self._kept:
            self.cursor().execute(f"PRAGMA cache_size = -{keep}")
            self._kept = keep
        with _Transaction(self, commit=commit) as cursor, cursor:
            yield cursor


class _Telling(sqlite3.Connection):
    """A connection whose SQL has `whole(state)`: a state as it was recorded."""

    def tells(self) -> None:
        """Give it that function, which must not keep the connection alive."""
        own = ref(self)

        @lru_cache(_AT_HAND)
        def kept(number: int) -> bytes:
            found = own().execute(_MEMBER, (number,)).fetchone()  # type: ignore[union-attr]
            if found is None or not isinstance(found[0], bytes):
                raise LookupError
            return found[0]

        def member(number: int) -> bytes | None:
            # What is not there, or cannot be read, is no part of what was sealed: that tells it.
            try:
                return kept(number)
            except (LookupError, sqlite3.Error):
                return None

        def whole(state: Any) -> Any:
            return shorthand.whole(state, member) if isinstance(state, bytes) else state

        self.create_function("whole", 1, whole)


class Pool(SQLiteConnectionPool):
    """The library's pool, of connections that lose nothing and tell states whole."""

    def _create_connection(self) -> SQLiteConnection:
        connection = sqlite3.connect(
            self.db_name,
            uri=True,
            check_same_thread=False,
            isolation_level=None,
            timeout=self.lock_timeout or 0,
            factory=_Telling,
        )
        connection.tells()
        connection.row_factory = sqlite3.Row
        connection.execute(f"PRAGMA synchronous = {FULL}")
        return _Connection(connection, max_age=self.max_age)


class SqliteRecorder(SQLiteProcessRecorder):
    """The library's recorder, appending in bulk and sealing what it appends."""

    def construct_create_table_statements(self) -> list[str]:
        """The library's own tables, the seals beside them, and what tells the log to readers."""
        return [*super().construct_create_table_statements(), seals.CREATE_TABLE, *_SHORTENED]

    def create_table(self) -> None:
        """Create the tables under the write lock, unless another process just has."""
        with self.datastore.transaction(commit=True) as cursor:
            cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'stored_events'")
            if cursor.fetchone() is None:
                self._create_table(cursor)

    def select_events(self, *args: Any, **kwargs: Any) -> Sequence[StoredEvent]:
        """The events of one stream, each with its whole state."""
        return [self._whole(event) for event in super().select_events(*args, **kwargs)]

    def select_notifications(self, *args: Any, **kwargs: Any) -> Sequence[Notification]:
        """Events by their positions, each with its whole state."""
        return [self._whole(event) for event in super().select_notifications(*args, **kwargs)]

    def _whole(self, event: Any) -> Any:
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute("SELECT whole(?)", (event.state,))
            return replace(event, state=cursor.fetchone()[0])

    def insert_events(
        self, stored_events: Sequence[StoredEvent] | Sequence[seals.State], **_: Any
    ) -> Sequence[int] | None:
        """Append all or none; their positions."""
        states = seals.states(stored_events)
        digest = seals.digest_of(states)
        with self.datastore.transaction(commit=True) as cursor:
            return self._append(cursor, states, digest)

    def _append(self, c: SQLiteCursor, states: Sequence[seals.State], digest: str) -> Sequence[int]:
        kept = self._kept(c, states)
        values = [*chain.from_iterable(kept)]
        # Many rows a statement spare SQLite starting one for each: a sixth of its time.
        several, whole = 4 * _ROWS, len(values) // (4 * _ROWS) * (4 * _ROWS)
        c.executemany(
            self.insert_events_statement + ",(?,?,?,?)" * (_ROWS - 1),
            (values[start : start + several] for start in range(0, whole, several)),
        )
        c.executemany(
            self.insert_events_statement,
            (values[start : start + 4] for start in range(whole, len(values), 4)),
        )
        c.execute("SELECT last_insert_rowid()")
        last: int = c.fetchone()[0]
        count = len(states)
        seals.require(kept, self._stored(c, last - count))
        self._seal(c, last, count, digest)
        return range(last - count + 1, last + 1)

    @staticmethod
    def _kept(c: SQLiteCursor, states: Sequence[seals.State]) -> list[seals.State]:
        """Events as they are kept: each with its state shortened.

        A ledger of a time before states were shortened has what that takes from here on. What
        has the number of something else in the table of what is repeated is not shared.
        """
        for statement in _SHORTENED:
            c.execute(statement)
        told = [state for _, _, _, state in states]
        said = shorthand.every_repeated(told)
        wanted = {shorthand.number(member): member for one in said.values() for member in one}
        c.executemany("INSERT OR IGNORE INTO repeated VALUES (?, ?)", sorted(wanted.items()))
        numbers, there = iter(wanted), dict[int, bytes]()
        while some := [*islice(numbers, _ASKED)]:
            c.execute(f"{_MEMBERS} ({','.join('?' * len(some))})", some)
            there.update(map(tuple, c.fetchall()))
        shared = {
            at: [m for m in members if there.get(shorthand.number(m)) == m]
            for at, members in said.items()
        }
        shorter = shorthand.every_short(told, shared)
        return [(s, v, t, x) for (s, v, t, _), x in zip(states, shorter, strict=True)]

    @staticmethod
    def _stored(c: SQLiteCursor, after: int) -> Iterator[tuple[Any, ...]]:
        """The events behind a position as they lie there now."""
        reading = c.sqlite_cursor.connection.cursor()
        reading.row_factory = None
        return reading.execute(f"{_EVENTS} WHERE rowid > ? ORDER BY rowid", (after,))

    @staticmethod
    def _seal(c: SQLiteCursor, last: int, count: int, digest: str) -> None:
        c.execute("SELECT max(rowid) FROM stored_events WHERE rowid <= ?", (last - count,))
        before = c.fetchone()[0] or 0
        c.execute(seals.LAST)
        seal = last, count, seals.following(c.fetchone(), before, digest)
        c.execute("INSERT INTO seals VALUES (?, ?, ?)", seal)
        c.execute("SELECT * FROM seals WHERE position = ?", (last,))
        if tuple(c.fetchone() or ()) != seal:
            raise seals.altered("seals")
