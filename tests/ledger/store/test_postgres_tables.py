"""A ledger's tables on a server: without their key, or where a crash empties them, they are none."""

from __future__ import annotations

import gc

import pytest

from ledger import Ledger
from ledger.errors import IntegrityFailure, LedgerError
from ledger.store.postgres import PostgresDatabase
from tests.filings import filing

psycopg = pytest.importorskip("psycopg")

MADE_OTHERWISE = {
    "no key": "ALTER TABLE stored_events DROP CONSTRAINT stored_events_pkey",
    "a key over more": (
        "ALTER TABLE stored_events DROP CONSTRAINT stored_events_pkey; ALTER TABLE stored_events "
        "ADD PRIMARY KEY (originator_id, originator_version, notification_id)"
    ),
    "a key over some": (
        "ALTER TABLE stored_events DROP CONSTRAINT stored_events_pkey; CREATE UNIQUE INDEX ON "
        "stored_events (originator_id, originator_version) WHERE notification_id > 3"
    ),
    "a view": "ALTER TABLE stored_events RENAME TO kept; CREATE VIEW stored_events AS SELECT * FROM kept",
    "emptied by a crash": "ALTER TABLE stored_events SET UNLOGGED",
}


def run(url, sql):
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(sql)


@pytest.fixture
def url(postgres_url):
    with Ledger.open(postgres_url) as ledger:
        ledger.record([filing(1)])
    gc.collect()
    return postgres_url


@pytest.mark.parametrize("how", MADE_OTHERWISE)
def test_a_log_that_was_made_otherwise_on_a_server_is_not_opened(url, how):
    run(url, MADE_OTHERWISE[how])

    with pytest.raises(IntegrityFailure, match="lacks its key, or is unlogged"):
        Ledger.open(url)


def test_a_key_made_anew_by_whoever_restored_it_will_do(url):
    run(url, MADE_OTHERWISE["no key"])
    run(url, "CREATE UNIQUE INDEX ON stored_events (originator_id, originator_version)")

    with Ledger.open(url) as ledger:
        assert ledger.record([filing(1)])[0].status == "already recorded"


def test_what_is_acknowledged_waits_for_the_disk_whatever_the_servers_custom(url):
    hasty = url + "%20-csynchronous_commit%3Doff"
    assert run(hasty, "SHOW synchronous_commit").fetchone() == ("off",)

    with Ledger.open(hasty) as ledger:
        rows = ledger._database.rows("SELECT current_setting('synchronous_commit')")
        assert list(rows) == [("on",)]
        assert ledger.record([filing(2)])[0].status == "recorded"


def test_a_server_that_does_not_wait_for_its_disk_is_told_by_verify(url, monkeypatch):
    told = {}
    with Ledger.open(url) as ledger:
        for waits in ("on", "off"):
            row = (True, "on", waits, "on")
            monkeypatch.setattr(PostgresDatabase, "rows", lambda *_, row=row: iter([row]))
            told[waits] = ledger._database.storage_covered()
    pages = ("the server's pages, which carry checksums",)
    assert [covered for covered, _ in told.values()] == [pages, pages]
    assert not any("crash" in beyond for beyond in told["on"][1])
    assert told["off"][1][0] == "what a crash of the server leaves: it runs with fsync off"


NUMBERS = "stored_events_notification_id_seq"


@pytest.mark.parametrize(
    ("how", "told"),
    [
        (f"ALTER SEQUENCE {NUMBERS} RESTART WITH 1", ": set it to 21 by setval"),
        (f"ALTER SEQUENCE {NUMBERS} RESTART WITH 21", "would give position 21 anew: set it to 21"),
        (f"DROP SEQUENCE {NUMBERS} CASCADE", "nothing gives events their positions"),
    ],
)
def test_a_restore_that_would_give_positions_again_is_told_and_records_nothing(url, how, told):
    with Ledger.open(url) as ledger:
        ledger.record(filing(number) for number in range(2, 8))
    gc.collect()
    run(url, how)

    with Ledger.open(url) as ledger:
        assert any(told in problem for problem in ledger.verify().problems)
        with pytest.raises(LedgerError, match="notification_id"):
            ledger.record([filing(8)])
    gc.collect()
    with Ledger.open(url) as ledger:
        assert filing(8).stream not in ledger.streams()


@pytest.fixture
def reader(url):
    """A role that may read the tables and no sequence, and where the ledger is for it."""
    schema = url.rpartition("%3D")[2]
    name = f"reader_{schema}"
    run(url, f"CREATE ROLE {name} LOGIN")
    run(url, f"GRANT USAGE ON SCHEMA {schema} TO {name}")
    run(url, f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {name}")
    yield name, url.replace("//postgres:", f"//{name}:").replace("//postgres@", f"//{name}@")
    gc.collect()
    run(url, f"DROP OWNED BY {name}")
    run(url, f"DROP ROLE {name}")


def test_a_sequence_that_a_role_may_not_read_is_uncovered_and_no_damage(url, reader):
    name, theirs = reader

    def verified():
        with Ledger.open(theirs, read_only=True) as ledger:
            found = ledger.verify()
        return found.problems, any("may not read the sequence" in told for told in found.uncovered)

    assert verified() == ((), True)
    run(url, f"GRANT SELECT ON SEQUENCE {NUMBERS} TO {name}")
    assert verified() == ((), False)
    run(url, f"ALTER SEQUENCE {NUMBERS} RESTART WITH 1")
    (problem,), uncovered = verified()
    assert "by setval" in problem
    assert not uncovered
    run(url, f"DROP SEQUENCE {NUMBERS} CASCADE")
    (problem,), uncovered = verified()
    assert "nothing gives events their positions" in problem
    assert not uncovered
