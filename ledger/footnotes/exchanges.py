"""What notes say of shares that became, or stand for, others: how many of which, and since when.

One class converts into another or is reclassified; a depositary share represents ordinary ones,
and the ratio of such a programme may change. Which holdings that means is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ledger.figures import as_number, figures_in
from ledger.footnotes.amounts import amounts
from ledger.footnotes.dates import dates
from ledger.footnotes.number_words import CARDINALS
from ledger.footnotes.remembered import remembered
from ledger.footnotes.text import plain, sentences
from ledger.loading import pattern

DEPOSITARY = pattern(
    r"(?:american|global)\s+deposit[ao]ry\s+(?:shares?|receipts?|securit(?:y|ies))"
    r"(?:\s*\(?[\"“”]?\b[ag]d[rs]s?\b[\"“”]?\)?)?|\b[ag]d[rs]s?\b",
    re.IGNORECASE,
)
"""Shares of a foreign company as they are traded here: ADS, ADR, and all their other names."""

_MANY = rf"(?P<many>\d[\d,]*(?:\.\d+)?|{'|'.join(sorted(CARDINALS[1:], key=len, reverse=True))})"
"""A number of shares, in figures or in words."""


def _number(text: str) -> Decimal:
    word = text.casefold()
    return Decimal(CARDINALS.index(word)) if word in CARDINALS else as_number(word)


# --- depositary shares -------------------------------------------------------------------------

_REPRESENTS = pattern(
    rf"(?:{DEPOSITARY.pattern})[\"”)]*(?:,?\s+each(?:\s+of\s+which)?)?\s+(?:now\s+|currently\s+)?"
    r"(?:represents?|represented|representing|is\s+equal\s+to|evidenc\w+|to|for(?=\s+\S+\s+ordinary\b))\s+(?:the\s+right\s+to\s+receive\s+)?"
    rf"{_MANY}\b\s*(?:\(\d+\)\s+)?(?:(?:\S+\s+){{0,4}}?(?:shares?|stock|of\s+(?:them|which|these))\b|(?=[,;]?\s*(?:instead|rather|to\s+(?:one|1|each)\b)))",
    re.IGNORECASE,
)
_CHANGED = pattern(
    r"\bratio\s+change|\bchange\s+(?:in|of|to)\s+(?:the\s+)?(?:\w+\s+){0,3}?ratio\b"
    r"|\b(?:chang|adjust|modif|revis|amend)\w+\b(?!\s+(?:for|by|using|to\s+reflect)\b)[^.;]{0,40}\bratio\b"
    r"|\bratio\b[^.;]{0,80}?\b(?:was|has\s+been|were|is|(?:will|shall|is\s+to)\s+be)\s+(?:chang|adjust|modif|revis|amend)\w+",
    re.IGNORECASE,
)
_PLANNED = pattern(
    r"\b(?:will|shall|would|(?-i:may)|propos\w+|plans?|planned|intends?|is\s+to|expect\w+)\b[^.;]{0,100}\b(?:chang|ratio)",
    re.IGNORECASE,
)
"""Words of a change that is still to come: whether it did, only totals say."""
_OLD_LAST = pattern(
    rf"\b(?:instead\s+of|rather\s+than|previously|formerly|from)\s+(?:\w+\s+){{0,6}}?{_MANY}\b",
    re.IGNORECASE,
)


@remembered(4096)
def represented(text: str) -> tuple[Decimal, ...]:
    """The numbers of ordinary shares that a text says a depositary share is, in its order."""
    return tuple(_number(found["many"]) for found in _REPRESENTS.finditer(text))


def tells_a_ratio_change(text: str) -> bool:
    """Whether a note speaks of a change of a programme's ratio, come or planned."""
    return _CHANGED.search(text) is not None


def plans_a_ratio_change(text: str) -> bool:
    """Whether a note speaks of a change of a programme's ratio that is still to come."""
    return _PLANNED.search(text) is not None


def ratios_told(text: str, last: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    """A programme's ratio before and after, as a note and what was stated `last` tell them; None if not."""
    said = tuple(dict.fromkeys(represented(text)))
    if not tells_a_ratio_change(text):
        return (last, said[0]) if len(said) == 1 else (None, None)
    behind = _OLD_LAST.search(text)
    old = _number(behind["many"]) if behind else None
    if len(said) == 1:
        return (old if old is not None and old != said[0] else last), said[0]
    if len(said) == 2:
        return (said[1], said[0]) if old == said[1] and last in (None, old) else said
    return None, None


# --- one class that becomes another ------------------------------------------------------------

_CONVERTS = pattern(
    r"\beach\s+(?:(?:one|outstanding|issued)\s+)?(?:share\s+of\s+)?(?P<what>[^.;:]{3,80}?)\s+(?:share\s+)?"
    r"(?:is|was|were|are|will\s+be|has\s+been)?\s*(?:\w+ly\s+)?(?:converts?|converted|convertible|exchanged|exchangeable|reclassified)\b"
    rf"[^.;:]{{0,60}}?\b(?:into|for)\s+{_MANY}\s+(?:\(\d+\)\s+)?(?:\S+\s+){{0,5}}?(?:shares?|stock)\b",
    re.IGNORECASE,
)
_ONE_FOR_ONE = pattern(
    r"\b(?:one|1)[\s-]*(?:for|to|:)[\s-]*(?:one|1)\b(?!\d|[.,]\d)|\bshare[\s-]for[\s-]share\b",
    re.IGNORECASE,
)
_CONVERSION = pattern(r"\b(?:conver[st]|exchang|reclassif)", re.IGNORECASE)
_MORE = pattern(
    r"\b(?:accrued|dividends?|interest|plus|cash|adjust\w*|fees?|withh\w+|net|splits?|multipl\w+|earn\w*)\b",
    re.IGNORECASE,
)
_DEPOSITED = pattern(
    r"\b(?:deposit(?:ed|ing|s)?|exchang(?:ed?|ing)|conver(?:ted|sion|ting)|cancell?(?:ed|ation)|withdr\w+|surrender\w*)\b",
    re.IGNORECASE,
)
_ALL = pattern(r"\b(?:all|entire|every|each)\b", re.IGNORECASE)
_TURNED = pattern(
    r"\b(?:each|every|all(?:\s+of)?(?:\s+the)?)\s+(?:(?:one|outstanding|issued|and|then|his|her|its|their|the|reporting\s+person's|shares?\s+of)\s+)*"
    r"(?P<was>[^.;:,]{3,60}?)\s+(?:shares?\s+)?(?:was|were|has\s+been|have\s+been|had\s+been)\s+(?:\w+ly\s+)?"
    r"(?:reclassified|redesignated|re-designated|renamed|converted|exchanged)\b[^.;:]{0,50}?\b(?:as|into|for)\s+"
    rf"(?:(?:fully\s+paid\s+)?{_MANY}\s+(?:\w+\s+){{0,4}}?shares?\s+of\s+|shares\s+of\s+)?(?P<now>(?:[^.;:]|\.\d){{3,160}})",
    re.IGNORECASE,
)
_AND_ANOTHER = pattern(
    r",?\s+and\s+(?:each|every)\s+(?:(?:outstanding|issued)\s+)?shares?\s+of\s+(?P<was>[^.;:,]{3,60}?)\s+"
    rf"(?:(?:was|were)\s+\w+\s+)?(?:as|into|for)\s+(?:{_MANY}\s+(?:\w+\s+){{0,4}}?shares?\s+of\s+)?(?P<now>[^.;:]{{3,80}})",
    re.IGNORECASE,
)
"""A second class of the sentence, which became the same or another one."""
_TURNING = ("classif", "designat", "renamed", "converted", "exchanged")
"""Fragments, of one of which a sentence of such a change has a word."""


def conversions(text: str) -> Iterator[tuple[str, Decimal]]:
    """What a text says converts into shares, in its words, and into how many each."""
    for said in _CONVERTS.finditer(text):
        yield said["what"], _number(said["many"])


def converts_one_for_one(text: str) -> bool:
    """Whether a text says that a conversion or exchange is one for one."""
    return bool(_ONE_FOR_ONE.search(text) and _CONVERSION.search(text))


def brings_more(text: str) -> bool:
    """Whether words tell that the shares that come are not those of the ratio alone."""
    return _MORE.search(text) is not None


def gives_up(text: str, *, all_of_it: bool = False) -> bool:
    """Whether words tell that shares were deposited, given back or exchanged; or `all_of_it`."""
    return bool(_DEPOSITED.search(text) and (not all_of_it or _ALL.search(text)))


def told_of_deposit(text: str) -> bool:
    """Whether words tell that shares became depositary ones, or depositary ones others."""
    return DEPOSITARY.search(text) is not None and gives_up(text)


@remembered(4_096)
def deposit_numbers(text: str) -> frozenset[Decimal]:
    """The numbers of shares that a note names which tells that some became depositary ones, or ceased to be."""
    note = plain(text)[0] if told_of_deposit(text) else ""
    return frozenset(one.shares for told in sentences(note) for one in amounts(told, dates(*told)))


_COUNTED = pattern(
    r"\b(?:includ|consist|compris|represent(?:s|ing)\s+(?:an\s+aggregate|\d))", re.IGNORECASE
)
_STANDS_FOR = pattern(
    r"\b(?:represent|evidenc|underl[iy]|in\s+the\s+form\s+of|held\s+as)", re.IGNORECASE
)


@remembered(4_096)
def counted_as_depositary(text: str) -> frozenset[Decimal]:
    """The numbers of a sentence that says a total has shares which depositary ones stand for."""
    note = plain(text)[0] if DEPOSITARY.search(text) else ""
    return frozenset(
        number
        for told in sentences(note)
        if DEPOSITARY.search(told.words)
        and _COUNTED.search(told.words)
        and _STANDS_FOR.search(told.words)
        for number in figures_in(told.words)
    )


@remembered(4_096)
def deposit_day(text: str) -> date | None:
    """The one day on which a note says that shares became depositary ones, or ceased to be."""
    note = plain(text)[0] if told_of_deposit(text) else ""
    told = [one for one in sentences(note) if _DEPOSITED.search(*one)]
    days = {
        d.effective_from
        for one in told
        for d in dates(*one)
        if d.role == "at" and d.precision == "day"
    }
    return days.pop() if len(days) == 1 else None


class Turned(NamedTuple):
    """A class that became another: both in the note's words, how many each became, the day if told."""

    was: str
    now: str
    many: Decimal
    on: date | None


def turned(text: str) -> Iterator[Turned]:
    """The classes that a note says became others."""
    folded = text.casefold()
    if not any(stem in folded for stem in _TURNING):
        return
    for sentence in sentences(plain(text)[0]):
        said = _TURNED.search(*sentence)
        if said is None:
            continue
        days = [d for d in dates(*sentence) if d.role == "at" and d.precision == "day"]
        on = days[0].effective_from if days else None
        second = _AND_ANOTHER.search(said["now"])
        now = said["now"][: second.start()] if second else said["now"]
        yield Turned(said["was"], now, _each(said), on)
        if second:
            yield Turned(second["was"], second["now"], _each(second), on)


def _each(said: re.Match[str]) -> Decimal:
    return _number(said["many"]) if said["many"] else Decimal(1)
