"""`ledger fetch`: bring filings of people and companies from EDGAR, and record them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from cli.formats.output import answers
from cli.options import Day
from cli.reports.blocks import Paragraph
from cli.reports.report import Report, fields
from cli.reports.wording import count
from cli.session import Place, Session, everywhere, keep_sql
from cli.terminal import tell
from ledger.edgar.client import Client, checked
from ledger.edgar.fetching import Fetched, fetch
from ledger.edgar.folder import Folder
from ledger.edgar.lists import FORMS
from ledger.errors import UsageError
from ledger.problems import Problem

Command = TypeVar("Command", bound=Callable[..., Any])

_FIELDS = fields("source place problem effect")
_COUNTS = ("recorded", "already_recorded", "conflicting", "reread", "events", "rows", "statements")
_NOTES = 20


def _forms(_: click.Context, __: click.Parameter, value: str) -> tuple[str, ...]:
    asked = tuple(dict.fromkeys(form.strip() for form in value.split(",") if form.strip()))
    if not asked or set(asked) - set(FORMS):
        raise click.BadParameter(
            "write some of 3, 4 and 5, as 3,4; amendments come with their form"
        )
    return asked


def asking(command: Command) -> Command:
    """Give a command the options that say who asks EDGAR, for which forms, and into where."""
    for option in (
        click.option("--forms", default="3,4,5", callback=_forms, help="Which. [default: 3,4,5]"),
        click.option("--since", type=Day(), help="From this day of filing on."),
        click.option(
            "--into",
            type=Place(file_okay=False, path_type=Path),
            default=Path("edgar"),
            help="The folder for what comes. [default: edgar]",
        ),
        click.option(
            "--contact",
            envvar="LEDGER_CONTACT",
            default="",
            help="Your name and mail address, which the SEC asks for. [env: LEDGER_CONTACT]",
        ),
        click.option(
            "--mirror",
            envvar="LEDGER_EDGAR",
            default="",
            help="An address that stands for EDGAR's own. [env: LEDGER_EDGAR]",
        ),
    ):
        command = option(command)
    return command


@click.command("fetch")
@everywhere
@answers
@click.option("--person", "persons", multiple=True, metavar="CIK", help="An insider. Repeatable.")
@click.option(
    "--issuer", "issuers", multiple=True, metavar="CIK|TICKER", help="A company. Repeatable."
)
@asking
@click.pass_obj
def command(
    session: Session,
    persons: tuple[str, ...],
    issuers: tuple[str, ...],
    since: date | None,
    forms: tuple[str, ...],
    into: Path,
    contact: str,
    mirror: str,
) -> Report:
    """Bring the filings of people and companies from EDGAR, and record them."""
    if not persons and not issuers:
        raise UsageError(
            "whose filings?", remedy="name some with --person CIK or --issuer CIK|TICKER"
        )
    checked(contact)
    with Client(contact, mirror=mirror) as client, session.progress("Fetching") as progress:
        ledger, folder = session.to_record_in(), Folder(into)
        done = fetch(
            *(ledger, folder, client),
            persons=persons,
            issuers=issuers,
            since=since,
            forms=forms,
            progress=progress,
        )
        if done.ingested:
            keep_sql(ledger())
    return told(done, into, session)


def told(done: Fetched, into: Path, session: Session) -> Report:
    """What came of asking EDGAR."""
    document = _document(done, into)
    return Report(
        document,
        document["problems"],  # type: ignore[arg-type]
        _FIELDS,
        lambda: iter([Paragraph(summed(done))]),
        exit_code=1 if document["set_aside"] or document["conflicting"] else 0,
        afterwards=lambda: _tell(done, session),
    )


def summed(done: Fetched) -> str:
    """The run in one line."""
    sums = _sums(done)
    parts = [
        f"{count(done.listed, 'filing')} listed",
        f"{done.skipped:,} already here",
        f"{sums['recorded']:,} recorded",
        f"{sums['reread']:,} read again" if sums["reread"] else "",
        f"{_set_aside(done):,} set aside",
    ]
    return f"{', '.join(filter(None, parts))}    {count(done.requests, 'request')}"


def _document(done: Fetched, into: Path) -> dict[str, object]:
    return {
        "schema": "ledger.fetch/1",
        **_sums(done),
        "set_aside": _set_aside(done),
        "listed": done.listed,
        "skipped": done.skipped,
        "requests": done.requests,
        "folder": str(into),
        "ended": None if done.ended is None else str(done.ended),
        "problems": [problem._asdict() for problem in _problems(done)],
    }


def _sums(done: Fetched) -> dict[str, int]:
    return {name: sum(getattr(part, name) for part in done.ingested) for name in _COUNTS}


def _set_aside(done: Fetched) -> int:
    return len(done.problems) + sum(len(part.set_aside) for part in done.ingested)


def _problems(done: Fetched) -> Iterator[Problem]:
    yield from done.problems
    for part in done.ingested:
        yield from part.problems


def _tell(done: Fetched, session: Session) -> None:
    """What did not come, then what ended the run."""
    left_out = [*done.problems, *(one for part in done.ingested for one in part.left_out)]
    shown = left_out if session.verbose else left_out[:_NOTES]
    if not session.quiet:
        for one in shown:
            tell(f" set aside  {one.source}: {one.problem}")
        if len(shown) < len(left_out):
            tell(f" ... and {count(len(left_out) - len(shown), 'more filing')}; -v shows all")
    if done.ended:
        raise done.ended
