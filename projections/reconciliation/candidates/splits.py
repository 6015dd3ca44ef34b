"""Splits of the issuer as terms of an explanation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from projections.positions.entries import reference
from projections.positions.ratios import adds, spoken
from projections.positions.traces import Split
from projections.reconciliation import costs
from projections.reconciliation.case import Candidate, Case


def relevant_splits(case: Case) -> list[Split]:
    """The issuer's splits that can lie between the claim before and this one."""
    entry = case.entry
    begins = (case.before.day if case.before else None) or date.min
    ends = max(entry.day or date.min, entry.dossier.day or date.min)
    return [s for s in case.splits if (s.after <= ends and begins <= s.before) or s.shows_in(entry)]


def split(case: Case, known: Split, rest: Decimal, moved: Decimal) -> Iterator[Candidate]:
    """A split that closes what other terms leave, taken before or after each of them."""
    entry = case.entry
    if not entry.prior:
        return
    bases = {
        entry.prior,
        entry.prior + entry.delta,
        entry.prior + moved,
        entry.prior + entry.delta + moved,
    }
    if not any(adds(base, known.ratio, rest, within=1) for base in bases):
        return
    sources = [ref for _, ref, _ in known.noted] or sorted(
        {reference(t.entry) for t in (*known.traces, *known.laggards)}
    )
    words = (
        known.noted[0][2]
        if known.noted
        else f"{len(known.traces)} positions changed {spoken(known.ratio)}"
    )
    yield Candidate(
        shares=rest,
        cost=costs.SPLIT_NOTED if known.noted else costs.SPLIT_SHARED,
        kind="split",
        code="EXPL_SPLIT",
        source=", ".join(sources[:4]),
        text=words,
        group="split",
        effective_from=known.after,
        effective_to=known.before,
    )
