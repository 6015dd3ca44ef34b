"""Units that change tables, strikes that change rows, and a Form 5 for the whole year."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from tests.simulator.added_forms import (
    calm_spots,
    form_of,
    held,
    is_direct,
    new_position,
    traded,
)
from tests.simulator.calendars import business_days_after, fiscal_year_end, trading_day
from tests.simulator.companies import CENT
from tests.simulator.people import Position
from tests.simulator.reports import Draft, Line
from tests.simulator.slips import arbitrary_shift
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Spot, Unsuitable

_INCLUDED = (
    "Includes {shares} unvested restricted stock units.",
    "Of the shares shown, {shares} are restricted stock units that have not vested.",
)
_INTO_TWO = (
    "{shares} restricted stock units that were included in earlier totals are now reported in Table II.",
    "No longer includes {shares} unvested restricted stock units, which are shown in Table II from this report on.",
    "The reporting person previously reported {shares} restricted stock units in Table I; they are reported in Table II.",
)
_INTO_ONE = (
    "Includes {shares} restricted stock units previously reported in Table II.",
    "From this report on the total includes the reporting person's {shares} unvested restricted stock units, formerly shown in Table II.",
    "Includes {shares} unvested restricted stock units.",
    "Includes shares underlying unvested restricted stock units.",
)
_TITLE = "Stock Option (Right to Buy)"


def units_into_table_two(scene: Scene) -> Spoilt:
    """Units that stood among the shares of Table I stand in Table II from some form on."""
    spot, _ = _moved_out(scene)
    return scene.spoilt(*_after(spot))


def units_kept_in_both(scene: Scene) -> Spoilt:
    """The same, and the first total of the shares falls by another number; the next is right."""
    spot, line = _moved_out(scene)
    draft, following = _after(spot)[0], spot.later[1][0]
    shift = arbitrary_shift(scene.rng, line.true, line.signed)
    if shift is None or line.true + shift == spot.line.true + line.signed:
        raise Unsuitable(scene.kind)
    line.fields["shares_after"] += shift
    line.difference += shift
    return scene.spoilt(draft, line, following)


def _moved_out(scene: Scene) -> tuple[Spot, Line]:
    spot = _with_two_after(scene)
    draft, line = _after(spot)
    least = min(int(one.true) for _, one in spot.later)
    number = scene.rng.randrange(10, max(least // 50, 11)) * 25
    if number >= least or number == abs(line.signed):
        raise Unsuitable(scene.kind)
    units = new_position(draft, "II/units", table="II", title="Restricted Stock Units")
    units.move(draft.period, number)
    if scene.rng.random() < 0.7:
        spot.line.notes.append(_note(scene, _INCLUDED, number))
    scene.rewrite(spot.line.position, spot.draft, -number)
    line.difference -= number
    line.causes.append("moved-table")
    listed = held(draft, units, number)
    told = scene.rng.choice((line, listed))
    told.notes.append(_note(scene, _INTO_TWO, number))
    _list(draft, listed)
    return spot, line


def units_into_table_one(scene: Scene) -> Spoilt:
    """Units of Table II are counted among the shares of Table I from some form on."""
    spot = _with_two_after(scene)
    draft, line = _after(spot)
    number, on = scene.rng.randrange(4, 160) * 25, business_days_after(spot.draft.filed_on, 1)
    if number == abs(line.signed):
        raise Unsuitable(scene.kind)
    units = new_position(spot.draft, "II/units", table="II", title="Restricted Stock Units")
    units.move(on, number)
    grant = traded(spot.draft, units, "A", number, number, on=on)
    scene.insert(form_of(spot.draft, on, [grant], "granted"))
    units.move(draft.period, -number)
    scene.rewrite(spot.line.position, spot.draft, number)
    line.difference += number
    line.causes.append("moved-table")
    line.notes.append(_note(scene, _INTO_ONE, number))
    return scene.spoilt(draft, line)


def under_their_own_strikes(scene: Scene) -> Spoilt:
    """Two grants of one title are exercised on one form, each under its own strike."""
    draft, rows = _exercised(scene)
    return scene.spoilt(draft, rows[2])


def under_another_strike(scene: Scene) -> Spoilt:
    """One of the two exercises stands under the other's strike and expiry; its total is its own."""
    draft, rows = _exercised(scene)
    wrong, other = scene.rng.sample(rows[2:], 2)
    for name in ("exercise_price", "expires_on"):
        wrong.fields[name] = other.fields[name]
    return scene.spoilt(draft, wrong)


def all_series_together(scene: Scene) -> Spoilt:
    """One total of one grant is what is left of both; the next shows the grant alone."""
    draft, rows = _exercised(scene)
    later = scene.following(draft)
    if later is None:
        raise Unsuitable(scene.kind)
    rows[2].fields["shares_after"] += rows[3].true
    rows[2].difference += rows[3].true
    return scene.spoilt(draft, rows[2], later)


def _exercised(scene: Scene) -> tuple[Draft, list[Line]]:
    """Two grants, told by one form and listed by the last, of both of which a part is exercised."""
    spot = scene.pick(calm_spots(scene, 24, is_direct))
    direct, like = spot.line.position, spot.draft
    granted = business_days_after(like.filed_on, 1)
    on = business_days_after(granted, 8)
    numbers = [scene.rng.randrange(20, 300) * 50 for _ in range(2)]
    parts = [scene.rng.randrange(1, number // 50) * 50 for number in numbers]
    if len({*numbers, *parts, numbers[0] - parts[0], numbers[1] - parts[1]}) < 6:
        raise Unsuitable(scene.kind)
    market = like.company.price(on)
    strikes = [
        max((market * scene.rng.randrange(20, 45) / 100).quantize(CENT), CENT),
        max((market * scene.rng.randrange(50, 90) / 100).quantize(CENT), 2 * CENT),
    ]
    grants: list[Position] = []
    told, rows = [], []
    for at, (number, part, strike) in enumerate(zip(numbers, parts, strikes, strict=True)):
        grant = new_position(like, "II/option", table="II", title=_TITLE)
        grant.move(granted, number)
        grant.move(on, -part)
        grants.append(grant)
        terms = {
            "exercise_price": strike,
            "exercisable_on": granted,
            "expires_on": granted.replace(day=1, year=granted.year + 9 + at),
        }
        told.append(traded(like, grant, "A", number, number, on=granted))
        rows.append(traded(like, grant, "M", -part, number - part, on=on))
        for line in (told[-1], rows[-1]):
            line.fields |= terms
    total, came = spot.line.true, []
    for part, strike in zip(parts, strikes, strict=True):
        total += part
        came.append(traded(like, direct, "M", part, total, on=on))
        came[-1].fields["price"] = strike
    draft = form_of(like, on, [*came, *rows], scene.kind)
    scene.rewrite(direct, draft, sum(parts))
    scene.insert(form_of(like, granted, told, "granted"))
    scene.insert(draft)
    after = scene.following(draft)
    for row in rows if after else ():
        line = held(like, row.position, row.true)
        line.fields |= {name: row.fields[name] for name in terms}
        assert after is not None
        after.lines.append(line)
    return draft, [*came, *rows]


def form_5_of_the_year(scene: Scene) -> Spoilt:
    """A Form 5 tells the year's gifts after Forms 4 whose totals counted them, or did not yet."""
    draft, line, _ = _year(scene)
    return scene.spoilt(draft, line)


def form_5_tells_again(scene: Scene) -> Spoilt:
    """The Form 5 of the year also tells a trade of one of its Forms 4, and counts it again."""
    draft, line, spot = _year(scene)
    copy = spot.line.copied()
    if scene.claims(line.position)[-1][1].true + 2 * copy.signed < 0:
        raise Unsuitable(scene.kind)
    copy.fields["shares_after"] = line.fields["shares_after"] + copy.signed
    copy.fields["form_type"] = scene.rng.choice("45")
    draft.lines.append(copy)
    following = scene.following(draft)
    return scene.spoilt(draft, copy, spot.draft, *([following] if following else []))


def _year(scene: Scene) -> tuple[Draft, Line, Spot]:
    """A calm stretch over the end of a fiscal year, and the Form 5 that tells a gift made in it."""
    places = []
    for spot in calm_spots(scene, 12, lambda one: is_direct(one) and one.line.true > 1_000):
        closing = fiscal_year_end(spot.draft.filed_on, spot.draft.company.fiscal_month)
        filed = trading_day(closing + timedelta(days=scene.rng.randrange(15, 44)))
        before = [one for one in spot.later if one[0].accepted_at.date() < closing]
        after = [one for one in spot.later if one[0].accepted_at.date() > filed]
        between = len(before) + len(after) == len(spot.later)
        calm = not any(line.causes for _, line in spot.later)
        if before and after and between and calm and closing < date(2023, 2, 27):
            places.append((spot, closing, filed, before))
    spot, closing, filed, before = scene.pick(places)
    gift = scene.rng.randrange(3, 60) * 5
    on = business_days_after(spot.draft.filed_on, 2)
    moved = abs(spot.line.signed)
    if gift == moved or any(one.signed == -gift for _, one in spot.later):
        raise Unsuitable(scene.kind)
    direct, counted = spot.line.position, scene.rng.random() < 0.5
    scene.rewrite(direct, spot.draft, -gift)
    if counted:
        before[0][1].difference -= gift
        before[0][1].causes.append("told-on-form-5")
    else:
        for _, line in before:
            line.fields["shares_after"] += gift
            line.difference += gift if line is before[0][1] else 0
            line.causes.append("told-on-form-5")
    total = before[-1][1].true
    row = traded(spot.draft, direct, "G", -gift, total, on=on)
    row.fields["form_type"] = "5"
    row.difference, row.causes = gift if counted else 0, ["told-on-form-5"]
    draft = form_of(spot.draft, on, [row], scene.kind)
    draft.form, draft.period = "5", closing
    draft.accepted_at = datetime.combine(filed, spot.draft.accepted_at.time())
    scene.insert(draft)
    return draft, row, spot


def _with_two_after(scene: Scene) -> Spot:
    """A calm row of shares held directly, with two totals or more after it on other forms."""
    found: Spot = scene.pick(
        calm_spots(scene, 12, is_direct),
        lambda one: (
            len(one.later) > 1
            and one.later[0][0] is not one.later[1][0]
            and not any(line.causes for _, line in one.later)
            and len(one.later[0][0].on(one.line.position)) == 1
            and not any("rsu" in held.id for held in one.draft.insider.positions)
        ),
    )
    return found


def _after(spot: Spot) -> tuple[Draft, Line]:
    assert spot.after is not None
    return spot.after


def _note(scene: Scene, wordings: tuple[str, ...], number: int | Decimal) -> tuple[str, str]:
    return "shares_after", scene.rng.choice(wordings).format(shares=f"{number:,}")


def _list(draft: Draft, line: Line) -> None:
    draft.lines.append(line)
    draft.lines.sort(key=lambda one: str(one.fields["table"]))


_OFF = ("ISOLATED_TOTAL_ERROR", "COLUMN_NOTE_CONFLICT", "BALANCE_BREAK", "LEVEL_SHIFT_UNEXPLAINED")
_STRIKE = ("CLASS_AMBIGUOUS", "DERIV_OVER_EXERCISED", "WRONG_CLASS", "ISOLATED_TOTAL_ERROR")
_HABITS = {"convention": "running", "series_total": "series"}
MOVED_TABLES = (
    ErrorKind(
        "units-moved-off",
        (*_OFF, "BALANCE_BREAK_AMBIGUOUS", "TRANSPOSED_DIGITS", "MAGNITUDE_ERROR"),
        units_kept_in_both,
        habits=_HABITS,
    ),
    ErrorKind("under-another-strike", _STRIKE, under_another_strike, habits=_HABITS),
    ErrorKind(
        "all-series-together",
        ("DERIV_POST_SCOPE", "ISOLATED_TOTAL_ERROR", "EXPL_CONVENTION"),
        all_series_together,
        habits=_HABITS,
    ),
    ErrorKind(
        "form-5-tells-again",
        ("DOUBLE_REPORTED", "PRIOR_ROW_DOUBLED"),
        form_5_tells_again,
        habits=_HABITS,
    ),
)
MOVED_TABLE_NEIGHBOURS = (
    ErrorKind("units-into-table-two", (), units_into_table_two, habits=_HABITS),
    ErrorKind("units-into-table-one", (), units_into_table_one, habits=_HABITS),
    ErrorKind("under-their-own-strikes", (), under_their_own_strikes, habits=_HABITS),
    ErrorKind("form-5-of-the-year", (), form_5_of_the_year, habits=_HABITS),
)
