"""A first total with a slip of the pen, as all later ones show: they go on from each other, and not from it.

One number that was written wrongly leaves one total behind. Where the second total of a holding
were the wrong one, those after it would have to go on from a slip, each in a form of its own.
"""

from __future__ import annotations

from decimal import Decimal

from ledger.codes import expected_direction
from ledger.types import grouped
from projections.filings.marks import notes_on_total
from projections.filings.records import ZERO
from projections.findings.explanations import Explanation, Term
from projections.findings.finding import Finding, about
from projections.identity.vehicles import names_a_vehicle
from projections.positions.digits import never_by_chance, slipped_digits, swapped
from projections.positions.entries import Posting, known_after, reference
from projections.positions.rulings import Ruling
from projections.reconciliation.candidates.slip_terms import ROUND_LOT
from projections.reconciliation.case import Case
from projections.reconciliation.verdict import Verdict


def wrong_opening(case: Case, verdict: Verdict) -> Finding | None:
    """The finding on a first total, where that one is wrong and not the second; rules on the second."""
    first, entry = case.before, case.entry
    began = None if first is None else _began(case, first)
    if first is None or began is None or verdict.status in ("explained", "ambiguous"):
        return None
    later = case.position.confirming(entry)
    later = None if later is None or later.dossier is entry.dossier else later
    if not _as_its_row(first, began):
        at_once = later and _told_alone(first, entry, began)
        if any(term.row or term.sibling for term in verdict.chosen) and not (
            at_once and _as_its_code(entry)
        ):
            return None
        slipped = _slipped(first.claim or ZERO, began) and (later or _cannot_be(case))
        alone = at_once or _without_its_row(first, entry, began)
        if not slipped and not (later and alone):
            return None
    claim, source = first.claim or ZERO, reference(first)
    kind, slip = _slip(first, began)
    term = Term(
        "prior-report", entry.residual, source, f"goes on from what {source} should have: {slip}"
    )
    told = Explanation("EXPL_PRIOR_CORRECTION", "likely", (term,))
    case.rulings.rule(entry, Ruling("explained", told, cause=first))
    return about(
        first.dossier,
        first.line,
        kind,
        f"reported {grouped(claim)}, expected {grouped(began)}: {slip}, for {reference(entry)} goes on from there{', and later totals from that one' if later else ''}",
        expected=began,
        reported=claim,
        difference=claim - began,
        explanation=Explanation("EXPL_FILER_ERROR", "likely", (), told.rejected),
        evidence=tuple(map(reference, (entry, *([later] if later else [])))),
        revised_by=entry.dossier.id,
        severity="minor",
    )


def _slip(first: Posting, began: Decimal) -> tuple[str, str]:
    """What a first total has wrong, and the words for it."""
    claim = first.claim or ZERO
    if first.delta and began - claim == first.delta:
        return "MISSED_OWN_ROW", f"the total leaves this line's {grouped(abs(first.delta))} out"
    if swapped(claim, began):
        return "TRANSPOSED_DIGITS", "two digits changed places"
    if _initial(first) and not slipped_digits(claim, began):
        return "ISOLATED_TOTAL_ERROR", "the totals told apart from it go on from each other"
    return "MAGNITUDE_ERROR", "a digit too few or too many"


def _told_alone(first: Posting, entry: Posting, began: Decimal) -> bool:
    """Whether an initial statement alone has its number: that of the second's day, or filed after it.

    Nothing moved between the two that a report could be missing for.
    """
    at_once = first.day == entry.day or known_after(first, entry)
    return _initial(first) and began > ZERO and at_once


def _as_its_code(entry: Posting) -> bool:
    """Whether a row's letter is the one that its code has, so that nothing but a total speaks against it."""
    line = entry.line
    return line.direction == expected_direction(line.code, "II" if line.table == "II" else "I")


def _initial(first: Posting) -> bool:
    """Whether a first total is that of an initial statement, which shows what is held and moves nothing."""
    return first.dossier.base_form == "3"


def _without_its_row(first: Posting, entry: Posting, began: Decimal) -> bool:
    """Whether a first total is the one before its own row, by what is gone on from.

    That as much moved again, and no report tells of it, is as likely of a round lot, but not before an
    initial statement of its day.
    """
    missed = bool(first.delta) and began - (first.claim or ZERO) == first.delta
    at_once = entry.dossier.base_form == "3" and entry.dossier.day == first.dossier.day
    return missed and (at_once or bool(first.delta % ROUND_LOT))


def or_the_first(case: Case, kind: str) -> Posting | None:
    """The first total, where that one may as well be wrong as the second, which a finding of a kind is about.

    A slip of digits makes the one number of the other, whichever was meant, and no note stands on the total.
    Or the second is what a co-owner reports of the vehicle on that day, whose totals go on.
    """
    first = case.before
    began = None if first is None else _began(case, first)
    if first is None or began is None:
        return None
    if kind in _OF_DIGITS and _as_a_co_owner_has_it(case):
        return first
    if kind not in _OF_DIGITS or notes_on_total(case.entry.dossier, case.entry.line):
        return None
    return first if slipped_digits(first.claim or ZERO, began) else None


_OF_DIGITS = (
    "TRANSPOSED_DIGITS",
    "MAGNITUDE_ERROR",
    "OPENING_MISMATCH",
    "GAP_SUSPECTED",
    "SPLIT_UNMODELLED",
)


def _as_a_co_owner_has_it(case: Case) -> bool:
    """Whether another owner's total of the same vehicle and day is this one, and goes on from that one's before."""
    mine, position = case.entry, case.position
    return names_a_vehicle(position.vehicle) and any(
        e.claim == mine.claim and e.day == mine.day and e.follows and e.prior
        for p in case.everyone
        if p.vehicle == position.vehicle and p.tokens == position.tokens
        if p.owners.isdisjoint(position.owners)
        for e in p.entries
    )


def _cannot_be(case: Case) -> bool:
    """Whether a second row takes more than a first total had."""
    expected = case.entry.expected
    return expected is not None and expected < 0


def _as_its_row(first: Posting, began: Decimal) -> bool:
    """Whether the second total goes on from the first row's own amount, and the first's is that but for a slip."""
    own = first.line.shares == began and first.line.table == "II"
    return own and slipped_digits(first.claim or ZERO, began)


def _slipped(claim: Decimal, began: Decimal) -> bool:
    """Whether a slip of digits is likelier than a trade between, which may be of a round number."""
    short = len(claim.normalize().as_tuple().digits) < _LONG
    return never_by_chance(claim, began) and not (short and not (claim - began) % ROUND_LOT)


_LONG = 4
"""Digits before its closing noughts from which a number seldom turns into such another by a trade."""


def _began(case: Case, first: Posting) -> Decimal | None:
    """What the second total goes on from, where the first is the only one before it."""
    entry, position = case.entry, case.position
    alone = position.place(entry) == 1 and first.opening and first.claim and not first.aside
    if not alone or first.dossier is entry.dossier or entry.aside or entry.prior != first.claim:
        return None
    return (entry.prior or ZERO) + entry.residual
