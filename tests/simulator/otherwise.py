"""The same told otherwise: a form for each holding, and notes marked on whatever column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from datetime import timedelta

from tests.simulator.people import Insider
from tests.simulator.reports import Draft, Line

_MOVABLE = ("shares_after", "shares", "code", "price")
"""Columns whose notes a filer may cite elsewhere; on the others a mark may stand for a value."""


def form_by_form(drafts: Sequence[Draft]) -> list[Draft]:
    """Each holding that moved on a form of its own, unless an amendment speaks of the form."""
    amended = {draft.original_on for draft in drafts if draft.original_on}
    return [
        form
        for draft in drafts
        for form in (
            _apart(draft) if draft.form == "4" and draft.filed_on not in amended else [draft]
        )
    ]


def _apart(draft: Draft) -> Iterator[Draft]:
    """One form for each holding with a movement; what is only listed stands on the first."""
    moved = list(dict.fromkeys(line.position for line in draft.lines if line.move))
    for number, position in enumerate(moved):
        form = copy(draft)
        form.lines = [
            line
            for line in draft.lines
            if line.position is position or (not number and line.position not in moved)
        ]
        form.period = min(line.move.on for line in form.lines if line.move)
        form.accepted_at = draft.accepted_at + timedelta(seconds=number)
        form.exits = draft.exits and position is moved[-1]
        yield form
    if not moved:
        yield draft


def marked(line: Line, insider: Insider) -> list[tuple[str, str]]:
    """A line's notes, each with the column that its number stands on."""
    if "marks-elsewhere" not in insider.habits.rare:
        return line.notes
    columns = ["security", "shares_after"] if line.move is None else ["security", "code", "shares"]
    columns += ["nature"] if line.fields["nature"] else []
    column = insider.chance("marks").choice(columns)
    return [(column if field in _MOVABLE else field, text) for field, text in line.notes]
