"""A row whose amount and total changed places, and the total after it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger.types import grouped
from projections.positions.entries import reference
from projections.positions.lot_totals import columns_exchanged
from projections.reconciliation import costs
from projections.reconciliation.candidates.slip_terms import slip
from projections.reconciliation.case import Candidate, Case


def after_exchanged_columns(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """What the row before left, as it has it for its amount."""
    before = case.before
    if before is None or gap != case.entry.residual or not columns_exchanged(before, case.entry):
        return
    source = reference(before)
    yield Candidate(
        shares=gap,
        cost=costs.PRIOR_LETTER,
        kind="report-correction",
        code="EXPL_PRIOR_CORRECTION",
        source=source,
        text=f"the amount and the total of {source} changed places",
        group="columns",
        effective_from=before.day,
        effective_to=before.day,
        basis="shown",
    )


def amount_for_total(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """What came stands where what is owned belongs, and the reverse: both numbers bear it out."""
    entry = case.entry
    total, amount = entry.line.shares, entry.claim
    if not total or amount is None or entry.prior is None or gap != entry.residual:
        return
    if entry.convention == "lot" and entry.delta == total == entry.prior + amount:
        words = f"the amount {grouped(total)} and the total {grouped(amount)} changed places"
        yield slip(case, "LOT_ONLY", gap, words, costs.PRICE_FOR_SHARES, shown=True)
