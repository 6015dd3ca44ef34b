"""The names that EDGAR gives to filings, companies and people, wherever they are printed; numbers and days."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from pydantic import TypeAdapter, ValidationError

from ledger.types import (
    FORMAT_RANK,
    canonical,
    eastern,
    eastern_day,
    end_of_day,
    exchanged,
    grouped,
    instant,
    month_interval,
    multiplied,
    normal_accession,
    normal_cik,
    plain,
    ratio_of,
    ratio_text,
    signed,
)
from ledger.validation import Accession, Cik, Frozen

NUMBER = "0003141592-08-000653"


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        NUMBER.replace("-", ""),
        f"edgar/data/77/{NUMBER.replace('-', '')}/doc4.xml",
        f"form4_{NUMBER}.txt",
        f"ACCESSION NUMBER:\t\t{NUMBER}\n",
        f"{NUMBER} and 0009999999-09-000009",
    ],
)
def test_the_first_accession_number_of_a_text_is_told_with_its_dashes(text):
    assert normal_accession(text) == NUMBER


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0003141592-08-00065",
        "90003141592-08-000653",
        "0003141592-08-0006531",
        "0003141592-08000653",
        "deadbeef000314159208000653cafe",
        "٠٠٠٣١٤١٥٩٢-٠٨-٠٠٠٦٥٣",
    ],
)
def test_other_digits_name_no_filing(text):
    assert normal_accession(text) is None


def test_digits_without_dashes_count_only_where_they_may_be_a_number():
    """On paper eighteen digits in a row may be anything."""
    assert normal_accession("000314159208000653", bare=False) is None
    assert normal_accession(f"000111111109000001 {NUMBER}", bare=False) == NUMBER


def test_a_cik_is_told_in_ten_digits():
    assert normal_cik(" 314159 ") == "0000314159"
    assert normal_cik("0000314159") == "0000314159"
    assert [normal_cik(t) for t in ("", "00003141592", "31 4159", "٣١٤", "0x12")] == [None] * 5


@pytest.mark.parametrize(
    ("kind", "text"), [(Accession, "٠٠٠٣١٤١٥٩٢-٠٨-٠٠٠٦٥٣"), (Cik, "٠٠٠٠٣١٤١٥٩"), (Cik, "314159")]
)
def test_a_filing_holds_no_name_that_these_would_not_give(kind, text):
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(text)


class Weighed(Frozen):
    """A value with a number that may be any."""

    grams: float


def test_a_value_of_a_filing_is_neither_changed_nor_stretched_nor_endless():
    one = Weighed(grams=1.5)
    with pytest.raises(ValidationError, match="frozen"):
        one.grams = 2.5
    with pytest.raises(ValidationError, match=r"[Ee]xtra"):
        Weighed(grams=1.5, pounds=3)
    for endless in ("inf", "nan"):
        with pytest.raises(ValidationError, match="finite"):
            Weighed(grams=float(endless))


@pytest.mark.parametrize(
    ("number", "printed", "for_people"),
    [
        ("0", "0", "0"),
        ("-0", "0", "0"),
        ("0.000", "0", "0"),
        ("-0.00", "0", "0"),
        ("1200.50", "1200.5", "1,200.5"),
        ("1E+4", "10000", "10,000"),
        ("1200000", "1200000", "1,200,000"),
        ("1E-7", "0.0000001", "0.0000001"),
        ("-0.25", "-0.25", "-0.25"),
        ("-1200.25", "-1200.25", "-1,200.25"),
    ],
)
def test_equal_quantities_are_equal_text(number, printed, for_people):
    assert plain(Decimal(number)) == printed
    assert grouped(Decimal(number)) == for_people
    assert canonical(Decimal(number)).as_tuple() == Decimal(printed).as_tuple()


def test_a_movement_is_printed_with_its_sign():
    assert [signed(Decimal(n)) for n in ("1200", "-1200", "0")] == ["+1,200", "-1,200", "0"]


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ("3:2", Fraction(3, 2)),
        ("0.4873:1", Fraction(4873, 10_000)),
        ("0:1", None),
        ("3:0", None),
        ("3", None),
        ("3:2 ", None),
        ("-3:2", None),
        ("", None),
        (None, None),
    ],
)
def test_a_ratio_is_two_numbers_and_neither_of_them_none(text, ratio):
    assert ratio_of(text) == ratio


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (Fraction(3, 2), "3:2"),
        (Fraction(1000, 999), "1000:999"),
        (Fraction(4873, 10_000), "0.4873:1"),
        (Fraction(1, 3000), "1:3000"),
        (Fraction(2003, 3001), "2003:3001"),
        (Fraction(1, 1001), "1:1001"),
        (Fraction(1001), "1001:1"),
    ],
)
def test_a_ratio_is_printed_exactly(ratio, text):
    assert ratio_text(ratio) == text
    assert ratio_of(text) == ratio


def test_shares_are_exchanged_exactly_or_the_fraction_is_paid_in_cash():
    assert multiplied(Decimal(3000), Fraction(4, 3)) == 4000
    assert multiplied(Decimal(1000), Fraction(4, 3)) is None
    assert exchanged(Decimal(3000), Fraction(4, 3)) == 4000
    assert exchanged(Decimal(1000), Fraction(4, 3)) == 1333
    assert exchanged(Decimal("10.5"), Fraction(1, 3)) == Decimal("3.5")


@pytest.mark.parametrize(
    ("year", "month", "first", "last"),
    [
        (2024, 1, "2024-01-01", "2024-01-31"),
        (2024, 2, "2024-02-01", "2024-02-29"),
        (2023, 2, "2023-02-01", "2023-02-28"),
        (2024, 11, "2024-11-01", "2024-11-30"),
        (2024, 12, "2024-12-01", "2024-12-31"),
    ],
)
def test_a_month_lasts_from_its_first_day_to_its_last(year, month, first, last):
    assert month_interval(year, month) == (date.fromisoformat(first), date.fromisoformat(last))


def test_days_and_moments_are_those_of_new_york_and_told_in_utc():
    assert instant(end_of_day(date(2024, 1, 15))) == "2024-01-16T04:59:59Z"
    assert instant(end_of_day(date(2024, 7, 15))) == "2024-07-16T03:59:59Z"
    assert instant(eastern(datetime(2024, 7, 15, 17, 30))) == "2024-07-15T21:30:00Z"  # noqa: DTZ001
    assert eastern_day(datetime(2024, 7, 15, 3, 59, tzinfo=UTC)) == date(2024, 7, 14)


def test_no_two_sources_rank_alike_and_a_submission_stands_first():
    ranked = sorted(FORMAT_RANK, key=FORMAT_RANK.__getitem__, reverse=True)
    assert ranked == ["submission", "ownership-xml", "data-set", "html", "scanned"]
    assert len({*FORMAT_RANK.values()}) == len(FORMAT_RANK)
