"""An amount that is not the one of its row's own note, by which the total moves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ledger.addresses import note_ref
from ledger.figures import as_number
from ledger.types import grouped
from projections.checks.noted_amounts import otherwise_told
from projections.filings.records import ZERO
from projections.positions.digits import lengthened, swapped
from projections.reconciliation import costs
from projections.reconciliation.candidates.accrued_yields import accrued_units, accrued_yield
from projections.reconciliation.candidates.award_outcomes import earned_of
from projections.reconciliation.candidates.called_off import called_off
from projections.reconciliation.candidates.short_sales import owed_apart
from projections.reconciliation.candidates.slip_terms import slip
from projections.reconciliation.candidates.stated_amounts import CODES
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


_NUMERAL = re.compile(r"(?<![\d.,$])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d%])")


def reckoned(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """What a note reckons the total by, from the balance before to the one after, item by item.

    "Beginning balance 14,770, award 1,500, withholding (250), ending balance 16,020": both ends are
    those of the line, and what no row moves is among the items.
    """
    entry = case.entry
    figures = {entry.prior or ZERO, entry.claim or ZERO, abs(gap)}
    if gap != entry.residual or ZERO in figures or len(figures) < _APART:
        return
    for note in entry.line.notes:
        text = entry.dossier.text_of(note)
        told = {as_number(found[0]) for found in _NUMERAL.finditer(text)}
        if figures <= told:
            kind = "acquisition-note" if gap > 0 else "disposal-note"
            yield Candidate(
                shares=gap,
                cost=costs.CITED,
                kind=kind,
                code=CODES[kind],
                source=f"{entry.dossier.id}#{note_ref(note, 1, 1)}",
                text=text,
                group=f"reckoned:{note}",
                basis="stated",
            )
            return


_APART = 3
"""The balance before, the one after, and an item: three numbers that do not meet in a note by chance."""

NOTED = (
    as_noted,
    net_of_withheld,
    wholly_gone,
    reckoned,
    called_off,
    earned_of,
    owed_apart,
    accrued_yield,
    accrued_units,
)
"""What notes say of how many came, or went, where it is neither the row's amount nor the note's."""
