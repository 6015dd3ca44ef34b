"""`ledger follow`: keep a ledger current with what EDGAR publishes."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from time import sleep

import click

from cli.commands.fetch import asking, summed, told
from cli.formats.output import answers
from cli.reports.report import Report
from cli.session import Session, everywhere, keep_sql
from cli.terminal import tell
from ledger.edgar.client import Client
from ledger.edgar.fetching import Fetched, follow
from ledger.edgar.folder import Folder
from ledger.types import eastern_day, instant

_SECONDS = {"s": 1, "m": 60, "h": 3600}
_SPAN = re.compile(r"([1-9][0-9]{0,4})([smh])")


def _span(_: click.Context, __: click.Parameter, value: str) -> int:
    found = _SPAN.fullmatch(value)
    if found is None:
        raise click.BadParameter("write it as 10m, 90s or 1h")
    return int(found[1]) * _SECONDS[found[2]]


@click.command("follow")
@everywhere
@answers
@click.option("--once", is_flag=True, help="One round, for cron, instead of going on.")
@click.option("--every", default="10m", callback=_span, help="Between rounds. [default: 10m]")
@asking
@click.pass_obj
def command(
    session: Session,
    once: bool,
    every: int,
    since: date | None,
    forms: tuple[str, ...],
    into: Path,
    contact: str,
    mirror: str,
) -> Report:
    """Keep a ledger current with every day's filings, and the hour's."""

    def a_round() -> Fetched:
        with Client(contact, mirror=mirror) as client, session.progress("Following") as progress:
            ledger = session.to_record_in()
            done = follow(
                *(ledger, Folder(into), client),
                today=eastern_day(datetime.now(UTC)),
                since=since,
                forms=forms,
                progress=progress,
            )
            if done.ingested:
                keep_sql(ledger())
            return done

    while True:
        done = a_round()
        if once:
            return told(done, into, session)
        if not session.quiet:
            tell(f"{instant(datetime.now(UTC).replace(microsecond=0))}  {summed(done)}")
            for problem in done.problems:
                tell(f" set aside  {problem.source}: {problem.problem}")
            if done.ended:
                tell(f" {done.ended}")
        sleep(every)
