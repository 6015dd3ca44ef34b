"""Filings about one company that stand under the number of another, told by what they go on from.

EDGAR writes the issuer's name from the number that was typed; the ticker is typed too, and is
mostly the right one. Where it is another company's, and all that moves goes on from what the
owner had there and from nothing here, the filing belongs there. So does one under the ticker of
this one, which was picked wrong as well, where the owner's next form bears that out: there it goes
on from it, or here it passes it over. It is set aside as a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from projections.filings.amendments import Standing
from projections.filings.joints import joints_of
from projections.filings.owners import People
from projections.filings.records import Dossier, Line, Told
from projections.identity.names import symbol_key
from projections.positions.market_prices import traded_as_there
from projections.positions.misfiled import Misfiled
from projections.positions.reports import Holding, Reports


def strayed(away: Sequence[Dossier], elsewhere: Iterable[Dossier]) -> Iterator[Misfiled]:
    """The filings of an issuer that belong to one of the others `elsewhere`."""
    for home in _by_issuer(elsewhere):
        odd = list(_under_the_ticker_of(home, away))
        for dossier in odd:
            because = _goes_on_there(dossier, home, [d for d in away if d not in odd], marked=True)
            if because:
                yield Misfiled(dossier, None, because, issuer=True)
        for dossier in _from_a_balance_of(home, [d for d in away if d not in odd]):
            rest = [d for d in away if d is not dossier]
            because = _goes_on_there(dossier, home, rest)
            if because:
                last = not any(
                    _ciks(d) == _ciks(dossier) and _later(d, dossier) for d in (*home, *rest)
                )
                yield Misfiled(dossier, None, because, issuer=True, doubtful=last)


def belonging(home: Sequence[Dossier], elsewhere: Iterable[Dossier]) -> Iterator[Dossier]:
    """The filings about other issuers that belong to this one."""
    for away in _by_issuer(elsewhere):
        yield from (found.dossier for found in strayed(away, home))


def _by_issuer(dossiers: Iterable[Dossier]) -> Iterable[list[Dossier]]:
    found: dict[str | None, list[Dossier]] = {}
    for dossier in dossiers:
        found.setdefault(dossier.head.issuer.cik, []).append(dossier)
    return found.values()


def _ticker(dossier: Dossier) -> str | None:
    return symbol_key(dossier.head.issuer.symbol)


def _under_the_ticker_of(home: Sequence[Dossier], away: Sequence[Dossier]) -> Iterator[Dossier]:
    """Filings that bear the ticker that is usual for another company, and is not for this one."""
    there = Counter(t for d in home if (t := _ticker(d)))
    here = Counter(t for d in away if (t := _ticker(d)))
    if not there:
        return
    usual = there.most_common(1)[0][0]
    if not 0 < here.pop(usual, 0) <= max(here.values(), default=1):
        return
    yield from (d for d in away if _ticker(d) == usual and not d.amends)


def _from_a_balance_of(home: Sequence[Dossier], away: Sequence[Dossier]) -> Iterator[Dossier]:
    """Filings of an owner that begin from as many shares as another company's had, and none here."""
    there = frozenset[str]().union(*map(joints_of, home))
    reports = [d for d in away if d.base_form != "3" and not there.isdisjoint(joints_of(d))]
    here = _balances(away) if reports else {}
    for dossier in reports:
        if any(here[joint] == {dossier.stream} for joint in joints_of(dossier) & there):
            yield dossier


def _balances(dossiers: Sequence[Dossier]) -> dict[str, set[str]]:
    """By where holdings stood before filings or after them, the filings that tell so."""
    found: dict[str, set[str]] = {}
    for dossier in dossiers:
        for joint in joints_of(dossier):
            found.setdefault(joint, set()).add(dossier.stream)
    return found


def _goes_on_there(
    dossier: Dossier, home: Sequence[Dossier], rest: Sequence[Dossier], *, marked: bool = False
) -> tuple[Told, ...]:
    """The lines that all that moves in a filing goes on from there, and does not go on from here.

    Nothing where a later filing goes on from it here; nor where nothing was held here, and that
    company reports no more: this one may have taken its place, and its ticker. The only filing
    here is that company's only if its owner's next one there goes on from it. One that is not
    `marked` as that company's is borne out by the owner's next one, in either place, which goes on
    as if it stood there; where nothing follows, by its prices, which are those of that company.
    """
    ciks = _ciks(dossier)
    moved = {holding: ends for holding, ends in _numbers(dossier).items() if ends.moves}
    here = [d for d in rest if _ciks(d) == ciks]
    mine, after = (_ends(_parted(here, dossier, past=past)) for past in (True, False))
    for holding, ends in moved.items():
        own, goes = mine.get(holding, []), after.get(holding, [])
        if (own and own[-1].closing == ends.opening) or (goes and goes[0].opening == ends.closing):
            return ()
    there = [d for d in home if _ciks(d) == ciks]
    if not moved or not there or None in ciks:
        return ()
    left, onward = (_ends(_parted(there, dossier, past=past)) for past in (True, False))
    goes_on = bool(_parted(home, dossier, past=False))
    because: list[Told] = []
    for holding, ends in moved.items():
        came, own, goes = left.get(holding, []), mine.get(holding, []), after.get(holding, [])
        if not came or came[-1].closing != ends.opening:
            return ()
        if not own and not goes_on:
            return ()
        followed = onward.get(holding, [])
        borne_out = bool(followed) and followed[0].opening == ends.closing
        if not rest and not borne_out:
            return ()
        passed_over = bool(own and goes) and goes[0].opening == own[-1].closing
        silent = bool(own) and not goes and not followed
        alone = silent and _in_its_place(came) and traded_as_there(dossier, home, rest)
        if not (marked or borne_out or alone or (passed_over and not followed)):
            return ()
        because += [(one[-1].dossier, one[-1].line) for one in (came, own) if one]
    return tuple(because)


class _Numbers(NamedTuple):
    """Where a filing's lines about a holding start and end, whether they move it, and the last."""

    opening: Decimal
    closing: Decimal
    moves: bool
    line: Line


class _Ends(NamedTuple):
    """The same, with the filing."""

    dossier: Dossier
    opening: Decimal
    closing: Decimal
    moves: bool
    line: Line


def _numbers(dossier: Dossier) -> dict[Holding, _Numbers]:
    """Where a filing's lines start and end, by holding.

    Worked out once, as it is asked for each other company that its owner reports on.
    """
    found: dict[Holding, _Numbers] | None = dossier.__dict__.get(_KEPT)
    if found is None:
        filing = Standing(dossier, [(dossier, line) for line in dossier.lines], [], [])
        every = Reports([filing], People([dossier])).ends(filing)
        found = dossier.__dict__[_KEPT] = {
            holding: _Numbers(
                opening=ends.opening,
                closing=ends.closing,
                moves=any(e.delta for e in ends.entries),
                line=ends.entries[ends.order[-1]].line,
            )
            for holding, ends in every.items()
        }
    return found


_KEPT = "numbers_alone"


def _in_its_place(came: Sequence[_Ends]) -> bool:
    """Whether the last of some filings about a holding goes on from them, or begins it."""
    *before, last = came
    begins = last.dossier.base_form == "3" or not last.opening
    return begins or (bool(before) and before[-1].closing == last.opening)


def _ends(some: Sequence[Dossier]) -> dict[Holding, list[_Ends]]:
    """By holding, where the lines of some filings of the same owners start and end, in their order."""
    found: dict[Holding, list[_Ends]] = {}
    for dossier in some:
        for holding, numbers in _numbers(dossier).items():
            found.setdefault(holding, []).append(_Ends(dossier, *numbers))
    return found


def _parted(some: Sequence[Dossier], at: Dossier, *, past: bool) -> list[Dossier]:
    """The filings before one, or those after it, in the order in which they became known."""
    ordered = sorted(some, key=lambda d: (d.known.at, d.stream))
    return [d for d in ordered if _later(at, d) is past]


def _later(one: Dossier, other: Dossier) -> bool:
    """Whether one filing became known after another."""
    return (one.known.at, one.stream) > (other.known.at, other.stream)


def _ciks(dossier: Dossier) -> frozenset[str | None]:
    return frozenset(owner.cik for owner in dossier.head.owners)
