"""Ordinary shares deposited for depositary shares, or given back for them, without a row.

The owner has what it had in another form (Rule 16a-13): one holding falls, the other rises,
at the one ratio of the programme. A note may state it; else both differences show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ledger.types import grouped
from projections.filings.records import Dossier
from projections.identity.securities import DEPOSITARY
from projections.issuer import Folded
from projections.positions.entries import Posting, reference
from projections.positions.position import Position
from projections.reconciliation import costs
from projections.reconciliation.case import Candidate, Case

_NUMBERS = "one two three four five six seven eight nine ten".split()
_RATIO = re.compile(
    rf"(?:{DEPOSITARY.pattern})[\"”)]*(?:,?\s+each(?:\s+of\s+which)?)?\s+(?:represents?|representing|is\s+equal\s+to|evidenc\w+)\s+(?:the\s+right\s+to\s+receive\s+)?"
    rf"(?P<many>\d[\d,]*|{'|'.join(_NUMBERS)})\s+(?:\(\d+\)\s+)?(?:\S+\s+){{0,4}}?(?:shares?|stock|of\s+(?:them|which|these))\b",
    re.IGNORECASE,
)


def counterparts_of(position: Position, folded: Folded) -> list[Position]:
    """The owner's holdings in the other form: ordinary where this is depositary, and reversed."""
    if position.table != "I" or position.unit != "shares":
        return []
    return [
        p
        for p in folded.positions_of(position.owners)
        if p.table == "I"
        and p.unit == "shares"
        and p.entries
        and _depositary(p) != _depositary(position)
        and not (p.tokens | position.tokens) & {"preferred", "warrant", "option"}
        and (p.form, p.vehicle, p.entity) == (position.form, position.vehicle, position.entity)
    ]


def converted(case: Case) -> Iterator[Candidate]:
    """What the owner's holding in the other form lost, or gained, at one ratio."""
    for other in case.other_forms:
        for entry in other.entries:
            moved = entry.residual or (other.opened if entry.opening else None)
            if not moved or moved * case.entry.residual >= 0 or not _near(case.entry, entry):
                continue
            many = _ratio(case, moved)
            stated = _stated((case.entry.dossier, entry.dossier))
            together = entry.dossier is case.entry.dossier
            if many is None or (stated and many not in stated):
                continue
            if not stated and not (
                together and (entry.residual or abs(moved) >= costs.DEPOSITARY_FEWEST)
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
            )


def _depositary(position: Position) -> bool:
    return "depositary" in position.tokens


def _near(one: Posting, other: Posting) -> bool:
    if one.dossier is other.dossier:
        return True
    return (
        one.day is not None and other.day is not None and abs(one.day - other.day) <= costs.FARTHEST
    )


def _ratio(case: Case, moved: Decimal) -> Decimal | None:
    """How many ordinary shares were one depositary share; None where it is no whole number."""
    here, there = abs(case.entry.residual), abs(moved)
    ordinary, depositary = (there, here) if _depositary(case.position) else (here, there)
    return None if ordinary % depositary else ordinary // depositary


def _stated(dossiers: Sequence[Dossier]) -> set[Decimal]:
    """The ratios that notes of these filings, or their titles, give."""
    texts = [note.text for d in dossiers for note in d.head.footnotes]
    texts += [line.security or "" for d in dossiers for line in d.lines]
    return {_number(found["many"]) for text in texts for found in _RATIO.finditer(text)}


def _number(text: str) -> Decimal:
    word = text.casefold()
    return Decimal(_NUMBERS.index(word) + 1) if word in _NUMBERS else Decimal(word.replace(",", ""))
