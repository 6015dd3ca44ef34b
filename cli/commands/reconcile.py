"""`ledger reconcile`: whether every reported total follows from what came before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby, islice
from operator import attrgetter
from typing import NamedTuple

import click
from msgspec import structs

from cli.formats.output import answers
from cli.options import LAST, Since, Threshold, about, known_at
from cli.ranking import severities
from cli.reports.blocks import Block, Grid, Paragraph, Row, columns
from cli.reports.citations import Sources
from cli.reports.report import Report
from cli.reports.wording import brief, count, day, name
from cli.session import Session, everywhere
from ledger import Ledger
from projections.answers import Plain, Reconciliation, Totals, json_of
from projections.columns import FINDINGS
from projections.findings.finding import Finding
from projections.findings.kinds import SEVERITIES
from projections.findings.pile import Pile
from projections.questions.reconcile import Wanted, reconciled
from projections.questions.reviews import remarks

_BY: dict[str, Callable[[Finding], str]] = {
    "person": lambda finding: name(finding.person) or "nobody named",
    "issuer": lambda finding: name(finding.issuer),
    "kind": lambda finding: finding.kind,
}
_COLUMNS = columns("=Finding", "=Severity", "=Kind", "Of", "^Source")


@click.command("reconcile")
@everywhere
@answers
@about
@known_at
@click.option(
    "--kind", "kinds", multiple=True, metavar="KIND", help="Only this kind; may be repeated."
)
@click.option("--severity", type=click.Choice(SEVERITIES), help="Only findings at least so grave.")
@click.option("--all", "everything", is_flag=True, help="What was accepted too.")
@click.option("--accepted", is_flag=True, help="Only what was accepted.")
@click.option(
    "--since",
    type=Since(),
    help="Only what is new since that day, or since --since last was asked the last time.",
)
@click.option("--by", type=click.Choice(_BY), help="Count the findings by these.")
@click.option(
    "--fail-on",
    type=Threshold(),
    multiple=True,
    help="Exit with 1 on a finding so grave or graver, or of this kind; may be repeated.",
)
@click.pass_obj
def command(
    session: Session,
    person: str | None,
    issuer: str | None,
    known_at: date | None,
    kinds: tuple[str, ...],
    severity: str | None,
    since: date | str | None,
    by: str | None,
    fail_on: tuple[str, ...],
    *,
    everything: bool,
    accepted: bool,
) -> Report:
    """Check every reported total, and list what does not follow."""
    if everything and accepted:
        raise click.UsageError("Give --all or --accepted, not both.")
    ledger = session.ledger()
    wanted = Wanted(
        [kind.upper() for kind in kinds],
        severity,
        "all" if everything else "accepted" if accepted else "open",
        ledger.seen() if since == LAST else since,
        severities(session.database),
    )
    answer, found = reconciled(ledger, wanted, person=person, issuer=issuer, known_at=known_at)
    failed = bool(fail_on) and any(meets(finding, fail_on) for finding in found)
    hint = "" if everything or accepted else ": --accepted lists them"
    told = report(ledger, answer, found, by=by, hint=hint)
    if since == LAST:
        looked = [finding.id for finding in found]
        told = replace(told, afterwards=lambda: ledger.see(looked))
    return replace(told, exit_code=int(failed))


def report(
    ledger: Ledger,
    answer: Reconciliation,
    found: Collection[Finding] | None = None,
    *,
    by: str | None = None,
    hint: str = "",
) -> Report:
    """How totals fare, ready to be written in any format; counted `by` person, issuer or kind.

    `found` are the findings, where the answer is without them because they may be many. `hint` says
    where what was accepted is listed, where it is not here.
    """
    listed = answer.findings if found is None else found
    findings = Plain(listed)
    document = json_of(structs.replace(answer, findings=())) | {"findings": findings}

    def blocks() -> Iterator[Block]:
        yield Paragraph(totals_in_words(answer.totals))
        if answer.accepted:
            yield Paragraph(f"{count(answer.accepted, 'finding')} accepted{hint}")
        if by:
            yield from _counted(listed, by)
        elif listed:
            yield Grid(_COLUMNS, _rows(ledger, together(listed)))

    return Report(document, findings, FINDINGS, blocks)


def meets(finding: Finding, thresholds: Sequence[str]) -> bool:
    """Whether a finding is of a kind named, or at least as grave as a severity."""
    order = SEVERITIES.index
    return any(
        order(finding.severity) >= order(one) if one in SEVERITIES else finding.kind == one
        for one in thresholds
    )


def together(findings: Iterable[Finding]) -> Iterator[Sequence[Finding]]:
    """Findings in their order; the roundings of one position, which mean one thing, as one."""
    roundings = Pile[_Placed](_Placed, lambda one: (_position(one.group[0]), one.place))
    groups = Pile[_Placed](_Placed, attrgetter("place"))
    for place, finding in enumerate(findings):
        (roundings if finding.kind == "ROUNDING" else groups).add(_Placed(place, [finding]))
    for _, some in groupby(roundings, key=lambda one: _position(one.group[0])):
        first, *others = some
        groups.add(_Placed(first.place, [*first.group, *(f for o in others for f in o.group)]))
    return (one.group for one in groups)


class _Placed(NamedTuple):
    """Findings that are told together, and the place of the first among all."""

    place: int
    group: list[Finding]


def _position(finding: Finding) -> str:
    """What roundings are told together by, as a text that puts them side by side."""
    about = (name(finding.person), name(finding.issuer), finding.security, finding.ownership)
    return repr((about, finding.nature, finding.severity, finding.status))


def _counted(findings: Iterable[Finding], by: str) -> Iterator[Block]:
    """How many findings there are of each, the gravest first."""
    worst = SEVERITIES[::-1]
    counts: dict[str, Counter[str]] = {}
    for finding in findings:
        counts.setdefault(_BY[by](finding), Counter())[finding.severity] += 1
    order = sorted(counts.items(), key=lambda one: ([-one[1][s] for s in worst], one[0]))
    titles = columns(by.capitalize(), *(f">{severity}" for severity in worst), ">All")
    yield Grid(
        titles,
        (
            Row((called, *(f"{n[s]:,}" if n[s] else "" for s in worst), f"{n.total():,}"))
            for called, n in order
        ),
    )


def totals_in_words(totals: Totals) -> str:
    """`3 totals: 1 opening, 1 agreed, 1 explained, 0 ambiguous, 0 unexplained`."""
    return (
        f"{count(totals.checked + totals.opening, 'total')}: {totals.opening:,} opening, "
        f"{totals.agreed:,} agreed, {totals.explained:,} explained, "
        f"{totals.ambiguous:,} ambiguous, {totals.unexplained:,} unexplained"
    )


def _rows(ledger: Ledger, groups: Iterator[Sequence[Finding]]) -> Iterator[Row]:
    while some := list(islice(groups, _CITED)):
        sources = Sources(ledger, (group[0].filing for group in some))
        yield from (_row(group, sources) for group in some)


_CITED = 500
"""Rows whose filings are looked up together."""


def _row(group: Sequence[Finding], sources: Sources) -> Row:
    finding = group[0]
    ref = f"{finding.filing}#{finding.row}" if finding.row else finding.filing
    of = ", ".join(filter(None, (name(finding.person), name(finding.issuer))))
    cells = (finding.id, finding.severity, finding.kind, of, sources.cite(ref))
    return Row(cells, tuple(_notes(group)))


def _notes(group: Sequence[Finding]) -> Iterator[str]:
    finding, others = group[0], group[1:]
    yield brief(finding.message)
    if others:
        span = [f.effective_on for f in group if f.effective_on]
        when = f", {day(min(span))} to {day(max(span))}" if span else ""
        ids = ", ".join(f.id for f in others)
        yield f"and {len(others):,} more of this position{when}: {ids}"
    if said := remarks(finding):
        yield "; ".join(said)
