"""What is told of the days before a first report where its number cannot be believed, or is none."""

import pytest

from projections import history, holdings
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    JOHN,
    filing,
    granted,
    kinds,
    opening,
    option,
)

EXERCISED = option("M", 900, 2_100, marked="acquired")


def on(ledger, day):
    """What is held on a day, as numbers and whether they are in doubt."""
    return [(h.shares, h.basis, h.doubted) for h in holdings(ledger, as_of=day).holdings]


# --- openings that are withheld -----------------------------------------------------------


def test_before_an_exercise_with_the_wrong_letter_options_are_unknown_not_silent(told):
    ledger = told(filing(EXERCISED, on="2024-06-03"))

    assert on(ledger, "2024-06-02") == [(None, "inferred", False)]
    assert history(ledger).positions[0].opening is None
    assert on(ledger, "2023-03-01") == []


def test_before_an_exercise_with_the_right_letter_options_are_known(told):
    ledger = told(filing(option("M", 900, 2_100), on="2024-06-03"))

    assert on(ledger, "2024-06-02") == [(3_000, "inferred", False)]


def test_before_shares_that_units_turned_into_and_that_are_all_there_is_nothing(told):
    shares = option("M", 640, 640, marked="acquired", title="Class B Common Stock", strike=None)
    ledger = told(filing(shares, on="2024-06-03"))

    assert on(ledger, "2024-06-02") == []


def test_a_slip_in_a_grants_total_opens_nothing_and_is_in_doubt(told):
    slip = filing(option("A", 486_213, 486_231), on="2024-06-03")
    ledger = told(slip)

    assert kinds(reconcile_filings([slip])) == ["TRANSPOSED_DIGITS"]
    assert on(ledger, "2024-06-02") == [(None, "inferred", False)]
    assert on(ledger, "2024-06-03") == [(486_231, "reported", True)]


def test_a_grant_beside_options_of_the_series_opens_what_was_there(told):
    ledger = told(filing(option("A", 486_213, 491_913), on="2024-06-03"))

    assert on(ledger, "2024-06-02") == [(5_700, "inferred", False)]
    assert on(ledger, "2024-06-03") == [(491_913, "reported", False)]


# --- nothing owned --------------------------------------------------------------------------


NOTHING = filing(on="2024-01-02", form="3", no_securities_owned=True)


def none(ledger, **asked):
    """Who is said to own nothing, since when and by which filing."""
    told = holdings(ledger, **asked).nothing_owned
    return [(one.person["name"], str(one.reported_on), one.source) for one in told]


@pytest.mark.parametrize(
    "said",
    [
        {"no_securities_owned": True},
        {"remarks": "No securities of the Issuer are beneficially owned."},
        {"remarks": "The reporting person does not own any securities of the issuer."},
    ],
)
def test_who_reports_to_own_nothing_is_told_so_with_the_form(told, said):
    statement = filing(on="2024-01-02", form="3", **said)
    ledger = told(statement)

    assert none(ledger, as_of="2024-03-01") == [("DOE JANE", "2024-01-02", statement.accession)]
    assert none(ledger) == none(ledger, as_of="2024-03-01")
    assert none(ledger, as_of="2024-01-01") == []


def test_an_initial_statement_without_rows_and_words_says_nothing(told):
    ledger = told(filing(on="2024-01-02", form="3", remarks="Exhibit 24: power of attorney."))

    assert none(ledger) == []


def test_nothing_is_owned_until_something_is_reported(told):
    ledger = told(NOTHING, filing(granted(300, 300), on="2024-06-03"))

    assert [name for name, _, _ in none(ledger, as_of="2024-06-02")] == ["DOE JANE"]
    assert none(ledger, as_of="2024-06-03") == none(ledger) == []


def test_what_others_own_is_no_news_of_who_owns_nothing(told):
    ledger = told(NOTHING, opening(50, by=JOHN, on="2024-01-02"))

    assert [name for name, _, _ in none(ledger)] == ["DOE JANE"]
    assert none(ledger, person="Roe John") == []
