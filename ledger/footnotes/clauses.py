"""A sentence cut into one stretch for each amount: what leads to it and what follows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from ledger.footnotes.amounts import Amount
from ledger.footnotes.dates import When
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.text import Sentence

_ITEM = pattern(r"[;,:]?\s*(?:and\s+)?\((?:[ivx]{1,4}|[a-h]|\d)\)\s*", re.IGNORECASE)
_JOINT = pattern(
    r";\s*(?:and\s+)?|,?\s+(?:and|but|plus|as well as|together with|of which|including)\b\s*"
    r"|,\s+(?:of which\s+)?",
    re.IGNORECASE,
)
_LEADS = pattern(
    r"(?:on|in|as|during|from|since|effective|at|an?|the|another|also|additional|up|approximately|about"
    r"|remaining|he|she|it|they|then|thereafter|subsequently|upon|such|these|those|this|his|her|does|not|were|was|has|have"
    r"|between|over|throughout|within|after|before|following|prior|for|pursuant|under|through|by|with|each|both|all"
    r"|[a-z]+(?:ed|ing)|includ\w+|exclud\w+)\b"
)
_AFTER_A_COLON = pattern(r":\s*(?:an?\s+(?:aggregate|total)\s+of\s+)?$")
_LIST = pattern(r"\s*(?:,|;|,?\s*(?:and|or|&|plus))\s*(?:\(\w{1,4}\)\s*)?", re.IGNORECASE)
_IN_BRACKETS = pattern(r"\s*\(\s*")
_RESPECTIVELY = pattern(r"\brespectively\b", re.IGNORECASE)
_ON_EACH = pattern(
    r"\beach(?:\s+of)?(?:\s+(?:on|in))?(?:\s+of)?(?:\s+the\s+(?:months|days|dates)(?:\s+of)?)?\s*[,:(]?\s*$",
    re.IGNORECASE,
)
"""Words that lead to days of which each has the whole amount."""
_ALIKE = pattern(
    r"\b(?:each|both|all|in\s+(?:each|either)\s+case)\s+(?:of\s+(?:them|which)\s+)?(?:as|by|in|through|under|from)\b",
    re.IGNORECASE,
)
"""Words behind the last amount that are said of those before it as well."""


class Segment(NamedTuple):
    """One amount of a sentence with its words.

    `start` to the amount is its lead: for the first amount the sentence's beginning, for
    another what stands between the last comma, "and" or "(ii)" and the number. The amount
    to `end` is its tail, which tells what the shares are. `dated` are the dates that belong
    to it, its own before those it shares. `place` counts from 0; `shared` says that the
    tail is the whole list's, in whose order names and dates run ("respectively").
    """

    text: str
    amount: Amount
    start: int
    end: int
    place: int
    dated: tuple[When, ...] = ()
    shared: bool = False

    @property
    def lead(self) -> str:
        """The words before the amount."""
        return self.text[self.start : self.amount.start]

    @property
    def tail(self) -> str:
        """The words from the amount's unit to the segment's end."""
        return self.text[self.amount.end : self.end]

    @property
    def on_each(self) -> bool:
        """Whether so many moved on each of its days: "120 shares on each of May 1 and June 3, 2023"."""
        if len(self.dated) < 2:
            return False
        first = min(day.start for day in self.dated)
        return _ON_EACH.search(self.text, max(0, first - 24), first) is not None

    @property
    def alike(self) -> bool:
        """Whether what is said behind it is said of the amounts before it too: "each as a dividend"."""
        return _ALIKE.search(self.text, self.amount.end, self.end) is not None

    @property
    def undated_tail(self) -> str:
        """The words after the amount's unit without its dates."""
        at, between = self.amount.unit_end, []
        for day in sorted(self.dated, key=itemgetter(0)):
            if at <= day.start and day.end <= self.end:
                between.append(self.text[at : day.start])
                at = day.end
        return " ".join((*between, self.text[at : self.end]))


def segments(
    sentence: Sentence, found: Sequence[Amount], days: Sequence[When]
) -> tuple[Segment, ...]:
    """One segment for each amount of a sentence, dates included."""
    text, start, end = sentence
    if not found:
        return ()
    starts = [start]
    for before, amount in pairwise(found):
        starts.append(_joint(text, before.unit_end, amount.start))
        if _AFTER_A_COLON.search(text, starts[-2], amount.start):
            starts[-1] = max(start, text.rfind(";", start, amount.start) + 1)
    ends = [*starts[1:], end]
    cut = [
        Segment(text, amount, first, last, place)
        for place, (amount, first, last) in enumerate(zip(found, starts, ends, strict=True))
    ]
    for index in range(len(cut) - 2, -1, -1):
        this, after = cut[index], cut[index + 1]
        between = text[this.amount.unit_end : after.amount.start]
        if this.amount.bare and _LIST.fullmatch(between):
            cut[index] = this._replace(end=after.end, shared=True)
            cut[index + 1] = after._replace(shared=True)
    useful = [day for day in days if day.role in ("at", "period", "as-of")]
    return _dated(sentence, cut, useful)


def _joint(text: str, first: int, last: int) -> int:
    """Where the words before an amount stop belonging to the amount before it."""
    items = list(_ITEM.finditer(text, first, last))
    if items:
        return items[-1].end()
    joints = list(_JOINT.finditer(text, first, last))
    return next(
        (
            joint.end()
            for joint in joints
            if joint[0].startswith(";")
            or joint.end() == last
            or _LEADS.match(text, joint.end(), last)
        ),
        last,
    )


def _dated(sentence: Sentence, cut: list[Segment], days: Sequence[When]) -> tuple[Segment, ...]:
    """Give each segment the dates that say when its shares moved.

    A date after the amount is its own, unless it is only a plan's period; else one that leads
    to it, which holds for the amounts after it too. Dates "respectively" run in the order of the amounts.
    """
    if not days:
        return tuple(cut)
    if len(days) == len(cut) > 1 and _RESPECTIVELY.search(sentence.words):
        return tuple(part._replace(dated=(day,)) for part, day in zip(cut, days, strict=True))
    listed = [_just_before(part, days) for part in cut]
    if all(listed):  # "on June 3 (40 shares) and July 1 (30 shares)"
        return tuple(
            part._replace(dated=(day,)) for part, day in zip(cut, listed, strict=True) if day
        )
    result: list[Segment] = []
    leading: tuple[When, ...] = ()
    for part in cut:
        tail = tuple(day for day in days if part.amount.unit_end <= day.start < part.end)
        lead = tuple(day for day in days if part.start <= day.start < part.amount.start)
        leading = lead or leading
        told = tail or leading
        if all(day.role == "period" for day in told) and leading:
            told = leading
        result.append(part._replace(dated=told))
    return tuple(result)


def _just_before(part: Segment, days: Sequence[When]) -> When | None:
    """The date that an amount in brackets stands right behind."""
    behind = (day for day in days if _IN_BRACKETS.fullmatch(part.text, day.end, part.amount.start))
    return next(behind, None)
