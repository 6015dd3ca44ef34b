"""A vehicle told more fully, or less, in the very form in which shares came into it or left it.

Its number is then no longer what it was, and its words are not either, so that it looks like
another holding. That number shows it all the same: it is what was held, and exactly what
another holding of the owner lost or gained in that form without a row. Or the first total under
the new name is wrong: a later one goes on from what was held under the old, to the share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

from ledger.statements import SENSES
from projections.filings.records import ZERO
from projections.identity.securities import same_class
from projections.identity.strangers import strangers
from projections.identity.vehicles import may_be_restyled
from projections.issuer import Folded
from projections.positions.position import Position
from projections.reconciliation.case import TELLING


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
        for later in vehicles if len(vehicles) > 1 else ():
            if later.entries:
                gone = gaps.get(later.entries[0].dossier.stream, set())
                _join(later, gone, vehicles, folded)
    _join_titles(folded)


def _join_titles(folded: Folded) -> None:
    """Post the lines of a class that is told more or less exactly on the position that has its other title.

    "Class A Common Stock" is the "Common Stock" of before where a later total, and not its first, shows it.
    """
    groups: dict[object, list[Position]] = defaultdict(list)
    for p in folded.book.positions:
        if p.table == "I" and p.form and p.whole is None and not p.award:
            groups[(p.scope, p.owners, p.form, p.vehicle, p.entity, p.unit)].append(p)
    for group in groups.values():
        for later in group if len(group) > 1 else ():
            found = [
                p
                for p in group
                if p is not later and p.entries and later.entries and later.entries[0].opening
                if same_class(p.tokens, later.tokens) is None
                if _levels_join(p, later) or _by_its_note(p, later)
                if {e.dossier.stream for e in p.entries}.isdisjoint(
                    e.dossier.stream for e in later.entries
                )
            ]
            if len(found) == 1:
                _take_in(found[0], later, folded)


def _join(
    later: Position, gaps: set[Decimal], vehicles: Sequence[Position], folded: Folded
) -> None:
    """Post a position's lines on the one other that it may be, if there is one."""
    first = later.entries[0]
    if not first.opening or first.claim is None:
        return
    opens = first.claim - first.delta
    others = [p for p in vehicles if p is not later and p.entries]
    found = [p for p in others if gaps and _one(p, later, folded)]
    if len(found) != 1 or (found[0].balance or ZERO) - opens not in gaps:
        found = [p for p in others if _goes_on(p, later, folded)]
    if len(found) != 1:
        return
    home, vehicle, entity = found[0], later.vehicle, later.entity
    _take_in(home, later, folded)
    home.vehicle, home.entity, home.nature = vehicle, entity, home.entries[-1].line.nature


def _take_in(home: Position, later: Position, folded: Folded) -> None:
    """Post all lines of a position on another one; a first total that the next goes back behind is set aside."""
    first = later.entries[0]
    folded.book.move(list(later.entries), later, home, None)
    one, *since = home.entries[home.place(first) :]
    back = next((e for e in since if one.residual and e.residual == -one.residual), None)
    if back is not None:
        home.set_aside(one, back)


def _goes_on(earlier: Position, later: Position, folded: Folded) -> bool:
    """Whether a position may be another one's by its name, and a later total of it shows that it is."""
    if earlier.entity != later.entity or strangers(earlier.vehicle, later.vehicle):
        return False
    if folded.book.side_by_side(earlier.scope, earlier.vehicle, later.vehicle):
        return False
    return _levels_join(earlier, later)


def _levels_join(earlier: Position, later: Position) -> bool:
    """Whether a later total of a position is what another one had and what moved since, its first one not."""
    held, first, last = earlier.balance, later.entries[0], earlier.entries[-1]
    if not held or held < TELLING or first.dossier.known.at <= last.dossier.known.at:
        return False
    due = list(accumulate((e.delta for e in later.entries), initial=held))[1:]
    joins = [e.claim == level for e, level in zip(later.entries, due, strict=True)]
    return not joins[0] and any(joins)


def _by_its_note(earlier: Position, later: Position) -> bool:
    """Whether what a position begins with is what another one had, and an amount that its notes tell came."""
    first = later.entries[0]
    came = (later.opened or ZERO) - (earlier.balance or ZERO)
    told = (s for s in first.dossier.statements if s.note in first.line.notes and s.shares == came)
    return bool(earlier.balance) and came > 0 and any(SENSES[s.kind].sign > 0 for s in told)


def _one(earlier: Position, later: Position, folded: Folded) -> bool:
    """Whether a position may be another one told more fully or less, of which no later form tells."""
    first, last = later.entries[0], earlier.entries[-1]
    if not earlier.balance or first.dossier.known.at <= last.dossier.known.at:
        return False
    if earlier.entity != later.entity or not may_be_restyled(earlier.vehicle, later.vehicle):
        return False
    return not folded.book.side_by_side(earlier.scope, earlier.vehicle, later.vehicle)
