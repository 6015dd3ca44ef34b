"""Awards that notes say were cancelled, by the day of their grant, and purchases and gifts that came to nothing.

Neither need give a number: the award has it where it was granted, the gift where it was reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ledger.footnotes.amounts import amounts
from ledger.footnotes.clauses import segments
from ledger.footnotes.dates import When, dates
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.modality import done
from ledger.footnotes.remembered import remembered
from ledger.footnotes.text import plain, sentences

Span = tuple[date, date]
"""The first and the last day that a date may be."""

_AWARD = pattern(
    r"\b(?:awards?|grants?|granted|awarded|restricted\s+(?:stock|shares?|units?)|performance\s+(?:stock|shares?|units?))\b",
    re.IGNORECASE,
)
_ENDED = pattern(
    r"\b(?:cancell?(?:ed|ations?)|rescinded|rescission|forfeited|forfeitures?|lapsed?|terminated|termination|voided|revoked|revocation"
    r"|surrendered|returned|withdrawn|expired|failed\s+to\s+vest|(?:did|does)\s+not\s+vest)\b",
    re.IGNORECASE,
)
_DEED = pattern(
    r"\b(?:gifts?|gifted|given|gave|donations?|donated|transfers?|transferred|contributions?|contributed|assignments?|conveyances?|sales?)\b",
    re.IGNORECASE,
)
_CAME_TO_NOTHING = pattern(
    r"\b(?:(?:not|never)\s+(?:\w+\s+)?(?:complet|consummat|effect|made|deliver|accept|settl|execut|carried\s+out|final|perfect|take\s+place|occur|go\s+through|went\s+through|happen)\w*"
    r"|fell\s+through|failed|(?:was|were|been)\s+(?:(?!not\b)\w+\s+){0,2}?(?:revers|rescind|unwound|undone|cancel|void|revok|declin|refus|return|abandon)\w*"
    r"|(?:declin|refus|reject)ed|(?:came|come|gave|given|sent|handed)\s+back|returned\s+(?:the|them|it|those|these|all|both|\d[\d,]*))\b",
    re.IGNORECASE,
)
_UNDONE = pattern(
    r"\b(?:purchase|acquisition|grant|award|subscription|conversion|exercise|issuance)s?\b(?P<between>[^.;]{0,90}?)"
    r"\b(?:was|were|been)\s+(?:(?!not\b)\w+\s+){0,2}?(?:revers|rescind|unwound|undone|cancel|void|revok|abandon)\w*",
    re.IGNORECASE,
)
"""Words by which what brought shares was taken back."""
_PARTS = (
    (pattern(r"\btwo[\s-]thirds\b", re.IGNORECASE), Fraction(2, 3)),
    (pattern(r"\b(?:one|a)[\s-]third\b", re.IGNORECASE), Fraction(1, 3)),
    (pattern(r"\b(?:three[\s-](?:quarters|fourths)|75\s?%)", re.IGNORECASE), Fraction(3, 4)),
    (pattern(r"\b(?:(?:one|a)[\s-](?:quarter|fourth)\b|25\s?%)", re.IGNORECASE), Fraction(1, 4)),
    (pattern(r"\b(?:half\b|50\s?%)", re.IGNORECASE), Fraction(1, 2)),
)


@remembered(4_096)
def cancelled(text: str) -> tuple[tuple[frozenset[Span], Fraction], ...]:
    """The days that sentences name which tell that an award ended, none where they do not, and what part of it did."""
    found: list[tuple[frozenset[Span], Fraction]] = []
    for sentence in sentences(plain(text)[0]):
        ended = any(done(sentence, act) for act in _ENDED.finditer(*sentence))
        if ended and _AWARD.search(*sentence):
            part = next((p for cue, p in _PARTS if cue.search(*sentence)), Fraction(1))
            found.append((_spans(dates(*sentence)), part))
    return tuple(found)


@remembered(4_096)
def granted(text: str) -> tuple[tuple[Decimal, frozenset[Span]], ...]:
    """The numbers of shares of awards that a note names, each with the days named beside it."""
    return tuple(
        (part.amount.shares, _spans(dates(part.text, part.amount.end, part.end)))
        for sentence in sentences(plain(text)[0])
        if _AWARD.search(*sentence)
        for days in [dates(*sentence)]
        for part in segments(sentence, tuple(amounts(sentence, days)), days)
    )


@remembered(4_096)
def came_to_nothing(text: str) -> bool:
    """Whether a note says of a gift, or of another thing done with shares, that it was not done, or undone."""
    note = plain(text)[0]
    return _CAME_TO_NOTHING.search(note) is not None and _DEED.search(note) is not None


@remembered(4_096)
def undone(text: str) -> frozenset[Span]:
    """The days on which by a note shares were bought, granted or converted, none of which holds any more."""
    note = plain(text)[0]
    days = (dates(note, *words.span("between")) for words in _UNDONE.finditer(note))
    return frozenset(span for some in days for span in _spans(some))


def _spans(days: Iterable[When]) -> frozenset[Span]:
    return frozenset(
        (day.effective_from, day.effective_to)
        for day in days
        if day.effective_from and day.effective_to
    )
