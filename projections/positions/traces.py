"""A split of an issuer's stock, and the totals that show it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

import msgspec

from projections.filings.records import Dossier
from projections.identity.securities import UNSHARED
from projections.identity.vehicles import has_partners
from projections.positions.entries import Posting
from projections.positions.position import Position
from projections.positions.ratios import adds_to_one


class Trace(msgspec.Struct):
    """Where a ratio shows, and between which days: a break that it would close, or a row of its own.

    A filer may report a split as a row, as stock received for nothing; the total after it follows.
    """

    position: Position
    entry: Posting
    ratio: Fraction
    after: date
    before: date
    by_row: bool = False


class Split(msgspec.Struct):
    """A split with the days it lies between, and what shows it.

    `dated` says that a note gives its day. `laggards` are positions whose filer took it up only after reporting old shares once
    more; they prove nothing about the day. One `of_programme` changes how many ordinary shares a
    depositary share is, and so the number of those alone; where it is not `told`, and only another
    ratio is stated than before, it explains what shows it and demands nothing. `priced` are the
    prices before and after it that bear out one that a single position shows.
    """

    ratio: Fraction
    after: date
    before: date
    noted: tuple[tuple[Dossier, str, str], ...]
    traces: list[Trace]
    laggards: list[Trace]
    dated: bool = False
    of_programme: bool = False
    told: bool = True
    priced: tuple[Decimal, Decimal] | None = None

    def touches(self, position: Position) -> bool:
        """Whether it changes the number of shares of a position's class."""
        return not self.of_programme or "depositary" in position.tokens

    def spares(self, position: Position) -> bool:
        """Whether a position counts what stays as many where none of its kind was split.

        A programme takes more ordinary shares for each depositary one then, and preferred stock,
        notes and warrants convert into more.
        """
        kinds = position.tokens & (UNSHARED | ({"depositary"} if self.traces else set()))
        return any(not any(kind in t.position.tokens for t in self.traces) for kind in kinds)

    @property
    def shared(self) -> bool:
        """Whether several positions show it."""
        return len({t.position.number for t in self.traces}) >= 2

    @property
    def by_itself(self) -> bool:
        """Whether positions that do not move together show the ratio.

        Funds of one manager do: they give their partners the same part of all they hold, a half
        or a third, and what is left looks like a split that took as much. A holding of the owner's
        own, a trust of theirs, or another owner has no part in that, unless all of them sell the
        same part of what they have on the row itself, as holders do who offer together.
        """
        if not self.shared:
            return False
        of = [t.position for t in self.traces if t.position.owners]
        managed = all(has_partners(p.vehicle) or has_partners(p.entity) for p in of)
        managed = managed or _sold_alike(self.traces)
        return self.ratio > 1 or not managed or len({p.owners for p in of}) > 1

    def told_with(self, trace: Trace) -> bool:
        """Whether a note of the very form in which another ratio shows tells of this split, in that time."""
        near = self.after <= trace.before and trace.after <= self.before
        return near and not self.of_programme and trace.entry.dossier in [d for d, *_ in self.noted]

    def shows_in(self, entry: Posting) -> bool:
        """Whether an entry is where a position takes the split up late."""
        return any(t.entry == entry for t in self.laggards)

    def has_a_row(self, entry: Posting, beside: Iterable[Posting] = ()) -> bool:
        """Whether a line is the row of the split, filed as stock received or given up for nothing.

        Of what was held before it, or before another row `beside` it, in whatever order they are.
        """
        told = entry.line.code in _FOR_NOTHING and not entry.line.price and entry.delta
        held = [e.prior for e in (entry, *beside) if e.prior]
        return bool(told and held) and adds_to_one(held, self.ratio, entry.delta, within=1)

    def taken_up(self, position: Position, entry: Posting) -> Posting | None:
        """The total of a position, before another of its totals, that shows the split and stands.

        What several holdings come to together is no position that goes on, and takes up nothing.
        """
        own = [t.entry for t in (*self.traces, *self.laggards) if t.position is position]
        for taken in own if position.entries else ():
            earlier = taken != entry and position.place(taken) < position.place(entry)
            if earlier and taken.returned is None:
                return taken
        return None


_FOR_NOTHING = frozenset({"J", "A"})
"""Codes of rows by which filers tell of what a split made of their shares."""


def _sold_alike(traces: Iterable[Trace]) -> bool:
    """Whether the rows that show a ratio give up one part of what there was, each of its holding."""
    parts = {
        Fraction(t.entry.delta) / Fraction(t.entry.prior) if t.entry.prior else Fraction(0)
        for t in traces
    }
    return len(parts) == 1 and parts.pop() < 0
