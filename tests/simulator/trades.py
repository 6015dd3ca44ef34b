"""What an insider does that a row of some form reports, on the true balances."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.simulator import notes
from tests.simulator.awards import series_position, unit_grant, unit_vest, withheld, years_after
from tests.simulator.calendars import business_days_after
from tests.simulator.companies import CENT
from tests.simulator.movements import ZERO, Happening, Life, Move, Noted
from tests.simulator.people import Position, Series


def buy(life: Life) -> Happening | None:
    """One to three purchases in the market on one day."""
    rng, price = life.rng, life.company.price(life.day)
    where = life.insider.direct
    if life.insider.going_on and rng.random() < 0.25:
        where = rng.choice(life.insider.going_on)
    moves = []
    for _ in range(rng.choice((1, 1, 2, 3))):
        price += CENT * rng.randrange(-40, 40)
        moves.append(life.move(where, life.lot(100, 6000), "P", max(price, CENT)))
    return Happening("buy", life.day, moves)


def sell(life: Life, *, most: int = 6) -> Happening | None:
    """Sales in the market, in one lot or several, sometimes on two days."""
    rng = life.rng
    pools = [pool for pool in life.insider.shares if pool.balance >= 2000]
    if not pools:
        return None
    pool = pools[0] if rng.random() < 0.7 else rng.choice(pools)
    return Happening("sell", life.day, _sales(life, pool, rng.choice((1, 1, 1, 2, 3, most))))


def _sales(life: Life, pool: Position, lots: int, on: date | None = None) -> list[Move]:
    rng, day = life.rng, on or life.day
    price, moves = life.company.price(day), []
    second = rng.randrange(1, lots) if lots > 2 and on is None and rng.random() < 0.3 else lots
    planned = notes.plan(rng, life.day - timedelta(days=120)) if rng.random() < 0.15 else None
    for number in range(lots):
        if number == second:
            day = business_days_after(day, 1)
            price = life.company.price(day)
        price = max(price + CENT * rng.randrange(-35, 36), CENT)
        most = max(int(pool.balance) // (lots + 2), 2)
        amount = min(life.lot(most // 3 + 1, most + 1), int(pool.balance))
        text: Noted = ()
        if rng.random() < 0.12:
            spread = CENT * rng.randrange(5, 50)
            text = (("price", notes.price_range(rng, price - spread, price + spread)),)
        if planned:
            text += (("code", planned),)
        if amount:
            moves.append(life.move(pool, -amount, "S", price, on=day, notes=text))
    return moves


def many_sales(life: Life) -> Happening | None:
    """More lots on one day than one form has rows."""
    if life.insider.direct.balance < 40_000:
        return None
    moves = _sales(life, life.insider.direct, life.rng.randrange(31, 44), life.day)
    return Happening("many_sales", life.day, moves)


def twin_buys(life: Life) -> Happening | None:
    """Two equal purchases at one price on one day, each on a form of its own."""
    if life.insider.habits.convention not in ("running", "reversed", "date-final"):
        return None
    price, amount = life.company.price(life.day), life.lot(200, 3000)
    moves = [life.move(life.insider.direct, amount, "P", price) for _ in range(2)]
    return Happening("twin_buys", life.day, moves, apart=True)


def convert(life: Life) -> Happening | None:
    """Shares of another class become common stock, and may be sold at once."""
    position = next((one for one in life.insider.series if one.id.endswith("class-b/1")), None)
    if position is None or position.balance < 2000:
        return None
    amount = int(position.balance) // life.rng.choice((2, 3, 5)) // 100 * 100
    pool = life.insider.direct
    moves = [life.move(pool, amount, "C", ZERO), life.move(position, -amount, "C", ZERO)]
    if life.rng.random() < 0.6:
        moves += _sale_of(life, pool, amount, life.rng.choice((1, 2, 3)))
    return Happening("convert", life.day, moves)


def gift(life: Life) -> Happening | None:
    """A gift to charity: on a Form 4, early or due, or on the year's Form 5."""
    pool, rng = life.insider.direct, life.rng
    if pool.balance < 1500:
        return None
    deferrable = life.day < date(2023, 2, 27)
    amount = min(life.lot(50, 1200), int(pool.balance) // 2)
    on_five = deferrable and _waits_for_form_5(life)
    text = (("price", notes.gift(rng)),) if rng.random() < 0.6 else ()
    move = life.move(pool, -amount, "G", ZERO, notes=text, form_type="5" if deferrable else "4")
    return Happening("gift", life.day, [move], form="5" if on_five else "4")


def _waits_for_form_5(life: Life) -> bool:
    """Whether nothing else comes between the day and the year's Form 5."""
    late = life.day.month in (10, 11, 12) and life.company.fiscal_month == 12
    return late and not life.splits_between(life.day, life.day + timedelta(days=140))


def small_purchase(life: Life) -> Happening | None:
    """A purchase of no more than 10,000 dollars that waits for the Form 5 (Rule 16a-6)."""
    if not _waits_for_form_5(life):
        return None
    price = life.company.price(life.day)
    most = min(int(Decimal(9000) / price), 400)
    if most < 2:
        return None
    amount = life.rng.randrange(1, most)
    move = life.move(life.insider.direct, amount, "L", price, form_type="5")
    return Happening("small_purchase", life.day, [move], form="5")


def option_grant(life: Life) -> Happening | None:
    """Stock options at the market price, for ten years."""
    rng = life.rng
    start = life.day + timedelta(days=365)
    series = Series(
        "option",
        life.company.price(life.day),
        start if rng.random() < 0.5 else None,
        years_after(life.day, 10),
        notes.option_vesting(rng, start),
    )
    position = series_position(life, series, life.option_title)
    move = life.move(position, life.lot(2000, 60_000), "A", ZERO)
    return Happening("option_grant", life.day, [move])


def option_exercise(life: Life) -> Happening | None:
    """An exercise in both tables; then the shares are sold, partly withheld, or kept."""
    position = life.option_on()
    if position is None or position.series is None:
        return None
    rng, pool = life.rng, life.insider.direct
    held = int(position.balance)
    amount = held if rng.random() < 0.3 else max(held // rng.choice((2, 3, 4, 8)) // 100 * 100, 100)
    strike = position.series.exercise_price
    end = rng.random()
    kept = amount * rng.randrange(300, 700) // 1000 if 0.5 <= end < 0.7 else 0
    moves = withheld(life, (amount, position), kept, strike)
    if end < 0.5:
        moves += _sale_of(life, pool, amount, rng.choice((1, 1, 2, 4)))
    return Happening("option_exercise", life.day, moves)


def _sale_of(life: Life, pool: Position, amount: int, lots: int) -> list[Move]:
    price, moves, left = life.company.price(life.day), [], amount
    for number in range(lots, 0, -1):
        part = (
            left if number == 1 else min(max(left // number + life.rng.randrange(-50, 50), 1), left)
        )
        left -= part
        price = max(price + CENT * life.rng.randrange(-20, 30), CENT)
        if part:
            moves.append(life.move(pool, -part, "S", price))
    return moves


def fund_distribution(life: Life) -> Happening | None:
    """A fund hands shares to its limited partners: a J row with its note."""
    pool = life.insider.direct
    if life.insider.kind != "fund" or pool.balance < 10_000:
        return None
    amount = int(pool.balance) // life.rng.choice((4, 5, 8))
    text = (("code", notes.fund_distribution(life.rng)),)
    return Happening(
        "fund_distribution", life.day, [life.move(pool, -amount, "J", ZERO, notes=text)]
    )


def nothing(life: Life, own: Random) -> Happening:
    """A row of no shares, which stands there because a form must have one."""
    text = "No transactions took place; this form shows what is held."
    told = (("shares", text),) if own.random() < 0.5 else ()
    move = life.move(life.insider.direct, 0, own.choice("JAP"), ZERO, notes=told)
    return Happening("nothing", life.day, [move])


def trust_rows(life: Life) -> Happening | None:
    """A transfer to one's own trust, reported as two mirrored gift rows."""
    insider = life.insider
    vehicle = insider.vehicle("Trust")
    if vehicle is None or insider.direct.balance < 3000:
        return None
    amount = life.lot(500, int(insider.direct.balance) // 2)
    form_type = "5" if life.day < date(2023, 2, 27) else "4"
    moves = [
        life.move(insider.direct, -amount, "G", ZERO, form_type=form_type),
        life.move(vehicle, amount, "G", ZERO, form_type=form_type),
    ]
    return Happening("trust_rows", life.day, moves)


Episode = Callable[[Life], Happening | None]

REPORTED: dict[str, tuple[Episode, int]] = {
    "sell": (sell, 22),
    "buy": (buy, 14),
    "option_exercise": (option_exercise, 16),
    "option_grant": (option_grant, 9),
    "unit_grant": (unit_grant, 10),
    "unit_vest": (unit_vest, 18),
    "gift": (gift, 9),
    "small_purchase": (small_purchase, 4),
    "convert": (convert, 8),
    "twin_buys": (twin_buys, 1),
    "trust_rows": (trust_rows, 2),
    "fund_distribution": (fund_distribution, 6),
    "many_sales": (many_sales, 1),
}
"""Episodes that a form reports, with their weight among a person's."""

FUND = ("sell", "buy", "twin_buys", "fund_distribution", "many_sales")
"""What happens to a fund."""
