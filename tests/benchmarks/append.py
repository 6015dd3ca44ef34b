"""How fast events become durable, beside plain sqlite3 writing the same rows.

    python -m tests.benchmarks.append --events 100000

Four ways take turns in one process, each into a new file (write-ahead log, synchronous
FULL, the same batches): plain `executemany` of finished rows, the recorder given the
same rows as stored events, the ledger given facts, and the ledger given whole filings
(which it first looks up, compares and turns into facts). Medians of the rounds, in
events a processor second, which leaves out what waits for the disk; a ratio is to plain sqlite3.
"""

from __future__ import annotations

import argparse
import gc
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple, TypeVar

from eventsourcing.persistence import StoredEvent

from ledger import Ledger
from ledger.events import Fact
from ledger.filing import Filing
from ledger.recording import events_of
from ledger.store import BATCH
from ledger.store.database import Database
from ledger.store.mapper import FactMapper
from ledger.store.sqlite import SqliteDatabase
from tests.filings import filing

ROWS = 4
"""Rows of each filing: about the average of a Form 4."""

_TABLE = (
    "CREATE TABLE stored_events (originator_id TEXT, originator_version INTEGER, topic TEXT, "
    "state BLOB, PRIMARY KEY (originator_id, originator_version))"
)
_Item = TypeVar("_Item")


def batches(items: Sequence[_Item], size: int = BATCH) -> Iterator[Sequence[_Item]]:
    """Slices of the size the ledger itself appends at once."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def timed(work: Callable[[Path], None]) -> float:
    """Processor seconds that some work takes on a path of its own."""
    with tempfile.TemporaryDirectory() as folder:
        gc.collect()
        gc.disable()  # as the ledger does while it records; for plain sqlite3 alike
        started = time.process_time()
        work(Path(folder) / "ledger.db")
        taken = time.process_time() - started
        gc.enable()
        return taken


class Made(NamedTuple):
    """The same events as filings, as facts, as what is stored of them, and as bare rows."""

    filings: list[Filing]
    facts: list[Fact]
    stored: list[StoredEvent]
    rows: Sequence[tuple[object, ...]]

    @classmethod
    def of(cls, events: int) -> Made:
        """About so many events."""
        filings = [filing(number, rows=ROWS) for number in range(events // (ROWS + 1))]
        facts = [fact for one in filings for fact in events_of(one)]
        stored = [_MAPPER.to_stored_event(fact) for fact in facts]
        rows = [(e.originator_id, e.originator_version, e.topic, e.state) for e in stored]
        return cls(filings, facts, stored, rows)


_MAPPER = FactMapper()
Place = TypeVar("Place", str, Path)


def ways_in(made: Made, opened: Callable[[Place], Database]) -> dict[str, Callable[[Place], None]]:
    """The ways into a database of this project, deeper and deeper, by their name."""

    def recorder(place: Place) -> None:
        database = opened(place)
        for batch in batches(made.stored):
            database.append(batch)
        database.close()

    def from_facts(place: Place) -> None:
        database = opened(place)
        for batch in batches(made.facts):
            database.append([_MAPPER.to_stored_event(fact) for fact in batch])
        database.close()

    def from_filings(place: Place) -> None:
        with Ledger.open(place) as ledger:
            ledger.record(made.filings)

    return {
        "recorder, stored events": recorder,
        "ledger, facts": from_facts,
        "ledger, filings": from_filings,
    }


def measured(events: int, rounds: int) -> dict[str, float]:
    """Events a processor second of each way, by its name."""
    made = Made.of(events)

    def plain(path: Path) -> None:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(_TABLE)
        for batch in batches(made.rows):
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT INTO stored_events VALUES (?, ?, ?, ?)", batch)
            connection.execute("COMMIT")
        connection.close()

    def opened(path: Path) -> SqliteDatabase:
        return SqliteDatabase(path, create=True, read_only=False)

    ways = {"plain sqlite3": plain, **ways_in(made, opened)}
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            seconds[name].append(timed(way))
    return {name: len(made.facts) / median(taken) for name, taken in seconds.items()}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args(arguments)
    rates = measured(asked.events, asked.rounds)
    print(
        f"{asked.events:,} events, medians of {asked.rounds} rounds, load {os.getloadavg()[0]:.0f}"
    )
    for name, rate in rates.items():
        print(
            f"{name:<26}{rate:>12,.0f} events/s of a processor{rate / rates['plain sqlite3']:>8.2f}"
        )


if __name__ == "__main__":
    main()
