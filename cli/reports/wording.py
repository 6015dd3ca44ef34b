"""How figures, days and names read in a table. Unknown never looks like zero."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from ledger.types import grouped
from ledger.types import signed as with_sign

_PLAIN = re.compile(r"(?<![\w.,-])\d+(?:\.\d+)?(?![\w,-])")
_MONTHS = "|".join(calendar.month_name[1:])
UNBROKEN = re.compile(
    r"(?<![\w-])"
    r"(\d{1,12}(?:-\d{1,8}){1,3}(?:#[\w.]*\w)?|\d{1,2} (?:" + _MONTHS + r") \d{4})"
    r"(?![\w-])",
    re.ASCII,
)
"""Days, and numbers joined by hyphens, as those of filings are: where a line ends, none is broken."""
_POINTER = re.compile(r"\(?(?:see|refer)\b|(?:foot)?notes?\b", re.IGNORECASE)
"""How words begin that name nobody, and only lead to a note."""
_DOCUMENT = re.compile(r"sha256:([0-9a-f]{12})[0-9a-f]+")

Name = Mapping[str, str | None]


class Counted(Protocol):
    """What has findings that are counted."""

    @property
    def findings(self) -> int:
        """All of them."""


def figure(number: Decimal | None) -> str:
    """`1,230,544`, `-250,000`, `4.91`; nothing where there is no number."""
    return "" if number is None else grouped(number)


def dollars(number: Decimal | None) -> str:
    """`$200,000`; nothing where there is no number."""
    return "" if number is None else f"${grouped(number)}"


def signed(number: Decimal | None) -> str:
    """A difference or a movement: `+5,000`, `-250,000`, `0`."""
    return "" if number is None else with_sign(number)


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 filing`, `2,000 filings`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def extent(shares: Decimal | None, low: Decimal | None, high: Decimal | None) -> str:
    """A quantity as far as it is known: a figure, its bounds, or `unknown`."""
    if shares is not None:
        return figure(shares)
    if low is not None and high is not None:
        return f"{figure(low)} to {figure(high)}"
    if low:
        return f"at least {figure(low)}"
    if high is not None:
        return f"at most {figure(high)}"
    return "unknown"


def day(when: date | None) -> str:
    """`2004-09-09`, or nothing."""
    return when.isoformat() if when else ""


def days(first: date | None, last: date | None) -> str:
    """A day, a month where the interval is one, or both ends of an interval."""
    if first is None and last is None:
        return ""
    if first == last:
        return day(first)
    if first and last and first.day == 1 and last == _end_of_month(first):
        return f"{first:%Y-%m}"
    return f"{day(first)}..{day(last)}"


def _end_of_month(first: date) -> date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def in_words(moment: date | str) -> str:
    """A day as a sentence has it: `9 September 2004`; other moments as they are."""
    try:
        when = moment if isinstance(moment, date) else date.fromisoformat(moment)
    except ValueError:
        return str(moment)
    return f"{when.day} {calendar.month_name[when.month]} {when.year}"


def name(party: Name | None) -> str:
    """`ROGERS GARY A`, `SONUS NETWORKS INC [SONS]`; the CIK where no name is known."""
    if party is None:
        return ""
    cik = party.get("cik")
    text = party.get("name") or (f"CIK {cik}" if cik else "unnamed")
    symbol = party.get("symbol")
    return f"{text} [{symbol}]" if symbol else text


def held(ownership: str | None, nature: str | None, holder: str | None = None) -> str:
    """`direct`, or how it is held indirectly, in the filer's words; where a note names the `holder`, by whom."""
    if holder:
        return holder if _POINTER.match(nature or "") else f"{held(ownership, nature)}: {holder}"
    if ownership == "direct":
        return f"direct: {nature}" if nature else "direct"
    if nature:
        return nature if ownership else f"{nature} (form not stated)"
    return ownership or "not stated"


def series(exercise_price: Decimal | None, expires_on: date | None) -> str:
    """The terms that tell one derivative from another: `at 4.91, expires 2015-09-09`."""
    price = f"at {figure(exercise_price)}" if exercise_price is not None else ""
    expiry = f"expires {day(expires_on)}" if expires_on else ""
    return ", ".join(filter(None, [price, expiry]))


def findings(ids: Sequence[str]) -> tuple[str, ...]:
    """The note that leads from a row to its findings; none where there are none."""
    several = "findings" if len(ids) > 1 else "finding"
    return (f"see {several} {', '.join(ids)}",) if ids else ()


def grave(counted: Counted) -> str:
    """How many findings somebody has, the graver ones by name: `1 critical, 2 major, 9 in all`, `9 info`."""
    named = ("critical", "major", "minor")
    told = [f"{number:,} {word}" for word in named if (number := getattr(counted, word))]
    if counted.findings:
        told.append(f"{counted.findings:,} {'in all' if told else 'info'}")
    return ", ".join(told)


def figures(text: str) -> str:
    """A text with every plain decimal in it shown as a figure: `0 to 250,000`."""
    return _PLAIN.sub(lambda number: figure(Decimal(number[0])), text)


def footnote(note: str) -> str:
    """`2` for the footnote that its filing calls `F2`."""
    return note[1:] if note[:1] == "F" and note[1:].isdigit() else note


def brief(ref: str) -> str:
    """A filing or row with its document's hash cut to what still names it."""
    return _DOCUMENT.sub(r"sha256:\1", ref)
