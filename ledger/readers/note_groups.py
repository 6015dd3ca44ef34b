"""Totals with their parts, and what a note states once however often it says it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ledger.readers.note_amounts import amounts
from ledger.readers.note_dates import dates
from ledger.readers.note_families import (
    ADOPTION,
    AWARD,
    AWARDED,
    OF_AN_AWARD,
    DISCLAIMER,
    NO_SCHEDULE,
    SCHEDULE,
    VESTING,
)
from ledger.readers.note_segments import Segment
from ledger.readers.note_text import Sentence, Stated, sentences
from ledger.readers.note_themes import Themes

_LISTS_PARTS = re.compile(
    r"\b(?:including|consisting\s+of|comprised\s+of|comprising|as\s+follows|of\s+which|being)\b|:", re.I
)
_INCLUDES = re.compile(r"\b(?:includ|unvested)", re.IGNORECASE)
_WHOLE = re.compile(r"\b(?:total|aggregate|sum)\b", re.IGNORECASE)
_AGAIN = re.compile(r"\b(?:the|these|such|those|said)\s+$", re.IGNORECASE)


def grouped(text: str, cut: Sequence[Segment], stated: Sequence[Stated]) -> tuple[Stated, ...]:
    """The statements of a sentence with each total resolved into its parts.

    Where the amounts after a total sum to it, or those before one, each part carries the
    total and the total goes. Where parts are announced ("including") and do not sum, the
    total alone stands, for some of its parts are not given.
    """
    if len(stated) < 2:
        return tuple(stated)
    del cut
    for index, whole in enumerate(stated):
        same = [other for other in stated if other is not whole and other.kind == whole.kind]
        after = [other for other in stated[index + 1 :] if other.kind == whole.kind]
        rest = [other for other in stated if other not in (whole, *after)]
        for parts in (after, same):
            if len(parts) > 1 and whole.shares == sum(part.shares or 0 for part in parts):
                kept = [part._replace(group_total=whole.shares) for part in parts]
                others = [other for other in rest if other not in parts]
                return tuple(sorted([*others, *kept], key=lambda item: item.start))
        if after and whole.kind not in ("composition", "exclusion"):
            between = text[whole.start : after[0].end]
            announced = _LISTS_PARTS.search(between) is not None
            if announced and whole.shares == after[0].shares and len(after) == 1:
                return (*rest, after[0])
            if announced and sum(part.shares or 0 for part in after) < (whole.shares or Decimal(0)):
                return (*rest, whole._replace(end=after[-1].end))
    return tuple(stated)


def settled(note: str, found: Sequence[Stated], themes: Themes) -> tuple[Stated, ...]:
    """What a note states as a whole: each thing once, and what is said of all of it."""
    kept = _each_once(note, found)
    kinds = {stated.kind for stated in kept}
    if "reporting-withdrawal" in kinds:
        kept = _withdrawn(kept)
    if themes.vesting:
        kept = _with_vesting(note, kept)
    if themes.adoption:
        kept += _adopted(note)
    if themes.disclaims:
        said = next((s for s in sentences(note) if DISCLAIMER.search(*s)), None)
        if said:
            kept.append(Stated("disclaimer", said.start, said.end))
    return tuple(sorted(kept, key=lambda stated: (stated.start, stated.end)))


def _each_once(note: str, found: Sequence[Stated]) -> list[Stated]:
    """Drop what was said before, and what is said without an amount beside one with it."""
    counted = {stated.kind for stated in found if stated.shares is not None}
    kept: list[Stated] = []
    for stated in found:
        if stated.shares is None and stated.kind in counted and stated.kind != "split":
            continue
        twin = next((other for other in kept if _same(other, stated)), None)
        if twin is None:
            kept.append(stated)
    return kept


def _same(one: Stated, other: Stated) -> bool:
    """Whether two statements say one thing: same kind and amount, and no other date."""
    if one.kind != other.kind or one.shares != other.shares or one.ratio != other.ratio:
        return False
    if one.shares is None:
        return True
    return one.end <= other.start and other.precision == "unknown" and one.precision != "unknown"


def _withdrawn(found: Sequence[Stated]) -> list[Stated]:
    """A withdrawal explains the exclusion beside it and takes over whom it names."""
    left_out = [s for s in found if s.kind == "exclusion" and s.shares is None]
    kept: list[Stated] = []
    for stated in found:
        if stated.kind == "reporting-withdrawal" and stated.shares is None:
            named = next((s.counterpart for s in left_out if s.counterpart), None)
            first = min([stated.start, *(s.start for s in left_out)])
            stated = stated._replace(start=first, counterpart=stated.counterpart or named)
        if stated not in left_out:
            kept.append(stated)
    return kept


def _with_vesting(note: str, found: list[Stated]) -> list[Stated]:
    """Add the note's vesting schedule, with the award's size where it is given once."""
    schedule: Sentence | None = None
    tranches: list[Sentence] = []
    awards: set[Decimal] = set()
    for sentence in sentences(note):
        awards |= _awards(sentence)
        words = sentence.words
        if "withh" in words or not VESTING.search(NO_SCHEDULE.sub("", words)):
            continue
        if not _INCLUDES.search(words):
            tranches.append(sentence)
        if schedule is None and SCHEDULE.search(words):
            schedule = sentence
    if schedule is None:
        return found
    kept = [
        stated
        for stated in found
        if stated.kind != "composition"
        or (
            not any(part.start <= stated.start < part.end for part in tranches)
            and (stated.shares not in awards or _INCLUDES.search(note, stated.start, stated.end))
        )
    ]
    award = next(iter(awards)) if len(awards) == 1 else None
    return [*kept, Stated("vesting-schedule", schedule.start, schedule.end, award)]


def _awards(sentence: Sentence) -> set[Decimal]:
    """The sizes of awards a sentence gives: "was granted 900 units"."""
    text, start, end = sentence
    return {
        amount.shares
        for amount in amounts(sentence, dates(*sentence))
        if AWARD.search(text[start : amount.start])
        or AWARDED.search(text[amount.end : end])
        or OF_AN_AWARD.match(text[max(start, amount.start - 7) : end].lstrip())
    }


def _adopted(note: str) -> list[Stated]:
    """The trading plan a note names, with the day it was adopted where that is given."""
    named: Stated | None = None
    for sentence in sentences(note):
        plan = ADOPTION.search(*sentence)
        if not plan:
            continue
        days = [
            day
            for day in dates(*sentence)
            if day.precision in ("day", "month")
            and re.search(r"\b(?:adopt|enter|dated|establish|execut)", note[sentence.start : day.start], re.I)
        ]
        if days:
            day = days[0]
            interval = (day.effective_from, day.effective_to, day.precision)
            return [Stated("plan-adoption", sentence.start, sentence.end, None, None, *interval)]
        named = named or Stated("plan-adoption", sentence.start, sentence.end)
    return [named] if named else []
