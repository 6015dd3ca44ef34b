"""Puts more lines in order than memory should hold."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing

from ledger.errors import ReadError

_HELD = 2_048
"""Kilobytes that are in memory at once."""

Line = tuple[str, int, str]


def in_order(lines: Iterable[Line], source: str) -> Iterator[Line]:
    """The lines by their first two members, sorted by SQLite in a nameless file of its own.

    Args:
        lines: Keys, numbers and texts; all of them are taken before the first is given.
        source: What the lines are, for the error.

    Raises:
        ReadError: There is no room for them where temporary files go.
    """
    with closing(sqlite3.connect("")) as aside:
        try:
            aside.execute("PRAGMA journal_mode = OFF")
            aside.execute(f"PRAGMA cache_size = -{_HELD}")
            aside.execute("CREATE TABLE line (key TEXT, number INTEGER, text TEXT)")
            aside.executemany("INSERT INTO line VALUES (?, ?, ?)", lines)
            yield from aside.execute("SELECT key, number, text FROM line ORDER BY key, number")
        except sqlite3.OperationalError as error:
            what = f"its lines could not be sorted ({error})"
            remedy = "make room where temporary files go (TMPDIR), and read it again"
            raise ReadError(what, where=source, remedy=remedy) from error
