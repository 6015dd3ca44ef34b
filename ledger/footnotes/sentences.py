"""What one sentence of a note states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from ledger.footnotes.amounts import Amount, amounts
from ledger.footnotes.clauses import Segment, segments
from ledger.footnotes.corrections import apart, correction, cue
from ledger.footnotes.dates import When, dates, governed, interval
from ledger.footnotes.each_of import times
from ledger.footnotes.families import any_phrase
from ledger.footnotes.happenings import happened
from ledger.footnotes.left_out import on_its_own_day
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.meanings import Sense, brought, is_what_vested, only_tells_of
from ledger.footnotes.modality import permits
from ledger.footnotes.parties import counts_another_companys, holder
from ledger.footnotes.phrases import (
    EXCLUSION,
    NOT_HELD,
    PLAN_UNITS,
    UNSTATED_PART,
    WITHDRAWAL,
    only_of_prices,
)
from ledger.footnotes.recounts import found_to_be
from ledger.footnotes.reversals import by_mistake
from ledger.footnotes.senses import senses
from ledger.footnotes.set_right import none_did, set_right
from ledger.footnotes.splits import effective_days, split_ratio
from ledger.footnotes.text import Sentence, Stated
from ledger.footnotes.ties import ended
from ledger.footnotes.topics import Themes
from ledger.footnotes.totals import grouped
from ledger.footnotes.transfer_verbs import moved
from ledger.footnotes.transfers import held_otherwise, retained, transfer
from ledger.footnotes.ways import in_their_roles, with_its_number
from ledger.statements import SENSES, StatementKind
from ledger.types import Direction

_OF_THE = pattern(r"\bof\s+(?:the|these|those|such|this|his|her)\s+(?:total\s+)?$", re.IGNORECASE)
_OF_A_WHOLE = pattern(
    r"(?:^|[.;:,]\s+)of\s+(?:the|these|those|such|his|her)\s+(?:total\s+)?$", re.IGNORECASE
)
_GENERAL = pattern(r"[\"'(]?(?:each|every|one)\s", re.IGNORECASE)
_BASE = pattern(
    r"\b(?:on|respect\s+(?:of|to)|relating\s+to)\s+(?:the\s+|his\s+|her\s+)?$", re.IGNORECASE
)
_TAXED = any_phrase(
    "restrictions|tax|liabilit|obligation|vesting|settlement|release|laps",
    r"\b(?:restrictions|tax(?:es)?|liabilit(?:y|ies)|obligations?|lapse|lapsing|vesting|release|settlement)\s+(?:\w+\s+){0,2}?"
    r"(?:as\s+to|on|upon|with\s+respect\s+to|in\s+respect\s+of|relating\s+to)\s+(?:the\s+|an?\s+(?:aggregate|total)\s+of\s+)?$",
)
"""What stands before the number of what vested and was taxed, not of what was withheld for it."""
_VESTED = any_phrase(
    "vest|lapse|settlement",
    r"\b(?:vested|(?:upon|on|at|following|with|of)\s+(?:the\s+|such\s+)?(?:\w+\s+)?(?:vesting|lapse|settlement))\b(?:(?!\b(?:granted|awarded|will)\b)[^.;]){0,80}?"
    r"\b(?:on|effective|as\s+of)\s+$|\bvested\s+$",
)
"""What stands before the day on which shares vested, that others were withheld of."""
_HAD_COME = any_phrase(
    "acquired|awarded|bought|granted|purchased|received|vested",
    r"\b(?:those|that|which|shares|units|stock)\s+(?:(?:was|were|had|been|have|has|\w+ly|he|she|reporting\s+person|owner)\s+){0,3}?"
    r"(?:(?:purchased|bought|acquired)(?!\s+by\b)|vested|received|granted|awarded)\s+(?:\w+\s+){0,3}?(?:on|in|during)\s+(?:the\s+)?$",
)
_MECHANICS = pattern(
    r"\b(?:exercisable|vests?|options?|payable|equivalent\s+of|determined\s+by|settled\s+in)\b",
    re.IGNORECASE,
)
_BROUGHT = pattern(r"\b(?:includ|receiv|acquir)", re.IGNORECASE)
_CREDITED = pattern(
    r"(?:\s+of\s+\w+\s+stock)?\s+(?:were|was)\s+(?:\w+ly\s+)?(?:credited|issued|delivered|allott?ed|added|distributed)\b",
    re.IGNORECASE,
)
_ADDITIONAL = pattern(r"\badditional\b", re.IGNORECASE)
_ERROR = pattern(
    r"\b(?:inadvert|error|incorrect|mistak|oversight|overstat|understat|rounding|too\s|when\s|adjust|not\s+own|no\s+\w*\s*interest"
    r"|not\s+(?:the\s+)?beneficial|never\s+(?:owned|belonged))",
    re.IGNORECASE,
)
_WAYS: dict[int, Direction] = {1: "acquired", -1: "disposed"}
_RIGHT_THEN = pattern(r"(?:in\s+fact|in\s+reality|actually)\b", re.IGNORECASE)
"""How a sentence begins that sets right what the one before it says was wrong."""


class Reading(NamedTuple):
    """A sentence that was read: the amounts it names and what it states."""

    sentence: Sentence
    amounts: tuple[Amount, ...] = ()
    stated: tuple[Stated, ...] = ()


def read(sentence: Sentence, themes: Themes, earlier: Sequence[Reading]) -> Reading:
    """What one sentence states, apart from what a note says once as a whole.

    That a tie to a vehicle ended is stated beside whatever else happened.
    """
    result = _read(sentence, themes, earlier)
    told = any(stated.kind == "reporting-withdrawal" for stated in result.stated)
    named = ended(sentence, themes.ties) if themes.ties and not told else None
    if named is None:
        return result
    text, start, end = sentence
    left = Stated("reporting-withdrawal", start, end, direction="disposed", counterpart=named)
    days = [day for day in dates(text, start, end) if day.role in ("at", "schedule")]
    kept = result.stated
    if _INTEREST_PASSED.search(text, start, end):
        kept = tuple(s for s in kept if s.shares or (s.kind, s.direction) != _CAME)
    return result._replace(stated=(*kept, left.on(*interval(days))))


_INTEREST_PASSED = pattern(
    r"\b(?:transferr|assign|convey|s[eo]ld|surrender|gave|gift|relinquish)\w*\s+(?:[\w'’]+\s+){0,5}?interests?\s+in\b",
    re.IGNORECASE,
)
_CAME = ("form-change", "acquired")
"""What no interest that was given away brings: it took the shares along."""


def _read(sentence: Sentence, themes: Themes, earlier: Sequence[Reading]) -> Reading:
    """What the amounts, plans, transfers and corrections of a sentence are.

    `earlier` are the note's sentences before it, read: "These shares should have been
    reported" is about the amount the last of them named.
    """
    text, start, end = sentence
    if themes.prices and only_of_prices(text, start, end):
        return Reading(sentence)
    days = dates(text, start, end)
    found = tuple(amounts(sentence, days)) if themes.figures else ()
    if themes.figures and not found and counts_another_companys(text, start, end):
        return Reading(sentence)
    if themes.corrections:
        corrected = _corrections(sentence, found) or _corrected(sentence, found, themes, earlier)
        if corrected:
            both = all(one.shares is None for one in corrected) and len(found) > 1
            beside = (
                _beside(sentence, segments(sentence, found, days), themes, earlier) if both else ()
            )
            dated = tuple(on_its_own_day(sentence, one, days) for one in beside or corrected)
            return Reading(sentence, found, dated)
    named = split_ratio(text, start, end) if themes.splits else None
    if named:
        found = tuple(a for a in found if not named[0] <= a.start < named[1] or a.shares > 100)
    split = (
        _split(sentence, named, brought(sentence, named[0], found, themes), days) if named else None
    )
    cut = segments(sentence, found, days)
    if split and split.shares is not None:
        cut = tuple(part for part in cut if part.amount.shares != split.shares)
    stated = _on_vesting(sentence, _amounts_stated(sentence, cut, themes, earlier), days)
    if not stated and any(only_tells_of(sentence, part) for part in cut):
        return Reading(sentence, found, (split,) if split else ())
    if not stated and not split:
        told = tuple(_without_amount(sentence, days, themes))
        return Reading(sentence, found, with_its_number(sentence, cut, told))
    return Reading(sentence, found, ((split,) if split else ()) + stated)


def _corrected(
    sentence: Sentence, found: Sequence[Amount], themes: Themes, earlier: Sequence[Reading]
) -> tuple[Stated, ...]:
    """The correction a sentence states, its amount perhaps in the sentence before."""
    text, start, end = sentence
    told = cue(text, start, end)
    last = earlier[-1] if earlier else None
    beside = _set_right(sentence, found, last)
    if beside:
        return beside
    if not told:
        return _in_fact(sentence, found, last) if last else ()
    if by_mistake(sentence):
        return ()
    if not _ERROR.search(told) and any(f.cue.search(text, start, end) for f in themes.happened):
        return ()
    result = correction(text, start, end, found)
    if result is None:
        return ()
    if result.shares is None and last and all(stated.shares is None for stated in last.stated):
        before = last.amounts or amounts(last.sentence, dates(*last.sentence))
        wider = None
        if before and len(before) + len(found) <= 2:
            wider = correction(text, last.sentence.start, end, (*before, *found))
        if wider and wider.shares is not None:
            result, start = wider, last.sentence.start
    sole = found[0] if len(found) == 1 else None
    counted = found_to_be(text, start, sole.start, sole.end, end) if sole else 0
    if sole and counted:
        result = result._replace(shares=sole.shares, direction=_WAYS[counted])
    none = none_did(text, found[0].unit_end, end) if len(found) == 1 else None
    if none and result.shares is None:
        result = result._replace(shares=found[0].shares, direction=none)
    return (Stated("report-correction", start, end, result.shares, result.direction),)


def _beside(
    sentence: Sentence, cut: Sequence[Segment], themes: Themes, earlier: Sequence[Reading]
) -> tuple[Stated, ...]:
    """What a sentence states of several amounts, one of which corrects: "60 bought in June and 25 left out"."""
    text, rest = sentence.text, list[Segment]()
    wrong: list[Stated] = []
    for part in cut:
        first, last = part.amount.start, part.end
        told = correction(text, first, last, (part.amount,)) if cue(text, first, last) else None
        if told and told.shares:
            wrong.append(Stated("report-correction", first, last, told.shares, told.direction))
        else:
            rest.append(part)
    moved = _amounts_stated(sentence, rest, themes, earlier) if len(wrong) == 1 and rest else ()
    sure = len(moved) == len(rest) and all(SENSES[one.kind].moves for one in moved)
    return tuple(sorted((*wrong, *moved), key=lambda one: one.start)) if sure and moved else ()


def _set_right(
    sentence: Sentence, found: Sequence[Amount], last: Reading | None
) -> tuple[Stated, ...]:
    """A correction that sets what was true beside what was told, there or in the sentence before."""
    text, start, end = sentence
    if len(found) == 1 and last and all(stated.shares is None for stated in last.stated):
        start = last.sentence.start
        found = (*(last.amounts or amounts(last.sentence, dates(*last.sentence))), *found)
    size = set_right(text, start, end, found) if len(found) == 2 else None
    return (Stated("report-correction", start, end, *size),) if size else ()


def _in_fact(sentence: Sentence, found: Sequence[Amount], last: Reading) -> tuple[Stated, ...]:
    """A correction whose right figure a sentence of its own gives: "In fact 500 were sold"."""
    text, start, end = sentence
    open_still = any(s.kind == "report-correction" and s.shares is None for s in last.stated)
    none = none_did(text, start, end) if open_still and not found else None
    if none and len(last.amounts) == 1:
        first, size = last.sentence.start, last.amounts[0].shares
        return (Stated("report-correction", first, end, size, none),)
    if not open_still or not _RIGHT_THEN.match(text, start, end):
        return ()
    first, both = last.sentence.start, (*last.amounts, *found)
    result = correction(text, first, end, both) if len(both) == 2 else None
    if result is None or result.shares is None:
        return ()
    return (Stated("report-correction", first, end, result.shares, result.direction),)


def _corrections(sentence: Sentence, found: Sequence[Amount]) -> tuple[Stated, ...]:
    """Several corrections in one sentence, each with its amount; none where there is but one."""
    text, start, end = sentence
    if len(found) < 2 or not cue(text, start, end):
        return ()
    told = [
        Stated("report-correction", first, last, result.shares, result.direction)
        for first, last, result in apart(text, start, end, found)
    ]
    return tuple(told) if len(told) > 1 else ()


def _split(
    sentence: Sentence,
    named: tuple[int, int, str],
    found: Sequence[Amount],
    days: Sequence[When],
) -> Stated:
    """The stock split a sentence states, with the shares it brought where they are given."""
    text, start, end = sentence
    at, _, ratio = named
    before = [amount for amount in found if amount.start < at]
    more = [amount for amount in found if _ADDITIONAL.search(text, amount.end, amount.unit_end)]
    led = len(before) == 1 and _BROUGHT.search(text, start, before[0].start)
    came = [
        amount
        for amount in found
        if amount.start > at and _CREDITED.match(text, amount.unit_end, end)
    ]
    brought = (
        before[0] if led else more[0] if len(more) == 1 else came[0] if len(came) == 1 else None
    )
    when = interval(effective_days(text, start, days))
    stated = Stated("split", start, end, ratio=ratio).on(*when)
    if brought is None:
        return stated
    return stated._replace(shares=brought.shares, direction="acquired")


def _amounts_stated(
    sentence: Sentence, cut: Sequence[Segment], themes: Themes, earlier: Sequence[Reading]
) -> tuple[Stated, ...]:
    """One statement for each amount of which the sentence says what it is."""
    stated: list[Stated] = []
    kept: list[Amount] = []
    told_before = [one for reading in earlier for one in reading.stated]
    meant = in_their_roles(sentence, cut, senses(sentence, cut, themes, told_before))
    # the only date, at a sentence's end, is also that of the amounts of its kind before it
    shared_date = cut[-1].dated if cut and not any(part.dated for part in cut[:-1]) else ()
    last_kind = meant[-1].kind if meant and meant[-1] else None
    for index, (part, sense) in enumerate(zip(cut, meant, strict=True)):
        total = index + 1 < len(cut) and _OF_THE.search(part.lead) is not None
        if sense is None or (total and (sense.kind == "composition" or _is_whole(sentence, part))):
            continue
        if sense.kind == "composition" and NOT_HELD.search(part.lead):
            continue
        if sense.kind == "dividend-reinvestment" and _BASE.search(part.lead):
            continue
        sized = SENSES[sense.kind].sized or (index > 0 and sense.kind == "composition")
        if sized and is_what_vested(sentence, part):
            continue
        if sense.kind == "withheld-note" and _TAXED.search(part.lead):
            continue
        start = sentence.start if part.place == 0 else part.start
        dated = part.dated or (shared_date if sense.kind == last_kind else ())
        useful = () if SENSES[sense.kind].describes_total else _came_by(sense.kind, dated)
        if sense.direction == "acquired" and len(useful) > 1:
            useful = governed(sentence.text, sentence.start, useful)
        if sense.direction == "disposed" and sense.kind != "withheld-note":
            useful = [day for day in useful if not _had_come(sentence, day)]
        shares = times(part, sense)
        if shares is None and sense.kind == "gift-note":
            continue
        if shares != part.amount.shares and any(_is_of(one, sense, shares) for one in stated):
            continue  # "5,000 shares, 2,500 to each of two sons"
        told = Stated(
            sense.kind,
            start,
            part.end,
            shares=shares,
            direction=sense.direction,
            counterpart=sense.counterpart,
        )
        apart = [[day] for day in useful] if part.on_each else [useful]
        stated += [told.on(*interval(some)) for some in apart]
        kept += [part.amount] * len(apart)
    return grouped(sentence.text, stated, kept)


def _is_of(told: Stated, sense: Sense, shares: Decimal | None) -> bool:
    """Whether what was told before is the same movement as parts that make so many shares."""
    return told.kind == sense.kind and told.shares == shares


def _is_whole(sentence: Sentence, part: Segment) -> bool:
    """Whether an amount is the whole of which those after it are parts: "Of the 900 shares released, 300 were"."""
    return _OF_A_WHOLE.search(sentence.text, sentence.start, part.amount.start) is not None


def _on_vesting(
    sentence: Sentence, stated: tuple[Stated, ...], days: Sequence[When]
) -> tuple[Stated, ...]:
    """What was withheld is of the one day on which a sentence says that shares vested."""
    text, start, _ = sentence
    vested = [
        day
        for day in days
        if day.precision == "day" and _VESTED.search(text, max(start, day.start - 100), day.start)
    ]
    if len(vested) != 1:
        return stated
    return tuple(
        one.on(*interval(vested))
        if one.kind == "withheld-note" and one.precision == "unknown"
        else one
        for one in stated
    )


def _had_come(sentence: Sentence, day: When) -> bool:
    """Whether a date is that on which shares had come that went later: "those bought on May 1"."""
    since = max(sentence.start, day.start - 60)
    return _HAD_COME.search(sentence.text, since, day.start) is not None


def _dates_for(kind: StatementKind, days: Sequence[When]) -> list[When]:
    """The dates that tell when something happened; what is told as of a day has that."""
    at = [day for day in days if day.role == "at"] or [day for day in days if day.role == "period"]
    return at or ([day for day in days if day.role == "as-of"] if SENSES[kind].as_of else [])


def _came_by(kind: StatementKind, days: Sequence[When]) -> list[When]:
    """The dates of an amount: what a plan has of it as of a day came by that."""
    found = _dates_for(kind, days)
    if found or not SENSES[kind].from_plan:
        return found
    told = (day for day in days if day.role == "as-of")
    return [day._replace(effective_from=None, precision="interval") for day in told]


def _without_amount(sentence: Sentence, days: Sequence[When], themes: Themes) -> Iterator[Stated]:
    """What a sentence states without giving an amount: several plans, or one other thing."""
    text, start, end = sentence
    if _GENERAL.match(text, start, end):
        return
    told = [family for family in themes.happened if happened(family, sentence, start, end)]
    paid = any(SENSES[family.kind].sized for family in told)
    plans = [
        family
        for family in told
        if not SENSES[family.kind].sized and not (paid and family.kind == "forfeiture")
    ]
    for family in plans:
        stated = Stated(family.kind, start, end).on(*interval(_dates_for(family.kind, days)))
        if family is WITHDRAWAL:
            yield stated._replace(counterpart=holder(text, start, end))
        else:
            yield stated._replace(direction=family.direction)
    if plans:
        return
    verb = moved(sentence, start, end) if themes.transfers else None
    kept = verb is not None and verb.sort == "gift" and retained(text, start, end)
    changed = verb is not None and verb.sort not in ("gift", "was")
    if verb is not None and verb.sort == "was":
        changed = held_otherwise(text, start, end)
    if verb and (kept or changed) and "convert" not in sentence.words:
        found = transfer(text, start, end, verb=verb, lead=text[start : verb.start])
        if (
            found
            and found.kind != "gift-note"
            and (found.counterpart or verb.is_enough(text, start, end))
        ):
            stated = Stated(
                found.kind, start, end, direction=found.direction, counterpart=found.counterpart
            )
            yield stated.on(*interval(_dates_for(found.kind, days)))
            return
    yield from _described(sentence, themes)


def _described(sentence: Sentence, themes: Themes) -> Iterator[Stated]:
    """What a sentence says of a total or a holding without a number: the first that fits."""
    text, start, end = sentence
    if themes.excludes and EXCLUSION.cue.search(text, start, end):
        yield Stated("exclusion", start, end, counterpart=holder(text, start, end))
        return
    for family in themes.regarded:
        told = _MECHANICS.search(text, start, end) is not None or permits(sentence)
        mechanics = family is PLAN_UNITS and told
        if not mechanics and family.cue.search(text, start, end):
            yield Stated(family.kind, start, end)
            return
    part = UNSTATED_PART.search(text, start, end) if themes.composes else None
    if part and "withh" not in sentence.words:
        yield Stated("composition", start, end, counterpart=holder(text, part.start(), end))
