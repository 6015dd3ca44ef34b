"""A ledger in one SQLite file: write-ahead log, synchronous FULL, one writer at a time."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext, suppress
from itertools import chain
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from eventsourcing.domain import EventSourcingError
from eventsourcing.persistence import ProgrammingError, StoredEvent
from eventsourcing.sqlite import SQLiteCursor, SQLiteDatastore

from ledger.errors import IntegrityFailure, LedgerError, StoreUnavailable, StoreUnwritable
from ledger.store import database
from ledger.store.inquiries import Bounds, Found, ask_sqlite
from ledger.store.seals import State
from ledger.store.sqlite_recorder import COLUMNS, FULL, TOLD, Pool, SqliteRecorder
from ledger.store.turns import lockable, turn

_KEY = [1, 2, 0, 0]
"""The place of each column in the key, which lets nobody record an event twice."""

_SMALLEST = 512
"""Bytes of SQLite's smallest page, so of the smallest file that is not empty."""

_PAGE = 8_192
"""Bytes of a page of a new file: the end of a page that holds no further event is less of a larger one."""

_NEW = "new"
"""The turn of whoever makes a ledger; a file of that turn says that one was begun."""

_AS = re.compile(r"\sAS\s", re.IGNORECASE)
"""What stands between the name of a view and its SELECT."""

_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")
_NO_LOCKS = ("SQLITE_IOERR_LOCK", "SQLITE_IOERR_RDLOCK", "SQLITE_IOERR_SHM")
_NOT_OURS = ("", "SQLITE_ERROR", "SQLITE_MISMATCH", "SQLITE_CONSTRAINT_NOTNULL")
"""What our own statements meet only where tables were changed or damaged."""

_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT")


class SqliteDatabase(database.Database):
    """A ledger's SQLite file.

    Raises:
        StoreUnavailable: No such file or folder, no permission, busy, full.
        IntegrityFailure: The file is damaged, or is not a ledger.
    """

    position, told = "rowid", TOLD
    gapless = True
    bytewise = True
    drivers = (sqlite3.Error, UnicodeDecodeError)
    """What SQLite says of a damaged schema quotes it, and need not be text."""

    def __init__(self, path: Path, *, create: bool, read_only: bool) -> None:
        self.name = str(path)
        self._path = path.absolute()
        self.read_only = read_only
        self._reading = "mode=ro"
        if not (create and not read_only) and not path.exists():
            raise StoreUnavailable(
                "there is no ledger here", where=self.name, remedy="`ledger ingest` makes one"
            )
        if path.is_file() and 0 < self._size() < _SMALLEST:
            # SQLite would take it for a new database and write over it.
            raise IntegrityFailure(
                "the file was cut short or is no ledger",
                where=self.name,
                remedy="restore it from a backup, or name another file",
            )
        making = create and not read_only and not self._size()
        self._file: tuple[int, int] | None = None
        with self._made_anew() if making else nullcontext():
            self._open("mode=ro" if read_only else "mode=rwc" if create else "mode=rw")
            with self.speaking():
                self._prepare(create=create and not read_only)
        self._file = self._found()

    def _size(self) -> int:
        """How many bytes the file has; 0 where there is none."""
        try:
            return self._path.stat().st_size
        except OSError:
            return 0

    @contextmanager
    def _made_anew(self) -> Iterator[None]:
        """The turn of whoever makes the ledger: nobody sees it half made, and it takes nothing's place.

        A file without a byte is a ledger that was cut to nothing, unless a turn that was never
        ended lies beside it: then whoever began to make one was killed.

        Raises:
            IntegrityFailure: There was a ledger here.
        """
        mark = self._path.with_name(f"{self._path.name}-{_NEW}")
        begun = mark.exists()
        with turn(mark, self.name) as alone:
            there = self._path.is_file()
            if there and not self._size() and not begun and alone:
                raise IntegrityFailure(
                    "the file is empty: a ledger that was here was cut to nothing, or none was ever in it",
                    where=self.name,
                    remedy="restore it from a backup, or delete it, so that a new one is made",
                )
            log = self._path.with_name(f"{self._path.name}-wal")
            if not self._size() and log.exists() and log.stat().st_size:
                raise IntegrityFailure(
                    "a ledger was here: its last writes lie beside it, and the file is gone",
                    where=f"{self.name}-wal",
                    remedy="restore the file from a backup, or delete what lies beside it too",
                )
            try:
                yield
            except BaseException:
                if not there and self._path.is_file() and not self._size():
                    self._path.unlink()  # a full disk, say: nothing was made
                raise

    def _open(self, mode: str) -> None:
        name = f"{self._path.as_uri()}?{mode}"
        self._datastore = SQLiteDatastore(name, originator_id_type="text")
        self._datastore.pool = Pool(
            db_name=name, lock_timeout=database.LOCK_TIMEOUT, pool_timeout=database.LOCK_TIMEOUT
        )
        self.recorder = SqliteRecorder(self._datastore)

    def _prepare(self, *, create: bool) -> None:
        """Find a ledger in the file, or make one where there is nothing yet."""
        if self.read_only and not self._readable():
            # A write-ahead log cannot be opened where nothing may be written. Without
            # pending writes beside it the file is complete and needs no lock.
            self.close()
            self._reading = "immutable=1"
            self._open(self._reading)
        tables = self._first(self._tables)
        if not tables and create:
            self._first(lambda cursor: cursor.execute(f"PRAGMA page_size = {_PAGE}"))
            self._first(lambda cursor: cursor.execute("PRAGMA journal_mode = WAL"))
            self.recorder.create_table()
        columns = dict(self._first(self._columns))
        if [*columns] != COLUMNS:
            what = "an SQLite database, but not a ledger" if tables else "an empty file"
            raise IntegrityFailure(f"this is {what}", where=self.name, remedy="name another file")
        if "stored_events" not in self._first(self._tables) or [*columns.values()] != _KEY:
            raise IntegrityFailure(
                "the table of its events was made otherwise: another program rewrote it",
                where=self.name,
                remedy="restore it from a backup",
            )
        if not self.read_only:
            self._first(self._assert_durable)

    def _readable(self) -> bool:
        try:
            with self._datastore.transaction(commit=False) as cursor:
                self._tables(cursor.sqlite_cursor)
        except (sqlite3.OperationalError, EventSourcingError):
            pending = self._path.with_name(self._path.name + "-wal")
            return pending.exists() and pending.stat().st_size > 0
        return True

    def _first(self, ask: Callable[[sqlite3.Cursor], Any]) -> Any:
        """Ask outside a transaction, waiting out others who are just making the ledger."""
        deadline = monotonic() + database.LOCK_TIMEOUT
        while True:
            try:
                with self._datastore.get_connection(commit=False) as connection:
                    return ask(connection.cursor().sqlite_cursor)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorname.startswith(_BUSY) and monotonic() < deadline:
                    sleep(1 / 50)
                    continue
                raise

    @staticmethod
    def _tables(cursor: sqlite3.Cursor) -> list[str]:
        found = cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return [row[0] for row in found]

    @staticmethod
    def _columns(cursor: sqlite3.Cursor) -> list[tuple[str, int]]:
        """The columns of the log, and the place of each in its key; 0 where it is no part of it."""
        found = cursor.execute("PRAGMA table_info(stored_events)")
        return [(str(row[1]), int(row[5])) for row in found]

    def _assert_durable(self, cursor: sqlite3.Cursor) -> None:
        mode = cursor.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
        if (mode, synchronous) != ("wal", FULL):
            raise StoreUnavailable(
                f"what is written here would not survive a crash (journal {mode}, "
                f"synchronous {synchronous})",
                where=self.name,
                remedy="keep the ledger on a local disk",
            )

    def _found(self) -> tuple[int, int] | None:
        """Which file stands under the ledger's name: its device and number; None where none does."""
        try:
            there = self._path.stat()
        except OSError:
            return None
        return there.st_dev, there.st_ino

    def _require_file(self) -> None:
        """Make sure that the file which is open is still the one that stands under its name.

        What is written to one that was moved away is lost, and breaks the one in its place.
        """
        if self._file is not None and self._found() != self._file:
            raise StoreUnavailable(
                "the file was moved away or replaced while it was open",
                where=self.name,
                remedy="start again; what was recorded before is in the file that was moved",
            )

    def append(self, events: Sequence[StoredEvent] | Sequence[State]) -> None:
        """Store events in one transaction, in the file that stands under its name."""
        self._require_file()
        super().append(events)
        self._require_file()

    def fault(self, error: Exception) -> LedgerError:
        """What SQLite says, by its error code."""
        cause = error if isinstance(error, sqlite3.Error) else error.__cause__
        code = str(getattr(cause, "sqlite_errorname", ""))
        where, told = self.name, str(cause or error) or type(error).__name__
        if code.startswith(_DAMAGED) or isinstance(error, UnicodeDecodeError):
            return IntegrityFailure(
                f"the file is damaged or is no ledger: {told}",
                where=where,
                remedy="restore it from a backup",
            )
        if isinstance(error, ProgrammingError | sqlite3.ProgrammingError) or code in _NOT_OURS:
            remedy = "run `ledger verify`; restore it from a backup if it is damaged"
            return IntegrityFailure(f"the database refused: {told}", where=where, remedy=remedy)
        if code.startswith(_NO_LOCKS) or (
            code.startswith(_BUSY) and not lockable(self._path.parent)
        ):
            what = "files cannot be locked there, so that no two processes could take turns"
            remedy = "keep the ledger on a local disk, or in PostgreSQL"
            return StoreUnavailable(what, where=where, remedy=remedy)
        if code.startswith(_BUSY):
            what = f"another process has been writing for {database.LOCK_TIMEOUT} s"
            return StoreUnavailable(what, where=where, remedy="try again when it is done")
        if code.startswith(("SQLITEFULL", "SQLITE_IOERR")):
            what = f"nothing more can be written: {told}"
            return StoreUnwritable(what, where=where, remedy="make room and run it again")
        if code.startswith("SQLITE_READONLY"):
            remedy = "ask for permission to write, or name another file"
            return StoreUnwritable("the file may not be written", where=where, remedy=remedy)
        if code.startswith("SQLITE_CANTOPEN"):
            remedy = "check that the folder exists and that you may use it"
            return StoreUnavailable("the file cannot be opened", where=where, remedy=remedy)
        return StoreUnavailable(f"the database refused: {told}", where=where)

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, as of one moment, in constant memory."""
        self._require_file()
        with self.speaking(), self._datastore.transaction(commit=False) as cursor:
            cursor.sqlite_cursor.row_factory = None
            cursor.execute(sql, parameters)
            # A chain has no `close`, which would fail for rows that outlive the ledger.
            yield from chain(cursor.sqlite_cursor)

    def inquire(self, sql: str, bounds: Bounds) -> Found:
        """What a stranger's own SELECT over the views comes to, by a connection that only reads."""
        with self.speaking():
            return ask_sqlite(f"{self._path.as_uri()}?{self._reading}", sql, bounds)

    @contextmanager
    def writing(self, view: str) -> Iterator[SQLiteCursor]:
        """A cursor in a write transaction; whoever is writing the same view is waited for."""
        self._require_file()
        with (
            turn(self._path.with_name(f"{self._path.name}-{view}"), self.name),
            self._datastore.transaction(commit=True) as cursor,
        ):
            yield cursor

    def run(self, cursor: Any, sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Execute a statement on a cursor and fetch what it answers."""
        cursor.execute(sql, parameters)
        return [tuple(row) for row in cursor.fetchall()]

    def integrity(self, table: str = "") -> list[str]:
        """SQLite's own integrity check, in its words."""
        found = self.rows(f"PRAGMA integrity_check({table or 20})")
        return [row[0] for row in found if row[0] != "ok"]

    def state(self) -> object:
        """Sizes and times of the file and of its write-ahead log."""
        found: list[tuple[int, ...]] = []
        for path in (self._path, self._path.with_name(f"{self._path.name}-wal")):
            with suppress(OSError):
                there = path.stat()
                found.append((there.st_dev, there.st_ino, there.st_size, there.st_mtime_ns))
        return tuple(found)

    def storage_covered(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """SQLite checks its structures; its pages carry no checksum, which is what seals are for."""
        return ("the pages and indexes of the file",), ("unused space in the file",)

    def objects(self) -> list[tuple[str, str]]:
        """Everything that was made in the file, as (kind, name)."""
        found = self.rows("SELECT type, name FROM sqlite_master ORDER BY 1, 2")
        return [(str(kind), str(name)) for kind, name in found]

    def views(self) -> list[tuple[str, str]]:
        """Every view of the file, and its SELECT as it was written."""
        found = self.rows("SELECT name, sql FROM sqlite_master WHERE type = 'view' ORDER BY 1")
        return [(str(name), _AS.split(str(sql), maxsplit=1)[-1]) for name, sql in found]

    def columns_of(self, table: str) -> list[str]:
        """The names of a table's columns, in their order."""
        return [str(row[0]) for row in self.rows("SELECT name FROM pragma_table_info(?)", (table,))]

    def copy(self, path: Path) -> None:
        """Write the file anew, by SQLite's own backup, which writers do not disturb."""
        with (
            self.speaking(),
            self._datastore.get_connection(commit=False) as connection,
            closing(sqlite3.connect(path)) as copied,
        ):
            connection.cursor().sqlite_cursor.connection.backup(copied)

    def close(self) -> None:
        """Give back every connection; the last one folds the write-ahead log in."""
        self._datastore.close()
