"""Holdings that an amendment gives to another holder, or that a later form says the Form 3 left out."""

from __future__ import annotations

from tests.simulator.added_forms import (
    amendment_of,
    changed,
    held,
    listed,
    mistotalled,
    new_position,
    room,
    successive,
    traded,
)
from tests.simulator.calendars import business_days_after
from tests.simulator.people import Position
from tests.simulator.reports import Draft, Line
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Unsuitable

_HOLDERS = (
    ("By Trust for Ada", "By Trust for Basil"),
    ("By Marlow Trust", "By Marlow Family Foundation"),
    ("By Spouse", "By Daughter"),
    ("By Cedar Hill LLC", "By Cedar Hill Partners LP"),
)
_AMENDED = (
    "This amendment is filed to correct the name of the holder of the shares reported as held {was}, which was stated in error. They are held {now}.",
    "Amended to show that the {shares} shares originally reported as held {was} are in fact held {now}.",
    "The original filing incorrectly listed these shares as held {was}; all other information is unchanged.",
)
_LEFT_OUT = (
    "The reporting person's Form 3 inadvertently omitted {shares} shares held {now}.",
    "These {shares} shares were held when the reporting person became subject to Section 16 and were left off the Form 3 by mistake.",
    "Represents {shares} shares that should have been reported on the Form 3 filed on {day}.",
)


def amended_holder(scene: Scene) -> Spoilt:
    """A form lists shares under a wrong holder; its amendment restates all with the right one."""
    amendment, line, _ = _amended(scene)
    return scene.spoilt(amendment, line)


def amended_holder_off(scene: Scene) -> Spoilt:
    """The same, and what the right holder has after a later sale is another number."""
    _, _, (draft, line) = _amended(scene)
    return mistotalled(scene, draft, line)


def entered_late(scene: Scene) -> Spoilt:
    """A later form lists what the Form 3 left out, and says so."""
    draft, line = _entered(scene)
    return scene.spoilt(draft, line)


def entered_late_off(scene: Scene) -> Spoilt:
    """The same, with another number than its note gives."""
    draft, line = _entered(scene)
    return mistotalled(scene, draft, line)


def _amended(scene: Scene) -> tuple[Draft, Line, tuple[Draft, Line]]:
    first, last = successive(scene, 2)
    was, now = scene.rng.choice(_HOLDERS)
    natures = [one.nature for one in first.insider.vehicles]
    filed = business_days_after(first.filed_on, scene.rng.randrange(1, 6))
    amended = any(one.original_on == first.filed_on for one in scene.drafts)
    if amended or {was, now} & set(natures) or room(scene, first) < 12 or filed >= last.period:
        raise Unsuitable(scene.kind)
    right = new_position(first, "I/right", ownership="indirect", nature=now)
    shares, sold = scene.rng.randrange(20, 900) * 100 + 7, scene.rng.randrange(1, 15) * 100
    right.move(first.period, shares)
    restated = [line.copied() for line in first.lines]
    wrong = held(first, right, shares)
    wrong.fields = wrong.fields | {"nature": was}
    wrong.causes.append("corrected-later")
    listed(first, wrong)
    words = scene.rng.choice(_AMENDED).format(was=_by(was), now=_by(now), shares=f"{shares:,}")
    amendment = amendment_of(first, filed, restated, words)
    line = held(first, right, shares)
    line.causes.append("restated")
    listed(amendment, line)
    scene.insert(amendment)
    right.move(last.period, -sold)
    row = traded(last, right, "S", -sold, shares - sold, on=last.period)
    listed(last, row)
    return amendment, line, (last, row)


def _entered(scene: Scene) -> tuple[Draft, Line]:
    firsts = {id(one.insider): one for one in scene.drafts if one.form == "3"}
    first, second, last = successive(scene, 3)
    opened = firsts.get(id(first.insider))
    _, now = scene.rng.choice(_HOLDERS)
    if opened is None or any(one.nature == now for one in first.insider.vehicles):
        raise Unsuitable(scene.kind)
    position: Position = new_position(first, "I/left-out", ownership="indirect", nature=now)
    shares = scene.rng.randrange(20, 900) * 10 + 7
    position.move(opened.period, shares)
    line = changed(second, position, shares, change=shares, cause="left-out")
    on = opened.filed_on
    note = scene.rng.choice(_LEFT_OUT).format(
        shares=f"{shares:,}", now=_by(now), day=f"{on:%B} {on.day}, {on.year}"
    )
    line.notes.append(("shares_after", note))
    listed(last, held(last, position, shares))
    return second, line


def _by(nature: str) -> str:
    return (
        nature.replace("By ", "by ")
        .replace("by Spouse", "by the spouse")
        .replace("by Daughter", "by a daughter")
    )


_HABITS = {"convention": "running", "holdings": "moved", "respells": False}
_OFF = ("BALANCE_BREAK", "LEVEL_SHIFT_UNEXPLAINED", "ISOLATED_TOTAL_ERROR", "GAP_SUSPECTED", "TRANSPOSED_DIGITS", "MAGNITUDE_ERROR", "OPENING_MISMATCH", "COLUMN_NOTE_CONFLICT")  # fmt: skip
AMENDED_HOLDERS = (
    ErrorKind("amended-holder-off", _OFF, amended_holder_off, habits=_HABITS),
    ErrorKind("entered-late-off", _OFF, entered_late_off, setup=("form-3",), habits=_HABITS),
)
AMENDED_HOLDER_NEIGHBOURS = (
    ErrorKind("amended-holder", (), amended_holder, habits=_HABITS),
    ErrorKind("entered-late", (), entered_late, setup=("form-3",), habits=_HABITS),
)
