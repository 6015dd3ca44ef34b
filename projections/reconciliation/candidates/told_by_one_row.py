"""Shares that pass between an owner's holdings by one row: the other line only shows what came of it.

Gifts, inheritances and what a trust gives out are often told where they arrive, or where they
leave; the line of the other holding then has no row, and its total is off by just as many. Where
the form of the row does not list that holding, the next line of it shows them, and the row's note
says where they went. Where it lists it as it was before, the next total shows that this was out of date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ledger.footnotes.parties import sort_of
from ledger.loading import pattern
from ledger.statements import SENSES
from ledger.types import grouped
from projections.checks.distributions import listed_as_before
from projections.filings.parts import one_report
from projections.filings.records import ZERO
from projections.identity.vehicles import core_of, own_words, vehicle_key
from projections.positions.digits import slipped_digits
from projections.positions.entries import Posting, reference
from projections.positions.position import Position
from projections.reconciliation import costs
from projections.reconciliation.candidates.slip_terms import PASSING
from projections.reconciliation.case import Candidate, Case


def told_by_one_row(case: Case) -> Iterator[Candidate]:
    """A row of another holding, of as many shares the other way, passed on for nothing."""
    entry, gap = case.entry, case.entry.residual
    if entry.returned is not None or case.position.table != "I":
        return
    for position in case.siblings:
        for other in position.entries:
            if (
                _as_moved(other) == -gap
                and other.line.code in PASSING
                and not other.line.price
                and not _has_its_row(entry, other)
                and (
                    _listed_beside(case, other)
                    or listed_as_before(case.position, entry, other)
                    or _named_before(case, position, other)
                )
            ):
                yield Candidate(
                    shares=gap,
                    cost=costs.ELSEWHERE,
                    kind="change-of-form",
                    code="EXPL_FORM_CHANGE",
                    source=reference(other),
                    text=f"the other side of {grouped(abs(gap))} under code {other.line.code}",
                    group=f"one-row:{reference(other)}",
                    effective_from=other.line.effective_on,
                    effective_to=other.line.effective_on,
                    sibling=other,
                    basis="shown",
                )


def _as_moved(row: Posting) -> Decimal:
    """What a row moved: where its total follows by a slip of digits in the amount, by the total."""
    moved = row.delta + row.residual
    slipped = row.delta * moved > 0 and slipped_digits(abs(row.delta), abs(moved))
    return row.delta if not row.residual else moved if slipped else ZERO


def _listed_beside(case: Case, row: Posting) -> bool:
    """Whether the form of a row lists the other holding, without a row of its own."""
    entry = case.entry
    together = one_report(row.dossier, entry.dossier) and not entry.delta
    return together and not _given_away(case.position, row)


def _named_before(case: Case, position: Position, row: Posting) -> bool:
    """Whether a row came since the last line of the other holding, and its note names that one."""
    entry, before = case.entry, case.before
    if before is None or before.day is None or row.day is None or entry.day is None:
        return False
    if not (before.day < row.day <= entry.day and row.dossier.known.at < entry.dossier.known.at):
        return False
    vehicle = (case.position if case.position.form == "indirect" else position).vehicle
    if _taken(case, row) or _of_another(case, vehicle, row):
        return False
    own = case.position.form == "direct" and row.delta < 0
    return any(_between(row, note, vehicle, own=own) for note in row.line.notes)


def _taken(case: Case, row: Posting) -> bool:
    """Whether another holding of the owner's differs by as many since the row, and no later: one has them."""
    entry = case.entry
    return any(
        e.residual == -_as_moved(row)
        and row.dossier.known.at < e.dossier.known.at <= entry.dossier.known.at
        for position in case.siblings
        for e in position.entries
    )


def _of_another(case: Case, vehicle: str, row: Posting) -> bool:
    """Whether the row's notes have the proper name of another vehicle of the owner's, and not this one's."""
    told = {
        w for note in row.line.notes for w in core_of(vehicle_key(row.dossier.text_of(note)))[0]
    }
    others = {w for p in case.siblings if p.vehicle != vehicle for w in own_words(p.vehicle)}
    return bool(told & others) and not told & own_words(vehicle)


def _between(row: Posting, note: str, vehicle: str, *, own: bool) -> bool:
    """Whether a note on a row speaks of a vehicle of the owner's, and of nobody outside the household.

    Shares that left it for the owner's `own` account are so told, or as those in which an interest is kept.
    """
    text = row.dossier.text_of(note)
    if sort_of(text) == "charity" != sort_of(vehicle):
        return False
    kept = any(s.note == note and SENSES[s.kind].keeps_interest for s in row.dossier.statements)
    if own:
        return kept or _TO_OWNER.search(text) is not None
    return kept or _names(vehicle, text)


def _has_its_row(entry: Posting, row: Posting) -> bool:
    """Whether the other side of a row has a row of its own in its form, or in that of the total."""
    lines = (*row.dossier.lines, *entry.dossier.lines)
    return any(line.movement == -_as_moved(row) for line in lines if not line.holding)


_TO_OWNER = pattern(
    r"\bto\s+(?:the\s+)?(?:reporting\s+(?:person|owner)|undersigned|grantor|settlor)\b(?!['’])",
    re.IGNORECASE,
)
"""Words of the owner as the one to whom shares go."""


def _given_away(position: Position, row: Posting) -> bool:
    """Whether a note on a row by which shares left does not speak of the other holding by any word."""
    if row.delta > 0 or not row.line.notes:
        return False
    return not any(_names(position.vehicle, row.dossier.text_of(note)) for note in row.line.notes)


def _names(vehicle: str, note: str) -> bool:
    """Whether a note has a word of a vehicle's name in it."""
    return bool(core_of(vehicle_key(vehicle))[0] & core_of(vehicle_key(note))[0])
