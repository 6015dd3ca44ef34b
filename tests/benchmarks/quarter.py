"""What a quarter of the SEC's data sets costs, beside plain sqlite3 and DuckDB on the same tables.

    python -m tests.benchmarks.quarter --filings 36000 --rows 110000

The simulator writes a quarter as the SEC's zip; it, and a quarter of its size, are read by each
way in a process of its own: from the zip to durable events, to tables of text in SQLite, and to
tables of text in DuckDB (which reads no zip, so its tables are unpacked first, at its cost).
Seconds are of the processor, user and system; memory is the most that the process held.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import sqlite3
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import NamedTuple

from ledger import Ledger
from ledger.filing import Filing

_FIRST = 5_200_001


class Cost(NamedTuple):
    """What one way took: seconds of the processor, and megabytes at most."""

    seconds: float
    megabytes: float


def simulated(filings: int, rows: int) -> Iterator[Filing]:
    """As many simulated filings as are asked for, or more, until they have as many rows."""
    from tests.simulator.worlds import world  # noqa: PLC0415  (no way that is measured needs it)

    told = lines = 0
    for seed in count(_FIRST):
        for filing in world(seed, issuers=8, people=3, years=1, read_notes=False).filings:
            if told >= filings and lines >= rows:
                return
            told += 1
            lines += len(filing.rows)
            yield filing


def write(path: Path, filings: int, rows: int) -> None:
    """A simulated quarter, packed as the SEC does."""
    from tests.simulator.quarters import as_zip, quarter  # noqa: PLC0415  (as above)

    told = list(simulated(filings, rows))
    as_zip(quarter(told), path)
    lines = sum(len(filing.rows) for filing in told)
    size = path.stat().st_size / 1_000_000
    print(f"{len(told):,} filings, {lines:,} rows, {size:.1f} MB packed", flush=True)


def ours(path: Path, folder: Path) -> None:
    """From the zip to durable events."""
    with Ledger.open(folder / "ledger.db") as ledger:
        report = ledger.ingest(path, jobs=1)
    print(f"  recorded {report.recorded:,} filings, {report.rows:,} rows; set aside", end=" ")
    print(f"{len(report.set_aside):,}; conflicting {report.conflicting:,}", flush=True)


def plain_sqlite(path: Path, folder: Path) -> None:
    """Every table as text, by the csv module and executemany, in one transaction."""
    database = sqlite3.connect(folder / "plain.db")
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    with zipfile.ZipFile(path) as packed:
        for name in (one for one in packed.namelist() if one.endswith(".tsv")):
            text = io.TextIOWrapper(packed.open(name), "utf-8", newline="")
            lines = csv.reader(text, delimiter="\t", quoting=csv.QUOTE_NONE)
            heading = next(lines)
            columns = ", ".join(f"{column} TEXT" for column in heading)
            database.execute(f"CREATE TABLE {Path(name).stem} ({columns})")
            places = ", ".join("?" * len(heading))
            database.executemany(f"INSERT INTO {Path(name).stem} VALUES ({places})", lines)
    database.commit()
    database.close()


def plain_duckdb(path: Path, folder: Path) -> None:
    """Every table as text, by DuckDB's own reader, with one thread."""
    import duckdb  # noqa: PLC0415  (an extra)

    with zipfile.ZipFile(path) as packed:
        packed.extractall(folder)
    database = duckdb.connect(folder / "plain.duckdb", config={"threads": 1})
    for file in sorted(folder.glob("*.tsv")):
        read = f"read_csv('{file}', delim='\t', header=true, all_varchar=true, quote='')"
        database.execute(f"CREATE TABLE {file.stem} AS SELECT * FROM {read}")
    database.close()


WAYS: dict[str, Callable[[Path, Path], None]] = {
    "zip to durable events": ours,
    "plain sqlite3, tables of text": plain_sqlite,
    "DuckDB, tables of text": plain_duckdb,
}


def apart(*arguments: str) -> Cost:
    """What this program takes in a process of its own, the start of Python included.

    A process begins with the memory of the one that begins it, so that one keeps nothing.
    """
    command = [sys.executable, "-m", "tests.benchmarks.quarter", *arguments]
    child = os.posix_spawn(sys.executable, command, os.environ)
    _, status, used = os.wait4(child, 0)
    if status:
        raise SystemExit(f"{arguments[0]} failed")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1_024)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--filings", type=int, default=36_000)
    parser.add_argument("--rows", type=int, default=110_000)
    parser.add_argument("--way", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.write:
        write(asked.write, asked.filings, asked.rows)
        return
    if asked.way:
        way, path, folder = asked.way
        WAYS[way](Path(path), Path(folder))
        return
    for part in (4, 1):
        with tempfile.TemporaryDirectory() as folder:
            packed = Path(folder) / f"2024q{part}_form345.zip"
            size = ["--filings", str(asked.filings // part), "--rows", str(asked.rows // part)]
            apart("--write", str(packed), *size)
            for way in WAYS:
                with tempfile.TemporaryDirectory() as own:
                    spent = apart("--way", way, str(packed), own)
                print(f"  {way:<32}{spent.seconds:>8.2f} s{spent.megabytes:>8.0f} MB", flush=True)


if __name__ == "__main__":
    main()
