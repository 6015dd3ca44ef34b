"""A row of shares withheld that has what was left of those that came, beside a right total."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger.types import grouped
from projections.filings.records import ZERO
from projections.reconciliation import costs
from projections.reconciliation.candidates.slip_terms import slip
from projections.reconciliation.case import Candidate, Case


def left_for_withheld(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """What was left of the shares that came, in a row that has to tell what was withheld of them."""
    entry, line = case.entry, case.entry.line
    if line.code != "F" or case.position.table != "I" or entry.delta >= 0 or not line.shares:
        return
    together = [e for e in case.position.entries if e.dossier is entry.dossier and e is not entry]
    came = {e.delta for e in together if e.delta > 0 and e.day == entry.day}
    for brought in sorted({*came, sum(came, ZERO)}):
        withheld = brought - line.shares
        if withheld > 0 and entry.delta + gap == -withheld:
            words = f"the amount {grouped(line.shares)} is what was left of the {grouped(brought)} that came: {grouped(withheld)} were withheld"
            yield slip(
                case,
                "EXERCISE_QUANTITY_MISMATCH",
                gap,
                words,
                costs.OTHER_TABLE,
                row=True,
                shown=True,
            )
            return
