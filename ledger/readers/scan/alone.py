"""Rows that no order of columns explains, read again without the words of other lines.

Where cells are set in the middle, words stand above and below a row's figures, and those of two
rows run together. What stands beside the figures is of their row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ledger.readers.scan.alignments import readings
from ledger.readers.scan.columns import Shape
from ledger.readers.scan.tokens import is_grouped
from ledger.readers.scan.ways import Reading, Row

_WORDS = ("security", "underlying", "nature")
_WHY = "words on lines above and below belong to it or to its neighbours, and are left out"


def read_alone(
    rows: Sequence[Row],
    every: Sequence[list[Reading]],
    shapes: Sequence[Shape],
    *,
    dollars: bool,
    is_row: Callable[[Row, Sequence[Reading]], bool],
) -> Iterator[tuple[Row, list[Reading]]]:
    """Rows and their readings, those that are no row alone where that makes them one."""
    for row, found in zip(rows, every, strict=True):
        alone = None if is_row(row, found) else _alone(row)
        again = readings(alone, shapes, dollars=dollars) if alone is not None else []
        yield (alone, again) if alone is not None and is_row(alone, again) else (row, found)


def _alone(row: Row) -> Row | None:
    """A row's pieces on its only line with figures; None where there are several, or too little."""
    lines = {token.line for token in row.tokens if token.kind not in {"text", "shred"}}
    kept = tuple(token for token in row.tokens if token.line in lines)
    owned = any(token.kind == "letter" for token in kept)
    counted = any(token.kind == "number" and is_grouped(token) for token in kept)
    if len(lines) != 1 or len(kept) == len(row.tokens) or not (owned and counted):
        return None
    return row._replace(tokens=kept, doubts=tuple((name, _WHY) for name in _WORDS))
