"""A note on a line whose total does not follow, which tells of a change and gives no number.

Where its words are understood they are weighed as an explanation (`unquantified_notes`), and where
nothing is left, as that of the whole (`untold_ends`). Else they still tell a reader that something
was done, so that the total need not be a slip.
"""

from __future__ import annotations

from projections.positions.entries import Posting
from projections.positions.position import Position
from projections.reconciliation.candidates.untold_ends import noted_changes


def change_noted(entry: Posting, position: Position) -> str:
    """Words for such a note; "" where none is, or what it says was weighed already."""
    told = next((told for _, told in noted_changes(entry, position)), None)
    return f"; its note tells of a change without a number: “{told.words}”" if told else ""
