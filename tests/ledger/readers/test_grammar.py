"""The grammar of numbers and days: what is accepted, and everything that is not."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.readers.grammar import day_digits, day_iso, day_us, quantity, yes_or_no


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("985,544", "985544"),
        ("106150.00", "106150"),
        (" 12\n", "12"),
        (".25", "0.25"),
        ("7.", "7"),
        ("1,234,567.8901", "1234567.8901"),
        ("999,999,999,999,999", "999999999999999"),
        ("123456789012345.12345678", "123456789012345.12345678"),
        ("000412", "412"),
    ],
)
def test_a_plain_or_grouped_number_is_read_exactly(text, number):
    assert quantity(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", ".", ",", "-5", "+5", "(5)", "$5", "5%", "5 5", "1e3", "1E+999999", "0x10"),
        *("NaN", "Infinity", "1_000", "1,00", "1,000,00", ",100", "1000,000", "1.2.3", "1,000,"),
        *("٣", "\uff11\uff12", "1\u00a0000", "½", "1\x00", "5 shares", "985,544(2)", "1,23 4"),
        *("1234567890123456", "1,234,567,890,123,456", "0.123456789", "1" * 33, "9" * 10**6),
    ],
)
def test_anything_else_is_no_number(text):
    assert quantity(text) is None


@given(st.text(max_size=40))
def test_whatever_the_text_a_quantity_is_finite_exact_and_not_negative(text):
    number = quantity(text)

    assert number is None or (number.is_finite() and 0 <= number < 10**15)


@given(st.decimals(min_value=0, max_value=Decimal(10**15) - 1, places=8))
def test_every_number_a_filing_can_hold_comes_back_as_itself(number):
    assert quantity(format(number, "f")) == number
    assert quantity(format(number, ",f")) == number


@pytest.mark.parametrize(
    "text", ["2021-09-30", " 2021-09-30 ", "2021-09-30-05:00", "2021-09-30+14:00", "2021-09-30Z"]
)
def test_a_zone_suffix_does_not_move_the_day(text):
    assert day_iso(text) == date(2021, 9, 30)


@pytest.mark.parametrize(
    "text",
    [
        *("", "2021-02-30", "2021-13-01", "0203-01-05", "1899-12-31", "2101-01-01", "20210930"),
        *("2021-9-30", "2021-09-30T00:00:00", "2021-09-30-5:00", "2021-09-30-15:00", "09/30/2021"),
        *("２０２１-09-30", "2021-09-30x", "--", "2021-09-3O"),
    ],
)
def test_what_is_no_plain_day_is_no_day(text):
    assert day_iso(text) is None


def test_an_american_day_needs_its_whole_year_unless_asked():
    assert day_us("9/5/2004") == day_us("09/05/2004") == date(2004, 9, 5)
    assert day_us("09/05/04") is None
    assert day_us("09/05/04", short_year=True) == date(2004, 9, 5)
    assert day_us("12/31/69", short_year=True) == date(2069, 12, 31)
    assert day_us("12/31/70", short_year=True) == date(1970, 12, 31)


@pytest.mark.parametrize("text", ["", "13/01/2004", "02/30/2004", "9-5-2004", "1/1/104", "1/1/1"])
def test_an_impossible_american_day_is_none(text):
    assert day_us(text, short_year=True) is None


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_every_day_of_two_centuries_is_read_both_ways(day):
    assert day_iso(day.isoformat()) == day
    assert day_us(f"{day.month}/{day.day}/{day.year}") == day


@given(st.text(max_size=30))
def test_no_text_makes_a_day_fail(text):
    assert day_iso(text) is None or day_iso(text).year >= 1900
    assert day_us(text, short_year=True) is None or day_us(text, short_year=True).year >= 1900


def test_a_header_prints_days_as_eight_digits():
    assert day_digits(" 20210930\t") == date(2021, 9, 30)
    assert [day_digits(t) for t in ("", "20210931", "2021093", "18991231", "2021-09-30")] == [
        None
    ] * 5


def test_a_box_is_ticked_empty_or_neither():
    assert [yes_or_no(t) for t in ("1", "true", "TRUE", " true ")] == [True] * 4
    assert [yes_or_no(t) for t in ("0", "false", "False")] == [False] * 3
    assert [yes_or_no(t) for t in ("", "yes", "2", "X")] == [None] * 4
