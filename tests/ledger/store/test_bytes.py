"""The stored bytes: one way to write a fact, and no way to smuggle another one in."""

from __future__ import annotations

import json
import sqlite3
from decimal import Decimal
from pathlib import Path
from typing import ClassVar

import pytest
from eventsourcing.persistence import StoredEvent
from hypothesis import given
from hypothesis import strategies as st

from ledger import Ledger
from ledger.errors import IntegrityFailure
from ledger.events import TOPICS, Fact
from ledger.filing import Repair
from ledger.recording import events_of
from ledger.store.mapper import FactMapper, canonical
from ledger.store.seals import states
from tests.filings import filing, row, statement, submission

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
quantities = st.none() | st.decimals(0, 10**15, allow_nan=False, places=8)
rows = st.builds(
    row,
    line=st.integers(1, 300),
    security=st.none() | text,
    nature=text,
    shares=quantities,
    price=quantities,
    code=st.sampled_from(["P", "S", "?", None]),
    holding=st.booleans(),
    equity_swap=st.sampled_from([None, False, True]),
    effective_on=st.none() | st.dates(),
    cited=st.dictionaries(text, st.tuples(text, text), max_size=2),
    printed=st.dictionaries(text, text, max_size=2),
    repairs=st.tuples(
        st.builds(Repair, field=text, printed=text, effect=st.just("repaired"), why=text)
    ),
)
mapper = FactMapper()


@given(rows)
def test_the_fast_encoder_writes_the_canonical_bytes(said):
    _, fact = events_of(filing(rows=(said,)))

    assert mapper.to_stored_event(fact).state == canonical(fact)


@given(rows)
def test_every_fact_survives_being_stored(said):
    facts = events_of(filing(rows=(said,), statements=(statement(),)))

    assert [mapper.to_domain_event(mapper.to_stored_event(fact)) for fact in facts] == facts


@given(rows, st.integers(0, 3), text)
def test_a_filing_is_stored_as_its_events_are(said, after, reason):
    for one in (
        filing(rows=(said, row(2, price=Decimal("0.0000001"))), statements=(statement(),)),
        filing(rows=0, remarks=reason, form="3/A"),
        submission(),
    ):
        facts = events_of(one, after=after, reason=reason)

        assert mapper.to_states(one, after=after, reason=reason) == states(
            [mapper.to_stored_event(fact) for fact in facts]
        )


def test_an_event_that_passes_for_a_filing_is_stored_as_one():
    head = events_of(submission())[0]

    assert mapper.to_states(head)[0][3] == mapper.to_stored_event(events_of(head)[0]).state


def test_the_key_is_not_repeated_in_the_state():
    state = mapper.to_stored_event(events_of(filing())[1]).state

    assert b"originator" not in state


def test_a_moment_is_stored_in_utc():
    state = json.loads(mapper.to_stored_event(events_of(submission())[0]).state)

    assert state["accepted_at"] == "2004-10-05T21:30:00Z"


def test_a_tiny_price_is_stored_as_a_plain_decimal():
    tiny = filing(rows=(row(1, price=Decimal("0.0000001")),))

    assert b'"price":"0.0000001"' in mapper.to_stored_event(events_of(tiny)[1]).state


class OldFact(Fact):
    """A fact as a first version stored it: a number of pounds."""

    TOPIC: ClassVar[str] = "weighing"
    pounds: int


class NewFact(Fact):
    """The same fact two versions later."""

    TOPIC: ClassVar[str] = "weighing"
    class_version: ClassVar[int] = 3
    ounces: int
    remark: str = ""

    @staticmethod
    def upcast_v1_v2(state):
        return {"ounces": state["pounds"] * 16}

    @staticmethod
    def upcast_v2_v3(state):
        return state | {"remark": "weighed"}


def test_an_old_state_is_brought_up_to_date_version_by_version():
    old, new = FactMapper({"weighing": OldFact}), FactMapper({"weighing": NewFact})
    stored = old.to_stored_event(OldFact(originator_id="a", originator_version=1, pounds=2))

    fact = new.to_domain_event(stored)

    assert fact == NewFact(originator_id="a", originator_version=1, ounces=32, remark="weighed")
    assert new.to_stored_event(fact).state == b'{"class_version":3,"ounces":32,"remark":"weighed"}'
    assert new.to_domain_event(new.to_stored_event(fact)) == fact


def test_a_state_newer_than_the_program_is_refused_rather_than_guessed():
    new, old = FactMapper({"weighing": NewFact}), FactMapper({"weighing": OldFact})
    fact = NewFact(originator_id="a", originator_version=1, ounces=32)

    with pytest.raises(IntegrityFailure, match="newer than this program"):
        old.to_domain_event(new.to_stored_event(fact))


@pytest.mark.parametrize(
    "state",
    [
        b"",
        b"{",
        b"{}",
        b"[]",
        b"null",
        b'{"table":"I"',
        b'{"table":"I","line":"x"}',
        b'{"table":"I","line":1,"shares":"NaN"}',
        b'{"table":"I","line":1,"shares":NaN}',
        b'{"table":"I","line":1,"unheard_of":1}',
        b'{"table":"I","line":1,"originator_id":"other"}',
        b'{"table":"I","line":1,"class_version":2}',
        b'{"class_version":"1","table":"I","line":1}',
        b'{"table":"I","line":1}\xff',
        b'{"table":"I","line":1,"security":"\xff"}',
    ],
)
def test_a_damaged_state_is_refused_with_its_stream_and_version(state):
    with pytest.raises(IntegrityFailure, match="2004/0000000001-04-000001 version 7"):
        mapper.to_domain_event(StoredEvent("2004/0000000001-04-000001", 7, "purchase", state))


def test_of_an_empty_state_it_is_said_what_is_missing():
    with pytest.raises(IntegrityFailure, match="table: Field required"):
        mapper.to_domain_event(StoredEvent("2004/0000000001-04-000001", 7, "purchase", b"{}"))


def test_a_foreign_topic_imports_nothing():
    stored = StoredEvent("2004/x", 1, "antigravity:fly", b"{}")

    with pytest.raises(IntegrityFailure, match="antigravity"):
        mapper.to_domain_event(stored)


def test_a_foreign_topic_in_a_ledger_is_named_with_its_place(sqlite_url):
    with Ledger.open(sqlite_url) as ledger:
        ledger.record([filing()])
    with sqlite3.connect(sqlite_url) as connection:
        connection.execute("UPDATE stored_events SET topic = 'os:abort' WHERE rowid = 2")
    with (
        Ledger.open(sqlite_url) as ledger,
        pytest.raises(IntegrityFailure, match=r"000001 version 2.*os:abort"),
    ):
        list(ledger.events())


GOLDEN = Path(__file__).parent / "golden" / "stored-events.tsv"
"""One event of every kind as version 0.1 stored it, every field filled. Never changed."""


@pytest.mark.parametrize(
    ("topic", "state"), [line.split("\t") for line in GOLDEN.read_text("utf-8").splitlines()]
)
def test_what_was_stored_once_is_read_and_written_alike_for_ever(topic, state):
    stored = StoredEvent("2004/0000000001-04-000001", 1, topic, state.encode())

    assert mapper.to_stored_event(mapper.to_domain_event(stored)) == stored


def test_an_event_of_every_kind_is_kept_as_it_was_first_stored():
    kept = {line.split("\t")[0] for line in GOLDEN.read_text("utf-8").splitlines()}

    assert kept == set(TOPICS)
    assert all(topic == cls.TOPIC for topic, cls in TOPICS.items())
