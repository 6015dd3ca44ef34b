"""A ledger on a PostgreSQL server: bulk appends by binary COPY under the library's table lock."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import psycopg
from eventsourcing.persistence import InterfaceError, OperationalError, StoredEvent
from eventsourcing.postgres import PostgresDatastore, PostgresProcessRecorder
from eventsourcing.utils import retry
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import tuple_row
from psycopg.sql import SQL, Identifier

from ledger.errors import (
    IntegrityFailure,
    LedgerError,
    ServerSilent,
    StoreUnavailable,
    StoreUnwritable,
    UsageError,
)
from ledger.store import database, seals
from ledger.store.inquiries import Bounds, Found
from ledger.store.postgres_inquiries import ask_postgres

_CREATING = 0x4C4544474552
"""The advisory lock held while tables are made: LEDGER in ASCII."""

_PAGE = 5_000
_OBJECTS = """
SELECT CASE relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' ELSE 'object' END, relname
FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r','v','m','f','p')
UNION ALL SELECT 'trigger', tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE relnamespace = current_schema()::regnamespace AND NOT tgisinternal
UNION ALL SELECT 'rule', rulename FROM pg_rewrite JOIN pg_class ON pg_class.oid = ev_class
WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
ORDER BY 1, 2
"""
_KEPT = """
SELECT relpersistence = 'p' AND EXISTS (
    SELECT FROM pg_index WHERE indrelid = pg_class.oid AND indisunique AND indisvalid
    AND indnkeyatts = 2 AND indpred IS NULL AND indexprs IS NULL AND (
        SELECT array_agg(attname::text ORDER BY attnum) FROM pg_attribute
        WHERE attrelid = indrelid AND attnum = ANY (indkey[0:1])
    ) = ARRAY['originator_id', 'originator_version'])
FROM pg_class WHERE oid = to_regclass('stored_events')
"""
"""Whether the log outlives a crash, and has the key that lets nobody record an event twice."""

_OWN = ("dbname", "host", "port", "user", "password")
_SEQUENCE = "pg_get_serial_sequence('stored_events', 'notification_id')"
_LEGIBLE = f"has_sequence_privilege({_SEQUENCE}, 'SELECT')"
"""Whether this role may read what gives events their positions; NULL where nothing does."""

_NUMBERS = f"SELECT {_SEQUENCE}, {_LEGIBLE}, coalesce(max(notification_id), 0) FROM stored_events"  # noqa: S608
"""What gives the events of the log their positions, and the last one that was given."""

_ILLEGIBLE = (
    "whether positions would be given anew: this role may not read the sequence of the log "
    "(GRANT SELECT ON SEQUENCE)"
)
_STORAGE = ("data_checksums", "fsync", "full_page_writes")
_QUOTED_OR_SPECIAL = re.compile(r"'(?:[^']|'')*'|[?%]")


class PostgresRecorder(PostgresProcessRecorder):
    """The library's recorder, appending by COPY and sealing what it appends."""

    def __init__(self, datastore: PostgresDatastore) -> None:
        super().__init__(datastore, tracking_table_name="tracking")
        schema, events = Identifier(datastore.schema), Identifier(self.events_table_name)
        self._copy = SQL(
            "COPY {}.{} (originator_id, originator_version, topic, state) "
            "FROM STDIN (FORMAT BINARY)"
        ).format(schema, events)
        self._last = SQL("SELECT currval(pg_get_serial_sequence({}, 'notification_id'))").format(
            f"{schema.as_string()}.{events.as_string()}"
        )
        self._newest = SQL(
            "SELECT notification_id, originator_id, originator_version, topic, state FROM {}.{} "
            "ORDER BY notification_id DESC LIMIT %s"
        ).format(schema, events)
        # Streams sort by their bytes, as in SQLite, whatever the server's language.
        self.sql_create_statements.append(
            SQL('ALTER TABLE {}.{} ALTER COLUMN originator_id TYPE text COLLATE "C"').format(
                schema, events
            )
        )
        self.sql_create_statements.append(SQL(seals.CREATE_TABLE).format())

    @retry((InterfaceError, OperationalError), max_attempts=database.ATTEMPTS, wait=database.PAUSE)
    def insert_events(
        self, stored_events: Sequence[StoredEvent] | Sequence[seals.State], **_: Any
    ) -> Sequence[int] | None:
        """Append all or none; their positions.

        Tried again when the connection breaks. If the lost answer was that of a commit,
        the second attempt finds the events there, which the caller must tell apart.
        """
        states = seals.states(stored_events)
        digest = seals.digest_of(states)
        with self.datastore.transaction(commit=True) as cursor:
            try:
                self._lock_table(cursor)
            except psycopg.errors.LockNotAvailable as error:
                raise _busy() from error
            self._notify_channel(cursor)
            with _positions_of_their_own(), cursor.copy(self._copy) as copy:
                copy.set_types(["text", "int8", "text", "bytea"])
                for state in states:
                    copy.write_row(state)
            cast("Any", cursor).row_factory = tuple_row
            last: int = cursor.execute(self._last).fetchone()[0]  # type: ignore[index]
            count = len(stored_events)
            *stored, before = self._read_back(cursor, count)
            seals.require(states, [event[1:] for event in reversed(stored)])
            self._seal(cursor, (last, count), before[0], digest)
            return range(last - count + 1, last + 1)

    def _read_back(self, cursor: Any, count: int) -> list[tuple[Any, ...]]:
        """The last so many events, newest first, and the one before them, or a 0 in its place."""
        found: list[tuple[Any, ...]] = cursor.execute(
            self._newest, (count + 1,), binary=True
        ).fetchall()
        return found if len(found) > count else [*found, (0,)]

    @staticmethod
    def _seal(cursor: Any, end: tuple[int, int], before: int, digest: str) -> None:
        last = cursor.execute(SQL(seals.LAST)).fetchone()
        seal = *end, seals.following(last, before, digest)
        cursor.execute("INSERT INTO seals VALUES (%s, %s, %s)", seal)
        found = cursor.execute("SELECT * FROM seals WHERE position = %s", end[:1]).fetchone()
        if found != seal:
            raise seals.altered("seals")


@contextmanager
def _positions_of_their_own() -> Iterator[None]:
    """Tells what refuses events for their positions from events that are there already."""
    try:
        yield
    except (psycopg.errors.UniqueViolation, psycopg.errors.NotNullViolation) as error:
        about = error.diag.constraint_name or error.diag.column_name or ""
        if "notification_id" not in about:
            raise
        raise IntegrityFailure(
            "the sequence of notification_id gives no position, or one that an event has already",
            where="the end of the log",
            remedy="try again; `ledger verify` says by what it is set right",
        ) from error


class PostgresDatabase(database.Database):
    """A ledger in one schema of a PostgreSQL database, the first on its search path.

    Raises:
        StoreUnavailable: Out of reach, no permission, busy, full.
        IntegrityFailure: The schema holds something else.
        UsageError: The URL is not one that PostgreSQL understands.
    """

    position = "notification_id"
    gapless = False
    bytewise = False
    drivers = (psycopg.Error,)

    def __init__(self, url: str, *, create: bool, read_only: bool) -> None:
        self.name = re.sub(r"//[^/@]*@", "//", url.partition("?")[0])
        self.read_only = read_only
        self._url = url
        try:
            said = conninfo_to_dict(url)
        except psycopg.Error:
            raise UsageError(
                "this URL is not one that PostgreSQL understands",
                where=self.name,
                remedy="write postgresql://user@host:port/database",
            ) from None
        self._secret = str(said.get("password") or "")
        with self.speaking():
            self._open(url, said, create=create and not read_only)

    def _open(self, url: str, said: dict[str, Any], *, create: bool) -> None:
        # One direct connection first: a pool would try for half a minute before it
        # says that nobody answers, and it holds the lock while tables are made.
        with self._connected(url) as connection:
            asked = "SELECT current_schema(), current_setting('synchronous_commit')"
            schema, commits = connection.execute(asked).fetchone() or ("", "")
            if commits == "off":  # what it acknowledges could be lost where it crashes
                said["options"] = f"{said.get('options', '')} -c synchronous_commit=on".strip()
            self._datastore = self._pooled(said, str(schema))
            self.recorder = PostgresRecorder(self._datastore)
            if create and not self._columns(connection):
                self._create(connection)
            columns = self._columns(connection)
            kept = connection.execute(_KEPT).fetchone()
        if columns[:4] != ["originator_id", "originator_version", "topic", "state"]:
            self.close()
            if columns:
                raise IntegrityFailure("its table stored_events is no ledger's", where=self.name)
            raise StoreUnavailable(
                "there is no ledger here", where=self.name, remedy="`ledger ingest` makes one"
            )
        if kept != (True,):
            self.close()
            raise IntegrityFailure(
                "the table of its events lacks its key, or is unlogged: it was made or restored otherwise",
                where=self.name,
                remedy="restore the whole schema from a backup, its indexes included",
            )

    def _connected(self, url: str) -> psycopg.Connection[Any]:
        try:
            return psycopg.connect(url, autocommit=True, connect_timeout=database.CONNECT_TIMEOUT)
        except psycopg.OperationalError as error:
            if "no password supplied" in str(
                error
            ):  # libpq's own words, by which alone it is known
                raise StoreUnavailable(
                    "the server asks for a password",
                    where=self.name,
                    remedy="set PGPASSWORD to it, or write it in the URL",
                ) from error
            if "FATAL" not in str(error):
                raise
            raise StoreUnavailable(
                f"the server refuses the connection: {self._told(error)}",
                where=self.name,
                remedy="check the user and the database in the URL, and the password there or in PGPASSWORD",
            ) from error

    def _create(self, connection: psycopg.Connection[Any]) -> None:
        connection.execute(f"SET lock_timeout = '{database.LOCK_TIMEOUT}s'")
        connection.execute("SELECT pg_advisory_lock(%s)", (_CREATING,))
        try:
            if not self._columns(connection):
                self.recorder.create_table()
        finally:
            connection.execute("SELECT pg_advisory_unlock(%s)", (_CREATING,))

    def _pooled(self, said: dict[str, Any], schema: str) -> PostgresDatastore:
        own: Any = {name: said.pop(name, None) for name in _OWN}
        datastore = PostgresDatastore(
            **own,
            schema=schema,
            lock_timeout=database.LOCK_TIMEOUT,
            connect_timeout=database.CONNECT_TIMEOUT,
            pre_ping=True,  # a server that was restarted meanwhile is met again
            max_overflow=9,
            originator_id_type="text",
        )
        kwargs = cast("dict[str, Any]", datastore.pool.kwargs)
        kwargs.update({"application_name": "ledger"} | said)
        if self.read_only:
            options = f"{said.get('options', '')} -c default_transaction_read_only=on"
            kwargs["options"] = options.strip()
        return datastore

    @staticmethod
    def _columns(connection: psycopg.Connection[Any]) -> list[str]:
        found = connection.execute(
            "SELECT attname FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped "
            "AND attrelid = to_regclass('stored_events') ORDER BY attnum"
        )
        return [row[0] for row in found]

    def fault(self, error: Exception) -> LedgerError:
        """What PostgreSQL says, by its SQLSTATE."""
        cause = error if isinstance(error, psycopg.Error) else error.__cause__
        state = getattr(cause, "sqlstate", None) or ""
        told = self._told(cause or error)
        if state == "55P03":
            return _busy(self.name)
        if state == "53100":
            what = "nothing more can be written: the server's disk is full"
            return StoreUnwritable(what, where=self.name, remedy="make room and run it again")
        if state in {"25006", "42501"}:
            what = f"this may not be written: {told}"
            return StoreUnwritable(what, where=self.name, remedy="ask for the permission")
        if state.startswith(("XX", "42", "22")):
            remedy = "run `ledger verify`; if only the read model is named, `ledger replay` builds it anew"
            return IntegrityFailure(f"the database refused: {told}", where=self.name, remedy=remedy)
        return ServerSilent(
            f"the server does not answer: {told}",
            where=self.name,
            remedy="check that it runs and that the URL is right",
        )

    def _told(self, error: BaseException) -> str:
        """The first line of what a driver says, without the password."""
        told = (str(error) or type(error).__name__).strip().partition("\n")[0]
        if not self._secret:
            return told
        return re.sub(rf"(?<!\w){re.escape(self._secret)}(?!\w)", "***", told)

    def translated(self, sql: str) -> str:
        """SQL with `?` parameters, with `%s` in their place."""
        return _translated(sql)

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, as of one moment, in constant memory."""
        with (
            self.speaking(),
            self._datastore.get_connection() as connection,
            connection.transaction(),
            connection.cursor("ledger_rows", row_factory=tuple_row) as cursor,
        ):
            cursor.execute(self.translated(sql).encode(), parameters, binary=True)
            while page := cursor.fetchmany(_PAGE):
                yield from page

    def inquire(self, sql: str, bounds: Bounds) -> Found:
        """What a stranger's own SELECT over the views comes to, on a connection of its own."""
        with self.speaking(), self._connected(self._url) as connection:
            return ask_postgres(connection, sql, bounds)

    @contextmanager
    def writing(self, view: str) -> Iterator[Any]:
        """A cursor in a write transaction; an advisory lock keeps others out of the view."""
        with self._datastore.transaction(commit=True) as cursor:
            name = f"{self._datastore.schema}.{view}"
            # Whoever is writing the view is waited for, however long it takes.
            cursor.execute(b"SET LOCAL lock_timeout = 0")
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (name,))
            cursor.execute(f"SET LOCAL lock_timeout = '{database.LOCK_TIMEOUT}s'".encode())
            cast("Any", cursor).row_factory = tuple_row
            yield cursor

    def run(self, cursor: Any, sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Execute a statement on a cursor and fetch what it answers."""
        cursor.execute(self.translated(sql), parameters)
        return cursor.fetchall() if cursor.description else []

    def integrity(self, table: str = "") -> list[str]:
        """Whether positions can still be given: a server's storage is checked by its own tools (amcheck)."""
        if table:
            return []
        ((numbers, legible, last),) = self.rows(_NUMBERS)
        if numbers is None:
            return ["nothing gives events their positions: the sequence of notification_id is gone"]
        if not legible:  # which is no damage: `storage_covered` tells it
            return []
        sql = f"SELECT last_value, is_called FROM {numbers}"  # noqa: S608 - its quoted name
        value, given = next(self.rows(sql))
        following = value + 1 if given else value
        if following <= last:
            return [f"{numbers} would give position {following} anew: set it to {last} by setval"]
        return []

    def state(self) -> object:
        """The number of the next transaction that writes."""
        return next(self.rows("SELECT txid_snapshot_xmax(txid_current_snapshot())"))

    def copy(self, path: Path) -> None:
        """A server's own tools do that."""
        del path
        raise UsageError(
            "a ledger on a server is backed up by the server's own tools",
            where=self.name,
            remedy="use pg_dump",
        )

    def storage_covered(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Whether the server checks its pages as it reads them; their structure we cannot."""
        sql = f"SELECT {_LEGIBLE}, {', '.join(f'current_setting({name!r})' for name in _STORAGE)}"
        legible, *settings = next(self.rows(sql))
        checked, *durable = (said == "on" for said in settings)
        beyond = ["the server's indexes: its own amcheck checks them"]
        if not all(durable):
            off = " and ".join(n for n, on in zip(_STORAGE[1:], durable, strict=True) if not on)
            beyond.insert(0, f"what a crash of the server leaves: it runs with {off} off")
        if legible is False:
            beyond.append(_ILLEGIBLE)
        if checked:
            return ("the server's pages, which carry checksums",), tuple(beyond)
        return (), ("the server's pages: they carry no checksums (data_checksums)", *beyond)

    def objects(self) -> list[tuple[str, str]]:
        """Everything that was made in the schema, as (kind, name), but indexes and sequences."""
        found = self.rows(_OBJECTS)
        return [(str(kind), str(name)) for kind, name in found]

    def views(self) -> list[tuple[str, str]]:
        """Every view of the schema, and its SELECT as the server writes it."""
        found = self.rows(
            "SELECT viewname, definition FROM pg_views WHERE schemaname = current_schema() ORDER BY 1"
        )
        return [(str(name), str(sql)) for name, sql in found]

    def columns_of(self, table: str) -> list[str]:
        """The names of a table's columns, in their order."""
        found = self.rows(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND table_name = ? ORDER BY ordinal_position",
            (table,),
        )
        return [str(row[0]) for row in found]

    def close(self) -> None:
        """Give back every connection."""
        self._datastore.close()


def _busy(where: str = "") -> StoreUnavailable:
    what = f"another process has been writing for {database.LOCK_TIMEOUT} s"
    return StoreUnavailable(what, where=where, remedy="try again when it is done")


@lru_cache(maxsize=256)
def _translated(sql: str) -> str:
    """`?` outside quotes becomes `%s`, and a literal `%` stays one; all tables have a row number."""
    swapped = {"?": "%s", "%": "%%"}
    return _QUOTED_OR_SPECIAL.sub(
        lambda found: swapped.get(found[0], found[0].replace("%", "%%")),
        sql.removesuffix(" WITHOUT ROWID"),
    )
