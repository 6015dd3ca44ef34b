"""A code and a letter that contradict each other: which of the two is wrong."""

import pytest

from projections import holdings
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    bought,
    filing,
    kinds,
    moved,
    opening,
    option,
    sold,
    the,
    vested,
)


def granted_option(shares, owns, **said):
    """Options that leave under the code of a grant."""
    return option("A", shares, owns, marked="disposed", **said)


def test_options_that_leave_under_the_code_of_a_grant_were_exercised():
    form = filing(
        vested(700, 10_700),
        sold(700, 10_000),
        granted_option(700, 2_100),
        on="2024-05-01",
    )

    answer = reconcile_filings([opening(), form])

    assert kinds(answer) == ["AD_CODE_CONTRADICTION"]
    assert "should be M" in the(answer, "AD_CODE_CONTRADICTION").message


def test_two_series_under_the_code_of_a_grant_are_told_once_each(told):
    form = filing(
        vested(1_200, 11_200),
        granted_option(700, 2_100, strike=10),
        granted_option(500, 900, strike=12),
        on="2024-05-01",
    )

    answer = reconcile_filings([opening(), form])

    assert kinds(answer) == ["AD_CODE_CONTRADICTION"] * 2
    assert sorted(str(h.shares) for h in holdings(told(opening(), form)).holdings) == [
        "11200",
        "2100",
        "900",
    ]


def test_options_that_leave_as_a_grant_without_an_exercise_may_have_either_half_wrong():
    form = filing(granted_option(700, 2_100), on="2024-05-01")

    words = the(reconcile_filings([form]), "AD_CODE_CONTRADICTION").message

    assert words.endswith("such rows are acquired")


def test_a_letter_that_totals_before_and_after_follow_leaves_the_code_in_doubt():
    answer = reconcile_filings(
        [
            opening(),
            filing(moved("P", "acquired", 300, 9_700, marked="disposed"), on="2024-05-01"),
            filing(bought(50, 9_750), on="2024-08-01"),
        ]
    )

    assert "the code may be what is wrong" in the(answer, "AD_CODE_CONTRADICTION").message


def test_a_letter_that_the_next_total_refutes_is_not_borne_out_by_those_after_it():
    answer = reconcile_filings(
        [
            opening(10_000),
            filing(moved("S", "disposed", 300, 10_300, marked="acquired"), on="2024-05-01"),
            filing(bought(50, 9_750), on="2024-08-01"),
            filing(bought(60, 9_810), on="2024-09-02"),
        ]
    )

    assert the(answer, "AD_CODE_CONTRADICTION").message.endswith("such rows are disposed")
    assert the(answer, "BALANCE_BREAK_EXPLAINED").explanation.code == "EXPL_PRIOR_CORRECTION"


def converted(shares, owns, direction, title):
    return moved("C", direction, shares, owns, price=0, title=title)


@pytest.mark.parametrize("received", [(850, 30_850), (425, 30_425)], ids=["one for one", "halved"])
def test_both_sides_of_a_conversion_may_stand_in_table_one(received):
    form = filing(
        converted(600, 10_800, "disposed", "Stock Units"),
        converted(250, 10_550, "disposed", "Stock Units"),
        converted(*received, "acquired", "Common Stock"),
        on="2024-05-01",
    )

    assert kinds(reconcile_filings([form])) == []


def test_a_conversion_in_table_one_that_gives_stock_up_and_receives_none_is_doubted():
    form = filing(converted(600, 10_800, "disposed", "Common Stock"), on="2024-05-01")

    assert "AD_CODE_CONTRADICTION" in kinds(reconcile_filings([form]))


# --- amendments whose original is not here -----------------------------------------------

ORPHAN = {"on": "2024-05-01", "filed": "2024-05-20", "form": "4/A", "original_on": "2024-05-03"}


@pytest.mark.parametrize(
    "line", [vested(700, 10_700), option("M", 700, 2_100)], ids=["stock", "option"]
)
def test_an_amendment_alone_need_not_have_both_sides_of_an_exercise(line):
    assert kinds(reconcile_filings([filing(line, **ORPHAN)])) == []


def test_an_original_with_one_side_of_an_exercise_has_lost_the_other():
    answer = reconcile_filings([filing(option("M", 700, 2_100), on="2024-05-01")])

    assert kinds(answer) == ["EXERCISE_COUNTERPART_MISSING"]


def test_an_amendment_alone_stands_in_the_turn_of_what_it_amends():
    answer = reconcile_filings(
        [
            opening(),
            filing(sold(400, 9_600), **ORPHAN),
            filing(bought(100, 9_700), on="2024-05-10"),
        ]
    )

    assert kinds(answer) == []
    assert (answer.totals.agreed, answer.totals.checked) == (2, 2)
