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
from ledger.footnotes.families import any_phrase
from ledger.footnotes.form_fields import of_a_field
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.prefilter import Stems
from ledger.footnotes.run_together import NOW_APART, REPORT, RUN_TOGETHER, told_apart
from ledger.footnotes.text import undated
from ledger.types import Direction

STEMS = Stems(
    *("error", "inadvert", "correct", "incorrect", "omit", "omission", "should", "overstat"),
    *("understat", "erroneous", "mistak", "misreport", "misstat", "miscalc", "mis-calc"),
    *("miscount", "over-report", "overreport", "under-report", "underreport", "double"),
    *("twice", "unreported", "not previously", "not reported", "not included"),
    *("rounding", "rather than", "instead of", "never ", "actual", "too high", "too low"),
    *("too great", "does not", "did not", "do not", "revis", "updat", "too many", "too few"),
    *("too large", "too small", "adjust", "reconcil", "conform"),
    *(
        "oversight",
        "gave",
        "left out",
        "separate",
        " apart",
        "when ",
        "distinguish",
        "divide",
        "together",
        " one",
        " a single",
        "whereas",
        "no pecuniary",
    ),
    *("no interest", "no beneficial", "no economic", "not the beneficial", "not beneficially"),
    *("not owned",),
    *(
        "overlook",
        "forgot",
        "forget",
        "neglect",
        "fail",
        "missed",
        "left off",
        "missing",
        "absent",
        "escaped",
        "short",
        "off by",
        "wrong",
    ),
    *(
        "transpos",
        "misprint",
        "in place of",
        "ought",
        "belong",
        "another",
        "someone",
        "a different",
    ),
    *("exceed", "more than", "greater than", "higher than", "fewer than", "less than"),
    *("lower than", "upward", "downward", "shares more", "shares less", "shares fewer"),
    *(f"not {digit}" for digit in range(1, 10)),
    *("in truth", "really", "truly", "true ", "only"),
    *("account for", "in fact", "in reality", "not issued", "not granted", "not awarded"),
    *("not approved", "not ever", "actually not", "none", "no such"),
    *(f"no {what}" for what in ("shares", "units", "options", "stock", "securities")),
    *(
        "reduced",
        "decreased",
        "lowered",
        "reduces",
        "decreases",
        "reducing",
        "increased by",
        "increasing by",
    ),
    *("decreasing by", "increases by"),
)
"""Fragments of which every sentence that one of the `CUES` finds something in contains one."""

_MISTOLD = r"\b(?:misstated|misreported|miscounted|last\s+(?:reported|shown|stated))\b"
_TRUTH = (
    r"(?:(?:the|what|than|was|were|number|amount|total|of|shares?|he|she|it|reporting|person|owner)\s+){0,6}?"
    r"(?:actual(?:ly)?|correct|true|right|real(?:ly)?|in\s+fact|owned|held)\b"
)
"""What a wrong number is set beside: "than she actually owned", "the true total"."""

_OVER = any_phrase(
    "over|double|twice|too",
    r"\b(?=[ocdt])(?:overstat\w*|over-?report\w*|double[- ]?count\w*|counted\s+(?:\S+\s+){0,4}?twice|too\s+(?:high|many|large|great))\b",
    "exceed|than",
    rf"(?:{REPORT}|{_MISTOLD})[^.;]{{0,60}}?(?:\bexceed\w*\s+|\b(?:more|greater|higher)\s+than\s+){_TRUTH}",
)
_UNDER = any_phrase(
    "under|too",
    r"\b(?=[ut])(?:understat\w*|under-?report\w*|too\s+(?:low|few|small))\b",
    "than|short",
    rf"(?:{REPORT}|{_MISTOLD})[^.;]{{0,60}}?(?:\b(?:less|fewer|lower)\s+than\s+{_TRUTH}|\bshares\s+short\b)",
)
_OMITTED = any_phrase(
    "omi|exclud|not|never|fail|unreported|should",
    r"\b(?=[beimnopsw])(?:(?:inadvertent\w*|erroneous\w*|mistaken\w*|incorrect\w*)\s+(?:\w+\s+){0,4}?"
    r"(?:omit\w*|exclud\w*|not\s+\w+|fail\w*\s+to\s+(?:report|include|reflect|disclose|list))"
    r"|(?:omit\w*|(?:not|never)\s+(?:previously\s+)?(?:reported|included|reflected))\b[^.]{0,80}?"
    r"\b(?:inadvertent\w*|error|mistake|oversight)"
    r"|(?:oversight|error|mistake)\b[^.;]{0,100}?\b(?:not|never)\s+(?:previously\s+)?(?:been\s+)?(?:report|includ|reflect|list)(?:e?d?)"
    r"|previously\s+unreported|not\s+previously\s+(?:reported|counted)"
    r"|(?:were|was|been)\s+(?:inadvertently\s+)?omitted(?!\s+(?:from|in|by)\s+(?:the|this|that|his|her|an?|any)\s+(?:\w+\s+){0,2}?"
    r"(?:sales?|offerings?|orders?|trades?|purchases?|distributions?|registrations?|transfers?|gifts?|brokers?)\b)|omission\s+of"
    r"|should\s+have\s+been\s+(?:reported|included|listed|reflected)\s+(?:on|in)\s+"
    r"(?:\w+\s+){0,6}?form)\b",
    "omitted|overlooked|missed|left|neglected|failed|not",
    rf"(?:{REPORT}|\bpreviously\s+reported\s)[^.;]{{0,60}}?\b(?:omitted|overlooked|missed\s+(?:the\s+|these\s+|some\s+)?(?:\d|shares)|left\s+(?:out|off)|neglected\s+to\s+\w+"
    r"|failed\s+to\s+(?:include|reflect|account\s+for|count|list)|did\s+not\s+account\s+for)\b",
    "should",
    rf"{REPORT}\s+should\s+(?:also\s+have\s+(?:listed|included|reported|shown)|have\s+(?:listed|included|reported|shown(?=\s+an?\s+add)))"
    r"\s+(?:an?\s+additional\s+)?(?=\d)(?!\d[\d,.]*(?:\s+\w+){0,3}?\s+(?:owned|following|remaining)\b)",
    "overlooked|left|missing|omitted|missed|forgot|absent|escaped",
    r"\b(?:overlooked|absent|escaped\s+(?:notice|attention)|left\s+(?:out|off)|missing|omitted|missed|forgot(?:ten)?\s+to\s+(?:report|list|include)|forgotten)\s+"
    r"(?:(?:in|when|while)\s+(?:the\s+)?(?:(?:prepar|complet|compil|draft)\w+\s+(?:of\s+)?)?)?(?:(?:in|from|of|by|on)\s+)?"
    rf"(?:the\s+|his\s+|her\s+|a\s+|any\s+|all\s+)?(?:[\w']+\s+){{0,2}}?{REPORT}",
)
_WHEN_IN_FACT = (
    r"\b(?:when|whereas)\s+(?:,?\s*(?:in\s+fact|in\s+reality|only|actually)\b,?\s*)*"
    r"(?:(?:the\s+)?(?:reporting\s+person|undersigned|owner|he|she|it|there)\s+)?"
    r"(?:(?:in\s+fact|only|actually|really|directly|beneficially)\s+)*(?:(?:owned|held|had|were)\s+)?(?:only\s+)?"
)
"""What leads from the wrong number to the right one: "when in fact she owned"."""
_TAKEN_OFF = (
    r"\b(?:reduced|decreased|lowered|reduces|decreases)\b[^.;]{0,40}?\bby\b[^.;]{0,60}?\b(?:reported|disclosed|shown|listed)\s+(?:\w+ly\s+)?as\s+"
    r"(?:having\s+been\s+)?(?:granted|awarded|acquired|purchased|issued|bought)\b"
)
"""A total that comes down by what was told as having come."""
_NEVER_CAME = (
    r"\b(?:reported|listed|counted|included|disclosed|shown)\b[^.;]{0,100}?\b(?:was|were)\s+(?:(?:never|not\s+(?:in\s+fact|actually|ever)|in\s+fact\s+not|actually\s+not)\s+(?:\w+ly\s+)?"
    r"(?:issued|granted|awarded|approved|delivered|acquired|purchased|bought)|not\s+(?:issued|granted|awarded|approved))\b"
    r"(?!\s+(?:until|before|under|in|on|for|from|by|as|at|to|pursuant|with)\b)"
)
_NOT_HAD = any_phrase(
    "reduce|decrease|lowered|issued|granted|awarded|approved|ever|fact|actually",
    rf"{_TAKEN_OFF}|{_NEVER_CAME}",
)
_MISTAKEN = pattern(
    r"\b(?=[a-fil-mo-pr-u])(?:inadvertent\w*|erroneous\w*|incorrect\w*|mistaken\w*|misreport\w*|misstat\w*"
    r"|mis-?calculat\w*|miscount\w*|(?:clerical|typographical|scrivener'?s?|mathematical"
    r"|computational|administrative|rounding|arithmetic\w*|calculation|reporting)\s+(?:errors?|mistakes?)"
    r"|in\s+error|by\s+mistake|due\s+to\s+an\s+error|(?<!was )(?<!were )(?<!is )(?<!are )correct(?:s|ed|ing|ion|ions)?\b"
    r"|should\s+(?:have\s+(?:been|read|reported|stated|shown|said|given|listed)|be)"
    r"|(?:through|by|owing\s+to|due\s+to)\s+(?:an\s+)?oversight"
    r"|(?:reports?|forms?|filings?|statements?|total)\b[^.;]{0,80}?\b(?:gave|reported|showed|shown|stated|listed|indicated)\b"
    rf"[^.;]{{0,120}}?{_WHEN_IN_FACT}(?=\d)"
    r"|(?:reports?|reported|forms?|filings?)\b[^.;]{0,80}?\b(?:included|counted|reported|listed)\b[^.;]{0,80}?"
    r"\b(?:(?:does|did|do)\s+not\s+(?:\w+\s+)?own|never\s+(?:owned|belonged)|(?:has|had|have)\s+no\s+(?:pecuniary\s+|beneficial\s+|economic\s+)?interest\b"
    r"|(?:is|are|was|were)\s+not\s+(?:the\s+beneficial\s+owner|beneficially\s+owned|owned\s+by))"
    rf"|{NOW_APART}|{RUN_TOGETHER}"
    r"|(?:adjust|reconcil|conform|revis|updat)\w*\b[^.;]{0,70}?\b(?:(?<!of )records?|stock\s+ledger|share\s+register|books"
    r"|transfer\s+agent|account\s+statements?|brokerage\s+statements?)"
    r"|(?:increas|decreas|reduc)(?:ed|es|ing)\s+by\b[^.;]{0,60}?\bto\s+(?:agree|conform|correspond|match|tally)\b"
    r"|actual\s+(?:number|amount|total|holdings?|balance|figure|position)\b.{0,60}?\b(?:was|is|were)\s+(?=\d)|(?:increase|decrease|reduction)\s+of\b.{0,100}?\brounding"
    r"|(?<!\bcash )(?<!\bcash, )(?:instead\s+of|rather\s+than|in\s+place\s+of)\s+(?:the\s+)?(?=\d)"
    r"|actually\s+(?:\w+ly\s+)?(?:owned|held)\s+(?=\d)|ought\s+to\s+(?:have\s+(?:been|read|said|shown)|be|read)|(?:transpos|misprint)\w*)"
    rf"|{REPORT}[^.;]{{0,80}}?\b(?:(?:was|were|is|are)\s+(?:\w+ly\s+)?wrong\b|off\s+by\s+(?=\d))"
    rf"|\bmistakes?\s+(?:in|on|of|made\s+in)\s+(?:the\s+|his\s+|her\s+|a\s+)?(?:[\w']+\s+){{0,2}}?{REPORT}"
    r"|\b(?:(?:upward|downward)\s+(?:adjustment|correction|revision)|adjusted\s+(?:upward|downward))\b"
    r"(?![^.;]{0,80}?\b(?:split|performance|dividends?|prices?|targets?|certif\w+|dilution|antidilution)\b)"
    r"|\b(?:held|holds|owned|owns|sold|acquired|purchased|reported|(?:holdings?|total|balance|position|number)\b[^.;]{0,60}?\b(?:was|were|is))\b"
    r"[^.;]{0,60}?\d(?:\s+shares)?,?\s+(?:and\s+|but\s+)?not\s+(?=\d)"
    rf"|\b(?:previously|formerly|{REPORT}[^.;]{{0,40}}?)\s*(?:counted|included|reported|listed)\b[^.;]{{0,60}}?"
    r"\b(?:belong\w*\s+to|(?:was|were|is|are)\s+(?:in\s+fact\s+)?(?:owned|held)\s+by)\s+(?:another|someone\s+else|a\s+different)\b"
    rf"|{_TAKEN_OFF}|{_NEVER_CAME}",
    re.IGNORECASE,
)
CUES = (_OVER, _UNDER, _OMITTED, _MISTAKEN)
"""Words that say an earlier report was wrong."""

_LATE = pattern(
    r"\b(?:fail\w*\s+to\s+(?:timely\s+)?file|timely|late\s+fil\w+|fil\w+\s+late\b|not\s+(?:timely\s+)?filed"
    r"|corrected\s+to\s+read|if\s+(?:any|an)\b)",
    re.IGNORECASE,
)
_BY = pattern(
    r"\bby\s+(?:a\s+total\s+of\s+|an?\s+(?:aggregate|additional)\s+(?:of\s+)?)?$", re.IGNORECASE
)
_LESS = pattern(
    r"\b(?:decreas\w+|reduc\w+|subtract\w*|remov\w+|deduct\w*|downward|should\s+have\s+been\s+(?:less|lower|smaller|fewer))\b"
    r"|\b(?:correction|adjustment)\s+of\s+\((?=[\d,.]+\))",
    re.IGNORECASE,
)
"""Words by which a total comes down; a negative number stands in brackets."""
_MORE = pattern(
    r"\b(?:increas\w+|add(?:s|ed|ing|ition)?|upward|should\s+have\s+been\s+(?:greater|higher|larger|more))\b",
    re.IGNORECASE,
)
_RIGHT = pattern(
    r"(?:should\s+(?:have|be|read)\b|\bcorrect(?:ed)?\s+(?:\w+\s+){0,6}?(?:is|was|of|to|as|being|should)\b"
    r"|\bought\s+to\b|\b(?:error|misprint|mistake|slip|typo)\s+for\b|\bactual(?:ly)?\b|\b(?:corrected|adjusted|revised|restated|amended|changed)\s+to\b(?!\s+(?:reflect|show|report|give|add|include|exclude))|\bin\s+fact\b|\brather,?\s+(?!than)"
    r"|\b(?:sales?|purchases?|gifts?|grants?|awards?|exercises?|dispos\w+|acquisitions?|transfers?|transactions?)\s+(?:\w+\s+){0,2}?(?:reported|disclosed|shown)\b[^.;]{0,60}?\b(?:was|were)\s+(?:only\s+)?(?:of|for)\b)[^.]{0,90}$",
    re.IGNORECASE,
)
_SHOULD = pattern(
    r"\b(?:should|ought\s+to)\s+(?:have\s+)?(?:been|be|read|said|shown|stated)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
"""What leads to the number that should have stood where another one does."""
_OFF_BY = pattern(r"\s+(?:lower|higher|less|fewer|more|greater)\b", re.IGNORECASE)
_SAID_WRONGLY = pattern(
    r"\b(?:misstat\w+|misreport\w+|incorrect\w*|erroneous\w*|mistaken\w*|inadvertent\w*|(?:typographical|clerical)\s+error"
    r"|transpos\w+|misprint\w*|in\s+error)\b",
    re.IGNORECASE,
)
_SAID_RIGHT = pattern(
    r"[^.;]{0,80}(?:;|\.)\s+(?:(?:in\s+fact|actually|in\s+reality|they|it|he|she|that|only|the|reporting|person|owned|held|total"
    r"|grant|award|sale|purchase|gift|transaction|for|of|number|was|were|is|sold|acquired|purchased),?\s+)*$",
    re.IGNORECASE,
)
"""What leads on from a number that was told wrongly to the right one, in a clause of its own."""
_WRONG = pattern(
    r"(?:rather\s+than|instead\s+of|in\s+place\s+of|and\s+not|\bnot)\s+(?:the\s+)?$"
    r"|\b(?:reported|stated|indicated|listed|reflected|shown|showed|read|disclosed|included|gave|given|said|carried)\b[^.]{0,90}$",
    re.IGNORECASE,
)
_TOLD_AS = pattern(
    r"\s+(?:of\s+\w+\s+stock\s+)?(?:\w+\s+){0,3}?(?:was|were)\s+(?:\w+ly\s+)?(?:stated|reported|shown|listed|recorded|entered)\s+as\s+(?:only\s+)?",
    re.IGNORECASE,
)
"""Between the right number and the one that a report gave for it."""
_EXTRA = pattern(
    r"\b(?:inadvertent\w*|erroneous\w*|mistaken\w*)\s+(?:\w+\s+){0,3}?(?:included|reported|counted)\b"
    r"|\b(?:included|reported|counted)\s+(?:inadvertently|erroneously|mistakenly|in\s+error|by\s+mistake)\b"
    r"|\b(?P<wholly>(?:erroneously|mistakenly|inadvertently)\s+(?:attributed|carried)|(?:attributed|carried)\b[^.;]{0,60}?\b(?:erroneously|mistakenly|in\s+error|by\s+mistake))\b",
    re.IGNORECASE,
)
_COUNTED = pattern(r"\b(?:included|counted)\b", re.IGNORECASE)
_OF_ANOTHER = pattern(
    r"\s+(?:[\w]+\s+){0,4}?(?:owned|held)\s+(?:of\s+record\s+)?by\s+(?!the\s+(?:reporting\s+person|undersigned)\b(?!'s))",
    re.IGNORECASE,
)
"""What follows an amount that was counted in and is somebody else's."""
_NOT_OWNED = any_phrase(
    "not|never|interest|belong|someone|different",
    r"\b(?:included|counted|reported|listed)\b[^.;]{0,80}?\b(?:(?:does|did|do)\s+not\s+(?:\w+\s+)?own"
    r"|never\s+(?:owned|belonged)|(?:has|had|have)\s+no\s+(?:pecuniary\s+|beneficial\s+|economic\s+)?interest\b"
    r"|(?:is|are|was|were)\s+not\s+(?:the\s+beneficial|beneficially|owned)"
    r"|belong\w*\s+to\s+(?:another|someone|a\s+different)|(?:owned|held)\s+by\s+(?:another|someone|a\s+different))",
)
_CONTRAST = any_phrase(
    "rather|instead|place|not|when|whereas|but",
    rf"\b(?:rather\s+than|instead\s+of|in\s+place\s+of|and\s+not|but\s+not|{_WHEN_IN_FACT}$)|,\s+not\s+",
)
_WHEN = any_phrase(
    "when|whereas",
    rf"{_WHEN_IN_FACT}$",
)
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
    r"\b(?:owned|held|holds?|owns?|holdings?|ownership|balances?|totals?|following\s+the)\b",
    re.IGNORECASE,
)
_TOTAL = pattern(
    r"\b(?:owned|held|holdings?|beneficially|balance|total|following\s+the)\b", re.IGNORECASE
)
"""What follows a number that is a whole total: reported wrongly, it is no difference."""
_RIGHTLY = pattern(
    r"[^.;,]{0,40}?,?\s(?:was|were|is|are|remains?)\s+(?:\w+\s+)?(?:unchanged|correct(?:ly)?|right(?:ly)?|proper(?:ly)?|accurate(?:ly)?)\b",
    re.IGNORECASE,
)
_A_TOTAL = pattern(
    r"\b(?:totals?|balances?|holdings?|owned|held|ownership|column\s+5|following\s+the)\b",
    re.IGNORECASE,
)


class Correction(NamedTuple):
    """A correction's size and sense; None where the note does not give them."""

    shares: Decimal | None
    direction: Direction | None


def cue(text: str, start: int, end: int) -> str:
    """The first words of a stretch that announce a correction, "" where none do."""
    found = next((m for m in _cues(text, start, end) if m), None)
    return found[0] if found else ""


_DENIED = pattern(
    r"\b(?:not|never|nothing|none|neither|nor|without|no)\s+(?!only\b)(?:(?:was|were|been|is|are|has|have|any|an?|\w+ly)\s+)*$"
    r"|\b(?:if|whether|unless|in\s+the\s+event|should\s+(?:the|it|any)|to\s+the\s+extent(?!\s+of))\b[^.;,]{0,150}$|\b(?:may|might|could)\s+(?:have(?:\s+been)?|be)\s+(?:\w+ly\s+)?$|\bit\s+is\s+(?:possible|not\s+(?:clear|known|certain))\b[^.;,]{0,150}$|\b(?:possible|potential|alleged|suspected)\s+$",
    re.IGNORECASE,
)
_OF_NOTHING = pattern(r"\s(?:from|in|by)\s+(?:no|none|neither)\b", re.IGNORECASE)
"""Words around a cue that deny it: "was not overstated", "omitted from no report"."""


def _cues(text: str, start: int, end: int) -> list[re.Match[str] | None]:
    """What each of the `CUES` finds in a stretch, but for what the words before or after it deny."""
    return [_undenied(cue.search(text, start, end), text, start) for cue in CUES]


def _undenied(told: re.Match[str] | None, text: str, start: int) -> re.Match[str] | None:
    if told is None or _OF_NOTHING.search(text, told.start(), told.end() + 9):
        return None
    before = undated(text)[start : told.start()]
    if told[0].startswith(_BESIDE) and not any(map(str.isdigit, before)):
        return None  # where no number stands before the other one, none was wrong
    return None if _DENIED.search(before[-170:]) else told


_BESIDE = ("instead", "rather", "in place")


def correction(text: str, start: int, end: int, found: Sequence[Amount]) -> Correction | None:
    """Read the correction a stretch of text states, or None where it states none.

    `found` are the amounts in it. "Reported as A, should have been B" gives the
    difference; when it is not certain which figure is the right one, no amount is given.
    """
    over, under, omitted, mistaken = _cues(text, start, end)
    told = over or under or omitted or mistaken
    late = _LATE.search(text, start, end) is not None
    if not told or (late and not found):
        return None
    disposal = _GOING_OUT.search(text, start, end) and not _HELD.search(text, start, end)
    up: Direction = "disposed" if disposal else "acquired"
    down: Direction = "acquired" if disposal else "disposed"
    rightly = len(found) == 1 and _RIGHTLY.match(text, found[0].unit_end, end)
    if rightly or (not found and of_a_field(text[start:end])):
        return None
    if over and under:
        return Correction(None, None)
    sole = found[0] if len(found) == 1 else None
    step = _stepped(text, start, found) or _apart_from_wholes(text, start, sole)
    if (over or under) and step:
        return Correction(step.shares, down if over else up)
    difference = _difference(text, start, found)
    if over or under:  # the word says which way, whichever figure stands first
        size = None if difference is None else abs(difference)
        return Correction(size, down if over else up)
    if difference is not None:
        return Correction(abs(difference), up if difference > 0 else down)
    less, more = _LESS.search(text, start, end), _MORE.search(text, start, end)
    if step and (less is None) != (more is None):
        return Correction(step.shares, "disposed" if less else "acquired")
    if omitted:
        return Correction(sole.shares if sole else None, up)
    if sole and (_NOT_OWNED.search(text, start, end) or _NOT_HAD.search(text, start, end)):
        return Correction(sole.shares, "disposed")
    if out := told_apart(text, start, end, found):
        return Correction(out.shares, "disposed")
    if sole and (extra := _EXTRA.search(text, start, end)):
        others = _COUNTED.search(extra[0]) and _OF_ANOTHER.match(text, sole.unit_end, end)
        if others or extra["wholly"] or not _TOTAL.search(text, sole.end, end):
            return Correction(sole.shares, down)
    by = _stepped(text, start, found)
    return None if late and by is None else Correction(by.shares if by else None, None)


def _apart_from_wholes(text: str, start: int, amount: Amount | None) -> Amount | None:
    """An amount, but none for the number that should have stood there: a whole, no difference."""
    if amount is None or not _SHOULD.search(text, start, amount.start):
        return amount
    return amount if _OFF_BY.match(text, amount.unit_end) else None


def of_a_total(words: str) -> bool:
    """Whether a correction speaks of what was held, not of a transaction."""
    return _A_TOTAL.search(words) is not None


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
    if _SAID_WRONGLY.search(before) and _SAID_RIGHT.fullmatch(between):
        return second.shares - first.shares
    if _CONTRAST.search(between) and not _RIGHT.search(between):
        told = _WRONG.search(before) is not None and not _RIGHT.search(before)
        wrong, right = (first, second) if told else (second, first)
        return right.shares - wrong.shares
    if _TOLD_AS.fullmatch(between):
        return first.shares - second.shares
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
