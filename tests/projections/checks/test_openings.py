"""Where a balance begins: an initial statement, a first total, or nothing known."""

import pytest

from projections import holdings
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    Note,
    bought,
    filing,
    granted,
    held,
    kinds,
    moved,
    opening,
    option,
    plan_purchase,
    shown,
    sold,
    the,
    vested,
)


def test_an_initial_statement_opens_every_position_it_lists(told):
    ledger = told(opening(10_000, held(500, how="By Spouse"), option(None, None, 2_000)))

    assert shown(holdings(ledger).holdings) == {
        "Common Stock, direct": "10000",
        "Common Stock, By Spouse": "500",
        "Employee Stock Option (right to buy), direct": "2000",
    }


def test_a_first_total_infers_what_was_held_before_it(told):
    ledger = told(filing(sold(1_000, 9_000), on="2024-03-01"))

    found = holdings(ledger, as_of="2024-02-01").holdings

    assert shown(found) == {"Common Stock, direct": "10000"}
    assert (found[0].basis, found[0].coverage) == ("inferred", "before first report")


def test_an_inferred_opening_is_said_to_be_one():
    answer = reconcile_filings([filing(sold(1_000, 9_000), on="2024-03-01")])

    assert the(answer, "OPENING_INFERRED").reported == 9_000
    assert (answer.totals.opening, answer.totals.checked) == (1, 0)


def test_nothing_is_inferred_across_a_letter_that_contradicts_its_code(told):
    """The option was exercised, so more of it was held before, not less."""
    wrong = filing(option("M", 200, 2_219, marked="acquired"), vested(200, 300), on="2024-03-01")

    answer = reconcile_filings([wrong])

    inferred = [f.row for f in answer.findings if f.kind == "OPENING_INFERRED"]
    assert inferred == ["I.1"]
    assert kinds(answer) == ["AD_CODE_CONTRADICTION"]
    assert shown(holdings(told(wrong), as_of="2024-02-28").holdings) == {
        "Common Stock, direct": "100",
        "Employee Stock Option (right to buy), direct": "None..None",
    }


def test_a_grant_begins_its_series_and_what_the_total_has_besides_are_others():
    ten_years = {"expires": "2034-03-01"}
    grant = filing(option("A", 3_750, 13_550, **ten_years), on="2024-03-01")
    later = filing(option("A", 3_750, 13_550, expires="2031-09-15"), on="2024-03-01")

    assert [f.kind for f in reconcile_filings([grant]).findings] == ["DERIV_POST_SCOPE"]
    assert [f.kind for f in reconcile_filings([later]).findings] == ["OPENING_INFERRED"]


def test_options_that_were_written_are_more_obligations_not_fewer_rights():
    puts = option("S", 220, 220, title="Put Option (obligation to buy)")

    assert reconcile_filings([filing(puts, on="2024-03-01")]).findings == ()


def test_a_first_total_below_what_was_just_acquired_cannot_be_right():
    def first(acquired, owns):
        return kinds(reconcile_filings([filing(bought(acquired, owns), on="2024-03-01")]))

    assert first(10_000, 1_250) == ["BALANCE_BREAK"]
    assert first(10_250, 1_250) == ["MAGNITUDE_ERROR"]
    assert first(2_150, 1_250) == ["TRANSPOSED_DIGITS"]
    assert first(12, 11) == []


def test_the_shares_under_a_first_total_show_which_of_two_numbers_is_wrong():
    def break_of(acquired, owns, **said):
        answer = reconcile_filings([filing(option("A", acquired, owns, **said), on="2024-03-01")])
        return the(answer, "BALANCE_BREAK")

    total = break_of(30_000, 1_675)
    digit = break_of(84_250, 82_250)
    amount = break_of(30_000, 1_675, underlying_shares=1_675)

    assert [f.severity for f in (total, digit, amount)] == ["major", "minor", "minor"]
    assert total.message.endswith("the total is what is wrong")
    assert amount.message.endswith("the amount is what is wrong")


def test_a_grant_whose_total_is_nothing_is_left_out_of_it():
    answer = reconcile_filings([filing(option("A", 4_882, 0), on="2024-03-01")])

    assert the(answer, "MISSED_OWN_ROW").expected == 4_882


def test_equal_purchases_whose_total_has_one_of_them_are_one_too_many():
    lot = bought(543, 543, title="Warrant")

    answer = reconcile_filings([filing(lot, lot, on="2024-03-01")])

    assert kinds(answer) == ["DUPLICATE_ROW"]


def test_rows_that_say_the_same_of_children_of_whom_there_may_be_two():
    """Both gifts cannot be of one holding of 377; of one of 1,073 they may be."""
    child = {"how": "By child's partnership"}

    def gifts(amount, owns):
        row = moved("G", "acquired", amount, owns, price=0, **child)
        return reconcile_filings([filing(row, row, on="2024-03-01")])

    assert the(gifts(377, 377), "VEHICLE_AMBIGUOUS").row == "I.2"
    assert the(gifts(396, 1_073), "OPENING_INFERRED").message == (
        "281 held before this line, inferred from its total, if I.1 and I.2 are of one holding"
    )


def test_a_first_award_opens_at_nothing_and_infers_nothing():
    answer = reconcile_filings([filing(granted(1_000, 1_000), on="2024-03-01")])

    assert answer.findings == ()


def test_a_first_total_that_leaves_the_initial_statement_behind_is_a_mismatch():
    late = filing(bought(311, 3_457), on="2024-03-01")

    answer = reconcile_filings([opening(1_000), late])

    assert the(answer, "OPENING_MISMATCH").difference == 2_146


def test_nothing_owned_at_first_is_an_opening_of_zero():
    none = filing(on="2024-01-02", form="3", no_securities_owned=True)

    fair = reconcile_filings([none, filing(granted(100, 100), on="2024-03-01")])
    odd = reconcile_filings([none, filing(bought(311, 3_457), on="2024-03-01")])

    assert kinds(fair) == []
    assert kinds(odd) == ["OPENING_MISMATCH"]


NOTHING = filing(on="2024-01-02", form="3", no_securities_owned=True)


def test_what_a_note_says_came_since_nothing_was_owned_was_not_owned_then():
    came = plan_purchase(146, "2024-02")

    told = reconcile_filings([NOTHING, filing(bought(311, 457, notes=came), on="2024-03-01")])

    assert kinds(told) == []


def test_nothing_owned_long_before_a_first_total_leaves_room_for_a_report_between():
    late = filing(bought(311, 3_457), on="2025-06-02")

    found = the(reconcile_filings([NOTHING, late]), "GAP_SUSPECTED")

    assert "days before" in found.message
    assert found.difference == 3_146


def test_shares_that_came_since_nothing_was_owned_may_have_gone_into_a_trust():
    got = filing(granted(5_000, 5_000), on="2024-02-01")
    trust = filing(sold(300, 1_700, how="By Trust"), on="2024-04-01")
    more = filing(sold(300, 9_700, how="By Trust"), on="2024-04-01")

    fair = the(reconcile_filings([NOTHING, got, trust]), "OPENING_MISMATCH")
    odd = the(reconcile_filings([NOTHING, got, more]), "OPENING_MISMATCH")

    assert (fair.severity, odd.severity) == ("minor", "major")
    assert "may have changed its form" in fair.message


def test_a_class_that_a_filing_leaves_out_is_not_zero(told):
    ledger = told(
        opening(10_000, held(500, title="Series A Preferred Stock")),
        filing(bought(100, 10_100), on="2024-03-01"),
    )

    assert shown(holdings(ledger).holdings) == {
        "Common Stock, direct": "10100",
        "Series A Preferred Stock, direct": "500",
    }


def test_an_unknown_total_is_not_zero(told):
    ledger = told(filing(bought(100), on="2024-03-01"))

    assert shown(holdings(ledger).holdings) == {"Common Stock, direct": "None..None"}


def test_a_holding_of_the_initial_statement_reported_late_is_named():
    late = filing(held(700, how="By Trust", form_type="3"), on="2024-12-31", form="5")

    assert kinds(reconcile_filings([opening(), late])) == ["LATE_FORM3_HOLDING"]


def test_a_second_initial_statement_after_an_exit_shows_the_time_between_as_such():
    left = filing(sold(1_000, 9_000), on="2024-03-01", not_subject_to_section16=True)
    back = opening(4_000, on="2025-06-02")

    answer = reconcile_filings([opening(10_000), left, back])

    assert answer.totals.checked == answer.totals.agreed + answer.totals.unexplained
    assert not any(f.kind == "COVERAGE_ENDED_ACTIVITY" for f in answer.findings)


def test_a_first_row_whose_letter_contradicts_its_code_infers_no_opening(told):
    odd = filing(granted(300, 1_700, marked="disposed"), on="2024-03-01")

    assert "OPENING_INFERRED" not in [f.kind for f in reconcile_filings([odd]).findings]
    assert shown(holdings(told(odd), as_of="2024-02-01").holdings) == {
        "Common Stock, direct": "None..None"
    }


def test_stock_given_up_by_a_conversion_within_its_table_shows_what_was_held_before():
    from_b = moved("C", "disposed", 90, 410, title="Class B Common Stock")
    to_a = moved("C", "acquired", 90, 90, title="Class A Common Stock")

    answer = reconcile_filings([filing(from_b, to_a, on="2024-03-01")])

    assert the(answer, "OPENING_INFERRED").message.startswith("500 held before")


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Owned by her spouse, whom the reporting person married on February 9, 2024.", "info"),
        ("The reporting person was appointed executor of the estate.", "info"),
        ("Held by a trust of which she became a trustee on March 1, 2024.", "info"),
        ("She became a trustee of this trust on May 9, 2016.", "major"),
        ("Held by a trust of which her spouse is a trustee.", "major"),
        ("The reporting person will be appointed executor of the estate.", "major"),
        ("The reporting person resigned after he was named trustee.", "major"),
    ],
)
def test_a_tie_since_an_initial_statement_without_shares_brings_those_of_a_vehicle(text, severity):
    theirs = filing(sold(300, 1_700, how="By Other", notes=Note(text)), on="2024-03-01")

    found = the(reconcile_filings([NOTHING, theirs]), "OPENING_MISMATCH")

    assert found.severity == severity
