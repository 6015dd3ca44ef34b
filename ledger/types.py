"""The values a filing is made of: identifiers, exact quantities, days and intervals.

Shares, prices and money are `Decimal` from the first character read to the last one
printed. No float touches them, and a number is printed as a plain decimal without
exponent or trailing zeros, so equal quantities are equal text. A ratio is a `Fraction`: no
decimal is four thirds.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_DOWN, Context, Decimal, Inexact, InvalidOperation, Overflow
from fractions import Fraction
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

EASTERN = ZoneInfo("America/New_York")
"""The time zone of EDGAR's clock (Regulation S-T, Rule 12)."""

EXACT = Context(prec=60, traps=[Inexact, InvalidOperation, Overflow])
"""Arithmetic that raises rather than round."""

_WHOLE = Context(prec=60, rounding=ROUND_DOWN, traps=[InvalidOperation, Overflow])
"""Arithmetic of whole shares, whose fractions are paid in cash."""

_NUMBER = r"[0-9]{1,15}(?:\.[0-9]{1,12})?"
_RATIO = re.compile(rf"({_NUMBER}):({_NUMBER})")
_SMALL = 1000
"""The largest number that people use in a ratio of whole numbers."""

DASHED = "[0-9]{10}-[0-9]{2}-[0-9]{6}"
"""An accession number, as a regular expression."""

TEN_DIGITS = "[0-9]{10}"
"""A Central Index Key in its whole length, as a regular expression."""

_ACCESSION = re.compile(
    rf"(?<![0-9])(?P<dashed>{DASHED})(?![0-9])"
    r"|(?<![0-9A-Za-z])(?P<bare>[0-9]{18})(?![0-9A-Za-z])"
)
_CIK = re.compile("[0-9]{1,10}")


def plain(number: Decimal) -> str:
    """A decimal as people write it: no exponent, no trailing zeros, never `-0`."""
    text = str(number)
    if "." not in text and "E" not in text:
        return "0" if text == "-0" else text
    if not number:
        return "0"
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(number: Decimal) -> str:
    """A decimal for people to read: as `plain`, with a comma at every thousand."""
    whole, point, fraction = plain(number).partition(".")
    return (
        f"{int(whole):,}{point}{fraction}" if whole not in ("-0", "-") else whole + point + fraction
    )


def signed(number: Decimal) -> str:
    """A movement for people to read: `grouped`, with its plus or minus."""
    return f"+{grouped(number)}" if number > 0 else grouped(number)


def canonical(number: Decimal) -> Decimal:
    """The same quantity in the one form that equals its own printed text."""
    printed = str(number)
    if "." in printed and printed[-1] != "0" and "E" not in printed:
        return number
    text = plain(number)
    return number if text == printed else Decimal(text)


def ratio_of(text: str | None) -> Fraction | None:
    """The number that a ratio `new:old` is, as `3:2` or `0.4873:1`; None where it is none."""
    found = _RATIO.fullmatch(text or "")
    new, old = map(Fraction, found.groups()) if found else (Fraction(0), Fraction(0))
    return new / old if new and old else None


def ratio_text(ratio: Fraction) -> str:
    """A ratio as `new:old`, exactly: small whole numbers, else a decimal against one."""
    if max(ratio.numerator, ratio.denominator) > _SMALL:
        for left, right in ((ratio, "{}:1"), (1 / ratio, "1:{}")):
            number = multiplied(Decimal(1), left)
            if number is not None:
                return right.format(plain(number))
    return f"{ratio.numerator}:{ratio.denominator}"


def multiplied(number: Decimal, ratio: Fraction) -> Decimal | None:
    """A quantity times a ratio, exactly; None where no decimal is that number."""
    try:
        return EXACT.divide(
            EXACT.multiply(number, Decimal(ratio.numerator)), Decimal(ratio.denominator)
        )
    except Inexact:
        return None


def exchanged(shares: Decimal, ratio: Fraction) -> Decimal:
    """What shares become where each is turned into others by a ratio, as in a split.

    3,000 by 4:3 are 4,000. 1,000 would be 1,333 and a third, which no decimal says: then
    it is the whole shares alone, as fractions are paid in cash.
    """
    exact = multiplied(shares, ratio)
    if exact is not None:
        return exact
    whole = _WHOLE.multiply(shares, Decimal(ratio.numerator))
    return _WHOLE.divide_int(whole, Decimal(ratio.denominator))


def instant(moment: datetime) -> str:
    """An instant as ISO text in UTC, with a Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def end_of_day(day: date) -> datetime:
    """The last second of a calendar day on EDGAR's clock, in UTC; of the last day, as UTC has it."""
    zone = EASTERN if day < date.max else UTC
    return datetime.combine(day, time(23, 59, 59), tzinfo=zone).astimezone(UTC)


def eastern(moment: datetime) -> datetime:
    """A clock time printed without a zone, read on EDGAR's clock and given in UTC."""
    return moment.replace(tzinfo=EASTERN).astimezone(UTC)


@lru_cache(maxsize=4096)  # a filing's moment is asked for often
def eastern_day(moment: datetime) -> date:
    """The calendar day of an instant on EDGAR's clock."""
    return moment.astimezone(EASTERN).date()


def month_interval(year: int, month: int) -> tuple[date, date]:
    """The first and last day of a month."""
    first = date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    return first, following - timedelta(days=1)


def normal_accession(text: str, *, bare: bool = True) -> str | None:
    """The first accession number in a text, dashed: `0001209191-13-014365`.

    Dashes may be missing, as in the folders of EDGAR's archive, where the 18 digits stand on
    their own: neither other digits nor letters touch them. `bare` says whether such count.
    """
    for found in _ACCESSION.finditer(text):
        if found["dashed"]:
            return found["dashed"]
        if bare:
            digits = found["bare"]
            return f"{digits[:10]}-{digits[10:12]}-{digits[12:]}"
    return None


def normal_cik(text: str) -> str | None:
    """A Central Index Key in its ten-digit form, or None where it is none."""
    digits = text.strip()
    return digits.zfill(10) if _CIK.fullmatch(digits) else None


Form = Literal["3", "3/A", "4", "4/A", "5", "5/A"]
Table = Literal["I", "II"]
Direction = Literal["acquired", "disposed"]
Ownership = Literal["direct", "indirect"]
Precision = Literal["day", "month", "year", "interval", "unknown"]
KnownBasis = Literal["acceptance", "filing-date", "signature", "period", "unknown"]
Effect = Literal["repaired", "inferred", "doubtful", "field unknown", "row kept", "set aside"]

Format = Literal["submission", "ownership-xml", "data-set", "html", "scanned"]

FORMAT_RANK: dict[Format, int] = {
    "submission": 5,
    "ownership-xml": 4,
    "data-set": 3,
    "html": 2,
    "scanned": 1,
}
"""Which source stands when several describe one filing: a submission carries the XML and
its acceptance time, the XML every field; the SEC's data set knows the filing date and the
ids of the notes but rounds and leaves out; a rendering shows every figure and no date of
filing, and a scan has only what survived."""
