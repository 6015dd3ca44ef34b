"""Awards, preferred stock and numbers of relatives: what becomes of them by their terms."""

from __future__ import annotations

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
from tests.simulator.people import Insider
from tests.simulator.reports import Draft
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Spot, Unsuitable

_PREFERRED = (
    "Series A Preferred Stock",
    "Series B Convertible Preferred Stock",
    "Series Seed Preferred Stock",
)
_CONVERTED = (
    (
        "Each share of {title} converted automatically into {ratio} of common stock on the closing "
        "of the issuer's initial public offering."
    ),
    "The {title} converted into common stock at a ratio of {plain} to one upon the closing.",
    "Every share of {title} became {ratio} of common stock and has no expiration date.",
)
_OF_GRANT = (
    "These shares are the last installment of an award of {grant} restricted stock units.",
    "Vesting of units from a grant of {grant} restricted stock units.",
    "Represents units that vested under an award of {grant} units made on {day}.",
)
_AWARD = (
    "Represents an award of {award} restricted shares, which vest in three equal annual instalments.",
    "The reporting person was granted {award} shares of restricted stock under the stock plan.",
    "Grant of {award} restricted stock units that vest on the third anniversary of the grant date.",
    "{award} restricted shares were awarded by the compensation committee.",
)
_WHOLE_AWARD = (
    "Represents a portion of an award of {award} shares, the rest of which vests upon later goals.",
    "First tranche of a grant of {award} restricted shares made to the reporting person.",
    "Granted at a target of {award} shares; between none and twice as many may be earned.",
    "The reporting person and two other officers were granted an aggregate of {award} shares.",
)


def preferred_converts(scene: Scene) -> Spoilt:
    """Preferred stock, which a Form 3 lists by the shares under it, becomes common stock."""
    return _converted(scene, 0)


def preferred_converts_short(scene: Scene) -> Spoilt:
    """The same, and the shares that came are another number than the note's ratio makes."""
    return _converted(scene, scene.rng.randrange(3, 40) * 10)


def _converted(scene: Scene, missing: int) -> Spoilt:
    spot = scene.pick(calm_spots(scene, 12, is_direct), lambda one: bool(_first(scene, one)))
    first, title = _first(scene, spot), scene.rng.choice(_PREFERRED)
    assert first is not None
    ratio = scene.rng.choice((1, 1, 2, 3, 5))
    number = scene.rng.randrange(20, 900) * 50
    under, on = number * ratio, business_days_after(spot.draft.filed_on, 2)
    units = new_position(first, "II/preferred", table="II", title=title)
    units.move(first.period, number)
    units.move(on, -number)
    listed = held(first, units, number)
    del listed.fields["shares_after"]
    listed.fields["underlying_shares"] = under
    first.lines.append(listed)
    direct = spot.line.position
    rows = [
        traded(spot.draft, direct, "C", under - missing, spot.line.true + under - missing, on=on),
        traded(spot.draft, units, "C", -number, 0, on=on),
    ]
    rows[1].fields["underlying_shares"] = under
    shares = "one share" if ratio == 1 else f"{ratio} shares"
    note = scene.rng.choice(_CONVERTED).format(title=title, ratio=shares, plain=ratio)
    rows[1].notes.append(("exercise_price", note))
    draft = form_of(spot.draft, on, rows, scene.kind)
    scene.rewrite(direct, draft, under - missing)
    scene.insert(draft)
    return scene.spoilt(draft, rows[0])


def _first(scene: Scene, spot: Spot) -> Draft | None:
    own = (one for one in scene.drafts if one.insider is spot.draft.insider and one.form == "3")
    return next((one for one in own if not splits_after(one)), None)


def vested_within(scene: Scene) -> Spoilt:
    """Units that a note says are of a grant vest in part; the rest vests another time."""
    return _vested(scene, beyond=False)


def vested_beyond(scene: Scene) -> Spoilt:
    """More vests than the grant has of which, says the note, it is a part."""
    return _vested(scene, beyond=True)


def _vested(scene: Scene, *, beyond: bool) -> Spoilt:
    spot = scene.pick(calm_spots(scene, 12, is_direct))
    grant = scene.rng.randrange(10, 200) * 50
    part = grant // scene.rng.choice((1, 2, 3, 4))
    if beyond:
        part = grant + scene.rng.randrange(2, 9) * grant // 10 + 7
    on, direct = business_days_after(spot.draft.filed_on, 2), spot.line.position
    row = traded(spot.draft, direct, "A", part, spot.line.true + part, on=on)
    day = spot.draft.period.replace(day=1, year=spot.draft.period.year - 1)
    note = scene.rng.choice(_OF_GRANT).format(
        grant=f"{grant:,}", day=f"{day:%B} {day.day}, {day.year}"
    )
    row.notes.append(("shares", note))
    draft = form_of(spot.draft, on, [row], scene.kind)
    scene.rewrite(direct, draft, part)
    scene.insert(draft)
    return scene.spoilt(draft, row)


def other_than_noted(scene: Scene) -> Spoilt:
    """An award's row loses or gains a nought, and its total with it; the note has the right number."""
    amount = scene.rng.randrange(11, 99) * 100
    noted = amount * 10 if scene.rng.random() < 0.5 else amount // 10
    return _awarded(scene, amount, scene.rng.choice(_AWARD).format(award=f"{noted:,}"))


def of_noted_award(scene: Scene) -> Spoilt:
    """A row shows a part of the award that its note tells of, or more than its target."""
    part = scene.rng.randrange(11, 99) * 100
    note = scene.rng.choice(_WHOLE_AWARD)
    award = part // 2 if "target" in note else part * scene.rng.choice((2, 3, 10))
    return _awarded(scene, part, note.format(award=f"{award:,}"))


def _awarded(scene: Scene, amount: int, note: str) -> Spoilt:
    spot = scene.pick(calm_spots(scene, 12, is_direct))
    on, direct = business_days_after(spot.draft.filed_on, 2), spot.line.position
    row = traded(spot.draft, direct, "A", amount, spot.line.true + amount, on=on)
    row.notes.append((scene.rng.choice(("shares", "security", "code")), note))
    draft = form_of(spot.draft, on, [row], scene.kind)
    scene.rewrite(direct, draft, amount)
    scene.insert(draft)
    return scene.spoilt(draft, row)


def relatives_number(scene: Scene) -> Spoilt:
    """A form is filed under the number of the filer's relative; only who signs it tells."""
    spot = scene.pick(calm_spots(scene, 3, is_direct))
    relative = _relative(scene, spot.draft.insider)
    if not any(
        one.insider is relative and one.accepted_at < spot.draft.accepted_at for one in scene.drafts
    ):
        raise Unsuitable(scene.kind)
    wrong = spot.draft
    wrong.owners = next(one.owners for one in scene.drafts if one.insider is relative)
    last, first = (wrong.insider.owners[0].name or "").title().split()[:2]
    wrong.signers = (f"/s/ {first} {last}",)
    after = [
        one
        for one in scene.drafts
        if one.accepted_at > wrong.accepted_at and one.insider in (wrong.insider, relative)
    ]
    return scene.spoilt(wrong, None, *after[:6])


def signed_by_relative(scene: Scene) -> Spoilt:
    """A relative who is an insider too signs a form as attorney-in-fact, under the right number."""
    draft = scene.pick([one.draft for one in calm_spots(scene, 3)])
    relative = _relative(scene, draft.insider)
    name = next(one.owners for one in scene.drafts if one.insider is relative)[0].name or ""
    last, first = name.title().split()[:2]
    own, called = (draft.insider.owners[0].name or "").title().split()[:2]
    draft.signers = (f"/s/ {first} {last}, attorney-in-fact for {called} {own}",)
    return scene.spoilt(draft, None)


def _relative(scene: Scene, insider: Insider) -> Insider:
    """Another person of the world, who has the last name of an insider from now on."""
    people = {id(one.insider): one.insider for one in scene.drafts if one.insider.kind == "person"}
    relative = scene.pick([one for one in people.values() if one is not insider])
    last = (insider.owners[0].name or "").split()[0]
    _, first, middle = (relative.owners[0].name or "").split()[:3]
    if first.lower() == (insider.owners[0].name or "").split()[1].lower():
        raise Unsuitable(scene.kind)
    owner = relative.owners[0].model_copy(update={"name": f"{last} {first} {middle}"})
    for draft in scene.drafts:
        if draft.insider is relative:
            draft.owners = (owner,)
            draft.signers = (f"/s/ {first.title()} {last.title()}",)
    return relative


_HABITS = {"convention": "running"}

OUTCOMES = (
    ErrorKind(
        "preferred-converts-short",
        ("EXERCISE_QUANTITY_MISMATCH",),
        preferred_converts_short,
        setup=("form-3",),
        habits=_HABITS,
    ),
    ErrorKind(
        "vested-beyond-grant",
        ("COLUMN_NOTE_CONFLICT", "DERIV_OVER_EXERCISED"),
        vested_beyond,
        habits=_HABITS,
    ),
    ErrorKind(
        "award-other-than-noted", ("COLUMN_NOTE_CONFLICT",), other_than_noted, habits=_HABITS
    ),
    ErrorKind(
        "relatives-number", ("OWNER_IDENTITY_CONFLICT",), relatives_number, setup=("others",)
    ),
)
OUTCOME_NEIGHBOURS = (
    ErrorKind("preferred-converts", (), preferred_converts, setup=("form-3",), habits=_HABITS),
    ErrorKind("vested-within-grant", (), vested_within, habits=_HABITS),
    ErrorKind("part-of-noted-award", (), of_noted_award, habits=_HABITS),
    ErrorKind("signed-by-relative", (), signed_by_relative, setup=("others",)),
)
