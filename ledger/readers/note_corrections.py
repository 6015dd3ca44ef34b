"""What a note says an earlier report got wrong, and by how many shares.

The direction is that of the correction as the position feels it: a total that was
overstated comes down (disposed), one that was understated or left shares out goes up
(acquired); a sale that was reported too small takes more away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from ledger.readers.note_amounts import Amount
from ledger.types import Direction

CORRECTION = re.compile(
    r"\b(?P<over>overstat\w*|over-?report\w*|double[- ]?count\w*|counted\s+twice)"
    r"|\b(?P<under>understat\w*|under-?report\w*)"
    r"|\b(?P<omitted>(?:inadvertent\w*|erroneous\w*|mistaken\w*|incorrect\w*)\s+(?:\w+\s+){0,4}?"
    r"(?:omit\w*|exclud\w*|not\s+\w+|fail\w*\s+to\s+(?:report|include|reflect|disclose|list))"
    r"|(?:omit\w*|(?:not|never)\s+(?:previously\s+)?(?:reported|included|reflected))\b[^.]{0,80}?"
    r"\b(?:inadvertent\w*|error|mistake|oversight)|previously\s+unreported|not\s+previously\s+reported"
    r"|(?:were|was|been)\s+(?:inadvertently\s+)?omitted|omission\s+of"
    r"|should\s+have\s+been\s+(?:reported|included|listed|reflected)\s+(?:on|in)\s+(?:\w+\s+){0,6}?form)"
    r"|\b(?P<wrong>inadvertent\w*|erroneous\w*|incorrect\w*|mistaken\w*|misreport\w*|misstat\w*"
    r"|mis-?calculat\w*|miscount\w*|(?:clerical|typographical|scrivener'?s?|mathematical|computational"
    r"|administrative|rounding|arithmetic\w*|calculation|reporting)\s+errors?|in\s+error|due\s+to\s+an\s+error"
    r"|correct(?:s|ed|ing|ion|ions)?\b|should\s+(?:have\s+(?:been|read|reported|stated|shown)|be)"
    r"|(?:increase|decrease|reduction)\s+of\b.{0,100}?\brounding"
    r"|(?:instead\s+of|rather\s+than)\s+(?:the\s+)?(?=\d))\b",
    re.IGNORECASE,
)
_LATE = re.compile(
    r"\b(?:fail\w*\s+to\s+(?:timely\s+)?file|timely|late\s+fil\w+|not\s+(?:timely\s+)?filed"
    r"|corrected\s+to\s+read|if\s+(?:any|an)\b)",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\bby\s+(?:a\s+total\s+of\s+|an?\s+(?:aggregate|additional)\s+(?:of\s+)?)?$", re.IGNORECASE
)
_LESS = re.compile(r"\b(?:decreas\w+|reduc\w+|subtract\w*|remov\w+|deduct\w*)\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:increas\w+|add(?:s|ed|ing|ition)?)\b", re.IGNORECASE)
_RIGHT = re.compile(
    r"(?:should\s+(?:have|be|read)\b|\bcorrect(?:ed)?\s+(?:\w+\s+){0,6}?(?:is|was|of|to|as|being|should)\b"
    r"|\bactual(?:ly)?\b|\bcorrected\s+to\b|\bin\s+fact\b|\brather,?\s+(?!than))[^.]{0,90}$",
    re.IGNORECASE,
)
_WRONG = re.compile(
    r"(?:rather\s+than|instead\s+of|and\s+not|\bnot)\s+(?:the\s+)?$"
    r"|\b(?:reported|stated|indicated|listed|reflected|shown|showed|read|disclosed|included)\b[^.]{0,90}$",
    re.IGNORECASE,
)
_CONTRAST = re.compile(r"\b(?:rather\s+than|instead\s+of|and\s+not)\b", re.IGNORECASE)
_GOING_OUT = re.compile(
    r"\b(?:sold|sales?|dispos\w+|withheld|withholding|forfeit\w+|gift\w*|donat\w+|surrender\w*)\b",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\b(?:owned|held|holds?|owns?|holdings?|ownership|balance|total|following\s+the)\b",
    re.IGNORECASE,
)


class Correction(NamedTuple):
    """A correction's size and sense; None where the note does not give them."""

    shares: Decimal | None
    direction: Direction | None


def correction(text: str, start: int, end: int, found: Sequence[Amount]) -> Correction | None:
    """Read the correction a stretch of text states, or None where it states none.

    `found` are the amounts in it. "Reported as A, should have been B" gives the
    difference; when it is not certain which figure is the right one, no amount is given.
    """
    cue = CORRECTION.search(text, start, end)
    if not cue or (_LATE.search(text, start, end) and not found):
        return None
    disposal = _GOING_OUT.search(text, start, end) and not _HELD.search(text, start, end)
    up: Direction = "disposed" if disposal else "acquired"
    down: Direction = "acquired" if disposal else "disposed"
    if cue.lastgroup in ("over", "under"):
        way = down if cue.lastgroup == "over" else up
        step = _stepped(text, start, found) or (found[0] if len(found) == 1 else None)
        if step:
            return Correction(step.shares, way)
    difference = _difference(text, start, found)
    if difference is not None:
        return Correction(abs(difference), up if difference > 0 else down) if difference else None
    if cue.lastgroup in ("over", "under"):
        return Correction(None, down if cue.lastgroup == "over" else up)
    step = _stepped(text, start, found)
    less, more = _LESS.search(text, start, end), _MORE.search(text, start, end)
    if found and (less is None) != (more is None) and (step or len(found) == 1):
        return Correction((step or found[0]).shares, "disposed" if less else "acquired")
    if cue.lastgroup == "omitted":
        return Correction(found[0].shares if len(found) == 1 else None, up)
    extra = re.search(r"\b(?:included|reported|counted)\b", text[start:end], re.IGNORECASE)
    if (
        len(found) == 1
        and extra
        and re.search(r"inadvert|erroneous|mistaken|in error", text[start:end])
    ):
        return Correction(found[0].shares, down)
    return Correction(None, None)


def _stepped(text: str, start: int, found: Sequence[Amount]) -> Amount | None:
    """The amount something is off "by", or None where there is none or more than one."""
    steps = [a for a in found if _BY.search(text, max(start, a.start - 40), a.start)]
    return steps[0] if len(steps) == 1 else None


def _difference(text: str, start: int, found: Sequence[Amount]) -> Decimal | None:
    """The right figure less the wrong one, or None where they cannot be told apart."""
    if len(found) != 2 or found[0].shares == found[1].shares:
        return None
    first, second = found
    before = text[start : first.start]
    between = text[first.unit_end : second.start]
    if _CONTRAST.search(between) and not _RIGHT.search(between):
        told = _WRONG.search(before) is not None and not _RIGHT.search(before)
        wrong, right = (first, second) if told else (second, first)
        return right.shares - wrong.shares
    if _RIGHT.search(between):
        return second.shares - first.shares
    if _RIGHT.search(before) and (_WRONG.search(between) or _CONTRAST.search(between)):
        return first.shares - second.shares
    if _WRONG.search(between) and re.search(r"\bcorrect", before, re.IGNORECASE):
        return first.shares - second.shares
    if re.match(r"\s+(?:to|into)\s+$", between) and re.search(
        r"\bcorrect|\bfrom\s+$", before, re.IGNORECASE
    ):
        return second.shares - first.shares
    return None
