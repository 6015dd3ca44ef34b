"""Exercises of several awards on one day: what the notes tell of those whose sides differ in number."""

from __future__ import annotations

from decimal import Decimal

from projections.checks.exercise_amounts import told_between
from projections.filings.records import ZERO, Dossier, Line


def told_beside_equals(rows: list[tuple[Dossier, Line]], given: Decimal, got: Decimal) -> bool:
    """Whether the notes tell why so many came for so many that were given up, of all or of the rest.

    Rows that have just as many on the other side are one award's, and need no note; the notes of
    the others tell of these alone.
    """
    if told_between(rows, given, got):
        return True
    rest, equal = _without_equals(rows)
    both = {line.table for _, line in rest} == {"I", "II"}
    return bool(equal) and both and told_between(rest, given - equal, got - equal)


def _without_equals(
    rows: list[tuple[Dossier, Line]],
) -> tuple[list[tuple[Dossier, Line]], Decimal]:
    """The rows that have none of their number on the other side, and how many shares the others are."""
    stock = [one for one in rows if one[1].table == "I" and one[1].shares]
    rest, equal = [one for one in rows if one[1].table != "I"], ZERO
    for unit in [one for one in rest if one[1].shares]:
        line = unit[1]
        if line.underlying_shares not in (None, line.shares):
            continue
        other = next((one for one in stock if one[1].shares == line.shares), None)
        if other is not None:
            stock.remove(other)
            rest.remove(unit)
            equal += line.shares or ZERO
    return [*stock, *rest], equal
