"""What slips do to the digits of a number."""

from decimal import Decimal

import pytest

from projections.positions.digits import lengthened, swapped
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import filing, kinds, opening, sold, the


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (4_120, 41_200, True),
        (4_120, 41_720, True),
        (36, 36_000, True),
        (52_000, 52, True),
        (36, 36_010, False),
        (3, 3_000, False),
        (12, 120, False),
        (450, 4_500_000, True),
    ],
)
def test_a_digit_more_or_noughts_lost_lengthen_a_number(one, other, alike):
    assert lengthened(Decimal(one), Decimal(other)) is alike


def test_neighbouring_digits_that_changed_places_are_told_from_others():
    assert swapped(Decimal(5_310), Decimal(5_130))
    assert not swapped(Decimal(5_310), Decimal(5_013))


def test_an_amount_in_thousands_beside_a_right_total_is_named_at_its_row():
    answer = reconcile_filings(
        [
            opening(90_000),
            filing(sold(31, 59_000), on="2024-03-01"),
            filing(sold(1_000, 58_000), on="2024-06-03"),
        ]
    )

    assert kinds(answer) == ["MAGNITUDE_ERROR"]
    assert "31,000" in the(answer, "MAGNITUDE_ERROR").message
