"""Days one digit from others of their form, which may be those misread: what stands around tells.

Rows follow their days, and a form is filed soon after the first of them. A day that does not fit there and is
in all but a digit one that does stands at its print and is doubtful, or unknown where the digits look alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from ledger.filing import Row
from ledger.readers.scan.candidates import is_confused
from ledger.readers.scan.labels import edits
from ledger.readers.scan.telling import altered

_ALIKE = frozenset(
    frozenset(pair)
    for pair in ("14", "17", "35", "38", "39", "56", "58", "68", "69", "89", "08", "06")
)
"""Digits of which a program takes one for the other."""

DUE = timedelta(days=5)
"""How far apart the days of a form lie that is filed in time, a weekend and a holiday between them."""


def amid(rows: Sequence[Row]) -> list[Row]:
    """Days between rows of another day of their table, in all but a digit.

    Rows follow their days; a later day before an earlier one is misread, or begins a new list. It
    is unknown where its digit looks like the other day's, and else doubtful.
    """
    found = list(rows)
    for table in ("I", "II"):
        dated = [at for at, row in enumerate(rows) if row.table == table and row.effective_on]
        for before, at, after in zip(dated, dated[1:], dated[2:], strict=False):
            first, day, last = (rows[one].effective_on for one in (before, at, after))
            if first != last or first == day or not first:
                continue
            printed = rows[at].printed.get("effective_on", f"{day}")
            why = f"it stands between rows of {first}; a digit may be misread"
            if look_alike(first, day):
                found[at] = altered(
                    rows[at], "effective_on", printed, "field unknown", why, effective_on=None
                )
            elif edits(f"{first}", f"{day}") == 1 and not told_of_day(rows[at]):
                found[at] = altered(rows[at], "effective_on", printed, "doubtful", why)
        for at, *others in (dated[:3], dated[:-4:-1]) if len(dated) > 2 else ():
            days = [rows[one].effective_on for one in others]
            if len(days) == 2 and _out_of_turn(rows[at], days, first=at == dated[0]):
                why = f"rows follow their days, and the others beside it are of {days[0]}; a digit may be misread"
                found[at] = altered(
                    rows[at], "effective_on", f"{rows[at].effective_on}", "doubtful", why
                )
    return found


def _out_of_turn(row: Row, days: Sequence[date | None], *, first: bool) -> bool:
    """Whether the first day of a table is later than two of one day behind it, or its last earlier, by a digit."""
    day, (one, other) = row.effective_on, days
    if day is None or one is None or one != other or told_of_day(row):
        return False
    return (day > one if first else day < one) and edits(f"{day}", f"{one}") == 1


def unsigned(rows: Sequence[Row], period: date | None) -> list[Row]:
    """Later days in all but a digit an earlier one of the form, where no day of signing ends them.

    A form is due two business days after its earliest transaction, so that few have days further apart.
    """
    days = Counter(row.effective_on for row in rows if row.effective_on and not row.holding)
    known = {*days, *([period] if period else [])}
    found = list(rows)
    for at, row in enumerate(rows):
        day = row.effective_on
        if day is None or row.holding or days[day] > 1 or day == period or told_of_day(row):
            continue
        near = [other for other in known if day - other > DUE and edits(f"{other}", f"{day}") == 1]
        if near:
            why = (
                f"all but a digit of it is {near[0]}, and no legible signature says that it is not"
            )
            printed = row.printed.get("effective_on", f"{day}")
            read = near[0] if len(near) == 1 and _confused(near[0], day) else day
            found[at] = altered(row, "effective_on", printed, "doubtful", why, effective_on=read)
    return found


def _confused(one: date, other: date) -> bool:
    return is_confused(f"{one:%m%d%Y}", f"{other:%m%d%Y}")


def told_of_day(row: Row) -> bool:
    """Whether anything is told of a row's day."""
    return any(repair.field == "effective_on" for repair in row.repairs)


def look_alike(one: date | None, other: date | None) -> bool:
    """Whether two days differ in one digit, by one that a program takes for the other."""
    signs = [pair for pair in zip(f"{one}", f"{other}", strict=True) if pair[0] != pair[1]]
    return len(signs) == 1 and frozenset(signs[0]) in _ALIKE
