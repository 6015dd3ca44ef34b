"""Splits of the issuer as terms of an explanation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

import msgspec

from ledger.types import exchanged, grouped, signed
from projections.filings.parts import one_report
from projections.filings.records import ZERO
from projections.positions.entries import Posting, reference
from projections.positions.position import Position
from projections.positions.ratios import adds_to_one, spoken
from projections.positions.reckoning import less
from projections.positions.traces import Split
from projections.reconciliation import costs
from projections.reconciliation.candidates.slip_terms import slip
from projections.reconciliation.case import Candidate, Case


def relevant_splits(case: Case) -> list[Split]:
    """The issuer's splits that can lie between the claim before and this one."""
    return _between(case, case.position, _standing(case), case.entry)


def splits_at(case: Case, position: Position, entry: Posting) -> list[Split]:
    """The splits that can lie between a total of another holding and the one before it there."""
    place = position.place(entry)
    return _between(case, position, position.entries[place - 1] if place else None, entry)


def _between(case: Case, position: Position, since: Posting | None, entry: Posting) -> list[Split]:
    begins = (since.day if since else None) or date.min
    ends = max(entry.day or date.min, entry.dossier.day or date.min)
    return [
        s
        for s in case.splits
        if (s.after <= ends and begins <= s.before) or s.shows_in(entry) or _overlooked(case, s)
        if s.taken_up(position, entry) is None and not s.has_a_row(entry)
        if (s.ratio, entry) not in position.rebased
    ]


def _overlooked(case: Case, known: Split) -> Decimal | None:
    """What was held at a split that no total since has taken up, as this one may; else None."""
    if not known.dated:
        return None
    earlier = case.position.entries[: case.position.place(case.entry)]
    since = [e for e in earlier if e.day is not None and known.before < e.day]
    if not since or any(e.residual or e.scaled or (e.late and e.claim == e.balance) for e in since):
        return None
    return since[0].prior


def split_between(case: Case) -> bool:
    """Whether a split whose day is told lies between the total before and this one's day.

    Then it multiplied the balance, whatever else happened.
    """
    since, day = _standing(case), case.entry.day
    if since is None or since.day is None or day is None or case.entry.scaled:
        return False
    return any(s.dated and since.day < s.after and s.before < day for s in case.splits)


def split_here(case: Case) -> bool:
    """Whether a note on the line tells of a split that two more holdings show in its form.

    Then it multiplied this one as well, though the note may give no day.
    """
    entry = case.entry
    cited = {
        f"{entry.dossier.id}#{said.ref}"
        for said in entry.dossier.statements
        if said.kind == "split" and said.note in entry.line.notes
    }
    return not entry.scaled and any(
        any(ref in cited for _, ref, _ in s.noted)
        and len({t.position.number for t in s.traces if one_report(t.entry.dossier, entry.dossier)})
        >= 2
        for s in relevant_splits(case)
    )


def split(case: Case, known: Split, rest: Decimal, moved: Decimal) -> Iterator[Candidate]:
    """A split that closes what other terms leave, taken before or after each of them.

    Of one that a note tells, a total of several holdings may have lost a share at each of two.
    """
    overlooked = _overlooked(case, known)
    held = [overlooked] if overlooked else _bases(case, known, moved)
    within = 2 if known.noted else 1
    if adds_to_one(held, known.ratio, rest, within=within):
        yield _term(known, rest)
    elif overlooked and adds_to_one(_bases(case, known, moved), known.ratio, rest, within=within):
        yield _term(known, rest)._replace(doubted=True)  # it made as many of what moved since


def by_split(
    case: Case, known: Split, rest: Decimal, moved: Decimal
) -> Iterator[tuple[Candidate, ...]]:
    """A split that closes what other terms leave, or that and the row before it, which the total is without."""
    for last in split(case, known, rest, moved):
        yield (last,)
    before = case.before
    if moved or before is None or not before.delta or not known.noted or before.prior is None:
        return
    made = exchanged(before.prior, known.ratio)
    if made is not None and made - before.prior - before.delta == rest and before.follows:
        words = f"the total leaves out the {grouped(abs(before.delta))} before the split"
        source, cost = reference(before), costs.PRIOR_OMITTED
        kind, gap = "PRIOR_ROW_OMITTED", -before.delta
        yield _term(known, made - before.prior), slip(case, kind, gap, words, cost, source=source)


def partly(case: Case, known: Split, moved: Decimal) -> Iterator[tuple[Candidate, Case]]:
    """What a split that a note or prices tell makes of the balance, and the case that is then left.

    Something else happened beside it, of which nobody states an amount: it has to bring the
    rest, out of the balance after the split.
    """
    if not (known.noted or known.priced) or _overlooked(case, known):
        return
    held = [(base, exchanged(base, known.ratio)) for base in _bases(case, known, moved)]
    for gained in sorted({one - base for base, after in held for one in (after, after // 1)}):
        rest = less(case.entry, gained)
        if rest.residual:
            yield _term(known, gained), msgspec.structs.replace(case, entry=rest)


def _standing(case: Case) -> Posting | None:
    """The total before this one that says how much was held.

    One of a lot alone does not, nor one that this total goes back behind.
    """
    before = case.before
    if before is None or not (before.lot or before.returned == case.entry):
        return before
    past = case.position.entries[: case.position.place(before)]
    told = (e for e in reversed(past) if not e.lot and e.returned != case.entry)
    return next(told, before)


def _bases(case: Case, known: Split, moved: Decimal) -> list[Decimal]:
    """The balances that a split may have multiplied, as it came before or after what moved.

    Where totals of lots lie between, it may have come before any of those lots.
    """
    prior, delta, since = case.entry.prior, case.entry.delta, _standing(case)
    if not prior:
        return []
    between = [ZERO, moved] if moved else [ZERO]
    if delta and not _long_before(known, case.entry):
        between += [delta, delta + moved] if moved else [delta]
    found = [prior + more for more in between]
    if since is not None and since.balance and since.balance != prior:
        found += [since.balance + more for more in between]
    return [*found, *_among_lots(case, known, since)]


def _long_before(known: Split, entry: Posting) -> bool:
    """Whether a split took effect so long before a row that the row's shares were counted after it."""
    return known.dated and entry.day is not None and (entry.day - known.before).days > _ABOUT


_ABOUT = 14
"""Days between a split's record, its payment and the first trade in new shares, at most."""


def _among_lots(case: Case, known: Split, since: Posting | None) -> Iterator[Decimal]:
    """What was held at a split after some of the lots that moved since a total, and before others."""
    if since is None or since is case.before or case.before is None:
        return
    position = case.position
    lots = position.entries[position.place(since) + 1 : position.place(case.entry)]
    for lot, following in pairwise(lots):
        begun = lot.day is None or lot.day <= known.before
        ended = following.day is None or known.after <= following.day
        if lot.balance and begun and ended and lot.dossier is not following.dossier:
            yield lot.balance


_OPEN = frozenset(
    {
        "BALANCE_BREAK",
        "LEVEL_SHIFT_UNEXPLAINED",
        "GAP_SUSPECTED",
        "BALANCE_BREAK_AMBIGUOUS",
        "ISOLATED_TOTAL_ERROR",
    }
)


def beside_split(case: Case, kind: str) -> str:
    """Words for a total that stays open though a note tells of a split before it: what that makes of it."""
    if kind not in _OPEN or not case.entry.prior or case.entry.claim is None or case.entry.scaled:
        return ""
    told = next((s for s in relevant_splits(case) if s.noted and s.told), None)
    if told is None or _overlooked(case, told):
        return ""
    after = exchanged(case.entry.prior, told.ratio)
    off = case.entry.claim - after - case.entry.delta
    return (
        f"; the split {spoken(told.ratio)} that {told.noted[0][1]} tells would make {grouped(after)} of the "
        f"{grouped(case.entry.prior)} before, and leave the total off by {signed(off)}"
    )


def as_a_dividend(case: Case) -> bool:
    """Whether a total rose by no more than a stock dividend adds, of which nothing else tells.

    So many ratios are dividends that a difference in round numbers is often one by chance.
    """
    return 0 < case.entry.residual <= _STOCK_DIVIDEND * (case.entry.prior or ZERO)


_STOCK_DIVIDEND = Decimal("0.25")
"""What a distribution in stock adds at most to be a dividend and no split, as accountants have it
(Accounting Research Bulletin 43, chapter 7B: 20 to 25 per cent)."""


def _term(known: Split, shares: Decimal) -> Candidate:
    sources = [ref for _, ref, _ in known.noted] or sorted(
        {reference(t.entry) for t in (*known.traces, *known.laggards)}
    )
    words = (
        known.noted[0][2]
        if known.noted
        else f"{len(known.traces)} positions changed {spoken(known.ratio)}"
    )
    return Candidate(
        shares=shares,
        cost=costs.SPLIT_NOTED if known.noted else costs.SPLIT_SHARED,
        kind="split",
        code="EXPL_SPLIT",
        source=", ".join(sources[:4]),
        text=words,
        group="split",
        effective_from=known.after,
        effective_to=known.before,
        basis="stated" if known.noted else "shown",
    )
