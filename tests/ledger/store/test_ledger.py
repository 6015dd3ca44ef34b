"""The store: what is recorded comes back, in order, under its name."""

from __future__ import annotations

import socket
import sqlite3
import threading
from decimal import Decimal

import pytest

from ledger import Ledger
from ledger.errors import (
    AmbiguousReference,
    IntegrityFailure,
    StoreUnavailable,
    UnknownReference,
    UsageError,
)
from ledger.events import FilingReported, Purchased
from tests.filings import filing, row, scan, statement


def test_a_new_ledger_is_empty(ledger):
    assert ledger.head() == 0
    assert list(ledger.events()) == []
    assert list(ledger.states()) == []
    assert ledger.streams() == []


def test_a_filing_that_is_one_event_is_a_stream_from_the_first_position_on(ledger):
    ledger.record([filing(1, rows=())])

    assert (ledger.head(), ledger.streams(), ledger.streams(1)) == (1, [filing(1).stream], [])


def test_streams_of_another_ledger_are_taken_over_once_as_they_lie_there(ledger, tmp_path):
    names = [filing(number).stream for number in (1, 2)]
    with Ledger.open(tmp_path / "other.db") as other:
        other.record([filing(number) for number in (1, 2, 3)])
        for _ in range(2):
            ledger.adopt(other, names)

            assert [*ledger.states()] == [*other.states(names)]
    assert ledger.streams() == names
    assert ledger.verify().ok


def test_a_filing_comes_back_as_it_was(ledger):
    whole = filing(statements=(statement(),), remarks="See note\u2014“one”.\x0b")
    ledger.record([whole])

    assert ledger.filing("0000000001-04-000001") == whole
    assert ledger.filing("000000000104000001") == whole


def test_a_filing_is_still_there_after_closing_and_opening(store_url):
    with Ledger.open(store_url) as ledger:
        ledger.record([filing()])
    with Ledger.open(store_url, create=False, read_only=True) as ledger:
        assert ledger.filing("0000000001-04-000001") == filing()


def test_events_come_back_oldest_first_with_their_positions(ledger):
    ledger.record([filing(2, rows=1)])
    ledger.record([filing(1, rows=1)])

    facts = [recorded.fact for recorded in ledger.events()]
    positions = [recorded.position for recorded in ledger.events()]

    assert [type(fact) for fact in facts] == [FilingReported, Purchased] * 2
    assert [fact.originator_id[-1] for fact in facts] == list("2211")
    assert positions == sorted(set(positions))
    assert positions[-1] == ledger.head()


def test_events_after_a_position_are_the_later_ones(ledger):
    ledger.record([filing(1)])
    before = ledger.head()
    ledger.record([filing(2)])

    assert {recorded.fact.originator_id for recorded in ledger.events(after=before)} == {
        filing(2).stream
    }
    assert ledger.streams(after=before) == [filing(2).stream]


def test_events_of_one_filing_can_be_asked_for(ledger):
    ledger.record([filing(1), filing(2)])

    versions = [r.fact.originator_version for r in ledger.events(stream=filing(2).stream)]

    assert versions == [1, 2, 3]


def test_states_come_by_stream_and_version_whatever_the_order_of_arrival(ledger):
    ledger.record([filing(3), scan(4)])
    ledger.record([filing(1)])

    keys = [state[:2] for state in ledger.states()]

    assert keys == sorted(keys)
    assert len(keys) == 9
    assert all(isinstance(state, bytes) for *_, state in ledger.states())


def test_states_of_some_filings_leave_out_what_is_not_there(ledger):
    ledger.record([filing(number) for number in range(1, 1200)])
    wanted = [filing(number).stream for number in range(600, 1300)]

    assert {state[0] for state in ledger.states(wanted)} == set(wanted[:600])


@pytest.mark.parametrize("wanted", [None, [filing(1).stream]])
def test_states_of_one_topic_come_without_the_others(ledger, wanted):
    ledger.record([filing(1), filing(2)])

    found = list(ledger.states(wanted, topics=("filing", "filing-reread")))

    assert {topic for _, _, topic, _ in found} == {"filing"}
    assert len(found) == (2 if wanted is None else 1)


def test_a_batch_of_many_transactions_is_split_between_filings(ledger, monkeypatch):
    monkeypatch.setattr("ledger.store.batches.BATCH", 10)
    many = [filing(number, rows=4) for number in range(1, 8)]

    outcomes = ledger.record(iter(many))

    assert [outcome.events for outcome in outcomes] == [5] * 7
    assert [outcome.filing_id for outcome in outcomes] == [one.id for one in many]
    assert ledger.verify().ok


def test_a_scan_answers_to_the_first_digits_of_its_hash(ledger):
    first, second = scan(1, sha256="ab" * 32), scan(2, sha256="ab" * 10 + "cd" * 22)
    ledger.record([first, second])

    assert ledger.filing("sha256:" + "ab" * 20) == first
    assert ledger.filing("SHA256:" + "AB" * 20) == first
    with pytest.raises(AmbiguousReference, match="abababababababababababababab"):
        ledger.filing("sha256:" + "ab" * 8)


@pytest.mark.parametrize(
    "reference",
    [
        "0000000001-04-000009",
        "sha256:abab",
        "sha256:abababababababab",
        "sha256:%%%%%%%%%%%%",
        "Jane Doe",
        "",
        "0000000001-04-000001#I.1",
    ],
)
def test_a_name_no_filing_has_is_said_to_be_unknown(ledger, reference):
    ledger.record([filing()])

    with pytest.raises(UnknownReference):
        ledger.filing(reference)


def test_exact_quantities_survive(ledger):
    said = {"price": Decimal("0.00000001"), "shares": Decimal("123456789012345.12345678")}
    ledger.record([filing(rows=(row(1, **said),))])

    kept = ledger.filing("0000000001-04-000001").rows[0]

    assert (kept.price, kept.shares) == (said["price"], said["shares"])


def test_a_stored_state_is_plain_json_for_anyone(sqlite_url):
    with Ledger.open(sqlite_url) as ledger:
        ledger.record([filing(rows=1)])
    with sqlite3.connect(sqlite_url) as connection:
        found = connection.execute("SELECT topic, state FROM events ORDER BY position")
        (topic, _), (_, state) = found

    assert topic == "filing"
    assert state == (
        '{"table":"I","line":1,"security":"Common Stock","effective_on":"2004-10-01",'
        '"code":"P","shares":"100","price":"4.91","direction":"acquired",'
        '"shares_after":"1001","ownership":"direct"}'
    )


def test_a_ledger_that_is_not_there_is_not_made_unless_asked(tmp_path):
    with pytest.raises(StoreUnavailable, match="there is no ledger here"):
        Ledger.open(tmp_path / "none.db", create=False)
    with pytest.raises(StoreUnavailable, match="there is no ledger here"):
        Ledger.open(tmp_path / "none.db", read_only=True)

    assert list(tmp_path.iterdir()) == []


def test_a_schema_without_a_ledger_is_not_made_one_unless_asked(postgres_url):
    with pytest.raises(StoreUnavailable, match="there is no ledger here"):
        Ledger.open(postgres_url, create=False)


def test_a_read_only_ledger_refuses_to_record(store_url):
    Ledger.open(store_url).close()
    with Ledger.open(store_url, read_only=True) as ledger:
        with pytest.raises(StoreUnavailable, match="may not be written"):
            ledger.record([filing()])
        assert ledger.head() == 0


def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("Form 4, as scanned. " * 100)

    with pytest.raises(IntegrityFailure, match="no ledger"):
        Ledger.open(tmp_path / "notes.txt")


def test_a_database_of_something_else_is_refused_and_left_alone(tmp_path):
    with sqlite3.connect(tmp_path / "other.db") as connection:
        connection.execute("CREATE TABLE cats (name)")
    before = (tmp_path / "other.db").read_bytes()

    with pytest.raises(IntegrityFailure, match="not a ledger"):
        Ledger.open(tmp_path / "other.db")

    assert (tmp_path / "other.db").read_bytes() == before


def test_a_table_of_the_same_name_but_other_columns_is_refused(tmp_path, postgres_url):
    with sqlite3.connect(tmp_path / "other.db") as connection:
        connection.execute("CREATE TABLE stored_events (id, body)")
    with pytest.raises(IntegrityFailure):
        Ledger.open(tmp_path / "other.db")

    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE stored_events (id int)")
    with pytest.raises(IntegrityFailure):
        Ledger.open(postgres_url)


def test_a_folder_in_place_of_a_file_is_refused(tmp_path):
    with pytest.raises(StoreUnavailable, match="cannot be opened"):
        Ledger.open(tmp_path)
    with pytest.raises(StoreUnavailable, match="cannot be opened"):
        Ledger.open(tmp_path / "nowhere" / "ledger.db")


def test_a_path_may_hold_any_character(tmp_path):
    path = tmp_path / "50% of #1? ünïcode.db"
    with Ledger.open(path) as ledger:
        ledger.record([filing()])

    assert path.exists()


def test_a_server_out_of_reach_is_said_so_without_the_password():
    url = "postgresql://jane:open%20sesame@127.0.0.1:1/ledger"

    with pytest.raises(StoreUnavailable, match="does not answer") as failure:
        Ledger.open(url)

    assert "sesame" not in str(failure.value)
    assert "127.0.0.1:1/ledger" in str(failure.value)


def test_a_server_that_asks_for_a_password_is_told_from_one_that_is_silent():
    """As PostgreSQL asks for one in clear text, over a socket of ours."""
    psycopg = pytest.importorskip("psycopg")
    with socket.create_server(("127.0.0.1", 0)) as server:
        asked = threading.Thread(target=_ask_for_a_password, args=(server,))
        asked.start()
        port = server.getsockname()[1]
        with pytest.raises(StoreUnavailable, match="asks for a password") as failure:
            Ledger.open(f"postgresql://jane@127.0.0.1:{port}/ledger?sslmode=disable&passfile=none")
        asked.join(timeout=10)

    assert isinstance(failure.value.__cause__, psycopg.OperationalError)
    assert "PGPASSWORD" in str(failure.value)


def _ask_for_a_password(server):
    """Whatever a client begins with, `AuthenticationCleartextPassword`."""
    client, _ = server.accept()
    with client:
        client.recv(4096)
        client.sendall(b"R" + (8).to_bytes(4, "big") + (3).to_bytes(4, "big"))
        client.recv(4096)


@pytest.mark.parametrize(
    "url", ["postgresql://jane:secret@host:port/x", "postgresql://jane:secret@[x", "mysql://a/b"]
)
def test_a_url_that_means_nothing_is_refused_without_the_password(url):
    with pytest.raises((UsageError, StoreUnavailable)) as failure:
        Ledger.open(url)

    assert "secret" not in str(failure.value)
