"""Wrong codes, wrong boxes for the form of ownership, and what looks like them and is right."""

from __future__ import annotations

from dataclasses import replace

from tests.simulator.added_forms import (
    calm_spots,
    form_of,
    held,
    is_direct,
    new_position,
    traded,
)
from tests.simulator.calendars import business_days_after
from tests.simulator.people import Position
from tests.simulator.reports import Draft, Line
from tests.simulator.spoiling import PLAIN, ErrorKind, Scene, Spoilt, Unsuitable

NO_VEHICLE = ("Direct", "By Self", "Reporting person", "N/A", "Individually")
_RENAMED = {
    "401(k)": ("By 401(k)", "By 401k Plan", "By 401(K) plan", "401(k) Plan", "By the 401(k) Plan"),
    "Trust": ("By the Trust", "By Trusts", "By: Trust", "Held by trust"),
    "Family Trust": ("By Family Trusts", "By the Family Trust", "Family trust"),
    "GRAT": ("By Grantor Retained Annuity Trust", "By the GRAT", "By G.R.A.T."),
}


def code_wrong(scene: Scene) -> Spoilt:
    """A sale or a withholding, often of shares just exercised, is coded as a grant."""
    places = []
    for draft in scene.drafts:
        rows = [line for line in draft.lines if line.move and line.fields["table"] == "I"]
        falls = [line for line in rows if line.fields["code"] in "SF"]
        clean = draft.form == "4" and not any(line.causes for line in draft.lines)
        if falls and clean and draft.insider.habits.convention in PLAIN:
            places.append((draft, scene.rng.choice(falls)))
    exercises = [one for one in places if one[0].kind in ("option_exercise", "unit_vest")]
    draft, line = scene.pick(exercises or places)
    line.fields["code"] = "A"
    return scene.spoilt(draft, line)


def typed_as_indirect(scene: Scene) -> Spoilt:
    """A direct row is marked as indirect, and names nobody; its total is the direct one."""
    spot = scene.pick(calm_spots(scene, 3, is_direct))
    if spot.opening in (0, -spot.line.signed):
        raise Unsuitable(scene.kind)
    spot.line.fields |= {"ownership": "indirect", "nature": scene.rng.choice(NO_VEHICLE)}
    return scene.spoilt(spot.draft, spot.line, spot.after[0])


def typed_as_direct(scene: Scene) -> Spoilt:
    """A vehicle's row is marked as direct; its total is the vehicle's."""
    spot = scene.pick(calm_spots(scene, 3, lambda one: not is_direct(one)))
    if spot.opening in (0, -spot.line.signed) or spot.line.true == 0:
        raise Unsuitable(scene.kind)
    spot.line.fields |= {"ownership": "direct", "nature": ""}
    own = scene.claims(spot.draft.insider.direct)
    after = [one[0] for one in own if one[0].accepted_at > spot.draft.accepted_at]
    return scene.spoilt(spot.draft, spot.line, spot.after[0], *after[:1])


def vehicle_renamed(scene: Scene) -> Spoilt:
    """A plan or a trust is spelt otherwise from some form on, and a plan accrues meanwhile."""
    places = []
    for insider in {id(one.insider): one.insider for one in scene.drafts}.values():
        for vehicle in insider.vehicles:
            names = _RENAMED.get(vehicle.nature.removeprefix("By "))
            claims = scene.claims(vehicle)
            if names and len(claims) >= 4 and not splits_in(claims):
                places.append((vehicle, claims, names))
    vehicle, claims, names = scene.pick(places)
    cut = scene.rng.randrange(2, len(claims) - 1)
    if "401" in vehicle.nature:
        accrued(scene, vehicle, claims)
    name = scene.rng.choice(names)
    for draft, line in claims:
        line.fields["nature"] = vehicle.nature
        if draft.accepted_at >= claims[cut][0].accepted_at:
            line.fields["nature"] = name
    return scene.spoilt(*claims[cut])


def accrued(scene: Scene, vehicle: Position, claims: list[tuple[Draft, Line]]) -> None:
    """Units come week by week: every total is a little higher than the one before."""
    grown, last = 0, claims[0][0]
    for draft, line in claims[1:]:
        if draft is not last:
            added = scene.rng.randrange(15, 160)
            grown, last = grown + added, draft
            line.difference += added
            line.causes.append("plan-units")
            on = draft.period
            text = f"Held in the 401(k) plan as of {on:%B} {on.day}, {on.year}."
            line.notes.append(("shares_after", text))
        line.true += grown
        line.fields["shares_after"] += grown


def splits_in(claims: list[tuple[Draft, Line]]) -> bool:
    """Whether anything but rows changes what these claims are about."""
    company = claims[0][0].company
    return bool(company.splits or company.succession) or any(line.causes for _, line in claims[1:])


def both_sides_in_table_one(scene: Scene) -> Spoilt:
    """Shares of one class are converted into another, and both rows stand in Table I."""
    spot = scene.pick(
        calm_spots(scene, 20, lambda one: is_direct(one) and "Class" not in one.draft.company.title)
    )
    company = replace(spot.draft.company, title="Class B Common Stock")
    other = new_position(spot.draft, "I/class-b", title=company.title)
    had = scene.rng.randrange(30, 300) * 100
    amount = scene.rng.randrange(5, had // 200) * 100
    on = business_days_after(spot.draft.filed_on, 3)
    other.move(spot.draft.period, had)
    spot.draft.lines.append(held(spot.draft, other, had))
    spot.draft.lines.sort(key=lambda line: str(line.fields["table"]))
    other.move(on, -amount)
    total = spot.line.true + amount
    rows = [
        traded(spot.draft, other, "C", -amount, had - amount, on=on),
        traded(spot.draft, spot.line.position, "C", amount, total, on=on),
    ]
    draft = form_of(spot.draft, on, rows, scene.kind)
    scene.rewrite(spot.line.position, draft, amount)
    scene.insert(draft)
    return scene.spoilt(draft, rows[1])


def another_hand(scene: Scene) -> Spoilt:
    """Shares of a second holding turn up under a vehicle of their own: no slip of the box."""
    spot = scene.pick(calm_spots(scene, 3, is_direct))
    nature = scene.rng.choice(("By Nominee", "By Daughter", "By Foundation", "As Custodian"))
    if any(nature == one.nature for one in spot.draft.insider.vehicles):
        raise Unsuitable(scene.kind)
    other = new_position(spot.draft, "I/indirect", ownership="indirect", nature=nature)
    amount = scene.rng.randrange(2, 90) * 50
    other.move(spot.draft.period, amount)
    row = traded(spot.draft, other, "P", amount, amount, on=spot.draft.period)
    spot.draft.lines.append(row)
    spot.draft.lines.sort(key=lambda line: line.fields["table"])
    return scene.spoilt(spot.draft, row)


_SLIP = ("DI_SWAP", "WRONG_VEHICLE")
_HABITS = {"convention": "running", "holdings": "all", "respells": False}

LETTERS_AND_FORMS = (
    ErrorKind(
        "coded-as-a-grant",
        ("AD_CODE_CONTRADICTION",),
        code_wrong,
        needs=("option_exercise",),
        setup=("option",),
    ),
    ErrorKind("typed-as-indirect", _SLIP, typed_as_indirect, habits=_HABITS),
    ErrorKind("typed-as-direct", _SLIP, typed_as_direct, setup=("vehicle",), habits=_HABITS),
)
LETTER_AND_FORM_NEIGHBOURS = (
    ErrorKind("vehicle-renamed", (), vehicle_renamed, setup=("retirement",), habits=_HABITS),
    ErrorKind("both-sides-in-table-one", (), both_sides_in_table_one, habits=_HABITS),
    ErrorKind("another-hand", (), another_hand, habits=_HABITS),
)
