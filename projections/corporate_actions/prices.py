"""What shares were traded at on both sides of a split that no note tells.

A total that comes out by a ratio proves little by itself: shares may have moved that nobody told
of. Prices that change by the same ratio the other way leave no other reading of it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice, takewhile
from statistics import median
from typing import NamedTuple

from projections.positions.position import Position
from projections.positions.traces import Trace

_MARKET = frozenset("PSF")
"""Codes of trades at a market's price, and of shares withheld at one."""
_NEAR = timedelta(days=250)
"""How long before and after a split a price still tells of it."""
_DRIFT = Decimal("1.4")
"""How many times a price may have changed for other reasons, up or down."""
_LEAST = 2
"""The least that a split multiplies or divides by of which prices tell."""


class Change(NamedTuple):
    """The usual price before a split and after it, in dollars a share."""

    before: Decimal
    after: Decimal


class Prices:
    """What an issuer's insiders traded at, class by class."""

    def __init__(self, positions: Sequence[Position]) -> None:
        self._positions = positions
        self._by_class: dict[frozenset[str], list[tuple[date, Decimal]]] = {}

    def change_at(self, trace: Trace, *, past: bool = False) -> Change | None:
        """The prices on both sides of a split that one position shows, where they bear it out.

        `past` says that the split came after the row it shows in, whose price is none of new shares.
        """
        new, old = trace.ratio.as_integer_ratio()
        if max(new, old) < _LEAST * min(new, old) or trace.position.table != "I":
            return None
        told = self._of(frozenset(trace.position.tokens))
        until = bisect_right(told, trace.after, key=lambda t: t[0])
        first = bisect_right if past else bisect_left
        since = first(told, _shown_on(trace), key=lambda t: t[0])
        earlier = _of_one_day(told[at] for at in range(until - 1, -1, -1))
        later = _of_one_day(islice(told, since, None))
        if not earlier or not later:
            return None
        near = trace.after - earlier[0][0] <= _NEAR and later[0][0] - trace.before <= _NEAR
        before, after = (median(price for _, price in side) for side in (earlier, later))
        was, now = before * old, after * new
        near = near and was <= now * _DRIFT and now <= was * _DRIFT
        return Change(before, after) if near else None

    def _of(self, tokens: frozenset[str]) -> list[tuple[date, Decimal]]:
        if tokens not in self._by_class:
            self._by_class[tokens] = sorted(
                (entry.day, entry.line.price)
                for position in self._positions
                if position.table == "I" and frozenset(position.tokens) == tokens
                for entry in position.entries
                if entry.day is not None and entry.line.code in _MARKET and entry.line.price
            )
        return self._by_class[tokens]


def _shown_on(trace: Trace) -> date:
    """The day from which trades may be in new shares: of a line that only lists, that of its form's."""
    entry = trace.entry
    day = entry.day or trace.before
    period = entry.dossier.head.period
    return min(day, period) if entry.line.holding and period else day


def _of_one_day(told: Iterator[tuple[date, Decimal]]) -> list[tuple[date, Decimal]]:
    """The prices of the day that comes first."""
    first = next(told, None)
    if first is None:
        return []
    return [first, *takewhile(lambda one: one[0] == first[0], told)]
