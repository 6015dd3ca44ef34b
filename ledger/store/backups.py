"""Copies of a ledger that are worth keeping: each verified before it bears its name."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import NamedTuple

from ledger.errors import IntegrityFailure, OutputUnwritable, StoreUnwritable, UsageError
from ledger.store.database import Database
from ledger.store.mapper import FactMapper
from ledger.store.sqlite import SqliteDatabase
from ledger.store.verification import verify

_SEAL = "SELECT hash FROM seals WHERE position = ?"


class Backup(NamedTuple):
    """A copy of a ledger: its file and bytes, the events in it, and the seal they end with."""

    path: Path
    bytes: int
    events: int
    seal: str


def backup(database: Database, path: Path) -> Backup:
    """Copy a database as it is at one moment, verify the copy, and only then give it its name.

    Others may write meanwhile. Where anything fails, nothing is left behind.

    Raises:
        UsageError: Something has this name already, or the database is copied by its own tools.
        IntegrityFailure: What was copied is damaged or was altered.
        OutputUnwritable: There is no room, or nothing may be written there.
    """
    if path.exists():
        raise UsageError(
            "something is there already", where=str(path), remedy="name a file that does not exist"
        )
    try:
        with tempfile.TemporaryDirectory(dir=path.absolute().parent, prefix=".backup-") as folder:
            copy = Path(folder) / path.name
            _copied(database, copy, path)
            told = _verified(database, copy)
            size = copy.stat().st_size
            copy.replace(path)
    except OSError as error:
        raise OutputUnwritable(
            f"no copy can be written: {error.strerror}",
            where=str(path),
            remedy="name a file in a folder that exists and may be written",
        ) from error
    return told._replace(path=path, bytes=size)


def _copied(database: Database, copy: Path, path: Path) -> None:
    try:
        database.copy(copy)
    except StoreUnwritable as error:
        raise OutputUnwritable(
            error.what, where=str(path), remedy="make room; no copy was kept"
        ) from error


def _verified(database: Database, copy: Path) -> Backup:
    """What is in a copy, once all of it is verified and its end is one that the original has."""
    try:
        copied = SqliteDatabase(copy, create=False, read_only=False)
        try:
            found, last = verify(copied, FactMapper()), copied.head()
        finally:
            copied.close()
        ours = [row[0] for row in database.rows(_SEAL, (last,))]
    except IntegrityFailure as error:
        raise _damaged(database, error.what) from error
    if found.problems:
        raise _damaged(database, found.problems[0])
    if last and ours != [found.seal]:
        raise _damaged(database, "the copy ends otherwise than the ledger")
    return Backup(copy, 0, found.events, found.seal)


def _damaged(database: Database, what: str) -> IntegrityFailure:
    return IntegrityFailure(
        f"what was copied is damaged or was altered: {what}",
        where=database.name,
        remedy="run `ledger verify`; no copy was kept",
    )
