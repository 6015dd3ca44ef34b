"""A note on a line whose total does not follow, which tells of a change and gives no number.

Where its words are understood they are weighed as an explanation (`unquantified_notes`). Where they
are not, they still tell a reader that something was done, so that the total need not be a slip.
"""

from __future__ import annotations

from ledger.footnotes.untold_amounts import of_the_row, untold
from ledger.statements import SENSES
from projections.positions.entries import Posting
from projections.positions.position import Position
from projections.reconciliation.candidates.unquantified_notes import OF_THE_ROW, stands_always


def change_noted(entry: Posting, position: Position) -> str:
    """Words for such a note; "" where none is, or what it says was weighed already."""
    line, dossier = entry.line, entry.dossier
    read = {
        said.note
        for said in dossier.statements
        if SENSES[said.kind].cause or (SENSES[said.kind].moves and said.shares)
    }
    for note in line.notes_of(*(line.cited.keys() - OF_THE_ROW)):
        if note in read:
            continue
        for told in untold(dossier.text_of(note)):
            against = told.way * entry.residual < 0
            if not (
                against
                or of_the_row(told, line.code)
                or stands_always(position, entry, dossier, note)
            ):
                return f"; its note tells of a change without a number: “{told.words}”"
    return ""
