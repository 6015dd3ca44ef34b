"""Lines that list derivatives without a total: they give the shares under them, not their number.

An initial statement has no column for the number of derivatives. Where one of them is not one
share, as of preferred stock or a note, a later line tells by its own ratio how many it listed.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from ledger.types import exchanged
from projections.positions.entries import Entry


def about_all(listed: Entry, shares: Decimal | None, entry: Entry) -> bool:
    """Whether an entry is about all that a line lists, by the shares under it."""
    if not shares or entry.line.underlying_shares != shares:
        return False
    return entry.delta < 0 or came_before(listed, entry)


def came_before(listed: Entry, entry: Entry) -> bool:
    """Whether what an entry brought came by the day of the list, and so is among what it lists."""
    brought = entry.delta > 0 and entry.claim == entry.delta
    if not brought or listed.day is None or entry.day is None:
        return False
    return entry.day <= listed.day


def units(shares: Decimal | None, entry: Entry) -> Decimal | None:
    """How many derivatives a number of shares under them are, by an entry's own ratio.

    None where it has no other than one for one, or its total does not bear it out.
    """
    line = entry.line
    under, number = line.underlying_shares, line.total if line.holding else line.moved
    if not shares or not under or not number or under == number:
        return None
    found = exchanged(shares, Fraction(number) / Fraction(under))
    return found if entry.claim is None or found + entry.delta == entry.claim else None
