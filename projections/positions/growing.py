"""Accounts that grow from one line to the next, as those in plans do without a row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from projections.filings.records import ZERO
from projections.identity.plans import accrued_since, plan_key
from projections.positions.entries import Posting

_RISES = 3
"""Lines of which the last two may each have risen."""


def keeps_growing(told: Sequence[Posting], vehicle: str) -> bool:
    """Whether a plan's account rose at its last two lines, by what such gain: an older number is a stale one."""
    lines = told[-_RISES:]
    return (
        len(lines) == _RISES
        and bool(plan_key(vehicle))
        and all(
            e.line.holding
            and e.claim is not None
            and accrued_since(before.day, e.day, e.claim, before.balance or ZERO)
            for before, e in pairwise(lines)
        )
    )
