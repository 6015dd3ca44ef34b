"""`ledger people`: who is in the ledger, with what there is of each."""

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
from projections import people
from projections.answers import json_of
from projections.columns import PEOPLE
from projections.registers import Insider, People

_COLUMNS = columns("=CIK", "Person", "Reports about", ">Filings", "=Last", "Open findings")
_NAMED = 3
"""Companies that are named before the rest is counted."""


@click.command("people")
@everywhere
@answers
@about
@named_or("person", "WHO")
@click.pass_obj
def command(session: Session, person: str | None, issuer: str | None) -> Report:
    """Who is in the ledger: filings, last filing and open findings of each."""
    ranked = severities(session.database)
    return report(people(session.ledger(), person=person, issuer=issuer, severities=ranked))


def report(answer: People) -> Report:
    """The people, ready to be written in any format."""
    document = json_of(answer)
    return Report(document, document["people"], PEOPLE, lambda: _blocks(answer))


def _blocks(answer: People) -> Iterator[Block]:
    yield Paragraph(count(len(answer.people), "person", "people"))
    if answer.people:
        yield Grid(_COLUMNS, map(_row, answer.people))


def _row(one: Insider) -> Row:
    named = ", ".join(name(issuer) for issuer in one.issuers[:_NAMED])
    more = len(one.issuers) - _NAMED
    return Row(
        (
            one.person["cik"] or "",
            one.person["name"] or "unnamed",
            f"{named} and {count(more, 'other')}" if more > 0 else named,
            f"{one.filings:,}",
            day(one.last_filing_on),
            grave(one),
        )
    )
