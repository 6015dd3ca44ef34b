"""Drafts whose rows go on from what their owners hold of another company: the wrong one is named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ledger.types import grouped
from projections.desk import Hint
from projections.filings.records import ZERO, Dossier
from projections.judgement import Judged, judge
from projections.positions.digits import telling
from projections.positions.entries import reference
from projections.positions.position import Position
from projections.questions.subject import joined
from projections.views.readmodel import ReadModel
from projections.views.waiting import naming

_MOST = 20
"""At how many other companies an owner is looked up: a fund that reports about more is at none of them."""


def at_another_company(
    model: ReadModel, home: str, draft: Dossier, judged: Judged, moment: datetime | None
) -> Iterator[Hint]:
    """Rows that go on from nothing here, and to the share from a holding of another company.

    A round number is too common to tell, but for several that are all held there. `home` is the key of the draft's issuer, and `moment`
    is by when filings are known.
    """
    if draft.base_form == "3" or draft.amends:
        return
    new = [p for p in _beginning(draft, judged) if p.opened]
    if not new:
        return
    owners = judged.folded.people.keys(draft)
    everybody = model.everybody(naming(owners))
    there = {row.issuer for key in owners for row in everybody.by_key.get(key, ())} - {home}
    if len(there) > _MOST:
        return
    goes_on: dict[str, dict[Position, Position]] = {}
    for issuer, position in _held_at(model, there, owners, moment):
        for one in new:
            if (one.opened, one.table, one.form) == (
                position.balance,
                position.table,
                position.form,
            ):
                goes_on.setdefault(issuer, {}).setdefault(one, position)
    for found in goes_on.values():
        told = {one: p for one, p in found.items() if telling(one.opened or ZERO)}
        for one, position in (told or (found if len(found) > 1 else {})).items():
            last = position.entries[-1]
            head = last.dossier.head.issuer
            words = (
                f"the row goes on from {grouped(one.opened or ZERO)}, which is not held here, and is "
                f"what the owner has of {head.name or '?'} (CIK {head.cik or 'unknown'})"
            )
            yield Hint("issuer", one.entries[0].line.ref, words, reference(last))


def _beginning(draft: Dossier, judged: Judged) -> Iterator[Position]:
    """The holdings that begin with a draft."""
    for line in draft.lines:
        position = judged.folded.position_of.get(id(line))
        if position is not None and position.entries[0].line is line:
            yield position


def _held_at(
    model: ReadModel, issuers: set[str], owners: frozenset[str], moment: datetime | None
) -> Iterator[tuple[str, Position]]:
    """What some owners hold at companies, as far as it was known by a moment."""
    for key, filings, kin in model.filings_of(issuers):
        known = [d for d in filings if d.known_by(moment)]
        others = [[d for d in theirs if d.known_by(moment)] for theirs in kin]
        for part in joined(known, moment) if known else ():
            folded = judge(part, kin=others).folded
            held = (p for p in folded.positions_of(owners) if p.entries and p.balance)
            yield from ((key, position) for position in held)
