"""`ledger holdings`: what people held on a day, as known at a moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

import click

from cli.formats.output import answers
from cli.options import about, as_of, known_at
from cli.ranking import as_held, severities
from cli.reports.blocks import Block, Grid, Heading, Paragraph, Row, columns
from cli.reports.citations import Sources
from cli.reports.report import Report
from cli.reports.wording import (
    count,
    day,
    dollars,
    extent,
    figure,
    held,
    in_words,
    name,
    series,
)
from cli.session import Session, everywhere
from ledger import Ledger
from projections import holdings
from projections.answers import Holding, Holdings, json_of
from projections.columns import HOLDINGS
from projections.sums import ClassSum, ClassTotal, LeftOut

_COLUMNS = columns("Security", "Held", ">Shares", "=Since", "Standing", "^Source")


@click.command("holdings")
@everywhere
@answers
@about
@as_of
@known_at
@click.option("--all", "everything", is_flag=True, help="Also what nothing is held of any more.")
@click.pass_obj
def command(
    session: Session,
    person: str | None,
    issuer: str | None,
    as_of: date | None,
    known_at: date | None,
    *,
    everything: bool,
) -> Report:
    """What people held on a day, as known at a moment."""
    ledger = session.ledger()
    answer = holdings(ledger, person=person, issuer=issuer, as_of=as_of, known_at=known_at)
    answer = as_held(answer, severities(session.database))
    return report(ledger, answer, everything=everything, hint=" (--all lists them)")


def report(ledger: Ledger, answer: Holdings, *, everything: bool = False, hint: str = "") -> Report:
    """Holdings, ready to be written in any format.

    A reader is shown what is held, and `everything` only where asked; programs get all. `hint`
    says how to ask.
    """
    document = json_of(answer)

    def blocks() -> Iterator[Block]:
        cited = [ref for h in answer.holdings for ref in h.evidence]
        cited += [one.source for h in answer.holdings for one in h.left_out]
        cited += [one.source for one in answer.class_totals]
        cited += [one.source for one in answer.nothing_owned]
        sources = Sources(ledger, cited)
        yield from blocks_of(answer, sources, everything=everything, hint=hint)

    return Report(document, document["holdings"], HOLDINGS, blocks)


def blocks_of(
    answer: Holdings, sources: Sources, *, everything: bool = False, hint: str = ""
) -> Iterator[Block]:
    """The holdings of each person at each issuer, and what they are in all."""
    if answer.today:
        yield Paragraph(f"As last reported by {in_words(answer.today)}")
    if not answer.holdings and not answer.nothing_owned:
        yield Paragraph(f"Nothing is reported{_moment(answer)}.")
    sums: dict[object, list[ClassSum]] = {}
    for one in answer.sums:
        sums.setdefault(_parties(one), []).append(one)
    totals: dict[object, list[ClassTotal]] = {}
    for whole in answer.class_totals:
        totals.setdefault(_parties(whole), []).append(whole)
    for parties, group in groupby(answer.holdings, key=_parties):
        held_there = list(group)
        person, issuer = held_there[0].person, held_there[0].issuer
        yield Heading(f"{name(person)} at {name(issuer)}{_moment(answer)}")
        shown = [h for h in held_there if everything or not _none(h)]
        if shown:
            yield Grid(_COLUMNS, [_row(holding, sources) for holding in shown])
        for one in sums.get(parties, ()):
            yield Paragraph(_summed(one))
        for left_out in _not_counted(held_there, sums.get(parties, ())):
            yield Paragraph(_beside(left_out, sources))
        for whole in totals.get(parties, ()):
            yield Paragraph(_of_all_series(whole, sources))
        if len(shown) < len(held_there):
            yield Paragraph(_left_out([h for h in held_there if h not in shown]) + hint)
    for none in answer.nothing_owned:
        whom = f"{name(none.person)} at {name(none.issuer)}"
        cited = sources.cite(none.source)
        yield Paragraph(f"{whom}: no securities owned on {day(none.reported_on)}, says {cited}")


def _parties(one: Holding | ClassSum | ClassTotal) -> tuple[str, str]:
    """By whom and about which company, whatever either is called."""
    person, issuer = one.person, one.issuer
    return person["cik"] or name(person), issuer["cik"] or name(issuer)


def _none(holding: Holding) -> bool:
    return holding.shares == 0 or holding.value == 0


def _summed(one: ClassSum) -> str:
    """`Common Stock in all: 1,230 (1,000 direct, 230 by vehicles, 200 of it shared with others)`."""
    parts = (
        (one.direct, "direct"),
        (one.indirect, "by vehicles"),
        (one.shared, "of it shared with others"),
    )
    told = [f"{figure(number)} {words}" for number, words in parts if number]
    doubt = "; a part is in doubt" if one.doubted else ""
    whole = extent(one.shares, one.shares_low, one.shares_high)
    split = f" ({', '.join(told)})" if told else ""
    title = f"{one.security or 'Untitled'}{' (Table II)' if one.table == 'II' else ''}"
    return f"{title} in all: {whole}{split}{doubt}"


def _not_counted(held_there: Sequence[Holding], sums: Sequence[ClassSum]) -> list[LeftOut]:
    """What no holding or sum counts, each once."""
    told = [one for holding in held_there for one in holding.left_out]
    return list(dict.fromkeys([*told, *(one for whole in sums for one in whole.left_out)]))


def _beside(one: LeftOut, sources: Sources) -> str:
    """`Not counted: 1,200, a second total of one holding, set aside, in Form 5 ...`."""
    cited = sources.cite(one.source)
    if one.value is not None:
        return f"Not counted: {dollars(one.value)} of stock, counted in dollars, in {cited}"
    return (
        f"Not counted: {figure(one.shares)}, a second total of one holding, set aside, in {cited}"
    )


def _of_all_series(one: ClassTotal, sources: Sources) -> str:
    """`Warrants, all series: 9,000 by a total of 2024-03-01, in Form 4 ...; 3,000 of them ...`."""
    others = None if one.in_holdings is None else one.shares - one.in_holdings
    words = f"{one.security or 'Untitled'}, all series: {figure(one.shares)} by a total of {day(one.reported_on)}"
    words += f", in {sources.cite(one.source)}"
    if others is None:
        return f"{words}; nobody says how many are of which series"
    return words if not others else f"{words}; {figure(others)} of them in series not reported here"


def _left_out(none: Sequence[Holding]) -> str:
    """`3 holdings of none, 2 of them lapsed, with findings 7c1e`."""
    gone = sum(h.basis.startswith("lapsed") for h in none)
    found = dict.fromkeys(name for h in none for name in h.findings)
    words = [
        f"{count(len(none), 'more holding')} of none",
        "lapsed" if gone == len(none) else f"{gone:,} of them lapsed" if gone else "",
        f"with {count(len(found), 'finding')} ({', '.join([*found][:_FOUND])}{', ...' if len(found) > _FOUND else ''})"
        if found
        else "",
    ]
    return ", ".join(filter(None, words))


_FOUND = 3
"""Findings that are named beside what is left out."""


def _moment(answer: Holdings) -> str:
    on = f", {in_words(answer.as_of)}" if answer.as_of else ""
    known = f", as known on {in_words(answer.known_at)}" if answer.known_at else ""
    return on + known


def _row(holding: Holding, sources: Sources) -> Row:
    terms = series(holding.exercise_price, holding.expires_on)
    return Row(
        (
            ", ".join(filter(None, [holding.security or "untitled", terms])),
            held(holding.ownership, holding.nature, holding.holder),
            dollars(holding.value)
            or extent(holding.shares, holding.shares_low, holding.shares_high),
            day(holding.since),
            _standing(holding),
            sources.cite(holding.evidence[0]) if holding.evidence else "",
        ),
        _found(holding),
    )


def _found(holding: Holding) -> tuple[str, ...]:
    """`see major BALANCE_BREAK 7c1e0a2b, info LATE_FILING 41aa03cd, and 3 more findings`."""
    told = [f"{one.severity} {one.kind} {one.id}" for one in holding.worst]
    more = len(holding.findings) - len(told)
    told += [f"and {count(more, 'more finding')}"] if more else []
    apart = [f"its note: {holding.apart}"] if holding.apart else []
    apart += [f"possibly the same as “{nature}”" for nature in holding.may_be]
    return (*apart, *([f"see {', '.join(told)}"] if told else []))


def _standing(holding: Holding) -> str:
    words = [holding.basis]
    if holding.explained:
        words.append("explained")
    if holding.doubted:
        words.append("in doubt")
    if holding.coverage != "open":
        words.append(holding.coverage)
    if len(holding.owners) > 1:
        words.append(f"with {count(len(holding.owners) - 1, 'joint owner')}")
    return ", ".join(words)
