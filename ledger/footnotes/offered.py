"""How many of the shares that were offered, or tendered, a sentence says were taken in the end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ledger.footnotes.clauses import Segment
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.text import Sentence

_OFFERED = pattern(r"\b(?:tender(?:ed|s)?|offered|submitted|put\s+up)\b", re.IGNORECASE)
_TAKING = r"(?:accepted|purchased|bought|acquired|sold|taken(?:\s+up)?)"
_OF_THEM = r"\s*(?:shares\s+)?(?:of\s+(?:which|them|these|those|the\s+shares)\s+)?"
_TAKEN = pattern(rf"{_OF_THEM}(?:was|were|had\s+been)\s+(?:\w+ly\s+)?{_TAKING}\b", re.IGNORECASE)
_REFUSED = pattern(
    rf"{_OF_THEM}(?:was|were|had\s+been|remained)\s+(?:\w+ly\s+)?(?:not\s+(?:\w+ly\s+)?{_TAKING}|returned|rejected|refused|declined|unsold|given\s+back|sent\s+back)\b",
    re.IGNORECASE,
)
_ALL_BUT = pattern(r"\b(?:all\s+(?:of\s+(?:which|them)\s+)?(?:but|except|save))\s+$", re.IGNORECASE)


def taken(sentence: Sentence, parts: Sequence[Segment]) -> Decimal | None:
    """The shares that went of those offered, where a sentence tells of a part of them; None where it does not.

    >>> from ledger.footnotes.clauses import segments
    >>> from ledger.footnotes.amounts import amounts
    >>> def told(text):
    ...     sentence = Sentence(text, 0, len(text))
    ...     return taken(sentence, segments(sentence, tuple(amounts(sentence, ())), ()))
    >>> told("She tendered 2,500 shares, of which 500 were not accepted.")
    Decimal('2000')
    """
    text, start, end = sentence
    if len(parts) != 2 or not _OFFERED.search(*sentence):
        return None
    whole, part = sorted((one.amount for one in parts), key=lambda one: -one.shares)
    but = _ALL_BUT.search(text, max(start, part.start - 24), part.start)
    if but or _REFUSED.match(text, part.unit_end, end):
        return whole.shares - part.shares or None
    return part.shares if _TAKEN.match(text, part.unit_end, end) else None
