"""`ledger retract`: a filing that was recorded wrongly is taken back, or brought back."""

from __future__ import annotations

from collections.abc import Iterator

import click

from cli.formats.output import answers
from cli.reports.blocks import Block, Paragraph
from cli.reports.report import Report, fields
from cli.reports.wording import brief, name
from cli.session import Session, everywhere, keep_sql
from projections import retraction
from projections.answers import json_of
from projections.desk import Retraction

_FIELDS = fields(
    "filing form person.cik person.name issuer.cik issuer.name status at why event:count "
    "amended_by:code[] amends"
)


@click.command("retract")
@everywhere
@answers
@click.option("--why", default="", metavar="TEXT", help="The reason, which the log keeps.")
@click.option("--undo", is_flag=True, help="Bring back a filing that was taken back.")
@click.argument("filing")
@click.pass_obj
def command(session: Session, filing: str, why: str, *, undo: bool) -> Report:
    """Take a wrongly recorded filing back, as an event of its own."""
    if not undo and not why.strip():
        raise click.UsageError("Say --why it is taken back: the log keeps the reason.")
    ledger = session.ledger()
    ledger.retract(filing, why=why, undo=undo)
    answer = retraction(ledger, filing)
    keep_sql(ledger)
    document = json_of(answer)
    return Report(document, [document], _FIELDS, lambda: _blocks(answer))


def _blocks(answer: Retraction) -> Iterator[Block]:
    called = f"Form {answer.form} of {name(answer.person)} about {name(answer.issuer)}"
    reason = f": {answer.why}" if answer.why else ""
    yield Paragraph(
        f"{brief(answer.filing)} is {answer.status}, by event {answer.event}{reason}    {called}"
    )
    away = answer.status == "retracted"
    yield Paragraph(
        "Answers are without it from now on; --known-at an earlier moment still has it."
        if away
        else "Answers have it again."
    )
    if answer.amended_by:
        stand = "stand without it" if away else "amend it again"
        yield Paragraph(f"Its amendments {stand}: {', '.join(map(brief, answer.amended_by))}")
    if answer.amends:
        stands = "stands as it was filed" if away else "is amended again"
        yield Paragraph(f"{brief(answer.amends)}, which it amends, {stands}.")
