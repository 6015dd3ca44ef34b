"""What plans and trusts credit as notes reckon it: matches less fees, dividends on both sides, annuities."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.simulator.added_forms import (
    calm_spots,
    form_of,
    held,
    is_direct,
    new_position,
    splits_after,
    traded,
)
from tests.simulator.calendars import business_days_after
from tests.simulator.people import Position
from tests.simulator.reports import Draft, Line
from tests.simulator.slips import arbitrary_shift
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Spot, Unsuitable

_MATCHED = (
    "Includes {own} shares bought with payroll contributions and {match} shares of company match, less {fee} shares sold to pay plan fees.",
    "Since the last report the plan credited {own} shares for employee deferrals and {match} shares for matching contributions, and {fee} shares were sold to cover administrative fees.",
    "Reflects {own} shares acquired through contributions, {match} shares contributed by the company as a match, and a deduction of {fee} shares for recordkeeping fees.",
)
_DEFERRALS = (
    "By Deferral Plan",
    "By Directors' Deferral Plan",
    "By Deferred Compensation Plan",
    "By Nonqualified Plan",
    "By Salary Deferral Plan",
)
_REINVESTED = (
    "Includes {shares} shares acquired on {day} through reinvestment of dividends.",
    "Reflects {shares} shares bought with a cash dividend under the dividend reinvestment plan.",
)
_EQUIVALENTS = (
    "Includes {shares} restricted stock units credited as dividend equivalents.",
    "Reflects {shares} dividend equivalent units accrued on {day}, which vest with the units to which they relate.",
)
_FUNDED = (
    "Excludes {shares} shares contributed on {day} to the {first}.",
    "On {day} the reporting person contributed {shares} shares to the {first}, of which he is trustee.",
)
_PAID = (
    "Includes {shares} shares received on {day} from the {first} in satisfaction of its annuity.",
    "On {day} the {first} distributed {shares} shares to the reporting person as an annuity payment.",
    "Reflects the return of {shares} shares by the {first} on {day} as the annuity due for the year.",
)
_ROLLED = (
    "On {day} the {first} paid an annuity of {shares} shares to the reporting person, who contributed them the same day to the {second}.",
    "{shares} shares were distributed by the {first} on {day} as an annuity and rolled over into the {second}.",
    "Reflects the transfer on {day} to the {second} of the {shares} shares that the {first} had returned to its grantor.",
)


def matched_less_fees(scene: Scene) -> Spoilt:
    """A plan's units grow by contributions and a match, and fees are taken from them."""
    lines, _ = _matched(scene, slipped=False)
    return scene.spoilt(*lines[1])


def fees_added(scene: Scene) -> Spoilt:
    """The same, and the total adds the fees instead of taking them; the next is right."""
    lines, fee = _matched(scene, slipped=True)
    lines[2][1].difference -= 2 * fee
    return scene.spoilt(*lines[1], lines[2][0])


def deferred_by_statement(scene: Scene) -> Spoilt:
    """Pay is put off into a plan, whose statements rise by up to a quarter in a year, without a note."""
    forms = _forms_without(scene, "Defer")
    nature = scene.rng.choice(_DEFERRALS)
    plan = new_position(forms[0], "I/plan", ownership="indirect", nature=nature)
    total, before, lines = Decimal(scene.rng.randrange(900, 9_000)), forms[0], list[Line]()
    for draft in forms:
        days = (draft.period - before.period).days
        gained = total * scene.rng.randrange(12, 25) * days // 36_500
        total, before = total + gained, draft
        line = held(draft, plan, total)
        plan.move(draft.period, total - plan.balance)
        if lines and gained:
            line.difference, line.causes = gained, ["plan-units"]
        _list(draft, line)
        lines.append(line)
    return scene.spoilt(forms[1], lines[1])


def _forms_without(scene: Scene, vehicle: str) -> list[Draft]:
    """Three plain forms in turn of one who has no such vehicle, with no split since the first."""
    people = {id(one.draft.insider): one.draft.insider for one in calm_spots(scene, 3)}
    insider = scene.pick([one for one in people.values() if not one.vehicle(vehicle)])
    forms = [one for one in scene.plain_forms() if one.insider is insider]
    if len(forms) < 4 or splits_after(forms[0]):
        raise Unsuitable(scene.kind)
    at = scene.rng.randrange(len(forms) - 3)
    return forms[at : at + 3]


def _matched(scene: Scene, *, slipped: bool) -> tuple[list[tuple[Draft, Line]], Decimal]:
    """A plan on three forms in turn; the second has what the note of it reckons out."""
    forms = _forms_without(scene, "401(k)")
    plan = new_position(forms[0], "I/plan", ownership="indirect", nature="By 401(k) Plan")
    cent = Decimal("0.0001")
    had = Decimal(scene.rng.randrange(4_000_000, 90_000_000)) * cent
    own = Decimal(scene.rng.randrange(400_000, 1_400_000)) * cent
    match, fee = own / 2, Decimal(scene.rng.randrange(4_000, 50_000)) * cent
    note = scene.rng.choice(_MATCHED).format(own=own, match=match, fee=fee)
    total, lines = had, []
    for number, draft in enumerate(forms):
        total += own + match - fee if number == 1 else 0
        line = held(draft, plan, total)
        plan.move(draft.period, total - plan.balance)
        if number == 1:
            line.difference, line.causes = own + match - fee, ["plan-units"]
            line.notes.append(("shares_after", note))
            line.fields["shares_after"] += 2 * fee if slipped else 0
            line.difference += 2 * fee if slipped else 0
        _list(draft, line)
        lines.append((draft, line))
    return lines, fee


def dividends_on_both_sides(scene: Scene) -> Spoilt:
    """A dividend is reinvested in shares and credited in units; each line has its own note."""
    draft, rows, _ = _credited(scene)
    return scene.spoilt(draft, rows[0])


def dividends_crossed(scene: Scene) -> Spoilt:
    """The same, and each line counts what the note of the other says; later ones are right."""
    draft, rows, later = _credited(scene)
    shift = rows[1].difference - rows[0].difference
    if abs(shift) < 2:
        raise Unsuitable(scene.kind)
    for line, off in zip(rows, (shift, -shift), strict=True):
        line.fields["shares_after"] += off
        line.difference += off
    return scene.spoilt(draft, rows[0], later)


def _credited(scene: Scene) -> tuple[Draft, list[Line], Draft]:
    """Units are granted; a later form shows what a dividend brought to them and to the shares."""
    spot, later = _two_places(scene)
    if any("rsu" in one.id for one in spot.draft.insider.positions):
        raise Unsuitable(scene.kind)
    units = new_position(spot.draft, "II/units", table="II", title="Restricted Stock Units")
    number, granted = scene.rng.randrange(40, 400) * 25, business_days_after(spot.draft.filed_on, 2)
    units.move(granted, number)
    grant = traded(spot.draft, units, "A", number, number, on=granted)
    scene.insert(form_of(spot.draft, granted, [grant], "granted"))
    paid = business_days_after(later.draft.filed_on, 1)
    on, direct, had = business_days_after(paid, 2), later.line.position, int(later.line.true)
    rate = scene.rng.randrange(30, 140)
    brought, credited = had * rate // 10_000, number * rate // 10_000
    if min(brought, credited) < 3:
        raise Unsuitable(scene.kind)
    units.move(paid, credited)
    sold = scene.rng.randrange(1, had // 100) * 20
    rows = [
        traded(later.draft, direct, "S", -sold, had + brought - sold, on=on),
        held(later.draft, units, number + credited),
    ]
    for row, amount, words in zip(
        rows, (brought, credited), (_REINVESTED, _EQUIVALENTS), strict=True
    ):
        row.difference, row.causes = amount, ["dividend-reinvestment"]
        row.notes.append(("shares_after", _said(scene, words, paid, shares=f"{amount:,}")))
    draft = form_of(later.draft, on, rows, scene.kind)
    scene.rewrite(direct, draft, brought - sold)
    scene.insert(draft)
    after = scene.following(draft)
    if after is None:
        raise Unsuitable(scene.kind)
    _list(after, held(after, units, number + credited))
    return draft, rows, after


def annuity_rolled_over(scene: Scene) -> Spoilt:
    """An annuity trust pays in shares, which go on into the next one: the direct total stays."""
    draft, rows = _annuity(scene, rolled=True)
    return scene.spoilt(draft, rows[0])


def annuity_kept(scene: Scene) -> Spoilt:
    """An annuity trust pays in shares, which are held directly from then on."""
    draft, rows = _annuity(scene, rolled=False)
    return scene.spoilt(draft, rows[0])


def annuity_miscounted(scene: Scene) -> Spoilt:
    """The same, and the direct total rises by another number; the next is right again."""
    draft, rows = _annuity(scene, rolled=False)
    shift = arbitrary_shift(scene.rng, rows[0].true, rows[0].signed)
    following = scene.following(draft)
    if shift is None or following is None or rows[0].fields["shares_after"] + shift < 0:
        raise Unsuitable(scene.kind)
    rows[0].fields["shares_after"] += shift
    rows[0].difference += shift
    return scene.spoilt(draft, rows[0], following)


def _annuity(scene: Scene, *, rolled: bool) -> tuple[Draft, list[Line]]:
    """A trust is funded on one form, and has paid its annuity by a later one."""
    spot, later = _two_places(scene)
    if splits_after(spot.draft) or spot.draft.insider.vehicle("GRAT"):
        raise Unsuitable(scene.kind)
    direct, year = spot.line.position, spot.draft.filed_on.year
    least = min(int(line.true) for _, line in [(spot.draft, spot.line), *spot.later])
    part = least // scene.rng.choice((2, 3, 4)) // 10 * 10
    back = part * scene.rng.randrange(30, 70) // 100
    if part < 400:
        raise Unsuitable(scene.kind)
    names = [f"{one} GRAT" for one in (year, year + 2)]
    first = _trust(spot.draft, names[0])
    funded = business_days_after(spot.draft.filed_on, 1)
    on = business_days_after(funded, 2)
    words = {"first": names[0], "second": names[1]}
    sale = traded(spot.draft, direct, "S", -10, spot.line.true - part - 10, on=on)
    sale.difference, sale.causes = -part, ["form-change"]
    note = _said(scene, _FUNDED, funded, shares=f"{part:,}", **words)
    sale.notes.append(("shares_after", note))
    line = held(spot.draft, first, part)
    line.difference, line.causes = part, ["form-change"]
    first.move(funded, part)
    draft = form_of(spot.draft, on, [sale, line], "funded")
    scene.rewrite(direct, draft, -part - 10)
    scene.insert(draft)
    paid = business_days_after(later.draft.filed_on, 1)
    on, total = business_days_after(paid, 2), later.line.true
    first.move(paid, -back)
    kept = 0 if rolled else back
    rows = [
        traded(later.draft, direct, "S", -20, total + kept - 20, on=on),
        held(later.draft, first, part - back),
    ]
    rows[0].difference, rows[1].difference = kept, -back
    rows[1].causes = ["annuity-return"]
    note = _said(scene, _ROLLED if rolled else _PAID, paid, shares=f"{back:,}", **words)
    if rolled:
        second = _trust(spot.draft, names[1])
        second.move(paid, back)
        rows.append(held(later.draft, second, back))
        rows[2].difference, rows[2].causes = back, ["annuity-return"]
        told = rows[1:] if scene.rng.random() < 0.5 else rows[2:]
        for row in told:
            row.notes.append(("shares_after", note))
    else:
        rows[0].causes = ["annuity-return"]
        rows[0].notes.append(("shares_after", note))
    draft = form_of(later.draft, on, rows, scene.kind)
    scene.rewrite(direct, draft, kept - 20)
    scene.insert(draft)
    return draft, rows


def _trust(like: Draft, name: str) -> Position:
    return new_position(like, "I/grat", ownership="indirect", nature=f"By {name}")


def _two_places(scene: Scene) -> tuple[Spot, Spot]:
    """Two calm places of one direct holding, one after the other."""
    spots = calm_spots(scene, 12, lambda one: is_direct(one) and one.line.true > 1_500)
    pairs = [
        (one, other)
        for one in spots
        for other in spots
        if one.line.position is other.line.position
        and one.draft.accepted_at < other.draft.accepted_at
        and not any(line.causes for _, line in one.later)
    ]
    found: tuple[Spot, Spot] = scene.pick(pairs)
    return found


def _said(scene: Scene, wordings: tuple[str, ...], on: date, **values: str) -> str:
    return scene.rng.choice(wordings).format(day=f"{on:%B} {on.day}, {on.year}", **values)


def _list(draft: Draft, line: Line) -> None:
    draft.lines.append(line)
    draft.lines.sort(key=lambda one: str(one.fields["table"]))


_OFF = ("ISOLATED_TOTAL_ERROR", "COLUMN_NOTE_CONFLICT", "BALANCE_BREAK", "LEVEL_SHIFT_UNEXPLAINED")
_HABITS = {"convention": "running", "holdings": "moved"}
PLAN_CREDITS = (
    ErrorKind("fees-added", _OFF, fees_added, habits=_HABITS),
    ErrorKind(
        "dividends-crossed",
        (*_OFF, "WRONG_VEHICLE", "WRONG_CLASS"),
        dividends_crossed,
        habits=_HABITS,
    ),
    ErrorKind(
        "annuity-miscounted",
        (*_OFF, "BALANCE_BREAK_AMBIGUOUS", "TRANSPOSED_DIGITS", "MAGNITUDE_ERROR"),
        annuity_miscounted,
        habits=_HABITS,
    ),
)
PLAN_CREDIT_NEIGHBOURS = (
    ErrorKind("matched-less-fees", (), matched_less_fees, habits=_HABITS),
    ErrorKind("deferred-by-statement", (), deferred_by_statement, habits=_HABITS),
    ErrorKind("dividends-on-both-sides", (), dividends_on_both_sides, habits=_HABITS),
    ErrorKind("annuity-rolled-over", (), annuity_rolled_over, habits=_HABITS),
    ErrorKind("annuity-kept", (), annuity_kept, habits=_HABITS),
)
