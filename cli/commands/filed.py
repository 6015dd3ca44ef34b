"""`ledger filed`: what was filed, when it was due, and how the totals in it fare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date

import click
from msgspec import structs

from cli.formats.output import answers_in
from cli.options import about, known_at
from cli.reports.blocks import Block, Grid, Paragraph, Picture, Row, columns
from cli.reports.report import Report
from cli.reports.wording import brief, count, day, in_words, name
from cli.session import Session, everywhere
from projections.answers import Plain, json_of
from projections.columns import FILED
from projections.questions.filed import listed
from projections.registers import Filed, FiledOnes

_COLUMNS = columns(
    "=Filed", "=Due", "In time", "=Form", "By", ">Totals", ">Open", ">Findings", "^Filing"
)


@click.command("filed")
@everywhere
@answers_in("svg")
@about
@known_at
@click.pass_obj
def command(
    session: Session, person: str | None, issuer: str | None, known_at: date | None
) -> Report:
    """What was filed: when each was due, and how its totals fare; with -o FILE.svg, drawn."""
    answer, found = listed(session.ledger(), person=person, issuer=issuer, known_at=known_at)
    return report(answer, found)


def report(answer: FiledOnes, found: Collection[Filed] | None = None) -> Report:
    """What was filed, ready to be written in any format.

    `found` are the filings, where the answer is without them because they may be many.
    """
    ones = answer.filed if found is None else found
    filed = Plain(ones)
    return Report(
        json_of(structs.replace(answer, filed=())) | {"filed": filed},
        filed,
        FILED,
        lambda: blocks_of(answer, ones),
        picture=lambda: drawn(_whole(answer, ones)),
    )


def _whole(answer: FiledOnes, found: Collection[Filed]) -> FiledOnes:
    """An answer with its filings, as a chart has all of them."""
    return structs.replace(answer, filed=tuple(found))


def drawn(answer: FiledOnes) -> str:
    """The chart of filings, as SVG."""
    from projections import chart_of_filed  # noqa: PLC0415  (most answers are read, not looked at)

    return chart_of_filed(answer)


def _narrow(answer: FiledOnes) -> str:
    from projections.charts.filed import chart_of_filed  # noqa: PLC0415  (as above)
    from projections.charts.sheet import NARROW  # noqa: PLC0415  (as above)

    return chart_of_filed(answer, NARROW)


def blocks_of(answer: FiledOnes, found: Collection[Filed] | None = None) -> Iterator[Block]:
    """The chart, how many were late, and each filing; `found` as those of a report."""
    ones = answer.filed if found is None else found
    known = f", as known on {in_words(answer.known_at)}" if answer.known_at else ""
    late = Counter(one.late for one in ones)
    yield Paragraph(
        f"{count(len(ones), 'filing')}{known}: {late[False]:,} in time, {late[True]:,} late, "
        f"{late[None]:,} of which that cannot be said"
    )
    if ones:
        yield Picture(lambda: drawn(_whole(answer, ones)), lambda: _narrow(_whole(answer, ones)))
        yield Grid(_COLUMNS, map(_row, ones))


def _row(one: Filed) -> Row:
    return Row(
        (
            day(one.filed_on),
            day(one.due_on),
            _in_time(one),
            one.form,
            ", ".join(map(name, one.owners)),
            f"{one.checked + one.opening:,}",
            f"{one.ambiguous + one.unexplained:,}",
            f"{len(one.findings):,}",
            brief(one.filing),
        )
    )


def _in_time(one: Filed) -> str:
    """`yes`, `3 days late`, or nothing where it cannot be said."""
    if one.late and one.filed_on and one.due_on:
        return f"{count((one.filed_on - one.due_on).days, 'day')} late"
    return "yes" if one.late is False else ""
