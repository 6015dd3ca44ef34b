"""A move between an owner's own holdings, told by two rows: one amount typed in both is wrong in both."""

from __future__ import annotations

from projections.positions.digits import lengthened, swapped
from projections.positions.entries import Posting
from projections.reconciliation.case import Case


def mirror_row(case: Case) -> Posting | None:
    """The row of another holding whose amount is as wrong as that of the line to explain, if any.

    What leaves the one enters the other, on one day and in one filing, and both totals move by
    one other amount, which is the typed one with a slip of the pen. That as much moved besides,
    and no row tells of it, is less likely.
    """
    entry = case.entry
    amount, moved = entry.line.shares, abs(entry.delta + entry.residual)
    if not amount or not (swapped(amount, moved) or lengthened(amount, moved)):
        return None
    mirrored = (-entry.delta, -entry.residual, entry.line.effective_on)
    return next(
        (
            other
            for position in case.siblings
            for other in position.entries
            if other.dossier is entry.dossier
            and (other.delta, other.residual, other.line.effective_on) == mirrored
        ),
        None,
    )
