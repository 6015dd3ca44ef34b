"""Acts that a report left out: when they had happened, by a correction, and which a total is told not to count.

"The sale of 250 shares on July 3, which was inadvertently not reported": a correction happens on
no day, that sale did. "Does not give effect to the gift of 900 shares": a later total will.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ledger.footnotes.dates import When
from ledger.footnotes.families import any_phrase
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.text import Sentence, Stated

_LEFT_OUT = pattern(
    r"\b(?:fail\w*\s+to\s+(?:report|disclose|include|reflect)|omit\w*|omission|overlooked|unreported|neglect\w*"
    r"|(?:not|never)\s+(?:[\w-]+\s+){0,2}?(?:reported|included|reflected|disclosed))\b",
    re.IGNORECASE,
)
_ACT_ON = pattern(
    r"\b(?:sales?|sold|purchased?s?|bought|acqui\w+|transfer(?:s|red)?|gift(?:s|ed)?|gave|given|donat\w+|contribut\w+|distribut\w+"
    r"|vest(?:ed|ing)|withh\w+|forfeit\w+|received?|receipt|exercised?|inherit\w+)\b"
    r"(?P<between>[^.;]{0,80}?)\b(?:on|in|during)\s+(?:or\s+about\s+)?$",
    re.IGNORECASE,
)
_OF_A_REPORT = pattern(
    r"\b(?:forms?|reports?|reported|filings?|filed|statements?)\b", re.IGNORECASE
)


def on_its_own_day(sentence: Sentence, told: Stated, days: Sequence[When]) -> Stated:
    """A correction, with the day of the one act that it says was left out; else as it was."""
    text, start, end = sentence.text, told.start, told.end
    if told.shares is None or not _LEFT_OUT.search(text, start, end):
        return told
    acts = [
        when
        for when in days
        if when.role == "at"
        and start <= when.start < end
        and when.effective_from
        and (led := _ACT_ON.search(text, start, when.start))
        and not _OF_A_REPORT.search(led["between"])
    ]
    if len(acts) != 1:
        return told
    return told.on(acts[0].effective_from, acts[0].effective_to, acts[0].precision)


_NOT_COUNTED = any_phrase(
    "not|before|without|prior|exclu",
    r"\b(?:(?:do|does|did)\s+not\s+(?:yet\s+)?(?:give\s+effect\s+to|take\s+into\s+account|account\s+for)|(?:before|without|prior\s+to)\s+(?:giving\s+effect\s+to|taking\s+into\s+account)"
    r"|exclud\w+\s+the\s+effects?\s+of|not\s+yet\s+(?:been\s+)?(?:reduced|increased)\s+(?:by|for)|(?:stated|shown|given|reported)\s+(?:as\s+)?(?:prior\s+to|before)\s+(?:the\s+|an?\s+)?(?:transfer|gift|sale|distribution|contribution)s?(?:\s+of)?|not\s+(?:yet\s+)?(?:been\s+)?adjusted\s+(?:for|to\s+(?:reflect|give\s+effect\s+to|account\s+for))"
    r"|(?:(?:do|does|did)\s+not|(?:is|are|was|were)\s+not)\s+(?:yet\s+)?(?:reflect(?:ed)?|includ(?:e|ed)|count(?:ed)?)\s+(?:the\s+|an?\s+|any\s+)?(?:[\w-]+\s+){0,2}?"
    r"(?:transfers?|gifts?|donations?|sales?|purchases?|contributions?|distributions?|grants?|awards?|acquisitions?|dispositions?|forfeitures?|withholding|vesting|issuances?))\b(?P<between>[^.;]{0,80})$",
)


_ANOTHER_REPORT = pattern(
    r"\b(?:(?:previous(?:ly)?|prior|earlier|last|original|initial)\s+(?:[\w()-]+\s+){0,4}|(?:form|report)s?\s+(?:\w+\s+)?(?:[345]\s+)?(?:(?:filed|dated)\s+[^.;]{0,40})?)(?:that\s+|which\s+)?$",
    re.IGNORECASE,
)
"""Before what another report did not count, which this one does."""


def not_counted(words: str, at: int) -> bool:
    """Whether words before a place say that a total has what follows not yet in it: an act, not shares that it excludes.

    >>> not_counted("It does not give effect to a gift of 900 shares", 37), not_counted("Does not include 900 given away", 17)
    (True, False)
    """
    told = _NOT_COUNTED.search(words, 0, at)
    return told is not None and not _ANOTHER_REPORT.search(words, 0, told.start())
