"""Recording: a filing becomes events once, and the best reading of it stands."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import Ledger
from ledger.codes import CODES
from ledger.events import FilingReported, FilingReread
from ledger.precedence import judge
from ledger.recording import events_of, filing_of
from ledger.statements import StatementKind
from ledger.store.mapper import canonical
from tests.filings import ACCEPTED, filing, row, scan, statement, submission

NAME = "0000000001-04-000001"


def test_a_filing_is_one_event_and_one_for_each_row_and_statement():
    facts = events_of(filing(rows=3, statements=(statement(),)))

    assert [fact.originator_version for fact in facts] == [1, 2, 3, 4, 5]
    assert (facts[0].row_count, facts[0].statement_count) == (3, 1)


def test_the_events_of_a_filing_amount_to_the_filing_again():
    whole = filing(rows=3, statements=(statement(),))

    assert filing_of(events_of(whole)) == whole


@pytest.mark.parametrize("letter", [*CODES, None])
@pytest.mark.parametrize("holding", [False, True])
def test_every_event_is_what_its_class_would_validate(letter, holding):
    said = filing(rows=(row(1, code=letter, holding=holding, cited={"price": ("F1",)}),))

    for fact in (*events_of(said), *events_of(said, after=4, reason="read again")):
        validated = type(fact)(**vars(fact))
        assert fact == validated
        assert list(vars(fact)) == list(vars(validated))
        assert canonical(fact) == canonical(validated)


@pytest.mark.parametrize("kind", get_args(StatementKind))
def test_every_statement_is_what_its_class_would_validate(kind):
    fact = events_of(filing(rows=0, statements=(statement(kind=kind),)))[1]

    assert fact == type(fact)(**vars(fact))
    assert list(vars(fact)) == list(vars(type(fact)(**vars(fact))))


def test_recording_twice_records_once(ledger):
    first = ledger.record([filing(), filing(2)])
    again = ledger.record([filing(2), filing(), filing()])

    assert [(outcome.status, outcome.events) for outcome in first] == [("recorded", 3)] * 2
    assert [(outcome.status, outcome.events) for outcome in again] == [("already recorded", 0)] * 3
    assert len(list(ledger.states())) == 6


def test_a_filing_twice_in_one_batch_is_recorded_once(ledger):
    outcomes = ledger.record([filing(), filing()])

    assert [outcome.status for outcome in outcomes] == ["recorded", "already recorded"]


def test_nothing_to_record_is_fine(ledger):
    assert ledger.record([]) == []


def test_the_same_content_from_other_bytes_or_a_newer_reader_is_the_same(ledger):
    ledger.record([filing()])

    for same in (filing(sha256="f" * 64), filing(reader_version=2), filing(format="submission")):
        assert [outcome.status for outcome in ledger.record([same])] == ["already recorded"]


def test_a_newer_reader_that_reads_more_is_believed(ledger):
    ledger.record([filing(rows=2)])

    (outcome,) = ledger.record([filing(rows=3, reader_version=2)])

    assert (outcome.status, outcome.events) == ("reread", 4)
    assert ledger.filing(NAME) == filing(rows=3, reader_version=2)
    heads = [r.fact for r in ledger.events() if isinstance(r.fact, FilingReported)]
    assert [type(head) for head in heads] == [FilingReported, FilingReread]
    assert heads[1].reason == "read again by reader 2"
    assert heads[1].originator_version == 4


def test_an_older_reader_does_not_undo_a_newer_one(ledger):
    ledger.record([filing(rows=3, reader_version=2)])

    (outcome,) = ledger.record([filing(rows=2, reader_version=1)])

    assert outcome.status == "already recorded"
    assert len(ledger.filing(NAME).rows) == 3


def test_the_submission_brings_the_acceptance_time(ledger):
    ledger.record([filing()])

    (outcome,) = ledger.record([submission()])

    assert outcome.status == "reread"
    assert outcome.detail == "the submission itself brought the acceptance time"
    assert ledger.filing(NAME).accepted_at == ACCEPTED


def test_a_lesser_source_changes_nothing(ledger):
    ledger.record([submission()])

    outcomes = ledger.record([filing(rows=5), scan(accession=NAME, rows=1)])

    assert [outcome.status for outcome in outcomes] == ["already recorded"] * 2
    assert ledger.filing(NAME) == submission()


def test_another_document_under_the_same_name_is_a_conflict_and_the_first_is_kept(ledger):
    ledger.record([filing(rows=2)])

    (outcome,) = ledger.record([filing(rows=3, sha256="f" * 64)])

    assert outcome.status == "conflicting"
    assert NAME in outcome.detail
    assert ledger.filing(NAME) == filing(rows=2)
    assert len(list(ledger.states())) == 3


def test_scans_without_an_accession_number_go_by_their_hash(ledger):
    outcomes = ledger.record([scan(1), scan(2), scan(1)])

    assert [outcome.filing_id[:7] for outcome in outcomes] == ["sha256:"] * 3
    assert [outcome.status for outcome in outcomes] == ["recorded", "recorded", "already recorded"]


def test_conflicts_and_rereadings_leave_the_log_whole(ledger):
    ledger.record([filing(), submission(), filing(sha256="f" * 64, rows=9), filing(2)])

    assert ledger.verify().ok


READINGS = (
    scan(accession=NAME, rows=1),
    filing(rows=2),
    filing(rows=3, reader_version=2),
    submission(rows=2),
    submission(rows=3, reader_version=2),
)


def standing(order):
    """What stands after these readings have arrived one by one."""
    first, *others = order
    for arriving in others:
        first = judge(first, arriving).stands or first
    return first


@pytest.mark.parametrize("last", range(1, len(READINGS) + 1))
def test_the_same_reading_stands_in_whatever_order_they_arrive(last):
    results = {standing(order).model_dump_json() for order in permutations(READINGS[:last])}

    assert results == {READINGS[last - 1].model_dump_json()}


@given(st.permutations(READINGS), st.integers(1, 5))
@settings(max_examples=15, deadline=None)
def test_the_order_and_the_batches_of_arrival_do_not_matter(tmp_path_factory, order, cut):
    with Ledger.open(tmp_path_factory.mktemp("order") / "ledger.db") as ledger:
        ledger.record(order[:cut])
        ledger.record(order[cut:])

        assert ledger.filing(NAME) == READINGS[-1]
        assert ledger.verify().ok


FILED = date(2004, 10, 12)
SET = filing(format="data-set", filed_on=FILED, sha256="d" * 64)


@pytest.mark.parametrize("order", list(permutations((scan(accession=NAME, rows=1), SET, filing()))))
def test_a_filing_date_that_only_the_lesser_source_has_is_kept(ledger, order):
    """It was signed on the fourth, and public on the twelfth."""
    for arriving in order:
        ledger.record([arriving])

    stands = ledger.filing(NAME)
    (repair,) = stands.repairs
    assert stands == filing(filed_on=FILED, repairs=(repair,))
    assert (repair.field, repair.effect) == ("filed_on", "inferred")
    assert "the data set of this filing does" in repair.why
    assert (stands.known.basis, stands.known.on) == ("filing-date", FILED)
    again = ledger.record([*order, filing(sha256="f" * 64), filing(reader_version=2)])
    assert {outcome.status for outcome in again} == {"already recorded"}
    assert ledger.verify().ok


def test_a_better_source_with_a_filing_date_of_its_own_keeps_it(ledger):
    ledger.record([SET])

    ledger.record([submission(filed_on=date(2004, 10, 5))])
    ledger.record([SET, filing()])

    assert ledger.filing(NAME) == submission(filed_on=date(2004, 10, 5))


def test_a_data_set_without_the_date_changes_nothing_of_the_xml(ledger):
    ledger.record([filing()])

    (outcome,) = ledger.record([filing(format="data-set", rows=1, sha256="d" * 64)])

    assert (outcome.status, ledger.filing(NAME)) == ("already recorded", filing())
