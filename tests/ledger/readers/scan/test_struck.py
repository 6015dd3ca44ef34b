"""Ruled lines that were read as the first digit of the figure behind them."""

from decimal import Decimal

import pytest

from ledger.filing import Row
from ledger.readers.scan.chart import Read
from ledger.readers.scan.days import Covered
from ledger.readers.scan.doubts import doubted
from tests.ledger.readers.scan.test_doubts import lines
from tests.ledger.readers.scan.test_reader import effects


def converted(shares, underlying):
    row = Row(
        table="II",
        line=1,
        holding=False,
        shares=Decimal(shares),
        underlying_shares=Decimal(underlying),
    )
    (found,) = doubted([row], Covered(None, None), Read(95))
    return found


@pytest.mark.parametrize(("shares", "underlying"), [("457130", "57130"), ("57130", "157130")])
def test_a_first_digit_that_the_equal_figure_lacks_is_a_line_and_doubtful(shares, underlying):
    found = converted(shares, underlying)

    assert (found.shares, found.underlying_shares) == (57_130, 57_130)
    assert "doubtful" in {effects(found).get(name) for name in ("shares", "underlying_shares")}


@pytest.mark.parametrize("shares", ["857130", "54130"])
def test_other_digits_are_none_of_a_line(shares):
    found = converted(shares, "57130")

    assert (found.shares, found.underlying_shares) != (57_130, 57_130)
    assert "doubtful" in effects(found).values()


@pytest.mark.parametrize("printed", ["a)", "te)", "[o"])
def test_what_is_left_of_a_nought_behind_a_line_is_one_where_shares_went(printed):
    assert (
        lines(("03/04/2004", "400", printed), ("03/05/2004", "300", "27,565"))[0].shares_after == 0
    )
