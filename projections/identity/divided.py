"""Who holds how many of the shares of one line, where a note divides them between several."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from ledger.figures import FIGURE, as_number
from ledger.loading import pattern
from projections.identity.holders import LEGAL_FORM

_PART = pattern(
    rf"(?<![\d.,$/-])(?P<shares>{FIGURE})\s+"
    r"(?:(?!\d)[^.;,\d]{0,80}?\s)??(?i:(?:(?:are|is|were)\s+)?(?:(?:in)?directly\s+)?"
    r"(?:(?:held|owned)\s+(?:of\s+record\s+|directly\s+|beneficially\s+)*(?:by|in|for)|by))\s+(?:the\s+|an?\s+)?"
    r"(?P<holder>[A-Z](?:(?!,?\s+(?:and\s+)?(?:\(|\d))"
    r"(?:[^.;]|(?<=[\s.][A-Z])\.(?!\s+(?:The|These|Each|Such|All|As|In|Mr|Ms|This)\b|\s*$))){1,80})"
)
"""A number of shares and who holds them: as in "575,004 shares held by Alder Fund II, LP"."""


class Part(NamedTuple):
    """So many shares of a line, and whose they are, as printed."""

    holder: str
    shares: Decimal


@lru_cache(maxsize=4096)  # filers repeat their notes for years
def parts_told(note: str, total: Decimal) -> tuple[Part, ...]:
    """The parts into which a note divides a total; none where they are not just that in all.

    >>> parts_told("Includes 700 shares held by Alder I, L.P. and 50 by Alder II, L.P.", Decimal(750))
    (Part(holder='Alder I, LP', shares=Decimal('700')), Part(holder='Alder II, LP', shares=Decimal('50')))
    """
    note = LEGAL_FORM.sub(lambda form: re.sub(r"[.\s]", "", form[0]), note)
    found = tuple(
        Part(" ".join(one["holder"].split()).strip(" ,"), as_number(one["shares"]))
        for one in _PART.finditer(note)
    )
    return found if sum(part.shares for part in found) == total else ()
