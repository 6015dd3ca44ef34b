"""Holdings in other units than shares of stock: dollars, depositary shares, shares owed."""

from __future__ import annotations

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
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Unsuitable

_DEPOSITARY = (
    "Each American Depositary Share represents {ratio} ordinary shares.",
    (
        "Ordinary shares were deposited in exchange for ADSs, each of which represents {ratio} of "
        "them."
    ),
)


def credited_in_dollars(scene: Scene) -> Spoilt:
    """A deferral account is credited in dollars, and its totals are dollars."""
    credited = _credited(scene)
    return scene.spoilt(*credited[-1])


def dollars_misstated(scene: Scene) -> Spoilt:
    """One total of an account in dollars is off; the next is right again."""
    credited = _credited(scene)
    draft, line = credited[1]
    wrong = line.fields["value_after"] + scene.rng.randrange(211, 9_000)
    line.fields["value_after"] = wrong
    return scene.spoilt(draft, line, credited[2][0])


def _credited(scene: Scene) -> list[tuple[Draft, Line]]:
    """Three forms that credit a deferral account, each after another form of the filer."""
    people = {id(one.draft.insider): one.draft.insider for one in calm_spots(scene, 8)}
    insider = scene.pick(list(people.values()))
    own = [one for one in scene.drafts if one.insider is insider and not splits_after(one)]
    if len(own) < 4:
        raise Unsuitable(scene.kind)
    account = new_position(own[0], "II/deferral", table="II", title="Deferred Compensation Account")
    credited = []
    for like in own[:3]:
        dollars = Decimal(scene.rng.randrange(4_000, 30_000))
        on = business_days_after(like.filed_on, 1)
        account.move(on, dollars)
        line = traded(like, account, "A", dollars, account.balance, on=on)
        _in_dollars(line)
        draft = form_of(like, on, [line], "deferral")
        scene.insert(draft)
        credited.append((draft, line))
    return credited


def _in_dollars(line: Line) -> None:
    fields = line.fields
    fields["value"], fields["value_after"] = fields.pop("shares"), fields.pop("shares_after")
    fields["underlying_value"] = fields.pop("underlying_shares")
    fields["price"] = None
    line.notes += [
        ("value", "Contributions are credited in dollars and invested in the issuer's stock fund."),
        ("price", "The account has no price per unit."),
        ("exercise_price", "Not applicable."),
        ("exercisable_on", "Payable after service ends."),
        ("expires_on", "Payable after service ends."),
    ]


def depositary_shares(scene: Scene) -> Spoilt:
    """Ordinary shares become depositary shares without a row, at so many for one."""
    spot = scene.pick(
        calm_spots(
            scene,
            3,
            lambda one: is_direct(one) and one.draft.company.title == "Ordinary Shares",
        )
    )
    draft, line = spot.after
    ratio = scene.rng.choice((2, 4, 5, 8, 10))
    most = int(min(one.true for _, one in spot.later)) // ratio
    if most < 40 or not line.claim:
        raise Unsuitable(scene.kind)
    number = scene.rng.randrange(25, most)
    other = new_position(draft, "I/depositary", title="American Depositary Shares")
    before = draft.period
    other.move(before, number)
    scene.rewrite(spot.line.position, spot.draft, -number * ratio)
    line.difference -= number * ratio
    line.causes.append("depositary-shares")
    listed = held(draft, other, number)
    if scene.rng.random() < 0.7:
        listed.notes.append(("security", scene.rng.choice(_DEPOSITARY).format(ratio=_word(ratio))))
    _list(draft, listed)
    for later in scene.drafts:
        if later.insider is draft.insider and later.accepted_at > draft.accepted_at:
            _list(later, held(later, other, number))
    return scene.spoilt(draft, listed)


def exchanged_at_ratio(scene: Scene) -> Spoilt:
    """Ordinary shares are exchanged for depositary shares in two rows, at the ratio of their note."""
    return _exchanged(scene, 1)


def exchanged_at_another(scene: Scene) -> Spoilt:
    """The same, and twice or half as many come as the note's ratio makes."""
    return _exchanged(scene, scene.rng.choice((Decimal("0.5"), 2)))


def _exchanged(scene: Scene, off: Decimal | int) -> Spoilt:
    spot = scene.pick(
        calm_spots(
            scene,
            3,
            lambda one: (
                is_direct(one)
                and one.draft.company.title == "Ordinary Shares"
                and (one.line.true or 0) >= 1_000
            ),
        )
    )
    ratio = scene.rng.choice((2, 4, 5, 10))
    came = scene.rng.randrange(20, 1_000 // ratio // 2) * 2
    went, direct = came * ratio, spot.line.position
    came = int(came * off)
    on = business_days_after(spot.draft.filed_on, 1)
    other = new_position(spot.draft, "I/depositary", title="American Depositary Shares")
    other.move(on, came)
    code = scene.rng.choice("JJC")
    rows = [
        traded(spot.draft, direct, code, -went, spot.line.true - went, on=on),
        traded(spot.draft, other, code, came, came, on=on),
    ]
    note = scene.rng.choice(_DEPOSITARY).format(ratio=_word(ratio))
    rows[1].notes.append((scene.rng.choice(("security", "code")), note))
    draft = form_of(spot.draft, on, rows, scene.kind)
    scene.rewrite(direct, draft, -went)
    scene.insert(draft)
    return scene.spoilt(draft, rows[1])


def sold_short(scene: Scene) -> Spoilt:
    """Shares are sold short under a title that says so, and bought back: no holding at all."""
    spot = scene.pick(calm_spots(scene, 30, is_direct))
    owed: Position = new_position(
        spot.draft, "I/short", title=f"{spot.draft.company.title} (short position)"[:60]
    )
    amount = scene.rng.randrange(3, 40) * 100
    opened = business_days_after(spot.draft.filed_on, 1)
    closed = business_days_after(opened, 6)
    owed.move(opened, -amount)
    owed.move(closed, amount)
    first = traded(spot.draft, owed, "S", -amount, amount, on=opened)
    last = traded(spot.draft, owed, "P", amount, 0, on=closed)
    first.true = -amount
    drafts = [
        form_of(spot.draft, opened, [first], "sold_short"),
        form_of(spot.draft, closed, [last], "bought_back"),
    ]
    for one in drafts:
        scene.insert(one)
    return scene.spoilt(drafts[0], first, drafts[1])


def _list(draft: Draft, line: Line) -> None:
    """Add a row of Table I, before those of Table II."""
    draft.lines.append(line)
    draft.lines.sort(key=lambda one: str(one.fields["table"]))


def _word(number: int) -> str:
    return {2: "two", 4: "four", 5: "five", 8: "eight", 10: "ten"}[number]


_HABITS = {"convention": "running", "holdings": "all"}

OTHER_UNITS = (
    ErrorKind(
        "dollars-misstated",
        ("ISOLATED_TOTAL_ERROR", "BALANCE_BREAK", "LEVEL_SHIFT_UNEXPLAINED"),
        dollars_misstated,
        habits=_HABITS,
    ),
    ErrorKind(
        "exchanged-at-another-ratio",
        ("EXERCISE_QUANTITY_MISMATCH",),
        exchanged_at_another,
        setup=("ordinary",),
        habits=_HABITS,
    ),
)
OTHER_UNIT_NEIGHBOURS = (
    ErrorKind("credited-in-dollars", (), credited_in_dollars, habits=_HABITS),
    ErrorKind("depositary-shares", (), depositary_shares, setup=("ordinary",), habits=_HABITS),
    ErrorKind(
        "exchanged-at-its-ratio", (), exchanged_at_ratio, setup=("ordinary",), habits=_HABITS
    ),
    ErrorKind("sold-short", (), sold_short, habits=_HABITS),
)
