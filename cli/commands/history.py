"""`ledger history`: every entry of a position, with running balance and verdict."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click

from cli.formats.output import answers_in
from cli.options import about, known_at
from cli.reports.blocks import Block, Grid, Heading, Paragraph, Picture, Row, columns
from cli.reports.report import Report, each_within
from cli.reports.wording import (
    brief,
    days,
    figure,
    findings,
    footnote,
    held,
    in_words,
    name,
    series,
    signed,
)
from cli.session import Session, everywhere
from projections import history
from projections.answers import History, HistoryEntry, PositionHistory, json_of
from projections.columns import ENTRIES

_COLUMNS = columns(
    "=Date", "Event", ">Moved", ">Balance", ">Claimed", ">Off by", "Verdict", "^Source"
)


@click.command("history")
@everywhere
@answers_in("svg")
@about
@known_at
@click.pass_obj
def command(
    session: Session, person: str | None, issuer: str | None, known_at: date | None
) -> Report:
    """Every entry of a position, with balance, claim and verdict."""
    return report(history(session.ledger(), person=person, issuer=issuer, known_at=known_at))


def report(answer: History) -> Report:
    """A history, ready to be written in any format."""
    document = json_of(answer)
    return Report(
        document,
        each_within(document["positions"], "entries"),
        ENTRIES,
        lambda: blocks_of(answer),
        picture=lambda: _drawn(answer),
    )


def _drawn(answer: History) -> str:
    from projections import chart  # noqa: PLC0415  (most answers are read, not looked at)

    return chart(answer)


def _in_pieces(answer: History) -> str:
    """The chart in pieces, between which a printed page ends."""
    from projections.charts.steps import charts  # noqa: PLC0415  (as above)

    return "\n".join(charts(answer))


def _narrow(answer: History) -> str:
    from projections.charts.sheet import NARROW  # noqa: PLC0415  (as above)
    from projections.charts.steps import chart  # noqa: PLC0415  (as above)

    return chart(answer, NARROW)


def blocks_of(answer: History) -> Iterator[Block]:
    """The charts, and below them every entry of each position."""
    known = f", as known on {in_words(answer.known_at)}" if answer.known_at else ""
    if answer.positions:
        yield Picture(lambda: _in_pieces(answer), lambda: _narrow(answer))
    else:
        yield Paragraph(f"Nothing is reported{known}.")
    for position in answer.positions:
        yield Heading(f"{name(position.person)} at {name(position.issuer)}{known}")
        yield Paragraph(_called(position))
        yield Grid(_COLUMNS, [_row(entry) for entry in position.entries])


def _called(position: PositionHistory) -> str:
    terms = series(position.exercise_price, position.expires_on)
    how = held(position.ownership, position.nature, position.holder)
    unit = "in dollars" if position.unit == "dollars" else ""
    opening = position.opening
    before = f"{figure(opening)} before the first report" if opening is not None else ""
    return ", ".join(filter(None, [position.security or "untitled", terms, how, unit, before]))


def _row(entry: HistoryEntry) -> Row:
    ref = f"{entry.filing}#{entry.row}" if entry.row else entry.filing
    cited = ", ".join(map(footnote, entry.footnotes))
    notes = f", note {cited}" if cited else ""
    return Row(
        (
            days(entry.effective_from, entry.effective_to),
            entry.event,
            _moved(entry),
            figure(entry.computed),
            figure(entry.claimed),
            signed(entry.residual) if entry.residual else "",
            _verdict(entry),
            brief(ref) + notes,
        ),
        findings(entry.findings),
    )


def _verdict(entry: HistoryEntry) -> str:
    """The verdict, and why the balance is not the total where nothing else on the line says so."""
    if entry.verdict is None:
        return ""
    if entry.set_aside:
        return f"{entry.verdict}, set aside"
    apart = entry.claimed != entry.computed and not entry.residual
    words = _CONVENTIONS.get(entry.convention or "", "") if apart else ""
    return f"{entry.verdict}: {words}" if words else entry.verdict


_CONVENTIONS = {
    "final": "total after all rows",
    "date-final": "total at the day's end",
    "trade-final": "total after all lots of the trade",
    "kind-final": "total after all rows of the kind that day",
    "as-of-filing": "total as of the filing",
    "left-out": "total without later reports",
    "class-total": "total of the class",
    "lot": "total of the lot alone",
}
"""How a total is taken that is not the balance after its own row."""


def _moved(entry: HistoryEntry) -> str:
    """The movement with its sign; both signs where the line does not say which way it went."""
    if entry.shares is None:
        return ""
    if entry.direction is None:
        return f"±{figure(entry.shares)}"
    return signed(entry.shares if entry.direction == "acquired" else -entry.shares)
