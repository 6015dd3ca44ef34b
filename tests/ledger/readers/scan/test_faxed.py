"""What a fax does to small print, and what the rest of its row or page says of it."""

from datetime import date
from decimal import Decimal

import pytest

from tests.ledger.readers.scan.test_candidates import spaced
from tests.ledger.readers.scan.test_doubts import lines
from tests.ledger.readers.scan.test_reader import effects, read, row


def traded(code, shares="2,900", way="D", price="$19.02", left="14,310"):
    return spaced("Common Stock", "03/04/2004", code, shares, way, price, left, "D")


@pytest.mark.parametrize("printed", ["se", "sg?", "st", "gi", "git", "36)", "3?)", "8", "“S"])
def test_a_code_that_its_mark_ran_into_is_an_s_beside_what_was_sold_at_a_price(printed):
    found = row(traded(printed))

    assert (found.code, found.shares, found.direction) == ("S", 2_900, "disposed")
    assert effects(found)["code"] == "repaired"


@pytest.mark.parametrize(("way", "price"), [("A", "$19.02"), ("D", "$0")], ids=["bought", "given"])
def test_what_looks_like_an_s_is_none_beside_what_was_bought_or_given(way, price):
    assert row(traded("gi", way=way, price=price)).code is None
    assert row(traded("se", way="A")).code is None


@pytest.mark.parametrize("printed", ["cw", "ce", "c.."])
def test_a_code_that_its_mark_ran_into_is_a_c_beside_what_was_acquired(printed):
    assert row(traded(printed, way="A", price="$0")).code == "C"


def test_what_looks_like_a_c_is_none_beside_what_was_sold():
    assert row(traded("ce")).code is None


@pytest.mark.parametrize("printed", ['"2,900', "“2,900"])
def test_a_sign_before_a_figure_is_what_is_left_of_a_line(printed):
    found = row(traded("Ss", shares=printed))

    assert (found.code, found.shares, found.shares_after) == ("S", 2_900, 14_310)


@pytest.mark.parametrize("printed", ["83/04/2004", "0304/2004", "03/04/2804"])
def test_a_print_that_is_no_day_is_the_one_day_of_the_form_that_it_is_like(printed):
    found = lines((printed, "400", "9,600"), ("03/05/2004", "300", "9,300"))[0]

    assert found.effective_on == date(2004, 3, 4)
    assert effects(found)["effective_on"] == "repaired"


def test_a_print_that_is_like_two_days_of_the_form_is_unknown():
    found = lines(("03/0/2004", "400", "9,600"), ("03/05/2004", "300", "9,300"))[0]

    assert found.effective_on is None


def test_no_fraction_of_thousandths_ends_in_a_nought():
    noughts, fraction = (row(traded("Ss", left=left)) for left in ("641.400", "641.407"))

    assert (noughts.shares_after, fraction.shares_after) == (641_400, None)
    assert effects(noughts)["shares_after"] == "repaired"


UNITS = ("Stock Unit", "(1)", "03/04/2004", "Aa)")


def granted(shares, underlying, left):
    return spaced(*UNITS, shares, "(1)", "(1)", "Common", underlying, "$0", left, "D")


def test_a_figure_printed_with_a_comma_again_and_again_has_no_point_in_one_place():
    first = traded("Ca)", shares="23,465", way="A", price="$0", left="23,465")
    twice = read(first, granted("23,465", "23.465", "2,450,891"))
    once = read(second=granted("23,465", "23.465", "2,450,891"))

    assert [one.shares for one in twice.rows] == [23_465, 23_465]
    assert (twice.rows[1].underlying_shares, twice.rows[1].shares_after) == (23_465, 2_450_891)
    assert (once.rows[0].shares, once.rows[0].underlying_shares) == (None, None)


def test_an_amount_cut_by_a_blank_and_its_underlying_shares_are_at_odds_as_any_are():
    more = read(second=granted("29, 747(2)", "29.747", "140,544.46")).rows[0]
    less = read(second=granted("29, 747(2)", "29.747", "14,544.46")).rows[0]

    assert (more.shares, more.underlying_shares) == (None, None)
    assert (less.shares, less.underlying_shares) == (Decimal("29.747"), Decimal("29.747"))
    assert effects(less)["shares"] == "inferred"


def test_a_price_whose_comma_may_be_a_point_with_a_mark_behind_is_unknown():
    read_as = {p: row(traded("Ss", price=p)).price for p in ("$21,33032)", "$1,250", "$21.3303(2)")}

    assert read_as == {"$21,33032)": None, "$1,250": 1_250, "$21.3303(2)": Decimal("21.3303")}


def test_a_row_whose_day_is_of_no_calendar_keeps_its_place_among_others():
    wrapped = ("1 JClass&", "ca", "|", "782.088", "im")
    second_day = ("JClassA", "25,374,548", "|", "25,374,548", "1", "See Footnote")
    first, second = read(
        second="\n".join(
            spaced("Class B", *cells)
            for cells in (
                ("i", "23/04/2004", "A", "782,088", "a", *wrapped, "782,088", "{", "See Footnote"),
                ("i", "03/04/2004", "A", "25,374,548", "a", *second_day),
            )
        )
    ).rows

    assert first.shares_after in {782_088, None}
    assert second.shares_after == 25_374_548


SHREDS = (
    "Security (Instr. 3} | Derivative {Month/Day/Year} (MonthiDayNear) Security {inst |"
    " Fotiowing Reported | 2) 0° Indirect | ownership {Instr"
)
CRUMBS = (
    "3) (Month/Dayivear) any (Month/Day/Year) Reported Transaction(s) (instr 3 Wi tinste 4) fst"
)


@pytest.mark.parametrize("heading", [SHREDS, CRUMBS])
def test_shreds_of_the_headings_are_no_row(heading):
    found = read(f"{heading}\n{traded('S')}").rows

    assert [(row.shares, row.shares_after) for row in found] == [(2_900, 14_310)]


def test_a_holding_of_few_whose_title_has_words_of_the_headings_is_a_row():
    for title in ("Derivative Security", "Option to Acquire Shares", "Ownership Units"):
        (found,) = read(spaced(title, "40", "D")).rows
        assert found.shares_after == 40
