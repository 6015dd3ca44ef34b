"""Rows that an earlier filing told already, which a total leaves out: they moved once."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger.types import grouped
from projections.positions.entries import Posting, reference
from projections.positions.retold import told_before
from projections.reconciliation import costs
from projections.reconciliation.candidates.slip_terms import slip
from projections.reconciliation.case import Candidate, Case


def told_again(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A row, or lots, that an earlier filing told already, and that the total leaves out.

    Or a form told anew, some number of it put right, whose first row has the very total that it
    had there: it goes on from before the earlier one.
    """
    entry = case.entry
    known = told_before(case.position.entries, entry) if gap else None
    if known is None:
        return
    first, moved = known
    source = reference(first)
    if gap == -moved and gap * entry.delta < 0:
        words = f"{source} told the {grouped(abs(moved))} already, and the total counts them once"
        lone = moved == entry.delta
        yield slip(case, "DOUBLE_REPORTED", gap, words, costs.REPEATED_ROW, row=lone, source=source)
    elif _told_anew(case, first, gap):
        words = f"{source} told the {grouped(abs(moved))} already, with the same total: the form tells again what that one did"
        yield slip(case, "DOUBLE_REPORTED", gap, words, costs.REPEATED_ROW, source=source)


def _told_anew(case: Case, first: Posting, gap: Decimal) -> bool:
    """Whether a total is that of an earlier form's row, and all that moved since is that form's."""
    entries, entry = case.position.entries, case.entry
    since = entries[case.position.place(first) : case.position.place(entry)]
    same = (first.delta, first.claim) == (entry.delta, entry.claim)
    alone = all(e.dossier is first.dossier and e.follows for e in since)
    return same and alone and gap == -sum((e.delta for e in since), Decimal())
