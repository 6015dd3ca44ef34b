"""What is held on a day on which nothing was reported: how much, since when, and how surely."""

from datetime import date, timedelta

from projections import holdings
from tests.projections.building import (
    bought,
    filing,
    held,
    note,
    opening,
    plan_purchase,
    sold,
)


def on(ledger, day, what="Common Stock"):
    """What is held of something on a day, as bounds and their basis; None where nothing is known."""
    found = [h for h in holdings(ledger, as_of=str(day)).holdings if what in (h.nature, h.security)]
    return next(((h.shares_low, h.shares_high, h.basis) for h in found), None)


def test_before_a_total_that_does_not_follow_what_was_reported_is_only_derived(told):
    ledger = told(
        opening(10_000),
        filing(sold(1_000, 9_000), on="2024-03-01"),
        filing(sold(317, 4_106), on="2024-09-03"),
    )

    assert on(ledger, "2024-03-01") == (9_000, 9_000, "reported")
    assert on(ledger, "2024-06-03") == (4_423, 9_000, "derived")


def came(shares, day):
    """A purchase under a plan on a day, which the total of its line includes."""
    on_that_day = {"effective_from": day, "effective_to": day, "precision": "day"}
    words = f"Includes {shares} shares bought under the ESPP on {day}."
    return note(words, "espp-purchase", shares, **on_that_day)


def test_before_each_purchase_of_some_month_that_a_first_total_includes_it_is_less(told):
    plans = (plan_purchase(25, "2024-01"), plan_purchase(40, "2024-03"))
    ledger = told(filing(bought(100, 1_100, notes=plans), on="2024-06-03"))

    assert on(ledger, "2024-05-01") == (1_000, 1_000, "inferred")
    assert on(ledger, "2024-03-15") == (960, 1_000, "inferred")
    assert on(ledger, "2024-02-15") == (960, 960, "inferred")
    assert on(ledger, "2024-01-15") == (935, 960, "inferred")
    assert on(ledger, "2023-12-15") is None


def test_before_a_purchase_of_a_day_that_a_first_total_includes_it_is_less_for_a_year_back(told):
    notes = came(160, "2024-02-29"), came(90, "2023-11-30")
    ledger = told(filing(held(760, notes=notes), sold(5, 95, how="By Trust"), on="2024-06-03"))

    assert on(ledger, "2024-02-29") == (760, 760, "inferred")
    assert on(ledger, "2024-02-28") == (600, 600, "inferred")
    assert on(ledger, "2023-11-29") == (510, 510, "inferred")
    assert on(ledger, "2023-05-15") is None


def test_before_purchases_that_are_all_of_a_first_total_there_was_no_holding(told):
    ledger = told(filing(bought(10, 75, notes=came(65, "2024-03-08")), on="2024-06-03"))

    assert on(ledger, "2024-03-08") == (65, 65, "inferred")
    assert on(ledger, "2024-03-07") is None


def test_before_purchases_of_more_than_a_first_total_holds_it_is_unknown(told):
    notes = came(40, "2024-03-08"), came(50, "2024-01-08")
    ledger = told(filing(bought(10, 75, notes=notes), on="2024-06-03"))

    assert on(ledger, "2024-02-15") == (25, 25, "inferred")
    assert on(ledger, "2024-01-07") == (None, None, "inferred")


def test_a_holding_line_goes_back_for_a_leap_year_and_no_day_longer(told):
    lines = sold(10, 90), held(700, how="By Trust")
    ledger = told(filing(*lines, on="2025-05-14", filed="2025-05-16"))
    first = date(2025, 5, 16) - timedelta(days=366)

    assert on(ledger, first, "By Trust") == (700, 700, "inferred")
    assert on(ledger, first - timedelta(days=1), "By Trust") is None


def test_a_purchase_of_some_day_in_a_month_is_sure_once_the_month_is_over(told):
    ledger = told(
        opening(1_000),
        filing(sold(100, 925, notes=plan_purchase(25, "2024-05")), on="2024-09-03"),
    )

    assert on(ledger, "2024-04-30") == (1_000, 1_000, "reported")
    assert on(ledger, "2024-05-01") == (1_000, 1_025, "derived")
    assert on(ledger, "2024-05-31") == (1_000, 1_025, "derived")
    assert on(ledger, "2024-06-01") == (1_025, 1_025, "derived")


def test_a_purchase_whose_day_is_told_counts_from_that_day(told):
    day = {"effective_from": "2024-05-31", "effective_to": "2024-05-31", "precision": "day"}
    bought_then = note("Includes 25 shares bought under the ESPP.", "espp-purchase", 25, **day)
    ledger = told(opening(1_000), filing(sold(100, 925, notes=bought_then), on="2024-09-03"))

    assert on(ledger, "2024-05-30") == (1_000, 1_000, "reported")
    assert on(ledger, "2024-05-31") == (1_025, 1_025, "derived")
