"""The weekdays on which no stock is traded on an exchange of the United States.

They are not the federal holidays: exchanges close on Good Friday and are open on Columbus and
Veterans Day. Sources: the rules of the New York Stock Exchange for holidays (7.2; Independence
Day and the like on a Saturday are kept on Friday, New Year's Day is not), and its notices of days
on which all exchanges were closed. A test holds these days equal to those of the package `holidays`.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

_SINCE_JUNETEENTH, _SINCE_KING = 2022, 1998
_CLOSED = frozenset(
    date.fromisoformat(day)
    for day in (
        "1994-04-27 2001-09-11 2001-09-12 2001-09-13 2001-09-14 2004-06-11 2007-01-02 2012-10-29 2012-10-30 "
        "2018-12-05 2025-01-09"
    ).split()
)
"""Days of mourning, of the attacks of 2001, and of the storm of 2012."""


def is_trading_day(day: date) -> bool:
    """Whether exchanges are open on a day: of years before 1990 only the weekend is known."""
    if day.weekday() >= 5:
        return False
    return day.year < 1990 or (day not in _holidays(day.year) and day not in _CLOSED)


@lru_cache(maxsize=128)
def _holidays(year: int) -> frozenset[date]:
    """The holidays of a year, on the days on which exchanges keep them."""
    fixed = [(7, 4), (12, 25), *([(6, 19)] if year >= _SINCE_JUNETEENTH else [])]
    kept = {_kept(date(year, month, day)) for month, day in fixed}
    new_year = date(year, 1, 1)
    kept.add(new_year + timedelta(days=new_year.weekday() == 6))
    kept |= {
        _nth_weekday(year, 2, 0, 3),  # Washington's birthday
        _easter(year) - timedelta(days=2),
        _nth_weekday(year, 6, 0, 1) - timedelta(days=7),  # Memorial Day: the last Monday of May
        _nth_weekday(year, 9, 0, 1),  # Labor Day
        _nth_weekday(year, 11, 3, 4),  # Thanksgiving
    }
    if year >= _SINCE_KING:
        kept.add(_nth_weekday(year, 1, 0, 3))
    return frozenset(kept)


def _kept(day: date) -> date:
    """A day itself, or the Friday before a Saturday and the Monday after a Sunday."""
    return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar: the anonymous algorithm of 1876 (Butcher)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - shift + 15) % 30
    until = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * until) // 451
    month, day = divmod(epact + until - 7 * late + 114, 31)
    return date(year, month, day + 1)
