"""When a form was due, by the rules in force on the day.

Business days are weekdays that are no federal holidays, and on which the President did not
close the departments: EDGAR takes nothing in then. A deadline that falls on another day
moves to the next business day. Sources: Exchange Act Section 16(a) and Rule 16a-3(a),
(f), (g); Release 34-46421 for the two-day rule of 29 August 2002; Release 33-11138 for
gifts from 27 February 2023; Exchange Act Rule 0-3(a) for days that are none; the executive
orders that closed the departments, which the SEC treats as federal holidays for filing; the
Holding Foreign Insiders Accountable Act of 18 December 2025 for foreign private issuers.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from projections.section16.federal_holidays import FEDERAL_HOLIDAYS

FOREIGN_INSIDERS = date(2026, 3, 18)
"""Since when directors and officers of foreign private issuers report under Section 16(a)."""
TWO_DAY_RULE = date(2002, 8, 29)
GIFT_RULE = date(2023, 2, 27)
_CLOSED = frozenset(
    date.fromisoformat(day)
    for day in (
        "2001-12-24 2003-12-26 2004-06-11 2007-01-02 2007-12-24 2008-12-26 2012-12-24 2014-12-26 "
        "2018-12-05 2018-12-24 2019-12-24 2020-12-24 2024-12-24 2025-01-09 2025-12-24 2025-12-26"
    ).split()
)
"""Days on which executive orders closed the federal departments: mourning, and Christmas."""

_DEFERRABLE = frozenset({"L", "W", "Z"})
"""Small acquisitions, inheritances, and deposits in voting trusts: Rules 16a-6, 16b-5 and 16b-8."""
_WITH_THE_ISSUER = frozenset({"A", "D", "F", "I"})
"""What Rule 16b-3(d) to (f) exempts, which was for Form 5 before the two-day rule."""
_NEVER_WAITS = frozenset("ACDFGIMPSX")
"""Codes of what is never for Form 5, however its filer marks it, but for what `deferrable` has."""


@lru_cache(maxsize=4096)
def is_business_day(day: date) -> bool:
    """Whether EDGAR is open: a weekday that is no federal holiday and was not made one."""
    return day.weekday() < 5 and day not in FEDERAL_HOLIDAYS and day not in _CLOSED


def business_days_after(day: date, count: int) -> date:
    """The business day that many business days after a day."""
    while count:
        day += timedelta(days=1)
        count -= is_business_day(day)
    return day


def rolled(day: date) -> date:
    """The day itself, or the next business day when it is none."""
    while not is_business_day(day):
        day += timedelta(days=1)
    return day


SOONEST = timedelta(days=2)
"""The least time from a trade to the day by which it has to be reported, in whatever year."""


@lru_cache(maxsize=4096)
def form4_due(traded: date) -> date:
    """When a Form 4 for a trade of this day was due."""
    if traded >= TWO_DAY_RULE:
        return business_days_after(traded, 2)
    following = date(traded.year + traded.month // 12, traded.month % 12 + 1, 10)
    return rolled(following)


def form3_due(event: date, *, foreign: bool = False) -> date:
    """When a Form 3 was due: ten days after becoming an insider.

    Whoever was one of a foreign private issuer when its insiders came under Section 16 had to
    report on that very day, as at the registration of a class.
    """
    if foreign and event <= FOREIGN_INSIDERS:
        return FOREIGN_INSIDERS
    return rolled(event + timedelta(days=10))


def form5_due(fiscal_year_end: date) -> date:
    """When a Form 5 was due: forty-five days after the issuer's fiscal year end."""
    return rolled(fiscal_year_end + timedelta(days=45))


def fiscal_year_end(period: date, month_and_day: str | None) -> date:
    """The end of the fiscal year that a Form 5 is about.

    The period should be that day, but filers also write the day of a transaction: then it
    is the next year end on or after it, or, where the issuer's (MMDD) is unknown and the
    period ends no month, the latest that could be. A year of 52 weeks ends some days
    before or after the day in the header; the later one counts.
    """
    if month_and_day is None:
        ends_month = (period + timedelta(days=1)).day == 1
        return period if ends_month else period + timedelta(days=364)
    return max(next_year_end(period - _WEEKS, month_and_day), period)


def next_year_end(day: date, month_and_day: str) -> date:
    """The first fiscal year end (MMDD) on a day or after it."""
    month, last = int(month_and_day[:2]), int(month_and_day[2:])
    ends = _last_of(day.year, month, last)
    return ends if ends >= day else _last_of(day.year + 1, month, last)


_WEEKS = timedelta(days=7)
"""How far a fiscal year of 52 or 53 weeks may end from the day its header gives."""


def _last_of(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def six_months_after(day: date) -> date:
    """The day of the same number six months later, or the last of that month."""
    year, month = divmod(day.month + 5, 12)
    return _last_of(day.year + year, month + 1, day.day)


def deferrable(code: str | None, direction: str | None, traded: date) -> bool:
    """Whether a transaction could wait for the Form 5 of its year.

    What is exempt from Section 16(b) could, and small acquisitions; exercises never, gifts made
    no longer, and what passes between insider and issuer not since the two-day rule.
    """
    if code == "G":
        return traded < GIFT_RULE or direction == "acquired"
    return code in _DEFERRABLE or (code in _WITH_THE_ISSUER and traded < TWO_DAY_RULE)


def may_wait(code: str | None, direction: str | None, mark: str | None, traded: date) -> bool:
    """Whether a transaction is for the Form 5 of its year: by its kind, or by its filer's word.

    `mark` is the form that the filer says it is for. The word counts where the code leaves it
    open: `J`, `H` and the like may be exempt or not.
    """
    marked = mark == "5" and code not in _NEVER_WAITS
    return marked or deferrable(code, direction, traded)
