"""A backup is a whole copy that was verified, or there is none."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from ledger import Ledger
from ledger.errors import IntegrityFailure, OutputUnwritable, StoreUnwritable, UsageError
from projections import holdings
from tests.filings import filing


@pytest.fixture
def kept(tmp_path):
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.record(filing(number) for number in range(1, 6))
        yield ledger


def others(folder):
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("ledger.db"))


def test_a_backup_answers_as_the_ledger_does_and_bears_its_seal(kept, tmp_path):
    held = holdings(kept)
    made = kept.backup(tmp_path / "copy.db")

    assert (made.events, made.bytes) == (15, (tmp_path / "copy.db").stat().st_size)
    assert made.seal == kept.seal().root
    assert others(tmp_path) == ["copy.db"]
    with Ledger.open(made.path) as copy:
        assert copy.verify(against=kept.seal()).ok
        assert holdings(copy) == held


def test_an_empty_ledger_can_be_backed_up(tmp_path):
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        assert ledger.backup(tmp_path / "copy.db").events == 0


def test_nothing_is_written_over(kept, tmp_path):
    (tmp_path / "copy.db").write_bytes(b"mine")

    with pytest.raises(UsageError, match="something is there already"):
        kept.backup(tmp_path / "copy.db")
    with pytest.raises(UsageError, match="something is there already"):
        kept.backup(tmp_path / "ledger.db")
    assert (tmp_path / "copy.db").read_bytes() == b"mine"


@pytest.mark.parametrize(
    "altered",
    [
        "UPDATE stored_events SET state = CAST(replace(state, '100', '900') AS BLOB)",
        "DELETE FROM seals",
        "CREATE TRIGGER t AFTER INSERT ON stored_events BEGIN SELECT 1; END",
    ],
)
def test_of_a_ledger_that_was_altered_no_copy_is_kept(kept, tmp_path, altered):
    with sqlite3.connect(tmp_path / "ledger.db") as connection:
        connection.execute(altered)
    connection.close()

    with pytest.raises(IntegrityFailure, match="what was copied is damaged or was altered"):
        kept.backup(tmp_path / "copy.db")
    assert others(tmp_path) == []


def test_a_copy_that_is_not_what_was_copied_is_not_kept(kept, tmp_path, monkeypatch):
    with Ledger.open(tmp_path / "other.db") as other:
        other.record([filing(9)])
        monkeypatch.setattr(kept._database, "copy", other._database.copy)

        with pytest.raises(IntegrityFailure, match="ends otherwise than the ledger"):
            kept.backup(tmp_path / "copy.db")


def test_where_nothing_can_be_written_that_is_said(kept, tmp_path, monkeypatch):
    with pytest.raises(OutputUnwritable, match="No such file or directory"):
        kept.backup(tmp_path / "nowhere" / "copy.db")

    def full(path):
        Path(path).write_bytes(b"some of it")
        raise StoreUnwritable("nothing more can be written", where="ledger.db")

    monkeypatch.setattr(kept._database, "copy", full)
    with pytest.raises(OutputUnwritable, match=r"copy\.db: nothing more can be written"):
        kept.backup(tmp_path / "copy.db")
    assert others(tmp_path) == []


def test_every_backup_made_while_another_writes_is_whole(kept, tmp_path):
    done = threading.Event()

    def write_on():
        with Ledger.open(tmp_path / "ledger.db") as writer:
            number = 6
            while not done.is_set():
                writer.record([filing(number)])
                number += 1

    beside = threading.Thread(target=write_on)
    beside.start()
    try:
        made = [kept.backup(tmp_path / f"copy-{number}.db") for number in range(8)]
    finally:
        done.set()
        beside.join()

    for copy in made:
        with Ledger.open(copy.path) as opened:
            assert (opened.verify().ok, opened.verify().events) == (True, copy.events)


def test_a_server_is_backed_up_by_its_own_tools(postgres_url, tmp_path):
    with Ledger.open(postgres_url) as ledger, pytest.raises(UsageError, match="pg_dump"):
        ledger.backup(tmp_path / "copy.db")
