"""Which notes of a line speak of its total, and which of its price: by their words, and else by their column."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ledger.footnotes.subjects import names_a_total, of_a_price, of_a_total
from projections.filings.records import Dossier, Line

T = TypeVar("T")

_OF_THE_ROW = frozenset({"code", "shares", "price", "direction", "effective_on"})
"""Columns whose notes describe the row's own movement, where their words tell of nothing else."""


_OF_EITHER = ("security", "shares_after")
"""Columns whose notes may describe the movement as well as what is held."""


def saying(dossier: Dossier, read: Callable[[str], T]) -> dict[str, T]:
    """The notes of a filing in whose words something is found, each with it: hardly a filing has one.

    What few notes say is asked of these first, before it is asked which line cites them where.
    """
    return {note: found for note, text in dossier.texts.items() if (found := read(text))}


def notes_on_total(dossier: Dossier, line: Line) -> list[str]:
    """The notes that may say what a total has in it besides its row."""
    if not line.cited:
        return []
    of_row = _OF_THE_ROW.intersection(line.cited)
    cited = line.notes_of(*(line.cited.keys() - _OF_THE_ROW))
    if not of_row:
        return cited
    return [
        note
        for note in line.notes
        if note in cited or of_a_total(dossier.text_of(note), line.code or "")
    ]


def says_what_is_counted(dossier: Dossier, line: Line) -> bool:
    """Whether a note says that a total has others in it, and not only what its row did."""
    return any(names_a_total(dossier.text_of(n)) for n in notes_on_total(dossier, line))


def notes_on_row(dossier: Dossier, line: Line) -> list[str]:
    """The notes that may tell of a row's own movement: those that say nothing of what is held, or of the holder."""
    cited = line.notes_of(*_OF_THE_ROW, *_OF_EITHER) if line.cited else []
    return [n for n in line.notes if n in cited and not names_a_total(dossier.text_of(n))]


def notes_on_price(dossier: Dossier, line: Line) -> list[str]:
    """The notes that may say of a row at what price it was done."""
    at_price = line.notes_of("price")
    return [n for n in line.notes if n in at_price or of_a_price(dossier.text_of(n))]
