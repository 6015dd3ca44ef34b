"""Which purchases are set against which sales: so that the most profit is to be handed over."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from projections import reconcile
from projections.section16.matching import Lot, matched
from projections.section16.short_swings import last_matchable
from tests.projections.building import bought, filing, opening, sold


def lot(on: str, price: int, shares: int) -> Lot:
    return Lot(date.fromisoformat(on), Decimal(price), Decimal(shares))


def profit(purchases: list[Lot], sales: list[Lot]) -> Decimal:
    pairs = matched(purchases, sales, last_matchable)
    for own, place in ((purchases, 0), (sales, 1)):
        for number, one in enumerate(own):
            assert sum(p.shares for p in pairs if p[place] == number) <= one.shares
    for pair in pairs:
        days = sorted((purchases[pair.purchase].on, sales[pair.sale].on))
        assert days[1] <= last_matchable(days[0])
        assert pair.shares > 0
    return sum(
        (p.shares * (sales[p.sale].price - purchases[p.purchase].price) for p in pairs), Decimal(0)
    )


def test_the_dearest_sale_leaves_its_cheap_purchase_to_one_that_reaches_no_other():
    purchases = [lot("2024-03-01", 10, 100), lot("2023-12-01", 11, 100)]
    sales = [lot("2024-05-01", 20, 100), lot("2024-08-20", 19, 100)]

    assert profit(purchases, sales) == 100 * (20 - 11) + 100 * (19 - 10)


def test_a_match_is_not_made_for_its_own_sake():
    purchases = [lot("2024-03-01", 1, 100), lot("2023-12-01", 10, 100)]
    sales = [lot("2024-05-01", 20, 100), lot("2024-08-20", 5, 100)]

    assert profit(purchases, sales) == 100 * (20 - 1)


def test_all_in_reach_the_lowest_goes_against_the_highest():
    purchases = [lot("2024-03-01", 10, 100), lot("2024-03-02", 12, 100)]
    sales = [lot("2024-05-01", 20, 150), lot("2024-05-02", 11, 100)]

    assert profit(purchases, sales) == 100 * (20 - 10) + 50 * (20 - 12)


LOTS = st.lists(
    st.builds(
        lambda week, price, shares: Lot(
            date(2024, 1, 1) + timedelta(weeks=week), Decimal(price), Decimal(shares)
        ),
        st.integers(0, 70),
        st.integers(1, 9),
        st.integers(1, 2),
    ),
    max_size=4,
)


def most(purchases: list[Lot], sales: list[Lot]) -> Decimal:
    """The most of all matchings, share by share: each in turn is matched with each, or with none."""

    @cache
    def of(sale: int, left: tuple[int, ...]) -> Decimal:
        if sale == len(units):
            return Decimal(0)
        best = of(sale + 1, left)
        for number, one in enumerate(purchases):
            days = sorted((one.on, units[sale].on))
            if left[number] and days[1] <= last_matchable(days[0]):
                rest = (*left[:number], left[number] - 1, *left[number + 1 :])
                best = max(best, units[sale].price - one.price + of(sale + 1, rest))
        return best

    units = [one for one in sales for _ in range(int(one.shares))]
    return of(0, tuple(int(one.shares) for one in purchases))


@given(LOTS, LOTS)
@settings(max_examples=150, deadline=None)
def test_no_other_matching_brings_more(purchases, sales):
    assert profit(purchases, sales) == most(purchases, sales)


def test_what_is_told_is_all_that_can_be_recovered(told):
    ledger = told(
        opening(1_000, on="2023-06-01"),
        filing(bought(100, 1_100, price=11), on="2023-12-01"),
        filing(bought(100, 1_200, price=10), on="2024-03-01"),
        filing(sold(100, 1_100, price=20), on="2024-05-01"),
        filing(sold(100, 1_000, price=19), on="2024-08-20"),
    )
    found = reconcile(ledger, kinds=["SHORT_SWING_CANDIDATE"]).findings

    assert [f.message.partition(": ")[2].partition(",")[0] for f in found] == [
        "a profit of $900 on 100 shares",
        "a profit of $900 on 100 shares",
    ]
