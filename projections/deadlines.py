"""When a form was due, by the rules in force on the day.

Business days are weekdays that are no federal holidays; a deadline that falls on another
day moves to the next business day. Sources: Exchange Act Section 16(a) and Rule 16a-3(a),
(f), (g); Release 34-46421 for the two-day rule of 29 August 2002; Release 33-11138 for
gifts from 27 February 2023.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays

TWO_DAY_RULE = date(2002, 8, 29)
GIFT_RULE = date(2023, 2, 27)
SILENCE = timedelta(days=548)
"""Eighteen months without a report: the season of an annual statement has passed in them."""

_DEFERRABLE = frozenset({"L", "W"})
_US = holidays.country_holidays("US", years=range(1990, 2051))


@lru_cache(maxsize=16384)
def is_business_day(day: date) -> bool:
    """Whether EDGAR is open: a weekday that is no federal holiday."""
    return day.weekday() < 5 and day not in _US


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


@lru_cache(maxsize=65536)
def form4_due(traded: date) -> date:
    """When a Form 4 for a trade of this day was due."""
    if traded >= TWO_DAY_RULE:
        return business_days_after(traded, 2)
    following = date(traded.year + traded.month // 12, traded.month % 12 + 1, 10)
    return rolled(following)


def form3_due(event: date) -> date:
    """When a Form 3 was due: ten days after becoming an insider."""
    return rolled(event + timedelta(days=10))


def form5_due(fiscal_year_end: date) -> date:
    """When a Form 5 was due: forty-five days after the issuer's fiscal year end."""
    return rolled(fiscal_year_end + timedelta(days=45))


def deferrable(code: str | None, direction: str | None, traded: date) -> bool:
    """Whether a transaction could wait for the Form 5 of its year."""
    if code == "G":
        return traded < GIFT_RULE or direction == "acquired"
    return code in _DEFERRABLE
