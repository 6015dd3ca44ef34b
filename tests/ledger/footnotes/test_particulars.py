"""What a note gives of its own row: prices, the size of a grant, an expiry; and what it says it is."""

from datetime import date
from decimal import Decimal

import pytest

from ledger.footnotes.duties import corrects_a_form_3, names_an_exemption, was_before_the_duty
from ledger.footnotes.particulars import expiries, grants, price_ranges
from ledger.footnotes.results import results
from ledger.footnotes.ties import of_a_former_spouse
from ledger.footnotes.totals import were_of_all_series


@pytest.mark.parametrize(
    ("words", "ranges"),
    [
        (
            "Sold in several trades at prices from $20.10 to $20.95, inclusive.",
            [("20.10", "20.95")],
        ),
        (
            "Executed at prices of $1,004.00 (low) and $1,009.50 (high).",
            [("1004", "1009.5")],
        ),
        ("Purchased at prices between 7.5 and 8 per share.", [("7.5", "8")]),
        ("The price fell from $12 to $9.", []),
        ("Vests in installments from 2020 to 2024.", []),
        ("The dividend rose from $0.10 to $0.12.", []),
    ],
)
def test_the_range_of_prices_that_a_note_gives(words, ranges):
    assert price_ranges(words) == tuple((Decimal(low), Decimal(high)) for low, high in ranges)


def test_the_size_of_a_grant_limits_what_a_row_may_have_of_it():
    assert grants("Granted 4,000 restricted stock units on March 1, 2021.") == (Decimal(4000),)
    assert grants("Award of a target of 4,000 units; up to twice as many may be earned.") is None
    assert grants("Shares held by the family trust.") == ()


def test_the_day_on_which_a_note_says_that_something_expires():
    assert list(expiries("The option expires on June 30, 2031.")) == [date(2031, 6, 30)]
    assert list(expiries("The option vests on June 30, 2027.")) == []


def test_what_notes_say_of_the_duty_to_report():
    assert names_an_exemption("Exempt under Rule 16a-13.", "disposed")
    assert was_before_the_duty("Acquired prior to the issuer's registration of its stock.")
    assert corrects_a_form_3("Left out of the original Form 3 by mistake.")
    assert names_an_exemption("Exempt under Rule 16a-11.", "acquired")
    assert not names_an_exemption("Exempt under Rule 16a-11.", "disposed")
    assert not names_an_exemption("Sold under a plan of Rule 10b5-1.", "disposed")
    assert not was_before_the_duty("Acquired after the registration of the stock.")
    assert not corrects_a_form_3("The Form 3 of the reporting person's wife.")


@pytest.mark.parametrize(
    ("words", "lost", "earned"),
    [
        ("None of these units were earned.", True, True),
        ("The units did not vest, as the goal was missed.", True, False),
        ("Earned for the period that ended in 2021.", False, True),
        ("The units vest in March.", False, False),
    ],
)
def test_what_notes_say_came_of_an_award(words, lost, earned):
    assert results(words) == (lost, earned)


def test_a_former_spouse_is_told_by_words_of_their_own():
    assert of_a_former_spouse("Held by the reporting person's former wife.")
    assert of_a_former_spouse("Held by the estate of her late husband.")
    assert not of_a_former_spouse("Held by his wife.")
    assert not of_a_former_spouse("The former chairman's shares, held by his wife.")


def test_earlier_totals_of_all_series_are_told_with_what_is_so_from_now_on():
    assert were_of_all_series(
        "Earlier reports gave the total number of all options; from now on each series stands alone."
    )
    assert not were_of_all_series("Earlier reports gave the total number of all options.")
