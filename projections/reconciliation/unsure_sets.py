"""Which sets of terms leave open what made a difference, though they close it exactly."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from ledger.statements import SENSES
from projections.filings.records import ZERO
from projections.positions.digits import telling
from projections.reconciliation.candidates.unquantified_notes import UNQUANTIFIED
from projections.reconciliation.case import Candidate, Case


class TermSet(NamedTuple):
    """Terms that close a difference together, and what they cost."""

    score: int
    terms: tuple[Candidate, ...]


def errs(found: TermSet) -> bool:
    """Whether a set says that its filer made an error."""
    return any(t.finding for t in found.terms)


def mistyped(found: TermSet) -> bool:
    """Whether a set is one total with digits exchanged, one more or fewer: hardly ever by chance."""
    told = [(t.finding, t.row) for t in found.terms]
    return told in ([("TRANSPOSED_DIGITS", False)], [("MAGNITUDE_ERROR", False)])


def fits_any_size(found: TermSet) -> bool:
    """Whether a set closes by what brings any amount, which a slip may hide behind.

    A note that gives none, or what a plan accrues that no filing states.
    """
    return accrued(found) or any(t.code == UNQUANTIFIED for t in found.terms)


def accrued(found: TermSet) -> bool:
    """Whether a plan is said to have brought what nobody states."""
    return any(t.code == "EXPL_PLAN_ACCRUAL" and not t.stated for t in found.terms)


def long_and_accrued(found: TermSet, case: Case) -> bool:
    """Whether a plan brought what nobody states to a number so long that digits seldom agree by chance."""
    return accrued(found) and (case.entry.claim or ZERO) >= _LONG


_LONG = 10_000
"""From here on it is one in a thousand that what a plan brings is what exchanged digits make."""


def made_up_for(found: TermSet) -> bool:
    """Whether what a plan is said to have accrued, which nobody states, takes back what a note does.

    A note that tells another number than moved leaves a rest of any size, and so does a plan.
    """
    accrued = [t for t in found.terms if t.code == "EXPL_PLAN_ACCRUAL" and not t.stated]
    return any(
        told.stated and told.shares * rest.shares < 0 and not SENSES[told.kind].from_plan
        for rest in accrued
        for told in found.terms
        if told.kind in SENSES
    )


def as_told(found: TermSet, case: Case) -> bool:
    """Whether what a plan brought, by no one's number, is just what a row or a note beside it tells.

    Counted twice, or not at all, it looks so too; or, of what a note on its line tells, the wrong way.
    """
    moved = [abs(e.delta) for e in (case.entry, case.before) if e is not None]
    known = {x for x in moved if telling(x)} | {abs(t.shares) for t in found.terms if t.stated}
    known |= set() if case.entry.line.code == "S" else {abs(case.entry.delta)}
    notes = case.entry.line.notes
    known |= {
        -said.shares for said in case.entry.dossier.statements if said.shares and said.note in notes
    }
    return any(
        term.shares in known and SENSES[term.kind].from_plan and not term.stated
        for term in found.terms
        if term.kind in SENSES and fits_any_size(found._replace(terms=(term,)))
    )


def more_than_told(found: TermSet, case: Case) -> bool:
    """Whether a plan is said to have accrued more than the note beside it tells of, and more than a little.

    Who says how many were moved into an account says what its total grew by.
    """
    rest = sum(
        (t.shares for t in found.terms if t.code == "EXPL_PLAN_ACCRUAL" and not t.stated), ZERO
    )
    told = [
        t.shares
        for t in found.terms
        if t.stated and t.kind in SENSES and not SENSES[t.kind].from_plan
    ]
    return bool(told) and rest > sum(told, ZERO) > 0 and rest * _LITTLE > (case.entry.prior or ZERO)


_LITTLE = 20
"""What part of an account may come besides what a note tells, and be no more than usual."""


def odd_yield(found: TermSet, case: Case) -> bool:
    """Whether dividends of no number are said to have yielded what they hardly do, to a long number.

    Where exchanged digits make the same of it, that is no less likely.
    """
    before, entry = case.before, case.entry
    last = before.day if before is not None else None
    if last is None or entry.day is None or not entry.prior or (entry.claim or ZERO) < _LONG:
        return False
    if any(t.kind != "dividend-reinvestment" or t.stated for t in found.terms):
        return False
    in_days = entry.prior * (entry.day - last).days
    came = sum((t.shares for t in found.terms), ZERO) * _YEAR
    return not in_days * _LEAST <= came <= in_days * _MOST


_YEAR = 365
_LEAST, _MOST = Decimal("0.004"), Decimal("0.06")
"""Between which parts of a share its dividends of a year mostly lie."""


def of_another_size(found: TermSet, best: TermSet) -> bool:
    """Whether a set only has other holdings exchange another number than the notes in the best one tell.

    Beside that number the best one has what dividends or a plan bring as usual, and nothing else.
    """
    told = [
        t for t in best.terms if t.stated and t.kind in SENSES and SENSES[t.kind].keeps_interest
    ]
    usual = all(t.bounded and not t.doubted for t in best.terms if t not in told)
    if len(told) != 1 or len(best.terms) < _BESIDE or not usual or len(found.terms) != 1:
        return False
    moved = found.terms[0]
    return moved.kind == "change-of-form" and not moved.stated and moved.shares * told[0].shares > 0


_BESIDE = 2
"""Terms of which one is told by its number, and the other is what comes besides."""


def left_open(found: TermSet, case: Case) -> bool:
    """Whether a note names a cause without an amount that nothing bounds, as plans do what is usual.

    Where nothing is left, all of it went.
    """
    return bool(case.entry.claim) and any(
        t.code == UNQUANTIFIED and not t.bounded for t in found.terms
    )
