"""`ledger replay`: drop every projection and build it again from the events."""

from __future__ import annotations

import time
from collections.abc import Iterator

import click
from msgspec.structs import replace

from cli.commands.reconcile import totals_in_words
from cli.formats.output import answers
from cli.reports.blocks import Block, Paragraph
from cli.reports.report import Report, fields
from cli.reports.wording import count
from cli.session import Session, everywhere, keep_sql
from projections import replay
from projections.answers import Replay, json_of
from projections.questions.replay import seconds

_FIELDS = fields(
    "events:count filings:count issuers:count persons:count positions:count totals.checked:count "
    "totals.agreed:count totals.explained:count totals.ambiguous:count totals.unexplained:count "
    "totals.opening:count seconds:quantity digest"
)


@click.command("replay")
@everywhere
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Judge on a Dask cluster: its scheduler's address, or local:N for N workers.",
)
@answers
@click.pass_obj
def command(session: Session, cluster: str | None) -> Report:
    """Drop every projection and rebuild it from the events."""
    ledger = session.ledger()
    begun = time.perf_counter_ns()
    answer = replay(ledger, jobs=cluster or session.jobs)
    with session.timed("writing the views for SQL, where they are"):
        keep_sql(ledger)
    answer = replace(answer, seconds=seconds(time.perf_counter_ns() - begun))
    document = json_of(answer)
    record = {key: value for key, value in document.items() if key != "schema"}
    return Report(document, [record], _FIELDS, lambda: _blocks(answer))


def _blocks(answer: Replay) -> Iterator[Block]:
    counted = (
        count(answer.events, "event"),
        count(answer.filings, "filing"),
        count(answer.issuers, "issuer"),
        count(answer.persons, "person", "people"),
        count(answer.positions, "position"),
    )
    yield Paragraph(f"{', '.join(counted)}    {answer.seconds} s")
    yield Paragraph(totals_in_words(answer.totals))
    yield Paragraph(f"digest {answer.digest}")
