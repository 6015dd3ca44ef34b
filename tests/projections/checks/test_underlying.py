"""Units of derivatives held against the shares under them."""

import pytest

from projections.questions.reconcile import reconcile_filings
from tests.projections.building import Note, filing, kinds, moved, option, the

ONE = Note("Each share of Series A is convertible into one share of common stock.")


def preferred(units, shares, owns=0, *, title="Series A Preferred Stock", **said):
    """Preferred stock that converts: so many units into so many shares."""
    told = {"strike": None, "expires": None, "underlying_shares": shares} | said
    return option("C", units, owns, title=title, **told)


def conversion(*lines, got):
    return filing(moved("C", "acquired", got, got, price=None), *lines, on="2024-03-01")


def test_two_digits_that_changed_places_show_in_the_shares_under_a_grant():
    grant = option("A", 31_016, 31_016, underlying_shares=31_106)

    found = the(reconcile_filings([filing(grant, on="2024-03-01")]), "TRANSPOSED_DIGITS")

    assert found.row == "II.1"
    assert "the amount 31,016 should be 31,106" in found.message
    assert found.severity == "minor"


def test_a_holding_lines_total_is_held_against_the_shares_under_it():
    listed = option(None, 21_432, 24_132)

    assert kinds(reconcile_filings([filing(listed, on="2024-03-01")])) == ["TRANSPOSED_DIGITS"]


@pytest.mark.parametrize(("units", "told"), [(52_000, []), (5_200, ["MAGNITUDE_ERROR"])])
def test_a_digit_too_few_shows_where_a_note_says_one_for_one(units, told):
    row = preferred(units, 52_000, notes=ONE, cites="exercise_price")

    assert kinds(reconcile_filings([conversion(row, got=52_000)])) == told


def test_a_digit_too_few_shows_by_the_ratio_of_other_rows():
    rows = [
        preferred(402_576, 187_594),
        preferred(650_279, 303_020, title="Series B Preferred Stock"),
        preferred(5_454, 25_417, title="Series C Preferred Stock"),
    ]
    total = 187_594 + 303_020 + 25_417

    assert kinds(reconcile_filings([conversion(*rows, got=total)])) == ["MAGNITUDE_ERROR"]


def test_of_two_rows_the_one_whose_units_came_as_stock_is_right():
    came = (
        moved("M", "acquired", 1_000, 1_000, price=None),
        moved("M", "acquired", 2_000, 3_000, price=None),
    )
    units = {"title": "Restricted Stock Units", "strike": None, "expires": None}
    rows = (
        option("M", 100, 8_000, underlying_shares=1_000, **units),
        option("M", 2_000, 6_000, underlying_shares=2_000, **units),
    )

    told = reconcile_filings([filing(*came, *rows, on="2024-03-01")]).findings

    assert [one.row for one in told if one.kind == "MAGNITUDE_ERROR"] == ["II.1"]


def test_ten_shares_for_one_are_a_ratio_where_all_rows_have_it():
    rows = [
        preferred(40_105, 401_050, how="By Fund I"),
        preferred(2_924, 29_240, how="By Fund II"),
    ]
    sides = [
        moved("C", "acquired", 401_050, 401_050, price=None, how="By Fund I"),
        moved("C", "acquired", 29_240, 29_240, price=None, how="By Fund II"),
    ]

    assert kinds(reconcile_filings([filing(*sides, *rows, on="2024-03-01")])) == []


def test_the_shares_of_a_whole_grant_under_a_part_of_it_are_no_slip():
    part = option("M", 500, 1_000, underlying_shares=1_500)
    got = moved("M", "acquired", 500, 500)

    assert kinds(reconcile_filings([filing(got, part, on="2024-03-01")])) == []


def test_one_cause_is_told_once_where_the_total_breaks_too():
    grant = filing(option("A", 4_000, 4_000), on="2024-01-02")
    part = option("M", 1_320, 2_770, underlying_shares=1_230)
    got = moved("M", "acquired", 1_230, 1_230)

    answer = reconcile_filings([grant, filing(got, part, on="2024-03-01")])

    assert kinds(answer) == ["TRANSPOSED_DIGITS"]


def test_the_shares_under_a_row_are_wrong_where_the_other_side_has_its_units():
    row = preferred(52_000, 520_000, notes=ONE, cites="exercise_price")

    found = the(reconcile_filings([conversion(row, got=52_000)]), "MAGNITUDE_ERROR")

    assert "the 520,000 shares under it should be 52,000" in found.message


def test_dollars_that_make_a_handful_of_shares_are_no_slip():
    rows = [preferred(30_430_000, 3), preferred(4_697_050, 1, how="By Fund I")]

    assert kinds(reconcile_filings([conversion(*rows, got=4)])) == []
