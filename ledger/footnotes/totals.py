"""Totals with their parts: either counts, never both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ledger.footnotes.amounts import Amount
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.remembered import remembered
from ledger.footnotes.text import Stated

_LISTS_PARTS = pattern(
    r"\b(?:including|consisting\s+of|comprised\s+of|comprising|as\s+follows|of\s+which|being)\b|:",
    re.IGNORECASE,
)
_SUMS = pattern(
    r"\b(?:earlier|prior|previous(?:ly)?|preceding|past|formerly|hitherto|heretofore|until\s+now|before\s+this)\b(?:(?!\bnot\b)[^.;]){0,140}?"
    r"\b(?:all|aggregate|total\s+number|combined)\b(?:(?!\bnot\b)[^.;]){0,60}?\b(?:options?|series|grants?|awards?|derivative\s+securities)\b",
    re.IGNORECASE,
)
_NOW = pattern(
    r"\b(?:only|(?<!until )now|(?:from|in|on)\s+this|this\s+(?:form|report|filing)|going\s+forward|henceforth|future)\b",
    re.IGNORECASE,
)
_WHOLE = pattern(r"\b(?:total|aggregate|sum|combined)\b", re.IGNORECASE)


def grouped(text: str, stated: Sequence[Stated], found: Sequence[Amount]) -> tuple[Stated, ...]:
    """The statements of a sentence with each total resolved into its parts.

    `found` are their amounts, one for each. Where the amounts after a total sum to it, or
    those before one, each part carries the total and the total goes. Where parts are
    announced ("including") and do not sum, the total alone stands, for some of its parts
    are not given.
    """
    result = summed(text, stated)
    if len(result) < len(stated):
        return result
    dropped: set[int] = set()
    for kind in dict.fromkeys(one.kind for one in stated):
        alike = [index for index, one in enumerate(stated) if one.kind == kind]
        if kind in ("composition", "exclusion") or len(alike) < 2:
            continue
        whole, *parts = [i for i in alike if not _comes_of(stated[i], stated[alike[0]])]
        if not parts or not _LISTS_PARTS.search(text, found[whole].unit_end, found[parts[0]].start):
            continue
        total = stated[whole].shares or Decimal(0)
        sum_of_parts = _total([stated[index] for index in parts])
        if sum_of_parts == total:
            dropped.add(whole)
        elif sum_of_parts < total:
            dropped.update(parts)
    return tuple(one for index, one in enumerate(stated) if index not in dropped)


def _comes_of(part: Stated, whole: Stated) -> bool:
    """Whether a part of what was given away is what came to the owner: no part of a total."""
    return part.direction == "acquired" and whole.direction == "disposed"


def summed(text: str, stated: Sequence[Stated]) -> tuple[Stated, ...]:
    """The statements with a total that two or more others sum to exactly taken apart.

    A total may be of another kind only where it is mere composition: "includes 300 shares,
    of which 100 by the purchase plan and 200 by reinvestment". What someone else holds is
    no total, and one that stands last says that it is one.
    """
    kinds = dict.fromkeys(one.kind for one in stated if one.shares is not None)
    choices = [[one for one in stated if one.kind == kind and one.shares] for kind in kinds]
    if len(kinds) > 1 and stated[0].kind == "composition":
        choices.append([one for one in stated if one.shares])
    for alike in choices:
        whole, parts = _whole_and_parts(text, alike)
        if whole is not None:
            marked = {id(one): one._replace(group_total=whole.shares) for one in parts}
            return tuple(marked.get(id(one), one) for one in stated if one is not whole)
    return tuple(stated)


def _whole_and_parts(text: str, alike: Sequence[Stated]) -> tuple[Stated | None, Sequence[Stated]]:
    """The statement that all after it sum to, or all before it; None where there is none."""
    after = _total(alike)
    for index, one in enumerate(alike[:-2]):
        after -= one.shares or 0
        if one.shares == after and not (one.kind == "composition" and one.counterpart):
            return one, alike[index + 1 :]
    last = alike[-1]
    if len(alike) < 3 or last.shares != _total(alike[:-1]):
        return None, ()
    told = _WHOLE.search(text, max(0, last.start - 40), last.end)
    return (last, alike[:-1]) if told else (None, ())


def _total(stated: Sequence[Stated]) -> Decimal:
    return sum((one.shares for one in stated if one.shares), Decimal(0))


@remembered(4096)
def were_of_all_series(text: str) -> bool:
    """Whether a note says that earlier totals were of all series, and that those from now on are not."""
    return bool(_SUMS.search(text)) and bool(_NOW.search(text))
