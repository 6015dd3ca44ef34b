"""The holder that a note names: where its name begins and ends, and what it is called for short.

Every rule is a pure function of the filers' words. A full stop or a bracket within a name ends
none (`ledger.footnotes.names`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from ledger.footnotes.names import INNER, as_printed, unbroken
from ledger.footnotes.text import plain, sentences
from ledger.loading import pattern
from projections.identity.vehicles import holder_key, holder_words, names_a_vehicle, vehicle_key

_HELD = pattern(
    r"(?:held|owned|purchased|acquired|sold|record holder|owner|issued|belong\w*|distribut\w+|contribut\w+)\s*"
    r"(?:of\s+record\s+|directly\s+|indirectly\s+|solely\s+|beneficially\s+)*(?:is|are|by|in|to|through|for)\s+"
    r"(?!(?:no|any|without|nil)\b)(?P<name>[^.;:]{3,160})",
    re.IGNORECASE,
)
LEGAL_FORM = pattern(r"\bL\.\s?(?:L\.\s?)?[CP]\b(?:\.(?!\s+[A-Z]|\s*$))?")
"""A partnership's or company's form in initials, whose points end no sentence."""
_NAME_ENDS = pattern(
    r"\s*(?:\(|,\s*(?:of|for|as|a|an|the|with|whose|where|which|over|and|in|trustee)\b|\b(?:of which|for which|"
    r"over which|in which|where|whose|and (?:are|may|the|as|is)\b|as (?:trustee|the|a|general)|(?:is|are|was|were|has|have|had|will)\b|"
    r"may\b(?!\s+\d)|pursuant|for the benefit|"
    r"on behalf|as of\b|based (?:up)?on|according to|on \w+ \d|for estate|for no)|$)",
    re.IGNORECASE,
)
_TRUSTEE_OF = pattern(
    r"(?:(?!\b(?:which|whom|whose|where|is|are|was|were|serves?)\b).){0,90}?"
    r"\b(?:co-)?trustees?\s*,?\s*(?:of|for|to|under)\s+(?:the\s+)?",
    re.IGNORECASE | re.DOTALL,
)
"""Somebody who holds as the trustee of what then is named."""


_BARE = pattern(r"\s*(?:an?|the|family|irrevocable|\s)*\s*trust\s*", re.IGNORECASE)
_BENEFIT = pattern(
    r"\s*,?\s*(?i:for\s+the\s+(?:sole\s+)?benefit\s+of|f/?b/?o)\s+"
    rf"(?:(?:[\w'’{INNER}]+\.?\s+){{0,4}}?(?P<kin>(?i:(?:grand|step)?child(?:ren)?|spouse|wife|husband|sons?|daughters?))\b"
    r"|(?!(?:Reporting|Issuer|Company|Mr|Mrs|Ms|Dr)\b)[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*){0,3})"
)
"""Whose a trust without a name of its own is: what tells it from another one."""

_GENERIC = pattern(
    r"\s*(?:the|such|said|this)\s+(?:trust|fund|foundation|partnership|grat)\s*", re.IGNORECASE
)
_PROPER = pattern(
    rf"(?:[A-Z][\w&'’{INNER}-]*,?\s+|(?:of|and|for|the)\s+(?=[A-Z\d])|\d+\s+){{1,12}}"
    r"(?:Trust|GRAT|Fund|Foundation|Partnership)\b(?:\s+(?:[IVX]+|\d+)\b)?"
)
_HOLDS = pattern(
    r"^\W*(?P<name>[^.;:()]{3,80}?)\s+(?:(?:directly|beneficially|currently)\s+)?(?:owns?|holds?|is\s+the\s+(?:\w+\s+){0,2}(?:owner|holder)\s+of)\s+"
    r"(?:of\s+record\s+)?(?:these|the|such|those|all)\s+(?:of\s+(?:these|the)\s+)?(?:shares|securities|units|stock)\b",
    re.IGNORECASE,
)
"""Somebody who holds the shares, told before them."""
_NOBODY = pattern(
    r"\b(?:may|might|deemed|do|does|did|not|no|none|neither|nor|he|she|it|they|will|would|undersigned)\b"
    r"|\breporting\s+(?:persons?|owners?)\s*$",
    re.IGNORECASE,
)
"""Words before "owns these shares" that name no holder, but deny one or mean the owner."""
_PLAN_LETTER = pattern(r"\b(401|403)\s*\(\s*([kb])\s*\)", re.IGNORECASE)
_ITEM = pattern(r"^\s*\((?:[ivx]{1,4}|[a-h]|\d)\)\s*", re.IGNORECASE)
_NAMED = pattern(
    r"^\W*(?P<name>(?:(?!\b(?:is|are|was|were|has|have|by|from)\b)[^.;:()]){3,120}?"
    r"\b(?:trust|foundation|grat|partnership|fund|l\.?l\.?c\.?|l\.?p\.?)"
    r"(?:,?\s+(?:dated|u/?a/?d|u/?d/?t)\b[^.;:()]{4,24}?)?)"
    r"\s*(?:[.;]?\s*$|,?\s*(?:for|of|over|in)\s+(?:which|whom)\b|,?\s*whose\b)",
    re.IGNORECASE,
)
"""A note that begins with a holder's name, and says nothing else or the owner's part in it."""


@lru_cache(maxsize=4096)
def entity_key(note: str) -> str:
    """The holder that a footnote names, or the note's own words where it names none.

    Same words are the same entity; footnote numbers play no part.
    """
    return named_holder(note) or holder_words(note)[:160]


@lru_cache(maxsize=4096)
def named_holder(note: str) -> str:
    """The canonical words of the holder that a footnote names, a plan's as `holder_key` has them; "" for none."""
    return holder_key(holder_as_printed(note))


@lru_cache(maxsize=4096)
def holder_as_printed(note: str) -> str:
    """The holder that a footnote names, in its own words; "" where it names none."""
    note = _PLAN_LETTER.sub(r"\1\2", note)
    note = unbroken(LEGAL_FORM.sub(lambda form: re.sub(r"[.\s]", "", form[0]), note))
    found = _HELD.search(note)
    if found:
        name = found.group("name")
        trustee = _TRUSTEE_OF.match(name)
        if trustee:
            name = name[trustee.end() :]
        cut = _NAME_ENDS.search(name, 2)
        whole, name = name, name[: cut.start()] if cut else name
        if cut and _BARE.fullmatch(name) and (whose := _BENEFIT.match(whole, cut.start())):
            name = f"{name} for {whose['kin']}" if whose["kin"] else whole[: whose.end()]
        if _GENERIC.fullmatch(name):
            name = _named_before(note[: found.start()]) or name
        name = _ITEM.sub("", as_printed(name))
        if vehicle_key(name):
            return " ".join(name.split()).strip(" ,")
    holds = _HOLDS.match(note)
    if holds and _NOBODY.search(holds["name"]):
        holds = None
    named = holds or _NAMED.match(note)
    return " ".join(as_printed(named.group("name")).split()) if named else ""


def _named_before(note: str) -> str:
    """The one trust or fund that a note has named so far: which "the trust" then is."""
    named = {vehicle_key(as_printed(one[0])): one[0] for one in _PROPER.finditer(note)}
    told = [name for key, name in named.items() if names_a_vehicle(key)]
    return told[0] if len(told) == 1 else ""


_POWER = pattern(
    r"\b(?:with\s+respect\s+to|power|over|ownership\s+of|own|interests?\s+in|disclaims?)\b[^.;]{0,60}$",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def in_passing(note: str) -> bool:
    """Whether a note names a holder only as whose shares somebody has a power or an interest in.

    >>> in_passing("Alder LLC may be deemed to have power over the shares held by Alder II, LP.")
    True
    """
    found = _HELD.search(note)
    return found is not None and _POWER.search(note, 0, found.start()) is not None


_IDLE = pattern(
    r"\b(?:disclaim\w*|prices?|weighted|includ\w*|exclud\w*|10b5-1|escrow\w*|lock-?ups?|pledged?|vest(?:s|ed|ing)?|round\w*"
    r"|section\s+16|rule\s+16\w*|admission|exempt|request|undertakes?|details)\b|\$\s?\d",
    re.IGNORECASE,
)
"""Words of sentences that tell whose nothing is: disclaimers, prices, what a total has in it."""


@lru_cache(maxsize=4096)
def tells_no_holder(note: str) -> bool:
    """Whether a note says nothing of who holds, in whichever column it is cited.

    >>> tells_no_holder("She disclaims beneficial ownership except to the extent of her pecuniary interest.")
    True
    >>> tells_no_holder("Held by his sister's trust."), tells_no_holder("The elder son's account.")
    (False, False)
    """
    text, _ = plain(note)
    said = [one.words for one in sentences(text)]
    return bool(said) and not named_holder(note) and all(map(_IDLE.search, said))


_SHORT_NAME = pattern(
    rf"(?P<name>(?:(?:[A-Z0-9{INNER}][\w&'’{INNER}-]*,?|of|for|the|&)\s+){{0,10}}[A-Z0-9][\w.&'’{INNER}-]*)\s*"
    r"\((?:the\s+|each,?\s+an?\s+|collectively,?\s+)?[\"“](?P<short>[^\"”]{2,60})[\"”]"
)


@lru_cache(maxsize=4096)
def short_names(notes: tuple[str, ...]) -> dict[str, str]:
    """What the notes of a filing call its holders for short: 'Alder Fund II, L.P. ("Fund II")'.

    Canonical words of the short name to those of the whole one. Two names under one short
    one say nothing.
    """
    found: dict[str, set[str]] = {}
    for note in notes:
        for named in _SHORT_NAME.finditer(unbroken(note)) if "(" in note else ():
            short, name = (vehicle_key(as_printed(named.group(part))) for part in ("short", "name"))
            if short and name:
                found.setdefault(short, set()).add(name)
    return {short: next(iter(names)) for short, names in found.items() if len(names) == 1}
