"""A change of form of which the two sides in one filing differ: some shares are missing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger.types import grouped
from projections.positions.entries import Posting
from projections.reconciliation import costs
from projections.reconciliation.candidates.ownership_transfers import (
    counterpart_line,
    rounded_away,
    told_moved,
    without_plans,
)
from projections.reconciliation.case import Candidate, Case


def unequal(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """Blame for the side that is not what a note gives; without one, for the greater one.

    The other is then a part of it. What plans brought to either side did not change its form.
    """
    entry, other = case.entry, counterpart_line(case)
    if gap != entry.residual or other is None:
        return
    mine, theirs = without_plans(entry), without_plans(other)
    if abs(theirs + mine) <= rounded_away(mine):
        return
    if _has_its_side(other, case):
        return
    stated = told_moved(entry.dossier, theirs)
    if told_moved(entry.dossier, mine) or not (stated or abs(mine) > abs(theirs)):
        return
    went, came = (mine, theirs) if mine < 0 else (theirs, mine)
    rest = grouped(abs(went + came))
    words = f"of a change of form, {grouped(-went)} left one holding and {grouped(came)} entered another: {rest} {'are missing' if -went > came else 'too many'}"
    if stated and abs(mine) > abs(theirs):
        words = f"a note tells of the {grouped(abs(theirs))} by which another holding changed, and of the other {rest} nothing does"
    yield Candidate(
        shares=gap,
        cost=costs.TOGETHER + costs.UNQUANTIFIED,
        kind="filer-error",
        code="EXPL_FILER_ERROR",
        source=case.source(),
        text=words,
        group="slip",
        finding="BALANCE_BREAK",
    )


def _has_its_side(other: Posting, case: Case) -> bool:
    """Whether all that another holding lost or gained stands at a third one of the filing."""
    return any(
        (e.claim if e.opening else e.residual) == -without_plans(other)
        for p in case.siblings
        for e in p.entries
        if e.dossier is case.entry.dossier and e is not other
    )
