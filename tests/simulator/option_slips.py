"""Options that lapse untold by rows, terms that are mistyped, and halves under a wrong code."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.simulator.added_forms import calm_spots, form_of, is_direct, new_position, traded
from tests.simulator.calendars import business_days_after
from tests.simulator.companies import CENT
from tests.simulator.people import Position
from tests.simulator.reports import Draft, Line
from tests.simulator.slips import transposed
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Spot, Unsuitable

_LAPSED = (
    "Options to purchase {shares} shares, which had not vested, lapsed on {day}.",
    "On {day} unvested stock options for {shares} shares were forfeited and returned to the plan.",
    "{shares} of these options terminated unexercised on {day} in connection with a change of role.",
    "Reflects the cancellation on {day}, for no consideration, of options for {shares} shares.",
)


def option_lapses_in_part(scene: Scene) -> Spoilt:
    """A part of an option lapses between two forms, a note says so, and its lines show it."""
    return _lapsed(scene, shown=True)


def lapsed_yet_listed(scene: Scene) -> Spoilt:
    """A note says that a part of an option lapsed, and its own line still has that part."""
    return _lapsed(scene, shown=False)


def lapse_of_another_size(scene: Scene) -> Spoilt:
    """An option's line loses another number than its note says lapsed."""
    return _lapsed(scene, shown=True, more=scene.rng.choice((-1, 1)) * scene.rng.randrange(1, 9))


def _lapsed(scene: Scene, *, shown: bool, more: int = 0) -> Spoilt:
    claims, cut = _option(scene)
    draft, line = claims[cut]
    least = min(int(one.true) for _, one in claims[cut:])
    if least < 900 or line.move is not None:
        raise Unsuitable(scene.kind)
    part = scene.rng.randrange(2, least // 100) * 50
    day = business_days_after(claims[cut - 1][0].filed_on, 2)
    if day >= draft.period:
        raise Unsuitable(scene.kind)
    note = scene.rng.choice(_LAPSED).format(
        shares=f"{part:,}", day=f"{day:%B} {day.day}, {day.year}"
    )
    line.notes.append(("shares_after", note))
    gone = part + more * 50
    for _, one in claims[cut:]:
        one.true -= part
        if shown:
            one.fields["shares_after"] -= gone
            if one.move is None:
                one.fields["underlying_shares"] -= gone
        if one.fields["shares_after"] < 0:
            raise Unsuitable(scene.kind)
    line.difference -= gone if shown else 0
    if shown:
        line.causes.append("lapse")
    return scene.spoilt(draft, line, *([claims[cut + 1][0]] if len(claims) > cut + 1 else []))


def strike_mistyped(scene: Scene) -> Spoilt:
    """The strike of one exercise has two digits exchanged, or one too few."""
    claims, cut = _option(scene, exercised=True)
    line = claims[cut][1]
    cents = int(line.fields["exercise_price"] * 100)
    wrong = scene.rng.choice((transposed(scene.rng, cents), cents // 10, cents * 10))
    if wrong is None or wrong in (cents, 0):
        raise Unsuitable(scene.kind)
    line.fields["exercise_price"] = (Decimal(wrong) / 100).quantize(CENT)
    return scene.spoilt(*claims[cut])


def strike_for_amount(scene: Scene) -> Spoilt:
    """A grant has its strike where its number belongs, and the reverse; its total may be right."""
    claims = [
        claim
        for insider in {id(draft.insider): draft.insider for draft in scene.drafts}.values()
        for position in insider.series
        if position.series and position.series.exercise_price and position.series.expires_on
        for claim in scene.claims(position)[:1]
        if claim[0].form == "4"
        and claim[1].fields.get("code") == "A"
        and not claim[0].company.splits
    ]
    draft, line = scene.pick(claims)
    strike, number = line.fields["exercise_price"], line.fields["shares"]
    if number < 100 or number <= 6 * strike or line.fields["shares_after"] != number:
        raise Unsuitable(scene.kind)
    line.fields["exercise_price"], line.fields["shares"] = Decimal(number), strike
    if scene.rng.random() < 0.5:
        line.fields["shares_after"] = line.fields["underlying_shares"] = strike
    later = [one for one, _ in scene.claims(line.position)[1:2]]
    return scene.spoilt(draft, line, *later)


def expiry_mistyped(scene: Scene) -> Spoilt:
    """The expiry of one exercise has another year, month or day."""
    claims, cut = _option(scene, exercised=True)
    line = claims[cut][1]
    until: date = line.fields["expires_on"]
    part = scene.rng.choice(("year", "month", "day"))
    if part == "year":
        wrong = until.replace(year=until.year + scene.rng.choice((4, 8)))
    elif part == "month":
        wrong = until.replace(month=(until.month + 1) % 12 + 1) if until.day < 29 else until
    else:
        wrong = until.replace(day=until.day % 28 + 1)
    if wrong in (until, None) or wrong <= claims[cut][0].period:
        raise Unsuitable(scene.kind)
    line.fields["expires_on"] = wrong
    return scene.spoilt(*claims[cut])


def alike_grant(scene: Scene) -> Spoilt:
    """Another option of the same number, at a strike whose digits are alike, is exercised whole."""
    claims, cut = _option(scene)
    spot = scene.pick(
        calm_spots(
            scene,
            12,
            lambda one: (
                is_direct(one)
                and one.draft.insider is claims[0][0].insider
                and one.draft.accepted_at > claims[cut][0].accepted_at
            ),
        )
    )
    old, held = claims[cut][1].fields, claims[cut][1].true
    cents = transposed(scene.rng, int(old["exercise_price"] * 100))
    if not cents or not held:
        raise Unsuitable(scene.kind)
    units = new_position(spot.draft, "II/alike", table="II", title=claims[cut][1].position.title)
    units.move(spot.draft.period, held)
    terms = {
        "exercise_price": (Decimal(cents) / 100).quantize(CENT),
        "exercisable_on": old["exercisable_on"],
        "expires_on": old["expires_on"].replace(
            day=min(old["expires_on"].day, 28), year=old["expires_on"].year + 1
        ),
    }
    on = business_days_after(spot.draft.filed_on, 3)
    units.move(on, -held)
    rows = [
        traded(spot.draft, spot.line.position, "M", held, spot.line.true + held, on=on),
        traded(spot.draft, units, "M", -held, 0, on=on),
    ]
    rows[0].fields["price"] = terms["exercise_price"]
    rows[1].fields |= terms
    return _added(scene, spot, on, rows, held)


_HALVES = {"I": ("A", "P"), "II": ("D", "S", "H", "J")}


def half_miscoded(scene: Scene) -> Spoilt:
    """One half of an exercise stands under the code of something else, its letter being right."""
    places = []
    for draft in scene.plain_forms():
        rows = [line for line in draft.lines if line.fields.get("code") == "M"]
        halves = {line.fields["table"]: line for line in rows}
        if len(rows) == 2 == len(halves) and not any(one.causes for one in rows):
            places.append((draft, halves))
    draft, halves = scene.pick(places)
    table = scene.rng.choice(("I", "II"))
    line = halves[table]
    line.fields["code"] = scene.rng.choice(_HALVES[table])
    return scene.spoilt(draft, line)


def grant_beside_exercise(scene: Scene) -> Spoilt:
    """Beside an exercise that is told on both sides stands a grant, or a purchase, as large."""
    spot = scene.pick(calm_spots(scene, 12, is_direct))
    number, on = scene.rng.randrange(4, 90) * 50, business_days_after(spot.draft.filed_on, 3)
    strike = max(
        (spot.draft.company.price(on) * scene.rng.randrange(30, 90) / 100).quantize(CENT), CENT
    )
    units = new_position(spot.draft, "II/option", table="II", title="Stock Option (Right to Buy)")
    units.move(spot.draft.period, number)
    units.move(on, -number)
    direct, total = spot.line.position, spot.line.true
    code = scene.rng.choice("AP")
    rows = [
        traded(spot.draft, direct, "M", number, total + number, on=on),
        traded(spot.draft, direct, code, number, total + 2 * number, on=on),
        traded(spot.draft, units, "M", -number, 0, on=on),
    ]
    rows[0].fields["price"] = strike
    rows[2].fields |= {
        "exercise_price": strike,
        "exercisable_on": spot.draft.period.replace(day=1),
        "expires_on": on.replace(day=1, year=on.year + 4),
    }
    return _added(scene, spot, on, rows, 2 * number)


def _added(scene: Scene, spot: Spot, on: date, rows: list[Line], shift: int | Decimal) -> Spoilt:
    draft = form_of(spot.draft, on, rows, scene.kind)
    scene.rewrite(spot.line.position, draft, shift)
    scene.insert(draft)
    return scene.spoilt(draft, rows[0])


def _option(scene: Scene, *, exercised: bool = False) -> tuple[list[tuple[Draft, Line]], int]:
    """The claims on one option that stays as it was, and a later one of them."""
    places = []
    series = {id(line.position): line.position for one in scene.drafts for line in one.lines}
    for position in series.values():
        if position.series is None or position.series.kind != "option":
            continue
        claims = scene.claims(position)
        calm = not scene.rows(position)[0][0].company.splits and _calm(position, claims)
        if calm and not scene.rows(position)[0][0].company.succession:
            places += [
                (claims, at)
                for at in range(1, len(claims))
                if claims[at][0] is not claims[at - 1][0]
                and claims[at][0].form == "4"
                and (claims[at][1].move is not None) is exercised
            ]
    found: tuple[list[tuple[Draft, Line]], int] = scene.pick(places)
    return found


def _calm(position: Position, claims: list[tuple[Draft, Line]]) -> bool:
    terms = position.series
    known = terms is not None and terms.exercise_price and terms.expires_on
    return bool(known) and len(claims) >= 2 and not any(line.causes for _, line in claims)


_TERMS = ("CLASS_AMBIGUOUS",)
_LEFT = ("COLUMN_NOTE_CONFLICT", "BALANCE_BREAK", "LEVEL_SHIFT_UNEXPLAINED", "ISOLATED_TOTAL_ERROR")
_HALF = ("EXERCISE_COUNTERPART_MISSING", "AD_CODE_CONTRADICTION")
_HABITS = {
    "convention": "running",
    "series_total": "series",
    "lists_series": True,
    "respells": False,
}
_SETUP = ("option", "form-3")
_NEEDS = ("option_exercise", "option_exercise", "option_exercise")

OPTION_SLIPS = (
    ErrorKind("lapsed-yet-listed", _LEFT, lapsed_yet_listed, _NEEDS, setup=_SETUP, habits=_HABITS),
    ErrorKind(
        "lapse-of-another-size", _LEFT, lapse_of_another_size, _NEEDS, setup=_SETUP, habits=_HABITS
    ),
    ErrorKind("strike-mistyped", _TERMS, strike_mistyped, _NEEDS, setup=_SETUP, habits=_HABITS),
    ErrorKind("expiry-mistyped", _TERMS, expiry_mistyped, _NEEDS, setup=_SETUP, habits=_HABITS),
    ErrorKind(
        "strike-for-amount",
        ("PRICE_SUSPECT",),
        strike_for_amount,
        ("option_grant",),
        habits=_HABITS,
    ),
    ErrorKind("half-miscoded", _HALF, half_miscoded, _NEEDS, setup=_SETUP, habits=_HABITS),
)
OPTION_SLIP_NEIGHBOURS = (
    ErrorKind(
        "option-lapses-in-part", (), option_lapses_in_part, _NEEDS, setup=_SETUP, habits=_HABITS
    ),
    ErrorKind("alike-grant", (), alike_grant, _NEEDS, setup=_SETUP, habits=_HABITS),
    ErrorKind("grant-beside-exercise", (), grant_beside_exercise, habits=_HABITS),
)
