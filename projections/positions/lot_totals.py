"""Totals that show only the lot that moved, not what is owned: the balance goes on without them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from projections.filings.records import ZERO
from projections.positions.entries import Entry

if TYPE_CHECKING:
    from projections.positions.position import Position


def post_lots(position: Position, entries: Sequence[Entry]) -> bool:
    """Add a filing's entries where its totals are lots; False, and nothing done, where not."""
    level = position.balance
    if not level or level < 0 or position.table == "II" or not _only_lots(entries):
        return False
    for entry in entries:
        assert entry.claim is not None
        entry.lot = True
        entry.prior, level = level, level + entry.delta
        entry.expected = entry.balance = position.balance = level
        entry.residual = entry.claim - level
        entry.verdict = "unexplained" if entry.residual else "agreed"
        position.entries.append(entry)
        position.reach(entry.day)
        if entry.residual:
            position.pending = [(o - entry.delta, e) for o, e in position.pending][-2:]
            position.pending.append((entry.residual, entry))
    return True


def reopen(position: Position, entries: list[Entry]) -> bool:
    """A first total that turns out to have shown only its lot: the position opens again."""
    level, told = position.balance, position.entries
    if level is None or not all(e.opening or e.lot for e in told):
        return False
    if position.table == "II" or not _only_lots(told) or level + entries[0].delta >= 0:
        return False
    for entry in told:
        entry.lot, entry.balance, entry.verdict = True, None, "opening"
    position.balance = position.opened = None
    position.pending = []
    position.post(entries)
    return True


def _only_lots(entries: Sequence[Entry]) -> bool:
    """Whether every total is its own lot, or the sum of the filing's lots so far."""
    level = ZERO
    apart = together = True
    for entry in entries:
        level += entry.delta
        apart = apart and bool(entry.delta) and entry.claim == abs(entry.delta)
        together = together and bool(entry.delta) and entry.claim == level
    return apart or together
