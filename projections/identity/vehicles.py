"""When two natures of indirect ownership are one vehicle: a trust, a plan, a spouse, a fund.

Every rule is a pure function of the filers' words, and none merges by mere likeness.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from projections.identity.names import without_marks, words_of

_LEAD = re.compile(
    r"^(?:(?:shares?|securities|stock|units)\s+)?(?:are\s+)?(?:owned|held|beneficially owned)?\s*"
    r"(?:of record\s+)?(?:directly\s+|indirectly\s+)?(?:by|in|through|via|as)?\s*(?:the\s+|a\s+|an\s+|his\s+|her\s+|my\s+)?"
)
_POINTER = re.compile(
    r"^(?:\W|\d|see|refer|to|please|the|in|and|also|foot\s*notes?|footnotes?|notes?|fns?|f|remarks?|below|above|"
    r"explanation|explanatory|of|responses?|attached|exhibit|indirect(?:ly)?|n/?a|none|additional|information|i)*$"
)
_SYNONYMS = (
    (re.compile(r"\bgrantor[- ]retained annuity trusts?\b"), "grat"),
    (re.compile(r"\brevokable\b"), "revocable"),
    (re.compile(r"\birrevokable\b"), "irrevocable"),
    (re.compile(r"\b(?:wife|husband)\b"), "spouse"),
    (re.compile(r"\b401\s*\(?\s*k(?:\s*\))?"), "401k"),
    (re.compile(r"\bindividual retirement account\b"), "ira"),
    (re.compile(r"\bemployee stock ownership plan\b"), "esop"),
    (re.compile(r"\blimited liability company\b"), "llc"),
    (re.compile(r"\blimited partnership\b"), "lp"),
    (re.compile(r"\bcompany\b"), "co"),
    (re.compile(r"\bl\.\s*l\.\s*c\b\.?"), "llc"),
    (re.compile(r"\bl\.\s*p\b\.?"), "lp"),
)
_GENERIC_WORDS = frozenset(
    (
        "trust trusts family living revocable irrevocable grat spouse child children son daughter minor fund lp llc "
        "partnership foundation 401k plan ira esop corporation co entity as trustee of for s custodian estate joint "
        "tenant account by and limited held reporting person benefit deferred compensation utma rabbi voting"
    ).split()
)


@lru_cache(maxsize=65536)
def vehicle_key(nature: str) -> str:
    """The canonical words of a nature of ownership; "" when they only point to a note."""
    text = " ".join(without_marks(nature.casefold()).split())
    if _POINTER.match(text):
        return ""
    for pattern, word in _SYNONYMS:
        text = pattern.sub(word, text)
    text = _LEAD.sub("", text)
    words = words_of(text.replace(".", "").replace("?s", "s").replace("'s", "s"))
    return " ".join(w[:-1] if w in {"trusts", "spouses"} else w for w in words)


@lru_cache(maxsize=65536)
def names_a_vehicle(key: str) -> bool:
    """Whether canonical vehicle words name one thing ("smith 2012 trust"), not a sort."""
    return any(word not in _GENERIC_WORDS for word in key.split())


_HELD = re.compile(
    r"(?:held|owned|purchased|acquired|sold|record holder|owner|issued|belong\w*|distribut\w+|contribut\w+)\s*"
    r"(?:of\s+record\s+|directly\s+|indirectly\s+|solely\s+|beneficially\s+)*(?:is|are|by|in|to|through|for)\s+"
    r"(?P<name>[^.;:]{3,160})",
    re.IGNORECASE,
)
_NAME_ENDS = re.compile(
    r"\s*(?:\(|,\s*(?:of|for|as|a|an|the|with|whose|where|which|over|and|in|dated|u/a|trustee)\b|\b(?:of which|for which|"
    r"over which|in which|where|whose|and (?:are|may|the|as|is)\b|as (?:trustee|the|a|general)|is\b|are\b|may\b|pursuant|for the benefit|"
    r"on behalf|on \w+ \d|for estate|for no)|$)",
    re.IGNORECASE,
)
_TRUSTEE_OF = re.compile(r"\b(?:co-)?trustees?\s*,?\s*(?:of|for|to)\s+(?:the\s+)?", re.IGNORECASE)


_NAMED = re.compile(
    r"^\W*(?P<name>(?:(?!\b(?:is|are|was|were|has|have|by|from)\b)[^.;:()]){3,120}?"
    r"\b(?:trust|foundation|grat|partnership|fund|l\.?l\.?c\.?|l\.?p\.?)"
    r"(?:,?\s+(?:dated|u/?a/?d|u/?d/?t)\b[^.;:()]{4,24}?)?)"
    r"\s*(?:[.;]?\s*$|,?\s*(?:for|of|over|in)\s+(?:which|whom)\b|,?\s*whose\b)",
    re.IGNORECASE,
)
"""A note that begins with a holder's name, and says nothing else or the owner's part in it."""


@lru_cache(maxsize=65536)
def entity_key(note: str) -> str:
    """The holder that a footnote names, or the note's own words where it names none.

    Same words are the same entity; footnote numbers play no part.
    """
    found = _HELD.search(note)
    if found:
        name = found.group("name")
        trustee = _TRUSTEE_OF.search(name)
        if trustee:
            name = name[trustee.end() :]
        cut = _NAME_ENDS.search(name, 2)
        name = name[: cut.start()] if cut else name
        key = vehicle_key(name)
        if key:
            return key
    named = _NAMED.match(note)
    return vehicle_key(named.group("name")) if named else holder_words(note)[:160]


@lru_cache(maxsize=65536)
def holder_words(note: str) -> str:
    """A note's own words, folded, so that two notes can be told apart."""
    return " ".join(words_of(note.casefold()))


def joined(keys: Iterable[str]) -> str:
    """Several entity keys as one, in order, each once."""
    return " + ".join(dict.fromkeys(k for k in keys if k))
