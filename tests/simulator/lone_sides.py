"""Lines that nobody brought up to date beside what was: a plan's total, a trust's, a vehicle's letter."""

from __future__ import annotations

from tests.simulator.letters_and_forms import accrued, splits_in
from tests.simulator.passing_on import given
from tests.simulator.people import Position
from tests.simulator.reports import Draft, Line
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Spot

_HOLDS = (
    "The reporting person holds {shares:,} shares under the 401(k) plan as of {day}.",
    "Based on a plan statement dated {day}, which shows {shares:,} shares.",
    "Number of shares held in the 401(k) account as of {day}: {shares:,}.",
)


def plan_total_noted(scene: Scene) -> Spoilt:
    """A plan's total grows from form to form, and its note tells the number and the day."""
    _, claims = _noted(scene)
    return scene.spoilt(*claims[-1])


def plan_total_stale(scene: Scene) -> Spoilt:
    """The note tells the new number, and the total is that of the form before."""
    _, claims = _noted(scene)
    at = scene.rng.randrange(1, len(claims) - 1)
    spot = Spot(*claims[at], claims[at - 1], claims[at + 1])
    return scene.spoil_total(spot, claims[at - 1][1].true, stays=False)


def _noted(scene: Scene) -> tuple[Position, list[tuple[Draft, Line]]]:
    vehicle, claims = _plan(scene)
    accrued(scene, vehicle, claims)
    for draft, line in claims:
        day = f"{draft.period:%B} {draft.period.day}, {draft.period.year}"
        text = scene.rng.choice(_HOLDS).format(shares=line.true, day=day)
        line.notes = [("shares_after", text)]
    return vehicle, claims


def _plan(scene: Scene) -> tuple[Position, list[tuple[Draft, Line]]]:
    """A plan that nothing else happens to, and its totals, one a form."""
    places = []
    for insider in {id(one.insider): one.insider for one in scene.drafts}.values():
        vehicle = insider.vehicle("401(k)")
        claims = scene.claims(vehicle) if vehicle else []
        alone = len({id(draft) for draft, _ in claims}) == len(claims) >= 3
        if vehicle and alone and not splits_in(claims) and not any(one.move for _, one in claims):
            places.append((vehicle, claims))
    found: tuple[Position, list[tuple[Draft, Line]]] = scene.pick(places)
    return found


def plan_typed_as_direct(scene: Scene) -> Spoilt:
    """A plan's line is marked as direct on a form that has the direct holding too, and has grown."""
    vehicle, claims = _plan(scene)
    accrued(scene, vehicle, claims)
    beside = [
        (draft, line)
        for draft, line in claims[1:]
        if draft.form == "4" and any(one.claim for one in draft.on(draft.insider.direct))
    ]
    draft, line = scene.pick(beside)
    line.fields |= {"ownership": "direct", "nature": ""}
    line.notes = []
    return scene.spoilt(draft, line)


def other_side_left_out(scene: Scene) -> Spoilt:
    """A note says that a trust gave shares to its owner, and the form has no line of the trust."""
    return given(scene, shown=True, listed=False)


_HABITS = {"convention": "running", "holdings": "all", "respells": False}

LONE_SIDES = (
    ErrorKind(
        "plan-total-stale",
        ("COLUMN_NOTE_CONFLICT",),
        plan_total_stale,
        setup=("retirement",),
        habits=_HABITS,
    ),
    ErrorKind(
        "plan-typed-as-direct",
        ("CONFLICTING_TOTALS", "DI_SWAP", "WRONG_VEHICLE"),
        plan_typed_as_direct,
        setup=("retirement",),
        habits=_HABITS,
    ),
)
LONE_SIDE_NEIGHBOURS = (
    ErrorKind("plan-total-noted", (), plan_total_noted, setup=("retirement",), habits=_HABITS),
)
LEFT_OUT = (
    ErrorKind("other-side-left-out", (), other_side_left_out, setup=("trust",), habits=_HABITS),
)
"""What a draft leaves out that no total ever shows: only who checks the draft can ask after it."""
