"""Shares that pass between a person and his vehicles, or stand on a joint form, as notes tell."""

from __future__ import annotations

from collections.abc import Callable

from tests.simulator.added_forms import (
    calm_spots,
    days_before,
    form_of,
    held,
    is_direct,
    new_position,
    splits_after,
    traded,
)
from tests.simulator.calendars import business_days_after
from tests.simulator.people import Number
from tests.simulator.reports import Draft, Line
from tests.simulator.slips import arbitrary_shift
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Spot, Unsuitable

_VEHICLES = (
    ("By LLC", "a limited liability company of which the reporting person is the sole member"),
    ("By Living Trust", "the reporting person's living trust"),
    ("By Family Holdings LLC", "Family Holdings LLC"),
    ("Joint tenancy with spouse", "an account held jointly with the reporting person's spouse"),
)
_ALL_MOVED = (
    (
        "On {day} the reporting person transferred all of the shares he had owned directly to "
        "{vehicle}."
    ),
    (
        "All {shares} shares that were previously reported as directly owned have been contributed "
        "to {vehicle}."
    ),
    (
        "Reflects the transfer on {day} of the {shares} shares held directly to {vehicle}, a mere "
        "change in form of ownership exempt under Rule 16a-13."
    ),
)
_PART_GIVEN = (
    "Includes {shares} shares distributed to the reporting person by the trust on {day}.",
    (
        "On {day} the trust distributed {shares} of its shares to the reporting person, its sole "
        "beneficiary."
    ),
    "Reflects {shares} shares received on {day} from the trust, previously reported as indirect.",
    "On {day} the trust distributed {shares} shares to the reporting person.",
)
_OWN_LINE = (
    "These shares are owned directly by {who}, and not by the other reporting persons.",
    "Represents securities held of record by {who} in his own name.",
    "Held by {who} individually.",
)
_DIVIDED = (
    "Consists of (i) {first} shares held by {a} and (ii) {second} shares held by {b}.",
    "{first} of these shares are held by {a}, and {second} by {b}.",
)


def moved_whole(scene: Scene) -> Spoilt:
    """All that is held directly goes to a vehicle; a note says so, and the vehicle trades."""
    draft, lines = _moved(scene)
    return scene.spoilt(draft, lines[-1])


def moved_and_kept(scene: Scene) -> Spoilt:
    """The same, but the direct line still shows all that was moved."""
    draft, lines = _moved(scene, kept=True)
    return scene.spoilt(draft, lines[-1])


def _moved(scene: Scene, *, kept: bool = False) -> tuple[Draft, list[Line]]:
    """A last form whose note moves all direct shares to a new vehicle, which sells some."""
    spot = scene.pick(
        scene.spots(),
        lambda one: (
            is_direct(one)
            and one.after is None
            and one.draft.insider.kind == "person"
            and scene.following(one.draft) is None
            and one.line.true > 900
            and not splits_after(one.draft)
        ),
    )
    nature, vehicle = scene.rng.choice(_VEHICLES)
    if any(nature == one.nature for one in spot.draft.insider.vehicles):
        raise Unsuitable(scene.kind)
    other = new_position(spot.draft, "I/indirect", ownership="indirect", nature=nature)
    moved, sold = spot.line.true, scene.rng.randrange(1, 8) * 50
    day = business_days_after(spot.draft.filed_on, 5)
    on = business_days_after(day, 4)
    direct = spot.line.position
    for position, delta, when in ((direct, -moved, day), (other, moved, day), (other, -sold, on)):
        position.move(when, delta)
    row = traded(spot.draft, other, "S", -sold, moved - sold, on=on)
    row.difference, row.causes = moved, ["form-change"]
    rest = held(spot.draft, direct, moved if kept else 0)
    rest.true = 0
    if not kept:
        rest.difference, rest.causes = -moved, ["form-change"]
    told = scene.rng.choice((row, rest))
    note = scene.rng.choice(_ALL_MOVED).format(
        day=f"{day:%B} {day.day}, {day.year}", shares=f"{moved:,}", vehicle=vehicle
    )
    told.notes.append(("shares_after", note))
    # a direct line of nothing may as well be left out
    lines = [row, rest] if kept or told is rest or scene.rng.random() < 0.5 else [row]
    draft = form_of(spot.draft, on, lines, scene.kind)
    scene.insert(draft)
    return draft, lines


def trust_gives_part(scene: Scene) -> Spoilt:
    """A trust gives its owner a part of its shares, and both lines show it."""
    return given(scene, shown=True)


def trust_gives_nothing(scene: Scene) -> Spoilt:
    """A note says that a trust gave shares to its owner, and its later lines still have them."""
    return given(scene, shown=False)


def given(scene: Scene, *, shown: bool, listed: bool = True) -> Spoilt:
    """A trust gives its owner shares by a note; its lines show them gone, or leave out the form."""
    places = []
    for spot in calm_spots(scene, 3, is_direct):
        trust = spot.draft.insider.vehicle("Trust")
        if trust is None or days_before(spot) < 8:
            continue
        claims = scene.claims(trust)
        before = [one for one in claims if one[0].accepted_at < spot.draft.accepted_at]
        after = [one for one in claims if one[0].accepted_at > spot.draft.accepted_at]
        calm = before and after and not any(one.causes for _, one in after)
        on_form = spot.draft.on(trust)
        clear = not any(one.causes or one.move for one in on_form)
        if calm and clear and min(one.true for _, one in after) > 500:
            places.append((spot, [*((spot.draft, one) for one in on_form), *after]))
    spot, after = scene.pick(places)
    if not listed:
        there = {id(line) for draft, line in after if draft is spot.draft}
        spot.draft.lines = [line for line in spot.draft.lines if id(line) not in there]
        after = [one for one in after if one[0] is not spot.draft]
    part = scene.rng.randrange(80, int(min(one.true for _, one in after)) - 300)
    if part == abs(spot.line.signed):
        raise Unsuitable(scene.kind)
    day = business_days_after(spot.before[0].filed_on, 2)
    note = scene.rng.choice(_PART_GIVEN).format(
        day=f"{day:%B} {day.day}, {day.year}", shares=f"{part:,}"
    )
    spot.line.notes.append(("shares_after", note))
    scene.rewrite(spot.line.position, spot.draft, part)
    spot.line.true += part
    spot.line.fields["shares_after"] += part
    spot.line.difference += part
    spot.line.causes.append("distribution")
    for _, line in after:
        line.true -= part
        line.fields["shares_after"] -= part if shown else 0
    after[0][1].difference -= part if shown else 0
    if shown:
        after[0][1].causes.append("distribution")
        return scene.spoilt(spot.draft, spot.line)
    return scene.spoilt(*after[0], spot.draft)


def line_of_one(scene: Scene) -> Spoilt:
    """Joint filers list what one of them holds in his own name, beside what the fund holds."""
    lines = _joint(scene, _own_line)
    return scene.spoilt(*lines[0])


def line_of_one_misstated(scene: Scene) -> Spoilt:
    """One total of such a line is off; the next is right again."""
    return _misstated(scene, _joint(scene, _own_line))


def line_divided(scene: Scene) -> Spoilt:
    """A line of a joint form is what two of its owners hold, as a note divides it."""
    lines = _joint(scene, _divided)
    return scene.spoilt(*lines[0])


def line_divided_misstated(scene: Scene) -> Spoilt:
    """One total of such a line is not the sum of its parts; the next is right again."""
    return _misstated(scene, _joint(scene, _divided))


def _misstated(scene: Scene, lines: list[tuple[Draft, Line]]) -> Spoilt:
    if len(lines) < 3:
        raise Unsuitable(scene.kind)
    at = scene.rng.randrange(1, len(lines) - 1)
    draft, line = lines[at]
    shift = arbitrary_shift(scene.rng, line.true, 0)
    if shift is None:
        raise Unsuitable(scene.kind)
    return scene.spoil_total(
        Spot(draft, line, lines[at - 1], lines[at + 1]), line.true + shift, stays=False
    )


def _joint(
    scene: Scene, noted: Callable[[Scene, Draft, Number], tuple[dict[str, str], str]]
) -> list[tuple[Draft, Line]]:
    """A line that stands on every form of a fund, with the same number and the same note."""
    funds = [one for one in scene.drafts if one.insider.kind == "fund"]
    drafts = [one for one in funds if one.insider is funds[0].insider and "/" not in one.form]
    if len(drafts) < 3 or splits_after(drafts[0]):
        raise Unsuitable(scene.kind)
    amount = scene.rng.randrange(10, 900) * 50
    terms, note = noted(scene, drafts[0], amount)
    position = new_position(drafts[0], "I/joint", **terms)
    position.move(drafts[0].period, amount)
    lines = []
    for draft in drafts:
        line = held(draft, position, amount)
        line.notes.append(("ownership", note))
        draft.lines.append(line)
        draft.lines.sort(key=lambda one: str(one.fields["table"]))
        lines.append((draft, line))
    return lines


def _own_line(scene: Scene, draft: Draft, amount: Number) -> tuple[dict[str, str], str]:
    last, first, _ = (draft.insider.owners[2].name or "").split()
    return {}, scene.rng.choice(_OWN_LINE).format(who=f"{first} {last}")


def _divided(scene: Scene, draft: Draft, amount: Number) -> tuple[dict[str, str], str]:
    fund, manager = ((one.name or "").rstrip(".") for one in draft.insider.owners[:2])
    first = scene.rng.randrange(1, int(amount) // 50) * 50
    note = scene.rng.choice(_DIVIDED).format(
        first=f"{first:,}", second=f"{amount - first:,}", a=fund, b=manager
    )
    return {"ownership": "indirect", "nature": "See footnote"}, note


_KEPT = ("COLUMN_NOTE_CONFLICT", "ISOLATED_TOTAL_ERROR", "DI_SWAP", "BALANCE_BREAK")
_OFF = ("ISOLATED_TOTAL_ERROR", "COLUMN_NOTE_CONFLICT")
_HABITS = {"convention": "running", "holdings": "all", "respells": False}

PASSING_ON = (
    ErrorKind("moved-whole-and-kept", _KEPT, moved_and_kept, habits=_HABITS),
    ErrorKind(
        "trust-gives-nothing",
        ("COLUMN_NOTE_CONFLICT", "INDIRECT_COUNTERPART_MISSING"),
        trust_gives_nothing,
        setup=("trust",),
        habits=_HABITS,
    ),
    ErrorKind("line-of-one-misstated", _OFF, line_of_one_misstated, setup=("fund",)),
    ErrorKind("divided-line-misstated", _OFF, line_divided_misstated, setup=("fund",)),
)
PASSING_ON_NEIGHBOURS = (
    ErrorKind("moved-whole", (), moved_whole, habits=_HABITS),
    ErrorKind("trust-gives-part", (), trust_gives_part, setup=("trust",), habits=_HABITS),
    ErrorKind("line-of-one-joint-filer", (), line_of_one, setup=("fund",)),
    ErrorKind("line-divided-by-note", (), line_divided, setup=("fund",)),
)
