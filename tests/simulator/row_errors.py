"""Errors in a row itself: its amount, letter, price, day, place or counterpart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from tests.simulator.people import Number
from tests.simulator.reports import Draft, Line
from tests.simulator.slips import transposed
from tests.simulator.spoiling import PLAIN, ErrorKind, Scene, Spoilt, Spot, Unsuitable


def transposed_amount(scene: Scene) -> Spoilt:
    """Two adjacent digits of the movement change places; the total is right."""
    spot = scene.pick(
        scene.between(), lambda one: transposed(scene.rng, one.line.fields["shares"]) is not None
    )
    return _amount(scene, spot, transposed(scene.rng, spot.line.fields["shares"]) or 0)


def amount_with_digit_added(scene: Scene) -> Spoilt:
    """The movement gains a zero; the total is right."""
    spot = scene.pick(scene.between(), lambda one: one.line.fields["shares"] >= 50)
    return _amount(scene, spot, spot.line.fields["shares"] * 10)


def amount_with_digit_dropped(scene: Scene) -> Spoilt:
    """The movement loses its last digit; the total is right."""
    spot = scene.pick(scene.between(), lambda one: one.line.fields["shares"] >= 1000)
    return _amount(scene, spot, int(spot.line.fields["shares"]) // 10)


def cumulative_amount(scene: Scene) -> Spoilt:
    """The movement adds up this row and the one before; the total is right."""

    def fits(spot: Spot) -> bool:
        earlier = spot.before[1] if spot.before else None
        return (
            earlier is not None
            and spot.before is not None
            and len(spot.before[0].on(spot.line.position)) == 1
            and earlier.fields.get("code") == spot.line.fields["code"]
            and earlier.fields["shares"] != spot.line.fields["shares"]
        )

    spot = scene.pick(scene.between(), fits)
    return _amount(scene, spot, spot.line.fields["shares"] + spot.before[1].fields["shares"])


def letter_wrong(scene: Scene) -> Spoilt:
    """Acquired is ticked for disposed, or the reverse; the total is right."""
    spot = scene.pick(scene.between(), lambda one: one.line.fields["code"] in "PSFMA")
    _flip(spot.line)
    return scene.spoilt(spot.draft, spot.line, *_next(spot))


def letter_wrong_and_applied(scene: Scene) -> Spoilt:
    """The wrong letter is also used to compute the total, which stays wrong."""
    spot = scene.pick(scene.between(), lambda one: one.line.fields["code"] in "PSF")
    _flip(spot.line)
    return scene.spoil_total(spot, spot.opening - spot.line.signed, stays=True)


def wrong_ownership(scene: Scene) -> Spoilt:
    """A direct row is printed under a vehicle; its total is still the direct one."""
    spot = scene.pick(scene.between(), _is_direct)
    if not spot.draft.insider.vehicles:
        raise Unsuitable(scene.kind)
    vehicle = scene.rng.choice(spot.draft.insider.vehicles)
    spot.line.fields |= {"ownership": "indirect", "nature": vehicle.nature}
    following = [one[0] for one in scene.claims(vehicle) if one[0] is not spot.draft]
    after = [draft for draft in following if draft.accepted_at > spot.draft.accepted_at]
    return scene.spoilt(spot.draft, spot.line, *_next(spot), *after[:1])


def misallocated(scene: Scene) -> Spoilt:
    """A movement is taken from the wrong pool's total, in this form and all later ones."""
    spot = scene.pick(scene.between(), lambda one: one.line.signed < 0 and bool(_siblings(one)))
    other = scene.rng.choice(_siblings(spot))
    chain = scene.claims(other.position)
    at = next(number for number, one in enumerate(chain) if one[1] is other)
    later = chain[at + 1 :]
    if any({"split", "form-change"} & set(line.causes) for _, line in [*later, *spot.later]):
        raise Unsuitable(scene.kind)
    sibling = Spot(spot.draft, other, None, None, later)
    scene.spoil_total(sibling, other.true + spot.line.signed, stays=True)
    return scene.spoil_total(spot, spot.opening, stays=True)


def wrong_class(scene: Scene) -> Spoilt:
    """A row is printed under another class of stock; its total is of the right one."""
    spot = scene.pick(scene.between(), lambda one: "Class A" not in one.line.fields["security"])
    spot.line.fields["security"] = "Class B Common Stock"
    return scene.spoilt(spot.draft, spot.line, *_next(spot))


def price_and_shares_exchanged(scene: Scene) -> Spoilt:
    """The number of shares stands in the price column, and the price under shares."""
    spot = scene.pick(scene.between(), _is_trade)
    fields = spot.line.fields
    fields["shares"], fields["price"] = fields["price"], Decimal(fields["shares"])
    return scene.spoilt(spot.draft, spot.line, *_next(spot))


def amount_and_total_exchanged(scene: Scene) -> Spoilt:
    """What was sold stands for what was left, and the reverse; the row itself still agrees."""

    def fits(spot: Spot) -> bool:
        sold, left = spot.line.fields["shares"], spot.line.true
        alone = len(spot.draft.on(spot.line.position)) == 1
        return spot.line.signed < 0 < sold and left >= 5 * sold and alone

    spot = scene.pick(scene.between(), fits)
    fields = spot.line.fields
    fields["shares"], fields["shares_after"] = spot.line.true, fields["shares"]
    return scene.spoilt(spot.draft, spot.line, *_next(spot))


def price_of_zero(scene: Scene) -> Spoilt:
    """A sale or purchase in the market has a price of zero."""
    spot = scene.pick(
        scene.spots(),
        lambda one: _is_trade(one) and not any(field == "price" for field, _ in one.line.notes),
    )
    spot.line.fields["price"] = Decimal(0)
    return scene.spoilt(spot.draft, spot.line)


def year_too_early(scene: Scene) -> Spoilt:
    """Last year's number is written in the day of the transaction."""
    spot = scene.pick(scene.spots(), lambda one: one.draft.form == "4" and not _leap(one))
    day: date = spot.line.fields["effective_on"]
    spot.line.fields["effective_on"] = day.replace(year=day.year - 1)
    return scene.spoilt(spot.draft, spot.line, *_next(spot))


def day_to_come(scene: Scene) -> Spoilt:
    """The day of the transaction is after the form was filed."""
    spot = scene.pick(scene.spots(), lambda one: one.draft.form == "4" and not _leap(one))
    day: date = spot.line.fields["effective_on"]
    later = day.replace(year=day.year + 1)
    if scene.rng.random() < 0.4 and day.month < 11 and day.day < 29:
        later = day.replace(month=day.month + 2)
    spot.line.fields["effective_on"] = later
    return scene.spoilt(spot.draft, spot.line, *_next(spot))


def row_repeated(scene: Scene) -> Spoilt:
    """One row stands twice on the form, with the same total."""
    spot = scene.pick(scene.between(), lambda one: one.draft.insider.habits.convention == "running")
    at = spot.draft.lines.index(spot.line)
    twin = spot.line.copied()
    spot.draft.lines.insert(at + 1, twin)
    return scene.spoilt(spot.draft, twin, *_next(spot))


def more_sold_than_owned(scene: Scene) -> Spoilt:
    """A sale is larger than what was there; the total says nothing is left."""
    spot = scene.pick(scene.between(), lambda one: one.line.signed < 0 and one.opening > 0)
    spot.line.fields["shares"] = int(spot.opening) + scene.rng.randrange(150, 5000)
    return scene.spoil_total(spot, 0, stays=False)


def units_miswritten(scene: Scene) -> Spoilt:
    """Amount and total of a last grant have two digits exchanged; the shares under it are right."""
    spot = scene.pick(
        scene.spots("II"),
        lambda one: (
            one.line.fields["code"] == "A"
            and one.before is one.after is None
            and one.line.fields["shares"] == one.line.fields["shares_after"]
            and transposed(scene.rng, one.line.fields["shares"]) is not None
        ),
    )
    wrong = transposed(scene.rng, spot.line.fields["shares"])
    spot.line.fields["shares"] = spot.line.fields["shares_after"] = wrong
    return scene.spoilt(spot.draft, spot.line)


def whole_grant_under_it(scene: Scene) -> Spoilt:
    """The shares under an exercise are given as those of the whole grant, as some filers do."""
    draft, line = _exercise(scene)
    line.fields["underlying_shares"] = line.fields["shares"] + line.fields["shares_after"]
    return scene.spoilt(draft, line)


def counterpart_left_out(scene: Scene) -> Spoilt:
    """An exercise stands in Table I only."""
    draft, line = _exercise(scene, in_one_form=True)
    later = [one for one in scene.claims(line.position) if one[0].accepted_at > draft.accepted_at]
    stock = next(_others_exercised(draft, line))
    draft.lines.remove(line)
    return scene.spoilt(draft, stock, *(one[0] for one in later[:1]))


def sides_differ(scene: Scene) -> Spoilt:
    """The two sides of an exercise have different amounts; both totals are right."""
    draft, line = _exercise(scene)
    shares = line.fields["shares"]
    other = shares + scene.rng.choice((-1, 1)) * max(int(shares) // scene.rng.randrange(9, 40), 3)
    line.fields["shares"] = line.fields["underlying_shares"] = other
    later = [one for one in scene.claims(line.position) if one[0].accepted_at > draft.accepted_at]
    return scene.spoilt(draft, line, *(one[0] for one in later[:1]))


def withholding_left_out(scene: Scene) -> Spoilt:
    """Units vest and shares are withheld, but the withholding has no row."""
    places = []
    for draft in scene.drafts:
        held = [line for line in draft.lines if line.fields.get("code") == "F"]
        if draft.kind == "unit_vest" and held and draft.insider.habits.convention in PLAIN:
            position = held[0].position
            after = [
                one for one in scene.claims(position) if one[0].accepted_at > draft.accepted_at
            ]
            if len(draft.on(position)) == 2 and after and not after[0][1].causes:
                places.append((draft, held[0], after[0]))
    draft, line, after = scene.pick(places)
    draft.lines.remove(line)
    vested = draft.on(line.position)[0]
    if scene.rng.random() < 0.5 and draft.insider.habits.convention == "running":
        vested.fields["shares_after"] = vested.true
        after[1].difference += line.signed
        after[1].causes.append(f"error:{scene.kind}")
    else:
        vested.fields["shares_after"] = line.true
        vested.difference += line.signed
    return scene.spoilt(draft, vested, after[0])


def units_counted_twice(scene: Scene) -> Spoilt:
    """Units reported as stock when granted are added again when they vest."""
    places = []
    for draft in scene.drafts:
        stock = [line for line in draft.lines if line.fields.get("code") == "F"]
        in_stock = not any(line.fields["table"] == "II" and line.move for line in draft.lines)
        if draft.kind == "unit_vest" and in_stock and len(stock) == 1 and not stock[0].causes:
            chain = scene.claims(stock[0].position)
            at = next(number for number, one in enumerate(chain) if one[1] is stock[0])
            if at:
                places.append((draft, stock[0], chain[at + 1 :]))
    draft, line, later = scene.pick(places)
    amount = draft.vested
    granted = [one.fields["shares"] for one in _grants(scene, line)]
    if amount not in granted:
        raise Unsuitable(scene.kind)
    before = line.true - line.signed
    again = Line(
        line.position,
        line.move,
        before,
        line.fields
        | {
            "code": "M",
            "direction": "acquired",
            "shares": amount,
            "price": Decimal(0),
            "shares_after": before + amount,
        },
    )
    draft.lines.insert(draft.lines.index(line), again)
    line.fields["shares_after"] += amount
    scene.carry(Spot(draft, line, None, None, later), amount)
    return scene.spoilt(draft, again, *(one[0] for one in later[:1]))


def _grants(scene: Scene, line: Line) -> list[Line]:
    """Grants in Table I that a form of this world reports."""
    return [one for _, one in scene.rows(line.position) if one.fields.get("code") == "A"]


def _exercise(scene: Scene, *, in_one_form: bool = False) -> tuple[Draft, Line]:
    """A row of an exercise in Table II, and its form: one that has the stock too, if both shall be `in_one_form`."""
    places = []
    for draft in scene.drafts:
        for line in draft.lines:
            exercised = line.fields.get("code") == "M" and line.fields["table"] == "II"
            alone = in_one_form and next(_others_exercised(draft, line), None) is None
            if exercised and not alone and not line.causes and line.fields["shares"] >= 100:
                places.append((draft, line))
    found: tuple[Draft, Line] = scene.pick(places)
    return found


def _others_exercised(draft: Draft, line: Line) -> Iterator[Line]:
    return (one for one in draft.lines if one.fields.get("code") == "M" and one is not line)


def _amount(scene: Scene, spot: Spot, shares: Number) -> Spoilt:
    spot.line.fields["shares"] = shares
    return scene.spoilt(spot.draft, spot.line, *_next(spot))


def _flip(line: Line) -> None:
    flipped = {"acquired": "disposed", "disposed": "acquired"}
    line.fields["direction"] = flipped[line.fields["direction"]]


def _next(spot: Spot) -> list[Draft]:
    return [spot.after[0]] if spot.after else []


def _is_direct(spot: Spot) -> bool:
    return spot.line.fields["ownership"] == "direct" and spot.draft.insider.kind == "person"


def _is_trade(spot: Spot) -> bool:
    return spot.line.fields["code"] in "PS" and spot.line.fields["shares"] >= 100


def _leap(spot: Spot) -> bool:
    day: date = spot.line.fields["effective_on"]
    return (day.month, day.day) == (2, 29)


def _siblings(spot: Spot) -> list[Line]:
    """Other pools on the same form whose total can bear the movement."""
    return [
        line
        for line in spot.draft.lines
        if line.position is not spot.line.position
        and line.fields["table"] == "I"
        and line.move is None
        and not line.causes
        and line.true + spot.line.signed > 0
    ]


_TRANSPOSED = ("TRANSPOSED_DIGITS",)

ROW_ERRORS = (
    ErrorKind("transposed-amount", _TRANSPOSED, transposed_amount),
    ErrorKind("amount-digit-added", ("MAGNITUDE_ERROR",), amount_with_digit_added),
    ErrorKind("amount-digit-dropped", ("MAGNITUDE_ERROR",), amount_with_digit_dropped),
    ErrorKind(
        "cumulative-amount",
        ("PRIOR_ROW_OMITTED", "PRIOR_ROW_DOUBLED", "ISOLATED_TOTAL_ERROR"),
        cumulative_amount,
    ),
    ErrorKind("letter-wrong", ("AD_CODE_CONTRADICTION",), letter_wrong),
    ErrorKind("letter-wrong-applied", ("AD_CODE_CONTRADICTION",), letter_wrong_and_applied),
    ErrorKind("wrong-ownership", ("DI_SWAP", "WRONG_VEHICLE"), wrong_ownership, setup=("vehicle",)),
    ErrorKind(
        "misallocated",
        ("WRONG_VEHICLE", "DI_SWAP"),
        misallocated,
        setup=("vehicle",),
        habits={"holdings": "all"},
    ),
    ErrorKind("wrong-class", ("WRONG_CLASS", "CLASS_AMBIGUOUS"), wrong_class),
    ErrorKind("price-and-shares-exchanged", ("PRICE_SUSPECT",), price_and_shares_exchanged),
    ErrorKind("amount-and-total-exchanged", ("LOT_ONLY",), amount_and_total_exchanged),
    ErrorKind("price-of-zero", ("PRICE_SUSPECT",), price_of_zero),
    ErrorKind("year-too-early", ("DATE_SUSPECT",), year_too_early),
    ErrorKind("day-to-come", ("DATE_SUSPECT",), day_to_come),
    ErrorKind("row-repeated", ("DUPLICATE_ROW",), row_repeated),
    ErrorKind(
        "more-sold-than-owned", ("NEGATIVE_BALANCE", "ISOLATED_TOTAL_ERROR"), more_sold_than_owned
    ),
    ErrorKind("units-miswritten", _TRANSPOSED, units_miswritten, setup=("option",)),
    ErrorKind(
        "exercise-counterpart-left-out",
        ("EXERCISE_COUNTERPART_MISSING",),
        counterpart_left_out,
        needs=("option_exercise",),
        setup=("option",),
    ),
    ErrorKind(
        "exercise-sides-differ",
        ("EXERCISE_QUANTITY_MISMATCH",),
        sides_differ,
        needs=("option_exercise",),
        setup=("option",),
    ),
    ErrorKind(
        "withholding-left-out",
        ("LEVEL_SHIFT_UNEXPLAINED", "BALANCE_BREAK", "GAP_SUSPECTED"),
        withholding_left_out,
        needs=("unit_vest",),
        setup=("units",),
        habits={"awards": "II"},
    ),
    ErrorKind(
        "units-counted-twice",
        ("RSU_DOUBLE_COUNT",),
        units_counted_twice,
        needs=("unit_grant", "unit_vest"),
        setup=("cliff",),
        habits={"awards": "I"},
    ),
)

ROW_NEIGHBOURS = (
    ErrorKind(
        "whole-grant-under-it",
        (),
        whole_grant_under_it,
        needs=("option_exercise",),
        setup=("option",),
    ),
)
