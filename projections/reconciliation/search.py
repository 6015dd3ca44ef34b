"""Why a total differs: the cheapest set of terms that closes the difference exactly.

Stated amounts are combined, up to four; at most one more term may close what is left.
Every set that closes is scored: the costs of its terms, and a charge for each movement that a
cited note states and the set leaves unused. The cheapest wins when it leads clearly.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from ledger.statements import SENSES
from ledger.types import exchanged
from projections.filings.parts import one_report
from projections.filings.records import ZERO
from projections.findings.explanations import Explanation, Rejected, Term
from projections.positions.traces import Split
from projections.reconciliation import costs
from projections.reconciliation.candidates.amended_numbers import uncorrected
from projections.reconciliation.candidates.carried_on import carried_on, other_line
from projections.reconciliation.candidates.changed_tables import changed_table
from projections.reconciliation.candidates.class_changes import reclassified
from projections.reconciliation.candidates.counted_before import counted_before
from projections.reconciliation.candidates.depositary_shares import converted
from projections.reconciliation.candidates.filer_slips import SLIPS
from projections.reconciliation.candidates.lapsed_restrictions import unrestricted
from projections.reconciliation.candidates.noted_rows import NOTED
from projections.reconciliation.candidates.other_owners import told_by_another
from projections.reconciliation.candidates.ownership_transfers import mirrored
from projections.reconciliation.candidates.paired_shares import went_with
from projections.reconciliation.candidates.parts_received import only_a_part_came
from projections.reconciliation.candidates.plan_fees import credited_less_fees
from projections.reconciliation.candidates.report_resumed import RESUMED
from projections.reconciliation.candidates.splits import (
    as_a_dividend,
    by_split,
    partly,
    relevant_splits,
    split,
    split_between,
    split_here,
)
from projections.reconciliation.candidates.stated_amounts import stated
from projections.reconciliation.candidates.told_acts import told_acts
from projections.reconciliation.candidates.told_by_one_row import told_by_one_row
from projections.reconciliation.candidates.told_movements import as_its_row
from projections.reconciliation.candidates.total_meanings import CLOSERS, scopes
from projections.reconciliation.candidates.unequal_sides import unequal
from projections.reconciliation.candidates.unquantified_notes import (
    SOFT_CLOSERS,
    cause_of,
    unquantified,
)
from projections.reconciliation.case import Candidate, Case
from projections.reconciliation.choices import Choice, in_full, subsets
from projections.reconciliation.unsure_sets import (
    TermSet,
    accrued,
    as_told,
    errs,
    fits_any_size,
    left_open,
    long_and_accrued,
    made_up_for,
    mistyped,
    more_than_told,
    odd_yield,
    of_another_size,
)
from projections.reconciliation.verdict import MEANINGS, Verdict, moves

_EXACT = (
    *CLOSERS,
    *SLIPS,
    *NOTED,
    unequal,
    unrestricted,
    carried_on,
    counted_before,
    other_line,
    credited_less_fees,
    *RESUMED,
    told_by_another,
)
"""Rules that close what one amount leaves, or none: beside more they would fit by chance."""


def search(case: Case, *, refuted_by: str | None = None) -> Verdict:
    """Weigh everything that could close one difference.

    `refuted_by` is the later total that goes back behind it, so that nothing can have moved:
    what the total may mean comes before what would have.
    """
    groups = _groups(case)
    found = dict.fromkeys(_closing(case, case.entry.residual, groups))
    if all(one.score >= costs.UNNAMED for one in found):
        found = dict.fromkeys(TermSet(act.cost, (act,)) for act in told_acts(case))
    sets = sorted(found, key=_rank)  # of equal ones the first that was found, on every run
    if split_between(case) or split_here(case):
        sets = [s for s in sets if any(t.kind == "split" for t in s.terms)] or sets
    if refuted_by is None or case.entry.claim is None:
        return _weighed(case, sets, groups)
    if any(not moves(s.terms) for s in sets):
        sets = [s for s in sets if errs(s) or not moves(s.terms)]
    verdict = _weighed(case, sets, groups)
    moved = sum((t.shares for t in verdict.chosen if t.kind not in MEANINGS), ZERO)
    return verdict if case.stayed(moved) else verdict.refuted(case.entry.claim, refuted_by)


def _weighed(case: Case, sets: list[TermSet], groups: list[list[Candidate]]) -> Verdict:
    if not sets or sets[0].score >= costs.UNNAMED:
        told = _told("EXPL_MISSING_FILING", "none", (), case=case, others=sets, groups=groups)
        return Verdict("unexplained", told, ())
    best = sets[0]
    rivals = [s for s in sets[1:] if _outcome(s) != _outcome(best) and not _padded(s, best)]
    rivals = [s for s in rivals if not _tells_less(s, best) and not of_another_size(s, best)]
    if _of_a_plan(best) and as_a_dividend(case):
        rivals = [s for s in rivals if not any(t.finding == "SPLIT_UNMODELLED" for t in s.terms)]
    if all(_both_sides_here(term, case) for term in best.terms):
        rivals = [s for s in rivals if not any(term.doubted for term in s.terms)]
        rivals = [s for s in rivals if not fits_any_size(s)]
    if all(t.stated and not t.doubted for t in best.terms):
        rivals = [s for s in rivals if not accrued(s)]  # the account gained what a note states
    if _to_the_share(best):
        rivals = [s for s in rivals if not fits_any_size(s) or _of_a_plan(s)]
    clear = not rivals or rivals[0].score - best.score >= costs.MARGIN
    error = next((t.finding for t in best.terms if t.finding and t.finding != "ROUNDING"), None)
    explicit = all(t.basis != "inferred" for t in best.terms)
    code = _leading(best.terms).code
    if error is not None:
        chance = any(term.doubted for term in best.terms)
        sure = "low" if chance else "likely"
        told = _told(code, sure, best.terms, case=case, others=sets[1:], groups=groups)
        return Verdict("error", told, best.terms, error)
    doubtful = rivals and (not errs(rivals[0]) or fits_any_size(best))
    if not clear and not explicit and rivals[0].score < costs.UNNAMED and doubtful:
        told = _told(code, "low", best.terms, case=case, others=sets[1:], groups=groups)
        return Verdict("ambiguous", told, best.terms)
    loose = left_open(best, case) or long_and_accrued(best, case) or odd_yield(best, case)
    if loose and any(map(mistyped, sets)):
        best = best._replace(terms=tuple(t._replace(doubted=True) for t in best.terms))
    doubted = any(term.doubted for term in best.terms) or more_than_told(best, case)
    if doubted or made_up_for(best) or as_told(best, case):
        told = _told(code, "low", best.terms, case=case, others=sets[1:], groups=groups)
        return Verdict("ambiguous", told, best.terms)
    confidence = "high" if _all_stated(best.terms) else "low" if left_open(best, case) else "medium"
    told = _told(code, confidence, best.terms, case=case, others=sets[1:], groups=groups)
    return Verdict("explained", told, best.terms)


def _rank(found: TermSet) -> tuple[object, ...]:
    return (found.score, len(found.terms), [(t.code, t.source, t.shares) for t in found.terms])


def _outcome(found: TermSet) -> tuple[object, ...]:
    return tuple(sorted({cause_of(t) for t in found.terms if t.kind != "same-shares"}))


def _both_sides_here(term: Candidate, case: Case) -> bool:
    """Whether one form shows that shares left one holding and came to another.

    A note that the total holds as many means these, and one without a number is no rival.
    """
    return term.sibling is not None and one_report(term.sibling.dossier, case.entry.dossier)


def _to_the_share(found: TermSet) -> bool:
    """Whether a set is what notes state and what the owner's other holdings have, to the share."""
    meant = any(term.kind == "class-total" for term in found.terms)
    return meant and all(term.stated or term.kind == "class-total" for term in found.terms)


def _of_a_plan(found: TermSet) -> bool:
    """Whether a plan's account gained what such do: a stock dividend that nobody tells of is rarer."""
    return all(t.bounded and not t.doubted for t in found.terms)


def _padded(found: TermSet, best: TermSet) -> bool:
    """Whether a set is the best one with more terms that cancel each other."""
    return set(best.terms) <= set(found.terms)


def _tells_less(found: TermSet, best: TermSet) -> bool:
    """Whether a set is the best one without amounts that notes state.

    Its note without an amount would have brought those as well: the best leaves it less.
    """
    sources = {t.source for t in found.terms}
    more = [t for t in best.terms if t.source not in sources]
    shared = {t.source for t in best.terms} >= sources
    return shared and bool(more) and all(t.stated and t.shares for t in more)


def _leading(terms: tuple[Candidate, ...]) -> Candidate:
    return max(terms, key=lambda t: (abs(t.shares), -t.cost))


def _groups(case: Case) -> list[list[Candidate]]:
    """The amounts to combine, each with its readings; notes state shares, never dollars."""
    if case.position.unit == "dollars":
        return []
    grouped: dict[str, list[Candidate]] = {}
    for candidate in (
        *stated(case),
        *mirrored(case),
        *converted(case),
        *reclassified(case),
        *changed_table(case),
        *uncorrected(case),
        *went_with(case),
        *told_by_one_row(case),
        *case.elsewhere,
    ):
        if not only_a_part_came(case.entry, candidate.shares):
            grouped.setdefault(candidate.group, []).append(candidate)
    return list(grouped.values())[: costs.MOST_GROUPS]


def _closing(case: Case, gap: Decimal, groups: list[list[Candidate]]) -> Iterator[TermSet]:
    splits, meanings = relevant_splits(case), list(scopes(case))
    moving = {group[0].group for group in groups if group[0].stated}
    weighed = [
        [
            Choice(
                c, c.cost - costs.UNUSED * (c.group in moving), c.shares, c.stated or not c.shares
            )
            for c in g
        ]
        for g in groups
    ]
    least = costs.UNNAMED
    for picked in chain(subsets(weighed), in_full(weighed, gap)):
        base, total, settled = costs.UNUSED * len(moving), ZERO, True
        for _, cost, shares, sure in picked:
            base += cost
            total += shares
            settled = settled and sure
        if base > least + costs.MARGIN:
            continue  # whatever would close the rest, it could not even be a rival
        rest = gap - total
        chosen = tuple([choice[0] for choice in picked])
        if not rest:
            if any(c.shares for c in chosen):
                least = min(least, base)
                yield TermSet(base, chosen)
            continue
        few = len(chosen) <= 1
        for rule in (*(_EXACT if few else ()), *(SOFT_CLOSERS if settled else ())):
            for last in rule(case, rest):
                if _together(chosen, last) and not only_a_part_came(case.entry, last.shares):
                    yield TermSet(base + last.cost, (*chosen, last))
        means = _by_meanings(case, meanings if settled or few else [], rest, settled=settled)
        for ending in (*means, *_by_splits(case, splits, rest, meanings if settled else None)):
            yield TermSet(base + sum(t.cost for t in ending), (*chosen, *ending))


def _by_meanings(
    case: Case, meanings: list[Candidate], rest: Decimal, *, settled: bool
) -> Iterator[tuple[Candidate, ...]]:
    """What a total may mean that closes what is left, alone or beside the little that a plan is noted to bring."""
    for meant in meanings:
        if only_a_part_came(case.entry, meant.shares):
            continue
        if meant.shares == rest:
            yield (meant,)
        more = rest - meant.shares
        little = settled and 0 < more * _LITTLE <= meant.shares
        for last in unquantified(case, more) if little else ():
            if last.bounded:
                yield meant, last


_LITTLE = 10
"""What part of other holdings a plan may have brought besides, for a total to be seen to add them."""


def _by_splits(
    case: Case, splits: list[Split], rest: Decimal, meanings: list[Candidate] | None
) -> Iterator[tuple[Candidate, ...]]:
    """Terms of a split that close what is left; with what total or note mean, unless None."""
    for known in splits:
        yield from by_split(case, known, rest, case.entry.residual - rest)
        if meanings is not None:
            yield from _beside_split(case, known, rest, meanings)


def _beside_split(
    case: Case, known: Split, rest: Decimal, meanings: list[Candidate]
) -> Iterator[tuple[Candidate, ...]]:
    """Terms that close what is left beside a split: what the total adds, or a plan brought."""
    moved = case.entry.residual - rest
    for meant in meanings:
        for shares in {meant.shares, exchanged(meant.shares, known.ratio)}:
            if shares == rest and case.entry.scaled:
                yield (meant._replace(shares=rest),)
            for last in split(case, known, rest - shares, moved + min(shares, ZERO)):
                yield meant._replace(shares=shares), last
    for part, after in partly(case, known, moved):
        for rule in SOFT_CLOSERS:
            for last in rule(after, rest - part.shares):
                if last.kind in SENSES and SENSES[last.kind].from_plan:
                    yield part, last


def _together(chosen: tuple[Candidate, ...], last: Candidate) -> bool:
    """Whether a last term may stand beside the others.

    A fraction lost is told from a coincidence only where every amount beside it is stated.
    """
    if last.kind == "rounding" and not all(c.stated or not c.shares for c in chosen):
        return False
    return all(last.group != c.group for c in chosen)


def _told(
    code: str,
    confidence: str,
    terms: tuple[Candidate, ...],
    case: Case,
    others: list[TermSet],
    groups: list[list[Candidate]],
) -> Explanation:
    shown = tuple(
        Term(
            kind=t.kind,
            shares=t.shares,
            source=t.source,
            text=t.text,
            effective_from=t.effective_from,
            effective_to=t.effective_to,
        )
        for t in sorted(terms, key=lambda t: (t.effective_from is None, t.effective_from, t.source))
    )
    return Explanation(
        code,
        confidence,
        shown,
        tuple(_rejections(case, terms, others, groups)),
        explicit=bool(terms) and _all_stated(terms),
    )


def _all_stated(terms: tuple[Candidate, ...]) -> bool:
    """Whether a filing states every term; a fraction lost is stated only where a note says so."""
    return all(t.basis == "stated" for t in terms)


def _rejections(
    case: Case, terms: tuple[Candidate, ...], others: list[TermSet], groups: list[list[Candidate]]
) -> Iterator[Rejected]:
    """What was tried and lost: rival sets, amounts read otherwise, amounts left out."""
    entry = case.entry
    assert entry.expected is not None
    assert entry.claim is not None
    moving = {(t.source, t.shares) for t in terms if t.shares}
    for rival in [
        r for r in others if {(t.source, t.shares) for t in r.terms if t.shares} != moving
    ][:3]:
        words = "; ".join(t.text for t in rival.terms)
        yield Rejected(_leading(rival.terms).code, entry.claim, ZERO, f"at a higher cost: {words}")
    total = sum((t.shares for t in terms), ZERO)
    for term in terms:
        apart = next((c for g in groups for c in g if c.group == term.group and c.shares), None)
        if term.kind == "same-shares" and apart is not None:
            predicted = entry.expected + total + as_its_row(apart, entry)
            yield Rejected(
                apart.code,
                predicted,
                entry.claim - predicted,
                "the shares of the note counted besides the row: they are the same shares",
            )
    for code in dict.fromkeys(t.code for t in terms if t.shares and not t.finding):
        left_out = [t for t in terms if t.code == code and t.shares]
        predicted = entry.expected + total - sum((t.shares for t in left_out), ZERO)
        words = " and ".join(dict.fromkeys(t.kind.replace("-", " ") for t in left_out))
        yield Rejected(code, predicted, entry.claim - predicted, f"without the {words}")
    if not terms:
        for group in groups[:3]:
            predicted = entry.expected + group[0].shares
            yield Rejected(
                group[0].code,
                predicted,
                entry.claim - predicted,
                f"does not close: {group[0].text}",
            )
