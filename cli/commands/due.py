"""`ledger due`: what is to be filed, and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import click

from cli.formats.calendar import AllDay, calendar
from cli.formats.output import answers_in
from cli.options import Day, TextType, about
from cli.reports.blocks import Block, Grid, Paragraph, Row, columns
from cli.reports.report import Report, fields
from cli.reports.wording import brief, count, day, name
from cli.session import Session, everywhere
from ledger.types import eastern_day
from projections import due
from projections.answers import json_of
from projections.desk import Due, DueForm

_FIELDS = fields(
    "person.cik:code person.name issuer.cik:code issuer.name issuer.symbol:code form:code for "
    "traded_on:day due_on:day late:truth filing:code unless"
)
_COLUMNS = columns("=Due", "", "=Form", "Of", "=Traded")


class Days(TextType):
    """A number of days: `10d`, or `10`."""

    name = "DAYS"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """How many days a text names."""
        found = re.fullmatch(r"(\d{1,5})d?", str(value), re.ASCII)
        return (
            int(found[1])
            if found
            else self.fail(f"{value!r} is no number of days: 10d", param, ctx)
        )


@click.command("due")
@everywhere
@answers_in("ics")
@about
@click.option("--within", type=Days(), help="Only what is late, or due within so many days: 10d.")
@click.option("--today", type=Day(), help="Reckon from this day. [default: today on EDGAR's clock]")
@click.pass_obj
def command(
    session: Session,
    person: str | None,
    issuer: str | None,
    within: int | None,
    today: date | None,
) -> Report:
    """What is to be filed, and by when; as a calendar with --format ics."""
    now = eastern_day(datetime.now(UTC))
    answer = due(
        session.ledger(),
        person=person,
        issuer=issuer,
        within=within,
        today=today or now,
        asked_on=now,
    )
    return report(answer)


def report(answer: Due) -> Report:
    """What is due, ready to be written in any format."""
    document = json_of(answer)
    return Report(
        document,
        document["due"],
        _FIELDS,
        lambda: _blocks(answer),
        calendar=lambda: calendar(map(_all_day, answer.due), answer.today),
    )


def _blocks(answer: Due) -> Iterator[Block]:
    late = sum(one.late for one in answer.due)
    yield Paragraph(
        f"{count(len(answer.due), 'form')} to be filed as of {day(answer.today)}, {late:,} late"
    )
    if answer.due:
        yield Grid(_COLUMNS, map(_row, answer.due))


def _row(one: DueForm) -> Row:
    of = ", ".join(filter(None, (name(one.person), name(one.issuer))))
    cells = (day(one.due_on), "late" if one.late else "", one.form, of, day(one.traded_on))
    return Row(cells, tuple(map(brief, filter(None, (one.why, one.unless)))))


def _all_day(one: DueForm) -> AllDay:
    person, issuer = one.person or {}, one.issuer
    traded = day(one.traded_on)
    about = (
        *(person.get("cik") or person.get("name") or "", issuer["cik"] or issuer["name"] or ""),
        *(one.form, traded, one.filing, one.why),
    )
    summary = f"Form {one.form} due: {name(one.person)} about {name(one.issuer)}"
    told = f"{one.why}{f', traded {traded}' if traded else ''}"
    return AllDay(one.due_on, about, summary, "; ".join(filter(None, (told, one.unless))))
