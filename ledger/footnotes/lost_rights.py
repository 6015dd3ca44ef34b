"""Which options, warrants or units the words of a forfeiture or of a lapse mean."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from ledger.loading import pattern

_SORTS = pattern(
    r"\b(?:(?P<option>options?|SARs?|(?:stock|share)\s+appreciation\s+rights?)|(?P<warrant>warrants?)"
    r"|(?P<rsu>[RPD]S[UA]s?|PRSUs?|(?:stock|share|performance|phantom|deferred)\s+(?:\w+\s+)?units?))\b",
    re.IGNORECASE,
)
_OF_OPTIONS = pattern(
    r"\d\s+(?:(?!(?:shares?|units?)\b)[\w-]+\s+){0,4}?(?:options?|warrants?|SARs?|appreciation\s+rights?)\b"
    r"|\b(?:options?|warrants?|SARs?|rights?)\s+(?:to\s+(?:purchase|buy|acquire)|for|on|over|covering)\s",
    re.IGNORECASE,
)
_PART = pattern(
    r"\b(?:un-?vested|(?<!un)vested|certain|some|part|portion|half|a\s+number|several)\b",
    re.IGNORECASE,
)
_EVERY = pattern(
    r"\b(?:all|each|every|both|any|outstanding|remaining|entire|these|those|such|his|her|their|person's)\b",
    re.IGNORECASE,
)
_PRICE = pattern(r"\$\s?(?P<price>\d+(?:\.\d+)?)")


class RightsLost(NamedTuple):
    """Which rights words on a loss speak of.

    `kinds` are their sorts (option, warrant, rsu), `prices` their strikes in dollars; `every` says
    that all of them are meant, `part` that only some are.
    """

    kinds: frozenset[str]
    prices: frozenset[Decimal]
    every: bool
    part: bool


def rights_lost(words: str) -> RightsLost:
    """Which options, warrants or units the words of a forfeiture mean."""
    sorts = (noun.groupdict() for noun in _SORTS.finditer(words))
    return RightsLost(
        kinds=frozenset(kind for noun in sorts for kind, told in noun.items() if told),
        prices=frozenset(Decimal(found["price"]) for found in _PRICE.finditer(words)),
        every=_EVERY.search(words) is not None,
        part=_PART.search(words) is not None,
    )


def of_options(words: str) -> bool:
    """Whether an amount is of options, warrants or appreciation rights: none of it is stock."""
    return _OF_OPTIONS.search(words) is not None
