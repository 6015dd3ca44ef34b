"""Companies that a note says took each other's place: reorganisations, mergers, moves.

A holding company, a reincorporation in another state or a merger makes one issuer continue
another under a new CIK (Rules 12g-3 and 16b-7). What is read is which companies a sentence
names that says so, and how many new shares each old one became.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from ledger.footnotes.families import any_phrase
from ledger.footnotes.text import Sentence, Stated
from ledger.footnotes.transfers import future
from ledger.loading import pattern
from ledger.types import ratio_text

STEMS = (
    *("succe", "predecess", "12g-3", "incorporat", "domest", "domicil", "reorgani", "merge"),
    *("holding company", "converted", "exchanged", "subsidiary"),
)
"""Of these fragments, in lower case, every note about a succession contains one."""

SUCCEEDED = any_phrase(
    "successor|succeeded|predecessor|12g-3|company|incorporat|domesticat|redomicil|converted|exchanged|cancel|subsidiary|merged",
    r"\bsuccessor\s+(?:issuer\s+|registrant\s+|in\s+interest\s+|by\s+merger\s+)?(?:to|of)\b"
    r"|\bsucceeded\s+(?!(?:the\s+)?(?:reporting|undersigned|him|her)\b)(?:to\s+)?(?=[A-Z\"'(]|the\s+predecessor)"
    r"|\bpredecessor\s+(?:issuer|registrant|company|corporation)\b|\b12g-3\b"
    r"|\bholding\s+company\s+(?:reorgani[sz]ation|formation|structure|merger)\b"
    r"|\b(?:reincorporat|redomesticat|redomicil|domesticat)(?:ion|ed|iation)\b"
    r"|\b(?:each|every)\s+(?:(?:issued\s+and\s+)?outstanding\s+|such\s+)?(?:(?-i:[A-Z][\w.&]*)\s+|\w+\s+){0,4}?shares?\b"
    r"[^;]{0,160}?\b(?:was|were)\s+(?:\w+\s+){0,4}?(?:converted|exchanged|cancell?ed\s+and\s+converted)\b"
    r"|\bbec(?:ame|oming)\s+an?\s+(?:new\s+)?(?:(?:direct|indirect)(?:\s+(?:or|and)\s+indirect)?,?\s+)?wholly[\s-]+owned\s+subsidiary\s+of\b"
    r"|\bmerged\s+with\s+and\s+into\b",
)
_COMPANY = pattern(
    r"(?<![\w.])(?:[A-Z][\w&'-]*\.?\s+(?:(?:of|and|&|for)\s+)?){0,5}[A-Z][\w&'-]*,?\s+"
    r"(?:Inc|Corp|Corporation|Co|Company|Ltd|Limited|plc|PLC|Holdings?|Group|L\.?L\.?C|N\.V|S\.A|Bancorp|Bancorporation"
    r"|Bancshares|Financial|Trust)\b\.?(?:,?\s+(?:Inc|Ltd|plc|PLC|Corp|Co|L\.?L\.?C)\b\.?)?"
)
_LEADING = pattern(r"^(?:(?:Each|The|A|An|On|In|Upon|Pursuant|As|Old|New|Under|Following)\s+)+")
_STOP = pattern(r"(?<!Inc)(?<!Corp)(?<!Co)(?<!Ltd)(?<!C)(?<!V)(?<!A)\.$")
"""A full stop after a name that is not an abbreviation's."""
_NAME = (
    r"(?P<name>(?!(?:The|Common|Class|Series|Preferred|Restricted|Ordinary|Stock|Issuer|Company|Reporting|Rule|Section|Registrant|Corporation)\b)"
    r"[A-Z][\w&'-]*(?:\s+(?:(?:of|and|&)\s+)?(?!(?:Common|Class|Stock|Ordinary|Shares?|Restricted|Plan)\b)[A-Z][\w&'-]*){0,4})"
)
_BESIDE = pattern(
    r"\b(?:(?:subsidiary\s+of|successor\s+(?:issuer\s+|registrant\s+|in\s+interest\s+)?(?:to|of)|succeeded(?:\s+to)?|replaced|with\s+and\s+into)\s+(?:the\s+)?"
    r"|shares?\s+of\s+(?:the\s+)?(?:common\s+stock\s+of\s+)?)" + _NAME
)
_AHEAD = pattern(
    _NAME
    + r"(?=\s+(?:(?:is|was)\s+the\s+(?:successor|surviving|new)|became\s+(?:the\s+(?:successor|parent|holding|new)|an?\s+[\w,\s-]{0,30}?subsidiary)|succeeded|replaced|merged\s+with))"
)
"""Names without a word for what sort of company it is, as they stand beside what was done."""
_ONE_FOR_ONE = pattern(
    r"\b(?:one|1)(?:\s*-\s*|\s+)for(?:\s*-\s*|\s+)(?:one|1)\b|\bshare[- ]for[- ]share\b|\b1:1\b",
    re.IGNORECASE,
)
_INTO = pattern(
    r"\b(?:into|for)\s+(?:the\s+right\s+to\s+(?:receive|acquire)\s+)?"
    r"(?:(?P<word>an?|one|two|three|four|five|ten)|(?P<number>\d*\.?\d+))\b(?:\s*\([\d.]+\))?\s+"
    r"(?:(?!and\b|or\b)[\w-]+\s+){0,5}?(?:shares?|ADSs?|units?)\b",
    re.IGNORECASE,
)
_WORDS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}


def successions(sentence: Sentence) -> Iterator[Stated]:
    """The companies that one sentence says took each other's place, each with the ratio."""
    text, start, end = sentence
    said = SUCCEEDED.search(text, start, end)
    if not said or future(text, start, said.end()):
        return
    ratio = _ratio(text, start, end)
    names = (
        _LEADING.sub("", found[0]).strip(" ,") for found in _COMPANY.finditer(text, start, end)
    )
    told = dict.fromkeys(_STOP.sub("", " ".join(name.split())) for name in names)
    for found in (*_BESIDE.finditer(text, start, end), *_AHEAD.finditer(text, start, end)):
        bare = _LEADING.sub("", " ".join(found["name"].split()))
        if not any(bare in name for name in told):
            told[bare] = None
    for name in told:
        yield Stated("succession", start, end, counterpart=name, ratio=ratio)


def _ratio(text: str, start: int, end: int) -> str | None:
    """New shares to old, None where the sentence gives no number of either."""
    into = _INTO.search(text, start, end)
    if into is None:
        return "1:1" if _ONE_FOR_ONE.search(text, start, end) else None
    try:
        number = (
            Decimal(into["number"]) if into["number"] else Decimal(_WORDS[into["word"].lower()])
        )
    except InvalidOperation:
        return None
    return ratio_text(Fraction(number)) if number else None
