"""What the other table of a form has of an exercise: it tells which amount is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from ledger.codes import PAIRED
from ledger.types import grouped
from projections.checks.exercises import lone_rows
from projections.filings.records import ZERO
from projections.positions.digits import lengthened, swapped
from projections.positions.entries import Posting
from projections.reconciliation import costs
from projections.reconciliation.candidates.slip_terms import slip
from projections.reconciliation.case import Candidate, Case


def other_side(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """An amount that is not the one of the exercise's other table, which the total moves by."""
    entry, line = case.entry, case.entry.line
    shown = abs(entry.delta + gap)
    if line.price == shown:
        return  # amount and price changed places
    if not line.shares or (entry.delta + gap) * entry.delta <= 0:
        return
    if shown not in (amount_there(entry), amount_there(entry, under=True)):
        return
    words = f"the amount {grouped(line.shares)} should be {grouped(shown)}, as on the other side"
    kind = "EXERCISE_QUANTITY_MISMATCH"
    if swapped(line.shares, shown):
        kind = "TRANSPOSED_DIGITS"
    elif lengthened(line.shares, shown):
        kind = "MAGNITUDE_ERROR"
    yield slip(case, kind, gap, words, costs.OTHER_TABLE, row=True, shown=True)


def same_letter_there(entry: Posting) -> bool:
    """Whether the other table has the other side of an exercise under the letter of this one.

    What is given up in the one comes in the other: one of the two letters is wrong.
    """
    line = entry.line
    said = (line.code, line.effective_on, line.shares, line.direction)
    return line.code in PAIRED and any(
        (one.code, one.effective_on, one.shares, one.direction) == said
        for one in entry.dossier.lines
        if one.table != line.table
    )


def amount_there(entry: Posting, *, under: bool = False) -> Decimal | None:
    """What the other table has of an exercise, less what this one has besides the line.

    None where a row is missing rather than an amount wrong: each other has one of its size.
    `under` counts, for a line of stock, the shares that the derivatives there stand for.
    """
    line, said = entry.line, (entry.line.code, entry.line.effective_on)
    told = [one for one in entry.dossier.lines if (one.code, one.effective_on) == said]
    told = [one for one in told if not one.holding] if line.code in PAIRED else []
    if lone_rows(told) or any(one.shares is None for one in told):
        return None
    mine = sum((one.shares or ZERO for one in told if one.table == line.table), ZERO)
    stood_for = under and line.table == "I"
    other = sum(
        ((one.underlying_shares if stood_for else one.shares) or ZERO)
        for one in told
        if one.table != line.table
    )
    return other - mine + (line.shares or ZERO) if other else None


def both_totals(case: Case, gap: Decimal) -> bool:
    """Whether the other table's total moves by the same wrong amount less as this one.

    One amount typed for both tables is wrong in both, and their totals show it together.
    """
    entry, line = case.entry, case.entry.line
    told = (line.code, line.shares, line.effective_on)
    return any(
        other.residual == -gap
        and other.line.table != line.table
        and (other.line.code, other.line.shares, other.line.effective_on) == told
        for position in case.holdings
        for other in position.entries
        if other.dossier is entry.dossier
    )


def underlies(case: Case, gap: Decimal) -> bool:
    """Whether a total follows by the shares under a row's units, where its amount is another: that is wrong.

    A unit stands for as many shares as by the line before; for one where that does not tell.
    """
    under, moved, before = case.entry.line.underlying_shares, case.entry.delta, case.before
    if not under or not moved:
        return False
    told = None if before is None else before.line.underlying_shares
    of = None if before is None else (before.claim if before.line.holding else before.line.shares)
    ratio = Fraction(told) / Fraction(of) if told and of else Fraction(1)
    meant, typed = (Fraction(abs(shares)) * ratio for shares in (moved + gap, moved))
    return meant == under != typed
