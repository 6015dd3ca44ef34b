"""What a note says an earlier report got wrong, and by how many shares.

The direction is that of the correction as the position feels it: a total that was
overstated comes down (disposed), one that was understated or left shares out goes up
(acquired); a sale that was reported too small takes more away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from ledger.footnotes.amounts import Amount
from ledger.footnotes.prefilter import Stems
from ledger.loading import pattern
from ledger.types import Direction

STEMS = Stems(
    *("error", "inadvert", "correct", "incorrect", "omit", "omission", "should", "overstat"),
    *("understat", "erroneous", "mistak", "misreport", "misstat", "miscalc", "mis-calc"),
    *("miscount", "over-report", "overreport", "under-report", "underreport", "double"),
    *("twice", "unreported", "not previously", "not reported", "not included"),
    *("rounding", "rather than", "instead of", "never ", "actual", "too high", "too low"),
    *(
        "too great",
        "does not",
        "did not",
        "do not",
        "revis",
        "updat",
        "too many",
        "too few",
        "too large",
        "too small",
        "adjust",
        "reconcil",
        "conform",
    ),
    *("oversight", "gave", "left out", "separate", "when ", "whereas", "no pecuniary"),
    *(
        "no interest",
        "no beneficial",
        "no economic",
        "not the beneficial",
        "not beneficially",
        "not owned",
    ),
)
"""Fragments of which every sentence that one of the `CUES` finds something in contains one."""

_OVER = pattern(
    r"\b(?=[ocdt])(?:overstat\w*|over-?report\w*|double[- ]?count\w*|counted\s+(?:\S+\s+){0,4}?twice|too\s+(?:high|many|large|great))\b",
    re.IGNORECASE,
)
_UNDER = pattern(
    r"\b(?=[ut])(?:understat\w*|under-?report\w*|too\s+(?:low|few|small))\b", re.IGNORECASE
)
_OMITTED = pattern(
    r"\b(?=[beimnopsw])(?:(?:inadvertent\w*|erroneous\w*|mistaken\w*|incorrect\w*)\s+(?:\w+\s+){0,4}?"
    r"(?:omit\w*|exclud\w*|not\s+\w+|fail\w*\s+to\s+(?:report|include|reflect|disclose|list))"
    r"|(?:omit\w*|(?:not|never)\s+(?:previously\s+)?(?:reported|included|reflected))\b[^.]{0,80}?"
    r"\b(?:inadvertent\w*|error|mistake|oversight)"
    r"|previously\s+unreported|not\s+previously\s+reported"
    r"|(?:were|was|been)\s+(?:inadvertently\s+)?omitted|omission\s+of"
    r"|should\s+have\s+been\s+(?:reported|included|listed|reflected)\s+(?:on|in)\s+"
    r"(?:\w+\s+){0,6}?form)\b",
    re.IGNORECASE,
)
_WHEN_IN_FACT = (
    r"\b(?:when|whereas)\s+(?:,?\s*(?:in\s+fact|in\s+reality|only|actually)\b,?\s*)*"
    r"(?:(?:the\s+)?(?:reporting\s+person|undersigned|owner|he|she|it)\s+)?"
    r"(?:(?:in\s+fact|only|actually|really|directly|beneficially)\s+)*(?:(?:owned|held|had)\s+)?(?:only\s+)?"
)
"""What leads from the wrong number to the right one: "when in fact she owned"."""
_MISTAKEN = pattern(
    r"\b(?=[a-fil-mo-pr-u])(?:inadvertent\w*|erroneous\w*|incorrect\w*|mistaken\w*|misreport\w*|misstat\w*"
    r"|mis-?calculat\w*|miscount\w*|(?:clerical|typographical|scrivener'?s?|mathematical"
    r"|computational|administrative|rounding|arithmetic\w*|calculation|reporting)\s+errors?"
    r"|in\s+error|due\s+to\s+an\s+error|correct(?:s|ed|ing|ion|ions)?"
    r"|should\s+(?:have\s+(?:been|read|reported|stated|shown|said|given|listed)|be)"
    r"|(?:through|by|owing\s+to|due\s+to)\s+(?:an\s+)?oversight"
    r"|(?:reports?|forms?|filings?|statements?|total)\b[^.;]{0,80}?\b(?:gave|reported|showed|shown|stated|listed|indicated)\b"
    rf"[^.;]{{0,120}}?{_WHEN_IN_FACT}(?=\d)"
    r"|(?:reports?|reported|forms?|filings?)\b[^.;]{0,80}?\b(?:included|counted|reported|listed)\b[^.;]{0,80}?"
    r"\b(?:(?:does|did|do)\s+not\s+(?:\w+\s+)?own|never\s+(?:owned|belonged)|(?:has|had|have)\s+no\s+(?:pecuniary\s+|beneficial\s+|economic\s+)?interest\b"
    r"|(?:is|are|was|were)\s+not\s+(?:the\s+beneficial\s+owner|beneficially\s+owned|owned\s+by))"
    r"|(?:prior|previous|earlier|last|filed)\b[^.;]{0,100}?\bincluded\b[^.;]{0,100}?\bseparate(?:ly|\s+lines?)\b"
    r"|(?:adjust|reconcil|conform|revis|updat)\w*\b[^.;]{0,70}?\b(?:(?<!of )records?|stock\s+ledger|share\s+register|books"
    r"|transfer\s+agent|account\s+statements?|brokerage\s+statements?)"
    r"|actual\s+(?:number|amount|total)\b.{0,60}?\b(?:was|is|were)\s+(?=\d)|(?:increase|decrease|reduction)\s+of\b.{0,100}?\brounding"
    r"|(?:instead\s+of|rather\s+than)\s+(?:the\s+)?(?=\d))",
    re.IGNORECASE,
)
CUES = (_OVER, _UNDER, _OMITTED, _MISTAKEN)
"""Words that say an earlier report was wrong."""

_LATE = pattern(
    r"\b(?:fail\w*\s+to\s+(?:timely\s+)?file|timely|late\s+fil\w+|not\s+(?:timely\s+)?filed"
    r"|corrected\s+to\s+read|if\s+(?:any|an)\b)",
    re.IGNORECASE,
)
_BY = pattern(
    r"\bby\s+(?:a\s+total\s+of\s+|an?\s+(?:aggregate|additional)\s+(?:of\s+)?)?$", re.IGNORECASE
)
_LESS = pattern(r"\b(?:decreas\w+|reduc\w+|subtract\w*|remov\w+|deduct\w*)\b", re.IGNORECASE)
_MORE = pattern(r"\b(?:increas\w+|add(?:s|ed|ing|ition)?)\b", re.IGNORECASE)
_RIGHT = pattern(
    r"(?:should\s+(?:have|be|read)\b|\bcorrect(?:ed)?\s+(?:\w+\s+){0,6}?(?:is|was|of|to|as|being|should)\b"
    r"|\bactual(?:ly)?\b|\bcorrected\s+to\b|\bin\s+fact\b|\brather,?\s+(?!than))[^.]{0,90}$",
    re.IGNORECASE,
)
_WRONG = pattern(
    r"(?:rather\s+than|instead\s+of|and\s+not|\bnot)\s+(?:the\s+)?$"
    r"|\b(?:reported|stated|indicated|listed|reflected|shown|showed|read|disclosed|included)\b[^.]{0,90}$",
    re.IGNORECASE,
)
_EXTRA = pattern(
    r"\b(?:inadvertent\w*|erroneous\w*|mistaken\w*)\s+(?:\w+\s+){0,3}?(?:included|reported|counted)\b"
    r"|\b(?:included|reported|counted)\s+(?:inadvertently|erroneously|mistakenly|in\s+error)\b",
    re.IGNORECASE,
)
_NOT_OWNED = pattern(
    r"\b(?:included|counted|reported|listed)\b[^.;]{0,80}?\b(?:(?:does|did|do)\s+not\s+(?:\w+\s+)?own"
    r"|never\s+(?:owned|belonged)|(?:has|had|have)\s+no\s+(?:pecuniary\s+|beneficial\s+|economic\s+)?interest\b"
    r"|(?:is|are|was|were)\s+not\s+(?:the\s+beneficial|beneficially|owned))",
    re.IGNORECASE,
)
_CONTRAST = pattern(
    rf"\b(?:rather\s+than|instead\s+of|and\s+not|{_WHEN_IN_FACT}$)",
    re.IGNORECASE,
)
_WHEN = pattern(rf"{_WHEN_IN_FACT}$", re.IGNORECASE)
_AND = pattern(r";\s*|,?\s+(?:and|but|while|whereas)\s+(?=[a-z])", re.IGNORECASE)
_LEFT_OUT = pattern(
    r"\b(?:omit(?:s|ted|ting)?|left\s+out|(?:did|does)\s+not\s+(?:include|reflect|count)"
    r"|failed\s+to\s+(?:include|report|reflect))\b",
    re.IGNORECASE,
)
_GOING_OUT = pattern(
    r"\b(?:sold|sales?|dispos\w+|withheld|withholding|forfeit\w+|gift\w*|donat\w+|surrender\w*)\b",
    re.IGNORECASE,
)
_HELD = pattern(
    r"\b(?:owned|held|holds?|owns?|holdings?|ownership|balance|total|following\s+the)\b",
    re.IGNORECASE,
)


_TOTAL = pattern(
    r"\b(?:owned|held|holdings?|beneficially|balance|total|following\s+the)\b", re.IGNORECASE
)
"""What follows a number that is a whole total: reported wrongly, it is no difference."""


class Correction(NamedTuple):
    """A correction's size and sense; None where the note does not give them."""

    shares: Decimal | None
    direction: Direction | None


def cue(text: str, start: int, end: int) -> str:
    """The first words of a stretch that announce a correction, "" where none do."""
    found = next((m for m in (cue.search(text, start, end) for cue in CUES) if m), None)
    return found[0] if found else ""


def correction(text: str, start: int, end: int, found: Sequence[Amount]) -> Correction | None:
    """Read the correction a stretch of text states, or None where it states none.

    `found` are the amounts in it. "Reported as A, should have been B" gives the
    difference; when it is not certain which figure is the right one, no amount is given.
    """
    over, under, omitted, mistaken = (cue.search(text, start, end) for cue in CUES)
    told = over or under or omitted or mistaken
    if not told or (_LATE.search(text, start, end) and not found):
        return None
    disposal = _GOING_OUT.search(text, start, end) and not _HELD.search(text, start, end)
    up: Direction = "disposed" if disposal else "acquired"
    down: Direction = "acquired" if disposal else "disposed"
    if over and under:
        return Correction(None, None)
    sole = found[0] if len(found) == 1 else None
    step = _stepped(text, start, found) or sole
    if (over or under) and step:
        return Correction(step.shares, down if over else up)
    difference = _difference(text, start, found)
    if difference is not None:
        return Correction(abs(difference), up if difference > 0 else down)
    if over or under:
        return Correction(None, down if over else up)
    less, more = _LESS.search(text, start, end), _MORE.search(text, start, end)
    if step and (less is None) != (more is None):
        return Correction(step.shares, "disposed" if less else "acquired")
    if omitted:
        return Correction(sole.shares if sole else None, up)
    if sole and _NOT_OWNED.search(text, start, end):
        return Correction(sole.shares, "disposed")
    if sole and _EXTRA.search(text, start, end) and not _TOTAL.search(text, sole.end, end):
        return Correction(sole.shares, down)
    return Correction(None, None)


def apart(
    text: str, start: int, end: int, found: Sequence[Amount]
) -> Iterator[tuple[int, int, Correction]]:
    """The corrections of a sentence clause by clause, where each has one amount and one sense.

    "Overstated by 90 and omitted 40": the second clause may say in plain words what only
    the first makes a correction.
    """
    cuts = [start, *(joint.end() for joint in _AND.finditer(text, start, end)), end]
    for first, last in pairwise(cuts):
        inside = [amount for amount in found if first <= amount.start < last]
        if len(inside) != 1:
            continue
        result = correction(text, first, last, inside) if cue(text, first, last) else None
        if result is None and _LEFT_OUT.search(text, first, last):
            result = Correction(inside[0].shares, "acquired")
        if result and result.shares is not None:
            yield first, last, result


def _stepped(text: str, start: int, found: Sequence[Amount]) -> Amount | None:
    """The amount something is off "by", or None where there is none or more than one."""
    steps = [a for a in found if _BY.search(text, max(start, a.start - 40), a.start)]
    return steps[0] if len(steps) == 1 else None


def _difference(text: str, start: int, found: Sequence[Amount]) -> Decimal | None:
    """The right figure less the wrong one, or None where they cannot be told apart."""
    if len(found) == 3 and found[0].shares == found[1].shares + found[2].shares:
        found = found[:2]  # a total, and the two holdings that it had put together
    if len(found) != 2 or found[0].shares == found[1].shares:
        return None
    first, second = found
    before = text[start : first.start]
    between = text[first.unit_end : second.start]
    if _WHEN.search(between):
        return second.shares - first.shares
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
