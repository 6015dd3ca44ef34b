"""Amounts that changed places: with the total of the row, and the total after it; or with another row's."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from ledger.types import grouped
from projections.positions.entries import reference
from projections.positions.lot_totals import columns_exchanged
from projections.reconciliation import costs
from projections.reconciliation.candidates.carried_on import misplacement
from projections.reconciliation.candidates.mirror_rows import amounts_exchanged
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


def exchanged_amounts(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """The amounts of two holdings' rows of one trade that changed places; the first of the two is named."""
    entry = case.entry
    for position in case.siblings if gap == entry.residual and entry.returned is None else ():
        for other in filter(partial(amounts_exchanged, entry), position.entries):
            words = f"the amounts of this line and of {other.line.ref} changed places: each total moves by the other's"
            kind, _ = misplacement(case.position, position)
            told = slip(case, kind, gap, words, costs.OTHER_TABLE, row=True, shown=True)
            second = entry.dossier is other.dossier and other.line.line < entry.line.line
            yield told._replace(finding=None, kind="report-correction") if second else told


def amount_for_total(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """What came stands where what is owned belongs, and the reverse: both numbers bear it out."""
    entry = case.entry
    total, amount = entry.line.shares, entry.claim
    if not total or amount is None or entry.prior is None or gap != entry.residual:
        return
    if entry.convention == "lot" and entry.delta == total == entry.prior + amount:
        words = f"the amount {grouped(total)} and the total {grouped(amount)} changed places"
        yield slip(case, "LOT_ONLY", gap, words, costs.PRICE_FOR_SHARES, shown=True)
