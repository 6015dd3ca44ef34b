"""`ledger sql`: the views of the database that other programs read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from cli.formats.output import answers
from cli.reports.blocks import Block, Grid, Paragraph, Row, Verbatim, columns
from cli.reports.report import Report, fields
from cli.reports.wording import count
from cli.session import Session, everywhere
from ledger.errors import UsageError
from projections.sql.shapes import SAYS, datasette
from projections.sql.tables import counts, drop_sql, sql

_FIELDS = fields("view rows:count says")


def _asks_nothing(context: click.Context, _: click.Parameter, said: tuple[str, ...]) -> None:
    """Tell whoever writes a query where to ask it."""
    if said:
        database = context.ensure_object(Session).database
        with_what = "psql" if "://" in database else "sqlite3"
        raise UsageError(
            "the views are made here, and asked by other programs",
            remedy=f"make them with `ledger sql`, then ask: {with_what} {database} '{said[0]}'",
        )


@click.command("sql")
@everywhere
@answers
@click.option("--drop", is_flag=True, help="Take the views away again.")
@click.option(
    "--datasette", "metadata", is_flag=True, help="Print Datasette's metadata for the views."
)
@click.argument("asked", metavar="", nargs=-1, expose_value=False, callback=_asks_nothing)
@click.pass_obj
def command(session: Session, *, drop: bool, metadata: bool) -> Report:
    """Make views in the database for SQL, and keep them current."""
    if metadata:
        kept_in_a_file = "://" not in session.database
        told = datasette(Path(session.database).stem) if kept_in_a_file else datasette()
        text = json.dumps(told, indent=2)
        return Report(told, list(_views({})), _FIELDS, lambda: iter([Verbatim(text)]))
    ledger = session.ledger()
    written = drop_sql(ledger) if drop else sql(ledger)
    rows = {} if drop else counts(ledger)
    views = list(_views(rows)) if rows else []
    document = {"schema": "ledger.sql/1", "issuers_written": written, "views": views}
    return Report(document, views, _FIELDS, lambda: _blocks(written, rows))


def _views(rows: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    for view, says in SAYS.items():
        yield {"view": view, "rows": rows.get(view), "says": says}


def _blocks(written: int, rows: Mapping[str, int]) -> Iterator[Block]:
    if not rows:
        yield Paragraph("the views are gone")
        return
    yield Paragraph(f"{count(written, 'issuer')} written")
    told = [Row((view, f"{number:,}", SAYS[view])) for view, number in rows.items()]
    yield Grid(columns("=View", ">Rows", "What it shows"), told)
