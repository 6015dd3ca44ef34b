"""Totals that go back to the line before a wrong one, with a split between the two.

The balance that a later total returns to is then that line's times the ratio, whether the wrong
total was the last before the split or the first after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from ledger.types import exchanged
from projections.positions.entries import Posting
from projections.positions.position import Position
from projections.positions.traces import Split


def join_through_splits(position: Position, splits: Sequence[Split]) -> None:
    """Set a total aside that a later one goes back behind, by a split that a note tells."""
    told = [s for s in splits if s.noted and s.told and s.touches(position)]
    for one, other in _pairs(position) if told else ():
        if any(_goes_back(one, other, split) for split in told):
            position.set_aside(one, other)


def _pairs(position: Position) -> Iterator[tuple[Posting, Posting]]:
    """Each break with the next one; what lies between them follows."""
    broken = [e for e in position.entries if e.residual]
    for one, other in pairwise(broken):
        plain = not any(e.aside or e.scaled or e.astray or e.scope for e in (one, other))
        if plain and one.prior and other.claim is not None:
            yield one, other


def _goes_back(one: Posting, other: Posting, split: Split) -> bool:
    """Whether a total is what a split made of the line before another, and not of that one."""
    line = (other.prior or Decimal(0)) - one.residual
    if line <= 0 or other.prior is None or other.claim is None or one.prior is None:
        return False
    if _between(one, other, split):
        made = _made(line, other.delta, split)
        return other.claim in made and other.claim not in _made(other.prior, other.delta, split)
    if not _between(None, one, split) or one.claim is None:
        return False
    right = _made(one.prior, one.delta, split)
    since = other.prior - one.claim + other.delta  # what moved after the one, and in the other
    return one.claim not in right and other.claim - since in right


def _made(held: Decimal, moved: Decimal, split: Split) -> set[Decimal | None]:
    """What a split and a movement make of a balance, whichever came first."""
    return {
        exchanged(held, split.ratio) + moved,
        exchanged(held + moved, split.ratio),
    }


def _between(one: Posting | None, other: Posting, split: Split) -> bool:
    """Whether a split may lie between two totals, or before one whose form's note tells of it."""
    ends = max(other.day or date.min, other.dossier.day or date.min)
    if one is None:
        return split.after <= ends and any(d is other.dossier for d, *_ in split.noted)
    told_before = any(d is one.dossier for d, *_ in split.noted)
    return split.after <= ends and (one.day or date.min) <= split.before and not told_before
