"""The monthly panel: what every position held at the end of every month, in one pass.

A holding changes on few days: those of the position's lines and notes, and those on which the
record of its owners or its issuer begins, lapses or ends. Between two such days every month
says the same, so that the question is asked once and the answer repeated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from ledger.types import month_interval
from projections.answers import Holding, Name
from projections.snapshots.snapshot import Snapshots
from projections.snapshots.turning_days import FIRST, endings, turning_days

_DAY = timedelta(days=1)


class Span(NamedTuple):
    """One owner's holding, the same at the end of each of these months.

    `title` is the position's class, under one name in all months. `counted` is true of one
    of several owners who share a position, so that sums count it once.
    """

    months: list[date]
    person: Name
    counted: bool
    title: str | None
    holding: Holding


def spans(shown: Snapshots, first: date, last: date) -> Iterator[Span]:
    """The holdings of one judged issuer at the ends of months, from a first day to a last one."""
    for position in shown.positions:
        for months in _months(turning_days(shown, position), first, last):
            holding = shown.of(position, months[0])
            if holding is not None:
                yield from _of_each_owner(months, position.security, holding)
    days = {entry.day or FIRST for _, _, entry, _ in shown.transfers} | endings(shown)
    for months in _months(days, first, last) if shown.transfers else ():
        for holding in shown.unreported(months[0]):
            yield from _of_each_owner(months, holding.security, holding)


def _of_each_owner(months: list[date], title: str | None, holding: Holding) -> Iterator[Span]:
    for person in holding.owners or (holding.person,):
        yield Span(months, person, person == holding.person, title, holding)


def _months(days: Iterable[date], first: date, last: date) -> Iterator[list[date]]:
    """The ends of months up to a last day, cut at the days on which something may change.

    What changes on a day, or on the day after it, shows at the end of that day's month.
    """
    begin, end = _month(first), _month(last + _DAY if last < date.max else last)
    if begin >= end:
        return
    cuts = sorted({_month(d) for day in days for d in (day, day + _DAY)})
    cuts = [cut for cut in cuts if cut < end]
    inner = [cut for cut in cuts if cut > begin]
    starts = inner if len(inner) == len(cuts) else [begin, *inner]
    for start, following in pairwise([*starts, end]):
        yield [_month_end(month) for month in range(start, following)]


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


@cache
def _month_end(month: int) -> date:
    return month_interval(month // 12, month % 12 + 1)[1]
