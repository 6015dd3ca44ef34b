"""Across a long silence, a difference accuses nobody: a report is missing."""

import pytest

from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    filing,
    granted,
    kinds,
    note,
    opening,
    plan_purchase,
    sold,
    the,
    vested,
    withheld,
)

FORM_3 = opening(10_000, on="2015-01-05")
BEFORE = filing(sold(500, 9_500), on="2015-02-02")


@pytest.mark.parametrize(
    "line",
    [
        granted(70_000, 70_000),  # as if the total showed its lot alone
        sold(12_000, 3_000),  # more than there was
        withheld(9_900, 6_100),
        sold(400, 9_500),  # as if the total left its own row out
        sold(400, 91_400),  # a digit too many
        sold(400, 1_900),  # two digits exchanged
        sold(100, 9_900),  # as if the row before were undone
    ],
)
def test_after_years_of_silence_a_total_that_does_not_follow_is_a_gap(line):
    late = filing(line, on="2019-08-01")
    soon = filing(line, on="2015-08-03")

    assert kinds(reconcile_filings([FORM_3, BEFORE, late])) == ["GAP_SUSPECTED"]
    assert "GAP_SUSPECTED" not in kinds(reconcile_filings([FORM_3, BEFORE, soon]))


def test_a_slip_that_the_next_total_undoes_is_one_after_any_silence():
    slip = filing(sold(400, 9_010), on="2019-08-01")
    after = filing(sold(100, 9_000), on="2019-09-02")

    assert kinds(reconcile_filings([FORM_3, BEFORE, slip, after])) != ["GAP_SUSPECTED"]


def test_a_long_silence_is_no_fault_where_the_total_follows():
    late = filing(sold(400, 9_100), on="2019-08-01")

    assert kinds(reconcile_filings([FORM_3, BEFORE, late])) == []


def test_a_note_that_stands_under_every_total_explains_nothing_across_a_silence():
    standing = note("The total includes reinvested dividends.", "dividend-reinvestment")
    usual = filing(sold(100, 9_400, notes=standing), on="2015-03-02")
    late = filing(sold(400, 9_700, notes=standing), on="2019-08-01")
    soon = filing(sold(400, 9_700, notes=standing), on="2015-08-03")

    assert kinds(reconcile_filings([FORM_3, BEFORE, usual, late])) == ["BALANCE_BREAK_AMBIGUOUS"]
    assert kinds(reconcile_filings([FORM_3, BEFORE, usual, soon])) == []


def test_what_a_plan_brought_once_it_need_not_have_brought_in_a_silence():
    usual = filing(sold(100, 9_650, notes=plan_purchase(250, "2015-02")), on="2015-03-02")
    late = filing(sold(400, 9_500), on="2019-08-01")
    soon = filing(sold(400, 9_500), on="2015-08-03")

    assert kinds(reconcile_filings([FORM_3, BEFORE, usual, late])) == ["BALANCE_BREAK_AMBIGUOUS"]
    assert kinds(reconcile_filings([FORM_3, BEFORE, usual, soon])) == []


def test_a_grant_whose_total_is_its_lot_is_one_where_the_filer_shows_lots():
    first = filing(granted(900, 900), on="2015-03-02")
    second = filing(granted(800, 800), on="2016-09-01")

    assert "GAP_SUSPECTED" not in kinds(reconcile_filings([FORM_3, first, second]))


# --- waits that are longer than usual -------------------------------------------------------


def _monthly_but(day, owns):
    """Sales in four months after another, and then a total on a day that does not go on."""
    months = ("2024-02-01", "2024-03-01", "2024-04-01", "2024-05-01")
    sales = [filing(sold(100, 9_900 - 100 * n), on=on) for n, on in enumerate(months)]
    return [
        opening(),
        *sales,
        filing(sold(200, owns), on=day),
        filing(sold(10, owns - 10), on="2024-12-02"),
    ]


def test_a_total_after_twice_the_usual_wait_suspects_a_report_and_not_a_slip():
    found = the(reconcile_filings(_monthly_but("2024-08-01", 8_763)), "GAP_SUSPECTED")

    assert found.message.endswith(
        ", 92 days after the last report that is here, where 30 are usual"
    )


def test_a_total_after_the_usual_wait_stays_a_shift():
    answer = reconcile_filings(_monthly_but("2024-06-03", 8_763))

    assert kinds(answer) == ["LEVEL_SHIFT_UNEXPLAINED"]


def test_what_an_exercise_lacks_of_its_shares_was_withheld_as_it_seems():
    vest = filing(vested(2_200, 11_510), on="2024-06-03")

    found = the(
        reconcile_filings([opening(), vest, filing(sold(10, 11_500), on="2024-07-01")]),
        "LEVEL_SHIFT_UNEXPLAINED",
    )

    assert found.message.endswith(
        ", as if 690 of the 2,200 that came were withheld: no row reports that"
    )


def test_more_than_an_exercise_brought_was_not_withheld_from_it():
    vest = filing(vested(2_200, 9_100), on="2024-06-03")

    answer = reconcile_filings([opening(), vest, filing(sold(10, 9_090), on="2024-07-01")])

    assert "OPENING_MISMATCH" in kinds(answer)


def test_a_split_across_a_silence_is_asked_about_and_accuses_nobody():
    """A split asks for no report: that the balance doubled in ten years may be all there is."""
    doubled = filing(sold(600, 18_400), on="2024-09-03")

    found = the(reconcile_filings([FORM_3, BEFORE, doubled]), "SPLIT_UNMODELLED")

    assert found.severity == "minor"


def test_a_split_that_nobody_confirms_between_two_reports_in_a_row_stays_grave():
    answer = reconcile_filings([opening(7_340), filing(sold(600, 14_080), on="2024-03-01")])

    assert the(answer, "SPLIT_UNMODELLED").severity == "major"
