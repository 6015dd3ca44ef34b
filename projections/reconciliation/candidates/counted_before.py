"""What a row tells for a whole year of which earlier totals have counted some already.

Reinvested dividends and other exempt purchases may be told all at once on the annual statement
(Rule 16a-3(f)), while the totals of a year's other reports had to count what had come by then.
The total of the row then rises by no more than what none of those had.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from ledger.statements import SENSES
from ledger.types import grouped
from projections.filings.records import ZERO
from projections.findings.explanations import Term
from projections.reconciliation import costs
from projections.reconciliation.case import Candidate, Case

_YEAR = timedelta(days=366)


def counted_before(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """What notes of earlier totals of the year tell to have come, and this row's note tells again."""
    entry = case.entry
    annual = entry.dossier.base_form == "5" and entry.delta > 0
    if gap != entry.residual or not annual or not -entry.delta <= gap < 0:
        return
    kinds = {s.kind for s in entry.dossier.statements if s.note in entry.line.notes}
    counted = [t for t in _of_the_year(case) if t.kind in kinds]
    if sum((t.shares for t in counted), ZERO) != -gap:
        return
    words = f"{grouped(-gap)} of the row's {grouped(entry.delta)} are in the totals before, as their notes say"
    yield Candidate(
        shares=gap,
        cost=costs.ELSEWHERE,
        kind="counted-before",
        code="EXPL_ASOF",
        source=counted[-1].source,
        text=words,
        group="counted-before",
        basis="shown",
    )


def _of_the_year(case: Case) -> Iterator[Term]:
    """The terms by which totals of the year before a line were explained, that told what came."""
    period = case.entry.dossier.head.period or case.entry.day or date.max
    for one in case.position.entries[: case.position.place(case.entry)]:
        told = case.rulings.on(one)
        if one.dossier is case.entry.dossier or told.verdict != "explained":
            continue
        if told.explanation is not None and one.day and period - _YEAR < one.day <= period:
            yield from (t for t in told.explanation.terms if t.kind in SENSES and t.shares)
