"""Series whose terms a company changed: one holding still, under another strike."""

import pytest

from projections import holdings
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import Note, bought, filing, kinds, option, split, the, vested

FIRST, SECOND, THIRD = "2023-02-01", "2024-02-01", "2025-02-03"

HELD = {"strike": "12.00", "expires": "2033-05-02"}
REVERSED = split("1:4", "2023-06-12")
SPUN_OFF = Note("Number and exercise price were adjusted for the spin-off of June 12, 2023.")
REPRICED = Note("On June 12, 2023 the exercise price was reduced from $12.00 to $7.40.")
REDRAWN = Note(
    "Formerly an option for 1,000 shares at $12.00 a share, now for 1,130 shares at $11.10."
)


def series(ledger, on=None):
    """Every option held, with its strike."""
    return [
        (f"{h.exercise_price:.2f}", str(h.shares))
        for h in holdings(ledger, as_of=on).holdings
        if h.table == "II" and h.shares
    ]


@pytest.mark.parametrize(
    ("held_before", "number", "strike", "told_by"),
    [
        (1_001, 250, "48.00", REVERSED),  # a fraction is dropped
        (1_001, 251, "48.00", REVERSED),  # or rounded up
        (1_001, 1_501, "8.00", ()),  # three for two, and no note
        (1_000, 1_133, "10.59", SPUN_OFF),
        (1_000, 1_133, "10.59", ()),  # all of it costs what it did
        (1_000, 1_000, "7.40", REPRICED),
        (1_000, 1_130, "11.10", REDRAWN),
    ],
)
def test_a_series_under_new_terms_is_the_same_series(told, held_before, number, strike, told_by):
    ledger = told(
        filing(option("A", held_before, held_before, **HELD), on=FIRST),
        filing(
            bought(10, 100),
            option(None, number, number, **HELD | {"strike": strike}, notes=told_by),
            on=SECOND,
        ),
    )

    assert series(ledger) == [(strike, str(number))]
    assert series(ledger, on="2023-03-01") == [("12.00", str(held_before))]


def test_new_terms_hold_from_the_day_that_a_note_gives(told):
    ledger = told(
        filing(option("A", 1_000, 1_000, **HELD), on=FIRST),
        filing(option(None, 1_000, 1_000, **HELD | {"strike": "7.40"}, notes=REPRICED), on=SECOND),
    )

    assert series(ledger, on="2023-06-11") == [("12.00", "1000")]
    assert series(ledger, on="2023-06-12") == [("7.40", "1000")]


def test_a_series_may_be_exercised_in_the_form_that_first_shows_its_new_terms(told):
    exercise = [
        vested(250, 900),
        option("M", 250, 0, **HELD | {"strike": "48.00"}, notes=REVERSED),
    ]
    filings = [
        filing(option("A", 1_002, 1_002, **HELD), on=FIRST),
        filing(*exercise, on=SECOND),
    ]

    assert kinds(reconcile_filings(filings)) == []
    assert series(told(*filings)) == []


QUIET = option(None, 1_000, 1_000, **HELD | {"strike": "7.40"})
ONE_SOLD = (bought(250, 900), option("M", 250, 750, **HELD | {"strike": "7.40"}))


@pytest.mark.parametrize(("lines", "left"), [((QUIET,), 1_000), (ONE_SOLD, 750)])
def test_a_lower_strike_of_the_same_number_is_a_repricing_that_no_note_tells(told, lines, left):
    filings = (filing(option("A", 1_000, 1_000, **HELD), on=FIRST), filing(*lines, on=SECOND))

    answer = reconcile_filings(filings)

    assert series(told(*filings)) == [("7.40", str(left))]
    assert series(told(*filings), on="2023-03-01") == [("12.00", "1000")]
    assert "where it was 12" in the(answer, "CLASS_AMBIGUOUS").message
    (held,) = [h for h in holdings(told(*filings)).holdings if h.table == "II"]
    assert the(answer, "CLASS_AMBIGUOUS").id in held.findings


def test_an_old_strike_that_a_later_form_has_again_was_never_changed(told):
    filings = (
        filing(option("A", 1_000, 1_000, **HELD), on=FIRST),
        filing(QUIET, on=SECOND),
        filing(option(None, 1_000, 1_000, **HELD), on=THIRD),
    )

    assert series(told(*filings)) == [("12.00", "1000"), ("7.40", "1000")]
    assert kinds(reconcile_filings(filings)) == []


def test_a_grant_of_the_same_number_under_a_lower_strike_is_another_series(told):
    ledger = told(
        filing(option("A", 1_000, 1_000, **HELD), on=FIRST),
        filing(option("A", 1_000, 1_000, **HELD | {"strike": "7.40"}), on=SECOND),
    )

    assert len(series(ledger)) == 2


@pytest.mark.parametrize(
    ("number", "strike"),
    [(400, "15.00"), (1_000, "17.40"), (900, "7.40"), (2_000, "12.50")],
)
def test_another_strike_of_one_expiry_is_another_series_where_nothing_says_so(told, number, strike):
    ledger = told(
        filing(option("A", 1_000, 1_000, **HELD), on=FIRST),
        filing(option(None, number, number, **HELD | {"strike": strike}), on=SECOND),
    )

    assert len(series(ledger)) == 2


def test_two_series_of_one_form_stay_two_however_their_terms_are_related(told):
    both = [
        option("A", 1_000, 1_000, **HELD),
        option("A", 2_000, 2_000, **HELD | {"strike": "6.00"}),
    ]

    assert len(series(told(filing(*both, on=FIRST)))) == 2
