"""Awards of stock units, and what is withheld when they vest or an option is exercised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from tests.simulator import notes
from tests.simulator.calendars import trading_day
from tests.simulator.movements import ZERO, Happening, Life, Move, Noted
from tests.simulator.people import Position, Series

_NET = (
    "Net of {shares} shares withheld by the issuer to cover taxes.",
    "The number of shares is net of {shares} shares that were withheld to pay withholding taxes.",
)
_NET_EXERCISE = (
    "Net exercise: {shares} shares were withheld by the issuer in payment of the exercise price and taxes.",
    "The option was exercised on a net basis; {shares} shares were withheld for the exercise price and taxes.",
)
_AT_VEST = (
    "Shares received upon the vesting of restricted stock units granted earlier.",
    "Represents shares issued on settlement of restricted stock units on the vesting date.",
)
_KINDS = (
    "Time-based units. {vesting}",
    "Performance-based units; the performance condition has been met. {vesting}",
    "Retention award. {vesting}",
)


def unit_grant(life: Life) -> Happening | None:
    """Restricted stock units: in Table II, in Table I, or in neither, as the filer has it."""
    rng, amount = life.rng, life.lot(300, 12_000)
    series = _units(life, amount)
    if "told-at-vest" in life.insider.habits.rare:
        life.insider.awards.append(series)
        return None
    if life.insider.habits.awards == "I":
        text = (("shares", series.vesting),) if rng.random() < 0.7 or life.cliff else ()
        life.insider.awards.append(series)
        moves = [life.move(life.insider.direct, amount, "A", ZERO, notes=text)]
    else:
        moves = [life.move(series_position(life, series, life.unit_title), amount, "A", ZERO)]
        if "twin-awards" in life.insider.habits.rare and not life.cliff:
            moves.append(_twin(life, series))
    return Happening("unit_grant", life.day, moves)


def _units(life: Life, amount: int) -> Series:
    start = life.day + timedelta(days=100 if life.cliff else 365)
    vesting = notes.unit_vesting(life.rng, amount, start)
    return Series(
        kind="rsu",
        exercise_price=None,
        exercisable_on=None,
        expires_on=None,
        vesting=vesting,
        meaning=notes.unit_meaning(life.rng),
        lots=[(trading_day(start), amount)] if life.cliff else _thirds(amount, life.day),
    )


def _twin(life: Life, first: Series) -> Move:
    """Another award on the same form under the same title; each says by a note what it is."""
    own = life.insider.chance("twin", life.day)
    amount = own.randrange(3, 90) * 50
    kind, other = own.sample(_KINDS, 2)
    start = years_after(life.day, 3)
    vesting = notes.unit_vesting(own, amount, start)
    lots = [(trading_day(start), amount)]
    second = replace(first, vesting=other.format(vesting=vesting), lots=lots)
    first.vesting = kind.format(vesting=first.vesting)
    return life.move(series_position(life, second, life.unit_title), amount, "A", ZERO)


def unit_vest(life: Life) -> Happening | None:
    """The next lot vests, and part of it is withheld for tax."""
    pool, rng = life.insider.direct, life.rng
    held = [(one.series, one) for one in life.insider.series if one.series]
    for series, position in [*held, *((series, None) for series in life.insider.awards)]:
        if series.kind != "rsu" or not series.lots or series.lots[0][0] > life.day:
            continue
        _, amount = series.lots.pop(0)
        at_vest = position is None and "told-at-vest" in life.insider.habits.rare
        if position is not None:
            amount = min(amount, int(position.balance))
        kept = amount * rng.randrange(220, 450) // 1000
        if not kept or (position is None and not at_vest and kept > pool.balance):
            continue
        text = (("shares", notes.tax(rng)),) if rng.random() < 0.7 else ()
        if position is None and not at_vest:
            moves = [life.move(pool, -kept, "F", life.company.price(life.day), notes=text)]
        else:
            moves = withheld(life, (amount, position), kept, ZERO, text)
        return Happening("unit_vest", life.day, moves, vested=0 if at_vest else amount)
    return None


def withheld(
    life: Life,
    source: tuple[int, Position | None],
    kept: int,
    price: Decimal | None,
    text: Noted = (),
) -> list[Move]:
    """Shares come from a derivative, or as an award without one, and some are kept back.

    By habit the rows give all that came and what was kept, in one row or in two, or only
    what is left.
    """
    pool, own = life.insider.direct, life.insider.chance("withheld", life.day)
    amount, position = source
    market, rare = life.company.price(life.day), life.insider.habits.rare
    code, came = ("M", ()) if position else ("A", (("shares", own.choice(_AT_VEST)),))
    net = kept and "net-of-tax" in rare
    if net:
        option = position is not None and position.series and position.series.exercise_price
        told = own.choice(_NET_EXERCISE if option else _NET).format(shares=f"{kept:,}")
        came, amount_in = (*came, ("shares", told)), amount - kept
    else:
        amount_in = amount
    moves = [life.move(pool, amount_in, code, price, notes=came)]
    if position is not None:
        moves.append(life.move(position, -amount, "M", ZERO))
    parts = [kept] if kept and not net else []
    if parts and "two-withholdings" in rare and kept > 20:
        first = kept * own.randrange(300, 700) // 1000
        parts = [first, kept - first]
    moves += [life.move(pool, -one, "F", market, notes=text) for one in parts]
    return moves


def series_position(life: Life, series: Series, title: str) -> Position:
    """A new, empty position for one grant."""
    insider = life.insider
    number = sum(series.kind in one.id for one in insider.positions) + 1
    position = Position(
        f"{insider.key}/II/{series.kind}/{number}", "II", title, "direct", "", series=series
    )
    insider.series.append(position)
    return position


def years_after(day: date, years: int) -> date:
    """The same day so many years later, or the 28th of its month."""
    return date(day.year + years, day.month, min(day.day, 28))


def _thirds(amount: int, granted: date) -> list[tuple[date, int]]:
    third = amount // 3
    parts = (third, third, amount - 2 * third)
    return [(trading_day(years_after(granted, i + 1)), part) for i, part in enumerate(parts)]
