"""A series under new terms: one holding still, whose strike and number a company changed.

A split, a spin-off or a repricing leaves an option what it was and changes what it says:
the number is multiplied and the strike divided, each rounded its own way, or a note gives the
old terms beside the new ones. The expiry stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ledger.figures import figures_in
from ledger.footnotes.dates import dates
from ledger.types import exchanged
from projections.filings.dates import speaks_on
from projections.filings.records import ZERO
from projections.positions.conventions import best, implied
from projections.positions.digits import slipped_digits
from projections.positions.entries import Entry
from projections.positions.line_words import Words
from projections.positions.position import Position
from projections.positions.ratios import NEXT_CENT, RATIOS, comes_to, inverse, rebasing
from projections.positions.series_told import SeriesTold, one_slip

_CERTAIN = Decimal("0.02")
"""How far apart, as a part of it, what all of a series costs may be before and after, where no
note tells of new terms: two options of other terms are so near each other by chance only."""
_CHANGED = re.compile(
    r"\brepric|\b(?:exercise|strike|conversion)\s+price\b.{0,80}\b(?:reduced|lowered|adjusted|amended|changed|reset|"
    r"decreased|increased)\b|\b(?:reduced|lowered|adjust\w*|amended|changed|reset|decreased|increased)\b.{0,80}"
    r"\b(?:exercise|strike|conversion)\s+price\b|\b(?:split|spin-?\s?off|recapitali[sz]ation|stock dividend)\b",
    re.IGNORECASE | re.DOTALL,
)
"""Words of a note for a change of terms."""
_ADJUSTED = re.compile(
    r"\b(?:adjust\w*|increas\w*|convert\w*|equitabl\w*)\b(?:[^.;]|\.\d){0,120}\b(?:spin-?\s?off|split-?\s?off|separation"
    r"|special\s+(?:cash\s+)?dividend|distribution\s+of\s+(?:\w+\s+){0,6}(?:shares|stock)\b)"
    r"|\b(?:spin-?\s?off|split-?\s?off|separation|special\s+(?:cash\s+)?dividend)\b(?:[^.;]|\.\d){0,160}\b(?:adjust\w*|increas\w*|convert\w*)",
    re.IGNORECASE,
)
"""Words of a note for units whose number a company raised, so that they stay worth what they were."""
_MOST_TURNED = 4
"""How many times its number an award of units is turned into, at most, where no note gives it."""


class Terms(NamedTuple):
    """What of a series was held in its new terms, by which split, and since when, if told.

    `exact` is False where no total bears the number out that a split makes of what was held, and
    `told` where the number alone shows that the terms are new: the same, under a lower strike.
    """

    opens: Decimal
    ratio: Fraction | None
    on: date | None
    exact: bool = True
    told: bool = True


def in_turn(strands: Sequence[tuple[Words, list[Entry]]]) -> list[list[tuple[Words, list[Entry]]]]:
    """The strands of one filing, those apart that go on from another of it, in new terms.

    A filing that reports what was exercised before a split and after it has a series twice, under
    both strikes. What is dated later, and starts where the split leaves the other, comes after it.
    """
    series = [s for s in strands if s[0].table == "II" and all(s[0].series)]
    later = [s for s in series if any(_turned_from(one, s) for one in series if one is not s)]
    if not later:
        return [list(strands)]
    return [[s for s in strands if not any(s is one for one in later)], later]


def _turned_from(one: tuple[Words, list[Entry]], other: tuple[Words, list[Entry]]) -> bool:
    """Whether rows of a series start from what rows of another one left, in new terms."""
    (was, before), (now, after) = one, other
    same = was.loose == now.loose and was.tokens == now.tokens and was.vehicle == now.vehicle
    if not same or was.series == now.series or was.series[1] != now.series[1]:
        return False
    last = max((e.day for e in before if e.day), default=None)
    first = min((e.day for e in after if e.day), default=None)
    if last is None or first is None or last >= first or not any(e.delta for e in before):
        return False
    ends = best(before, [None], None)[0]
    opens = implied(after, best(after, [None], None)[0])
    strikes = was.series[0], now.series[0]
    if not ends.closing or not opens or None in strikes:
        return False
    ratio = rebasing(was.series[0] or ZERO, now.series[0] or ZERO, RATIOS)
    return ratio is not None and comes_to(ends.closing, ratio, opens, within=1)


def other_strike(words: Words, position: Position) -> bool:
    """Whether words and position both name a strike, and not the same."""
    strike, other = words.series[0], position.series[0]
    return bool(strike and other) and strike != other


def new_terms(
    position: Position, words: Words, entries: Sequence[Entry], series: SeriesTold
) -> Terms | None:
    """How a position goes on in lines with another strike; None where it does not.

    A company that reprices an option lowers its strike, and no report has the old one again: the
    same number under a lower strike is then that option, rather than one that nobody reported.
    Where a line leaves its expiry to a note, only a note that tells of the change makes two
    strikes one series.
    """
    (before, expiry), (after, other_expiry) = position.series, words.series
    held = position.balance
    if not (held and before and after) or before == after:
        return None
    if expiry and other_expiry and expiry != other_expiry:
        return None
    entry, opens = entries[0], implied(entries, best(entries, [None], None)[0])
    notes = [entry.dossier.text_of(note) for note in entry.line.notes]
    told = [note for note in notes if _CHANGED.search(note) or _tells(note, before)]
    stated = rebasing(
        before, after, _stated(entry, series.last(words.loose[0], position.series), series)
    )
    ratio = stated or rebasing(before, after, RATIOS)
    on = _day(position, entry, told)
    dated = expiry and other_expiry
    if not (dated or told) or (opens is not None and opens <= 0):
        return None
    if opens is None:
        return _of_a_split(held, ratio, on, entries)
    ratio = ratio or inverse(held, before, opens, after)
    sure = told or (ratio and comes_to(held, ratio, opens))
    sure = sure or after + NEXT_CENT * opens <= _CERTAIN * opens * after
    if (sure and _as_dear((held, before), (opens, after))) or (
        ratio and told and comes_to(held, ratio, opens, within=1)
    ):
        return Terms(opens, ratio, on)
    if (many := _told_anew(told, held * before, held, after)) is not None:
        return Terms(many, None, on, exact=False)
    named = any(_tells(note, before) for note in notes)
    if (told and opens == held) or (named and any(_tells(note, held) for note in notes)):
        return Terms(opens, None, on)
    if stated:
        return Terms(exchanged(held, stated), stated, on, exact=False)
    scope, terms = words.loose[0], (after, other_expiry)
    last = series.last(scope, (before, expiry))
    dropped = last is not None and last < speaks_on(entry.dossier)
    split = rebasing(before, after, RATIOS) if dropped and dated else None
    turned = exchanged(held, split) if split else held
    if split and series.goes_on_from(scope, terms, entry, turned + _moved(entries)):
        return _of_a_split(held, split, on, entries)
    if dropped and opens == held and after < before and not told:
        return Terms(opens, None, on, exact=False, told=False)
    if any(_tells(note, before) or _tells(note, before - after) for note in told):
        return Terms(held, None, on, exact=False)
    later = series.next_opening(scope, terms, entry) if told and dated else None
    if later and _as_dear((held, before), (later, after)):
        return Terms(later - _moved(entries), None, on, exact=False)
    slips = split and (_slipped(entry, turned, split) or one_slip(entry, turned))
    return _of_a_split(held, split, on, entries) if slips else None


def _stated(entry: Entry, last: date | None, series: SeriesTold) -> list[Fraction]:
    """The ratios of splits that the notes of a report tell of, or of those since a series was last named."""
    said = entry.dossier.statements
    own = [m for s in said if s.kind == "split" and (m := s.multiplier)]
    return [*own, *(series.splits(last, speaks_on(entry.dossier)) if last else ())]


def _as_dear(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> bool:
    """Whether all of a series costs under new terms what it did, but for a rounded number and strike."""
    (held, before), (opens, after) = one, other
    return abs(held * before - opens * after) <= after + NEXT_CENT * opens


def _told_anew(
    notes: Sequence[str], worth: Decimal, held: Decimal, strike: Decimal
) -> Decimal | None:
    """How many a note says there are under a new strike, that cost in all what they did under the old."""
    told = (x for note in notes for x in figures_in(note) if x != held)
    return next((x for x in told if abs(worth - x * strike) <= strike + NEXT_CENT * x), None)


def adjusted_units(position: Position, entries: Sequence[Entry], *, only: bool) -> Terms | None:
    """How units go on in lines whose note tells that their number was adjusted; None where not.

    A note that gives the ratio says of which award it speaks; one that does not says it where
    `only` this position is there to be adjusted. So does one with a ratio that no total bears out, at first.
    """
    held, entry = position.balance, entries[0]
    opens = implied(entries, best(entries, [None], None)[0])
    if not held or not opens or opens == held:
        return None
    told = [n for n in map(entry.dossier.text_of, entry.line.notes) if _ADJUSTED.search(n)]
    if not told or not any(_turns(note, held, opens) for note in told):
        within = only and held < opens < _MOST_TURNED * held
        found = (ratio for note in told for ratio in _PRINTED_RATIO.findall(note))
        ratios = {ratio for ratio in found if Decimal(ratio) > 1}  # parts are what was given out
        many = exchanged(held, Fraction(next(iter(ratios)))) if len(ratios) == 1 else ZERO
        if only and many > held and _off_once(entry, many) and not _told_before(position, told):
            return Terms(many, None, _day(position, entry, told), exact=False)
        if not told or not within or ratios:
            return None
    return Terms(opens, None, _day(position, entry, told))


def _off_once(entry: Entry, opens: Decimal) -> bool:
    """Whether a total is one slip away from what a row leaves of so many units."""
    claim, left = entry.claim or ZERO, opens + entry.delta
    usual = claim in (opens, left + entry.delta, opens - entry.delta, abs(entry.delta))
    return claim > 0 and (usual or slipped_digits(claim, left))


def _told_before(position: Position, notes: Sequence[str]) -> bool:
    """Whether an earlier line of a position has one of the notes already."""
    return any(e.dossier.text_of(note) in notes for e in position.entries for note in e.line.notes)


_PRINTED_RATIO = re.compile(r"(?<![\d.,$])\d\.\d{2,8}(?![\d,])")
"""A factor with decimals, as adjustments have them, and prices do not."""


def _turns(note: str, held: Decimal, opens: Decimal) -> bool:
    """Whether a factor that a note prints turns one number into another, to the unit."""
    return any(
        comes_to(held, Fraction(found), opens, within=1) for found in _PRINTED_RATIO.findall(note)
    )


def _of_a_split(
    held: Decimal, ratio: Fraction | None, on: date | None, entries: Sequence[Entry]
) -> Terms | None:
    """The terms in which lines without a total take from a series, by the strikes alone.

    Nobody exercises what was never granted: options of a held series that a split in common
    use, or a stated one, brings to that strike are likelier than a series nobody reported.
    """
    turned = exchanged(held, ratio) if ratio else ZERO
    taken = -_moved(entries)
    takes = all(e.delta < 0 for e in entries) and taken <= turned
    return Terms(turned, ratio, on, exact=False) if takes else None


def _moved(entries: Sequence[Entry]) -> Decimal:
    return sum((e.delta for e in entries), ZERO)


def _slipped(entry: Entry, turned: Decimal, ratio: Fraction) -> bool:
    """Whether one slip makes a first total of what a split left: its row's units of before, or a digit."""
    as_before = entry.claim == turned + exchanged(entry.delta, ratio)
    return as_before or slipped_digits(entry.claim or ZERO, turned + entry.delta)


def _tells(note: str, number: Decimal) -> bool:
    """Whether a note prints a number, with or without separators and final zeros."""
    return number in figures_in(note)


def _day(position: Position, entry: Entry, notes: Sequence[str]) -> date | None:
    """The day on which the terms changed, as a note gives it between the two reports."""
    last = position.entries[-1].day
    for note in notes:
        for when in dates(note, 0, len(note)):
            day = when.effective_from
            if day is None or day != when.effective_to or entry.day is None:
                continue
            if (last is None or last < day) and day <= entry.day:
                return day
    return None
