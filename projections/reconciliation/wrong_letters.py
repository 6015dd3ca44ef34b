"""Rows of one form under one code whose letters are wrong: who ticked one box so ticked them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from projections.findings.finding import Finding
from projections.issuer import Folded


def as_one_letter(findings: Iterable[Finding], folded: Folded) -> Iterator[Finding]:
    """The findings, where of wrong letters of one kind in one form the first is major alone.

    The others are minor and cite it, whether a total, a term or another row shows each. So is a total
    that does not follow from such a row: what is expected there rests on the letter.
    """
    first: dict[tuple[str, str, str | None, str | None], str] = {}
    told = list(findings)
    lettered = {(f.filing, f.row) for f in told if f.kind == "AD_CODE_CONTRADICTION"}
    for finding in told:
        if finding.kind in _BREAKS and (finding.filing, finding.row) in lettered:
            yield _by_that_letter(finding)
            continue
        line = None
        if finding.kind == "AD_CODE_CONTRADICTION" and not finding.severity:
            dossier = folded.by_id.get(finding.filing)
            lines = folded.lines_of(dossier) if dossier else []
            line = next((one for one in lines if one.ref == finding.row), None)
        if line is None:
            yield finding
            continue
        if line.written:
            yield _of_what_is_owed(finding)
            continue
        ticked = (finding.filing, line.table, line.code, line.direction)
        place = first.setdefault(ticked, line.ref)
        yield finding if place == line.ref else _like(finding, place)


_BREAKS = frozenset(
    {"BALANCE_BREAK", "LEVEL_SHIFT_UNEXPLAINED", "GAP_SUSPECTED", "OPENING_MISMATCH"}
)


def _by_that_letter(finding: Finding) -> Finding:
    """The finding on a total that does not follow from a row whose letter contradicts its code."""
    words = f"{finding.message}; by the letter of the row, which is in doubt itself"
    return msgspec.structs.replace(finding, message=words, severity="minor")


def _of_what_is_owed(finding: Finding) -> Finding:
    """The finding on a row of what the owner owes: some letter the contract, and others the shares."""
    words = f"{finding.message}, or it is that of the contract, which was made or ended"
    return msgspec.structs.replace(finding, message=words, severity="minor")


def _like(finding: Finding, place: str) -> Finding:
    return msgspec.structs.replace(
        finding,
        message=f"{finding.message}; so is {place} of the form, for the same cause",
        severity="minor",
        evidence=(*finding.evidence, f"{finding.filing}#{place}"),
    )
