"""Holders that stand under one name: a line's that counted several, and rows whose notes tell several apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from ledger.loading import pattern
from ledger.types import exchanged
from projections.filings.records import ZERO
from projections.identity.securities import derivative_kind, same_class
from projections.positions.entries import Entry
from projections.positions.line_words import Words
from projections.positions.position import Position


def part_of(part: Position, whole: Position) -> bool:
    """Whether a position just opened may be one holder's part of an older one."""
    return (
        part.whole is None
        and part.opened is not None
        and part.form == "indirect"
        and bool(part.vehicle)
        and (part.scope, part.table, part.tokens, part.series)
        == (whole.scope, whole.table, whole.tokens, whole.series)
    )


def opening_of(part: Position, whole: Position) -> Decimal:
    """What a part held before its first line, in what the whole is counted in."""
    opened, line = part.opened or ZERO, part.entries[0].line
    if whole.soft and line.shares and line.underlying_shares:
        return exchanged(opened, Fraction(line.underlying_shares) / Fraction(line.shares))
    return opened


def told_by(words: Words, known: Iterable[Position]) -> str:
    """The whole notes by which a row is told from rows of equal words; none where they are of one.

    Of units each award has notes of its own; of holders of one name, those whose notes earlier
    reports had, word for word, beside each other.
    """
    if words.units or words.form != "indirect":
        return words.wording if words.units else ""
    noted = {p.wording for p in known if p.balance and p.wording}
    return words.wording if len(noted) > 1 and words.wording in noted else ""


_WHOSE = pattern(
    r"\b(?:co-?trustees?|trustees?|general\s+partner|managing\s+member|managers?|custodian|grantor|settlor|held\s+(?:by|of\s+record|for)|owned\s+by|for\s+the\s+benefit\s+of"
    r"|(?:set\s+up|established|created|formed)\s+by)\b",
    re.IGNORECASE,
)
"""Words of a note that says who holds what a line tells, or for whom."""


def held_apart(parts: Sequence[Sequence[Entry]]) -> bool:
    """Whether runs of rows under one name are of several holders, as each cites a note of its own that says whose it is.

    "By GRATs" may be those that the owner set up and, in the next row, those of his mother.
    """
    told = [
        {
            text
            for entry in part
            for note in (entry.line.notes if entry.line.ownership == "indirect" else ())
            if _WHOSE.search(text := entry.dossier.text_of(note))
        }
        for part in parts
    ]
    return all(told) and all(one.isdisjoint(other) for one, other in combinations(told, 2))


def may_be_one(one: Words, other: Words) -> bool:
    """Whether two lines' words leave room for one holding: nothing in them is at odds."""
    return (
        one.loose == other.loose
        and (one.owners, one.vehicle) == (other.owners, other.vehicle)
        and all(
            mine == theirs or None in (mine, theirs)
            for mine, theirs in zip(one.series, other.series, strict=True)
        )
        and (one.entity == other.entity or not (one.entity and other.entity))
        and (same_class(one.tokens, other.tokens) is not False or _as_the_stock(one, other))
    )


def _as_the_stock(one: Words, other: Words) -> bool:
    """Whether of two titles of units one is of units and one of the very stock that is under them."""
    stock = [derivative_kind(" ".join(sorted(w.tokens))) == "share" for w in (one, other)]
    return one.units and other.units and any(stock) and not all(stock)
