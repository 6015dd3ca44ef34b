"""A vehicle told more fully, or less, in the very form in which shares came into it or left it.

Its number is then no longer what it was, and its words are not either, so that it looks like
another holding. That number shows it all the same: it is what was held, and exactly what
another holding of the owner lost or gained in that form without a row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from projections.filings.records import ZERO
from projections.identity.vehicles import may_be_restyled
from projections.issuer import Folded
from projections.positions.position import Position


def join_renamed(folded: Folded) -> None:
    """Post the lines of such a vehicle on the position that has its other name."""
    groups: dict[object, list[Position]] = defaultdict(list)
    for p in folded.book.positions:
        if p.table == "I" and p.entries and p.whole is None and p.unit == "shares":
            groups[(p.scope, p.owners, p.tokens)].append(p)
    for group in groups.values():
        gaps: dict[str, set[Decimal]] = defaultdict(set)
        for entry in (e for p in group for e in p.entries if e.residual):
            gaps[entry.dossier.stream].add(entry.residual)
        vehicles = [p for p in group if p.form == "indirect" and p.vehicle]
        for later in vehicles if gaps else ():
            if later.entries and (gone := gaps.get(later.entries[0].dossier.stream)):
                _join(later, gone, vehicles, folded)


def _join(
    later: Position, gaps: set[Decimal], vehicles: Sequence[Position], folded: Folded
) -> None:
    """Post a position's lines on the one other that it may be, if there is one."""
    first = later.entries[0]
    if not first.opening or first.claim is None:
        return
    opens = first.claim - first.delta
    found = [p for p in vehicles if p is not later and p.entries and _one(p, later, folded)]
    if len(found) != 1 or (found[0].balance or ZERO) - opens not in gaps:
        return
    home, vehicle, entity = found[0], later.vehicle, later.entity
    folded.book.move(list(later.entries), later, home, None)
    home.vehicle, home.entity, home.nature = vehicle, entity, home.entries[-1].line.nature


def _one(earlier: Position, later: Position, folded: Folded) -> bool:
    """Whether a position may be another one told more fully or less, of which no later form tells."""
    first, last = later.entries[0], earlier.entries[-1]
    if not earlier.balance or first.dossier.known.at <= last.dossier.known.at:
        return False
    if earlier.entity != later.entity or not may_be_restyled(earlier.vehicle, later.vehicle):
        return False
    return not folded.book.side_by_side(earlier.scope, earlier.vehicle, later.vehicle)
