"""What each filing says of one holding: where its lines about it start, and where they end."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from projections.filings.amendments import Standing
from projections.filings.owners import People
from projections.filings.records import ZERO, Dossier, Line, Told
from projections.identity.securities import class_tokens
from projections.identity.vehicles import vehicle_key
from projections.positions.conventions import best, implied
from projections.positions.entries import Entry
from projections.positions.ratios import comes_to
from projections.positions.reckoning import AFTER_ALL

Holding = tuple[object, ...]
"""Of what one holding is told apart by, as far as the words of its lines go."""


class Ends(NamedTuple):
    """A filing's lines about one holding: where they start, where they end, in which order."""

    filing: Standing
    entries: list[Entry]
    order: Sequence[int]
    opening: Decimal
    closing: Decimal
    final: bool

    @property
    def moved(self) -> Decimal:
        """What its rows moved, whatever their totals say."""
        return sum((e.delta for e in self.entries), ZERO)

    def told(self, place: int) -> Told:
        """One of its lines, by its place in their order."""
        entry = self.entries[self.order[place]]
        return entry.dossier, entry.line

    def goes_on_from(self, level: Decimal) -> Fraction | None:
        """By what a level becomes the one where it starts: one, or a split that its notes state."""
        if self.opening == level:
            return Fraction(1)
        stated = (said.multiplier for e in self.entries for said in e.dossier.statements)
        return next((r for r in stated if r and comes_to(level, r, self.opening)), None)


class Reports:
    """Filings by who files, and what each says of a holding, found when it is asked."""

    def __init__(self, standing: Sequence[Standing], people: People) -> None:
        self._people = people
        self._of: dict[str, list[Standing]] = {}
        self._ends: dict[str, dict[Holding, Ends]] = {}
        self._turn = {filing.dossier.stream: n for n, filing in enumerate(standing)}
        for filing in standing:
            self._of.setdefault(self.scope(filing), []).append(filing)

    @property
    def scopes(self) -> Iterable[str]:
        """All of whom some filing is."""
        return self._of.keys()

    def scope(self, filing: Standing) -> str:
        """Whose filing it is."""
        return self._people.scope(filing.dossier)

    def owners(self, filing: Standing) -> frozenset[str]:
        """The keys of a filing's owners."""
        return self._people.keys(filing.dossier)

    def ends(self, filing: Standing) -> dict[Holding, Ends]:
        """By holding, where a filing's lines about it start and end."""
        found = self._ends.get(filing.dossier.stream)
        if found is None:
            found = self._ends[filing.dossier.stream] = dict(self.ends_of(filing, filing.told))
        return found

    def ends_of(self, filing: Standing, told: Iterable[Told]) -> Iterator[tuple[Holding, Ends]]:
        """The same of some lines, which stand or stood in a filing's place."""
        groups: dict[Holding, list[Entry]] = {}
        owners = self._people.keys(filing.dossier)
        for dossier, line in told:
            entry = Entry.of(dossier, line, as_of=filing.dossier)
            groups.setdefault((owners, *holding_of(dossier, line)), []).append(entry)
        for holding, entries in groups.items():
            reading, _ = best(entries, [None], None)
            opening = implied(entries, reading)
            if opening is not None and reading.closing is not None and not reading.broken:
                final = reading.convention in AFTER_ALL
                yield (
                    holding,
                    Ends(
                        filing=filing,
                        entries=entries,
                        order=reading.order,
                        opening=opening,
                        closing=reading.closing,
                        final=final,
                    ),
                )

    def after(self, filing: Standing, holding: Holding) -> Iterator[Ends]:
        """What the filings after one say of a holding, in their turn."""
        for other in self._of[self.scope(filing)]:
            later = self._turn[other.dossier.stream] > self._turn[filing.dossier.stream]
            if later and holding in (ends := self.ends(other)):
                yield ends[holding]

    def earlier(self, one: Standing, other: Standing) -> Standing:
        """The one of two filings whose turn comes first."""
        return min(one, other, key=lambda filing: self._turn[filing.dossier.stream])

    def later(self, one: Standing, other: Standing) -> Standing:
        """The one of two filings whose turn comes last."""
        return max(one, other, key=lambda filing: self._turn[filing.dossier.stream])

    def earlier_of(self, filing: Standing) -> list[Standing]:
        """The filings of the same owners before one."""
        turn = self._turn[filing.dossier.stream]
        return [f for f in self._of[self.scope(filing)] if self._turn[f.dossier.stream] < turn]

    def filings_of(self, scope: str) -> list[Standing]:
        """The filings of some owners in turn."""
        return self._of.get(scope, [])

    def others(self, filing: Standing) -> list[Standing]:
        """The other filings of the same owners, before one and after it."""
        return [f for f in self._of[self.scope(filing)] if f is not filing]

    def before(
        self,
        filing: Standing,
        scope: str,
        what: Holding,
        but: Container[str] = (),
        of: frozenset[str] = frozenset(),
    ) -> Ends | None:
        """What the last filing of some owners before one says of a holding, whoever's it is.

        Some filings may be left out, as if they were not theirs, and all but those that have an
        owner `of` some.
        """
        turn = self._turn[filing.dossier.stream]
        for other in reversed(self._of.get(scope, [])):
            if of and of.isdisjoint(self.owners(other)):
                continue
            if self._turn[other.dossier.stream] < turn and other.dossier.stream not in but:
                for (_, *rest), ends in self.ends(other).items():
                    if tuple(rest) == what:
                        return ends
        return None

    def next_of(
        self, filing: Standing, scope: str, what: Holding, of: frozenset[str] = frozenset()
    ) -> Ends | None:
        """What the first filing of some owners after one says of a holding, as in `before`."""
        turn = self._turn[filing.dossier.stream]
        for other in self._of.get(scope, []):
            if of and of.isdisjoint(self.owners(other)):
                continue
            if self._turn[other.dossier.stream] > turn:
                for (_, *rest), ends in self.ends(other).items():
                    if tuple(rest) == what:
                        return ends
        return None


def holding_of(dossier: Dossier, line: Line) -> Holding:
    """What the words of a line say of its holding, whoever's it is."""
    return (
        line.table,
        class_tokens(line.security or "", dossier.head.issuer.name or ""),
        line.ownership,
        vehicle_key(line.nature) if line.nature else "",
        line.exercise_price or None,
        line.expires_on,
    )
