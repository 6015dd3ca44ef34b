"""What a note states as a whole, once its sentences are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import zip_longest

from ledger.footnotes.amounts import amounts
from ledger.footnotes.dates import When, dates, interval
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.phrases import (
    ADOPTION,
    AWARD,
    AWARDED,
    DISCLAIMER,
    NO_SCHEDULE,
    OF_AN_AWARD,
    SCHEDULE,
    VESTING,
    told_already,
)
from ledger.footnotes.plan_exits import reported_apart
from ledger.footnotes.reversals import undoes, undone_at_once
from ledger.footnotes.sentences import Reading
from ledger.footnotes.splits import effective_days, takes_effect
from ledger.footnotes.successions import STEMS, successions
from ledger.footnotes.text import Sentence, Stated
from ledger.footnotes.totals import summed
from ledger.statements import SENSES

_INCLUDES = pattern(r"\b(?:includ|unvested)", re.IGNORECASE)
_VESTS = ("vest", "exercisab", "lapse")
_GRANTS = ("grant", "award", "option", "right", "receive", "represent")
_THESE = pattern(
    r"(?:all\s+of\s+)?(?:(?:these|those|such|said|both)\s+(?:\w+\s+){0,2}?(?:shares|units|stock)\b"
    r"|(?:these|those|such|said|both|the|this|that)\s+(?:\w+\s+)?(?:purchases?|acquisitions?)\b|they\b)",
    re.IGNORECASE,
)
"""How a sentence begins that speaks of the shares of the one before it."""
_SUCH = pattern(r"\b(?:such|these|those|said)\s+(?:\w+\s+)?(?:shares|units|stock)\b", re.IGNORECASE)
_HAPPENED = pattern(
    r"(?:(?:the|this|that|such|these|those)\s+)?(?:\w+\s+)?(?:purchases?|acquisitions?|transfers?|gifts?|contributions?"
    r"|distributions?|forfeitures?|transactions?|shares|units)\s+(?:dates?\s+)?(?:(?:was|were|is)\b(?!\s+(?:not|to\b))"
    r"|occurred|took\s+place|happened)\b",
    re.IGNORECASE,
)
"""How a sentence begins that says when what the one before it tells of happened."""
_ENTERED = pattern(r"\b(?:adopt|enter|dated|establish|execut)", re.IGNORECASE)


def settled(note: str, readings: Sequence[Reading]) -> tuple[Stated, ...]:
    """What a note states as a whole, in the order of its words.

    What its sentences state, each thing once; and its vesting schedule, trading plan,
    disclaimer and successions, of which a note has one however many sentences it takes.
    """
    kept = _unless_told_already(_of_other_shares(_unless_undone(readings)))
    kept = _each_once(note, kept) if len(kept) > 1 else kept
    if any(stated.kind == "reporting-withdrawal" for stated in kept):
        kept = _withdrawn(kept)
    kept = _on_its_day(readings, kept)
    if any(stated.kind == "distribution" for stated in kept):
        kept = _of_one_distribution(kept)
    if any(stated.kind == "split" for stated in kept):
        kept = _in_effect(readings, kept)
    lowered = note.lower()
    if any(stem in lowered for stem in _VESTS):
        kept = _with_vesting(note, readings, kept)
    if "10b5" in lowered or "10b-5" in lowered:
        kept += _adopted(readings)
    if "disclaim" in lowered or "admission" in lowered:
        said = next((r.sentence for r in readings if DISCLAIMER.search(*r.sentence)), None)
        if said:
            kept.append(Stated("disclaimer", said.start, said.end))
    if any(stem in lowered for stem in STEMS):
        followed = _succeeded(readings)
        ratios = {one.ratio for one in followed if one.ratio}
        kept = [one for one in kept if one.kind != "split" or one.ratio not in ratios] + followed
    return tuple(sorted(kept, key=lambda stated: (stated.start, stated.end)))


def _unless_undone(readings: Sequence[Reading]) -> list[Reading]:
    """The readings without the deeds that they, or the sentences after them, say were undone again."""
    kept: list[Reading] = []
    for reading in readings:
        last = next((n for n in reversed(range(len(kept))) if kept[n].stated), None)
        sizes = {amount.shares for amount in reading.amounts}
        undone = len(sizes) <= 1 and undone_at_once(reading.sentence)
        if (
            last is not None
            and sizes <= {amount.shares for amount in kept[last].amounts}
            and undoes(reading.sentence, kept[last].sentence)
        ):
            kept[last], undone = kept[last]._replace(stated=_unmoved(kept[last])), True
        kept.append(reading._replace(stated=_unmoved(reading)) if undone else reading)
    return kept


def _unmoved(reading: Reading) -> tuple[Stated, ...]:
    """What a sentence states besides movements."""
    return tuple(one for one in reading.stated if not SENSES[one.kind].moves)


def _of_other_shares(readings: Sequence[Reading]) -> list[Reading]:
    """The readings without what one says, with no number and no day, of the shares left out before it.

    "No longer includes 500 shares of a former spouse. The owner has no interest in such shares."
    """
    kept: list[Reading] = []
    for reading in readings:
        before = kept[-1].stated if kept else ()
        again = (
            not reading.amounts
            and any(s.kind == "exclusion" and s.shares and s.direction for s in before)
            and all(s.shares is None and s.precision == "unknown" for s in reading.stated)
            and _SUCH.search(*reading.sentence) is not None
        )
        kept.append(reading._replace(stated=()) if again else reading)
    return kept


def _unless_told_already(readings: Sequence[Reading]) -> list[Stated]:
    """What the sentences state; what the next one says that an earlier report counts came in then."""
    kept: list[Stated] = []
    for reading, after in zip_longest(readings, readings[1:]):
        again = after is not None and _THESE.match(after.sentence.text, after.sentence.start)
        plan = again and reported_apart(after.sentence.words, reading.sentence.words)
        if plan:
            kept += [
                stated._replace(kind="form-change", direction="acquired", counterpart=plan)
                if SENSES[stated.kind].from_plan or stated.kind == "composition"
                else stated
                for stated in reading.stated
            ]
        elif again and told_already(*after.sentence):
            kept += [
                stated._replace(kind="previously-reported", direction=None)
                if SENSES[stated.kind].only_adds and stated.shares is not None
                else stated
                for stated in reading.stated
            ]
        else:
            kept += reading.stated
    return kept


def _each_once(note: str, found: Sequence[Stated]) -> list[Stated]:
    """Drop what was said before, and what is said without an amount beside one with it.

    The same amount of the same kind again without a date is the same shares again.
    """
    counted = {stated.kind for stated in found if stated.shares is not None}
    kept: dict[tuple[object, ...], Stated] = {}
    for stated in found:
        if stated.shares is None and stated.kind in counted and stated.kind != "split":
            continue
        key = (stated.kind, stated.shares, stated.ratio)
        before = kept.get(key)
        again = before is not None and (stated.shares is None or _again(before, stated))
        if not again:
            kept[key if before is None else (*key, stated.start, stated.effective_from)] = stated
    return list(summed(note, list(kept.values())))


def _again(before: Stated, stated: Stated) -> bool:
    """Whether a later sentence only takes up again what was dated before."""
    later = before.end <= stated.start
    return later and stated.precision == "unknown" and before.precision != "unknown"


def _withdrawn(found: Sequence[Stated]) -> list[Stated]:
    """A withdrawal explains the exclusion beside it and takes over whom it names."""
    left_out = [s for s in found if s.kind == "exclusion" and s.shares is None]
    named = next((stated.counterpart for stated in left_out if stated.counterpart), None)
    return [
        stated._replace(
            start=min([stated.start, *(other.start for other in left_out)]),
            counterpart=stated.counterpart or named,
        )
        if stated.kind == "reporting-withdrawal" and stated.shares is None
        else stated
        for stated in found
        if stated not in left_out
    ]


def _on_its_day(readings: Sequence[Reading], found: list[Stated]) -> list[Stated]:
    """The note's one movement has the day that a sentence of its own gives it after it."""
    moved = [one for one in found if SENSES[one.kind].moves]
    if len(moved) != 1 or moved[0].kind == "split" or moved[0].precision == "day":
        return found
    days = [
        day
        for reading in readings
        if not reading.stated and not reading.amounts and reading.sentence.start >= moved[0].end
        if _HAPPENED.match(reading.sentence.text, reading.sentence.start)
        for day in dates(*reading.sentence)
        if day.role == "at" and day.precision == "day"
    ]
    if len(days) != 1:
        return found
    dated = moved[0].on(*interval(days))
    return [dated if one is moved[0] else one for one in found]


def _of_one_distribution(found: list[Stated]) -> list[Stated]:
    """The owner's undated part of what a fund distributed on a day, as the note told before, has its day."""
    kept: list[Stated] = []
    whole: Stated | None = None
    for one in found:
        mine = one.kind == "distribution" and one.direction == "acquired"
        if whole and mine and one.precision == "unknown" and one.shares and whole.shares:
            less = one.shares < whole.shares
            kept.append(one.on(whole.effective_from, whole.effective_to, "day") if less else one)
            continue
        kept.append(one)
        if one.kind == "distribution" and one.direction == "disposed" and one.precision == "day":
            whole = one
    return kept


def _in_effect(readings: Sequence[Reading], found: list[Stated]) -> list[Stated]:
    """The note's one undated split has the day that another of its sentences gives it."""
    undated = [one for one in found if one.kind == "split" and one.precision == "unknown"]
    if len(undated) != 1:
        return found
    told: set[When] = set()
    for reading in readings:
        text, start, end = reading.sentence
        if takes_effect(text, start, end) and not start <= undated[0].start < end:
            told.update(effective_days(text, start, dates(text, start, end)))
    if len(told) != 1:
        return found
    dated = undated[0].on(*interval(list(told)))
    return [dated if one is undated[0] else one for one in found]


def _with_vesting(note: str, readings: Sequence[Reading], found: list[Stated]) -> list[Stated]:
    """Add the note's vesting schedule, with the award's size where it is given once."""
    schedule: Sentence | None = None
    tranches: list[Sentence] = []
    awards: set[Decimal] = set()
    for reading in readings:
        sentence, words = reading.sentence, reading.sentence.words
        lowered = words.lower()
        if any(stem in lowered for stem in _GRANTS):
            awards |= _awards(reading)
        if "withh" in words or not any(stem in lowered for stem in _VESTS):
            continue
        told = NO_SCHEDULE.sub("", words) if NO_SCHEDULE.search(words) else words
        if not VESTING.search(told):
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


def _awards(reading: Reading) -> set[Decimal]:
    """The sizes of awards a sentence gives: "was granted 900 units"."""
    text, start, end = sentence = reading.sentence
    return {
        amount.shares
        for amount in reading.amounts or amounts(sentence, dates(*sentence))
        if AWARD.search(text[max(start, amount.start - 80) : amount.start])
        or AWARDED.search(text[amount.end : min(end, amount.end + 200)])
        or OF_AN_AWARD.match(
            text[max(start, amount.start - 7) : min(end, amount.end + 200)].lstrip()
        )
    }


def _succeeded(readings: Sequence[Reading]) -> list[Stated]:
    """The companies a note says took each other's place, each named once, with a ratio if any."""
    named: dict[str | None, Stated] = {}
    for stated in (one for reading in readings for one in successions(reading.sentence)):
        before = named.get(stated.counterpart)
        if before is None or (before.ratio is None and stated.ratio):
            named[stated.counterpart] = stated
    return list(named.values())


def _adopted(readings: Sequence[Reading]) -> list[Stated]:
    """The trading plan a note names, with the day it was adopted where that is given."""
    named: Stated | None = None
    for reading in readings:
        text, start, _ = sentence = reading.sentence
        if not ADOPTION.search(*sentence):
            continue
        days = [
            day
            for day in dates(*sentence)
            if day.precision in ("day", "month") and _ENTERED.search(text, start, day.start)
        ]
        if days:
            day = days[0]
            adopted = Stated("plan-adoption", sentence.start, sentence.end)
            return [adopted.on(day.effective_from, day.effective_to, day.precision)]
        named = named or Stated("plan-adoption", sentence.start, sentence.end)
    return [named] if named else []
