"""Shares that a note counts in dollars: "$25,000 of stock at $10.00 per share" are 2,500.

Only where the words say for how much stock came or went and give the one price of a share;
what may be bought at most, or what an award is worth, counts no shares. A plan keeps what
does not buy a whole share, unless the quotient comes out in parts of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_FLOOR, Decimal
from typing import NamedTuple

from ledger.figures import FIGURE, as_number
from ledger.loading import pattern

_DOLLARS = r"(?:US\s?)?\$\s?(?P<{}>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d%]|[.,]\d)"
_STOCK = r"(?:shares?|stock|units?|securities)\b"
_PAID = (
    r"(?:payroll\s+deductions?|(?:\w+\s+){0,2}?contributions?|(?:cash\s+)?dividends?|salary|fees"
    r"|(?:\w+\s+)?retainers?|cash\s+compensation)\b"
)
_PRICED = pattern(
    _DOLLARS.format("dollars")
    + rf"\s+(?:worth\s+|in\s+(?:market\s+)?value\s+)?(?:of|in)\s+(?:[\w'’.-]+\s+){{0,6}}?(?P<what>{_STOCK}|{_PAID})"
    + r"(?P<between>[^;$]{0,140}?)\b(?:at|using|by)\s+(?:(?:an?|the|its|their|per[- ]share|purchase"
    + r"|average|weighted|discounted|share|closing|market|fair|value|price|unit|of|plan)\s+){0,7}"
    + _DOLLARS.format("price")
    + r"(?:\s*(?:per|a|each|/)\s*(?:share|unit|one)?)?",
    re.IGNORECASE,
)
_NOT_COUNTED = pattern(
    r"\b(?:up\s+to|limit\w*|maximum|exceed\w*|less\s+than|more\s+than|approximately|about|may(?!\s+\d)|can"
    r"|will|would|should|remaining|owed|grant(?:ed|s)?|award(?:ed|s)?|target)\b",
    re.IGNORECASE,
)
_RANGE = pattern(r"\s*(?:to|and|through|-)\s*\$", re.IGNORECASE)
_PARTS = Decimal("0.0001")
"""Plans count shares to four places at most, as EDGAR keeps them."""


_SUM = pattern(
    rf"(?:\$|\bUSD)\s?(?P<after>{FIGURE})|(?P<before>{FIGURE})\s+(?:U\.?S\.?\s+)?(?:dollars|USD)\b",
    re.IGNORECASE,
)


class Counted(NamedTuple):
    """Shares that dollars and a price count: where the dollars stand, and how many they are."""

    start: int
    end: int
    shares: Decimal


def counted(text: str, start: int, end: int) -> Iterator[Counted]:
    """What stands in dollars within a text, in shares, in order."""
    if text.find("$", start, end) < 0:
        return
    for match in _PRICED.finditer(text, start, end):
        dollars, price = (_number(match[name]) for name in ("dollars", "price"))
        before = text[max(start, match.start() - 60) : match.start()]
        doubt = _NOT_COUNTED.search(before) or _NOT_COUNTED.search(match["between"])
        if doubt or _RANGE.match(text, match.end("price"), end) or not 0 < price < dollars:
            continue
        whole = (dollars / price).to_integral_value(ROUND_FLOOR)
        parts = (dollars / price).quantize(_PARTS)
        in_parts = parts != whole and parts * price == dollars
        yield Counted(match.start("dollars"), match.end("what"), parts if in_parts else whole)


def sums(text: str) -> frozenset[Decimal]:
    """Every figure of a text that counts dollars by its sign or word, and so never shares.

    >>> sorted(sums("bought with $2,400 of pay, at $31.50 a share; 90 dollars were left"))
    [Decimal('31.50'), Decimal('90'), Decimal('2400')]
    """
    return frozenset(_number(told["after"] or told["before"]) for told in _SUM.finditer(text))


def _number(digits: str) -> Decimal:
    return as_number(digits)
