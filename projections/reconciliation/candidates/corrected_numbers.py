"""Whether a note that says that an earlier report was wrong, and gives no amount, may be the cause of a difference."""

from __future__ import annotations

import re
from decimal import Decimal

from ledger.figures import as_number
from projections.identity.securities import class_tokens, designators
from projections.identity.strangers import strangers
from projections.identity.vehicles import vehicle_key
from projections.positions.entries import Posting
from projections.reconciliation.case import Case


def may_correct(case: Case, words: str, gap: Decimal) -> bool:
    """Whether a correction in words may be of the number that a total goes on from.

    Not one of another number; nor of the holder, the form or the class under which it stood.
    """
    apart = case.before is not None and _stood_otherwise(case.before, case.entry)
    if apart or _was_off_before(case) or _tells_another(case, words, gap):
        return False
    return not _AS_ONE.search(words) or _of_another(case, gap)


_AS_ONE = re.compile(
    r"\b(?:as|in|into|on|under)\s+(?:one|a\s+single|the\s+same)\s+(?:figure|number|total|amount|line|row|sum)\b"
    r"|\b(?:combin|lump|aggregat|add)\w*\s+together\b",
    re.IGNORECASE,
)
"""Words of a correction that two holdings were told as one."""


def _of_another(case: Case, gap: Decimal) -> bool:
    """Whether a difference is as many as another holding had, before or now: what was told together with this one."""
    levels = {level for p in case.siblings for e in p.entries for level in (e.balance, e.claim)}
    return abs(gap) in levels


def _stood_otherwise(before: Posting, entry: Posting) -> bool:
    """Whether the line before stands under another holder, form of ownership, or letter of a class."""
    one, other = before.line, entry.line
    if strangers(vehicle_key(one.nature), vehicle_key(other.nature)):
        return True
    letters = [designators(class_tokens(line.security or "")) for line in (one, other)]
    return one.ownership != other.ownership or (all(letters) and letters[0] != letters[1])


def _tells_another(case: Case, words: str, gap: Decimal) -> bool:
    """Whether words of a correction give a number of shares that is neither the gap, nor a line's, nor what one should have been."""
    lines = case.position.entries
    known = {x for e in lines for x in (e.claim, e.prior, e.expected, e.line.shares)}
    other = {as_number(m["shares"]) for m in _SHARES.finditer(words)} - known
    right = {abs(gap), *(e.claim + gap for e in lines if e.claim is not None)}
    return bool(other) and not right & other


_SHARES = re.compile(
    r"(?<![\w.,$])(?!(?:19|20)\d\d\s)(?P<shares>(?:\d{1,3}(?:,\d{3})+|\d{2,})(?=\s+(?:[a-z]+\s+){0,2}?(?:shares|units|options)\b)"
    r"|(?<=\swas\s)\d{1,3}(?:,\d{3})+|(?<=\sbeen\s)\d{1,3}(?:,\d{3})+|(?<=\sis\s)\d{1,3}(?:,\d{3})+)(?![\d,]*\d)",
    re.IGNORECASE,
)


def _was_off_before(case: Case) -> bool:
    """Whether a total that an amendment gives anew did not follow before either.

    What the amendment put right is then not what keeps it from following.
    """
    entry = case.entry
    was = case.restated.get(id(entry.line))
    if was is None or was.shares_after is None or entry.prior is None:
        return False
    return was.shares_after - was.movement != entry.prior
