"""Which purchases are set against which sales: the matching that leaves the most profit to hand over.

Section 16(b) is read to squeeze out all possible profit: the lowest purchases are set against the
highest sales within less than six months (Smolowe v. Delendo Corp., 136 F.2d 231, and Gratz v.
Claughton, 187 F.2d 46). Taking the dearest sale and the cheapest purchase first is not always that:
where the one purchase that a lesser sale could reach goes to a sale that could have had another,
a match is lost.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

_NONE = Decimal(0)

_MOST = 1_000
"""Trades of one class for which the best is sought: of more they are taken in turn, which in
random trades leaves a thousandth less, and is found at once."""


class Lot(NamedTuple):
    """A trade to be matched: its day, its price, and its shares in parts that all lots share."""

    on: date
    price: Decimal
    shares: Decimal


class Pair(NamedTuple):
    """A purchase and a sale by their places, and how many shares of one are set against the other."""

    purchase: int
    sale: int
    shares: Decimal


Last = Callable[[date], date]
"""The last day that lies within less than six months of a day."""


def matched(bought: Sequence[Lot], sold: Sequence[Lot], last: Last) -> list[Pair]:
    """The pairs whose profits are the most in all; those that come in turn where they are no less."""
    simple, out_of_reach = _in_turn(bought, sold, last)
    if not out_of_reach or len(bought) + len(sold) > _MOST:
        return simple
    best = list(_Matching(bought, sold, last).pairs())
    return max(simple, best, key=lambda pairs: _profit(pairs, bought, sold))


def _profit(pairs: Sequence[Pair], bought: Sequence[Lot], sold: Sequence[Lot]) -> Decimal:
    return sum((p.shares * (sold[p.sale].price - bought[p.purchase].price) for p in pairs), _NONE)


def _in_turn(bought: Sequence[Lot], sold: Sequence[Lot], last: Last) -> tuple[list[Pair], bool]:
    """The dearest sale against the cheapest purchase in reach, then the next.

    Also whether any that would bring a profit was out of reach: where none was, no other
    matching brings more.
    """
    left = [lot.shares for lot in bought]
    cheap = sorted(range(len(bought)), key=lambda n: (bought[n].price, bought[n].on))
    dear = sorted(range(len(sold)), key=lambda n: (-sold[n].price, sold[n].on))
    pairs, out_of_reach = list[Pair](), False
    for sale in dear:
        wanted, price, day = sold[sale].shares, sold[sale].price, sold[sale].on
        for purchase in cheap:
            if bought[purchase].price >= price or not wanted:
                break
            on = bought[purchase].on
            if max(on, day) > last(min(on, day)):
                out_of_reach = True
            elif left[purchase]:
                shares = min(left[purchase], wanted)
                left[purchase] -= shares
                wanted -= shares
                pairs.append(Pair(purchase, sale, shares))
    return pairs, out_of_reach


class _Matching:
    """The best matching, built up: as long as it gains, one more purchase and one more sale come in.

    What comes in may pass through others: a sale leaves its purchase to the new one and takes
    another. None that is in ever goes out, so each step gains what its two ends are apart, and the
    step that gains most is taken first (successive augmenting paths).
    """

    def __init__(self, bought: Sequence[Lot], sold: Sequence[Lot], last: Last) -> None:
        self._bought, self._sold = bought, sold
        self._cheap = sorted(range(len(bought)), key=lambda n: (bought[n].price, bought[n].on))
        self._days = sorted(range(len(sold)), key=lambda n: (sold[n].on, -sold[n].price))
        days = [sold[n].on for n in self._days]
        until = [last(day) for day in days]
        self._reach = [(bisect_left(until, b.on), bisect_right(days, last(b.on))) for b in bought]
        self._left = [lot.shares for lot in bought]
        self._wanted = [lot.shares for lot in sold]
        self._flow: list[dict[int, Decimal]] = [{} for _ in sold]
        """By sale, the purchases set against it, and with how many shares."""

    def pairs(self) -> Iterator[Pair]:
        """The whole."""
        while path := self._best_path():
            self._take(path)
        for sale, purchases in enumerate(self._flow):
            yield from (Pair(purchase, sale, shares) for purchase, shares in purchases.items())

    def _best_path(self) -> list[tuple[int, int]]:
        """Pairs that come in, each but the last through the pair it replaces; none where none gains."""
        came: dict[int, int] = {}
        through: dict[int, int] = {}
        fresh = list(range(len(self._days) + 1))
        best, end = _NONE, -1
        for root in self._cheap:
            if not self._left[root] or root in through:
                continue
            through[root] = -1
            for sale in self._spread(root, came, through, fresh):
                gain = self._sold[sale].price - self._bought[root].price
                if self._wanted[sale] and gain > best:
                    best, end = gain, sale
        path: list[tuple[int, int]] = []
        while end >= 0:
            path.append((came[end], end))
            end = through[came[end]]
        return path[::-1]

    def _spread(
        self, root: int, came: dict[int, int], through: dict[int, int], fresh: list[int]
    ) -> Iterator[int]:
        """The sales that a purchase reaches, itself or through others, and that none before it did."""
        waiting = deque([root])
        while waiting:
            purchase = waiting.popleft()
            first, end = self._reach[purchase]
            at = _next(fresh, first)
            while at < end:
                sale = self._days[at]
                fresh[at] = at + 1
                came[sale] = purchase
                yield sale
                for other in self._flow[sale]:
                    if other not in through:
                        through[other] = sale
                        waiting.append(other)
                at = _next(fresh, at)

    def _take(self, path: Sequence[tuple[int, int]]) -> None:
        """Set as many shares along a path as its narrowest place lets through."""
        (root, _), (_, end) = path[0], path[-1]
        replaced = [(later[0], earlier[1]) for earlier, later in pairwise(path)]
        shares = min(
            self._left[root],
            self._wanted[end],
            *(self._flow[sale][purchase] for purchase, sale in replaced),
        )
        self._left[root] -= shares
        self._wanted[end] -= shares
        for purchase, sale in path:
            self._flow[sale][purchase] = self._flow[sale].get(purchase, _NONE) + shares
        for purchase, sale in replaced:
            rest = self._flow[sale].pop(purchase) - shares
            if rest:
                self._flow[sale][purchase] = rest


def _next(fresh: list[int], at: int) -> int:
    """The first place from one on that is still fresh: each place leads to the next, or to itself."""
    while fresh[at] != at:
        fresh[at] = fresh[min(fresh[at], len(fresh) - 1)]
        at = fresh[at]
    return at
