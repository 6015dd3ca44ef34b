"""Long silences: what is missing from them, and those from which nothing is missing."""

from __future__ import annotations

from datetime import timedelta

from tests.simulator.reports import Draft, Line
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt

LONG = timedelta(days=500)
"""How long nobody hears of a filer: well over a year, the time between two Forms 5."""


def form_missing_from_silence(scene: Scene) -> Spoilt:
    """The last form before a long silence was never filed."""
    return _lost(scene, split=False)


def form_missing_beside_split(scene: Scene) -> Spoilt:
    """The last form before a long silence was never filed, and the stock splits within it."""
    return _lost(scene, split=True)


def nothing_missing(scene: Scene) -> Spoilt:
    """A long silence from which nothing is missing."""
    places = [(before, after) for before, after in _silences(scene) if after.lines]
    _, after = scene.pick(places)
    return scene.spoilt(after, after.lines[0])


def _lost(scene: Scene, *, split: bool) -> Spoilt:
    places, plain = [], {id(draft) for draft in scene.plain_forms()}
    for last, after in _silences(scene):
        within = any(last.filed_on < one.on <= after.filed_on for one in last.company.splits)
        if within is not split or last.company.succession or last.company is not after.company:
            continue
        stock = [line for line in last.lines if line.fields["table"] == "I"]
        if any(line.causes for line in stock):
            continue
        if not {id(last), id(after)} <= plain or not sum(line.signed for line in stock):
            continue
        for line in after.lines:
            position = line.position
            rows = scene.rows(position)
            before = [one for one in rows if one[0].accepted_at < last.accepted_at]
            lost = sum(one.signed for one in last.on(position))
            told = set(line.causes) <= ({"split"} if split else set())
            told = told and "401" not in position.nature  # a plan accrues as much
            if lost and before and told and position.table == "I" and line.claim:
                places.append((last, after, line, lost))
    last, after, line, lost = scene.pick(places)
    ratio = last.company.splits[0].ratio if split else 1
    scene.drafts.remove(last)
    line.difference += int(lost * ratio)
    return scene.spoilt(after, line, *_next_told(scene, last, after))


def _silences(scene: Scene) -> list[tuple[Draft, Draft]]:
    """Each form after which its filer is long silent, with the one that ends the silence."""
    pairs = ((one, scene.following(one)) for one in scene.drafts if one.insider.kind == "person")
    return [(one, after) for one, after in pairs if after and after.filed_on - one.filed_on >= LONG]


def _next_told(scene: Scene, last: Draft, after: Draft) -> list[Draft]:
    """The first later forms about whatever else the lost form told."""
    others: list[Line] = [line for line in last.lines if line.move]
    found = []
    for line in others:
        later = [one for one, _ in scene.rows(line.position) if one.accepted_at > last.accepted_at]
        found += later[:1]
    return [one for one in found if one is not after]


_HABITS = {"convention": "running"}

GAPS = (
    ErrorKind(
        "form-missing-from-silence",
        ("GAP_SUSPECTED",),
        form_missing_from_silence,
        setup=("silence",),
        habits=_HABITS,
    ),
    ErrorKind(
        "form-missing-beside-split",
        ("GAP_SUSPECTED",),
        form_missing_beside_split,
        setup=("silence", "split"),
        habits=_HABITS,
    ),
)
GAP_NEIGHBOURS = (
    ErrorKind("long-silence", (), nothing_missing, setup=("silence",), habits=_HABITS),
)
