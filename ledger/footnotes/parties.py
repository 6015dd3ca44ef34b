"""The people and vehicles a note names: a trust, a fund, a spouse, a plan account."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from ledger.footnotes.families import any_phrase
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.names import as_printed, with_brackets
from ledger.footnotes.text import sentences

Sort = Literal["trust", "entity", "family", "account", "backers", "charity", "owner", "form"]

_SORTS: tuple[tuple[Sort, re.Pattern[str]], ...] = (
    ("form", pattern(r"\bdirect\s+(?:account|holdings?|registration)\b", re.IGNORECASE)),
    ("charity", pattern(r"\bcharitable\s+trusts?\b", re.IGNORECASE)),
    (
        "trust",
        pattern(r"\b(?:trusts?|grats?|qprts?|crts?|cruts?|clats?|annuity)\b", re.IGNORECASE),
    ),
    (
        "charity",
        pattern(
            r"\b(?:charit\w+|foundation|donor|non-?profit|church|universit\w+"
            r"|college|school|scholarship|alma\s+mater|endowment|museum|hospital|parish|synagogue|librar(?:y|ies)|diocese|501\(c\))",
            re.IGNORECASE,
        ),
    ),
    (
        "backers",
        pattern(
            r"\b(?:(?:limited|general|its|other|various|the|all|their)\s+partners?"
            r"|members|beneficiar\w+|unit\s*holders|investors|shareholders|stockholders"
            r"|equity\s*holders|partners|(?:withdrawing|departing|retiring|retired|outgoing|exiting|resigning|former)\s+(?:partner|member|investor)"
            r"|^(?:partner|member|investor)$)\b(?!,?\s*(?:L\.?P|LLC|[IVX]+\b))",
            re.IGNORECASE,
        ),
    ),
    (
        "entity",
        pattern(
            r"\bL\.?L\.?C|\bL\.?L?\.?L?\.?P\b|\b(?:[Pp]artnership|Partners|Inc|Ltd|Corp|Co"
            r"|[Cc]ompany|[Ff]unds?|[Cc]orporation|Holdings?|Investments?|Capital"
            r"|Ventures|[Ee]scrow|[Ee]state|FLP)\b"
        ),
    ),
    (
        "family",
        pattern(
            r"\b(?:ex-)?(?:spouse|wife|husband|child(?:ren)?|sons?|daughters?|family"
            r"|grand\w+|parents?|mother|father|brother|sister|siblings?|minor|nieces?|nephews?|aunts?|uncles?|cousins?)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "account",
        pattern(
            r"\b(?:iras?|accounts?|custod\w+|401\s?\(?k\)?|retirement|brokerage|keogh"
            r"|utma|ugma|plan|joint|community\s+property)\b",
            re.IGNORECASE,
        ),
    ),
    ("form", pattern(r"\b(?:in)?direct(?:ly)?\b", re.IGNORECASE)),
    (
        "owner",
        pattern(
            r"\b(?:reporting\s+(?:person|owner)s?|insider|undersigned|him|her|himself"
            r"|herself|me|myself|grantor|settlor|holder|registrant|mr|ms|mrs|dr)\b"
            r"|(?-i:\b[A-Z][a-z]+\s+[A-Z])",
            re.IGNORECASE,
        ),
    ),
)
_STOP = pattern(
    r"[;:\"\[]|\((?!k\))|,(?!\s*(?:L\.?L\.?C|L\.?L?\.?P\b|Inc|Ltd|LLP|N\.\s?A|Jr|Sr|[IVX]+\b))"
    r"|\s(?:for\s|of\s+(?:which|whom)|in\s+(?:which|whom|satisfaction|connection|accordance|exchange"
    r"|return|consideration|prior|previous|past|earlier|full|partial|respect|a\s|an\s|the\s|\d|January|February|March|April|May|June|July|August|September|October"
    r"|November|December)|nor\b|over\s+(?:which|the|time|several)|prior\s|which\b|who\b|whose\b|that\b|where\b|pursuant\b|on\s|upon\s|as\s"
    r"|and\s+(?=[\d(a-z])|were\b|was\b|are\b|is\b|have\b|has\b|had\b|(?:in)?to\s|from\s|with\s|under\s|during\b"
    r"|since\b|without\b|effective\b|dated\b|u/?[ad]/?[td]\b|established\b|created\b|formed\b|at\s|if\s"
    r"|after\b|before\b|following\b|until\b|through\b|respectively\b|by\s|exempt\b|via\b|may\b|will\b"
    r"|effected\b|made\b|disclaims?\b|but\b|not\b|\d{1,3},\d{3}|\d+\s+(?:shares|units)\b)"
)
_BARE_TRUST = pattern(r"(?:certain |the |several |various |family )*trusts?", re.IGNORECASE)
_TRUST_OF = pattern(
    r"\s+(?:of\s+which|for\s+the\s+benefit\s+of)\b(?:[^.;,()]|(?<=Mr)\.|(?<=Ms)\.|(?<=Dr)\.|(?<=Mrs)\.){1,90}",
    re.IGNORECASE,
)
_DANGLING = pattern(r"(?:[\s,;]+(?:and|or|but|plus|including|includes))+$")
_NAMELESS = pattern(
    r"\b(?:reporting|insider|undersigned|him|her|me|direct\w*|holder|escrow)\b", re.IGNORECASE
)
_THIS_ONE = pattern(
    r"(?:(?:this|the\s+same)\s+account|(?:this|the)\s+account\s+(?:reported|shown|listed|described)\b.*)$",
    re.IGNORECASE,
)
"""Words for the very account that a line is about."""
_ARTICLE = pattern(r"^(?:an?|one|certain|his|her|its|their)\s+", re.IGNORECASE)
_HELD = any_phrase(
    "held|owned|registered",
    r"\b(?:held|owned|registered|beneficially\s+owned)\s+(?:(?:directly|indirectly|of\s+record|solely"
    r"|jointly|beneficially|individually|in\s+the\s+name|in\s+trust)\s*,?\s+)*(?:respectively,?\s+)?"
    r"(?:by|in|of|through|for|with)\s+(?:each\s+of\s+)?",
    "by",
    r"(?<=\d )by\s+",
    "name",
    r"\bin\s+the\s+name\s+of\s+",
    "allocated",
    r"\ballocated\s+to\s+",
)

_TO_OR_FROM = pattern(r"\b(?:to|into|from)\s+(?=the\s|an?\s|[A-Z])")
_BETWEEN_NAMES = pattern(
    r",\s+(?!L\.?L\.?C|L\.?P|Inc|Ltd|LLP|Jr|Sr)(?:and\s+)?|\s+and\s+(?=[A-Z]|the\s|an?\s|his\s|her\s)"
)
_ORDERED = pattern(r"\brespectively,?\s+(?:by|in|to|into|from)\s+(?:each\s+of\s+)?$", re.IGNORECASE)
_END_OF_LIST = pattern(
    r"\s+(?:received|acquired|for|which|who|pursuant|on|as|in\s+connection)\s|,?\s+respectively|;"
)


class Vehicle(NamedTuple):
    """A party's words, where they stand, and the sort of party they name."""

    words: str
    start: int
    sort: Sort | None


def vehicle(text: str, start: int, end: int) -> Vehicle | None:
    """The party named from `start` on, cut where its name ends; None where none is."""
    end = min(end, start + 120)
    text = with_brackets(text[:end])
    stop = _STOP.search(text, min(start + 2, end), end)
    last = stop.start() if stop else end
    words = text[start:last]
    if _BARE_TRUST.fullmatch(words.strip()):
        more = _TRUST_OF.match(text, last, end)
        words = text[start : more.end()] if more else words
    words = _DANGLING.sub("", as_printed(words).strip(" .,;)'-"))
    words += ")" * (words.count("(") - words.count(")"))
    article = _ARTICLE.match(words)
    if article:
        words = words[article.end() :]
    if not words or not any(letter.isalpha() for letter in words) or _THIS_ONE.match(words):
        return None
    return Vehicle(" ".join(words.split()), start, sort_of(words))


@lru_cache(maxsize=4096)  # trusts and spouses are called alike
def sort_of(words: str) -> Sort | None:
    """What kind of party a few words name, or None where they name none we know."""
    return next((sort for sort, named in _SORTS if named.search(words)), None)


def holder(text: str, start: int, end: int) -> str | None:
    """Who holds the shares a stretch of text speaks of: the words after "held by"."""
    held = _HELD.search(text, start, end)
    found = vehicle(text, held.end(), end) if held else None
    if found is None or found.words == "escrow":
        return None
    nameless = found.sort in ("owner", "form") and _NAMELESS.search(found.words)
    return None if nameless else found.words


def in_order(text: str, start: int, end: int, count: int) -> tuple[str, ...]:
    """The names of a list "respectively", as many as there are amounts, or none.

    "Held by A, B and C, respectively" names one party for each of three amounts.
    """
    for word in (_HELD, _TO_OR_FROM):
        found = word.search(text, start, end)
        if not found:
            continue
        stop = _END_OF_LIST.search(text, found.end(), end)
        ordered = stop is not None and "respectively" in stop[0].lower()
        if not ordered and not _ORDERED.search(text, start, found.end()):
            continue
        names = _BETWEEN_NAMES.split(text[found.end() : stop.start() if stop else end])
        if len(names) == count:
            return tuple(_ARTICLE.sub("", name.strip(" .,;")) for name in names)
    return ()


_SWAP_FUND = pattern(r"\bexchange\s+funds?\b", re.IGNORECASE)
_ANNUITY_TRUST = pattern(r"\bgrantor\s+retained\b|\bGRATs?\b|\bannuity\s+trusts?\b", re.IGNORECASE)
_OWN_COMPANY = pattern(
    r"\b(?:(?:wholly[\s-]*|entirely\s+|100%\s+|solely\s+)?(?:owned|controlled)(?:\s+and\s+controlled)?|managed)\s+(?:solely\s+)?by\s+"
    r"(?:the\s+(?:reporting\s+(?:person|owner)|undersigned)|him|her|me)(?!['’]s|\s+\w+['’]s)\b"
    r"|\b(?:the\s+)?(?:reporting\s+(?:person|owner)|undersigned|he|she|I)\s+(?:is|am|being)\s+(?:also\s+)?(?:(?:the|a|its)\s+)?(?:sole\s+)?"
    r"(?:\w+\s+(?:and|or)\s+)?(?:managing\s+|general\s+|controlling\s+)?(?:members?|managers?|partners?|owners?|shareholders?|stockholders?)\b"
    r"|\b(?:which|that)\s+(?:the\s+(?:reporting\s+(?:person|owner)|undersigned)|he|she|I)\s+(?:wholly\s+|solely\s+|indirectly\s+)?(?:owns?|controls?)\b",
    re.IGNORECASE,
)
"""A company that is the owner's own, or that the owner has a part of and leads."""


def own_company(text: str) -> bool:
    """Whether the words say of a company that the owner owns or leads it: what it got is not given away."""
    return _OWN_COMPANY.search(text) is not None


def annuity_trust(text: str) -> bool:
    """Whether the words name a trust that pays its grantor an annuity: whether that is a gift is open."""
    return _ANNUITY_TRUST.search(text) is not None


def swap_fund(text: str) -> bool:
    """Whether the words name a fund that takes shares for interests in itself: a disposal, to strangers."""
    return _SWAP_FUND.search(text) is not None


_STRANGER = pattern(
    r"^\W*(?:(?:on|in|during|as\s+of)\s+[\w\s]{1,20}(?:,\s+\d{4})?,?\s+)?(?:the\s+)?(?:"
    r"(?:an)?other\s+(?:(?!reporting\b)[\w-]+\s+){0,2}?(?:officers?|directors?|executives?|employees?|insiders?|holders?|participants?|stockholders?|shareholders?|investors?"
    r"|members?(?!\s+of\s+(?:the\s+|his\s+|her\s+)?(?:[\w-]+\s+)?(?:household|family))|persons?)"
    r"|(?:reporting\s+(?:person|owner)'s|his|her)\s+(?:late\s+|former\s+|adult\s+)?(?:brother|sister|cousin|nephew|niece|uncle|aunt|friend|colleague|assistant)s?"
    r"|(?:issuer|company|registrant|corporation)'s\s+(?:[\w-]+\s+){0,4}?(?:trust|foundation|subsidiary|affiliate)s?(?=\s+(?:purchased|bought|acquired)\b)"
    r"(?![^.;]{0,140}?\b(?:for|to|behalf\s+of|account\s+of)\s+(?:the\s+reporting|him|her|his)\b)"
    r")\b(?!')",
    re.IGNORECASE,
)
"""Somebody else as the subject of a sentence, who shares no household with the owner."""


def of_a_stranger(sentence: str) -> bool:
    """Whether a sentence tells what somebody did who shares no household with the owner, nor files with him.

    >>> of_a_stranger("Another officer withdrew 500 shares."), of_a_stranger("Her trust gave 500 to her brother.")
    (True, False)
    >>> of_a_stranger("The other reporting persons distributed 500 shares.")
    False
    """
    return _STRANGER.match(sentence) is not None


_COMPANIES = r"(?:compan(?:y|ies)|issuers?|corporations?|registrants?|entit(?:y|ies)|enterprises?|firms?|business(?:es)?)"
_SELF = r"(?:issuer|company|registrant|corporation)"
_RELATED = r"(?:parent|subsidiar(?:y|ies)|affiliates?|suppliers?|customers?|competitors?)"
_STOCK_OF = r"(?:[\w'’$.-]+\s+){0,4}?(?:shares?|stock|securities|units)\s+(?:of\s+(?:(?:the\s+)?(?:common|capital|ordinary|preferred|class\s+\w)\s+)?(?:stock|shares)\s+)?(?:of|in|issued\s+by)\s+"
_ANOTHERS = pattern(
    rf"\s+(?:of\s+)?(?:{_STOCK_OF}(?:the\s+)?(?:(?:common|capital|ordinary|preferred)\s+)?(?:(?:stock|shares)\s+of\s+)?"
    r"(?:another|(?:an?|some|two|three|several|various)\s+(?:publicly\s+|privately[\s-]+)?(?:different|unaffiliated|unrelated|other|third[\s-]party)|other|different|unaffiliated|unrelated)"
    rf"\s+(?:[\w-]+\s+){{0,2}}?{_COMPANIES}\b"
    rf"|(?:(?:[\w'’$.-]+\s+){{0,4}}?(?:shares?|stock)\s+)?(?:of\s+)?(?:another|other|an?\s+(?:different|unaffiliated|unrelated))\s+{_COMPANIES}['’]s?\s+(?:[\w-]+\s+){{0,2}}?(?:stock|shares)\b"
    rf"|{_STOCK_OF}an?\s+(?:[\w-]+\s+){{0,3}}?{_COMPANIES}\s+other\s+than\s+the\s+{_SELF}\b"
    rf"|{_STOCK_OF}(?:one\s+of\s+)?(?:the\s+{_SELF}['’]s|its)\s+(?:(?!new\b|successor\b)[\w-]+\s+){{0,2}}?{_RELATED}\b(?!['’])"
    rf"|{_STOCK_OF}(?:an?|the|one|two)\s+(?:(?!new\b|successor\b)[\w-]+\s+){{0,2}}?{_RELATED}\s+of\s+the\s+{_SELF}\b(?!['’])"
    rf"|{_STOCK_OF}[^.;,]{{2,50}}?,?\s+(?:which|that)\s+is\s+not\s+(?:affiliated\s+with\s+|related\s+to\s+|an?\s+affiliate\s+of\s+)?the\s+{_SELF}\b)",
    re.IGNORECASE,
)
"""Shares of a company that is not the issuer, behind their number."""


def of_another_company(text: str, start: int, end: int) -> bool:
    """Whether what is counted is shares of another company than the issuer.

    >>> of_another_company("2,600 shares of another company", 5, 31)
    True
    >>> of_another_company("2,600 shares to another company", 5, 31)
    False
    >>> of_another_company("2,600 shares of the Issuer's former parent", 5, 42)
    True
    """
    return _ANOTHERS.match(text, start, end) is not None


def counts_another_companys(text: str, start: int, end: int) -> bool:
    """Whether a sentence counts shares of another company than the issuer."""
    numbers = _DIGIT.finditer(text, start, end)
    return any(_ANOTHERS.match(text, number.end(), end) for number in numbers)


_DIGIT = re.compile(r"\d(?![\d,.]*\d)")

_CORPORATION = (
    r"(?P<name>(?:[A-Z][\w&’'.-]*,?\s+|(?:of|and|&)\s+){0,4}?[A-Z][\w&’'.-]*,?\s+"
    r"(?:Inc|Incorporated|Corp|Corporation|Ltd|P\.?L\.?C|plc|N\.?V|S\.A|A\.G|AG|Bancorp|Bancshares|Bancorporation)\b)"
    r"(?!['’]s?\s|\.?,?\s+(?:Employees?|Retirement|Savings|401|Profit|Pension|Deferred|Incentive|Stock|ESOP|Family|Trust|Foundation|Plan)\b)"
)
_OF_A_CORPORATION = pattern(
    r"(?:\s+[a-z][\w-]*){0,4}?\s+(?i:(?:Class\s+\w\s+|common\s+|ordinary\s+|preferred\s+|capital\s+)?(?:shares?|stock|units))"
    r"(?i:\s+of\s+(?:Class\s+\w\s+)?(?:common|ordinary|preferred|capital)\s+(?:stock|shares))?\s+(?:of|in)\s+(?:the\s+)?"
    + _CORPORATION
    + r"|\s+"
    + _CORPORATION.replace("?P<name>", "?P<before>")
    + r"\.?\s+(?i:(?:Class\s+\w\s+|common\s+|ordinary\s+|preferred\s+|restricted\s+)?(?:shares?|stock)\b)"
)


def corporation_counted(text: str, at: int) -> str:
    """The name of the corporation whose shares are counted by a number that ends at a place; "" where none is named.

    >>> corporation_counted("2,000 ordinary shares of Harlow Pottery PLC were sold", 5)
    'Harlow Pottery PLC'
    >>> corporation_counted("2,000 shares of Common Stock held by Harlow Pottery PLC", 5)
    ''
    """
    found = _OF_A_CORPORATION.match(text, at)
    return (found["name"] or found["before"]) if found else ""


def of_the_owner(text: str) -> str:
    """A note without its sentences of what strangers did."""
    told = [one.words for one in sentences(text)]
    return (
        " ".join(w for w in told if not of_a_stranger(w)) if any(map(of_a_stranger, told)) else text
    )
