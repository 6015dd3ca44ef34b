"""Prices in a draft that no total shows to be wrong: far from all others, or no strike of what is exercised.

These are hints, never findings: a price may fall within days, and a strike be told after a split.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger.codes import PAIRED
from ledger.types import grouped
from projections.desk import Hint
from projections.filings.records import Dossier, Line
from projections.issuer import Folded

_FAR = 8
"""How many times as much, or as little, a price is that a point or a digit astray left."""

_FAR_FROM_ONE = 64
"""The same where one other price of the time is all there is to tell it by."""


def prices(draft: Dossier, folded: Folded) -> Iterator[Hint]:
    """Trades at a price far from all others of the time, and stock exercised at no strike of the form."""
    for line in draft.lines:
        if line.table != "I" or line.holding or not line.price or "price" in line.cited:
            continue
        if line.code in ("P", "S"):
            others = folded.prices_near(line.effective_on, draft)
            if others and _far(line.price, others):
                span = " to ".join(dict.fromkeys((grouped(min(others)), grouped(max(others)))))
                words = f"{line.price} each, where trades of the time were made at {span}"
                yield Hint("price", line.ref, words)
        elif line.code in PAIRED and line.movement > 0:
            strikes = [other.exercise_price for other in _exercised(draft, line)]
            known = [strike for strike in strikes if strike]
            if known and len(known) == len(strikes) and not _among(line.price, known):
                told = " and ".join(grouped(strike) for strike in sorted(set(known)))
                words = f"{line.price} each, and what is exercised beside it has a strike of {told}"
                yield Hint("price", line.ref, words)


def _far(price: Decimal, others: list[Decimal]) -> bool:
    far = _FAR if len(others) > 1 else _FAR_FROM_ONE
    return price > far * max(others) or price * far < min(others)


def _exercised(draft: Dossier, stock: Line) -> list[Line]:
    """The rows of Table II by which stock of a day was received."""
    return [
        line
        for line in draft.lines
        if line.table == "II" and line.code == stock.code and line.movement < 0
        if line.effective_on == stock.effective_on
    ]


def _among(price: Decimal, strikes: list[Decimal]) -> bool:
    """Whether a price is a strike but for its rounding, or may be the mean of several."""
    rounded = any(abs(price - strike) * 100 <= strike for strike in strikes)
    return rounded or min(strikes) < price < max(strikes)
