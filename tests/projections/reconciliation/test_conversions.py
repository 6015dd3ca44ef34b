"""Notes that are converted under another price than the one they were reported under."""

import pytest

from projections import holdings
from projections.questions.reconcile import reconcile_filings
from tests.alarms import is_alarm
from tests.projections.building import filing, moved, option


def note(code, shares, owns, price, **said):
    terms = {"title": "Convertible Promissory Note", "strike": price, "expires": "2027-01-04"}
    return option(code, shares, owns, **terms | said)


def bought(*prices):
    rows = (note("P", 500_000, 500_000, price, marked="acquired") for price in prices)
    return filing(*rows, on="2024-01-02")


def converted(shares, price, **said):
    stock = moved("C", "acquired", shares, shares)
    return filing(stock, note("C", shares, 0, price, **said), on="2024-06-03")


def notes(ledger):
    """What is held of each note by its price: a number, or two bounds."""
    return {
        int(h.exercise_price): h.shares if h.shares is not None else (h.shares_low, h.shares_high)
        for h in holdings(ledger).holdings
        if h.table == "II"
    }


@pytest.mark.parametrize("expires", ["2027-01-04", "2028-06-30", None])
def test_a_conversion_of_all_that_is_held_of_the_title_ends_it_whatever_its_price(told, expires):
    ledger = told(bought(10), converted(500_000, 8, expires=expires))

    assert notes(ledger) == {8: 0}


def test_a_conversion_of_another_number_leaves_open_what_is_left_of_the_note(told):
    forms = [bought(10), converted(420_000, 8)]

    found = [f for f in reconcile_filings(forms).findings if f.kind == "CLASS_AMBIGUOUS"]

    assert notes(told(*forms)) == {10: (0, 500_000), 8: 0}
    assert "whether they were of these nobody says" in found[0].message


def test_of_two_notes_the_one_with_the_price_that_is_told_is_converted(told):
    forms = [bought(10, 12), converted(500_000, 12)]

    assert notes(told(*forms)) == {10: 500_000, 12: 0}
    assert [f for f in reconcile_filings(forms).findings if is_alarm(f)] == []


def test_options_of_another_strike_are_another_series_however_many_there_are(told):
    ledger = told(
        filing(option("A", 5_000, 5_000, strike=9), on="2024-01-02"),
        filing(option("M", 5_000, 0, strike=11, expires="2031-06-03"), on="2024-06-03"),
    )

    assert {int(h.exercise_price): h.shares for h in holdings(ledger).holdings} == {9: 5_000, 11: 0}
