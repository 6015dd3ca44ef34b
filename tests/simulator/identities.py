"""Numbers and names that are mixed up: a second number, another issuer's; and namesakes."""

from __future__ import annotations

from dataclasses import replace

from tests.simulator import names
from tests.simulator.added_forms import calm_spots, form_of, is_direct, new_position, traded
from tests.simulator.calendars import business_days_after
from tests.simulator.companies import Company
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Unsuitable


def second_number(scene: Scene) -> Spoilt:
    """From some form on, a person files under a second number; the balance goes on."""
    draft = scene.pick(
        [
            spot.draft
            for spot in calm_spots(scene, 3, is_direct)
            if spot.before is not None and spot.before[0] is not spot.draft
        ]
    )
    owner = draft.insider.owners[0]
    last, first, middle = (owner.name or "").split()[:3]
    name = scene.rng.choice((f"{last} {first}", f"{last} {first} {middle}", f"{last}, {first}"))
    cik = str(int(owner.cik or 0) + 500)
    again = owner.model_copy(update={"cik": cik, "name": name})
    after = [one for one in scene.drafts if one.insider is draft.insider]
    after = [one for one in after if one.accepted_at >= draft.accepted_at]
    for one in after:
        one.owners = (again,)
    return scene.spoilt(draft, None, *after[1:])


def strangers_form(scene: Scene) -> Spoilt:
    """A form of somebody who has no other here is filed under a person's number."""
    spot = scene.pick(calm_spots(scene, 6, is_direct))
    theirs = new_position(spot.draft, "I/strangers", title=spot.draft.company.title)
    had = scene.rng.randrange(8, 90) * 25
    delta = scene.rng.choice((1, -1)) * scene.rng.randrange(5, had // 10 + 6)
    on = business_days_after(spot.draft.filed_on, 1)
    if had == spot.line.true:
        raise Unsuitable(scene.kind)
    row = traded(spot.draft, theirs, "P" if delta > 0 else "S", delta, had + delta, on=on)
    draft = form_of(spot.draft, on, [row], "strangers")
    own = (draft.insider.owners[0].name or "").upper().split()
    first, middle, last = names.person_name(scene.rng)
    if {first.upper(), last.upper()} & set(own):
        raise Unsuitable(scene.kind)
    agent = f"/s/ Ada Thorne, attorney-in-fact for {first} {last}"
    draft.signers = (scene.rng.choice((f"/s/ {first} {middle}. {last}", agent)),)
    scene.insert(draft)
    return scene.spoilt(draft, None)


def copied_to_another_issuer(scene: Scene) -> Spoilt:
    """A form is also filed under another issuer's number; the symbol stays the right one's."""
    draft = scene.pick([spot.draft for spot in calm_spots(scene, 3)])
    again = scene.copied(draft, days=scene.rng.choice((0, 0, 1)), kind="copied")
    again.company = another(scene, draft.company)
    again.issuer = (again.company.name, draft.company.named_on(draft.filed_on)[1])
    for line in again.lines:
        line.causes = []
    scene.insert(again)
    return scene.spoilt(again, None, draft)


def about_another_company(scene: Scene) -> Spoilt:
    """A form about stock of another company stands under this one's number, and names that one."""
    spot = scene.pick(calm_spots(scene, 6, is_direct))
    other = another(scene, spot.draft.company)
    theirs = new_position(
        spot.draft, "I/elsewhere", title=scene.rng.choice((other.title, "Common Stock"))
    )
    had = scene.rng.randrange(30, 900) * 37
    delta = scene.rng.choice((1, -1)) * scene.rng.randrange(5, had // 20) * 5
    on = business_days_after(spot.draft.filed_on, 1)
    if had in (spot.line.true, spot.opening) or delta == spot.line.signed:
        raise Unsuitable(scene.kind)
    theirs.move(on, delta)
    row = traded(spot.draft, theirs, "P" if delta > 0 else "S", delta, had + delta, on=on)
    draft = form_of(spot.draft, on, [row], "elsewhere")
    own = draft.company.named_on(draft.filed_on)[1]
    draft.issuer = (other.name, scene.rng.choice((other.symbol, own)))
    scene.insert(draft)
    return scene.spoilt(draft, None)


def namesake(scene: Scene) -> Spoilt:
    """A colleague has the same last name and nearly the same first one, and is another person."""
    people = {id(one.insider): one.insider for one in scene.drafts if one.insider.kind == "person"}
    if len(people) < 2:
        raise Unsuitable(scene.kind)
    one, other = scene.rng.sample(list(people.values()), 2)
    last, first, middle = (one.owners[0].name or "").split()[:3]
    name = scene.rng.choice((f"{last} {first} {middle} JR", f"{last} {first[:-2]}a {middle}"))
    owner = other.owners[0].model_copy(update={"name": name})
    drafts = [draft for draft in scene.drafts if draft.insider is other]
    for draft in drafts:
        draft.owners, draft.signers = (owner,), (f"/s/ {' '.join(name.split()[1:2])} {last}",)
    return scene.spoilt(drafts[0], None)


def two_boards(scene: Scene) -> Spoilt:
    """A director of two companies buys as many shares of each on one day."""
    spot = scene.pick(
        calm_spots(scene, 3, lambda one: is_direct(one) and one.line.fields["code"] == "P")
    )
    company = another(scene, spot.draft.company)
    amount, on = abs(spot.line.signed), spot.line.fields["effective_on"]
    had = scene.rng.randrange(3, 300) * 100
    holding = new_position(spot.draft, "I/elsewhere", title=company.title)
    drafts = []
    for day, delta in ((spot.draft.period, had), (on, amount)):
        if delta == had and delta == amount:
            raise Unsuitable(scene.kind)
        holding.move(day, delta)
        line = traded(spot.draft, holding, "P", delta, holding.balance, on=day)
        draft = form_of(spot.draft, day, [line], "elsewhere")
        draft.company = company
        drafts.append(draft)
    for draft in drafts:
        scene.insert(draft)
    return scene.spoilt(drafts[1], None)


def another(scene: Scene, company: Company) -> Company:
    """Another company of about the same age."""
    name = names.company_name(scene.rng)
    return replace(
        company,
        cik=str(int(company.cik) + 600),
        name=name,
        symbol=names.symbol(name, scene.rng),
        renamed=None,
        succession=None,
    )


IDENTITIES = (
    ErrorKind("second-number", ("OWNER_ALIAS_SUSPECTED",), second_number),
    ErrorKind(
        "copied-to-another-issuer",
        ("ISSUER_IDENTITY_CONFLICT", "DUPLICATE_FILING"),
        copied_to_another_issuer,
    ),
    ErrorKind("strangers-form", ("OWNER_IDENTITY_CONFLICT",), strangers_form),
    ErrorKind("about-another-company", ("ISSUER_IDENTITY_CONFLICT",), about_another_company),
)
IDENTITY_NEIGHBOURS = (
    ErrorKind("namesake", (), namesake, setup=("others",)),
    ErrorKind("two-boards", (), two_boards),
)
