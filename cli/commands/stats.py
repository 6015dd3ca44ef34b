"""`ledger stats`: what is in the ledger, counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from cli.commands.reconcile import totals_in_words
from cli.formats.output import answers
from cli.reports.blocks import Block, Grid, Paragraph, Row, columns
from cli.reports.report import Report, fields
from cli.reports.wording import count
from cli.session import Session, everywhere
from projections import stats
from projections.answers import json_of
from projections.registers import Stats

_FIELDS = fields("of name count:count")


@click.command("stats")
@everywhere
@answers
@click.pass_obj
def command(session: Session) -> Report:
    """Count filings, people, issuers, events and findings."""
    return report(stats(session.ledger()))


def report(answer: Stats) -> Report:
    """Counts, ready to be written in any format."""
    document = json_of(answer)
    return Report(document, _counts(document), _FIELDS, lambda: _blocks(answer))


def _counts(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every count as a record: what is counted, under which name."""
    for of, value in document.items():
        if isinstance(value, dict):
            yield from ({"of": of, "name": name, "count": n} for name, n in value.items())
        elif of != "schema":
            yield {"of": of, "name": None, "count": value}


def _blocks(answer: Stats) -> Iterator[Block]:
    away = f" and {answer.retracted:,} retracted" if answer.retracted else ""
    if answer.repeated:
        away += f" ({count(answer.repeated, 'more document')} from other sources, counted once)"
    yield Paragraph(
        f"{count(answer.events, 'event')} in the log, {count(answer.filings, 'filing')}{away}, "
        f"{count(answer.persons, 'person', 'people')}, {count(answer.issuers, 'issuer')}"
    )
    yield Paragraph(totals_in_words(answer.totals))
    if answer.accepted:
        yield Paragraph(f"{count(answer.accepted, 'finding')} accepted")
    for title, counts in (
        ("Form", answer.filings_by_form),
        ("Year", answer.filings_by_year),
        ("Event", answer.events_by_kind),
        ("Finding", answer.findings_by_kind),
    ):
        if counts:
            yield Paragraph("")
            rows = [Row((name, f"{number:,}")) for name, number in counts.items()]
            yield Grid(columns(title, ">Count"), rows)
