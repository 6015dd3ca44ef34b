"""Totals whose place on the timeline already says what they are, so that nothing is searched.

They repeat an earlier report, had counted what a later one tells, are as of their filing,
add the owner's other positions, or show their lot alone.
"""

from __future__ import annotations

from typing import Any

from ledger.types import grouped, signed
from projections.filings.records import ZERO
from projections.findings.finding import Explanation, Finding, Rejected, Term, about
from projections.positions.entries import Entry, reference


def evident(entry: Entry, lots: int) -> Finding | None:
    """The finding about a total that needs no search, None where it does.

    `lots` is how often the totals of the entry's owners show their lot alone.
    """
    if entry.repeats is not None:
        return _double_report(entry)
    if entry.ahead:
        return _as_of_filing(entry)
    if entry.settled:
        return _reported_late(entry)
    if entry.scope is not None and not entry.residual:
        return _scoped(entry)
    if entry.lot and entry.residual and entry.returned is None:
        return _lot(entry, lots)
    return None


def _double_report(entry: Entry) -> Finding:
    assert entry.repeats is not None
    first = entry.repeats
    shares = grouped(entry.line.shares or ZERO)
    return about(
        entry.dossier,
        entry.line,
        "DOUBLE_REPORTED",
        f"{shares} shares of {first.line.effective_on}, already reported; counted once",
        evidence=(reference(first),),
    )


def _reported_late(entry: Entry) -> Finding:
    """A total that had counted what only a later filing reported."""
    terms = tuple(
        Term("reported-late", e.delta, reference(e), "reported by a later filing", e.day, e.day)
        for e in entry.settled
        if e.delta
    )
    moved = sum((t.shares for t in terms), ZERO)
    claim, expected = entry.claim or ZERO, (entry.expected or ZERO) - moved
    entry.explanation = Explanation("EXPL_MISSING_FILING", "high", terms)
    words = "; ".join(brief(t) for t in terms)
    return about(
        entry.dossier,
        entry.line,
        "BALANCE_BREAK_EXPLAINED",
        f"reported {grouped(claim)}, expected {grouped(expected)}, {signed(moved)} = {words}",
        expected=expected,
        reported=claim,
        difference=moved,
        explanation=entry.explanation,
        evidence=tuple(t.source for t in terms),
        revised_by=entry.settled[0].dossier.id,
    )


def _as_of_filing(entry: Entry) -> Finding:
    """A total as of its filing, which counts what moved after its row's own day.

    Totals reflect what is reported or reportable by the date of the form (Form 4, General
    Instruction 4(a)(ii)), so this is no error.
    """
    terms = tuple(
        Term("as-of-filing", e.delta, reference(e), "moved after this row's day", e.day, e.day)
        for e in entry.ahead
    )
    moved = sum((t.shares for t in terms), ZERO)
    claim = entry.claim or ZERO
    entry.explanation = Explanation("EXPL_ASOF", "high", terms, explicit=True)
    return about(
        entry.dossier,
        entry.line,
        "BALANCE_BREAK_EXPLAINED",
        f"reported {grouped(claim)}, expected {grouped(claim - moved)} on the row's own day, "
        f"{signed(moved)} moved after it: the total is as of the filing",
        expected=claim - moved,
        reported=claim,
        difference=moved,
        explanation=entry.explanation,
        evidence=tuple(dict.fromkeys(t.source for t in terms)),
    )


def _scoped(entry: Entry) -> Finding:
    """A total that adds the owner's other positions: a habit of some filers, no error."""
    assert entry.scope is not None
    words = "series of the title" if entry.line.table == "II" else "holdings of the class"
    term = Term(
        "class-total",
        entry.scope,
        reference(entry),
        f"the owner's other {words}",
    )
    tried = (
        (Rejected("EXPL_FORM_CHANGE", entry.claim, ZERO, f"{term.text}, moved here without a row"),)
        if entry.line.table == "I"
        else ()
    )
    entry.explanation = Explanation("EXPL_CONVENTION", "medium", (term,), tried)
    if entry.verdict != "opening":
        entry.verdict = "explained"
    kind = "DERIV_POST_SCOPE" if entry.line.table == "II" else "BALANCE_BREAK_EXPLAINED"
    return about_total(
        kind, entry, f"the total includes {grouped(entry.scope)} of the owner's other {words}"
    )


def _lot(entry: Entry, times: int) -> Finding:
    """A total of the lot alone: an error where it happens once, a habit where it recurs."""
    assert entry.claim is not None
    words = f"the total shows only the {grouped(entry.claim)} that moved"
    term = Term("lot-only", entry.residual, reference(entry), words)
    if times > 1:
        entry.explanation = Explanation("EXPL_CONVENTION", "medium", (term,))
        entry.verdict = "explained"
        return about_total("BALANCE_BREAK_EXPLAINED", entry, f"{words}, as this filer's totals do")
    entry.explanation = Explanation("EXPL_FILER_ERROR", "likely", (term,))
    entry.verdict = "unexplained"
    return about_total("LOT_ONLY", entry, words)


def about_total(kind: str, entry: Entry, message: str, **more: Any) -> Finding:
    """A finding about an entry's total, with both numbers and the explanation it has."""
    told = entry.explanation
    return about(
        entry.dossier,
        entry.line,
        kind,
        message,
        expected=entry.expected,
        reported=entry.claim,
        difference=entry.residual,
        explanation=told if isinstance(told, Explanation) else None,
        **more,
    )


def brief(term: Term) -> str:
    """A term in a few words; its own words stand in the explanation."""
    begins, ends = term.effective_from, term.effective_to
    words = f"{signed(term.shares)} {term.kind.replace('-', ' ')}"
    if begins is None or ends is None:
        return words
    return f"{words} on {begins}" if begins == ends else f"{words} between {begins} and {ends}"
