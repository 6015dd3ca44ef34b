"""Shares withheld of those that came: in a row that has what was left, or in a note that nets them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ledger.figures import FIGURE, as_number
from ledger.loading import pattern
from ledger.statements import SENSES
from ledger.types import grouped
from projections.filings.records import ZERO
from projections.reconciliation import costs
from projections.reconciliation.candidates.slip_terms import slip
from projections.reconciliation.candidates.stated_amounts import CODES
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


_OF_WHICH = pattern(
    rf"\b(?:of\s+which|less|net\s+of)\s+(?P<kept>{FIGURE})\s+(?:shares\s+)?"
    r"(?:that\s+|which\s+)?(?:(?:was|were)\s+)?withheld\b",
    re.IGNORECASE,
)
"""How many of the shares that a vehicle paid out were kept back for taxes."""


def net_of_withheld(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """What came of shares that a vehicle gave, where the line's note says that some were withheld."""
    entry = case.entry
    if case.position.form != "direct" or gap != entry.residual or gap <= 0:
        return
    for said in entry.dossier.statements:
        if not SENSES[said.kind].keeps_interest or said.shares is None:
            continue
        words = entry.dossier.quote(said) if said.note in entry.line.notes else ""
        kept = [as_number(one["kept"]) for one in _OF_WHICH.finditer(words)]
        if said.kind in CODES and any(said.shares - withheld == gap for withheld in kept):
            yield Candidate(
                shares=gap,
                cost=costs.CITED,
                kind=said.kind,
                code=CODES[said.kind],
                source=f"{entry.dossier.id}#{said.ref}",
                text=words,
                group=f"{entry.dossier.id}#{said.ref}",
                stated=True,
                effective_from=said.effective_from,
                effective_to=said.effective_to,
                basis="stated",
            )
            return
