"""What only place and the rest of a misread form tell: letters, marks, days, codes and points."""

from datetime import date
from decimal import Decimal

import pytest

from tests.ledger.readers.scan.test_candidates import spaced
from tests.ledger.readers.scan.test_reader import NOTES, TOP, effects, read, row, why

MISREAD = TOP + "\nOMB Number: 3286-0287"


def sold(day, code, moved, left, letter="D"):
    return spaced("Common Stock", day, code, moved, letter, "$2.50", left, "D")


def units(*cells):
    return spaced("Restricted Stock Units", *cells)


@pytest.mark.parametrize("printed", ["4", "7", "i2", "3s"])
def test_what_stands_between_a_balance_and_a_nature_is_the_letter_of_ownership(printed):
    found = row(spaced("Common Stock", "15,905", printed, "By Living Trust"))

    assert (found.shares_after, found.ownership) == (15_905, "indirect")
    assert effects(found)["ownership"] == "inferred"


def test_a_nought_before_a_nature_whose_letter_is_lost_is_the_balance():
    cells = ("Common Stock", "03/04/2004", "Ss", "400", "D", "$2.50", "0", "By Spouse")
    found = row(spaced(*cells))

    assert (found.shares_after, found.nature) == (0, "By Spouse")


def test_small_words_alone_in_the_cells_of_table_ii_are_left_of_marks():
    found = row(
        "", units("mo", "03/04/2004", "A", "758", "ow", "aya", "Common", "758", "$0", "6,061", "D")
    )

    assert (found.code, found.shares, found.underlying_shares) == ("A", 758, 758)
    assert (found.shares_after, found.security) == (6_061, "Restricted Stock Units")


def test_a_digit_alone_before_the_underlying_title_is_left_of_a_mark_and_no_amount():
    cells = ("Option", "$2.50", "03/04/2004", "M", "4,400", "0", "(2)", "Common Stock", "4,400")
    found = row("", spaced(*cells, "$0", "9,600", "D"))

    assert (found.shares, found.underlying_shares, found.shares_after) == (4_400, 4_400, 9_600)

    few = row(
        "",
        spaced(
            "Option",
            "$2.50",
            "03/04/2004",
            "M",
            "7",
            "(2)",
            "Common Stock",
            "7",
            "$0",
            "9,600",
            "D",
        ),
    )
    assert few.shares == 7


def test_a_small_letter_in_table_ii_is_no_direction():
    cells = ("Option", "$2.50", "03/04/2004", "J", "400", "a", "(2)", "Common Stock", "400")
    found = row("", spaced(*cells, "$0", "9,600", "D"))

    assert (found.shares, found.direction) == (400, None)


def test_a_day_that_is_not_legible_is_that_of_every_other_row_and_the_period():
    *_, second = read(
        "\n".join(
            (sold("03/04/2004", "Ss", "400", "9,600"), sold("39/94/2994", "Ss", "600", "9,000"))
        )
    ).rows

    assert (second.effective_on, effects(second)["effective_on"]) == (date(2004, 3, 4), "inferred")
    assert "every other row" in why(second)["effective_on"]


def test_a_day_between_rows_of_two_days_stays_unknown():
    days = ("03/04/2004", "03/05/2004", "39/94/2994")
    notes = NOTES.replace("03/05/2004", "03/06/2004")
    lines = (
        sold(day, "Ss", "400", left)
        for day, left in zip(days, ("9,600", "9,200", "8,800"), strict=True)
    )
    *_, last = read("\n".join(lines), notes=notes).rows

    assert last.effective_on is None


def test_the_only_transaction_of_a_form_is_of_its_period():
    found = row(sold("ov/ue024", "Ss", "400", "9,600"))

    assert (found.effective_on, effects(found)["effective_on"]) == (date(2004, 3, 4), "inferred")


def test_a_day_that_the_form_does_not_cover_is_not_replaced_by_its_period():
    assert row(sold("01/15/1994", "Ss", "400", "9,600")).effective_on is None


def test_a_point_among_whole_shares_is_a_comma_and_doubtful():
    found = row(sold("03/04/2004", "Ss", "9.276", "73,623"), top=MISREAD)

    assert (found.shares, found.shares_after) == (9_276, 73_623)
    assert effects(found)["shares"] == "doubtful"


def test_a_fraction_stands_where_the_table_has_one_that_can_be_nothing_else():
    held = spaced("Common Stock", "152.25", "I", "By Plan")
    first, _ = read(
        "\n".join((sold("03/04/2004", "Ss", "9.276", "73,623"), held)), top=MISREAD
    ).rows

    assert first.shares != 9_276


def test_units_are_held_by_fractions_and_options_are_not():
    cells = ("(1)", "03/04/2004", "A", "329.381", "(2)", "(2)", "Common Stock", "329.381", "$0")
    assert row("", units(*cells, "12,482.388", "D"), top=MISREAD).shares == Decimal("329.381")

    option = (
        "Stock Option",
        "$2.50",
        "03/04/2004",
        "M",
        "9.276",
        "(2)",
        "(2)",
        "Common Stock",
        "9,276",
    )
    assert row("", spaced(*option, "$0", "73,623", "D"), top=MISREAD).shares == 9_276


def test_a_fraction_that_ends_in_a_nought_is_a_figure_of_thousands():
    held = spaced("Common Stock", "12,050.960", "|", "By Trust")
    other = spaced("Common Stock", "1,954,631", "|", "By Fund")

    found = read("\n".join((held, other, sold("03/04/2004", "Ss", "400", "9,600")))).rows[0]
    assert (found.shares_after, effects(found)["shares_after"]) == (12_050_960, "repaired")


def test_of_a_comma_and_a_point_that_is_true_by_which_no_more_is_acquired_than_held():
    cells = ("mo", "03/04/2004", "A", "329,381", "(2)", "(2)", "Common Stock", "329.381", "$0")
    found = row("", units(*cells, "12,482.388", "D"), top=MISREAD)

    assert (found.shares, found.underlying_shares) == (Decimal("329.381"), Decimal("329.381"))


def test_a_code_that_is_not_legible_is_that_of_all_others_that_go_its_way():
    def got(code, moved):
        return spaced("Common Stock", "03/04/2004", code, moved, "A", "$0", "9,600", "|", "By Fund")

    *_, last = read("\n".join((got("C", "400"), got("Cc", "700"), got("qe)", "300")))).rows
    assert (last.code, effects(last)["code"]) == ("C", "inferred")

    *_, alone = read("\n".join((got("J", "400"), got("qe)", "300")))).rows
    assert alone.code is None


def test_convertible_preferred_stock_is_what_is_converted():
    cells = ("(1)", "03/04/2004", "Cc", "72,660", "(1)", "(1)", "Class B Stock", "18,165", "(1)")
    found = row("", spaced("Series D Convertible Preferred Stock", *cells, "72,660", "D"))

    assert found.direction == "disposed"


def test_a_figure_put_together_over_blanks_is_doubtful_on_a_page_of_misread_figures():
    lines = (
        spaced("Common Stock", "14, 536, 420", "|", "By Trust"),
        sold("03/04/2004", "Ss", "400", "9,600"),
    )
    found = read("\n".join(lines), top=MISREAD).rows[0]

    assert (found.shares_after, effects(found)["shares_after"]) == (14_536_420, "doubtful")


def test_a_digit_behind_a_figure_without_commas_is_not_its_rest():
    cells = ("(1)", "03/04/2004", "A", "758", "(2)", "(2)", "Common Stock", "758", "$0")
    assert row("", units(*cells, "6061 5", "D")).shares_after in {None, 6_061}


def test_a_total_of_two_digits_where_thousands_came_is_doubtful():
    cells = ("Common Stock", "03/04/2004", "P", "12,000", "A", "$860.4")
    few, many = (row(spaced(*cells, left, "|", "By Trust")) for left in ("47", "163,550"))

    assert effects(few)["shares_after"] == "doubtful"
    assert "shares_after" not in effects(many)


def test_a_figure_of_several_digits_is_no_letter_and_a_crumb_before_a_day_no_day():
    cells = ("Common Stock", "“1", "03/04/2004", "8", "1,700%)", "D", "$19.02", "24,969", "|")
    found = row(spaced(*cells, "By Trust"))

    assert (found.effective_on, found.shares) == (date(2004, 3, 4), 1_700)
    assert (found.direction, found.shares_after) == ("disposed", 24_969)


def test_a_title_with_a_class_on_both_sides_is_doubtful():
    held = (
        spaced(title, "15,905", "|", "By Trust")
        for title in ("Class A Common Stock Class A", "Class A Common Stock")
    )
    twice, once = read("\n".join(held), top=MISREAD).rows

    assert effects(twice)["security"] == "doubtful"
    assert once.security == "Class A Common Stock"


def test_words_of_a_nature_that_stand_turned_are_turned_back():
    assert row(spaced("Common Stock", "15,905", "|", "Footnote see")).nature == "See Footnote"
