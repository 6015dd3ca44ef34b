"""A total after a row whose amount and total changed places, which is told at that row."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from projections.positions.entries import reference
from projections.positions.lot_totals import columns_exchanged
from projections.reconciliation import costs
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
