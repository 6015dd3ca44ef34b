"""Days of a misread page: a form covers those from its period to its signature, and few more.

A day outside is unknown, for a filer's slip looks as a misread digit does. A print that is no day
of the calendar was misread for sure, and the one day inside that it is like is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import product
from typing import NamedTuple

from ledger.filing import Row
from ledger.readers.scan.candidates import is_confused
from ledger.readers.scan.drafts import CROSSING
from ledger.readers.scan.labels import edits
from ledger.readers.scan.telling import altered
from ledger.readers.scan.tokens import DAY, day_of
from ledger.readers.scan.turns import amid, told_of_day, unsigned
from ledger.types import Effect

_LIKE = 2
"""Signs in which a print and a day differ at least, for them not to be alike."""

_STROKE = ("", "/", "7", "1")
"""What the stroke of a day is read as."""

_LEFT = 5
"""Digits of a day from which on more is left of it than its year."""

_NEXT = timedelta(days=10)
"""How long after its transactions most forms are signed."""

_SOON = timedelta(days=30)
"""How long after its period a form is signed, for the two to confirm each other."""


_LATE = timedelta(days=366)
"""From how long after its period on a form is hardly signed."""

_AROUND = 60
"""Days before and after a likely one that a print may be of, too."""


class Covered(NamedTuple):
    """What the form says it covers: from its period to the day it was signed.

    `period` is that of a Form 4 as it is printed, the day of its earliest transaction; `unsigned`
    says that no day of signing is legible.
    """

    first: date | None
    last: date | None
    period: date | None = None
    unsigned: bool = False

    @property
    def span(self) -> timedelta | None:
        """How much it covers, where that is so little that the two days confirm each other."""
        if self.first is None or self.last is None:
            return None
        span = self.last - self.first
        return span if timedelta(0) <= span <= _SOON else None

    @property
    def days(self) -> tuple[date, ...]:
        """Every day from the one to the other, where that is so little."""
        first, span = self.first, self.span
        if first is None or span is None:
            return ()
        return tuple(first + timedelta(days=at) for at in range(span.days + 1))


def covered_by(form: str, period: date | None, signed: date | None) -> Covered:
    """The days that transactions of a form may have: a Form 5 may report of any earlier one.

    Where a Form 4's period is not legible, they are looked for in two months before it was signed;
    where the day of signing is not, in five years from the period on.
    """
    if form != "4":
        return Covered(None, signed)
    if period and signed and signed - period > _LATE:
        signed = None  # a digit of the year may be misread
    first = period or (signed - timedelta(days=60) if signed else None)
    last = signed or (first + timedelta(days=5 * 366) if first else None)
    return Covered(first, last, period, unsigned=signed is None)


def dated(rows: Sequence[Row], covered: Covered) -> list[Row]:
    """Rows with days that the form covers; one that it does not is unknown.

    Args:
        rows: As read, in document order.
        covered: The days that transactions of this form may have.
    """
    found = _earliest([_likened(row, covered) for row in rows], covered)
    found = _by_the_others(found, covered)
    found = amid(_crossing(_outside(found, covered), covered))
    return _lost(unsigned(found, covered.period) if covered.unsigned else found, covered)


def period_doubt(period: date | None, rows: Sequence[Row], *, signed: date | None) -> str:
    """Why a form's period is doubtful, or nothing.

    No form is signed before its period, and that of a Form 4 is the day of its earliest transaction:
    give `rows` for that alone. A period in all but a sign that day was misread, or the rows were.
    """
    if period is not None and signed is not None and signed < period:
        return f"the form was signed before it, on {signed}; one of the two is misread"
    days = [row.effective_on for row in rows if row.effective_on and not row.holding]
    if period is None or not days:
        return ""
    first = min(days)
    if first < period and days.count(first) > 1:
        return f"several rows are of {first}, and it is the day of the earliest transaction"
    if period in days:
        return ""
    if edits(f"{period:%m/%d/%Y}", f"{first:%m/%d/%Y}") >= _LIKE:
        return ""
    return f"all but a sign of it is {first}, the earliest transaction's day; one is misread"


def _earliest(rows: Sequence[Row], covered: Covered) -> list[Row]:
    """A day that several days of the form are like is its period, where no row has a day.

    The period of a Form 4 is its earliest transaction's day.
    """
    first = covered.first
    if first is None or any(row.effective_on for row in rows):
        return list(rows)
    why = f"read as {first}: the form's period, the earliest day reported; no other is legible"
    prints = ["" if row.holding else _unread(row) for row in rows]
    like = {text for text in prints if text and _apart(text, first) < _LIKE}
    like = {text for text in like if not (_of_calendar(text) and _apart(text, first))}
    if len(like) != 1 or {text for text in prints if _broken(text)} - like:
        return list(rows)
    return [
        _dated(row, text, "inferred", why, first) if text in like else row
        for row, text in zip(rows, prints, strict=True)
    ]


def _broken(printed: str) -> bool:
    """Whether a day is printed with its strokes, and is none of the calendar."""
    return printed.count("/") > 1 and not _of_calendar(printed)


def _by_the_others(rows: Sequence[Row], covered: Covered) -> list[Row]:
    """Days that are none of the calendar, by the day of another row, or those before the signing.

    Where the period is not legible no short time is told; so a print must be like no other day of
    the months around.
    """
    if covered.period is not None:
        return list(rows)
    sure = {row.effective_on for row in rows if row.effective_on and not told_of_day(row)}
    signed = None if covered.unsigned else covered.last
    likely = sure | ({signed - timedelta(days=at) for at in range(_NEXT.days)} if signed else set())
    around = {day + timedelta(days=at) for day in likely for at in range(-_AROUND, _AROUND + 1)}
    found = list(rows)
    for at, row in enumerate(rows):
        printed = _unread(row)
        like = {day for day in around if _apart(printed, day) < _LIKE} if printed else set()
        if len(like) == 1 and like <= likely and not _of_calendar(printed):
            (day,) = like
            why = f"read as {day}: of the days around no other is like it"
            found[at] = _dated(row, printed, "inferred", why, day)
    return found


def _crossing(rows: Sequence[Row], covered: Covered) -> list[Row]:
    """Days of a conversion or an exercise that the two tables print with one digit apart.

    What it takes from Table II it brings to Table I on that day. One of the two was misread:
    the other, where one is the form's period, else either.
    """
    found = list(rows)
    for at, row in enumerate(rows):
        pairs = [other for other in rows if other.table != row.table and _crosses(row, other)]
        days = {other.effective_on for other in pairs}
        if not row.effective_on or not days or row.effective_on in days:
            continue
        near = [day for day in days if day and edits(f"{day}", f"{row.effective_on}") == 1]
        if near and row.effective_on != covered.first:
            printed = row.printed.get("effective_on", row.effective_on.isoformat())
            why = f"the other table prints {near[0]} for what it moves; a digit may be misread"
            found[at] = altered(
                row, "effective_on", printed, "field unknown", why, effective_on=None
            )
    return found


def _lost(rows: Sequence[Row], covered: Covered) -> list[Row]:
    """Days of transactions of which no day is left, where all else on a Form 4 agrees on one.

    Where every other transaction is of one day, and that is the period, so is this one (542 of 544
    filed); or the form was signed soon after it, where no period is legible. The only transaction is
    of the period's day (97 of 97), unless the signature objects.
    """
    moved = [row for row in rows if not row.holding]
    sure = {row.effective_on for row in moved if row.effective_on and not told_of_day(row)}
    legible = {row.effective_on for row in moved if row.effective_on}
    day = covered.period
    alone = len(moved) == 1 and not legible and (covered.span or covered.unsigned)
    if day is None and len(legible) == 1:
        (one,) = legible
        soon = covered.last is not None and timedelta(0) <= covered.last - one <= _NEXT
        day = one if soon and not covered.unsigned else None
    if day is None or not (alone or legible == sure == {day}):
        return list(rows)
    why = f"its day is not legible; every other row of the form is of {day}"
    if alone:
        why = f"its day is not legible; it is the only transaction of a form for {day}"
    return [
        _dated(row, printed or "", "inferred", why, day)
        if not row.holding
        and (printed := _illegible(row)) is not None
        and not _unlike(printed, day)
        else row
        for row in rows
    ]


_DIGITS = str.maketrans("oOQDilI|zZsSgaeB", "0000111122559008")
"""What letters in a day are, where they are figures."""

_FARTHEST = 2
"""Digits in which a print may differ from the likeliest of a few days."""


def nearest_day(printed: str, days: set[date], covered: Covered) -> date | None:
    """The day that a print is likest, of those of other rows, the period, and the time covered.

    None where two are as near, or none is near.
    """
    text = printed.partition(" / ")[0]
    prints = {
        re.sub(r"\D", "", part.translate(_DIGITS)) for part in (text, re.sub("[il|]", "", text))
    }
    known = days | ({covered.period} if covered.period and covered.span is not None else set())
    if covered.last is not None and not covered.unsigned and not known:
        known = {covered.last - timedelta(days=at) for at in range(_NEXT.days)}
    apart = sorted((min(edits(one, f"{day:%m%d%Y}") for one in prints), day) for day in known)
    if not apart or apart[0][0] > _FARTHEST or (len(apart) > 1 and apart[1][0] == apart[0][0]):
        return None
    return apart[0][1]


def _unlike(printed: str, day: date) -> bool:
    """Whether so much is left of a day that it cannot be the one that is meant."""
    left = sum(c.isdigit() for c in printed) if "/" not in printed else 0
    return left > _LEFT and _apart(printed, day) > _LIKE + 1


def _illegible(row: Row) -> str | None:
    """What is left of a day that is unknown, no day of the calendar; else None."""
    told = [r for r in row.repairs if r.field == "effective_on"]
    if row.effective_on or not told or any(r.effect != "field unknown" for r in told):
        return None
    return None if any(_of_calendar(r.printed) for r in told) else told[0].printed


def _of_calendar(printed: str) -> bool:
    return any(day_of(found.group()) is not None for found in DAY.finditer(printed))


def _crosses(row: Row, other: Row) -> bool:
    """Whether two rows move as many by one code that moves shares from table to table."""
    moved = {row.shares or row.underlying_shares, other.shares or other.underlying_shares}
    return row.code == other.code and row.code in CROSSING and len(moved) == 1 and None not in moved


def _likened(row: Row, covered: Covered) -> Row:
    """A row whose day is unknown, with the only day in a short time covered that its print is like.

    One sign of the print is misread, or a stroke between its figures lost.
    """
    printed = _unread(row)
    if not printed:
        return row
    apart = {day: _apart(printed, day) for day in covered.days}
    nearest = min(apart.values(), default=_LIKE)
    like = [day for day, signs in apart.items() if signs < (_LIKE if nearest else 1)]
    if len(like) != 1:
        return row
    why = f"read as {like[0]}: the only day from the form's period to its signature that is like it"
    return _dated(row, printed, "repaired", why, like[0])


def _apart(printed: str, day: date) -> int:
    """In how many signs a print differs from a day; its strokes may be lost, or read as figures."""
    whole = f"{day:%m/%d/%Y}"
    if "/" in printed:
        return edits(printed, whole)
    bare = printed.strip(",.-\u2013\u2014'‘’\"“")
    strokes = product(_STROKE, repeat=2)
    return min(edits(bare, f"{day:%m}{one}{day:%d}{other}{day:%Y}") for one, other in strokes)


def _unread(row: Row) -> str:
    """What is printed where a row's day should stand, as far as that is unknown."""
    told = next((r for r in row.repairs if r.field == "effective_on"), None)
    if row.effective_on or told is None or told.effect != "field unknown":
        return ""
    return told.printed.partition(" ")[0]


def _dated(row: Row, printed: str, effect: Effect, why: str, day: date) -> Row:
    """A row with a day that was unknown."""
    kept = tuple(r for r in row.repairs if r.field != "effective_on" or r.effect != "field unknown")
    row = row.model_copy(update={"repairs": kept})
    return altered(row, "effective_on", printed, effect, why, effective_on=day)


def _outside(rows: Sequence[Row], covered: Covered) -> list[Row]:
    """Days that the form cannot cover are unknown, where most of its days are within.

    A lone day outside is too where the period and the signature agree with each other; where
    several are, they stand and are told as doubtful. So do days that several rows print: no digit
    is misread alike in all of them, and the period may be.
    """
    days = [row.effective_on for row in rows if row.effective_on]
    outside = {day for day in days if not _within(day, covered)}
    count = sum(day in outside for day in days)
    if not outside:
        return list(rows)
    lone = count == 1 and covered.span is not None
    if 2 * count > len(days) and not lone:
        return [_doubtful(row) if row.effective_on in outside else row for row in rows]
    times = Counter(days)
    inside = Counter(day for day in days if day not in outside)
    return [
        row
        if row.effective_on not in outside
        else _misread_alike(row, covered, inside)
        if times[row.effective_on] > 1
        else _within_a_digit(row, covered, inside)
        for row in rows
    ]


def _misread_alike(row: Row, covered: Covered, inside: Counter[date]) -> Row:
    """A row whose day several print and the form does not cover: doubtful, as another row's where it is like that.

    On a fax one digit is misread in several rows. Where rows are of the period's day, the one day inside that differs in a digit which programs take for another is likelier.
    """
    day = row.effective_on
    assert day is not None
    like = [one for one in inside if is_confused(f"{one:%m%d%Y}", f"{day:%m%d%Y}")]
    if (
        covered.period not in inside
        or len(like) != 1
        or any(r.field == "effective_on" for r in row.repairs)
    ):
        return _doubtful(row)
    why = f"read as {like[0]}, the day of other rows: it lies outside what the form covers, and one digit is another"
    return altered(row, "effective_on", f"{day:%m/%d/%Y}", "doubtful", why, effective_on=like[0])


def _within_a_digit(row: Row, covered: Covered, inside: Counter[date]) -> Row:
    """A row whose day lies outside, with the only day inside it is like where most rows have that.

    One digit alone differs, and no other day of the short time covered differs by as little. A
    January of the year before is a slip of many filers, and unknown as what is like no such day.
    """
    day = row.effective_on
    assert day is not None
    like = [one for one in covered.days if edits(f"{one}", f"{day}") == 1]
    usual = len(like) == 1 and inside[like[0]] > 1 and 2 * inside[like[0]] > inside.total()
    january = usual and like[0].month == 1 and day.year == like[0].year - 1
    if january or not usual:
        return _dayless(row)
    why = f"read as {like[0]}: of the days that the form covers the only one that it is like"
    kept = tuple(r for r in row.repairs if r.field != "effective_on")
    row = row.model_copy(update={"repairs": kept})
    return altered(row, "effective_on", f"{day:%m/%d/%Y}", "inferred", why, effective_on=like[0])


def _doubtful(row: Row) -> Row:
    assert row.effective_on is not None
    if any(repair.field == "effective_on" for repair in row.repairs):
        return row
    why = (
        "it lies outside the days between the form's period and its signature, one of them misread"
    )
    return altered(row, "effective_on", row.effective_on.isoformat(), "doubtful", why)


def _within(day: date, covered: Covered) -> bool:
    early = covered.first is not None and day < covered.first
    return not early and not (covered.last is not None and day > covered.last)


def _dayless(row: Row) -> Row:
    assert row.effective_on is not None
    printed = row.printed.get("effective_on", row.effective_on.isoformat())
    why = "it lies outside the days between the form's period and its signature"
    return altered(row, "effective_on", printed, "field unknown", why, effective_on=None)
