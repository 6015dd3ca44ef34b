"""Time and memory of the whole way at growing sizes: files, events, judgement, answers.

    python -m tests.benchmarks.curves --lines 10000 --lines 100000 --lines 1000000 --jobs 2

A simulated world is written as EDGAR submissions, packed as the daily feed is, and goes through
the program as a user would run it, each command in a process of its own: `ingest`, `ingest`
again, `replay`, `reconcile` to a file of records, and `stats`. Seconds are of the clock and of
all processors; memory is the largest that any one process held. At last one process opens the
ledger and asks for the holdings of people drawn by chance: the first answer of each, what half
of them took, and what 99 of 100 did. The last line of a size is the row that the page of sizes
(`tests.curves_page`) shows and draws.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from statistics import quantiles
from typing import Any, NamedTuple

from ledger import Ledger
from projections import holdings, people
from tests.curves_page import row
from tests.simulator import as_submission, stream

_MEMBERS = 100_000
"""Filings in one archive; the limit of an archive is two and a half times that."""

_ASKED = 300
_COMMAND = [sys.executable, "-c", "from cli.entry import main; main()"]


class Cost(NamedTuple):
    """What a command took: seconds of the clock and of all processors, and MiB at most."""

    wall: float
    cpu: float
    memory: float


def pack(lines: int, folder: Path, people: int = 12) -> tuple[int, int]:
    """Write a world, of companies with so many people, as archives of submissions; how many filings and lines it has."""
    filed = rows = 0
    with ExitStack() as archives:
        for filing in stream(1, lines, people=people):
            if filed % _MEMBERS == 0:
                archive = archives.enter_context(tarfile.open(folder / f"{filed:09}.tar", "w"))
            content = as_submission(filing)
            member = tarfile.TarInfo(f"{filing.accession}.txt")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
            filed, rows = filed + 1, rows + len(filing.rows)
    return filed, rows


def cost(*words: str | Path) -> Cost:
    """Run the program, and tell what it took, the processes that it started included."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    running = subprocess.Popen(
        [*_COMMAND, *map(str, words)], stdout=subprocess.DEVNULL, env=environment
    )
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode not in {0, 1}:
        raise SystemExit(f"{words}: exit code {running.returncode}")
    wall = time.perf_counter() - started
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def asked(path: Path) -> list[tuple[float, float]]:
    """Milliseconds that half and 99 of 100 first questions about a person take: of a processor, and of the clock."""
    taken: list[tuple[float, float]] = []
    with Ledger.open(path) as ledger:
        known = [row.person_cik for row in people(ledger) if row.person_cik]
        for person in random.Random(1).sample(known, min(_ASKED, len(known))):
            started, worked = time.perf_counter(), time.process_time()
            holdings(ledger, person=person)
            took = time.process_time() - worked, time.perf_counter() - started
            taken.append((1_000 * took[0], 1_000 * took[1]))
    each = [quantiles(kind, n=100, method="inclusive") for kind in zip(*taken, strict=True)]
    return [(parts[49], parts[98]) for parts in each]


def _apart(work: Callable[..., Any], *given: object) -> Any:
    """What a process of its own makes of it: one that is large passes its size on to those it starts."""
    with ProcessPoolExecutor(1) as other:
        return other.submit(work, *given).result()


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print, size by size."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--lines", type=int, action="append", required=True)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args(arguments)
    for lines in given.lines:
        with tempfile.TemporaryDirectory() as scratch:
            folder, log = Path(scratch, "filings"), Path(scratch, "ledger.db")
            folder.mkdir()
            filed, rows = _apart(pack, lines, folder)
            jobs = f"--jobs={given.jobs}"
            ways = {
                "ingest": ("ingest", "-q", jobs, folder),
                "ingest again": ("ingest", "-q", jobs, folder),
                "replay": ("replay", jobs),
                "reconcile": ("reconcile", "--format", "ndjson", "-o", Path(scratch, "all.ndjson")),
                "stats": ("stats",),
            }
            print(f"{rows:,} lines of {filed:,} filings, load {os.getloadavg()[0]:.1f}", flush=True)
            costs: list[tuple[float, float]] = []
            for name, words in ways.items():
                took = cost("--db", log, *words)
                costs.append((took.cpu, took.memory))
                print(
                    f"  {name:14}{took.wall:>9.1f} s{took.cpu:>9.1f} s CPU{took.memory:>7.0f} MiB"
                    f"{rows / took.cpu:>10,.0f} lines a CPU second",
                    flush=True,
                )
            for of, (half, most) in zip(("CPU", "of the clock"), _apart(asked, log), strict=True):
                print(f"  holdings of one person: p50 {half:.1f} ms, p99 {most:.1f} ms {of}")
            size = sum(path.stat().st_size for path in Path(scratch).glob("ledger.db*"))
            print(f"  {size / rows:,.0f} bytes a line, read model included", flush=True)
            print(row(rows, filed, costs), flush=True)


if __name__ == "__main__":
    main()
