"""Stock splits and stock dividends a note states, as a ratio `new:old`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ledger.footnotes.dates import When
from ledger.footnotes.families import any_phrase
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.modality import come_to_nothing, named_as_unreal
from ledger.footnotes.number_words import CARDINALS, TENS
from ledger.footnotes.prefilter import Stems
from ledger.types import ratio_text

STEMS = Stems(
    *("split", "stock dividend", "share dividend", "consolidat", "subdivi", "sub-divi", "bonus"),
    *("reclassif", "re-classif", "converted", "conversion of each", "conversion of every"),
    *("exchanged", "exchange of each", "exchange of every", "redesignat", "re-designat", "combin"),
    *(
        "divided",
        "division of",
        "division,",
        "changed",
        "exchange for e",
        "for each",
        "for every",
        "per each",
    ),
    *("per every", "on each", "on every", "respect of each", "respect of every"),
    *("recapitali", "became", "become", "replaced", "in place of", "exchange ratio"),
    *("exchange rate", "conversion ratio", "conversion rate", "merged into", "merged to"),
    *("amalgamated into", "amalgamated to"),
)
"""Fragments of which every sentence that states a ratio contains one."""

_TENS = {ten: 10 * place for place, ten in enumerate(TENS, start=2)}
_WORDS = (
    {word: value for value, word in enumerate(CARDINALS)}
    | _TENS
    | {f"{ten}-five": value + 5 for ten, value in _TENS.items()}
    | {"hundred": 100, "one hundred": 100, "one-hundred": 100, "two hundred": 200}
)
_WHOLE = rf"(?:\d+(?:\.\d+)?|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_PART = r"(?:half|third|quarter|fourth|fifth|tenth)"
_N = rf"(?:one[\s-]{_PART}|{_WHOLE}(?:\s+and\s+(?:an?|one)[\s-]{_PART}|\s*\(\d+(?:\.\d+)?\))?)"
_WORD = rf"(?:(?!{_N}\b)\w+\s+)"
_PAIR = pattern(
    rf"(?<!from )(?<![\w./-])(?P<new>{_N})"
    rf"(?:-shares?)?(?:\s*-\s*|\s+)(?:for|to)(?:\s*-\s*|\s+)(?P<old>{_N})\b"
    rf"|(?<![\w./-])(?P<left>{_N})\s*:\s*(?P<right>{_N})(?![\w/])",
    re.IGNORECASE,
)
_PERCENT = pattern(
    rf"(?<![\w.-])(?P<rate>{_N})[\s-]*(?:%|percent|per\s+cent)\s+(?:\(\d+(?:\.\d+)?\s*%\)\s+)?(?:common\s+)?(?:stock|share)\s+(?:dividend|split)"
    rf"|(?:stock|share)\s+(?:dividend|split)\s+of\s+(?P<of>{_N})\s*(?:%|percent|per\s+cent)",
    re.IGNORECASE,
)
_ADDITIONAL = any_phrase(
    "paid|additional|new|bonus|free|further|more|extra|dividend & each|every",
    rf"(?<!ratio of )(?<!rate of )(?<!basis of )(?<![\w.,])(?P<new>{_N}|an?(?=\s+(?:\w+\s+){{1,3}}?share\b))\s+(?:(?:fully\s+paid|additional|new|bonus|free|further|more|extra)\s+)+"
    rf"(?:\w+\s+){{0,3}}?shares?\b[^.;]{{0,60}}?\b(?:for|per|on|in\s+respect\s+of)\s+(?:each|every)\s+(?:(?P<old>{_N})\s+)?"
    rf"(?={_WORD}{{0,5}}?(?:shares?|stock|ADSs?|one|held|owned|outstanding)\b)"
    rf"|\b(?:bonus\s+(?:issue|issuance)|(?:stock|share)\s+dividend)\s+of\s+(?P<bonus>{_N})\s+(?:(?!class\b|series\b|preferred\b|preference\b)\w+\s+){{0,4}}?for\s+(?:each|every)\s+"
    rf"(?:(?P<on>{_N})\s+)?",
)
_KIND = r"(?:(?!class\b|special\b|series\b|preferred\b|units?\b|options?\b|warrants?\b|notes?\b|rsus?\b)(?:then-outstanding|pre-split|[\w'$.,]+)\s+)"
_UNCOUNTED = rf"(?:(?!{_N}\b){_KIND})"
_SHARE = r"(?:shares?|stock|ADSs?)\b"
TURNED = (
    r"(?:sub-?divided|split|divided|re-?classified|converted|exchanged|changed|re-?designated"
    r"|consolidated|combined)"
)
"""What is done to shares that become another number of shares."""

_CUTTING = (
    r"(?:sub-?division|split|division|re-?classification|consolidation|combination"
    r"|re-?designation)"
)
_TURNING = rf"(?:{_CUTTING}|conversion|exchange)"
_INTO = r"(?:in)?to|for|as"
_INSERTED = r"(?:,\s[^.;]{1,60}?,)"
"""What may stand between commas before what is cut is named, such as a day."""
_CUTS = "divi|split|classif|consolidat|combin|designat"
_TURNS = f"{_CUTS}|conver|chang"
"""Fragments of the words for either."""
_EACH = any_phrase(
    f"each|every|one|{_CUTS} & {_TURNS}",
    rf"(?:\b(?:(?:each|every)\s+(?:(?P<old>{_N})\s+)?|one\s+(?=share|(?:ordinary|common|existing|old|issued)\s))"
    rf"{_KIND}{{0,8}}?{_SHARE}[^.;]{{0,100}}?"
    rf"\b(?:was|were|is|are|been|being|automatically)\s+(?:\w+\s+){{0,2}}?{TURNED}(?:\s+up)?"
    rf"|\b(?:(?:{_TURNING}\s+of|{_CUTTING}{_INSERTED}\s+of|{TURNED})\s+(?:each|every)\s+(?:(?P<of>{_N})\s+)?|{_CUTTING}{_INSERTED}?\s+of\s+(?P<these>{_N})\s+)"
    rf"{_KIND}{{0,8}}?{_SHARE})"
    rf"\s+(?:{_INTO})\s+(?:the\s+right\s+to\s+receive\s+)?(?P<new>{_N})\b(?!\s*(?:%|percent))",
)
"""Shares that were turned, each or every so many, into another number of them."""

_BECAME = any_phrase(
    "became|become|replaced & share|stock|ads & each|every|old|existing|former|issued",
    rf"\b(?:(?:each|every)\s+(?:(?P<old>{_N})\s+)?|(?P<these>{_N})\s+(?:old|existing|former|issued)\s+)"
    rf"{_KIND}{{0,8}}?{_SHARE}[^.;]{{0,60}}?\b(?:became|(?:has|(?<!would )(?<!will )(?<!could )(?<!might )(?<!may )(?<!should )have|had)\s+become"
    rf"|(?:was|were|has\s+been|have\s+been)\s+replaced\s+(?:by|with))\s+(?P<new>{_N})\b"
    rf"(?!\s*(?:%|percent|years?|months?|days?|times))",
)
"""Shares, each or every so many, that became another number of them."""

_TOGETHER = any_phrase(
    "combin|consolidat|merge|amalgamat & share|stock|ads",
    rf"(?<![\w,.])(?P<these>{_N})\s+{_KIND}{{0,6}}?{_SHARE}[^.;]{{0,60}}?\b(?:was|were|are|been|being)\s+(?:\w+\s+){{0,2}}?"
    rf"(?:combined|consolidated|merged|amalgamated)\s+(?:in)?to\s+(?:an?\s+)?(?P<new>one|1|single)\s+(?:\w+\s+){{0,3}}?{_SHARE}",
    "combin|consolidat|merge|amalgamat & share|stock|ads",
    rf"(?<![\w,.])(?P<of>{_N})\s+{_UNCOUNTED}{{0,3}}?{_SHARE}(?:\s+of\s+(?:\w+\s+){{0,3}}?{_SHARE})?\s+(?:was|were|have\s+been)\s+"
    rf"(?:combined|consolidated|merged|amalgamated)\s+into\s+(?P<at>one|1)(?=\s*[,.;(]|\s*$|\s+(?:on|as\s+of|effective)\b)",
)
"""So many shares that were put together and made one."""

_IN_EXCHANGE = any_phrase(
    "exchange|place & each|every",
    rf"\b(?P<new>{_N})\s+{_WORD}{{0,4}}?{_SHARE}\s+(?:(?:was|were|are|being)\s+)?(?:\w+\s+){{0,2}}?"
    rf"(?:(?:in\s+exchange|exchanged)\s+for|in\s+place\s+of)\s+(?:each|every)\s+(?:(?P<old>{_N})\b\s*)?",
)
_PLURAL = any_phrase(
    f"was|were|been & {_TURNS}",
    rf"\b(?:the\s+|all\s+)?(?:\w+\s+){{0,3}}?{_SHARE}[^.;]{{0,60}}?\b(?:was|were|been)\s+(?:\w+\s+){{0,2}}?"
    rf"{TURNED}\s+(?:{_INTO})\s+(?P<new>{_N})\s+(?:\w+\s+){{0,3}}?{_SHARE}"
    rf"(?:\s+(?:of|in)\s+the\s+(?:issuer|company))?(?:\s+for\s+each\b)?",
)
_AT_A_RATIO = any_phrase(
    "ratio|rate|basis",
    rf"\b(?:{TURNED}|consolidation|combination|sub-?division|split)\b[^.;]{{0,80}}?\b(?:ratio|rate|basis)\s+of\s+(?P<new>{_N})\s+(?:{_KIND}{{0,4}}?{_SHARE}\s+)?"
    rf"(?:for|per|to|:)\s+(?:(?:each|every)(?:\s+(?P<of>{_N}))?|(?P<old>{_N}))\b",
)
_EXCHANGE_RATIO = r"(?:exchange|conversion)\s+ratio"
_REFLECTING = r"(?<!price )\b(?:reflect(?:s|ing)?|giv(?:es?|ing)\s+effect\s+to|(?:adjusted|restated)\s+(?:for|by|using))\s+"
_NO_OTHER = r"(?:(?!class\b|series\b|preferred\b|units?\b)[\w'-]+)"
_TO_ONE = r"(?:\s*:\s*1|[\s-]+(?:to|for)[\s-]+(?:one|1))?"
_STEP = r"\b(?:second[\s-]step|mutual\s+holding|mutual[\s-]to[\s-]stock|MHC)\b"
"""What a savings institution does when its mutual parent goes public, and all its shares become others."""
_AT_EXCHANGE = any_phrase(
    f"exchange|conversion & ratio|rate & {_TURNS}",
    rf"\b(?:each|every|all)\s+{_KIND}{{0,6}}?{_SHARE}[^.;]{{0,120}}?\b(?:was|were|been)\s+(?:\w+\s+){{0,3}}?{TURNED}\b"
    rf"[^.;]{{0,120}}?\b(?:exchange|conversion)\s+(?:ratio|rate)\s+of\s+(?P<new>{_N})\b(?!\s*(?:%|percent))",
    "exchange|conversion & ratio & reflect|effect|adjust|restate",
    rf"{_REFLECTING}(?:{_NO_OTHER}\s+){{0,12}}?{_EXCHANGE_RATIO}(?:\s+of)?\s+\(?(?P<by>{_N})\b(?!\s*(?:%|percent))"
    rf"|{_REFLECTING}(?:{_NO_OTHER}\s+){{0,8}}?(?P<at>{_N}){_TO_ONE}\s+{_EXCHANGE_RATIO}\b",
    "exchange|conversion & ratio & second|mutual|mhc",
    rf"{_STEP}[^.;]*?(?:\.\d[^.;]*?)*?\b{_EXCHANGE_RATIO}\s+of\s+(?P<then>{_N})\b(?!\s*(?:%|percent))"
    rf"|\b{_EXCHANGE_RATIO}\s+of\s+(?P<here>{_N})\b(?!\s*(?:%|percent))[^.;]*?{_STEP}",
)
"""Shares all of which were turned into others at a ratio that is given as one number."""
_SPLIT = pattern(
    r"\b(?:stock|share|reverse|forward|unit|ADS)\s+splits?\b|\bsplits?\b|\b(?:stock|share)\s+dividends?\b"
    r"|\bconsolidat(?:ion|ed)\b|\b(?:share|stock)\s+combination\b|\brecapitali[sz]ation\b|\bsub-?divi(?:sion|ded)\b|\bbonus\s+(?:shares?|issue)",
    re.IGNORECASE,
)
_POSSIBLE = pattern(
    r"\b(?:subject\s+to|in\s+the\s+event\s+of|adjustments?\s+for(?!\s+(?:the|its|our)\s)|as\s+a\s+result\s+of\s+any|may\s+be|will\s+be"
    r"|shall\s+be|would\s+be|convertible|exchangeable|upon\s+(?:any|a\s+future))"
    r"[^.]{0,120}$",
    re.IGNORECASE,
)
_AHEAD = pattern(r"\b(?:would|will|shall|proposed|subject\s+to)\b", re.IGNORECASE)
"""Words of an exchange that is still to come."""
_UNDECIDED = pattern(
    r"\b(?:if|unless|whether)\s+(?:\w+\s+){0,3}$|\bvot(?:e|ing)\s[^.;]{0,40}\bon\s+(?:an?|the)\s+$",
    re.IGNORECASE,
)
"""What stands before a split of which nobody knows yet."""
_REVERSE = pattern(
    r"\breverse\b|\bconsolidat(?:ion|ed)\b|\bcombin(?:ed|ation|ing)\b", re.IGNORECASE
)
_OTHER_SECURITY = pattern(
    r"\b(?:preferred|preference|special|units?|options?|warrants?|notes?|debentures?|rsus?|rights?|class\s+[a-z]\b"
    r"|series\s+\S+|partnership|membership|llc)\b",
    re.IGNORECASE,
)
_FOR_EVERY = any_phrase(
    "split & for & each|every",
    rf"\bsplit\b[^.;]{{0,60}}?\b(?P<new>{_N})\s+{_WORD}{{0,3}}?{_SHARE}\s+for\s+(?:each|every)\s+(?P<old>{_N})\b",
)
_THESE_BECAME = any_phrase(
    "became|become & share|stock|ads",
    rf"(?<![\w,.])(?P<these>{_N})\s+{_UNCOUNTED}{{0,4}}?{_SHARE}\s+(?:became|have\s+become|had\s+become)\s+(?P<new>{_N})\b"
    rf"(?!\s*(?:%|percent|years?|months?|days?|times))",
)
"""So many shares that became another number of them, beside the word split."""
_TIMES = any_phrase(
    "split & doubl|trebl|tripl|quadrupl",
    r"\b(?P<new>doubled|trebled|tripled|quadrupled)\s+"
    r"(?:by|for|in|because\s+of|as\s+a\s+result\s+of|(?:in\s+order\s+)?to\s+(?:reflect|take\s+account\s+of|account\s+for|adjust\s+for|give\s+effect\s+to))"
    r"\s+(?:the|an?|its|our)\s+(?:[\w'-]+\s+){0,3}?splits?\b",
)
"""A number of shares made twice, three or four times as large by a split."""
_RANGE = pattern(
    rf"\b(?:between|from|range\s+of)\s+(?:an?\s+)?{_N}[\s-]*(?:for|to|:)[\s-]*{_N}\s+(?:and|to)\b",
    re.IGNORECASE,
)
"""The bounds within which a ratio was still to be chosen."""
CUES = (
    _PAIR,
    _PERCENT,
    _ADDITIONAL,
    _EACH,
    _BECAME,
    _TOGETHER,
    _IN_EXCHANGE,
    _PLURAL,
    _AT_A_RATIO,
    _AT_EXCHANGE,
    _FOR_EVERY,
    _THESE_BECAME,
    _TIMES,
)
"""Words that give a ratio, some of them only beside the word split."""

_EFFECT = pattern(
    r"\beffect(?:ed|ive|ively|uated|ing)?\b|\bin\s+force\b|\btook\s+place\b|\boccurred\b|\bcompleted\b|\bconsummated\b"
    r"|\bimplemented\b|\bpaid\b|\bpayable\b|\bpayment\s+date\b|\bdistribut\w+\b|\bex-?(?:dividend|split|date|distribution)\b"
    r"|\bsplit-adjusted\b",
    re.IGNORECASE,
)
"""Words for a split's taking effect."""
_ANOTHER_DAY = pattern(
    r"\b(?:record|approv\w+|authori[sz]\w+|declar\w+|announc\w+|adopted|resol\w+)\b[^.;]{0,70}$",
    re.IGNORECASE,
)
"""Words for what comes before a split: who is to have it, and who resolves on it."""
_ON_FILING = pattern(
    r"\beffective\s+(?:up)?on\s+(?:the\s+)?filing\b[^.;]{0,100}$|\bby\s+(?:the\s+)?filing\b[^.;]{0,100}$",
    re.IGNORECASE,
)
_SINCE = pattern(r"\b(?:effective|in\s+effect|in\s+force)\s+since\s+(?:the\s+)?$", re.IGNORECASE)

_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "tenth": 10}


class Ratio(NamedTuple):
    """A split's ratio, new to old, and the words that give it."""

    start: int
    end: int
    ratio: Fraction


def split_ratio(text: str, start: int, end: int) -> tuple[int, int, str] | None:
    """Where a stretch of plain text states a split that happened, and its ratio, or None.

    "Three-for-two" is `3:2`, a 50% stock dividend too; "1-for-10 reverse" and "10:1
    reverse" are both `1:10`, because a reverse split leaves fewer shares. Shares that were
    each "reclassified into 1.5" are split whatever it is called; what turns one security
    into another, a preferred share or a unit into stock, splits nothing.
    """
    named = _SPLIT.search(text, start, end)
    found = _ratio(text, start, end) if named else _turned(text, start, end)
    if found is None or found.ratio in (0, 1):
        return None
    at = min(named.start(), found.start) if named else found.start
    before = text[max(start, at - 60) : at]
    if (
        _RANGE.search(text, start, end)
        or named_as_unreal(before)
        or _UNDECIDED.search(before)
        or come_to_nothing(text, found.end, end)
    ):
        return None
    if _POSSIBLE.search(text, start, named.start() if named else at):
        return None
    return at, found.end, ratio_text(found.ratio)


def effective_days(text: str, start: int, days: Sequence[When]) -> list[When]:
    """The days of a sentence on which its split took effect; the sentence begins at `start`.

    One that says so is meant before others, and none that is of its record, its approval or
    its announcement. The filing of a charter's amendment is its day only where the words make
    it so.
    """
    said, other = list[When](), list[When]()
    for when in days:
        lead = text[max(start, when.start - 120) : when.start]
        told = text[max([start, *(d.end for d in days if d.end <= when.start)]) : when.start]
        if _SINCE.search(lead) and when.effective_from and when.effective_to is None:
            begun = when.effective_from
            said.append(when._replace(effective_to=begun, precision="day"))
        elif when.role == "document" and _ON_FILING.search(lead):
            said.append(when)
        elif when.role == "at" and not _ANOTHER_DAY.search(told):
            (said if _EFFECT.search(told) else other).append(when)
    return said or other


def takes_effect(text: str, start: int, end: int) -> bool:
    """Whether a stretch of plain text says of a split, not by its ratio, that it took effect."""
    return bool(_SPLIT.search(text, start, end) and _EFFECT.search(text, start, end))


def _ratio(text: str, start: int, end: int) -> Ratio | None:
    """The ratio beside the word split, dividend, subdivision or consolidation."""
    rate = _PERCENT.search(text, start, end)
    if rate:
        return Ratio(*rate.span(), 1 + _number(rate["rate"] or rate["of"]) / 100)
    reverse = _REVERSE.search(text, start, end) is not None
    more = () if reverse else (_ADDITIONAL,)
    rules = (_IN_EXCHANGE, *more, _EACH, _BECAME, _TOGETHER, _FOR_EVERY, _THESE_BECAME, _TIMES)
    each = next((m for rule in rules if (m := rule.search(text, start, end))), None)
    if each:
        return _of(each)
    for pair in _PAIR.finditer(text, start, end):
        new, old = _number(pair["new"] or pair["left"]), _number(pair["old"] or pair["right"])
        if old and new and not reverse and _come_besides(text, start, end, lesser=new <= old):
            return Ratio(*pair.span(), 1 + new / old)
        if old and new not in (0, old):
            turned_round = reverse == (new > old)
            return Ratio(*pair.span(), old / new if turned_round else new / old)
    found = _AT_A_RATIO.search(text, start, end)
    ratio = _of(found) if found else None
    if ratio and reverse and ratio.ratio > 1:
        return ratio._replace(ratio=1 / ratio.ratio)
    return ratio


_BONUS = pattern(r"\bbonus\b", re.IGNORECASE)
_DIVIDEND = pattern(r"\b(?:stock|share)\s+dividends?\b", re.IGNORECASE)
_AS_SPLIT = pattern(r"\bsplit|\bdivided\b|\bdivision\b", re.IGNORECASE)


def _come_besides(text: str, start: int, end: int, *, lesser: bool) -> bool:
    """Whether the first of a pair of numbers tells of new shares beside the old ones.

    A one-for-ten bonus issue leaves eleven for ten, a 1:1 bonus two for one. A dividend in shares is
    such where it brings no more than there were (`lesser`); a "three-for-two" one is a split.
    """
    if _AS_SPLIT.search(text, start, end):
        return False
    return bool(_BONUS.search(text, start, end) or (lesser and _DIVIDEND.search(text, start, end)))


def _turned(text: str, start: int, end: int) -> Ratio | None:
    """Where shares are said to have been turned into another number of shares."""
    whole = _AT_EXCHANGE.search(text, start, end)
    if whole and _AHEAD.search(text, start, whole.end()):
        return None
    if whole or _OTHER_SECURITY.search(text, start, end):
        return _of(whole) if whole else None
    more = () if _REVERSE.search(text, start, end) else (_ADDITIONAL,)
    rules = (_IN_EXCHANGE, *more, _AT_A_RATIO, _EACH, _BECAME, _TOGETHER, _PLURAL)
    found = next((m for rule in rules if (m := rule.search(text, start, end))), None)
    ratio = _of(found) if found else None
    if ratio and found and found.re.pattern == _PLURAL.pattern and ratio.ratio > 20:
        return None  # the number of shares there are, not what each became
    return ratio


def _of(found: re.Match[str]) -> Ratio | None:
    """The ratio that the groups of a pattern give: the new shares, and for how many old ones."""
    named = {key: value for key, value in found.groupdict().items() if value}
    held = _number(next((named[k] for k in ("old", "of", "these", "on") if k in named), "one"))
    new = _number(next((named[k] for k in _NEW if k in named), ""))
    if not held or not new:
        return None
    return Ratio(*found.span(), new / held + (1 if found.re.pattern == _ADDITIONAL.pattern else 0))


_ALSO = {
    **dict.fromkeys(("a", "an", "single"), "one"),
    **dict.fromkeys(("tripled", "trebled"), "3"),
    "doubled": "2",
    "quadrupled": "4",
}
"""Other words for a number, which only some of the patterns take for one."""
_NEW = ("new", "bonus", "by", "at", "then", "here")
"""The groups of the patterns that give the number of new shares."""


def _number(words: str) -> Fraction:
    """A number as notes print it: `1.5`, `five (5)`, `one and one-half`, `one-half`; else 0."""
    lowered = re.sub(r"\(.*", "", words.lower()).strip()
    whole, _, _ = lowered.rpartition(" and ")
    of = re.search(rf"[\s-]({_PART})$", lowered)
    if of:
        return _number(whole) + Fraction(1, _PARTS[of[1]])
    lowered = _ALSO.get(lowered, lowered)
    digits = Fraction(Decimal(lowered)) if lowered[:1].isdigit() else Fraction(0)
    return Fraction(_WORDS.get(lowered, 0)) or digits
