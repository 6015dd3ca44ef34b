"""Totals that return to the line before a wrong one, late lines that others leave out, and lots."""

from datetime import date
from decimal import Decimal

import pytest

from projections.positions.entries import told_by_others, told_first, told_otherwise
from projections.questions.reconcile import judged_filings
from tests.projections.building import (
    JANE,
    JOHN,
    bought,
    filing,
    granted,
    held,
    into_trust,
    opening,
    sold,
)


def position(*filings):
    """The one position that filings tell of."""
    (judged,) = judged_filings(filings)
    (found,) = judged.folded.book.positions
    return found


def numbers(found):
    """Of each line whether its total is set aside, what that is off by, and what is left."""
    return [(e.aside, e.residual, e.balance) for e in found.entries]


def test_a_total_returns_to_the_line_before_a_wrong_one_and_to_what_its_note_tells():
    wrong = filing(sold(100, 9_850, notes=into_trust(200)), on="2024-03-01")
    found = position(opening(10_000), wrong, filing(sold(100, 9_600), on="2024-04-01"))

    assert numbers(found) == [(False, 0, 10_000), (True, -50, 9_900), (False, -200, 9_600)]


def test_a_total_returns_but_for_a_fraction_of_a_share():
    wrong = filing(sold(100, 9_400), on="2024-03-01")
    found = position(opening(10_000), wrong, filing(sold(50, "9850.5"), on="2024-04-01"))

    assert numbers(found) == [(False, 0, 10_000), (True, -500, 9_900), (False, 0.5, 9_850.5)]


def test_a_total_that_returns_exactly_returns_to_no_line_a_share_away():
    found = position(
        opening(10_000),
        filing(sold(100, 9_901), on="2024-03-01"),
        filing(sold(100, 10_301), on="2024-04-01"),
        filing(sold(100, 9_700), on="2024-05-01"),
    )

    assert numbers(found)[-1] == (False, 0, 9_700)
    assert [aside for aside, *_ in numbers(found)] == [False, True, True, False]


def test_a_total_that_returns_from_one_late_line_still_leaves_out_another():
    found = position(
        opening(10_000),
        filing(sold(100, 9_900), on="2024-03-01"),
        filing(bought(50, 10_050), on="2024-02-01", filed="2024-04-01"),
        filing(sold(30, 10_020), on="2024-02-12", filed="2024-04-05"),
        filing(sold(100, 9_770), on="2024-05-01"),
    )

    assert [len(e.left_out) for e in found.entries] == [0, 0, 0, 1, 0]
    assert numbers(found) == [
        (False, 0, 10_000),
        (False, 0, 10_050),
        (False, 0, 10_020),
        (False, -50, 9_870),
        (False, 0, 9_770),
    ]


def test_a_line_told_before_the_first_one_opens_the_position_in_its_place():
    found = position(
        filing(sold(100, 900), on="2024-03-01"),
        filing(sold(400, 1_000), on="2024-01-10", filed="2024-04-01"),
    )

    assert [e.opening for e in found.entries] == [True, False]
    assert [e.expected for e in found.entries] == [None, 900]
    assert found.held_before == 1_400


def test_a_total_goes_on_from_one_that_was_taken_for_its_lot_alone():
    lot = opening(10_000), filing(granted(300, 300), on="2024-02-01")
    assert position(*lot).balance == 10_300

    found = position(*lot, filing(sold(50, 250), on="2024-03-01"))

    assert [e.lot for e in found.entries] == [False, False, False]
    assert numbers(found) == [(False, 0, 10_000), (False, -10_000, 300), (False, 0, 250)]


def test_a_lot_that_goes_on_from_the_total_of_a_lot_is_one_more():
    lot = opening(10_000), filing(granted(300, 300), on="2024-02-01")
    found = position(*lot, filing(sold(150, 150), on="2024-03-01"))

    assert [e.lot for e in found.entries] == [False, True, True]
    assert found.balance == 10_150


def test_halves_that_go_one_after_the_other_are_no_lots():
    found = position(opening(600), filing(sold(300, 300), sold(150, 150), on="2024-03-01"))

    assert [e.lot for e in found.entries] == [False, False, False]
    assert numbers(found) == [(False, 0, 600), (False, 0, 300), (False, 0, 150)]


def test_a_first_total_of_less_than_came_may_be_wrong_and_all_that_came_be_there():
    found = position(
        filing(bought(500, 300), on="2024-02-01"), filing(sold(100, 400), on="2024-03-01")
    )

    assert numbers(found) == [(True, 0, 500), (False, 0, 400)]
    assert found.held_before == 0


@pytest.mark.parametrize(
    ("row", "fits"),
    [(bought(100, 100), True), (bought(500, 300), False), (sold(5, None), True)],
    ids=["from nothing", "from less", "no total"],
)
def test_totals_fit_where_nobody_owes_shares(row, fits):
    found = position(filing(row, on="2024-03-01"))

    assert found.coherent(found.entries) is fits


def test_after_a_return_from_one_wrong_total_another_may_be_returned_from_still():
    found = position(
        opening(10_000),
        filing(sold(100, 9_400), on="2024-03-01"),
        filing(sold(100, 9_350), on="2024-04-01"),
        filing(sold(100, 9_200), on="2024-05-01"),
        filing(sold(100, 9_600), on="2024-06-03"),
    )

    assert [aside for aside, *_ in numbers(found)] == [False, True, True, True, False]
    assert numbers(found)[-1] == (False, 0, 9_600)


@pytest.mark.parametrize(("wrong", "returns"), [(3, True), (4, False)])
def test_the_last_three_wrong_totals_may_be_returned_from_and_none_before(wrong, returns):
    months = range(2, 2 + wrong)
    slips = [
        filing(sold(100, 9_000 - 1_000 * month - 7 * month**2), on=f"2024-0{month}-01")
        for month in months
    ]
    right = 10_000 - 100 * (wrong + 1)
    found = position(opening(10_000), *slips, filing(sold(100, right), on="2024-07-01"))

    assert (numbers(found)[-1] == (False, 0, right)) is returns


def test_a_deal_that_a_co_owner_told_with_todays_total_is_told_again_and_contradicts_nothing():
    trust = {"how": "By Larkin Trust"}
    found = position(
        filing(held(10_000, **trust), by=(JANE, JOHN), on="2024-01-02", form="3"),
        filing(sold(100, 9_900, **trust), on="2024-03-01", by=JOHN),
        filing(sold(200, 9_700, **trust), on="2024-03-05", by=JOHN),
        filing(sold(100, 9_700, **trust), on="2024-03-01", filed="2024-03-08", by=JANE),
    )
    again = found.entries[-1]

    assert (again.repeats, again.rival) == (found.entries[1], None)
    assert numbers(found)[-1] == (False, 0, 9_700)


CAME_AND_WENT = bought(100, 100), sold(100, 0)
SEVERAL = bought(100, 100), bought(200, 300), sold(300, 0)


@pytest.mark.parametrize(
    ("before", "rows", "left"),
    [
        ([], CAME_AND_WENT, 0),
        ([], SEVERAL, 10_000),
        ([filing(granted(300, 300), on="2024-02-01")], CAME_AND_WENT, 10_300),
    ],
    ids=["one lot", "several lots", "after a lot"],
)
def test_nothing_left_is_nothing_of_the_lots_where_totals_show_lots(before, rows, left):
    found = position(opening(10_000), *before, filing(*rows, on="2024-03-01"))

    assert found.balance == left


def test_rows_that_another_filer_told_with_these_totals_are_the_same_and_the_next_goes_on():
    rows = sold(100, 9_900), sold(200, 9_700)
    known = position(filing(*rows, on="2024-03-01", by=JOHN)).entries
    again = position(filing(*rows, sold(300, 9_400), on="2024-03-01")).entries
    held = Decimal(9_700)

    def told(entries):
        return told_by_others(entries, told_first(entries, known), held)

    assert told(again) == 2
    off = position(filing(sold(100, 9_950), *rows[1:], sold(300, 9_400), on="2024-03-01"))
    assert told(off.entries) == 0
    assert told(position(filing(*rows, sold(300, 9_350), on="2024-03-01")).entries) == 0
    own = position(filing(*rows, sold(300, 9_400), on="2024-03-01", by=JOHN, part=2)).entries
    assert told(own) == 0
    other = position(filing(sold(100, 8_900), on="2024-03-01")).entries[0]
    assert told_otherwise(other, known[0])
    assert not told_otherwise(again[0], known[0])
    assert not told_otherwise(own[0], known[0])
    assert known[0].day == date(2024, 3, 1)
