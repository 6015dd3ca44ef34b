"""The verbs by which shares changed hands or form, and when they tell no movement at all."""

from __future__ import annotations

import re
from typing import NamedTuple

from ledger.footnotes.families import any_phrase
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.modality import real
from ledger.footnotes.movements import MOVED, sort_of
from ledger.footnotes.text import Sentence, undated

_FORM_RULE = pattern(r"\b16a-13\b")
INCLUDES = pattern(r"\binclud(?:es?|ing|ed)\b|\bdue\s+to\s+the\s+receipt\b", re.IGNORECASE)
GAVE_THE_OWNER = pattern(
    r"\s+(?:the\s+)?(?:reporting\s+(?:person|owner)\b(?!'s)|undersigned|him|her|me)\s+(?=an?\s|\d|\w+\s+thousand|all\s)(?!(?:[^.;,]|,(?=\d)){0,60}?\bto\s)",
    re.IGNORECASE,
)
_USUALLY = any_phrase(
    "generally|typically|ordinarily|normally|customarily|unless|event|make",
    r"\b(?:generally|typically|ordinarily|normally|customarily|unless|in\s+the\s+event)\b[^.;]{0,90}$"
    r"|\bmakes?\s+(?:an?\s+|its\s+|his\s+|her\s+)?(?:[\w-]+\s+)?$",
)
_COMING = pattern(r"\s+(?:\w+\s+){0,2}?(?:will|shall|would|may(?!\s*\d)|must)\b", re.IGNORECASE)
"""What follows a movement that is still to come: "a distribution will be made"."""
_TOLD = pattern(
    r"\b(?:reports?|forms?\s*[345]?(?:/a)?|filings?|statements?|columns?|notes?|tables?|totals?|lines?)\s+(?:\w+\s+){0,6}?$",
    re.IGNORECASE,
)
"""Whose "gave" tells, where a person's makes a gift."""
_TO_WHICH = pattern(r"\b(?:which|whom)\s+[^.;,]{0,40}$", re.IGNORECASE)
"""Before a verb whose object is not what is spoken of: "a charity to which she gave"."""
_ASKED = pattern(
    r"\b(?:tender(?:ed|s|ing)?|orders?|offers?|bids?|elections?|requests?|instructions?|registrations?|proposals?|notices?"
    r"|applications?|reports?|forms?|filings?|amendments?|plan)\b[^.;]*$",
    re.IGNORECASE,
)
"""What is withdrawn without a share that moves."""
_WITHDRAWN = ("withdrew", "withdrawn")
_TENDERED = pattern(r"[^.;]{0,80}?\b(?:tender|(?:from|in)\s+the\s+offer)", re.IGNORECASE)
_FORBIDDEN = pattern(
    r"\b(?:restrict(?:s|ions?|ing)?|prohibit\w*|limit(?:s|ations?|ing)?|prevent\w*|preclud\w*|forbid\w*|against)\s+(?:on\s+)?(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
_ELSEWHERE = pattern(
    r"\s+(?:an?|the)\s+(?:\w+\s+)?(?:value|price|number|rating)\b|\s+(?:the\s+|his\s+|her\s+|its\s+)?(?:proceeds|custody|prox(?:y|ies)|(?:voting|dispositive|investment)\s+(?:power|control|authority))\b"
    r"|[^.;]{0,60}?\bfrom\s+(?:line|row|table|column)s?\b",
    re.IGNORECASE,
)
"""Behind a verb, what is moved and is no share: a place in a form, what shares bring or allow."""
_ARE_FORBIDDEN = pattern(
    r"[^.;]{0,60}?\b(?:is|are)\s+(?:\w+ly\s+)?(?:prohibited|restricted|limited|forbidden|not\s+(?:permitted|allowed))\b",
    re.IGNORECASE,
)
"""Before and after a transfer that must not be made."""
_OTHERS = (
    r"(?:company|issuer|corporation|registrant|employer|bank|father|mother|parents?|brother|sister|grand(?:father|mother|parents?)"
    r"|uncle|aunt|friend)"
)
_ANOTHER = pattern(
    rf"\b(?:{_OTHERS}|donor)(?:,[^.;,]{{1,60}},)?\s+(?:(?:has|had|have|then|also|\w+ly)\s+){{0,2}}(?:made\s+(?:an?\s+)?(?:\w+\s+){{0,2}})?$",
    re.IGNORECASE,
)
_BY_ANOTHER = pattern(
    rf"[^.;]{{0,60}}?\bby\s+(?:the\s+|his\s+|her\s+|reporting\s+person's\s+){{0,2}}{_OTHERS}\b(?!'s)",
    re.IGNORECASE,
)
_ANOTHERS = pattern(
    rf"\b(?:{_OTHERS}|wife|husband|spouse|son|daughter|child(?:ren)?|sibling|cousin|decedent|deceased|testator|who)\s+(?:(?:has|had|have|then|also|\w+ly)\s+)*$",
    re.IGNORECASE,
)
"""Who inherits, where it is not the owner."""
_UNSOLD = pattern(
    r"\b(?:tender|prorat|pro-rat|offer\b|pledge|collateral|unsold)\w*[^.;]*$", re.IGNORECASE
)
"""Of what is returned without having gone: what an offer did not take, what secured a loan."""
_TO_OWNER = pattern(
    r"(?:(?<!attributable )(?<!attributed )\b(?:to|for|benefit\s+of)|^)\s+(?:the\s+|an?\s+|his\s+|her\s+)?(?:\w+\s+){0,2}?"
    r"(?:reporting|undersigned|him|her\b(?!\s+\w)|trusts?|children|minor|daughters?|sons?)\b",
    re.IGNORECASE,
)
_GOT_FROM = pattern(
    r"\b(?:received|acquired|receipt)\b[^.;]{0,60}?\bfrom\s+[^.;]{0,40}$", re.IGNORECASE
)
"""Before a gift by which a relative's shares came to the owner."""
_HELD_BEFORE = pattern(
    r"\b(?:held|owned|registered|reported)\s+(?:(?:as|being|held|owned|until\s+(?:now|then|recently)|of\s+record|\w+ly)\s+){0,3}?(?:(?:in)?directly|by|through|in|via|under)\b",
    re.IGNORECASE,
)


class Verb(NamedTuple):
    """The words that say shares changed hands or form: which sort, where, and what they are."""

    sort: str
    start: int
    words: str

    def is_enough(self, text: str, start: int, end: int) -> bool:
        """Whether the words state something even where the sentence names no party.

        One that cites Rule 16a-13 says that only the form of ownership changed.
        """
        says = self.sort == "distribution" or "ownership" in self.words.lower()
        says = says or self.sort == "was"
        return says or _FORM_RULE.search(text, start, end) is not None


def moved(sentence: Sentence, start: int, end: int) -> Verb | None:
    """The words of a stretch of a sentence that say shares changed hands or form, not that they will.

    Words that only say how shares were held before (`was`) count when no others stand there.
    """
    text = sentence.text
    told = [
        Verb(sort_of(found), found.start(), found[0])
        for found in MOVED.finditer(undated(text), start, end)
        if not _is_no_move(text, max(start, found.start() - _REACH), found)
        and real(sentence, found.start(), found.end())
    ]
    given = any(verb.sort == "gift" for verb in told)
    return next(
        (verb for verb in told if verb.sort == "inheritance"),
        next(
            (verb for verb in told if verb.sort not in ("was", "received" if given else "was")),
            told[0] if told else None,
        ),
    )


_REACH = 160
"""How far before a verb the words stand that make it no movement."""


_NO_SHARES = pattern(
    r"\s+(?:(?:his|her|the|its|their|an?|that|this)\s+)?(?:\w+\s+)?(?:orders?|offers?|bids?|elections?|requests?|proposals?|notices?|applications?|tender)\b"
    r"|\s+(?:from|as)\s+[^.;,\d]{1,60}(?:[.;,]|$)",
    re.IGNORECASE,
)
"""What is withdrawn, or who withdraws, where no shares are."""
_QUIT = pattern(
    r"\s+from\s+[^.;,\d]{1,60}?\s(?:on|in|as\s+of|effective)\s+(?:\w+\s+)?\d", re.IGNORECASE
)
"""Behind who withdrew on a day, and nothing that he did."""
_OF_MONEY = pattern(
    r"\b(?:proceeds|cash|money)\s+(?:(?:from|of)\s+[^.;]{0,60}?)?(?:(?:were|was|being|been)\s+)?(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
"""Before what was done with money and not with shares."""


def _is_no_move(text: str, since: int, verb: re.Match[str]) -> bool:
    """Whether the words around a verb say what usually happens, is to come, is told or was asked."""
    at, word = verb.start(), verb[0].lower()
    if word.startswith(("is", "are")):  # "now held": what was held otherwise before
        return _HELD_BEFORE.search(text, since, at) is None
    if _USUALLY.search(text, since, at) or _COMING.match(text, verb.end()):
        return True
    if _ELSEWHERE.match(text, verb.end(), verb.end() + _REACH):
        return True
    if word.startswith(("transfers", "transfer ")) and (
        _FORBIDDEN.search(text, since, at) or _ARE_FORBIDDEN.match(text, verb.end())
    ):
        return True
    if sort_of(verb) == "gift" and _of_another(text, since, verb):
        return True
    if sort_of(verb) == "inheritance" and _ANOTHERS.search(text, max(0, at - 60), at):
        return True
    if word.startswith("returned") and _UNSOLD.search(text, max(0, at - _REACH), at):
        return True
    if word == "gave":
        return bool(_TOLD.search(text, since, at) or _TO_WHICH.search(text, since, at))
    if word in _WITHDRAWN and (
        _TENDERED.match(text, verb.end()) or _NO_SHARES.match(text, verb.end())
    ):
        return True
    if word == "withdrew" and _QUIT.match(text, verb.end()):
        return True
    if _OF_MONEY.search(text, max(0, at - 100), at):
        return True
    return word in _WITHDRAWN and _ASKED.search(text, max(0, at - _REACH), at) is not None


def _of_another(text: str, since: int, verb: re.Match[str]) -> bool:
    """Whether a gift is one of the issuer, or of a relative's, and not to the owner."""
    end = verb.end() + _REACH
    if GAVE_THE_OWNER.match(text, verb.end()):
        return False
    if _GOT_FROM.search(text, since, verb.start()):
        return False
    if _TO_OWNER.search(text, verb.end(), end) or INCLUDES.search(text, since, verb.start()):
        return False
    return bool(
        _ANOTHER.search(text, since, verb.start()) or _BY_ANOTHER.match(text, verb.end(), end)
    )
