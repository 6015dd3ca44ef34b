"""Ties that end, holdings that pass whole into a vehicle, and splits that some lines forget."""

from __future__ import annotations

from tests.simulator.added_forms import (
    calm_spots,
    form_of,
    held,
    is_direct,
    new_position,
    room,
    splits_after,
    traded,
)
from tests.simulator.calendars import business_days_after
from tests.simulator.people import Position
from tests.simulator.reports import Draft, Line
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Spot, Unsuitable

_ENDED = {
    "Trust": (
        "The reporting person ceased to be a trustee of the trust on {day} and no longer has a pecuniary interest in its shares.",
        "On {day} the reporting person resigned as trustee; the {shares} shares of the trust are no longer reported.",
        "{shares} shares held by the trust are not reported any longer, since the reporting person is not its trustee since {day}.",
    ),
    "Spouse": (
        "The reporting person and his former spouse were divorced on {day}; her {shares} shares are no longer reported.",
        "Following a divorce on {day}, the reporting person no longer reports as beneficially owned the shares held by his former spouse.",
        "Excludes {shares} shares held by the reporting person's former spouse, from whom he was divorced on {day}.",
    ),
    "Partnership": (
        "The reporting person withdrew as general partner of the partnership on {day} and no longer reports its {shares} shares.",
        "Since {day} the reporting person has neither voting nor investment power over the {shares} shares held by the partnership.",
    ),
}
_INTO = (
    ("By LLC", "a limited liability company wholly owned by the reporting person"),
    ("By Revocable Trust", "the reporting person's revocable trust"),
    ("By Trust", "a trust of which the reporting person is sole trustee and beneficiary"),
    ("By Joint Tenancy with Spouse", "the reporting person and spouse as joint tenants"),
    ("Held jointly with spouse", "a joint account with the reporting person's spouse"),
    ("By Family LLC", "a family limited liability company managed by the reporting person"),
)
_WHOLE = (
    "On {day} the reporting person contributed all {shares} shares held directly to {vehicle}.",
    "The {shares} shares formerly held directly were retitled on {day} in the name of {vehicle}.",
    "Represents {shares} shares transferred by the reporting person on {day} to {vehicle} for no consideration.",
    "Effective {day}, all directly held shares were assigned to {vehicle}. No change in pecuniary interest resulted.",
    "The reporting person's entire direct holding was moved to {vehicle} on {day}, in a transaction exempt under Rule 16a-13.",
    "Shares previously held directly are now held by {vehicle}, to which they were deeded on {day}.",
)


def tie_ended(scene: Scene) -> Spoilt:
    """A vehicle leaves the report, as a note says, and no later form lists it."""
    draft, line, _ = _ended(scene)
    return scene.spoilt(draft, line)


def tie_ended_and_rose(scene: Scene) -> Spoilt:
    """The same, and the direct total rises by what left the report, with no word of why."""
    draft, line, gone = _ended(scene)
    claims = scene.claims(line.position)
    at = next(n for n, one in enumerate(claims) if one[1] is line)
    if at + 1 >= len(claims) or line.signed == gone.balance or claims[at + 1][1].causes:
        raise Unsuitable(scene.kind)
    spot = Spot(draft, line, claims[at - 1], claims[at + 1], claims[at + 1 :])
    return scene.spoil_total(spot, line.true + gone.balance, stays=scene.rng.random() < 0.5)


def tie_ended_yet_listed(scene: Scene) -> Spoilt:
    """A note says that a vehicle is reported no more, and the next forms list it as before."""
    draft, line, gone = _ended(scene, listed=True)
    after = [one for one, _ in scene.claims(gone) if one.accepted_at >= draft.accepted_at]
    return scene.spoilt(draft, line, *after[:2])


def _ended(scene: Scene, *, listed: bool = False) -> tuple[Draft, Line, Position]:
    places = []
    for spot in calm_spots(scene, 1, is_direct):
        for word in _ENDED:
            gone = spot.draft.insider.vehicle(word)
            claims = scene.claims(gone) if gone else []
            before = [one for one in claims if one[0].accepted_at < spot.draft.accepted_at]
            after = [one for one in claims if one[0].accepted_at >= spot.draft.accepted_at]
            calm = before and after and not any(one.move or one.causes for _, one in after)
            if gone is not None and calm and len(spot.draft.insider.vehicles) == 1:
                places.append((spot, word, gone, before[-1], after))
    spot, word, gone, before, after = scene.pick(places)
    if before[0].filed_on >= spot.draft.period or gone.balance != before[1].true:
        raise Unsuitable(scene.kind)
    day = business_days_after(before[0].filed_on, 1)
    note = scene.rng.choice(_ENDED[word]).format(
        shares=f"{gone.balance:,}", day=f"{day:%B} {day.day}, {day.year}"
    )
    spot.line.notes.append(("shares_after", note))
    for draft, line in after:
        if not listed:
            draft.lines.remove(line)
    return spot.draft, spot.line, gone


def passes_whole(scene: Scene) -> Spoilt:
    """All direct shares pass into a vehicle by a note; it holds them on every later form."""
    draft, rows = _passed(scene)
    return scene.spoilt(draft, rows[0])


def passes_short(scene: Scene) -> Spoilt:
    """The same, and the vehicle begins with another number than the direct line had."""
    draft, rows = _passed(scene)
    after = scene.drafts[scene.drafts.index(draft) + 1 :]
    following = next(one for one in after if one.insider is draft.insider)
    shift = scene.rng.choice((-1, 1)) * scene.rng.randrange(3, 40) * 10 + scene.rng.randrange(1, 9)
    rows[0].fields["shares_after"] += shift
    rows[0].difference += shift
    return scene.spoilt(draft, rows[0], following)


def _passed(scene: Scene) -> tuple[Draft, list[Line]]:
    spot = scene.pick(
        scene.spots(),
        lambda one: (
            is_direct(one)
            and one.draft.insider.kind == "person"
            and one.line.true > 900
            and not splits_after(one.draft)
            and room(scene, one.draft) >= 15
            and one.after is None
        ),
    )
    nature, vehicle = scene.rng.choice(_INTO)
    if any(nature == one.nature for one in spot.draft.insider.vehicles):
        raise Unsuitable(scene.kind)
    other = new_position(spot.draft, "I/indirect", ownership="indirect", nature=nature)
    moved, direct = spot.line.true, spot.line.position
    day = business_days_after(spot.draft.filed_on, 3)
    on, later = business_days_after(day, 4), business_days_after(day, 40)
    direct.move(day, -moved)
    other.move(day, moved)
    sold = scene.rng.randrange(1, 8) * 50
    form = scene.rng.choice(("held", "sold"))
    if form == "sold":
        other.move(on, -sold)
        row = traded(spot.draft, other, "S", -sold, moved - sold, on=on)
    else:
        row = held(spot.draft, other, moved)
    row.difference, row.causes = moved, ["form-change"]
    note = scene.rng.choice(_WHOLE).format(
        day=f"{day:%B} {day.day}, {day.year}", shares=f"{moved:,}", vehicle=vehicle
    )
    row.notes.append((scene.rng.choice(("shares_after", "nature")), note))
    rows = [row]
    if form == "held":
        other_row = traded(spot.draft, direct, "A", sold, sold, on=on)
        other_row.difference, other_row.causes = -moved, ["form-change"]
        direct.move(on, sold)
        rows.append(other_row)
        if scene.rng.random() < 0.5:
            other_row.notes.append(("shares_after", note))
    draft = form_of(spot.draft, on, rows, scene.kind)
    if any(
        one.insider is draft.insider and one.accepted_at > draft.accepted_at for one in scene.drafts
    ):
        raise Unsuitable(scene.kind)
    scene.insert(draft)
    balance = moved - sold if form == "sold" else moved
    gift = scene.rng.randrange(1, 5) * 20
    other.move(later, -gift)
    scene.insert(
        form_of(
            spot.draft,
            later,
            [traded(spot.draft, other, "G", -gift, balance - gift, on=later)],
            "later",
        )
    )
    return draft, rows


def split_of_some(scene: Scene) -> Spoilt:
    """After a split a form lists some of the holdings, all of them in new shares."""
    draft, line, _ = _after_split(scene)
    return scene.spoilt(draft, line)


def split_of_some_forgotten(scene: Scene) -> Spoilt:
    """After a split one listed vehicle still has its old shares; the next form is right."""
    _, line, spot = _after_split(scene)
    line.notes = [note for note in line.notes if note[0] != "shares_after"]
    return scene.spoil_total(spot, line.true - line.difference, stays=False)


def _after_split(scene: Scene) -> tuple[Draft, Line, Spot]:
    places = []
    for draft in scene.plain_forms():
        told = [ln for ln in draft.lines if ln.causes == ["split"] and ln.fields["table"] == "I"]
        for line in told if len(told) > 1 else ():
            chain = scene.claims(line.position)
            at = next(number for number, one in enumerate(chain) if one[1] is line)
            later = chain[at + 1 :]
            if line.move is None and at and later and not later[0][1].causes:
                places.append((draft, line, Spot(draft, line, chain[at - 1], later[0], later)))
    draft, line, spot = scene.pick(places)
    return draft, line, spot


_ROSE = (
    "LEVEL_SHIFT_UNEXPLAINED",
    "BALANCE_BREAK",
    "GAP_SUSPECTED",
    "ISOLATED_TOTAL_ERROR",
    "BALANCE_BREAK_AMBIGUOUS",
)
_HABITS = {"convention": "running", "holdings": "all", "respells": False}

TIES = (
    ErrorKind("tie-ended-and-rose", _ROSE, tie_ended_and_rose, setup=("vehicle",), habits=_HABITS),
    ErrorKind(
        "tie-ended-yet-listed",
        ("COLUMN_NOTE_CONFLICT", "REPORTING_SCOPE_CHANGE"),
        tie_ended_yet_listed,
        setup=("vehicle",),
        habits=_HABITS,
    ),
    ErrorKind(
        "passes-short",
        (*_ROSE, "COLUMN_NOTE_CONFLICT", "OPENING_MISMATCH", "INDIRECT_COUNTERPART_MISSING"),
        passes_short,
        habits=_HABITS,
    ),
    ErrorKind(
        "split-of-some-forgotten",
        ("SPLIT_UNMODELLED", "ISOLATED_TOTAL_ERROR"),
        split_of_some_forgotten,
        setup=("split", "two-vehicles"),
        habits=_HABITS,
    ),
)
TIE_NEIGHBOURS = (
    ErrorKind("tie-ended", (), tie_ended, setup=("vehicle",), habits=_HABITS),
    ErrorKind("passes-whole", (), passes_whole, habits=_HABITS),
    ErrorKind("split-of-some", (), split_of_some, setup=("split", "two-vehicles"), habits=_HABITS),
)
