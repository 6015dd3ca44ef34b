"""Which part the owner gets of shares that a note says were shared out among several.

"Distributed equally to the reporting person and her two brothers" is a third; "one half to the
reporting person" says it itself. Where nobody says how many there were, there is no part.
"""

from __future__ import annotations

import re
from fractions import Fraction

from ledger.footnotes.lettercase import pattern
from ledger.footnotes.number_words import CARDINALS, ORDINALS
from ledger.footnotes.remembered import remembered

_OWNER = r"(?:the\s+)?(?:reporting\s+(?:person|owner)|undersigned)(?!['’]s)"
_EQUALLY = (
    r"(?:equally|evenly|in\s+equal\s+(?:parts|shares|portions|proportions|amounts|numbers)"
    r"|share\s+and\s+share\s+alike)"
)
_AMONG = r"(?:to|among|amongst|between|by)"
_SHARED = pattern(
    rf"\b(?:{_EQUALLY}\s+{_AMONG}\s+(?P<behind>[^.;]{{3,160}})|{_AMONG}\s+(?P<before>(?:(?!\b{_AMONG}\s)[^.;]){{3,160}}?),?\s+{_EQUALLY}\b(?P<more>[^.;]{{0,60}}))",
    re.IGNORECASE,
)
_UNDER = {"half": 2, "quarter": 4} | {
    word: place for place, word in enumerate(ORDINALS) if place > 2
}
_OVER = {word: place for place, word in enumerate(CARDINALS) if 0 < place < 10} | {"a": 1, "": 1}
_FRACTION = rf"(?:(?P<over>{'|'.join(CARDINALS[1:10])}|a)[\s-]+)?(?P<under>half|quarter|{'|'.join(ORDINALS[3:])})s?"
_PART_TO_OWNER = pattern(
    rf"\b{_FRACTION}\b(?:\s+of\s+(?:[^.;,]|,(?=\d)){{1,60}}?)?,?\s+(?:(?:was|were|went|passed|being|distributed|transferred|delivered)\s+){{0,3}}to\s+{_OWNER}",
    re.IGNORECASE,
)
_OWNER_GOT_PART = pattern(
    rf"\b{_OWNER}\s+(?:\w+\s+)?(?:received|receiving|took|got)\s+(?:(?!\d)\w+\s+)?{_FRACTION}\b",
    re.IGNORECASE,
)
_NAMES_OWNER = pattern(rf"\b{_OWNER}", re.IGNORECASE)
_COUNTED = "|".join((*CARDINALS[2:], r"\d{1,2}"))
_SEVERAL = pattern(
    rf"^(?:(?:its|the|his|her|their|all|of)\s+)*(?P<many>{_COUNTED})\b", re.IGNORECASE
)
_INCLUDED = pattern(
    rf"(?P<all>.*?),?\s*\(?(?:including|among\s+(?:them|whom)(?:\s+was)?|one\s+of\s+(?:them|whom)\s+(?:is|was|being))\s+{_OWNER}",
    re.IGNORECASE,
)
_BESIDES = pattern(r"\s+(?:on|in|under|pursuant|as|upon|after|when|effective)\b.*$", re.IGNORECASE)
"""Words behind those among whom something was shared."""
_EACH = pattern(r"\s*(?:,\s*and\s+|,\s*|\band\s+(?:to\s+)?)", re.IGNORECASE)
_ONE = pattern(
    r"(?:to\s+)?(?:an?|the|his|her|their|another|one)\s+(?:\w+\s+){0,2}?\w+(?<!s)$|(?:Mr|Mrs|Ms|Dr)\b|[A-Z]\w+",
)


@remembered(512)
def owners_part(text: str) -> Fraction | None:
    """The part that a note's words give the owner of the shares that they tell of, if any.

    >>> owners_part("It gave 600 shares equally to the reporting person and her two brothers.")
    Fraction(1, 3)
    >>> owners_part("He gave 600 shares equally to his two sons.") is None
    True
    """
    for told in (_PART_TO_OWNER.search(text), _OWNER_GOT_PART.search(text)):
        if told:
            over = _OVER[(told["over"] or "").lower()]
            part = Fraction(over, _UNDER[told["under"].lower()])
            return part if part < 1 else None
    shared = _SHARED.search(text)
    if shared is None:
        return None
    count = _heads(shared["behind"] or f"{shared['before']} {shared['more'] or ''}")
    return Fraction(1, count) if count > 1 else None


def _heads(words: str) -> int:
    """Among how many something was shared of whom the owner is one; 0 where that is not told."""
    included = _INCLUDED.match(words)
    if included:
        many = _SEVERAL.match(included["all"].strip())
        return _number(many["many"]) if many else 0
    words = _BESIDES.sub("", words)
    if not _NAMES_OWNER.search(words):
        return 0
    counts = [_head(one.strip()) for one in _EACH.split(words.strip()) if one.strip()]
    return sum(counts) if all(counts) else 0


def _head(words: str) -> int:
    if _NAMES_OWNER.match(words):
        return 1
    if many := _SEVERAL.match(words):
        return _number(many["many"])
    return 1 if _ONE.match(words) else 0


def _number(word: str) -> int:
    return int(word) if word.isdigit() else CARDINALS.index(word.lower())
