"""What a report told and what was true in fact, side by side: "stated 900; in fact 850 were held".

No word need say that anything was wrong. One number stands in a clause of what an earlier
report told, the other in one of what was held, sold or bought in fact; a number of what is held
today, through whom, or of which shares, is neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ledger.footnotes.amounts import Amount
from ledger.footnotes.families import any_phrase
from ledger.footnotes.lettercase import pattern
from ledger.types import Direction

_REPORT = pattern(
    r"\b(?:form\s+[345]|reports?|filings?|statements?|forms?)\b(?!\s+(?:that|which)\b)",
    re.IGNORECASE,
)
_TOLD = pattern(
    r"\b(?:reported|stated|indicated|listed|showed|shown|gave|given|disclosed|said|reflected|recorded)\b",
    re.IGNORECASE,
)
_SHOULD = pattern(
    r"\bshould\s+(?:\w+\s+)?have\s+(?:(?:been|read|said)\b|(?:reported|stated|indicated|listed|shown|given|disclosed)\b)",
    re.IGNORECASE,
)
_TRULY = pattern(
    r"\b(?:in\s+fact|in\s+reality|in\s+truth|actual(?:ly)?|really|truly|true|only)\b", re.IGNORECASE
)
_HELD = pattern(
    r"\b(?:owned|held|had|(?:number|amount|total|holdings?|figure|position)\b.*?\b(?:was|were))\b",
    re.IGNORECASE,
)
_OUT = pattern(
    r"\b(?:sold|sales?|withheld|withholding|forfeited|forfeiture|donated|disposed)\b", re.IGNORECASE
)
_IN = pattern(
    r"\b(?:bought|purchased?|acquired|acquisition|granted|grant|received)\b", re.IGNORECASE
)
_OTHERWISE = pattern(
    r"\$|\bprices?\b|\bof\s+(?:which|these|those|them|whom)\b|\b(?:since\s+then|thereafter|subsequent\w*|later|now|earned|may(?!\s+\d)|will|would"
    r"|vest\w*|perform\w*|target|issuable|underlying)\b|\b(?:held|owned)\s+(?:of\s+record\s+)?(?:by|through|in)\s+"
    r"(?!the\s+(?:reporting|undersigned|filer)|him\b|her\b(?!\s+\w)|fact\b|reality\b|truth\b)",
    re.IGNORECASE,
)
"""Words of something else than one number told in two ways."""
_APART = pattern(
    r"[.;,]\s|\s(?:but|although|though|while|whereas|when|where|however|and|rather\s+than|instead\s+of)\s",
    re.IGNORECASE,
)
"""What stands between the two clauses."""

_NOT = pattern(
    r"[,;]?\s*(?:\w+\s+){0,3}?(?:(?:and|but)\s+)?(?:not|rather\s+than|instead\s+of)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_AS_TOLD = pattern(
    r"(?:\s+shares)?,?\s+(?:as\s+)?(?:was\s+|were\s+)?(?:(?:previously|originally|earlier|initially|\w+ly)\s+)?"
    r"(?:reported|stated|disclosed|shown)\b",
    re.IGNORECASE,
)
"""What stands between the true number and the one that a report told, and after that."""

Difference = tuple[Decimal, Direction]


def set_right(text: str, start: int, end: int, found: Sequence[Amount]) -> Difference | None:
    """How a position feels that what a report told was otherwise in fact, or None.

    `found` are the amounts of the stretch. A total told too high comes down (disposed); a sale
    told too large comes back (acquired).
    """
    if len(found) != 2 or found[0].shares == found[1].shares:
        return None
    first, second = found
    if _NOT.fullmatch(text, first.unit_end, second.start) and _AS_TOLD.match(text, second.unit_end):
        return _instead(text[start:end], first, second)
    cut = _APART.search(text, first.unit_end, second.start)
    if cut is None or not _REPORT.search(text, start, end):
        return None
    clauses = text[start : cut.start()], text[cut.start() : end]
    for (told, true), (wrong, right) in (
        (clauses, (first, second)),
        (clauses[::-1], (second, first)),
    ):
        if not _TOLD.search(told) or _SHOULD.search(told) or _TRULY.search(told):
            continue
        sense = _sense(told, true)
        if sense is None:
            continue
        more = right.shares - wrong.shares
        return abs(more), "acquired" if (more > 0) == (sense > 0) else "disposed"
    return None


def _instead(words: str, right: Amount, wrong: Amount) -> Difference | None:
    """What "890 and not 905 as previously reported" makes of a position: by the verb beside it."""
    out, into = _OUT.search(words), _IN.search(words)
    if _OTHERWISE.search(words) or (out and into):
        return None
    more = (right.shares - wrong.shares) * (-1 if out else 1)
    held = out or into or _HELD.search(words)
    return (abs(more), "acquired" if more > 0 else "disposed") if held else None


_NONE_DID = any_phrase(
    "been|had|was|were & no|never",
    r"(?:[^.;:]{0,80}?[;:,]\s+)?(?:(?:but|when|whereas|and|in\s+fact|in\s+reality|actually|however|rather),?\s+)*"
    r"(?:(?:the|these|those|such)\s+(?:shares|units|options)(?=\s+(?:were|was)\s+(?:in\s+fact\s+)?(?:not|never)\b)|no(?:\s+such)?\s+(?:shares|units|options|stock|securities)|none(?:\s+of\s+(?:the|these|those|such)\s+\w+)?)"
    r"\s+(?:were|was|had\s+been|have\s+been)\s+(?:(?:in\s+fact|not|never|\w+ly)\s+)*"
    r"(?:(?P<out>sold|gifted|given|donated|disposed\s+of|transferred|withheld|forfeited|surrendered)"
    r"|acquired|purchased|bought|granted|awarded|issued|received)\b",
)


def none_did(text: str, start: int, end: int) -> Direction | None:
    """How a position feels it that words deny what a report told: "No shares were gifted"."""
    denied = _NONE_DID.match(text, start, end)
    if denied is None:
        return None
    return "acquired" if denied["out"] else "disposed"


def _sense(told: str, true: str) -> int | None:
    """1 where a greater number is more to hold, -1 where it is less; None where nothing is set right."""
    if _OTHERWISE.search(told) or _OTHERWISE.search(true):
        return None
    should = _SHOULD.search(true) is not None
    if not should and (_TOLD.search(true) or not _TRULY.search(true)):
        return None
    out, into = (_OUT.search(told), _OUT.search(true)), (_IN.search(told), _IN.search(true))
    if any(out):
        return -1 if not any(into) and (all(out) or (should and out[0])) else None
    if any(into):
        return 1 if all(into) or (should and into[0]) else None
    return 1 if should or _HELD.search(true) else None
