"""Depositary programmes: how many ordinary shares a depositary share is, and when that changes.

A programme's ratio is changed by a notice to its holders: each depositary share becomes several,
or several become one, while the ordinary shares under them stay as many. To the holder of
depositary shares it is a split; nobody else has any part in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from ledger.addresses import note_ref
from ledger.footnotes.dates import dates
from ledger.footnotes.number_words import CARDINALS
from projections.filings.records import Dossier
from projections.identity.securities import DEPOSITARY

MANY = rf"(?P<many>\d[\d,]*(?:\.\d+)?|{'|'.join(sorted(CARDINALS[1:], key=len, reverse=True))})"
"""A number of shares, in figures or in words."""
_REPRESENTS = re.compile(
    rf"(?:{DEPOSITARY.pattern})[\"”)]*(?:,?\s+each(?:\s+of\s+which)?)?\s+(?:now\s+|currently\s+)?"
    r"(?:represents?|represented|representing|is\s+equal\s+to|evidenc\w+|to)\s+(?:the\s+right\s+to\s+receive\s+)?"
    rf"{MANY}\b\s*(?:\(\d+\)\s+)?(?:(?:\S+\s+){{0,4}}?(?:shares?|stock|of\s+(?:them|which|these))\b|(?=[,;]?\s*(?:instead|rather|to\s+(?:one|1|each)\b)))",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\bratio\s+change|\bchange\s+(?:in|of|to)\s+(?:the\s+)?(?:\w+\s+){0,3}?ratio\b"
    r"|\b(?:chang|adjust|modif|revis|amend)\w+[^.;]{0,40}\bratio\b"
    r"|\bratio\b[^.;]{0,80}?\b(?:was|has\s+been|were|is|(?:will|shall|is\s+to)\s+be)\s+(?:chang|adjust|modif|revis|amend)\w+",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:will|shall|would|(?-i:may)|propos\w+|plans?|planned|intends?|is\s+to|expect\w+)\b[^.;]{0,100}\b(?:chang|ratio)",
    re.IGNORECASE,
)
"""Words of a change that is still to come: whether it did, only totals say."""
_OLD_LAST = re.compile(
    rf"\b(?:instead\s+of|rather\s+than|previously|formerly|from)\s+(?:\w+\s+){{0,6}}?{MANY}\b",
    re.IGNORECASE,
)


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
    return any(_CHANGED.search(note.text) for note in dossier.head.footnotes)


@lru_cache(maxsize=16384)
def represented(text: str) -> tuple[Decimal, ...]:
    """The numbers of ordinary shares that a text says a depositary share is, in its order."""
    return tuple(number(found["many"]) for found in _REPRESENTS.finditer(text))


def number(text: str) -> Decimal:
    """A number in words or figures."""
    word = text.casefold()
    return Decimal(CARDINALS.index(word)) if word in CARDINALS else Decimal(word.replace(",", ""))


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
        for note in dossier.head.footnotes:
            old, new = _both(note.text, last)
            if not old or not new or new in (old, last):
                continue
            said = _CHANGED.search(note.text) is not None
            told = said and _PLANNED.search(note.text) is None
            days = {w.effective_from for w in dates(note.text, 0, len(note.text)) if said}
            on = days.pop() if len(days) == 1 else None
            ref = f"{dossier.id}#{note_ref(note.id, 1, 1)}"
            yield RatioChange(
                Fraction(old) / Fraction(new), on, dossier, ref, text=note.text, told=told
            )
            last = new if told else last
        if len(found) == 1:
            last = found.pop()


def _both(text: str, last: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    """The ratio before and after, as a note and what was stated last tell them; None if not."""
    said = tuple(dict.fromkeys(represented(text)))
    if _CHANGED.search(text) is None:
        return (last, said[0]) if len(said) == 1 else (None, None)
    behind = _OLD_LAST.search(text)
    old = number(behind["many"]) if behind else None
    if len(said) == 1:
        return (old if old is not None and old != said[0] else last), said[0]
    if len(said) == 2:
        return (said[1], said[0]) if old == said[1] and last in (None, old) else said
    return None, None


def _texts(dossier: Dossier) -> Iterator[str]:
    yield from (note.text for note in dossier.head.footnotes)
    yield from (line.security or "" for line in dossier.lines)
