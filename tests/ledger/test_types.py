"""The names that EDGAR gives to filings, companies and people, wherever they are printed."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from ledger.types import normal_accession, normal_cik
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
