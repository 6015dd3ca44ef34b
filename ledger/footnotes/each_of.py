"""How often an amount moved that a note gives but once: to each of several, or in each of several months."""

from __future__ import annotations

import re
from decimal import Decimal

from ledger.footnotes.clauses import Segment
from ledger.footnotes.dates import months_listed
from ledger.footnotes.families import any_phrase
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.meanings import Sense
from ledger.statements import SENSES

_EACH_GOT = any_phrase(
    "each",
    r"\beach\s+of\s+(?:(?:his|her|the|their|reporting\s+person's)\s+)*(?P<count>two|three|four|five|six)?\s*(?:[\w-]+\s+){1,3}?(?:(?:was|were)\s+(?:given|gifted)|received|got)\s+$",
)
_TO_EACH = any_phrase(
    "each",
    r"\bto\s+each\s+of\s+(?:(?:his|her|their|my|our|the|such|reporting\s+person's)\s+)*"
    r"(?P<count>two|three|four|five|six)?",
)
_EACH = pattern(r"\s*,?\s*(?:of\s+(?:common\s+)?stock\s+)?each\b", re.IGNORECASE)
_SO_MANY = pattern(
    r"\b(?P<count>two|three|four|five|six)\s+(?:\w+\s+){0,2}?(?:sons|daughters|children|grandchildren|trusts|siblings|nieces|nephews|relatives"
    r"|(?:family\s+)?members|charities|organi[sz]ations|accounts)\b(?!.*\b(?:sons|daughters|children|trusts)\b)",
    re.IGNORECASE,
)
"""To how many something went, each of whom got an amount that follows."""
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def times(part: Segment, sense: Sense) -> Decimal | None:
    """The shares moved in all: an amount "to each of his three children" counts thrice.

    None where it goes to each of several whose number is not given.
    """
    given = sense.kind == "gift-note" or SENSES[sense.kind].own_vehicle
    if given and _EACH.match(part.text, part.amount.unit_end, part.end):
        heirs = _SO_MANY.search(
            part.text, max(0, part.amount.start - 120), part.amount.start
        ) or _SO_MANY.search(part.text, part.amount.unit_end, part.end)
        return part.amount.shares * _COUNTS[heirs["count"].lower()] if heirs else None
    got = (
        _EACH_GOT.search(part.text, max(0, part.amount.start - 120), part.amount.start)
        if given
        else None
    )
    if got:
        return part.amount.shares * _COUNTS[got["count"].lower()] if got["count"] else None
    months = 0 if part.dated else months_listed(part.text, part.amount.unit_end, part.end)
    if months and SENSES[sense.kind].moves:
        return part.amount.shares * months
    each = _TO_EACH.search(part.text, part.amount.unit_end, part.end) if given else None
    if not each:
        return part.amount.shares
    count = _COUNTS.get((each["count"] or "").lower())
    return part.amount.shares * count if count else None
