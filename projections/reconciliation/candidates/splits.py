"""Splits of the issuer as terms of an explanation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from ledger.types import exchanged
from projections.positions.entries import reference
from projections.positions.ratios import adds, spoken
from projections.positions.traces import Split
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
    if any(adds(base, known.ratio, rest, within=1) for base in bases):
        yield _term(known, rest)


def noted_split(case: Case, known: Split) -> Iterator[Candidate]:
    """What a split that notes tell makes of the balance before, in whole shares.

    What else a note without an amount brought then stands in shares after the split.
    """
    entry = case.entry
    if known.noted and entry.prior and known.before <= (entry.day or date.min):
        yield _term(
            known, exchanged(entry.prior, known.ratio).to_integral_value(ROUND_FLOOR) - entry.prior
        )


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
        cost=7 if known.noted else 10,
        kind="split",
        code="EXPL_SPLIT",
        source=", ".join(sources[:4]),
        text=words,
        group="split",
        effective_from=known.after,
        effective_to=known.before,
    )
