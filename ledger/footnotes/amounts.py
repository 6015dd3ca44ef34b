"""The amounts of shares, units and options a note names, and nothing else that is a number.

A number counts only where words make it an amount: a unit follows it ("500 restricted
shares", "34,129 Preferred B Shares"), or it stands in a list with such an amount, or it is
too large to be anything else in a sentence about shares. Prices, percentages, dates, rule
and form numbers, plan years and conversion rates ("each unit converts into 10 shares") are
no amounts; dollars are shares where their price is told (`dollars`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from ledger.figures import FIGURE, as_number
from ledger.footnotes.dates import When
from ledger.footnotes.dollars import counted
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.number_words import CARDINALS, TENS
from ledger.footnotes.parties import of_another_company
from ledger.footnotes.recounts import found_to_be
from ledger.footnotes.text import Sentence

_NUMBER = pattern(
    r"(?<![\w$€£.,/#:%'-])(?<!\$ )(?<!\)\()"
    rf"{FIGURE}"
    r"(?![\w%/(]|[.,:]\d|-(?!(?:share|unit)\s)\w)"
)
_ONES = CARDINALS[:20]
_VALUES = {word: value for value, word in enumerate(_ONES)} | {
    word: 10 * value for value, word in enumerate(TENS, start=2)
}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
_SPELLED_WORD = "(?:" + "|".join([*_VALUES, *_SCALES][1:]) + ")"
_SPELLED = pattern(
    rf"\b(?=[oftsenhm]){_SPELLED_WORD}\b(?:[\s-]+(?:and\s+)?{_SPELLED_WORD}\b)*(?!\s*\(\d|-\w|\s+percent)",
    re.IGNORECASE,
)
_WORD = pattern(r"[)\"']?(?:\s+|-(?=(?:share|unit)\b))[(\"']?([A-Za-z][\w&'/-]*(?:\.[\w]+)*)")
_NOUNS = frozenset(
    "share shares sh shs unit units rsu rsus rsu's rsa rsas psu psus psu's prsu prsus dsu dsus msu msus"
    " gsu gsus psa psas pbrsu pbrsus sar sars ltip ltips option options warrant warrants right"
    " rights interests equivalents ads adss adr adrs gdrs ders securities".split()
)
_QUALIFIERS = frozenset(
    "of the these those such said addt'l add'l addl its his her their my our additional further more other unvested vested"
    " restricted unrestricted deferred phantom performance performance-based time-based"
    " time-vesting service-based market-based common ordinary preferred class series stock share"
    " company company's issuer issuer's corporation's bank's employee director directors incentive"
    " market earned reinvested fully newly previously then depositary american subordinate voting"
    " non-voting nonvoting limited convertible nonqualified non-qualified non-statutory qualified"
    " founder partnership operating profits interest underlying outstanding remaining whole"
    " fractional full equivalent equity accrued matching book-entry beneficial capital treasury"
    " issued purchased acquired earn-out earnout dividend stock-settled cash-settled reported registered"
    " unregistered long-term par value escrowed gross net new old a b c d post-split pre-split"
    " split-adjusted appreciation total aggregate restricted/performance tax-qualified bonus scrip reporting"
    " fewer less person's officer's director's executive's owner's pledged collateral margined lent loaned worthless tendered directly indirectly beneficially jointly"
    " held owned directly-held directly-owned indirectly-held formerly gifted donated contributed transferred distributed"
    " withheld forfeited cancelled canceled vesting holdback escrow indemnity retention inducement sign-on rollover sponsor founders founder's founders' make-whole retainer".split()
)
_NO_QUALIFIER = frozenset(
    "on in by from to for at and or with per were was are is upon as which that have has had will"
    " mr ms mrs dr under during since january february march april may june july august"
    " september october november december plan each".split()
)
_OTHER_THINGS = pattern(
    r"[)\"']?\s*(?:%|percent\b|per\s+cent\b|(?:(?:consecutive|equal|annual|monthly|quarterly|successive"
    r"|trading|calendar|business|approximately)\s+)*(?:days?|years?|months?|weeks?|quarters?|votes?|per"
    r"|dollars?|U\.?S|square|employees|persons?|members|stock\s*holders|share\s*holders|holders|basis"
    r"|(?:(?:put|call)\s+)?(?:option\s+)?contracts?|put\b|call\b|times|installments?|instalments?|tranches|increments|trades|transactions|for"
    r"\s+(?:each|every|one|\d)|to\s+1\b|shares?\s+per\b|shares?\s+for\s+(?:each|every|one))\b)",
    re.IGNORECASE,
)
_LABELLED = pattern(
    r"(?:\b(?=[abce-gilnopr-t])(?:rules?|sections?|forms?|items?|tables?|columns?|col\.|notes?|foot\s*notes?|instructions?"
    r"|lines?|rows?|box|exhibits?|series|class|preferred|tranche|fund|schedule|page|fiscal|grant|topic|release|part"
    r"|article|paragraph|level|number|aged?|reach(?:ed|es|ing)|turn(?:ed|s)|attain(?:ed|s|ing)|option|act\s+of|file|phase|of|trust|plan|section|code|since)"
    r"|#)\s*$",
    re.IGNORECASE,
)
_LABELLED_TOO = pattern(
    r"\b(?:rules?|sections?|forms?|items?|tables?|columns?|notes?|footnotes?|lines?|rows?|box(?:es)?)"
    r"\s+\d{1,2}(?:\s*,\s*\d{1,2}){0,4}\s*,?\s*(?:and|or|&)\s*$",
    re.IGNORECASE,
)
"""The last of several places of a form: "columns 4 and 5"."""
_HOLDER = pattern(r"\b(?:trust|fund|foundation|plan|LLC|account|partnership)\s+$", re.IGNORECASE)
"""Who may stand right before what it got: "contributed to the trust 500 shares"."""
_NEVER_AFTER = pattern(
    r"(?:[$€£]|\b(?=[acdeghjnprsu])(?:Nos?\.|USD?|EUR|GBP|CAD|AUD|CHF|JPY|NIS|SEK|NOK|DKK|HKD|CNY|RMB|C"
    r"|prices?\s+of|rates?\s+of|ratio\s+of|rule|section))\s*$",
    re.IGNORECASE,
)
_MONTH_BEFORE = pattern(
    r"\b(?=[adfjmnos])(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s*$",
    re.IGNORECASE,
)
_NAMED = pattern(r"(?<=[a-z)] )(?:[A-Z][\w.&'-]*\s+)+$")
_RATE = pattern(
    r"\b(?:each|every|(?<!earnings )(?<!income )(?<!profit )(?<!value )per)\b.{0,240}?\b(?:convert\w*|represents?|exercisable|exchang\w*|redeem\w*"
    r"|entitle\w*|settle\w*|equal\w*|equivalent|receiv\w*|into|underlying|for)\b",
    re.IGNORECASE,
)
_GOT_BY_IT = pattern(
    r"(?:\band|[;,])\s+(?:(?:as\s+a\s+result|accordingly|therefore|thereby|thus),?\s+)?(?:the\s+(?:reporting\s+(?:person|owner)|undersigned)|he|she)"
    r"\s+(?:\w+ly\s+)?(?:received|acquired|was\s+issued)\s+(?:an?\s+(?:aggregate|total)\s+of\s+)?$",
    re.IGNORECASE,
)
"""What stands before an amount that somebody got at a rate told before it."""
_OF_SO_MANY = pattern(r"\s+of\s+(?:the|these|those|such|his|her|its|their)\s+", re.IGNORECASE)
_TOLD_OF = pattern(
    r"(?:(?:^|[.;,(]\s*)of\s+(?:these|those|such|the|his|her)\s+[^.;,]{0,40}?\b(?:shares|units|rsus|psus|options)(?:\s+[^.;,]{0,40})?,"
    r"|\b(?:shares|units|rsus|psus)\s+(?:\w+ly\s+)?\w+(?:ed|eld|old|wn|en)\s*\("
    r"|\b(?:shares|units)\s+(?:(?!plan\b|each\b)[\w']+\s+){0,4}(?:ESPP\s+|plan\s+)?\((?=\d[\d,]+\))"
    r"|\b(?:the|these|those|such)\s+(?:\w+\s+)?shares\s+\("
    r"|\b(?:shares|units|rsus|psus)\b[^.;:]{0,80}(?::|\b(?:totall?ing|numbering|aggregating)|,\s+of\s+which))\s*$",
    re.IGNORECASE,
)
"""What stands before a number that the words before it say to be of shares: "Of these shares, 12 were"."""
_LINK = pattern(r"\s*[,;]?\s*(?:and\s+|&\s*|or\s+|plus\s+)?(?:\(\w{1,4}\)\s*)?$", re.IGNORECASE)
_STOCK_WHAT = pattern(r"\s+(?:splits?|dividends?|price|exchange|market|plan|fund)\b", re.IGNORECASE)
_MARK = pattern(
    r"\)\s+(?!(?:and|or|plus|of|on|in|for|were|was|are|is|at|from|by|to|under|with)\b)\w|\)\s*\(",
    re.IGNORECASE,
)
"""What follows a small number in brackets that only counts what is listed: "(2) 14 shares"."""
_LISTED = pattern(r"(?:\s*,?\s*(?:and\s+|or\s+)?\d[\d,.]*\b){1,40}")
_OFF_BY = pattern(
    r"\b(?:overstat|understat|increas|decreas|reduc|adjust|off|over-?report|under-?report)\w*"
    r"[^.;]{0,60}\bby\s+$",
    re.IGNORECASE,
)
_RIGHT_FIGURE = pattern(
    r"\b(?:(?:correct|right|actual|proper|true)\s+(?:number|amount|figure|total|balance)\b[^.;]{0,50}\b(?:was|is|were|being|of)"
    r"|(?:should|ought\s+to)\s+(?:have\s+)?(?:been|be|read|shown|said|stated)|rather\s+than|instead\s+of|in\s+place\s+of|\d,?\s+(?:and\s+|but\s+)?not|too\s+\w+\s+by|in\s+fact,?|in\s+fact,?\s+only)\s+$",
    re.IGNORECASE,
)
"""What stands before a figure that a correction gives without its unit."""
_INCLUDED = pattern(
    r"\b(?:shares?|stock|securities|holdings?|ownership|balance|total|amount|number)\b[^.;]{0,40}?\b(?:includ|exclud|reflect)(?:es?|ing|s)?\s+(?:an?\s+(?:aggregate|total)\s+of\s+)?$",
    re.IGNORECASE,
)
_DONE_WITH = pattern(
    r"\s+(?:(?:that|which)\s+(?:was|were)\s+)?(?:acquired|purchased|bought|transferred|given|gifted|donated|contributed|distributed|received|inherited|withheld|surrendered|forfeited|credited|allocated)\s+(?!for\s+the\s+year)",
    re.IGNORECASE,
)
"""Before and behind a figure that counts some of the shares that a total is said to include."""
_CONTRASTED = pattern(
    r",?\s+(?:and\s+|but\s+)?(?:not|rather\s+than|instead\s+of|in\s+place\s+of)\s+(?:the\s+)?\d"
    r"|\s+(?:(?:fewer|more|less)\s+than\s+(?:the\s+)?[a-z]|too\s+(?:many|few)\b)",
    re.IGNORECASE,
)
"""What follows such a figure: the one that it is set against, or that it was more or fewer."""
_GOES_ON = pattern(
    r"\s*(?:[,.;)]|$|(?:on|in|during|under|through|by|from|were|was|are|is|have|has|of|held|owned|and|or|as"
    r"|shall|will|vest(?:s|ed)?|to|for|at|which|represent|remain|exercisable|additional|rather"
    r"|acquired|purchased|withheld|forfeited|surrendered|expired|lapsed|cancell?ed|distributed|transferred|given|instead|but|not|following|after|shares)\b)",
    re.IGNORECASE,
)
_SHARES = pattern(
    r"\b(?:shares?|shs|units?|options?|stock|rsus?|psus?|dsus?|warrants|rights|securities|as\s+follows)\b",
    re.IGNORECASE,
)
_HOLDINGS = pattern(r"\b(?:holdings?|ownership|balance|total|column\s+[459])\b", re.IGNORECASE)
_MISTAKE = pattern(
    r"\b(?:errors?|erroneous\w*|incorrect\w*|wrong|should|ought|mistak\w+|transpos\w+|misprint\w*|misstat\w+|correct\w*|actual\w*)\b",
    re.IGNORECASE,
)


class Amount(NamedTuple):
    """A stated amount of shares: where its number stands, and where its unit ends.

    `bare` says no unit of its own follows: it takes the sense of its neighbours.
    """

    start: int
    end: int
    shares: Decimal
    unit_end: int
    bare: bool = False


def amounts(sentence: Sentence, days: Sequence[When]) -> list[Amount]:
    """The amounts of shares in one sentence, in order.

    `days` are the sentence's dates, whose figures are no amounts.
    """
    text, start, end = sentence
    dated = {place for day in days for place in range(day.start, day.end)}
    candidates = [
        _candidate(text, start, end, first=match.start(), last=match.end(), digits=match[0])
        for match in _NUMBER.finditer(text, start, end)
        if match.start() not in dated
    ]
    candidates += [
        _candidate(text, start, end, first=match.start(), last=match.end(), digits=spelled)
        for match in _SPELLED.finditer(text, start, end)
        if (spelled := _spelled(match[0], text[start : match.start()]))
    ]
    candidates += [
        Amount(priced.start, priced.end, priced.shares, priced.end)
        for priced in counted(text, start, end)
    ]
    found = _parts_of(text, sorted(candidate for candidate in candidates if candidate))
    return _in_company(sentence, found)


def _candidate(
    text: str, start: int, end: int, first: int, last: int, digits: str
) -> Amount | None:
    """A number that may be an amount, with its unit where one follows."""
    if _OTHER_THINGS.match(text, last, end):
        return None
    before = max(start, first - 24)
    if _NEVER_AFTER.search(text, before, first):
        return None
    grouped = "," in digits
    small = not grouped and "." not in digits
    unit_end = _unit(text, last, end)
    listed = None if unit_end else _LISTED.match(text, last, end)
    if listed and _OTHER_THINGS.match(text, listed.end(), end):
        return None
    if small and _MONTH_BEFORE.search(text, before, first):
        return None
    to_holder = unit_end and len(digits) > 2 and _HOLDER.search(text, before, first)
    if (
        small
        and not to_holder
        and _LABELLED.search(text, before, first)
        and not (unit_end and text[before:first].rstrip().lower().endswith(("of", "since")))
    ):
        return None
    if small and not unit_end and _LABELLED_TOO.search(text, max(start, first - 40), first):
        return None
    if small and not unit_end and len(digits) < 3 and _marks(text, first, last, end):
        return None
    if (
        small
        and len(digits) < 4
        and not to_holder
        and _NAMED.search(text, max(start + 1, before), first)
    ):
        return None
    if small and len(digits) == 4 and digits[:2] in ("19", "20") and not _counted(text, last):
        return None
    if of_another_company(text, last, end):
        return None
    rate = _RATE.search(text, max(start, first - 300), first)
    if rate and not _GOT_BY_IT.search(text, rate.start(), first):
        return None
    shares = as_number(digits)
    if not shares:
        return None
    return Amount(first, last, shares, unit_end or last, bare=not unit_end)


def _marks(text: str, first: int, last: int, end: int) -> bool:
    """Whether a small number is the mark of an item of a list, or repeats a word for it."""
    opened = text[max(0, first - 2) : first].strip() in ("(", "", ",", ";", ":")
    return opened and _MARK.match(text, last, end) is not None


_FIRST_YEAR, _LAST_YEAR = 1980, 2040
"""Between which a figure before units may be the year of an award: "the 2019 performance units"."""


def _counted(text: str, last: int) -> bool:
    """Whether a figure that looks like a year counts shares all the same: "2000 shares"."""
    if re.match(r"\s+(?:shares|units|of\s+(?:the|these|such))\b", text[last : last + 24]):
        return True
    year = int(text[last - 4 : last])
    return not _FIRST_YEAR <= year <= _LAST_YEAR and bool(_unit(text, last, len(text)))


def _unit(text: str, last: int, end: int) -> int:
    """Where the unit after a number ends, or 0 where none follows within a few words."""
    stock = 0
    for _ in range(10):
        word = _WORD.match(text, last, end)
        if not word:
            break
        lower = word[1].lower()
        if lower in _NOUNS:
            return word.end()
        if lower in _NO_QUALIFIER or not (
            lower in _QUALIFIERS or word[1][0].isupper() or lower.endswith(("ed", "ly"))
        ):
            break
        last = word.end()
        if lower == "stock" and not _STOCK_WHAT.match(text, last):
            stock = last
    return stock


def _spelled(words: str, before: str) -> str:
    """The digits of a number in words, or "" where it is none worth reading.

    "One share" is what a unit is worth, not an amount, unless something is off "by one", or a
    total "includes one": a total, and not each unit.
    """
    total = part = 0
    for word in re.split(r"[\s-]+", words.lower()):
        if word in _VALUES:
            part += _VALUES[word]
        elif word == "hundred":
            part = (part or 1) * 100
        elif word in _SCALES:
            total, part = total + (part or 1) * _SCALES[word], 0
    number = total + part
    return str(number) if number > 1 or _counts_one(before) else ""


_ONE_MORE = pattern(r"\b(?:by|includ(?:e|es|ed|ing)|exclud(?:e|es|ed|ing))\s+$", re.IGNORECASE)
_WORTH = pattern(
    r"\b(?:each|every|per|units?|securit(?:y|ies)|warrants?|rights?|options?|ad[sr]s?)\b",
    re.IGNORECASE,
)
"""What a sentence speaks of that says what one security gives."""


def _counts_one(before: str) -> bool:
    """Whether the words before "one" make it a number of shares."""
    verb = _ONE_MORE.search(before)
    if verb is None:
        return False
    return verb[0].lower().startswith("by") or _WORTH.search(before) is None


def _in_company(sentence: Sentence, found: list[Amount]) -> list[Amount]:
    """The candidates that their neighbours or the sentence confirm as amounts."""
    text, start, end = sentence
    kept: list[Amount] = []
    for index, this in enumerate(found):
        if not this.bare:
            kept.append(this)
            continue
        before = max(start, this.start - 90)
        if (
            found_to_be(text, start, this.start, this.end, end)
            or _OFF_BY.search(text, before, this.start)
            or (
                (
                    _RIGHT_FIGURE.search(text, before, this.start)
                    or _CONTRASTED.match(text, this.end, end)
                )
                and "." not in text[this.start : this.end]
            )
        ):
            kept.append(this)
            continue
        if text[this.start].isalpha():
            continue
        if _INCLUDED.search(text, before, this.start) and _DONE_WITH.match(text, this.end, end):
            kept.append(this)
            continue
        goes_on = _GOES_ON.match(text, this.end, end) is not None
        follows = bool(kept) and _LINK.search(text, kept[-1].end, this.start) is not None
        large = "," in text[this.start : this.end] or this.shares >= 1_000
        told = _TOLD_OF.search(text, before, this.start) is not None
        alone = goes_on and (follows or ((large or told) and _of_shares(sentence)))
        if alone or _leads(text, found[index : index + 40]):
            kept.append(this)
    return kept


def _of_shares(sentence: Sentence) -> bool:
    """Whether a sentence speaks of shares, or puts a holding right."""
    if _SHARES.search(*sentence):
        return True
    return _HOLDINGS.search(*sentence) is not None and _MISTAKE.search(*sentence) is not None


def _parts_of(text: str, found: list[Amount]) -> list[Amount]:
    """The candidates with "318 of the 900 shares" made one: 318, of which the words go on."""
    kept: list[Amount] = []
    for this in found:
        last = kept[-1] if kept else None
        part = last is not None and last.bare and not this.bare and last.shares < this.shares
        if last and part and _OF_SO_MANY.fullmatch(text, last.end, this.start):
            kept[-1] = last._replace(unit_end=this.unit_end, bare=False)
        else:
            kept.append(this)
    return kept


def _leads(text: str, rest: Sequence[Amount]) -> bool:
    """Whether a bare number begins a list that ends in a unit: "12, 30 and 20 shares"."""
    for this, after in pairwise(rest):
        if not _LINK.fullmatch(text, this.end, after.start):
            return False
        if not after.bare:
            return True
    return False
