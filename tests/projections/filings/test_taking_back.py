"""What an amendment takes back, what it changes besides numbers, and from which day."""

import pytest

from projections import diff, holdings
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    Note,
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
)

AMENDS = {"on": "2024-03-01", "filed": "2024-03-20", "form": "4/A", "original_on": "2024-03-03"}
THREE = filing(sold(100, 9_900), sold(250, 9_650), sold(400, 9_250), on="2024-03-01")


def direct(ledger, **asked):
    (now,) = holdings(ledger, **asked).holdings
    return now.shares


# --- a line of the original ------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "The sale of 250 shares in the second row was reported in error and is hereby deleted.",
        "This amendment removes a sale that did not take place (250 shares).",
        "Line 2 of the original report should not have been included.",
        "The original form inadvertently listed a transaction in 250 shares, which never occurred.",
        "The second transaction shown in the original report is withdrawn.",
        "Row 2, reported by mistake, is omitted from this amendment.",
    ],
)
def test_a_sale_that_a_note_takes_out_of_a_report_moves_nothing(words, told):
    amended = filing(sold(400, 9_500, notes=Note(words)), **AMENDS)

    ledger = told(opening(), THREE, amended)

    assert direct(ledger) == 9_500
    assert direct(ledger, known_at="2024-03-19") == 9_250


@pytest.mark.parametrize(
    "words",
    [
        "Corrects the price of the sale, which was reported in error.",
        "The number of shares was inadvertently reported as 450 rather than 400.",
        "The broker inadvertently sold these shares.",
        "The note on the number of shares sold is removed from this report.",
    ],
)
def test_a_note_that_mends_a_field_takes_no_line_back(words, told):
    amended = filing(sold(400, 9_250, price="12.60", notes=Note(words)), **AMENDS)

    ledger = told(opening(), THREE, amended)

    assert direct(ledger) == 9_250
    assert kinds(reconcile_filings([opening(), THREE, amended])) == []


def test_remarks_take_out_the_holding_of_a_vehicle_and_leave_the_other():
    original = filing(
        bought(500, 10_500), held(700, how="By Spouse"), held(90, how="By Son"), on="2024-03-01"
    )
    amended = filing(
        bought(500, 10_500),
        remarks="The line for the shares held by his son is deleted; the son is of age.",
        **AMENDS,
    )

    answer = reconcile_filings([opening(), original, amended])

    assert the(answer, "AMENDMENT_CHANGES_HISTORY").message.endswith(
        f"takes back I.3 of {original.id}"
    )


def test_a_grant_listed_twice_in_one_form_counts_once_when_the_amendment_says_so(told):
    original = filing(granted(500, 10_500), granted(500, 11_000), on="2024-03-01")
    note = Note("Amended because the original report listed one grant twice.")
    amended = filing(granted(500, 10_500, notes=note), **AMENDS)
    after = filing(sold(100, 10_400), on="2024-05-01")

    assert direct(told(opening(), original, amended)) == 10_500
    assert kinds(reconcile_filings([opening(), original, amended, after])) == []


def test_two_equal_grants_of_which_one_is_amended_stay_two(told):
    original = filing(granted(500, 10_500), granted(500, 11_000), on="2024-03-01")
    note = Note("Amended to add a note on the vesting of this grant.")
    amended = filing(granted(500, 10_500, notes=note), **AMENDS)

    assert direct(told(opening(), original, amended)) == 11_000


# --- a whole report --------------------------------------------------------------------


def test_a_report_withdrawn_by_the_remarks_alone_never_moved_anything(told):
    withdrawn = filing(
        remarks="This amendment withdraws the Form 4 filed on March 3, 2024, which was filed in error.",
        **AMENDS,
    )
    after = filing(bought(50, 10_050), on="2024-06-03")

    assert direct(told(opening(), THREE, withdrawn)) == 10_000
    answer = reconcile_filings([opening(), THREE, withdrawn, after])
    assert kinds(answer) == []
    assert the(answer, "AMENDMENT_CHANGES_HISTORY").message.startswith("withdrawal")


@pytest.mark.parametrize(
    "words",
    [
        "The transactions reported in the original Form 4 were not executed.",
        "The original report was inadvertently filed; these transactions never took place.",
    ],
)
def test_transactions_that_never_were_fall_together(words, told):
    withdrawn = filing(held(10_000, notes=Note(words)), **AMENDS)

    assert direct(told(opening(), THREE, withdrawn)) == 10_000


def test_a_report_withdrawn_beside_a_holding_line_leaves_that_one_holding(told):
    note = Note("The original report was filed in error. None of its transactions took place.")
    withdrawn = filing(held(10_000, notes=note), **AMENDS)

    ledger = told(opening(), THREE, withdrawn)

    assert shown(holdings(ledger).holdings) == {"Common Stock, direct": "10000"}
    assert direct(ledger, known_at="2024-03-19") == 9_250


def test_an_amendment_that_restates_a_report_in_its_entirety_drops_what_it_leaves_out(told):
    note = Note("This form amends and restates the original report in its entirety.")
    amended = filing(sold(100, 9_900, notes=note), **AMENDS)

    assert direct(told(opening(), THREE, amended)) == 9_900


# --- from which day --------------------------------------------------------------------


def test_holdings_that_an_amendment_repeats_keep_the_day_of_the_original(told):
    spouse = held(700, how="By Spouse")
    original = filing(sold(100, 9_900), spouse, on="2024-03-01")
    ledger = told(opening(), original, filing(sold(150, 9_850), spouse, **AMENDS))

    assert shown(holdings(ledger, as_of="2024-03-10").holdings) == {
        "Common Stock, direct": "9850",
        "Common Stock, By Spouse": "700",
    }


def test_a_vehicle_that_an_amendment_adds_was_held_since_the_original(told):
    original = filing(sold(100, 9_900), on="2024-03-01")
    ledger = told(
        opening(), original, filing(sold(100, 9_900), held(700, how="By Trust"), **AMENDS)
    )

    assert "Common Stock, By Trust" in shown(holdings(ledger, as_of="2024-03-10").holdings)
    assert shown(holdings(ledger, as_of="2024-03-10", known_at="2024-03-10").holdings) == {
        "Common Stock, direct": "9900"
    }


# --- what changes besides numbers ------------------------------------------------------

GRANT = filing(option("A", 800, 800, strike=20), on="2024-03-01")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (option("A", 800, 800, strike="21.25"), "II.1 exercise price 20 to 21.25"),
        (
            option("A", 800, 800, strike=20, title="Stock Appreciation Right"),
            "II.1 title Employee Stock Option (right to buy) to Stock Appreciation Right",
        ),
        (
            option("A", 800, 800, strike=20, how="By Spouse"),
            "II.1 form of ownership direct to indirect, nature of ownership nothing to By Spouse",
        ),
    ],
    ids=["exercise price", "title", "form of ownership"],
)
def test_an_amendment_of_words_or_terms_says_what_changed(line, told):
    answer = reconcile_filings([GRANT, filing(line, **AMENDS)])

    assert the(answer, "AMENDMENT_CHANGES_HISTORY").message.endswith(told)


def test_an_amendment_that_changes_nothing_says_nothing():
    answer = reconcile_filings([GRANT, filing(option("A", 800, 800, strike=20), **AMENDS)])

    assert [f.kind for f in answer.findings] == []


def test_the_difference_follows_what_is_taken_back(told):
    amended = filing(
        sold(100, 9_900),
        remarks="The other sales were reported by mistake and are removed.",
        **AMENDS,
    )
    ledger = told(opening(), THREE, amended)

    changes = diff(ledger, known_from="2024-03-10", known_to="2024-03-30").changes

    assert [(c.before, c.after) for c in changes if c.what == "holding"] == [("9250", "9900")]


# --- a later form that amends nothing ------------------------------------------------------


def later(words, owns, **said):
    """A later form whose note speaks of an earlier one."""
    return filing(bought(50, owns, notes=Note(words)), on="2024-06-03", **said)


@pytest.mark.parametrize(
    ("words", "owns", "held_between"),
    [
        ("The sale of 250 shares reported on March 3, 2024 was reported in error.", 9_550, 9_500),
        ("The Form 4 filed on March 3, 2024 was filed in error and is withdrawn.", 10_050, 10_000),
        ("The previous report was filed in error and should be disregarded.", 10_050, 10_000),
    ],
    ids=["a line", "a report of a day", "the last report"],
)
def test_a_later_form_may_take_back_too(words, owns, held_between, told):
    filings = (opening(), THREE, later(words, owns))

    answer = reconcile_filings(filings)

    assert kinds(answer) == []
    assert "takes back" in the(answer, "AMENDMENT_CHANGES_HISTORY").message
    assert direct(told(*filings), as_of="2024-04-01") == held_between
    assert direct(told(*filings), as_of="2024-04-01", known_at="2024-06-01") == 9_250


@pytest.mark.parametrize(
    "words",
    [
        "The sale of 250 shares was reported on the Form 4 filed on March 3, 2024.",
        "A purchase of 50 shares was not included in error in the Form 4 filed on March 3, 2024.",
        "The report filed on March 3, 2024 inadvertently gave another price.",
    ],
)
def test_a_later_form_that_only_speaks_of_an_earlier_one_takes_nothing_back(words):
    assert kinds(reconcile_filings([opening(), THREE, later(words, 9_300)])) == []
