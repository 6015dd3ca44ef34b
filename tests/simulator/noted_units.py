"""Units under the title of the stock: a filer counts them apart, and a note alone tells so."""

from __future__ import annotations

from datetime import date, timedelta

from tests.simulator.added_forms import (
    form_of,
    held,
    last_direct,
    new_position,
    splits_after,
    traded,
)
from tests.simulator.calendars import trading_day
from tests.simulator.people import Number, Position
from tests.simulator.reports import Draft, Line
from tests.simulator.slips import arbitrary_shift
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Unsuitable

_WORDS = (
    "Represents restricted stock units.",
    "Represents unvested restricted stock units, each of which is a contingent right to one share.",
    "These are RSUs that vest in annual installments.",
    "Consists of restricted stock units granted under the company's equity plan.",
)


def units_by_a_note(scene: Scene) -> Spoilt:
    """Units are granted and vest in two lots; shares and units have each their own totals."""
    forms = _lives_on(scene)
    return scene.spoilt(forms[1], forms[1].lines[-1])


def noted_units_off(scene: Scene) -> Spoilt:
    """The same, and the units' total is off once; the next is right."""
    forms = _lives_on(scene)
    line = forms[1].lines[-1]
    shift = arbitrary_shift(scene.rng, line.true, line.signed)
    if shift is None or line.true + shift <= 0 or abs(shift) == abs(line.signed):
        raise Unsuitable(scene.kind)
    line.fields["shares_after"] += shift
    line.difference += shift
    return scene.spoilt(forms[1], line, forms[2])


def units_once_in_table_one(scene: Scene) -> Spoilt:
    """One form has the units of Table II in the other table; the next goes on in its own."""
    draft, line, later = _once_apart(scene)
    return scene.spoilt(draft, line, later)


def units_off_in_table_one(scene: Scene) -> Spoilt:
    """The same, and what that form says is left of them is off; the next is right."""
    draft, line, later = _once_apart(scene)
    shift = arbitrary_shift(scene.rng, line.true, line.signed)
    if shift is None or line.true + shift <= 0 or abs(shift) == abs(line.signed):
        raise Unsuitable(scene.kind)
    line.fields["shares_after"] += shift
    line.difference += shift
    return scene.spoilt(draft, line, later)


def _once_apart(scene: Scene) -> tuple[Draft, Line, Draft]:
    """A vesting of units between two others whose row is put into the other table."""
    places = []
    for position in {id(one): one for d in scene.drafts for one in d.insider.series}.values():
        claims = scene.claims(position)
        calm = position.series is not None and position.series.kind == "rsu" and len(claims) > 2
        if calm and not splits_after(claims[0][0]) and not any(ln.causes for _, ln in claims):
            places += [
                (claims[at], claims[at + 1][0])
                for at in range(1, len(claims) - 1)
                if claims[at][1].signed
                and claims[at][1].true == claims[at][1].fields["shares_after"] > 0
                and len({id(draft) for draft, _ in claims[at - 1 : at + 2]}) == 3
            ]
    (draft, line), later = scene.pick(places)
    for field in (
        "exercise_price",
        "exercisable_on",
        "expires_on",
        "underlying",
        "underlying_shares",
    ):
        line.fields.pop(field, None)
    line.fields["table"] = "I"
    line.notes = [(field, text) for field, text in line.notes if field in line.fields]
    draft.lines.sort(key=lambda one: str(one.fields["table"]))
    return draft, line, later


def _lives_on(scene: Scene) -> list[Draft]:
    """A grant of units after a filer's last form, and two vestings of it."""
    draft, line = scene.pick(last_direct(scene))
    pool, words = line.position, scene.rng.choice(_WORDS)
    units = new_position(draft, "I/units", title=pool.title)
    lot = scene.rng.randrange(4, 60) * 25
    kept = lot * scene.rng.randrange(220, 450) // 1000
    if line.true in (3 * lot, lot, 2 * lot):
        raise Unsuitable(scene.kind)
    start = trading_day(draft.filed_on + timedelta(days=scene.rng.randrange(20, 60)))
    days = [
        start,
        trading_day(start + timedelta(days=365)),
        trading_day(start + timedelta(days=730)),
    ]
    forms, had, own = [], line.true, 0
    for number, on in enumerate(days):
        rows: list[Line] = []
        if number:
            rows = [
                _row(draft, pool, "M", lot, had + lot, on=on),
                _row(draft, pool, "F", -kept, had + lot - kept, on=on),
            ]
            had += lot - kept
        else:
            rows = [held(draft, pool, had)]
        change = -lot if number else 3 * lot
        own += change
        rows.append(_row(draft, units, "M" if number else "A", change, own, on=on))
        rows[-1].notes.append((scene.rng.choice(("shares_after", "shares", "security")), words))
        forms.append(form_of(draft, on, rows, f"units-{number}"))
    for one in forms:
        scene.insert(one)
    return forms


def _row(
    like: Draft, position: Position, code: str, delta: Number, total: Number, *, on: date
) -> Line:
    position.move(on, delta)
    return traded(like, position, code, delta, total, on=on)


_VESTING = ("unit_grant", "unit_vest", "unit_vest", "unit_vest")
_IN_TABLE_TWO = {"awards": "II", "convention": "running", "series_total": "series"}
NOTED_UNITS = (
    ErrorKind(
        "units-off-in-table-one",
        (
            "ISOLATED_TOTAL_ERROR",
            "BALANCE_BREAK",
            "LEVEL_SHIFT_UNEXPLAINED",
            "GAP_SUSPECTED",
            "DERIV_OVER_EXERCISED",
        ),
        units_off_in_table_one,
        _VESTING,
        habits=_IN_TABLE_TWO,
    ),
    ErrorKind(
        "noted-units-off",
        ("ISOLATED_TOTAL_ERROR", "BALANCE_BREAK", "LEVEL_SHIFT_UNEXPLAINED"),
        noted_units_off,
    ),
)
NOTED_UNITS_NEIGHBOURS = (
    ErrorKind("units-by-a-note", (), units_by_a_note),
    ErrorKind(
        "units-once-in-table-one", (), units_once_in_table_one, _VESTING, habits=_IN_TABLE_TWO
    ),
)
