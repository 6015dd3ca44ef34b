"""Prices whose own print says that a sign or a footnote mark was read as a part of them."""

from decimal import Decimal

import pytest

from tests.ledger.readers.scan.test_candidates import spaced
from tests.ledger.readers.scan.test_reader import effects, why
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


def whole(*prices):
    lefts = ("4,000", "3,975", "3,950")
    return lines(
        *(
            spaced("Common Stock", "03/04/2004", "S", "25", "D", price, left, "D")
            for price, left in zip(prices, lefts, strict=False)
        )
    )


def test_a_comma_in_a_price_is_doubtful_on_a_page_that_looks_right_too():
    row, _ = whole("$124,232", "$124.5")

    assert row.price == 124_232
    assert effects(row)["price"] == "doubtful"
    assert "124,232 or 124.232" in why(row)["price"]


def test_a_price_of_thousands_with_cents_a_nought_or_another_like_it_stands():
    for prices in (("$124,232.50",), ("$124,230",), ("$124,232", "$125,101.25")):
        assert all("price" not in effects(row) for row in whole(*prices))


def test_a_comma_that_other_prices_call_a_point_is_read_so_and_doubtful():
    """Behind the cents a mark may be read as a third digit of them."""
    first, second = lines(sold("$60.25", "4,000"), sold("$61,304", "3,975"))

    assert (first.price, second.price) == (Decimal("60.25"), Decimal("61.304"))
    assert effects(second)["price"] == "doubtful"
