"""What filers take back or put right later: by amendment, by note, by remark, in plain words."""

from __future__ import annotations

from datetime import date

from tests.simulator.added_forms import (
    amendment_of,
    calm_spots,
    form_of,
    held,
    is_direct,
    traded,
)
from tests.simulator.calendars import business_days_after
from tests.simulator.people import Number
from tests.simulator.reports import Draft, Line
from tests.simulator.slips import arbitrary_shift
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Spot, Unsuitable

_BY_AMENDMENT = (
    (
        "This amendment withdraws the Form 4 filed on {day}, which was filed in error: the {deal} it "
        "reports did not take place."
    ),
    "The {deal} reported on {day} never took place, and the report of it is hereby withdrawn.",
    "The Form 4 of {day} was submitted inadvertently and should be disregarded in its entirety.",
)
_IN_PASSING = (
    (
        "The {deal} of {shares} shares that was reported on the Form 4 filed on {day} was reported in "
        "error; no such {deal} took place."
    ),
    (
        "The total no longer reflects the {deal} of {shares} shares reported on {day}, which was "
        "cancelled before it settled."
    ),
    "Reverses the {deal} of {shares} shares reported on {day}, which did not occur.",
)
_PUT_RIGHT = (
    (
        "The number of shares owned that was reported on the Form 4 filed on {day} was {way} by "
        "{shares}."
    ),
    (
        "The Form 4 filed on {day} should have shown {right} shares owned following the transaction, "
        "instead of {wrong}."
    ),
    (
        "Holdings in the report of {day} were inadvertently {way} by {shares} shares; the total above "
        "is correct."
    ),
)
_CORRECTED = (
    "Amended to show {right} shares beneficially owned; the original said {wrong} by mistake.",
    "The total in column 5 was {way} by {shares} in the original filing.",
)
_NOTHING_TAKEN_BACK = (
    "A limit order for a further {shares} shares was withdrawn before it was filled.",
    "Filed with an exhibit that was left out by mistake; no transaction has been removed.",
    "The price reported on {day} was overstated by $0.12; the number of shares was correct.",
)


def taken_back_by_amendment(scene: Scene) -> Spoilt:
    """A trade that never took place is reported, and an amendment withdraws the report."""
    spot, wrong, line = _phantom(scene)
    filed = business_days_after(wrong.filed_on, scene.rng.randrange(1, 5))
    words = scene.rng.choice(_BY_AMENDMENT).format(day=_day(wrong.filed_on), deal=_deal(line))
    still = held(wrong, line.position, spot.line.true)
    still.causes.append("restated")
    amendment = amendment_of(wrong, filed, [still], words)
    scene.insert(amendment)
    return scene.spoilt(wrong, line, amendment)


def taken_back_by_note(scene: Scene) -> Spoilt:
    """A trade that never took place is reported; a note on the next total says so."""
    spot, wrong, line = _phantom(scene)
    following = _after(spot)
    following[1].notes.append(("shares_after", _in_passing(scene, wrong, line)))
    following[1].difference -= line.signed
    following[1].causes.append("report taken back")
    return scene.spoilt(wrong, line, following[0])


def taken_back_by_remark(scene: Scene) -> Spoilt:
    """A trade that never took place is reported; the next form's remarks say so."""
    spot, wrong, line = _phantom(scene)
    following = _after(spot)
    following[0].remarks = _in_passing(scene, wrong, line)
    following[1].difference -= line.signed
    following[1].causes.append("report taken back")
    return scene.spoilt(wrong, line, following[0])


def correction_carried(scene: Scene) -> Spoilt:
    """Later forms carry a wrong total on; then an amendment puts the first one right."""
    spot = scene.pick(calm_spots(scene, 3, lambda one: one.line.true > 1500 and len(one.later) > 2))
    shift, reach = _shift(scene, spot), scene.rng.randrange(1, len(spot.later))
    followers, (back, line) = spot.later[:reach], spot.later[reach]
    last, filed = followers[-1][0], business_days_after(followers[-1][0].filed_on, 2)
    if back.filed_on <= filed or last is spot.draft or _unclear([*followers, (back, line)]):
        raise Unsuitable(scene.kind)
    spot.later = followers
    spoilt = scene.spoil_total(spot, spot.line.true + shift, stays=True)
    line.difference -= shift
    line.causes.append(f"error:{scene.kind}:undone")
    restated = [one.copied() for one in spot.draft.lines]
    right = restated[spot.draft.lines.index(spot.line)]
    right.fields["shares_after"] = spot.line.true
    right.notes.append(("shares_after", _told(scene, _CORRECTED, spot, shift, spot.draft)))
    amendment = amendment_of(spot.draft, filed, restated, None)
    scene.insert(amendment)
    return Spoilt(spoilt.kind, spoilt.right, spoilt.draft, spoilt.line, [amendment])


def put_right_in_words(scene: Scene) -> Spoilt:
    """A total is wrong; a note on the next one says by how much, or what it should have been."""
    spot = scene.pick(calm_spots(scene, 3, lambda one: one.line.true > 1500))
    shift = _shift(scene, spot)
    spoilt = scene.spoil_total(spot, spot.line.true + shift, stays=False)
    note = _told(scene, _PUT_RIGHT, spot, shift, spot.draft)
    _after(spot)[1].notes.append(("shares_after", note))
    return spoilt


def nothing_taken_back(scene: Scene) -> Spoilt:
    """Words of withdrawal and correction that touch no number of shares."""
    spot = scene.pick(calm_spots(scene, 3))
    draft, line = _after(spot)
    shares = f"{scene.rng.randrange(3, 90) * 100:,}"
    words = scene.rng.choice(_NOTHING_TAKEN_BACK).format(shares=shares, day=_day(draft.filed_on))
    if scene.rng.random() < 0.5:
        draft.remarks = words
    else:
        line.notes.append(("shares", words) if line.move else ("shares_after", words))
    return scene.spoilt(draft, line)


def _phantom(scene: Scene) -> tuple[Spot, Draft, Line]:
    """A calm place, and after it a form about a trade that never took place."""
    spot: Spot = scene.pick(calm_spots(scene, 30, is_direct))
    on = business_days_after(spot.draft.filed_on, 2)
    delta = scene.rng.randrange(2, 40) * 100 * scene.rng.choice((1, -1))
    if spot.line.true + delta <= 0 or abs(delta) == abs(spot.line.signed):
        raise Unsuitable(scene.kind)
    code, position = ("P" if delta > 0 else "S"), spot.line.position
    line = traded(spot.draft, position, code, delta, spot.line.true + delta, on=on)
    line.true = spot.line.true
    wrong = form_of(spot.draft, on, [line], scene.kind)
    scene.insert(wrong)
    return spot, wrong, line


def _in_passing(scene: Scene, wrong: Draft, line: Line) -> str:
    return scene.rng.choice(_IN_PASSING).format(
        day=_day(wrong.filed_on), deal=_deal(line), shares=f"{line.fields['shares']:,}"
    )


def _told(
    scene: Scene, wordings: tuple[str, ...], spot: Spot, shift: Number, original: Draft
) -> str:
    return scene.rng.choice(wordings).format(
        day=_day(original.filed_on),
        way="overstated" if shift > 0 else "understated",
        shares=f"{abs(shift):,}",
        right=f"{spot.line.true:,}",
        wrong=f"{spot.line.true + shift:,}",
    )


def _shift(scene: Scene, spot: Spot) -> int:
    shift = arbitrary_shift(scene.rng, spot.line.true, spot.line.signed)
    if shift is None:
        raise Unsuitable(scene.kind)
    return shift


def _after(spot: Spot) -> tuple[Draft, Line]:
    assert spot.after is not None
    return spot.after


def _unclear(rows: list[tuple[Draft, Line]]) -> bool:
    return any(line.causes for _, line in rows)


def _deal(line: Line) -> str:
    return "purchase" if line.signed > 0 else "sale"


def _day(on: date) -> str:
    return f"{on:%B} {on.day}, {on.year}"


_TOTALS = ("ISOLATED_TOTAL_ERROR", "EXPL_PRIOR_CORRECTION")
_HABITS = {"convention": "running"}

TAKING_BACK = (
    ErrorKind(
        "taken-back-by-amendment",
        ("AMENDMENT_CHANGES_HISTORY",),
        taken_back_by_amendment,
        habits=_HABITS,
    ),
    ErrorKind(
        "taken-back-by-note",
        ("EXPL_PRIOR_CORRECTION", "AMENDMENT_CHANGES_HISTORY"),
        taken_back_by_note,
        habits=_HABITS,
    ),
    ErrorKind(
        "taken-back-by-remark",
        ("EXPL_PRIOR_CORRECTION", "AMENDMENT_CHANGES_HISTORY"),
        taken_back_by_remark,
        habits=_HABITS,
    ),
    ErrorKind(
        "correction-carried",
        ("AMENDMENT_CHANGES_HISTORY", *_TOTALS),
        correction_carried,
        habits=_HABITS,
    ),
    ErrorKind("put-right-in-words", _TOTALS, put_right_in_words, habits=_HABITS),
)
TAKING_BACK_NEIGHBOURS = (
    ErrorKind("words-of-withdrawal-alone", (), nothing_taken_back, habits=_HABITS),
)
