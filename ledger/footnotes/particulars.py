"""Particulars that a note gives of its row: the range of its prices, the size of its grant, its expiry.

Whether the row's own columns say otherwise is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from ledger.figures import FIGURE, as_number
from ledger.footnotes.dates import dates
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.remembered import remembered
from ledger.footnotes.text import plain, sentences

_RANGE = pattern(
    rf"(?:(?:US)?\$\s*|\b(?:ranging\s+from|range\s+(?:of|from)|between)\s+)(?P<low>{FIGURE})(?:\s+per\s+(?:share|unit|ADS))?"
    r"(?:\s*\((?:the\s+)?low(?:est)?\)[,;]?)?"
    r"\s*(?:,?\s*(?:(?:up\s+)?to(?:\s+and\s+including)?|(?:and|n?or)\s+(?:not?\s+)?(?:more|higher|greater)\s+than|and|through"
    r"|(?:and|with|to)\s+(?:the|an?)\s+(?:high(?:est)?|maximum|top)(?:\s+price)?\s+(?:was|is|being|of)"
    r"|(?:and\s+)?(?:as\s+high\s+as|the\s+highest\s+(?:\w+\s+)?(?:price\s+)?(?:was|being|of)|(?<=low\),)|(?<=low\);)))|-)\s*"
    rf"(?:(?:a\s+)?(?:high\s+of|maximum\s+of)\s+)?(?:US)?\$?\s*(?P<high>{FIGURE})(?!\d|[.,]\d)",
    re.IGNORECASE,
)
_PRICES = pattern(
    r"\b(?:prices?|sales?|sold|purchased|bought|executed|trades?|transactions?)\b", re.IGNORECASE
)
_RANGES = pattern(
    r"\b(?:rang\w+|between|from|low(?:est)?|prices\s+of|not?\s+less\s+than)\b", re.IGNORECASE
)
_GRANTED = pattern(
    rf"\b(?:grant|award)(?:ed)?\s+(?:\w+\s+){{0,4}}?(?P<shares>{FIGURE})\s+(?:\w+\s+){{0,3}}?"
    r"(?:shares|units|options|rsus?|awards)\b",
    re.IGNORECASE,
)
_NOT_A_LIMIT = pattern(
    r"\b(?:target|performance|maximum|earned|split|adjust\w*|dividends?|annual(?:ly)?(?!\s+(?:instal|vest|increment))"
    r"|each(?!\s+(?:of\s+the|of\s+which\s+(?:will|represents?|is|may|shall)|anniversar|instal|vest))|additional)\b",
    re.IGNORECASE,
)
"""Words beside which more than was granted may well be paid out."""
_EXPIRES = pattern(r"\b(?:expir(?:es?|ation|y)|terminat(?:es|ion))\b[^.;]{0,40}$", re.IGNORECASE)


@remembered(4096)
def price_ranges(text: str) -> tuple[tuple[Decimal, Decimal], ...]:
    """The ranges of prices that a note gives, lowest and highest."""
    return tuple(_ranges(text)) if any(map(str.isdigit, text)) else ()


def _ranges(text: str) -> Iterator[tuple[Decimal, Decimal]]:
    note, _ = plain(text)
    if not (_PRICES.search(note) and _RANGES.search(note)):
        return
    for sentence in sentences(note):
        words = sentence.words
        if _PRICES.search(words) and _RANGES.search(words):
            for found in _RANGE.finditer(words):
                low, high = (as_number(found[name]) for name in ("low", "high"))
                if low <= high:
                    yield low, high


@remembered(4096)
def grants(text: str) -> tuple[Decimal, ...] | None:
    """The sizes of grants that a note states, None where they limit nothing."""
    if _NOT_A_LIMIT.search(text):
        return None
    return tuple(as_number(m["shares"]) for m in _GRANTED.finditer(text))


def expiries(text: str) -> Iterator[date | None]:
    """The days on which a note says that something expires."""
    note, _ = plain(text)
    for when in dates(note, 0, len(note)):
        if when.precision == "day" and _EXPIRES.search(note[: when.start]):
            yield when.effective_from
