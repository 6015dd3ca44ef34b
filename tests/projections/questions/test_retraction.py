"""A filing that was recorded wrongly: taken back, it might never have been there; and it can come back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ledger import Filing, Ledger
from ledger.errors import UnknownReference, UsageError
from projections import (
    diff,
    events,
    explain,
    history,
    holdings,
    issuers,
    people,
    reconcile,
    replay,
    retraction,
    stats,
    verify,
)
from tests.projections.building import JANE, JOHN, bought, filing, held, opening, sold

FIRST = opening(1_000)
DRAFT = filing(sold(70, 900), on="2024-03-01")
OTHERS = opening(50, by=JOHN)
MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
WHY = "the client's draft"


def recorded(url: str, *filings: Filing) -> Ledger:
    ledger = Ledger.open(url)
    ledger.record(filings)
    return ledger


def test_answers_are_as_if_it_had_never_been_recorded(store_url, told):
    with recorded(store_url, FIRST, DRAFT, OTHERS) as ledger, told(FIRST, OTHERS) as without:
        before = replay(ledger).digest
        ledger.retract(DRAFT.id, why=WHY, at=MONDAY)

        assert holdings(ledger) == holdings(without)
        assert reconcile(ledger) == reconcile(without)
        assert history(ledger) == history(without)
        assert stats(ledger).findings_by_kind == stats(without).findings_by_kind
        assert stats(ledger).filings == 2
        digest = replay(ledger).digest
        assert digest == replay(ledger, jobs=2).digest == replay(without).digest != before
        assert verify(ledger).ok


def test_undone_it_is_as_it_was(store_url):
    with recorded(store_url, FIRST, DRAFT) as ledger:
        before = replay(ledger).digest, holdings(ledger)
        ledger.retract(DRAFT.id, why=WHY, at=MONDAY)
        ledger.retract(DRAFT.id, why="it was filed", undo=True, at=MONDAY + timedelta(days=1))

        assert (replay(ledger).digest, holdings(ledger)) == before
        assert verify(ledger).ok
        assert retraction(ledger, DRAFT.id).status == "restored"


def test_as_known_before_it_was_taken_back_it_still_stands(told):
    ledger = told(FIRST, DRAFT)
    before = holdings(ledger, known_at="2026-03-01").holdings
    ledger.retract(DRAFT.id, why=WHY, at=MONDAY)
    ledger.retract(DRAFT.id, why="", undo=True, at=MONDAY + timedelta(days=2))

    assert holdings(ledger, known_at="2026-03-01").holdings == before
    (while_away,) = holdings(ledger, known_at="2026-03-03").holdings
    assert while_away.shares == 1_000
    assert holdings(ledger, known_at="2026-03-04").holdings == before


def test_a_person_and_a_company_of_whom_nothing_else_is_here_are_still_asked_about(told):
    ledger = told(DRAFT)
    ledger.retract(DRAFT.id, why=WHY, at=MONDAY)

    assert holdings(ledger, person="DOE JANE").holdings == ()
    assert len(holdings(ledger, person="DOE JANE", known_at="2026-03-01").holdings) == 1
    assert (len(people(ledger).people), len(issuers(ledger).issuers)) == (0, 0)
    assert (replay(ledger).issuers, replay(ledger).persons, stats(ledger).filings) == (0, 0, 0)


def test_the_digest_of_a_ledger_all_of_which_was_taken_back_is_that_of_an_empty_one(told):
    ledger = told(DRAFT)
    ledger.retract(DRAFT.id, why=WHY, at=MONDAY)

    assert replay(ledger).digest == replay(told()).digest


def test_what_was_done_is_told_wherever_the_filing_is(told):
    ledger = told(FIRST, DRAFT)
    event = ledger.retract(DRAFT.id, why=f"  {WHY} ", at=MONDAY)

    answer = retraction(ledger, DRAFT.id)
    assert (answer.status, answer.why, answer.event) == ("retracted", WHY, event.position)
    assert answer.at == MONDAY
    *_, last = events(ledger, filing=DRAFT.id)
    assert (last.event, last.reason, last.position) == ("retraction", WHY, event.position)
    assert last.known_at == "2026-03-02T09:30:00Z"
    (line,) = explain(ledger, DRAFT.id).lines
    assert line.text == f"2026-03-02, by event {event.position}: {WHY}"
    assert "agreed" not in line.text
    assert explain(ledger, DRAFT.id, known_at="2026-03-01").lines[0].label == "Known"


def test_a_difference_across_the_day_names_what_was_taken_back(told):
    ledger = told(FIRST, DRAFT, OTHERS)
    ledger.retract(DRAFT.id, why=WHY, at=MONDAY)

    changes = diff(ledger, known_from="2026-03-01", known_to="2026-03-03").changes
    assert [c.change for c in changes if c.what == "holding"] == ["changed"]
    assert {(c.because, c.retracted) for c in changes} == {((DRAFT.id,), (DRAFT.id,))}
    assert len(diff(ledger, known_from="2024-01-01", known_to="2026-03-01").changes) > 0
    assert diff(ledger, known_from="2026-03-03", known_to=None).changes == ()


def test_what_is_taken_back_already_and_what_is_not_is_said(told):
    ledger = told(FIRST, DRAFT)

    with pytest.raises(UsageError, match="nothing to undo"):
        ledger.retract(DRAFT.id, why="", undo=True, at=MONDAY)
    with pytest.raises(UsageError, match="must be said"):
        ledger.retract(DRAFT.id, why=" ", at=MONDAY)
    ledger.retract(DRAFT.id, why=WHY, at=MONDAY)
    with pytest.raises(UsageError, match="taken back already: retracted on 2026-03-02: the client"):
        ledger.retract(DRAFT.id, why="again", at=MONDAY)
    with pytest.raises(UsageError, match="lies before 2026-03-02T09:30:00Z"):
        ledger.retract(DRAFT.id, why="", undo=True, at=MONDAY - timedelta(days=1))
    with pytest.raises(UnknownReference, match="no filing here is called"):
        ledger.retract("0001234567-24-000001", why=WHY)
    with pytest.raises(UnknownReference, match="never taken back"):
        retraction(ledger, FIRST.id)


def test_amendments_of_what_was_taken_back_are_named_and_stand_without_it(told):
    amendment = filing(
        sold(70, 930), on="2024-03-01", filed="2024-04-01", form="4/A", original_on="2024-03-03"
    )
    ledger = told(FIRST, DRAFT, amendment)
    ledger.retract(DRAFT.id, why=WHY, at=MONDAY)

    assert retraction(ledger, DRAFT.id).amended_by == (amendment.id,)
    (holding,) = holdings(ledger).holdings
    assert holding.shares == 930

    ledger.retract(amendment.id, why=WHY, at=MONDAY)
    assert retraction(ledger, amendment.id).amends is None
    ledger.retract(DRAFT.id, why="", undo=True, at=MONDAY)
    assert retraction(ledger, amendment.id).amends == DRAFT.id


def test_a_better_reading_of_what_was_taken_back_does_not_bring_it_back(told):
    ledger = told(FIRST, DRAFT)
    ledger.retract(DRAFT.id, why=WHY, at=MONDAY)

    (outcome,) = ledger.record([DRAFT.model_copy(update={"format": "submission"})])
    assert outcome.retracted == f"retracted on 2026-03-02: {WHY}"
    better = DRAFT.model_copy(update={"reader_version": 2, "remarks": "As read anew."})
    (outcome,) = ledger.record([better])

    assert (outcome.status, outcome.retracted) == (
        "reread",
        f"retracted on 2026-03-02: {WHY}",
    )
    assert holdings(ledger).holdings[0].shares == 1_000
    assert verify(ledger).ok
    ledger.retract(DRAFT.id, why="", undo=True, at=MONDAY)
    assert holdings(ledger).holdings[0].shares == 900


def test_others_filings_go_on_where_the_wrong_one_is_gone(told):
    later = filing(bought(30, 1_030), held(5, how="By Trust"), on="2024-05-01", by=JANE)
    ledger = told(FIRST, DRAFT, later)

    assert reconcile(ledger).totals.unexplained > 0
    ledger.retract(DRAFT.id, why=WHY, at=MONDAY)
    assert reconcile(ledger).totals.unexplained == 0
