"""By how much a total or a payment was rounded or adjusted, and which way."""

from __future__ import annotations

import re
from typing import NamedTuple

from ledger.footnotes.amounts import Amount
from ledger.footnotes.families import any_phrase
from ledger.footnotes.lettercase import pattern
from ledger.types import Direction

_ADJUSTED = any_phrase(
    "adjustment|rounding|truncation",
    r"(?P<less>\b(?:net\s+of|less|minus|reduced\s+by|after\s+deducting)\s+)?(?:an?\s+|the\s+)?(?:\w+\s+){0,2}"
    r"\b(?:adjustments?|rounding|truncation)\s+(?:\w+\s+){0,2}?of\s+(?P<negative>\(|-)?$",
)
"""What leads to the amount of an adjustment, which is no plan's."""
_TAKEN_OFF = pattern(
    r"\b(?:net\s+of|less|minus|reduced\s+by|decreased\s+by|after\s+deducting|with|and)\s+(?:an?\s+|the\s+)?(?:(?:fraction(?:al\s+share)?|remainder|rest)\s+of\s+)?$",
    re.IGNORECASE,
)
_BY_ROUNDING = any_phrase(
    "round|cut|truncat|dropped|eliminated|lost|forgone|disregarded|deducted",
    r"[)\s]*(?:(?:of\s+an?\s+)?(?:shares?|units?)\s+)?(?:(?:was|were|being|been|is|are|that|which)\s+)*"
    r"(?:(?P<off>rounded\s+(?:off|away))\b|(?:dropped|eliminated|disregarded|lost|deducted|forgone|cut\s+off)\b"
    r"|(?:for|due\s+to|by|in|as\s+a\s+result\s+of|because\s+of|on|from)\s+(?:rounding|truncation)\b)",
)
"""Words around an amount that rounding took off: "reduced by 0.4 for rounding"."""
_COUNTED_IN = pattern(r"\b(?:includ\w+|plus|increased\s+by)\b", re.IGNORECASE)
"""Words by which an adjustment is counted in, and not taken off."""


class Adjustment(NamedTuple):
    """An amount that is a plan's, an award's or a holder's no more: only what was adjusted by.

    `direction`: taken off (disposed), counted in (acquired), or left unsaid.
    """

    direction: Direction | None


def adjustment(text: str, start: int, amount: Amount, end: int) -> Adjustment | None:
    """Whether an amount is an adjustment, as its sentence from `start` to `end` tells it."""
    before = text[max(start, amount.start - 60) : amount.start]
    off = _BY_ROUNDING.match(text, amount.end, end)
    if off and (off["off"] or _TAKEN_OFF.search(before)):
        return Adjustment("disposed")
    adjusted = _ADJUSTED.search(before)
    if adjusted is None:
        return None
    if adjusted["less"] or adjusted["negative"]:
        return Adjustment("disposed")
    return Adjustment("acquired" if _COUNTED_IN.search(text, start, amount.start) else None)
