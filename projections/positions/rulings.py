"""What is decided about an entry, beside its arithmetic and never written back into it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import msgspec

from projections.findings.explanations import Explanation, Term
from projections.positions.entries import ALL_SERIES, UNDECIDED, Astray, Entry, Posting, reference
from projections.positions.older_statements import OLDER
from projections.positions.pool_totals import CONTRADICTED, DISPUTED
from projections.positions.timeline import Timeline


class Ruling(msgspec.Struct, frozen=True):
    """The judgement on one entry: its verdict, and why.

    `verdict` is opening, agreed, explained, ambiguous or unexplained, None where the entry
    claims nothing. `meant` is the movement that a right total shows where the row is what the
    filer got wrong. `cause` is the entry whose error this one carries on, or is the other side of.
    `carried` is what an issuer that this one continues left behind.
    """

    verdict: str | None
    explanation: Explanation | None = None
    meant: Decimal | None = None
    cause: Entry | None = None
    carried: Decimal | None = None


class Beginning(NamedTuple):
    """How far back a position goes that only a holding line told.

    `certain` is the first day on which all of it was held, as far as anything shows, `possible`
    the first on which some of it may have been; None where nothing bounds it.
    """

    certain: date | None = None
    possible: date | None = None


class Emptied(NamedTuple):
    """Where what was last in a holding went: between which days, and the line that shows it.

    `shares` is how many went, None for all. Where no day is told of a part of them, the holding
    may have been without them already.
    """

    begins: date | None
    ends: date | None
    into: str
    shares: Decimal | None = None


class Displaced(NamedTuple):
    """What a line that seems to stand under a wrong holding changes there, and in the right one.

    `change` is what is to be added since a day to the level after an entry, `since` that day and
    `line` the line. Where it is not `likely`, either may be so. `before` is the entry that the
    holding was last told by apart from the line, where that is another.
    """

    change: Decimal
    since: date | None
    line: str
    likely: bool
    before: Posting | None = None


class Multiplied(NamedTuple):
    """What a split made of a holding that no line shows since: by which ratio, between which days."""

    ratio: Fraction
    after: date
    before: date
    source: str


class Rulings:
    """The rulings on an issuer's entries; what was never ruled on follows from the arithmetic."""

    def __init__(self) -> None:
        self._made: dict[int, Ruling] = {}
        """By the identity of an entry's line, which is what an entry is known by."""
        self._beginnings: dict[Entry, Beginning] = {}
        self._bounds: set[Entry] = set()
        self._emptied: dict[Entry, Emptied] = {}
        self._displaced: dict[Entry, Displaced] = {}
        self._multiplied: dict[Entry, list[Multiplied]] = {}

    def on(self, posting: Posting) -> Ruling:
        """The ruling on an entry."""
        made = self._made.get(id(posting.line))
        if made is not None:
            return made
        return _AGREED if posting.plain else plainly(posting)

    def stands_open(self, posting: Posting, timeline: Timeline) -> bool:
        """Whether a total counts as it is, though it does not follow and nothing explains it.

        Not one that was set aside, nor one that is right beside an amount or a letter that is
        wrong, once a later total goes on from it.
        """
        if not posting.residual or posting.aside:
            return False
        ruling = self.on(posting)
        if ruling.verdict not in ("unexplained", "ambiguous"):
            return False
        return ruling.meant is None or timeline.confirming(posting) is None

    def rule(self, entry: Entry, ruling: Ruling) -> None:
        """Decide about an entry, in place of what was decided before."""
        self._made[id(entry.line)] = ruling

    def bound(self, entry: Entry) -> None:
        """Let the balance after an entry be what is held at most: its total counts more."""
        self._bounds.add(entry)

    def bounds(self, entry: Entry) -> bool:
        """Whether no more is known than that the balance after an entry is not exceeded."""
        return entry in self._bounds

    def empty(self, last: Entry, emptied: Emptied) -> None:
        """Say that nothing is left of a holding since its last line: another one took it all up."""
        self._emptied[last] = emptied

    def emptied(self, last: Entry) -> Emptied | None:
        """Where all of a holding went since this line, None where nothing says so."""
        return self._emptied.get(last)

    def came_from(self, ref: str) -> bool:
        """Whether a line is known to show where what was in another holding went."""
        return any(gone.into == ref for gone in self._emptied.values())

    def displace(self, entry: Entry, displaced: Displaced) -> None:
        """Say that the level after an entry is likely another, or may be."""
        self._displaced[entry] = displaced

    def displaced(self, entry: Entry) -> Displaced | None:
        """By what the level after an entry is likely another, or may be; None where it stands."""
        return self._displaced.get(entry)

    def multiply(self, last: Entry, made: Multiplied) -> None:
        """Say what a split made of a holding since its last line; several, in order of time."""
        self._multiplied.setdefault(last, []).append(made)

    def multiplied(self, last: Entry) -> list[Multiplied]:
        """The splits that multiplied a holding since this line, in order of time."""
        return self._multiplied.get(last, [])

    def begin(self, first: Entry, beginning: Beginning) -> None:
        """Say how far back the position goes whose first line this is."""
        self._beginnings[first] = beginning

    def beginning(self, first: Entry) -> Beginning:
        """How far back the position goes whose first line this is."""
        return self._beginnings.get(first, Beginning())


_NO_CLAIM, _AGREED = Ruling(None), Ruling("agreed")


def plainly(posting: Posting) -> Ruling:
    """What the arithmetic alone decides about an entry."""
    if posting.claim is None:
        return _NO_CLAIM
    known = None if posting.residual else posting.astray
    off = (
        None
        if known is None or known.kind in (DISPUTED, UNDECIDED) or not known.shares
        else _known_off(known)
    )
    if posting.expected is None:
        return Ruling("opening", off)
    if posting.residual:
        return Ruling("unexplained")
    if off is not None:
        refuted = off.terms[0].kind in (CONTRADICTED, ALL_SERIES)
        return Ruling("unexplained" if refuted else "explained", off)
    if posting.beside:
        return Ruling("explained", _by_convention(posting))
    return _AGREED


def _known_off(off: Astray) -> Explanation:
    dossier, line = off.because
    source = f"{dossier.id}#{line.ref}"
    if off.kind == "repeated":
        term = Term(off.kind, off.shares, source, f"counts again what {source} told")
        return Explanation("EXPL_FILER_ERROR", "high", (term,))
    if off.kind == CONTRADICTED:
        words = f"is not that of {source}, which tells the same movement and goes on"
        return Explanation(
            "EXPL_FILER_ERROR", "likely", (Term(off.kind, off.shares, source, words),)
        )
    if off.kind == OLDER:
        words = f"is by a statement of a day before {source}, which it does not count"
        return Explanation("EXPL_ASOF", "likely", (Term(off.kind, off.shares, source, words),))
    if off.kind == ALL_SERIES:
        words = (
            f"is off: {source} goes on as if it had not been told, and all totals count all series"
        )
        term = Term(off.kind, off.shares, source, words)
        return Explanation("EXPL_FILER_ERROR", "likely", (term,))
    words = f"goes on from what {source} has put right since"
    term = Term(off.kind, off.shares, source, words)
    return Explanation("EXPL_PRIOR_CORRECTION", "high", (term,), explicit=True)


MEANS = {
    "final": "the totals of the filing are those after all of its rows",
    "date-final": "the totals of the filing are those at the close of their day",
    "trade-final": "the totals of the filing are those after all lots of a trade",
    "kind-final": "the totals of the filing are those after all rows of a kind and day",
    "as-of-filing": "the total is as of its filing, not of the row's own day",
    "before-row": "the total is what was owned before its row, as this filer's totals are",
    "left-out": "the total leaves out what was reported only later",
    "class-total": "the total adds the owner's other positions",
}


def _by_convention(posting: Posting) -> Explanation:
    words = MEANS.get(posting.convention, "the total counts other rows as well")
    told = posting.ahead or posting.left_out
    source = ", ".join(map(reference, told)) or reference(posting)
    term = Term(posting.convention, posting.beside, source, words)
    return Explanation("EXPL_ASOF", "high", (term,), explicit=True)
