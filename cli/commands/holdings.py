"""`ledger holdings`: what people held on a day, as known at a moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import groupby, islice

import click
import msgspec

from cli.formats.output import answers
from cli.options import about, as_of, known_at
from cli.ranking import holding_as, severities
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
from projections.answers import Each, Holding, Holdings, Plain, json_of
from projections.columns import HOLDINGS
from projections.questions.holdings import Gathered, gathered, issuer_of, parts_of
from projections.sums import ClassSum, ClassTotal, LeftOut, NothingOwned

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
    ledger, ranked = session.ledger(), severities(session.database)
    answer, told = gathered(ledger, person=person, issuer=issuer, as_of=as_of, known_at=known_at)
    told = told._replace(holdings=Each(told.holdings, lambda one: holding_as(one, ranked)))
    hint = " (--all lists them)"
    return report(ledger, answer, told, everything=everything, hint=hint)


def report(
    ledger: Ledger,
    answer: Holdings,
    told: Gathered | None = None,
    *,
    everything: bool = False,
    hint: str = "",
) -> Report:
    """Holdings, ready to be written in any format.

    A reader is shown what is held, and `everything` only where asked; programs get all. `hint`
    says how to ask. `told` are the parts of the answer, where it is without them because they may be many.
    """
    parts = told or parts_of(answer)
    plain = {name: Plain(part) for name, part in parts._asdict().items()}
    bare = msgspec.structs.replace(answer, **dict.fromkeys(plain, ()))

    def blocks() -> Iterator[Block]:
        cited = partial(Sources, ledger)
        return blocks_of(answer, cited, parts, everything=everything, hint=hint)

    return Report(json_of(bare) | plain, plain["holdings"], HOLDINGS, blocks)


def blocks_of(
    answer: Holdings,
    cited: Callable[[Iterable[str]], Sources],
    told: Gathered | None = None,
    *,
    everything: bool = False,
    hint: str = "",
) -> Iterator[Block]:
    """The holdings of each person at each issuer, and what they are in all; `told` as those of a report."""
    parts = told or parts_of(answer)
    if answer.today:
        yield Paragraph(f"As last reported by {in_words(answer.today)}")
    if not parts.holdings and not parts.nothing_owned:
        yield Paragraph(f"Nothing is reported{_moment(answer)}.")
    totals: dict[object, list[ClassTotal]] = {}
    for whole in parts.class_totals:
        totals.setdefault(_parties(whole), []).append(whole)
    sums = _Sums(parts.sums)
    for some in _in_turn(parts.holdings):
        refs = (ref for group in some for ref in _refs(group, totals))
        sources = cited(refs)
        for group in some:
            parties = _parties(group[0])
            own = sums.of(group[0])
            yield Heading(f"{name(group[0].person)} at {name(group[0].issuer)}{_moment(answer)}")
            shown = [h for h in group if everything or not _none(h)]
            if shown:
                yield Grid(_COLUMNS, [_row(holding, sources) for holding in shown])
            for one in own:
                yield Paragraph(_summed(one))
            for left_out in _not_counted(group, own):
                yield Paragraph(_beside(left_out, sources))
            for whole in totals.get(parties, ()):
                yield Paragraph(_of_all_series(whole, sources))
            if len(shown) < len(group):
                yield Paragraph(_left_out([h for h in group if h not in shown]) + hint)
    for page in _pages(parts.nothing_owned):
        sources = cited(none.source for none in page)
        for none in page:
            whom = f"{name(none.person)} at {name(none.issuer)}"
            said = sources.cite(none.source)
            yield Paragraph(f"{whom}: no securities owned on {day(none.reported_on)}, says {said}")


_CITED = 500
"""Holdings whose filings are looked up together."""


def _in_turn(holdings: Iterable[Holding]) -> Iterator[list[list[Holding]]]:
    """Holdings of one person at one issuer together, and so many of these as are looked up at once."""
    some: list[list[Holding]] = []
    for _, group in groupby(holdings, key=_parties):
        some.append(list(group))
        if sum(map(len, some)) >= _CITED:
            yield some
            some = []
    if some:
        yield some


def _refs(group: Sequence[Holding], totals: Mapping[object, list[ClassTotal]]) -> Iterator[str]:
    """What is cited of holdings of one person at one issuer."""
    for one in group:
        yield from one.evidence
        yield from (left_out.source for left_out in one.left_out)
    yield from (whole.source for whole in totals.get(_parties(group[0]), ()))


def _pages(nothing: Iterable[NothingOwned]) -> Iterator[list[NothingOwned]]:
    rest = iter(nothing)
    while some := list(islice(rest, _CITED)):
        yield some


class _Sums:
    """The sums of one issuer after the other, in the order in which its holdings come."""

    def __init__(self, sums: Iterable[ClassSum]) -> None:
        self._groups = groupby(sums, key=issuer_of)
        self._issuer: str | None = None
        self._next = next(self._groups, None)
        self._own: dict[object, list[ClassSum]] = {}

    def of(self, one: Holding) -> Sequence[ClassSum]:
        """Those of the person of a holding at its issuer."""
        if issuer_of(one) != self._issuer:
            self._issuer, self._own = issuer_of(one), {}
            if self._next and self._next[0] == self._issuer:
                for own in self._next[1]:
                    self._own.setdefault(_parties(own), []).append(own)
                self._next = next(self._groups, None)
        return self._own.get(_parties(one), ())


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
        (_otherwise(one), "in a form not stated"),
        (one.shared, "of it shared with others"),
    )
    told = [f"{figure(number)} {words}" for number, words in parts if number]
    doubt = "; a part is in doubt" if one.doubted else ""
    whole = extent(one.shares, one.shares_low, one.shares_high)
    split = f" ({', '.join(told)})" if told else ""
    title = f"{one.security or 'Untitled'}{' (Table II)' if one.table == 'II' else ''}"
    return f"{title} in all: {whole}{split}{doubt}"


def _otherwise(one: ClassSum) -> Decimal | None:
    """How many shares are held as no line says, or none that is legible; None where a part is not known."""
    if one.shares is None or one.direct is None or one.indirect is None:
        return None
    return one.shares - one.direct - one.indirect


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
    apart += [f"possibly the same as {_named(nature, holding)}" for nature in holding.may_be]
    return (*apart, *([f"see {', '.join(told)}"] if told else []))


def _named(nature: str, beside: Holding) -> str:
    """A holding of the class beside one, by the words for its vehicle, if it has any."""
    if nature != beside.nature:
        return f"“{nature}”" if nature else "one without a name"
    return "the other direct one" if beside.ownership == "direct" else "the other in the same words"


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
