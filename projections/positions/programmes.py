"""Depositary programmes: how many ordinary shares a depositary share is, and when that changes.

A programme's ratio is changed by a notice to its holders: each depositary share becomes several,
or several become one, while the ordinary shares under them stay as many. To the holder of
depositary shares it is a split; nobody else has any part in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ledger.addresses import note_ref
from ledger.footnotes.dates import dates
from ledger.footnotes.exchanges import (
    plans_a_ratio_change,
    ratios_told,
    represented,
    tells_a_ratio_change,
)
from projections.filings.records import Dossier


class RatioChange(NamedTuple):
    """A change of a programme's ratio: what one depositary share became, on which day, and who says so.

    `told` is whether the note speaks of a change that came; else it only states another ratio than
    before, or what is planned.
    """

    ratio: Fraction
    on: date | None
    dossier: Dossier
    ref: str
    text: str
    told: bool


def stated_ratios(dossiers: Iterable[Dossier]) -> set[Decimal]:
    """How many ordinary shares notes or titles of some filings say that a depositary share is."""
    return {many for dossier in dossiers for text in _texts(dossier) for many in represented(text)}


def tells_a_change(dossier: Dossier) -> bool:
    """Whether a note of a filing speaks of a change of the programme's ratio."""
    return any(tells_a_ratio_change(note.text) for note in dossier.notes)


def ratio_changes(dossiers: Iterable[Dossier]) -> Iterator[RatioChange]:
    """The changes of the ratio that filings of an issuer tell, in the order they became known.

    By a note that states both ratios, or by one that states another than was stated last. A
    note that is repeated later tells nothing new.
    """
    last: Decimal | None = None
    for dossier in dossiers:
        found = {many for text in _texts(dossier) for many in represented(text)}
        if not found:
            continue
        for note in dossier.notes:
            old, new = ratios_told(note.text, last)
            if not old or not new or new in (old, last):
                continue
            said = tells_a_ratio_change(note.text)
            told = said and not plans_a_ratio_change(note.text)
            days = {w.effective_from for w in dates(note.text, 0, len(note.text)) if said}
            on = days.pop() if len(days) == 1 else None
            ref = f"{dossier.id}#{note_ref(note.id, 1, 1)}"
            yield RatioChange(
                Fraction(old) / Fraction(new), on, dossier, ref, text=note.text, told=told
            )
            last = new if told else last
        if len(found) == 1:
            last = found.pop()


def _texts(dossier: Dossier) -> Iterator[str]:
    yield from (note.text for note in dossier.notes)
    yield from (line.security or "" for line in dossier.lines)
