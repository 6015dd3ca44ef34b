"""The totals that filings give of all series of a derivative together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from projections.filings.records import ZERO
from projections.positions.balances import level_on
from projections.positions.class_totals import counted, lapsed
from projections.positions.entries import Posting, reference
from projections.positions.position import Position
from projections.positions.rulings import Rulings
from projections.sums import ClassTotal, Name


def class_totals(
    positions: Sequence[Position],
    rulings: Rulings,
    day: date | None,
    called: Callable[[Position], tuple[Name, Name]],
) -> Iterator[tuple[Position, ClassTotal]]:
    """The last total of all series that each owner's filings give, by kind of derivative.

    None where anything of the kind was reported after it. Each with the position that has it;
    `called` says who holds one, and of which issuer.
    """
    families: dict[object, list[Position]] = {}
    for position in positions:
        if position.table == "II" and position.unit == "shares":
            families.setdefault((position.owners, position.kind), []).append(position)
    for family in families.values():
        last = max(_told(family, day), key=lambda told: _moment(told[1]), default=None)
        if last is not None and last[1].claim and _of_all(last[1], rulings):
            of = last[0].owners, counted(last[0])
            kin = [p for one in families.values() for p in one if (p.owners, counted(p)) == of]
            yield last[0], _total(*last, family, kin, rulings, called)


def _told(family: Iterable[Position], day: date | None) -> Iterator[tuple[Position, Posting]]:
    for position in family:
        for entry in position.entries:
            if entry.claim is not None and (day is None or (entry.day or date.min) <= day):
                yield position, entry


def _moment(entry: Posting) -> tuple[object, ...]:
    dossier = entry.dossier
    return dossier.known.at, dossier.stream, entry.day or date.min, entry.line.line


def _of_all(entry: Posting, rulings: Rulings) -> bool:
    return entry.scope is not None or rulings.bounds(entry)


def _total(
    position: Position,
    entry: Posting,
    family: Sequence[Position],
    kin: Sequence[Position],
    rulings: Rulings,
    called: Callable[[Position], tuple[Name, Name]],
) -> ClassTotal:
    person, issuer = called(position)
    claim, known = entry.claim or ZERO, _held(family, entry, rulings)
    if known != claim and _held(kin, entry, rulings) == claim:
        known = claim  # units of other kinds are in it too
    return ClassTotal(
        person=person,
        issuer=issuer,
        security=entry.line.security,
        shares=claim,
        reported_on=entry.day,
        in_holdings=known if known is not None and known <= claim else None,
        source=reference(entry),
    )


def _held(family: Iterable[Position], entry: Posting, rulings: Rulings) -> Decimal | None:
    """What is held in all on a total's day of series that had not expired, None where it is not known."""
    levels = [level_on(p, entry.day, rulings) for p in family if not lapsed(p, entry)]
    parts = [level.shares for level in levels if level is not None]
    return None if None in parts else sum((part or ZERO for part in parts), ZERO)
