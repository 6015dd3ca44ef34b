"""Tampering: what somebody does to the database shows where it is met, and never hangs."""

from __future__ import annotations

import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from ledger import Ledger
from ledger.errors import IntegrityFailure, StoreUnavailable
from ledger.store.chain import Chain
from tests.filings import filing


@pytest.fixture
def path(sqlite_url):
    with Ledger.open(sqlite_url) as ledger:
        ledger.record([filing(number) for number in (1, 2)])
        ledger.record([filing(3)])
    return sqlite_url


def alter(path, sql):
    with sqlite3.connect(path) as connection:
        connection.executescript(sql)
    connection.close()


TRIGGERS = [
    (
        "CREATE TRIGGER t AFTER INSERT ON stored_events BEGIN UPDATE stored_events SET "
        "state = CAST(replace(state, '100', '900') AS BLOB) WHERE rowid = new.rowid; END"
    ),
    (
        "CREATE TRIGGER t AFTER INSERT ON stored_events WHEN new.originator_version = 2 BEGIN "
        "DELETE FROM stored_events WHERE rowid = new.rowid; END"
    ),
    (
        "CREATE TRIGGER t BEFORE INSERT ON stored_events WHEN new.originator_version = 3 BEGIN "
        "SELECT RAISE(IGNORE); END"
    ),
    "CREATE TRIGGER t AFTER INSERT ON seals BEGIN UPDATE seals SET hash = 'x'; END",
]


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_a_trigger_that_alters_what_is_appended_is_noticed_and_nothing_is_kept(path, trigger):
    alter(path, trigger)

    with Ledger.open(path) as ledger:
        with pytest.raises(IntegrityFailure, match="not what was meant"):
            ledger.record([filing(4)])
        assert len(list(ledger.streams())) == 3


def test_a_trigger_on_a_server_is_noticed_too(postgres_url):
    psycopg = pytest.importorskip("psycopg")
    with Ledger.open(postgres_url) as ledger, psycopg.connect(postgres_url) as connection:
        ledger.record([filing(1)])
        connection.execute(
            "CREATE FUNCTION more() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "new.state = convert_to(replace(convert_from(new.state, 'UTF8'), '100', '900'), 'UTF8');"
            " RETURN new; END $$"
        )
        connection.execute(
            "CREATE TRIGGER t BEFORE INSERT ON stored_events FOR EACH ROW EXECUTE FUNCTION more()"
        )
        connection.commit()
        with pytest.raises(IntegrityFailure, match="not what was meant"):
            ledger.record([filing(2)])
        assert ledger.verify().events == 3


def test_an_append_whose_seal_is_another_is_named_by_its_first_and_last_stream(sqlite_url):
    with Ledger.open(sqlite_url) as ledger:
        ledger.record([filing(number) for number in (1, 2, 3)])
    alter(sqlite_url, "UPDATE seals SET hash = replace(hash, substr(hash, 1, 1), 'x')")
    named = r"\(2004/0000000001-04-000001 to 2004/0000000001-04-000003\)"

    with Ledger.open(sqlite_url) as ledger, pytest.raises(IntegrityFailure, match=named):
        list(ledger.events())


@pytest.mark.parametrize("after", [3, 6])
def test_filings_removed_below_their_seals_cannot_be_ingested_again_and_that_is_said(path, after):
    alter(path, f"DELETE FROM stored_events WHERE rowid > {after}")

    with Ledger.open(path) as ledger, pytest.raises(IntegrityFailure, match="events were removed"):
        ledger.record([filing(3)])


def test_nothing_is_sealed_on_top_of_what_something_else_wrote(path):
    alter(
        path,
        "INSERT INTO stored_events SELECT '2004/0000000001-04-000009', originator_version, topic, "
        "state FROM stored_events WHERE rowid > 6",
    )

    with Ledger.open(path) as ledger, pytest.raises(IntegrityFailure, match="added by something"):
        ledger.record([filing(4)])


@pytest.mark.parametrize(
    "made",
    [
        lambda ledger, name: ledger.add(name, lambda _: []),
        lambda ledger, name: ledger.heads([name]),
    ],
)
def test_nothing_is_made_of_a_streams_events_that_were_altered(path, made):
    name = filing(2).stream
    alter(
        path,
        "UPDATE stored_events SET state = CAST(replace(state, '100', '900') AS BLOB) "
        f"WHERE originator_id = '{name}'",
    )

    with Ledger.open(path) as ledger, pytest.raises(IntegrityFailure, match="altered"):
        made(ledger, name)


def test_no_event_is_told_by_an_altered_index_or_under_an_altered_position(path, tmp_path):
    name = filing(2).stream
    with Ledger.open(path) as ledger:
        every, one = list(ledger.events()), list(ledger.events(stream=name))
    content = Path(path).read_bytes()
    marked = [at.start() for at in re.finditer(re.escape(name.encode()), content)]
    places = [at + near for at in marked for near in range(-8, len(name) + 2)]
    noticed = 0
    for place in places:
        damaged = bytearray(content)
        damaged[place] ^= 1 << (place * 5 % 8)
        copy = tmp_path / "damaged.db"
        copy.write_bytes(damaged)
        for stream, right in ((None, every), (name, one)):
            try:
                with Ledger.open(str(copy), read_only=True) as ledger:
                    assert list(ledger.events(stream=stream)) == right, place
            except IntegrityFailure:
                noticed += 1
    assert noticed > len(places) / 2


def test_an_event_appended_between_two_looks_at_the_index_is_no_damage(path, monkeypatch):
    name, late = filing(3).stream, filing(3, rows=3, reader_version=2)
    with Ledger.open(path) as ledger, Ledger.open(path) as another:
        placed, added = Chain._placed, []

        def meanwhile(chain, places):
            if not added:
                added.append(late)
                another.record([late])
            return placed(chain, places)

        monkeypatch.setattr(Chain, "_placed", meanwhile)
        end = ledger.head()
        before = ledger.digests([name], end)
        assert added
        assert before == ledger.digests([name], end)


@pytest.mark.parametrize("instead", ["another", "older", "nothing"])
def test_what_takes_a_ledgers_place_while_it_is_open_is_neither_read_nor_broken(
    path, tmp_path, instead
):
    put = tmp_path / "put.db"
    if instead == "older":
        shutil.copy(path, put)
    elif instead == "another":
        with Ledger.open(put) as ledger:
            ledger.record([filing(9)])
    with Ledger.open(path) as ledger:
        ledger.record([filing(5)])
        moved = Path(path).rename(tmp_path / "moved.db")
        if instead != "nothing":
            put.rename(path)
        for ask in (lambda: ledger.record([filing(6)]), lambda: list(ledger.events())):
            with pytest.raises(StoreUnavailable, match="moved away or replaced"):
                ask()

    if instead != "nothing":
        with Ledger.open(path) as ledger:
            assert ledger.verify().ok
    with Ledger.open(moved) as ledger:
        assert filing(6).stream not in ledger.streams()


def test_a_ledger_may_be_asked_by_any_name_it_has(path, tmp_path, monkeypatch):
    (tmp_path / "link.db").symlink_to(path)
    monkeypatch.chdir(tmp_path)
    with Ledger.open("link.db") as ledger:
        monkeypatch.chdir("/")
        assert [outcome.status for outcome in ledger.record([filing(5)])] == ["recorded"]


def test_a_ledger_cut_to_nothing_is_not_taken_for_a_new_one(path):
    Path(path).write_bytes(b"")

    for _ in range(2):
        with pytest.raises(IntegrityFailure, match="cut to nothing"):
            Ledger.open(path)
    assert Path(path).read_bytes() == b""
    Path(path).unlink()
    with Ledger.open(path) as ledger:
        assert ledger.record([filing(1)])


def test_a_ledger_gone_while_its_last_writes_lie_beside_it_is_not_begun_anew(path):
    with Ledger.open(path) as ledger:
        ledger.record([filing(4)])
        writes = Path(f"{path}-wal").read_bytes()
    Path(path).unlink()
    Path(f"{path}-wal").write_bytes(writes)

    with pytest.raises(IntegrityFailure, match="last writes lie beside it"):
        Ledger.open(path)
    assert Path(f"{path}-wal").read_bytes() == writes


def test_who_was_killed_while_making_a_ledger_is_followed_by_one_that_makes_it(sqlite_url):
    Path(sqlite_url).touch()
    Path(f"{sqlite_url}-new").touch()

    with Ledger.open(sqlite_url) as ledger:
        ledger.record([filing(1)])
        assert ledger.verify().ok
    assert not Path(f"{sqlite_url}-new").exists()


def test_no_empty_file_is_left_where_a_ledger_could_not_be_made(sqlite_url, monkeypatch):
    def full(*_: object) -> None:
        raise StoreUnavailable("nothing more can be written")

    monkeypatch.setattr("ledger.store.sqlite.SqliteDatabase._tables", full)
    with pytest.raises(StoreUnavailable):
        Ledger.open(sqlite_url)
    assert not Path(sqlite_url).exists()


@pytest.mark.parametrize(
    "rewritten",
    [
        "ALTER TABLE stored_events RENAME TO kept; CREATE VIEW stored_events AS SELECT * FROM kept",
        (
            "ALTER TABLE stored_events RENAME TO kept; "
            "CREATE TABLE stored_events AS SELECT * FROM kept; DROP TABLE kept"
        ),
    ],
    ids=["a view", "no key"],
)
def test_a_log_that_another_program_rewrote_is_not_opened(path, rewritten):
    alter(path, rewritten)

    with pytest.raises(IntegrityFailure, match="made otherwise"):
        Ledger.open(path)


def test_a_position_that_is_kept_twice_is_named(path):
    alter(
        path,
        "CREATE TABLE kept AS SELECT * FROM tracking; DROP TABLE tracking; "
        "CREATE TABLE tracking AS SELECT * FROM kept; INSERT INTO tracking SELECT * FROM kept; "
        "DROP TABLE kept",
    )

    with Ledger.open(path) as ledger:
        assert any("tracking" in problem for problem in ledger.verify().problems)
