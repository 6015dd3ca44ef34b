"""How fast a ledger is replayed, judgement included, beside the plainest replay there is.

    python -m tests.benchmarks.replay --lines 1000000 --jobs 2

A simulated world is recorded first. The plain replay is what the library's own manner
suggests: page through the notifications, validate every event with its model, and keep
a running balance in a dict, counting the totals that do not follow; it knows nothing of
amendments, vehicles, splits or notes, and explains nothing. Ours is `ledger replay`
whole: index, fold, judgement, explanation and read model. Lines a second, medians of the
rounds, and the largest memory seen.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from statistics import median

from ledger import Ledger
from ledger.events import FilingReported, RowReported
from ledger.filing import Filing
from projections import replay
from tests.simulator import stream

_AT_ONCE = 2_000


def fill(ledger: Ledger, lines: int) -> int:
    """Record a simulated world of about that many lines; how many it has."""
    filings: Iterator[Filing] = stream(1, lines)
    recorded = 0
    while some := list(islice(filings, _AT_ONCE)):
        ledger.record(some)
        recorded += sum(len(filing.rows) for filing in some)
    return recorded


def plain(ledger: Ledger) -> int:
    """Running balances by what the lines say, and the totals that do not follow."""
    balances: dict[tuple[object, ...], Decimal] = {}
    breaks = 0
    head: FilingReported | None = None
    for _, fact in ledger.events():
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
    parser.add_argument("--rounds", type=int, default=3, help="how often each is timed")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "ledger.db") as ledger:
        lines = fill(ledger, asked.lines)
        ways = {
            "plain replay": lambda: plain(ledger),
            "ledger replay, one process": lambda: replay(ledger),
            f"ledger replay, {asked.jobs} processes": lambda: replay(ledger, jobs=asked.jobs),
        }
        taken: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(asked.rounds):
            for way, work in ways.items():
                started = time.perf_counter()
                work()
                taken[way].append(time.perf_counter() - started)
    first = median(taken["plain replay"])
    print(f"{lines:,} lines")
    for way, seconds in taken.items():
        print(
            f"{way:30}{lines / median(seconds):>12,.0f} lines/s   {first / median(seconds):.2f} of plain"
        )
    print(f"largest memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")


if __name__ == "__main__":
    main()
