"""Units of an award that go on after vestings of which no report is here."""

from __future__ import annotations

from collections.abc import Sequence

from projections.positions.entries import Entry
from projections.positions.position import Position

_TURNS = ((27, 35), (80, 102), (165, 200), (345, 385))
"""Days between the parts of an award that vests by months, quarters, half-years or years."""

_MOST = 4
"""Parts that may have vested unseen: of more, a number is too easily a multiple."""

_LEAST = 100
"""Units of which a whole number of parts is told from a number that happens to be near it."""


def parts_unseen(position: Position, entries: Sequence[Entry]) -> int:
    """How many equal parts of a position's units vested between its last report and these rows.

    What is missing is just so many of the part that vests now, each rounded its own way, and the
    days between are those of as many turns; 0 where anything of this is not so.
    """
    if len(entries) != 1:
        return 0
    (entry,), held, last = entries, position.balance, position.entries[-1:]
    gone = -entry.delta
    if not (held and last and entry.line.code == "M" and gone >= _LEAST) or entry.claim is None:
        return 0
    if not last[0].day or not entry.day:
        return 0
    missing = held - (entry.claim + gone)
    count = int((2 * missing + gone) // (2 * gone))  # the nearest
    if not 1 <= count <= _MOST or abs(missing - count * gone) > count:
        return 0
    wait = (entry.day - last[0].day).days
    turns = count + 1
    return count if any(turns * low <= wait <= turns * high for low, high in _TURNS) else 0
