"""What happens to an insider's holdings: one episode at a time, on the true balances.

An episode either returns a `Happening`, whose moves stand on rows of a form, or None
when it was silent: then a position has changed and only a later total will show it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Literal

from tests.simulator import notes
from tests.simulator.calendars import business_days_after, trading_day
from tests.simulator.companies import CENT, Company, Split
from tests.simulator.people import Insider, Number, Position, Series, add_vehicle

Noted = tuple[tuple[str, str], ...]

ZERO = Decimal(0)


@dataclass(slots=True, eq=False)
class Move:
    """One movement that a row reports, with the balances right after it.

    `after` is the position's own balance; `class_after` adds every pool of the stock,
    `title_after` every series of the same title. `notes` are (field, text) pairs.
    """

    position: Position
    on: date
    delta: Number
    code: str
    price: Decimal | None
    after: Number
    class_after: Number
    title_after: Number
    notes: Noted = ()
    form_type: str = "4"


@dataclass(slots=True)
class Happening:
    """Moves that belong on one form."""

    kind: str
    on: date
    moves: list[Move]
    form: Literal["4", "5"] = "4"
    exits: bool = False
    remarks: str | None = None
    plan: bool = False


@dataclass(slots=True)
class Life:
    """One insider at one company, on the day the simulation has reached."""

    company: Company
    insider: Insider
    rng: Random
    day: date
    option_title: str = "Employee Stock Option (right to buy)"
    unit_title: str = "Restricted Stock Units"
    standing_note: str = ""

    def move(
        self,
        position: Position,
        delta: Number,
        code: str,
        price: Decimal | None,
        *,
        on: date | None = None,
        notes: Noted = (),
        form_type: str = "4",
    ) -> Move:
        """Apply a movement to the true balance and describe it."""
        on = on or self.day
        after = position.move(on, delta)
        insider = self.insider
        class_after = title_after = after
        if position.table == "I" and insider.vehicles:
            class_after = sum(pool.balance for pool in insider.shares)
        elif position.series is not None and insider.habits.series_total == "title":
            title_after = sum(one.balance for one in insider.series if one.title == position.title)
        return Move(
            position, on, delta, code, price, after, class_after, title_after, notes, form_type
        )

    def noted(self) -> bool:
        """Whether the filer tells of this silent change in a footnote."""
        return self.rng.randrange(100) < self.insider.habits.noted

    def lot(self, low: int, high: int) -> int:
        """A number of shares as people trade them: round most of the time."""
        amount = self.rng.randrange(low, high)
        unit = self.rng.choice((1, 100, 100, 100, 500, 1000))
        return max(amount // unit * unit, unit if unit <= high else 1)

    def option_on(self) -> Position | None:
        """An option that can be exercised today."""
        return next(
            (
                one
                for one in self.insider.series
                if one.series
                and one.series.kind == "option"
                and one.balance >= 400
                and (one.series.exercisable_on or self.day) <= self.day
                and (one.series.expires_on or self.day) > self.day
            ),
            None,
        )


def buy(life: Life) -> Happening | None:
    """One to three purchases in the market on one day."""
    rng, price = life.rng, life.company.price(life.day)
    where = life.insider.direct
    if life.insider.vehicles and rng.random() < 0.25:
        where = rng.choice(life.insider.vehicles)
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
    for number in range(lots):
        if number == second:
            day = business_days_after(day, 1)
            price = life.company.price(day)
        price = max(price + CENT * rng.randrange(-35, 36), CENT)
        most = max(int(pool.balance) // (lots + 2), 2)
        amount = min(life.lot(most // 3 + 1, most + 1), int(pool.balance))
        text: Noted = ()
        if rng.random() < 0.25:
            spread = CENT * rng.randrange(5, 50)
            text = (("price", notes.price_range(rng, price - spread, price + spread)),)
        if amount:
            moves.append(life.move(pool, -amount, "S", price, on=day, notes=text))
    return moves


def many_sales(life: Life) -> Happening | None:
    """More lots on one day than one form has rows."""
    if life.insider.direct.balance < 40_000:
        return None
    moves = _sales(life, life.insider.direct, life.rng.randrange(31, 44), life.day)
    return Happening("many_sales", life.day, moves)


def gift(life: Life) -> Happening | None:
    """A gift to charity: on a Form 4, early or due, or on the year's Form 5."""
    pool, rng = life.insider.direct, life.rng
    if pool.balance < 1500:
        return None
    deferrable = life.day < date(2023, 2, 27)
    amount = min(life.lot(50, 1200), int(pool.balance) // 2)
    on_five = deferrable and life.day.month in (10, 11, 12) and life.company.fiscal_month == 12
    text = (("price", notes.gift(rng)),) if rng.random() < 0.6 else ()
    move = life.move(pool, -amount, "G", ZERO, notes=text, form_type="5" if deferrable else "4")
    return Happening("gift", life.day, [move], form="5" if on_five else "4")


def small_purchase(life: Life) -> Happening | None:
    """A purchase of no more than 10,000 dollars that waits for the Form 5 (Rule 16a-6)."""
    if life.day.month < 10 or life.company.fiscal_month != 12:
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
        _years_after(life.day, 10),
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
    moves = [
        life.move(pool, amount, "M", strike),
        life.move(position, -amount, "M", ZERO),
    ]
    end = rng.random()
    if end < 0.5:
        moves += _sale_of(life, pool, amount, rng.choice((1, 1, 2, 4)))
    elif end < 0.7:
        withheld = amount * rng.randrange(300, 700) // 1000
        moves.append(life.move(pool, -withheld, "F", life.company.price(life.day)))
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


def unit_grant(life: Life) -> Happening | None:
    """Restricted stock units: in Table II, or in Table I, as the filer has it."""
    rng, amount = life.rng, life.lot(300, 12_000)
    start = life.day + timedelta(days=365)
    vesting = notes.unit_vesting(rng, amount, start)
    meaning = notes.unit_meaning(rng)
    series = Series("rsu", None, None, None, vesting, meaning, _thirds(amount, life.day))
    if life.insider.habits.awards == "I":
        text = (("shares", vesting),) if rng.random() < 0.7 else ()
        life.insider.awards.append(series)
        move = life.move(life.insider.direct, amount, "A", ZERO, notes=text)
    else:
        move = life.move(series_position(life, series, life.unit_title), amount, "A", ZERO)
    return Happening("unit_grant", life.day, [move])


def unit_vest(life: Life) -> Happening | None:
    """The next lot vests, and part of it is withheld for tax."""
    pool, rng = life.insider.direct, life.rng
    held = [(one.series, one) for one in life.insider.series if one.series]
    for series, position in [*held, *((series, None) for series in life.insider.awards)]:
        if series.kind != "rsu" or not series.lots or series.lots[0][0] > life.day:
            continue
        _, amount = series.lots.pop(0)
        if position is not None:
            amount = min(amount, int(position.balance))
        withheld = amount * rng.randrange(220, 450) // 1000
        if not withheld or (position is None and withheld > pool.balance):
            continue
        moves = []
        if position is not None:
            moves = [life.move(pool, amount, "M", ZERO), life.move(position, -amount, "M", ZERO)]
        text = (("shares", notes.tax(rng)),) if rng.random() < 0.7 else ()
        price = life.company.price(life.day)
        moves.append(life.move(pool, -withheld, "F", price, notes=text))
        return Happening("unit_vest", life.day, moves)
    return None


def espp(life: Life) -> None:
    """The plan buys for its members: no row, now or ever."""
    insider, rng = life.insider, life.rng
    if not insider.espp_lot:
        return
    lots = [(life.day, insider.espp_lot)]
    if rng.random() < 0.3:
        lots = [(life.day - timedelta(days=2), insider.espp_lot), *lots]
        lots[0] = (max(lots[0][0], insider.direct.printed_on or lots[0][0]), insider.espp_lot)
    note = notes.espp(rng, lots) if life.noted() else None
    insider.direct.silently(life.day, sum(amount for _, amount in lots), "espp", note)


def reinvest(life: Life) -> None:
    """Dividends buy a fraction of the balance."""
    pool, rng = life.insider.direct, life.rng
    if not life.company.reinvests or pool.balance < 1000:
        return
    amount: Number = int(pool.balance) * rng.randrange(3, 12) // 1000
    if rng.random() < 0.3:
        amount += Decimal(rng.randrange(1, 10000)) / 10000
    note = None
    if amount and life.noted():
        note = notes.dividends(rng, amount, life.day)
    if amount:
        pool.silently(life.day, amount, "dividend-reinvestment", note)


def to_trust(life: Life) -> None:
    """Shares move from direct ownership into a vehicle: a change of form only."""
    insider, rng = life.insider, life.rng
    if insider.direct.balance < 4000 or insider.kind == "fund":
        return
    vehicle = next((one for one in insider.vehicles if "Trust" in one.nature), None)
    if vehicle is None:
        vehicle = add_vehicle(insider, life.company.title, "By Family Trust")
    amount = life.lot(1000, int(insider.direct.balance) // 2 + 1)
    name = rng.choice(("a family trust", "the reporting person's revocable trust", "a trust"))
    out = notes.given_to_vehicle(rng, amount, name, life.day) if life.noted() else None
    into = notes.received_by_vehicle(rng, amount, life.day) if life.noted() else None
    insider.direct.silently(life.day, -amount, "form-change", out)
    vehicle.silently(life.day, amount, "form-change", into)


def fund_grat(life: Life) -> None:
    """Shares move into a retained annuity trust."""
    insider = life.insider
    if insider.direct.balance < 10_000 or insider.kind == "fund":
        return
    vehicle = next((one for one in insider.vehicles if "GRAT" in one.nature), None)
    if vehicle is None:
        vehicle = add_vehicle(
            insider, life.company.title, life.rng.choice(("By GRAT", "By 2-Year GRAT"))
        )
    amount = int(insider.direct.balance) // life.rng.choice((3, 4, 5)) // 100 * 100
    name = "a grantor retained annuity trust"
    out = notes.given_to_vehicle(life.rng, amount, name, life.day) if life.noted() else None
    into = notes.received_by_vehicle(life.rng, amount, life.day) if life.noted() else None
    insider.direct.silently(life.day, -amount, "form-change", out)
    vehicle.silently(life.day, amount, "form-change", into)


def annuity(life: Life) -> None:
    """The annuity trust pays in shares."""
    vehicle = next((one for one in life.insider.vehicles if "GRAT" in one.nature), None)
    if vehicle is None or vehicle.balance < 500:
        return
    amount = int(vehicle.balance) * life.rng.randrange(300, 600) // 1000
    out = notes.annuity(life.rng, amount, life.day, to_direct=False) if life.noted() else None
    into = notes.annuity(life.rng, amount, life.day, to_direct=True) if life.noted() else None
    vehicle.silently(life.day, -amount, "annuity-return", out)
    life.insider.direct.silently(life.day, amount, "annuity-return", into)


def distribute(life: Life) -> None:
    """A partnership hands shares to its partners; the others get the rest."""
    vehicle = next((one for one in life.insider.vehicles if "Partnership" in one.nature), None)
    if vehicle is None or vehicle.balance < 2000:
        return
    given = int(vehicle.balance) // life.rng.choice((2, 3, 4))
    received = given * life.rng.randrange(400, 1000) // 1000
    source = vehicle.nature.removeprefix("By ")
    rng, into, out = life.rng, None, None
    if life.noted():
        into = notes.distribution_received(rng, received, f"the {source}", life.day)
    if life.noted():
        out = notes.distribution_made(rng, given, life.day)
    vehicle.silently(life.day, -given, "distribution", out)
    life.insider.direct.silently(life.day, received, "distribution", into)


def divorce(life: Life) -> None:
    """A court orders shares to a former spouse."""
    pool = life.insider.direct
    if pool.balance < 4000 or life.insider.kind == "fund":
        return
    amount = int(pool.balance) // 2 if life.rng.random() < 0.5 else int(pool.balance) // 4
    pool.silently(life.day, -amount, "court-transfer", notes.court(life.rng, amount))


def forfeit(life: Life) -> None:
    """Unvested shares go back to the issuer without a row."""
    pool = life.insider.direct
    if pool.balance < 3000 or life.insider.kind == "fund":
        return
    amount = life.lot(100, 1500)
    pool.silently(life.day, -amount, "forfeiture", notes.forfeited(life.rng, amount))


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


def trust_rows(life: Life) -> Happening | None:
    """A transfer to one's own trust, reported as two mirrored gift rows."""
    insider = life.insider
    vehicle = next((one for one in insider.vehicles if "Trust" in one.nature), None)
    if vehicle is None or insider.direct.balance < 3000:
        return None
    amount = life.lot(500, int(insider.direct.balance) // 2)
    form_type = "5" if life.day < date(2023, 2, 27) else "4"
    moves = [
        life.move(insider.direct, -amount, "G", ZERO, form_type=form_type),
        life.move(vehicle, amount, "G", ZERO, form_type=form_type),
    ]
    return Happening("trust_rows", life.day, moves)


def split(life: Life, one: Split) -> None:
    """A split reaches every position: shares multiply, exercise prices divide."""
    ratio = one.ratio
    note = notes.split(life.rng, one.new, one.old, one.on) if life.rng.random() < 0.65 else None
    for position in life.insider.positions:
        if position.balance:
            after = _multiplied(position.balance, one)
            position.silently(one.on, after - position.balance, "split", note)
    granted = [position.series for position in life.insider.series if position.series]
    for series in [*granted, *life.insider.awards]:
        if series.exercise_price is not None:
            exact = series.exercise_price * ratio.denominator / ratio.numerator
            series.exercise_price = exact.quantize(CENT)
        series.lots = [(on, int(_multiplied(amount, one))) for on, amount in series.lots]
    life.insider.espp_lot = int(_multiplied(life.insider.espp_lot, one))


def lapse(life: Life) -> None:
    """Options past their last day are gone; nothing is reported (Rule 16a-4(d))."""
    for position in list(life.insider.series):
        series = position.series
        if series and series.expires_on and series.expires_on <= life.day:
            if position.balance:
                position.move(series.expires_on, -position.balance)
            life.insider.series.remove(position)
            life.insider.closed.append(position)


def _multiplied(amount: Number, one: Split) -> Number:
    return int(amount) * one.new // one.old


def _thirds(amount: int, granted: date) -> list[tuple[date, int]]:
    third = amount // 3
    parts = (third, third, amount - 2 * third)
    return [(trading_day(_years_after(granted, i + 1)), part) for i, part in enumerate(parts)]


def _years_after(day: date, years: int) -> date:
    return date(day.year + years, day.month, min(day.day, 28))


def series_position(life: Life, series: Series, title: str) -> Position:
    """A new, empty position for one grant."""
    insider = life.insider
    number = sum(one.table == "II" for one in insider.positions) + 1
    position = Position(
        f"{insider.key}/II/{series.kind}/{number}", "II", title, "direct", "", series=series
    )
    insider.series.append(position)
    return position


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
    "trust_rows": (trust_rows, 2),
    "fund_distribution": (fund_distribution, 6),
    "many_sales": (many_sales, 1),
}
"""Episodes that a form reports, with their weight among a person's."""

SILENT: dict[str, tuple[Callable[[Life], None], int]] = {
    "espp": (espp, 30),
    "reinvest": (reinvest, 22),
    "to_trust": (to_trust, 9),
    "fund_grat": (fund_grat, 5),
    "annuity": (annuity, 12),
    "distribute": (distribute, 10),
    "divorce": (divorce, 2),
    "forfeit": (forfeit, 3),
}
"""Episodes that no row reports, with their weight."""

FUND = ("sell", "buy", "fund_distribution", "many_sales")
"""What happens to a fund."""
