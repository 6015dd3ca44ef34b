"""Forms about another company that bear this one's number, name and ticker, all three picked wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tests.simulator.added_forms import (
    calm_spots,
    form_of,
    is_direct,
    last_direct,
    new_position,
    traded,
)
from tests.simulator.calendars import business_days_after
from tests.simulator.companies import Company
from tests.simulator.identities import another
from tests.simulator.people import Number, Position
from tests.simulator.reports import Draft
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Unsuitable

_PLANS = (
    "Granted under the {name} {year} Equity Incentive Plan.",
    "Shares held directly, including shares acquired under the {name} Employee Stock Purchase Plan.",
    "Effected pursuant to a Rule 10b5-1 trading plan with respect to the common stock of {name}.",
)
_CLASSES = ("Class C Capital Stock", "Depositary Shares", "Series A Preferred Stock")


def wrong_issuer_wholesale(scene: Scene) -> Spoilt:
    """A form about stock of another company stands under this one's number, name and ticker.

    The filer sits on that board too, where there may be forms of theirs before it and after it.
    """
    spot = scene.pick(calm_spots(scene, 6, is_direct))
    other = another(scene, spot.draft.company)
    rng = scene.rng
    title = rng.choice((other.title, spot.draft.company.title, spot.draft.company.title))
    theirs = new_position(spot.draft, "I/elsewhere", title=title)
    had = rng.randrange(30, 900) * 37
    delta = rng.choice((1, -1)) * rng.randrange(5, had // 20) * 5
    on = business_days_after(spot.draft.filed_on, 1)
    if had in (spot.line.true, spot.opening) or delta == spot.line.signed:
        raise Unsuitable(scene.kind)
    before, after = _beside(scene, spot.draft, other, theirs, levels=(had, had + delta), on=on)
    theirs.move(on, delta)
    row = traded(spot.draft, theirs, "P" if delta > 0 else "S", delta, had + delta, on=on)
    row.fields["price"] = _price_of(rng.choice((1, 1, 3, 7)), row.fields["price"])
    if rng.random() < 0.35:
        note = rng.choice(_PLANS).format(name=other.name, year=on.year - 2)
        row.notes.append(("shares_after", note))
    draft = form_of(spot.draft, on, [row], "elsewhere")
    for one in (*before, draft, *after):
        scene.insert(one)
    return scene.spoilt(draft, None)


def _beside(
    scene: Scene,
    like: Draft,
    other: Company,
    theirs: Position,
    *,
    levels: tuple[int, int],
    on: date,
) -> tuple[list[Draft], list[Draft]]:
    """Forms of the same filer about the other company, before a day and after it, or none."""
    had, left = levels
    told = scene.rng.choice(((), ("before",), ("before", "after"), ("before", "after")))
    days = {"before": like.period, "after": business_days_after(on, 40)}
    totals = {"before": had, "after": left - 100}
    forms: dict[str, list[Draft]] = {"before": [], "after": []}
    for when in told:
        delta = -100 if when == "after" else had
        line = traded(like, theirs, "S" if delta < 0 else "P", delta, totals[when], on=days[when])
        draft = form_of(like, days[when], [line], f"elsewhere-{when}")
        draft.company = other
        forms[when].append(draft)
        if when == "before":
            theirs.move(days[when], delta)
    return forms["before"], forms["after"]


def _price_of(times: int, price: Decimal) -> Decimal:
    return price * times


def wrong_issuer_at_last(scene: Scene) -> Spoilt:
    """The last form of a filer here is about another company, whose own next form goes on from it."""
    forms, other = _last_here(scene, (-100,))
    forms[0].company = forms[2].company = other
    return scene.spoilt(forms[1], None)


def wrong_issuer_unfollowed(scene: Scene) -> Spoilt:
    """The same, and no form of the filer follows at either company: only its price tells of it."""
    forms, other = _last_here(scene, ())
    forms[0].company = other
    for form in forms:
        form.lines[0].fields["price"] = _price_of(3, form.lines[0].fields["price"])
    return scene.spoilt(forms[1], None)


def _last_here(scene: Scene, more: tuple[int, ...]) -> tuple[list[Draft], Company]:
    """A purchase, a trade and what follows of another company's stock, after a filer's last form."""
    last, _ = scene.pick(last_direct(scene))
    other = another(scene, last.company)
    theirs = new_position(last, "I/elsewhere", title=last.company.title)
    had = scene.rng.randrange(30, 900) * 37
    on = business_days_after(last.filed_on, 20)
    delta = scene.rng.choice((1, -1)) * scene.rng.randrange(5, had // 20) * 5
    if had in {line.true for line in last.lines} or delta in {ln.signed for ln in last.lines}:
        raise Unsuitable(scene.kind)
    deltas = (had, delta, *more)
    days = (last.period, on, business_days_after(on, 40))
    forms = _in_turn(last, theirs, deltas, days[: len(deltas)])
    for one in forms:
        scene.insert(one)
    return forms, other


def alike_at_two_boards(scene: Scene) -> Spoilt:
    """A filer has just as many shares of another company as of this one, and trades both."""
    last, own = scene.pick(last_direct(scene))
    other = another(scene, last.company)
    theirs = new_position(last, "I/elsewhere", title=last.company.title)
    after = business_days_after(last.filed_on, 20)
    here = traded(last, own.position, "S", -50, own.true - 50, on=after)
    own.position.move(after, -50)
    days = (last.period, after, business_days_after(after, 40))
    forms = _in_turn(last, theirs, (own.true, -50, -100), days)
    for one in forms:
        one.company = other
        scene.insert(one)
    scene.insert(form_of(last, after, [here], "alike-here"))
    return scene.spoilt(forms[1], None)


def _in_turn(
    like: Draft, position: Position, deltas: Sequence[Number], days: Sequence[date]
) -> list[Draft]:
    """Forms about one holding, each of which goes on from the one before; the first acquires it all."""
    forms, total = [], Decimal(0)
    for delta, on in zip(deltas, days, strict=True):
        total += delta
        position.move(on, delta)
        row = traded(like, position, "P" if delta > 0 else "S", delta, total, on=on)
        forms.append(form_of(like, on, [row], f"elsewhere-{len(forms)}"))
    return forms


def first_of_a_class(scene: Scene) -> Spoilt:
    """A filer who holds common stock buys another class of the same company for the first time."""
    spot = scene.pick(calm_spots(scene, 6, is_direct))
    holding = new_position(spot.draft, "I/class", title=scene.rng.choice(_CLASSES))
    on = business_days_after(spot.draft.filed_on, 1)
    held = scene.rng.choice((0, scene.rng.randrange(3, 90) * 50))
    bought = scene.rng.randrange(3, 90) * 50
    if held:
        holding.move(spot.draft.period, held)
    holding.move(on, bought)
    row = traded(spot.draft, holding, "P", bought, held + bought, on=on)
    row.fields["price"] = _price_of(scene.rng.choice((1, 2, 5)), row.fields["price"])
    draft = form_of(spot.draft, on, [row], "class")
    scene.insert(draft)
    return scene.spoilt(draft, row)


WHOLESALE = (
    ErrorKind("wrong-issuer-wholesale", ("ISSUER_IDENTITY_CONFLICT",), wrong_issuer_wholesale),
    ErrorKind("wrong-issuer-at-last", ("ISSUER_IDENTITY_CONFLICT",), wrong_issuer_at_last),
    ErrorKind("wrong-issuer-unfollowed", ("ISSUER_IDENTITY_CONFLICT",), wrong_issuer_unfollowed),
)
WHOLESALE_NEIGHBOURS = (
    ErrorKind("first-of-a-class", (), first_of_a_class),
    ErrorKind("alike-at-two-boards", (), alike_at_two_boards),
)
