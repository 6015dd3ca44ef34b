"""What a line's own words say of its position, and how far two such readings are apart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from projections.filings.records import Dossier, Line
from projections.identity.securities import class_tokens, derivative_kind, same_class
from projections.identity.vehicles import (
    entity_key,
    holder_words,
    joined,
    names_a_vehicle,
    vehicle_key,
)
from projections.positions.position import Position

NEVER = 1 << 20
"""The cost of what words contradict."""
OTHER = 6
"""What it costs that words name another holder: only a balance that joins outweighs it."""

RATIOS = tuple(
    Decimal(new) / Decimal(old)
    for new, old in (
        pair.split(":")
        for pair in (
            "2:1 3:1 3:2 4:1 5:1 5:4 4:3 6:5 7:1 8:1 10:1 15:1 20:1 21:20 11:10 "
            "1:2 1:3 1:4 1:5 1:8 1:10 1:15 1:20 1:25 1:30 1:40 1:50"
        ).split()
    )
)
"""Split ratios in common use, forward and reverse."""

_HOLDER_FIELDS = ("nature", "ownership")
_AWARD_FIELDS = ("exercisable_on", "expires_on")
_POINTED_FIELDS = ("shares_after", "security", "shares", "code")


class Words:
    """What a line's own words say of its position."""

    __slots__ = (
        "entity",
        "exact",
        "form",
        "kind",
        "loose",
        "owners",
        "series",
        "table",
        "tokens",
        "vehicle",
        "wording",
    )

    def __init__(self, dossier: Dossier, line: Line, scope: str, owners: frozenset[str]) -> None:
        self.table, self.form, self.owners = line.table, line.ownership, owners
        title = line.security or ""
        self.tokens = class_tokens(title, dossier.head.issuer.name or "")
        self.series: tuple[Decimal | None, date | None] = (None, None)
        self.kind = "stock"
        if line.table == "II":
            self.kind = derivative_kind(title)
            self.series = (line.exercise_price or None, line.expires_on)
        self.vehicle = "" if line.ownership == "direct" else vehicle_key(line.nature)
        self.wording, self.entity = self._holder(dossier, line)
        self.loose = (scope, line.table, line.ownership, self.kind)
        self.exact = (*self.loose, owners, self.tokens, self.vehicle, self.entity, self.series)

    def _holder(self, dossier: Dossier, line: Line) -> tuple[str, str]:
        """The notes that say who holds the line, whole, and the holder they name."""
        if not line.cited:
            return "", ""
        cited = line.notes_of(*_HOLDER_FIELDS)
        if (
            not cited
            and self.form == "direct"
            and self.kind != "stock"
            and self.series == (None, None)
        ):
            award = line.notes_of(*_AWARD_FIELDS)
            return joined(holder_words(dossier.text_of(note)) for note in award), ""
        if not cited and not self.vehicle and self.form != "direct":
            cited = line.notes_of(*_POINTED_FIELDS)
        if not cited:
            return "", ""
        texts = [dossier.text_of(note) for note in cited]
        if names_a_vehicle(self.vehicle):
            return joined(holder_words(text) for text in texts), ""
        return joined(holder_words(text) for text in texts), joined(
            entity_key(text) for text in texts
        )


def may_be_one(one: Words, other: Words) -> bool:
    """Whether two lines' words leave room for one holding: nothing in them is at odds."""
    return (
        one.loose == other.loose
        and (one.owners, one.series, one.vehicle) == (other.owners, other.series, other.vehicle)
        and (one.entity == other.entity or not (one.entity and other.entity))
        and same_class(one.tokens, other.tokens) is not False
    )


def words_cost(words: Words, position: Position) -> int:
    """How far a line's words are from a position's; `NEVER` when they contradict it."""
    if words.owners == position.owners:
        cost = 0
    elif words.owners & position.owners:
        cost = 2
    else:
        return NEVER
    alike = same_class(words.tokens, position.tokens)
    if words.table == "II":
        cost += 0 if alike else 1
        cost += _series_cost(words, position)
    elif alike is False:
        return NEVER
    elif alike is None:
        cost += 2
    return cost + _vehicle_cost(words, position)


def _series_cost(words: Words, position: Position) -> int:
    (strike, expiry), (other_strike, other_expiry) = words.series, position.series
    cost = 0
    if expiry != other_expiry:
        if expiry and other_expiry:
            return NEVER
        cost += 1
    if strike != other_strike:
        if strike and other_strike:
            return cost + 3 if rebased(other_strike, strike) else NEVER
        cost += 1
    return cost


def rebased(before: Decimal, after: Decimal) -> Decimal | None:
    """The split ratio that turns one strike into another, to the cent, if one does."""
    return next((r for r in RATIOS if abs(before / r - after) <= Decimal("0.006")), None)


def _vehicle_cost(words: Words, position: Position) -> int:
    if words.vehicle == position.vehicle:
        if words.entity == position.entity:
            return 0 if words.wording == position.wording else 1
        return OTHER if words.entity and position.entity else 1
    mine = words.vehicle if names_a_vehicle(words.vehicle) else words.entity
    theirs = position.vehicle if names_a_vehicle(position.vehicle) else position.entity
    if mine and theirs:
        return 0 if mine == theirs else OTHER
    if words.vehicle and position.vehicle:
        return OTHER
    return 3
