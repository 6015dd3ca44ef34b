"""Words of titles, officers and prices that a misread page sets in another order, or adds to."""

from datetime import date
from decimal import Decimal

import pytest

from ledger.readers.scan.chart import Read
from ledger.readers.scan.doubts import doubted
from ledger.readers.scan.owners import _BEFORE_TITLE, _NO_TITLE
from ledger.readers.scan.wordings import mended_title
from tests.ledger.readers.scan.test_candidates import spaced
from tests.ledger.readers.scan.test_reader import effects, read, row
from tests.ledger.readers.scan.test_specks import EVER, bought


@pytest.mark.parametrize(
    ("read_as", "meant"),
    [
        ("par value Common Stock, no", "Common Stock, no par value"),
        ("par value Common Stock, $1.00", "Common Stock, $1.00 par value"),
        ("no par value Common Shares", "Common Shares, no par value"),
        ("value $0.001 Common Stock, par", "Common Stock, par value $0.001"),
        *((same, same) for same in ("Common Stock, par value $0.01", "value Common Stock")),
        *((same, same) for same in ("Class B Common Stock", "par value of the notes")),
    ],
)
def test_what_a_share_is_worth_at_par_stands_behind_its_title(read_as, meant):
    assert mended_title(read_as) == meant


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("Harbor Foods, Inc. [ HBF] EVP & Secretary", "EVP & Secretary"),
        (": Chairman and President", "Chairman and President"),
        ("06232018 Vice President", "Vice President"),
        ("ee President", "President"),
        *(
            (same, same)
            for same in ("co-President", "SVP, General Counsel", "President of HBF [US]")
        ),
    ],
)
def test_an_officer_s_title_begins_behind_the_company_and_specks(printed, title):
    assert _BEFORE_TITLE.sub("", printed) == title
    assert not _NO_TITLE.match(title)


@pytest.mark.parametrize("printed", ["rane", "ev2uzn22", "See"])
def test_shreds_are_no_officer_s_title(printed):
    assert _NO_TITLE.match(printed)


@pytest.mark.parametrize(
    ("price", "told"),
    [("$20.082", "doubtful"), ("$20.08", None), ("$20.0821", None), ("$20.125", None)],
)
def test_a_third_decimal_that_is_no_eighth_may_be_a_mark_where_others_are_printed(price, told):
    cells = ("Common Stock", "03/04/2004", "s", "400(1)", "D", price, "9,600", "D")
    found = row(spaced(*cells))

    assert (f"${found.price}", effects(found).get("price")) == (price, told)


def test_a_third_decimal_stands_where_no_mark_is_printed():
    cells = ("Common Stock", "03/04/2004", "s", "400", "D", "$20.082", "9,600", "D")

    assert "price" not in effects(row(spaced(*cells)))


def test_a_price_of_three_decimals_that_stands_twice_is_one():
    line = spaced("Common Stock", "03/04/2004", "s", "400", "D", "$20.082", "{}", "D")
    rows = read("\n".join((line.format("9,600"), line.format("9,200")))).rows

    assert {one.price for one in rows} == {Decimal("20.082")}
    assert all("price" not in effects(one) for one in rows)


def test_days_of_exercise_that_no_other_row_has_are_doubtful_where_digits_are_misread():
    option = bought(400, 400).model_copy(
        update={"exercisable_on": date(2004, 7, 23), "expires_on": date(2014, 7, 23)}
    )
    (strewn,) = doubted([option], EVER, Read(95, strewn=True))
    (clean,) = doubted([option], EVER, Read(95))
    twice = doubted([option, option], EVER, Read(95, strewn=True))

    assert {effects(strewn)[name] for name in ("exercisable_on", "expires_on")} == {"doubtful"}
    assert "expires_on" not in effects(clean)
    assert all("expires_on" not in effects(one) for one in twice)
