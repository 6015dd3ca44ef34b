"""Rows of one filing whose totals run on from each other, or say the same."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from projections.positions.conventions import best
from projections.positions.entries import Entry
from projections.positions.line_words import Words


def repeated(entries: Sequence[Entry]) -> bool:
    """Whether two rows say exactly the same, total included."""
    rows = [(e.day, e.line.code, e.delta, e.line.price, e.claim) for e in entries]
    return len(set(rows)) < len(rows)


def chains(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Rows cut into runs in which each opens where the one before it closed.

    Where no run closed there exactly, one does that closed a lost fraction away.
    """
    runs: list[list[Entry]] = []
    for entry in entries:
        opening = None if entry.claim is None else entry.claim - entry.delta
        home = next((run for run in runs if run[-1].claim == opening and opening is not None), None)
        home = home or next((run for run in runs if _rounded(run[-1].claim, opening)), None)
        if home is None:
            runs.append([entry])
        else:
            home.append(entry)
    return runs


def _rounded(closing: Decimal | None, opening: Decimal | None) -> bool:
    """Whether one balance is the other with a fraction lost, or gained."""
    if not closing or not opening or not (closing % 1 or opening % 1):
        return False
    return abs(closing - opening) < 1


def ends_at(words: Words, entries: list[Entry]) -> tuple[object, object] | None:
    """Where movements start from and arrive at, with their words; None where nothing moves."""
    if not any(e.delta for e in entries):
        return None
    reading, _ = best(entries, [None], None)
    first = entries[reading.order[0]]
    if first.claim is None:
        return None
    who = (words.loose, words.tokens, words.vehicle)
    return (who, first.claim - first.delta), (who, reading.closing)
