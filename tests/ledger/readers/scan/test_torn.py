"""Figures with a blank inside, marks of which no number is left, and lines read as strokes."""

from datetime import date
from decimal import Decimal

import pytest

from tests.ledger.readers.scan.test_candidates import spaced
from tests.ledger.readers.scan.test_reader import effects, read, why

TITLE = "Common Stock"


def sold(shares="400", price="$2.50", left="77,865", day="03/04/2004"):
    return spaced(TITLE, day, "Ss", shares, "D", price, left, "D")


def one(row, **around):
    (found,) = read(row, **around).rows
    return found


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("77, 865", "77865"),
        ("1, 077, 865", "1077865"),
        ("1,077, 865", "1077865"),
        ("13, 639.699", "13639.699"),
        ("77,865(?)", "77865"),
        ("77, 865(°)", "77865"),
        ("77,865'*)", "77865"),
        ("77,865)", "77865"),
        ("1, 077, 865°)", "1077865"),
        ("77,8650)", "77865"),
        ("77,86512)", "77865"),
        ("|77,865|", "77865"),
        ("[77,865", "77865"),
    ],
)
def test_a_total_is_read_through_what_a_program_made_of_its_print(printed, meant):
    row = one(sold(left=printed))

    assert row.shares_after == Decimal(meant)
    assert row.printed["shares_after"] == printed


def test_a_blank_that_is_left_out_is_told():
    row = one(sold(left="1, 077, 865"))

    assert effects(row)["shares_after"] == "repaired"
    assert "the blank within it divides nothing" in why(row)["shares_after"]


@pytest.mark.parametrize("printed", ["$25 .0017(9)", "$25.0017'9)", '$25.0017"(?)'])
def test_a_price_is_read_through_the_mark_behind_it(printed):
    assert one(sold(price=printed)).price == Decimal("25.0017")


def test_a_bracket_alone_behind_a_fraction_may_be_what_is_left_of_one_more_figure():
    """`$69.355)` is 69.35 with a mark 5, or 69.355 with one that is lost."""
    assert one(sold(price="$69.355)")).price is None


def test_of_a_mark_that_shows_no_beginning_a_figure_may_be_the_fractions():
    """`35.4131?)` is 35.413 with a mark that begins with 1, or 35.4131."""
    assert one(sold(shares="35.4131?)")).shares is None


@pytest.mark.parametrize("nature", ["By Living", "By the Revocable", "Held through the"])
def test_a_nature_whose_last_word_asks_for_another_is_cut(nature):
    row = one(spaced(TITLE, "03/04/2004", "Ss", "400", "D", "$2.50", "77,865", "I", nature))

    assert row.nature == ""
    assert effects(row)["nature"] == "field unknown"


def test_the_last_word_of_a_nature_below_a_title_is_none_of_the_title():
    """A line that a program prints without its blanks stands under the first column."""
    held = spaced(TITLE, "", "", "", "", "", "15,905", "I", "By Living")
    _, row = read(f"{sold()}\n{held}\nTrust").rows

    assert row.shares_after == 15_905
    assert row.security != "Common Stock Trust"
    assert row.nature != "By Living"


def test_figures_of_two_columns_are_never_one():
    row = one(sold(shares="400", price="$2.50", left="865"))

    assert (row.shares, row.price, row.shares_after) == (400, Decimal("2.50"), 865)


def test_a_page_of_single_blanks_joins_what_a_comma_leaves_open():
    row = one(f"{TITLE} 03/04/2004 S 1, 400 D $2.50 77, 865 D")

    assert (row.shares, row.shares_after) == (1_400, 77_865)


def test_strokes_between_columns_divide_no_table():
    """Two lines of a cell read as `|` on one line, and none on the next."""
    rows = read(f"{sold(left='|77,865 |')}\n{sold(left='77,465')}").rows

    assert [row.shares_after for row in rows] == [77_865, 77_465]
    assert rows[0].effective_on == date(2004, 3, 4)


def test_a_table_drawn_with_strokes_is_still_one():
    row = one(f"| {TITLE} | 03/04/2004 | S | 400 | D | $2.50 | 77,865 | D | |")

    assert (row.shares, row.price, row.shares_after) == (400, Decimal("2.50"), 77_865)


def test_a_heading_of_numbered_columns_is_no_row_however_its_words_suffered():
    rows = read(
        "Se. Ciete fay Pisposed Of (b) 4 andhi: ce anoute oF    6. Ownership | 7. Nature of\n"
        f"{sold()}"
    ).rows

    assert [row.shares_after for row in rows] == [77_865]


@pytest.mark.parametrize("digit", ["9", "7"])
def test_a_lone_figure_that_no_total_confirms_may_be_a_nought(digit):
    row = one(sold(left=digit))

    assert row.shares_after is None
    assert "a nought" in why(row)["shares_after"]


def test_a_lone_figure_that_follows_stands():
    rows = read(f"{sold(left='409')}\n{sold(left='9')}").rows

    assert [row.shares_after for row in rows] == [409, 9]


def test_a_sign_far_from_a_figure_is_no_part_of_it():
    row = one(spaced(TITLE, "03/04/2004", "Ss", "400", "D", "$2.50", "s       77,865", "D"))

    assert row.shares_after == 77_865


@pytest.mark.parametrize("printed", ["c", "C)", "co}", "o)"])
def test_a_round_sign_alone_in_the_column_of_totals_is_a_nought(printed):
    row = one(sold(left=printed))

    assert row.shares_after == 0
    assert effects(row)["shares_after"] == "repaired"


@pytest.mark.parametrize("printed", ["(a)", "@y", "ey"])
def test_what_may_be_a_mark_is_no_nought(printed):
    assert one(sold(left=printed)).shares_after is None


@pytest.mark.parametrize("letter", ["E", "O"])
def test_a_code_that_is_seldom_one_is_unknown_on_a_misread_page(letter):
    seldom = spaced(TITLE, "03/04/2004", letter, "400", "D", "$2.50", "77,465", "D")
    _, row = read(f"{sold()}\n{seldom}").rows

    assert row.code is None
    assert "seldom" in why(row)["code"]


@pytest.mark.parametrize("printed", [")", "0)", "(0)", "}"])
def test_a_bracket_or_a_note_of_no_number_where_a_total_stands_is_a_nought(printed):
    row = one(sold(price="$25.81", left=printed))

    assert (row.price, row.shares_after) == (Decimal("25.81"), 0)
    assert effects(row)["shares_after"] == "repaired"


def test_a_price_is_no_total_where_the_total_is_lost_for_a_sale_has_a_price():
    row = one(spaced(TITLE, "03/04/2004", "s2)", "400", "D", "$25.8144", "D"))

    assert (row.price, row.shares_after) == (Decimal("25.8144"), None)


def test_a_figure_far_from_another_is_no_front_of_it():
    row = one(spaced(TITLE, "03/04/2004", "5      75,756", "D", "$5.37", "49,244", "D"))

    assert (row.shares, row.code) == (75_756, "S")
    assert effects(row)["code"] == "repaired"


@pytest.mark.parametrize(
    ("shares", "underlying", "meant"),
    [
        ("36.7572", "36.757", "36.757"),
        ("29.7471?)", "29.747", "29.747"),
        ("29.747!)", "29.747", "29.747"),
        ("2912)", "29", "29"),
    ],
)
def test_digits_behind_an_amount_that_its_underlying_shares_lack_are_a_mark(
    shares, underlying, meant
):
    row = granted(shares, underlying)

    assert (row.shares, row.underlying_shares) == (Decimal(meant), Decimal(meant))
    assert effects(row)["shares"] == "repaired"


def test_an_amount_that_its_underlying_shares_are_a_multiple_of_stands():
    row = granted("36", "3,600")

    assert (row.shares, row.underlying_shares) == (36, 3_600)
    assert "shares" not in effects(row)


def granted(shares, underlying, mark="(2)"):
    cells = ("Stock Units", "(1)", "03/04/2004", "Aa)", shares, mark, "(3)", TITLE, underlying)
    (row,) = read(second=spaced(*cells, "$0", "13,676.456", "D")).rows
    return row


def test_an_amount_with_a_digit_less_than_figures_of_other_rows_is_unknown():
    first = spaced(TITLE, "03/04/2004", "C", "157,750", "A", "$0", "157,750", "D")
    cells = ("Preferred Stock", "(1)", "03/04/2004", "c", "17,750", "(2)", "(3)", TITLE)
    rows = read(first, spaced(*cells, "157,750", "$0", "3,754,187", "D")).rows

    assert (rows[1].shares, rows[1].underlying_shares) == (None, 157_750)


def test_a_heading_whose_only_figure_is_an_item_of_it_is_no_row():
    heading = spaced("ee CEES 2,Transacion Dafe", "74:", "|", "Fenefiialy Ovned HOMME")

    assert [row.shares_after for row in read(f"{heading}\n{sold()}").rows] == [77_865]


def test_an_amount_that_other_rows_of_its_day_repeat_but_for_a_digit_is_unknown():
    rows = (("11,733", "88,000"), ("11,733", "76,267"), ("14,733", "64,534"))
    cells = [sold(amount, left=left) for amount, left in rows]
    found = read("\n".join(cells)).rows

    assert [row.shares for row in found] == [11_733, 11_733, None]
    assert "11,733 stands elsewhere" in why(found[2])["shares"]


@pytest.mark.parametrize("other", ["12,000", "11,900"])
def test_a_round_or_an_unlike_amount_of_the_same_day_stands(other):
    rows = ("11,000", "11,000", other)
    cells = [spaced(TITLE, "03/04/2004", "Ss", n, "D", "$2.50", "77,865", "D") for n in rows]

    assert read("\n".join(cells)).rows[2].shares == int(other.replace(",", ""))


def test_a_figure_or_two_behind_an_amount_that_fills_no_column_are_no_amount():
    row = granted("269.227 see", "269.227", mark="2")

    assert row.shares in {None, Decimal("269.227")}
    assert row.shares_after == Decimal("13676.456")


@pytest.mark.parametrize("printed", ["87 7,311", "12 2,000", "1,026,050.2 25"])
def test_a_cut_through_a_figure_that_may_show_on_both_sides_is_unknown(printed):
    assert one(sold(left=printed)).shares_after is None


def test_a_cut_through_a_figure_is_what_the_totals_say_of_it():
    rows = read("\n".join((sold(left="87 7,311"), sold(shares="300", left="87,011")))).rows

    assert [row.shares_after for row in rows] == [87_311, 87_011]
    assert effects(rows[0])["shares_after"] == "repaired"
