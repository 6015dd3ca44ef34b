"""Movements that notes alone tell: once, again on the next form, otherwise, or not at all."""

from __future__ import annotations

from datetime import date, timedelta

from tests.simulator.added_forms import calm_spots, days_before
from tests.simulator.people import Number
from tests.simulator.slips import arbitrary_shift, is_whole, transposed, without_a_digit
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Spot, Unsuitable

_GAINS = (
    "Includes {shares} shares inherited on {day} from the reporting person's late father.",
    "The total includes {shares} shares that came to the reporting person by bequest on {day}.",
    "Includes {shares} shares acquired under the Employee Share Purchase Program on {day}.",
    "Reflects {shares} shares bought on {day} under the issuer's global stock purchase plan.",
    "Includes {shares} shares received on {day} on reinvestment of a cash dividend.",
)
_LOSSES = (
    "Reduced by {shares} shares that the issuer recovered on {day} under its clawback policy.",
    (
        "On {day} the reporting person returned {shares} shares to the issuer under its "
        "compensation recovery policy."
    ),
    (
        "In a division of marital property on {day}, {shares} shares were transferred to the "
        "reporting person's former wife, and are no longer beneficially owned."
    ),
    "Reflects the forfeiture of {shares} unvested shares on {day}.",
)
_UNREAL = (
    "None of the {shares} shares that may be forfeited was forfeited on {day}.",
    "On {day} the reporting person announced a gift of {shares} shares, which was not completed.",
    "The reporting person intends to transfer {shares} shares to a charity in the coming year.",
    (
        "If the goals had not been met on {day}, {shares} shares would have been returned to the "
        "issuer."
    ),
    "The purchase of {shares} shares under the employee plan on {day} was cancelled.",
    "The planned distribution of {shares} shares on {day} was abandoned.",
    "The reporting person did not acquire the {shares} shares offered to members on {day}.",
)
"""What is denied, supposed, announced or abandoned: none of it moved a share."""

_CAUSE = "told-by-a-note"


def told_alone(scene: Scene) -> Spoilt:
    """Shares come or go without a row, and a note says why and how many."""
    spot = scene.pick(_places(scene))
    _unreported(scene, spot)
    return scene.spoilt(spot.draft, spot.line)


def note_stands_on(scene: Scene) -> Spoilt:
    """The next forms repeat the note of a movement, which was one; their totals go on."""
    spot = scene.pick(_places(scene))
    note = _unreported(scene, spot)
    followers = spot.later[: scene.rng.choice((1, 1, 2))]
    for _, line in followers:
        line.notes.append(("shares_after", note))
    return scene.spoilt(followers[-1][0], followers[-1][1])


def note_used_twice(scene: Scene) -> Spoilt:
    """The next form repeats the note of a movement, and its total counts it once more."""
    spot = scene.pick(
        _places(scene), lambda one: _is_precise(one) and _next_spot(scene, one) is not None
    )
    following = _next_spot(scene, spot)
    assert following is not None
    note = _unreported(scene, spot)
    following.line.notes.append(("shares_after", note))
    wrong = following.line.true + spot.line.difference
    spoilt = scene.spoil_total(following, wrong, stays=scene.rng.random() < 0.5)
    spoilt.also.append(spot.draft)
    return spoilt


def told_otherwise(scene: Scene) -> Spoilt:
    """A note tells a movement without a row, and the total moved by another number."""
    spot = scene.pick(_places(scene), _is_precise)
    _unreported(scene, spot)
    shift = arbitrary_shift(scene.rng, abs(spot.line.difference), spot.line.signed)
    if shift is None:
        raise Unsuitable(scene.kind)
    scene.after_opening(spot)
    return scene.spoil_total(spot, spot.line.true + shift, stays=True)


def told_and_mistyped(scene: Scene) -> Spoilt:
    """A note tells a movement without a row, and the total that has it is mistyped once."""
    spot = scene.pick(_places(scene), _is_precise)
    _unreported(scene, spot)
    true = spot.line.true
    slips = [
        transposed(scene.rng, true),
        true + (arbitrary_shift(scene.rng, true, spot.line.signed) or 0),
    ]
    if is_whole(true) and true >= 2000:
        slips.append(without_a_digit(scene.rng, true))
    claimed = scene.rng.choice([slip for slip in slips if slip is not None])
    return scene.spoil_total(spot, claimed, stays=False)


def unreal(scene: Scene) -> Spoilt:
    """A note tells of a movement that did not take place, and no total counts it."""
    spot = scene.pick(_places(scene))
    spot.line.notes.append(("shares_after", _unreal(scene, spot, scene.rng.randrange(120, 3000))))
    return scene.spoilt(spot.draft, spot.line)


def unreal_yet_counted(scene: Scene) -> Spoilt:
    """A total is off by the number of a movement that, says its note, did not take place."""
    spot = scene.pick(_places(scene))
    shift = arbitrary_shift(scene.rng, spot.line.true, spot.line.signed)
    if shift is None:
        raise Unsuitable(scene.kind)
    spot.line.notes.append(("shares_after", _unreal(scene, spot, abs(shift))))
    total = spot.line.true + shift
    scene.after_opening(spot)
    return scene.spoil_total(spot, total, stays=scene.rng.random() < 0.5)


def _places(scene: Scene) -> list[Spot]:
    return calm_spots(scene, 3, lambda one: one.line.true > 1500 and days_before(one) > 4)


def _is_precise(spot: Spot) -> bool:
    """Whether no note stands under every total that may be the cause of any rise."""
    return spot.draft.insider.habits.boilerplate is None


def _next_spot(scene: Scene, spot: Spot) -> Spot | None:
    """The next claim as a place of its own, where it is a lone row with a claim after it."""
    following = spot.after[1] if spot.after else None
    return next((one for one in scene.between() if one.line is following), None)


def _unreported(scene: Scene, spot: Spot) -> str:
    """Let shares come or go before a row, as the note that is returned says."""
    least = min(line.fields["shares_after"] for _, line in [(spot.draft, spot.line), *spot.later])
    gone = scene.rng.random() < 0.4 and least > 1000
    delta: Number = scene.rng.randrange(60, 900 if gone else 4000) * (-1 if gone else 1)
    if abs(delta) == abs(spot.line.signed):
        raise Unsuitable(scene.kind)
    note = _said(scene, _LOSSES if gone else _GAINS, spot, abs(delta))
    scene.rewrite(spot.line.position, spot.draft, delta)
    spot.line.true += delta
    spot.line.fields["shares_after"] += delta
    spot.line.difference += delta
    spot.line.causes.append(_CAUSE)
    spot.line.notes.append(("shares_after", note))
    return note


def _unreal(scene: Scene, spot: Spot, shares: int) -> str:
    return _said(scene, _UNREAL, spot, shares)


def _said(scene: Scene, wordings: tuple[str, ...], spot: Spot, shares: Number) -> str:
    on: date = spot.line.fields["effective_on"] - timedelta(days=days_before(spot) // 2)
    return scene.rng.choice(wordings).format(
        shares=f"{shares:,}", day=f"{on:%B} {on.day}, {on.year}"
    )


_OFF = (
    "ISOLATED_TOTAL_ERROR",
    "BALANCE_BREAK",
    "BALANCE_BREAK_AMBIGUOUS",
    "LEVEL_SHIFT_UNEXPLAINED",
    "GAP_SUSPECTED",
)
_HABITS = {"convention": "running"}

TOLD_MOVEMENTS = (
    ErrorKind("note-used-twice", _OFF, note_used_twice, habits=_HABITS),
    ErrorKind("told-otherwise", _OFF, told_otherwise, habits=_HABITS),
    ErrorKind(
        "told-and-mistyped",
        (*_OFF, "TRANSPOSED_DIGITS", "MAGNITUDE_ERROR"),
        told_and_mistyped,
        habits=_HABITS,
    ),
    ErrorKind("unreal-yet-counted", _OFF, unreal_yet_counted, habits=_HABITS),
)
TOLD_MOVEMENT_NEIGHBOURS = (
    ErrorKind("told-by-a-note-alone", (), told_alone, habits=_HABITS),
    ErrorKind("note-stands-on", (), note_stands_on, habits=_HABITS),
    ErrorKind("unreal-and-uncounted", (), unreal, habits=_HABITS),
)
