"""What is withheld, delivered or credited in fractions: exercises for stock, vesting, monthly credits."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from tests.simulator.added_forms import (
    OFF,
    added,
    calm_spots,
    form_of,
    held,
    is_direct,
    listed,
    mistold,
    new_position,
    traded,
)
from tests.simulator.calendars import business_days_after, trading_day
from tests.simulator.people import Position
from tests.simulator.reports import Draft, Line
from tests.simulator.slips import arbitrary_shift
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Spot, Unsuitable

_DELIVERED = (
    "Shares already owned were delivered to the issuer in payment of the exercise price.",
    "Stock-for-stock exercise: previously owned shares were tendered to pay the exercise price.",
)
_TAX = "Shares withheld by the issuer to pay taxes on the exercise."
_WITHHELD = (
    "Shares withheld to satisfy tax obligations upon vesting.",
    "Represents shares surrendered to the issuer for taxes due on the vesting of restricted stock units.",
)
_NET = (
    "The number shown is net of {shares} shares withheld to pay taxes.",
    "Represents shares received on vesting, after {shares} shares were withheld by the issuer for taxes.",
)
_CREDIT = (
    "Units credited monthly to the reporting person's account under the deferred compensation plan.",
    "Phantom units acquired with monthly deferrals of salary at the closing price of the day.",
)
_FRACTION = (
    "Includes {shares} of a share acquired through dividend reinvestment.",
    "The total reflects {shares} of a share credited by the dividend reinvestment plan.",
)


def stock_for_stock(scene: Scene) -> Spoilt:
    """An option is exercised with shares that are owned already, and held."""
    draft, rows = _swapped(scene)
    return scene.spoilt(draft, rows[-2])


def delivered_twice(scene: Scene) -> Spoilt:
    """The same, and the total takes what was delivered off twice."""
    draft, rows = _swapped(scene)
    return mistold(scene, draft, rows[-2], rows[-2].signed)


def _swapped(scene: Scene) -> tuple[Draft, list[Line]]:
    spot, on = _spot(scene)
    like, total = spot.draft, spot.line.true
    option = new_position(like, "II/option", table="II", title="Stock Option (Right to Buy)")
    many = scene.rng.randrange(20, 200) * 100
    shares = scene.rng.randrange(10, many // 100) * 100
    option.move(like.period, many)
    option.move(on, -shares)
    first = held(like, option, many)
    rows = [traded(like, spot.line.position, "M", shares, total + shares, on=on)]
    parts = [shares * scene.rng.randrange(20, 50) // 100]
    if scene.rng.random() < 0.5:
        parts.append(shares * scene.rng.randrange(15, 30) // 100)
    left = total + shares
    for part, note in zip(parts, (scene.rng.choice(_DELIVERED), _TAX), strict=False):
        left -= part
        row = traded(like, spot.line.position, "F", -part, left, on=on)
        row.notes.append(("code", note))
        rows.append(row)
    rows.append(traded(like, option, "M", -shares, many - shares, on=on))
    expires = like.period.replace(year=like.period.year + 4, day=1)
    for line in (first, rows[-1]):
        line.fields |= {"exercise_price": Decimal("11.25"), "expires_on": expires}
    listed(like, first)
    return added(scene, spot, rows, left - total, on=on), rows


def withheld_on_another_form(scene: Scene) -> Spoilt:
    """Units vest on one form; what was withheld of them that day is told on the next."""
    first, second = _on_two(scene)
    return scene.spoilt(first[0], first[1], second[0])


def netted_twice(scene: Scene) -> Spoilt:
    """The same, and the first total is net of what the second form takes off again."""
    (first, vest), (second, tax) = _on_two(scene)
    vest.fields["shares_after"] += tax.signed
    vest.difference += tax.signed
    spoilt = mistold(scene, second, tax, tax.signed)
    tax.difference, tax.causes = 0, []
    vest.causes.append(f"error:{scene.kind}")
    spoilt.draft, spoilt.line = first, vest
    spoilt.also.append(second)
    return spoilt


def _on_two(scene: Scene) -> tuple[tuple[Draft, Line], tuple[Draft, Line]]:
    spot, on = _spot(scene, 16)
    like, direct, total = spot.draft, spot.line.position, spot.line.true
    units, many, shares, kept = _units(scene, like, on)
    vest = traded(like, direct, "M", shares, total + shares, on=on)
    tax = traded(like, direct, "F", kept - shares, total + kept, on=on)
    tax.notes.append(("code", scene.rng.choice(_WITHHELD)))
    first = form_of(
        like, on, [vest, traded(like, units, "M", -shares, many - shares, on=on)], scene.kind
    )
    second = form_of(like, on, [tax], scene.kind)
    later = business_days_after(first.filed_on, 1)
    second.accepted_at = datetime.combine(later, second.accepted_at.time())
    scene.rewrite(direct, like, kept)
    scene.insert(first)
    scene.insert(second)
    return (first, vest), (second, tax)


def vested_net(scene: Scene) -> Spoilt:
    """A row shows what was left of a vesting, as its note says, and no other row what was withheld."""
    draft, rows = _net(scene)
    return scene.spoilt(draft, rows[0])


def net_and_withheld(scene: Scene) -> Spoilt:
    """The same, and a row of what was withheld stands beside it, which no total counts."""
    draft, rows = _net(scene, told=True)
    return scene.spoilt(draft, rows[1])


def _net(scene: Scene, *, told: bool = False) -> tuple[Draft, list[Line]]:
    spot, on = _spot(scene)
    like, total = spot.draft, spot.line.true
    many = scene.rng.randrange(9, 300) * 10
    tax = many * scene.rng.randrange(22, 46) // 100
    rows = [traded(like, spot.line.position, "A", many - tax, total + many - tax, on=on)]
    rows[0].notes.append(("shares", scene.rng.choice(_NET).format(shares=f"{tax:,}")))
    if told:
        row = traded(like, spot.line.position, "F", -tax, total + many - tax, on=on)
        row.notes.append(("code", scene.rng.choice(_WITHHELD)))
        rows.append(row)
    return added(scene, spot, rows, many - tax, on=on), rows


def sold_to_cover(scene: Scene) -> Spoilt:
    """Units vest, some are withheld, and what is left is sold."""
    draft, rows = _sold(scene)
    return scene.spoilt(draft, rows[2])


def sold_gross(scene: Scene) -> Spoilt:
    """The same, and the sale's row has all that vested; the totals are right."""
    draft, rows = _sold(scene)
    rows[2].fields["shares"] = rows[0].fields["shares"]
    return scene.spoilt(draft, rows[2])


def _sold(scene: Scene) -> tuple[Draft, list[Line]]:
    spot, on = _spot(scene)
    like, direct, total = spot.draft, spot.line.position, spot.line.true
    units, many, shares, kept = _units(scene, like, on)
    rows = [
        traded(like, direct, "M", shares, total + shares, on=on),
        traded(like, direct, "F", kept - shares, total + kept, on=on),
        traded(like, direct, "S", -kept, total, on=on),
        traded(like, units, "M", -shares, many - shares, on=on),
    ]
    rows[1].notes.append(("code", scene.rng.choice(_WITHHELD)))
    return added(scene, spot, rows, 0, on=on), rows


def credited_monthly(scene: Scene) -> Spoilt:
    """Units in fractions are credited month after month, with running totals, whole ones at times."""
    draft, rows = _monthly(scene)
    return scene.spoilt(draft, rows[-1])


def month_counted_twice(scene: Scene) -> Spoilt:
    """The same, and a total counts the month before once more, as do those after it."""
    draft, rows = _monthly(scene)
    at = scene.rng.randrange(1, len(rows))
    twice, whole = rows[at - 1].signed, rows[at].fields["shares_after"] == int(rows[at].true)
    for row in rows[at:]:
        row.fields["shares_after"] = int(row.true + twice) if whole else row.true + twice
    rows[at].difference += twice
    return scene.spoilt(draft, rows[at])


def _monthly(scene: Scene) -> tuple[Draft, list[Line]]:
    spot, _ = _spot(scene, 120)
    like, rng, whole = spot.draft, scene.rng, scene.rng.random() < 0.3
    units = new_position(like, "II/phantom", table="II", title="Phantom Stock")
    total = Decimal(rng.randrange(10_000, 9_000_000)) / 1000
    units.move(like.period, total)
    listed(like, held(like, units, int(total) if whole else total))
    rows, on = [], like.filed_on
    for _ in range(rng.choice((3, 3, 4))):
        on = trading_day(on + timedelta(days=28))
        credit = Decimal(rng.randrange(9_000, 300_000)) / 1000
        total += credit
        units.move(on, credit)
        row = traded(like, units, "A", credit, int(total) if whole else total, on=on)
        row.true = total
        row.notes.append(("security", _CREDIT[0]))
        rows.append(row)
    draft = form_of(like, on, rows, scene.kind)
    draft.period = rows[0].fields["effective_on"]
    for row in rows:
        row.fields["form_type"] = "5"
        row.fields["timeliness"] = "E"
    scene.insert(draft)
    return draft, rows


def fraction_credited(scene: Scene) -> Spoilt:
    """A total has a fraction that a note says dividends brought."""
    spot, on = _spot(scene)
    row = traded(spot.draft, spot.line.position, "S", -100, spot.line.true - 100, on=on)
    part = Decimal(scene.rng.randrange(101, 999)) / 1000
    if spot.line.true <= 200 or min(one.true for _, one in spot.later) <= 200:
        raise Unsuitable(scene.kind)
    row.true += part
    row.fields["shares_after"] += part
    row.difference, row.causes = part, ["reinvestment"]
    row.notes.append(("shares_after", scene.rng.choice(_FRACTION).format(shares=part)))
    return scene.spoilt(added(scene, spot, [row], part - 100, on=on), row)


def point_for_comma(scene: Scene) -> Spoilt:
    """The last comma of a total is typed as a point."""
    spot = scene.pick(
        scene.between(), lambda one: one.line.true > 2000 and one.line.true == int(one.line.true)
    )
    return scene.spoil_total(spot, Decimal(int(spot.line.true)) / 1000, stays=False)


def whole_and_off(scene: Scene) -> Spoilt:
    """Totals are told without their fractions, and one of them is off by more than that."""
    draft, rows = _monthly(scene)
    row = rows[scene.rng.randrange(len(rows))]
    shift = arbitrary_shift(scene.rng, int(row.true), row.signed)
    if shift is None or not all(one.fields["shares_after"] == int(one.true) for one in rows):
        raise Unsuitable(scene.kind)
    row.fields["shares_after"] += shift
    row.difference += shift
    return scene.spoilt(draft, row)


def _units(scene: Scene, like: Draft, on: date) -> tuple[Position, int, int, int]:
    """Units that a form lists: how many there are, vest, and are left of these after taxes."""
    units = new_position(like, "II/units", table="II", title="Deferred Stock Units")
    many = scene.rng.randrange(20, 200) * 30
    shares = many // scene.rng.choice((2, 3, 4))
    units.move(like.period, many)
    units.move(on, -shares)
    listed(like, held(like, units, many))
    return units, many, shares, shares - shares * scene.rng.randrange(22, 46) // 100


def _spot(scene: Scene, days: int = 12) -> tuple[Spot, date]:
    spot: Spot = scene.pick(calm_spots(scene, days, is_direct))
    return spot, business_days_after(spot.draft.filed_on, 2)


_HABITS = {"convention": "running", "holdings": "moved", "respells": False}
WITHHELD = (
    ErrorKind("delivered-twice", ("DOUBLE_APPLIED_ROW", *OFF), delivered_twice, habits=_HABITS),
    ErrorKind("netted-twice", ("RSU_DOUBLE_COUNT", *OFF), netted_twice, habits=_HABITS),
    ErrorKind(
        "net-and-withheld",
        ("MISSED_OWN_ROW", "RSU_DOUBLE_COUNT", "DOUBLE_REPORTED", *OFF),
        net_and_withheld,
        habits=_HABITS,
    ),
    ErrorKind("sold-gross", ("PRIOR_ROW_OMITTED", *OFF), sold_gross, habits=_HABITS),
    ErrorKind(
        "month-counted-twice",
        ("PRIOR_ROW_DOUBLED", "DOUBLE_APPLIED_ROW", *OFF),
        month_counted_twice,
        habits=_HABITS,
    ),
    ErrorKind("whole-and-off", OFF, whole_and_off, habits=_HABITS),
    ErrorKind("point-for-comma", ("MAGNITUDE_ERROR",), point_for_comma, habits=_HABITS),
)
WITHHELD_NEIGHBOURS = (
    ErrorKind("stock-for-stock", (), stock_for_stock, habits=_HABITS),
    ErrorKind("withheld-on-another-form", (), withheld_on_another_form, habits=_HABITS),
    ErrorKind("vested-net", (), vested_net, habits=_HABITS),
    ErrorKind("sold-to-cover", (), sold_to_cover, habits=_HABITS),
    ErrorKind("credited-monthly", (), credited_monthly, habits=_HABITS),
    ErrorKind("fraction-credited", (), fraction_credited, habits=_HABITS),
)
