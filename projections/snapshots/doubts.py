"""What is in doubt about a holding: findings about it, totals that stand open, what else it may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cached_property

from projections.findings.finding import Finding
from projections.judgement import Judged
from projections.positions.position import Position
from projections.snapshots.openings import number_in_doubt

TOLD = ("reported", "derived")
"""The bases of levels that rest on the totals up to their day."""


class Concerning:
    """The findings of a judged issuer, by the lines and filings that they are about or rest on."""

    def __init__(self, judged: Judged) -> None:
        self._findings = judged.findings
        self._about: dict[str, list[int]] = {}
        self._resting: dict[str, list[int]] = {}
        for number, f in enumerate(judged.findings):
            self._about.setdefault(f.filing, []).append(number)
            if f.row is None or _counts_twice(f) or _carries_on_another(f):
                for ref in f.evidence:
                    self._resting.setdefault(ref, []).append(number)

    def __call__(self, position: Position) -> list[Finding]:
        """The findings about a position's lines, and those of a whole filing that touch it.

        A filing that is doubted as a whole touches every position in which a line of it stands.
        """
        lines = {(e.dossier.id, e.line.ref) for e in position.entries}
        found: set[int] = set()
        for filing in {filing for filing, _ in lines}:
            for number in self._about.get(filing, ()):
                f = self._findings[number]
                if f.doubts_filing or (f.filing, f.row or "") in lines:
                    found.add(number)
        for filing, ref in lines:
            found.update(self._resting.get(f"{filing}#{ref}", ()))
        return [self._findings[number] for number in sorted(found)]


def _carries_on_another(told: Finding) -> bool:
    """Whether a total may be that of another holding, which an earlier filing is evidence of."""
    elsewhere = any(ref.partition("#")[0] != told.filing for ref in told.evidence)
    return told.kind in _MISPLACED and told.difference is not None and elsewhere


def _counts_twice(told: Finding) -> bool:
    """Whether two holdings may be one: their words are alike, or a total leaves one of them out."""
    both_shown = told.kind in _SHOWN_BOTH and told.difference is None
    return told.kind == "VEHICLE_AMBIGUOUS" or both_shown


_SHOWN_BOTH = ("CONFLICTING_TOTALS", "CLASS_AMBIGUOUS")
_MISPLACED = ("DI_SWAP", "WRONG_VEHICLE", "WRONG_CLASS")


class Doubts:
    """What is in doubt about one position by the findings about it: asked day by day, found once."""

    def __init__(self, judged: Judged, position: Position, findings: list[Finding]) -> None:
        self._judged, self._position, self._findings = judged, position, findings
        self._elsewhere = [f for f in findings if _counts_twice(f)]
        self._of_filings = tuple(f.id for f in findings if f.doubts_filing)

    @cached_property
    def _open(self) -> list[tuple[date, tuple[str, str | None]]]:
        """The totals that are in doubt, and lines of filings that are, each with its day."""
        position, findings = self._position, self._findings
        filings, rulings = (
            {f.filing for f in findings if f.doubts_filing},
            self._judged.folded.rulings,
        )
        perhaps_here = [
            (f.effective_on or date.min, (f.filing, f.row))
            for f in findings
            if _carries_on_another(f)
        ]
        return perhaps_here + [
            (entry.day or date.min, (entry.dossier.id, entry.line.ref))
            for entry in position.entries
            if entry.dossier.id in filings
            or rulings.stands_open(entry, position)
            or (
                entry is position.entries[0]
                and number_in_doubt(entry, findings)
                and position.confirming(entry) is None
            )
        ]

    def open_totals(self, day: date | None) -> set[tuple[str, str | None]]:
        """The totals up to a day that are in doubt, and lines of filings that are."""
        return {line for since, line in self._open if day is None or since <= day}

    def twins(self, day: date | None) -> list[tuple[Finding, Position]]:
        """What else a holding may be, counted twice then: a finding says so by its day."""
        return list(self._twins(day)) if self._elsewhere else []

    def _twins(self, day: date | None) -> Iterator[tuple[Finding, Position]]:
        by_id, position_of = self._judged.folded.by_id, self._judged.folded.position_of
        for told in self._elsewhere:
            dossier = by_id.get(told.filing)
            if day is not None and dossier is not None and (dossier.day or date.min) > day:
                continue
            for ref in (f"{told.filing}#{told.row}", *told.evidence):
                filing, _, row = ref.partition("#")
                lines = by_id[filing].lines if filing in by_id else []
                others = {position_of.get(id(line)) for line in lines if line.ref == row}
                for other in others - {None, self._position}:
                    if other is not None and other.balance:
                        yield told, other

    def named(
        self, totals: AbstractSet[tuple[str, str | None]], twins: Sequence[tuple[Finding, Position]]
    ) -> tuple[str, ...]:
        """The findings by which totals are in doubt, or whose it is, or a filing as a whole."""
        if not totals and not twins:
            return self._of_filings
        return tuple(
            f.id
            for f in self._findings
            if (f.filing, f.row) in totals or f.doubts_filing or f in [told for told, _ in twins]
        )


def doubted_since(judged: Judged, findings: list[Finding]) -> Iterator[date]:
    """The days from which findings say that a holding may be another one."""
    for told in findings:
        dossier = judged.folded.by_id.get(told.filing)
        if _counts_twice(told) and dossier is not None and dossier.day is not None:
            yield dossier.day
