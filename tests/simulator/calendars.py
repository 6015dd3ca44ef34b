"""Days on which trades happen and forms are filed."""

from __future__ import annotations

from datetime import date, timedelta

_CLOSED = {(1, 1), (7, 4), (12, 24), (12, 25), (12, 31)}
ONE_DAY = timedelta(days=1)


def trading_day(day: date) -> date:
    """The day itself when markets are open, else the next such day."""
    while day.weekday() > 4 or (day.month, day.day) in _CLOSED:
        day += ONE_DAY
    return day


def business_days_after(day: date, count: int) -> date:
    """The day `count` trading days later."""
    for _ in range(count):
        day = trading_day(day + ONE_DAY)
    return day


def fiscal_year_end(day: date, month: int) -> date:
    """The first end of a fiscal year, which closes with `month`, on or after a day."""
    for year in (day.year, day.year + 1):
        closing = date(year + month // 12, month % 12 + 1, 1) - ONE_DAY
        if closing >= day:
            return closing
    raise ValueError(f"no month {month}")
