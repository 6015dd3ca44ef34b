"""What is in doubt about a holding: findings about it, totals that stand open, what else it may be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

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
            if f.row is None or f.kind == "VEHICLE_AMBIGUOUS" or _carries_on_another(f):
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


_MISPLACED = ("DI_SWAP", "WRONG_VEHICLE", "WRONG_CLASS")


def open_totals(
    judged: Judged, position: Position, day: date | None, findings: list[Finding]
) -> set[tuple[str, str | None]]:
    """The totals of a position up to a day that are in doubt, and lines of filings that are."""
    filings, rulings = {f.filing for f in findings if f.doubts_filing}, judged.folded.rulings
    perhaps_here = {
        (f.filing, f.row)
        for f in findings
        if _carries_on_another(f) and (day is None or (f.effective_on or date.min) <= day)
    }
    return perhaps_here | {
        (entry.dossier.id, entry.line.ref)
        for entry in position.entries
        if day is None or (entry.day or date.min) <= day
        if entry.dossier.id in filings
        or rulings.stands_open(entry, position)
        or (
            entry is position.entries[0]
            and number_in_doubt(entry, findings)
            and position.confirming(entry) is None
        )
    }


def twins(
    judged: Judged, position: Position, day: date | None, findings: list[Finding]
) -> Iterator[tuple[Finding, Position]]:
    """What else a holding may be, counted twice then: a finding says so by its day."""
    by_id, position_of = judged.folded.by_id, judged.folded.position_of
    for told in findings:
        dossier = by_id.get(told.filing)
        early = day is not None and dossier is not None and (dossier.day or date.min) > day
        if told.kind != "VEHICLE_AMBIGUOUS" or early:
            continue
        for ref in (f"{told.filing}#{told.row}", *told.evidence):
            filing, _, row = ref.partition("#")
            lines = by_id[filing].lines if filing in by_id else []
            others = {position_of.get(id(line)) for line in lines if line.ref == row}
            for other in others - {None, position}:
                if other is not None and other.balance:
                    yield told, other


def doubted_since(judged: Judged, findings: list[Finding]) -> Iterator[date]:
    """The days from which findings say that a holding may be another one."""
    for told in findings:
        dossier = judged.folded.by_id.get(told.filing)
        if told.kind == "VEHICLE_AMBIGUOUS" and dossier is not None and dossier.day is not None:
            yield dossier.day
