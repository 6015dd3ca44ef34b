"""How fast a ledger is replayed, judgement included, beside the plainest replay there is.

    python -m tests.benchmarks.replay --lines 1000000 --jobs 2

A simulated world is recorded first. The plain replay is what the event sourcing library
suggests and nothing else: its recorder's notifications in pages, its mapper with its JSON
transcoder, each event built and validated by its pydantic model, and a running balance in
a dict that counts the totals which do not follow. It knows nothing of amendments, vehicles,
splits or notes, and explains nothing. The same balances over this ledger's own mapper,
which hands the stored bytes to pydantic as they are, stand below it. Ours is `ledger
replay` whole: index, fold, judgement, explanation and read model. All are timed in turns
within one run; lines a second are medians of the rounds. CPU seconds tell what a machine
shared with others would hide. The largest memory is that of any one process.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent
from eventsourcing.sqlite import SQLiteDatastore, SQLiteProcessRecorder

from ledger import Ledger
from ledger.events import TOPICS, Fact, FilingReported, RowReported
from ledger.filing import Filing
from projections import replay
from tests.simulator import stream

_AT_ONCE = 2_000
_PAGE = 5_000
"""Notifications asked for at once, within the 1,000 to 10,000 at which the library is fastest."""


def fill(ledger: Ledger, lines: int) -> int:
    """Record a simulated world of about that many lines; how many it has."""
    filings: Iterator[Filing] = stream(1, lines)
    recorded = 0
    while some := list(islice(filings, _AT_ONCE)):
        ledger.record(some)
        recorded += sum(len(filing.rows) for filing in some)
    return recorded


class LibraryMapper(Mapper[str]):
    """The mapper that the library's own examples use with pydantic models."""

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        """Decode the state, then build the event by its model, which validates it."""
        return TOPICS[stored_event.topic](
            originator_id=stored_event.originator_id,
            originator_version=stored_event.originator_version,
            **self.transcoder.decode(stored_event.state),
        )


def whole(ledger: Ledger, path: Path) -> None:
    """The same log in a file as the library itself would have made it, its states whole."""
    datastore = SQLiteDatastore(str(path), originator_id_type="text")
    recorder = SQLiteProcessRecorder(datastore)
    recorder.create_table()
    for append in ledger.appends():
        recorder.insert_events([StoredEvent(*event[1:]) for event in append.events])
    datastore.close()


def by_the_library(path: Path) -> Iterator[Fact]:
    """Every event of the log, oldest first, with nothing of ours but the event classes."""
    datastore = SQLiteDatastore(str(path), originator_id_type="text")
    recorder = SQLiteProcessRecorder(datastore)
    mapper = LibraryMapper(JSONTranscoder())
    after = 0
    while page := recorder.select_notifications(after, _PAGE, inclusive_of_start=False):
        yield from map(mapper.to_domain_event, page)
        after = page[-1].id
    datastore.close()


def plain(facts: Iterable[Fact]) -> int:
    """Running balances by what the lines say, and the totals that do not follow."""
    balances: dict[tuple[object, ...], Decimal] = {}
    breaks = 0
    head: FilingReported | None = None
    for fact in facts:
        if isinstance(fact, FilingReported):
            head = fact
        elif isinstance(fact, RowReported) and head is not None:
            owners = tuple(owner.cik for owner in head.owners)
            key = (
                head.issuer.cik,
                owners,
                fact.security,
                fact.ownership,
                fact.nature,
                fact.exercise_price,
            )
            moved = fact.shares or Decimal(0)
            after = balances.get(key, Decimal(0)) + (
                moved if fact.direction == "acquired" else -moved
            )
            breaks += fact.shares_after is not None and after != fact.shares_after
            balances[key] = after if fact.shares_after is None else fact.shares_after
    return breaks


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=100_000, help="lines in the world")
    parser.add_argument("--jobs", type=int, default=2, help="processes of the replay")
    parser.add_argument("--cluster", help="replay on this Dask cluster too, such as local:2")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is timed")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "ledger.db") as ledger:
        lines = fill(ledger, asked.lines)
        theirs = Path(folder) / "library.db"
        whole(ledger, theirs)
        ways: dict[str, Callable[[], object]] = {
            "plain replay": lambda: plain(by_the_library(theirs)),
            "plain replay, our mapper": lambda: plain(fact for _, fact in ledger.events()),
            "ledger replay, one process": lambda: replay(ledger),
            f"ledger replay, {asked.jobs} processes": lambda: replay(ledger, jobs=asked.jobs),
        }
        if asked.cluster:
            ways[f"ledger replay, {asked.cluster}"] = lambda: replay(ledger, jobs=asked.cluster)
        taken = timed(ways, asked.rounds)
    first = median(wall for wall, _ in taken["plain replay"])
    print(f"{lines:,} lines, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    for way, measured in taken.items():
        wall, cpu = (median(figures) for figures in zip(*measured, strict=True))
        print(
            f"{way:28}{lines / wall:>10,.0f} lines/s {first / wall:>6.2f} of plain {cpu:>8.1f} s CPU"
        )
    most = max(resource.getrusage(who).ru_maxrss for who in (_OURSELVES, _OTHERS))
    print(f"largest memory {most / 1024:,.0f} MiB")


_OURSELVES, _OTHERS = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN


def timed(
    ways: dict[str, Callable[[], object]], rounds: int
) -> dict[str, list[tuple[float, float]]]:
    """Seconds that each way takes, round after round: by the clock, and of all processors."""
    taken: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way, work in ways.items():
            cpu, started = _cpu(), time.perf_counter()
            work()
            taken[way].append((time.perf_counter() - started, _cpu() - cpu))
    return taken


def _cpu() -> float:
    """CPU seconds of this process and of those it started that have ended."""
    used = [resource.getrusage(who) for who in (_OURSELVES, _OTHERS)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main()
