"""Which filings and which lines stand, once every known filing has been read together.

An amendment speaks as of the filing it amends: its lines take the place of those it
restates, and those it leaves alone stay. A filing that only repeats another is set
aside. Nothing is deleted: what no longer stands is named, with what replaced it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, cast

import msgspec

from ledger.types import FORMAT_RANK, Format
from projections.filings.amendments import Amended, Standing, amend, take_back
from projections.filings.dates import known_on
from projections.filings.duplicates import (
    Earlier,
    Repeated,
    another_source,
    better_sources,
    repeats,
)
from projections.filings.owners import People
from projections.filings.records import Dossier
from projections.filings.taken_back import retracted_by, retracting_notes


class Fate(NamedTuple):
    """What became of lines of a filing that do not stand there any more.

    `how` is `restated`, `taken back`, or `counted once` where `by` tells the same; `rows` are
    the places of the lines, `notes` those of the other filing that take them back.
    """

    how: str
    rows: tuple[str, ...]
    by: Dossier
    notes: tuple[str, ...] = ()


class Roll(msgspec.Struct):
    """What stands: filings in order, amendments placed, repetitions set aside."""

    standing: list[Standing]
    amended: list[Amended]
    repeated: list[Repeated]

    def fates(self, dossier: Dossier) -> Iterator[Fate]:
        """What became of a filing's lines, as far as they do not stand as filed."""
        for change in self.amended:
            told = [was.ref for (d, was), _ in change.restated if d.stream == dossier.stream]
            gone = [line.ref for d, line in change.taken_back if d.stream == dossier.stream]
            if told:
                yield Fate("restated", tuple(told), change.amendment)
            if gone:
                notes = retracting_notes(change.amendment)
                yield Fate("taken back", tuple(gone), change.amendment, notes)
        for repeat in self.repeated:
            if repeat.dossier.stream == dossier.stream:
                rows = tuple(line.ref for line in dossier.lines)
                yield Fate("counted once", rows, repeat.original)


def roll(dossiers: Iterable[Dossier], people: People) -> Roll:
    """Sort out amendments and repetitions among the filings known so far."""
    ordered = sorted(dossiers, key=_order)
    kept: dict[str, Standing] = {}
    amended: list[Amended] = []
    repeated: list[Repeated] = []
    seen = Earlier()
    by_owner: dict[str, list[Dossier]] = {}
    better = better_sources(ordered, people)
    for dossier in ordered:
        owners = people.keys(dossier)
        original = better.get(dossier.stream)
        if original is None and not dossier.amends:
            original = repeats(dossier, owners, seen, people)
        if original is not None:
            named = dossier.head.accession and original.head.accession
            how = (
                "another filing"
                if named and not another_source(dossier, original)
                else "another source"
            )
            if owners.isdisjoint(people.keys(original)):
                how = "other owners"
                kept[original.stream].twins.append(dossier)
            repeated.append(Repeated(dossier, original, how))
            continue
        if dossier.amends:
            earlier = [d for key in owners for d in by_owner.get(key, ())]
            change = amend(dossier, earlier, kept)
            amended.append(change)
        else:
            said = list(retracted_by(dossier))
            own = (d for key in owners for d in by_owner.get(key, ()) if said)
            earlier = sorted(own, key=_order)
            amended += take_back(dossier, said, earlier, kept)
        if not dossier.amends or change.target is None:
            kept[dossier.stream] = Standing(
                dossier, [(dossier, ln) for ln in dossier.lines], [], []
            )
        for key in sorted(owners):
            by_owner.setdefault(key, []).append(dossier)
    return Roll(list(kept.values()), amended, repeated)


def _order(dossier: Dossier) -> tuple[object, ...]:
    rank = -FORMAT_RANK[cast("Format", dossier.head.format)]
    return (known_on(dossier), rank, dossier.known.at, dossier.stream)
