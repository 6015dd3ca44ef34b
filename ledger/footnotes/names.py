"""Names within a note: which full stops and brackets are a part of one, and end nothing.

"Edwin W. Alder", "Mr. Doe, Jr.", "Alder Co. Retirement Trust", "Birch Fund (Parallel), L.P.", "Trust
No. 2": a pattern that stops at a full stop or a bracket would cut each of them short, and so
take two holders for one.
"""

from __future__ import annotations

import re

from ledger.footnotes.remembered import remembered
from ledger.footnotes.text import STARTS
from ledger.loading import pattern

_INNER = {".": "\u2024", "(": "\u2985", ")": "\u2986"}
"""What stands in the place of a full stop or bracket that is a part of a name."""
INNER = "".join(_INNER.values())
"""Those characters, for a pattern of what a name is made of."""
_FILL, _BACK = str.maketrans(_INNER), str.maketrans({v: k for k, v in _INNER.items()})

_WORD = pattern(r"(?<![\w.])(?P<word>[A-Za-z](?:\.[A-Za-z])+|[A-Za-z]+(?:/[A-Za-z]+)*)\.")
_DECIMAL = pattern(r"(?<=\d)\.(?=\d)")
_NEXT = pattern(r"\s+(?P<word>[^\s,;:]+)")
_BODY = (
    r"(?:trusts?|grats?|funds?|l\.?\s?l\.?\s?[cp]\b|l\.?\s?p\b|ltd|limited|inc|corp|co|company|partners(?:hip)?|ventures?|capital"
    r"|holdings?|investments?|investors|associates|foundation|master|offshore|plc|gmbh|s\.?\s?[aà]\b|n\.?\s?v\b|b\.?\s?v\b"
    r"|i{1,3}|iv|vi{0,3}|ix|xi{0,3})\b"
)
_IN_BRACKETS = pattern(
    rf"\((?P<words>(?![ivx]+\))[A-Z0-9][\w&-]*(?:\s[\w&.-]+){{0,2}})\)(?=,?\s+{_BODY})",
    re.IGNORECASE,
)
"""Words of a name in brackets: its legal form, its number or what sort of body it is follow."""
_CAPITAL = pattern(r"\((?:[A-Z0-9])")

_BEFORE_NAMES = frozenset("mr mrs ms dr messrs prof hon rev st".split())
_BEFORE_NUMBERS = frozenset(
    "no nos dtd est u/a u/a/d u/d/t uad jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_AFTER_NAMES = frozenset("jr sr esq f/b/o fbo".split())
_COMPANIES = frozenset(
    "inc ltd corp co cos bros llc llp lp intl lc na sa nv bv pc pa gp lllp l.p l.c l.l.c l.l.p n.a s.a n.v b.v p.c p.a g.p".split()
)
_AFTER_COMPANIES = pattern(
    r"(?:trusts?|retirement|employees?|savings|pension|profit|401|defined|deferred|family|charitable|foundation"
    r"|annuity|remainder|residuary|marital|living|lead|dynasty|gst|liquidating|master|escrow"
    r"|funds?|holdings|stock|money|irrevocable|revocable|voting|grantor|grat|plan|investments?|partners)\b",
    re.IGNORECASE,
)
_SORTS = frozenset(
    (
        "trust trusts grat grats fund funds partners partnership capital ventures venture class series part "
        "group holdings associates investors investments opportunities growth equity annuity plan"
    ).split()
)
"""Words after which a letter is a number or a class, not somebody's initial: "Trust V", "Class B"."""


@remembered(4096)
def unbroken(note: str) -> str:
    """A note of the same length, whose full stops end sentences and whose brackets hold no part of a name.

    `as_printed` gives any stretch of it back as it was.
    """
    note = with_brackets(note)
    if "." not in note:
        return note
    return _WORD.sub(_word, _DECIMAL.sub(_INNER["."], note))


def with_brackets(note: str) -> str:
    """A note of the same length whose brackets hold no part of a name; its full stops are as they were."""
    return _IN_BRACKETS.sub(_bracket, note) if "(" in note else note


def as_printed(stretch: str) -> str:
    """A stretch of an unbroken note in the words of the note itself."""
    return stretch.translate(_BACK)


def _bracket(found: re.Match[str]) -> str:
    return found[0].translate(_FILL) if _CAPITAL.match(found[0]) else found[0]


def _word(found: re.Match[str]) -> str:
    word = found["word"].translate(_FILL)
    return word + (_INNER["."] if _goes_on(found) else ".")


def _goes_on(found: re.Match[str]) -> bool:
    """Whether the full stop after a word ends no sentence."""
    note, word, end = found.string, found["word"].casefold(), found.end()
    initial = len(word.rpartition(".")[2]) == 1 and found["word"][-1].isupper()
    company = word in _COMPANIES and (len(word) > 1)
    suffix = word in _AFTER_NAMES
    if end < len(note) and not note[end].isspace():
        return note[end] in ",'’)-/&" or (initial and note[end].isalpha())
    following = _NEXT.match(note, end)
    if following is None:
        return False
    then = following["word"]
    if word in _BEFORE_NUMBERS and then[0].isdigit():
        return True
    if word in _BEFORE_NAMES and found["word"][0].isupper():
        return True
    if not (initial or company or suffix):
        return False
    if then[0].islower() or then[0] in '(&"“':
        return True
    if not then[0].isalpha() or STARTS.match(note, following.start("word")):
        return False
    if company:
        return _AFTER_COMPANIES.match(then) is not None
    return suffix or _before(note, found.start()) not in _SORTS


def _before(note: str, end: int) -> str:
    words = note[max(end - 24, 0) : end].split()
    return words[-1].strip(",").casefold() if words else ""
