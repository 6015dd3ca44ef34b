"""What it costs to write a table in each format, beside the plain library, and to read it again.

    python -m tests.benchmarks.exports --lines 20000

The entries of a simulated ledger are held as rows; then they are written as each format by the
export, and by the library itself given the same values, and read by each program that is here,
which sums what was claimed less what was expected. Processor seconds, so that a machine that does
other work shows the same; rows a second are of these. A sum that is not the ledger's is printed
as such.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

from cli.formats.bulk import Contents, CsvLook
from cli.formats.columnar import ColumnarFiles
from cli.formats.sheets import Workbook
from ledger import Ledger
from projections.bulk.tables import TABLES, Asked
from projections.columns import Column
from tests.benchmarks.replay import fill

Rows = list[Sequence[Any]]
_SUM = ("claimed", "expected")


def spent(work: Callable[[], Any]) -> tuple[float, Any]:
    """Processor seconds of a piece of work, and what it gave."""
    began = time.process_time()
    gave = work()
    return time.process_time() - began, gave


def plain_workbook(columns: Sequence[Column], rows: Rows, path: Path) -> None:
    """The same cells by nothing but xlsxwriter, by the one call that takes any value."""
    book = import_module("xlsxwriter").Workbook(str(path), {"constant_memory": True})
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("entries")
    sheet.write_row(0, 0, [column.name for column in columns])
    for at, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(at, place, _instant(value), days)
            elif value is not None:
                sheet.write(
                    at, place, ", ".join(value) if isinstance(value, tuple | list) else value
                )
    book.close()


def _instant(value: date) -> datetime:
    """A day, or an instant without its zone, as a workbook takes it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None)
    return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a day has no zone


def plain_csv(columns: Sequence[Column], rows: Rows, path: Path) -> None:
    """The same rows by nothing but the csv module."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.name for column in columns])
        writer.writerows(rows)


def plain_parquet(columns: Sequence[Column], rows: Rows, path: Path) -> None:
    """The same rows by nothing but pyarrow, which finds the types by itself."""
    arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    values = dict(zip([c.name for c in columns], map(list, zip(*rows, strict=True)), strict=True))
    parquet.write_table(arrow.table(values), path, compression="zstd")


PLAIN = {"xlsx": plain_workbook, "csv": plain_csv, "parquet": plain_parquet}


def written(columns: tuple[Column, ...], rows: Rows, kind: str, path: Path) -> None:
    """The rows as the export writes them."""
    if kind == "xlsx":
        with Workbook(path) as book:
            book.add("entries", columns, rows)
    elif kind == "csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            CsvLook().write(Contents("entries", columns, rows), file)
    else:
        ColumnarFiles(columns, kind, "entries").write(rows, iter([path]))


def by_duckdb(path: Path) -> tuple[int, Any]:
    """A Parquet file, by DuckDB."""
    asked = f"SELECT count(*), sum(claimed - expected) FROM '{path}'"
    (row,) = import_module("duckdb").sql(asked).fetchall()
    return row


def by_polars(path: Path) -> tuple[int, Any]:
    """A Parquet file, by Polars."""
    frame = import_module("polars").read_parquet(path)
    return frame.height, (frame["claimed"] - frame["expected"]).sum()


def by_pandas(path: Path) -> tuple[int, Any]:
    """A Parquet file, by pandas with Arrow's types."""
    frame = import_module("pandas").read_parquet(path, dtype_backend="pyarrow")
    return len(frame), (frame.claimed - frame.expected).sum()


def by_pyarrow(path: Path) -> tuple[int, Any]:
    """A Parquet file, by pyarrow."""
    compute, parquet = import_module("pyarrow.compute"), import_module("pyarrow.parquet")
    table = parquet.read_table(path)
    off = compute.subtract(table["claimed"], table["expected"])
    return table.num_rows, compute.sum(off).as_py()


def by_openpyxl(path: Path) -> tuple[int, Any]:
    """A workbook, by openpyxl, row by row."""
    book = import_module("openpyxl").load_workbook(path, read_only=True)
    with closing(book):
        titles, *rows = book["entries"].iter_rows(values_only=True)
    places = [titles.index(name) for name in _SUM]
    pairs = [[row[place] for place in places] for row in rows]
    return len(rows), sum(Decimal(str(a)) - Decimal(str(b)) for a, b in pairs if None not in (a, b))


def by_csv(path: Path) -> tuple[int, Any]:
    """A CSV file, by Python's own csv module."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    pairs = [[row[name] for name in _SUM] for row in rows]
    return len(rows), sum(Decimal(a) - Decimal(b) for a, b in pairs if a and b)


READERS: tuple[tuple[str, str, Callable[[Path], tuple[int, Any]]], ...] = (
    ("duckdb", "parquet", by_duckdb),
    ("polars", "parquet", by_polars),
    ("pandas", "parquet", by_pandas),
    ("pyarrow", "parquet", by_pyarrow),
    ("openpyxl", "xlsx", by_openpyxl),
    ("csv", "csv", by_csv),
)


def measure(ledger: Ledger, folder: Path) -> None:
    """Write and read the entries of a ledger in every way, and print what each cost."""
    told = TABLES["entries"]
    rows: Rows = [*told.rows(ledger, Asked())]
    columns = told.columns
    places = [next(n for n, c in zip(count(), columns) if c.name == name) for name in _SUM]
    pairs = ([row[place] for place in places] for row in rows)
    sound = sum((a - b for a, b in pairs if None not in (a, b)), Decimal(0))
    print(f"{len(rows):,} rows of {len(columns)} columns\n")
    print(
        "| Format | Rows a second | The library alone | Ratio | Bytes a row |\n|---|---:|---:|---:|---:|"
    )
    for kind in ("csv", "xlsx", "parquet"):
        path = folder / f"entries.{kind}"
        ours, _ = spent(lambda kind=kind, path=path: written(columns, rows, kind, path))
        plain = folder / f"plain.{kind}"
        theirs, _ = spent(lambda kind=kind, plain=plain: PLAIN[kind](columns, rows, plain))
        ours, theirs = len(rows) / ours, len(rows) / theirs
        size = path.stat().st_size / len(rows)
        print(f"| {kind} | {ours:,.0f} | {theirs:,.0f} | {ours / theirs:.2f} | {size:,.0f} |")
    print("\n| Reader | Format | Rows a second | Sum |\n|---|---|---:|---|")
    for name, kind, read in READERS:
        module = import_module(name)
        read(folder / f"entries.{kind}")  # what is loaded the first time is not of the table
        took, (found, off) = spent(lambda read=read, kind=kind: read(folder / f"entries.{kind}"))
        right = found == len(rows) and Decimal(str(off)) == sound
        said = "the ledger's" if right else f"{found:,} rows, {off}"
        version = getattr(module, "__version__", "")
        print(f"| {name} {version} | {kind} | {found / took:,.0f} | {said} |")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=20_000, help="lines in the simulated ledger")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, Ledger.open(Path(name) / "ledger.db") as ledger:
        fill(ledger, asked.lines)
        measure(ledger, Path(name))


if __name__ == "__main__":
    main()
