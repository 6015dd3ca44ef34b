"""Splits: which ratios are worth trying on a break."""

from decimal import Decimal
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.corporate_actions.splits import split_gap, within_reach
from projections.filings.decoding import dossiers_of
from projections.positions.entries import Posting
from projections.positions.ratios import COMMON, RATIOS
from tests.projections.building import bought, filing

amounts = st.integers(-200_000, 200_000).map(Decimal)


def broken(prior, delta, residual):
    """An entry whose total is so much more than what came before and its row make."""
    (dossier,) = dossiers_of([filing(bought(1, 1), on="2024-03-01")])
    claim = prior + delta + residual
    line = dossier.lines[0]
    return Posting(
        dossier=dossier,
        line=line,
        delta=delta,
        claim=claim,
        unmeasured=False,
        day=None,
        prior=prior,
        residual=residual,
    )


@given(
    prior=amounts,
    delta=amounts,
    ratio=st.sampled_from(RATIOS),
    after=st.booleans(),
    slack=st.integers(-1, 1),
    amount=amounts,
)
def test_a_ratio_that_closes_a_break_is_always_tried(prior, delta, ratio, after, slack, amount):
    base = prior + delta if after else prior
    residual = floor(int(base) * (ratio - 1)) + slack + amount
    tried = within_reach(broken(prior, delta, residual), COMMON, {abs(amount)})

    assert ratio in tried or not prior


@pytest.mark.parametrize("ratio", RATIOS)
def test_few_ratios_are_tried_on_a_break_that_one_of_them_made(ratio):
    entry = broken(Decimal(60_000), Decimal(-600), Decimal(floor(60_000 * (ratio - 1))))

    tried = within_reach(entry, COMMON, ())

    assert [r for r in sorted(RATIOS) if split_gap(entry, r) is not None] == [
        r for r in tried if split_gap(entry, r) is not None
    ]
    assert len(tried) <= 2
