"""Splits that one total alone tells of: nothing confirms them, and other holdings may rule them out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from projections.corporate_actions.splits import split_gap, uncommon, within_reach
from projections.identity.securities import UNSHARED
from projections.positions.entries import Posting, reference
from projections.positions.position import Position
from projections.positions.ratios import RATIOS, Ladder, spoken
from projections.reconciliation import costs
from projections.reconciliation.candidates.slip_terms import slip
from projections.reconciliation.case import Candidate, Case

_MILDEST = Fraction(1, 5)

_ALONE = tuple(ratio for ratio in RATIOS if ratio > 1 or ratio <= _MILDEST)
"""Ratios taken for a split on one position's word: milder reverse splits are rarer than
distributions of a half or a third."""

_LEAST_IN_SILENCE = Fraction(3, 2)
"""The mildest split that is read out of one total after a silence of years, in which reports are
missing: what round lots make of each other comes near every milder ratio, and every odd one."""

_RISING = Ladder(_ALONE)


def split_alone(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """The ratio of a split that nothing else confirms."""
    if gap != case.entry.residual or case.incomplete:
        return
    if not case.entry.prior or abs(gap) < costs.SPLIT_FEWEST:
        return
    if case.position.table == "II" and case.position.series[0] and not case.position.former:
        return  # a split divides the strike, and this one is what it was
    others = [p for p in (*case.siblings, *_stock(case)) if p is not case.position]
    beside = [e for p in others for e in p.entries if e.dossier is case.entry.dossier]
    if any(map(_unsplit, beside)):
        return
    if case.apart and _one_of_a_kind(case, gap):
        return
    near = within_reach(case.entry, _RISING, ())
    found = [r for r in _ALONE if r in near]
    if _long_silent(case):
        found = [r for r in found if r < 1 or r >= _LEAST_IN_SILENCE]
    else:
        found += _reversed(case.entry, beside)
    for ratio in found:
        if split_gap(case.entry, ratio) is not None:
            if not _shared(case, ratio) and (
                _spared_others(case) or _priced_as_before(case, ratio)
            ):
                return
            words = (
                f"the difference is that of a split {spoken(ratio)}, which no note and no other "
                "position confirms"
            )
            yield slip(case, "SPLIT_UNMODELLED", gap, words, costs.SPLIT_ALONE, row=True)._replace(
                row=False
            )
            return


def _long_silent(case: Case) -> bool:
    """Whether two years or more went by without a report: years of small dividends leave fewer."""
    since, until = (case.before.day if case.before else None), case.entry.day
    return bool(case.across_gap and since and until and until - since >= 2 * _A_YEAR)


def _reversed(entry: Posting, beside: list[Posting]) -> Iterator[Fraction]:
    """The ratio of a reverse split in no common use, such as 1:6, that a total tells, and none beside denies."""
    for ratio in uncommon(entry):
        mild = ratio.numerator != 1 or ratio > _MILDEST
        if not mild and not any(e.residual and split_gap(e, ratio) is None for e in beside):
            yield ratio


def _one_of_a_kind(case: Case, gap: Decimal) -> bool:
    """Whether another filing moved just as many: a report of as many more may be missing."""
    others = (e for e in case.position.entries if e.dossier is not case.entry.dossier)
    return any(e.delta == gap for e in others)


def _of_the_class(case: Case) -> Iterator[Position]:
    """The positions of anybody in the class."""
    tokens = frozenset(case.position.tokens)
    yield from (p for p in case.everyone if p.table == "I" and frozenset(p.tokens) == tokens)


def _shared(case: Case, ratio: Fraction) -> bool:
    """Whether a total of another owner's is off by the same ratio: then somebody may have split them."""
    return any(
        one.residual and split_gap(one, ratio) is not None
        for position in _of_the_class(case)
        if not position.owners & case.position.owners
        for one in position.entries
    )


def _spared_others(case: Case) -> bool:
    """Whether another owner's totals of the class go on, from before the one before to after this one."""
    since, until = (case.before.day if case.before else None), case.entry.day
    if since is None or until is None or case.position.table != "I":
        return False
    for position in _of_the_class(case):
        days = [e.day for e in position.entries]
        if position.owners & case.position.owners or None in days:
            continue
        first = sum(day <= since for day in days if day) - 1
        last = sum(day < until for day in days if day)
        over = position.entries[max(first, 0) + 1 : last + 1]
        if first >= 0 and last < len(days) and all(e.follows and not e.scaled for e in over):
            return bool(position.entries[first].balance)
    return False


def _priced_as_before(case: Case, ratio: Fraction) -> bool:
    """Whether trades before the total before, and by this one, are at prices too alike for a split.

    They are, where the price changed by less than the half of what it would have, as ratios go.
    """
    since, until = (case.before.day if case.before else None), case.entry.day
    if since is None or until is None or case.position.table != "I":
        return False
    told = [
        (e.day, e.line.price)
        for p in _of_the_class(case)
        for e in p.entries
        if e.day and e.line.price and e.line.code in ("P", "S")
    ]
    earlier = max((one for one in told if one[0] <= since), default=None)
    later = min((one for one in told if one[0] >= until), default=None)
    if earlier is None or later is None or later[0] - earlier[0] > _A_YEAR:
        return False
    was, now = Fraction(earlier[1]) ** 2, Fraction(later[1]) ** 2
    return was < now * ratio if ratio > 1 else was > now * ratio


_A_YEAR = timedelta(days=400)
"""How far apart prices may be that tell whether shares were split between: a year, and a little more."""


def split_again(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A split that an earlier total has taken up, applied a second time."""
    for known in case.splits if gap == case.entry.residual else ():
        taken = known.taken_up(case.position, case.entry)
        if taken is not None and split_gap(case.entry, known.ratio) is not None:
            words = f"the total applies the split {spoken(known.ratio)} again, which {reference(taken)} has in its total already"
            yield slip(case, "SPLIT_UNMODELLED", gap, words, costs.SPLIT_ALONE)
            return


def _stock(case: Case) -> Iterator[Position]:
    """The owner's common stock, of whatever class: what a split spares there it spares the units too."""
    yield from (p for p in case.holdings if p.table == "I" and not UNSHARED & set(p.tokens))


def _unsplit(other: Posting) -> bool:
    """Whether a total follows without a split, which spares none."""
    return other.follows and bool(other.prior) and not other.scaled
