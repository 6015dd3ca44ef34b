"""One record for each filing: its head, how much it says, and what of it stands no more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from projections.filings.records import Dossier
from projections.judgement import Judged


def filings(judged: Judged, persons: frozenset[str] | None) -> Iterator[dict[str, Any]]:
    """The filings about one judged issuer, by those persons or by everybody."""
    named: dict[str, list[str]] = {}
    for finding in judged.findings:
        named.setdefault(finding.filing, []).append(finding.id)
    for dossier in judged.folded.dossiers:
        if persons is None or judged.folded.people.keys(dossier) & persons:
            yield _record(judged, dossier, named.get(dossier.id, []))


def _record(judged: Judged, dossier: Dossier, findings: list[str]) -> dict[str, Any]:
    head, known = dossier.head, dossier.known
    fates: dict[str, list[str]] = {"restated": [], "taken back": [], "counted once": []}
    for fate in judged.folded.roll.fates(dossier):
        fates[fate.how].extend(fate.rows)
    holdings = sum(line.holding for line in dossier.lines)
    repairs = len(head.repairs) + sum(len(line.repairs) for line in dossier.lines)
    return {
        **{name: getattr(head, name) for name in head.__struct_fields__},
        "filing": dossier.id,
        "address": dossier.address,
        "known_at": known.text,
        "known_basis": known.basis,
        "source": head.format,
        "transactions": len(dossier.lines) - holdings,
        "holdings": holdings,
        "footnotes": len(head.footnotes),
        "statements": len(dossier.statements),
        "repairs": repairs,
        "restated": fates["restated"],
        "taken_back": fates["taken back"],
        "counted_once": fates["counted once"],
        "findings": findings,
    }
