"""What several readings of one figure's picture agree on."""

import pytest

from ledger.readers.pages.witnesses import agreed, beside, heard, signed


@pytest.mark.parametrize(
    ("readings", "signs", "said"),
    [
        (("31,870", "31,870", "31,870"), 1, "31,870"),
        (("'31,870", "31,870", "31,8(7"), 1, "31,870"),
        (("31870", "31,870", "31870"), 1, "31,870"),
        (("412, 060", "412,060", "412,060"), 1, "412,060"),
        (("0", "0", "4 0 ,"), 0, "0"),
        (("03/19/2019", "03/19/2019", "|03/19/2019"), 0, "03/19/2019"),
        (("(3)", "(3)", "(3"), 0, "(3)"),
    ],
)
def test_a_figure_stands_where_all_readings_that_are_well_formed_are_alike(readings, signs, said):
    assert agreed([(readings, signs)]) == [said]


@pytest.mark.parametrize(
    "readings",
    [
        ("31,870", "31,870", "37,870"),
        ("900", "900", "5,900"),
        ("1,542", "21,542", "1,542"),
        ("31,870", "31,S70", "3I,870"),
        ("03/19/2019", "08/19/2019", "03/19/2019"),
    ],
)
def test_a_figure_is_left_open_where_one_reading_has_another_digit_or_one_more(readings):
    assert agreed([(readings, 1)])[0].endswith("?")


def test_words_in_a_column_of_days_stand_as_they_were_read():
    assert agreed([(("Immed.", ".", "."), 0)]) == ["Immed."]


def test_a_cell_in_which_nothing_was_read_says_nothing():
    assert agreed([(("", "", ""), 0)]) == [""]


def test_of_readings_that_differ_the_one_printed_elsewhere_on_the_page_is_meant():
    sure = ("12,060", "12,060", "12,060")
    page = [(sure, 1), (("12,068", "12,060", "12,060"), 1), (("10/01/2020", "10/01/2026", ""), 0)]

    assert agreed(page) == ["12,060", "12,060", "10/01/2020?"]


def test_a_short_figure_is_printed_elsewhere_by_chance():
    page = [(("60", "60", "60"), 0), (("60", "66", "66"), 0)]

    assert agreed(page)[1] == "60?"


COMMA, POINT, NEITHER = 1_000, 320, 600


def test_the_last_sign_before_three_digits_is_told_by_its_weight():
    page = [("1,204,871", (COMMA, COMMA)), ("62,379,648", (COMMA, POINT)), ("3,961", (COMMA,))]

    assert signed(page) == ["1,204,871", "62,379.648", "3,961"]


def test_a_sign_of_no_certain_weight_is_a_doubt_only_where_others_have_fractions():
    whole = [("1,204,871", (COMMA, COMMA)), ("3,961", (NEITHER,))]
    fine = [*whole, ("62,379,648", (COMMA, POINT))]

    assert signed(whole) == ["1,204,871", "3,961"]
    assert signed(fine)[1] == "3,961?"


def test_prices_in_cents_show_what_a_point_weighs_where_no_comma_is_certain():
    page = [("$402.84", (POINT,)), ("$17.05", (POINT,)), ("3,961", (COMMA,)), ("6.340", (COMMA,))]

    assert signed(page) == ["$402.84", "$17.05", "3,961", "6,340"]


def test_a_sign_before_two_digits_is_a_point_unless_it_weighs_as_a_comma():
    page = [("1,204,871", (COMMA, COMMA)), ("226,37", (POINT,)), ("418,91", (COMMA,))]

    assert signed(page)[1:] == ["226.37", "418.91?"]


def test_where_nothing_shows_what_a_comma_weighs_figures_stand_as_they_were_read():
    assert signed([("3,961", (COMMA,)), ("31.811", (POINT,))]) == ["3,961", "31.811"]


def test_a_figure_whose_signs_were_not_all_seen_stands_as_it_was_read():
    page = [("1,204,871", (COMMA, COMMA)), ("62,379,648", (POINT,))]

    assert signed(page)[1] == "62,379,648"


@pytest.mark.parametrize("seen", ["61,402", "61,402(3)", "'61,402|", "61.402", "61, 402"])
def test_a_figure_is_seconded_by_another_reading_with_its_digits_marks_left_aside(seen):
    second = beside("61,402", seen)

    assert second is not None
    assert agreed([(("61,402", second), 1)]) == ["61,402"]


def test_as_many_other_digits_on_the_page_make_a_figure_doubtful():
    second = beside("61,402", "67,402")

    assert second is not None
    assert agreed([(("61,402", second), 1)]) == ["61,402?"]


@pytest.mark.parametrize("seen", ["", "161,402", "61,4023", "See note (3)"])
def test_more_digits_or_words_on_the_page_say_nothing_of_a_figure(seen):
    assert beside("61,402", seen) is None


@pytest.mark.parametrize(
    ("readings", "other", "said"),
    [
        (("12,733", "12,733", "11,733"), "11,733", "11,733"),
        (("12,733", "12,733", "12,733"), "11,733", "12,733?"),
        (("12,733", "12,733", "12,733"), "11.7S3", "12,733"),
        (("12,733", "12;733"), "12;733", "12,733"),
        (("", ""), "12,733", "12,733?"),
    ],
)
def test_what_two_programs_read_alike_is_sure_and_what_they_read_otherwise_open(
    readings, other, said
):
    assert agreed([(heard(readings, other), 1)]) == [said]
