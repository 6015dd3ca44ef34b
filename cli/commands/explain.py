"""`ledger explain`: a filing, row, holding or finding as a memo with its arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click

from cli.formats.output import answers
from cli.options import known_at
from cli.ranking import severities
from cli.reports.blocks import Block, Grid, Heading, Paragraph, Row, columns
from cli.reports.citations import Sources
from cli.reports.report import Report, fields
from cli.reports.wording import brief, figure, signed
from cli.session import Session, everywhere
from ledger import Ledger
from projections import explain
from projections.answers import Story, json_of
from projections.questions.glossary import meaning

_FIELDS = fields("label shares:quantity text source")
_COLUMNS = columns("", ">", "", "^")


@click.command("explain")
@everywhere
@answers
@known_at
@click.argument("ref")
@click.pass_obj
def command(session: Session, ref: str, known_at: date | None) -> Report:
    """Tell a filing, row or finding with its arithmetic."""
    if not session.is_there and (told := meaning(ref)):
        return report(None, told)
    ledger = session.ledger()
    ranked = severities(session.database)
    return report(ledger, explain(ledger, ref, known_at=known_at, severities=ranked))


def report(ledger: Ledger | None, answer: Story) -> Report:
    """A memo, ready to be written in any format."""
    document = json_of(answer)

    def blocks() -> Iterator[Block]:
        yield from blocks_of(answer, Sources(ledger, (line.source for line in answer.lines)))

    return Report(document, document["lines"], _FIELDS, blocks)


def blocks_of(answer: Story, sources: Sources) -> Iterator[Block]:
    """The memo: what it is about, its lines, and what its sources are."""
    yield Heading(brief(answer.title))
    yield from lines_of(answer, sources)
    for source in sources.key():
        yield Paragraph(source)


def lines_of(answer: Story, sources: Sources) -> Iterator[Block]:
    """The memo without a heading."""
    yield Grid(_COLUMNS, _rows(answer, sources))


def _rows(answer: Story, sources: Sources) -> Iterator[Row]:
    """The lines of the memo; a label that stays the same is said once."""
    last = None
    for line in answer.lines:
        label = "" if line.label == last else line.label
        last = line.label
        number = signed(line.shares) if line.signed else figure(line.shares)
        yield Row((label, number, line.text, sources.spoken(line.source)))
