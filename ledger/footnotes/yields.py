"""What a note says that a debt or preferred stock yielded: interest or dividends that became more of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ledger.figures import figures_in
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.text import plain, sentences

_INTEREST = pattern(r"\b(?:interest|accreti\w+|accreted|PIK)\b(?!\s+in\s+the\s)", re.IGNORECASE)
_DIVIDENDS = pattern(r"\b(?:dividends?|accreti\w+|accreted|PIK)\b", re.IGNORECASE)
_BECAME_MORE = pattern(
    r"\baccru\w+|\bcapitali[sz]\w+|\bcompound\w+|\bunpaid\b|\bin\s+kind\b|\bPIK\b|\baccret\w+"
    r"|\b(?:added|adding|add)\s+to\s+(?:the\s+)?(?:outstanding\s+)?principal"
    r"|\bincreas\w+\s+(?:of\s+|in\s+)?(?:the\s+)?(?:outstanding\s+)?principal",
    re.IGNORECASE,
)
_OTHERWISE = pattern(
    r"\b(?:in|for)\s+cash\b|\bwaived?\b|\bforgiven\b|\bnot\b|\bexclud\w+|\bwithout\b|\bexclusive\s+of\b|\bother\s+than\b"
    r"|\b(?:bears?|bearing|will|shall|may)\b",
    re.IGNORECASE,
)
"""Words of interest that was paid, or is only due: it is no more of the debt."""


def yielded(text: str, *, debt: bool) -> Iterator[tuple[str, frozenset[Decimal]]]:
    """The sentences of a note by which what a holding yielded became more of it, with their figures.

    A `debt` yields interest, preferred stock dividends.

    >>> [sorted(told) for _, told in yielded("Principal of $500,000 plus accrued interest of $52,000.", debt=True)]
    [[Decimal('52000'), Decimal('500000')]]
    >>> list(yielded("Accrued interest was paid in cash.", debt=True))
    []
    """
    note, _ = plain(text)
    for one in sentences(note):
        told = (_INTEREST if debt else _DIVIDENDS).search(*one) and _BECAME_MORE.search(*one)
        if told and not _OTHERWISE.search(*one):
            yield one.words, figures_in(one.words)
