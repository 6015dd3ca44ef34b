"""How many shares more, or fewer, a count is told to have found: "a recount showed 500 more"."""

from __future__ import annotations

import re

from ledger.footnotes.families import any_phrase
from ledger.footnotes.lettercase import pattern

_FOUND = any_phrase(
    "count|tally|audit|inventory|reconcil|review|check|inspection|examination|statement|record|search",
    r"\b(?:re-?counts?|counts?|counting|tally|audits?|inventory|reconciliations?|reviews?|checks?|inspection|examination|search|(?:broker|agent|custodian|administrator|account)\w*(?:['’]s)?\s+(?:\w+\s+)?(?:statements?|records?))\b[^.;\d]{0,60}?"
    r"\b(?:show(?:ed|s|n)?|found(?:\s+to\s+(?:hold|have|contain|number))?|reveal(?:ed|s)?|disclos(?:ed|es)|turn(?:ed|s)\s+up|brought\s+to\s+light|yield(?:ed|s)|there\s+(?:were|are)|c[ao]me\s+out)"
    r"\s+(?:an?\s+|the\s+)?(?P<further>(?:additional|further|another)\s+)?$",
)
_BY_WHICH = pattern(
    r"\s*(?:(?:shares?|units?|sh)\s+)?(?:(?P<more>more|additional|further|higher)|(?P<fewer>fewer|less|lower))\b(?!\s+(?:than\s+\d|outstanding|votes?))",
    re.IGNORECASE,
)


def found_to_be(text: str, start: int, first: int, last: int, end: int) -> int:
    """By which sign a count found other shares than were thought, by the words around their number; 0 where none did.

    >>> found_to_be("A recount showed 500 more.", 0, 17, 20, 26), found_to_be("It showed 500 more.", 0, 10, 13, 19)
    (1, 0)
    """
    led = _FOUND.search(text, max(start, first - _REACH), first)
    if led is None:
        return 0
    told = _BY_WHICH.match(text, last, end)
    if told:
        return 1 if told["more"] else -1
    return int(bool(led["further"]))


_REACH = 120
"""How far before a number a count of which it is may stand."""
