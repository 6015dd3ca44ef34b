"""Shares that change their class or their holder on one form: conversions, exchanges, deferrals."""

from __future__ import annotations

from datetime import date

from tests.simulator.added_forms import (
    OFF,
    added,
    calm_spots,
    held,
    in_words,
    is_direct,
    listed,
    mistold,
    new_position,
    traded,
)
from tests.simulator.calendars import business_days_after
from tests.simulator.people import Position
from tests.simulator.reports import Draft, Line
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Spot, Unsuitable

_CONVERTIBLE = (
    "Each share of Class B Common Stock is convertible at any time into one share of Class A Common Stock at the option of the holder and has no expiration date.",
    "The Class B shares convert share for share upon any transfer and do not expire.",
)
_CANCELLED = (
    "Upon the exchange an equal number of shares of Class B common stock was cancelled for no consideration.",
    "Shares of Class B stock have no economic rights and are surrendered when units are exchanged.",
)
_DEFERRED = (
    "The reporting person elected to defer receipt of these shares under the directors' deferral plan and holds share units instead.",
    "Receipt of the shares was deferred; each unit is the economic equivalent of one share.",
)
_JOINT = (
    "On {day} {shares} shares were transferred to an account held jointly with the reporting person's spouse, a change in form of ownership only.",
    "Reflects the transfer of {shares} shares on {day} to a joint account with the reporting person's wife, reported below.",
)
_INHERITED = (
    "Shares received from the estate of the reporting person's mother under her will.",
    "Distribution by the executor to the reporting person as beneficiary of the estate.",
)


def converted_and_sold(scene: Scene) -> Spoilt:
    """Shares of another class are converted and sold the same day."""
    draft, rows = _converted(scene)
    return scene.spoilt(draft, rows[1])


def total_of_the_wrong_class(scene: Scene) -> Spoilt:
    """The same, and the stock's total is what is left of the other class."""
    draft, rows = _converted(scene)
    row = rows[scene.rng.randrange(2)]
    shift = rows[2].true - row.true
    if not shift:
        raise Unsuitable(scene.kind)
    row.fields["shares_after"] += shift
    row.difference += shift
    later = [one for one, _ in scene.claims(row.position) if one.accepted_at > draft.accepted_at]
    return scene.spoilt(draft, row, *later[:1])


def _converted(scene: Scene) -> tuple[Draft, list[Line]]:
    spot, on = _spot(scene)
    like, direct = spot.draft, spot.line.position
    other, many = _holding(scene, like, "II/class-b", table="II", title="Class B Common Stock")
    shares = scene.rng.randrange(1, many // 100) * 100
    other.move(on, -shares)
    rows = [
        traded(like, direct, "C", shares, spot.line.true + shares, on=on),
        traded(like, direct, "S", -shares, spot.line.true, on=on),
        traded(like, other, "C", -shares, many - shares, on=on),
    ]
    rows[2].notes.append(("exercise_price", scene.rng.choice(_CONVERTIBLE)))
    return added(scene, spot, rows, 0, on=on), rows


def exchanged_for_class_a(scene: Scene) -> Spoilt:
    """Units of the operating company are exchanged for stock, and as many paired shares end."""
    draft, rows = _exchanged(scene)
    return scene.spoilt(draft, rows[1])


def paired_shares_kept(scene: Scene) -> Spoilt:
    """The same, and the total of the paired shares is that of before their row."""
    draft, rows = _exchanged(scene)
    return mistold(scene, draft, rows[1], -rows[1].signed)


def _exchanged(scene: Scene) -> tuple[Draft, list[Line]]:
    spot, on = _spot(scene)
    like, direct = spot.draft, spot.line.position
    paired, many = _holding(scene, like, "I/paired", title="Class B Common Stock")
    units = new_position(like, "II/units", table="II", title="LLC Units")
    units.move(like.period, many)
    listed(like, held(like, units, many))
    shares = scene.rng.randrange(1, many // 100) * 100
    paired.move(on, -shares)
    units.move(on, -shares)
    rows = [
        traded(like, direct, "C", shares, spot.line.true + shares, on=on),
        traded(like, paired, scene.rng.choice("JD"), -shares, many - shares, on=on),
        traded(like, units, "C", -shares, many - shares, on=on),
    ]
    rows[1].notes.append(("code", scene.rng.choice(_CANCELLED)))
    return added(scene, spot, rows, shares, on=on), rows


def deferred(scene: Scene) -> Spoilt:
    """Shares are granted and given up at once for units, on one form."""
    draft, rows = _deferred(scene)
    return scene.spoilt(draft, rows[1])


def deferred_and_kept(scene: Scene) -> Spoilt:
    """The same, and the total of the stock still counts them."""
    draft, rows = _deferred(scene)
    return mistold(scene, draft, rows[1], -rows[1].signed)


def _deferred(scene: Scene) -> tuple[Draft, list[Line]]:
    spot, on = _spot(scene)
    like, direct = spot.draft, spot.line.position
    units, many = _holding(scene, like, "II/deferred", table="II", title="Phantom Stock Units")
    shares = scene.rng.randrange(9, 400) * 7
    units.move(on, shares)
    rows = [
        traded(like, direct, "A", shares, spot.line.true + shares, on=on),
        traded(like, direct, "D", -shares, spot.line.true, on=on),
        traded(like, units, "A", shares, many + shares, on=on),
    ]
    rows[1].notes.append(("code", scene.rng.choice(_DEFERRED)))
    return added(scene, spot, rows, 0, on=on), rows


def trusts_of_both(scene: Scene) -> Spoilt:
    """Two spouses' trusts sell on one day, as often as not as many shares."""
    draft, rows = _of_both(scene)
    return scene.spoilt(draft, rows[0])


def trusts_exchanged(scene: Scene) -> Spoilt:
    """The same, and the two lines have each other's holder."""
    draft, rows = _of_both(scene)
    one, other = (row.fields for row in rows)
    one["nature"], other["nature"] = other["nature"], one["nature"]
    spoilt = scene.spoilt(draft, rows[0])
    rows[1].causes.append(f"error:{scene.kind}")
    return spoilt


def _of_both(scene: Scene) -> tuple[Draft, list[Line]]:
    spot, on = _spot(scene)
    like, rows = spot.draft, []
    equal = scene.rng.randrange(1, 10) * 100 if scene.rng.random() < 0.5 else 0
    natures = scene.rng.choice(
        (("By Trust", "By Spouse's Trust"), ("By Living Trust", "By Trust for Spouse"))
    )
    for number, nature in enumerate(natures):
        vehicle, many = _holding(
            scene, like, f"I/both/{number}", ownership="indirect", nature=nature
        )
        shares = equal or scene.rng.randrange(1, many // 100) * 100
        vehicle.move(on, -shares)
        rows.append(traded(like, vehicle, "S", -shares, many - shares, on=on))
    return added(scene, spot, rows, 0, on=on), rows


def into_a_joint_account(scene: Scene) -> Spoilt:
    """Shares go to an account held with a spouse, which gets a line of its own."""
    draft, row, _ = _joint(scene)
    return scene.spoilt(draft, row)


def joint_yet_counted(scene: Scene) -> Spoilt:
    """The same, and the direct total counts them as well."""
    draft, row, shares = _joint(scene)
    return mistold(scene, draft, row, shares)


def _joint(scene: Scene) -> tuple[Draft, Line, int]:
    spot, on = _spot(scene)
    like, direct = spot.draft, spot.line.position
    if spot.line.true < 900 or min(one.true for _, one in spot.later) < spot.line.true // 2:
        raise Unsuitable(scene.kind)
    shares = int(spot.line.true) // scene.rng.choice((3, 4, 5, 7))
    sold = scene.rng.randrange(1, 9) * int(spot.line.true) // 100
    account = new_position(
        like, "I/joint", ownership="indirect", nature="By joint account with spouse"
    )
    day = business_days_after(like.filed_on, 1)
    account.move(day, shares)
    total = spot.line.true - shares - sold
    row = traded(like, direct, "S", -sold, total, on=on)
    row.difference, row.causes = -shares, ["form-change"]
    note = scene.rng.choice(_JOINT).format(day=in_words(day), shares=f"{shares:,}")
    row.notes.append(("shares_after", note))
    line = held(like, account, shares)
    line.difference, line.causes = shares, ["opening"]
    return added(scene, spot, [row, line], -shares - sold, on=on), row, shares


def inherited(scene: Scene) -> Spoilt:
    """Shares of an estate come to the filer, and the estate's line says that none are left."""
    draft, line = _inherited(scene)
    return scene.spoilt(draft, line)


def inherited_yet_listed(scene: Scene) -> Spoilt:
    """The same, and the estate's line still has all of them."""
    draft, line = _inherited(scene, left=True)
    return scene.spoilt(draft, line)


def _inherited(scene: Scene, *, left: bool = False) -> tuple[Draft, Line]:
    spot, on = _spot(scene)
    like, direct = spot.draft, spot.line.position
    estate, many = _holding(
        scene, like, "I/estate", ownership="indirect", nature="By Estate of Mother"
    )
    estate.move(on, -many)
    row = traded(like, direct, "W", many, spot.line.true + many, on=on)
    row.notes.append(("shares", scene.rng.choice(_INHERITED)))
    line = held(like, estate, many if left else 0)
    line.true = 0
    if not left:
        line.difference, line.causes = -many, ["form-change"]
    return added(scene, spot, [row, line], many, on=on), line


def _spot(scene: Scene) -> tuple[Spot, date]:
    """A place of a filer whose own holdings are called otherwise than those of this page."""
    spot: Spot = scene.pick(calm_spots(scene, 12, lambda one: is_direct(one) and not _taken(one)))
    return spot, business_days_after(spot.draft.filed_on, 2)


def _taken(spot: Spot) -> bool:
    insider = spot.draft.insider
    return bool(insider.vehicle("Trust")) or any("Class B" in one.title for one in insider.series)


def _holding(scene: Scene, like: Draft, name: str, **terms: str) -> tuple[Position, int]:
    """Another holding that a form lists, and how much it is."""
    position = new_position(like, name, **terms)
    many = scene.rng.randrange(15, 900) * 100 + scene.rng.choice((0, 0, 37))
    position.move(like.period, many)
    listed(like, held(like, position, many))
    return position, many


_HABITS = {"convention": "running", "holdings": "moved", "respells": False}
_STILL = ("WRONG_VEHICLE", "INDIRECT_COUNTERPART_MISSING", "ISOLATED_TOTAL_ERROR", "COLUMN_NOTE_CONFLICT")  # fmt: skip
CLASSES_EXCHANGED = (
    ErrorKind(
        "total-of-the-wrong-class",
        (*OFF, "WRONG_CLASS", "CONFLICTING_TOTALS"),
        total_of_the_wrong_class,
        habits=_HABITS,
    ),
    ErrorKind("paired-shares-kept", ("MISSED_OWN_ROW",), paired_shares_kept, habits=_HABITS),
    ErrorKind("deferred-and-kept", ("MISSED_OWN_ROW",), deferred_and_kept, habits=_HABITS),
    ErrorKind("trusts-exchanged", ("WRONG_VEHICLE", "DI_SWAP"), trusts_exchanged, habits=_HABITS),
    ErrorKind(
        "joint-yet-counted", (*OFF, *_STILL, "FOOTNOTE_UNUSED"), joint_yet_counted, habits=_HABITS
    ),
    ErrorKind("inherited-yet-listed", _STILL, inherited_yet_listed, habits=_HABITS),
)
CLASSES_EXCHANGED_NEIGHBOURS = (
    ErrorKind("converted-and-sold", (), converted_and_sold, habits=_HABITS),
    ErrorKind("exchanged-for-class-a", (), exchanged_for_class_a, habits=_HABITS),
    ErrorKind("deferred-into-units", (), deferred, habits=_HABITS),
    ErrorKind("trusts-of-both", (), trusts_of_both, habits=_HABITS),
    ErrorKind("into-a-joint-account", (), into_a_joint_account, habits=_HABITS),
    ErrorKind("inherited", (), inherited, habits=_HABITS),
)
