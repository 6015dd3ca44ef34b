"""What people make of findings: put to rest, open again when something under them changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import msgspec
import pytest

from ledger import Ledger
from ledger.errors import AmbiguousReference, UnknownReference, UsageError
from projections import explain, issuers, json_of, people, reconcile, replay, review, verify
from tests.projections.building import JOHN, bought, filing, held, opening, sold

FIRST = opening(1_000)
WRONG = filing(sold(70, 900), on="2024-03-01")
MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ANNA = {"by": "anna", "at": MONDAY}


def the_break(ledger: Ledger, status: str = "all"):
    (found,) = reconcile(ledger, severity="major", status=status).findings
    return found


def test_what_is_accepted_is_told_no_more_but_counted(store_url):
    with Ledger.open(store_url) as ledger:
        ledger.record([FIRST, WRONG])
        before = replay(ledger).digest
        totals, found = reconcile(ledger).totals, the_break(ledger)
        review(ledger, found.id, accept=True, note="a slip, amended soon", **ANNA)

        answer = reconcile(ledger)
        assert found.id not in {f.id for f in answer.findings}
        assert (answer.accepted, answer.totals) == (1, totals)
        (told,) = reconcile(ledger, status="accepted").findings
        assert (told.id, told.status, told.note) == (found.id, "accepted", "a slip, amended soon")
        assert replay(ledger).digest == before == replay(ledger, jobs=2).digest
        assert verify(ledger).ok


def test_who_said_what_and_when_is_kept(told):
    ledger = told(FIRST, WRONG)
    name = the_break(ledger).id
    review(ledger, name, assign="ben", **ANNA)
    review(ledger, name, accept=True, by="ben", at=MONDAY + timedelta(hours=1))
    review(ledger, name[:4], reopen=True, note=" not  so fast", by="cara", at=MONDAY)

    (one,) = review(ledger, name).reviews
    assert (one.finding.status, one.finding.assigned) == ("open", "ben")
    assert one.finding.note == "not so fast"
    assert [(s.by, s.status) for s in one.said] == [
        ("anna", None),
        ("ben", "accepted"),
        ("cara", "open"),
    ]
    assert one.said[0].at == MONDAY
    review(ledger, name, assign="", note="", **ANNA)
    (one,) = review(ledger, name).reviews
    assert (one.finding.assigned, one.finding.note) == (None, None)


def test_nothing_is_said_without_a_finding_a_name_or_something_to_say(told):
    ledger = told(FIRST, WRONG)
    name = the_break(ledger).id

    for wrong, words in (
        ({"accept": True, "reopen": True, **ANNA}, "at once"),
        ({"accept": True}, "who reviews"),
        ({"reopen": True, **ANNA}, "is open already"),
        ({"note": "x" * 2_001, **ANNA}, "more than 2,000 letters"),
    ):
        with pytest.raises(UsageError, match=words):
            review(ledger, name, **wrong)
    with pytest.raises(UnknownReference):
        review(ledger, "ffffffff", accept=True, **ANNA)
    with pytest.raises(UnknownReference):
        review(ledger, "", accept=True, **ANNA)
    review(ledger, name, accept=True, **ANNA)
    with pytest.raises(UsageError, match="is accepted already"):
        review(ledger, name, accept=True, **ANNA)
    assert issubclass(AmbiguousReference, UsageError)


def test_a_better_reading_of_its_line_opens_it_again_and_says_what_changed(told):
    ledger = told(FIRST, WRONG)
    name = the_break(ledger).id
    review(ledger, name, accept=True, **ANNA)
    row = WRONG.rows[0].model_copy(update={"shares_after": Decimal(910)})
    ledger.record([WRONG.model_copy(update={"reader_version": 2, "rows": (row,)})])

    found = the_break(ledger, "open")
    assert (found.id, found.status) == (name, "open")
    assert f"{WRONG.id}#I.1 says otherwise" in (found.reopened or "")
    assert "reported was 900, is 910" in (found.reopened or "")
    review(ledger, name, accept=True, by="anna", at=MONDAY + timedelta(days=1))
    assert the_break(ledger, "accepted").reopened is None


def test_a_reading_that_changes_nothing_under_it_leaves_it_accepted(told):
    ledger = told(FIRST, WRONG)
    name = the_break(ledger).id
    review(ledger, name, accept=True, **ANNA)
    (outcome,) = ledger.record(
        [WRONG.model_copy(update={"reader_version": 2, "remarks": "read in full"})]
    )

    assert outcome.status == "reread"
    assert the_break(ledger).status == "accepted"


def test_what_came_before_its_total_and_was_taken_back_opens_it_again(told):
    earlier = filing(bought(37, 1_047), on="2024-02-01")
    ledger = told(FIRST, filing(bought(10, 1_010), on="2024-01-15"), earlier, WRONG)
    review(ledger, the_break(ledger).id, accept=True, **ANNA)
    ledger.retract(earlier.id, why="never happened", at=MONDAY)

    assert "difference was -77, is -40" in (the_break(ledger, "open").reopened or "")


def test_what_others_file_leaves_it_accepted(told):
    ledger = told(FIRST, WRONG)
    review(ledger, the_break(ledger).id, accept=True, **ANNA)
    ledger.record([opening(50, by=JOHN), filing(held(5, how="By Trust"), on="2024-05-01")])

    assert the_break(ledger).status == "accepted"


def test_as_known_before_it_was_accepted_it_is_open(told):
    ledger = told(FIRST, WRONG)
    review(ledger, the_break(ledger).id, accept=True, **ANNA)

    (then,) = reconcile(ledger, severity="major", known_at="2026-03-01").findings
    assert then.status == "open"
    assert reconcile(ledger, severity="major", known_at="2026-03-03").findings == ()


def test_as_known_before_a_filing_was_taken_back_what_rests_on_it_is_still_accepted(told):
    earlier = filing(bought(37, 1_047), on="2024-02-01")
    ledger = told(FIRST, filing(bought(10, 1_010), on="2024-01-15"), earlier, WRONG)
    review(ledger, the_break(ledger).id, accept=True, **ANNA)
    ledger.retract(earlier.id, why="never happened", at=MONDAY + timedelta(days=2))

    (then,) = reconcile(ledger, severity="major", known_at="2026-03-03", status="all").findings
    assert (then.status, then.reopened) == ("accepted", None)
    assert the_break(ledger, "open").reopened


def test_a_story_tells_what_people_made_of_the_finding(told):
    ledger = told(FIRST, WRONG)
    name = the_break(ledger).id
    review(ledger, name, accept=True, assign="ben", note="a slip", **ANNA)

    memo = explain(ledger, name)
    assert [f.status for f in memo.findings] == ["accepted"]
    assert [line.text for line in memo.lines][-3:] == ["accepted", "given to ben", "note: a slip"]
    for ref in (WRONG.id, f"{WRONG.id}#I.1"):
        noted = [line.text for line in explain(ledger, ref).lines if line.label == "Finding"]
        assert any(text.endswith("(accepted)") for text in noted)
    assert explain(ledger, name, known_at="2026-03-01").findings[0].status == "open"


def test_what_was_said_of_a_finding_is_told_when_its_filing_is_taken_back(told):
    ledger = told(FIRST, WRONG)
    found = the_break(ledger)
    review(ledger, found.id, accept=True, note="a slip", **ANNA)
    ledger.retract(WRONG.id, why="the client's draft", at=MONDAY)

    (one,) = review(ledger, found.id[:5]).reviews
    assert (one.id, [said.note for said in one.said]) == (found.id, ["a slip"])
    assert one.gone == f"{WRONG.id} was retracted on 2026-03-02: the client's draft"
    assert one.finding is not None
    assert one.finding.difference == found.difference
    with pytest.raises(UsageError, match="is found no more"):
        review(ledger, found.id, reopen=True, **ANNA)
    with pytest.raises(UnknownReference, match="the client's draft"):
        explain(ledger, found.id)
    ledger.retract(WRONG.id, why="", undo=True, at=MONDAY)
    assert review(ledger, found.id).reviews[0].gone is None


def test_what_is_on_the_row_of_a_finding_that_is_found_no_more_is_named(told):
    ledger = told(opening(10_000), filing(sold(1_000, 9_800), on="2024-07-01"))
    (was,) = [f for f in reconcile(ledger).findings if f.severity != "info"]
    review(ledger, was.id, accept=True, by="Ann")
    ledger.record([filing(bought(200, 10_200), on="2024-05-02")])
    ledger.record([filing(sold(100, 9_700), on="2024-09-02")])

    (now,) = [f for f in reconcile(ledger).findings if f.severity != "info"]

    assert was.kind != now.kind
    assert f"{now.id[:8]} {now.kind} is on" in (review(ledger, was.id).reviews[0].gone or "")


def test_all_that_was_reviewed_is_listed(told):
    ledger = told(FIRST, WRONG)
    assert review(ledger).reviews == ()
    with pytest.raises(UsageError, match="of which finding"):
        review(ledger, accept=True, **ANNA)
    name = the_break(ledger).id
    review(ledger, name, note="a slip?", **ANNA)

    assert [one.id for one in review(ledger).reviews] == [name]


def test_what_is_new_since_a_day_or_since_the_last_look(told):
    later = filing(sold(10, 700), on="2024-06-03")
    ledger = told(FIRST, WRONG)
    old = {f.id for f in reconcile(ledger).findings}
    ledger.see(sorted(old), MONDAY)
    assert reconcile(ledger, since=ledger.seen()).findings == ()

    ledger.record([later])
    everything = {f.id for f in reconcile(ledger).findings}
    fresh = {f.id for f in reconcile(ledger, since=ledger.seen()).findings}
    assert (
        fresh == everything - old == {f.id for f in reconcile(ledger, since="2024-04-01").findings}
    )
    assert fresh
    ledger.see(sorted(fresh), MONDAY)
    assert ledger.seen() == everything
    assert verify(ledger).ok


def test_the_gravest_come_first_by_day_and_kinds_can_be_raised(told):
    ledger = told(FIRST, WRONG, filing(sold(10, 700), on="2024-06-03"))
    found = reconcile(ledger, severities={"SHORT_SWING_CANDIDATE": "critical"}).findings

    days = [f.effective_on for f in reconcile(ledger, severity="major").findings if f.effective_on]
    assert days == sorted(days)
    kinds = {f.kind: f.severity for f in found}
    assert set(kinds.values()) <= {"info", "minor", "major", "critical"}
    with pytest.raises(UsageError, match="no kind of finding"):
        reconcile(ledger, severities={"NO_SUCH": "major"})
    with pytest.raises(UsageError, match="no severity"):
        reconcile(ledger, severities={"ROUNDING": "grave"})
    with pytest.raises(UsageError, match="no status"):
        reconcile(ledger, status="closed")
    lowered = reconcile(ledger, severities={f.kind: "info" for f in found}).findings
    assert {f.severity for f in lowered} == {"info"}


def test_the_answer_is_json(told):
    ledger = told(FIRST, WRONG)
    answer = json_of(review(ledger, the_break(ledger).id, accept=True, **ANNA))

    assert answer["schema"] == "ledger.review/1"
    (one,) = answer["reviews"]
    assert one["finding"]["status"] == "accepted"
    assert one["said"] == [
        {
            "at": "2026-03-02T09:30:00Z",
            "by": "anna",
            "status": "accepted",
            "assigned": None,
            "note": None,
        }
    ]
    assert msgspec.json.encode(answer)


def test_who_is_here_is_listed_with_what_is_still_open(told):
    ledger = told(FIRST, WRONG)
    (person,), (company,) = people(ledger).people, issuers(ledger).issuers
    review(ledger, the_break(ledger).id, accept=True, **ANNA)

    (after,), (there,) = people(ledger).people, issuers(ledger).issuers
    assert (after.major, there.major) == (person.major - 1, company.major - 1) == (0, 0)
