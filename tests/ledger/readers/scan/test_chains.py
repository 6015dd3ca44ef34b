"""The cheapest way in which totals follow from line to line, and figures that it leaves alone."""

from datetime import date

import pytest

from tests.ledger.readers.scan.test_candidates import spaced
from tests.ledger.readers.scan.test_reader import effects, read, row
from tests.ledger.readers.scan.test_running_totals import lines

SURE = (("400", "9,600"), ("1,300", "8,300"))


def figures(rows):
    return [(one.shares, one.shares_after) for one in rows]


@pytest.mark.parametrize(
    ("last", "meant"),
    [
        (("550", "7,150"), (550, 7_750)),  # a digit of the last total
        (("950", "7,750"), (950, 7_750)),  # two amounts may be meant, or none
        (("300", "750"), (300, 750)),  # it does not end as it should
        (("2,350", "950"), (2_350, 950)),  # the end of a total, and nothing of its front in the row
        (("550", "7,710"), (550, 7_710)),  # no digit that programs take for another
        (("100", "8,100"), (100, 8_100)),  # either may be misread
        (("550", "2,450"), (550, 2_450)),  # another holder's
    ],
)
def test_the_last_line_of_a_position_is_put_right_where_one_way_is_by_far_the_cheapest(last, meant):
    rows = lines(*SURE, last)

    assert figures(rows)[2] == meant
    assert figures(rows)[:2] == [(400, 9_600), (1_300, 8_300)]
    assert effects(rows[2])["shares_after"] == "doubtful" or meant == (950, 7_750)


def test_two_misread_totals_of_one_chain_are_put_right_together():
    rows = lines(*SURE, ("550", "7,150"), ("250", "7,500"), ("1,100", "6,100"), ("100", "6,300"))

    assert [one.shares_after for one in rows[2:]] == [7_750, 7_500, 6_400, 6_300]


def test_an_amount_whose_comma_was_read_as_a_digit_is_what_the_totals_say():
    rows = lines(("400", "9,600"), ("15300", "8,300"), ("550", "7,750"))

    assert rows[1].shares == 1_300
    assert effects(rows[1])["shares"] == "doubtful"


def test_a_figure_without_its_comma_that_no_total_bears_out_is_unknown():
    rows = lines(("400", "9,600"), ("15300", "2,200"), ("550", "1,650"))

    assert rows[1].shares is None


def test_a_total_of_a_page_that_was_read_well_stands_and_nothing_is_said_of_it():
    cells = (("400", "9,600"), ("1,300", "8,300"), ("550", "7,150"))
    text = "\n".join(
        spaced("Common Stock", "03/04/2004", "S", moved, "D", "$19.02", left, "D")
        for moved, left in cells
    )
    last = read(text).rows[2]

    assert (last.shares_after, last.repairs) == (7_150, ())


def test_lines_of_one_title_in_another_order_are_of_one_position():
    def sold(title, shares, left):
        return spaced(title, "03/04/2004", "s", shares, "D", "$19.02", left, "D")

    rows = read(
        "\n".join(
            [
                sold("Common Stock, no par value", "400", "9,600"),
                sold("par value Common Stock, no", "1,300", "8,300"),
                sold("Common Stock", "550", "7,150"),
            ]
        )
    ).rows

    assert rows[2].shares_after == 7_750


def dated(*days):
    return read(
        "\n".join(
            spaced("Common Stock", day, "s", f"{at}00", "D", "$19.02", "", "D")
            for at, day in enumerate(days, start=4)
        )
    ).rows


def test_a_day_that_several_rows_print_outside_the_form_is_the_one_it_is_like():
    days = ("03/04/2004", "03/04/2084", "03/04/2004", "03/04/2084", "03/04/2004")
    rows = dated(*days)

    assert {one.effective_on for one in rows} == {date(2004, 3, 4)}
    assert effects(rows[1])["effective_on"] == "doubtful"


@pytest.mark.parametrize("day", ["03/04/2003", "05/14/2003"])
def test_a_day_outside_the_form_that_is_like_no_other_stands_and_is_doubtful(day):
    rows = dated("03/04/2004", day, "03/04/2004", day, "03/04/2004")

    assert rows[1].effective_on == date(2003, int(day[:2]), int(day[3:5]))
    assert effects(rows[1])["effective_on"] == "doubtful"


def test_a_day_behind_a_whole_line_begins_another_though_the_first_shows_no_ownership():
    first = spaced("Common Stock", "03/04/2004", "s", "400", "D", "$19.02", "9,600", "ie")
    second = spaced("", "03/04/2004", "s", "1,300", "D", "$19.02", "8,300", "D")
    rows = read(f"{first}\n{second}").rows

    assert [one.shares for one in rows] == [400, 1_300]


def test_a_day_on_the_next_line_of_a_row_that_lacks_its_figures_is_its_own():
    found = row(
        spaced("Common Stock", "03/04/2004", "03/04/2004")
        + "\n"
        + spaced("", "s", "400", "D", "$19.02", "9,600", "D")
    )

    assert (found.shares, found.shares_after) == (400, 9_600)


def test_a_figure_without_its_comma_stands_where_the_totals_follow_by_it():
    rows = lines(("400", "9,600"), ("1300", "8300"), ("550", "7,750"))

    assert figures(rows)[1] == (1_300, 8_300)


def test_a_total_of_which_a_digit_is_lost_is_what_both_sides_lead_to():
    rows = lines(("400", "9,600"), ("1,300", "8,300"), ("550", "775"), ("250", "7,500"))

    assert rows[2].shares_after == 7_750
    assert effects(rows[2])["shares_after"] == "doubtful"


def test_a_dollar_sign_alone_between_a_day_and_an_amount_is_the_s_that_it_is():
    found = row(
        spaced("Common Stock", "03/04/2004", "$", "400", "D", "$19.02", "9,600", "|", "By Trust")
    )

    assert (found.code, effects(found)["code"], found.shares) == ("S", "repaired", 400)


@pytest.mark.parametrize("price", ["$ 19.02", "$   19.02"])
def test_a_dollar_sign_alone_before_a_price_is_no_code(price):
    found = row(spaced("Common Stock", "03/04/2004", "G", "400", "D", price, "9,600", "D"))

    assert (found.code, found.shares, found.shares_after) == ("G", 400, 9_600)


def test_a_fraction_of_table_i_is_doubtful_on_a_misread_page():
    found = row(spaced("Common Stock", "03/04/2004", "s", "2.5008", "D", "$19.02", "9,600", "D"))

    assert found.shares is None or effects(found)["shares"] == "doubtful"


def test_the_first_digit_of_an_amount_between_sure_totals_is_put_right_and_of_a_last_total_not():
    between = lines(("400", "9,600"), ("4,300", "8,300"), ("550", "7,750"), ("250", "7,500"))
    last = lines(("400", "9,600"), ("1,300", "8,300"), ("550", "1,750"))

    assert figures(between)[1] == (1_300, 8_300)
    assert figures(last)[2] == (550, 1_750)


def test_several_figures_of_a_typewriter_whose_commas_are_digits_are_followed():
    rows = lines(
        *(("400", "2,389,014"), ("5,000", "243845014"), ("24,876", "253595138")),
        *(("1,460", "2,357,678"), ("500", "2,357,178")),
    )

    assert [one.shares_after for one in rows[1:3]] == [2_384_014, 2_359_138]
    assert {effects(one)["shares_after"] for one in rows[1:3]} == {"doubtful"}
