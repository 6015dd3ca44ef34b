"""Which subjects a note or a sentence can touch at all: a cheap first question.

Fragments of words are looked for before any pattern is tried, so that the notes about
prices, conversion rights and chains of ownership, which are most, cost next to nothing.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ledger.footnotes import corrections, lexicon, movements, splits, ties
from ledger.footnotes.families import Family
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.number_words import TENS
from ledger.footnotes.phrases import (
    COMPOSITION,
    EXCLUSION,
    HAPPENED,
    REGARDED,
)
from ledger.footnotes.prefilter import Glossary, Stems, Touched
from ledger.footnotes.text import Sentence

INCLUDES = Stems("includ", "consist", "compris")
PRICED = Stems("average", "rang", "provide", "information")
_DIGIT = pattern(r"\d")
_SPELLED = Stems(
    "hundred",
    "thousand",
    "by one",
    *(f"{ten} shares" for ten in TENS),
    *(f"{ten}-" for ten in TENS),
)
_IN_WORDS = {_SPELLED, INCLUDES, EXCLUSION.stems}
"""What may give a number in words alone: "includes one share"."""
_RATE = pattern(
    r"\s*(?:in addition, )?(?:each|every)\s+(?:such\s+|outstanding\s+|one\s+)?"
    r"(?:share|unit|rsus?\b|psus?\b|gsu|dsu|restricted|class|option|warrant|phantom|deferred|stock"
    r"|performance|common|series|ads\b|american|dividend|contract)",
    re.IGNORECASE,
)
_TURNED = pattern(rf"\b(?:was|were|been|being)\s+(?:\w+\s+){{0,2}}{splits.TURNED}\b", re.IGNORECASE)
"""What happened to "each share" once, where a rate only says what a security is."""


class Themes(NamedTuple):
    """What a sentence may be about: families, and subjects that have rules of their own.

    `figures` says that it contains any number at all, `prices` that it may be about prices.
    """

    figures: bool
    prices: bool = False
    happened: tuple[Family, ...] = ()
    regarded: tuple[Family, ...] = ()
    transfers: bool = False
    corrections: bool = False
    splits: bool = False
    excludes: bool = False
    composes: bool = False
    ties: tuple[ties.Tie, ...] = ()
    framed: bool = False


_GLOSSARY = Glossary(
    (
        *(family.stems for family in (*HAPPENED, *REGARDED, EXCLUSION, COMPOSITION)),
        *(tie.stems for tie in ties.TIES),
        *(
            movements.STEMS,
            corrections.STEMS,
            splits.STEMS,
            lexicon.STEMS,
            INCLUDES,
            PRICED,
            _SPELLED,
        ),
    )
)


def touched(note: str) -> Touched:
    """What `themes` needs to know of a note before it is asked about its sentences."""
    return _GLOSSARY.touched(note)


def themes(sentence: Sentence, note: Touched) -> Themes | None:
    """The subjects of a sentence, or None where it can state nothing.

    `note` is what the whole note touches. "Each unit represents one share" speaks of what
    a security is, not of any shares.
    """
    if not note:
        return None
    rate = _RATE.match(sentence.text, sentence.start) is not None
    if rate and not _TURNED.search(sentence.text, sentence.start, sentence.end):
        return None
    lowered = sentence.words.lower()
    here = {stems for stems, parts in note.items() if any(part in lowered for part in parts)}
    if not here:
        return None
    figures = not here.isdisjoint(_IN_WORDS) or _DIGIT.search(lowered) is not None
    if rate:
        return Themes(figures=figures, splits=splits.STEMS in here)
    found = Themes(
        figures=figures,
        prices=PRICED in here,
        happened=tuple([family for family in HAPPENED if family.stems in here]),
        regarded=tuple([family for family in REGARDED if family.stems in here]),
        transfers=movements.STEMS in here,
        corrections=corrections.STEMS in here,
        splits=splits.STEMS in here,
        excludes=EXCLUSION.stems in here,
        composes=INCLUDES in here or (figures and COMPOSITION.stems in here),
        ties=tuple([tie for tie in ties.TIES if tie.stems in here]),
        framed=figures and lexicon.STEMS in here,
    )
    return found if any(found[2:]) else None
