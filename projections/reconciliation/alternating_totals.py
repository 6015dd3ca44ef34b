"""Totals that fall back behind what a note explained, and rise to it again.

Two people may prepare one filer's forms, and only one of them know of a distribution that
needs no row. Then totals go up by what the note says, back to the line before, and up
again. The note settles which of the two levels is right: the totals that fell back are
the wrong ones, not the note's, and nothing was received twice.
"""

from __future__ import annotations

from decimal import Decimal

from projections.positions.entries import Entry
from projections.positions.position import Position


def mend_fallbacks(position: Position, entry: Entry) -> None:
    """Turn the returns behind an explained difference into breaks of their own.

    Args:
        position: Where the totals stand.
        entry: A total whose difference a note states; it keeps its explanation.
    """
    step = entry.residual
    while (fallen := entry.returned) is not None and not fallen.residual:
        back = _risen(position, fallen, step)
        if back is None and entry.residual:
            return  # one return alone may be a movement that nobody told
        entry.returned = None
        _shift(fallen, step)
        fallen.verdict, fallen.returned = "unexplained", back
        fallen.persisted = None if back else _next(position, fallen)
        if back is None:
            return
        if entry.persisted is None or entry.persisted is fallen:
            entry.persisted = back
        _shift(back, step)
        back.verdict = "agreed"
        entry = back


def _risen(position: Position, fallen: Entry, step: Decimal) -> Entry | None:
    """The next break after a return, where it goes up by the same step again."""
    at = position.entries.index(fallen)
    following = next((e for e in position.entries[at + 1 :] if e.residual), None)
    return following if following is not None and following.residual == step else None


def _next(position: Position, entry: Entry) -> Entry | None:
    at = position.entries.index(entry)
    return next((e for e in position.entries[at + 1 :] if e.verdict == "agreed"), None)


def _shift(entry: Entry, step: Decimal) -> None:
    """Expect an entry's total to go on from the level that the note explains."""
    if entry.prior is not None:
        entry.prior += step
    if entry.expected is not None:
        entry.expected += step
    entry.residual -= step
