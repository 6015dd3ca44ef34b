"""`ledger reconcile`: whether every reported total follows from what came before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import click

from cli.formats.output import answers
from cli.options import about, known_at
from cli.reports.blocks import Block, Grid, Paragraph, Row, columns
from cli.reports.citations import Sources
from cli.reports.report import Report
from cli.reports.wording import count, name
from cli.session import Session, everywhere
from ledger import Ledger
from projections import reconcile
from projections.answers import Reconciliation, Totals, json_of
from projections.columns import FINDINGS
from projections.findings.finding import Finding
from projections.findings.kinds import SEVERITIES

_COLUMNS = columns("=Finding", "=Severity", "Kind", "Of", "Source")


@click.command("reconcile")
@everywhere
@answers
@about
@known_at
@click.option(
    "--kind", "kinds", multiple=True, metavar="KIND", help="Only this kind; may be repeated."
)
@click.option("--severity", type=click.Choice(SEVERITIES), help="Only findings at least so grave.")
@click.option(
    "--fail-on", type=click.Choice(SEVERITIES), help="Exit with 1 on a finding so grave or graver."
)
@click.pass_obj
def command(
    session: Session,
    person: str | None,
    issuer: str | None,
    known_at: date | None,
    kinds: tuple[str, ...],
    severity: str | None,
    fail_on: str | None,
) -> Report:
    """Check every reported total, and list what does not follow."""
    ledger = session.ledger()
    answer = reconcile(
        ledger,
        person=person,
        issuer=issuer,
        known_at=known_at,
        kinds=[kind.upper() for kind in kinds],
        severity=severity,
    )
    failed = fail_on is not None and any(_as_grave(f, fail_on) for f in answer.findings)
    return replace(report(ledger, answer), exit_code=int(failed))


def report(ledger: Ledger, answer: Reconciliation) -> Report:
    """How totals fare, ready to be written in any format."""
    document = json_of(answer)

    def blocks() -> Iterator[Block]:
        yield from _blocks(answer, Sources(ledger, (f.filing for f in answer.findings)))

    return Report(document, document["findings"], FINDINGS, blocks)


def _as_grave(finding: Finding, threshold: str) -> bool:
    order: tuple[str, ...] = SEVERITIES
    return order.index(finding.severity) >= order.index(threshold)


def _blocks(answer: Reconciliation, sources: Sources) -> Iterator[Block]:
    yield Paragraph(totals_in_words(answer.totals))
    if answer.findings:
        yield Grid(_COLUMNS, (_row(finding, sources) for finding in answer.findings))


def totals_in_words(totals: Totals) -> str:
    """`3 totals: 1 opening, 1 agreed, 1 explained, 0 ambiguous, 0 unexplained`."""
    return (
        f"{count(totals.checked + totals.opening, 'total')}: {totals.opening:,} opening, "
        f"{totals.agreed:,} agreed, {totals.explained:,} explained, "
        f"{totals.ambiguous:,} ambiguous, {totals.unexplained:,} unexplained"
    )


def _row(finding: Finding, sources: Sources) -> Row:
    ref = f"{finding.filing}#{finding.row}" if finding.row else finding.filing
    of = name(finding.person) or name(finding.issuer)
    cells = (finding.id, finding.severity, finding.kind, of, sources.cite(ref))
    return Row(cells, (finding.message,))
