"""Shares that a note says went to a vehicle, whose line has them, and that the owner's own total has still."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.statements import SENSES
from ledger.types import grouped
from projections.checks.check import Check, asked_of
from projections.filings.dates import known_on
from projections.filings.records import ZERO, Dossier, Stated
from projections.findings.finding import Finding, about
from projections.identity.securities import same_class
from projections.issuer import Folded
from projections.positions.entries import Posting, reference
from projections.positions.position import Position

_KINDS = tuple(kind for kind, sense in SENSES.items() if sense.keeps_interest)
"""Statements of shares that the owner put where he keeps an interest in them."""


@asked_of(*_KINDS)
def kept_by_the_giver(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A direct total that goes on as if nothing had gone, though its own note says what went since."""
    for said in dossier.statements:
        if said.kind not in _KINDS or said.direction != "disposed" or not said.shares:
            continue
        for line in folded.lines_of(dossier):
            position = folded.position_of.get(id(line))
            if position is None or position.form != "direct" or said.note not in line.notes:
                continue
            entry = next((e for e in position.entries if e.line is line), None)
            got = _got(said, dossier, position, folded)
            if entry is None or got is None or not _as_before(said, entry, position):
                continue
            if adds_vehicles_later(entry, position, folded):
                continue
            words = (
                f"a note states {grouped(said.shares)} shares ({said.kind.replace('-', ' ')}), which {got.line.ref} has; "
                "the total follows without them, since the one before"
            )
            yield about(
                dossier,
                line,
                "COLUMN_NOTE_CONFLICT",
                words,
                difference=said.shares,
                evidence=(f"{dossier.id}#{said.ref}", reference(got)),
            )


def adds_vehicles_later(entry: Posting, position: Position, folded: Folded) -> bool:
    """Whether a later row's total is one that adds what vehicles hold: then so may an earlier one, of what went to one."""
    later = (e for e in position.entries[position.place(entry) + 1 :] if not e.line.holding)
    told = (why for e in later if (why := folded.rulings.on(e).explanation) is not None)
    return any(t.kind == "class-total" and t.shares > 0 for why in told for t in why.terms)


def _as_before(said: Stated, entry: Posting, position: Position) -> bool:
    """Whether a total goes on from one of before a movement without it, and no row of the form has it."""
    mine = [e for e in position.entries if e.dossier is entry.dossier]
    place, on = position.place(mine[0]), said.effective_from
    before = position.entries[place - 1] if place else None
    if before is None or on is None or said.precision != "day" or not all(e.plain for e in mine):
        return False
    moved = any(e.delta == -(said.shares or ZERO) for e in mine)
    return not moved and known_on(before.dossier) < on <= known_on(entry.dossier)


def _got(said: Stated, dossier: Dossier, direct: Position, folded: Folded) -> Posting | None:
    """The line of the form on which a vehicle of the same owners has just so many more, if no other has fewer."""
    others = [
        e
        for p in folded.positions_of(direct.owners)
        if p is not direct and p.table == direct.table
        if same_class(p.tokens, direct.tokens) is not False
        for e in p.entries
        if e.dossier is dossier
    ]
    if any(-(said.shares or ZERO) in (e.delta, e.residual) for e in others):
        return None
    return next((e for e in others if said.shares == (e.claim if e.opening else e.residual)), None)


CHECKS: tuple[Check, ...] = (kept_by_the_giver,)
