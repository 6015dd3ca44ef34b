"""Trades that may have to be answered for: short-swing profit of Section 16(b)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm

import msgspec

from ledger.codes import CODES
from ledger.types import grouped, multiplied
from projections.checks.check import Doubt
from projections.checks.exercises import miscoded_halves
from projections.checks.prices import doubt_of_price
from projections.filings.dates import doubt_of_day
from projections.findings.finding import Finding, about
from projections.issuer import Folded
from projections.positions.entries import Posting, reference
from projections.section16.deadlines import six_months_after
from projections.section16.matching import Lot, matched

_ONE = Fraction(1)
_COUNTED = frozenset(letter for letter, code in CODES.items() if not code.exempt)
"""Codes that are not exempt on their face."""


class _Trade(msgspec.Struct):
    """A trade that counts for short-swing profit.

    `shares` and `price` are of its day until they are counted in parts that all trades share, `at`
    is the price as it was. `splits` is by how much shares multiplied since, `parts` how many parts
    are one share of the day. `meant` says what it is taken for where the row has a slip.
    """

    entry: Posting
    on: date
    at: Decimal
    price: Decimal
    shares: Decimal
    splits: Fraction
    bought: bool
    meant: str = ""
    parts: int = 1


class _Match(msgspec.Struct):
    """What one filing's trades add up to against earlier ones."""

    later: list[_Trade]
    shares: Fraction
    profit: Fraction
    earlier: list[_Trade]


@lru_cache(maxsize=4096)
def last_matchable(first: date) -> date:
    """The last day on which a trade still falls within less than six months of another.

    Six months less one day, both ends counted: of a sale on 20 December it is 18 June
    (Section 16(b) of the Securities Exchange Act of 1934).
    """
    return six_months_after(first) - timedelta(days=2)


def short_swings(folded: Folded) -> Iterator[Finding]:
    """Purchases and dearer sales of one class by one filer within less than six months.

    They are matched so that the profit is the most (`matching`). Codes that are
    exempt on their face do not count, nor does what a row has wrong: a number that its total
    proves to be another counts as that, a price or a day that cannot be right not at all. A filing that completes matches is told once. Section
    16(b) does not reach a foreign private issuer (Rule 3a12-3(b)).
    """
    if folded.foreign:
        return
    counted: dict[object, list[Posting]] = defaultdict(list)
    for position in folded.book.positions:
        if position.table == "I":
            own = [e for e in position.entries if e.line.code in _COUNTED]
            if own:
                counted[(position.scope, position.tokens - _SHORT)] += own
    for entries in counted.values():
        if not _both_ways(entries, folded):
            continue
        trades = [trade for entry in entries if (trade := _trade(entry, folded)) is not None]
        bought, sold = [t for t in trades if t.bought], [t for t in trades if not t.bought]
        if bought and sold:
            matches: dict[tuple[str, bool], _Match] = {}
            _match(bought, sold, matches, _in_parts([*bought, *sold]))
            yield from map(_candidate, matches.values())


def _both_ways(entries: list[Posting], folded: Folded) -> bool:
    """Whether some may be purchases and some sales: a cheap look first."""
    ways = {entry.line.direction for entry in entries}
    return len(ways) > 1 or any(folded.rulings.on(e).meant is not None for e in entries)


_SHORT = frozenset({"short", "position", "sold", "sale"})
"""Words of a title that make a short position, which is one of the same class."""


def _trade(entry: Posting, folded: Folded) -> _Trade | None:
    line, on = entry.line, entry.line.effective_on
    ruled = folded.rulings.on(entry).meant
    moved = entry.delta if ruled is None else ruled
    if line.code not in _COUNTED or not line.price or not moved or on is None:
        return None
    if line.against_code or doubt_of_day(entry.dossier, line) is not None:
        return None  # which way it went, or when, is another question
    if folded.misnamed.get(entry.dossier.stream) and not entry.follows:
        return None  # whose it is, is another question
    if any(line is one for halves in miscoded_halves(entry.dossier.lines) for one in halves.second):
        return None  # an exercise is no purchase, whatever its code
    price, meant = line.price, ""
    bought = (line.direction == "acquired") is (moved * entry.delta >= 0)
    if ruled is not None:
        exchanged = abs(ruled) == line.price and line.shares
        price = line.shares if exchanged and line.shares else line.price
        what = f"{grouped(abs(ruled))} {'bought' if bought else 'sold'} at {grouped(price)}"
        meant = f"{reference(entry)} counts as {what}, as its total proves"
    elif doubt_of_price(entry.dossier, line, folded) is not None:
        return None
    splits = _ONE
    home = folded.position_of.get(id(line))
    for split in folded.splits:
        if home is not None and not split.touches(home):
            continue
        if split.after < on < split.before:
            return None  # before or after it: its day is not known well enough to say
        if on < split.before:
            splits *= split.ratio
    return _Trade(
        entry=entry,
        on=on,
        at=price,
        price=price,
        shares=abs(moved),
        splits=splits,
        bought=bought,
        meant=meant,
    )


def _in_parts(trades: list[_Trade]) -> int:
    """Count shares in parts so small that every split keeps them whole.

    Prices become whole multiples too; returned is what they then stand over.
    """
    if all(trade.splits is _ONE for trade in trades):
        return 1
    olds = lcm(*(trade.splits.denominator for trade in trades))
    for trade in trades:
        trade.parts = int(trade.splits * olds)
    over = lcm(*(trade.parts for trade in trades))
    for trade in trades if over > 1 else ():
        trade.shares *= trade.parts
        trade.price *= over // trade.parts
    return over


def _match(
    bought: list[_Trade],
    sold: list[_Trade],
    matches: dict[tuple[str, bool], _Match],
    over: int,
) -> None:
    """Match trades whose shares are counted in parts, and prices over so much."""
    for pair in matched(_lots(bought), _lots(sold), last_matchable):
        purchase, sale, shares = bought[pair.purchase], sold[pair.sale], pair.shares
        first, later = (purchase, sale) if purchase.on <= sale.on else (sale, purchase)
        key = (later.entry.dossier.stream, later is sale)
        match = matches.setdefault(key, _Match([], Fraction(), Fraction(), []))
        match.later.append(later)
        match.shares += Fraction(shares) / later.parts
        match.profit += Fraction(shares) * Fraction(sale.price - purchase.price) / over
        match.earlier.append(first)


def _lots(trades: list[_Trade]) -> list[Lot]:
    return [Lot(trade.on, trade.price, trade.shares) for trade in trades]


def _candidate(match: _Match) -> Finding:
    entry = min((t.entry for t in match.later), key=lambda e: e.line.line)
    mine, theirs = ("bought", "sale") if match.later[0].bought else ("sold", "purchase")
    prices = sorted({t.at for t in match.later})
    price = " to ".join(dict.fromkeys(map(grouped, (prices[0], prices[-1]))))
    earlier = sorted(match.earlier, key=lambda t: t.on)
    days = ", ".join(dict.fromkeys(t.on.isoformat() for t in earlier))
    words = (
        f"{mine} at {price} within six months of a {theirs} of {days}: "
        f"a profit of {_told(match.profit, '$')} on {_told(match.shares)} shares, "
        "unless a trade is exempt"
    ) + "".join(dict.fromkeys(f"; {t.meant}" for t in (*match.later, *earlier) if t.meant))
    refs = tuple(dict.fromkeys(reference(t.entry) for t in earlier))
    return about(entry.dossier, entry.line, "SHORT_SWING_CANDIDATE", words, evidence=refs)


def _told(number: Fraction, sign: str = "") -> str:
    """Shares, or dollars to the cent: a number that no such decimal is stands after `about`."""
    exact = multiplied(Decimal(1), number)
    if exact is not None and not (sign and exact * 100 % 1):
        return f"{sign}{exact:,.2f}" if sign and exact % 1 else f"{sign}{grouped(exact)}"
    return f"about {sign}{multiplied(Decimal(1), round(number, 2)):,.2f}"


DOUBTS: tuple[Doubt, ...] = (short_swings,)
