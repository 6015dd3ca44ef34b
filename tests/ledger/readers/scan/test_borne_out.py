"""What the other rows of a misread page bear out of one that cannot be read."""

from datetime import date
from decimal import Decimal

import pytest

from tests.ledger.readers.scan.test_candidates import spaced
from tests.ledger.readers.scan.test_doubts import lines
from tests.ledger.readers.scan.test_reader import effects, read, why


def line(code, shares, way, price, left, day="03/04/2004"):
    return spaced("Common Stock", day, code, shares, way, price, left, "D")


def converted(code, shares, left, day="03/04/2004"):
    return spaced("Class B Stock", day, code, shares, "Common Stock", shares, "$0", left, "D")


def granted(shares, underlying, left):
    return spaced(
        "Stock Unit",
        "03/04/2004",
        "Aa)",
        shares,
        "(1)",
        "(1)",
        "Common Stock",
        underlying,
        "$0",
        left,
        "D",
    )


def rows(*first, second=()):
    return read("\n".join(first), second="\n".join(second)).rows


@pytest.mark.parametrize(
    ("way", "code", "prices"), [("D", "S", ("$19.02", "$19.40")), ("A", "P", ("$7.10", "$7.15"))]
)
def test_a_trade_at_a_price_is_by_the_code_of_all_others_that_go_its_way(way, code, prices):
    first, second = rows(
        line(code, "2,900", way, prices[0], "14,310"), line(">", "3,100", way, prices[1], "11,210")
    )

    assert (first.code, second.code) == (code, code)
    assert effects(second)["code"] == "inferred"


def test_a_gift_is_no_sale_though_all_others_are():
    _, second = rows(
        line("S", "2,900", "D", "$19.02", "14,310"), line(">", "3,100", "D", "$0", "11,210")
    )

    assert second.code is None


def test_a_page_of_sales_and_of_withholding_says_of_no_third_line_which_it_is():
    *_, third = rows(
        line("S", "2,900", "D", "$19.02", "14,310"),
        line("F", "410", "D", "$19.02", "13,900"),
        line(">", "3,100", "D", "$19.02", "10,800"),
    )

    assert third.code is None


def test_figures_in_doubt_that_follow_from_each_other_prove_each_other():
    first, second = rows(
        line("S", "2,900", "D", "$19.02", "14,310?"), line("S", "3,100?", "D", "$19.40", "11,210")
    )

    assert (first.shares_after, second.shares) == (14_310, 3_100)
    assert "14310 - 3100 = 11210" in why(second)["shares"]


def test_figures_in_doubt_that_do_not_follow_are_unknown():
    first, second = rows(
        line("S", "2,900", "D", "$19.02", "14,310?"), line("S", "3,700?", "D", "$19.40", "11,210")
    )

    assert (first.shares_after, second.shares) == (None, None)


def test_the_figures_of_a_mark_stand_behind_a_group_that_is_too_long():
    first, second = rows(
        line("Ss", "2,900", "D", "$19.02", "14,3102"), line("Ss", "3,100?", "D", "$19.40", "11,210")
    )

    assert (first.shares_after, second.shares) == (14_310, 3_100)


def test_a_day_of_which_only_the_year_is_whole_leaves_its_row_a_transaction():
    (found,) = lines(("o3/oa/2004", "400", "9,600"))

    assert (found.holding, found.shares, found.shares_after) == (False, 400, 9_600)
    assert (found.effective_on, effects(found)["effective_on"]) == (date(2004, 3, 4), "inferred")


def test_a_year_behind_a_slash_in_a_nature_is_no_day():
    found = rows(spaced("Common Stock", "14,310", "I", "By Grantor/2004 Trust"))[0]

    assert (found.holding, found.nature) == (True, "By Grantor/2004 Trust")


def test_a_point_before_three_figures_is_a_comma_where_the_page_counts_no_fractions():
    first, second = rows(
        line("Ss", "2.900", "D", "$19.02", "14,310"), line("Ss", "3,107", "D", "$19.40", "11,203")
    )

    assert (first.shares, second.shares) == (2_900, 3_107)
    (alone,) = rows(line("Ss", "2.417", "D", "$19.02", "14,310"))
    fractions = rows(
        line("Ss", "2.417", "D", "$19.02", "14,310"),
        line("Ss", "3,107", "D", "$19.40", "11,203"),
        line("Ss", "12.5", "D", "$19.40", "11,190.5"),
    )
    assert (alone.shares, fractions[0].shares) == (None, None)


def test_a_conversion_takes_from_table_ii_what_table_i_acquires_in_figures_not_legible():
    _, moved = rows(
        spaced("Common Stock", "03/04/2004", "Cc", "A", "$0", "26,066", "D"),
        second=(converted("Cc", "26,066", "3,583,427"),),
    )

    assert moved.direction == "disposed"


def test_a_stroke_behind_a_speck_is_no_share():
    (found,) = rows(spaced("Common Stock", "78,667", ".1", "By Trust"))

    assert (found.shares_after, found.ownership) == (Decimal(78_667), "indirect")


def test_a_figure_in_thousandths_that_ends_in_a_nought_is_none_though_printed_twice():
    (found,) = rows(second=(granted("1.640", "1.640", "4,980"),))

    assert (found.shares, found.underlying_shares) == (1_640, 1_640)


def test_a_figure_before_what_is_left_of_its_mark_is_that_of_its_underlying_shares():
    (found,) = rows(second=(granted("292)", "29", "8,763"),))

    assert (found.shares, found.underlying_shares) == (29, 29)
    assert effects(found)["shares"] == "repaired"
    (marks,) = rows(second=(granted("112)", "29", "8,763"),))
    assert marks.shares is None


def test_a_line_beside_a_figure_leaves_open_whether_its_point_is_a_comma():
    found, _ = rows(
        line("Cc", "23.465}", "A", "$0", "90,318"), line("Ss", "11,733", "D", "$19.02", "78.585")
    )

    assert found.shares is None


def test_days_that_are_like_several_of_the_form_are_its_period_where_none_is_legible():
    found = lines(("03/0/2004", "400", "9,600"), ("03/0/2004", "300", "9,300"))

    assert [one.effective_on for one in found] == [date(2004, 3, 4)] * 2
    assert {effects(one)["effective_on"] for one in found} == {"inferred"}


def test_two_holdings_of_which_one_lost_its_title_and_its_letter_are_two_rows():
    found = rows(
        spaced("Common Stock", "6,883,086", "!", "See Footnotes"),
        spaced("674,719", "1", "See Footnote"),
    )

    assert [one.shares_after for one in found] == [6_883_086, 674_719]
