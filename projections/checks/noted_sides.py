"""Rows beside whom and what their notes name: the amount of another row, the other side of a movement.

Where two rows under one code each cite a note with just the other's number, the notes are exchanged. A row
marked as disposed of whose note says that its holder got the shares has the wrong letter, or the wrong note.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from ledger.footnotes.named import named_in
from ledger.types import grouped
from projections.checks.check import Check, asked_of
from projections.filings.marks import notes_on_row
from projections.filings.records import ZERO, Dossier, Line
from projections.filings.roles import by_sides
from projections.findings.finding import Finding, about
from projections.issuer import Folded


@asked_of("citing rows")
def exchanged_notes(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """Two rows under one code, each of whose own notes names the amount of the other one alone."""
    moving = [line for line in folded.lines_of(dossier) if not line.holding and line.shares]
    citing = Counter(note for line in moving for note in {*line.notes})
    named = [
        (line, size) for line in moving if (size := _only_number(dossier, line, citing)) is not None
    ]
    for (one, said), (other, of_the_other) in combinations(named[:_FEW], 2):
        alike = (one.code, one.table, one.direction) == (other.code, other.table, other.direction)
        if alike and said == other.shares != one.shares == of_the_other:
            words = (
                f"{grouped(one.shares or ZERO)}, where its note tells of {grouped(said)}, as many as {other.ref} moves,"
                f" and the note of that one of as many as this: the two notes may stand exchanged"
            )
            yield about(dossier, one, "COLUMN_NOTE_CONFLICT", words)


def _only_number(dossier: Dossier, line: Line, citing: Counter[str]) -> Decimal | None:
    """The one number that the notes name which a row cites alone; None where they name more, or none."""
    own = [dossier.text_of(note) for note in line.notes if citing[note] == 1]
    numbers = frozenset[Decimal]().union(*map(named_in, own))
    return next(iter(numbers)) if len(numbers) == 1 else None


_FEW = 20
"""Rows of a form that are set beside each other."""
_RECEIPT = re.compile(
    r"\b(?:received|acquired|(?:receipt|acquisition)\s+of)\b(?!\s+(?:no|nothing|cash|an?\s+payment|\$))",
    re.IGNORECASE,
)
_GAVE = re.compile(
    r"\b(?:exchang\w+|conver\w+|contribut\w+|transferr?\w*\s+to|gave|sold|return|consideration\s+for|in\s+respect\s+of\s+which|distributed|distribution\s+(?:by|of|to|from)|withh\w+|surrender\w*"
    r"|(?:previously|originally|which|that|(?:the|those|these|such)\s+shares)\s+(?:were\s+|was\s+|had\s+been\s+)?(?:received|acquired))\b",
    re.IGNORECASE,
)
_FREELY = frozenset({"J", "W", "I"})
"""Codes of movements that go either way, and that no price tells."""


@asked_of("citing rows")
def marked_otherwise(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A row marked D, of whose very shares its own notes say that its holder got them."""
    for line in folded.lines_of(dossier):
        if line.holding or line.code not in _FREELY or line.movement >= ZERO:
            continue
        texts = [dossier.text_of(note) for note in notes_on_row(dossier, line)]
        if any(_got(text, line, dossier) for text in texts) and _as_its_first(line, folded):
            words = f"marked D, where its note tells of shares that were received, and its total is just these {grouped(line.shares or ZERO)}"
            yield about(dossier, line, "COLUMN_NOTE_CONFLICT", words)


def _got(text: str, line: Line, dossier: Dossier) -> bool:
    """Whether a note says that the shares of a row came, and nothing by which they may have gone."""
    shares = line.shares or ZERO
    if by_sides(text, shares, line, dossier) == [-1]:
        return False
    numbers = named_in(text)
    return bool(
        _RECEIPT.search(text) and not _GAVE.search(text) and (not numbers or numbers == {shares})
    )


def _as_its_first(line: Line, folded: Folded) -> bool:
    """Whether a row begins its holding, and its total is just what it moved: half of all would have gone."""
    entry = folded.entry_of.get(id(line))
    return entry is not None and entry.opening and entry.claim == line.shares


CHECKS: tuple[Check, ...] = (exchanged_notes, marked_otherwise)
