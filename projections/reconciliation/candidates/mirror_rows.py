"""A move between an owner's own holdings, told by two rows: one amount typed in both is wrong in both."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger.types import grouped
from projections.filings.parts import one_report
from projections.positions.digits import lengthened, swapped
from projections.positions.entries import Posting
from projections.reconciliation import costs
from projections.reconciliation.candidates.slip_terms import PASSING, slip
from projections.reconciliation.case import Candidate, Case


def mirrored_amount(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """An amount that is not the one of the row which moves it into another holding, or out of it.

    The line's own total moves by what the other row tells, and the total of that one follows.
    """
    entry, line = case.entry, case.entry.line
    shown = entry.delta + gap
    if not line.shares or shown * entry.delta <= 0:
        return
    kind = "TRANSPOSED_DIGITS" if swapped(line.shares, abs(shown)) else "MAGNITUDE_ERROR"
    if kind == "MAGNITUDE_ERROR" and not lengthened(line.shares, abs(shown)):
        return
    said = (entry.dossier, line.code, line.effective_on, -shown)
    for position in case.holdings:
        for other in position.entries:
            row = other.line
            if other.follows and (other.dossier, row.code, row.effective_on, other.delta) == said:
                words = f"the amount {grouped(line.shares)} should be {grouped(abs(shown))}, as in {row.ref}"
                yield slip(case, kind, gap, words, costs.OTHER_TABLE, row=True, shown=True)
                return


def amounts_exchanged(one: Posting, other: Posting) -> bool:
    """Whether two rows of one trade have each other's amount: each total moves by that, and not by its own.

    That just as many went between the two besides as the one is more than the other is less likely.
    """
    mine, its = one.line, other.line
    said = [(ln.code, ln.effective_on, ln.price) for ln in (mine, its)]
    crossed = one.delta + one.residual == other.delta != one.delta
    return (
        crossed
        and other.residual == -one.residual
        and bool(one.delta)
        and said[0] == said[1]
        and one_report(one.dossier, other.dossier)
    )


def same_letter_beside(case: Case) -> bool:
    """Whether another holding got, or gave, as much under the letter of this row, where both pass shares on.

    Its total follows, and this one goes the other way by as much: what left the one came to the other.
    """
    entry, line = case.entry, case.entry.line
    if line.code not in PASSING or entry.residual != -2 * entry.delta:
        return False
    said = (line.code, line.effective_on, entry.delta)
    return any(
        other.follows
        and one_report(other.dossier, entry.dossier)
        and (other.line.code, other.line.effective_on, other.delta) == said
        for position in case.siblings
        for other in position.entries
    )


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
            if one_report(other.dossier, entry.dossier)
            and (other.delta, other.residual, other.line.effective_on) == mirrored
        ),
        None,
    )
