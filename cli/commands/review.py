"""`ledger review`: what people make of a finding, stored as events; no balance follows from it."""

from __future__ import annotations

import getpass
from collections.abc import Iterator

import click
from msgspec.structs import replace

from cli.formats.output import answers
from cli.ranking import severities
from cli.reports.blocks import Block, Paragraph
from cli.reports.report import Report, fields
from cli.reports.reviews import sayings
from cli.reports.wording import brief, name
from cli.session import Session, everywhere
from projections import review
from projections.answers import json_of
from projections.desk import Review
from projections.findings.finding import Finding
from projections.questions.reconcile import as_grave

_FIELDS = fields(
    "id gone finding.id finding.kind finding.severity finding.filing finding.row finding.status "
    "finding.assigned finding.note finding.reopened said.at:code[] said.by:text[] "
    "said.status:code[] said.assigned:text[] said.note:text[]"
)


@click.command("review")
@everywhere
@answers
@click.option("--accept", is_flag=True, help="Put it to rest until something under it changes.")
@click.option("--reopen", is_flag=True, help="It is open again.")
@click.option("--assign", metavar="WHO", help='Give it to somebody; "" to nobody.')
@click.option("--note", metavar="TEXT", help="A remark on it.")
@click.option(
    "--by",
    metavar="WHO",
    envvar="LEDGER_REVIEWER",
    help="Who says so. [default: the login name; env: LEDGER_REVIEWER]",
)
@click.argument("findings", nargs=-1, metavar="[FINDING...]")
@click.pass_obj
def command(
    session: Session,
    findings: tuple[str, ...],
    *,
    accept: bool,
    reopen: bool,
    assign: str | None,
    note: str | None,
    by: str | None,
) -> Report:
    """Accept findings, reopen them, assign or annotate them; or show that.

    Without a FINDING, all of which anybody said something are shown.
    """
    ledger = session.ledger()
    silent = not (accept or reopen) and assign is None and note is None
    answer = review(
        ledger,
        *findings,
        accept=accept,
        reopen=reopen,
        assign=assign,
        note=note,
        by="" if silent else by or login(),
    )
    ranked = severities(session.database)
    told = (
        one if one.finding is None else replace(one, finding=as_grave(one.finding, ranked))
        for one in answer.reviews
    )
    answer = replace(answer, reviews=tuple(told))
    document = json_of(answer)
    return Report(document, document["reviews"], _FIELDS, lambda: _blocks(answer))


def login() -> str:
    """The name that somebody logged in by, "" where the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _blocks(answer: Review) -> Iterator[Block]:
    if not answer.reviews:
        yield Paragraph("Nothing was said of any finding yet.")
    for number, one in enumerate(answer.reviews):
        if number:
            yield Paragraph("")
        if one.finding is None:
            yield Paragraph(f"{one.id}: a finding that was reviewed")
        else:
            yield from _found(one.finding)
        if one.gone:
            yield Paragraph(f"It is found no more: {one.gone}")
        if one.said:
            yield sayings(one.said)


def _found(found: Finding) -> Iterator[Block]:
    given = f", given to {found.assigned}" if found.assigned else ""
    yield Paragraph(
        f"{found.id}  {found.severity}  {found.kind}  {name(found.person)}, "
        f"{name(found.issuer)}: {found.status}{given}"
    )
    yield Paragraph(brief(found.message))
    if found.reopened:
        yield Paragraph(f"It was accepted, and stands open again: {found.reopened}")
