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
