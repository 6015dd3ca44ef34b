"""Forms, rows and holdings that are added to a world after its filers have lived."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tests.simulator.calendars import business_days_after
from tests.simulator.movements import Move
from tests.simulator.people import Number, Position
from tests.simulator.reports import Draft, Line
from tests.simulator.slips import arbitrary_shift
from tests.simulator.spoiling import PLAIN, Scene, Spoilt, Spot, Unsuitable

NO_MORE = 400
"""How many days are said to lie behind a filer's last form."""
OFF = (
    "BALANCE_BREAK",
    "BALANCE_BREAK_AMBIGUOUS",
    "LEVEL_SHIFT_UNEXPLAINED",
    "ISOLATED_TOTAL_ERROR",
    "GAP_SUSPECTED",
    "TRANSPOSED_DIGITS",
    "MAGNITUDE_ERROR",
    "OPENING_MISMATCH",
    "COLUMN_NOTE_CONFLICT",
)
"""What a total that is off by some number may be called."""
PRICED = "PSF"
"""Codes of trades at a market price."""


def calm_spots(
    scene: Scene, days: int, test: Callable[[Spot], bool] = lambda spot: True
) -> list[Spot]:
    """Rows of a person's stock after which nothing is told or untold for so many days."""
    return [
        spot
        for spot in scene.between()
        if spot.draft.insider.kind == "person"
        and spot.after is not None
        and not spot.after[1].causes
        and room(scene, spot.draft) >= days
        and not splits_after(spot.draft)
        and test(spot)
    ]


def room(scene: Scene, draft: Draft) -> int:
    """How many days lie between a form and the same filer's next one; many after the last."""
    following = scene.following(draft)
    return (following.filed_on - draft.filed_on).days if following else NO_MORE


def last_direct(scene: Scene) -> list[tuple[Draft, Line]]:
    """The last forms of people that have a row of stock held directly, one only, and that row."""
    return [
        (draft, line)
        for draft in scene.plain_forms()
        if draft.insider.kind == "person" and not splits_after(draft)
        if room(scene, draft) == NO_MORE and draft.insider.habits.convention in PLAIN
        for line in draft.lines
        if line.signed and line.fields["table"] == "I" and line.fields["ownership"] == "direct"
        if len(draft.on(line.position)) == 1
        and line.true == line.fields.get("shares_after", 0) > 100
    ]


def days_before(spot: Spot) -> int:
    """How many days lie between the form of the claim before and a row."""
    before: date | None = spot.before[0].filed_on if spot.before else None
    return (spot.line.fields["effective_on"] - before).days if before else 0


def splits_after(draft: Draft) -> bool:
    """Whether the stock splits, or another issuer takes over, after the first day of a form."""
    company = draft.company
    return company.succession is not None or any(one.on > draft.period for one in company.splits)


def is_direct(spot: Spot) -> bool:
    """Whether a row is one of stock that is held directly."""
    return bool(spot.line.fields["ownership"] == "direct")


def new_position(like: Draft, name: str, **terms: Any) -> Position:
    """Another holding of the filer of a form, empty so far."""
    insider = like.insider
    usual = {"table": "I", "title": like.company.title, "ownership": "direct", "nature": ""}
    number = len(insider.others) + 1
    position = Position(f"{insider.key}/{name}/{number}", **(usual | terms))
    insider.others.append(position)
    return position


def traded(
    like: Draft, position: Position, code: str, delta: Number, total: Number, *, on: date
) -> Line:
    """A row of a movement, after which `total` is owned."""
    move = Move(
        position,
        on=on,
        delta=delta,
        code=code,
        price=_price(like, code, on),
        after=total,
        class_after=total,
        title_after=total,
    )
    fields = _place(position) | {
        "effective_on": on,
        "form_type": "4",
        "code": code,
        "equity_swap": False,
        "shares": abs(delta),
        "price": move.price,
        "direction": "acquired" if delta > 0 else "disposed",
        "shares_after": total,
    }
    if position.table == "II":
        fields |= {"underlying": like.company.title, "underlying_shares": abs(delta)}
    return Line(position, move, total, fields)


def held(like: Draft, position: Position, total: Number) -> Line:
    """A row that says what is owned."""
    fields = _place(position) | {"holding": True, "shares_after": total}
    if position.table == "II":
        fields |= {"underlying": like.company.title, "underlying_shares": total}
    return Line(position, None, total, fields)


def form_of(like: Draft, on: date, lines: list[Line], kind: str) -> Draft:
    """A Form 4 of the same filer at the same company, due two business days after its rows."""
    accepted = datetime.combine(business_days_after(on, 2), like.accepted_at.time())
    return Draft(
        company=like.company,
        insider=like.insider,
        form="4",
        period=on,
        accepted_at=accepted,
        lines=lines,
        kind=kind,
    )


def amendment_of(original: Draft, filed: date, lines: list[Line], remarks: str | None) -> Draft:
    """The amendment of a form, filed on a day."""
    return Draft(
        company=original.company,
        insider=original.insider,
        form=f"{original.form}/A",  # type: ignore[arg-type]
        period=original.period,
        accepted_at=datetime.combine(filed, original.accepted_at.time()),
        lines=lines,
        kind="amendment",
        remarks=remarks,
        original_on=original.filed_on,
    )


def successive(scene: Scene, count: int) -> list[Draft]:
    """A calm form of a person and the ones after it, between which no stock is split."""
    spots = calm_spots(scene, 3, is_direct)
    found = [
        [spot.draft, *_after(scene, spot.draft)][:count]
        for spot in spots
        if len(_after(scene, spot.draft)) >= count - 1
    ]
    forms: list[Draft] = scene.pick(found)
    return forms


def _after(scene: Scene, draft: Draft) -> list[Draft]:
    return [
        one
        for one in scene.drafts
        if one.insider is draft.insider and one.form == "4" and one.period > draft.period
        if one.accepted_at > draft.accepted_at
    ]


def changed(draft: Draft, position: Position, total: int, *, change: int, cause: str) -> Line:
    """A new line of a holding, whose total changed without a row, for a cause."""
    line = held(draft, position, total)
    line.difference, line.causes = change, [cause]
    listed(draft, line)
    return line


def listed(draft: Draft, line: Line) -> None:
    """Put a line on a form, behind the others of its table."""
    draft.lines.append(line)
    draft.lines.sort(key=lambda one: str(one.fields["table"]))


def mistotalled(scene: Scene, draft: Draft, line: Line) -> Spoilt:
    """A line whose total is another number than what it should be, and the next claim after it."""
    shift = arbitrary_shift(scene.rng, line.true, 0)
    if shift is None or line.true + shift == line.true - line.difference:
        raise Unsuitable(scene.kind)
    line.fields["shares_after"] += shift
    line.difference += shift
    later = [d for d, _ in scene.claims(line.position) if d.accepted_at > draft.accepted_at]
    return scene.spoilt(draft, line, *later[:1])


def added(scene: Scene, spot: Spot, rows: list[Line], gain: Number, *, on: date) -> Draft:
    """A form of its own after a calm spot, by which the spot's holding gains so much for good."""
    draft = form_of(spot.draft, on, rows, scene.kind)
    scene.rewrite(spot.line.position, spot.draft, gain)
    scene.insert(draft)
    return draft


def mistold(scene: Scene, draft: Draft, line: Line, shift: Number) -> Spoilt:
    """A total that is off by so much, which either stays in all later ones or is undone at once."""
    later = [one for one in scene.claims(line.position) if one[0].accepted_at > draft.accepted_at]
    line.fields["shares_after"] += shift
    line.difference += shift
    if scene.rng.random() < 0.5:
        for _, one in later:
            one.fields["shares_after"] += shift
    elif later:
        later[0][1].difference -= shift
    if any(one.fields["shares_after"] < 0 for _, one in [(draft, line), *later]):
        raise Unsuitable(scene.kind)
    return scene.spoilt(draft, line, *(one for one, _ in later[:1]))


def in_words(on: date) -> str:
    """A day as notes write it."""
    return f"{on:%B} {on.day}, {on.year}"


def _place(position: Position) -> dict[str, Any]:
    return {
        "table": position.table,
        "security": position.title,
        "ownership": position.ownership,
        "nature": position.nature,
    }


def _price(like: Draft, code: str, on: date) -> Decimal:
    return like.company.price(on) if code in PRICED else Decimal(0)
