"""The code of a row beside what its own note says was done: withheld, sold on the market, given.

A sale on the market counts for short swings and has a price of the market; what the issuer keeps
for tax or price is exempt (Rule 16b-3(e)), and a gift has no price. The balance is the same
under each, so that only the note shows it. One that tells of both acts leaves it open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ledger.codes import CODES
from ledger.footnotes.text import plain, sentences
from projections.checks.check import Check, asked_of
from projections.filings.records import Dossier
from projections.findings.finding import Finding, about
from projections.issuer import Folded

_PIECES = r"(?:shares?|stock|units?|securities)"
_NOT_DONE = re.compile(
    r"\b(?:will|may|might|would|could|can|shall|to\s+be|if|unless|not?|none|nor|neither|elect\w*\s+to|intend\w*|permit\w*|allow\w*|upon)\b",
    re.IGNORECASE,
)
"""Words beside which a note does not say that something was done."""


class _Act(NamedTuple):
    """What a note says was done, where it says nothing of `other`: the code for it, in words."""

    said: re.Pattern[str]
    other: re.Pattern[str]
    code: str
    words: str


_SOLD = re.compile(
    r"\b(?:s[eo]ll?(?:s|ing|d)?|sales?|brokers?|brokerage|market|covers?|10b5-1)\b", re.IGNORECASE
)
_KEPT = re.compile(
    r"\b(?:withh\w+|retain\w*|surrender\w*|tender\w*|deliver\w*|issuer|company|net)\b",
    re.IGNORECASE,
)
_WITHHELD = re.compile(
    rf"\b{_PIECES}\s+(?:(?:that|which)\s+)?(?:(?:was|were|have\s+been|had\s+been)\s+)?(?:automatically\s+)?(?:withheld|retained)\b"
    rf"|\bwithheld\s+(?:by\s+the\s+(?:issuer|company)\b|(?:[\w,]+\s+){{0,3}}{_PIECES}\b)",
    re.IGNORECASE,
)
_ON_MARKET = re.compile(
    r"\b(?:sold|sales?)\b[^.;]{0,80}\b(?:open[\s-]market|brokers?|on\s+the\s+(?:open\s+)?market|market\s+transactions?)\b"
    r"|\b(?:open[\s-]market|broker(?:ed|-assisted)?)\s+sales?\b",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    rf"\b(?:bona\s+fide|charitable)\s+(?:gift|donation)|\b{_PIECES}\s+(?:were|was)\s+(?:gifted|donated)\b"
    r"|\b(?:gift|donation)\s+(?:of\s+\S+\s+shares\s+)?(?:by\s+the\s+reporting\s+person\s+)?to\b",
    re.IGNORECASE,
)

_OTHERWISE = {
    "S": (
        _Act(_WITHHELD, _SOLD, "F", "that shares were withheld"),
        _Act(_GIVEN, _SOLD, "G", "that they were given away"),
    ),
    "P": (_Act(_GIVEN, re.compile(r"\b(?:purchas|bought|paid)", re.IGNORECASE), "G", "of a gift"),),
    "F": (_Act(_ON_MARKET, _KEPT, "S", "that they were sold on the market"),),
}
"""By the code of a row, the acts that its own note may tell instead."""

_OF_THE_ROW = ("code", "shares", "price", "direction")


@asked_of("citing rows")
def other_acts(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A row under one code, whose own notes tell of another act, and of none that the code is for."""
    for line in folded.lines_of(dossier):
        if line.holding or line.table != "I" or line.code not in _OTHERWISE:
            continue
        notes = tuple(dossier.text_of(note) for note in line.notes_of(*_OF_THE_ROW))
        act = _told(notes, line.code) if notes else None
        if act is not None:
            words = f"code {line.code} ({CODES[line.code].meaning}), where its note says {act.words}: such rows are code {act.code}"
            yield about(dossier, line, "COLUMN_NOTE_CONFLICT", words)


@lru_cache(maxsize=16384)
def _told(notes: tuple[str, ...], code: str) -> _Act | None:
    """The one act that the notes of a row tell, where none of them speaks of what the code is for."""
    for act in _OTHERWISE[code]:
        if any(act.other.search(note) for note in notes):
            continue
        for note in notes:
            text, _ = plain(note)
            for sentence in sentences(text):
                if act.said.search(sentence.words) and not _NOT_DONE.search(sentence.words):
                    return act
    return None


CHECKS: tuple[Check, ...] = (other_acts,)
