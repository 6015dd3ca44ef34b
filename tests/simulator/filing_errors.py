"""Errors of whole filings: missing, repeated, late, under a wrong name, wrongly amended."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tests.simulator import names, notes
from tests.simulator.calendars import business_days_after, fiscal_year_end
from tests.simulator.people import Insider, Position
from tests.simulator.reports import Draft, Line
from tests.simulator.spoiling import PLAIN, ErrorKind, Scene, Spoilt, Spot, Unsuitable


def filing_missing(scene: Scene) -> Spoilt:
    """A form in the middle was never filed; the next total on its position jumps."""
    places = []
    for draft in scene.drafts:
        moved = {id(line.position): line.position for line in draft.lines if line.move}
        stock = [one for one in moved.values() if one.table == "I" and _moves(draft, one)]
        if draft.form != "4" or len(stock) != 1 or any(line.causes for line in draft.lines):
            continue
        chain = [one for one in scene.claims(stock[0]) if one[0] is not draft]
        earlier = [one for one in chain if one[0].accepted_at < draft.accepted_at]
        later = [one for one in chain if one[0].accepted_at > draft.accepted_at]
        if earlier and later and not later[0][1].causes and "/" not in later[0][0].form:
            places.append((draft, stock[0], later[0]))
    draft, position, (following, line) = scene.pick(places)
    before = [one for one in scene.claims(position) if one[0].accepted_at < draft.accepted_at]
    scene.after_opening(Spot(draft, line, before[-1], None))
    scene.drafts.remove(draft)
    shift = sum(one.signed for one in draft.on(position))
    line.difference += shift
    also = [
        one[0]
        for other in draft.lines
        for one in scene.claims(other.position)
        if one[0].accepted_at > draft.accepted_at
    ]
    return scene.spoilt(following, line, *also[:6])


def filing_repeated(scene: Scene) -> Spoilt:
    """The same form is filed twice."""
    draft = scene.pick(scene.plain_forms())
    again = scene.copied(draft, days=scene.rng.randrange(1, 4), kind="repeated")
    scene.insert(again)
    return scene.spoilt(again, again.lines[0], draft)


def reported_twice(scene: Scene) -> Spoilt:
    """A gift reported early on a Form 4 stands again on the year's Form 5."""
    places = []
    for spot in scene.spots():
        early = spot.line.fields["code"] == "G" and spot.line.fields["form_type"] == "5"
        if early and spot.draft.form == "4" and spot.draft.insider.kind == "person":
            places.append(spot)
    spot = scene.pick(places)
    closing = fiscal_year_end(spot.draft.period, spot.draft.company.fiscal_month)
    filed = closing + timedelta(days=scene.rng.randrange(20, 40))
    splits = spot.draft.company.splits
    if any(spot.draft.filed_on < one.on <= filed for one in splits):
        raise Unsuitable(scene.kind)
    standing = [line for draft, line in spot.later if draft.filed_on <= filed]
    total = standing[-1].fields["shares_after"] if standing else spot.line.fields["shares_after"]
    if any(line.causes for line in standing):
        raise Unsuitable(scene.kind)
    fields = spot.line.fields | {"shares_after": total, "timeliness": None}
    true = standing[-1].true if standing else spot.line.true
    again = Line(spot.line.position, spot.line.move, true, fields, list(spot.line.notes))
    five = Draft(
        company=spot.draft.company,
        insider=spot.draft.insider,
        form="5",
        period=closing,
        accepted_at=datetime.combine(filed, spot.draft.accepted_at.time()),
        lines=[again],
        kind="reported_twice",
    )
    scene.insert(five)
    later = [draft for draft, _ in spot.later if draft.filed_on > filed]
    return scene.spoilt(five, again, spot.draft, *later[:1])


def filed_late(scene: Scene) -> Spoilt:
    """A form is filed weeks after its deadline."""
    places = []
    for draft in scene.plain_forms():
        following = scene.following(draft)
        room = (following.filed_on - draft.filed_on).days if following else 90
        due = any(line.fields.get("form_type") == "4" for line in draft.lines)
        if (
            due
            and room > 20
            and not any(
                draft.filed_on < one.on <= draft.filed_on + timedelta(days=room)
                for one in draft.company.splits
            )
        ):
            places.append((draft, room))
    draft, room = scene.pick(places)
    days = scene.rng.randrange(12, min(room - 4, 80))
    draft.accepted_at = datetime.combine(
        business_days_after(draft.filed_on + timedelta(days=days - 3), 1), draft.accepted_at.time()
    )
    scene.resort()
    return scene.spoilt(draft, _first_move(draft))


def wrong_issuer(scene: Scene) -> Spoilt:
    """The form carries another company's name and symbol beside the right CIK."""
    draft = scene.pick(
        scene.plain_forms(), lambda one: 1 < scene.drafts.index(one) < len(scene.drafts) - 2
    )
    name = names.company_name(scene.rng)
    draft.issuer = (name, names.symbol(name, scene.rng))
    return scene.spoilt(draft, None)


def wrong_owner(scene: Scene) -> Spoilt:
    """The form is signed by someone other than its owner: the CIK is another's."""
    draft = scene.pick(scene.plain_forms(), lambda one: one.insider.kind == "person")
    own = (draft.insider.owners[0].name or "").upper()
    for _ in range(20):
        first, middle, last = names.person_name(scene.rng)
        if last.upper() not in own and first.upper() not in own:
            draft.signers = (f"/s/ {first} {middle}. {last}",)
            return scene.spoilt(draft, None)
    raise Unsuitable(scene.kind)


def owner_exchanged(scene: Scene) -> Spoilt:
    """The form is filed under a colleague's CIK; only the signature tells."""
    people = {id(one.insider): one.insider for one in scene.drafts if one.insider.kind == "person"}
    draft = scene.pick(scene.plain_forms(), lambda one: one.insider.kind == "person")
    others = [one for one in people.values() if one is not draft.insider]
    draft.owners = scene.pick(others).owners
    after = [
        one
        for one in scene.drafts
        if one.accepted_at > draft.accepted_at and one.insider in (draft.insider, *others)
    ]
    return scene.spoilt(draft, None, *after[:6])


def owner_exchanged_again(scene: Scene) -> Spoilt:
    """A form is filed under a colleague's CIK, by an agent, and next day under the right one."""
    people = {id(one.insider): one.insider for one in scene.drafts if one.insider.kind == "person"}
    places = []
    for spot in scene.between():
        draft = spot.draft
        moves = [line for line in draft.lines if line.move]
        if draft.form != "4" or len(moves) != 1 or spot.line.fields["ownership"] != "direct":
            continue
        others = [one for one in people.values() if one is not draft.insider]
        places += [(spot, one) for one in others if _holds_alike(scene, one, spot)]
    spot, other = scene.pick(places)
    wrong = spot.draft
    right = scene.copied(wrong, days=1, kind="right-number")
    first, _, last = names.person_name(scene.rng)
    wrong.owners, wrong.signers = other.owners, (f"/s/ {first} {last}, attorney-in-fact",)
    scene.insert(right)
    after = [d for d in scene.drafts if d.accepted_at > wrong.accepted_at]
    return scene.spoilt(wrong, None, *[d for d in after if d.insider in (wrong.insider, other)][:6])


def _holds_alike(scene: Scene, insider: Insider, spot: Spot) -> bool:
    """Whether an insider has reported, before a form, another number of the same stock directly."""
    totals = [
        line.fields["shares_after"]
        for draft in scene.drafts
        if draft.insider is insider and draft.accepted_at < spot.draft.accepted_at
        for line in draft.lines
        if line.claim and not line.causes and _words(line) == _words(spot.line)
    ]
    return bool(totals) and totals[-1] != spot.opening


def _words(line: Line) -> tuple[Any, ...]:
    return tuple(line.fields.get(name) for name in ("table", "security", "ownership"))


def over_exercised(scene: Scene) -> Spoilt:
    """More of an option is exercised than the Form 3 says was held."""
    places = []
    for draft in scene.drafts:
        for line in draft.lines if draft.form == "3" else ():
            if line.fields["table"] == "II":
                chain = scene.claims(line.position)
                used = [one for one in chain if one[1].fields.get("code") == "M"]
                if used and not used[0][1].causes and used[0][1].fields["shares"] >= 400:
                    places.append((draft, line, used[0]))
    first, listed, (draft, line) = scene.pick(places)
    if scene.claims(listed.position)[0][0] is not draft:
        raise Unsuitable(scene.kind)
    if draft.filed_on - first.filed_on > timedelta(days=365):
        scene.right += ("GAP_SUSPECTED",)  # a grant since then may be missing as well
    listed.fields["underlying_shares"] = int(line.fields["shares"]) * 6 // 10 // 10 * 10
    listed.causes.append(f"error:{scene.kind}")
    return scene.spoilt(draft, line, first)


def expired_still_listed(scene: Scene) -> Spoilt:
    """An option is listed as held after its last day."""
    places = []
    for draft in scene.plain_forms():
        for one in draft.insider.closed:
            held, known = _held_at_expiry(one), scene.rows(one)
            last = one.series.expires_on if one.series else None
            if last and held and known and draft.filed_on > last + timedelta(days=10):
                places.append((draft, one, held))
    draft, one, held = scene.pick(places)
    pattern = scene.rows(one)[-1][1].fields
    fields = {
        name: pattern[name]
        for name in (
            *("table", "security", "ownership", "nature", "exercise_price"),
            *("exercisable_on", "expires_on", "underlying"),
        )
    }
    fields |= {"holding": True, "shares_after": held, "underlying_shares": held}
    line = Line(one, None, 0, fields, list(scene.rows(one)[-1][1].notes), difference=held)
    draft.lines.append(line)
    return scene.spoilt(draft, line)


def vehicle_never_reported(scene: Scene) -> Spoilt:
    """A note says shares went to a trust; no line ever reports the trust."""
    spot = scene.pick(
        scene.spots(),
        lambda one: (
            one.line.fields["code"] == "G"
            and one.line.signed < 0
            and not one.draft.insider.vehicle("Trust")
            and not one.draft.insider.vehicle("GRAT")
        ),
    )
    amount, day = abs(spot.line.signed), spot.line.fields["effective_on"]
    name = scene.rng.choice(("a grantor retained annuity trust", "a revocable family trust"))
    text = notes.given_to_vehicle(scene.rng, amount, name, day)
    spot.line.notes.append(("shares_after", text))
    return scene.spoilt(spot.draft, spot.line, *([spot.after[0]] if spot.after else []))


def amendment_of_two(scene: Scene) -> Spoilt:
    """Two equal forms of one day, and an amendment that may mean either."""
    twins = [
        (one, other)
        for one, other in zip(scene.drafts, scene.drafts[1:], strict=False)
        if one.kind == other.kind == "twin_buys"
        and one.insider is other.insider
        and one.accepted_at.date() == other.accepted_at.date()
        and one.insider.habits.convention in PLAIN
    ]
    first, second = scene.pick(twins)
    amendment = scene.copied(second, days=2, kind="amendment_of_two")
    amendment.form, amendment.original_on = "4/A", second.filed_on
    amendment.lines = [line for line in amendment.lines if line.move]
    line, slip = amendment.lines[0], scene.rng.randrange(10, 90)
    line.fields["shares"] -= slip
    scene.rewrite(line.position, second, -slip)
    line.fields["shares_after"] -= slip
    line.true -= slip
    scene.insert(amendment)
    return scene.spoilt(amendment, line, first, second)


def amendment_of_nothing(scene: Scene) -> Spoilt:
    """An amendment whose original was never filed."""
    draft = scene.pick(scene.plain_forms())
    draft.form, draft.kind = "4/A", "amendment_of_nothing"
    draft.original_on = draft.filed_on - timedelta(days=21)
    if any(abs((one.filed_on - draft.original_on).days) < 4 for one in scene.drafts):
        raise Unsuitable(scene.kind)
    scene.resort()
    return scene.spoilt(draft, _first_move(draft))


def active_after_exit(scene: Scene) -> Spoilt:
    """The exit box is ticked, and yet transactions go on."""
    draft = scene.pick(scene.plain_forms(), lambda one: scene.following(one) is not None)
    draft.exits = True
    later = [one for one in scene.drafts if one.insider is draft.insider and _after(one, draft)]
    if later[0].accepted_at - draft.accepted_at < timedelta(days=3):
        raise Unsuitable(scene.kind)
    return scene.spoilt(later[0], _first_move(later[0]), draft, *later[1:])


def holding_left_off_form_3(scene: Scene) -> Spoilt:
    """A vehicle missing from the Form 3 turns up as a late holding on a Form 5."""
    places = []
    for first in scene.drafts:
        for line in first.lines if first.form == "3" and first.company.fiscal_month == 12 else ():
            quiet = [one for one in scene.rows(line.position) if one[1].move or one[1].causes]
            if line.fields["ownership"] == "indirect" and not quiet:
                places.append((first, line))
    first, line = scene.pick(places)
    closing = fiscal_year_end(first.filed_on, 12)
    filed = closing + timedelta(days=scene.rng.randrange(20, 40))
    if any(first.filed_on < one.on <= filed for one in first.company.splits):
        raise Unsuitable(scene.kind)
    for draft, one in scene.rows(line.position):
        if draft.filed_on <= filed:
            draft.lines.remove(one)
    late = Line(line.position, None, line.true, line.fields | {"form_type": "3"}, list(line.notes))
    five = Draft(
        company=first.company,
        insider=first.insider,
        form="5",
        period=closing,
        accepted_at=datetime.combine(filed, first.accepted_at.time()),
        lines=[late],
        kind="holding_left_off_form_3",
    )
    scene.insert(five)
    return scene.spoilt(five, late, first)


def note_without_text(scene: Scene) -> Spoilt:
    """A row cites a footnote that does not exist."""
    spot = scene.pick(scene.spots())
    spot.line.stray = (scene.rng.choice(("price", "shares", "shares_after")), "F37")
    return scene.spoilt(spot.draft, spot.line)


def _moves(draft: Draft, position: Position) -> bool:
    return sum(line.signed for line in draft.on(position)) != 0


def _first_move(draft: Draft) -> Line | None:
    return next((line for line in draft.lines if line.move), None)


def _after(one: Draft, other: Draft) -> bool:
    return one.accepted_at > other.accepted_at


def _held_at_expiry(position: Position) -> Any:
    """What was left of a series just before it lapsed; nothing where it was used up."""
    return position.history[-2][1] if len(position.history) > 1 else 0


FILING_ERRORS = (
    ErrorKind(
        "filing-missing",
        ("LEVEL_SHIFT_UNEXPLAINED", "GAP_SUSPECTED", "BALANCE_BREAK"),
        filing_missing,
    ),
    ErrorKind("filing-repeated", ("DUPLICATE_FILING",), filing_repeated),
    ErrorKind(
        "reported-twice",
        ("DOUBLE_REPORTED", "DUPLICATE_ROW"),
        reported_twice,
        needs=("gift",),
    ),
    ErrorKind("filed-late", ("LATE_FILING",), filed_late),
    ErrorKind("wrong-issuer", ("ISSUER_IDENTITY_CONFLICT",), wrong_issuer),
    ErrorKind("wrong-owner", ("OWNER_IDENTITY_CONFLICT",), wrong_owner),
    ErrorKind("owner-exchanged", ("OWNER_IDENTITY_CONFLICT",), owner_exchanged, setup=("others",)),
    ErrorKind(
        "owner-exchanged-again",
        ("OWNER_IDENTITY_CONFLICT",),
        owner_exchanged_again,
        setup=("others",),
    ),
    ErrorKind(
        "over-exercised",
        ("DERIV_OVER_EXERCISED", "OPENING_MISMATCH"),
        over_exercised,
        needs=("option_exercise",),
        setup=("option", "form-3"),
    ),
    ErrorKind(
        "expired-still-listed",
        ("EXPIRED_STILL_HELD",),
        expired_still_listed,
        setup=("short-option", "form-3"),
    ),
    ErrorKind(
        "vehicle-never-reported",
        ("INDIRECT_COUNTERPART_MISSING", "GIFT_OR_FORM_CHANGE_AMBIGUOUS"),
        vehicle_never_reported,
        needs=("gift",),
    ),
    ErrorKind(
        "amendment-of-two",
        ("AMENDMENT_TARGET_AMBIGUOUS",),
        amendment_of_two,
        needs=("twin_buys",),
    ),
    ErrorKind("amendment-of-nothing", ("AMENDMENT_ORPHAN",), amendment_of_nothing),
    ErrorKind("active-after-exit", ("COVERAGE_ENDED_ACTIVITY",), active_after_exit),
    ErrorKind(
        "holding-left-off-form-3",
        ("LATE_FORM3_HOLDING",),
        holding_left_off_form_3,
        setup=("vehicle", "form-3"),
    ),
    ErrorKind("note-without-text", ("FOOTNOTE_UNRESOLVED_REF",), note_without_text),
)
