"""What a total counts now and did not before, or counts no longer."""

from __future__ import annotations

import re
from typing import Literal

from ledger.footnotes.clauses import Segment
from ledger.footnotes.families import Family, any_phrase
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.phrases import WITHDRAWAL
from ledger.footnotes.text import Sentence

_REPORTS = (
    r"(?:\w+\s+|person's\s+){0,4}?(?:earlier|prior|previous|preceding|last|most\s+recent)\s+(?:\w+\s+)?"
    r"(?:reports?|filings?|forms?|totals?)(?:\s+[345](?:/a)?)?(?:\s+and\s+[345])?"
)
_OMITTED = r"(?:excluded|not\s+(?:included|reflected|counted)|left\s+out|omitted)"
_IN_TOTALS = (
    r"(?:the\s+(?:totals?|balances?|amounts?|numbers?)\s+(?:\w+\s+){0,7}?(?:on|in|of|by)\s+)?"
)
_UNTIL_NOW = r"(?:before|previously|formerly|earlier|until\s+now|hitherto|to\s+date)\b(?!\s+(?:vesting|the\b|any\b|\d))"
_BEFORE = "previous|former|earlier|prior|preceding|last|recent|before|until|hitherto|date"
_NOW_IN = any_phrase(
    f"includ|reflect|count|contain|compris & {_BEFORE} & exclud|not|left|omit",
    r"\b(?:includ(?:es?|ing)|reflect(?:s|ing)|count(?:s|ing)|contain(?:s|ing)|compris(?:es|ing))\b[^.;]*?(?:\b(?:previously|formerly)\s+(?:excluded|not\s+(?:included|reflected)|left\s+out|omitted)"
    rf"|\b{_REPORTS}\s+(?:had\s+)?(?:excluded|omitted|left\s+out|did\s+not\s+include)"
    rf"|\b{_OMITTED}\s+(?:from|in|of|on)\s+{_IN_TOTALS}{_REPORTS}"
    rf"|\b(?:excluded|not\s+included|left\s+out|omitted)\s+{_UNTIL_NOW})",
    f"includ & {_BEFORE} & exclud|not|left|omit",
    rf"\b{_REPORTS}\s+(?:had\s+)?(?:excluded|omitted|left\s+out|did\s+not\s+include)\b[^.]{{0,240}}?\b(?:(?:is|are)\s+(?:now\s+)?included|now\s+includ\w+)",
)
_NOW_OUT = any_phrase(
    "to exclude",
    r"\b(?:adjusted|reduced|revised|restated|decreased)\s+(?:so\s+as\s+)?to exclude\b",
    "longer & includ",
    r"\bno\s+longer\s+includ\w+",
    f"exclud|include & {_BEFORE} & included|counted|reflected|reported",
    r"\b(?:exclud(?:es?|ing)|do(?:es)?\s+not\s+include)\b[^.;]*?(?:\b(?:previously|formerly)\s+(?:included|counted"
    r"|reported\s+as\s+(?:\w+ly\s+)?(?:owned|held)\s+by\s+(?:the\s+)?(?:reporting\s+(?:person|owner)|undersigned|him|her)\b(?!['’]s))"
    rf"|\b{_REPORTS}\s+(?:had\s+)?(?:included|counted)|\b(?:included|counted|reflected)\s+(?:in|by|on)\s+{_IN_TOTALS}{_REPORTS}"
    rf"|\b(?:included|counted)\s+{_UNTIL_NOW})",
    f"{_BEFORE} & included|counted & exclud|included|left|removed|part",
    rf"\b{_REPORTS}\s+(?:had\s+)?(?:included|counted)\b[^.]{{0,240}}?\b(?:excluded|not\s+included|left\s+out|removed|(?:not|no\s+longer)\s+(?:an?\s+)?part\s+of|no\s+part\s+of)\b",
    "exclud|include & account|client & terminat|closed|withdr|ended|transfer",
    r"\b(?:exclud(?:es?|ing)|do(?:es)?\s+not\s+include)\b[^.;]*?\b(?:accounts?|clients?)\b[^.;]{0,80}?\b(?:(?:terminated|closed|withdrew|ended)\b|(?:was|were|has\s+been|have\s+been)\s+(?:closed|terminated|withdrawn|transferred)\b)",
)
_SINCE_LAST = any_phrase(
    "since & report|filing|form|total & acqui|purchas|bought|obtain|credit|receiv|accru|allocat|added|accumul",
    r"\b(?:acquired|purchased|bought|obtained|credited|received|accrued|allocated|added|accumulated)\b[^.;]{0,80}?"
    rf"\bsince\s+(?:(?:the|its|his|her)\s+)?(?:date\s+of\s+)?{_REPORTS}",
    "since & report|filing|form|total & client|account & engage|retain|open|join|became|added|hired",
    r"\b(?:clients?|accounts?)\b[^.;]{0,60}?\b(?:engaged|retained|opened|joined|became|added|hired)\b[^.;]{0,60}?"
    rf"\bsince\s+(?:(?:the|its|his|her)\s+)?(?:date\s+of\s+)?{_REPORTS}",
)
_CHANGED_BY = pattern(
    r"\b(?:(?P<more>increase|rise|addition)|decrease|reduction|decline)\s+(?:in\s+[\w\s]{1,30}?)?of\s+$",
    re.IGNORECASE,
)
_NEAR = 60
_NO_INTEREST = pattern(
    r"\bno\s+longer\s+ha(?:s|ve|d)\s+(?:an?|any|the|his|her|its)\s+(?:\w+\s+){0,2}?interest\s+in\s+(?:(?:any|all|of|the|those|these)\s+){0,3}$",
    re.IGNORECASE,
)


def came_since(text: str, start: int, end: int) -> Literal["acquired"] | None:
    """The direction of shares that are told as what came since the report before, however they came."""
    return "acquired" if _SINCE_LAST.search(text, start, end) else None


def came_to(text: str, start: int, amount: int) -> Literal["acquired", "disposed"] | None:
    """Which way a total changed by an amount, by the noun before it: "reflects a decrease of 500"."""
    noun = _CHANGED_BY.search(text, max(start, amount - _NEAR), amount)
    if noun is None:
        return None
    return "acquired" if noun["more"] else "disposed"


def entered(text: str, start: int, end: int) -> bool:
    """Whether shares are told as counted now, where earlier reports left them out."""
    return _NOW_IN.search(text, start, end) is not None


def left(text: str, start: int, end: int) -> re.Match[str] | None:
    """The words by which shares are told as left out now, where earlier reports counted them."""
    return _NOW_OUT.search(text, start, end)


def no_interest(sentence: Sentence, part: Segment) -> Family | None:
    """The family of words that say before a number of shares that the owner has no interest in them any more."""
    amount = part.amount.start
    since = max(sentence.start, amount - 2 * _NEAR)
    return WITHDRAWAL if _NO_INTEREST.search(sentence.text, since, amount) else None
