"""What all reports tell of series under one strike and expiry: when last, and from what they go on.

A row may have the terms of a series wrong, or have new ones, and a wrong total besides. Then its
total says nothing of where it belongs; the next report does, which goes on as if the row had
taken from the series, and so does a total that is one slip away from what the series would leave.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

import msgspec

from projections.filings.amendments import Standing
from projections.filings.dates import speaks_on
from projections.filings.owners import People
from projections.filings.records import ZERO, Dossier, Line, Told
from projections.identity.plans import ACCRUED
from projections.identity.securities import class_tokens
from projections.positions.conventions import best, implied
from projections.positions.digits import never_by_chance, telling
from projections.positions.entries import Astray, Entry

Terms = tuple[Decimal | None, date | None]
"""A strike and an expiry."""


class AllSeries(msgspec.Struct):
    """What is known in advance of totals that count all series, by the identity of their lines.

    `off` are those that do not go on, `others` what each has of other series; of the series of
    the `joint` ones nobody says how many there are.
    """

    off: dict[int, Astray]
    others: dict[int, Decimal]
    joint: set[int]


class SeriesTold:
    """The reports of each series with a strike and an expiry, in their order."""

    def __init__(self, standing: Iterable[Standing], people: People, summed: AllSeries) -> None:
        self.summed = summed
        self._found: dict[object, list[tuple[int, date, list[Told]]]] = defaultdict(list)
        self._turn: dict[str, int] = {}
        self._begun: set[tuple[object, str]] = set()
        self._splits: list[tuple[date, Fraction]] = []
        for turn, filing in enumerate(standing):
            told: dict[object, list[Told]] = defaultdict(list)
            for dossier, line in filing.told:
                if line.table == "II" and (terms := terms_of(dossier, line)):
                    told[(people.scope(filing.dossier), *terms)].append((dossier, line))
            self._turn[filing.dossier.stream] = turn
            said, on = filing.dossier.statements, speaks_on(filing.dossier)
            self._splits += ((on, m) for s in said if s.kind == "split" and (m := s.multiplier))
            if filing.dossier.base_form == "3":
                scope = people.scope(filing.dossier)
                self._begun |= {(scope, owner) for owner in people.keys(filing.dossier)}
            for key, lines in told.items():
                self._found[key].append((turn, speaks_on(filing.dossier), lines))

    def last(self, scope: object, terms: Terms) -> date | None:
        """The day of the last report that names such a series."""
        found = self._found.get((scope, *terms))
        return max(day for _, day, _ in found) if found else None

    def splits(self, since: date, until: date) -> list[Fraction]:
        """The ratios of splits of which notes of any report after one day and to another tell."""
        return [ratio for on, ratio in self._splits if since < on <= until]

    def goes_on_from(self, scope: object, terms: Terms, entry: Entry, balance: Decimal) -> bool:
        """Whether the first report of a series after a row starts from so many."""
        return self.next_opening(scope, terms, entry) == balance

    def next_opening(self, scope: object, terms: Terms, entry: Entry) -> Decimal | None:
        """How many the first report of a series after a row starts from; None where there is none."""
        lines = next(self._since((scope, *terms), entry), ())
        entries = [Entry.of(dossier, line, as_of=dossier) for dossier, line in lines]
        return implied(entries, best(entries, [None], None)[0]) if entries else None

    def begun(self, scope: object, owners: frozenset[str]) -> bool:
        """Whether an initial statement of some of these owners is here, which lists all they had."""
        return any((scope, owner) in self._begun for owner in owners)

    def opens_at(
        self, scope: object, terms: tuple[object, ...], entry: Entry, level: Decimal
    ) -> bool:
        """Whether some report after a row goes on from so many, by a line of such `terms`, or titles."""
        return any(
            line.movement and Entry.of(dossier, line, as_of=dossier).claim == level + line.movement
            for lines in self._since((scope, *terms), entry)
            for dossier, line in lines
        )

    def counts_apart(
        self, scope: object, terms: tuple[object, ...], entry: Entry, held: Decimal, came: Decimal
    ) -> bool:
        """Whether reports after a row count what came apart from what was held of such `terms`, or titles.

        One starts from what came, and perhaps dividends on it, or the first from what was held without it.
        """
        for place, lines in enumerate(self._since((scope, *terms), entry)):
            for dossier, line in lines:
                opens = Entry.of(dossier, line, as_of=dossier).claim
                opens = None if opens is None else opens - line.movement
                if opens is None:
                    continue
                if came <= opens <= came + came * ACCRUED:
                    return True
                if not place and held <= opens < held + came:
                    return True
        return False

    def _since(self, key: tuple[object, ...], entry: Entry) -> Iterator[list[Told]]:
        """The lines of each report of a series after that of a row, in the same form of ownership."""
        here, form = self._turn.get(entry.dossier.stream, 0), entry.line.ownership
        for turn, _, lines in self._found.get(key, ()):
            if turn > here:
                yield [one for one in lines if one[1].ownership == form]


def terms_of(dossier: Dossier, line: Line) -> tuple[object, ...]:
    """By what the reports of a series are told from others: strike and expiry; of units their title."""
    if line.exercise_price and line.expires_on:
        return line.exercise_price, line.expires_on
    if line.exercise_price or line.expires_on:
        return ()
    issuer = dossier.head.issuer
    return (
        class_tokens(
            line.security or "", issuer.name or "", issuer.symbol or "", issuer.foreign_symbol or ""
        ),
    )


def one_slip(entry: Entry, opens: Decimal) -> bool:
    """Whether a total is one slip away from what a row leaves of so many options, and by no chance.

    It is what was there before, or has the row off twice, or a digit wrong. What another series has
    left may be a round number as well, or as many as the row took.
    """
    claim, left = entry.claim or ZERO, opens + entry.delta
    usual = claim in (opens, left + entry.delta) and claim > 0 and telling(claim)
    return usual or never_by_chance(claim, left)
