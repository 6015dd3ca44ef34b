"""What somebody lists by a vehicle's name, and reports together with that vehicle as held directly.

A fund and its partner file as one, and the line is the fund's own; a form of the partner's alone
has the same shares "By Fund". They are one holding, which is shown there and here, by another
number as well where one of the two is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger.types import grouped
from projections.checks.check import Doubt
from projections.findings.finding import Finding, about
from projections.identity.names import is_a_body
from projections.identity.securities import same_class
from projections.identity.vehicles import own_words, vehicle_key
from projections.issuer import Folded
from projections.positions.entries import known_after, reference
from projections.positions.position import Position


def told_jointly(folded: Folded) -> Iterator[Finding]:
    """The first line by the name of a co-owner, with what the two reported as direct just before."""
    for position in folded.book.positions:
        if position.form != "indirect" or not position.entries or not _name(position.vehicle):
            continue
        first = position.entries[0]
        held = position.opened if first.opening and first.delta else first.balance
        for joint in folded.positions_of(position.owners):
            last = joint.entries[-1] if joint.entries else None
            if last is None or not held or not joint.balance or not known_after(first, last):
                continue
            same = joint.balance == held
            if (same or _may_be(joint.balance, held)) and _is_of(joint, position, folded):
                goes_on = f"“{first.line.nature}” goes on from the {grouped(held)} that were reported as direct together with it"
                differs = f"“{first.line.nature}” has {grouped(held)}, and {grouped(joint.balance)} were reported as direct together with it, and no report tells what moved between"
                yield about(
                    first.dossier,
                    first.line,
                    "VEHICLE_AMBIGUOUS",
                    f"{goes_on if same else differs}: one holding, shown twice",
                    severity="info" if same else "minor",
                    evidence=(reference(last),),
                )


def _may_be(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers may be of one holding, one of them wrong: neither is twice the other."""
    return one < 2 * other and other < 2 * one


def _is_of(joint: Position, position: Position, folded: Folded) -> bool:
    """Whether a direct holding is one's and others', of whom one bears a vehicle's name."""
    others = joint.owners - position.owners
    names = [folded.people.names.get(key) or "" for key in others]
    bodies = [_name(vehicle_key(name)) for name in names if is_a_body(name)]
    return (
        joint.form == "direct"
        and joint.owners > position.owners
        and (joint.table, joint.unit) == (position.table, position.unit)
        and same_class(joint.tokens, position.tokens) is not False
        and _name(position.vehicle) in bodies
    )


def _name(vehicle: str) -> set[str]:
    """The words of a vehicle's own name, without the letters of its legal form."""
    return {word for word in own_words(vehicle) if len(word) > 1}


DOUBTS: tuple[Doubt, ...] = (told_jointly,)
