"""Ratios by which shares are exchanged for others, as in a split: new to old, always exact."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from ledger.types import ratio_text

RATIOS = tuple(
    Fraction(pair.replace(":", "/"))
    for pair in (
        "2:1 3:1 3:2 4:1 5:1 5:2 5:4 4:3 6:5 7:1 8:1 10:1 15:1 20:1 21:20 11:10 "
        "1:2 1:3 1:4 1:5 1:8 1:10 1:15 1:20 1:25 1:30 1:40 1:50"
    ).split()
)
"""Split ratios in common use, forward and reverse."""

CENT = Decimal("0.006")
"""How far rounding to the cent moves a strike, and a little more."""
NEXT_CENT = Decimal("0.0101")
"""How far a strike is moved that is rounded up to the cent, as tax rules ask, and a little more."""


class Ladder:
    """Ratios in rising order, to find fast those within some bounds."""

    def __init__(self, ratios: Iterable[Fraction]) -> None:
        self.ratios = sorted(ratios)
        self._rungs = [Decimal(ratio.numerator) / ratio.denominator for ratio in self.ratios]

    def between(self, low: Decimal, high: Decimal) -> Sequence[Fraction]:
        """The ratios between two bounds, which lie apart by more than a quotient is rounded."""
        return self.ratios[bisect_left(self._rungs, low) : bisect_right(self._rungs, high)]


COMMON = Ladder(RATIOS)


_SIMPLE = Fraction(1, 5)
"""How telling a ratio has to be: its two terms, times how wide a part of it the bounds leave
open. Of ratios so simple, one in twenty such bounds holds one by chance."""
_LARGEST, _SMALLER = 100, 10
"""The largest that the two terms of a ratio are by which a company splits its shares."""


RARE = tuple(Fraction(1, old) for old in (60, 75, 80, 100, 120, 125, 150, 200, 250))
"""Round ratios of reverse splits that leave so few shares that no bounds tell one from the next."""


def telling(low: Fraction, high: Fraction) -> Fraction | None:
    """The ratio that two bounds tell of: one so simple that it lies between them by no chance.

    None where none does, or where nothing changed.
    """
    if not 0 < low <= high or low <= 1 <= high:
        return None
    new, old = _simplest(low.as_integer_ratio(), high.as_integer_ratio())
    if max(new, old) > _LARGEST or min(new, old) > _SMALLER:
        return None
    ratio = Fraction(new, old)
    return ratio if new * old * (high - low) <= _SIMPLE * ratio else None


def _simplest(low: tuple[int, int], high: tuple[int, int]) -> tuple[int, int]:
    """The fraction of the smallest terms between two bounds above zero, each as its two terms."""
    (new, old), (most, of) = low, high
    whole = -(-new // old)
    if whole * of <= most:
        return whole, 1
    below = whole - 1
    old_left, new_left = _simplest((of, most - below * of), (old, new - below * old))
    return below * old_left + new_left, old_left


def spoken(ratio: Fraction) -> str:
    """A ratio as splits are spoken of: `3-for-2`."""
    return ratio_text(ratio).replace(":", "-for-")


def comes_to(before: Decimal, ratio: Fraction, after: Decimal, within: Decimal | int = 0) -> bool:
    """Whether shares become so many by a ratio, or nearly: less than `within` from it.

    Both sides are multiplied by what would have to divide them, so that nothing is rounded.
    """
    new, old = ratio.as_integer_ratio()
    apart = abs(before * new - after * old)
    return apart < within * old if within else not apart


def adds(base: Decimal, ratio: Fraction, gap: Decimal, within: Decimal | int) -> bool:
    """Whether a split adds about so much to a balance: all of it split, or only whole shares.

    A fraction may be paid in cash before the shares are multiplied as well as after.
    """
    after = base + gap
    return comes_to(base, ratio, after, within) or (
        bool(base % 1) and comes_to(base - base % 1, ratio, after, within)
    )


def adds_to_one(bases: Iterable[Decimal], ratio: Fraction, gap: Decimal, within: int) -> bool:
    """As `adds`, to one of some balances at least: asked by the thousand where breaks are explained."""
    new, old = ratio.as_integer_ratio()
    bound = within * old
    for base in bases:
        after = (base + gap) * old
        if abs(base * new - after) < bound:
            return True
        part = base % 1
        if part and abs((base - part) * new - after) < bound:
            return True
    return False


def rebasing(before: Decimal, after: Decimal, ratios: Iterable[Fraction]) -> Fraction | None:
    """The first of some split ratios that turns one strike into another, to the cent."""
    return next((r for r in ratios if _rebases(before, after, r)), None)


def _rebases(before: Decimal, after: Decimal, ratio: Fraction) -> bool:
    more = after * ratio.numerator - before * ratio.denominator
    return -CENT * ratio.numerator <= more <= NEXT_CENT * ratio.numerator


def inverse(held: Decimal, before: Decimal, opens: Decimal, after: Decimal) -> Fraction | None:
    """The split ratio that a number and its strike prove together, each rounded its own way.

    One is multiplied by what the other is divided by, so that what all of it costs stays. Two
    figures that change in exact inverse prove a ratio that no list has.
    """
    number, cent = Fraction(opens), Fraction(CENT)
    old, new = Fraction(before), Fraction(after)
    if new <= cent or old <= cent:
        return None
    low = max((number - 1) / Fraction(held), Fraction(old - cent, new + cent))
    high = min((number + 1) / Fraction(held), Fraction(old + cent, new - cent))
    if low > high:
        return None
    return telling(low, high) or next((ratio for ratio in RARE if low <= ratio <= high), None)
