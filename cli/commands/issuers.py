"""`ledger issuers`: which companies are in the ledger, and how the totals in their filings fare."""

from __future__ import annotations

from collections.abc import Iterator

import click

from cli.formats.output import answers
from cli.options import about, named_or
from cli.ranking import severities
from cli.reports.blocks import Block, Grid, Paragraph, Row, columns
from cli.reports.report import Report
from cli.reports.wording import count, day, grave, name
from cli.session import Session, everywhere
from projections import issuers
from projections.answers import json_of
from projections.columns import ISSUERS
from projections.registers import Company, Issuers

_COLUMNS = columns(
    *("=CIK", "Company", ">People", ">Filings", "=Last", "Totals checked"), "Open findings"
)


@click.command("issuers")
@everywhere
@answers
@about
@named_or("issuer", "WHICH")
@click.pass_obj
def command(session: Session, person: str | None, issuer: str | None) -> Report:
    """Which companies are in the ledger: people, filings, totals and open findings."""
    ranked = severities(session.database)
    return report(issuers(session.ledger(), person=person, issuer=issuer, severities=ranked))


def report(answer: Issuers) -> Report:
    """The companies, ready to be written in any format."""
    document = json_of(answer)
    return Report(document, document["issuers"], ISSUERS, lambda: _blocks(answer))


def _blocks(answer: Issuers) -> Iterator[Block]:
    yield Paragraph(count(len(answer.issuers), "company", "companies"))
    if answer.issuers:
        yield Grid(_COLUMNS, map(_row, answer.issuers))


def _row(one: Company) -> Row:
    unclosed = one.unexplained + one.ambiguous
    return Row(
        (
            one.issuer["cik"] or "",
            name(one.issuer),
            f"{one.people:,}",
            f"{one.filings:,}",
            day(one.last_filing_on),
            f"{one.checked:,}, {unclosed:,} open" if unclosed else f"{one.checked:,}",
            grave(one),
        )
    )
