"""What changes a balance without a row: plans, splits, changes of form, lapses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from random import Random

from tests.simulator import notes, plain_words
from tests.simulator.calendars import ONE_DAY
from tests.simulator.companies import CENT, Split, Succession
from tests.simulator.movements import Life
from tests.simulator.people import Number, Position, add_vehicle

_HALF_A_YEAR = Decimal(12_500)
"""Dollars of stock that a plan's member may buy in half a year (Internal Revenue Code,
Section 423(b)(8): 25,000 a year)."""

_A_QUARTER_PAID_IN = Decimal(18_000)
"""Dollars that are paid into a retirement plan for its member in a quarter, at most."""


def espp(life: Life) -> None:
    """The plan buys for its members: no row, now or ever."""
    insider, rng = life.insider, life.rng
    if not insider.espp_lot:
        return
    lot = min(insider.espp_lot, max(int(_HALF_A_YEAR / life.company.price(life.day)), 1))
    lots = [(life.day, lot)]
    earlier = life.day - timedelta(days=182)
    if rng.random() < 0.3:
        first = max(earlier, (insider.direct.printed_on or earlier) + ONE_DAY)
        lots = [(min(first, life.day), lot), *lots]
    note = notes.espp(rng, lots) if life.noted() else None
    own = insider.chance("espp", life.day)
    drawn = own.random()
    if "plan-told-whole" in insider.habits.rare and not life.company.splits:
        insider.from_plan += sum(amount for _, amount in lots)
        note = notes.all_from_plan(insider.chance("from-plan"), insider.from_plan)
    elif note and drawn < 0.15:
        note = notes.espp_unquantified(own)
    elif note and drawn < 0.25 and len(lots) == 1:
        note = notes.espp_in_dollars(own, lot, life.company.price(life.day), life.day)
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


def accruals(life: Life, own: Random) -> None:
    """A quarter's dividend buys a fraction of every holding, at one rate for all of them.

    The units of Table II are credited with dividend equivalents at the same rate.
    """
    rate = own.randrange(20, 110)
    pools = [one for one in life.insider.shares if "401" not in one.nature]
    units = [one for one in life.insider.series if one.series and one.series.kind == "rsu"]
    told = own.random() < 0.8
    for pool in [*pools, *units]:
        amount = Decimal(int(pool.balance * rate)) / 10_000
        if amount < 1:
            continue
        pool.silently(life.day, amount, "dividend-reinvestment", None)
        if told:
            _told_together(pool, own, _EQUIVALENTS if pool in units else None)


def _told_together(pool: Position, own: Random, wordings: tuple[str, ...] | None) -> None:
    """One note for all that dividends brought since the last form that shows the holding."""
    earned = [one for one in pool.pending if one.cause == "dividend-reinvestment"]
    total, last = sum(one.delta for one in earned), earned[-1]
    last.delta = total
    last.note = notes.dividends(own, total, last.on)
    if wordings:
        last.note = own.choice(wordings).format(shares=notes.count(total))
    pool.pending = [one for one in pool.pending if one not in earned[:-1]]


_EQUIVALENTS = (
    "Includes {shares} dividend equivalent rights accrued on the restricted stock units.",
    "Includes {shares} additional restricted stock units credited as dividend equivalents.",
)


def accrue(life: Life) -> None:
    """A retirement plan buys units week by week; a note dates the balance.

    Now and then its member takes units out instead, and the note says so without a number;
    more often it only says what units are worth, or that none may be transferred.
    """
    vehicle = life.insider.vehicle("401(k)")
    if vehicle is None:
        return
    amount = Decimal(life.rng.randrange(20_000, 900_000)) / 1000
    amount = min(amount, _A_QUARTER_PAID_IN // life.company.price(life.day))
    told = notes.plan_statement(life.rng, life.day)
    own = life.insider.chance("plan", life.day)
    drawn = own.random()
    if drawn < 0.1 and vehicle.balance > 1000:
        amount = -(vehicle.balance // own.choice((2, 3, 5)))
        told = f"{told} {notes.taken_from_plan(own)}"
    elif drawn < 0.4:
        told = f"{told} {notes.said_of_plan(own)}"
    vehicle.silently(life.day, amount, "plan-units", told)


def to_trust(life: Life) -> None:
    """Shares move from direct ownership into a vehicle: a change of form only."""
    insider, rng = life.insider, life.rng
    if insider.direct.balance < 4000 or insider.kind == "fund":
        return
    vehicle = insider.vehicle("Trust")
    if vehicle is None:
        vehicle = add_vehicle(insider, life.company.title, "By Family Trust")
    amount = life.lot(1000, int(insider.direct.balance) // 2 + 1)
    name = rng.choice(("a family trust", "the reporting person's revocable trust", "a trust"))
    out = notes.given_to_vehicle(rng, amount, name, life.day) if life.noted() else None
    into = notes.received_by_vehicle(rng, amount, life.day) if life.noted() else None
    own = insider.chance("to-trust", life.day)
    if out and into and own.random() < 0.15:
        out = into = notes.moved_unquantified(own)
    insider.direct.silently(life.day, -amount, "form-change", out)
    vehicle.silently(life.day, amount, "form-change", into)


def fund_grat(life: Life) -> None:
    """Shares move into a retained annuity trust."""
    insider = life.insider
    if insider.direct.balance < 10_000 or insider.kind == "fund":
        return
    vehicle = insider.vehicle("GRAT")
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
    vehicle = life.insider.vehicle("GRAT")
    if vehicle is None or vehicle.balance < 500:
        return
    amount = int(vehicle.balance) * life.rng.randrange(300, 600) // 1000
    out = notes.annuity(life.rng, amount, life.day, to_direct=False) if life.noted() else None
    into = notes.annuity(life.rng, amount, life.day, to_direct=True) if life.noted() else None
    vehicle.silently(life.day, -amount, "annuity-return", out)
    life.insider.direct.silently(life.day, amount, "annuity-return", into)


def distribute(life: Life) -> None:
    """A partnership hands shares to its partners; the others get the rest."""
    vehicle = life.insider.vehicle("Partnership")
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
    """Unvested shares go back to the issuer, or a merger's shares come, without a row."""
    pool = life.insider.direct
    if pool.balance < 3000 or life.insider.kind == "fund":
        return
    amount = life.lot(100, 1500)
    cause, note = "forfeiture", notes.forfeited(life.rng, amount)
    own = life.insider.chance("gain", life.day)
    if own.random() < 0.4:
        pool.silently(life.day, amount, "gain", plain_words.gain(own, int(amount), life.day))
        return
    own = life.insider.chance("loss", life.day)
    if own.random() < 0.5:
        cause, note = plain_words.loss(own, int(amount), life.day)
    pool.silently(life.day, -amount, cause, note)


def split(life: Life, one: Split) -> None:
    """A split reaches every position: shares multiply, exercise prices divide."""
    note = notes.split(life.rng, one.new, one.old, one.on) if life.rng.random() < 0.65 else None
    own = life.insider.chance("split", one.on)
    if note is not None and own.random() < 0.4:
        note = plain_words.split(own, one.new, one.old, one.on) or note
    for position in life.insider.positions:
        if not position.balance:
            continue
        gained = _multiplied(position.balance, one) - position.balance
        if "split-rows" in life.insider.habits.rare and position.table == "I" and gained > 0:
            said = (("code", notes.split(own, one.new, one.old, one.on)),)
            life.due.append(life.move(position, gained, "J", Decimal(0), on=one.on, notes=said))
        else:
            position.silently(one.on, gained, "split", note)
    _rebase(life, one)


def _rebase(life: Life, one: Split) -> None:
    """Exercise prices divide, and lots to come multiply."""
    ratio = one.ratio
    granted = [position.series for position in life.insider.series if position.series]
    for series in [*granted, *life.insider.awards]:
        if series.exercise_price is not None:
            exact = series.exercise_price * ratio.denominator / ratio.numerator
            series.exercise_price = exact.quantize(CENT)
        series.lots = [(on, int(_multiplied(amount, one))) for on, amount in series.lots]
    life.insider.espp_lot = int(_multiplied(life.insider.espp_lot, one))


def succeed(life: Life, one: Succession) -> None:
    """Another issuer takes the company's place, and every holding carries over to it."""
    own = life.insider.chance("succession")
    told = notes.succession(own, life.company.name, one.issuer.name, (one.new, one.old), one.on)
    note = told if own.random() < 0.5 else None
    ratio = Split(one.on, one.new, one.old)
    for position in life.insider.positions:
        if position.balance:
            after = _multiplied(position.balance, ratio) if one.new != one.old else position.balance
            position.silently(one.on, after - position.balance, "succession", note)
    if one.new != one.old:
        _rebase(life, ratio)
    life.company = one.issuer


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


SILENT: dict[str, tuple[Callable[[Life], None], int]] = {
    "espp": (espp, 30),
    "reinvest": (reinvest, 22),
    "accrue": (accrue, 10),
    "to_trust": (to_trust, 9),
    "fund_grat": (fund_grat, 5),
    "annuity": (annuity, 12),
    "distribute": (distribute, 10),
    "divorce": (divorce, 2),
    "forfeit": (forfeit, 3),
}
"""Episodes that no row reports, with their weight."""
