"""Scales: order is kept, labels are few and round, and every place lies within."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.charts.scales import day_at, of_days, of_quantities

QUANTITIES = st.decimals(-(10**12), 10**12, places=4)


@given(st.lists(QUANTITIES, min_size=1, max_size=20))
def test_more_shares_stand_no_lower_and_all_within_the_panel(numbers):
    scale, ticks = of_quantities(numbers, 2_000, 100)

    places = [scale.at(number) for number in sorted(numbers)]
    assert places == sorted(places, reverse=True)
    assert all(100 <= place <= 2_000 for place in places)
    assert 2 <= len(ticks) <= 8
    assert any(tick.label == "0" for tick in ticks)


@pytest.mark.parametrize(
    ("numbers", "labels"),
    [
        ((985_544,), ["0", "200,000", "400,000", "600,000", "800,000", "1,000,000"]),
        ((0,), ["0", "1"]),
        ((-16, 91), ["-50", "0", "50", "100"]),
    ],
)
def test_quantities_are_labelled_in_round_steps(numbers, labels):
    _, ticks = of_quantities([Decimal(n) for n in numbers], 1_000, 0)

    assert [tick.label for tick in ticks] == labels


@given(st.lists(st.dates(date(1990, 1, 1), date(2060, 1, 1)), min_size=1, max_size=20))
def test_every_day_has_the_same_width_and_few_are_labelled(days):
    scale, ticks = of_days(days, 1_000, 9_000, 8)

    assert all(1_000 <= scale.at(day_at(day)) <= 9_000 for day in days)
    assert all(1_000 <= tick.at <= 9_000 for tick in ticks)
    assert 1 <= len(ticks) <= 8


def test_twenty_years_are_labelled_by_years_and_a_week_by_days():
    _, decades = of_days([date(2004, 1, 2), date(2024, 5, 6)], 0, 9_000, 8)
    _, week = of_days([date(2024, 5, 6), date(2024, 5, 10)], 0, 9_000, 8)

    assert [tick.label for tick in decades] == ["2005", "2010", "2015", "2020", "2025"]
    assert all(len(tick.label) == len("2024-05-06") for tick in week)


def test_the_calendars_ends_are_no_hindrance():
    scale, _ = of_days([date(1, 1, 1), date(9999, 12, 31)], 0, 9_000, 8)

    assert scale.at(day_at(date(9999, 12, 31))) == 9_000
