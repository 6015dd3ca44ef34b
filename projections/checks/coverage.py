"""What the record covers: reports after an exit, and owners of whom nothing more is heard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from projections.checks.check import Check, Doubt
from projections.filings.records import Dossier
from projections.findings.finding import Finding, about
from projections.issuer import Folded

SILENCE = timedelta(days=548)
"""Eighteen months without a report: the season of an annual statement has passed in them."""


def ended_coverage(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """Transactions reported after the owner said it was no longer subject to Section 16."""
    exit_on = folded.exit_before(dossier)
    days = [ln.effective_on for ln in dossier.lines if ln.effective_on and not ln.holding]
    if exit_on and days and max(days) > exit_on and not dossier.amends:
        yield about(
            dossier,
            None,
            "COVERAGE_ENDED_ACTIVITY",
            f"a transaction of {max(days).isoformat()}, after the exit reported for {exit_on.isoformat()}",
        )


def silent_owners(folded: Folded) -> Iterator[Finding]:
    """Owners who filed nothing for eighteen months while others did, and reported no exit.

    The measure is the issuer's latest filing, never today.
    """
    latest = max((d.day for d in folded.dossiers if d.day), default=None)
    last: dict[str, Dossier] = {}
    for dossier in folded.dossiers:
        if dossier.day:
            last[folded.people.scope(dossier)] = dossier
    for scope, dossier in last.items():
        day = dossier.day
        if latest is None or day is None or latest - day <= SILENCE:
            continue
        if dossier.head.not_subject_to_section16 or folded.exit_before(dossier):
            continue
        if _holds(scope, latest, folded):
            words = (
                f"no filing of this owner here in the eighteen months after {day.isoformat()}, while "
                "there are others about the issuer, and no exit: holdings are as last known"
            )
            yield about(dossier, None, "STALE_BALANCE", words)


def _holds(scope: str, on: date, folded: Folded) -> bool:
    return any(
        p.scope == scope and p.balance and not (p.series[1] and p.series[1] < on)
        for p in folded.book.positions
    )


CHECKS: tuple[Check, ...] = (ended_coverage,)
DOUBTS: tuple[Doubt, ...] = (silent_owners,)
