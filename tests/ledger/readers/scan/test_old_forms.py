"""Forms as they were printed before August 2002: no column for a deemed execution date."""

from datetime import date
from decimal import Decimal

import pytest

from ledger.readers import read
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


TYPED = """FORM 4                    U.S. SECURITIES AND EXCHANGE COMMISSION           OMB Number: 3235-0287
                STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP
{stamp}
1. Name and Address of Reporting Person*  | 2. Issuer Name and Ticker or Trading Symbol | 6. Relationship of Reporting Person(s)
Tollgate   Harriet   M.                   |   Birchfield Paper Co.   (BFP)              |  X  Director      ___ 10% Owner
(Last)     (First)   (Middle)             | 3. IRS or Social | 4. Statement for Month/Year
41 Quarry Lane                            |                  |    March 1996
(Street)                                  |
Table I -- Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned
1. Title of Security | 2. Transaction Date | 3. Transaction Code | 4. Securities Acquired (A) or Disposed of (D) | 5. Amount
{rows}
Table II -- Derivative Securities Acquired, Disposed of, or Beneficially Owned
Explanation of Responses:
        /s/ Harriet M. Tollgate                 4/8/96
        ** Signature of Reporting Person          Date
"""
SOLD = "Common Stock             3/11/96      S            2,250      D      $24.50         41,875            D"


def typed(*lines, stamp=""):
    text = TYPED.format(rows="\n".join(lines), stamp=stamp)
    return read(text.encode(), source="typed").filing


def test_a_typed_form_is_read_by_its_order():
    filing = typed(SOLD)
    (row,) = filing.rows

    assert [owner.name for owner in filing.owners] == ["Tollgate Harriet M."]
    assert (row.effective_on, row.code, row.shares) == (date(1996, 3, 11), "S", 2_250)
    assert (row.direction, row.price, row.shares_after) == ("disposed", Decimal("24.50"), 41_875)


@pytest.mark.parametrize(
    "stamp",
    [
        "             PUBLIC REFERENCE 1996",
        "                         1996",
        "                          APRIL 1996.",
    ],
)
def test_a_stamp_between_rows_is_no_holding_of_its_year(stamp):
    filing = typed(SOLD, stamp)

    assert [row.shares_after for row in filing.rows if row.shares_after] == [41_875]
    (holding,) = [row for row in typed(SOLD, SOLD[:25] + "1,996            D").rows if row.holding]
    assert holding.shares_after == 1_996


def test_a_day_stamped_over_a_figure_is_no_part_of_it():
    (row,) = typed(SOLD.replace("2,250      D", "2,2APR 10 1996   D")).rows

    assert (row.shares, row.shares_after) == (None, 41_875)


def test_a_stamp_of_receipt_behind_the_day_of_signing_is_no_period():
    filing = typed(SOLD, stamp="          RECEIVED APR 10 1996")

    assert filing.period is None
    assert [r.effect for r in filing.repairs if r.field == "period"] == ["field unknown"]


def test_fractions_days_without_a_year_and_days_with_strokes_are_unknown_and_said():
    first, second, third = typed(
        SOLD.replace("$24.50", "24 1/2"),
        SOLD.replace("3/11/96", "3/11   "),
        SOLD.replace("3/11/96", "3-11-96"),
    ).rows

    assert (first.price, second.effective_on, third.effective_on) == (None, None, None)
    assert "price" in {repair.field for repair in first.repairs}
    for row in (second, third):
        assert "effective_on" in {repair.field for repair in row.repairs}


def test_an_issuer_that_stands_where_the_owner_does_is_unknown():
    text = """FORM 3              U.S. SECURITIES AND EXCHANGE COMMISSION         OMB Number: 3235-0104
            INITIAL STATEMENT OF BENEFICIAL OWNERSHIP OF SECURITIES
1. Name and Address of Reporting Person   | 2. Date of Event     | 4. Issuer Name and Ticker or Trading Symbol
                                          |    Requiring         |
Tollgate   Harriet   M.                   |    Statement         |    Birchfield Paper Co.  (BFP)
(Last)     (First)   (Middle)             | (Month/Day/Year)     | 5. Relationship of Reporting Person to Issuer
Table I -- Non-Derivative Securities Beneficially Owned
1. Title of Security | 2. Amount of Securities Beneficially Owned | 3. Ownership Form | 4. Nature of Indirect Ownership
Common Stock                     10,400                        D
        /s/ Harriet M. Tollgate                 2/21/95
        ** Signature of Reporting Person          Date
"""
    filing = read(text.encode(), source="typed").filing

    assert filing.issuer.name in {None, "Birchfield Paper Co."}
    assert filing.rows[0].shares_after == 10_400


def test_a_name_before_its_bracketed_symbol_is_the_issuer_wherever_it_stands():
    text = """FORM 3              UNITED STATES SECURITIES AND EXCHANGE COMMISSION         OMB Number: 3235-0104
            INITIAL STATEMENT OF BENEFICIAL OWNERSHIP OF SECURITIES
1. Name and Address of Reporting Person*      2. Date of Event Requiring Statement       4. Relationship of Reporting Person(s) to Issuer
Tollgate Harriet                              02/12/2005                                    (Check all applicable)
(Last) (First) (Middle)                                                                       Director           10% Owner
41 QUARRY ROAD                                3. Issuer Name and Ticker or Trading Symbol   X Officer (give title below)      Other (specify below)
BIRCHFIELD PAPER CO. [ BFP ]                             President, Mills
Table I - Non-Derivative Securities Beneficially Owned
1. Title of Security    2. Amount of Securities Beneficially Owned    3. Ownership Form    4. Nature of Indirect Beneficial Ownership
Common Stock                     10,400                        D
        /s/ Harriet M. Tollgate                 02/21/2005
        ** Signature of Reporting Person          Date
"""
    filing = read(text.encode(), source="form").filing

    assert (filing.issuer.name, filing.issuer.symbol) == ("BIRCHFIELD PAPER CO.", "BFP")
    assert filing.owners[0].officer_title in {None, "President, Mills"}
