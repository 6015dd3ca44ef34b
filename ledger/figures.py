"""Figures as filings print them in running words: `1,250`, `48.4720`, `.5`.

What stands before and after a figure says what it counts, and differs with the question; how one
looks, and what it comes to, is the same everywhere and stands here.
"""

from __future__ import annotations

import re
from decimal import Decimal

FIGURE = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
"""One figure, whole: its thousands in threes or not separated at all. Part of an expression."""


def as_number(printed: str) -> Decimal:
    """What a printed figure comes to, to its last digit.

    >>> as_number("12,345.60")
    Decimal('12345.60')
    """
    return Decimal(printed.replace(",", ""))


_PRINTED = re.compile(rf"(?<![\d.,])(?P<dollars>\$\s?)?(?P<figure>{FIGURE})")


def figures_in(text: str, *, dollars: bool = True) -> frozenset[Decimal]:
    """Every figure of a text, whatever it counts; without those that are `dollars` if not wanted.

    >>> sorted(figures_in("Of 1,200 units 48.5 were paid, at $19.01.", dollars=False))
    [Decimal('48.5'), Decimal('1200')]
    """
    found = _PRINTED.finditer(text)
    return frozenset(as_number(one["figure"]) for one in found if dollars or not one["dollars"])
