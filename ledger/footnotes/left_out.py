"""When what an earlier report left out had happened: an act that a correction dates.

"The sale of 250 shares on July 3, which was inadvertently not reported": a correction happens on
no day, that sale did.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ledger.footnotes.dates import When
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
