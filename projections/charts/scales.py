"""Scales: which place a day or a quantity has in a drawing, and which of them are labelled.

Places are whole tenths of a unit of the drawing, reckoned exactly: the same answer gives the
same drawing, byte for byte, on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import count
from typing import NamedTuple

from ledger.types import grouped


class Tick(NamedTuple):
    """A labelled place, in tenths."""

    at: int
    label: str


class Scale(NamedTuple):
    """A straight scale from a range of numbers to a range of tenths; either may run downwards."""

    low: Fraction
    high: Fraction
    start: int
    end: int

    def at(self, number: Decimal | Fraction | int) -> int:
        """The place of a number, in tenths: the nearest, and of two as near the even one.

        Reckoned in whole numbers, as `round` does it with a `Fraction` and many times as fast.
        """
        above, below = number.as_integer_ratio()
        (low, low_of), (high, high_of) = self.low.as_integer_ratio(), self.high.as_integer_ratio()
        share = (above * low_of - low * below) * (self.end - self.start) * high_of
        whole = (high * low_of - low * high_of) * below
        place, rest = divmod(share, whole)
        up = 2 * rest > whole or (2 * rest == whole and place % 2)
        return self.start + place + bool(up)


# --- quantities --------------------------------------------------------------------------

_TICKS = 5
"""Intervals between labelled quantities, at most."""


def of_quantities(numbers: list[Decimal], start: int, end: int) -> tuple[Scale, list[Tick]]:
    """A scale from zero, or below where a number is, to the next round number; and its ticks."""
    low, high = min([*numbers, Decimal()]), max([*numbers, Decimal()])
    step = _round_step(Fraction(high) - Fraction(low) or Fraction(_TICKS))
    first, last = Fraction(low) // step, -(-Fraction(high) // step)
    last = max(last, first + 1)
    scale = Scale(first * step, last * step, start, end)
    ticks = [Tick(scale.at(n * step), _figure(n * step)) for n in range(int(first), int(last) + 1)]
    return scale, ticks


def _round_step(extent: Fraction) -> Fraction:
    """The least of 1, 2 and 5 times a power of ten of which few enough make the extent."""
    least = len(str(int(extent))) - 3 if extent >= 1 else -12
    powers = (Fraction(10) ** exponent for exponent in count(least))
    steps = (n * power for power in powers for n in (1, 2, 5))
    return next(step for step in steps if step * _TICKS >= extent)


def _figure(number: Fraction) -> str:
    places = 0
    while number * 10**places != round(number * 10**places):
        places += 1
    return grouped(Decimal(round(number * 10**places)).scaleb(-places))


# --- days --------------------------------------------------------------------------------

_PAD = timedelta(days=15)
"""Before the first day and behind the last, at least: a mark is wider than a day."""


def of_days(days: list[date], start: int, end: int, most: int) -> tuple[Scale, list[Tick]]:
    """A scale that gives every day the same width, and so many days, at most, that are labelled."""
    first, last = min(days), max(days)
    pad = max(_PAD, (last - first) // 30)
    low, high = _by(first, -pad), _by(last, pad)
    scale = Scale(Fraction(low.toordinal()), Fraction(high.toordinal()), start, end)
    named, label = next(
        (days, label) for days, label in _rhythms(low, high, most) if len(days) <= most
    )
    return scale, [Tick(scale.at(day_at(day)), format(day, label)) for day in named]


def _rhythms(low: date, high: date, most: int) -> Iterator[tuple[list[date], str]]:
    """Ever fewer days to label, and how they are written: days, months, years."""
    for step in (1, 2, 5, 10):
        if (high - low).days <= step * most:
            first = -(-low.toordinal() // step) * step
            days = range(first, high.toordinal() + 1, step)
            yield [date.fromordinal(day) for day in days], "%Y-%m-%d"
    for months in (1, 2, 3, 6):
        yield list(_first_days(low, high, months)), "%Y-%m"
    for years in _YEARS:
        yield list(_first_days(low, high, 12 * years)), "%Y"


_YEARS = (1, 2, 5, 10, 20, 50, 100, 500, 2000)
"""From one labelled year to the next; below them months and days are."""


def _by(day: date, pad: timedelta) -> date:
    """A day moved, within the calendar."""
    ordinal = day.toordinal() + pad.days
    return date.fromordinal(max(date.min.toordinal(), min(ordinal, date.max.toordinal())))


def _first_days(low: date, high: date, months: int) -> Iterator[date]:
    """The first days of every so many months, within a range."""
    count = -(-(low.year * 12 + low.month - 1) // months) * months
    while count < high.year * 12 + high.month:
        year, month = divmod(count, 12)
        if 1 <= year <= date.max.year and low <= (day := date(year, month + 1, 1)) <= high:
            yield day
        count += months


def day_at(day: date) -> int:
    """A day as the number that a scale of days takes."""
    return day.toordinal()
