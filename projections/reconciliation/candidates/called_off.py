"""An award that a note says was cancelled, and a gift that came to nothing, of which no number is told.

The award's is that of its grant: of its row, or of a note on an earlier total. The gift's is that of
the row that reported it, and the shares were the owner's all the time.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger.addresses import note_ref
from ledger.footnotes.called_off import Span, came_to_nothing, cancelled, granted
from ledger.footnotes.named import named_in
from ledger.types import exchanged, grouped
from projections.filings.dates import known_on
from projections.positions.entries import Posting, reference
from projections.reconciliation import costs
from projections.reconciliation.candidates.stated_amounts import CODES
from projections.reconciliation.case import Candidate, Case

_GIVEN = frozenset({"G", "J", "W"})
"""Codes of rows in which shares go to somebody unsold."""


def called_off(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A cancelled award of just the shares that are gone, or a gift of just those that are there again."""
    entry = case.entry
    if gap != entry.residual or entry.returned is not None or case.position.unit != "shares":
        return
    rule = _award if gap < 0 else _gift
    for note in entry.line.notes:
        text = entry.dossier.text_of(note)
        for earlier in case.position.entries[: case.position.place(entry)]:
            if earlier.dossier is not entry.dossier and rule(text, earlier, abs(gap)):
                yield _told(case, note, text, earlier)
                return


def _award(text: str, earlier: Posting, shares: Decimal) -> bool:
    """Whether an earlier line granted, or its note names, an award that a note says has ended, and so many of it."""
    given = earlier.delta if earlier.line.code == "A" else Decimal()
    known = known_on(earlier.dossier)
    day = earlier.day or known
    told = [one for note in earlier.line.notes for one in granted(earlier.dossier.text_of(note))]
    for days, part in cancelled(text):
        by_row = not days or any(
            first <= day <= last or first <= known <= last for first, last in days
        )
        sizes = {given} if by_row else set()
        sizes |= {size for size, on in told if any(_meet(a, b) for a in days for b in on)}
        if any(size and abs(exchanged(size, part) - shares) <= 1 - (part == 1) for size in sizes):
            return True
    return False


def _meet(one: Span, other: Span) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _gift(text: str, earlier: Posting, shares: Decimal) -> bool:
    """Whether an earlier row gave so many away, which by a note was not done, or came back."""
    named = named_in(text)
    gave = earlier.line.code in _GIVEN and earlier.delta == -shares
    return gave and (not named or shares in named) and came_to_nothing(text)


def _told(case: Case, note: str, text: str, earlier: Posting) -> Candidate:
    gap = case.entry.residual
    kind = "forfeiture" if gap < 0 else "report-correction"
    source = f"{case.entry.dossier.id}#{note_ref(note, 1, 1)}"
    return Candidate(
        shares=gap,
        cost=costs.CITED,
        kind=kind,
        code=CODES[kind],
        source=source,
        text=f"{text} ({grouped(abs(gap))}, as {reference(earlier)} tells)",
        group=source,
        basis="stated",
    )
