"""What notes say of shares that come, go or stay: plan days, pledges, dividends, proration, statements."""

from __future__ import annotations

from datetime import date, timedelta

from tests.simulator.added_forms import (
    OFF,
    added,
    calm_spots,
    days_before,
    held,
    in_words,
    is_direct,
    listed,
    mistold,
    new_position,
    successive,
    traded,
)
from tests.simulator.calendars import business_days_after
from tests.simulator.reports import Draft, Line
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Spot, Unsuitable

_EACH = (
    "Includes {shares} shares acquired under the issuer's employee stock purchase plan on each of {days}.",
    "Reflects the purchase of {shares} shares through the employee stock purchase plan on each of {days}.",
    "The total includes {shares} shares bought under the dividend reinvestment plan on each of {days}.",
)
_PLEDGED = (
    "{shares} of these shares have been pledged as security for a loan.",
    "On {day} the reporting person pledged {shares} shares as collateral to a bank and retains all voting and dividend rights.",
    "Of the shares shown, {shares} are held in a margin account and may be deemed pledged.",
)
_REINVESTED = (
    "Includes {shares} shares acquired through dividend reinvestment since the date of the last report.",
    "The total includes {shares} shares acquired in exempt transactions under a dividend reinvestment plan.",
)
_TENDERED = (
    "Shares tendered in the issuer's offer to purchase at $24.50 a share.",
    "Disposed of in the tender offer that expired on {day}.",
)
_RETURNED = (
    "Includes {shares} tendered shares that were returned to the reporting person on {day} because the offer was prorated.",
    "On {day} the depositary returned {shares} of the tendered shares as a result of proration.",
)
_DISSOLVED = (
    "On {day} the trust was dissolved and its {all} shares were distributed to its beneficiaries, of which the reporting person received {shares}.",
    "Upon termination of the trust on {day} the reporting person received {shares} of the {all} shares it held; the rest went to the other beneficiaries.",
)
_FORFEITED = (
    "Forfeiture of unvested restricted stock upon failure to meet a performance goal.",
    "Restricted shares that were forfeited to the issuer.",
)
_RESTRICTED = (
    "Includes {shares} shares of unvested restricted stock.",
    "{shares} of these shares are restricted and subject to forfeiture.",
)
_STATEMENT = (
    "Based on a plan statement dated {day}.",
    "Information is as of {day}, the date of the latest statement of the plan's trustee.",
    "Shares in the 401(k) plan as of {day}.",
)


def on_each_of(scene: Scene) -> Spoilt:
    """A note tells of so many shares on each of several days, and the total counts them all."""
    draft, row, _, _ = _each(scene)
    return scene.spoilt(draft, row)


def on_one_of(scene: Scene) -> Spoilt:
    """The same, and the total counts the shares of one day."""
    draft, row, shares, days = _each(scene)
    return mistold(scene, draft, row, -shares * (days - 1))


def _each(scene: Scene) -> tuple[Draft, Line, int, int]:
    days = scene.rng.choice((2, 3, 3, 4))
    spot = scene.pick(
        calm_spots(scene, 3, lambda one: is_direct(one) and days_before(one) > 4 * days)
    )
    assert spot.before is not None
    first, shares = spot.before[0].filed_on, scene.rng.randrange(4, 60) * 5
    step = max((spot.draft.period - first).days // (days + 1), 1)
    told = [in_words(first + timedelta(days=step * (number + 1))) for number in range(days)]
    said = f"{', '.join(told[:-1])} and {told[-1]}"
    note = scene.rng.choice(_EACH).format(shares=shares, days=said)
    _told(scene, spot, shares * days, "espp", note)
    return spot.draft, spot.line, shares, days


def pledged(scene: Scene) -> Spoilt:
    """A note says that shares are pledged; they are owned as before."""
    spot, _ = _pledge(scene)
    return scene.spoilt(spot.draft, spot.line)


def pledged_and_deducted(scene: Scene) -> Spoilt:
    """The same, and the total leaves them out."""
    spot, shares = _pledge(scene)
    return mistold(scene, spot.draft, spot.line, -shares)


def _pledge(scene: Scene) -> tuple[Spot, int]:
    spot: Spot = scene.pick(
        calm_spots(scene, 3, lambda one: is_direct(one) and days_before(one) > 8)
    )
    assert spot.before is not None
    if spot.line.true < 2000:
        raise Unsuitable(scene.kind)
    shares = int(spot.line.true) * scene.rng.randrange(20, 90) // 100 // 10 * 10
    day = in_words(business_days_after(spot.before[0].filed_on, 2))
    note = scene.rng.choice(_PLEDGED).format(shares=f"{shares:,}", day=day)
    spot.line.notes.append(("shares_after", note))
    return spot, shares


def reinvested(scene: Scene) -> Spoilt:
    """A total counts what a note says dividends brought."""
    draft, row, _ = _dividends(scene)
    return scene.spoilt(draft, row)


def reinvested_twice(scene: Scene) -> Spoilt:
    """The same, and it counts that twice."""
    draft, row, shares = _dividends(scene)
    return mistold(scene, draft, row, shares)


def _dividends(scene: Scene) -> tuple[Draft, Line, int]:
    spot = scene.pick(calm_spots(scene, 3, lambda one: is_direct(one) and days_before(one) > 30))
    if spot.line.true < 4000:
        raise Unsuitable(scene.kind)
    shares = int(spot.line.true) * scene.rng.randrange(4, 12) // 1000
    note = scene.rng.choice(_REINVESTED).format(shares=shares)
    _told(scene, spot, shares, "reinvestment", note)
    return spot.draft, spot.line, shares


def returned_by_proration(scene: Scene) -> Spoilt:
    """Some of the shares that were tendered come back, of which only a note tells."""
    draft, row, _ = _tendered(scene)
    return scene.spoilt(draft, row)


def returned_otherwise(scene: Scene) -> Spoilt:
    """The same, and the total counts another number of them."""
    draft, row, shares = _tendered(scene)
    shift = scene.rng.randrange(1, 40) * shares // 50 + 11
    return mistold(scene, draft, row, shift)


def _tendered(scene: Scene) -> tuple[Draft, Line, int]:
    spot = scene.pick(calm_spots(scene, 40, is_direct))
    assert spot.after is not None
    draft, row = spot.after
    like, direct = spot.draft, spot.line.position
    if spot.line.true < 3000 or len(draft.on(direct)) != 1 or draft.form != "4":
        raise Unsuitable(scene.kind)
    on = business_days_after(like.filed_on, 2)
    gave = int(spot.line.true) * scene.rng.randrange(10, 40) // 100
    back = gave * scene.rng.randrange(15, 60) // 100
    left = [line.true for _, line in spot.later]
    if min(left) <= gave - back:
        raise Unsuitable(scene.kind)
    tender = traded(like, direct, scene.rng.choice("UD"), -gave, spot.line.true - gave, on=on)
    tender.notes.append(("code", scene.rng.choice(_TENDERED).format(day=in_words(on))))
    form = added(scene, spot, [tender], back - gave, on=on)
    day = business_days_after(form.filed_on, 4)
    if day >= draft.period:
        raise Unsuitable(scene.kind)
    row.difference, row.causes = back, ["returned"]
    note = scene.rng.choice(_RETURNED).format(shares=f"{back:,}", day=in_words(day))
    row.notes.append(("shares_after", note))
    return draft, row, back


def trust_dissolved(scene: Scene) -> Spoilt:
    """A trust ends, and the filer gets a part of what it had."""
    draft, row, _ = _dissolved(scene)
    return scene.spoilt(draft, row)


def dissolved_and_all_taken(scene: Scene) -> Spoilt:
    """The same, and the direct total counts all that the trust had."""
    draft, row, rest = _dissolved(scene)
    return mistold(scene, draft, row, rest)


def _dissolved(scene: Scene) -> tuple[Draft, Line, int]:
    spot = scene.pick(calm_spots(scene, 3, lambda one: is_direct(one) and days_before(one) > 8))
    assert spot.before is not None
    before = spot.before[0]
    trust = new_position(before, "I/trust", ownership="indirect", nature="By Alder Street Trust")
    many = scene.rng.randrange(30, 900) * 30
    day = business_days_after(before.filed_on, 2)
    trust.move(before.period, many)
    trust.move(day, -many)
    listed(before, held(before, trust, many))
    shares = many // scene.rng.choice((2, 3, 5))
    said = {"all": f"{many:,}", "shares": f"{shares:,}", "day": in_words(day)}
    note = scene.rng.choice(_DISSOLVED).format(**said)
    _told(scene, spot, shares, "form-change", note)
    if scene.rng.random() < 0.6:
        line = held(spot.draft, trust, 0)
        line.difference, line.causes = -many, ["form-change"]
        line.notes.append(("shares_after", note))
        listed(spot.draft, line)
    return spot.draft, spot.line, many - shares


def forfeited(scene: Scene) -> Spoilt:
    """Restricted shares are forfeited by a row; the next note says how many restricted ones are left."""
    draft, row, left, _ = _restricted(scene)
    note = scene.rng.choice(_RESTRICTED).format(shares=f"{left:,}")
    row.notes.append(("shares_after", note))
    return scene.spoilt(draft, row)


def forfeited_then_counted(scene: Scene) -> Spoilt:
    """The same, and the next total counts what was forfeited again, as its note says."""
    draft, row, _, lost = _restricted(scene)
    note = scene.rng.choice(_RESTRICTED).format(shares=f"{lost:,}")
    row.notes.append(("shares_after", note))
    return mistold(scene, draft, row, lost)


def _restricted(scene: Scene) -> tuple[Draft, Line, int, int]:
    spot = scene.pick(calm_spots(scene, 12, is_direct))
    assert spot.after is not None
    draft, row = spot.after
    like, direct = spot.draft, spot.line.position
    lost, left = (scene.rng.randrange(5, 40) * 50 for _ in range(2))
    least = min([spot.line.true, *(line.true for _, line in spot.later)])
    if least <= lost + left or len(draft.on(direct)) != 1 or abs(row.signed) == lost:
        raise Unsuitable(scene.kind)
    on = business_days_after(like.filed_on, 2)
    gone = traded(like, direct, scene.rng.choice("DJ"), -lost, spot.line.true - lost, on=on)
    gone.notes.append(("code", scene.rng.choice(_FORFEITED)))
    added(scene, spot, [gone], -lost, on=on)
    return draft, row, left, lost


def by_its_statement(scene: Scene) -> Spoilt:
    """A plan's balance is told twice as of one statement, and then by the next one."""
    draft, line, last = _statements(scene)
    return scene.spoilt(draft, line, last)


def against_its_statement(scene: Scene) -> Spoilt:
    """The same, and the second time the same statement has another number."""
    draft, line, last = _statements(scene)
    shift = scene.rng.choice((1, -1)) * scene.rng.randrange(31, 400)
    line.fields["shares_after"] += shift
    line.difference += shift
    return scene.spoilt(draft, line, last)


def _statements(scene: Scene) -> tuple[Draft, Line, Draft]:
    forms = successive(scene, 3)
    if forms[0].insider.vehicle("Plan"):
        raise Unsuitable(scene.kind)
    plan = new_position(forms[0], "I/401k", ownership="indirect", nature="By 401(k) Plan")
    many, words = scene.rng.randrange(500, 9000), scene.rng.choice(_STATEMENT)
    first = _quarter_before(forms[0].period)
    days, lines = (first, first, max(first, _quarter_before(forms[2].period))), []
    grown = many + (scene.rng.randrange(10, many // 20) if days[2] > first else 0)
    plan.move(first, many)
    plan.move(days[2], grown - many)
    for form, day, number in zip(forms, days, (many, many, grown), strict=True):
        line = held(form, plan, number)
        line.notes.append(("shares_after", words.format(day=in_words(day))))
        listed(form, line)
        lines.append(line)
    lines[2].difference = grown - many
    lines[2].causes = ["espp"] if grown > many else []
    return forms[1], lines[1], forms[2]


def _quarter_before(day: date) -> date:
    month = (day.month - 1) // 3 * 3 + 1
    return date(day.year, month, 1) - timedelta(days=1)


def _told(scene: Scene, spot: Spot, shares: int, cause: str, note: str) -> None:
    """Let so many shares have come before a total, as a note under it says."""
    line = spot.line
    scene.rewrite(line.position, spot.draft, shares)
    line.true += shares
    line.fields["shares_after"] += shares
    line.difference, line.causes = shares, [cause]
    line.notes.append(("shares_after", note))


_HABITS = {"convention": "running", "holdings": "moved", "respells": False}
_WORDS = (*OFF, "DOUBLE_APPLIED_ROW", "PRIOR_ROW_OMITTED")
WORDS_OF_CHANGE = (
    ErrorKind("on-one-of", _WORDS, on_one_of, habits=_HABITS),
    ErrorKind("pledged-and-deducted", _WORDS, pledged_and_deducted, habits=_HABITS),
    ErrorKind("reinvested-twice", _WORDS, reinvested_twice, habits=_HABITS),
    ErrorKind("returned-otherwise", _WORDS, returned_otherwise, habits=_HABITS),
    ErrorKind("dissolved-and-all-taken", _WORDS, dissolved_and_all_taken, habits=_HABITS),
    ErrorKind("forfeited-then-counted", _WORDS, forfeited_then_counted, habits=_HABITS),
    ErrorKind(
        "against-its-statement", (*OFF, "STALE_BALANCE"), against_its_statement, habits=_HABITS
    ),
)
WORDS_OF_CHANGE_NEIGHBOURS = (
    ErrorKind("on-each-of", (), on_each_of, habits=_HABITS),
    ErrorKind("pledged", (), pledged, habits=_HABITS),
    ErrorKind("reinvested", (), reinvested, habits=_HABITS),
    ErrorKind("returned-by-proration", (), returned_by_proration, habits=_HABITS),
    ErrorKind("trust-dissolved", (), trust_dissolved, habits=_HABITS),
    ErrorKind("forfeited", (), forfeited, habits=_HABITS),
    ErrorKind("by-its-statement", (), by_its_statement, habits=_HABITS),
)
