"""Which terms may stand together: one of each group, few at a time, and as many as close a gap by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, product
from typing import NamedTuple

from projections.filings.records import ZERO
from projections.reconciliation import costs
from projections.reconciliation.case import Candidate


class Choice(NamedTuple):
    """A term to choose: what it costs, its shares, and whether a filing states them."""

    term: Candidate
    cost: int
    shares: Decimal
    sure: bool


def subsets(groups: list[list[Choice]]) -> Iterator[tuple[Choice, ...]]:
    """Choices that leave room for one more, each of another group: none first, then few."""
    for size in range(min(costs.MOST_TERMS, len(groups) + 1)):
        for picked in combinations(groups, size):
            yield from product(*picked)


def in_full(groups: list[list[Choice]], gap: Decimal) -> Iterator[tuple[Choice, ...]]:
    """As many choices as a set may have, each of another group, that close the gap by themselves.

    Nothing may close what they leave, so that most need not be tried: what half of them comes
    to is looked up among what the other half may.
    """
    if len(groups) < costs.MOST_TERMS:
        return
    last = costs.MOST_TERMS // 2
    ends: dict[Decimal, list[_Places]] = {}
    for places, total in _sums(groups, last):
        ends.setdefault(total, []).append(places)
    found = [
        (*places, *end)
        for places, total in _sums(groups, costs.MOST_TERMS - last)
        for end in ends.get(gap - total, ())
        if places[-1][0] < end[0][0]
    ]
    for places in sorted(found, key=lambda places: tuple(zip(*places, strict=True))):
        yield tuple([groups[group][at] for group, at in places])


_Places = tuple[tuple[int, int], ...]
"""Where choices stand: the number of each one's group, and its own in the group."""


def _sums(groups: list[list[Choice]], size: int) -> Iterator[tuple[_Places, Decimal]]:
    """So many choices, each of another group, and what they come to."""
    numbered = [[((n, at), c.shares) for at, c in enumerate(g)] for n, g in enumerate(groups)]
    for some in combinations(numbered, size):
        for picked in product(*some):
            places, shares = zip(*picked, strict=True)
            yield places, sum(shares, ZERO)
