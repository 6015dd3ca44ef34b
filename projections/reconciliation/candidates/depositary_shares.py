"""Ordinary shares deposited for depositary shares, or given back for them, without a row.

The owner has what it had in another form (Rule 16a-13): one holding falls, the other rises,
at the one ratio of the programme. A note may state it; else both differences show it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from ledger.addresses import note_ref
from ledger.footnotes.exchanges import counted_as_depositary, deposit_day, deposit_numbers
from ledger.types import grouped
from projections.checks.class_conversions import is_depositary, one_holder
from projections.filings.parts import one_report
from projections.positions.entries import Posting, reference
from projections.positions.position import Position
from projections.positions.programmes import stated_ratios
from projections.reconciliation import costs
from projections.reconciliation.candidates.ownership_transfers import apart_by
from projections.reconciliation.case import Candidate, Case


def converted(case: Case) -> Iterator[Candidate]:
    """What the owner's holding in the other form lost, or gained, at one ratio.

    Between a holding of the owner's own and a vehicle's only by a ratio that a note states.
    """
    told = _told_by_a_row(case)
    if not told:
        yield from _by_its_note(case)
    yield from _counted(case)
    for other in case.other_forms:
        alike = one_holder(case.position, other)
        if alike:
            yield from _unlisted(case, other)
        for entry in other.entries:
            noted = _noted(entry)
            passed = noted and entry.line.code in _PASSED and not told
            by_row = entry.delta if passed else None
            moved = entry.residual or (other.opened if entry.opening else None) or by_row
            if not moved or moved * case.entry.residual >= 0 or apart_by(case.entry, entry) is None:
                continue
            many = _ratio(case, moved)
            stated = _stated(case, other, entry)
            if not stated and many and {abs(case.entry.residual), abs(moved)} & noted:
                stated = {many}
            together = one_report(entry.dossier, case.entry.dossier)
            if many is None or (stated and many not in stated):
                continue
            if not stated and not (
                alike and together and (entry.residual or abs(moved) >= costs.DEPOSITARY_FEWEST)
            ):
                continue
            yield Candidate(
                shares=case.entry.residual,
                cost=costs.DEPOSITARY_STATED if stated else costs.DEPOSITARY_SHOWN,
                kind="change-of-form",
                code="EXPL_FORM_CHANGE",
                source=reference(entry),
                text=f"{grouped(abs(moved))} {'entered' if moved > 0 else 'left'} {other.security}, "
                f"{grouped(many)} ordinary for one depositary share",
                group=f"depositary:{other.number}:{entry.dossier.id}:{entry.line.ref}",
                sibling=entry,
                basis="stated" if stated else "inferred",
                effective_from=(day := _day(case, entry)),
                effective_to=day,
            )


def _told_by_a_row(case: Case) -> bool:
    """Whether a row of the form moved just what a total is off by: what it tells is in that already."""
    gap, form = case.entry.residual, case.entry.dossier
    rows = (e for e in case.position.entries if one_report(e.dossier, form))
    return any(e.delta == gap for e in rows)


def _counted(case: Case) -> Iterator[Candidate]:
    """So many ordinary shares that a note says the total has as depositary ones."""
    entry = case.entry
    for note in entry.line.notes if entry.residual > 0 and case.position.table == "I" else ():
        if entry.residual in counted_as_depositary(entry.dossier.text_of(note)):
            yield Candidate(
                shares=entry.residual,
                cost=costs.CITED,
                kind="class-total",
                code="EXPL_CONVENTION",
                source=f"{entry.dossier.id}#{note_ref(note, 1, 1)}",
                text="the total has the shares that depositary ones stand for, as its note says",
                group="scope",
                basis="stated",
            )


def _stated(case: Case, other: Position, entry: Posting) -> set[Decimal]:
    """The ratios that the two forms state; where they state none, the one that all before them do."""
    stated = stated_ratios((case.entry.dossier, entry.dossier))
    if stated:
        return stated
    until = max(case.entry.dossier.known.at, entry.dossier.known.at)
    every = [e.dossier for p in (case.position, other) for e in p.entries]
    earlier = stated_ratios(d for d in every if d.known.at <= until)
    return earlier if len(earlier) == 1 else set()


def _by_its_note(case: Case) -> Iterator[Candidate]:
    """What the note of a total says was deposited, or given back, and for how many in the other form.

    The owner had as many there, at the ratio that is stated, and the form need not list them.
    What a row of the form moves is what its note tells of, and moves once.
    """
    entry, gap = case.entry, case.entry.residual
    rowed = any(
        e.dossier is entry.dossier and abs(e.delta) == abs(gap) for e in case.position.entries
    )
    for note in entry.line.notes if case.other_forms and not rowed else ():
        text = entry.dossier.text_of(note)
        named = deposit_numbers(text)
        for other in case.other_forms if abs(gap) in named else ():
            if any(
                one_report(e.dossier, entry.dossier) and e.claim == e.prior for e in other.entries
            ):
                continue  # which still lists all that it had
            stated = _stated(case, other, entry)
            for moved in named:
                many = _ratio(case, moved) if moved else None
                if many in stated and (gap < 0 or moved <= _held(other, entry)):
                    yield Candidate(
                        shares=gap,
                        cost=costs.DEPOSITARY_STATED,
                        kind="change-of-form",
                        code="EXPL_FORM_CHANGE",
                        source=f"{entry.dossier.id}#{note_ref(note, 1, 1)}",
                        text=text,
                        group=f"depositary:{note}",
                        basis="stated",
                        effective_from=(day := _day(case)),
                        effective_to=day,
                    )


def _day(case: Case, *others: Posting) -> date | None:
    """The one day since the total before that the notes on some lines give for a deposit, or for its end."""
    entry, before = case.entry, case.before
    told = {deposit_day(e.dossier.text_of(n)) for e in (entry, *others) for n in e.line.notes}
    since, until = before.day if before else None, entry.day
    days = {day for day in told if day and since and until and since <= day <= until}
    return days.pop() if len(days) == 1 else None


_PASSED = ("J", "A", "C", "D")
"""Codes of rows by which depositary shares come for others, or go: otherwise, or as a conversion."""


def _noted(entry: Posting) -> frozenset[Decimal]:
    """The numbers in the notes on a line that tell of a deposit, or of its end."""
    notes = (entry.dossier.text_of(note) for note in entry.line.notes)
    return frozenset[Decimal]().union(*map(deposit_numbers, notes))


def _held(other: Position, entry: Posting) -> Decimal:
    """What was in the other form before a filing."""
    before = [e for e in other.entries if e.dossier.known.at < entry.dossier.known.at]
    return (before[-1].balance if before else None) or Decimal()


def _unlisted(case: Case, other: Position) -> Iterator[Candidate]:
    """All that a holding in the other form had, where no later form lists it, at a ratio that a note states."""
    last, gap, held = other.entries[-1], case.entry.residual, other.balance
    if gap <= 0 or not held or last.dossier.known.at >= case.entry.dossier.known.at:
        return
    many, stated = _ratio(case, held), stated_ratios((case.entry.dossier, last.dossier))
    if many is None or many not in stated:
        return
    yield Candidate(
        shares=gap,
        cost=costs.DEPOSITARY_STATED,
        kind="change-of-form",
        code="EXPL_FORM_CHANGE",
        source=reference(last),
        text=f"all {grouped(held)} of {other.security}, {grouped(many)} ordinary for one depositary share",
        group=f"depositary:{other.number}:all",
        basis="inferred",
    )


def _ratio(case: Case, moved: Decimal) -> Decimal | None:
    """How many ordinary shares were one depositary share; None where it is no whole number."""
    here, there = abs(case.entry.residual), abs(moved)
    ordinary, depositary = (there, here) if is_depositary(case.position) else (here, there)
    return None if ordinary % depositary else ordinary // depositary
