"""Prints that are whole, and of which the form itself says that they are hardly what they seem.

A clean S or G in Table II may be a C, for derivatives are seldom sold or given, and none is sold for
nothing; a balance before a price is the amount of a row whose day was lost; and a day
that neither the form's period nor another row has is as doubtful, where digits were misread, as
a figure that nothing confirms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ledger.filing import Row
from ledger.readers.scan.chart import Read
from ledger.readers.scan.days import Covered
from ledger.readers.scan.doubts import FIGURES, LINE, POOR
from ledger.readers.scan.drafts import CROSSING
from ledger.readers.scan.telling import altered
from ledger.readers.scan.totals import said_of
from ledger.types import plain

_PRICE = re.compile(r"[|\[{(]?(?:\$|[sS§](?=[1-9]))\d[\d,]*\.\d{2,4}(?!\d)")
"""A price, its sign read as an S or not."""

_ROUND = frozenset("GS")
"""Codes that a C is read as."""


def suspected(rows: Sequence[Row], covered: Covered, page: Read) -> Iterator[Row]:
    """Rows of a misread page, with what the form itself speaks against doubtful or unknown.

    Args:
        rows: As read, in document order.
        covered: The days that transactions of this form may have.
        page: How the page was read.
    """
    ill = bool(page.strewn or page.misread or page.percent < POOR)
    for row in rows:
        found = _overdrawn(_priced(_unpaid(_crossed(row, rows))), rows)
        yield _alone(found, rows, covered) if ill else found


def _told(row: Row) -> set[str]:
    return {repair.field for repair in row.repairs}


def _crossed(row: Row, rows: Sequence[Row]) -> Row:
    """A gift or a sale of as many as the other table moves that day by a conversion: its C was read as one."""
    if row.code not in _ROUND or row.holding or not row.shares or "code" in _told(row):
        return row
    ways = {"I": row.direction == "acquired", "II": row.direction != "acquired"}
    found = {
        other.code
        for other in rows
        if other.table != row.table
        and other.code in CROSSING
        and (other.effective_on, other.shares) == (row.effective_on, row.shares)
        and other.direction in ({"acquired"} if other.table == "I" else {"disposed", None})
    }
    if len(found) != 1 or not ways[row.table]:
        return row
    (code,) = found
    why = f"read as {code}: the other table moves as many that day by it, and a C is read as {row.code}"
    return altered(row, "code", row.printed.get("code", row.code), "doubtful", why, code=code)


def _unpaid(row: Row) -> Row:
    """A row of Table II that is sold or given without a price: none of 248 filed ones is, and a C is read so."""
    if row.table != "II" or row.code not in _ROUND or row.price or "code" in _told(row):
        return row
    why = (
        "few derivatives are given, none sold for nothing; it may be a C, or what is left of a mark"
    )
    return altered(row, "code", row.printed.get("code", row.code), "doubtful", why)


def _priced(row: Row) -> Row:
    """A holding of Table I of which a price stands behind the balance: that is an amount, its day lost."""
    held = row.shares_after
    if row.table != "I" or not row.holding or held is None:
        return row
    figure = row.printed.get("shares_after", f"{held:,f}")
    prints = [repair.printed for repair in row.repairs if repair.field == "row"]
    behind = [text.partition(figure)[2] for text in prints]
    price = next((found.group() for text in behind if (found := _PRICE.search(text))), None)
    if price is None:
        return row
    kept = tuple(repair for repair in row.repairs if repair.field != "shares_after")
    row = row.model_copy(update={"repairs": kept})
    why = f"{price} stands behind it, and a line that only tells what is held has no price"
    return altered(row, "shares_after", figure, "field unknown", why, shares_after=None)


def _overdrawn(row: Row, rows: Sequence[Row]) -> Row:
    """A row after which fewer are held than it acquired (6 of 173 filed ones): one of the two is misread.

    Where the total is the amount without its first digit, and a line is read as such a one, the amount
    is as many, if another row has that figure, too.
    """
    moved, held = row.shares, row.shares_after
    if row.direction != "acquired" or not moved or not held or held >= moved:
        return row
    told = _told(row)
    more, less = plain(moved), plain(held)
    others = [number for other in rows for name in FIGURES if (number := getattr(other, name))]
    if more[0] in LINE and more[1:] == less and others.count(held) > 1 and "shares" not in told:
        why = f"read as {less}: a line is read as the first digit, which the total and another row lack"
        return altered(row, "shares", said_of(moved), "doubtful", why, shares=held)
    why = (
        f"{said_of(moved)} were acquired and {said_of(held)} are held: a digit or a sign is misread"
    )
    for name in ("shares", "shares_after"):
        if name not in told:
            row = altered(row, name, said_of(getattr(row, name)), "doubtful", why)
    return row


def _alone(row: Row, rows: Sequence[Row], covered: Covered) -> Row:
    """A row with a day that no other transaction has, nor the period: a digit of it may be misread."""
    day = row.effective_on
    if day is None or row.holding or day == covered.period or "effective_on" in _told(row):
        return row
    if sum(other.effective_on == day for other in rows if not other.holding) > 1:
        return row
    why = "neither the period nor another row has it, on a page where digits are misread"
    printed = row.printed.get("effective_on", f"{day:%m/%d/%Y}")
    return altered(row, "effective_on", printed, "doubtful", why)
