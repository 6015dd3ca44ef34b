"""Totals that fall back behind what a note explained, and rise to it again.

Two people may prepare one filer's forms, and only one of them know of a distribution that
needs no row. Then totals go up by what the note says, back to the line before, and up
again. The note settles which of the two levels is right: the totals that fell back are
the wrong ones, not the note's, and nothing was received twice.
"""

from __future__ import annotations

from decimal import Decimal

from projections.positions.entries import Entry, Posting
from projections.positions.position import Position


def uphold_explained(position: Position, entry: Posting) -> None:
    """Let an explained total stand, and the returns behind it break instead.

    Args:
        position: Where the totals stand.
        entry: A total whose difference a note states, and which a later one went back behind.
    """
    step, upheld = entry.residual, entry
    while (fallen := upheld.returned) is not None:
        back = _risen(position, fallen, step)
        position.uphold(upheld)
        if back is None:
            return
        position.set_aside(fallen, back)
        upheld = position.posting(back)


def _risen(position: Position, fallen: Entry, step: Decimal) -> Posting | None:
    """The next break after a return, where it goes up by the same step again."""
    at = position.place(fallen)
    following = next((e for e in position.entries[at + 1 :] if e.residual), None)
    return following if following is not None and following.residual == step else None
