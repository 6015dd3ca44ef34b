"""Second totals of one direct holding: lines of a form that contradict another line of it.

One owner has one direct holding of a class. A further direct line of a form opens no second
one beside it, unless a note, a plan, another class or its title says what else is held, or no
title is legible. Only an initial statement, a complete list of holdings, may have several lines
that add up, and what is listed with the very total that an earlier form has beside another. All this is said of Table I: the other one has derivatives.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from projections.filings.amendments import adds_what_lacked
from projections.filings.owners import of_one
from projections.identity.securities import same_class
from projections.identity.vehicles import names_a_sort
from projections.positions.entries import Entry
from projections.positions.line_words import Words
from projections.positions.position import Position

_NAMING_FIELDS = ("ownership", "nature", "shares_after")


class Rival(NamedTuple):
    """A holding line beside lines of the same holding: it contradicts them, or comes after them."""

    entry: Entry
    stands: list[Entry]
    contradicts: bool


Strand = tuple[Words, list[Entry]]


def may_rival(strands: Sequence[Strand]) -> bool:
    """Whether any line of a filing may give a holding a second total."""
    several = len(strands) > 1
    return several and any(len(rows) == 1 and _second(words, rows[0]) for words, rows in strands)


def rivals(
    strands: Sequence[Strand], known: Sequence[Position]
) -> tuple[list[Strand], list[Rival]]:
    """The strands of a filing without the second totals among them, and these.

    A holding line that is right given the balance before and what the rows moved, or that an
    amendment adds later, is taken as the last word on the holding: it comes after them.

    Args:
        strands: A filing's entries, grouped by what their words say.
        known: The positions of these owners that are held.
    """
    kept: list[Strand] = []
    found: list[Rival] = []
    for words, entries in sorted(strands, key=lambda s: _rank(s, known)):
        entry = entries[0]
        stands = next((s for s in kept if _contradicts(words, entries, s)), None)
        if stands is None:
            kept.append((words, entries))
            continue
        homes = [
            p
            for p in known
            if (p.table, p.form) == ("I", "direct") and _of_one_class(words, p.tokens)
        ]
        plain = [p for p in homes if not (p.vehicle or p.entity)]
        if len(plain) > 1 or any(_listed_again(entry, p) for p in plain):
            kept.append((words, entries))
        else:
            rows = stands[1]
            after = entry.dossier is not rows[-1].dossier or _comes_after(entry, rows, homes)
            found.append(Rival(entry, rows, not after))
    return kept, found


def _listed_again(entry: Entry, home: Position) -> bool:
    """Whether an earlier form lists the very total beside another: there are two holdings.

    What goes on beside one that moves, form after form, is no slip. What was there before a
    movement of the holding is one.
    """
    several = {id(e.dossier) for e in home.entries if e.rival is not None}
    again = any(
        e.line.holding and e.claim == entry.claim and id(e.dossier) in several
        for e in home.entries
        if e.dossier is not entry.dossier
    )
    return again and not any(
        e.delta and e.balance is not None and e.balance - e.delta == entry.claim
        for e in home.entries
    )


def _rank(strand: Strand, known: Sequence[Position]) -> tuple[bool, bool]:
    """Rows before holding lines; of these, the one that goes on from what is known first."""
    words, entries = strand
    claim = entries[0].claim
    follows = claim is not None and any(
        p.form == words.form and p.balance == claim and _of_one_class(words, p.tokens)
        for p in known
    )
    return entries[0].line.holding, not follows


def _second(words: Words, entry: Entry) -> bool:
    """Whether a line's words leave it no holding of its own: no note is on its title.

    The remarks say why a form was filed: they name what it adds, else no sort of holding.
    """
    line = entry.line
    if not line.holding or not line.security or (words.table, words.form) != ("I", "direct"):
        return False
    if words.vehicle or words.entity or not entry.claim or not of_one(words.owners):
        return False
    notes = line.notes_of(*_NAMING_FIELDS)
    texts = [entry.dossier.text_of(n) for n in notes if n in line.footnotes]
    texts += filter(adds_what_lacked, [entry.dossier.head.remarks or ""])
    said = bool(line.notes_of("security")) or any(map(names_a_sort, texts))
    return not said and not words.award and entry.dossier.base_form != "3"


def _contradicts(words: Words, entries: Sequence[Entry], stands: Strand) -> bool:
    """Whether a single line gives the holding that other lines of its form give a total."""
    other, rows = stands
    return (
        len(entries) == 1
        and _second(words, entries[0])
        and (other.table, other.form) == ("I", "direct")
        and other.owners == words.owners
        and not (other.vehicle or other.entity or other.award)
        and _of_one_class(words, other.tokens)
        and rows[-1].claim is not None
        and not (rows[-1].line.holding and rows[-1].line.notes_of("security"))
    )


def _of_one_class(words: Words, tokens: frozenset[str]) -> bool:
    return same_class(words.tokens, tokens) is True


def _comes_after(entry: Entry, rows: Sequence[Entry], homes: Sequence[Position]) -> bool:
    """Whether a total is right given the balance before and the rows, and theirs is not."""
    moved = sum((e.delta for e in rows), start=entry.delta)
    return any(
        p.balance is not None and p.balance + moved == entry.claim and not p.follows(rows)
        for p in homes
    )
