"""What a draft may lack, which no arithmetic shows: holdings, purchases, another person's number.

These are hints, never findings: a filer may have sold what is left out, or be new. Each rests
on a habit of the filer's own, the last form of the same owners, and names it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from ledger.statements import SENSES
from ledger.types import grouped
from projections.answers import Hint
from projections.filings.records import Dossier
from projections.identity.names import person_key
from projections.identity.securities import same_class
from projections.judgement import Judged
from projections.positions.entries import reference
from projections.positions.origins import beside
from projections.positions.position import Position

_LEEWAY = timedelta(days=15)
"""How much longer than ever before may pass between two purchases before one is missed."""


def omissions(draft: Dossier, judged: Judged, here: list[Dossier]) -> Iterator[Hint]:
    """What a draft may lack, holdings first, in the order of its rows.

    `here` are the issuer's filings that the draft is judged against.
    """
    if not draft.amends:
        yield from _left_out(draft, judged)
        yield from _plans(draft, judged)
    yield from _new_holdings(draft, judged)
    yield from _other_numbers(draft, here)


def _own(draft: Dossier, judged: Judged) -> list[Position]:
    """The positions that a draft's rows stand on, each once."""
    found = (judged.folded.position_of.get(id(line)) for line in draft.lines)
    return list(dict.fromkeys(position for position in found if position is not None))


def _left_out(draft: Dossier, judged: Judged) -> Iterator[Hint]:
    """Stock of a class that the draft reports, which the last form of that class listed beside it.

    Column 5 of Table I asks for all that is owned of a class after what is reported, on a
    line for each form of ownership. Whoever listed a holding in which nothing moved does so
    by habit.
    """
    own = [p for p in _own(draft, judged) if p.table == "I"]
    earlier = {
        position: before
        for position in judged.folded.positions_of(judged.folded.people.keys(draft))
        if position.table == "I"
        and any(same_class(position.tokens, other.tokens) for other in own)
        and (before := [e for e in position.entries if e.dossier.known.at < draft.known.at])
    }
    forms = (entry.dossier for before in earlier.values() for entry in before)
    last = max(forms, key=lambda d: (d.known.at, d.stream), default=None)
    for position, before in earlier.items():
        entry, balance = before[-1], before[-1].balance
        if position in own or entry.dossier is not last or not entry.line.holding or not balance:
            continue
        words = (
            f"{grouped(balance)} {position.security}, {_held(position)}: "
            "the last form lists it, this one does not"
        )
        yield Hint("left-out", None, words, reference(entry))


def _plans(draft: Dossier, judged: Judged) -> Iterator[Hint]:
    """Purchases that notes used to tell of, and of which none was told for longer than ever."""
    for position in _own(draft, judged):
        told = sorted(_purchases(position), key=lambda found: found[0])
        days = [day for day, _, _ in told]
        waits = [later - day for day, later in pairwise(days) if later > day]
        mine = [e for e in position.entries if e.dossier is draft]
        now = max((e.day for e in mine if e.day), default=None)
        if len(waits) < 2 or now is None or now - days[-1] <= max(waits) + _LEEWAY:
            continue
        words = (
            f"notes tell of shares {SENSES[told[-1][1]].meaning} up to {days[-1].isoformat()}, "
            f"every {max(waits).days} days at the latest, and of none since"
        )
        yield Hint("plan", mine[0].line.ref, words, told[-1][2])


def _purchases(position: Position) -> Iterator[tuple[date, str, str]]:
    """Each purchase that a note of a position's lines tells of: its day, its kind, its place."""
    for dossier in _dossiers(position):
        cited = {note for e in position.entries if e.dossier is dossier for note in e.line.notes}
        for said in dossier.statements:
            day = said.effective_to or said.effective_from or dossier.day
            if SENSES[said.kind].from_plan and said.note in cited and day is not None:
                yield day, said.kind, f"{dossier.id}#{said.ref}"


def _dossiers(position: Position) -> list[Dossier]:
    return list({entry.dossier.stream: entry.dossier for entry in position.entries}.values())


def _new_holdings(draft: Dossier, judged: Judged) -> Iterator[Hint]:
    """Rows that go on from nothing here, beside what they might be meant to go on from."""
    if draft.base_form == "3" or draft.amends:
        return
    everything = judged.folded.positions_of(judged.folded.people.keys(draft))
    for position in _own(draft, judged):
        first = position.entries[0]
        if first.dossier is not draft or not position.opened:
            continue
        near = [p for p in beside(position, everything) if p.balance] or [
            p
            for p in everything
            if p is not position and p.table == position.table and p.balance and p.table == "I"
        ]
        words, source = f"no report here of {position.security} held so before", ""
        if near and near[-1].balance is not None:
            words += f"; {grouped(near[-1].balance)} {near[-1].security}, {_held(near[-1])}, are"
            source = reference(near[-1].entries[-1])
        yield Hint("new-holding", first.line.ref, words, source)


def _held(position: Position) -> str:
    return position.nature or position.form or "form of ownership not stated"


def _other_numbers(draft: Dossier, here: list[Dossier]) -> Iterator[Hint]:
    """Owners whose name stands here under another CIK, and their own CIK under no name."""
    known = {owner.cik for d in here for owner in d.head.owners if owner.cik}
    names = {
        person_key(owner.name or ""): (owner.cik, d.id)
        for d in here
        for owner in d.head.owners
        if owner.cik and owner.name
    }
    for owner in draft.head.owners:
        cik, filing = names.get(person_key(owner.name or ""), (None, ""))
        if owner.cik and owner.cik not in known and cik:
            words = f"{owner.name} reports here as CIK {cik}, not {owner.cik}"
            yield Hint("owner", None, words, filing)
