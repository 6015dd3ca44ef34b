"""The parts that a note lists of what it is about, where it lists all of them, each with its number.

"Consists of (i) 300 shares held directly and (ii) 200 restricted shares" says what the whole is;
"includes 300 restricted shares" gives a part, which the whole is no less than. A list in which any number or part is left open is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ledger.figures import FIGURE, as_number
from ledger.footnotes.amounts import Amount, amounts
from ledger.footnotes.dates import dates
from ledger.footnotes.remembered import remembered
from ledger.footnotes.text import Sentence, plain, sentences
from ledger.loading import pattern

_WHOLE = pattern(
    r"\b(?:consists?\s+(?:entirely\s+|solely\s+)?of|consisting\s+of|(?:is|are)\s+(?:comprised|composed|made\s+up)\s+of|comprised\s+of|compris(?:es?|ing)"
    r"|composed\s+of|made\s+up\s+of)\s*:?\s+"
    r"|\brepresents?\s*:?\s+(?=\((?:i|a|1|A)\)\s)",
    re.IGNORECASE,
)
"""What leads to all the parts there are."""
_OPEN = pattern(
    r"\b(?:includ\w+|exclud\w+|of\s+which|approximately|about|each|up\s+to|addition\w*|other\s+than|plus|less|minus|net|except|among|at\s+least"
    r"|various|certain|some|part|remain\w*|rest|balance|number\s+of|per\s+(?:share|unit|cent)|for\s+every|split|adjust\w*|dollars?|future|estimated"
    r"|previously|formerly|since|convert\w*|exchang\w*|right\s+to|options?|warrants?)\b|[$%]",
    re.IGNORECASE,
)
"""Words by which a list leaves a number open, puts one into another, or counts other things."""
_DEAL = pattern(
    r"\b(?:grants?|granted|awards?|awarded|acquired|purchased?|sold|sales?|dispos\w+|issued|received|withheld|distribut\w+|gift\w*|transfer\w*"
    r"|exchang\w*|convert\w*|each|per|includ\w+|exclud\w+|funds?|partners|members|board|committee)\b|[$%]",
    re.IGNORECASE,
)
"""Words before the list by which it is of something that moved, or of no shares at all."""
_UNCOUNTED = pattern(
    r"(?:\band|,|;)\s+(?:\((?:[ivx]+|[a-h]|\d)\)\s+)?(?:the\s+|other\s+|any\s+|all\s+|his\s+|her\s+)*(?:[a-z]+\s+)?"
    r"(?:shares|units|stock|securities|interests?)\b",
    re.IGNORECASE,
)
"""A part without a number."""
_STANDING_FOR = pattern(
    r"\b(?:represented\s+by|evidenced\s+by|underlying|in\s+the\s+form\s+of)\s+(?:an?\s+(?:aggregate|total)\s+of\s+)?$",
    re.IGNORECASE,
)
"""What leads to other securities that stand for a part: they are none of their own."""
_LABEL = pattern(r"\((?:[ivx]{1,4}|[a-hA-H]|\d)\)")
_FIGURE = pattern(r"\d[\d,]*(?:\.\d+)?")


@remembered(4096)  # filers repeat their notes for years
def itemised(note: str) -> tuple[Decimal, ...]:
    """The numbers of all the parts of which a note says that something consists; none otherwise.

    >>> itemised("Consists of 300 shares held directly and 200 restricted shares.")
    (Decimal('300'), Decimal('200'))
    """
    text, _ = plain(note)
    lists = [found for sentence in sentences(text) if (found := _listed(sentence))]
    return lists[0] if len(lists) == 1 else ()


def _listed(sentence: Sentence) -> tuple[Decimal, ...]:
    text, start, end = sentence
    lead = _WHOLE.search(text, start, end)
    if (
        lead is None
        or _OPEN.search(text, lead.end(), end)
        or _DEAL.search(text, start, lead.start())
    ):
        return ()
    days = dates(text, start, end)
    found = [one for one in amounts(sentence, days) if one.start >= lead.end()]
    if len(found) < 2 or any(one.bare for one in found[:-1]):
        return ()
    begins = _LABEL.sub(" ", text[lead.end() : found[0].start]).strip()
    if begins and not begins.lower().endswith(("of", "aggregate", "total")):
        return ()
    dated = {place for day in days for place in range(day.start, day.end)}
    if any(_unread(text, lead.end(), end, found, dated)):
        return ()
    rest = text[lead.end() : end]
    parts = [one for one in found if not _STANDING_FOR.search(text, lead.end(), one.start)]
    return () if _UNCOUNTED.search(rest) or len(parts) < 2 else tuple(one.shares for one in parts)


def _unread(
    text: str, start: int, end: int, found: list[Amount], dated: set[int]
) -> Iterator[re.Match[str]]:
    """The figures of a list that are neither amounts nor of a day, a label or a name."""
    counted = {place for one in found for place in range(one.start, one.end)}
    labels = {place for one in _LABEL.finditer(text, start, end) for place in range(*one.span())}
    for figure in _FIGURE.finditer(text, start, end):
        large = "," in figure[0] or len(figure[0]) > 2
        year = re.fullmatch(r"(?:19|20)\d\d", figure[0])
        if large and not year and figure.start() not in counted | dated | labels:
            yield figure


_INCLUDES = pattern(
    r"(?:^|[.;]\s+|\b(?:total|number|amount|holdings?|balance|owned|held|figure)\s+)(?:also\s+)?includes?\s+(?:an?\s+(?:aggregate|total)\s+of\s+)?"
    rf"(?P<shares>{FIGURE})\s+(?:(?:unvested|vested|restricted|common|ordinary|class\s+\w|additional)\s+)*"
    r"(?:shares|stock)\b(?![^.;]*\b(?:options?|units?|warrants?|underlying|exercis\w*|convert\w*|rights?|splits?|issuable|other\s+class))",
    re.IGNORECASE,
)


@remembered(4096)
def included(note: str) -> tuple[Decimal, ...]:
    """The shares that a note says a total includes, one part at a time.

    >>> included("Includes 1,200 restricted shares.")
    (Decimal('1200'),)
    """
    text, _ = plain(note)
    return tuple(as_number(one["shares"]) for one in _INCLUDES.finditer(text))
