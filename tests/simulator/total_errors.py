"""Errors in a total: the row is right, the amount owned afterwards is not."""

from __future__ import annotations

from tests.simulator.people import Number
from tests.simulator.slips import (
    arbitrary_shift,
    is_whole,
    transposed,
    with_a_digit_twice,
    without_a_digit,
)
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Spot, Unsuitable

_SHIFT = ("LEVEL_SHIFT_UNEXPLAINED", "BALANCE_BREAK", "GAP_SUSPECTED")


def missed_own_row(scene: Scene) -> Spoilt:
    """The total is still the one before the row."""
    spot = scene.pick(scene.between(), lambda one: one.opening not in (0, abs(one.line.signed)))
    return scene.spoil_total(spot, spot.opening, stays=scene.rng.random() < 0.5)


def double_applied_row(scene: Scene) -> Spoilt:
    """The row is counted twice in its total."""
    spot = scene.pick(scene.between(), lambda one: one.line.true + one.line.signed > 0)
    total = spot.line.true + spot.line.signed
    return scene.spoil_total(spot, total, stays=scene.rng.random() < 0.5)


def prior_row_omitted(scene: Scene) -> Spoilt:
    """The total forgets the row of the form before."""
    spot = scene.pick(scene.between(), _has_prior)
    earlier = _prior(spot)
    return scene.spoil_total(spot, spot.line.true - earlier, stays=scene.rng.random() < 0.5)


def prior_row_doubled(scene: Scene) -> Spoilt:
    """The total counts the row of the form before once more."""
    spot = scene.pick(scene.between(), _has_prior)
    earlier = _prior(spot)
    return scene.spoil_total(spot, spot.line.true + earlier, stays=scene.rng.random() < 0.5)


def transposed_total(scene: Scene) -> Spoilt:
    """Two adjacent digits of the total change places."""
    spot = scene.pick(scene.between(), lambda one: transposed(scene.rng, one.line.true) is not None)
    total = transposed(scene.rng, spot.line.true) or 0
    return scene.spoil_total(spot, total, stays=scene.rng.random() < 0.3)


def digit_dropped(scene: Scene) -> Spoilt:
    """The total loses a digit."""
    spot = scene.pick(
        scene.between(), lambda one: one.line.true >= 2000 and is_whole(one.line.true)
    )
    return scene.spoil_total(spot, without_a_digit(scene.rng, spot.line.true), stays=False)


def digit_added(scene: Scene) -> Spoilt:
    """The total gains a digit: one is typed twice."""
    spot = scene.pick(
        scene.between(), lambda one: one.line.true >= 2000 and is_whole(one.line.true)
    )
    return scene.spoil_total(spot, with_a_digit_twice(scene.rng, spot.line.true), stays=False)


def lot_instead_of_total(scene: Scene) -> Spoilt:
    """Once, the total is only the lot just acquired."""
    spot = scene.pick(
        scene.between(),
        lambda one: one.line.signed > 0 and one.opening not in (0, one.line.signed),
    )
    return scene.spoil_total(spot, spot.line.signed, stays=False)


def isolated_total(scene: Scene) -> Spoilt:
    """One total is off by some number; the next is back on the line."""
    spot = scene.pick(scene.between(), lambda one: one.line.true > 1500)
    return scene.spoil_total(spot, spot.line.true + _arbitrary(scene, spot), stays=False)


def level_shift(scene: Scene) -> Spoilt:
    """A total is off by some number, and so is every later one."""
    spot = scene.pick(scene.between(), lambda one: one.line.true > 1500)
    scene.after_opening(spot)
    return scene.spoil_total(spot, spot.line.true + _arbitrary(scene, spot), stays=True)


def derivative_total_transposed(scene: Scene) -> Spoilt:
    """Two adjacent digits of a derivative's total change places."""
    spot = scene.pick(
        scene.between("II"), lambda one: transposed(scene.rng, one.line.true) is not None
    )
    return scene.spoil_total(spot, transposed(scene.rng, spot.line.true) or 0, stays=False)


def wrong_level_copied(scene: Scene) -> Spoilt:
    """A wrong total is built upon for a while before it is noticed and undone."""
    spot = scene.pick(scene.between(), lambda one: one.line.true > 1500 and len(one.later) > 2)
    shift = _arbitrary(scene, spot)
    reach = scene.rng.randrange(1, len(spot.later) - 1)
    followers, (back, line) = spot.later[:reach], spot.later[reach]
    if any(one.causes for _, one in [*followers, (back, line)]) or back is followers[-1][0]:
        raise Unsuitable(scene.kind)
    spot.later = followers
    spoilt = scene.spoil_total(spot, spot.line.true + shift, stays=True)
    line.difference -= shift
    line.causes.append(f"error:{scene.kind}:undone")
    spoilt.also += [back, *(draft for draft, _ in followers)]
    return spoilt


def plan_shares_forgotten(scene: Scene) -> Spoilt:
    """A total leaves out the plan shares that the one before has, as its note says."""
    spot = scene.pick(scene.between(), lambda one: _plan_shares(one) > 0)
    told = spot.before[0]
    total = spot.line.true - _plan_shares(spot)
    spoilt = scene.spoil_total(spot, total, stays=scene.rng.random() < 0.5)
    spoilt.also.append(told)
    return spoilt


def holding_out_of_date(scene: Scene) -> Spoilt:
    """A holding row still shows what was held before the last form's movement."""
    spot = scene.pick(scene.holding_spots(), lambda one: _prior(one) != 0)
    return scene.spoil_total(spot, spot.line.true - _prior(spot), stays=False)


def totals_exchanged(scene: Scene) -> Spoilt:
    """Two pools' holding rows have each other's totals, once."""
    spots = scene.holding_spots()
    pairs = [
        (one, other)
        for one in spots
        for other in spots
        if one.draft is other.draft
        and one.line is not other.line
        and one.line.true != other.line.true
    ]
    one, other = scene.pick(pairs)
    first, second = one.line.true, other.line.true
    spoilt = scene.spoil_total(other, first, stays=False)
    again = scene.spoil_total(one, second, stays=False)
    again.also += spoilt.also
    return again


def split_forgotten(scene: Scene) -> Spoilt:
    """After a split, one total is still in old shares."""
    places = []
    for draft in scene.plain_forms():
        for line in draft.lines:
            told = line.causes == ["split"] and line.claim and line.fields["table"] == "I"
            if told and len(draft.on(line.position)) == 1:
                places.append((draft, line))
    draft, line = scene.pick(places)
    chain = scene.claims(line.position)
    at = next(number for number, one in enumerate(chain) if one[1] is line)
    later = chain[at + 1 :]
    if not later or not at:
        raise Unsuitable(scene.kind)
    spot = Spot(draft, line, chain[at - 1], later[0], later)
    if not _split_is_known(scene, spot):
        raise Unsuitable(scene.kind)
    line.notes = [note for note in line.notes if note[0] != "shares_after"]
    return scene.spoil_total(spot, line.true - line.difference, stays=False)


def _split_is_known(scene: Scene, spot: Spot) -> bool:
    """Whether two other totals of the company had shown the split before."""
    shown = [
        line
        for draft in scene.drafts
        for line in draft.lines
        if line is not spot.line and "split" in line.causes and line.claim
        if draft.accepted_at <= spot.draft.accepted_at
    ]
    return len(shown) >= 2


def opening_misstated(scene: Scene) -> Spoilt:
    """The Form 3 states another number than was owned."""
    places = []
    for draft in scene.drafts:
        if draft.form == "3":
            for line in draft.lines:
                chain = scene.claims(line.position)
                if line.claim and line.true >= 1000 and len(chain) > 1 and not chain[1][1].causes:
                    places.append(Spot(draft, line, None, chain[1], chain[1:]))
    spot = scene.pick(places)
    return scene.spoil_total(spot, spot.line.true + _arbitrary(scene, spot), stays=False)


def _has_prior(spot: Spot) -> bool:
    earlier = _prior(spot)
    if not earlier or abs(earlier) == abs(spot.line.signed) or spot.before is None:
        return False
    after = min(spot.line.true - earlier, spot.line.true + earlier)
    return spot.before[0] is not spot.draft and after > 0


def _prior(spot: Spot) -> Number:
    if spot.before is None or len(spot.before[0].on(spot.line.position)) != 1:
        return 0
    return spot.before[1].signed


def _plan_shares(spot: Spot) -> Number:
    """The plan shares that a note under the total before tells of, and nothing else."""
    if spot.before is None or spot.before[0] is spot.draft:
        return 0
    line = spot.before[1]
    return line.difference if line.causes == ["espp"] and not line.untold else 0


def _arbitrary(scene: Scene, spot: Spot) -> int:
    shift = arbitrary_shift(scene.rng, spot.line.true, spot.line.signed)
    if shift is None:
        raise Unsuitable(scene.kind)
    return shift


TOTAL_ERRORS = (
    ErrorKind("missed-own-row", ("MISSED_OWN_ROW",), missed_own_row),
    ErrorKind("double-applied-row", ("DOUBLE_APPLIED_ROW",), double_applied_row),
    ErrorKind("prior-row-omitted", ("PRIOR_ROW_OMITTED",), prior_row_omitted),
    ErrorKind("prior-row-doubled", ("PRIOR_ROW_DOUBLED",), prior_row_doubled),
    ErrorKind("transposed-total", ("TRANSPOSED_DIGITS",), transposed_total),
    ErrorKind("digit-dropped", ("MAGNITUDE_ERROR",), digit_dropped),
    ErrorKind("digit-added", ("MAGNITUDE_ERROR",), digit_added),
    ErrorKind("lot-instead-of-total", ("LOT_ONLY",), lot_instead_of_total),
    ErrorKind("isolated-total", ("ISOLATED_TOTAL_ERROR",), isolated_total),
    ErrorKind("level-shift", _SHIFT, level_shift),
    ErrorKind(
        "derivative-total-transposed",
        ("TRANSPOSED_DIGITS",),
        derivative_total_transposed,
        needs=("option_exercise", "option_exercise"),
        setup=("option", "form-3"),
    ),
    ErrorKind(
        "wrong-level-copied",
        ("ISOLATED_TOTAL_ERROR", *_SHIFT),
        wrong_level_copied,
    ),
    ErrorKind(
        "plan-shares-forgotten",
        (*_SHIFT, "ISOLATED_TOTAL_ERROR", "PRIOR_ROW_OMITTED"),
        plan_shares_forgotten,
        setup=("plan",),
        habits={"noted": 100, "convention": "running"},
    ),
    ErrorKind(
        "holding-out-of-date",
        ("PRIOR_ROW_OMITTED", "MISSED_OWN_ROW", "ISOLATED_TOTAL_ERROR"),
        holding_out_of_date,
        setup=("vehicle",),
        habits={"holdings": "all"},
    ),
    ErrorKind(
        "totals-exchanged",
        ("WRONG_VEHICLE", "DI_SWAP"),
        totals_exchanged,
        setup=("two-vehicles",),
        habits={"holdings": "all"},
    ),
    ErrorKind(
        "split-forgotten",
        ("SPLIT_UNMODELLED", "ISOLATED_TOTAL_ERROR"),
        split_forgotten,
        setup=("split",),
    ),
    ErrorKind("opening-misstated", ("OPENING_MISMATCH",), opening_misstated, setup=("form-3",)),
)
