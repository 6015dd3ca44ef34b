"""Filings that stand about another issuer too, where the owner's history goes on from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from projections.filings.amendments import Standing
from projections.filings.dates import known_on
from projections.filings.owners import People
from projections.filings.records import Dossier
from projections.identity.names import symbol_key
from projections.positions.market_prices import traded_as_there
from projections.positions.misfiled import SOON, Misfiled, facts_of
from projections.positions.reports import Reports, holding_of


def copied(
    standing: Sequence[Standing], reports: Reports, elsewhere: Sequence[Dossier]
) -> Iterator[Misfiled]:
    """Filings that stand about another issuer too, where the owner's history goes on from it.

    Owner, days, amounts, prices and totals are the same; here nothing goes on from it, and
    there it follows, or the symbol is that of the other issuer. Where it follows in both, it is
    a copy in the one that it is passed over in next, or whose stock has other prices.
    """
    told: dict[tuple[object, ...], list[Dossier]] = {}
    for dossier in elsewhere:
        if (key := _whole(dossier)) is not None:
            told.setdefault(key, []).append(dossier)
    for filing in standing if told else ():
        dossier = filing.dossier
        key = None if dossier.amends else _whole(dossier)
        for other in told.get(key, ()) if key is not None else ():
            near = abs(known_on(other) - known_on(dossier)) <= SOON
            if not near or not _belongs(other, dossier, elsewhere):
                continue
            if not _followed(filing, reports) or _priced_as(other, filing, reports, elsewhere):
                yield Misfiled(dossier, None, again=other, issuer=True)
                break


def _whole(dossier: Dossier) -> tuple[object, ...] | None:
    """What a filing tells, and who files it; an initial statement by several holdings."""
    owners = frozenset(owner.cik for owner in dossier.head.owners)
    initial = dossier.base_form == "3"
    told = [ln for ln in dossier.lines if not ln.holding or (initial and ln.shares_after)]
    rows = Counter(
        (dossier.head.period, ln.shares_after, *holding_of(dossier, ln))
        if initial
        else facts_of(ln)
        for ln in told
    )
    totals = [n for ln in told if (initial or ln.shares) and (n := ln.shares_after) is not None]
    known = bool(owners) and None not in owners and len(totals) > initial
    return (owners, frozenset(rows.items())) if known else None


def _priced_as(
    other: Dossier, copy: Standing, reports: Reports, elsewhere: Sequence[Dossier]
) -> bool:
    """Whether a filing that nothing follows here has the prices of the stock of another issuer.

    Here they are those of the last report: before that a split may have changed them.
    """
    scope, here = reports.scope(copy), []
    for holding, ends in reports.ends(copy).items():
        if next(reports.after(copy, holding), None) is not None:
            return False
        mine = reports.before(copy, scope, holding_of(*ends.told(0)))
        here += [mine.filing.dossier] if mine is not None else []
    there = [d for d in elsewhere if d.head.issuer.cik == other.head.issuer.cik and d is not other]
    return traded_as_there(copy.dossier, there, here, unlike=True)


def _followed(filing: Standing, reports: Reports) -> bool:
    """Whether one after a filing goes on from it, or it from one before it that none after goes back to."""
    for holding, ends in reports.ends(filing).items():
        before = reports.before(filing, reports.scope(filing), holding_of(*ends.told(0)))
        after = next(reports.after(filing, holding), None)
        if after is not None and after.opening == ends.closing:
            return True
        follows = before is not None and before.closing == ends.opening
        if follows and (after is None or after.opening != ends.opening):
            return True
    return False


def _belongs(other: Dossier, copy: Dossier, elsewhere: Sequence[Dossier]) -> bool:
    """Whether a report goes on from others about its issuer, or the copy has its symbol."""
    ciks = {owner.cik for owner in other.head.owners}
    own = [
        d
        for d in elsewhere
        if d.head.issuer.cik == other.head.issuer.cik
        if any(owner.cik in ciks for owner in d.head.owners)
    ]
    own.sort(key=lambda d: (known_on(d), d.known.at, d.stream))
    filings = [Standing(d, [(d, line) for line in d.lines], [], []) for d in own]
    there = Reports(filings, People(own))
    mine = next(filing for filing in filings if filing.dossier is other)
    symbol = symbol_key(copy.head.issuer.symbol)
    same = symbol is not None and symbol == symbol_key(other.head.issuer.symbol)
    return _followed(mine, there) or (same and copy.known.at > other.known.at)
