"""What each insider holds of each class of stock in all, day by day.

A level of a day is the sum of the holdings as of that day. Between two days on which one of them may
change every day says the same, so that each is asked once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

import msgspec

from ledger import Ledger
from projections.answers import Holding, Stake, Stakes
from projections.filings.records import ZERO
from projections.judgement import Judged
from projections.positions.position import Position
from projections.questions.class_sums import adds_up, class_of, counted, summed
from projections.questions.holdings import latest_day
from projections.questions.subject import Derived, Moment, Who, derived, moment_of, subject
from projections.snapshots.snapshot import Snapshots
from projections.snapshots.turning_days import FIRST, endings, level_days
from projections.sums import StakeLevel

_DAY = timedelta(days=1)


def stakes(
    ledger: Ledger, *, person: Who = None, issuer: Who = None, known_at: Moment = None
) -> Stakes:
    """What each person held of each class of stock, those who hold most at last first.

    Only stock is added up, as in the sums of holdings: that of Table I, and by itself that of a class
    of Table II that converts.

    Args:
        ledger: The log to answer from.
        person: A CIK or a name; None for everybody.
        issuer: A CIK, ticker or name; None for all.
        known_at: Only what was public then; a day means its end. None for everything.

    Raises:
        UnknownReference, AmbiguousReference: The name answers to none, or to several.
    """
    moment, shown = moment_of(known_at)
    last = latest_day(moment)
    asked = subject(ledger, person=person, issuer=issuer)
    question = Derived("stakes", Stake, partial(_stakes, asked.persons, last), last)
    told = derived(ledger, asked, question, known_at=moment)
    return Stakes(shown, tuple(sorted(told, key=_most_first)))


def _most_first(stake: Stake) -> tuple[object, ...]:
    last = stake.levels[-1]
    most = last.shares_high if last.shares_high is not None else last.shares_low
    name = stake.person["name"] or ""
    return (
        *(stake.issuer["name"] or "", stake.issuer["cik"] or "", stake.table),
        stake.security or "",
        *(most is not None, -(most or 0), name, stake.person["cik"] or ""),
    )


class _Course(NamedTuple):
    """What one position, or vehicles that no line shows, hold from each of some days on."""

    days: list[date]
    holdings: Sequence[Sequence[Holding]]

    def on(self, day: date) -> Sequence[Holding]:
        """What is held on a day; nothing before the first of them."""
        at = bisect_right(self.days, day)
        return self.holdings[at - 1] if at else ()


def _stakes(persons: frozenset[str] | None, last: date, judged: Judged) -> Iterator[Stake]:
    """The stakes of some in one judged issuer, up to a last day."""
    shown = Snapshots(judged, persons)
    groups: dict[object, list[_Course]] = {}
    for course in _courses(shown, last):
        told = next((some for some in reversed(course.holdings) if some), ())
        for key in dict.fromkeys(map(class_of, told)):
            groups.setdefault(key, []).append(_only(course, key) if len(told) > 1 else course)
    for courses in groups.values():
        if stake := _stake(courses):
            yield stake


def _only(course: _Course, key: object) -> _Course:
    """A course without the holdings of other classes and people."""
    own = [[one for one in some if class_of(one) == key] for some in course.holdings]
    return _Course(course.days, own)


def _courses(shown: Snapshots, last: date) -> Iterator[_Course]:
    for position in shown.positions:
        held = None if position.table == "I" else shown.of(position, None)
        if position.table == "I" or (held is not None and adds_up(held)):
            yield _course(position, shown, last)
    if shown.transfers:
        days = _each({entry.day or FIRST for _, _, entry, _ in shown.transfers} | endings(shown))
        told = [list(filter(adds_up, shown.unreported(day))) for day in days]
        yield _Course(days, told)


def _course(position: Position, shown: Snapshots, last: date) -> _Course:
    days = [day for day in _each(level_days(shown, position)) if day <= last]
    told = (shown.of(position, day) for day in days)
    return _Course(days, [() if holding is None else (holding,) for holding in told])


def _each(days: Iterable[date]) -> list[date]:
    """Some days, and the days after them: what a day ends, the next one shows."""
    return sorted({d for day in days for d in (day, day + _DAY)})


def _stake(courses: Sequence[_Course]) -> Stake | None:
    """The sum of some courses; None where they never count any shares."""
    levels: list[StakeLevel] = []
    title = None
    for day in sorted({day for course in courses for day in course.days}):
        own = [one for course in courses for one in course.on(day)]
        level = _level(day, own) if any(one.value is None for one in own) else None
        if level is None or (levels and level == msgspec.structs.replace(levels[-1], on=day)):
            continue
        title, levels = own, [*levels, level]
    if title is None:
        return None
    whole = summed(title, title)
    claims = [one.last_claim_on for c in courses for one in c.holdings[-1] if one.last_claim_on]
    return Stake(
        person=whole.person,
        issuer=whole.issuer,
        security=whole.security,
        levels=tuple(levels),
        last_claim_on=max(claims, default=None),
        table=whole.table,
    )


def _level(day: date, own: Sequence[Holding]) -> StakeLevel:
    parts = counted(own)
    whole = summed(parts or own, own)
    shares = (whole.shares, whole.shares_low, whole.shares_high)
    return StakeLevel(
        day,
        *(shares if parts else (ZERO, ZERO, ZERO)),
        shared=whole.shared if parts else ZERO,
        holdings=len(parts),
        doubted=any(one.doubted for one in own),
        inferred=any(one.basis == "inferred" for one in parts),
        left_out=whole.left_out,
    )
