"""An amount that is not the one of its row's own note, by which the total moves."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger.types import grouped
from projections.checks.noted_amounts import otherwise_told
from projections.positions.digits import lengthened, swapped
from projections.reconciliation import costs
from projections.reconciliation.candidates.slip_terms import slip
from projections.reconciliation.candidates.untold_ends import wholly_gone
from projections.reconciliation.candidates.withheld_amounts import net_of_withheld
from projections.reconciliation.case import Candidate, Case


def as_noted(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A row whose note tells of as many as the total moves by; `digits` knows those mistyped."""
    entry, line = case.entry, case.entry.line
    moved = entry.delta + gap
    if not line.shares or moved * entry.delta <= 0:
        return
    if swapped(line.shares, abs(moved)) or lengthened(line.shares, abs(moved)):
        return
    if otherwise_told(entry.dossier, line, entry.dossier.lines) == abs(moved):
        words = f"the amount {grouped(line.shares)} should be {grouped(abs(moved))}, as its own note has it"
        yield slip(case, "COLUMN_NOTE_CONFLICT", gap, words, costs.OTHER_TABLE, row=True)


NOTED = (as_noted, net_of_withheld, wholly_gone)
"""What notes say of how many came, or that all went, where it is neither the row's amount nor the note's."""
