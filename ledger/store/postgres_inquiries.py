"""Questions in a stranger's own SQL on a PostgreSQL server: see `ledger.store.inquiries`.

A server can do more than a file, so that whoever asks must be a role that is not trusted with the
machine; what such a role could still reach is refused by its name.

Source: PostgreSQL, "System Administration Functions" and "Predefined Roles".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from time import monotonic
from typing import Any

import psycopg
from psycopg.rows import tuple_row

from ledger.errors import UsageError
from ledger.store.inquiries import (
    READABLE,
    Bounds,
    Found,
    TooLong,
    bounded,
    not_allowed,
    refused,
    shown_by,
)

_REFUSED = re.compile(
    r"""\b(?:pg_\w*|lo_\w*|dblink\w*|set_config|\w+_to_xml\w*|repeat|lpad|rpad)\b|\bU&["']|\x00""",
    re.IGNORECASE,
)
"""Names that reach out of the database, end others' work or undo a bound, and a way to hide one."""

_TRUSTED = """
SELECT rolsuper OR EXISTS (
    SELECT 1 FROM pg_roles AS trusted WHERE trusted.rolname IN
        ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program')
    AND pg_has_role(current_user, trusted.oid, 'MEMBER'))
FROM pg_roles WHERE rolname = current_user
"""
_TABLES = frozenset(map(shown_by, READABLE))
_LONGEST = 20_000
_NOT_OURS = ("0A", "21", "22", "2F", "38", "42", "44", "54", "P0")
"""Classes of SQLSTATE that say that a question is at fault."""


def ask_postgres(connection: psycopg.Connection[Any], sql: str, bounds: Bounds) -> Found:
    """One SELECT on a server, in a transaction that only reads and is never committed.

    Args:
        connection: One of its own, which whoever lends it closes.
        sql: The question.
        bounds: How much it may take.

    Raises:
        UsageError: It is no SELECT over the views, not one that the server understands, or the
            role is trusted with the server's files.
        TooLong: It was stopped.
        psycopg.Error: The server does not answer.
    """
    if len(sql) > _LONGEST or _REFUSED.search(sql):
        raise not_allowed()
    _require_untrusted(connection)
    end = monotonic() + bounds.milliseconds / 1_000
    try:
        connection.execute("BEGIN TRANSACTION READ ONLY")
        connection.execute(f"SET LOCAL statement_timeout = {bounds.milliseconds}")
        connection.execute("SET LOCAL lock_timeout = 500")
        _require_views(connection, sql)
        _extended(connection, f"DECLARE inquiry NO SCROLL CURSOR FOR {sql}")
        left = max(1, int((end - monotonic()) * 1000))
        connection.execute(f"SET LOCAL statement_timeout = {left}")
        cursor = connection.cursor(row_factory=tuple_row)
        cursor.execute(f"FETCH FORWARD {bounds.rows + 1} FROM inquiry")
        return bounded((c.name for c in cursor.description or ()), cursor.fetchone, bounds)
    except (psycopg.Error, UnicodeError) as error:
        raise _told(error, bounds) from None


def _require_untrusted(connection: psycopg.Connection[Any]) -> None:
    found = connection.execute(_TRUSTED).fetchone()
    if found is None or found[0]:
        raise UsageError(
            "this ledger is open as a role that may do more than read and write tables",
            remedy="open it as a role without rights over the server to ask it with SQL",
        )


def _require_views(connection: psycopg.Connection[Any], sql: str) -> None:
    """Refuse a question whose plan reads anything but what the views show."""
    told = _extended(connection, f"EXPLAIN (VERBOSE, FORMAT JSON) {sql}")
    here = connection.execute("SELECT current_schema()").fetchone()
    for schema, table in _relations(json.loads(told)):
        if table not in _TABLES or here is None or schema != here[0]:
            raise not_allowed()


def _relations(plan: object) -> Iterator[tuple[str, str]]:
    if isinstance(plan, list):
        for each in plan:
            yield from _relations(each)
    elif isinstance(plan, dict):
        if "Relation Name" in plan:
            yield plan.get("Schema", ""), plan["Relation Name"]
        for each in plan.values():
            yield from _relations(each)


def _extended(connection: psycopg.Connection[Any], sql: str) -> bytes:
    """Run one statement by the protocol that takes no more than one; its first value."""
    answer = connection.pgconn.exec_params(sql.encode(), None)
    if answer.status not in (psycopg.pq.ExecStatus.COMMAND_OK, psycopg.pq.ExecStatus.TUPLES_OK):
        raise psycopg.errors.error_from_result(answer)
    return answer.get_value(0, 0) or b"" if answer.ntuples else b""


def _told(error: Exception, bounds: Bounds) -> Exception:
    state = str(getattr(error, "sqlstate", "") or "")
    if isinstance(error, psycopg.errors.QueryCanceled):
        return TooLong(bounds)
    if state in ("25006", "42501", "25P02") or "multiple commands" in str(error):
        return not_allowed()
    if isinstance(error, UnicodeError) or state.startswith(_NOT_OURS):
        return refused(str(error).partition("\n")[0])
    return error
