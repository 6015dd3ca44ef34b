"""Every claim that does not follow: explained, named by its cause, or left open.

One error gives one finding: the mirror image of a slip, and the return to line after it,
raise none.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from ledger.statements import SENSES
from ledger.types import grouped, signed
from projections.checks.class_conversions import counterparts_of
from projections.corporate_actions.splits import infer
from projections.filings.records import ZERO
from projections.findings.finding import Finding
from projections.issuer import Folded
from projections.positions.entries import Posting, reference
from projections.positions.position import Position
from projections.positions.rulings import Emptied, Ruling, Rulings
from projections.reconciliation import alternating_totals as alternating
from projections.reconciliation.candidates.award_outcomes import beyond_results
from projections.reconciliation.candidates.filer_slips import the_row
from projections.reconciliation.candidates.other_rows import Elsewhere, candidates, told_elsewhere
from projections.reconciliation.candidates.ownership_transfers import series_beside, siblings_of
from projections.reconciliation.candidates.report_resumed import left_the_report
from projections.reconciliation.candidates.splits import as_a_dividend, beside_split
from projections.reconciliation.candidates.told_movements import told_twice
from projections.reconciliation.candidates.unquantified_notes import UNQUANTIFIED
from projections.reconciliation.case import Candidate, Case
from projections.reconciliation.conversions import converted_otherwise
from projections.reconciliation.described_otherwise import describe_anew
from projections.reconciliation.displacing import displace, exchange
from projections.reconciliation.joined_tables import join_tables
from projections.reconciliation.misplaced_lines import strays
from projections.reconciliation.passed_on import pass_on
from projections.reconciliation.renamed_vehicles import join_renamed
from projections.reconciliation.returns_through_splits import join_through_splits
from projections.reconciliation.rhythm import (
    after_silence,
    as_dividends,
    as_usual,
    in_a_programme,
    long_unheard,
    out_of_rhythm,
)
from projections.reconciliation.scope_and_timing import about_total, as_printed, brief, evident
from projections.reconciliation.search import search
from projections.reconciliation.split_findings import inferred, splittable, stale
from projections.reconciliation.taken_back import taken_back
from projections.reconciliation.title_totals import title_totals
from projections.reconciliation.untold_notes import change_noted, unread
from projections.reconciliation.verdict import Verdict
from projections.reconciliation.wrong_openings import or_the_first, wrong_opening

_ROUNDS = 2
"""How often the book posts again, at most, for what reconciliation finds misplaced."""


def breaks(folded: Folded) -> Iterator[Finding]:
    """Explain or name every broken claim of an issuer, and rule on it.

    Lines in a wrong place, and notes that a later total went back behind, have the book post
    again; what that brings to light has it post once more, and then the breaks stand.
    """
    told: list[Elsewhere] = []
    taken: list[Finding] = []
    yield from title_totals(folded)
    yield from converted_otherwise(folded)
    pass_on(folded)
    join_renamed(folded)
    join_tables(folded)
    for _ in range(_ROUNDS):
        describe_anew(folded)
        yield from strays(folded)
        taken += taken_back(folded)
        folded.splits = infer(splittable(folded.book.positions), folded.dossiers)
        broken = any(e.residual for p in folded.book.positions for e in p.entries)
        told = told_elsewhere(folded) if broken else []
        if not broken or not _post_again(folded, told):
            break
    positions = folded.book.positions
    yield from inferred(folded.splits)
    yield from stale(splittable(positions), folded.splits)
    covered: list[Posting] = []
    named = {(one.filing, one.row) for one in taken}
    shown = {
        (p.owners, e.dossier.stream) for p in positions for e in p.entries if e.lot and e.residual
    }
    lots = Counter(owners for owners, _ in shown)
    for position in positions:
        if any(_to_tell(entry) for entry in position.entries):
            found = _of_position(position, folded, told, covered, lots[position.owners])
            yield from (one for one in found if (one.filing, one.row) not in named)
    yield from taken


def _post_again(folded: Folded, told: list[Elsewhere]) -> bool:
    """Whether a note says what moved before a total that a later one went back behind: it stands."""
    upheld = False
    for position in folded.book.positions:
        if not any(e.returned and e.residual and not e.lot for e in position.entries):
            continue
        siblings, habits = siblings_of(position, folded), list[Candidate]()
        for place in range(len(position.entries)):
            entry = position.entries[place]
            if not entry.returned or not entry.residual or entry.lot:
                continue
            case = _case(position, place, folded, told=told, siblings=siblings, habits=habits)
            if alternating.risen_again(position, entry) or alternating.stands(case, search(case)):
                alternating.uphold_explained(position, entry)
                upheld = True
    return upheld


def _case(
    position: Position,
    place: int,
    folded: Folded,
    told: list[Elsewhere],
    siblings: list[Position],
    habits: list[Candidate],
) -> Case:
    """A broken total of a position, with everything a rule may look at."""
    entry, before = position.entries[place], position.entries[place - 1] if place else None
    return Case(
        entry=entry,
        position=position,
        before=before,
        siblings=siblings,
        splits=[s for s in folded.splits if position.unit == "shares" and s.touches(position)],
        habits=habits,
        amended=folded.targets.get(entry.dossier.stream),
        restated=folded.restated,
        elsewhere=tuple(candidates(told, entry, before, position)),
        rulings=folded.rulings,
        initial=_listed_at_first(position, folded),
        incomplete=entry.dossier.stream in folded.orphans or folded.begins_anew(entry.dossier),
        other_forms=counterparts_of(position, folded, of_any_holder=True),
        other_series=series_beside(position, folded),
        holdings=folded.positions_of(position.owners),
        misnamed=folded.misnamed,
        odd_names=folded.odd_names,
        everyone=folded.book.positions,
        left_report=left_the_report(position, before, entry, folded),
    )


def _listed_at_first(position: Position, folded: Folded) -> bool:
    """Whether an initial statement of an owner is here, and nothing of the position is known from before it."""
    began = position.entries[0].day
    return any(
        position.owners & keys and (began is None or on <= began) for keys, on in folded.initials
    )


def _to_tell(entry: Posting) -> bool:
    """Whether something may have to be said of a total, that it breaks or what it means."""
    known = entry.repeats or entry.settled or entry.astray is not None or entry.lot
    return bool(entry.residual or entry.beside or known)


def _of_position(
    position: Position, folded: Folded, told: list[Elsewhere], covered: list[Posting], lots: int
) -> Iterator[Finding]:
    """Explain or name every broken claim of a position; `covered` are errors named at its kin."""
    siblings, series = siblings_of(position, folded), series_beside(position, folded)
    alternating.join_returns(position)
    join_through_splits(position, folded.splits)
    habits: list[Candidate] = []
    rulings, slip = folded.rulings, None
    places = deque(range(len(position.entries)))
    while places:
        place = places.popleft()
        entry = position.entries[place]
        known = evident(position, place, lots, rulings, series or siblings)
        slip = slip if slip is not None and slip.returned == entry.returned else None
        if known is not None:
            yield known
        elif slip is not None and entry.returned and entry.residual == slip.residual:
            rulings.rule(entry, msgspec.structs.replace(rulings.on(slip), meant=None, cause=slip))
        elif entry.residual:
            slip = entry if entry.returned else None
            case = _case(position, place, folded, told=told, siblings=siblings, habits=habits)
            case = msgspec.structs.replace(case, lots=lots)
            back = reference(entry.returned) if entry.returned else None
            verdict = search(case, refuted_by=back)
            if _narrowed(case, verdict):
                places.appendleft(place)
                continue
            by_split = verdict.kind == "SPLIT_UNMODELLED" and case.of_an_earlier_award
            if verdict.status != "explained" and (by_split or _forgotten(entry, position, rulings)):
                verdict = verdict.nameless()
            other, opened = _wrong_row(case, verdict), wrong_opening(case, verdict)
            if opened is not None:
                yield opened
            elif other is not None:
                position.break_at(entry, other)
            elif _settle(case, verdict, covered):
                yield _break(case, verdict)


def _narrowed(case: Case, verdict: Verdict) -> bool:
    """Take a total, and those after it, to add the owner's other holdings, if that explains it.

    They do until a line shows the holding alone. What is left then is judged without them.
    """
    entry, position = case.entry, case.position
    added = next((t.shares for t in verdict.chosen if t.kind == "class-total"), ZERO)
    known = entry.scope is not None
    if verdict.status != "explained" or entry.aside or not (added > 0 or (added and known)):
        return False
    later = position.entries[position.place(entry) + 1 :]
    alone = next((e for e in later if e.scope != entry.scope or _without(e, added)), None)
    position.narrow(entry, added, alone)
    if alone is not None and position.posting(alone).returned is not None:
        position.uphold(position.posting(alone))  # the next adds them again
    return True


def _without(entry: Posting, added: Decimal) -> bool:
    """Whether a total falls by what those before it added, and a line by nearly that or more."""
    fell = entry.residual < 0 < added
    alone = entry.line.holding and -10 * entry.residual > 9 * added
    return fell and (entry.residual == -added or alone)


def _settle(case: Case, verdict: Verdict, covered: list[Posting]) -> bool:
    """Rule on an entry; False where the other side of a misplaced line was named already."""
    entry, told = case.entry, verdict.explanation
    misplaced = next((t for t in verdict.chosen if t.sibling and t.finding), None)
    if misplaced and misplaced.sibling in covered:
        case.rulings.rule(entry, Ruling("unexplained", told, cause=misplaced.sibling))
        return False
    if misplaced:
        covered.append(entry)
        if misplaced.sibling is not None:
            exchange(case, misplaced.sibling)
    status = "unexplained" if verdict.status == "error" else verdict.status
    meant = next((entry.delta + t.shares for t in verdict.chosen if t.row), None)
    case.rulings.rule(entry, Ruling(status, told, meant))
    case.habits.extend(t for t in verdict.chosen if t.stated and t.shares)
    for term in verdict.chosen:
        if term.carries is not None:
            sure = not term.doubted and term.finding != "CLASS_AMBIGUOUS"
            displace(case, term.carries, likely=sure)
        if term.empties and term.sibling is not None and status in ("explained", "ambiguous"):
            sure = status == "explained"  # or as much may be there still
            ends, shares = (term.effective_to or entry.day, None) if sure else (None, term.shares)
            went = Emptied(term.effective_from or term.sibling.day, ends, reference(entry), shares)
            case.rulings.empty(term.sibling, went)
    return True


def _wrong_row(case: Case, verdict: Verdict) -> Posting | None:
    """The row of the filing that is wrong, where nothing at the broken one explains it."""
    closed = verdict.status in ("explained", "ambiguous") or case.entry.returned is not None
    return None if closed or any(t.row for t in verdict.chosen) else the_row(case)


def _break(case: Case, verdict: Verdict) -> Finding:
    entry = case.entry
    kind, revised = _kind(case, verdict)
    claim, expected = entry.claim or ZERO, entry.expected or ZERO
    first = or_the_first(case, kind)
    either = [first] if first else []
    return about_total(
        kind,
        entry,
        case.rulings,
        _difference(claim, expected, "$" if case.position.unit == "dollars" else "")
        + as_printed(entry)
        + ("" if kind in _OWING else _because(verdict, claim))
        + (_forgotten(entry, case.position, case.rulings) if kind in _NAMELESS else "")
        + (told_twice(case) if kind in _NAMELESS else "")
        + (_beyond(case) if kind in (*_NAMELESS, *_OWING) else "")
        + (case.as_dollars if kind in _UNEXPLAINED else "")
        + (after_silence(case) if kind in _NAMELESS and not beyond_results(case) else "")
        + (as_usual(case) if kind == "GAP_SUSPECTED" else "")
        + (_kept_back(case) if kind in _NAMELESS else "")
        + (case.open_before or case.of_an_earlier_award if kind in _NAMELESS else "")
        + (case.left_of_lots if kind == "LOT_ONLY" else "")
        + (case.told_in_part + case.noted_in_part if kind in _UNEXPLAINED else "")
        + (change_noted(entry, case.position) if kind in _OPEN_STILL else "")
        + (unread(case) + as_dividends(case) if kind in _OPEN_STILL else "")
        + beside_split(case, kind)
        + (f"; or {reference(first)} is wrong" if first else ""),
        evidence=tuple(
            dict.fromkeys([*(t.source for t in verdict.explanation.terms), *map(reference, either)])
        ),
        revised_by=revised,
        severity="minor" if first else _severity(kind, case, verdict),
    )


def _severity(kind: str, case: Case, verdict: Verdict) -> str:
    """A severity below the kind's: a split asks for no report (Rule 16a-9), and none for a silence.

    Where a row's letter and code agree, a report that is missing is as likely as both being wrong;
    and so is what a note of it tells of, where a digit would have to be lost.
    """
    if kind in _NAMELESS and (case.past_a_stranger or case.accrued):
        return "info"
    by_chance = kind == "BALANCE_BREAK_AMBIGUOUS" and (
        _by_chance(verdict) or _listed_as_one(case, verdict)
    )
    open_before = kind in _NAMELESS and (case.open_before or case.of_an_earlier_award)
    noted = kind in _OPEN_STILL and change_noted(case.entry, case.position)
    by_chance = by_chance or bool(noted) or (kind in _IN_PART and bool(case.told_in_part))
    by_chance = by_chance or (kind in _OPEN_STILL and bool(unread(case) or as_dividends(case)))
    alone = kind == "SPLIT_UNMODELLED" and (case.across_gap or as_a_dividend(case))
    agreed = kind == "AD_CODE_CONTRADICTION" and case.entry.line.by_its_code
    agreed = agreed or (kind == "MAGNITUDE_ERROR" and _note_moves(case.entry))
    alone = alone or (agreed and any(term.doubted for term in verdict.chosen))
    return "minor" if by_chance or open_before or alone else ""


def _note_moves(entry: Posting) -> bool:
    """Whether a note of a line tells of a movement by its number."""
    notes = entry.line.notes
    said = (one for one in entry.dossier.statements if one.note in notes and one.shares)
    return any(SENSES[one.kind].moves or SENSES[one.kind].corrects for one in said)


def _difference(claim: Decimal, expected: Decimal, sign: str) -> str:
    """A total beside what it should be, after the sign of what both count."""
    off = signed(claim - expected)
    return f"reported {sign}{grouped(claim)}, expected {sign}{grouped(expected)}, {off[0]}{sign}{off[1:]}"


def _beyond(case: Case) -> str:
    """Words for units that paid out what their own notes rule out."""
    return f": {why}" if (why := beyond_results(case)) else ""


def _kept_back(case: Case) -> str:
    """Words for a total that lacks a part of what an exercise or a vesting brought.

    Shares are withheld for the price or the tax of what comes, and have a row of their own.
    """
    entry = case.entry
    kept, came = -entry.residual, entry.delta
    if entry.line.code != "M" or case.position.table != "I" or not 0 < kept < came:
        return ""
    return f", as if {grouped(kept)} of the {grouped(came)} that came were withheld: no row reports that"


_NAMELESS = ("BALANCE_BREAK", "LEVEL_SHIFT_UNEXPLAINED", "GAP_SUSPECTED", "ISOLATED_TOTAL_ERROR")
_UNEXPLAINED = (*_NAMELESS, "OPENING_MISMATCH")
_OPEN_STILL = tuple(kind for kind in _UNEXPLAINED if kind != "ISOLATED_TOTAL_ERROR")
"""What the filer's later totals do not take back: a note may tell of it without a number."""


def _forgotten(entry: Posting, position: Position, rulings: Rulings) -> str:
    """Words for a total that leaves out what an earlier one had in it, as its note explains."""
    earlier = position.entries[: position.place(entry)]
    told = next((e for e in reversed(earlier) if e.residual and not e.aside), None)
    if told is None or told.residual != -entry.residual or rulings.on(told).verdict != "explained":
        return ""
    size = grouped(abs(entry.residual))
    return f": it leaves out the {size} that {reference(told)} had in its total"


def _listed_as_one(case: Case, verdict: Verdict) -> bool:
    """Whether a total is off by what another lot of the very terms had, which stands in no line since."""
    of, lots = case.position, {t.source for t in verdict.chosen if t.kind == "change-of-form"}
    alike = [p for p in case.other_series if (p.series, p.tokens) == (of.series, of.tokens)]
    last = {reference(p.entries[-1]) for p in alike if p.entries}
    return any(of.series) and bool(lots) and len(lots) == len(verdict.chosen) and lots <= last


def _by_chance(verdict: Verdict) -> bool:
    """Whether an amount that only happens to fit may explain a total, a plan's accrual, or all of a holding since unlisted."""
    return any(t.doubted or t.empties or t.code == "EXPL_PLAN_ACCRUAL" for t in verdict.chosen)


_IN_PART = (*_NAMELESS, "OPENING_MISMATCH", "MAGNITUDE_ERROR", "SPLIT_UNMODELLED")
_OWING = ("DERIV_OVER_EXERCISED", "NEGATIVE_BALANCE")


def _kind(case: Case, verdict: Verdict) -> tuple[str, str | None]:
    """The name of a break, and the later filing that settled it."""
    entry, position, before = case.entry, case.position, case.before
    later = entry.returned or position.confirming(entry)
    revised = later.dossier.id if later and later.dossier is not entry.dossier else None
    if verdict.status == "explained":
        only_rounding = all(t.kind == "rounding" for t in verdict.explanation.terms)
        return ("ROUNDING" if only_rounding else "BALANCE_BREAK_EXPLAINED"), revised
    if verdict.status == "ambiguous":
        return "BALANCE_BREAK_AMBIGUOUS", revised
    if case.left_of_lots and not verdict.kind:
        return "LOT_ONLY", revised
    silent = case.after_silence or long_unheard(case)
    missing = case.across_gap or (silent and not verdict.kind and not entry.returned)
    if missing and not beyond_results(case) and verdict.kind in (None, *_NO_REASON_TO_OWE):
        return verdict.kind or "GAP_SUSPECTED", revised
    short = entry.expected is not None and entry.expected < 0
    older = case.of_an_earlier_award
    if short and position.table == "II" and verdict.kind is None and not older:
        return "DERIV_OVER_EXERCISED", revised
    bare = entry.claim == 0 or verdict.kind != "SPLIT_UNMODELLED" or position.table == "II"
    if short and bare and not older and verdict.kind in _NO_REASON_TO_OWE:
        return "DERIV_OVER_EXERCISED" if position.table == "II" else "NEGATIVE_BALANCE", revised
    if verdict.kind:
        return verdict.kind, revised
    if entry.returned is not None:
        return "ISOLATED_TOTAL_ERROR", revised
    if short and not entry.claim:
        return "NEGATIVE_BALANCE", revised
    from_form_3 = before is not None and before.dossier.base_form == "3"
    first = from_form_3 and before == position.entries[0] and not _kept_back(case)
    if (position.carried_on is not None and before is None) or first:
        return "OPENING_MISMATCH", revised
    if in_a_programme(case) or out_of_rhythm(case):
        return "GAP_SUSPECTED", revised
    return ("LEVEL_SHIFT_UNEXPLAINED" if later else "BALANCE_BREAK"), revised


_NO_REASON_TO_OWE = ("SPLIT_UNMODELLED", "LOT_ONLY", "MISSED_OWN_ROW")
"""Slips that any such line shows where more left than there was; a split where nothing is left."""


def _because(verdict: Verdict, claim: Decimal) -> str:
    terms = [t for t in verdict.explanation.terms if t.shares]
    if verdict.status == "explained" and terms:
        unstated = any(t.code == UNQUANTIFIED for t in verdict.chosen)
        more = ", which stays open" if claim else ", and nothing is left"
        words = f"; the note gives no amount{more}" if unstated else ""
        return " = " + "; ".join(brief(t) for t in terms) + words
    if verdict.status == "ambiguous":
        return "".join(f": it {t.text}" for t in verdict.chosen if t.kind == "prior-report")
    erring = [t for t in verdict.chosen if t.finding and t.shares]
    slips = [t.text for t in sorted(erring, key=lambda t: t.finding == verdict.kind)]
    if verdict.kind and terms:
        others = [f"besides, {t.text}" for t in verdict.chosen if t.shares and not t.finding]
        return ": " + "; ".join((slips or [terms[-1].text])[-1:] + (others if slips else []))
    lost = verdict.explanation.rejected[:1]
    if verdict.explanation.code == "EXPL_FILER_ERROR" and lost:
        return f"; what would explain it is refuted: {lost[0].why}"
    return ""
