"""Words by which a note or the remarks take a reported line back, or a whole report.

Filers mend a report by an amendment that leaves the wrong line out, and say so in a note:
the line is removed, was listed by mistake, tells a trade a second time. Who corrects a
number takes nothing back, and shares that leave a plan or a trust are no lines of a report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ledger.figures import FIGURE, as_number
from ledger.footnotes.dates import dates
from ledger.footnotes.number_words import CARDINALS, ORDINALS
from ledger.footnotes.text import Sentence, plain, sentences
from ledger.loading import pattern


class Retraction(NamedTuple):
    """What one note takes back, as far as its words say.

    `whole` says a whole report, `rest` all lines that the new one does not repeat, `twice`
    something told a second time. `numbers` are figures in the words, `lines` the places of
    lines that they name, `days` their days, `words` the sentences that say so.
    """

    whole: bool
    rest: bool
    twice: bool
    numbers: frozenset[Decimal]
    lines: frozenset[int]
    days: frozenset[date]
    words: str


def _words(*patterns: str) -> re.Pattern[str]:
    return pattern("|".join(patterns), re.IGNORECASE)


_REPORT = r"(?:forms?\s*[345](?:/a)?|reports?|filings?|statements?|submissions?)"
_LINE = (
    r"(?:lines?|rows?|entr(?:y|ies)|items?|transactions?|trades?|sales?|purchases?|grants?|awards?"
    r"|gifts?|dispositions?|acquisitions?|exercises?|holdings?|shares|units|options?|securit(?:y|ies)|account)"
)
_BY_MISTAKE = r"(?:in\s+error|by\s+mistake|through\s+(?:an?\s+)?(?:error|mistake|oversight)|erroneously|mistakenly|inadvertently)"
_TOLD = r"(?:reported|listed|included|shown|disclosed|entered|put|filed|submitted|made|recorded)"

_OTHERWISE = r"(?!\s+(?:as|at|that|under|with|late|after|without|on|before|by|from|using|via)\b)"
"""What follows where a line or report stays, and only how or when it was told was wrong."""

_TAKES = r"\b(?:remov(?:e|es|ed|ing|al)|delet(?:e|es|ed|ing|ion)|withdr(?:aw|aws|ew|awn|awing)|retract\w*|rescind\w*|eliminat\w+|str(?:ike|ikes|uck)\b)"
_EARLIER = r"(?:earlier|prior|previous|original|initial|first)"
_WHOSE = r"(?:company|issuer|person|individual|filer|owner|officer|director|insider|cik|reporting\s+(?:person|owner))"
"""Under whose number a report may have come by mistake."""
_STRONG = _words(
    _TAKES,
    r"\btak(?:e|es|en|ing)\s+(?:[\w'-]+\s+){0,4}?(?:out|back)\b",
    r"\b(?:disregard|nullif)\w*\b|\b(?:be|been)\s+ignored\b|\b(?:to|hereby)\s+undo\b",
    rf"\b{_REPORT}\b[^.;]{{0,60}}?\b(?:filed|submitted|made)\s+(?:for|under|on\s+behalf\s+of|in\s+the\s+name\s+of)\s+(?:the|an?)\s+wrong\s+{_WHOSE}\b",
    rf"\b{_EARLIER}\s+(?:\w+\s+){{0,2}}?{_REPORT}\b[^.;]{{0,60}}?\b(?:related|pertained|belonged)\s+to\s+(?:a\s+different|another|some\s+other|the\s+wrong)\s+{_WHOSE}\b",
    rf"\bto\s+omit\s+(?:(?:the|an?|that|this|those|these|such|\d[\d,]*)\s+)+(?:[\w'-]+\s+){{0,3}}?{_LINE}\b",
    r"\b(?:omit\w*|left\s+out|excluded)\s+(?:from|in|of|by)\s+this\s+(?:amendment|form|report|filing)\b",
    r"\b(?:is|are)\s+(?:therefore\s+|accordingly\s+)?(?:not|no\s+longer)\s+(?:being\s+)?(?:reported|listed|included|shown)\s+(?:in|on)"
    r"\s+this\s+(?:amendment|amended\s+\w+|form\s+[345]/a)\b",
    r"\b(?:null\s+and|considered|deemed|treated\s+as|regarded\s+as|(?:is|be|are)(?:\s+hereby)?)\s+void\b",
)
_MISTAKEN = _words(
    rf"\b{_TOLD}\s+(?:[\w'-]+\s+){{0,3}}?{_BY_MISTAKE}\b(?!\s+(?:as|at|that|under)\b)",
    rf"\b(?:{_TOLD}|showed|stated|gave|attributed|counted)\s+(?:an?\s+(?:aggregate|total)\s+of\s+)?{FIGURE}\s+(?:[\w'’&.,-]+\s+){{1,12}}?{_BY_MISTAKE}\b(?!\s+(?:as|at|that|under)\b)",
    rf"\b{_BY_MISTAKE}\s+(?:been\s+)?{_TOLD}\b{_OTHERWISE}",
    r"\b(?:incorrectly|wrongly|improperly|erroneously|mistakenly|inadvertently)\s+(?:attributed|ascribed)\s+to\b",
    rf"\bshould\s+(?:not|never)\s+have\s+(?:(?:been\s+)?{_TOLD}|appeared)\b{_OTHERWISE}",
)
_NEVER = _words(
    r"\b(?:did\s+not|didn't|never)\s+(?:in\s+fact\s+|actually\s+)?(?:occur|take\s+place|happen)",
    r"\bnever\s+(?:occurred|took\s+place|happened)\b",
    r"\b(?:was|were)\s+(?:not|never)\s+(?:in\s+fact\s+|actually\s+)?(?:made|effected|executed|consummated|completed)\b",
    rf"\b{_TOLD}\b[^.;]{{0,60}}?\b(?:was|were)\s+(?:\w+ly\s+)?(?:made|effected|executed|carried\s+out)\s+by\s+(?:an?|another|some)\s+(?:\w+\s+){{0,2}}?"
    r"(?:person|individual|client|customer|director|officer|insider|shareholder|investor|one\s+else)\b",
    r"\bno\s+such\s+(?:transaction|sale|purchase|grant|gift|award|trade)s?\b",
    r"\b(?:never\s+(?:beneficially\s+)?(?:owned|held|acquired|purchased|bought|sold|received)"
    r"|(?:did\s+not(?:\s+(?:in\s+fact|actually))?|didn't)\s+(?:beneficially\s+)?(?:own|hold|acquire|purchase|buy|sell|receive))"
    rf"\s+(?:the|these|those|such|any\s+of\s+(?:the|these|those))\s+(?:[\d,.]+\s+)?[^.;,]{{0,50}}?\b(?:{_TOLD}|appearing)\b",
    rf"\bnever\s+(?:beneficially\s+)?(?:owned|held|acquired|purchased|bought|sold|received)\s+(?:was|were|is|are)\s+(?:\w+ly\s+)?{_TOLD}\b",
    r"\bnone\s+of\s+(?:the|these|those)\s+(?:[\w'-]+\s+){0,6}?(?:took\s+place|occurred|happened|was\s+made|were\s+made)",
)
_NONE_MOVED = pattern(
    r"\bno\s+(?:such\s+)?(?:shares|units|options|securities)\s+(?:were|was|had\s+been|have\s+been)\s+(?:(?:in\s+fact|\w+ly)\s+)*"
    r"(?:sold|gifted|given|donated|disposed\s+of|transferred|withheld|forfeited|surrendered|acquired|purchased|bought|granted|awarded|issued|received)\b",
    re.IGNORECASE,
)
_NO_TRADE = pattern(
    r"\bno\s+(?:transactions?|sales?|purchases?|trades?)\s+(?:occurred|took\s+place|(?:was|were)\s+(?:made|effected|executed)|(?:has|have)\s+occurred)\b",
    re.IGNORECASE,
)
_TOLD_IN_ERROR = _words(
    rf"\b{_REPORT}\b[^.;]{{0,40}}?\b(?:was|were|is)\s+(?:erroneous|mistaken|wrong|in\s+error)\b",
    rf"\berror\b[^.;]{{0,120}}?\b(?:{_TOLD}|stated|indicated)\b",
    rf"\b{_BY_MISTAKE}\s+(?:{_TOLD}|stated|indicated)\b",
    rf"\b{_TOLD}\b[^.;]{{0,80}}?\b{_BY_MISTAKE}\b",
)
"""That none moved takes a line back only where the note says that its report was an error."""
_TWICE = _words(
    rf"\b{_TOLD}\b[^.;]{{0,60}}?\b(?:twice|two\s+times|in\s+duplicate|a\s+second\s+time)\b",
    rf"\b(?:twice|double|doubly)[-\s]+{_TOLD}\b",
    r"\bduplicat(?:e|es|ed|ive|ion)\b",
)
_UNDONE = _words(
    r"\b(?:sales?|purchases?|trades?|transactions?|orders?)\b[^.;]{0,110}?"
    r"\b(?:was|were|been)\s+(?:[\w'-]+\s+)?(?:cancell?ed|reversed|unwound|busted|broken)\b",
    r"\b(?:did\s+not|didn't|never|fail(?:s|ed)\s+to)\s+(?:[\w'-]+\s+)?settled?\b",
)
"""A trade that fell through: taken back where it had been reported."""
_REST = pattern(
    r"\b(?:restat|replac|supersed)\w+\b[^.;]{0,80}\bin\s+(?:its|their)\s+entirety\b", re.IGNORECASE
)
CUES = (_STRONG, _MISTAKEN, _NEVER, _NONE_MOVED, _NO_TRADE, _TWICE, _UNDONE, _REST)
"""Words that take back what was reported."""

_ON = r"(?:[^.;]|(?<=\bM[rs])\.|(?<=\b[MD]rs)\.|(?<=\bDr)\.|(?<=\b[A-Z])\.)"
"""What goes on within a sentence: a title's or an initial's full stop ends none."""

_WHOLE = _words(
    rf"\b(?:withdraw\w*|rescind\w*|retract\w*|void\w*|nullif\w+|disregard|undo)\s+(?:[\w'-]+\s+){{0,4}}?{_REPORT}\b",
    rf"\b(?:delet|remov)\w+\s+(?:(?!{_LINE}\b|from\b|in\b|on\b|of\b|by\b|this\b|with\b)[\w',-]+\s+){{0,6}}?{_REPORT}\b",
    rf"\b{_REPORT}\b[^.;]{{0,80}}?\b(?:be|been)\s+ignored\b",
    rf"\b{_REPORT}\b[^.;]{{0,60}}?\b(?:filed|submitted|made)\s+(?:for|under|on\s+behalf\s+of|in\s+the\s+name\s+of)\s+(?:the|an?)\s+wrong\b",
    rf"\b{_EARLIER}\s+(?:\w+\s+){{0,2}}?{_REPORT}\b[^.;]{{0,60}}?\b(?:related|pertained|belonged)\s+to\s+(?:a\s+different|another|some\s+other|the\s+wrong)\b",
    r"\bno\s+(?:transactions|trades|sales|purchases)\s+(?:occurred|took\s+place|were)\b|\bno\s+transaction\s+(?:occurred|took\s+place|was)\b",
    rf"\b{_REPORT}\b[^.;]{{0,80}}?\b(?:filed|submitted|made)\s+{_BY_MISTAKE}\b",
    rf"\b{_REPORT}\b[^.;]{{0,80}}?\b{_BY_MISTAKE}\s+(?:filed|submitted|made)\b{_OTHERWISE}",
    rf"\b{_REPORT}\b[^.;]{{0,80}}?\bshould\s+(?:not|never)\s+have\s+been\s+(?:filed|submitted|made)\b{_OTHERWISE}",
    rf"\b{_REPORT}\b{_ON}{{0,80}}?\b(?:is|are|was|hereby|be)\s+(?:hereby\s+)?(?:(?:considered|deemed|treated\s+as|regarded\s+as)\s+)?(?:withdrawn|rescinded|retracted|(?:null\s+and\s+)?void(?:ed)?|disregarded)\b",
    rf"\b{_REPORT}\b{_ON}{{0,80}}?\b(?:considered|deemed|treated\s+as|regarded\s+as)\s+(?:null\s+and\s+)?(?:void|withdrawn)\b",
    rf"\b{_REPORT}\b[^.;]{{0,60}}?\b(?:is|was)\s+a\s+duplicate\b",
    r"\bnone\s+of\s+(?:the|these|those)\s+(?:transactions|trades|sales|purchases)\b",
)
_OF_LINES = pattern(
    rf"\b(?:the|that|this|those|these|an?|one|two|second|such)\s+(?:[\w'-]+\s+){{0,3}}?{_LINE}\b",
    re.IGNORECASE,
)
_CLAUSES = pattern(r";|,\s+(?:and|so)\s+(?=the\b)", re.IGNORECASE)
_REPORTED = pattern(
    rf"\b(?:{_REPORT}|amendment|amended\s+(?:\w+\s+){{0,2}}?to|lines?|rows?|entr(?:y|ies)|table|reported|listed)\b",
    re.IGNORECASE,
)
_VALUE = pattern(
    r"\b(?:prices?|number|amounts?|totals?|titles?|dates?(?!\s+of\s+(?:the|this|that)\s+(?:report|filing|form)\b)|codes?|columns?|footnotes?|signatures?|address(?:es)?"
    r"|names?|relationships?|expiration|quantity|form\s+of\s+ownership)\b[^.;]{0,60}"
    rf"\b(?:was|were|been|is)\s+(?:[\w'-]+\s+){{0,2}}?(?:{_BY_MISTAKE}|{_TOLD}|incorrect\w*|misstated)",
    re.IGNORECASE,
)
"""A field of a line that was reported wrongly: it is put right, and the line stays."""
_LEFT_OUT = pattern(
    rf"\b(?:was|were|been|is|are|did)\s+not\s+(?:[\w'-]+\s+)?(?:{_TOLD}|report|list|include)\b"
    rf"|\bnot\s+(?:having\s+)?been\s+{_TOLD}\b|\b(?:inadvertently|erroneously|mistakenly|previously|was|were|(?<!should\shave\s)been)\s+omitted\b|\bfail\w*\s+to\s+(?:report|include|list)\b",
    re.IGNORECASE,
)
"""What was not told before and is told now: the contrary of a line taken back."""
_MENDS = pattern(
    r"\bcorrect(?:s|ed|ing|ion)?\b|\bto\s+reflect\b|\binstead\s+of\b|\brather\s+than\b"
    r"|\bin\s+the\s+aggregate\b|\bseparate(?:ly|\s+(?:lines?|rows?|entries))\b"
    r"|\bas\s+of\s+(?:the|an?)\s+(?:\w+\s+)?(?:day|date|close)\b"
    r"|\btoo\s+(?:many|few|high|low|large|small|great)\b",
    re.IGNORECASE,
)
_NOT_HIS = pattern(
    r"\b(?:has|have|had|having|holds?|held|with)\s+(?:no|neither)\s+(?:[\w-]+\s+(?:or\s+[\w-]+\s+)?)?(?:interest|ownership)\b"
    r"|\b(?:does|do|did)\s+not\s+(?:have\s+(?:any\s+)?(?:\w+\s+)?(?:interest|ownership)|(?:\w+ly\s+)?own)\b"
    r"|\b(?:is|are|was|were)\s+not\s+(?:\w+ly\s+owned|the\s+beneficial\s+owner)\b",
    re.IGNORECASE,
)
"""By which shares that were told by mistake are none of the owner's: nothing of them is put right."""
_IN_FACT = pattern(
    r"\b(?:correct|right|actual|true|proper)\s+(?:\w+\s+)?(?:number|amount|total|figure|balance|holdings?)\b"
    r"[^.;]{0,80}?\b(?:is|was|were|are|being|of)\s[^.;]{0,20}?\d"
    r"|\bshould\s+(?:instead\s+)?(?:have\s+)?(?:been|be|read|said|stated|reported|listed|shown|indicated)\b[^.;]{0,40}?\d"
    r"|\b(?:in\s+fact|actually|in\s+reality|in\s+truth|only)\b[^.;]{0,80}?\d"
    r"|\d[^.;]{0,60}?\b(?:in\s+fact|actually|in\s+reality|in\s+truth)\b",
    re.IGNORECASE,
)
"""The right number beside, or after, one that was told wrongly."""
_A_LINE = pattern(r"\b(?:lines?|rows?|entr(?:y|ies)|items?)\b", re.IGNORECASE)
_PARTS = pattern(
    rf"(?:{_TAKES})\s+(?:[\w'-]+\s+){{0,4}}?(?:foot)?(?:notes?|references?|signatures?|exhibits?|address(?:es)?"
    r"|titles?|box(?:es)?|check\s*marks?|legends?|names?|symbols?|remarks?|restrictions?|words?|sentences?)\b"
    r"|\b(?:foot)?(?:notes?|references?|signatures?|exhibits?|legends?|remarks?|sentences?)\b[^.;]{0,80}?\b(?:disregarded|ignored)\b",
    re.IGNORECASE,
)
"""What a filer takes out of a form without taking back a line."""
_WITHDRAWN = pattern(
    r"\bwithdr\w+\s+(?:[\w'-]+\s+){0,4}?(?:from|out\s+of)\s+(?:[\w.'’()]+\s+){0,5}?(?:plan|account|trust|fund|partnership|401)\b",
    re.IGNORECASE,
)
"""Shares that were taken out of a plan or a trust: nothing that a report told is taken back."""
_STEMS = (
    "error", "erroneous", "attribut", "ascrib", "mistak", "inadvert", "oversight", "remov", "delet", "withdr", "retract", "rescind", "eliminat",
    "struck", "strik", " out", " back", "disregard", " void", "should not have", "not occur", "n't occur", "in fact", "actually",
    "take place", "took place", "happen", "never ", "not made", "not effected", "not executed", "not consummated",
    "not completed", "no such", "none of", "twice", "two times", "second time", "duplicat", "double", "doubly", "entirety",
    "this amendment", "this amended", "this form", "this report", "this filing", "cancel", "revers", "unwound", "busted", "broken",
    "settle", "n't ", "not own", "not beneficially", "not sell", "not acquire", "not purchase", "not buy", "not receive", "not hold",
    "made by", "effected by", "executed by", "carried out by", "to omit", "considered", "deemed", "treated", "regarded", "no shares", "no units", "no options", "no securities",
    "nullif", "ignored", "undo", " wrong ", " a different ", " another ", " some other ", "no transaction", "no sale", "no purchase", "no trade",
)  # fmt: skip
"""Fragments of which every sentence that takes something back contains one."""

_PLACE_WORDS, _COUNT_WORDS = ORDINALS[1:], CARDINALS[1:11]
_AFTER = pattern(
    rf"\b(?:lines?|rows?|entr(?:y|ies)|items?)\s+(?:no\.?\s*|number\s+)?(?P<list>(?:\d+|{'|'.join(_COUNT_WORDS)})"
    rf"(?:\s*(?:,|and|&)\s*(?:\d+|{'|'.join(_COUNT_WORDS)}))*)\b",
    re.IGNORECASE,
)
_BEFORE = pattern(
    rf"\b(?P<place>{'|'.join(_PLACE_WORDS)})\s+(?:[\w'-]+\s+){{0,2}}?(?:lines?|rows?|entr(?:y|ies)|transactions?)\b",
    re.IGNORECASE,
)
_FIGURE = pattern(rf"(?<![\w$.,/-])(?<![Ff]orm )(?<!FORM ){FIGURE}(?![\w%]|[.,/-]\d)")


def may_retract(text: str) -> bool:
    """Whether a note is worth reading for what it takes back: a cheap question."""
    folded = text.casefold()
    return any(stem in folded for stem in _STEMS)


def retractions(text: str) -> Iterator[Retraction]:
    """What a note, or the remarks, take back: at most one thing, with all its words."""
    note, _ = plain(text)
    if not any(cue.search(note) for cue in CUES):
        return
    said = list(sentences(note))
    around = [tuple(s.words for s in said[max(0, n - 1) : n + 2]) for n in range(len(said))]
    telling = [
        n for n, one in enumerate(said) if _takes_back(one.words, beside=around[n], note=note)
    ]
    if not telling:
        return
    near = [s for n, s in enumerate(said) if any(abs(n - t) <= 1 for t in telling)]
    mine = [said[n] for n in telling]
    yield Retraction(
        whole=any(_whole(s.words) for s in mine),
        rest=any(_REST.search(s.words) for s in mine),
        twice=any(_TWICE.search(s.words) for s in mine),
        numbers=frozenset(_numbers(near)),
        lines=frozenset(place for s in near for place in _places(s.words)),
        days=frozenset(day for s in near for day in _days(s)),
        words=" ".join(s.words for s in near),
    )


def _takes_back(words: str, *, beside: Sequence[str], note: str) -> bool:
    """Whether a sentence takes a line or a report back, and does not merely mend a field.

    `beside` are the sentence and its neighbours, one of which may give the right number.
    """
    if _REST.search(words):
        return True
    if _STRONG.search(_WITHDRAWN.sub(" ", words)) and not _PARTS.search(words):
        return bool(_REPORTED.search(words) or _MISTAKEN.search(note) or _NEVER.search(note))
    if _NEVER.search(words) or _TWICE.search(words):
        return True
    if _NONE_MOVED.search(words) or _NO_TRADE.search(words):
        return _TOLD_IN_ERROR.search(note) is not None
    if _UNDONE.search(words):
        return _REPORTED.search(words) is not None
    mended = bool(_VALUE.search(words) or _LEFT_OUT.search(words))
    mended = mended or bool(_MENDS.search(words) and not _NOT_HIS.search(words))
    return bool(_MISTAKEN.search(words)) and not mended and not _set_right(words, beside)


def _set_right(words: str, beside: Sequence[str]) -> bool:
    """Whether a number told by mistake is given as it should be: the line stays, and is mended."""
    if _IN_FACT.search(words):
        return True
    if _FIGURE.search(words) is None or _A_LINE.search(words):
        return False
    return any(_IN_FACT.search(other) for other in beside)


def _whole(words: str) -> bool:
    """Whether a report is meant, not a line that stands in it."""
    for clause in _CLAUSES.split(words):
        found = _WHOLE.search(clause)
        if found is None:
            continue
        none_of = found[0].casefold().startswith("none")
        if none_of or not _OF_LINES.search(clause[: found.start()]):
            return True
    return False


def _numbers(said: Sequence[Sentence]) -> Iterator[Decimal]:
    for sentence in said:
        when = dates(sentence.text, sentence.start, sentence.end)
        for figure in _FIGURE.finditer(sentence.text, sentence.start, sentence.end):
            if not any(day.start <= figure.start() < day.end for day in when):
                yield as_number(figure[0])


def _places(words: str) -> Iterator[int]:
    for found in _AFTER.finditer(words):
        for number in re.findall(r"\w+", found["list"].casefold()):
            if number.isdigit():
                yield int(number)
            elif number in _COUNT_WORDS:
                yield _COUNT_WORDS.index(number) + 1
    for found in _BEFORE.finditer(words):
        yield _PLACE_WORDS.index(found["place"].casefold()) + 1


def _days(sentence: Sentence) -> Iterator[date]:
    for when in dates(sentence.text, sentence.start, sentence.end):
        if when.precision == "day" and when.effective_from is not None:
            yield when.effective_from
