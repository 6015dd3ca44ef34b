"""What it costs to post lines on a position: what their words leave open, and their balance."""

from __future__ import annotations

from projections.positions.entries import Entry
from projections.positions.line_words import (
    NEVER,
    OTHER,
    OTHER_TERMS,
    Words,
    pays_out,
    words_cost,
)
from projections.positions.position import Position
from projections.positions.rebasing import new_terms, other_strike
from projections.positions.renaming import renamed_without_word

MISFIT = 4
"""What breaking an equation costs beside the words' own costs."""
_ROUNDED = 1
"""What it costs that a total follows but for a fraction: far less than opening a position."""
NEW_TWIN = 9
"""What opening a position costs where one of the same words exists already."""


def cost_of(words: Words, entries: list[Entry], position: Position, most: int) -> int:
    """What it costs to post lines on a position; `NEVER` on that of an unrelated vehicle.

    So it is too where it would cost more than `most`.
    """
    cost = _fit(words, entries, position, most)
    joins = OTHER - 1 <= cost < NEW_TWIN
    return NEVER if joins and renamed_without_word(words, position, entries) else cost


def _fit(words: Words, entries: list[Entry], position: Position, most: int) -> int:
    cost = words_cost(words, position)
    if cost >= NEVER:
        return NEVER
    if other_strike(words, position):
        terms = new_terms(position, words, entries)
        if terms is None:
            return NEVER
        return cost - OTHER_TERMS + (1 if terms.exact else MISFIT)
    if cost - 1 > most:
        return NEVER
    if position.balance is None or all(e.claim is None for e in entries):
        return cost + 1
    if position.follows(entries):
        return cost - (1 if position.balance else 0)
    if cost > most:
        return NEVER
    if pays_out(words, position, entries):
        return cost
    if cost + _ROUNDED > most:
        return NEVER
    if position.balance and position.nearly_follows(entries):
        return cost + _ROUNDED
    return cost + MISFIT
