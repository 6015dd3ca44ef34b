"""What a note says of its number itself: it counts otherwise than before, is another's, or grows by its terms."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from ledger.footnotes.lettercase import pattern
from ledger.footnotes.number_words import CARDINALS, ORDINALS, TENS
from ledger.footnotes.remembered import remembered
from ledger.footnotes.text import plain, sentences

_BEFORE = (
    r"(?:prior|previous|earlier|former|past|preceding)\s+(?:\w+\s+){0,2}?(?:reports?|forms?|filings?|statements?|totals?)"
    r"|(?:previously|formerly|heretofore)\s+(?:reported|shown|listed|included|held|expressed|disclosed|counted|stated|owned)"
    r"|in\s+the\s+past|until\s+now|used\s+to"
)
"""What a report is compared with."""
_NOW = (
    r"no\s+longer|(?:beginning|starting|effective)\s+with\s+this|(?:in|with|by|as\s+of)\s+this\s+(?:report|form|filing)"
    r"|this\s+(?:report|form|filing)\s+(?:now\s+)?(?:includes?|excludes?|shows?|reflects?|counts?|lists?|gives?|omits?)"
    r"|(?:reported|shown|stated|given)\s+net\s+of|henceforth|instead\s+of|rather\s+than|,\s+(?:and\s+)?not\s+[\d,]+|(?:is|are|has|have|holds?|been)\s+now|now\s+(?:each\s+)?(?:holds?|held|owns?|owned|has|includes?|reflects?|shows?)"
    r"|(?:has|have)\s+been\s+(?:adjusted|corrected|restated|reduced|increased|updated|revised)"
    r"|(?:reflects?|reflecting|following|after|because\s+of|owing\s+to|due\s+to)\s+(?:an?\s+|the\s+)?(?:further\s+|additional\s+|\w+\s+)?(?:reduction|increase|decrease|decline|change|adjustment|correction|reallocation|regrouping|combination|division)"
)
"""What it does otherwise."""
_COMPARES = pattern(rf"\b(?:{_BEFORE}|{_NOW})\b", re.IGNORECASE)
_TERMS = pattern(
    r"\b(?:weighted|price|10b5-1|vesting\s+schedule|disclaims?|exercise\s+price)\b", re.IGNORECASE
)
"""Words of sentences about what shares cost, and whose they are."""
_ANOTHERS = pattern(
    r"\b(?:according\s+to|based\s+(?:up)?on|as\s+(?:reported|advised|confirmed|provided|stated)\s+by|taken\s+from)\s+(?:[\w']+\s+){0,4}?"
    r"(?:statements?|accountings?|accounts?|records?|information|advices?|confirmations?|trustees?|administrators?|custodians?)\b",
    re.IGNORECASE,
)
"""Words by which a number is somebody else's account."""
_GROWS = pattern(
    r"\b(?:dividends?|interest|distributions?|yield)\b[^.;]{0,60}?\b(?:in\s+kind|in\s+(?:additional|further|more|the\s+form\s+of)\b)|\baccret\w+|\bPIK\b",
    re.IGNORECASE,
)
"""Words by which a holding grows by its own terms."""
_POOL = pattern(
    r"\b(?:person|owner|his|her|their|whose|undersigned)(?:'s)?\s+(?:\w+\s+){0,2}?(?:share|part|portion|interest)\b[^.;]{0,40}?\b(?:of|in|at)\b[^.;]{0,60}?\b(?:owned|held|allocat\w+|pool\w*|club|members?)\b",
    re.IGNORECASE,
)
"""Words by which a number is a part of what many hold."""
_IN_WORDS = pattern(
    rf"\b(?P<tens>{'|'.join(TENS)})(?:[\s-]+(?P<ones>{'|'.join(CARDINALS[1:10])}))?\s+per\s?cent\b",
    re.IGNORECASE,
)
_PART = pattern(r"(?<![\d.])(\d{1,3}(?:\.\d+)?)\s*(?:%|per\s?cent\b)", re.IGNORECASE)


_FRACTION = pattern(
    rf"\b(?P<over>{'|'.join(CARDINALS[1:10])}|an?)[\s-]+(?P<under>half|{'|'.join(ORDINALS[3:])}|quarter)s?\b|\b(?P<half>half|equally)\b"
    rf"|\b(?P<more>{'|'.join(CARDINALS[1:11])}|\d{{1,2}})\s+(?:[\w-]+\s+){{0,3}}?(?:shares?|units?)\b[^.;]{{0,60}}?\b(?:on|for|per)\s+(?:each|every)\b(?:\s+(?P<held>{'|'.join((*CARDINALS[2:], *TENS))}|\d{{1,3}})\b)?",
    re.IGNORECASE,
)
"""A part in words, and so many shares on each, or on each so many."""
_PAID_FOR = pattern(r"\brights?\b|\bsubscri\w+|\bpurchased?\b", re.IGNORECASE)
"""Words of shares on each that must be paid for, and have rows."""
_UNDER = {"half": 2, "quarter": 4} | {word: place for place, word in enumerate(ORDINALS)}
_CAUSE = pattern(
    r"(?:pursuant\s+to|in\s+connection\s+with|as\s+a\s+(?:result|consequence)\s+of|following|by\s+(?:reason|virtue)\s+of|due\s+to|because\s+of|owing\s+to|upon|in\s+accordance\s+with"
    r"|(?:reflects?|reflecting|gives?\s+effect\s+to|after|net\s+of|less)(?!\s+(?:\w+\s+){0,2}?[\d,]{3,}))\b",
    re.IGNORECASE,
)
"""What a note begins with that only gives the cause of its number."""


def cause(text: str) -> str:
    """The sentence of a note that begins with the cause of its number; "" where none does."""
    note, _ = plain(text)
    told = (
        one.words
        for one in sentences(note)
        if _CAUSE.match(one.text, one.start, one.end) and not _TERMS.search(*one)
    )
    return next(told, "")


def parts_in(text: str) -> frozenset[Fraction]:
    """The parts that a text names, in per cent or in words, and what one share becomes by so many on each.

    >>> sorted(parts_in("Two ninths went to her; one share was paid on each held."))
    [Fraction(2, 9), Fraction(2, 1)]
    """
    found = {Fraction(x) * Fraction(1, 100) for x in parts_of_hundred(text)}
    for told in _FRACTION.finditer(text):
        if told["half"]:
            found.add(Fraction(1, 2))
        elif told["more"] and _PAID_FOR.search(text):
            continue
        elif told["more"]:
            held = (_count(told["held"]) if told["held"] else 1) or 1
            found.add(1 + Fraction(_count(told["more"]), held))
        else:
            found.add(Fraction(_count(told["over"]), _UNDER[told["under"].lower()]))
    return frozenset(part for part in found if part != 1)


def _count(word: str) -> int:
    """What a numeral comes to, or a word for one."""
    if word.isdigit():
        return int(word)
    if word.lower() in TENS:
        return 10 * (TENS.index(word.lower()) + 2)
    return CARDINALS.index(word.lower()) if word.lower() in CARDINALS else 1


@remembered(4_096)
def compared(text: str) -> str:
    """The first sentence of a note that compares this report with earlier ones; "" where none does."""
    note, _ = plain(text)
    told = (
        one.words for one in sentences(note) if _COMPARES.search(*one) and not _TERMS.search(*one)
    )
    return next(told, "")


def by_another(text: str) -> str:
    """The sentence of a note by which its number is somebody else's account; "" where none says so."""
    note, _ = plain(text)
    return next((one.words for one in sentences(note) if _ANOTHERS.search(*one)), "")


def of_a_pool(text: str) -> bool:
    """Whether a note says that its number is somebody's part of what many hold, which others change too."""
    return _POOL.search(text) is not None


def grows(text: str) -> bool:
    """Whether a title or a note says that a holding grows by its terms: what it yields is paid in more of it."""
    return _GROWS.search(text) is not None


def parts_of_hundred(text: str) -> frozenset[Decimal]:
    """The parts of the whole that a text names, in per cent: none of nothing, and not the whole.

    >>> sorted(parts_of_hundred("His interest rose from 30% to 45 per cent of the 100% held."))
    [Decimal('30'), Decimal('45')]
    """
    tens = (
        (TENS.index(one["tens"].lower()) + 2, _count(one["ones"] or "zero"))
        for one in _IN_WORDS.finditer(text)
    )
    spelt = frozenset(Decimal(10 * ten + ones) for ten, ones in tens)
    return spelt | frozenset(x for one in _PART.finditer(text) if 0 < (x := Decimal(one[1])) < 100)
