"""Verification: whatever is done to a stored log shows, and never as a traceback."""

from __future__ import annotations

import base64
import json
import random
import shutil
import sqlite3
from datetime import UTC, datetime

import pytest

from ledger import Ledger
from ledger.errors import IntegrityFailure, LedgerError, UsageError
from ledger.store.checkpoints import parsed
from tests.filings import filing, statement


@pytest.fixture
def path(sqlite_url):
    with Ledger.open(sqlite_url) as ledger:
        ledger.record([filing(number) for number in (1, 2)])
        ledger.record([filing(1, rows=4, reader_version=2, statements=(statement(),))])
    return sqlite_url


def altered(path, sql):
    with sqlite3.connect(path) as connection:
        connection.execute(sql)
    connection.close()
    with Ledger.open(path) as ledger:
        return ledger.verify()


def test_a_sound_log_has_no_problems(path):
    with Ledger.open(path) as ledger:
        found = ledger.verify()

    assert (found.events, found.ok, found.problems) == (12, True, ())
    assert len(found.seal) == 64


def test_the_seal_stands_for_the_content_and_not_for_the_database(sqlite_url, postgres_url):
    found = []
    for url in (sqlite_url, postgres_url):
        with Ledger.open(url) as ledger:
            ledger.record([filing(1), filing(2)])
            found.append(ledger.verify().seal)

    assert found[0] == found[1]


def test_an_empty_log_is_sound(ledger):
    assert ledger.verify().ok


def test_a_seal_kept_elsewhere_shows_that_a_log_was_cut_or_rewritten(ledger, tmp_path):
    nothing = ledger.verify().seal
    ledger.record([filing(1)])
    kept = ledger.verify().seal
    ledger.record([filing(2)])

    assert ledger.verify(against=nothing).ok
    assert ledger.verify(against=kept).ok
    with Ledger.open(tmp_path / "rewritten.db") as rewritten:
        rewritten.record([filing(1, rows=1)])
        rewritten.record([filing(2)])

        assert rewritten.verify().ok
        assert "rewritten since" in rewritten.verify(against=kept).problems[0]


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        (
            (
                "UPDATE stored_events SET state = "
                "CAST(replace(state, '\"100\"', '\"900\"') AS BLOB) WHERE rowid = 2"
            ),
            "altered after it was recorded",
        ),
        ("DELETE FROM stored_events WHERE rowid = 2", "version 3 stands where 2 should"),
        ("DELETE FROM stored_events WHERE rowid = 2", "position 2: the event is missing"),
        ("DELETE FROM stored_events WHERE rowid = 1", "its filing is missing"),
        ("DELETE FROM stored_events WHERE rowid = 6", "2 rows and 0 statements are announced"),
        ("UPDATE stored_events SET topic = 'sale' WHERE rowid = 2", "altered"),
        ("UPDATE stored_events SET topic = 'nonsense' WHERE rowid = 2", "nonsense"),
        ("UPDATE stored_events SET state = 'x' WHERE rowid = 2", "cannot be read"),
        ("UPDATE stored_events SET state = NULL WHERE rowid = 2", "cannot be read"),
        ("UPDATE stored_events SET originator_version = 'x' WHERE rowid = 2", "version x"),
        (
            "UPDATE stored_events SET originator_id = '2004/y' WHERE rowid = 1",
            "it holds the filing",
        ),
        (
            (
                "UPDATE stored_events SET state = "
                'CAST(replace(state, \'"A":0}\', \'"A":0,"j":""}\') AS BLOB) WHERE rowid = 2'
            ),
            "its bytes are not those it was stored with",
        ),
        (
            (
                "INSERT INTO stored_events SELECT originator_id, 4, topic, state "
                "FROM stored_events WHERE rowid = 5"
            ),
            "bear no seal",
        ),
        ("DELETE FROM seals WHERE position = 6", "altered"),
        ("UPDATE seals SET hash = 'x' WHERE position = 6", "altered"),
        ("UPDATE stored_events SET rowid = 99 WHERE rowid = 1", "recorded before"),
        ("UPDATE stored_events SET originator_id = NULL WHERE rowid = 2", "cannot be read"),
        ("UPDATE seals SET position = 99 WHERE position = 12", "ends at position 12"),
        ("UPDATE seals SET events = 'x' WHERE position = 12", "seal 12: it cannot be read"),
        ("UPDATE seals SET position = 'x' WHERE position = 6", "seal x: it cannot be read"),
        ("INSERT INTO seals VALUES (NULL, 1, 'x')", "seal None: it cannot be read"),
        ("INSERT INTO tracking VALUES ('x y z', 1)", "'x y z' at 1 is no read model's position"),
        ("UPDATE tracking SET notification_id = 'x'", "'__migration__' at 'x' is no"),
    ],
)
def test_what_was_altered_is_named(path, sql, told):
    found = altered(path, sql)

    assert not found.ok
    assert any(told in problem for problem in found.problems), found.problems


def test_a_flipped_bit_is_noticed_or_changed_nothing(tmp_path, path):
    with Ledger.open(path) as ledger:
        ledger.record([filing(number, rows=5) for number in range(10, 60)])
        sound = list(ledger.states())
    chance = random.Random(4)
    whole = tmp_path.joinpath("ledger.db").read_bytes()
    unnoticed = []
    for trial in range(60):
        damaged = bytearray(whole)
        place = chance.randrange(len(damaged))
        damaged[place] ^= 1 << chance.randrange(8)
        copy = tmp_path / f"{trial}.db"
        copy.write_bytes(damaged)
        try:
            with Ledger.open(copy, read_only=True) as ledger:
                if ledger.verify().ok and list(ledger.states()) != sound:
                    unnoticed.append(place)
        except LedgerError:
            pass
        copy.unlink()

    assert unnoticed == []


@pytest.mark.parametrize("part", [0, 50, 100, 5_000, 9_000, 20_000])
def test_a_file_cut_short_is_noticed(tmp_path, path, part):
    with Ledger.open(path) as ledger:
        ledger.record([filing(number, rows=5) for number in range(10, 60)])
    cut = tmp_path / "cut.db"
    shutil.copy(path, cut)
    with cut.open("r+b") as file:
        file.truncate(part)

    with pytest.raises(LedgerError), Ledger.open(cut, create=False) as ledger:  # noqa: PT012
        found = ledger.verify()
        assert not found.ok
        list(ledger.events())


TAKEN = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def sealed_and(path, sql):
    """A seal of the log as it was, and what verifying against it says after a change."""
    with Ledger.open(path) as ledger:
        kept = ledger.seal(TAKEN)
    with sqlite3.connect(path) as connection:
        connection.executescript(sql)
    connection.close()
    with Ledger.open(path) as ledger:
        return ledger.verify(against=kept.text).problems


def test_a_seal_is_written_as_the_checkpoints_of_a_log_are(path):
    with Ledger.open(path) as ledger:
        kept = ledger.seal(TAKEN)

    origin, size, root, at = kept.text.splitlines()
    assert origin.startswith("ownership-ledger/")
    assert (size, at) == ("12", "at 2026-03-01T09:30:00Z")
    assert base64.b64decode(root).hex() == kept.root
    assert parsed(kept.text) == kept
    said = {"schema": "ledger.seal/1", **kept._asdict(), "at": at[3:]}
    assert parsed(json.dumps(said)) == kept


def test_a_log_that_grew_still_answers_to_its_seal(path):
    with Ledger.open(path) as ledger:
        kept = ledger.seal()
        ledger.record([filing(9)])

        assert ledger.verify(against=kept).ok
        assert ledger.verify(against=kept.root).ok


def test_appends_cut_off_together_with_their_seals_show_only_against_a_seal(path):
    cut = "DELETE FROM stored_events WHERE rowid > 6; DELETE FROM seals WHERE position > 6"

    (problem,) = sealed_and(path, cut)

    assert problem == (
        "the seal of 2026-03-01T09:30:00Z covers 12 events, and 6 are left: cut since then"
    )


def test_a_log_sealed_anew_by_somebody_shows_only_against_a_seal(path, tmp_path):
    with Ledger.open(path) as ledger, Ledger.open(tmp_path / "forged.db") as forged:
        kept = ledger.seal(TAKEN)
        forged.record([filing(number) for number in (1, 2)])
        forged.record([filing(1, rows=3, reader_version=2, statements=(statement(),))])
        forged.record([filing(7)])

        assert forged.verify().ok
        (problem,) = forged.verify(against=kept).problems
        assert problem == (
            "the first 12 events are not those that the seal of 2026-03-01T09:30:00Z covers: "
            "the log was rewritten since then"
        )


def test_a_seal_of_another_ledger_is_told_apart(path, tmp_path):
    with Ledger.open(path) as ledger, Ledger.open(tmp_path / "other.db") as other:
        other.record([filing(number) for number in range(1, 9)])

        assert "another log" in other.verify(against=ledger.seal(TAKEN)).problems[0]


def test_what_is_damaged_is_not_sealed(path):
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE stored_events SET topic = 'sale' WHERE rowid = 2")
    connection.close()

    with Ledger.open(path) as ledger, pytest.raises(IntegrityFailure, match="not sealed"):
        ledger.seal()


@pytest.mark.parametrize("wrong", [{"schema": "ledger.seal/2"}, {"root": "ab"}])
def test_a_seal_in_json_with_anything_wrong_about_it_is_none(path, wrong):
    with Ledger.open(path) as ledger:
        said = {"schema": "ledger.seal/1", **ledger.seal()._asdict(), "at": None}

    assert parsed(json.dumps(said)).size == 12
    with pytest.raises(UsageError, match="no seal"):
        parsed(json.dumps(said | wrong))


def test_a_seal_says_its_moment_to_the_second(path):
    with Ledger.open(path) as ledger:
        kept = ledger.seal()

    assert kept.at.microsecond == 0
    assert parsed(kept.text) == kept


@pytest.mark.parametrize("state", ["'text'", "x'7b7d'", "x'ff'"])
def test_of_a_filing_with_an_event_that_cannot_be_read_no_rows_are_missed(path, state):
    found = altered(path, f"UPDATE stored_events SET state = {state} WHERE rowid = 5")

    assert "this event cannot be read" in found.problems[0]
    assert not [problem for problem in found.problems if "announced" in problem]


def test_a_root_alone_says_no_size_but_where_it_is_that_of_nothing():
    assert parsed("a" * 64).size is None
    assert parsed("0" * 64).size == 0


@pytest.mark.parametrize("text", ["", "x", "{}", "a\nb\nc\n", "o\n5\nAAAA\n", "[" * 5_000])
def test_what_is_no_seal_is_said_not_to_be_one(text):
    with pytest.raises(UsageError, match="no seal"):
        parsed(text)


@pytest.mark.parametrize(
    ("kind", "made"),
    [
        ("table", "CREATE TABLE notes (text TEXT)"),
        ("table", "CREATE TABLE view_notes (text TEXT)"),
        ("index", "CREATE INDEX mine ON stored_events (topic)"),
        ("view", "CREATE VIEW seen AS SELECT * FROM stored_events"),
        (
            "trigger",
            "CREATE TRIGGER seen AFTER INSERT ON stored_events BEGIN SELECT 1; END",
        ),
    ],
)
def test_what_is_no_part_of_a_ledger_is_named(path, kind, made):
    found = altered(path, made)

    assert [f"the {kind} {made.split()[2]}" in problem for problem in found.problems] == [True]


def test_what_sqlite_notes_of_sizes_for_another_program_is_no_stranger(path):
    assert altered(path, "ANALYZE").ok


def test_what_was_not_checked_is_said(ledger):
    found = ledger.verify()

    assert "the chain of seals" in found.covered
    assert any("sealed anew" in left for left in found.uncovered)


def test_of_more_problems_than_anybody_reads_the_rest_is_counted(sqlite_url):
    with Ledger.open(sqlite_url) as ledger:
        ledger.record(filing(number) for number in range(1, 1_101))
    found = altered(sqlite_url, "UPDATE stored_events SET topic = 'x' WHERE topic = 'filing'")

    counted = [told for told in found.problems if told.startswith("and ")]
    alone = altered(
        sqlite_url, "DELETE FROM stored_events WHERE originator_id > '2004/0000000001-04-000010'"
    )
    assert not any(told.startswith("and ") for told in alone.problems)
    assert counted[0] == "and 100 more"


def test_a_root_with_anything_between_its_letters_is_no_seal(path):
    with Ledger.open(path) as ledger:
        origin, size, root, at = ledger.seal(TAKEN).text.splitlines()

        assert ledger.verify(against=f"{origin}\n{size}\n{root}\n{at}").ok
        with pytest.raises(UsageError):
            ledger.verify(against=f"{origin}\n{size}\n{root[:9]}*{root[9:]}\n{at}")
