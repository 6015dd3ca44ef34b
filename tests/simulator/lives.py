"""How an insider's years run: what is owned at the start, and what happens, when."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from tests.simulator import notes
from tests.simulator.amendments import amended
from tests.simulator.calendars import business_days_after, trading_day
from tests.simulator.companies import CENT, Company
from tests.simulator.movements import Happening, Life
from tests.simulator.otherwise import form_by_form
from tests.simulator.people import Insider, Series, Silent, add_vehicle
from tests.simulator.reports import Draft, first_report, report
from tests.simulator.silences import SILENT, accruals, lapse, split, succeed
from tests.simulator.trades import FUND, REPORTED, nothing, sell, series_position
from tests.simulator.vehicles import NEEDED, TURNS

_VEHICLES = (
    "By Spouse",
    "By Trust",
    "By Family Trust",
    "By Wexcombe Family Partnership",
    "By Family Limited Partnership",
    "By IRA",
    "By 401(k) Plan",
    "By GRAT",
)
_OPTION_TITLES = (
    "Employee Stock Option (right to buy)",
    "Stock Option (Right to Buy)",
    "Option to Purchase Common Stock",
)


def begin(rng: Random, firm: Company, person: Insider, setup: tuple[str, ...] = ()) -> Life:
    """The insider on the day the Form 3 is for, with holdings by chance and as `setup` asks."""
    start = trading_day(firm.founded + timedelta(days=rng.randrange(0, 200)))
    life = Life(firm, person, rng, start, cliff="cliff" in setup)
    life.splits_done = sum(one.on <= start for one in firm.splits)
    if "plan" in setup:
        person.espp_lot = person.espp_lot or 500
    _boilerplate(life)
    life.option_title = rng.choice(_OPTION_TITLES)
    life.unit_title = rng.choice(("Restricted Stock Units", "Restricted Stock Unit", "RSUs"))
    if person.kind == "fund":
        fund, manager, partner = (owner.name or "" for owner in person.owners)
        life.standing_note = notes.held_by_fund(rng, fund, manager, partner)
        person.direct.move(start, rng.randrange(200, 9000) * 1000)
        if rng.random() < 0.4:
            person.direct.ownership, person.direct.nature = "indirect", "See footnote"
        return life
    person.direct.move(start, 0 if rng.random() < 0.1 else rng.randrange(300, 250_000))
    least = 2 if "two-vehicles" in setup else int("vehicle" in setup)
    count = max(rng.choice((0, 0, 1, 1, 2)), least)
    for nature in rng.sample(_VEHICLES, count):
        add_vehicle(person, firm.title, nature).move(start, rng.randrange(500, 90_000))
    if "trust" in setup and not person.vehicle("Trust"):
        add_vehicle(person, firm.title, "By Trust").move(start, rng.randrange(900, 90_000))
    if "retirement" in setup and not person.vehicle("401(k)"):
        plan = add_vehicle(person, firm.title, "By 401(k) Plan")
        plan.move(start, rng.randrange(500, 9_000))
    life.silent = "silence" in setup
    _needed_vehicles(life)
    _older_awards(life, setup)
    return life


def _needed_vehicles(life: Life) -> None:
    """The vehicles without which a rare habit would have nothing to be about."""
    person = life.insider
    for habit in sorted(person.habits.rare & NEEDED.keys()):
        own = person.chance(habit)
        least = 2 if habit == "vehicles-merged" else 1
        for nature in own.sample(NEEDED[habit], len(NEEDED[habit])):
            full = sum(one.nature in NEEDED[habit] for one in person.vehicles)
            if full < least and all(one.nature != nature for one in person.vehicles):
                vehicle = add_vehicle(person, life.company.title, nature)
                vehicle.move(life.day, own.randrange(500, 90_000))


def _boilerplate(life: Life) -> None:
    """Some members of a plan carry a note about it under every total."""
    person, plan = life.insider, life.insider.espp_lot or life.company.reinvests
    own = person.chance("boilerplate")
    if person.kind == "person" and plan and own.random() < 0.15:
        person.habits.boilerplate = notes.boilerplate(own, espp=bool(person.espp_lot))


def lived(
    life: Life, count: int, gap: int, must: tuple[str, ...], *, opened: bool = False
) -> list[Draft]:
    """A Form 3 (nearly always), then so many reported happenings, `must` among them."""
    rng = life.rng
    first = first_report(life)
    drafts = [first] if opened or rng.random() > 0.2 else []
    life.day = first.filed_on
    wanted = dict(zip(sorted(rng.sample(range(1, count), len(must))), must, strict=True))
    leaves = rng.random() < 0.06
    for turn in range(count):
        _advance(life, 800 if life.silent and turn == count // 2 else gap)
        # What a note says of an earlier day is in the shares of that day, so nothing is
        # left to be told across a split.
        calm = not life.splits_between(life.day, life.day + timedelta(days=200))
        if rng.random() < 0.3 and calm and life.insider.kind == "person":
            silent = rng.choices(list(SILENT), [weight for _, weight in SILENT.values()])[0]
            SILENT[silent][0](life)
            _advance(life, gap // 3)
        if calm and life.insider.kind == "person":
            drafts += _live_rarely(life, turn, count)
        if rng.random() < 0.005 and turn not in wanted and calm:
            drafts += _told_late(life, gap)
            continue
        happening = _next(life, wanted.get(turn))
        if happening is None:
            continue
        happening.exits = leaves and turn == count - 1 and happening.form == "4"
        late = rng.choice((3, 5, 12)) if rng.random() < 0.03 and happening.form == "4" else 0
        drafts += report(life, happening, days_late=late)
        calm = not life.splits_between(life.day, life.day + timedelta(days=12))
        correction = amended(life, drafts[-1]) if calm and rng.random() < 0.03 else None
        drafts += [correction] if correction else []
    if "co-filers-in-turn" in life.insider.habits.rare:
        _take_turns(life.insider, drafts)
    return form_by_form(drafts) if "form-for-each" in life.insider.habits.rare else drafts


def _live_rarely(life: Life, turn: int, count: int) -> list[Draft]:
    """What a filer's rare habits bring before a form, and the form that moves nothing."""
    insider, drafts = life.insider, []
    for habit in sorted(insider.habits.rare):
        own = insider.chance(habit, life.day)
        once = turn == insider.chance(habit).randrange(1, count)
        if habit in TURNS and once:
            TURNS[habit](life, own)
        elif habit == "small-accruals" and own.random() < 0.7:
            accruals(life, own)
        elif habit == "zero-rows" and once:
            drafts += report(life, nothing(life, own))
            life.day = business_days_after(life.day, 1)
    return drafts


def _take_turns(insider: Insider, drafts: list[Draft]) -> None:
    """The owners in another order on every form; now and then one of several is left out."""
    for draft in drafts:
        own = insider.chance("order", draft.accepted_at)
        owners = own.sample(insider.owners, len(insider.owners))
        left_out = len(owners) > 2 and own.random() < 0.2
        draft.owners = tuple(owners[:-1] if left_out else owners)
        if left_out and own.random() < 0.5:
            signed = zip(insider.owners, insider.signers, strict=True)
            draft.signers = tuple(name for owner, name in signed if owner is not owners[-1])


def _older_awards(life: Life, setup: tuple[str, ...]) -> None:
    """What was granted before the person became an insider."""
    rng, insider = life.rng, life.insider
    if {"option", "units", "short-option"} & set(setup):
        insider.officer = True
    if not insider.officer:
        return
    terms = [rng.choice((300, 700, 1500, 2500)) for _ in range(rng.choice((0, 1, 1, 2)))]
    terms += [2500] * ("option" in setup) + [250] * ("short-option" in setup)
    for left in terms:
        _older_option(life, left)
    if "units" in setup or (rng.random() < 0.3 and not life.cliff):
        _older_units(life)
    if "Class A" in life.company.title and rng.random() < 0.6:
        text = notes.convertible(rng)
        series = Series(
            kind="class-b",
            exercise_price=None,
            exercisable_on=None,
            expires_on=None,
            vesting=text,
            meaning=text,
        )
        position = series_position(life, series, "Class B Common Stock")
        position.move(life.day, rng.randrange(200, 4000) * 100)


def _older_option(life: Life, left: int) -> None:
    rng = life.rng
    strike = life.company.price(life.day) * rng.randrange(30, 90) / 100
    series = Series(
        "option",
        max(strike.quantize(CENT), CENT),
        life.day - timedelta(days=rng.randrange(1, 500)),
        life.day + timedelta(days=left),
        "Fully vested.",
    )
    position = series_position(life, series, life.option_title)
    position.move(life.day, rng.randrange(20, 400) * 100)


def _older_units(life: Life) -> None:
    rng, insider = life.rng, life.insider
    amount = rng.randrange(300, 9000)
    first = trading_day(life.day + timedelta(days=rng.randrange(40, 120)))
    later = trading_day(first + timedelta(days=365))
    lots = [(first, amount // 2), (later, amount - amount // 2)]
    text = notes.unit_vesting(rng, amount, first)
    series = Series(
        kind="rsu",
        exercise_price=None,
        exercisable_on=None,
        expires_on=None,
        vesting=text,
        meaning=notes.unit_meaning(rng),
        lots=lots,
    )
    if "told-at-vest" in insider.habits.rare:
        insider.awards.append(series)
    elif insider.habits.awards == "I":
        insider.awards.append(series)
        insider.direct.move(life.day, amount)
    else:
        series_position(life, series, life.unit_title).move(life.day, amount)


def _told_late(life: Life, gap: int) -> list[Draft]:
    """A sale that is only reported after the next form, whose total already had it.

    The late row's total is either what was owned right after the sale, or what is owned
    when it is filed.
    """
    pool, forgotten = life.insider.direct, sell(life, most=1)
    habitual = life.insider.habits.convention in ("running", "final", "date-final")
    if forgotten is None or len(forgotten.moves) != 1 or not habitual:
        return report(life, forgotten) if forgotten and forgotten.moves else []
    move = forgotten.moves[0]
    if move.position is not pool:
        return report(life, forgotten)
    silent = Silent("reported-later", move.delta, move.on, None)
    pool.pending.append(silent)
    _advance(life, min(gap, 40))
    following = _next(life, None)
    drafts = report(life, following) if following else []
    before = pool.balance
    if silent in pool.pending:
        pool.pending.remove(silent)
        before = move.after - move.delta
    drafts += report(life, forgotten, not_before=life.day)
    line = drafts[-1].on(pool)[0]
    now = life.rng.random() < 0.5
    line.true = pool.balance if now else move.after
    line.fields["shares_after"] = line.true
    line.difference = line.true - before - move.delta
    line.causes.append("as-of-filing" if now else "as-of-transaction")
    return drafts


def _advance(life: Life, gap: int) -> None:
    days = life.rng.randrange(max(gap // 2, 2), gap * 3 // 2 + 3)
    ahead = trading_day(life.day + timedelta(days=days))
    for one in life.company.splits[life.splits_done :]:
        if one.on <= ahead:
            split(life, one)
            life.splits_done += 1
    change = life.company.succession
    if change and change.on <= ahead:
        succeed(life, change)
    life.day = ahead
    lapse(life)


def _next(life: Life, wanted: str | None) -> Happening | None:
    if wanted is not None:
        return REPORTED[wanted][0](life)
    choices = REPORTED if life.insider.kind == "person" else {name: REPORTED[name] for name in FUND}
    names, weights = list(choices), [weight for _, weight in choices.values()]
    for _ in range(4):
        happening = choices[life.rng.choices(names, weights)[0]][0](life)
        if happening is not None and happening.moves:
            return happening
    return None
