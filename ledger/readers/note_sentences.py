"""What one sentence of a note states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ledger.filing import StatementKind
from ledger.readers.note_amounts import Amount, amounts
from ledger.readers.note_corrections import CORRECTION, correction
from ledger.readers.note_dates import When, dates
from ledger.readers.note_families import (
    COMPOSITION,
    EXCLUSION,
    NOT_HELD,
    PLAN_UNITS,
    PRICES,
    UNSTATED_PART,
    WITHDRAWAL,
    Family,
)
from ledger.readers.note_groups import grouped
from ledger.readers.note_segments import Segment, segments
from ledger.readers.note_splits import split_ratio
from ledger.readers.note_text import Sentence, Stated
from ledger.readers.note_themes import Themes
from ledger.readers.note_transfers import future, moved, transfer
from ledger.readers.note_vehicles import holder
from ledger.types import Direction, Precision

_PLAN_GAINS = re.compile(
    r"\b(?:acquir\w+|purchas\w+|allocat\w+|credit\w+|accru\w+|contribut\w+|receiv\w+|match\w+)\b", re.I
)
_GAINS = re.compile(r"\b(?:received|receipt|acquired|from\s+(?:his|her|the)\s+(?:former|ex))\b", re.I)
_OF_THE = re.compile(r"\bof\s+(?:the|these|those|such|this|his|her)\s+(?:total\s+)?$", re.IGNORECASE)
_ASIDE = re.compile(r"\((?:including|includes|plus|together\s+with)\b[^)]*$", re.IGNORECASE)
_FIGURES = re.compile(r"\d|\bby\s+one\b|\b(?:hundred|thousand)\b", re.IGNORECASE)
_GENERAL = re.compile(r"[\"'(]?(?:each|every|one)\s", re.IGNORECASE)
_ONLY_DATED = re.compile(
    r"(?:\s|[,;()]|\b(?:of|common|stock|shares?|purchased|acquired|bought|on|in|during|and|the|were|for)\b)*",
    re.IGNORECASE,
)
_TO_EACH = re.compile(
    r"\bto\s+each\s+of\s+(?:(?:his|her|their|the|such|reporting\s+person's)\s+)*(?P<count>two|three|four|five|six)?",
    re.IGNORECASE,
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_STILL_IN = re.compile(r"(?<!not )\bincludes?\b|\bacquired\s+in\b", re.IGNORECASE)
_ABOUT_OPTIONS = re.compile(r"\b(?:exercisable|vests?|options?)\b", re.IGNORECASE)
_LATER = re.compile(
    r",?\s+(?:which|and|that)\s+(?:(?:were|was|have\s+been|has\s+been)\s+)?(?:subsequently|then|later|thereafter|in\s+turn)\b",
    re.IGNORECASE,
)
_ERROR = re.compile(r"\b(?:inadvert|error|incorrect|mistak|oversight|overstat|understat|rounding)", re.I)
_IN_A_FUND = re.compile(r"\b(?:held|credited)\b.*\b(?:fund|plan|account)\b", re.IGNORECASE)
_SINCE = ("composition", "exclusion", "previously-reported")


class Sense(NamedTuple):
    """What an amount is: its kind, its way, and who stands on the other side.

    `near` says that the words after the amount tell it; otherwise those before it do, and
    they speak for the amounts that follow as well.
    """

    kind: StatementKind
    direction: Direction | None = None
    counterpart: str | None = None
    near: bool = False


class Reading(NamedTuple):
    """A sentence that was read: the amounts it names and what it states."""

    sentence: Sentence
    amounts: tuple[Amount, ...] = ()
    stated: tuple[Stated, ...] = ()


def read(sentence: Sentence, themes: Themes, earlier: Sequence[Reading]) -> Reading:
    """What one sentence states, apart from what a note says once as a whole.

    `earlier` are the note's sentences before it, read: "These shares should have been
    reported" is about the amount the last of them named.
    """
    text, start, end = sentence
    if PRICES.search(text, start, end):
        return Reading(sentence)
    days = dates(text, start, end)
    found = tuple(amounts(sentence, days)) if _FIGURES.search(text, start, end) else ()
    if themes.corrections:
        corrected = _corrected(sentence, found, themes, earlier)
        if corrected:
            return Reading(sentence, found, (corrected,))
    split = _split(sentence, found, days) if themes.splits else None
    cut = segments(sentence, found, days)
    if split and split.shares is not None:
        cut = tuple(part for part in cut if part.amount.shares != split.shares)
    stated = _amounts_stated(sentence, cut, themes, earlier)
    if not stated and not split:
        return Reading(sentence, found, tuple(_without_amount(sentence, days, themes)))
    return Reading(sentence, found, ((split,) if split else ()) + stated)


def _corrected(
    sentence: Sentence, found: Sequence[Amount], themes: Themes, earlier: Sequence[Reading]
) -> Stated | None:
    """The correction a sentence states, its amount perhaps in the sentence before."""
    text, start, end = sentence
    cue = CORRECTION.search(text, start, end)
    if not cue:
        return None
    if not _ERROR.search(cue[0]) and any(f.cue.search(text, start, end) for f in themes.happened):
        return None
    result = correction(text, start, end, found)
    if result is None:
        return None
    last = earlier[-1] if earlier else None
    if result.shares is None and last and all(stated.shares is None for stated in last.stated):
        before = last.amounts or amounts(last.sentence, dates(*last.sentence))
        wider = None
        if before and len(before) + len(found) <= 2:
            wider = correction(text, last.sentence.start, end, (*before, *found))
        if wider and wider.shares is not None:
            result, start = wider, last.sentence.start
    return Stated("report-correction", start, end, result.shares, result.direction)


def _split(sentence: Sentence, found: Sequence[Amount], days: Sequence[When]) -> Stated | None:
    """The stock split a sentence states, with the shares it brought where they are given."""
    text, start, end = sentence
    named = split_ratio(text, start, end)
    if not named:
        return None
    at, ratio = named
    before = [amount for amount in found if amount.start < at]
    lead = text[start : before[0].start] if len(before) == 1 else ""
    brought = before[0] if re.search(r"\b(?:includ|receiv|acquir|additional)", lead, re.I) else None
    when = _when([day for day in days if day.role == "at"])
    return Stated(
        "split",
        start,
        end,
        brought.shares if brought else None,
        "acquired" if brought else None,
        *when,
        None,
        ratio,
    )


def _amounts_stated(
    sentence: Sentence, cut: Sequence[Segment], themes: Themes, earlier: Sequence[Reading]
) -> tuple[Stated, ...]:
    """One statement for each amount of which the sentence says what it is."""
    stated: list[Stated] = []
    senses = _senses(sentence, cut, themes, earlier)
    for index, (part, sense) in enumerate(zip(cut, senses, strict=True)):
        total = index + 1 < len(cut) and _OF_THE.search(part.lead) is not None
        if sense is None or (total and sense.kind == "composition"):
            continue
        if sense.kind == "composition" and NOT_HELD.search(part.lead):
            continue
        start = sentence.start if part.place == 0 else part.start
        dated = part.dated or _last_date(cut, senses, index)
        useful = () if sense.kind in _SINCE else _dates_for(sense.kind, dated)
        shares = _times(part, sense)
        if shares is None and sense.kind == "gift-note":
            continue
        stated.append(
            Stated(
                sense.kind,
                start,
                part.end,
                shares,
                sense.direction,
                *_when(useful),
                sense.counterpart,
            )
        )
    return grouped(sentence.text, stated)


def _senses(
    sentence: Sentence, cut: Sequence[Segment], themes: Themes, earlier: Sequence[Reading]
) -> list[Sense | None]:
    """What each amount is. One that is only dated is what the amount after it is called."""
    senses: list[Sense | None] = []
    for part in cut:
        before = senses[-1] if senses else None
        senses.append(_sense(sentence, part, before, themes, earlier))
    for index in range(len(cut) - 2, -1, -1):
        this, after, part = senses[index], senses[index + 1], cut[index]
        tail = part.text[part.amount.unit_end : part.end]
        if (
            after is not None
            and after.near
            and after.kind in ("espp-purchase", "dividend-reinvestment", "plan-units")
            and (this is None or this.kind == "composition")
            and part.dated
            and _ONLY_DATED.fullmatch(_without_dates(part, tail))
        ):
            senses[index] = after
    return senses


def _without_dates(part: Segment, tail: str) -> str:
    """The words after an amount's unit without its dates."""
    for day in part.dated:
        tail = tail.replace(part.text[day.start : day.end], " ")
    return tail


def _last_date(
    cut: Sequence[Segment], senses: Sequence[Sense | None], index: int
) -> tuple[When, ...]:
    """The date at the end of a sentence, for an amount of the same kind before it."""
    this, last = senses[index], senses[-1]
    if this is None or last is None or this.kind != last.kind:
        return ()
    undated = not any(part.dated for part in cut[:-1])
    return cut[-1].dated if undated else ()


def _times(part: Segment, sense: Sense) -> Decimal | None:
    """The shares moved in all: an amount "to each of his three children" counts thrice.

    None where it goes to each of several whose number is not given.
    """
    each = _TO_EACH.search(part.text, part.amount.unit_end, part.end)
    if not each or sense.kind not in ("gift-note", "trust-contribution", "form-change"):
        return part.amount.shares
    count = _COUNTS.get((each["count"] or "").lower())
    return part.amount.shares * count if count else None


def _dates_for(kind: StatementKind, days: Sequence[When]) -> list[When]:
    """The dates that tell when something happened; a plan's balance has the day it is of."""
    at = [day for day in days if day.role == "at"]
    return at or ([day for day in days if day.role == "as-of"] if kind == "plan-units" else [])


def _when(days: Sequence[When]) -> tuple[date | None, date | None, Precision]:
    """One interval that holds every date given; a year beside a day only names it again."""
    days = [day for day in days if day.precision != "year"] or days
    if not days:
        return None, None, "unknown"
    if len(days) == 1:
        return days[0].effective_from, days[0].effective_to, days[0].precision
    firsts = [day.effective_from for day in days]
    lasts = [day.effective_to for day in days]
    return (
        None if None in firsts else min(day for day in firsts if day),
        None if None in lasts else max(day for day in lasts if day),
        "interval",
    )


def _sense(
    sentence: Sentence,
    part: Segment,
    before: Sense | None,
    themes: Themes,
    earlier: Sequence[Reading],
) -> Sense | None:
    """What the amount of a segment is.

    The words after it decide; then, for a later amount, what was said of the amount
    before it; then the words before it; and last what a total may simply consist of.
    """
    text = sentence.text
    near = _strong(sentence, part, part.amount.end, part.end, themes)
    if near and near.kind == "previously-reported":
        near = _strong(sentence, part, part.start, part.end, themes)
    if near:
        return near._replace(near=True)
    if part.place and before and not before.near and not part.lead.strip():
        return _renewed(part, before)
    lead = _strong(sentence, part, part.start, part.end, themes)
    if lead:
        return lead
    own = _weak(sentence, part, themes)
    if part.place and before and before.kind not in _SINCE and not (own and _names_a_kind(part)):
        return _renewed(part, before)
    if own is None and part.place and before and before.kind in _SINCE:
        return before._replace(counterpart=holder(text, part.amount.end, part.end))
    if own is None or own.kind == "composition":
        passed_on = _passed_on(part, earlier)
        own = passed_on or own
    return own


def _names_a_kind(part: Segment) -> bool:
    """Whether the words after an amount name a kind of stock, so that it is composition."""
    return re.search(r"\b(?:restricted|unvested|RSUs?|PSUs?|deferred)\b", part.tail, re.I) is not None


def _renewed(part: Segment, before: Sense) -> Sense:
    """The sense of the amount before, with the other side's name read anew."""
    if before.kind in _SINCE:
        return before._replace(counterpart=holder(part.text, part.amount.end, part.end))
    if before.kind in ("trust-contribution", "form-change", "distribution"):
        verb = re.compile("").match(part.text, part.amount.end)
        assert verb is not None
        again = transfer(
            part.text,
            part.amount.end,
            part.end,
            verb=verb,
            sentence_start=part.amount.end,
            amount_start=part.amount.end,
        )
        if again and again.counterpart:
            return before._replace(kind=again.kind, counterpart=again.counterpart)
    return before


def _passed_on(part: Segment, earlier: Sequence[Reading]) -> Sense | None:
    """Shares "received" after a distribution are part of it, those in a plan's fund units."""
    given = next((reading.stated[-1] for reading in reversed(earlier) if reading.stated), None)
    if given and given.kind == "plan-units" and _IN_A_FUND.search(part.tail):
        return Sense("plan-units", None, holder(part.text, part.amount.end, part.end))
    if given and given.kind == "distribution" and re.search(r"\breceived\b", part.lead):
        return Sense("distribution", "acquired", holder(part.text, part.amount.end, part.end))
    return None


def _strong(
    sentence: Sentence, part: Segment, start: int, end: int, themes: Themes
) -> Sense | None:
    """The sense that a family of what happened, or a transfer, gives a stretch of words."""
    text = sentence.text
    later = _LATER.search(text, max(start, part.amount.end), end)
    end = later.start() if later else end
    for family in themes.happened:
        if _happened(family, text, start, end):
            return _of_family(family, text, part)
    verb = moved(text, start, end) if themes.transfers else None
    plan = verb is not None and verb.lastgroup == "contribution" and PLAN_UNITS.cue.search(text, start, end)
    if verb and not plan:
        found = transfer(
            text,
            min(part.start, start),
            end,
            verb=verb,
            sentence_start=sentence.start,
            amount_start=part.amount.start,
        )
        if found:
            return Sense(*found)
    for family in themes.regarded:
        if family.cue.search(text, start, end):
            return _of_family(family, text, part)
    return None


def _of_family(family: Family, text: str, part: Segment) -> Sense:
    direction = family.direction
    around = text[part.start : part.end]
    if family.kind == "plan-units":
        direction = "acquired" if _PLAN_GAINS.search(around) else None
    elif family.kind == "court-transfer" and _GAINS.search(around):
        direction = "acquired"
    return Sense(family.kind, direction, holder(text, part.amount.end, part.end))


def _weak(sentence: Sentence, part: Segment, themes: Themes) -> Sense | None:
    """Exclusion or composition: what a total leaves out, or is made of."""
    text = sentence.text
    first = sentence.start if part.place == 0 else part.start
    held_by = holder(text, part.amount.unit_end, part.end)
    if themes.excludes and EXCLUSION.cue.search(text, first, part.end):
        return Sense("exclusion", None, held_by)
    if not themes.composes:
        return None
    if COMPOSITION.cue.search(text, sentence.start, part.amount.start):
        return Sense("composition", None, held_by)
    return None


def _without_amount(
    sentence: Sentence, days: Sequence[When], themes: Themes
) -> Iterator[Stated]:
    """What a sentence states without giving an amount: several plans, or one other thing."""
    text, start, end = sentence
    if _GENERAL.match(text, start, end):
        return
    happened = [family for family in themes.happened if _happened(family, text, start, end)]
    for family in happened:
        when = _when(_dates_for(family.kind, days))
        if family is WITHDRAWAL:
            yield Stated(family.kind, start, end, None, None, *when, holder(text, start, end))
        else:
            yield Stated(family.kind, start, end, None, family.direction, *when)
    if happened:
        return
    verb = moved(text, start, end) if themes.transfers else None
    if verb and verb.lastgroup not in ("gift", "was") and "convert" not in sentence.words:
        found = transfer(text, start, end, verb=verb, sentence_start=start, amount_start=-1)
        plain_form = "form of" in verb[0].lower()
        told = found and (found.counterpart or found.kind == "distribution" or plain_form)
        if found and told and found.kind != "gift-note":
            when = _when(_dates_for(found.kind, days))
            yield Stated(found.kind, start, end, None, found.direction, *when, found.counterpart)
            return
    if themes.excludes and EXCLUSION.cue.search(text, start, end):
        yield Stated("exclusion", start, end, counterpart=holder(text, start, end))
        return
    for family in themes.regarded:
        if family.cue.search(text, start, end):
            if family is PLAN_UNITS and _ABOUT_OPTIONS.search(text, start, end):
                continue
            yield Stated(family.kind, start, end)
            return
    if themes.composes and "withh" not in sentence.words:
        part = UNSTATED_PART.search(text, start, end)
        if part:
            yield Stated("composition", start, end, counterpart=holder(text, part.start(), end))


def _happened(family: Family, text: str, start: int, end: int) -> bool:
    """Whether a stretch of text says that what a family names did happen."""
    cue = family.cue.search(text, start, end)
    if not cue or _ASIDE.search(text, start, cue.start()):
        return False
    if family is WITHDRAWAL:
        return not _STILL_IN.search(text, start, end)
    return family.kind != "forfeiture" or not future(text, start, cue.start())
