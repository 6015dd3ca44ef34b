"""What counts as a number, a day or a yes in a filing, whatever its format.

Text is matched before it is converted, so that nothing is accepted because some
library happens to accept it: no sign, exponent, NaN, underscore or foreign digit ever
becomes a quantity. Each function answers None where the text is something else; the
reader that asked keeps the text and says so.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

LONGEST_NUMBER = 32
"""Characters beyond which no number is tried."""

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
"""Years a filing can plausibly name: options run ahead, but not for a century."""

PIVOT_YEAR = 70
"""Two-digit years from here on are of the twentieth century, the others of this one."""

_LONGEST_WHOLE = 15
_BLANK = " \t\r\n"
_QUANTITY = re.compile(
    r"(?:(?P<grouped>[0-9]{1,3}(?:,[0-9]{3}){1,4})|(?P<digits>[0-9]{1,15}))(?:\.[0-9]{0,8})?"
    r"|\.[0-9]{1,8}"
)
_DAY_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?")
_DAY_US = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}|[0-9]{2})")
_DAY_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_DAY_NAMED = re.compile(r"([0-9]{1,2})-([A-Z]{3})-([0-9]{4}|[0-9]{2})")
_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
_YES_OR_NO = {"1": True, "true": True, "0": False, "false": False}


def quantity(text: str) -> Decimal | None:
    """An exact number of shares, price or dollars: `985,544`, `106150.00`, `.25`.

    Plain digits or properly grouped thousands, at most 15 before the point and 8 after
    it, ASCII only; blanks around it are ignored. The forms know no negative number
    (the acquired/disposed field is the sign), so neither does this.
    """
    bare = text.strip(_BLANK)
    if bare.isdigit() and bare.isascii() and len(bare) <= _LONGEST_WHOLE:
        return Decimal(bare)
    if len(bare) > LONGEST_NUMBER or not _QUANTITY.fullmatch(bare):
        return None
    return Decimal(bare.replace(",", ""))


@lru_cache(maxsize=16_384)  # a filing names few days, and many times; so do its neighbours
def day_iso(text: str) -> date | None:
    """A calendar day `2021-09-30`, or `2021-09-30-05:00` whose zone is set aside.

    The XML date type permits a zone suffix; the day printed is the day meant.
    """
    found = _DAY_ISO.fullmatch(text.strip(_BLANK))
    return _day(*map(int, found.groups())) if found else None


def day_us(text: str, *, short_year: bool = False) -> date | None:
    """A calendar day `09/30/2021`; with `short_year` also `9/30/21` (see PIVOT_YEAR)."""
    found = _DAY_US.fullmatch(text.strip(_BLANK))
    if not found:
        return None
    month, day, year = found.groups()
    if len(year) < 4 and not short_year:
        return None
    return _day(_year(year), int(month), int(day))


def day_digits(text: str) -> date | None:
    """A calendar day `20210930`, as submission headers print it."""
    found = _DAY_DIGITS.fullmatch(text.strip(_BLANK))
    return _day(*map(int, found.groups())) if found else None


def day_named(text: str) -> date | None:
    """A calendar day `30-SEP-2021`, as the SEC's data sets print it; `30-SEP-21` is the same."""
    found = _DAY_NAMED.fullmatch(text.strip(_BLANK).upper())
    if not found or found[2] not in _MONTHS:
        return None
    return _day(_year(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]))


def yes_or_no(text: str) -> bool | None:
    """A box of the XML: `1` or `true`, `0` or `false`, in any case of letters."""
    return _YES_OR_NO.get(text.strip(_BLANK).lower())


def _year(digits: str) -> int:
    """A year of four digits, or of two (see PIVOT_YEAR)."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (1900 if year >= PIVOT_YEAR else 2000)


def _day(year: int, month: int, day: int) -> date | None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
