"""What only a person can settle is said once, and not where a later filing settled it."""

from datetime import date

import pytest

from projections.questions.reconcile import reconcile_filings
from projections.section16.short_swings import last_matchable
from tests.projections.building import (
    JOHN,
    MARY,
    bought,
    filing,
    granted,
    held,
    note,
    opening,
    plan_purchase,
    sold,
    split,
    vested,
)


def found(kind, *filings):
    return [f for f in reconcile_filings(filings).findings if f.kind == kind]


# --- short swings ----------------------------------------------------------------------

JANUARY = filing(bought(1_000, 11_000, price=10), on="2004-01-15")


@pytest.mark.parametrize(
    ("first", "last"),
    [("2004-01-15", "2004-07-13"), ("2003-12-20", "2004-06-18"), ("2004-08-31", "2005-02-26")],
)
def test_less_than_six_months_end_two_days_before_the_same_day(first, last):
    assert last_matchable(date.fromisoformat(first)) == date.fromisoformat(last)


@pytest.mark.parametrize(("on", "profits"), [("2004-07-13", ["$2,400"]), ("2004-07-14", [])])
def test_a_dearer_sale_counts_until_the_last_day_and_not_after(on, profits):
    sale = filing(sold(600, 10_400, price=14), on=on)

    findings = found("SHORT_SWING_CANDIDATE", opening(on="2003-06-02"), JANUARY, sale)

    assert [f.message.split("profit of ")[1].split()[0] for f in findings] == profits


def test_a_purchase_after_a_dearer_sale_counts_as_well():
    sale = filing(sold(600, 9_400, price=14), on="2004-01-15")
    after = filing(bought(1_000, 10_400, price=10), on="2004-03-01")

    (candidate,) = found("SHORT_SWING_CANDIDATE", opening(on="2003-06-02"), sale, after)

    assert (candidate.filing, candidate.evidence) == (after.id, (f"{sale.id}#I.1",))


@pytest.mark.parametrize(
    "first", [bought(1_000, 11_000, price=15), granted(1_000, 11_000)], ids=["dearer", "exempt"]
)
def test_a_loss_or_an_exempt_acquisition_is_no_candidate(first):
    filings = (
        opening(),
        filing(first, on="2024-02-01"),
        filing(sold(600, 10_400, price=14), on="2024-03-01"),
    )

    assert found("SHORT_SWING_CANDIDATE", *filings) == []


def test_a_split_between_the_trades_makes_no_profit():
    before = filing(sold(100, 9_900, price=20), on="2024-02-01")
    after = filing(bought(100, 19_900, price=11, notes=split("2:1", "2024-03-01")), on="2024-04-01")

    assert found("SHORT_SWING_CANDIDATE", opening(), before, after) == []


# --- silence ----------------------------------------------------------------------------------

LATER = filing(bought(1, 101), on="2025-12-01", by=MARY)


def test_silence_is_measured_against_the_issuers_latest_filing_and_told_once():
    filings = (opening(10_000, held(400, how="By Trust")), opening(100, on="2025-11-03", by=MARY))

    assert found("STALE_BALANCE", filings[0]) == []
    assert [f.filing for f in found("STALE_BALANCE", *filings, LATER)] == [filings[0].id]


def test_whoever_reported_the_exit_or_holds_nothing_is_not_silent():
    left = filing(sold(1_000, 9_000), on="2024-03-01", not_subject_to_section16=True)
    emptied = filing(sold(10_000, 0), on="2024-03-01", by=JOHN)

    assert found("STALE_BALANCE", opening(), left, LATER) == []
    assert found("STALE_BALANCE", opening(by=JOHN), emptied, LATER) == []


# --- pools, notes, orders -----------------------------------------------------------------------


def test_two_direct_holders_never_share_their_shares():
    filings = (
        filing(sold(100, 900), on="2024-03-01", by=MARY),
        filing(sold(100, 900), on="2024-03-01", filed="2024-03-05", by=JOHN),
    )

    assert found("SHARED_POOL_SUSPECTED", *filings) == []


def test_a_shared_pool_is_named_once_for_two_filers():
    filings = [
        one
        for day, left in (("2024-03-01", 900), ("2024-04-01", 800))
        for one in (
            filing(sold(100, left), on=day, by=MARY),
            filing(sold(100, left, how="By Spouse"), on=day, by=JOHN, part=2),
        )
    ]

    assert len(found("SHARED_POOL_SUSPECTED", *filings)) == 1


def test_a_note_that_repeats_what_explained_an_earlier_total_is_not_unused():
    words = plan_purchase(500, "2024-02")
    first = filing(sold(50, 5_450, notes=words), on="2024-03-01")
    again = filing(sold(50, 5_400, notes=words), on="2024-04-01")

    assert found("FOOTNOTE_UNUSED", opening(5_000), first, again) == []


def test_a_note_that_took_a_row_back_is_not_unused():
    never = filing(bought(500, 5_500), on="2024-03-01", filed="2024-03-04")
    words = "The purchase of 500 shares reported on March 4, 2024 was reported in error."
    said = note(
        f"{words} The total reflects that.",
        "report-correction",
        500,
        direction="disposed",
        end=len(words),
    )

    def later(owns):
        return filing(sold(50, owns, notes=said), on="2024-05-01")

    assert found("BALANCE_BREAK_EXPLAINED", opening(5_000), never, later(4_950)) == []
    assert found("FOOTNOTE_UNUSED", opening(5_000), never, later(4_950)) == []
    assert len(found("FOOTNOTE_UNUSED", opening(5_000), later(4_950))) == 1


def test_a_later_total_settles_in_which_order_rows_are_meant():
    rows = filing(granted(800, 12_657), sold(800, 11_857), on="2024-03-01")

    assert len(found("CONVENTION_AMBIGUOUS", rows)) == 1
    assert found("CONVENTION_AMBIGUOUS", rows, filing(sold(57, 11_800), on="2024-05-01")) == []


def test_an_exercise_comes_before_the_sale_of_what_it_gave():
    rows = filing(vested(800, 12_657), sold(800, 11_857), on="2024-03-01")
    later = sold(800, 11_857, on="2024-03-04")
    days = filing(vested(800, 12_657), later, on="2024-03-01", filed="2024-03-05")

    assert found("CONVENTION_AMBIGUOUS", rows) == []
    assert len(found("CONVENTION_AMBIGUOUS", days)) == 1


def test_shares_that_came_and_went_where_none_were_before_are_in_no_doubt():
    rows = filing(granted(800, 800), sold(800, 0), on="2024-03-01")

    assert found("CONVENTION_AMBIGUOUS", rows) == []
