"""Which subjects a note or a sentence can touch at all: a cheap first question.

Fragments of words are looked for before any pattern is tried, so that the notes about
prices, conversion rights and chains of ownership, which are most, cost next to nothing.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ledger.readers.note_families import (
    COMPOSITION,
    EXCLUSION,
    HAPPENED,
    REGARDED,
    Family,
)
from ledger.readers.note_text import Sentence

_TRANSFERS = (
    *("distribut", "gift", "gave", "donat", "contribut", "transfer", "assigned", "conveyed"),
    *("deeded", "registered", "titled", "reclassified", "substituted", "moved", "withdr"),
    *("shift", "returned", "reverted", "released", "deposited", "form of", "annuity", "grat "),
    *("received", "previously owned", "previously held", "reported as", "previously directly"),
    *("previously indirectly", "previously being"),
)
_CORRECTIONS = (
    *("error", "inadvert", "correct", "omit", "omission", "should", "overstat", "understat"),
    *("erroneous", "mistak", "misreport", "misstat", "miscalc", "mis-calc", "miscount"),
    *("over-report", "overreport", "under-report", "underreport", "double", "counted twice"),
    *("unreported", "not previously", "not reported", "not included", "rounding"),
    *("rather than", "instead of", "never ", "actual"),
)
_SPLITS = ("split", "stock dividend", "share dividend", "consolidation")
_RATE = re.compile(
    r"\s*(?:in addition, )?(?:each|every)\s+(?:such\s+|outstanding\s+|one\s+)?"
    r"(?:share|unit|rsus?\b|psus?\b|gsu|dsu|restricted|class|option|warrant|phantom|deferred|stock"
    r"|performance|common|series|ads\b|american|dividend|contract)",
    re.IGNORECASE,
)


class Themes(NamedTuple):
    """What a sentence may be about: families, and subjects that have rules of their own."""

    happened: tuple[Family, ...]
    regarded: tuple[Family, ...]
    transfers: bool
    corrections: bool
    splits: bool
    excludes: bool
    composes: bool


def themes(sentence: Sentence) -> Themes | None:
    """The subjects of a sentence, or None where it can state nothing.

    "Each unit represents one share" speaks of what a security is, not of any shares.
    """
    if _RATE.match(sentence.text, sentence.start):
        return None
    lowered = sentence.words.lower()
    found = Themes(
        happened=tuple([family for family in HAPPENED if family.may_speak(lowered)]),
        regarded=tuple([family for family in REGARDED if family.may_speak(lowered)]),
        transfers=_has(lowered, _TRANSFERS),
        corrections=_has(lowered, _CORRECTIONS),
        splits=_has(lowered, _SPLITS),
        excludes=EXCLUSION.may_speak(lowered),
        composes=COMPOSITION.may_speak(lowered),
    )
    return found if any(found) else None


def _has(lowered: str, stems: tuple[str, ...]) -> bool:
    return any(map(lowered.__contains__, stems))
