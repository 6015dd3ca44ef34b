"""Of what a trust or an estate gave out, a note says how much came to the owner: no more can have."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from ledger.figures import FIGURE, as_number
from ledger.loading import pattern
from ledger.statements import SENSES
from projections.positions.entries import Posting

_OF_SO_MANY = pattern(
    rf"(?P<part>{FIGURE})\s+(?:shares\s+)?(?:out\s+)?of\s+(?:the|its|their|these|those)\s+(?P<whole>{FIGURE})\s+shares\b"
)


def only_a_part_came(entry: Posting, shares: Decimal) -> bool:
    """Whether a note on a line says that so many were given out, and that its owner got fewer.

    "Its 900 shares were distributed to the beneficiaries, of which the reporting person received
    300", "the reporting person received 300 of the 900 shares".
    """
    for note in entry.line.notes if shares > 0 else ():
        told = [s for s in entry.dossier.statements if s.note == note and s.shares]
        given = any(s.shares == shares and s.direction == "disposed" for s in told)
        came = [
            s.shares for s in told if s.direction == "acquired" and SENSES[s.kind].keeps_interest
        ]
        if given and any(got is not None and got < shares for got in came):
            return True
        parts = _parts_told(entry.dossier.text_of(note))
        if any(part < shares == whole for part, whole in parts):
            return True
    return False


@lru_cache(maxsize=1024)  # asked once for every amount that may close a difference
def _parts_told(text: str) -> tuple[tuple[Decimal, Decimal], ...]:
    """Every "so many of the so many shares" of a note."""
    found = _OF_SO_MANY.finditer(text)
    return tuple((as_number(one["part"]), as_number(one["whole"])) for one in found)
