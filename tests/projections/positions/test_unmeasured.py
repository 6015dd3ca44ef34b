"""A line that does not say how many: its total does, and no total is blamed for it."""

from decimal import Decimal

from projections import history, reconcile
from tests.projections.building import filing, held, kinds, moved, opening


def last(ledger):
    return history(ledger).positions[0].entries[-1]


def test_a_sale_of_an_unknown_number_moves_what_its_total_says(told):
    ledger = told(
        opening(10_000), filing(moved("S", "disposed", None, owns=9_000), on="2024-06-03")
    )

    assert (last(ledger).computed, last(ledger).expected) == (Decimal(9_000), None)
    assert kinds(reconcile(ledger)) == []


def test_a_holding_moves_nothing_so_that_its_total_has_to_follow(told):
    ledger = told(opening(10_000), filing(held(9_000), on="2024-06-03"))

    assert last(ledger).residual == Decimal(-1_000)
    assert kinds(reconcile(ledger)) == ["OPENING_MISMATCH"]
