"""Derivatives whose terms change, or whose count follows from more than their rows."""

from __future__ import annotations

from decimal import Decimal

from tests.simulator.added_forms import calm_spots, form_of, is_direct, new_position, traded
from tests.simulator.calendars import business_days_after
from tests.simulator.companies import CENT
from tests.simulator.people import Position
from tests.simulator.reports import Draft, Line
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Spot, Unsuitable

_REPRICED = (
    (
        "The exercise price was reduced from ${old} to ${new} in a repricing approved by the "
        "shareholders."
    ),
    "This option was repriced on {day}; its former exercise price was ${old}.",
)
_SPUN_OFF = (
    (
        "The number of shares and the exercise price were adjusted to preserve the value of the award "
        "after the spin-off of {other} on {day}."
    ),
    (
        "Equitably adjusted in connection with the distribution of the shares of {other}, under the "
        "anti-dilution provisions of the plan."
    ),
)
_PAYS = (
    (
        "Each unit may be earned at 0% to 200% of target. The committee certified performance at "
        "{percent}% of target."
    ),
    (
        "Represents shares earned for the performance period, {percent}% of the target number of "
        "units."
    ),
)
_AWARDS = (
    ("Annual award. Vests in three equal installments beginning {day}.", 3),
    ("Retention award. Vests in full on {day}.", 1),
)


def option_repriced(scene: Scene) -> Spoilt:
    """An option's exercise price is lowered between two forms that list it."""
    claims, cut = _option(scene)
    old = claims[cut][1].fields["exercise_price"]
    new = max((old * scene.rng.randrange(40, 85) / 100).quantize(CENT), CENT)
    day = _day(claims[cut][0])
    note = scene.rng.choice(_REPRICED).format(old=old, new=new, day=day)
    _restruck(claims, cut, new)
    claims[cut][1].notes.append(("exercise_price", note))
    return scene.spoilt(*claims[cut])


def option_repriced_quietly(scene: Scene) -> Spoilt:
    """The same, and no note says so."""
    claims, cut = _option(scene)
    old = claims[cut][1].fields["exercise_price"]
    new = max((old * scene.rng.randrange(40, 85) / 100).quantize(CENT), CENT)
    if new >= old:
        raise Unsuitable(scene.kind)
    _restruck(claims, cut, new)
    return scene.spoilt(*claims[cut])


def option_rebased(scene: Scene) -> Spoilt:
    """A spin-off changes an option's number and price, so that its value stays."""
    claims, cut = _option(scene)
    ratio = Decimal(scene.rng.randrange(10_250, 14_800)) / 10_000
    old, before = claims[cut][1].fields["exercise_price"], claims[cut - 1][1].true
    shift = int(before * ratio) - before
    if not shift:
        raise Unsuitable(scene.kind)
    other = scene.rng.choice(("Sablemere Grain Inc.", "Vantrice Optics Corp", "Plumbago Co"))
    note = scene.rng.choice(_SPUN_OFF).format(other=other, day=_day(claims[cut - 1][0]))
    _restruck(claims, cut, max((old / ratio).quantize(CENT), CENT))
    for _, line in claims[cut:]:
        line.true += shift
        line.fields["shares_after"] += shift
        if line.move is None:
            line.fields["underlying_shares"] += shift
    claims[cut][1].difference += shift
    claims[cut][1].causes.append("rebased")
    claims[cut][1].notes.append(("shares_after", note))
    return scene.spoilt(*claims[cut])


def _option(scene: Scene) -> tuple[list[tuple[Draft, Line]], int]:
    """The claims on an option with a strike of its own, and where its terms change."""
    places = []
    series = {id(line.position): line.position for one in scene.drafts for line in one.lines}
    for position in series.values():
        if position.series is None or position.series.kind != "option":
            continue
        claims = scene.claims(position)
        first = scene.rows(position)[0][0]
        told = not first.company.splits and not first.company.succession
        if told and len(claims) >= 3 and claims[0][0] is not claims[1][0]:
            kin = [s.series for s in series.values() if s.series and s.title == position.title]
            alone = sum(one.expires_on == position.series.expires_on for one in kin) == 1
            if alone and not any(line.causes for _, line in claims):
                places.append(claims)
    claims = scene.pick(places)
    cut = next(at for at, one in enumerate(claims) if at and one[0] is not claims[0][0])
    return claims, cut


def _restruck(claims: list[tuple[Draft, Line]], cut: int, price: Decimal) -> None:
    old = claims[cut][1].fields["exercise_price"]
    for draft, line in claims[cut:]:
        line.fields["exercise_price"] = price
        for other in draft.lines:
            if other.fields.get("code") == "M" and other.fields["price"] == old:
                other.fields["price"] = price


def performance_units(scene: Scene) -> Spoilt:
    """Units pay out another number of shares than their target, and are gone afterwards."""
    percent = scene.rng.choice((40, 75, 118, 132, 150, 200))
    return _paid_out(scene, percent, percent)


def paid_beyond_results(scene: Scene) -> Spoilt:
    """Units pay out more than what their note says was earned, or may be at most."""
    percent = scene.rng.choice((110, 118, 132, 150))
    return _paid_out(scene, percent, percent + scene.rng.choice((60, 100, 105)))


def _paid_out(scene: Scene, percent: int, truly: int) -> Spoilt:
    """Units of which a note says one rate of their target, and which pay out another."""
    spot, later = _two_places(scene)
    target = scene.rng.randrange(4, 60) * 50
    earned, units = target * truly // 100, _units(spot, "Performance Stock Units")
    granted = business_days_after(spot.draft.filed_on, 2)
    grant = traded(spot.draft, units, "A", target, target, on=granted)
    grant.notes.append(("shares", "The target number of units; 0% to 200% of it may be earned."))
    scene.insert(form_of(spot.draft, granted, [grant], "performance_grant"))
    paid, direct = business_days_after(later.draft.filed_on, 2), later.line.position
    units.move(granted, target)
    rows = [
        traded(later.draft, direct, "M", earned, later.line.true + earned, on=paid),
        traded(later.draft, units, "M", -earned, 0, on=paid),
    ]
    units.move(paid, -target)
    rows[1].difference = earned - target
    rows[1].causes.append("performance")
    rows[1].notes.append(("shares", scene.rng.choice(_PAYS).format(percent=percent)))
    draft = form_of(later.draft, paid, rows, scene.kind)
    scene.rewrite(direct, draft, earned)
    scene.insert(draft)
    return scene.spoilt(draft, rows[1])


def awards_told_by_notes(scene: Scene) -> Spoilt:
    """Two grants of one title on one day, which only their notes tell apart, vest in turn."""
    spot, later = _two_places(scene)
    granted = business_days_after(spot.draft.filed_on, 2)
    paid, direct = business_days_after(later.draft.filed_on, 2), later.line.position
    rows, series = [], []
    for text, parts in _AWARDS:
        units, amount = _units(spot, "Restricted Stock Units"), scene.rng.randrange(4, 60) * 60
        row = traded(spot.draft, units, "A", amount, amount, on=granted)
        row.notes.append(("security", text.format(day=f"{paid:%B} {paid.day}, {paid.year}")))
        units.move(granted, amount)
        rows.append(row)
        series.append((units, amount, amount // parts))
    scene.insert(form_of(spot.draft, granted, rows, "two_grants"))
    units, amount, part = scene.rng.choice(series)
    units.move(paid, -part)
    vested = [
        traded(later.draft, direct, "M", part, later.line.true + part, on=paid),
        traded(later.draft, units, "M", -part, amount - part, on=paid),
    ]
    vested[1].notes += next(row.notes for row in rows if row.position is units)
    draft = form_of(later.draft, paid, vested, scene.kind)
    scene.rewrite(direct, draft, part)
    scene.insert(draft)
    return scene.spoilt(draft, vested[1])


def _two_places(scene: Scene) -> tuple[Spot, Spot]:
    """Two calm places of one direct holding, one after the other."""
    spots = calm_spots(scene, 12, is_direct)
    pairs = [
        (one, other)
        for one in spots
        for other in spots
        if one.line.position is other.line.position
        and one.draft.accepted_at < other.draft.accepted_at
    ]
    found: tuple[Spot, Spot] = scene.pick(pairs)
    return found


def _units(spot: Spot, title: str) -> Position:
    return new_position(spot.draft, "II/units", table="II", title=title)


def _day(draft: Draft) -> str:
    on = draft.period
    return f"{on:%B} {on.day}, {on.year}"


_OPTIONS = {
    "needs": ("option_exercise", "option_exercise", "option_exercise"),
    "setup": ("option", "form-3"),
}
_HABITS = {"convention": "running", "series_total": "series"}

TERM_ERRORS = (
    ErrorKind(
        "paid-beyond-results", ("DERIV_OVER_EXERCISED",), paid_beyond_results, habits=_HABITS
    ),
    ErrorKind(
        "option-repriced-quietly",
        ("CLASS_AMBIGUOUS",),
        option_repriced_quietly,
        habits=_HABITS | {"lists_series": True},
        needs=_OPTIONS["needs"],
        setup=_OPTIONS["setup"],
    ),
)
TERM_NEIGHBOURS = (
    ErrorKind(
        "option-repriced",
        (),
        option_repriced,
        habits=_HABITS | {"lists_series": True},
        needs=_OPTIONS["needs"],
        setup=_OPTIONS["setup"],
    ),
    ErrorKind(
        "option-rebased",
        (),
        option_rebased,
        habits=_HABITS | {"lists_series": True},
        needs=_OPTIONS["needs"],
        setup=_OPTIONS["setup"],
    ),
    ErrorKind("performance-units", (), performance_units, habits=_HABITS),
    ErrorKind("awards-told-by-notes", (), awards_told_by_notes, habits=_HABITS),
)
