"""Units paid in part in cash, awards that are cancelled or bought back, lots marked as somebody else's."""

from __future__ import annotations

from datetime import date

from tests.simulator.added_forms import (
    calm_spots,
    days_before,
    form_of,
    held,
    is_direct,
    listed,
    mistotalled,
    new_position,
    traded,
)
from tests.simulator.calendars import business_days_after
from tests.simulator.reports import Draft, Line
from tests.simulator.slips import arbitrary_shift
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Unsuitable

_IN_CASH = (
    "One-half of the vested units was settled in shares and one-half in cash.",
    "The units were settled one-half in cash and one-half in shares of the issuer's stock.",
    "50% of the vested units were paid in cash.",
)
_BOUGHT_BACK = (
    "On {day} the issuer repurchased {shares} unvested founder's shares at their original cost of $0.01 per share.",
    "{shares} unvested shares were bought back by the issuer on {day} at the price that was paid for them.",
    "Reflects the repurchase by the issuer on {day} of {shares} shares of restricted stock at cost.",
)
_CANCELLED = (
    "The restricted stock award reported on the Form 4 filed on {day} was rescinded and is no longer counted.",
    "Reflects the cancellation of the award granted on {granted}, because its conditions were not met.",
    "The award of {granted} was forfeited in full.",
)


def half_in_cash(scene: Scene) -> Spoilt:
    """Half of the units that vest is paid in stock, as a note says, and half in cash."""
    draft, line = _vested(scene)
    return scene.spoilt(draft, line)


def half_in_cash_off(scene: Scene) -> Spoilt:
    """The same, and more or fewer shares came than its half."""
    draft, line = _vested(scene, off=True)
    return scene.spoilt(draft, line)


def bought_back(scene: Scene) -> Spoilt:
    """The issuer buys unvested shares back, of which only the note on the next total tells."""
    draft, line = _gone(scene)
    return scene.spoilt(draft, line)


def bought_back_off(scene: Scene) -> Spoilt:
    """The same, and the total is another number than its note leaves."""
    draft, line = _gone(scene)
    return mistotalled(scene, draft, line)


def award_cancelled(scene: Scene) -> Spoilt:
    """An award that a form reported is gone from the next total, whose note says so without a number."""
    draft, line, _ = _cancelled(scene)
    return scene.spoilt(draft, line)


def award_cancelled_off(scene: Scene) -> Spoilt:
    """The same, and the total lacks another number than the award."""
    draft, line, before = _cancelled(scene)
    spoilt = mistotalled(scene, draft, line)
    spoilt.also.append(before)
    return spoilt


def lot_marked_indirect(scene: Scene) -> Spoilt:
    """One of several lots, all told with the balance that runs on, is marked as held indirectly."""
    draft, lots = _lots(scene)
    line = scene.rng.choice(lots)
    line.fields |= {"ownership": "indirect", "nature": scene.rng.choice(("", "By Trust"))}
    return scene.spoilt(draft, line)


def lot_of_another(scene: Scene) -> Spoilt:
    """Among such lots stands one of another holding, which has a balance of its own."""
    draft, lots = _lots(scene)
    nature = "By Cedar Hill LLC"
    other = new_position(draft, "I/among", ownership="indirect", nature=nature)
    had, sold = scene.rng.randrange(60, 300) * 100, scene.rng.randrange(1, 50) * 10
    other.move(draft.period, had)
    other.move(draft.period, -sold)
    row = traded(draft, other, "S", -sold, had - sold, on=draft.period)
    row.difference, row.causes = had, ["opening"]
    draft.lines.insert(draft.lines.index(lots[0]) + 1, row)
    return scene.spoilt(draft, row)


def _vested(scene: Scene, *, off: bool = False) -> tuple[Draft, Line]:
    spot = scene.pick(calm_spots(scene, 12, is_direct))
    like = spot.draft
    units = new_position(like, "II/units", table="II", title="Deferred Stock Units")
    many = scene.rng.randrange(10, 200) * 20
    vest = scene.rng.randrange(1, many // 20 + 1) * 20
    units.move(like.period, many)
    on = business_days_after(like.filed_on, 2)
    units.move(on, -vest)
    came = vest // 2
    if off:
        shift = arbitrary_shift(scene.rng, came, 0)
        if shift is None or came + shift in (0, vest) or came + shift < 0:
            raise Unsuitable(scene.kind)
        came += int(shift)
    listed(like, held(like, units, many))
    total = spot.line.true + came
    rows = [
        traded(like, spot.line.position, "M", came, total, on=on),
        traded(like, units, "M", -vest, many - vest, on=on),
    ]
    scene.rng.choice(rows).notes.append(("shares", scene.rng.choice(_IN_CASH)))
    draft = form_of(like, on, rows, scene.kind)
    scene.rewrite(spot.line.position, like, came)
    scene.insert(draft)
    return draft, rows[0]


def _gone(scene: Scene) -> tuple[Draft, Line]:
    spot = scene.pick(
        calm_spots(
            scene, 3, lambda one: is_direct(one) and days_before(one) > 8 and one.line.true > 4000
        )
    )
    assert spot.before is not None
    shares = scene.rng.randrange(2, 30) * 100
    day = business_days_after(spot.before[0].filed_on, 2)
    later = [line.true for _, line in spot.later]
    if min([spot.line.true, *later]) <= shares:
        raise Unsuitable(scene.kind)
    _lowered(scene, spot.draft, spot.line, shares)
    spot.line.notes.append(
        ("shares_after", scene.rng.choice(_BOUGHT_BACK).format(shares=f"{shares:,}", day=_day(day)))
    )
    return spot.draft, spot.line


def _cancelled(scene: Scene) -> tuple[Draft, Line, Draft]:
    spot = scene.pick(calm_spots(scene, 25, is_direct))
    after = spot.after
    assert after is not None
    draft, line = after
    alone = len(draft.on(line.position)) == 1 and draft.form == "4"
    shares, on = scene.rng.randrange(5, 90) * 100, business_days_after(spot.draft.filed_on, 3)
    if not alone or abs(line.signed) == shares:
        raise Unsuitable(scene.kind)
    row = traded(spot.draft, line.position, "A", shares, spot.line.true + shares, on=on)
    form = form_of(spot.draft, on, [row], scene.kind)
    if form.filed_on >= draft.period:
        raise Unsuitable(scene.kind)
    line.position.move(on, shares)
    scene.insert(form)
    line.difference, line.causes = -shares, ["award-cancelled"]
    line.notes.append(
        (
            "shares_after",
            scene.rng.choice(_CANCELLED).format(day=_day(form.filed_on), granted=_day(on)),
        )
    )
    line.position.history.sort(key=lambda one: one[0])
    return draft, line, form


def _lots(scene: Scene) -> tuple[Draft, list[Line]]:
    places = []
    for draft in scene.plain_forms():
        lots = [line for line in draft.lines if line.signed < 0 and line.fields["code"] == "S"]
        own = [line for line in lots if line.fields["ownership"] == "direct"]
        calm = len(own) >= 3 and not any(line.causes for line in own) and own == lots
        if calm and draft.insider.kind == "person" and scene.following(draft) is not None:
            places.append((draft, own))
    found: tuple[Draft, list[Line]] = scene.pick(places)
    return found


def _lowered(scene: Scene, draft: Draft, line: Line, shares: int) -> None:
    """Let a total and all after it be so much lower."""
    scene.rewrite(line.position, draft, -shares)
    line.true -= shares
    line.fields["shares_after"] -= shares
    line.difference, line.causes = -shares, ["bought-back"]


def _day(on: date) -> str:
    return f"{on:%B} {on.day}, {on.year}"


_HABITS = {"convention": "running", "holdings": "moved", "respells": False}
_OFF = ("BALANCE_BREAK", "BALANCE_BREAK_AMBIGUOUS", "LEVEL_SHIFT_UNEXPLAINED", "ISOLATED_TOTAL_ERROR", "GAP_SUSPECTED", "TRANSPOSED_DIGITS", "MAGNITUDE_ERROR", "OPENING_MISMATCH", "COLUMN_NOTE_CONFLICT")  # fmt: skip
SETTLED_OTHERWISE = (
    ErrorKind(
        "half-in-cash-off", ("EXERCISE_QUANTITY_MISMATCH",), half_in_cash_off, habits=_HABITS
    ),
    ErrorKind("bought-back-off", _OFF, bought_back_off, habits=_HABITS),
    ErrorKind("award-cancelled-off", _OFF, award_cancelled_off, habits=_HABITS),
    ErrorKind(
        "lot-marked-indirect",
        ("DI_SWAP", "WRONG_VEHICLE"),
        lot_marked_indirect,
        needs=("sell",),
        habits=_HABITS,
    ),
)
SETTLED_OTHERWISE_NEIGHBOURS = (
    ErrorKind("half-in-cash", (), half_in_cash, habits=_HABITS),
    ErrorKind("bought-back", (), bought_back, habits=_HABITS),
    ErrorKind("award-cancelled", (), award_cancelled, habits=_HABITS),
    ErrorKind("lot-of-another", (), lot_of_another, needs=("sell",), habits=_HABITS),
)
