"""Days that may be another day of their rows, whose own days were lost.

The form has a column for a transaction's day and one for the deemed execution, side by side, and the later one
is mostly empty. Where a day is lost and the deemed one is printed, that one stands alone in its row,
as an own day does that the scan moved aside. Which of the two it is nothing tells; so it is doubtful. So is
the day of other rows where a derivative would become exercisable that is held alone: its code may be lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import takewhile

from ledger.filing import Row
from ledger.readers.scan.telling import altered
from ledger.readers.scan.tokens import Token
from ledger.readers.scan.ways import Row as Pieces


def under_later_days(rows: Sequence[Pieces]) -> Iterator[int]:
    """Rows whose only day stands under the second of two in another of its table, and under no first."""
    days = [_trading_days(row.tokens) for row in rows]
    pairs = [(row.table, found) for row, found in zip(rows, days, strict=True) if len(found) == 2]
    for at, (row, found) in enumerate(zip(rows, days, strict=True)):
        others = [pair for table, pair in pairs if table == row.table]
        if (
            len(found) == 1
            and any(_under(found[0], second) for _, second in others)
            and not any(_under(found[0], first) for first, _ in others)
        ):
            yield at


def _trading_days(tokens: Sequence[Token]) -> list[Token]:
    """The days of a row that stand before its first letter or amount: its own, and the deemed one."""
    before = takewhile(lambda token: token.kind not in {"letter", "shred"}, tokens)
    return [token for token in before if token.kind == "date"]


def _under(one: Token, other: Token) -> bool:
    return one.cell.start < other.cell.end and other.cell.start < one.cell.end


def deemed_doubted(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows with a doubt where the only day is another row's deemed one and no row's own, or a holding's another's own."""
    return tuple(map(_exercisable, _deemed(rows), [_days_of(rows)] * len(rows)))


def _days_of(rows: Sequence[Row]) -> frozenset[date]:
    return frozenset(row.effective_on for row in rows if row.effective_on)


def _exercisable(row: Row, days: frozenset[date]) -> Row:
    told = {repair.field for repair in row.repairs}
    alone = row.table == "II" and row.holding and row.expires_on is None
    if not alone or row.exercisable_on not in days or "exercisable_on" in told:
        return row
    why = "other rows are of this day; it may be this row's own, of which the rest is lost"
    return altered(row, "exercisable_on", f"{row.exercisable_on}", "doubtful", why)


def _deemed(rows: Sequence[Row]) -> tuple[Row, ...]:
    deemed = {row.deemed_execution_on for row in rows if row.deemed_execution_on}
    days = Counter(row.effective_on for row in rows)
    why = "another row prints it as its deemed execution day; this row's own may be lost"
    return tuple(
        altered(row, "effective_on", f"{row.effective_on}", "doubtful", why)
        if row.effective_on in deemed
        and not row.deemed_execution_on
        and days[row.effective_on] == 1
        and not any(repair.field == "effective_on" for repair in row.repairs)
        else row
        for row in rows
    )
