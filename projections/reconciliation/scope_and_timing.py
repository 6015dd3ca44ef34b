"""Totals whose place on the timeline already says what they are, so that nothing is searched.

They repeat an earlier report, had counted what a later one tells, are as of their filing,
add the owner's other positions, or show their lot alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import msgspec

from ledger.statements import SENSES
from ledger.types import grouped, signed
from projections.filings.records import ZERO
from projections.findings.explanations import Explanation, Rejected, Term
from projections.findings.finding import Finding, about
from projections.positions.entries import (
    ALL_SERIES,
    UNDECIDED,
    Astray,
    Entry,
    Posting,
    begins_with,
    reference,
)
from projections.positions.lot_totals import half_went
from projections.positions.older_statements import OLDER
from projections.positions.pool_totals import CONTRADICTED, DISPUTED
from projections.positions.position import Position
from projections.positions.rulings import Ruling, Rulings
from projections.positions.totals_before import BEFORE
from projections.reconciliation.added_once import added_once, beyond_the_sum, left_out_instead
from projections.reconciliation.all_series_totals import of_all_series


def evident(
    position: Position, place: int, lots: int, rulings: Rulings, siblings: Sequence[Position]
) -> Finding | None:
    """The finding about a total that needs no search, None where it does.

    `lots` is in how many filings the totals of the entry's owners show their lot alone,
    `siblings` are their other holdings of the class, of derivatives their other series.
    """
    entry = position.entries[place]
    if entry.rival is not None:
        return _second_total(entry, entry.rival)
    if entry.astray is not None and not entry.residual:
        return _astray(entry, entry.astray, rulings)
    if entry.repeats is not None:
        return _double_report(entry)
    if entry.ahead and not entry.residual:
        return _as_of_filing(entry, rulings)
    if entry.settled and not entry.residual:
        return _reported_late(entry, rulings)
    if entry.convention == BEFORE and not entry.residual and entry.beside:
        return _before_rows(position, place, rulings)
    if entry.scope is not None and not entry.residual:
        known = beyond_the_sum(position, place, siblings)
        if known is not None:
            return _beyond_the_sum(entry, *known, rulings)
        once = added_once(position, place, siblings)
        left = left_out_instead(position, place) if once else None
        told = _scoped(entry, rulings, once=once, left=left)
        before = position.entries[place - 1] if place else entry
        same = before.scope is not None and before.dossier is entry.dossier
        if same and before != entry:
            cause = (rulings.on(before).cause or before) if once else None
            rulings.rule(entry, msgspec.structs.replace(rulings.on(entry), cause=cause))
            return None
        return told
    if entry.returned is not None and entry.residual and not entry.lot:
        return _corrected(entry, position.posting(entry.returned), rulings)
    if entry.lot and entry.residual and entry.returned is None:
        return _lot(entry, rulings, usual=lots > 1 or _left_together(position, place))
    if entry.lot and entry.expected is None and entry.claim is not None:
        return _first_lot(entry, lots)
    return None


def _second_total(entry: Posting, rival: Entry) -> Finding:
    """The finding on a line that gives a holding a second total in one form."""
    claim, other = entry.claim or ZERO, rival.claim or ZERO
    words = f"a second direct total of the class, {grouped(claim)}, where {rival.line.ref} of the form gives {grouped(other)}: one owner has one direct holding"
    if entry.repeats is not None:
        words = f"{grouped(claim)} after the deal that {reference(rival)} tells with {grouped(other)}: two owners report one holding, and one of the totals is wrong"
    above = entry.line.holding and entry.line.line < rival.line.line
    before = above and rival.claim is not None and claim == rival.claim - rival.delta
    return about(
        entry.dossier,
        entry.line,
        "CONFLICTING_TOTALS",
        words + (", what there was before it" if before else ""),
        severity="info" if before else "",
        expected=entry.expected,
        reported=entry.claim,
        difference=entry.residual,
        evidence=(reference(rival),),
    )


def _double_report(entry: Posting) -> Finding:
    first = entry.repeats
    assert first is not None
    others = not _owners(entry) & _owners(first)
    if others and entry.residual not in (ZERO, *entry.noted):
        return _second_total(entry, first)
    return about(
        entry.dossier,
        entry.line,
        "DOUBLE_REPORTED",
        f"{grouped(entry.line.shares or ZERO)} shares of {first.line.effective_on}, already reported{' by another of its owners' if others else ''}; counted once",
        evidence=(reference(first),),
        severity="info" if others or _says_so(entry) else "",
    )


def _says_so(entry: Posting) -> bool:
    """Whether a note on a row says that an earlier report told of it: nobody forgot that."""
    return any(
        said.kind == "previously-reported" and said.shares is None and said.note in entry.line.notes
        for said in entry.dossier.statements
    )


def _owners(entry: Entry) -> set[str | None]:
    """Who files an entry: each of several owners has to report what they hold together."""
    return {owner.cik or owner.name for owner in entry.dossier.head.owners}


def _astray(entry: Posting, off: Astray, rulings: Rulings) -> Finding | None:
    """A total that counts a trade again, or goes on from a number put right since."""
    (dossier, line), claim = off.because, entry.line.shares_after
    told = rulings.on(entry).explanation
    source = f"{dossier.id}#{line.ref}"
    if off.kind == UNDECIDED:
        words = f"{grouped(line.shares or ZERO)} shares of {line.effective_on}, already told by {source}: no later total shows whether they moved twice"
        return about(entry.dossier, entry.line, "DOUBLE_REPORTED", words, evidence=(source,))
    if off.kind == ALL_SERIES:
        return of_all_series(entry, off)
    told_by_both = off.kind in (CONTRADICTED, DISPUTED)
    if not (off.copy or told_by_both or (off.kind in ("uncorrected", OLDER) and off.named)):
        return None
    more: dict[str, Any] = {"evidence": (source,)}
    shown = ""
    if claim is not None and entry.claim is not None:
        more |= {"expected": entry.claim, "reported": claim, "difference": off.shares}
        shown = f"reported {grouped(claim)}, expected {grouped(entry.claim)}"
    if off.copy:
        kind = "DUPLICATE_ROW" if dossier is entry.dossier else "DOUBLE_REPORTED"
        size = grouped(entry.line.shares or ZERO)
        days = [day for day in (line.effective_on, entry.line.effective_on) if day]
        words = f"{size} shares of {min(days)}, already told by {source}; counted once"
        words += f": {shown}" if shown else ""
        return about(entry.dossier, entry.line, kind, words, **more)
    if told_by_both:
        owner = dossier.head.owners[0].name if dossier.head.owners else None
        words = f"{shown}: {owner or 'another owner'} reports the same movement with a total of {grouped(line.shares_after or ZERO)} ({source})"
        words += (
            ", and goes on: two owners report one holding"
            if off.shares
            else "; nothing goes on from this one"
        )
        return about(entry.dossier, entry.line, "CONFLICTING_TOTALS", words, **more)
    because = told.terms[0].text if told else ""
    words = f"{shown}, {signed(off.shares)}: the total {because}"
    kind = "BALANCE_BREAK_EXPLAINED"
    return about(entry.dossier, entry.line, kind, words, explanation=told, **more)


def as_printed(entry: Posting) -> str:
    """Words for a total that is weighed without an error that is known: what the form has."""
    off, claim = entry.astray, entry.line.shares_after
    if off is None or claim is None or claim == entry.claim:
        return ""
    dossier, line = off.because
    return f" (the form has {grouped(claim)}, off by {signed(off.shares)} as {dossier.id}#{line.ref} shows)"


def _corrected(entry: Posting, back: Posting, rulings: Rulings) -> Finding | None:
    """A wrong total whose error the filing that returns to the line states itself."""
    said = next(
        (
            s
            for s in back.dossier.statements
            if SENSES[s.kind].corrects and s.shares == abs(entry.residual)
            if s.direction is None or (s.direction == "disposed") == (entry.residual > 0)
        ),
        None,
    )
    if said is None:
        return None
    source, words = f"{back.dossier.id}#{said.ref}", back.dossier.quote(said)
    told = Explanation(
        "EXPL_PRIOR_CORRECTION",
        "high",
        (Term("report-correction", entry.residual, source, words),),
        explicit=True,
    )
    rulings.rule(entry, Ruling("explained", told))
    claim, expected = grouped(entry.claim or ZERO), grouped(entry.expected or ZERO)
    return about_total(
        "BALANCE_BREAK_EXPLAINED",
        entry,
        rulings,
        f"reported {claim}, expected {expected}; a later note says that it was wrong by "
        f"{grouped(abs(entry.residual))}",
        evidence=(source,),
        revised_by=back.dossier.id,
    )


def _reported_late(entry: Posting, rulings: Rulings) -> Finding:
    """A total that had counted what only a later filing reported."""
    terms = tuple(
        Term(
            kind="reported-late",
            shares=e.delta,
            source=reference(e),
            text="reported by a later filing",
            effective_from=e.day,
            effective_to=e.day,
        )
        for e in entry.settled
        if e.delta
    )
    moved = sum((t.shares for t in terms), ZERO)
    claim, expected = entry.claim or ZERO, (entry.expected or ZERO) - moved
    told = Explanation("EXPL_MISSING_FILING", "high", terms)
    rulings.rule(entry, Ruling("explained", told))
    words = "; ".join(brief(t) for t in terms)
    return about(
        entry.dossier,
        entry.line,
        "BALANCE_BREAK_EXPLAINED",
        f"reported {grouped(claim)}, expected {grouped(expected)}, {signed(moved)} = {words}",
        expected=expected,
        reported=claim,
        difference=moved,
        explanation=told,
        evidence=tuple(t.source for t in terms),
        revised_by=entry.settled[0].dossier.id,
    )


def _as_of_filing(entry: Posting, rulings: Rulings) -> Finding:
    """A total as of its filing, which counts what moved after its row's own day.

    Totals reflect what is reported or reportable by the date of the form (Form 4, General
    Instruction 4(a)(ii)), so this is no error.
    """
    terms = tuple(
        Term(
            kind="as-of-filing",
            shares=e.delta,
            source=reference(e),
            text="moved after this row's day",
            effective_from=e.day,
            effective_to=e.day,
        )
        for e in entry.ahead
    )
    moved = sum((t.shares for t in terms), ZERO)
    claim = entry.claim or ZERO
    told = Explanation("EXPL_ASOF", "high", terms, explicit=True)
    rulings.rule(entry, Ruling("explained", told))
    return about(
        entry.dossier,
        entry.line,
        "BALANCE_BREAK_EXPLAINED",
        f"reported {grouped(claim)}, expected {grouped(claim - moved)} on the row's own day, "
        f"{signed(moved)} moved after it: the total is as of the filing",
        expected=claim - moved,
        reported=claim,
        difference=moved,
        explanation=told,
        evidence=tuple(dict.fromkeys(t.source for t in terms)),
    )


def _scoped(
    entry: Posting, rulings: Rulings, *, once: bool, left: tuple[str, str, str] | None
) -> Finding:
    """A total that adds the owner's other positions: a habit of some filers, no error.

    In doubt where it is none: `once` alone. It may have `left` a row out instead.
    """
    assert entry.scope is not None
    words = "series of the title" if entry.line.table == "II" else "holdings of the class"
    term = Term("class-total", entry.scope, reference(entry), f"the owner's other {words}")
    tried = (
        (Rejected("EXPL_FORM_CHANGE", entry.claim, ZERO, f"{term.text}, moved here without a row"),)
        if entry.line.table == "I"
        else ()
    )
    why = Explanation("EXPL_CONVENTION", "low" if once else "medium", (term,), tried)
    if once:
        return _once(entry, entry.scope, rulings, why, left)
    rulings.rule(entry, Ruling("opening" if entry.opening else "explained", why))
    kind = "DERIV_POST_SCOPE" if entry.line.table == "II" else "BALANCE_BREAK_EXPLAINED"
    told = f"the total includes {grouped(entry.scope)} of the owner's other {words}"
    if entry.scope < 0:
        told = f"the total is without {grouped(-entry.scope)} of the series, in tranches listed below it"
    if entry.opening and begins_with(entry.line):
        told = f"the total includes {grouped(entry.scope)} of other series: this one begins with this grant"
    return about_total(kind, entry, rulings, told)


def _beyond_the_sum(entry: Posting, others: Decimal, shown: Posting, rulings: Rulings) -> Finding:
    """A total of all series that is none: they are known, and come to another number."""
    claim, scope = entry.claim or ZERO, entry.scope or ZERO
    expected = claim - scope + others
    words = f"the owner's other series came to {grouped(others)}, which the total of {reference(shown)} bears out"
    term = Term("filer-error", scope - others, reference(shown), words)
    rulings.rule(entry, Ruling("ambiguous", Explanation("EXPL_FILER_ERROR", "low", (term,))))
    off = f"reported {grouped(claim)}, expected {grouped(expected)}, {signed(scope - others)}: {words}"
    return about(
        entry.dossier,
        entry.line,
        "BALANCE_BREAK_AMBIGUOUS",
        off + "; the total is wrong, or there are series that no report here tells of",
        severity="minor",
        expected=expected,
        reported=claim,
        difference=scope - others,
        explanation=rulings.on(entry).explanation,
        evidence=(reference(shown),),
    )


def _once(
    entry: Posting,
    added: Decimal,
    rulings: Rulings,
    why: Explanation,
    left: tuple[str, str, str] | None,
) -> Finding:
    """A total that alone adds the owner's other holdings: in doubt, or a row left out."""
    words = "as much as the owner's other holdings of the class, which no other total adds"
    claim = entry.claim or ZERO
    off = f"reported {grouped(claim)}, expected {grouped(claim - added)}, {signed(added)}: "
    if left is None:
        kind, told_as = "BALANCE_BREAK_AMBIGUOUS", off + words
        rulings.rule(entry, Ruling("ambiguous", why))
        return about_total(kind, entry, rulings, told_as, severity="minor")
    kind, slip, source = left
    term = Term("filer-error", added, source, slip)
    told = Explanation("EXPL_FILER_ERROR", "low", (term,), why.rejected)
    rulings.rule(entry, Ruling("unexplained", told))
    told_as = f"{off}{slip}, or is {words}"
    return about_total(kind, entry, rulings, told_as, severity="minor", evidence=(source,))


def _before_rows(position: Position, place: int, rulings: Rulings) -> Finding | None:
    """The finding on the first of a filer's totals that are those before their own rows.

    The others are explained by it.
    """
    entry = position.entries[place]
    words = "the total is what was owned before its row, as this filer's totals are"
    term = Term(BEFORE, entry.beside, reference(entry), words)
    told = Explanation("EXPL_CONVENTION", "medium", (term,))
    rulings.rule(entry, Ruling("opening" if entry.opening else "explained", told))
    run = [e for e in position.entries if e.convention == BEFORE and e.beside and not e.residual]
    if run[0] != entry:
        return None
    forms = len({e.dossier.stream for e in run})
    others = f"{forms} forms of this filer" if forms > 1 else "the rows beside it"
    claim, after = entry.claim or ZERO, (entry.claim or ZERO) - entry.beside
    return about(
        entry.dossier,
        entry.line,
        "MISSED_OWN_ROW",
        f"reported {grouped(claim)}, expected {grouped(after)}: the total is what was owned before the row, as those of {others} are",
        expected=after,
        reported=claim,
        difference=entry.beside,
        explanation=told,
        evidence=tuple(dict.fromkeys(map(reference, run)))[:8],
    )


def _left_together(position: Position, place: int) -> bool:
    """Whether a row of the same form, whose total is no lot, takes all the lots and leaves none."""
    form, rest = position.entries[place].dossier, position.entries[place:]
    return any(e.follows and not e.lot and e.claim == 0 for e in rest if e.dossier is form)


def _lot(entry: Posting, rulings: Rulings, *, usual: bool) -> Finding:
    """A total of the lot alone: an error where it happens once, a habit where it recurs."""
    assert entry.claim is not None
    shown = (
        f"only the {grouped(entry.claim)} that moved" if entry.claim else "what is left of the lots"
    )
    words = f"the total shows {shown}"
    term = Term("lot-only", entry.residual, reference(entry), words)
    if usual:
        told = Explanation("EXPL_CONVENTION", "medium", (term,))
        rulings.rule(entry, Ruling("explained", told))
        words = f"{words}, as this filer's totals do"
        return about_total("BALANCE_BREAK_EXPLAINED", entry, rulings, words)
    told = Explanation("EXPL_FILER_ERROR", "likely", (term,))
    rulings.rule(entry, Ruling("unexplained", told))
    return about_total("LOT_ONLY", entry, rulings, words)


def _first_lot(entry: Posting, times: int) -> Finding:
    """A first total that a later row, or a later total, shows to be its lot alone."""
    left = (
        f"shows only the {grouped(entry.claim)} that moved"
        if entry.claim
        else "is what the lot left"
    )
    words = f"the total {left}: "
    words += f"{'the next goes on from another number' if half_went(entry) else 'later reports show that there was more'}"
    kind = "LOT_ONLY"
    if times:
        kind, words = "BALANCE_BREAK_EXPLAINED", f"{words}, as this filer's totals do"
    return about(entry.dossier, entry.line, kind, words, reported=entry.claim)


def about_total(kind: str, entry: Posting, rulings: Rulings, message: str, **more: Any) -> Finding:
    """A finding about an entry's total, with both numbers and the explanation it has."""
    return about(
        entry.dossier,
        entry.line,
        kind,
        message,
        expected=entry.expected,
        reported=entry.claim,
        difference=entry.residual,
        explanation=rulings.on(entry).explanation,
        **more,
    )


def brief(term: Term) -> str:
    """A term in a few words; its own words stand in the explanation."""
    begins, ends = term.effective_from, term.effective_to
    words = f"{signed(term.shares)} {term.kind.replace('-', ' ')}"
    if begins is None or begins == ends:
        return words if begins is None else f"{words} on {begins}"
    return f"{words} since {begins}" if ends is None else f"{words} between {begins} and {ends}"
