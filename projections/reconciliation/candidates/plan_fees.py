"""What a plan credited less its fees, as the note on a total reckons it, and a total that adds the fees."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger.footnotes.fees import Credited, less_fees
from ledger.types import grouped
from projections.filings.marks import notes_on_total
from projections.positions.entries import Posting, reference
from projections.reconciliation import costs
from projections.reconciliation.candidates.slip_terms import slip
from projections.reconciliation.candidates.stated_amounts import CODES
from projections.reconciliation.case import Candidate, Case


def credited_less_fees(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """What the note of a total says came to a plan, less the fees; or with them, which is a slip.

    What the note of a total says that was set aside is in the one that goes back behind it.
    """
    entry = case.entry
    if gap != entry.residual or case.position.table != "I":
        return
    earlier = case.position.entries[: case.position.place(entry)]
    for one in (entry, *(e for e in earlier if e.returned == entry)):
        for told in _told(one):
            yield from _as_told(case, one, told)


def credited(entry: Posting) -> Iterator[Decimal]:
    """What the notes of a total say came to a plan, less the fees."""
    yield from (told.came - told.fees for told in _told(entry))


def _told(entry: Posting) -> Iterator[Credited]:
    for note in notes_on_total(entry.dossier, entry.line):
        told = less_fees(entry.dossier.text_of(note))
        if told is not None:
            yield told


def _as_told(case: Case, one: Posting, told: Credited) -> Iterator[Candidate]:
    gap = case.entry.residual
    if gap == told.came - told.fees:
        source = reference(one)
        yield Candidate(
            shares=gap,
            cost=costs.CITED,
            kind="plan-units",
            code=CODES["plan-units"],
            source=source,
            text=f"{grouped(told.came)} less {grouped(told.fees)} for fees, as its note says",
            group=f"{source}/fees",
            stated=True,
            basis="stated",
        )
    elif gap == told.came + told.fees and one is case.entry:
        words = f"the total adds the {grouped(told.fees)} for fees that its note takes off"
        yield slip(case, "COLUMN_NOTE_CONFLICT", gap, words, costs.CITED, shown=True)
