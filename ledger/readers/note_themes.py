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
from ledger.readers.note_stems import Stems, Words
from ledger.readers.note_text import Sentence

_TRANSFERS = Stems(
    *("distribut", "gift", "gave", "donat", "contribut", "transfer", "assigned", "conveyed"),
    *("deeded", "registered", "reregistered", "titled", "retitled", "reclassified", "moved"),
    *("substituted", "withdr", "shift", "returned", "reverted", "released", "deposited"),
    *("form of", "annuity", "grat", "received", "previously owned", "previously held"),
    *("reported as", "previously directly", "previously indirectly", "previously being"),
    *("previously beneficially", "pro rata", "pro-rata", "in-kind", "in kind"),
)
_CORRECTIONS = Stems(
    *("error", "inadvert", "correct", "incorrect", "omit", "omission", "should", "overstat"),
    *("understat", "erroneous", "mistak", "misreport", "misstat", "miscalc", "mis-calc"),
    *("miscount", "over-report", "overreport", "under-report", "underreport", "double"),
    *("counted twice", "unreported", "not previously", "not reported", "not included"),
    *("rounding", "rather than", "instead of", "never ", "actual"),
)
_SPLITS = Stems("split", "stock dividend", "share dividend", "consolidation")
_INCLUDES = Stems("includ", "consist", "compris")
_DIGIT = re.compile(r"\d")
_SPELLED = Stems("hundred", "thousand", "by one")
_RATE = re.compile(
    r"\s*(?:in addition, )?(?:each|every)\s+(?:such\s+|outstanding\s+|one\s+)?"
    r"(?:share|unit|rsus?\b|psus?\b|gsu|dsu|restricted|class|option|warrant|phantom|deferred|stock"
    r"|performance|common|series|ads\b|american|dividend|contract)",
    re.IGNORECASE,
)


class Themes(NamedTuple):
    """What a sentence may be about: families, and subjects that have rules of their own.

    `figures` says that it contains any number at all.
    """

    figures: bool
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
    words = Words(sentence.words)
    figures = _DIGIT.search(words.lowered) is not None or _SPELLED.occur(words)
    found = Themes(
        figures=figures,
        happened=tuple([family for family in HAPPENED if family.stems.occur(words)]),
        regarded=tuple([family for family in REGARDED if family.stems.occur(words)]),
        transfers=_TRANSFERS.occur(words),
        corrections=_CORRECTIONS.occur(words),
        splits=_SPLITS.occur(words),
        excludes=EXCLUSION.stems.occur(words),
        composes=_INCLUDES.occur(words) or (figures and COMPOSITION.stems.occur(words)),
    )
    return found if any(found[1:]) else None
