"""Taking turns at work that takes long, between processes that share a file."""

from __future__ import annotations

import logging
import os
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
def turn(path: Path, name: str) -> Iterator[None]:
    """Work while nobody else with the same path does, however long the others take.

    The database's own lock would be given up on after a while; and who waits for a long
    replay wants what it stores, not to do the same once more. The lock is that of a file,
    which the system gives back when its holder ends, however it ends.
    """
    held = _taken(path, name) if fcntl else None
    try:
        yield
    finally:
        if held is not None:
            path.unlink(missing_ok=True)
            os.close(held)


def _taken(path: Path, name: str) -> int | None:
    """The lock file, open and locked; None where no file can be made, so nothing be written."""
    begun = monotonic()
    said = False
    while True:
        try:
            file = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o666)
        except OSError:
            return None
        if _locked(file, path):
            return file
        os.close(file)
        if not said and monotonic() - begun > _PATIENCE:
            _log.warning("%s: another process works out the answers; waiting for it", name)
            said = True
        sleep(1 / 50)


def _locked(file: int, path: Path) -> bool:
    """Whether the lock is ours, and still that of the file which others find there."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return path.exists() and os.path.samestat(os.fstat(file), path.stat())
    except OSError:
        return False
