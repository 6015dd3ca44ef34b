"""What a misread page holds back for want of evidence: codes, periods and prices."""

from datetime import date

import pytest

from tests.ledger.readers.scan.test_candidates import spaced
from tests.ledger.readers.scan.test_doubts import lines
from tests.ledger.readers.scan.test_reader import read, row


def traded(code, price, left):
    return spaced("Common Stock", "03/04/2004", code, "2,900", "D", price, left, "D")


def codes(price, *, said="Ss"):
    balances = ("14,310", "11,410", "8,510", "5,610")
    rows = [traded(said, price, left) for left in balances[:3]]
    return [found.code for found in read("\n".join([*rows, traded("~", price, balances[3])])).rows]


def test_a_lost_code_is_no_sale_where_no_price_of_the_sales_is_legible():
    """Their prices are lost, so that this line may have had none."""
    assert codes("$19.02")[3] == "S"
    assert codes("~")[3] is None


def test_a_lost_code_is_that_of_the_lines_that_move_at_no_price():
    assert codes("$0", said="G")[3] == "G"


def test_a_period_later_than_several_rows_is_doubtful():
    """The period of a Form 4 is the day of its earliest transaction."""
    rows = [
        spaced("Common Stock", day, "Ss", "400", "D", "$2.50", left, "D")
        for day, left in (("02/27/2004", "9,600"), ("02/27/2004", "9,200"), ("03/04/2004", "8,800"))
    ]
    several, one = read("\n".join(rows)), read("\n".join(rows[1:]))

    told = [{r.field: r.effect for r in filing.repairs}.get("period") for filing in (several, one)]
    assert several.period == date(2004, 3, 4)
    assert told == ["doubtful", None]


@pytest.mark.parametrize("printed", ["“4", "5 9,246,785"])
def test_a_damaged_price_that_may_be_a_mark_or_a_balance_is_unknown(printed):
    found = row(spaced("Common Stock", "03/04/2004", "Ss", "400", "D", printed, "900", "D"))

    assert found.price is None


def test_a_damaged_price_that_is_one_is_read():
    found = row(spaced("Common Stock", "03/04/2004", "Ss", "400", "D", "$2.5O", "900", "D"))

    assert found.price is not None


def test_no_count_of_shares_is_put_together_of_a_price():
    first = lines(("03/04/2004", "400", "“5.48340 0"), ("03/05/2004", "300", "27,565"))[0]

    assert first.shares_after is None


@pytest.mark.parametrize(("printed", "way"), [("A)", None), ("A", "acquired"), ("(D)", "disposed")])
def test_what_is_left_of_a_mark_is_no_letter_of_table_ii(printed, way):
    """Of `(7)` an `A)` is left; whole letters are taken at their word, as some forms have them."""
    cells = ("Class B Stock", "03/04/2004", "C", "57,130", printed, "Common Stock", "57,130")
    (found,) = read("", second=spaced(*cells, "$0", "3,583,427", "D")).rows

    assert (found.shares, found.direction) == (57_130, way)


@pytest.mark.parametrize(("left", "total"), [("10", None), ("70", None), ("60", 60)])
def test_what_a_line_and_a_nought_are_read_as_is_no_total_of_what_was_sold(left, total):
    """A ruled line before the nought is read as a 1, a 4 or a 7."""
    assert (
        lines(("03/04/2004", "400", left), ("03/05/2004", "300", "27,565"))[0].shares_after == total
    )
