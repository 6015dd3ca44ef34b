"""What is held where a line stands under another holding than its own, or two totals changed places."""

from __future__ import annotations

from projections.filings.parts import one_report
from projections.filings.records import ZERO
from projections.positions.entries import Posting, reference
from projections.positions.rulings import Displaced
from projections.reconciliation.candidates.ownership_transfers import changed_places
from projections.reconciliation.case import Case


def displace(case: Case, last: Posting, *, likely: bool) -> None:
    """Let the rows from a total on that goes on from another holding count there, not here."""
    entry, rulings = case.entry, case.rulings
    before, moved = entry.prior or ZERO, ZERO
    for row in case.position.entries[case.position.place(entry) :]:
        moved += row.delta
        here = Displaced(
            before - (row.balance or ZERO), row.day, reference(entry), likely, case.before
        )
        rulings.displace(row, here)
    rulings.displace(last, Displaced(moved, entry.day, reference(entry), likely))


def exchange(case: Case, other: Posting) -> None:
    """Let two totals of a form that changed places, and that no line follows, count each for the other."""
    entry, last = case.entry, [p.entries[-1] for p in case.holdings if p.entries]
    if not one_report(other.dossier, entry.dossier) or not changed_places(entry, other):
        return
    for one, its in ((entry, other), (other, entry)):
        if any(one is end for end in last):
            right = Displaced(-one.residual, one.day, reference(its), likely=True)
            case.rulings.displace(one, right)
