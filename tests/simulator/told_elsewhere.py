"""What a form tells of one holding on the line of another: interests sold, accounts put together, deposits."""

from __future__ import annotations

from datetime import date

from tests.simulator.added_forms import (
    calm_spots,
    changed,
    days_before,
    held,
    is_direct,
    listed,
    mistotalled,
    new_position,
    successive,
    traded,
)
from tests.simulator.calendars import business_days_after
from tests.simulator.people import Position
from tests.simulator.reports import Draft, Line
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Unsuitable

_BODIES = ("Alder Holdings Inc.", "Juniper Partners LP", "Cedar Ridge LLC", "Thornbury Corp.")
_SOLD = (
    "The reporting person sold his interest in {body} on {day} and no longer has a pecuniary interest in the {shares} shares it holds.",
    "On {day} the reporting person transferred his entire interest in {body} to an unaffiliated party and has no further pecuniary interest in the shares held by that entity.",
    "In {month} the reporting person ceased to be a holder of any interest in {body}, and no longer beneficially owns the shares held by it.",
    "On {day} all of the outstanding equity of {body}, which holds {shares} shares of the issuer, was sold to a third party.",
)
_STANDING = (
    "The reporting person is one of the owners of {body}.",
    "The reporting person may be deemed to share power over the shares held by {body}.",
)
_PLANS = (
    ("By ESPP", "the issuer's employee stock purchase plan"),
    ("By 401(k) Plan", "the issuer's 401(k) plan"),
    ("By Savings Plan", "the company savings plan"),
)
_UNITED = (
    "Includes {shares} shares acquired under {plan}, previously reported as indirectly held and now held in the reporting person's own account.",
    "The total includes {shares} shares formerly reported as held by {plan}, which were distributed in kind to the reporting person and are now owned directly.",
    "Includes {shares} shares that were reported separately before as held through {plan} and have been transferred to the reporting person's brokerage account.",
)
_DEPOSITED = (
    "On {day} the {shares} ordinary shares held by the nominee were deposited with the depositary in exchange for {many} American Depositary Shares, a change in form of ownership only.",
    "The {shares} ordinary shares of the nominee were deposited on {day} with the depositary bank against the issue of {many} ADSs to the reporting person.",
)


def interest_sold(scene: Scene) -> Spoilt:
    """What a body holds leaves the report: a note on another line says that the interest was sold."""
    _, draft, line, _ = _interest(scene, _SOLD)
    return scene.spoilt(draft, line)


def interest_sold_yet_listed(scene: Scene) -> Spoilt:
    """The same, and a later form lists what the body holds as if nothing had been sold."""
    vehicle, draft, _, last = _interest(scene, _SOLD)
    line = held(last, vehicle, vehicle.history[0][1])
    line.true = 0
    listed(last, line)
    return scene.spoilt(last, line, draft)


def interest_kept(scene: Scene) -> Spoilt:
    """A note on another line speaks of the interest and ends nothing; a later form goes on with it."""
    vehicle, _, _, last = _interest(scene, _STANDING)
    line = held(last, vehicle, vehicle.balance)
    listed(last, line)
    return scene.spoilt(last, line)


def account_united(scene: Scene) -> Spoilt:
    """Shares of a plan that had a line of its own stand in the direct total, as its note says."""
    draft, line, _ = _united(scene)
    return scene.spoilt(draft, line)


def united_yet_listed(scene: Scene) -> Spoilt:
    """The same, and the next form lists the plan's shares as well."""
    draft, direct, plan = _united(scene)
    last = scene.following(draft)
    if last is None or last.form != "4":
        raise Unsuitable(scene.kind)
    line = held(last, plan, plan.history[0][1])
    line.true = 0
    listed(last, line)
    assert direct.causes
    return scene.spoilt(last, line, draft)


def united_off(scene: Scene) -> Spoilt:
    """The same, and the direct total is another number than both come to."""
    draft, line, _ = _united(scene)
    return mistotalled(scene, draft, line)


def deposited(scene: Scene) -> Spoilt:
    """A nominee's ordinary shares become depositary ones, by a note on either line."""
    draft, line = _deposited(scene, left=False)
    return scene.spoilt(draft, line)


def deposited_yet_listed(scene: Scene) -> Spoilt:
    """The same, and the nominee's line still has all of them."""
    draft, line = _deposited(scene, left=True)
    return scene.spoilt(draft, line)


def _interest(scene: Scene, notes: tuple[str, ...]) -> tuple[Position, Draft, Line, Draft]:
    """A body listed on one form, a note about it on a line of the next, and the form after that."""
    first, middle, last = successive(scene, 3)
    body, day = scene.rng.choice(_BODIES), business_days_after(first.filed_on, 2)
    stock = [line for line in middle.lines if line.fields["table"] == "I"]
    if day >= middle.period or not stock:
        raise Unsuitable(scene.kind)
    vehicle = new_position(first, "I/body", ownership="indirect", nature=f"By {body}")
    shares = scene.rng.randrange(20, 900) * 100 + 7
    vehicle.move(first.period, shares)
    listed(first, held(first, vehicle, shares))
    if notes is _SOLD:
        vehicle.move(day, -shares)
    line = stock[0]
    line.notes.append((scene.rng.choice(_ANYWHERE), _filled(scene, notes, shares, day, body=body)))
    return vehicle, middle, line, last


_ANYWHERE = ("shares_after", "security")


def _united(scene: Scene) -> tuple[Draft, Line, Position]:
    spot = scene.pick(
        calm_spots(
            scene,
            3,
            lambda one: (
                is_direct(one) and days_before(one) > 8 and not one.draft.insider.vehicle("Plan")
            ),
        )
    )
    assert spot.before is not None
    nature, plan = scene.rng.choice(_PLANS)
    position = new_position(spot.draft, "I/plan", ownership="indirect", nature=nature)
    shares, day = scene.rng.randrange(30, 900) * 5, business_days_after(spot.before[0].filed_on, 2)
    position.move(spot.before[0].period, shares)
    position.move(day, -shares)
    listed(spot.before[0], held(spot.before[0], position, shares))
    line = spot.line
    scene.rewrite(line.position, spot.draft, shares)
    line.true += shares
    line.fields["shares_after"] += shares
    line.difference, line.causes = shares, ["form-change"]
    line.notes.append(("shares_after", _filled(scene, _UNITED, shares, day, plan=plan)))
    if scene.rng.random() < 0.5:
        listed(spot.draft, _emptied(spot.draft, position, shares))
    return spot.draft, line, position


def _emptied(draft: Draft, position: Position, shares: int) -> Line:
    line = held(draft, position, 0)
    line.difference, line.causes = -shares, ["form-change"]
    return line


def _deposited(scene: Scene, *, left: bool) -> tuple[Draft, Line]:
    first, middle, last = successive(scene, 3)
    ratio = scene.rng.choice((2, 4, 5, 8, 10))
    nominee = new_position(
        first, "I/nominee", title="Ordinary Shares", ownership="indirect", nature="By Nominee"
    )
    receipts = new_position(first, "I/ads", title="American Depositary Shares")
    had, many = scene.rng.randrange(20, 300) * 10, scene.rng.randrange(20, 900) * 10
    shares, sold = many * ratio, scene.rng.randrange(1, 20) * 10
    day = business_days_after(first.filed_on, 2)
    if day >= middle.period:
        raise Unsuitable(scene.kind)
    nominee.move(first.period, shares)
    receipts.move(first.period, had)
    one = held(first, receipts, had)
    one.notes.append(
        ("security", f"Each American Depositary Share represents {ratio} ordinary shares.")
    )
    listed(first, held(first, nominee, shares))
    listed(first, one)
    nominee.move(day, -shares)
    receipts.move(day, many)
    receipts.move(middle.period, -sold)
    row = traded(middle, receipts, "S", -sold, had + many - sold, on=middle.period)
    row.difference, row.causes = many, ["deposit"]
    note = _filled(scene, _DEPOSITED, shares, day, many=f"{many:,}")
    row.notes.append(("shares_after", note))
    listed(middle, row)
    listed(last, held(last, receipts, had + many - sold))
    if left:
        line = held(middle, nominee, shares)
        line.true = 0
        listed(middle, line)
        return middle, line
    if scene.rng.random() < 0.6:
        line = changed(middle, nominee, 0, change=-shares, cause="deposit")
        line.notes.append(("shares_after", note))
    return middle, row


def _filled(scene: Scene, notes: tuple[str, ...], shares: int, day: date, **more: str) -> str:
    said = {"shares": f"{shares:,}", "day": f"{day:%B} {day.day}, {day.year}"} | more
    return scene.rng.choice(notes).format(month=f"{day:%B %Y}", **said)


_HABITS = {"convention": "running", "holdings": "moved", "respells": False}
_STILL = ("COLUMN_NOTE_CONFLICT", "INDIRECT_COUNTERPART_MISSING", "WRONG_VEHICLE", "ISOLATED_TOTAL_ERROR")  # fmt: skip
_OFF = ("BALANCE_BREAK", "LEVEL_SHIFT_UNEXPLAINED", "ISOLATED_TOTAL_ERROR", "GAP_SUSPECTED", "TRANSPOSED_DIGITS", "MAGNITUDE_ERROR", "OPENING_MISMATCH", "COLUMN_NOTE_CONFLICT")  # fmt: skip
TOLD_ELSEWHERE = (
    ErrorKind("interest-sold-yet-listed", _STILL, interest_sold_yet_listed, habits=_HABITS),
    ErrorKind("united-yet-listed", (*_STILL, "BALANCE_BREAK"), united_yet_listed, habits=_HABITS),
    ErrorKind("united-off", _OFF, united_off, habits=_HABITS),
    ErrorKind("deposited-yet-listed", _STILL, deposited_yet_listed, habits=_HABITS),
)
TOLD_ELSEWHERE_NEIGHBOURS = (
    ErrorKind("interest-sold", (), interest_sold, habits=_HABITS),
    ErrorKind("interest-kept", (), interest_kept, habits=_HABITS),
    ErrorKind("account-united", (), account_united, habits=_HABITS),
    ErrorKind("deposited-for-receipts", (), deposited, habits=_HABITS),
)
