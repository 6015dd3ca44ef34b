"""Where files cannot be locked, that is said, and nobody is blamed for it or waited for."""

from __future__ import annotations

import errno
import fcntl
import logging
import os
import sqlite3
import time

import pytest

from ledger import Ledger
from ledger.errors import StoreUnavailable
from ledger.store import database, turns
from tests.filings import filing


@pytest.fixture
def no_locks(monkeypatch):
    """A file system that has no locks to give."""

    def refused(*_):
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refused)
    monkeypatch.setattr(fcntl, "lockf", refused)


def test_where_files_cannot_be_locked_work_goes_on_and_that_is_said_once(
    tmp_path, no_locks, caplog
):
    caplog.set_level(logging.WARNING)
    began = time.monotonic()
    with turns.turn(tmp_path / "turn", "ledger.db"):
        assert time.monotonic() - began < turns._PATIENCE

    (said,) = caplog.messages
    assert said.startswith("ledger.db: files cannot be locked there (No locks available)")


def test_a_database_that_is_busy_for_want_of_locks_blames_nobody(tmp_path, no_locks, monkeypatch):
    monkeypatch.setattr(database, "LOCK_TIMEOUT", 0.1)
    path = tmp_path / "ledger.db"
    Ledger.open(path).close()
    holder = sqlite3.connect(path, isolation_level=None)  # as busy as one who gets no lock is told
    holder.execute("BEGIN IMMEDIATE")

    with Ledger.open(path) as ledger, pytest.raises(StoreUnavailable) as told:
        ledger.record([filing()])
    holder.close()

    assert "files cannot be locked there" in told.value.what
    assert "local disk" in told.value.remedy


def test_a_turn_that_another_has_is_waited_for_and_that_is_said(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(turns, "_PATIENCE", 0)
    path = tmp_path / "turn"
    other = os.open(path, os.O_CREAT | os.O_RDWR)
    fcntl.flock(other, fcntl.LOCK_EX)
    pauses = []

    def until_the_other_is_done(_):
        pauses.append(1)
        if len(pauses) == 3:
            os.close(other)

    monkeypatch.setattr(turns, "sleep", until_the_other_is_done)
    with turns.turn(path, "ledger.db"):
        assert len(pauses) >= 3

    assert caplog.messages == ["ledger.db: another process works out the answers; waiting for it"]
    assert not path.exists()


def test_files_can_be_locked_where_others_hold_theirs(tmp_path):
    other = os.open(tmp_path / "turn", os.O_CREAT | os.O_RDWR)
    fcntl.flock(other, fcntl.LOCK_EX)

    assert turns.lockable(tmp_path)
    assert turns.lockable(tmp_path / "no such folder")
    os.close(other)
