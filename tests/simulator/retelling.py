"""Trades that a later form tells again, counted twice or not, and equal trades that are two."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from tests.simulator.added_forms import PRICED, splits_after
from tests.simulator.calendars import business_days_after
from tests.simulator.reports import Draft, Line
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Spot, Unsuitable

CENT, DIME = Decimal("0.01"), Decimal("0.1")


def told_again(scene: Scene) -> Spoilt:
    """A trade is filed again some days later, and the total of the copy counts it again."""
    spot = scene.pick(scene.between(), _alone)
    again = scene.copied(spot.draft, days=scene.rng.randrange(2, 7), kind="again")
    return _counted(scene, spot, again)


def told_at_settlement(scene: Scene) -> Spoilt:
    """A trade is filed again under the day on which it settled, and its total counts it again."""
    spot, again = _under_another_day(scene)
    return _counted(scene, spot, again)


def told_rounded(scene: Scene) -> Spoilt:
    """A trade is filed again under its settlement's day, at a rounded price, and counted again."""
    spot, again = _under_another_day(scene)
    price = spot.line.fields["price"]
    _copy_of(again, spot).fields["price"] = price.quantize(DIME)
    return _counted(scene, spot, again)


def settled_in_lots(scene: Scene) -> Spoilt:
    """A trade is filed again lot by lot under its settlement's day, and counted again."""
    spot, again = _under_another_day(scene)
    return _lots(scene, spot, again)


def told_in_lots(scene: Scene) -> Spoilt:
    """A trade is filed again lot by lot, and the totals count it again."""
    spot = scene.pick(scene.between(), _priced)
    again = scene.copied(spot.draft, days=scene.rng.randrange(2, 7), kind="again")
    return _lots(scene, spot, again)


def _lots(scene: Scene, spot: Spot, again: Draft) -> Spoilt:
    """The copy of a trade as two lots, whose totals run on and count it again."""
    if _shares(spot) < 200:
        raise Unsuitable(scene.kind)
    first = _copy_of(again, spot)
    part = _shares(spot) * scene.rng.randrange(2, 8) // 10
    second = first.copied()
    again.lines.insert(again.lines.index(first) + 1, second)
    sign = 1 if spot.line.signed > 0 else -1
    first.fields |= {"shares": part, "price": first.fields["price"] - CENT}
    first.fields["shares_after"] += sign * part
    second.fields |= {"shares": _shares(spot) - part, "price": second.fields["price"] + CENT}
    second.fields["shares_after"] += spot.line.signed
    return _placed(scene, spot, again, second)


def told_beside_the_next(scene: Scene) -> Spoilt:
    """A form tells the trade of the one before once more, beside its own; no total counts it."""
    spot = scene.pick(scene.between(), lambda one: _alone(one) and _lone_next(scene, one))
    assert spot.after is not None
    following, line = spot.after
    again = spot.line.copied()
    following.lines.insert(following.lines.index(line), again)
    following.period = spot.draft.period
    return scene.spoilt(following, again, spot.draft)


def equal_trades(scene: Scene) -> Spoilt:
    """The same number is traded at the same price some days later; both trades were made."""
    spot, again = _under_another_day(scene)
    line, moved = _copy_of(again, spot), spot.line.signed
    if any(one.fields["shares_after"] + moved < 0 for _, one in spot.later):
        raise Unsuitable(scene.kind)
    scene.rewrite(spot.line.position, spot.draft, moved)
    line.fields["shares_after"] += moved
    line.true += moved
    line.causes = []
    scene.insert(again)
    return scene.spoilt(again, line)


def _alone(spot: Spot) -> bool:
    moves = [line for line in spot.draft.lines if line.move]
    return spot.draft.form == "4" and len(moves) == 1 and spot.line.true + spot.line.signed >= 0


def _priced(spot: Spot) -> bool:
    return _alone(spot) and spot.line.fields["code"] in PRICED and bool(spot.line.fields["price"])


def _shares(spot: Spot) -> int:
    return int(spot.line.fields["shares"])


def _lone_next(scene: Scene, spot: Spot) -> bool:
    """Whether the filer's next form moves the same stock by one row, and soon."""
    following = scene.following(spot.draft)
    if spot.after is None or following is not spot.after[0] or following.form != "4":
        return False
    near = following.filed_on - spot.draft.filed_on <= timedelta(days=60)
    row = spot.after[1]
    told = row.move and not row.causes and len(following.on(row.position)) == 1
    told = told and _move_of(row) != _move_of(spot.line)
    return bool(told) and near and not splits_after(spot.draft)


def _move_of(line: Line) -> tuple[Any, ...]:
    return tuple(line.fields.get(name) for name in ("code", "shares", "price", "direction"))


def _under_another_day(scene: Scene) -> tuple[Spot, Draft]:
    """A copy of a trade that was made, or has settled, some business days later."""
    spot = scene.pick(scene.between(), _priced)
    again = scene.copied(spot.draft, days=scene.rng.randrange(2, 5), kind="again")
    day = business_days_after(spot.line.fields["effective_on"], scene.rng.randrange(1, 4))
    if any(spot.draft.period < one.on <= again.filed_on for one in again.company.splits):
        raise Unsuitable(scene.kind)
    following = scene.following(spot.draft)
    if following is None or following.accepted_at <= again.accepted_at:
        raise Unsuitable(scene.kind)
    again.period = _copy_of(again, spot).fields["effective_on"] = min(day, again.filed_on)
    return spot, again


def _copy_of(again: Draft, spot: Spot) -> Line:
    return again.lines[spot.draft.lines.index(spot.line)]


def _counted(scene: Scene, spot: Spot, again: Draft) -> Spoilt:
    copy = _copy_of(again, spot)
    copy.fields["shares_after"] += spot.line.signed
    return _placed(scene, spot, again, copy)


def _placed(scene: Scene, spot: Spot, again: Draft, copy: Line) -> Spoilt:
    following = scene.following(spot.draft)
    if following is None or following.accepted_at <= again.accepted_at or spot.after is None:
        raise Unsuitable(scene.kind)
    copy.difference += spot.line.signed
    scene.insert(again)
    return scene.spoilt(again, copy, spot.draft, spot.after[0])


_RUNNING = {"convention": "running"}

RETELLING = (
    ErrorKind("told-again", ("DOUBLE_REPORTED",), told_again),
    ErrorKind("told-at-settlement", ("DOUBLE_REPORTED",), told_at_settlement),
    ErrorKind("told-in-lots", ("DOUBLE_REPORTED",), told_in_lots, habits=_RUNNING),
    ErrorKind("told-rounded", ("DOUBLE_REPORTED",), told_rounded),
    ErrorKind("settled-in-lots", ("DOUBLE_REPORTED",), settled_in_lots, habits=_RUNNING),
    ErrorKind("told-beside-the-next", ("DOUBLE_REPORTED",), told_beside_the_next, habits=_RUNNING),
)
RETELLING_NEIGHBOURS = (ErrorKind("equal-trades", (), equal_trades, habits=_RUNNING),)
