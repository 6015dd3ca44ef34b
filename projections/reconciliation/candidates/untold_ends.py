"""A holding of which nothing is left, where a note tells in any words what was done to it.

The number it does not give is the whole: "all outstanding units were exchanged", "the trust was
wound up". Of a total that leaves something such words explain no size (`untold_notes`).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger.addresses import note_ref
from ledger.footnotes.untold_amounts import Told, of_the_row, untold
from ledger.statements import SENSES
from projections.filings.marks import notes_on_total
from projections.positions.entries import Posting
from projections.positions.position import Position
from projections.reconciliation import costs
from projections.reconciliation.candidates.stated_amounts import CODES
from projections.reconciliation.candidates.unquantified_notes import stands_always
from projections.reconciliation.case import Candidate, Case


def noted_changes(entry: Posting, position: Position) -> Iterator[tuple[str, Told]]:
    """What notes on a total tell was done, in words without a number that nothing else weighs."""
    line, dossier = entry.line, entry.dossier
    read = {
        said.note
        for said in dossier.statements
        if SENSES[said.kind].cause or (SENSES[said.kind].moves and said.shares)
    }
    for note in notes_on_total(dossier, line):
        if note in read:
            continue
        for told in untold(dossier.text_of(note)):
            against = told.way * entry.residual < 0
            if not (
                against
                or of_the_row(told, line.code)
                or stands_always(position, entry, dossier, note)
            ):
                yield note, told


def wholly_gone(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """All that was held, where a line lists nothing and its note tells of a change."""
    entry = case.entry
    if entry.claim or entry.returned is not None or gap >= 0 or gap != -(entry.prior or 0):
        return
    for note, told in noted_changes(entry, case.position):
        source = f"{entry.dossier.id}#{note_ref(note, 1, 1)}"
        yield Candidate(
            shares=gap,
            cost=costs.UNQUANTIFIED,
            kind="disposal-note",
            code=CODES["disposal-note"],
            source=source,
            text=told.words,
            group=source,
            basis="shown",
        )
        return
