"""What a note says of its number itself: it counts otherwise than before, is another's, or grows by its terms."""

from __future__ import annotations

import re
from decimal import Decimal

from ledger.footnotes.lettercase import pattern
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
    r"|henceforth|instead\s+of|rather\s+than|,\s+(?:and\s+)?not\s+[\d,]+|(?:is|are|has|have|holds?|been)\s+now|now\s+(?:each\s+)?(?:holds?|held|owns?|owned|has|includes?|reflects?|shows?)"
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
_PART = pattern(r"(?<![\d.])(\d{1,3}(?:\.\d+)?)\s*(?:%|per\s?cent\b)", re.IGNORECASE)


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


def grows(text: str) -> bool:
    """Whether a title or a note says that a holding grows by its terms: what it yields is paid in more of it."""
    return _GROWS.search(text) is not None


def parts_of_hundred(text: str) -> frozenset[Decimal]:
    """The parts of the whole that a text names, in per cent: none of nothing, and not the whole.

    >>> sorted(parts_of_hundred("His interest rose from 30% to 45 per cent of the 100% held."))
    [Decimal('30'), Decimal('45')]
    """
    return frozenset(x for one in _PART.finditer(text) if 0 < (x := Decimal(one[1])) < 100)
