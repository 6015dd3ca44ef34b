"""`ledger stakes`: what each insider held of each class of stock in all, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

import click

from cli.formats.output import answers_in
from cli.options import about, known_at
from cli.reports.blocks import Block, Grid, Heading, Paragraph, Picture, Row, columns
from cli.reports.report import Report, each_within
from cli.reports.wording import day, dollars, extent, figure, in_words, name
from cli.session import Session, everywhere
from projections import stakes
from projections.answers import Stake, Stakes, json_of
from projections.columns import STAKES
from projections.sums import LeftOut, StakeLevel

_COLUMNS = columns("=From", ">Shares", ">Of it shared", ">Holdings", "Standing")


@click.command("stakes")
@everywhere
@answers_in("svg")
@about
@known_at
@click.pass_obj
def command(
    session: Session, person: str | None, issuer: str | None, known_at: date | None
) -> Report:
    """What each insider held of each class of stock, day by day; with -o FILE.svg, drawn."""
    return report(stakes(session.ledger(), person=person, issuer=issuer, known_at=known_at))


def report(answer: Stakes) -> Report:
    """Stakes, ready to be written in any format."""
    document = json_of(answer)
    return Report(
        document,
        each_within(document["stakes"], "levels"),
        STAKES,
        lambda: blocks_of(answer),
        picture=lambda: drawn(answer),
    )


def drawn(answer: Stakes) -> str:
    """The chart of stakes, as SVG."""
    from projections import chart_of_stakes  # noqa: PLC0415  (most answers are read, not looked at)

    return chart_of_stakes(answer)


def blocks_of(answer: Stakes) -> Iterator[Block]:
    """The chart, and below it the levels of each person, by class."""
    known = f", as known on {in_words(answer.known_at)}" if answer.known_at else ""
    if answer.stakes:
        yield Paragraph(_STOCK)
        yield Picture(lambda: _in_pieces(answer), lambda: _narrow(answer))
    else:
        yield Paragraph(f"No stock is reported{known}.")
    for (issuer, security), group in groupby(answer.stakes, key=_class):
        yield Heading(f"{security} of {issuer}{known}")
        yield Grid(_COLUMNS, [row for stake in group for row in _rows(stake)])


def _in_pieces(answer: Stakes) -> str:
    """The chart in pieces, none of them higher than a printed page."""
    from projections.charts.stakes import charts_of_stakes  # noqa: PLC0415  (as above)

    return "\n".join(charts_of_stakes(answer))


def _narrow(answer: Stakes) -> str:
    from projections.charts.sheet import NARROW  # noqa: PLC0415  (as above)
    from projections.charts.stakes import chart_of_stakes  # noqa: PLC0415  (as above)

    return chart_of_stakes(answer, NARROW)


_STOCK = (
    "Stock: that of Table I, and of Table II each class that converts and never expires, by itself. "
    "Options and units are among the holdings."
)


def _class(stake: Stake) -> tuple[str, str]:
    return name(stake.issuer), stake.called


def _rows(stake: Stake) -> Iterator[Row]:
    """Whose they are, across the table, and the levels."""
    yield Row((), (name(stake.person) or "nobody named",))
    for level in stake.levels:
        cells = (
            day(level.on),
            extent(level.shares, level.shares_low, level.shares_high),
            figure(level.shared) if level.shared != 0 else "",
            f"{level.holdings:,}",
            _standing(level),
        )
        yield Row(cells, tuple(map(_beside, level.left_out)))


def _standing(level: StakeLevel) -> str:
    told = ["in doubt" if level.doubted else "", "inferred" if level.inferred else ""]
    return ", ".join(filter(None, told))


def _beside(one: LeftOut) -> str:
    """`not counted: 1,200 in 0001000001-24-000003#I.2`."""
    return f"not counted: {dollars(one.value) or figure(one.shares)} in {one.source}"
