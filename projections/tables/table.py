"""What makes an answer a table: its columns, its rows, and how other libraries take them.

Iterating an answer gives its rows as named tuples, a value for each column of
`projections.columns`: exact decimals, days, tuples where there are many, None where unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import msgspec

from ledger.types import plain
from projections.columns import Column, Kind, reader

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

_SHOWN = 50
"""Rows that a notebook is shown of a table; how many more there are is said below them."""

_TYPES: dict[Kind, type] = {
    "text": str,
    "code": str,
    "moment": str,
    "quantity": Decimal,
    "price": Decimal,
    "count": int,
    "day": date,
    "truth": bool,
}


class Table(msgspec.Struct, frozen=True):
    """An answer that is a table: `len`, iteration, data frames, an Arrow stream."""

    columns: ClassVar[tuple[Column, ...]] = ()

    def __init_subclass__(cls) -> None:
        """Let `help` show the columns of the table."""
        super().__init_subclass__()
        width = max((len(column.name) for column in cls.columns), default=0)
        told = [f"    {c.name:{width}}  {_kind(c)}: {c.says}" for c in cls.columns]
        cls.__doc__ = "\n".join([cls.__doc__ or "", "", "Columns of its rows:", "", *told, ""])

    def _records(self) -> Iterable[Any]:
        """What each row is read from: objects or mappings with every path of the columns."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[Any]:
        """The rows, as named tuples."""
        row, read = _row_of(type(self).__name__, self.columns), reader(self.columns)
        return (row(*read(record)) for record in self._records())

    def __len__(self) -> int:
        """How many rows there are."""
        return sum(1 for _ in self._records())

    def __getitem__(self, at: int) -> Any:
        """The row at a place, from 0; from the end where it is negative."""
        place = at + len(self) if at < 0 else at
        for row in islice(self, place, None) if place >= 0 else ():
            return row
        raise IndexError(at)

    def _repr_html_(self) -> str:
        """The table as a notebook shows it: its first rows, figures to the right."""
        heads = "".join(f"<th>{escape(column.name)}</th>" for column in self.columns)
        lines = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in islice(self, _SHOWN))
        more = len(self) - _SHOWN
        below = f"<p>and {more:,} more rows</p>" if more > 0 else f"<p>{len(self):,} rows</p>"
        return f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>{below}"

    def to_pandas(self) -> pd.DataFrame:
        """A pandas data frame: quantities as exact decimals, counts and truths with unknowns.

        Raises:
            UsageError: pandas is not installed.
        """
        from projections.tables import frames  # noqa: PLC0415  (large, and seldom asked for)

        return frames.to_pandas(self.columns, list(self))

    def to_polars(self) -> pl.DataFrame:
        """A Polars data frame: quantities as exact decimals, lists as lists.

        Raises:
            UsageError: Polars is not installed, or a number has too many digits for it.
        """
        from projections.tables import frames  # noqa: PLC0415  (large, and seldom asked for)

        return frames.to_polars(self.columns, list(self))

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The table as an Arrow stream, for DuckDB, Polars, pandas, pyarrow and whatever reads one.

        Raises:
            UsageError: nanoarrow is not installed, or a number has too many digits for Arrow.
        """
        from projections.tables import arrow  # noqa: PLC0415  (seldom asked for)

        return arrow.stream_of(self.columns, self, requested_schema)


@cache
def _row_of(name: str, columns: tuple[Column, ...]) -> type[tuple[Any, ...]]:
    """The type of a table's rows: its columns, each with its type."""
    typed = [(c.name, tuple if c.many else _TYPES[c.kind]) for c in columns]
    row: Any = NamedTuple(f"{name}Row", typed)  # type: ignore[misc]
    made: type[tuple[Any, ...]] = row
    return made


def _kind(column: Column) -> str:
    return f"{column.kind}, many" if column.many else column.kind


def _cell(value: object) -> str:
    if isinstance(value, Decimal):
        return f'<td style="text-align:right">{plain(value)}</td>'
    if value is None:
        return "<td></td>"
    text = "; ".join(map(_word, value)) if isinstance(value, tuple) else _word(value)
    return f"<td>{escape(text)}</td>"


def _word(value: object) -> str:
    return plain(value) if isinstance(value, Decimal) else "" if value is None else str(value)
