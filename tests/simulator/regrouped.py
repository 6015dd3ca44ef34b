"""A class that is reclassified into another without a row; and totals exchanged on a last form."""

from __future__ import annotations

from tests.simulator.added_forms import (
    calm_spots,
    form_of,
    held,
    is_direct,
    new_position,
    splits_after,
)
from tests.simulator.calendars import business_days_after
from tests.simulator.reports import Draft, Line
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Unsuitable

_NEW, _OLD = "Class A Common Stock", "Class B Common Stock"
_TOLD = (
    "On {day} each share of {old} was automatically reclassified as {many} of {new} under the issuer's charter.",
    "Each outstanding share of {old} was reclassified into {many} of {new} on {day}.",
    "On {day} all shares of {old} were reclassified, each as {many} of {new}.",
)
_MANY = {1: "one share", 2: "two shares", 3: "three shares"}


def reclassified(scene: Scene) -> Spoilt:
    """Another class of the owner becomes this one at the ratio of a note, and joins its total."""
    draft, line, _ = _reclassified(scene)
    return scene.spoilt(draft, line)


def reclassified_short(scene: Scene) -> Spoilt:
    """The same, and the first total counts fewer than came; the next is right."""
    draft, line, came = _reclassified(scene)
    line.fields["shares_after"] -= came // scene.rng.choice((2, 3, 4))
    following = scene.following(draft)
    return scene.spoilt(draft, line, *([following] if following else []))


def _reclassified(scene: Scene) -> tuple[Draft, Line, int]:
    spot = scene.pick(
        calm_spots(
            scene,
            12,
            lambda one: is_direct(one) and one.draft.company.title == _NEW and len(one.later) > 1,
        )
    )
    after = spot.after
    if after is None:
        raise Unsuitable(scene.kind)
    draft, line = after
    ratio, many = scene.rng.choice((1, 2, 3)), scene.rng.randrange(31, 900) * 7
    day = business_days_after(spot.draft.filed_on, 3)
    if day >= min(draft.period, line.fields.get("effective_on", draft.period)):
        raise Unsuitable(scene.kind)
    other = new_position(spot.draft, "I/class-b", title=_OLD)
    other.move(spot.draft.period, many)
    other.move(day, -many)
    scene.rewrite(line.position, spot.draft, many * ratio)
    line.difference += many * ratio
    line.causes.append("reclassified")
    told = scene.rng.choice(_TOLD).format(
        day=f"{day:%B} {day.day}, {day.year}", old=_OLD, new=_NEW, many=_MANY[ratio]
    )
    line.notes.append(("shares_after", told))
    for earlier in scene.drafts:
        known = earlier.accepted_at <= spot.draft.accepted_at and not splits_after(earlier)
        if earlier.insider is draft.insider and known:
            _list(earlier, held(earlier, other, many))
    if scene.rng.random() < 0.4:
        none = held(draft, other, 0)
        none.difference, none.causes = -many, ["reclassified"]
        _list(draft, none)
    return draft, line, many * ratio


def exchanged_at_last(scene: Scene) -> Spoilt:
    """The last form of a filer lists two vehicles, each with what the other has."""
    insider, vehicles = _two_vehicles(scene)
    lines = _listed_last(scene, insider, vehicles)
    first, second = (line.fields["shares_after"] for line in lines.lines)
    lines.lines[0].fields["shares_after"], lines.lines[1].fields["shares_after"] = second, first
    return scene.spoilt(lines, lines.lines[0])


def listed_at_last(scene: Scene) -> Spoilt:
    """The last form lists the same two vehicles rightly."""
    insider, vehicles = _two_vehicles(scene)
    draft = _listed_last(scene, insider, vehicles)
    return scene.spoilt(draft, draft.lines[0])


def _two_vehicles(scene: Scene) -> tuple[Draft, list[Line]]:
    """The last form of a filer that lists two vehicles with other totals."""
    last = {id(one.insider): one for one in scene.drafts}
    for draft in last.values():
        told = [
            chain[-1][1]
            for pool in draft.insider.going_on
            if (chain := scene.claims(pool)) and pool.balance and not pool.pending
        ]
        right = [one for one in told if one.true == one.position.balance and not one.causes]
        if len(right) > 1 and right[0].true != right[1].true and not splits_after(draft):
            return draft, right[:2]
    raise Unsuitable(scene.kind)


def _listed_last(scene: Scene, like: Draft, lines: list[Line]) -> Draft:
    on = business_days_after(like.filed_on, 5)
    rows = [held(like, line.position, line.true) for line in lines]
    draft = form_of(like, on, rows, scene.kind)
    scene.insert(draft)
    return draft


def _list(draft: Draft, line: Line) -> None:
    draft.lines.append(line)
    draft.lines.sort(key=lambda one: str(one.fields["table"]))


_HABITS = {"convention": "running", "holdings": "all"}
REGROUPED = (
    ErrorKind(
        "reclassified-short",
        ("ISOLATED_TOTAL_ERROR", "BALANCE_BREAK", "LEVEL_SHIFT_UNEXPLAINED"),
        reclassified_short,
        habits=_HABITS,
    ),
    ErrorKind(
        "exchanged-at-last",
        ("WRONG_VEHICLE", "DI_SWAP"),
        exchanged_at_last,
        setup=("two-vehicles",),
        habits=_HABITS,
    ),
)
REGROUPED_NEIGHBOURS = (
    ErrorKind("class-reclassified", (), reclassified, habits=_HABITS),
    ErrorKind("listed-at-last", (), listed_at_last, setup=("two-vehicles",), habits=_HABITS),
)
