"""Units under the title of the stock: a filer counts them apart, and a note alone tells so."""

from __future__ import annotations

from datetime import date, timedelta

from tests.simulator.added_forms import form_of, held, last_direct, new_position, traded
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
    if shift is None or line.true + shift <= 0:
        raise Unsuitable(scene.kind)
    line.fields["shares_after"] += shift
    line.difference += shift
    return scene.spoilt(forms[1], line, forms[2])


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


NOTED_UNITS = (
    ErrorKind(
        "noted-units-off",
        ("ISOLATED_TOTAL_ERROR", "BALANCE_BREAK", "LEVEL_SHIFT_UNEXPLAINED"),
        noted_units_off,
    ),
)
NOTED_UNITS_NEIGHBOURS = (ErrorKind("units-by-a-note", (), units_by_a_note),)
