"""Slips on the last form there is: no later total undoes them or bears them out."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tests.simulator.added_forms import form_of, new_position, splits_after, traded
from tests.simulator.calendars import business_days_after, fiscal_year_end, trading_day
from tests.simulator.reports import Line
from tests.simulator.slips import arbitrary_shift, transposed
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Spot, Unsuitable


def last_row_missed(scene: Scene) -> Spoilt:
    """The last total is still the one before its row."""
    spot = scene.pick(_last(scene), lambda one: one.opening not in (0, abs(one.line.signed)))
    return scene.spoil_total(spot, spot.opening, stays=False)


def last_transposed(scene: Scene) -> Spoilt:
    """Two adjacent digits of the last total change places."""
    spot = scene.pick(_last(scene), lambda one: transposed(scene.rng, one.line.true) is not None)
    return scene.spoil_total(spot, transposed(scene.rng, spot.line.true) or 0, stays=False)


def last_off(scene: Scene) -> Spoilt:
    """The last total is off by some number."""
    spot = scene.pick(_last(scene), lambda one: one.line.true > 1500)
    shift = arbitrary_shift(scene.rng, spot.line.true, spot.line.signed)
    if shift is None:
        raise Unsuitable(scene.kind)
    scene.after_opening(spot)
    return scene.spoil_total(spot, spot.line.true + shift, stays=False)


def last_of_another(scene: Scene) -> Spoilt:
    """The last row stands under the form of ownership, or the vehicle, of another holding."""
    spot = scene.pick(_last(scene), lambda one: bool(_others(one)) and one.opening != 0)
    other = scene.rng.choice(_others(spot))
    own = spot.line.fields
    own |= {"ownership": other.fields["ownership"], "nature": other.fields["nature"]}
    spot.draft.lines.remove(other)
    return scene.spoilt(spot.draft, spot.line)


def last_of_a_new_hand(scene: Scene) -> Spoilt:
    """The last form is of a vehicle that nobody had heard of, and a part of what it had goes."""
    spot = scene.pick(_last(scene), lambda one: scene.following(one.draft) is None)
    nature = scene.rng.choice(("By Nominee", "By Daughter", "By Foundation", "As Custodian"))
    had = scene.rng.randrange(300, 9000)
    delta = scene.rng.choice((1, -1)) * scene.rng.randrange(2, had // 100) * 50
    other = new_position(spot.draft, "I/indirect", ownership="indirect", nature=nature)
    on = business_days_after(spot.draft.filed_on, 9)
    if splits_after(spot.draft) or had + delta == spot.line.true:
        raise Unsuitable(scene.kind)
    other.move(spot.draft.period, had)
    other.move(on, delta)
    row = traded(spot.draft, other, "P" if delta > 0 else "S", delta, had + delta, on=on)
    draft = form_of(spot.draft, on, [row], scene.kind)
    scene.insert(draft)
    return scene.spoilt(draft, row)


def sale_on_form_5(scene: Scene) -> Spoilt:
    """A sale that was due in two days is reported on the year's Form 5."""
    places = []
    for spot in scene.spots():
        moves = [line for line in spot.draft.lines if line.move]
        draft = spot.draft
        closing = fiscal_year_end(draft.period, draft.company.fiscal_month)
        filed = trading_day(closing + timedelta(days=scene.rng.randrange(15, 41)))
        following = scene.following(draft)
        room = following is None or following.filed_on > filed
        sold = spot.line.fields["code"] == "S" and len(moves) == 1 and draft.form == "4"
        if sold and room and not splits_after(draft):
            places.append((spot, closing, filed))
    spot, closing, filed = scene.pick(places)
    draft = spot.draft
    draft.form, draft.period = "5", closing
    draft.accepted_at = datetime.combine(filed, draft.accepted_at.time())
    spot.line.fields |= {"form_type": scene.rng.choice("45"), "timeliness": None}
    scene.resort()
    return scene.spoilt(draft, spot.line)


def january_in_last_year(scene: Scene) -> Spoilt:
    """In the first weeks of a year a form is dated in the year before, its period too."""
    spot = scene.pick(
        scene.between(),
        lambda one: (
            one.draft.form == "4"
            and one.line.fields["form_type"] == "4"
            and one.draft.filed_on.month == 1
            and one.line.fields["effective_on"].year == one.draft.filed_on.year
        ),
    )
    for line in spot.draft.lines:
        day: date | None = line.fields.get("effective_on")
        if day is not None:
            line.fields["effective_on"] = day.replace(year=day.year - 1)
    spot.draft.period = spot.draft.period.replace(year=spot.draft.period.year - 1)
    return scene.spoilt(spot.draft, spot.line)


def _last(scene: Scene) -> list[Spot]:
    """Lone rows of a person's stock that a claim precedes and none follows."""
    return [
        spot
        for spot in scene.spots()
        if spot.before is not None
        and spot.before[0] is not spot.draft
        and spot.after is None
        and spot.draft.insider.kind == "person"
        and spot.draft.form == "4"
    ]


def _others(spot: Spot) -> list[Line]:
    """Lines of other holdings of the same stock on the form, that only say what is owned."""
    return [
        line
        for line in spot.draft.lines
        if line.move is None
        and line.fields["table"] == "I"
        and line.position is not spot.line.position
        and not line.causes
        and line.true not in (0, spot.line.true, spot.opening)
    ]


_BREAKS = ("LEVEL_SHIFT_UNEXPLAINED", "BALANCE_BREAK", "GAP_SUSPECTED", "ISOLATED_TOTAL_ERROR")
_HABITS = {"convention": "running"}

LAST_FORMS = (
    ErrorKind("last-row-missed", ("MISSED_OWN_ROW",), last_row_missed, habits=_HABITS),
    ErrorKind("last-total-transposed", ("TRANSPOSED_DIGITS",), last_transposed, habits=_HABITS),
    ErrorKind("last-total-off", _BREAKS, last_off, habits=_HABITS),
    ErrorKind(
        "last-row-of-another",
        ("DI_SWAP", "WRONG_VEHICLE"),
        last_of_another,
        setup=("vehicle",),
        habits=_HABITS | {"holdings": "all", "respells": False},
    ),
    ErrorKind("sale-on-form-5", ("LATE_FILING",), sale_on_form_5),
    ErrorKind("january-in-last-year", ("DATE_SUSPECT",), january_in_last_year, habits=_HABITS),
)
LAST_FORM_NEIGHBOURS = (
    ErrorKind("last-row-of-a-new-hand", (), last_of_a_new_hand, habits=_HABITS),
)
