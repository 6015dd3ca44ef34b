"""Out of whose hands, and into whose, a sentence says that a number of shares went."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from ledger.footnotes.amounts import amounts
from ledger.footnotes.clauses import Segment, segments
from ledger.footnotes.dates import dates
from ledger.footnotes.frames import frames
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.parties import vehicle
from ledger.footnotes.remembered import remembered
from ledger.footnotes.sides import Party, party
from ledger.footnotes.text import Sentence, plain, sentences

NOBODY = Party("")
_OWNERS = frozenset({"owner", "direct"})
_HOLDERS = frozenset({"entity", "trust", "grat", "estate", "backers", "outsider", "charity"})
_STRANGERS = frozenset({"backers", "outsider", "charity"})
_OWNER = r"(?:the\s+)?(?:reporting\s+(?:person|owner)|undersigned)"
_OWNERS_PART = pattern(
    r"\b(?:including|includes?|among\s+(?:them|whom)|one\s+of\s+(?:them|whom|which)|together\s+with|as\s+well\s+as)\s+(?:is\s+|was\s+|being\s+|were\s+)?"
    rf"{_OWNER}\b(?!\s+is\s+not)|(?<!than\s)(?<!than\sthe\s)(?<!except\s)(?<!except\sthe\s)\b{_OWNER}(?:['’]s\s+(?:[\w-]+\s+){{0,2}}?(?:share|part|portion|allotment)\b"
    r"|\s+(?:\w+ly\s+|then\s+|also\s+)?(?:received|got|took|obtained|acquired|was\s+(?:given|allotted|paid|issued|one\s+of))\b)",
    re.IGNORECASE,
)
"""Words by which the owner had a part in what others got."""


class Hands(NamedTuple):
    """Who let shares go, and who got them; nobody where a sentence does not say.

    `shared` says that the owner is told to be one of those who got them.
    """

    giver: Party = NOBODY
    goal: Party = NOBODY
    shared: bool = False

    @property
    def to_owner(self) -> bool:
        """Whether they came to the owner, and not out of what is the owner's own."""
        return self.goal.sort in _OWNERS and self.giver.sort not in _OWNERS

    @property
    def among_others(self) -> bool:
        """Whether they went from what is not the owner to strangers; partners have them of a fund, whoever it is."""
        backers = self.goal.sort == "backers" and not self.giver.sort
        strangers = self.goal.sort in _STRANGERS and self.giver.sort in _HOLDERS
        return (backers or strangers) and not self.shared


def hands(text: str, shares: Decimal) -> Hands | None:
    """Between whom a text says that just so many shares went; None where it tells none, or more than one.

    >>> hands("The LLC distributed 1,500 shares to the reporting person.", Decimal(1500)).to_owner
    True
    >>> hands("Limited partners other than the reporting person took 90 shares.", Decimal(90)).among_others
    True
    """
    told = {sides for size, sides in _every(text) if size == shares}
    return told.pop() if len(told) == 1 else None


def told_both(text: str, shares: Decimal) -> bool:
    """Whether a text names both who let just so many shares go and who got them."""
    told = hands(text, shares)
    return told is not None and bool(told.giver.sort and told.goal.sort)


@remembered(4_096)
def _every(text: str) -> tuple[tuple[Decimal, Hands], ...]:
    found: list[tuple[Decimal, Hands]] = []
    for sentence in sentences(plain(text)[0]):
        days = dates(*sentence)
        for part in segments(sentence, tuple(amounts(sentence, days)), days):
            told = _between_forms(sentence) or _by_a_verb(sentence, part)
            if told:
                found.append((part.amount.shares, told))
    return tuple(found)


def _by_a_verb(sentence: Sentence, part: Segment) -> Hands | None:
    """Who stands on each side of the verb that tells of an amount."""
    first = next(frames(sentence, part), None)
    if first is None:
        return _by_its_place(sentence, part)
    shared = _OWNERS_PART.search(*sentence) is not None
    return Hands(first.giver or NOBODY, first.goal or NOBODY, shared)


_BETWEEN_FORMS = pattern(
    r"\bfrom\s+(?:the\s+)?(?P<from>(?:in)?direct)(?:ly)?\s+(?:[\w-]+\s+){0,4}?(?:in)?to\s+(?:the\s+)?(?P<to>(?:in)?direct)",
    re.IGNORECASE,
)
_FORM_BEFORE = pattern(
    r"\b(?:previously|formerly|had\s+been|were|was)\s+(?:[\w-]+\s+){0,4}?(?P<from>(?:in)?direct)(?:ly)?\b[^.;\d]{0,60}?\b(?:are|is|became|now)\s+(?:[\w-]+\s+){0,7}?(?P<to>(?:in)?direct)",
    re.IGNORECASE,
)


_WAS_DIRECT = pattern(
    r"\b(?:previously|formerly|earlier|heretofore|hitherto|until\s+now|(?:prior|previous|earlier|past)\s+(?:reports?|filings?|forms?))\b"
    r"(?:(?!\bnot\b|\bindirect)[^.;]){0,60}?\bdirect(?:ly)?\b(?!\s+(?:or|and|to|into)\b)"
    r"|\bfrom\s+(?:the\s+)?(?:reporting\s+person['’]s|his|her|my)\s+direct(?:ly)?\b(?!\s+(?:or|and)\b)",
    re.IGNORECASE,
)
_NEVER = pattern(r"\b(?:not|never)\s+(?:been\s+)?$", re.IGNORECASE)


def was_direct(text: str) -> bool:
    """Whether a note says that shares were held directly before, or reported so."""
    found = _WAS_DIRECT.search(text)
    return found is not None and not _NEVER.search(text[: found.start()])


def _between_forms(sentence: Sentence) -> Hands | None:
    """The two forms of ownership between which a sentence says that shares passed."""
    forms = _BETWEEN_FORMS.search(*sentence) or _FORM_BEFORE.search(*sentence)
    if forms is None or forms["from"] == forms["to"]:
        return None
    return Hands(Party("form", forms["from"]), Party("form", forms["to"]))


_LEFT = pattern(r"\s+(?:(?:has|have|had|then|\w+ly)\s+)*(?:left|departed)\s+", re.IGNORECASE)
_ENTERED = pattern(
    r"\s+(?:(?:has|have|had|then|\w+ly)\s+)*(?:entered|reached|joined)\s+", re.IGNORECASE
)


_AWARDED = (
    r"(?:was|were|been)\s+(?:\w+ly\s+|then\s+|also\s+)?(?:awarded|issued|granted|allotted|credited)"
)
_TO_WHOM = pattern(
    rf"(?:^|[.;,]\s+|\d{{4}}\s+)(?P<who>[^.;,]{{3,80}}?)\s+(?:has\s+|have\s+|had\s+)?{_AWARDED}\s+(?:with\s+)?(?:an?\s+(?:aggregate|total)\s+of\s+|an?\s+(?:further|additional)\s+)?$",
    re.IGNORECASE,
)
_AWARDED_TO = pattern(rf"\s+(?:(?:has|have|had)\s+)?{_AWARDED}\s+to\s+", re.IGNORECASE)
"""Around shares that somebody was awarded."""


def _by_its_place(sentence: Sentence, part: Segment) -> Hands | None:
    """Whose hands shares left, or entered, of themselves; and who was awarded them."""
    text, start, end = sentence
    since = max(start, part.amount.start - _REACH)
    if led := _TO_WHOM.search(text, since, part.amount.start):
        awarded = party(text[slice(*led.span("who"))])
        return Hands(NOBODY, awarded) if awarded else None
    for verb, out in ((_LEFT, True), (_ENTERED, False), (_AWARDED_TO, False)):
        told = verb.match(text, part.amount.unit_end, end)
        named = vehicle(text, told.end(), end) if told else None
        side = party(named.words) if named else None
        if side:
            return Hands(side, NOBODY) if out else Hands(NOBODY, side)
    return None


_REACH = 160
"""How far before shares whoever was awarded them may stand."""
