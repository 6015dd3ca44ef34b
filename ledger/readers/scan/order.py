"""Rows under no legible heading that stand above rows of Table I: they are of it, too.

No form prints Table II before Table I. A row that lost its amount or its code looks most like a
holding of Table II; what stands below it says that it is none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ledger.readers.scan.ways import Reading, Row

_PLAIN = 3
"""What a row costs at most of which its pieces tell in which table it stands."""


def in_order(
    rows: Sequence[Row],
    every: Sequence[list[Reading]],
    again: Callable[[Sequence[Row]], list[list[Reading]]],
) -> tuple[Sequence[Row], list[list[Reading]]]:
    """Rows and their readings, those without a heading above the last plain row of Table I read as of it.

    `again` reads rows anew.
    """
    last = max((at for at, ways in enumerate(every) if _plainly(rows[at], ways)), default=0)
    known = [
        row._replace(table="I") if row.table is None and at < last else row
        for at, row in enumerate(rows)
    ]
    return (known, again(known)) if known != list(rows) else (rows, list(every))


def _plainly(row: Row, ways: Sequence[Reading]) -> bool:
    """Whether a row is a transaction of Table I, whatever its heading."""
    shapes = {(way.shape.table, way.shape.holding) for way in ways}
    return row.table != "II" and shapes == {("I", False)} and ways[0].cost <= _PLAIN
