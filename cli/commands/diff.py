"""`ledger diff`: what changed between two moments of knowledge, and through which filings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import click

from cli.formats.output import answers
from cli.options import Moment, about
from cli.reports.blocks import Block, Grid, Heading, Paragraph, Row, columns
from cli.reports.citations import Sources
from cli.reports.report import Report
from cli.reports.wording import brief, figures, held, in_words, name
from cli.session import Session, everywhere
from ledger import Ledger
from ledger.types import end_of_day
from projections import diff, reread
from projections.answers import Change, Diff, json_of
from projections.columns import CHANGES
from projections.questions.titles import title

_FIELDS = columns("=Line", "Field", "Was", "Is")
_COLUMNS = columns("=What", "=Change", "Of", ">Before", ">After", "^Because of")


@click.command("diff")
@everywhere
@answers
@about
@click.option(
    "--known-at",
    "moments",
    type=Moment(),
    multiple=True,
    help="Given twice: from this moment of knowledge to that.",
)
@click.argument("filing", required=False)
@click.pass_obj
def command(
    session: Session,
    person: str | None,
    issuer: str | None,
    moments: tuple[date, ...],
    filing: str | None,
) -> Report:
    """What changed in what was known, and through which filings.

    Of a FILING: what a better source of it changed, field by field.
    """
    if filing is not None:
        if moments or person or issuer:
            raise click.UsageError("Give a filing, or --known-at twice, not both.")
        return _rereading(session, filing)
    if len(moments) != 2:
        raise click.UsageError("Give --known-at twice: from when, and to when.")
    first, second = moments
    if _instant(first) > _instant(second):
        raise click.UsageError("The first --known-at is later than the second.")
    ledger = session.ledger()
    answer = diff(ledger, known_from=first, known_to=second, person=person, issuer=issuer)
    return report(ledger, answer)


def report(ledger: Ledger, answer: Diff) -> Report:
    """What changed, ready to be written in any format."""
    document = json_of(answer)

    def blocks() -> Iterator[Block]:
        sources = Sources(ledger, (ref for change in answer.changes for ref in change.because))
        yield from _blocks(answer, sources)

    return Report(document, document["changes"], CHANGES, blocks)


def _rereading(session: Session, filing: str) -> Report:
    ledger = session.ledger()
    answer = reread(ledger, filing)
    document = json_of(answer)

    def blocks() -> Iterator[Block]:
        first, *others = ledger.readings(filing)
        last = others[-1] if others else first
        called = f"{title(last.form, last.known)} ({brief(last.id)})"
        if not others:
            yield Paragraph(f"{called} was read once, as {first.format}.")
            return
        said = f"{called}, first read as {first.format}, now as {last.format}"
        if not answer.changes:
            yield Paragraph(f"{said}: both say the same, field by field.")
            return
        yield Heading(f"{said}; every other field agrees")
        yield Grid(_FIELDS, (_field(change) for change in answer.changes))

    return Report(document, document["changes"], CHANGES, blocks)


def _field(change: Change) -> Row:
    row = change.because[0].partition("#")[2]
    was, _, why = (change.before or "").partition(": ")
    notes = (f"read: {why}",) if why else ()
    return Row((row, change.what.replace("_", " "), was, change.after or ""), notes)


def _instant(moment: date) -> datetime:
    return moment if isinstance(moment, datetime) else end_of_day(moment)


def _blocks(answer: Diff, sources: Sources) -> Iterator[Block]:
    span = f"{in_words(answer.known_from)} to {in_words(answer.known_to)}"
    if not answer.changes:
        yield Paragraph(f"Nothing changed in what was known, {span}.")
        return
    yield Heading(f"What changed in what was known, {span}")
    yield Grid(_COLUMNS, (_row(change, sources) for change in answer.changes))


def _row(change: Change, sources: Sources) -> Row:
    of = [name(change.person), name(change.issuer), change.security or ""]
    because = _because(change, sources)
    if change.finding is not None:
        told = change.after or change.before or ""
        what = f"finding {change.finding}"
        return Row((what, change.change, _listed(of), "", "", because), (told,))
    of.append(held(change.ownership, change.nature))
    before, after = figures(change.before or ""), figures(change.after or "")
    return Row((change.what, change.change, _listed(of), before, after, because))


def _because(change: Change, sources: Sources) -> str:
    """The filings that a change came through: of many, the first two and the last, counted.

    The record has them all.
    """
    filings = change.because
    if len(filings) > _FEW:
        filings = (*filings[:2], *filings[-1:])
    cited = [
        sources.cite(filing)
        + (" (retracted, or brought back)" if filing in change.retracted else "")
        for filing in filings
    ]
    if left := len(change.because) - len(filings):
        cited.insert(2, f"{left} more")
    return "; ".join(cited)


_FEW = 6
"""Filings behind a change up to which a table names each."""


def _listed(parts: list[str]) -> str:
    return ", ".join(filter(None, parts))
