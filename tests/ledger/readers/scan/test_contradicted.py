"""What the other rows of a misread page contradict in one that looks whole."""

from datetime import date

from tests.ledger.readers.scan.test_borne_out import converted, line, rows
from tests.ledger.readers.scan.test_reader import why


def test_an_amount_and_what_is_then_held_that_differ_in_a_digit_are_both_in_doubt():
    (found,) = rows(line("Cc", "14,733", "A", "$0", "11,733"))

    assert (found.shares, found.shares_after) == (None, None)
    (more,) = rows(line("Cc", "14,733", "A", "$0", "92,840"))
    assert (more.shares, more.shares_after) == (14_733, 92_840)


def test_a_total_in_the_digits_of_an_amount_that_stands_twice_is_unknown():
    found, _ = rows(
        line("Cc", "11,733", "A", "$0", "41,733"),
        line("Ss", "11,733", "D", "$19.02", "i)"),
    )

    assert (found.shares, found.shares_after) == (11_733, None)


def test_a_conversion_is_of_one_day_in_both_tables():
    held, moved = rows(
        line("Cc", "57,130", "A", "$0", "57,130", day="03/05/2004"),
        second=(converted("Cc", "57,130", "3,583,427"),),
    )

    assert held.effective_on is None
    assert moved.effective_on == date(2004, 3, 4)
    assert "the other table prints 2004-03-04" in why(held)["effective_on"]
