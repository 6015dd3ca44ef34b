"""Forms in parts, in a row, or of two hands: first pages lost, programmes, colleagues' rows, copies."""

from __future__ import annotations

from datetime import date, timedelta

from tests.simulator.added_forms import (
    OFF,
    added,
    amendment_of,
    calm_spots,
    form_of,
    held,
    is_direct,
    listed,
    mistold,
    new_position,
    traded,
)
from tests.simulator.calendars import business_days_after
from tests.simulator.reports import Draft, Line
from tests.simulator.slips import arbitrary_shift
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Spot, Unsuitable


def in_two_parts(scene: Scene) -> Spoilt:
    """A day's sales stand on two forms, of which either may be accepted first."""
    first, second, rows = _parts(scene)
    if scene.rng.random() < 0.5:
        first.accepted_at, second.accepted_at = second.accepted_at, first.accepted_at
        scene.resort()
    return scene.spoilt(second, rows[-1])


def first_part_missing(scene: Scene) -> Spoilt:
    """The same, and the first of the forms was never filed."""
    first, second, rows = _parts(scene)
    scene.drafts.remove(first)
    row = next(one for one in second.lines if one in rows)
    row.difference = sum(one.signed for one in first.lines)
    return scene.spoilt(second, row)


def _parts(scene: Scene) -> tuple[Draft, Draft, list[Line]]:
    spot, on = _spot(scene)
    like, count = spot.draft, scene.rng.randrange(4, 9)
    rows, total = _sales(scene, spot, [on] * count)
    cut = scene.rng.randrange(2, count - 1)
    first, second = (form_of(like, on, part, scene.kind) for part in (rows[:cut], rows[cut:]))
    second.accepted_at += timedelta(minutes=2)
    if scene.rng.random() < 0.7:
        for number, form in enumerate((first, second), start=1):
            form.remarks = f"Form {number} of 2 filed on this day."
    scene.rewrite(spot.line.position, like, total - spot.line.true)
    scene.insert(first)
    scene.insert(second)
    return first, second, rows


def programme(scene: Scene) -> Spoilt:
    """As many shares are sold every week, each on a form of its own."""
    forms, rows = _weekly(scene)
    return scene.spoilt(forms[-1], rows[-1])


def programme_form_missing(scene: Scene) -> Spoilt:
    """The same, and a form in the middle was never filed."""
    forms, rows = _weekly(scene)
    at = scene.rng.randrange(1, len(forms) - 1)
    scene.drafts.remove(forms[at])
    rows[at + 1].difference = rows[at].signed
    return scene.spoilt(forms[at + 1], rows[at + 1])


def _weekly(scene: Scene) -> tuple[list[Draft], list[Line]]:
    spot, on = _spot(scene, 40)
    count, like = scene.rng.choice((4, 4, 5)), spot.draft
    days = [on + timedelta(days=7 * number) for number in range(count)]
    rows, total = _sales(scene, spot, days, equal=True)
    forms = [form_of(like, day, [row], scene.kind) for day, row in zip(days, rows, strict=True)]
    scene.rewrite(spot.line.position, like, total - spot.line.true)
    for form in forms:
        scene.insert(form)
    return forms, rows


def bought_and_sold_back(scene: Scene) -> Spoilt:
    """A form's rows cancel, so that its last total is that of the form before."""
    spot, on = _spot(scene)
    like, total = spot.draft, spot.line.true
    shares = scene.rng.randrange(1, 40) * 100
    rows = [
        traded(like, spot.line.position, "P", shares, total + shares, on=on),
        traded(like, spot.line.position, "S", -shares, total, on=on),
    ]
    return scene.spoilt(added(scene, spot, rows, 0, on=on), rows[-1])


def totals_copied(scene: Scene) -> Spoilt:
    """A form of two holdings is made from the last one: its rows are new, its totals are the old ones."""
    spot, on = _spot(scene)
    like, total = spot.draft, spot.line.true
    trust = new_position(like, "I/copied", ownership="indirect", nature="By Harrow Lane Trust")
    many, sold = scene.rng.randrange(20, 400) * 100, scene.rng.randrange(1, 15) * 100
    bought = scene.rng.randrange(1, 15) * 100 + 50
    trust.move(like.period, many)
    trust.move(on, -sold)
    listed(like, held(like, trust, many))
    rows = [
        traded(like, spot.line.position, "P", bought, total + bought, on=on),
        traded(like, trust, "S", -sold, many - sold, on=on),
    ]
    draft = added(scene, spot, rows, bought, on=on)
    for row in rows:
        row.fields["shares_after"] -= row.signed
        row.difference -= row.signed
    later = [one for one, _ in spot.later if one.accepted_at > draft.accepted_at]
    return scene.spoilt(draft, rows[0], *later[:1])


def one_lot_as_large_as_others(scene: Scene) -> Spoilt:
    """Of three sales of one day, the first has as many shares as the others together."""
    draft, rows = _lots(scene)
    return scene.spoilt(draft, rows[0])


def sum_beside_its_lots(scene: Scene) -> Spoilt:
    """A sale stands at its average price, and both lots it was made in stand below as rows."""
    draft, rows = _lots(scene, doubled=True)
    return scene.spoilt(draft, rows[1])


def _lots(scene: Scene, *, doubled: bool = False) -> tuple[Draft, list[Line]]:
    spot, on = _spot(scene)
    like, left, rows = spot.draft, spot.line.true, []
    one, other = (scene.rng.randrange(10, 90) * 10 for _ in range(2))
    gone = (one + other) * (1 if doubled else 2)
    if min([left, *(line.true for _, line in spot.later)]) <= gone or one == other:
        raise Unsuitable(scene.kind)
    end = left - gone
    for shares in (one + other, one, other):
        left -= shares
        total = end if doubled else left
        rows.append(traded(like, spot.line.position, "S", -shares, total, on=on))
    return added(scene, spot, rows, -gone, on=on), rows


def row_of_a_spouse(scene: Scene) -> Spoilt:
    """A form has a row of the spouse's shares, which have a balance of their own."""
    draft, row = _second_row(scene)
    row.fields |= {"ownership": "indirect", "nature": "By Spouse"}
    row.position.ownership, row.position.nature = "indirect", "By Spouse"
    return scene.spoilt(draft, row)


def row_of_a_colleague(scene: Scene) -> Spoilt:
    """A form has a row that is another insider's, with that insider's balance."""
    draft, row = _second_row(scene)
    later = [one for one, _ in scene.claims(draft.insider.direct)]
    return scene.spoilt(
        draft, row, *[one for one in later if one.accepted_at > draft.accepted_at][:1]
    )


def _second_row(scene: Scene) -> tuple[Draft, Line]:
    spot, on = _spot(scene)
    like, total = spot.draft, spot.line.true
    if like.insider.vehicle("Spouse"):
        raise Unsuitable(scene.kind)
    had = _of_a_colleague(scene, like)
    other = new_position(like, "I/of-another")
    sold = scene.rng.randrange(1, 9) * 100
    own = traded(like, spot.line.position, "A", 500, total + 500, on=on)
    row = traded(like, other, "S", -sold, had - sold, on=on)
    if had <= sold or had == total:
        raise Unsuitable(scene.kind)
    other.move(like.period, had)
    other.move(on, -sold)
    row.difference, row.causes = had, ["opening"]
    rows = [own, row] if scene.rng.random() < 0.5 else [row, own]
    return added(scene, spot, rows, 500, on=on), row


def _of_a_colleague(scene: Scene, like: Draft) -> int:
    """What another person of the same company last said to own directly."""
    told = [
        line.fields["shares_after"]
        for draft in scene.drafts
        if draft.insider is not like.insider and draft.accepted_at < like.accepted_at
        for line in draft.on(draft.insider.direct)
        if line.claim
    ]
    if not told:
        raise Unsuitable(scene.kind)
    return int(told[-1])


def orphan_amendment(scene: Scene) -> Spoilt:
    """Of a form only the amendment is there, which tells its row."""
    draft, row = _orphan(scene)
    return scene.spoilt(draft, row)


def orphan_and_off(scene: Scene) -> Spoilt:
    """The same, and the total is another number."""
    draft, row = _orphan(scene)
    shift = arbitrary_shift(scene.rng, row.true, row.signed)
    if shift is None:
        raise Unsuitable(scene.kind)
    return mistold(scene, draft, row, shift)


def _orphan(scene: Scene) -> tuple[Draft, Line]:
    spot, on = _spot(scene, 16)
    shares = scene.rng.randrange(1, 60) * 50
    row = traded(spot.draft, spot.line.position, "P", shares, spot.line.true + shares, on=on)
    original = form_of(spot.draft, on, [row], scene.kind)
    draft = amendment_of(original, business_days_after(original.filed_on, 3), [row], None)
    scene.rewrite(spot.line.position, spot.draft, shares)
    scene.insert(draft)
    return draft, row


def _sales(
    scene: Scene, spot: Spot, days: list[date], *, equal: bool = False
) -> tuple[list[Line], int]:
    """Sales of a direct holding, one a day that is given, and what is left."""
    left, rows = int(spot.line.true), []
    least = min([left, *(int(line.true) for _, line in spot.later)])
    most = least // len(days) // 10
    if most < 12:
        raise Unsuitable(scene.kind)
    shares = scene.rng.randrange(5, min(most, 500)) * 10
    for day in days:
        sold = shares if equal else scene.rng.randrange(5, min(most, 500)) * 10
        left -= sold
        rows.append(traded(spot.draft, spot.line.position, "S", -sold, left, on=day))
    return rows, left


def _spot(scene: Scene, days: int = 12) -> tuple[Spot, date]:
    spot: Spot = scene.pick(calm_spots(scene, days, is_direct))
    return spot, business_days_after(spot.draft.filed_on, 2)


_HABITS = {"convention": "running", "holdings": "moved", "respells": False}
FORMS_IN_PARTS = (
    ErrorKind("first-part-missing", (*OFF, "EXPL_MISSING_FILING"), first_part_missing, habits=_HABITS),
    ErrorKind("programme-form-missing", ("GAP_SUSPECTED", "EXPL_MISSING_FILING", "LEVEL_SHIFT_UNEXPLAINED", "BALANCE_BREAK"), programme_form_missing, habits=_HABITS),
    ErrorKind("totals-copied", ("MISSED_OWN_ROW", "STALE_BALANCE"), totals_copied, habits=_HABITS),
    ErrorKind("sum-beside-its-lots", ("DOUBLE_REPORTED", "DUPLICATE_ROW", "MISSED_OWN_ROW", *OFF), sum_beside_its_lots, habits=_HABITS),
    ErrorKind("row-of-a-colleague", ("CONFLICTING_TOTALS", "OWNER_IDENTITY_CONFLICT", "WRONG_VEHICLE", *OFF), row_of_a_colleague, setup=("others",), habits=_HABITS),
    ErrorKind("orphan-and-off", OFF, orphan_and_off, habits=_HABITS),
)  # fmt: skip
FORMS_IN_PARTS_NEIGHBOURS = (
    ErrorKind("in-two-parts", (), in_two_parts, habits=_HABITS),
    ErrorKind("programme", (), programme, habits=_HABITS),
    ErrorKind("bought-and-sold-back", (), bought_and_sold_back, habits=_HABITS),
    ErrorKind("one-lot-as-large-as-others", (), one_lot_as_large_as_others, habits=_HABITS),
    ErrorKind("row-of-a-spouse", (), row_of_a_spouse, setup=("others",), habits=_HABITS),
    ErrorKind("orphan-amendment", (), orphan_amendment, habits=_HABITS),
)
