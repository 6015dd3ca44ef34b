"""Tables for programs that compute: Parquet and Arrow files, exact and typed.

Every decimal column has the digits that `projections.columns.DIGITS` gives its kind. Where a
number needs more, the column becomes as wide as such columns can be, in what was written
before as well, and is named in `wide`: no number is rounded, and none is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

from ledger.errors import UsageError
from ledger.extras import install
from projections.columns import DIGITS, WIDE, Column, instant_of

_GROUP = 60_000
"""Rows that are held, compressed and written together."""

GROUPS_OF_A_PART = 16
"""Groups in each file of a table that may take several: just under a million rows."""


class ColumnarFiles:
    """Writes one table as Parquet or Arrow, in one file or in as many as it takes."""

    def __init__(self, columns: Sequence[Column], kind: str, schema: str) -> None:
        self.wide: list[str] = []
        self.paths: list[Path] = []
        self._columns, self._kind = columns, kind
        self._pa = _pyarrow(kind)
        fields = [self._field(column) for column in columns]
        self._schema = self._pa.schema(fields, metadata={"ledger.schema": schema})

    def write(
        self, rows: Iterable[Sequence[Any]], paths: Iterator[Path], *, groups: int | None = None
    ) -> None:
        """Write rows into the next path, and from there on: `groups` in a file, or all in one.

        Raises:
            UsageError: A number has too many digits for any column.
        """
        rows, writer, written = iter(rows), self._begin(next(paths)), 0
        try:
            while page := list(islice(rows, _GROUP)):
                known = self._schema
                table = self._table(page)
                if self._schema is not known:
                    writer.close()
                    writer = self._widened()
                if written == groups:
                    writer.close()
                    writer, written = self._begin(next(paths)), 0
                writer.write_table(table)
                written += 1
        finally:
            writer.close()

    def _begin(self, path: Path) -> Any:
        self.paths.append(path)
        return self._writer(path)

    def _writer(self, path: Path) -> Any:
        if self._kind == "arrow":
            return self._pa.ipc.new_file(str(path), self._schema)
        return self._pa.parquet.ParquetWriter(path, self._schema, compression="zstd")

    def _widened(self) -> Any:
        """Write again what is there, as the wider columns have it; goes on in the last file."""
        writer = None
        for path in self.paths:
            if writer is not None:
                writer.close()
            narrow = path.with_name(f"{path.name}.narrow")
            path.rename(narrow)
            try:
                writer = self._writer(path)
                for table in self._read(narrow):
                    writer.write_table(table.cast(self._schema))
            finally:
                narrow.unlink()
        return writer

    def _read(self, path: Path) -> Iterator[Any]:
        if self._kind == "arrow":
            with self._pa.OSFile(str(path)) as file, self._pa.ipc.open_file(file) as source:
                for at in range(source.num_record_batches):
                    yield self._pa.Table.from_batches([source.get_batch(at)])
        else:
            with self._pa.parquet.ParquetFile(path) as source:
                for at in range(source.num_row_groups):
                    yield source.read_row_group(at)

    def _table(self, page: Sequence[Sequence[Any]]) -> Any:
        """A page of rows as an Arrow table; a column of the schema becomes wide if it must."""
        columns = zip(self._columns, zip(*page, strict=True), strict=True)
        arrays = [self._array(at, *column) for at, column in enumerate(columns)]
        return self._pa.table(arrays, schema=self._schema)

    def _array(self, at: int, column: Column, values: Sequence[Any]) -> Any:
        if column.kind == "moment":
            values = [instant_of(value) for value in values]
        try:
            return self._pa.array(values, self._schema.field(at).type)
        except self._pa.ArrowInvalid as error:
            if column.kind not in DIGITS or column.name in self.wide:
                raise UsageError(
                    f"a number does not fit the column {column.name} exactly: {error}",
                    remedy="use --format csv, where numbers are text",
                ) from error
        self.wide.append(column.name)
        self._schema = self._schema.set(at, self._field(column))
        return self._array(at, column, values)

    def _field(self, column: Column) -> Any:
        pa = self._pa
        digits = WIDE if column.name in self.wide else DIGITS.get(column.kind, WIDE)
        element = {
            "quantity": pa.decimal128(*digits),
            "price": pa.decimal128(*digits),
            "count": pa.int64(),
            "day": pa.date32(),
            "moment": pa.timestamp("us", "UTC"),
            "truth": pa.bool_(),
        }.get(column.kind, pa.string())
        kind = pa.list_(element) if column.many else element
        return pa.field(column.name, kind, metadata={"description": column.says})


def widened(column: str) -> str:
    """What a user is told of a column with more digits than others of its kind."""
    return (
        f"a number in the column {column} needs more digits than others do: it is "
        f"decimal128({WIDE[0]}, {WIDE[1]}), which pyarrow neither subtracts nor multiplies"
    )


def _pyarrow(kind: str) -> ModuleType:
    try:
        import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415  (large, seldom needed)
        import pyarrow.parquet  # type: ignore[import-untyped]  # noqa: PLC0415
    except ImportError:
        raise UsageError(
            f"{kind.capitalize()} needs pyarrow",
            remedy=install("parquet"),
        ) from None
    return pa  # type: ignore[no-any-return]
