"""A total that leaves out the row before it, has it again, or counts it the other way than its letter says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from ledger.types import grouped
from projections.filings.records import ZERO
from projections.positions.entries import Posting, reference
from projections.positions.retold import told_before
from projections.reconciliation import costs
from projections.reconciliation.candidates.other_table import amount_there
from projections.reconciliation.candidates.slip_terms import ROUND_LOT, slip
from projections.reconciliation.case import Candidate, Case

_MONTH = timedelta(days=28)
"""How far apart the reports of a programme of trades commonly stand."""


def one_of_many(case: Case, size: Decimal, of: Posting) -> bool:
    """Whether a filing that is missing would leave the same difference, and it stays.

    In a programme of trades one more of a size that was moved before is as likely as a row
    applied twice: rows of one code, in round lots, follow each other a month apart or more, or
    another filing moved as much, but for a fraction. The two cannot be told apart, so neither is named.
    """
    entry, before = case.entry, case.before
    if before is None or before.dossier is entry.dossier or entry.returned is not None:
        return False
    again = of is before and before.line.code == entry.line.code and not size % ROUND_LOT
    if before.delta == entry.delta or (again and _apart(before, entry) >= _MONTH):
        return True
    moved: dict[str, list[Decimal]] = {}
    for other in case.position.entries:
        if other.dossier is not of.dossier:
            moved.setdefault(other.dossier.id, []).append(other.delta)
    return any(
        abs(one - size) <= 1 for rows in moved.values() for one in (*rows, sum(rows, ZERO)) if one
    )


def _apart(one: Posting, other: Posting) -> timedelta:
    """How long after one line another stands; no time at all where a day is unknown."""
    return other.day - one.day if one.day and other.day else timedelta()


def unlike_its_other_side(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A row of an exercise before this line that moved another amount than its other side gave, as this total has it."""
    before = case.position.entries[: case.position.place(case.entry)]
    for row in before:
        if row.dossier is not before[-1].dossier or row.dossier is case.entry.dossier:
            continue
        there = (amount_there(row), amount_there(row, under=True)) if row.delta else ()
        moved = (due for due in there if due and gap == due.copy_sign(row.delta) - row.delta)
        due = next(moved, None) if gap and row.follows else None
        if due is not None:
            yield Candidate(
                shares=gap,
                cost=costs.PRIOR_LETTER,
                kind="report-correction",
                code="EXPL_PRIOR_CORRECTION",
                source=reference(row),
                text=f"{reference(row)} moved {grouped(due)}, as the other side of it has",
                group="other-side",
                basis="shown",
            )


def _like_it(case: Case, before: Posting) -> bool:
    """Whether another row of the form under the letter of one has it rightly: its total and the next follow."""
    ticked = (before.line.code, before.line.direction)
    return any(
        one.follows and after.follows
        for one, after in pairwise(case.position.entries)
        if one is not before and one.dossier is before.dossier
        if (one.line.code, one.line.direction) == ticked
    )


def previous_row(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """The movement before this one left out, or applied again."""
    before = case.before
    if before is None or not before.delta or case.across_gap:
        return
    sums = {before.delta}
    if before.dossier is not case.entry.dossier:
        sums.add(sum((e.delta for e in case.position.entries if e.dossier is before.dossier), ZERO))
    if gap != -2 * before.delta and sums.isdisjoint((gap, -gap)):
        return
    size, source = grouped(abs(gap)), reference(before)
    if gap == -2 * before.delta and before.line.against_code and not _like_it(case, before):
        words = f"{source} moved {grouped(abs(before.delta))} the other way than its letter says"
        yield Candidate(
            shares=gap,
            cost=costs.PRIOR_LETTER,
            kind="report-correction",
            code="EXPL_PRIOR_CORRECTION",
            source=source,
            text=words,
            group="letter",
            basis="stated",
        )
    lost = -gap in sums and case.entry.returned is None
    known = told_before(case.position.entries, before) if lost else None
    if known is not None and known[1] == -gap:
        words = f"the total leaves out the {size} before it, which {reference(known[0])} told first"
        yield slip(case, "DOUBLE_REPORTED", gap, words, costs.REPEATED_ROW, source=source)
    elif -gap in sums:
        words = f"the total leaves out the {size} before it"
        yield slip(case, "PRIOR_ROW_OMITTED", gap, words, costs.PRIOR_OMITTED, source=source)
        same_way = before.delta * case.entry.delta > 0 and abs(case.entry.delta) > abs(gap)
        if same_way and case.entry.line.shares != amount_there(case.entry):
            words = f"the amount seems to include the {size} before it, which the total does not"
            yield slip(
                case, "PRIOR_ROW_OMITTED", gap, words, costs.PRIOR_INCLUDED, row=True, source=source
            )
    if gap in sums and not one_of_many(case, gap, before):
        words = f"the total applies the {size} before it again"
        yield slip(case, "PRIOR_ROW_DOUBLED", gap, words, costs.PRIOR_DOUBLED, source=source)
