"""Asking: who and what a name means, days and moments, stories, differences, counts."""

import numpy as np
import pytest

from ledger.errors import AmbiguousReference, LedgerError, UnknownReference, UsageError
from ledger.filing import Issuer
from projections import diff, explain, history, holdings, json_of, reconcile, replay, stats
from tests.projections.building import (
    ACME,
    JANE,
    JOHN,
    Note,
    bought,
    filing,
    gave,
    held,
    opening,
    person,
    plan_purchase,
    shown,
    sold,
)

FIRST, SECOND = opening(1_000), filing(sold(100, 900), on="2024-03-01")
OTHER = Issuer(cik="0002000002", name="OTHER HOLDINGS INC", symbol="OTHR")


@pytest.fixture
def ledger(told):
    return told(
        FIRST,
        SECOND,
        opening(700, by=JOHN),
        opening(50, on="2024-01-09", issuer=OTHER),
    )


# --- names -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["0001000001", "1000001", "DOE JANE", "Jane Doe", "jane q. doe"])
def test_a_person_answers_to_its_number_and_to_its_name_in_any_order(name, ledger):
    assert {h.person["cik"] for h in holdings(ledger, person=name).holdings} == {JANE.cik}


@pytest.mark.parametrize("name", ["0002000001", "2000001", "ACME", "acme", "Acme Corporation"])
def test_an_issuer_answers_to_its_number_its_ticker_and_its_name(name, ledger):
    assert {h.issuer["symbol"] for h in holdings(ledger, issuer=name).holdings} == {"ACME"}


def test_part_of_a_name_serves_where_only_one_bears_it(ledger):
    assert {h.person["name"] for h in holdings(ledger, person="roe").holdings} == {"ROE JOHN"}
    assert len(holdings(ledger, issuer="other").holdings) == 1


def test_a_person_and_an_issuer_together_narrow_each_other(ledger):
    found = holdings(ledger, person="jane doe", issuer="OTHR").holdings

    assert [h.shares for h in found] == [50]


def test_nobody_of_the_name_is_an_error_that_says_where_all_are(ledger):
    for asked in ({"person": "NOBODY ATALL"}, {"issuer": "NOTHING"}):
        with pytest.raises(
            UnknownReference, match=r"nor to a name like it; `ledger \w+` lists all"
        ):
            holdings(ledger, **asked)


@pytest.mark.parametrize("asked", ["Hofmann", "Reed Hoffmann", "Hofman, Reid J."])
def test_a_name_spelt_nearly_right_is_answered_with_the_nearest(asked, told):
    ledger = told(
        FIRST, opening(5, by=person(9, "HOFFMANN REID")), opening(6, by=person(10, "A B"))
    )

    with pytest.raises(UnknownReference) as refused:
        holdings(ledger, person=asked)

    assert refused.value.remedy == "the nearest here: 0001000009 HOFFMANN REID"


def test_an_issuer_spelt_nearly_right_is_answered_with_the_nearest(ledger):
    for asked in ("OTHR HOLDNGS", "OTHRR", "Other Holdigns Inc"):
        with pytest.raises(UnknownReference) as refused:
            holdings(ledger, issuer=asked)
        assert refused.value.remedy == "the nearest here: 0002000002 OTHER HOLDINGS INC"


@pytest.mark.parametrize("name", ["1000002", "ROE JOHN", "roe"])
def test_a_person_of_another_issuer_is_said_to_be_there(name, ledger):
    with pytest.raises(UnknownReference) as refused:
        holdings(ledger, person=name, issuer="OTHR")

    assert "reports nothing about that issuer" in str(refused.value)
    assert refused.value.remedy == "but elsewhere: 0001000002 ROE JOHN at 0002000001 ACME CORP"


def test_several_of_the_name_are_an_error_that_lists_them(told):
    ledger = told(
        FIRST, opening(5, by=person(9, "DOE JANET")), opening(6, by=person(10, "DOE JIM"))
    )

    with pytest.raises(AmbiguousReference, match=r"DOE JANET.*DOE JIM"):
        holdings(ledger, person="DOE J")


def test_an_empty_ledger_says_so(told):
    with pytest.raises(UnknownReference, match="empty"):
        holdings(told(), person="DOE JANE")
    assert holdings(told()).holdings == ()
    assert stats(told()).filings == 0


@pytest.mark.parametrize("asked", ["", " ", "***", "n/a"])
def test_what_has_neither_letters_nor_digits_names_no_company(told, asked):
    nameless = told(FIRST, opening(9, by=JOHN, issuer=Issuer(cik="0002000003", symbol="NONE")))

    with pytest.raises(UnknownReference, match="no issuer here answers"):
        holdings(nameless, issuer=asked)


@pytest.mark.parametrize(
    "asked", [{"as_of": "May 2004"}, {"known_at": "soon"}, {"known_at": "2024-03-03-05:00"}]
)
def test_what_is_no_day_is_an_error(asked, ledger):
    with pytest.raises(UsageError, match="write it as"):
        holdings(ledger, **asked)


@pytest.mark.parametrize("asked", [{"kinds": ["ODD"]}, {"severity": "awful"}])
def test_what_is_no_kind_and_no_severity_is_an_error(asked, ledger):
    with pytest.raises(UsageError, match="there is no"):
        reconcile(ledger, **asked)


def test_a_scan_without_a_number_is_the_persons_whose_name_it_bears(told):
    nameless = JANE.model_copy(update={"cik": None})
    scan = {"accession": None, "format": "scanned", "by": nameless}
    early = opening(1_000, **scan, issuer=ACME.model_copy(update={"cik": None}))
    ledger = told(early, filing(sold(100, 900), on="2024-03-01"))

    assert [h.shares for h in holdings(ledger, person=JANE.cik).holdings] == [900]
    assert reconcile(ledger).totals.agreed == 1


def test_what_a_name_means_today_does_not_hide_what_was_known_then(told):
    nameless = JANE.model_copy(update={"cik": None})
    scan = {"accession": None, "format": "scanned", "by": nameless}
    early = opening(1_000, **scan, issuer=ACME.model_copy(update={"cik": None}))
    ledger = told(early, filing(sold(100, 900), on="2024-03-01"))

    for name in ("DOE JANE", JANE.cik):
        found = holdings(ledger, person=name, known_at="2024-02-01").holdings
        assert [h.shares for h in found] == [1_000], name


def test_a_new_name_of_the_issuer_joins_only_once_a_filing_says_so(told):
    renamed = Issuer(cik=ACME.cik, name="NEWCO INC", symbol="NEWC")
    scan = filing(
        sold(100, 900),
        on="2024-03-01",
        by=JANE.model_copy(update={"cik": None}),
        issuer=renamed.model_copy(update={"cik": None}),
        accession=None,
        format="scanned",
    )
    later = filing(sold(100, 800), on="2024-05-01", issuer=renamed)

    then, since = told(FIRST, scan), told(FIRST, scan, later)

    asked = {"known_at": "2024-04-01"}
    assert json_of(holdings(since, **asked)) == json_of(holdings(then, **asked))


def test_a_cik_may_be_a_number_and_a_day_its_eight_digits(ledger):
    named = holdings(ledger, person=JANE.cik, issuer=ACME.cik, as_of="2024-02-01")

    assert holdings(ledger, person=1000001, issuer=2000001, as_of=20240201) == named
    assert reconcile(ledger, issuer=np.int64(2000001)) == reconcile(ledger, issuer=ACME.cik)
    known = holdings(ledger, person=JANE.cik, known_at="2024-02-01").holdings
    assert holdings(ledger, person=JANE.cik, known_at=20240201).holdings == known


@pytest.mark.parametrize(
    "asked",
    [
        {"person": 1.5},
        {"person": True},
        {"person": -1},
        {"issuer": ["ACME"]},
        {"as_of": 2024.0},
        {"as_of": 99999999},
        {"known_at": object()},
        {"known_at": 20241301},
    ],
)
def test_whatever_names_nothing_is_refused_with_a_word(ledger, asked):
    with pytest.raises(UsageError) as refusal:
        holdings(ledger, **asked)

    assert refusal.value.remedy


def test_a_reference_that_is_no_text_is_refused_with_a_word(ledger):
    with pytest.raises(LedgerError, match="is no reference"):
        explain(ledger, 1.5)
    with pytest.raises(UnknownReference, match="12"):
        ledger.filing(12)


# --- days and moments ---------------------------------------------------------------------


def test_a_day_of_knowledge_means_its_end(told):
    ledger = told(FIRST, SECOND)

    def known(moment):
        return shown(holdings(ledger, known_at=moment).holdings)["Common Stock, direct"]

    assert (known("2024-03-02"), known("2024-03-03")) == ("1000", "900")
    assert known("20240303") == "900"
    assert known("2024-03-03T12:00:00Z") == known("2024-03-03 12:00") == "1000"


def test_before_anything_was_known_there_is_nothing(ledger):
    answer = holdings(ledger, known_at="2023-12-31")

    assert answer.holdings == ()
    assert reconcile(ledger, known_at="2023-12-31").totals.checked == 0


def test_before_anything_is_said_of_a_position_it_is_not_shown(ledger):
    assert holdings(ledger, as_of="2023-12-31", person=JANE.cik).holdings == ()


@pytest.fixture
def in_february(told):
    """Two gifts told on a Form 5, whose totals go on from a later sale told before it."""
    gifts = gave(70, 830, on="2024-05-08"), gave(30, 800, on="2024-07-09")
    return told(
        FIRST,
        filing(sold(100, 900), on="2024-11-05"),
        filing(*gifts, on="2024-12-31", form="5", filed="2025-02-12"),
    )


@pytest.mark.parametrize(
    ("day", "owned"),
    [("2024-05-07", 1_000), ("2024-05-08", 930), ("2024-08-01", 900), ("2024-11-05", 800)],
)
def test_what_is_told_late_counts_from_its_own_day_and_ever_after(day, owned, in_february):
    assert shown(holdings(in_february, as_of=day).holdings) == {"Common Stock, direct": str(owned)}


def test_the_latest_level_is_the_total_reported_last_whatever_its_day(in_february):
    (now,) = holdings(in_february).holdings
    (then,) = holdings(in_february, known_at="2025-01-31").holdings

    assert (now.shares, now.basis, then.shares) == (800, "reported", 900)
    assert now.evidence == (f"{filing(on='2024-12-31', form='5', filed='2025-02-12').id}#I.2",)


def test_a_history_tells_levels_by_day_and_totals_as_reported(in_february):
    (position,) = history(in_february).positions

    assert [(e.computed, e.claimed) for e in position.entries] == [
        (1_000, 1_000),
        (930, 830),
        (900, 800),
        (800, 900),
    ]


# --- evidence ------------------------------------------------------------------------------


def test_a_holding_names_the_line_it_rests_on(ledger):
    (found,) = holdings(ledger, person=JANE.cik, issuer="ACME").holdings

    assert found.evidence == (f"{SECOND.id}#I.1",)
    assert str(found.last_claim_on) == "2024-03-01"


def test_a_level_moved_by_a_note_rests_on_the_note(told):
    plan = plan_purchase(25, "2024-05")
    after = filing(sold(100, 825, notes=plan), on="2024-06-03")
    ledger = told(FIRST, SECOND, after)

    (found,) = holdings(ledger, as_of="2024-06-01").holdings

    assert (found.shares, found.basis) == (925, "derived")
    assert found.evidence == (f"{SECOND.id}#I.1", f"{after.id}#note.1")


def test_every_number_of_a_history_can_be_reached(ledger):
    positions = history(ledger, issuer="ACME").positions

    assert [(p.person["name"], len(p.entries)) for p in positions] == [
        ("DOE JANE", 2),
        ("ROE JOHN", 1),
    ]
    assert [(e.event, e.row) for e in positions[0].entries] == [("holding", "I.1"), ("sale", "I.1")]


# --- stories ---------------------------------------------------------------------------------


@pytest.fixture
def broken(told):
    return told(FIRST, filing(sold(100, 925, notes=plan_purchase(25, "2024-02")), on="2024-03-01"))


def test_a_finding_is_told_with_its_arithmetic(broken):
    (finding,) = reconcile(broken, kinds=["BALANCE_BREAK_EXPLAINED"]).findings

    story = explain(broken, finding.id)

    numbers = [line.shares for line in story.lines if line.shares is not None]
    assert {1_000, -100, 900, 25, 925} <= set(map(int, numbers))
    assert story.findings == (finding,)
    assert finding.kind in story.title


def test_a_total_of_more_than_its_line_is_told_with_a_sum_that_adds_up(told):
    """The 300 of the direct holding may be counted in, or have moved: the sum is the same."""
    trust = {"how": "By Doe Family Trust"}
    ledger = told(
        filing(held(300), held(2_000, **trust), on="2024-01-02", form="3"),
        filing(bought(50, 2_350, **trust), on="2024-03-01"),
    )
    (finding,) = reconcile(ledger, kinds=["BALANCE_BREAK_EXPLAINED"]).findings

    lines = [(line.label, line.shares) for line in explain(ledger, finding.id).lines]

    assert lines[:6] == [
        ("Claimed", 2_350),
        ("Follows", 2_000),
        ("", 50),
        ("", 2_050),
        ("Explained", 300),
        ("", 2_350),
    ]
    assert lines[6] == ("Also tried", 2_350)


@pytest.mark.parametrize("ref", ["", "#I.1", "#note.1"])
def test_filings_rows_and_notes_can_be_told(ref, broken):
    name = filing(on="2024-03-01").id

    story = explain(broken, name + ref)

    assert story.title
    assert story.lines


@pytest.mark.parametrize("ref", ["ffffffff", "0009000009-24-000001", "0001000001-24-030301#I.9"])
def test_what_is_not_there_cannot_be_told(ref, broken):
    with pytest.raises(UnknownReference):
        explain(broken, ref)


# --- what changed, and how much there is --------------------------------------------------------


def test_a_difference_names_what_changed_and_the_filing_that_changed_it(told):
    ledger = told(FIRST, SECOND, filing(bought(7, 3_113), on="2024-05-01"))

    changes = diff(ledger, known_from="2024-03-31", known_to="2024-05-31").changes

    assert {(c.what, c.change) for c in changes} == {
        ("holding", "changed"),
        ("finding", "appeared"),
    }
    assert {c.because for c in changes} == {("0001000001-24-050301",)}
    assert [(c.before, c.after) for c in changes if c.what == "holding"] == [("900", "3113")]


def test_a_finding_that_a_later_filing_settles_is_withdrawn_or_renamed(told):
    ledger = told(
        FIRST,
        filing(bought(7, 3_113), on="2024-03-01"),
        filing(bought(7, 1_014), on="2024-05-01"),
    )

    changes = diff(ledger, known_from="2024-04-30", known_to="2024-05-31").changes

    told_of = {(c.change, (c.after or c.before).partition(":")[0]) for c in changes if c.finding}
    assert ("appeared", "ISOLATED_TOTAL_ERROR") in told_of


def test_counts_of_a_ledger(ledger):
    counted, rebuilt = stats(ledger), replay(ledger)

    assert (counted.filings, counted.persons, counted.issuers) == (4, 2, 2)
    assert counted.filings_by_form == {"3": 3, "4": 1}
    assert counted.filings_by_year == {"2024": 4}
    assert (rebuilt.filings, rebuilt.persons, rebuilt.issuers) == (4, 2, 2)
    assert (rebuilt.positions, rebuilt.totals) == (3, counted.totals)
    assert rebuilt.events == counted.events == sum(counted.events_by_kind.values())


def test_answers_show_plain_values_and_their_schema_first(ledger):
    shapes = {
        "ledger.holdings/1": holdings(ledger),
        "ledger.history/1": history(ledger),
        "ledger.reconciliation/1": reconcile(ledger),
        "ledger.replay/1": replay(ledger),
        "ledger.stats/1": stats(ledger),
        "ledger.explanation/1": explain(ledger, FIRST.id),
        "ledger.diff/1": diff(ledger, known_from="2024-01-01", known_to="2024-12-31"),
    }

    for schema, answer in shapes.items():
        assert next(iter(json_of(answer))) == "schema"
        assert json_of(answer)["schema"] == schema
    first = json_of(holdings(ledger, person=JOHN.cik))["holdings"][0]
    assert (first["shares"], first["exercise_price"]) == ("700", None)
    assert first["last_claim_on"] == "2024-01-02"


def test_what_nobody_is_named_for_is_held_by_nobody(told):
    ledger = told(filing(held(300), on="2024-01-05", owners=()))

    (holding,) = holdings(ledger).holdings
    (position,) = history(ledger).positions

    assert (holding.person, holding.owners, holding.shares) == (
        {"cik": None, "name": None},
        (),
        300,
    )
    assert position.person == holding.person


def test_a_history_names_the_holder_that_notes_name_only_where_its_own_words_name_none(told):
    elm = {"how": "See footnote", "notes": Note("Held by Elm Street Holdings LLC.")}
    first = opening(10_000, held(3_172, **elm, cites="nature"))
    named = filing(held(3_172, how="By Elm Street Holdings LLC"), on="2024-03-01")

    def holders(*filings):
        return [(p.nature, p.holder) for p in history(told(*filings)).positions if p.nature]

    assert holders(first) == [("See footnote", "Elm Street Holdings LLC")]
    assert holders(first, named) == [("By Elm Street Holdings LLC", None)]
