"""`ledger holdings`: what people held on a day, as known at a moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

import click

from cli.formats.output import answers
from cli.options import about, as_of, known_at
from cli.reports.blocks import Block, Grid, Heading, Paragraph, Row, columns
from cli.reports.citations import Sources
from cli.reports.report import Report
from cli.reports.wording import count, day, dollars, extent, findings, held, in_words, name, series
from cli.session import Session, everywhere
from ledger import Ledger
from projections import holdings
from projections.answers import Holding, Holdings, json_of
from projections.columns import HOLDINGS

_COLUMNS = columns("Security", "Held", ">Shares", "=Since", "Standing", "Source")


@click.command("holdings")
@everywhere
@answers
@about
@as_of
@known_at
@click.pass_obj
def command(
    session: Session,
    person: str | None,
    issuer: str | None,
    as_of: date | None,
    known_at: date | None,
) -> Report:
    """What people held on a day, as known at a moment."""
    ledger = session.ledger()
    answer = holdings(ledger, person=person, issuer=issuer, as_of=as_of, known_at=known_at)
    return report(ledger, answer)


def report(ledger: Ledger, answer: Holdings) -> Report:
    """Holdings, ready to be written in any format."""
    document = json_of(answer)

    def blocks() -> Iterator[Block]:
        sources = Sources(ledger, (ref for h in answer.holdings for ref in h.evidence))
        yield from blocks_of(answer, sources)

    return Report(document, document["holdings"], HOLDINGS, blocks)


def blocks_of(answer: Holdings, sources: Sources) -> Iterator[Block]:
    """The holdings of each person at each issuer."""
    if not answer.holdings:
        yield Paragraph(f"Nothing is reported{_moment(answer)}.")
    for (person, issuer), held_there in groupby(answer.holdings, key=_parties):
        yield Heading(f"{person} at {issuer}{_moment(answer)}")
        yield Grid(_COLUMNS, [_row(holding, sources) for holding in held_there])


def _parties(holding: Holding) -> tuple[str, str]:
    return name(holding.person), name(holding.issuer)


def _moment(answer: Holdings) -> str:
    on = f", {in_words(answer.as_of)}" if answer.as_of else ""
    known = f", as known on {in_words(answer.known_at)}" if answer.known_at else ""
    return on + known


def _row(holding: Holding, sources: Sources) -> Row:
    terms = series(holding.exercise_price, holding.expires_on)
    return Row(
        (
            ", ".join(filter(None, [holding.security or "untitled", terms])),
            held(holding.ownership, holding.nature),
            dollars(holding.value)
            or extent(holding.shares, holding.shares_low, holding.shares_high),
            day(holding.since),
            _standing(holding),
            sources.cite(holding.evidence[0]) if holding.evidence else "",
        ),
        findings(holding.findings),
    )


def _standing(holding: Holding) -> str:
    words = [holding.basis]
    if holding.explained:
        words.append("explained")
    if holding.doubted:
        words.append("in doubt")
    if holding.coverage != "open":
        words.append(holding.coverage)
    if len(holding.owners) > 1:
        words.append(f"with {count(len(holding.owners) - 1, 'joint owner')}")
    return ", ".join(words)
