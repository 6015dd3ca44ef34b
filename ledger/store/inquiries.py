"""Questions in a stranger's own SQL: one SELECT over the views for readers, bounded in all it takes.

Nothing is written, nothing but those views is read, no file is opened, and whatever takes longer
than it may is stopped, not waited for.

Source: SQLite, "Defense Against The Dark Arts" (https://www.sqlite.org/security.html).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from time import monotonic, thread_time
from typing import Any, NamedTuple

from ledger.errors import UsageError

READABLE = ("filings", "lines", "entries", "holdings", "findings", "people", "issuers")
"""Views that a ledger may have for whoever reads it with SQL: nothing of ours reads them."""


def shown_by(view: str) -> str:
    """The table that such a view shows: its columns but the first, and nothing else."""
    return f"view_sql_{view}"


_STEPS = 1_000
"""Steps of SQLite's machine between two looks at the clock: a few microseconds."""

_ON_THE_CLOCK = 10
"""Times as long as a question may compute it may last: it is not to blame for what else a machine does."""

_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 200_000,  # bytes of a value, so that no one function takes long
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 20_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 200,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 100,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 50,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 200,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
_LISTS = frozenset({"json_each", "json_tree"})
"""Tables that are functions, and only take a list apart."""

_SPECIAL = re.compile("(?:sqlite|pragma)_|dbstat", re.IGNORECASE)
"""How tables begin that SQLite makes of itself."""

_NO_FUNCTIONS = frozenset({"load_extension", "fts3_tokenizer", "readfile", "writefile", "edit"})
_TABLES = frozenset({*READABLE, *map(shown_by, READABLE)})
_OURS = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR", "SQLITE_BUSY", "SQLITE_CANTOPEN")
"""What SQLite says where the fault is not the question's."""


class Bounds(NamedTuple):
    """How much a question may take: rows of its answer, characters in them, milliseconds.

    Milliseconds are those of a processor; of a server that does not say how many these were, those
    of the clock.
    """

    rows: int
    characters: int
    milliseconds: int


class Found(NamedTuple):
    """What a question came to: its columns and rows, and whether there are more of them."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    more: bool


class TooLong(UsageError):
    """A question in SQL was stopped, for it took longer than it may."""

    def __init__(self, bounds: Bounds) -> None:
        what = f"that was stopped: it took more than {bounds.milliseconds:,} ms"
        super().__init__(what, remedy="ask for less: one company, one year, fewer joins")


def not_allowed() -> UsageError:
    """That a question in SQL asks for what it may not."""
    return UsageError(
        "only the views can be read, by one SELECT, and nothing can be written or opened",
        remedy=f"there are {', '.join(READABLE)}",
    )


def refused(told: object) -> UsageError:
    """That a database does not understand a question, in its own words."""
    words = " ".join(str(told).split())
    return UsageError(f"the database does not take that: {words[:300]}", remedy="mend the SQL")


def bounded(
    columns: Iterable[str], row: Callable[[], tuple[Any, ...] | None], bounds: Bounds
) -> Found:
    """As many rows as a question may have, taken one by one."""
    rows: list[tuple[Any, ...]] = []
    room = bounds.characters
    while (one := row()) is not None:
        room -= sum(len(value) for value in one if isinstance(value, str | bytes))
        if len(rows) == bounds.rows or room < 0:
            return Found(tuple(columns), rows, more=True)
        rows.append(one)
    return Found(tuple(columns), rows, more=False)


def ask_sqlite(uri: str, sql: str, bounds: Bounds) -> Found:
    """One SELECT on an SQLite file, by a connection of its own that may do nothing else.

    Raises:
        UsageError: It is no SELECT over the views, or not one that SQLite understands.
        TooLong: It was stopped.
        sqlite3.Error: The file cannot be read.
    """
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        for limit, value in _LIMITS.items():
            connection.setlimit(limit, value)
        names = connection.execute("SELECT lower(name) FROM sqlite_master")
        connection.set_authorizer(_allowing(frozenset(name for (name,) in names) - _TABLES))
        connection.set_progress_handler(_over(bounds), _STEPS)
        try:
            cursor = connection.execute(sql)
            if cursor.description is None:
                raise not_allowed()
            return bounded((each[0] for each in cursor.description), cursor.fetchone, bounds)
        except (sqlite3.Error, sqlite3.Warning, ValueError, OverflowError) as error:
            raise _told(error, bounds) from None


def _over(bounds: Bounds) -> Callable[[], bool]:
    """Whether a question that begins now has computed as long as it may, or lasted far longer."""
    most = bounds.milliseconds / 1_000
    computed, lasted = thread_time() + most, monotonic() + most * _ON_THE_CLOCK
    return lambda: thread_time() > computed or monotonic() > lasted


def _told(error: Exception, bounds: Bounds) -> Exception:
    name = str(getattr(error, "sqlite_errorname", ""))
    if name.startswith("SQLITE_INTERRUPT"):
        return TooLong(bounds)
    if name.startswith(("SQLITE_AUTH", "SQLITE_READONLY")) or "one statement" in str(error):
        return not_allowed()
    return error if name.startswith(_OURS) else refused(error)


def _allowing(others: frozenset[str]) -> Callable[..., int]:
    """What SQLite may do for a question: read what the views show, and compute; `others` are not theirs."""

    def reads(table: str, column: str | None) -> bool:
        if table in _TABLES or table in _LISTS:
            return True
        # A name given by WITH is told where no column of it is read, as of count(*).
        return not column and table.lower() not in others and not _SPECIAL.match(table)

    def allowed(action: int, what: str | None, which: str | None, *_: str | None) -> int:
        may = (
            action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE)
            or (action == sqlite3.SQLITE_FUNCTION and (which or "").lower() not in _NO_FUNCTIONS)
            or (action == sqlite3.SQLITE_READ and reads(what or "", which))
        )
        return sqlite3.SQLITE_OK if may else sqlite3.SQLITE_DENY

    return allowed
