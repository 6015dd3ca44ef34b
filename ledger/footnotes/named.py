"""The amounts of shares that a note names, whatever it says of them."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from ledger.footnotes.amounts import amounts
from ledger.footnotes.dates import dates
from ledger.footnotes.text import plain, sentences


@lru_cache(maxsize=4096)
def named_in(note: str) -> frozenset[Decimal]:
    """Every amount of shares that a note names.

    >>> sorted(named_in("Of the 900 shares, 300 shares were sold."))
    [Decimal('300'), Decimal('900')]
    """
    return frozenset(shares for _, shares in told_in(note))


@lru_cache(maxsize=4096)
def told_in(note: str) -> tuple[tuple[str, Decimal], ...]:
    """Every amount of shares that a note names, each with the words of its sentence."""
    text, _ = plain(note)
    return tuple(
        (sentence.words, amount.shares)
        for sentence in sentences(text)
        for amount in amounts(sentence, dates(*sentence))
    )
