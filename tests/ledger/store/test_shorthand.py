"""States that SQLite keeps shorter: told again to the byte, by us and by SQLite alone."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing

import pytest
from eventsourcing.persistence import StoredEvent
from hypothesis import given
from hypothesis import strategies as st

from ledger import Ledger
from ledger.errors import IntegrityFailure
from ledger.events import TOPICS
from ledger.filing import Footnote, Owner
from ledger.store import shorthand
from tests.filings import filing, holding_row, row, statement

NAMES = (*shorthand.NAMES.values(), "issuer", "owners", "name", "remarks", "other")
NOTE = 'The total includes shares purchased under the plan, and "more", since the last report.'
PIECES = (
    *("\n", "\0", '\n,"\n', '"ownership":"direct"}', '{"table":"I"', ',"{"line":'),
    *(f'"{name}":' for name in NAMES),
    *shorthand.MEMBERS.values(),
    *('"', '","', ',"', '{"', "[", "{", "}", "]", "},{", ",", "\\", '\\"', "0", " ", "a", "é"),
    *('"a":', '"D":0', '"@":12', '"issuer":{', '"owners":[{', f'"text":{json.dumps(NOTE)}'),
)
anything = st.none() | st.booleans() | st.integers() | st.text()
values = st.recursive(
    anything, lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(), one, max_size=3)
)
objects = st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=2), values, max_size=6)


def told(state: bytes) -> bytes:
    said = shorthand.repeated(state)
    there = {shorthand.number(member): member for member in said}
    return shorthand.whole(shorthand.short(state, said), there.get)


@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_whatever_bytes_are_kept_are_told_again(pieces):
    state = "".join(pieces).encode()

    assert told(state) == state


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), max_size=5))
def test_many_are_shortened_at_once_as_each_is_alone(texts):
    given_states = [text.encode() for text in (*texts, f"{{{''.join(texts)}}}")]
    plain = [json.dumps({text: text, "line": 1, "table": text}).encode() for text in texts]
    for states in (given_states, plain, given_states + plain):
        said = shorthand.every_repeated(states)

        assert said == {at: s for at, one in enumerate(states) if (s := shorthand.repeated(one))}
        assert shorthand.every_short(states, said) == [
            shorthand.short(state, said.get(at, ())) for at, state in enumerate(states)
        ]


@given(objects)
def test_whatever_object_is_kept_is_told_again(said):
    state = json.dumps(said, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "replace")

    assert told(state) == state
    assert json.loads(shorthand.short(state)) is not None


@given(st.lists(st.sampled_from(PIECES), max_size=10))
def test_what_was_kept_before_there_were_letters_is_told_as_it_lies_there(pieces):
    state = "".join(pieces).encode()

    if shorthand.short(state)[:1] != b" ":
        assert shorthand.whole(state, {}.get) == state


def test_letters_never_change():
    letters = json.dumps([shorthand.NAMES, shorthand.MEMBERS]).encode()

    assert hashlib.sha256(letters).hexdigest()[:16] == "eb8214011f2feb82"


def test_no_field_of_an_event_is_called_by_a_single_character():
    named = {name for cls in TOPICS.values() for name in cls.model_fields}

    assert min(map(len, named)) > 1


def filings():
    """Filings that repeat whom they are about, notes and signatures; one with odd words."""
    notes = (Footnote(id="F1", text=NOTE), Footnote(id="F2", text='Not "a": a note, { or [.' * 3))
    odd = Owner(cik="0000000004", name='{"D":0} & SONS, "LLC",', officer=True)
    rows = (row(1), row(2, printed={"a": "D", "D": "0"}), holding_row(3, security='"b":,'))
    yield filing(1, footnotes=notes, statements=(statement(),))
    yield filing(2, footnotes=notes[:1], rows=rows)
    yield filing(3, owners=(odd,), footnotes=notes, rows=rows, remarks=NOTE)
    yield filing(1, rows=4, reader_version=2, footnotes=notes, statements=(statement(),))


@pytest.fixture
def path(sqlite_url):
    with Ledger.open(sqlite_url) as ledger:
        for one in filings():
            ledger.record([one])
    return sqlite_url


def altered(path, *statements):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for sql in statements:
            connection.execute(sql)


def asked(path, sql):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def said(ledger):
    return [(s[0], s[1], s[2], s[3].decode()) for a in ledger.appends() for _, *s in a.events]


def test_sqlite_alone_tells_the_log_as_it_was_recorded(path):
    with Ledger.open(path) as ledger:
        recorded = said(ledger)

    columns = "originator_id, originator_version, topic, state"
    assert asked(path, f"SELECT {columns} FROM events ORDER BY position") == recorded
    assert asked(path, "SELECT count(*) FROM events WHERE json_extract(state, '$.table') = 'I'")


def test_what_lies_there_is_json_and_half_as_long(path):
    kept = asked(path, "SELECT state FROM stored_events")
    shared = asked(path, "SELECT member FROM repeated")

    assert all(isinstance(json.loads(state), dict) for (state,) in kept)
    whole = asked(path, "SELECT sum(length(CAST(state AS BLOB))) FROM events")[0][0]
    assert sum(len(one) for (one,) in (*kept, *shared)) < whole * 0.7


def test_the_library_reads_whole_states_through_the_recorder(path):
    with Ledger.open(path) as ledger:
        recorder, recorded = ledger._database.recorder, said(ledger)
        by_position = recorder.select_notifications(1, 100)
        of_one = recorder.select_events(recorded[0][0])

    assert [e.state.decode() for e in of_one] == [
        state for stream, *_, state in recorded if stream == recorded[0][0]
    ]
    assert [e.state.decode() for e in by_position] == [s[3] for s in recorded]
    assert all(isinstance(e, StoredEvent) for e in by_position)


def test_a_ledger_of_before_is_read_as_it_lies_there_and_written_shorter(sqlite_url):
    path = sqlite_url
    with Ledger.open(path) as ledger:
        ledger.record([filing(1, footnotes=(Footnote(id="F1", text=NOTE),)), filing(2)])
        recorded, seal = said(ledger), ledger.verify().seal
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for position, (*_, state) in enumerate(recorded, 1):
            plain = (state.encode(), position)
            connection.execute("UPDATE stored_events SET state = ? WHERE rowid = ?", plain)
        connection.execute("DROP VIEW events")
        connection.execute("DROP TABLE repeated")

    with Ledger.open(path, read_only=True) as ledger:
        assert (said(ledger), ledger.verify().seal, ledger.verify().ok) == (recorded, seal, True)
    with Ledger.open(path) as ledger:
        ledger.record([filing(4)])
        now = said(ledger)
        assert ledger.verify().ok

    assert now[: len(recorded)] == recorded
    assert [row[0] for row in asked(path, "SELECT state FROM events ORDER BY position")] == [
        state for *_, state in now
    ]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE repeated SET member = CAST(replace(member, 'DOE', 'ROE') AS BLOB)",
        "UPDATE repeated SET member = CAST(member AS TEXT)",
        "DELETE FROM repeated WHERE CAST(member AS TEXT) LIKE '%issuer%'",
        "DROP TABLE repeated",
    ],
)
def test_what_is_repeated_is_under_the_seals(path, sql):
    altered(path, sql)

    with Ledger.open(path) as ledger:
        assert not ledger.verify().ok
        with pytest.raises(IntegrityFailure, match=r"altered|cannot be read"):
            ledger.filing("0000000001-04-000001")


def test_a_view_that_tells_the_log_otherwise_is_named(path):
    altered(path, "DROP VIEW events", "CREATE VIEW events AS SELECT * FROM stored_events")

    with Ledger.open(path) as ledger:
        assert any("the view events does not tell" in one for one in ledger.verify().problems)


def test_what_has_the_number_of_something_else_is_not_shared(sqlite_url):
    issuer = b'"issuer":{"cik":"0000000002","name":"EXAMPLE CORP","symbol":"EXMP"}'
    Ledger.open(sqlite_url).close()
    altered(sqlite_url, f"INSERT INTO repeated VALUES ({shorthand.number(issuer)}, x'7b7d')")

    with Ledger.open(sqlite_url) as ledger:
        ledger.record([filing(1)])
        assert ledger.verify().ok
        assert ledger.filing("0000000001-04-000001") == filing(1)
    assert issuer in asked(sqlite_url, "SELECT state FROM stored_events")[0][0]
