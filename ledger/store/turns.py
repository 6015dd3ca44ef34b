"""Taking turns at work that takes long, between processes that share a file."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

try:
    import fcntl
except ImportError:  # Windows, where the database's own lock is waited for, and no longer
    fcntl = None  # type: ignore[assignment]

_PATIENCE = 5
"""Seconds of waiting before it is said."""

_log = logging.getLogger(__name__)


@contextmanager
def turn(path: Path, name: str) -> Iterator[bool]:
    """Work while nobody else with the same path does, however long the others take.

    The database's own lock would be given up on after a while; and who waits for a long
    replay wants what it stores, not to do the same once more. The lock is that of a file,
    which the system gives back when its holder ends, however it ends. Where no file can be locked
    everybody works at once: the block is told whether it is alone.
    """
    held = _taken(path, name) if fcntl else None
    try:
        yield held is not None
    finally:
        if held is not None:
            path.unlink(missing_ok=True)
            os.close(held)


def _taken(path: Path, name: str) -> int | None:
    """The lock file, open and locked.

    None where no file can be made, so nothing be written, and where a file cannot be locked:
    the database then says what it thinks of that.
    """
    begun = monotonic()
    said = False
    while True:
        try:
            file = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o666)
        except OSError:
            return None
        try:
            if _locked(file, path):
                return file
        except OSError as error:
            os.close(file)
            _log.warning(
                "%s: files cannot be locked there (%s); processes may do the same work",
                name,
                error.strerror,
            )
            return None
        os.close(file)
        if not said and monotonic() - begun > _PATIENCE:
            _log.warning("%s: another process works out the answers; waiting for it", name)
            said = True
        sleep(1 / 50)


def _locked(file: int, path: Path) -> bool:
    """Whether the lock is ours, and still that of the file which others find there.

    Raises:
        OSError: Files cannot be locked there.
    """
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(file), path.stat())
    except (BlockingIOError, FileNotFoundError):
        return False


def lockable(folder: Path) -> bool:
    """Whether files can be locked in a folder as databases do it; so too where that cannot be tried.

    A database is told "busy" where the file system has no locks to give, and then nobody is.
    """
    if not fcntl:
        return True
    try:
        file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - what fails in it is another matter
    except OSError:
        return True
    with file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
    return True
