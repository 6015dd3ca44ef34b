"""Whether a filing's trades have the prices of one company's stock or of another's.

Two companies' stock may be held in equal numbers; it is seldom traded at equal prices.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from projections.filings.dates import known_on
from projections.filings.records import Dossier

_MARKET = frozenset("PSF")
"""Codes of trades at a market's price, and of shares withheld at one."""
_NEAR = timedelta(days=400)
"""How long before and after a trade another one tells of its price."""
_DRIFT = Decimal("1.4")
"""How many times a price may change in that time, up or down, as a rule."""


def traded_as_there(
    dossier: Dossier, there: Sequence[Dossier], here: Sequence[Dossier], *, unlike: bool = False
) -> bool:
    """Whether a filing's prices are about those of the one company, and of this one are none or others.

    Where nothing else tells it, others have to be known that they are `unlike`.
    """
    mine = [price for _, price in _prices(dossier)]
    theirs, ours = (
        _nearest(known_on(dossier), [d for d in some if d is not dossier]) for some in (there, here)
    )
    if not mine or theirs is None or (unlike and ours is None):
        return False
    return all(_alike(price, theirs) for price in mine) and not (
        ours is not None and any(_alike(price, ours) for price in mine)
    )


def _nearest(day: date, dossiers: Sequence[Dossier]) -> Decimal | None:
    """The price of the trade nearest to a day, None where there is none near it."""
    told = [(abs(on - day), price) for d in dossiers for on, price in _prices(d)]
    apart, price = min(told, default=(_NEAR, None))
    return price if apart < _NEAR else None


def _prices(dossier: Dossier) -> Iterator[tuple[date, Decimal]]:
    for line in dossier.lines:
        if line.table == "I" and line.code in _MARKET and line.price:
            yield line.effective_on or known_on(dossier), line.price


def _alike(one: Decimal, other: Decimal) -> bool:
    return one <= other * _DRIFT and other <= one * _DRIFT
