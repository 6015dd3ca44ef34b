"""Shares that pass between an owner's holdings by one row: the other line only shows what came of it.

Gifts, inheritances and what a trust gives out are often told where they arrive, or where they
leave; the line of the other holding then has no row, and its total is off by just as many.
"""

from __future__ import annotations

from collections.abc import Iterator

from ledger.types import grouped
from projections.filings.parts import one_report
from projections.filings.records import Dossier
from projections.identity.vehicles import vehicle_key
from projections.positions.entries import Posting, reference
from projections.positions.position import Position
from projections.reconciliation import costs
from projections.reconciliation.candidates.slip_terms import PASSING
from projections.reconciliation.case import Candidate, Case


def told_by_one_row(case: Case) -> Iterator[Candidate]:
    """A row of another holding in the form, of as many shares the other way, passed on for nothing."""
    entry, gap = case.entry, case.entry.residual
    if entry.delta or entry.returned is not None or case.position.table != "I":
        return
    for position in case.siblings:
        for other in position.entries:
            if (
                other.delta == -gap
                and one_report(other.dossier, entry.dossier)
                and other.line.code in PASSING
                and not other.line.price
                and not other.residual
                and not _has_its_row(entry.dossier, other)
                and not _given_away(case.position, other)
            ):
                yield Candidate(
                    shares=gap,
                    cost=costs.ELSEWHERE,
                    kind="change-of-form",
                    code="EXPL_FORM_CHANGE",
                    source=reference(other),
                    text=f"the other side of {grouped(abs(gap))} under code {other.line.code}",
                    group=f"one-row:{reference(other)}",
                    effective_from=other.line.effective_on,
                    effective_to=other.line.effective_on,
                    sibling=other,
                    empties=not entry.claim,
                    basis="shown",
                )


def _has_its_row(dossier: Dossier, row: Posting) -> bool:
    """Whether the other side of a row has a row of its own in the form."""
    return any(line.movement == -row.delta for line in dossier.lines if not line.holding)


def _given_away(position: Position, row: Posting) -> bool:
    """Whether a note on a row by which shares left does not speak of the other holding by any word."""
    if row.delta > 0 or not row.line.notes:
        return False
    own = set(vehicle_key(position.vehicle).split())
    told = (vehicle_key(row.dossier.text_of(note)).split() for note in row.line.notes)
    return not any(own & set(words) for words in told)
