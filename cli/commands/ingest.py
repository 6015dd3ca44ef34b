"""`ledger ingest`: read filings and record what they say."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import click

from cli.formats.output import answers
from cli.reports.blocks import Block, Paragraph
from cli.reports.report import Report, fields
from cli.reports.wording import count
from cli.session import Place, Session, everywhere, keep_sql
from cli.terminal import tell
from ledger import Ledger, Problem
from ledger.errors import NothingReadable
from ledger.ingestion.documents import number_of
from ledger.ingestion.ingest import IngestReport
from ledger.types import Format

_FIELDS = fields("source place problem effect")
_ALONE = [name for name in get_args(Format) if name != "data-set"]
"""What one document can be taken for; a data set is several."""

_NOTES = 20
"""Notes printed before the rest is only counted."""


@click.command("ingest")
@everywhere
@answers
@click.option("--as", "as_format", type=click.Choice(_ALONE), help="Take every document for this.")
@click.option("--dry-run", is_flag=True, help="Read and report, and record nothing.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=Place())
@click.pass_obj
def command(
    session: Session, paths: tuple[str, ...], as_format: Format | None, dry_run: bool
) -> Report:
    """Record the Forms 3, 4 and 5 in files, folders, archives and data sets; `-` is stdin."""
    started = time.perf_counter()
    with _ledger(session, dry_run=dry_run) as ledger:
        with session.progress("Reading") as advance:
            done = ledger.ingest(
                *paths,
                jobs=session.jobs,
                as_format=as_format,
                dry_run=dry_run,
                progress=_watched(advance, paths),
            )
        if not dry_run:
            keep_sql(ledger)
    seconds = f"{time.perf_counter() - started:.1f}"
    document = _document(done, seconds, dry_run=dry_run)
    return Report(
        document,
        document["problems"],  # type: ignore[arg-type]
        _FIELDS,
        lambda: _blocks(done, seconds, dry_run=dry_run),
        exit_code=_exit_code(done),
        afterwards=lambda: _tell(done, session),
    )


def _watched(
    advance: Callable[..., None] | None, paths: Sequence[str]
) -> Callable[[int], None] | None:
    """Tells how many documents are done, of how many where that is known beforehand."""
    if advance is None:
        return None
    total = number_of(paths)
    advance(0, total)
    return lambda done: advance(done, total)


@contextmanager
def _ledger(session: Session, *, dry_run: bool) -> Iterator[Ledger]:
    """The ledger to record in; for a dry run where there is none yet, an empty one."""
    if dry_run and not session.is_there:
        with TemporaryDirectory() as folder, Ledger.open(Path(folder) / "empty.db") as empty:
            yield empty
    else:
        yield session.ledger(create=not dry_run, read_only=dry_run)


def _document(done: IngestReport, seconds: str, *, dry_run: bool) -> dict[str, object]:
    return {
        "schema": "ledger.ingest/1",
        "recorded": done.recorded,
        "already_recorded": done.already_recorded,
        "conflicting": done.conflicting,
        "reread": done.reread,
        "set_aside": len(done.set_aside),
        "events": done.events,
        "rows": done.rows,
        "statements": done.statements,
        "dry_run": dry_run,
        "seconds": seconds,
        "tables": [table._asdict() for table in done.tables],
        "problems": [problem._asdict() for problem in done.problems],
    }


def _exit_code(done: IngestReport) -> int:
    if _nothing(done):
        return NothingReadable.exit_code
    return 1 if done.set_aside or done.conflicting else 0


def _nothing(done: IngestReport) -> bool:
    return not (done.recorded or done.already_recorded or done.reread or done.conflicting)


def _blocks(done: IngestReport, seconds: str, *, dry_run: bool) -> Iterator[Block]:
    recorded = f"{count(done.recorded, 'filing')} {'would be ' if dry_run else ''}recorded"
    filings = [recorded, f"{done.already_recorded:,} already here"]
    if done.reread:
        filings.append(f"{done.reread:,} read again")
    left_out = f"{len(done.set_aside) + done.conflicting:,} set aside"
    filings.append(
        f"{left_out} ({done.conflicting:,} conflicting)" if done.conflicting else left_out
    )
    contents = f"{_more(done.rows, 'line')}, {_more(done.statements, 'footnote statement')}"
    yield Paragraph(f"{', '.join(filings)}    {contents}    {seconds} s")
    for table in done.tables:
        lines = f"{count(table.rows, 'row')}, {table.recorded:,} recorded"
        yield Paragraph(f"{table.source}:{table.table}    {lines}, {table.set_aside:,} set aside")


def _more(number: int, what: str) -> str:
    """How many more of something stand than before; a better reading may have fewer."""
    return count(number, what) if number >= 0 else f"{count(-number, what)} fewer"


def _tell(done: IngestReport, session: Session) -> None:
    """Every problem on stderr: those that cost a document, those that cost a part of one, the rest."""
    if not session.quiet:
        whole = set(done.left_out)
        parts = [p for p in done.problems if p.effect == "set aside" and p not in whole]
        noted = [problem for problem in done.problems if problem.effect != "set aside"]
        limit = None if session.verbose else _NOTES
        _list(done.left_out, limit, "document", "set aside")
        _list(parts, limit, "part", "left out")
        _list(noted, limit, "note", "")
    if _nothing(done) and not done.left_out and not done.problems:
        raise NothingReadable(
            "the input has no document in it",
            remedy="name the files, archives or folders that hold the filings",
        )
    if _nothing(done):
        raise NothingReadable(
            "no document in the input could be read as a Form 3, 4 or 5",
            remedy="name a format with --as if you know what they are",
        )


def _place(problem: Problem) -> str:
    return f"{problem.source}:{problem.place}" if problem.place else problem.source


def _list(problems: Sequence[Problem], limit: int | None, noun: str, became: str) -> None:
    """The first of some problems, and how many there are in all where more are left."""
    for problem in problems[:limit]:
        effect = "" if became else f" [{problem.effect}]"
        tell(f" {became or noun}  {_place(problem)}: {problem.problem}{effect}")
    if limit is not None and len(problems) > limit:
        more = f"{count(len(problems) - limit, f'more {noun}')} {became}".strip()
        tell(f" ... and {more}, {len(problems):,} in all; -v shows all")
