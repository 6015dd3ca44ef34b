"""What a cell of a data set holds, as the XML of the filing would print it.

The SEC prints days as `30-SEP-2024` and numbers with a point, `4.0`. A set that has been
through a database or a spreadsheet has other days, a midnight beside them, and points where
none belong: in identifiers, boxes and form types. None of that is another fact.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from ledger.readers.grammar import day_digits, day_iso, day_named, day_us, quantity, yes_or_no
from ledger.readers.ownership_xml.elements import FIELDS
from ledger.types import normal_cik, plain

_MIDNIGHT = re.compile(r"(?<=[0-9])[ T]0{1,2}:00(?::00(?:\.0+)?)?$")
_POINT = re.compile(r"(?<=[0-9])\.0*$")
_NOUGHTS = re.compile(r"(?<=\.)([0-9]*?)0+$")
_WHOLE = ("documentType", "transactionFormType")


@lru_cache(maxsize=16_384)  # a quarter of filings names few days
def day(text: str) -> date | None:
    """The calendar day a cell names: `30-SEP-2024`, `2024-09-30`, `09/30/2024` or `20240930`.

    Months come before days, as everywhere at the SEC. Midnight may stand beside a day, and
    a year may have two digits.
    """
    bare = _MIDNIGHT.sub("", text.strip())
    return day_named(bare) or day_iso(bare) or day_us(bare, short_year=True) or day_digits(bare)


def iso(text: str) -> str:
    """A day as the XML prints it; whatever else it is, as it stands."""
    found = day(text)
    return date.isoformat(found) if found else text


def as_xml(tag: str, text: str) -> str:
    """The text of a cell as the element of that name would have it."""
    rewrite = _REWRITES[tag]
    return rewrite(text) if rewrite else text


def _number(text: str) -> str:
    number = quantity(text)
    if number is None:  # more noughts behind the point than a number has places
        number = quantity(_NOUGHTS.sub(r"\1", text.strip()))
    return text if number is None else plain(number)


def _whole(text: str) -> str:
    return _POINT.sub("", text.strip())


_BY_KIND: dict[Callable[[str], Any], Callable[[str], str]] = {
    day_iso: iso,
    quantity: _number,
    yes_or_no: _whole,
    normal_cik: _whole,
}
_REWRITES = {
    tag: _whole if tag in _WHOLE else _BY_KIND.get(field.kind.read) for tag, field in FIELDS.items()
}
