"""Why a position is one of its own, beside another of the same person, class and form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from projections.identity.awards import same_award
from projections.identity.securities import same_class
from projections.identity.vehicles import alike
from projections.positions.position import Position


def beside(position: Position, others: Iterable[Position]) -> Iterator[Position]:
    """Those of some positions that could be taken for this one: of the same person, class and form."""
    for other in others:
        if other is position or not other.entries or not other.owners & position.owners:
            continue
        if (other.table, other.form, other.kind) != (position.table, position.form, position.kind):
            continue
        if same_class(other.tokens, position.tokens) is not False:
            yield other


def why_apart(position: Position, other: Position) -> str | None:
    """What tells a position from another of the same person, class and form.

    None where nothing does: then they are held side by side without a reason.
    """
    if position.series != other.series:
        return "another strike or expiry"
    if position.whole is other or other.whole is position:
        return "one is a part of the other, whose holders were named one by one"
    if position.vehicle != other.vehicle:
        doubt = alike(position.vehicle, other.vehicle)
        return "a name that is only alike" if doubt else "another holder"
    if position.entity != other.entity:
        return "a note names another holder, or another sort of holding"
    if same_award(position.award, other.award) is False:
        return "a note names another award"
    if position.owners != other.owners:
        return "other owners report it"
    if position.tokens != other.tokens:
        return "a title that may be another class"
    if not _forms(position).isdisjoint(_forms(other)):
        return "one form lists both"
    if position.wording != other.wording:
        return "other words of a note on it"
    return "an award counted by itself" if _counted_alone(position) else None


def _forms(position: Position) -> set[str]:
    return {entry.dossier.stream for entry in position.entries}


def _counted_alone(position: Position) -> bool:
    """Whether the first line is a grant whose total is its own size."""
    first = position.entries[0]
    return first.line.code == "A" and first.claim == first.delta
