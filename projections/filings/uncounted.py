"""Amounts of a note that a total cannot have: of another class, or of an act that it is told not to count yet."""

from __future__ import annotations

import re

from ledger.figures import as_number
from ledger.footnotes.left_out import not_counted
from ledger.loading import pattern
from projections.filings.records import Dossier, Line, Stated
from projections.identity.securities import class_tokens, designators

_COUNTED = pattern(
    r"(?<![\w.,$])(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\s+(?:(?:[a-z][\w-]*\s+){0,3}?(?:shares?|units?)\s+of\s+(?:(?:the|its)\s+)?(?:(?:issuer|company|corporation)['’]s\s+)?)?"
    r"(?P<title>(?:class|series)\s+[a-z\d](?:-\d+)?\b(?:\s+(?:non-?voting|convertible|common|ordinary|preferred|preference|capital|stock|shares?))*)",
    re.IGNORECASE,
)
_BECOMES = pattern(
    r"\b(?:conver(?!tible\s+(?:preferred|preference|\w+\s+preferred))\w+|exchang\w+|reclassif\w+|recapitali\w+|redesignat\w+|became|become|combin\w+|merge\w*|for\s+each|one-for-one)\b",
    re.IGNORECASE,
)
"""By which as many of one class are, or may be, as many of the other."""


def not_in_this_total(dossier: Dossier, said: Stated, line: Line) -> bool:
    """Whether a note of a line's own form says of an amount that it is no part of what the line's total shows."""
    return _of_another_class(dossier, said, line) or _told_uncounted(dossier, said)


def _told_uncounted(dossier: Dossier, said: Stated) -> bool:
    """Whether a total is told not to give effect to an act yet: a later one will."""
    words = dossier.quote(said)
    places = [n.start() for n in _NUMBER.finditer(words) if as_number(n[0]) == said.shares]
    return bool(places) and not_counted(words, places[0])


_NUMBER = re.compile(r"(?<![\w.,$])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.,$])\d+(?:\.\d+)?")


_KIND_OF = r"(?:(?!(?:common|ordinary|shares?|units?|stock|on|as|of|to|in|for|upon|by|from|under|the|an|that|which|issued|paid|received|and|or|were|was)\b)[\w%./-]+\s+)"
_PREFERRED = pattern(
    r"(?<![\w.,$])(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\s+(?:(?:(?:[a-z]+\s+){0,2}?(?:shares?|units?)\s+)?of\s+(?:(?:the|its|his|her)\s+)?(?:(?:(?:issuer|company|corporation)|reporting\s+(?:person|owner))['’]s\s+)?)?"
    rf"(?:{_KIND_OF}{{0,6}}?(?:preferred|preference)\s+(?:stock|shares?)\b|(?:class|series)\s+\w{{1,3}}\s+(?:\w+\s+)?units\b)",
    re.IGNORECASE,
)
_NOT_COMMON = pattern(
    r"\b(?:prefer\w*|pfd|series|depositary|units?|rights?|options?|warrants?)\b", re.IGNORECASE
)
_RIGHT_TO = pattern(
    r"\b(?:warrants?|options?|rights?|notes?|debentures?)\s+(?:(?:that\s+(?:are|were)\s+)?convertible\s+into|to\s+(?:purchase|buy|acquire|subscribe\s+for|receive)|for|on|over|covering)\s+(?:an\s+aggregate\s+of\s+|up\s+to\s+)?$",
    re.IGNORECASE,
)
_USED = pattern(r"\b(?:exercis|vest|settl|withh|converted|conversion)", re.IGNORECASE)


def _of_preferred(words: str, said: Stated, line: Line) -> bool:
    """Whether an amount is told of preferred stock, and the line's title has none."""
    if _NOT_COMMON.search(line.security or ""):
        return False
    return any(as_number(found["number"]) == said.shares for found in _PREFERRED.finditer(words))


def _of_a_right(words: str, said: Stated, line: Line) -> bool:
    """Whether an amount is of stock that rights which went are to, and the line's title is of none."""
    if said.direction != "disposed" or _NOT_COMMON.search(line.security or ""):
        return False
    if _USED.search(words):
        return False
    places = [n.start() for n in _NUMBER.finditer(words) if as_number(n[0]) == said.shares]
    return bool(places) and all(_RIGHT_TO.search(words, 0, at) for at in places)


def _of_another_class(dossier: Dossier, said: Stated, line: Line) -> bool:
    """Whether an amount is told of a class with another letter than the line's title has.

    Where one class becomes the other, the number of either may be that of both.
    """
    own = designators(class_tokens(line.security or ""))
    words = dossier.quote(said)
    if _of_a_right(words, said, line):
        return True
    if _BECOMES.search(words):
        return False
    if _of_preferred(words, said, line):
        return True
    if not own:
        return False
    told = [
        designators(class_tokens(found["title"]))
        for found in _COUNTED.finditer(words)
        if as_number(found["number"]) == said.shares
    ]
    return bool(told) and all(letters and not letters & own for letters in told)
