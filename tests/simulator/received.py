"""Vehicles named anew on the form on which shares come to them, and totals told before the trade."""

from __future__ import annotations

from decimal import Decimal

from tests.simulator.added_forms import calm_spots, is_direct, splits_after
from tests.simulator.calendars import business_days_after
from tests.simulator.people import Number
from tests.simulator.reports import Draft, Line
from tests.simulator.slips import arbitrary_shift
from tests.simulator.spoiling import PLAIN, ErrorKind, Scene, Spoilt, Unsuitable

_RENAMED = {
    "Trust": (
        "By Revocable Trust",
        "By Living Trust",
        "By Ingatestone Trust",
        "By Trust dated 2003",
    ),
    "Family Trust": ("By Ingatestone Family Trust", "By the 2011 Family Trust"),
    "IRA": ("By Rollover IRA", "By Individual Retirement Account"),
    "Wexcombe Family Partnership": ("By Wexcombe Family Partnership, L.P.",),
    "Family Limited Partnership": ("By Ingatestone Family Limited Partnership",),
    "GRAT": ("By 2-Year GRAT", "By Grantor Retained Annuity Trust"),
}
_CAME = (
    "Includes {shares} shares transferred from the reporting person's direct holding on {day}, a mere change in form of ownership.",
    "{shares} of these shares were contributed by the reporting person on {day} and were previously reported as directly owned.",
    "Reflects the contribution of {shares} shares, formerly held directly, on {day}.",
)
_WENT = (
    "Excludes {shares} shares contributed on {day} to an entity whose holdings are shown below.",
    "On {day} the reporting person transferred {shares} shares to a vehicle reported on this form.",
)


def renamed_as_it_received(scene: Scene) -> Spoilt:
    """A vehicle is called otherwise from the form on that shows what came to it."""
    draft, line, _ = _received(scene)
    return scene.spoilt(draft, line)


def renamed_and_off(scene: Scene) -> Spoilt:
    """The same, and the vehicle's first total under its new name counts another number."""
    draft, line, following = _received(scene)
    shift = arbitrary_shift(scene.rng, line.true, 0)
    if shift is None:
        raise Unsuitable(scene.kind)
    line.fields["shares_after"] += shift
    line.difference += shift
    return scene.spoilt(draft, line, following)


def _received(scene: Scene) -> tuple[Draft, Line, Draft]:
    places = []
    for spot in calm_spots(scene, 5, is_direct):
        assert spot.after is not None
        draft, direct = spot.after
        for vehicle in spot.draft.insider.going_on:
            names = _RENAMED.get(vehicle.nature.removeprefix("By "))
            chain = scene.claims(vehicle)
            after = [one for one in chain if one[0].accepted_at >= draft.accepted_at]
            told = names and len(after) > 1 and len(after) < len(chain) and after[0][0] is draft
            if told and after[1][0] is not draft and not any(one.causes for _, one in after):
                places.append((spot, draft, direct, after, names))
    spot, draft, direct, after, names = scene.pick(places)
    line, least = after[0][1], min(int(one.true) for _, one in spot.later)
    if least < 400 or splits_after(spot.draft):
        raise Unsuitable(scene.kind)
    amount = scene.rng.randrange(101, least // 2 + 102)
    if amount in (abs(direct.signed), abs(line.signed)):
        raise Unsuitable(scene.kind)
    day = business_days_after(spot.draft.filed_on, 1)
    values = {"shares": f"{amount:,}", "day": f"{day:%B} {day.day}, {day.year}"}
    scene.rewrite(direct.position, spot.draft, -amount)
    direct.difference -= amount
    direct.causes.append("form-change")
    direct.notes.append(("shares_after", scene.rng.choice(_WENT).format(**values)))
    name = scene.rng.choice(names)
    for _, one in after:
        one.true += amount
        one.fields["shares_after"] += amount
        one.fields["nature"] = name
    line.difference += amount
    line.causes += ["form-change", "renamed"]
    line.notes.append(("shares_after", scene.rng.choice(_CAME).format(**values)))
    return draft, line, after[1][0]


def totals_before_the_trade(scene: Scene) -> Spoilt:
    """One filer's totals of shares are, on every form, those before the rows they stand on."""
    people = {id(one.draft.insider): one.draft.insider for one in scene.spots()}
    insider = scene.pick([one for one in people.values() if one.kind == "person"])
    last: tuple[Draft, Line] | None = None
    for draft in (one for one in scene.drafts if one.insider is insider):
        moving = [one for one in draft.lines if one.move and one.fields["table"] == "I"]
        for line, counted in [(one, _counted(draft, one)) for one in moving]:
            if line.claim:
                line.fields["shares_after"] -= counted
                line.causes.append("convention:before-the-trade")
                last = (draft, line)
    if last is None:
        raise Unsuitable(scene.kind)
    return scene.spoilt(*last)


def _counted(draft: Draft, line: Line) -> Number:
    """What the total of a row counts of its form: its own row, or all of them where all are alike."""
    rows = [one for one in draft.on(line.position) if one.move]
    together = len({one.fields["shares_after"] for one in rows}) == 1
    return sum((one.signed for one in rows), start=Decimal(0)) if together else line.signed


_OFF = ("ISOLATED_TOTAL_ERROR", "COLUMN_NOTE_CONFLICT", "BALANCE_BREAK", "LEVEL_SHIFT_UNEXPLAINED")
_HABITS = {"convention": "running", "holdings": "all", "respells": False}
RECEIVED = (
    ErrorKind(
        "renamed-and-off",
        (*_OFF, "VEHICLE_AMBIGUOUS", "INDIRECT_COUNTERPART_MISSING", "GAP_SUSPECTED"),
        renamed_and_off,
        setup=("vehicle",),
        habits=_HABITS,
    ),
)
RECEIVED_NEIGHBOURS = (
    ErrorKind(
        "renamed-as-it-received", (), renamed_as_it_received, setup=("vehicle",), habits=_HABITS
    ),
    ErrorKind(
        "totals-before-the-trade", (), totals_before_the_trade, habits={"convention": PLAIN[0]}
    ),
)
