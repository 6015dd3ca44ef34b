"""`ledger events`: the log, oldest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import Any

import click

from cli.formats.output import answers
from cli.options import about
from cli.reports.blocks import Block, Grid, Paragraph, Row, columns
from cli.reports.report import Report
from cli.reports.wording import brief, days, figure, held, name, signed
from cli.session import Session, everywhere
from ledger.types import eastern_day
from projections.columns import EVENTS
from projections.questions.events import records, streams_of

_COLUMNS = columns(
    *(">At", "Line", "Event", "Date", "^Security", ">Shares", ">Owned after", "^Held")
)


@click.command("events")
@everywhere
@answers
@about
@click.option("--filing", metavar="FILING", help="Only the events of this filing.")
@click.option(
    "--after",
    type=click.IntRange(0, 2**63 - 1),
    default=0,
    help="Only what follows this position.",
)
@click.pass_obj
def command(
    session: Session, person: str | None, issuer: str | None, filing: str | None, after: int
) -> Report:
    """Print the log, oldest first: what was said, nothing judged."""
    ledger = session.ledger(read_only=not (person or issuer))
    concerned = streams_of(ledger, person=person, issuer=issuer, filing=filing)
    found = records(ledger, after=after, streams=concerned)
    document = {"schema": "ledger.events/1", "events": found}
    met: dict[str, str] = {}
    return Report(document, found, EVENTS, lambda: _blocks(_meeting(found, met)), streamed=met)


def _meeting(found: Iterator[dict[str, Any]], met: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The events, with the addresses of their filings put down as they come."""
    for record in found:
        if record["address"]:
            met[record["filing"]] = record["address"]
        yield record


def _blocks(found: Iterator[dict[str, Any]]) -> Iterator[Block]:
    first = next(found, None)
    if first is None:
        yield Paragraph("Nothing is recorded there.")
    else:
        yield Grid(_COLUMNS, _rows(chain([first], found)))


def _rows(found: Iterable[dict[str, Any]]) -> Iterator[Row]:
    """The events, under a line for each filing they belong to."""
    filing = None
    for record in found:
        if record["filing"] != filing:
            filing = record["filing"]
            yield Row((), (_filing(record),))
        yield _row(record)


def _filing(record: dict[str, Any]) -> str:
    known = (
        f"known {_known_on(record['known_at'])}"
        if record["known_basis"] != "unknown"
        else "undated"
    )
    owners, issuer = ", ".join(map(name, record["owners"])), name(record["issuer"])
    return f"Form {record['form']}, {known}, {owners} at {issuer} ({brief(record['filing'])})"


def _known_on(moment: str) -> str:
    """The day of a filing on EDGAR's clock, from its instant or its day."""
    return moment if len(moment) == 10 else eastern_day(datetime.fromisoformat(moment)).isoformat()


def _row(record: dict[str, Any]) -> Row:
    return Row(
        (
            str(record["position"]),
            (record["row"] or "").replace("note.", "note "),
            record["event"],
            days(_day(record["effective_from"]), _day(record["effective_to"])),
            str(record["security"] or record["counterpart"] or record["reason"] or ""),
            _moved(record),
            _number(record["shares_after"]) or _dollars(record["value_after"]),
            held(record["ownership"], record["nature"]) if record["ownership"] else "",
        )
    )


def _moved(record: dict[str, Any]) -> str:
    if record["shares"] is None:
        return _dollars(record["value"])
    shares = Decimal(record["shares"])
    if record["direction"] is None:
        return figure(shares)
    return signed(shares if record["direction"] == "acquired" else -shares)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str | None) -> str:
    return "" if text is None else figure(Decimal(text))


def _dollars(text: str | None) -> str:
    return "" if text is None else f"${_number(text)}"
