"""The fold: one issuer's known filings to its positions. Nothing else computes a balance.

A pure function of the filings and the moment of knowledge. Filings are taken in the
order the public learned of them; those of one day and one group of owners are put in the
order in which their totals join.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby

from projections.lines import Dossier
from projections.people import People
from projections.positions import Book, Words
from projections.standing import Roll, Standing, Told, roll
from projections.timelines import Entry

Strands = list[tuple[Words, list[Entry]]]


class Folded:
    """One issuer as known at a moment: who, what stands, and every position's timeline."""

    __slots__ = ("book", "dossiers", "people", "roll")

    def __init__(self, dossiers: list[Dossier], people: People, roll: Roll, book: Book) -> None:
        self.dossiers, self.people, self.roll, self.book = dossiers, people, roll, book


def fold(dossiers: Iterable[Dossier], *, known_at: datetime | None = None) -> Folded:
    """Fold an issuer's filings, using only those known by the moment given."""
    known = [d for d in dossiers if known_at is None or d.known.at <= known_at]
    people = People(known)
    standing = roll(known, people)
    book = Book()
    ordered = sorted(standing.standing, key=_turn)
    for _, group in groupby(ordered, key=lambda s: (_day(s.dossier), people.scope(s.dossier))):
        _post_day(book, list(group), people)
    return Folded(known, people, standing, book)


def _day(dossier: Dossier) -> date:
    return dossier.known.at.date()


def _turn(filing: Standing) -> tuple[object, ...]:
    dossier = filing.dossier
    return (_day(dossier), dossier.head.period or date.min, dossier.known.at, dossier.stream)


def _post_day(book: Book, filings: list[Standing], people: People) -> None:
    """Post one day's filings of one group, next always the one that breaks least."""
    while filings:
        turn = 0
        if len(filings) > 1:
            costs = [book.breaks_of(_strands(book, f, f.told, people)) for f in filings]
            turn = costs.index(min(costs))
        filing = filings.pop(turn)
        told = filing.told
        if filing.unmentioned:
            told = _scope(book, filing, people)
        book.post(_strands(book, filing, told, people))


def _scope(book: Book, filing: Standing, people: People) -> list[Told]:
    """Whether lines an amendment leaves out were dropped: whichever breaks less stands."""
    left_out = {id(line) for _, line in filing.unmentioned}
    without = [t for t in filing.told if id(t[1]) not in left_out]
    kept_breaks = book.breaks_of(_strands(book, filing, filing.told, people))
    dropped_breaks = book.breaks_of(_strands(book, filing, without, people))
    return without if dropped_breaks < kept_breaks else filing.told


def _strands(book: Book, filing: Standing, told: Sequence[Told], people: People) -> Strands:
    dossier = filing.dossier
    owners = (
        people.keys(dossier).union(*(people.keys(t) for t in filing.twins))
        if filing.twins
        else people.keys(dossier)
    )
    entries = [Entry(d, line) for d, line in told]
    return book.strands(entries, people.scope(dossier), owners)
