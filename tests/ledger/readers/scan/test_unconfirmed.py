"""Figures that nothing on a misread page confirms: when they stand, and when in doubt."""

from datetime import date

import pytest

from ledger.filing import Repair, Row
from ledger.readers.scan.chart import Read
from ledger.readers.scan.days import Covered
from ledger.readers.scan.doubts import doubted
from tests.ledger.readers.scan.test_borne_out import converted, line, rows
from tests.ledger.readers.scan.test_candidates import spaced
from tests.ledger.readers.scan.test_doubts import lines
from tests.ledger.readers.scan.test_reader import TOP, effects, read, row, why

MISREAD = TOP + "\nOMB Number: 3286-0287"
RIGHT = TOP + "\nOMB Number: 3235-0287"


def held(*figures, top):
    printed = (spaced("Common Stock", f, "I", f"By {n} Trust") for f, n in figures)
    sold = spaced("Common Stock", "03/04/2004", "Ss", "400", "D", "$2.50", "9,600", "D")
    return read("\n".join((*printed, sold)), top=top).rows


def test_a_figure_is_doubtful_where_one_that_the_form_prints_itself_was_misread():
    found = held(("61,304", "Elm"), top=MISREAD)[0]

    assert found.shares_after == 61_304
    assert effects(found)["shares_after"] == "doubtful"
    assert "3286-0287" in why(found)["shares_after"]


def test_a_figure_stands_where_the_forms_own_were_read_right():
    assert "shares_after" not in effects(held(("61,304", "Elm"), top=RIGHT)[0])


def test_a_figure_that_stands_twice_is_confirmed_wherever_it_is_read():
    first, second, _ = held(("61,304", "Elm"), ("61,304", "Oak"), top=MISREAD)

    assert "shares_after" not in effects(first) | effects(second)


def test_totals_that_follow_confirm_each_other_on_such_a_page():
    sold = (
        spaced("Common Stock", "03/04/2004", "Ss", moved, "D", "$2.50", left, "D")
        for moved, left in (("400", "61,304"), ("300", "61,004"))
    )
    first, second = read("\n".join(sold), top=MISREAD).rows

    assert "shares_after" not in effects(first) | effects(second)


def test_what_may_stand_in_another_column_is_doubtful_with_its_row():
    found = row(spaced("Common Stock", "03/04/2004", "400", "9,600", "e)"))

    assert (found.shares, found.shares_after) == (400, 9_600)
    assert [effects(found)[name] for name in ("row", "shares", "shares_after")] == [
        "inferred",
        "doubtful",
        "doubtful",
    ]


def test_a_line_with_a_ruined_day_is_no_holding_of_the_figure_behind_it():
    found = row(spaced("Common Stock", "osroa/2004", "s", "9,176", "o", "szes", "82,9999", "D"))

    assert found.shares_after is None


def test_a_day_amid_rows_of_another_that_looks_like_it_is_unknown():
    found = lines(
        ("03/05/2004", "400", "9,600"),
        ("03/06/2004", "300", "9,300"),
        ("03/05/2004", "200", "9,100"),
    )

    assert [one.effective_on for one in found] == [date(2004, 3, 5), None, date(2004, 3, 5)]
    assert "between rows of 2004-03-05" in why(found[1])["effective_on"]


def test_a_day_behind_the_others_or_unlike_them_stands():
    last = lines(
        ("03/05/2004", "400", "9,600"),
        ("03/05/2004", "300", "9,300"),
        ("03/06/2004", "200", "9,100"),
    )
    unlike = lines(
        ("03/04/2004", "400", "9,600"),
        ("03/05/2004", "300", "9,300"),
        ("03/04/2004", "200", "9,100"),
    )

    assert [one.effective_on.day for one in last] == [5, 5, 6]
    assert [one.effective_on.day for one in unlike] == [4, 5, 4]


def test_a_conversion_is_of_one_day_by_its_underlying_shares_too():
    first, other = rows(
        line("Cc", "57,130", "A", "$0", "57,130", day="03/05/2004"),
        second=(converted("Cc", "57,130", "3,583,427").replace("57,130", "57,13?0)", 1),),
    )

    assert other.shares is None
    assert first.effective_on is None


def test_the_b_of_a_class_that_was_read_as_an_eight_is_a_b():
    found = row(
        spaced("Class 8 Common Stock", "03/04/2004", "Ss", "400", "D", "$2.50", "9,600", "D")
    )

    assert (found.security, found.shares_after) == ("Class B Common Stock", 9_600)
    assert effects(found)["security"] == "repaired"


def test_the_eight_of_a_class_is_no_number_of_underlying_shares():
    found = row(
        "",
        spaced("Series A Stock", "03/04/2004", "Cc", "400", "Class 8 Stock", "100", "$0", "7", "D"),
    )

    assert (found.underlying, found.underlying_shares) == ("Class B Stock", 100)


def test_a_series_or_class_of_a_true_number_keeps_it():
    found = row(
        spaced("Series 2 Preferred Stock", "03/04/2004", "Ss", "400", "D", "$2.50", "9,600", "D")
    )

    assert found.security == "Series 2 Preferred Stock"


def test_a_day_outside_the_form_makes_other_figures_doubtful_too():
    first, second, third = lines(
        ("03/04/2004", "400", "61,304"),
        ("08/05/2004", "300", "61,004"),
        ("03/05/2004", "7,215", "28,119"),
    )

    assert (second.effective_on, third.shares) == (None, 7_215)
    assert effects(third)["shares"] == "doubtful"
    assert "shares_after" not in effects(first)


def test_strokes_in_one_table_do_not_touch_figures_of_the_other():
    moved = converted("Cc", "57,130", "3,583,427").replace("57,130", "|57,130")
    above, _ = read(spaced("Common Stock", "15,905", "1", "By Elm Trust"), second=moved).rows

    assert above.shares_after == 15_905


@pytest.mark.parametrize("printed", ["g(2)", "ga", "go", "gs)"])
def test_a_small_g_is_the_s_of_a_sale_and_no_gift(printed):
    sale = row(spaced("Common Stock", "03/04/2004", printed, "400", "D", "$2.50", "900", "D"))
    gift = row(spaced("Common Stock", "03/04/2004", printed, "400", "D", "$0", "900", "D"))

    assert (sale.code, gift.code) == ("S", None)


def test_a_figure_that_its_program_was_not_sure_of_is_doubtful_on_a_page_read_well():
    first = held(("61,304?", "Elm"), top=RIGHT)[0]

    assert first.shares_after == 61_304
    assert effects(first)["shares_after"] == "doubtful"


def test_it_is_doubtful_where_the_page_was_misread_and_unknown_where_it_counts_fractions():
    misread = held(("61,304?", "Elm"), top=MISREAD)[0]
    fractions = held(("61,304?", "Elm"), ("15,905.25", "Oak"), top=RIGHT)[0]

    assert (misread.shares_after, fractions.shares_after) == (61_304, None)
    assert effects(misread)["shares_after"] == "doubtful"


@pytest.mark.parametrize("printed", ["0)", "0?)", "0°)", "o)"])
def test_a_line_that_holds_nothing_is_a_row_though_no_figure_of_it_is_whole(printed):
    nothing = spaced("Class A Common Stock", printed, "|", "See Footnote‘”)")
    first, second = read("\n".join((spaced("Common Stock", "5,413,781", "D"), nothing))).rows

    assert (first.shares_after, second.shares_after) == (5_413_781, 0)
    assert (second.holding, second.ownership, second.nature) == (True, "indirect", "See Footnote")
    assert effects(second)["shares_after"] == "repaired"


def test_a_title_a_speck_and_a_nature_are_no_row():
    found = read(spaced("Class A Common Stock", "By Elm Trust") + "\nCommon Stock   c)   See note")

    assert found.rows == ()


def test_a_stroke_that_stands_off_from_figures_is_no_digit_of_others():
    sold = "\n".join(
        spaced("Common Stock", "03/04/2004", "Ss", "400", "D", "| $2.50", left, "D")
        for left in ("186,543", "181,969")
    )

    assert [found.shares_after for found in read(sold).rows] == [186_543, 181_969]


@pytest.mark.parametrize("stroke", ["1", "|", "!", "]", "t", ". l"])
def test_a_holding_whose_columns_single_blanks_part_is_read_past_a_stroke_for_its_i(stroke):
    printed = f"Common Stock 15,905 {stroke} By Elm Trust"
    sold = spaced("Common Stock", "03/04/2004", "Ss", "400", "D", "$2.50", "9,600", "D")
    found = read(f"{printed}\n{sold}").rows[0]

    assert (found.security, found.shares_after) == ("Common Stock", 15_905)
    assert (found.ownership, found.nature) == ("indirect", "By Elm Trust")


def test_a_figure_within_a_title_is_no_holding_of_it():
    found = row(
        spaced("Series 2 Preferred Stock", "03/04/2004", "Ss", "400", "D", "$2.50", "9,600", "D")
        + "\nSeries 2 By Elm"
    )

    assert found.shares_after == 9_600


def test_a_day_outside_the_form_that_two_rows_print_stands_and_is_doubtful():
    """No digit is misread alike twice: it is the period that was."""
    within = [("03/04/2004", "400", "61,304"), ("03/05/2004", "300", "61,004")]
    twice = [("02/27/2004", "7,215", "28,119"), ("02/27/2004", "1,000", "27,119")]
    both = lines(*within, ("03/05/2004", "600", "9,404"), *twice)
    once = lines(*within, twice[0])

    assert [row.effective_on for row in both[3:]] == [date(2004, 2, 27)] * 2
    assert {effects(row)["effective_on"] for row in both[3:]} == {"doubtful"}
    assert once[2].effective_on is None


def test_a_figure_that_unsure_totals_follow_by_in_another_digit_is_doubtful():
    moved = lines(("03/04/2004", "400", "33,575?"), ("03/05/2004", "14,134", "29,441?"))[1]
    right = lines(("03/04/2004", "400", "33,575?"), ("03/05/2004", "4,134", "29,441?"))[1]

    assert effects(moved)["shares"] == "doubtful"
    assert (right.shares, "shares" in effects(right)) == (4_134, False)


def test_a_print_that_arithmetic_overrules_is_doubtful_and_not_repaired():
    """One of the figures that prove another digit may be the misread one."""
    overruled = lines(("03/04/2004", "400", "73,905"), ("03/05/2004", "24,744?", "49,164"))[1]
    borne_out = lines(("03/04/2004", "400", "73,905"), ("03/05/2004", "24,741?", "49,164"))[1]

    assert (overruled.shares, effects(overruled)["shares"]) == (24_741, "doubtful")
    assert (borne_out.shares, effects(borne_out)["shares"]) == (24_741, "repaired")


def test_a_figure_of_a_ruined_row_is_not_borne_out_by_that_of_another_column():
    ruin = Repair(field="row", printed="", effect="inferred", why="so much of it is lost")
    ruined = Row(table="II", line=1, holding=True, shares_after=18_165, repairs=[ruin])
    others = [
        Row(table="II", line=2, holding=True, underlying_shares=18_165),
        Row(table="II", line=2, holding=True, shares_after=18_165),
    ]

    astray, again = (doubted([ruined, other], Covered(None, None), Read(96))[0] for other in others)

    assert effects(astray)["shares_after"] == "doubtful"
    assert "shares_after" not in effects(again)
