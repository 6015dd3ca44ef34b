"""Prices that cannot be right: none, a number of shares, a point astray, or what all shares came to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from ledger.types import grouped
from projections.checks.check import Check, asked_of
from projections.filings.marks import notes_on_price
from projections.filings.records import ZERO, Dossier, Line
from projections.findings.finding import Finding, about
from projections.identity.securities import STRUCK, class_tokens, derivative_kind
from projections.issuer import NEAR, Folded


@asked_of("market trades")
def suspect_prices(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A trade without a price, or with what looks like a number of shares for one.

    A fraction of a share may be what was left of a plan's: a total that follows proves it.
    A row of no shares only stands there because a form must have one.
    """
    trades = [
        ln
        for ln in folded.lines_of(dossier)
        if ln.code in ("P", "S") and ln.table == "I" and not ln.holding and not ln.against_code
        if ln.shares != ZERO
    ]
    for line in trades:
        if (
            not line.price
            and "price" not in line.cited
            and not any(r.field == "price" for r in line.repairs)
        ):
            stated = "no price" if line.price is None else "a price of zero"
            yield about(
                dossier,
                line,
                "PRICE_SUSPECT",
                f"a market trade with {stated} and no note on the price",
            )
            continue
        doubt = (
            doubt_of_price(dossier, line, folded)
            or _price_of_an_exercise(dossier, line, folded)
            or misplaced_point(dossier, line, folded)
        )
        if doubt is not None:
            yield about(dossier, line, "PRICE_SUSPECT", doubt)


def doubt_of_price(dossier: Dossier, line: Line, folded: Folded) -> str | None:
    """Why a trade's price may be its number of shares, None where nothing says so."""
    if not line.price or not line.shares or not _swapped(line.price, line.shares):
        return None
    others = [
        t.price
        for t in folded.lines_of(dossier)
        if t.price and t is not line and t.code in ("P", "S") and t.table == "I"
    ]
    others = others or folded.prices_near(line.effective_on, dossier)
    wild = others and not min(others) / 5 <= line.price <= max(others) * 5
    wild = wild or (not others and _read_crosswise(line, folded))
    entry = folded.entry_of.get(id(line))
    proven = entry is not None and entry.follows
    if wild or line.price >= 10_000 or (line.shares % 1 and not others and not proven):
        return f"{grouped(line.shares)} shares at {grouped(line.price)} each: shares and price may have changed places"
    return None


def _read_crosswise(line: Line, folded: Folded) -> bool:
    """Whether a trade's shares are about the price of the year's other trades, and its price is far from it.

    A round lot is no price; and a split, if it was told, parts the trades before it from those after.
    """
    day, price, shares = line.effective_on, line.price or ZERO, line.shares or ZERO
    year = _beside(line, day, folded, _YEAR) if day and shares % _LOT else []
    days = [on for on, *_ in year] + ([day] if day else [])
    if not year or any(s.after <= max(days) and min(days) <= s.before for s in folded.splits):
        return False
    return all(shares <= 2 * p <= 4 * shares and price > _FAR * p for _, p, _ in year)


@asked_of("exercises", "market trades")
def numbers_for_prices(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """Rows whose price is their own number of shares, where stock was not so dear."""
    for line in folded.lines_of(dossier):
        price = line.price
        if line.holding or price is None or price != line.shares or price < _NEVER_BY_CHANCE:
            continue
        around = folded.prices_near(line.effective_on, dossier)
        if not around or price * 5 < min(around) or price > max(around) * 5:
            words = f"a price of {grouped(price)}, which is the number of shares"
            yield about(dossier, line, "PRICE_SUSPECT", words)


_NEVER_BY_CHANCE = 500
"""From how much on no price is by chance just the number of shares."""


def _price_of_an_exercise(dossier: Dossier, line: Line, folded: Folded) -> str | None:
    """Why a trade may have the price at which stock of its day was exercised, and that its own."""
    same = [o for o in folded.lines_of(dossier) if o.effective_on == line.effective_on]
    strikes = {o.exercise_price for o in same if o.code in _EXERCISES and o.movement < 0}
    came = [o for o in same if o.table == "I" and o.code in _EXERCISES and o.movement > 0]
    if line.price not in strikes or any(not o.price or o.price in strikes for o in came):
        return None
    other = next(iter(came), None)
    if other is None or other.price is None:
        return None
    return f"a price of {grouped(line.price or ZERO)}, the strike of what was exercised, which has {grouped(other.price)} in {other.ref}: the two changed places"


_EXERCISES = ("M", "X")
"""Codes of derivatives exercised at a strike."""


def misplaced_point(dossier: Dossier, line: Line, folded: Folded) -> str | None:
    """Why the decimal point of a trade's price may be misplaced, None where nothing says so.

    Trades before it and after it, or of its day, were all made at about one price, and it is at
    ten or a hundred times as much, or as little; or it is what the shares come to at such a
    price. A split parts those before from those after, and a note that gives the price itself
    bears it out.
    """
    price, shares = line.price, line.shares
    around = _around(line, folded)
    if not price or not shares:
        return None
    if not around:
        return _in_cents(dossier, line, folded)
    low, high = min(around), max(around)
    if high > low * _ONE_PRICE:
        return None
    if any(_about(price, low * factor, high * factor) for factor in _POINTS):
        what = "its decimal point may be misplaced"
    elif price > _FAR * high and _is_of_all(price, shares, low, high):
        what = f"it is what all the {grouped(shares)} shares come to at such a price"
    else:
        return None
    noted = (dossier.text_of(note) for note in notes_on_price(dossier, line))
    printed = {grouped(price), f"{price.normalize():f}"}
    if any(n in text for text in noted for n in printed):
        return None
    span = " to ".join(dict.fromkeys((grouped(low), grouped(high))))
    return f"a price of {grouped(price)}, where trades of those days were made at {span}: {what}"


def _is_of_all(price: Decimal, shares: Decimal, low: Decimal, high: Decimal) -> bool:
    """Whether a price is what all shares of a trade come to, at a price between two."""
    return not price * _FINEST % shares and _about(price, low * shares, high * shares)


def _in_cents(dossier: Dossier, line: Line, folded: Folded) -> str | None:
    """Why a price may be in cents, as the trades before it or after it alone have it, None where not.

    The total goes on without a split, and no price rises so far in a year.
    """
    entry, price, day = folded.entry_of.get(id(line)), line.price, line.effective_on
    if not price or day is None or entry is None or not (entry.follows and entry.prior):
        return None
    own, others = class_tokens(line.security or ""), _beside(line, day, folded, _YEAR)
    low, high = (some(p for _, p, _ in others) if others else ZERO for some in (min, max))
    if entry.scaled or not others or high > low * _ONE_PRICE:
        return None
    if any(class_tokens(other.security or "") != own for *_, other in others):
        return None
    if notes_on_price(dossier, line) or not _about(price, low * _CENTS, high * _CENTS):
        return None
    return f"a price of {grouped(price)}, where another trade of the year was made at {grouped(low)}: it may be in cents"


def _around(line: Line, folded: Folded) -> list[Decimal]:
    """The prices of the trades of the time, if there are any before it and after it, or of its day.

    Where few were made near it, those of the last day before it and of the next one count.
    """
    day = line.effective_on
    if day is None:
        return []
    near = _beside(line, day, folded, NEAR)
    if len(near) < _FEWEST_TRADES:
        near = _beside(line, day, folded, _YEAR)
        last, following = (
            max((on for on, *_ in near if on <= day), default=day),
            min((on for on, *_ in near if on >= day), default=day),
        )
        near = [trade for trade in near if trade[0] in (last, following)]
    days = [on for on, *_ in near]
    own = class_tokens(line.security or "")
    if len(near) < _FEWEST_TRADES or not min(days) <= day <= max(days):
        return []
    if any(class_tokens(other.security or "") != own for *_, other in near):
        return []
    return [price for _, price, _ in near]


def _beside(
    line: Line, day: date, folded: Folded, within: timedelta
) -> list[tuple[date, Decimal, Line]]:
    trades = folded.trades_beside(day, within)
    return [(on, price, other) for on, price, _, other in trades if other is not line]


def _about(price: Decimal, low: Decimal, high: Decimal) -> bool:
    return low <= price * _ONE_PRICE and price <= high * _ONE_PRICE


_POINTS = (Decimal(10), Decimal(100), Decimal("0.1"), Decimal("0.01"))
"""What a price is times too high or too low whose point is one or two places off."""
_ONE_PRICE = Decimal("1.5")
"""How far apart prices of one time may lie."""
_FEWEST_TRADES = 2
"""Trades that together tell a price."""
_YEAR = timedelta(days=400)
"""How long before and after a trade others tell its price, where all agree."""
_CENTS = 100
"""Of a dollar."""
_FAR = 8
"""How many times the price of others one is that cannot be of the time."""
_LOT = 100
"""What trades are commonly a multiple of: a round number of shares, and hardly a price."""
_FINEST = 10_000
"""The parts of a dollar in which prices are told at most."""


@asked_of("expiring")
def suspect_strikes(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """An option that comes with what looks like its number for a strike, and its strike for a number."""
    for line in folded.lines_of(dossier):
        strike, number = line.exercise_price, line.shares
        if line.table != "II" or line.movement <= 0 or not strike or not number:
            continue
        if not _swapped(strike, number) or derivative_kind(line.security or "") not in STRUCK:
            continue
        near = folded.prices_near(line.effective_on, dossier) or [*_other_strikes(line, folded)]
        wild = bool(near) and strike > 5 * max(near) and number <= 5 * max(near)
        if wild or (not near and (strike >= 10_000 or number % 1)):
            words = f"{grouped(number)} options at {grouped(strike)} each: strike and number may have changed places"
            yield about(dossier, line, "PRICE_SUSPECT", words)


def _other_strikes(line: Line, folded: Folded) -> Iterator[Decimal]:
    """The strikes of the issuer's other options."""
    for dossier in folded.dossiers:
        for other in dossier.lines:
            told = other.table == "II" and other.exercise_price and other.shares
            if told and other.exercise_price != line.exercise_price:
                yield other.exercise_price or ZERO


def _swapped(price: Decimal, shares: Decimal) -> bool:
    return price == price.to_integral_value() and price >= 100 and price > 5 * shares


CHECKS: tuple[Check, ...] = (suspect_prices, numbers_for_prices, suspect_strikes)
