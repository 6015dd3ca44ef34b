"""Forms as they were printed before August 2002: no column for a deemed execution date."""

import pytest

from ledger.readers.scan.columns import PRINTED, columns_of

SALE = ("Common Stock", "3/11/97", "S", "", "2,250", "D", "$24.50", "41,875", "D", "")
GIFT = ("Common Stock", "3/17/97", "G", "V", "600", "D", "", "8,940", "I", "By wife")


def coded(row):
    return [text.isalpha() and text not in {"V", "D", "I"} for text in row]


@pytest.mark.parametrize("row", [SALE, GIFT])
def test_ten_columns_with_the_code_behind_the_day_are_those_of_the_old_form_4(row):
    columns = columns_of(PRINTED["I"], coded(row))

    assert dict(zip(columns, row, strict=True))["code"] in {"S", "G"}
    assert "deemed_execution_on" not in columns


def test_ten_columns_with_the_code_behind_two_days_are_those_of_form_5():
    row = ("Common Stock", "03/04/2004", "", "G", "600", "D", "$0", "8,940", "D", "")
    columns = columns_of(PRINTED["I"], coded(row))

    assert dict(zip(columns, row, strict=True))["code"] == "G"
    assert "deemed_execution_on" in columns


def test_a_table_with_as_many_columns_as_no_form_has_is_none():
    assert columns_of(PRINTED["I"], [False] * 7) is None
