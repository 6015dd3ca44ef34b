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
        "2:1 3:1 3:2 4:1 5:1 5:4 4:3 6:5 7:1 8:1 10:1 15:1 20:1 21:20 11:10 "
        "1:2 1:3 1:4 1:5 1:8 1:10 1:15 1:20 1:25 1:30 1:40 1:50"
    ).split()
)
"""Split ratios in common use, forward and reverse."""

CENT = Decimal("0.006")
"""How far rounding to the cent moves a strike, and a little more."""


class Ladder:
    """Ratios in rising order, to find fast those within some bounds."""

    def __init__(self, ratios: Iterable[Fraction]) -> None:
        self.ratios = sorted(ratios)
        self._rungs = [Decimal(ratio.numerator) / ratio.denominator for ratio in self.ratios]

    def between(self, low: Decimal, high: Decimal) -> Sequence[Fraction]:
        """The ratios between two bounds, which lie apart by more than a quotient is rounded."""
        return self.ratios[bisect_left(self._rungs, low) : bisect_right(self._rungs, high)]


COMMON = Ladder(RATIOS)


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


def rebasing(before: Decimal, after: Decimal, ratios: Iterable[Fraction]) -> Fraction | None:
    """The first of some split ratios that turns one strike into another, to the cent."""
    return next((r for r in ratios if _rebases(before, after, r)), None)


def _rebases(before: Decimal, after: Decimal, ratio: Fraction) -> bool:
    return abs(before * ratio.denominator - after * ratio.numerator) <= CENT * ratio.numerator
