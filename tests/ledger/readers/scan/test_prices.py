"""Prices whose own print says that a sign or a footnote mark was read as a part of them."""

from decimal import Decimal

import pytest

from tests.ledger.readers.scan.test_reader import why
from tests.ledger.readers.scan.test_separators import lines, sold


@pytest.mark.parametrize(
    ("print_of_one", "reason"),
    [
        ("$61.30482", "no price has so many decimals"),
        ("$61.304209", "no price has so many decimals"),
        ("93.2704", "its first digit may be that"),
        ("$61,304”)", "61,304 or 61.304"),
        ("$61,3042%)", "61,304 or 61.304"),
        ("$8", "what a nought is often read as"),
    ],
)
def test_a_price_with_what_a_mark_or_a_sign_was_read_as_is_unknown(print_of_one, reason):
    first, second = lines(sold("$60.25", "4,000"), sold(print_of_one, "3,975"))

    assert (first.price, second.price) == (Decimal("60.25"), None)
    assert reason in why(second)["price"]


def test_a_nought_whose_sign_was_read_as_a_digit_is_unknown_where_no_price_has_a_sign():
    (only,) = lines(sold("30", "4,000"))

    assert only.price is None


def test_prices_of_four_decimals_of_whole_dollars_or_typed_without_signs_stand():
    signed = lines(sold("$60.2503", "4,000"), sold("$61", "3,975"), sold("$0", "3,950"))
    typed = lines(sold("60.25", "4,000"), sold("61.5", "3,975"))

    assert [row.price for row in signed] == [Decimal("60.2503"), 61, 0]
    assert [row.price for row in typed] == [Decimal("60.25"), Decimal("61.5")]
