"""What a plan brought by a note that takes its fees off: the amounts that came, and those for fees."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from ledger.footnotes.amounts import amounts
from ledger.footnotes.dates import dates
from ledger.footnotes.text import plain, sentences
from ledger.loading import pattern

_FOR_FEES = pattern(
    r"^\s*(?:\w+\s+)?(?:shares?|units?)\b[^.;,]{0,60}\b(?:fees?|expenses?|charges?)\b",
)
_FEES = ("fee", "expense", "charge")
"""Fragments, in small letters, of one of which such a note has."""


class Credited(NamedTuple):
    """What a note says came to a plan's account, and what of it went for fees."""

    came: Decimal
    fees: Decimal


@lru_cache(maxsize=4096)
def less_fees(note: str) -> Credited | None:
    """What a note says a plan credited, and took for fees; None where it says nothing of both.

    >>> less_fees("Includes 40.5 shares bought by payroll deduction, less 1.5 shares sold to pay fees.")
    Credited(came=Decimal('40.5'), fees=Decimal('1.5'))
    """
    folded = note.casefold()
    if not any(stem in folded for stem in _FEES):
        return None
    text, _ = plain(note)
    came = fees = Decimal(0)
    for sentence in sentences(text):
        _, start, end = sentence
        for one in amounts(sentence, dates(text, start, end)):
            if _FOR_FEES.search(text[one.end : end].casefold()):
                fees += one.shares
            else:
                came += one.shares
    return Credited(came, fees) if came and fees else None
