"""A note on a line whose total does not follow, which tells of a change and gives no number.

Where its words are understood they are weighed as an explanation (`unquantified_notes`), and where
nothing is left, as that of the whole (`untold_ends`). Else they still tell a reader that something
was done, so that the total need not be a slip.
"""

from __future__ import annotations

from projections.positions.entries import Posting
from projections.positions.position import Position
from projections.reconciliation.candidates.untold_ends import noted_changes
from projections.reconciliation.case import Case


def change_noted(entry: Posting, position: Position) -> str:
    """Words for such a note; "" where none is, or what it says was weighed already."""
    told = next((told for _, told in noted_changes(entry, position)), None)
    return f"; its note tells of a change without a number: “{told.words}”" if told else ""


def unread(case: Case) -> str:
    """Words for notes without a text here, as in data that come without: on a total, or on the terms of several rows."""
    entry, dossier = case.entry, case.entry.dossier
    notes = entry.line.notes_of("shares_after")
    if notes and not any(map(dossier.text_of, notes)):
        return "; the note on it is not here"
    rows = [e.line for e in case.position.entries if e.dossier is dossier]
    terms = {tuple(line.notes_of("security", "exercisable_on", "expires_on")) for line in rows}
    if len(terms) > 1 and not any(dossier.text_of(note) for cited in terms for note in cited):
        return "; the notes that tell these rows apart are not here"
    return ""
