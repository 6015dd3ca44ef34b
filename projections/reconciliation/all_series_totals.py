"""What is said of a total that is not that of all series, where this filer's others are."""

from __future__ import annotations

from ledger.types import grouped, signed
from projections.filings.records import ZERO
from projections.findings.finding import Finding, about
from projections.positions.digits import swapped
from projections.positions.entries import Astray, Posting


def of_all_series(entry: Posting, off: Astray) -> Finding:
    """A total that is not that of all series, where this filer's others are."""
    (dossier, line), claim = off.because, entry.line.shares_after or ZERO
    source, shares = f"{dossier.id}#{line.ref}", off.shares
    if not shares:
        due = (line.shares_after or ZERO) + entry.delta
        words = f"reported {grouped(claim)}, expected {grouped(due)}, {signed(claim - due)}: the totals count all series, and this one does not go on from {source}"
        return about(
            entry.dossier,
            entry.line,
            "BALANCE_BREAK_AMBIGUOUS",
            words + "; it is wrong, or a report before it is missing here",
            severity="minor",
            reported=claim,
            evidence=(source,),
        )
    kind, due = "ISOLATED_TOTAL_ERROR", claim - shares
    if shares == -entry.delta:
        kind = "MISSED_OWN_ROW"
    elif shares == entry.delta:
        kind = "DOUBLE_APPLIED_ROW"
    elif swapped(claim, due):
        kind = "TRANSPOSED_DIGITS"
    words = f"reported {grouped(claim)}, expected {grouped(due)}, {signed(shares)}: the totals count all series, and {source} goes on from the one before"
    return about(
        entry.dossier,
        entry.line,
        kind,
        words,
        expected=due,
        reported=claim,
        difference=shares,
        evidence=(source,),
    )
