"""Shares that a note says were withdrawn from a plan: from its own line by their number, or into direct ones without."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger.addresses import note_ref
from ledger.figures import figures_in
from ledger.footnotes.plan_exits import left_a_plan, now_direct
from ledger.footnotes.text import plain, sentences
from projections.identity.plans import plan_key
from projections.positions.position import Position
from projections.reconciliation import costs
from projections.reconciliation.candidates.stated_amounts import CODES
from projections.reconciliation.case import Candidate, Case


def tells_out(case: Case, gap: Decimal) -> str:
    """The note on a plan's own line by which just so many left it, "" for none: then nothing else brought or took them.

    A total that is higher by as many has them the wrong way.
    """
    if not plan_key(case.position.vehicle):
        return ""
    dossier = case.entry.dossier
    return next(
        (
            note
            for note in case.entry.line.notes
            for one in sentences(plain(dossier.text_of(note))[0])
            if abs(gap) in figures_in(one.words, dollars=False) and left_a_plan(one.words)
        ),
        "",
    )


def _taken_out(case: Case, gap: Decimal, note: str) -> Candidate:
    dossier = case.entry.dossier
    return Candidate(
        shares=gap,
        cost=costs.CITED,
        kind="plan-units",
        code=CODES["plan-units"],
        source=f"{dossier.id}#{note_ref(note, 1, 1)}",
        text=dossier.text_of(note),
        group="plan",
        basis="stated",
    )


def withdrawn(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """What came from the owner's one account in a plan, by a note that gives no amount of it.

    All of it, where it is as much as the account had and the form does not list that.
    """
    entry = case.entry
    out = tells_out(case, gap) if gap < 0 else ""
    told = (s for s in entry.dossier.statements if s.note == out and s.shares == -gap)
    if out and all(s.kind == "plan-units" for s in told):
        yield _taken_out(case, gap, out)
    if gap <= 0 or case.position.form != "direct" or entry.returned is not None:
        return
    note = next((n for n in entry.line.notes if now_direct(entry.dossier.text_of(n))), None)
    accounts = [p for p in case.siblings if plan_key(p.vehicle) and _held(p, case)]
    if note is None or len(accounts) != 1 or gap > (held := _held(accounts[0], case)):
        return
    if any(s.note == note and s.shares for s in entry.dossier.statements):
        return
    last, whole = accounts[0].entries[-1], gap == held
    silent = last.dossier.known.at < entry.dossier.known.at
    yield Candidate(
        shares=gap,
        cost=costs.FORM_CHANGE_NOTED if whole else costs.UNQUANTIFIED,
        kind="form-change",
        code="EXPL_FORM_CHANGE",
        source=f"{entry.dossier.id}#{note_ref(note, 1, 1)}",
        text=entry.dossier.text_of(note),
        group="plan",
        sibling=last if whole and silent else None,
        empties=whole and silent,
        basis="stated",
    )


def _held(account: Position, case: Case) -> Decimal:
    """What an account had before a form."""
    known = case.entry.dossier.known.at
    before = [e.balance for e in account.entries if e.dossier.known.at < known]
    return (before[-1] if before else None) or Decimal(0)
