"""Slips of filers: each is named once, by the mark it leaves in the arithmetic."""

from decimal import Decimal

import pytest

from projections import history, holdings
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    bought,
    filing,
    granted,
    held,
    kinds,
    opening,
    option,
    shown,
    sold,
    the,
    units,
    vested,
)

# --- one wrong total, and what later filings make of it ------------------


def test_a_wrong_total_that_the_next_filing_leaves_behind_is_one_isolated_error(told):
    filings = (
        opening(10_000),
        filing(sold(1_000, 9_000), on="2024-02-01"),
        filing(sold(100, 15_577), on="2024-03-01"),
        filing(sold(100, 8_800), on="2024-04-01"),
    )

    answer = reconcile_filings(filings)

    assert kinds(answer) == ["ISOLATED_TOTAL_ERROR"]
    assert answer.findings[0].revised_by == filings[3].id
    assert (answer.totals.unexplained, answer.totals.agreed) == (1, 2)
    assert shown(holdings(told(*filings)).holdings) == {"Common Stock, direct": "8800"}


def test_a_wrong_total_that_later_ones_build_on_is_a_shift_of_level():
    filings = [
        opening(10_000),
        filing(sold(1_000, 9_000), on="2024-02-01"),
        filing(sold(100, 16_113), on="2024-03-01"),
        filing(sold(100, 16_013), on="2024-04-01"),
        filing(sold(100, 15_913), on="2024-05-01"),
    ]

    answer = reconcile_filings(filings)

    assert kinds(answer) == ["LEVEL_SHIFT_UNEXPLAINED"]
    assert answer.findings[0].difference == 7_213


def test_a_wrong_total_in_the_last_filing_is_a_break_until_more_is_known():
    filings = [
        opening(10_000),
        filing(sold(1_000, 9_000), on="2024-02-01"),
        filing(sold(100, 16_113), on="2024-03-01"),
    ]
    after = filing(sold(100, 8_800), on="2024-04-01")

    assert kinds(reconcile_filings(filings)) == ["BALANCE_BREAK"]
    assert kinds(reconcile_filings([*filings, after])) == ["ISOLATED_TOTAL_ERROR"]
    assert kinds(reconcile_filings([*filings, after], known_at="2024-03-31")) == ["BALANCE_BREAK"]


def test_a_difference_after_a_long_silence_hints_at_a_missing_filing():
    filings = [
        opening(10_000),
        filing(sold(1_000, 9_000), on="2024-02-01"),
        filing(sold(100, 16_113), on="2026-03-02"),
    ]

    assert kinds(reconcile_filings(filings)) == ["GAP_SUSPECTED"]


def test_more_sold_than_held_is_a_negative_balance(told):
    filings = (
        opening(300),
        filing(bought(10, 310), on="2024-02-01"),
        filing(sold(550, 0), on="2024-03-01"),
    )

    found = the(reconcile_filings(filings), "NEGATIVE_BALANCE")

    assert (found.expected, found.reported) == (-240, 0)


def test_a_break_shows_what_was_expected_and_what_was_reported(told):
    ledger = told(
        opening(42_310),
        filing(bought(10, 42_320), on="2024-02-01"),
        filing(sold(3_000, 39_083), on="2024-06-03"),
    )

    entry = history(ledger).positions[0].entries[-1]

    assert (entry.expected, entry.claimed, entry.residual) == (39_320, 39_083, -237)
    assert (entry.verdict, len(entry.findings)) == ("unexplained", 1)


# --- the row and its own total ------------------

SLIPS = {
    "MISSED_OWN_ROW": (sold(400, 5_600), 5_100),
    "DOUBLE_APPLIED_ROW": (sold(400, 4_800), 5_100),
    "PRIOR_ROW_OMITTED": (sold(400, 4_987), 5_100),
    "PRIOR_ROW_DOUBLED": (sold(400, 5_413), 5_100),
}


@pytest.mark.parametrize(("kind", "row", "after"), [(k, *v) for k, v in SLIPS.items()])
def test_a_slip_in_one_sum_is_named_by_what_it_left_out_or_took_twice(kind, row, after):
    filings = [
        opening(5_387),
        filing(bought(213, 5_600), on="2024-02-01"),
        filing(row, on="2024-03-01"),
        filing(sold(100, after), on="2024-04-01"),
    ]

    answer = reconcile_filings(filings)

    assert kinds(answer) == [kind]
    assert answer.totals.agreed == 2


def test_a_total_of_the_lot_alone_is_an_error_where_it_happens_once(told):
    filings = (
        opening(20_000),
        filing(granted(5_000, 5_000), on="2024-03-01"),
        filing(sold(100, 24_900), on="2024-05-01"),
    )

    assert kinds(reconcile_filings(filings)) == ["LOT_ONLY"]
    assert shown(holdings(told(*filings)).holdings) == {"Common Stock, direct": "24900"}


def test_totals_of_the_lot_alone_are_a_habit_where_they_recur():
    filings = [
        opening(20_000),
        filing(granted(5_000, 5_000), on="2024-03-01"),
        filing(granted(700, 700), on="2024-04-01"),
        filing(granted(800, 800), on="2024-05-01"),
    ]

    answer = reconcile_filings(filings)

    assert kinds(answer) == []
    assert (answer.totals.explained, answer.totals.checked) == (3, 3)


# --- digits -------------------------------------------------------------------------------------


def test_two_digits_that_changed_places_in_a_total_are_named():
    filings = [
        opening(1_000),
        filing(bought(575, 1_755), on="2024-03-01"),
        filing(sold(75, 1_500), on="2024-04-01"),
    ]

    found = the(reconcile_filings(filings), "TRANSPOSED_DIGITS")

    assert (found.expected, found.reported, found.difference) == (1_575, 1_755, 180)


def test_two_digits_that_changed_places_in_an_amount_are_named():
    filings = [
        filing(option("A", 500, 500), on="2024-02-01"),
        filing(option("A", 757_576, 758_256), on="2024-03-01"),
    ]

    found = the(reconcile_filings(filings), "TRANSPOSED_DIGITS")

    assert found.difference == 180
    assert "the amount 757,576 should be 757,756" in found.message


def test_an_award_whose_total_swaps_its_own_digits_is_named_though_nothing_came_before():
    answer = reconcile_filings([filing(option("A", 757_576, 757_756), on="2024-03-01")])

    assert kinds(answer) == ["TRANSPOSED_DIGITS"]


@pytest.mark.parametrize("claim", [98_554, 9_855_440])
def test_a_digit_dropped_or_added_is_a_magnitude_error(claim):
    filings = [
        opening(985_644),
        filing(bought(100, 985_744), on="2024-02-01"),
        filing(sold(200, claim), on="2024-03-01"),
        filing(sold(44, 985_500), on="2024-04-01"),
    ]

    assert kinds(reconcile_filings(filings)) == ["MAGNITUDE_ERROR"]


# --- codes, letters, forms ------------------


def test_a_sale_marked_acquired_whose_total_falls_contradicts_its_code():
    wrong = filing(sold(1_000, 9_000, marked="acquired"), on="2024-03-01")

    answer = reconcile_filings([opening(10_000), wrong])

    assert kinds(answer) == ["AD_CODE_CONTRADICTION"]
    assert answer.findings[0].difference == -2_000


def test_an_exercise_that_adds_to_its_own_options_contradicts_its_code():
    filings = [
        filing(option("A", 3_000, 3_000), on="2024-02-01"),
        filing(vested(1_000, 1_000), option("M", 1_000, 2_000, marked="acquired"), on="2024-03-01"),
    ]

    answer = reconcile_filings(filings)

    assert kinds(answer) == ["AD_CODE_CONTRADICTION"]
    assert (answer.findings[0].row, answer.findings[0].severity) == ("II.1", "major")


def test_units_that_become_another_line_of_the_same_table_contradict_nothing():
    class_b = {"title": "Class B Common Stock", "strike": None, "expires": None}
    filings = [
        filing(units("A", 3_000, 3_000), on="2024-02-01"),
        filing(
            units("M", 1_000, 2_000),
            option("M", 1_000, 1_000, marked="acquired", **class_b),
            on="2024-03-01",
        ),
    ]

    assert kinds(reconcile_filings(filings)) == []


def test_a_sale_from_a_trust_written_as_direct_is_one_slip():
    filings = [
        opening(10_000, held(4_000, how="By Trust")),
        filing(bought(100, 10_100), on="2024-02-01"),
        filing(sold(500, 3_500), on="2024-03-01"),
        filing(sold(250, 3_250, how="By Trust"), on="2024-04-01"),
        filing(bought(100, 10_200), on="2024-05-01"),
    ]

    assert kinds(reconcile_filings(filings)) == ["DI_SWAP"]


def test_a_price_in_the_place_of_the_shares_is_suspect():
    swapped = sold(14, 8_200, price=1_800)
    filings = [
        opening(10_000),
        filing(sold(100, 9_900, price=15), on="2024-02-01"),
        filing(sold(100, 9_800, price=15), swapped, on="2024-03-01"),
    ]

    assert "PRICE_SUSPECT" in kinds(reconcile_filings(filings))


def test_a_trade_without_a_price_and_without_a_note_is_suspect():
    for price in (None, 0):
        free = filing(sold(100, 900, price=price), on="2024-03-01")
        assert kinds(reconcile_filings([opening(1_000), free])) == ["PRICE_SUSPECT"]


def test_errors_never_bend_the_numbers_as_filed(told):
    filings = (opening(1_000), filing(bought(575, 1_755), on="2024-03-01"))

    entry = history(told(*filings)).positions[0].entries[-1]

    assert (entry.shares, entry.claimed) == (Decimal(575), Decimal(1_755))


@pytest.mark.parametrize("shares", [1_500, 1_200, 1_013], ids=["3-for-2", "6-for-5", "no ratio"])
def test_more_sold_than_was_held_is_no_split_whatever_its_ratio(shares):
    """Any sale of everything and more stands in some ratio to what was held."""
    answer = reconcile_filings([opening(1_000), filing(sold(shares, 0), on="2024-03-01")])

    assert the(answer, "NEGATIVE_BALANCE").message == (
        f"reported 0, expected {1_000 - shares}, +{shares - 1_000}"
    )
    assert kinds(answer) == ["NEGATIVE_BALANCE"]


def test_a_sale_where_nothing_was_held_is_not_left_out_of_its_total():
    filings = [opening(1_000), filing(sold(1_000, 0), on="2024-03-01")]

    again = reconcile_filings([*filings, filing(sold(200, 0), on="2024-04-01")])

    assert kinds(again) == ["NEGATIVE_BALANCE"]
