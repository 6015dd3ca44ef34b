"""First totals of grants that are their own row's amount but for a slip, and no sum of several series."""

from __future__ import annotations

from collections.abc import Iterable

from projections.filings.records import ZERO
from projections.positions.digits import never_by_chance, slipped_digits, swapped
from projections.positions.entries import Posting, begins_with
from projections.positions.first_totals import had
from projections.positions.position import Position

_SMALL = 20
"""A swap of digits leaves an opening this many times smaller than the movement, or less."""


def mistaken_for_amount(first: Posting) -> bool:
    """Whether a first total is its own row's amount with two digits in each other's place."""
    if first.claim is None or not swapped(first.claim, abs(first.delta)):
        return False
    opening = first.claim - first.delta
    return opening < 0 or opening * _SMALL <= abs(first.delta)


def slip_of_a_grant(first: Posting, family: Iterable[Position]) -> bool:
    """Whether a grant's total is its amount but for a slip, where it cannot be that of all series.

    Other grants are more than it leaves for them, or showed their own alone beside others.
    """
    claim, gap = first.claim or ZERO, (first.claim or ZERO) - first.delta
    if gap <= 0 or mistaken_for_amount(first) or not begins_with(first.line):
        return False
    if not slipped_digits(claim, first.delta):
        return False
    others = [p for p in family if p.entries and p.entries[0] is not first and p.table == "II"]
    if gap == sum((had(p, first) for p in others), ZERO):
        return False
    alone = [p for p in others if _granted_alone(p.entries[0])]
    more = sum((had(p, first) for p in alone), ZERO) > gap
    return (more and (swapped(claim, first.delta) or never_by_chance(claim, first.delta))) or any(
        had(other, p.entries[0]) for p in alone for other in others if other is not p
    )


def _granted_alone(first: Posting) -> bool:
    """Whether a grant's own total is just what it brought."""
    return begins_with(first.line) and first.claim == first.delta
