"""Totals that are just what left: half of the holding went, or the total shows the lot alone."""

import pytest

from projections import holdings
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    bought,
    composition,
    filing,
    gave,
    held,
    kinds,
    opening,
    plan_purchase,
    sold,
    the,
)

EXPLAINED = "BALANCE_BREAK_EXPLAINED"
TRUST = {"how": "By Larkin Trust"}


@pytest.mark.parametrize("how", [{}, TRUST], ids=["direct", "trust"])
def test_where_more_was_held_before_the_total_shows_the_lot(how, told):
    filings = (opening(640, *([held(640, **how)] if how else ())), given(how))

    assert kinds(reconcile_filings(filings)) == ["LOT_ONLY"]
    assert 390 in [h.shares for h in holdings(told(*filings)).holdings]


def given(how, on="2024-03-04"):
    return filing(gave(250, 250, **how), on=on)


@pytest.mark.parametrize("how", [{}, TRUST], ids=["direct", "trust"])
def test_who_gives_just_half_gives_half(how):
    filings = [opening(500, *([held(500, **how)] if how else ())), given(how)]

    assert kinds(reconcile_filings(filings)) == []


@pytest.mark.parametrize(
    "later",
    [sold(10, 590), held(600), sold(10, 90)],
    ids=["a sale", "a holding line", "fewer"],
)
def test_a_first_line_that_no_later_total_goes_on_from_shows_the_lot(later, told):
    filings = (given({}), filing(later, on="2024-05-06"))

    answer = reconcile_filings(filings)

    assert kinds(answer) == ["LOT_ONLY"]
    assert the(answer, "LOT_ONLY").message.endswith("the next goes on from another number")
    assert [h.shares for h in holdings(told(*filings)).holdings] == [later.fields["shares_after"]]


def test_a_first_line_from_which_a_later_total_goes_on_told_of_half():
    assert kinds(reconcile_filings([given({}), filing(sold(10, 240), on="2024-05-06")])) == []


@pytest.mark.parametrize(
    ("later", "found"),
    [
        (sold(10, 265, notes=plan_purchase(25, "2024-04")), []),
        (sold(10, 490), ["PRIOR_ROW_OMITTED"]),
    ],
    ids=["a note tells why", "the gift forgotten, or a split"],
)
def test_a_later_total_that_something_may_account_for_is_no_proof(later, found):
    assert kinds(reconcile_filings([given({}), filing(later, on="2024-05-06")])) == found


def test_nor_is_one_after_a_long_silence():
    answer = reconcile_filings([given({}), filing(sold(10, 590), on="2026-05-06")])

    assert kinds(answer) == ["GAP_SUSPECTED"]


def test_a_first_line_alone_says_what_its_total_may_be():
    answer = reconcile_filings([given({})])

    assert "unless the total shows only that" in the(answer, "OPENING_INFERRED").message


def test_a_first_acquisition_of_its_own_size_opens_from_nothing():
    filings = [filing(gave(5, 245, notes=composition(10)), on="2024-03-04")]

    assert "unless" not in the(reconcile_filings(filings), "OPENING_INFERRED").message


def test_what_a_plan_bought_by_the_day_of_a_lot_is_in_the_next_total():
    plan = plan_purchase(47, "2024-03")
    lot = filing(bought(160, 160, notes=plan), on="2024-04-02")

    answer = reconcile_filings([opening(8_500), lot, filing(gave(100, 8_607), on="2024-05-06")])

    told = the(answer, EXPLAINED)
    assert kinds(answer) == ["LOT_ONLY"]
    assert (told.difference, told.explanation.code) == (47, "EXPL_PLAN_PURCHASE")
    assert told.explanation.terms[0].source == f"{lot.accession}#note.1"


def test_another_movement_in_the_note_of_a_lot_is_not_taken_for_the_next_difference():
    lot = filing(bought(160, 160, notes=composition(47)), on="2024-04-02")

    answer = reconcile_filings([opening(8_500), lot, filing(gave(100, 8_607), on="2024-05-06")])

    assert "LOT_ONLY" in kinds(answer)
    assert len(kinds(answer)) == 2


def test_where_lots_are_shown_for_totals_nothing_left_of_them_is_not_all_that_is_owned():
    first = filing(bought(160, 160), on="2024-04-02")
    through = filing(bought(40, 40), sold(18, 22), sold(22, 0), on="2024-05-06")

    answer = reconcile_filings([opening(8_500), first, through])

    assert set(kinds(answer)) <= {"LOT_ONLY"}
    assert "what is left of the lots" in answer.findings[-1].message + answer.findings[0].message
