"""How fast filings on disk become durable events, beside edgartools parsing the same files.

    python -m tests.benchmarks.ingest [FOLDER]

FOLDER holds ownership XML; without one the corpus beside the project is used. Ours is
the whole way, files to committed events, in one process; edgartools (when it is
installed) reads the same files and parses them into its own objects, with its look-up
of every owner over the network replaced by an answer at hand. Ours is measured twice:
once with nothing in memory of the rounds before, once with the notes read already, as in
a long run, where filers repeat theirs for years. Reading alone, files to facts, stands beside
lxml making elements of the same bytes, which is the least that any reader of XML does. All
take turns; figures are medians of the rounds, in filings a second of processor time, which
a busy machine changes least (with several jobs, of the clock's).
"""

from __future__ import annotations

import argparse
import gc
import importlib
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import Any
from unittest import mock

from lxml import etree

from ledger import Ledger
from ledger.errors import LedgerError
from ledger.footnotes import recognition
from ledger.readers import grammar, read
from tests.corpus import CORPUS

EVENTS, FACTS = "files to durable events", "files to facts"
BARE, PEER = "lxml, elements alone", "edgartools, parsing alone"
"""What is measured, ours and others'."""


def ours(paths: Sequence[Path], jobs: int) -> int:
    """Ingest into a new ledger; how many filings it read."""
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "x.db") as ledger:
        report = ledger.ingest(*paths, jobs=jobs)
        return report.recorded + report.reread + report.already_recorded + report.conflicting


def afresh(work: Callable[[], int]) -> int:
    """Work as a process does that has read nothing yet."""
    recognition._numbered.cache_clear()
    recognition._stated.cache_clear()
    grammar.day_iso.cache_clear()
    return work()


def reading(paths: Sequence[Path]) -> int:
    """Read files into facts, and record nothing; how many are filings."""
    count = 0
    for path in paths:
        try:
            read(path.read_bytes(), source=path.name)
        except LedgerError:
            continue
        count += 1
    return count


def elements(paths: Sequence[Path]) -> int:
    """Make elements of files, as lxml does it, and look at none; how many are XML."""
    count = 0
    for path in paths:
        try:
            etree.fromstring(path.read_bytes())
        except etree.XMLSyntaxError:
            continue
        count += 1
    return count


def theirs() -> Callable[[Sequence[Path]], int] | None:
    """The other reader, or None where it is not installed."""
    try:
        ownership: Any = importlib.import_module("edgar.ownership")
        owners: Any = importlib.import_module("edgar.ownership.owners")
    except ImportError:
        return None

    def entity(_cik: int) -> SimpleNamespace:
        return SimpleNamespace(data=SimpleNamespace(is_company=False))

    def parse(paths: Sequence[Path]) -> int:
        parsed = 0
        with mock.patch.object(owners, "Entity", entity):
            for path in paths:
                try:
                    ownership.Ownership.from_xml(path.read_text("utf-8"))
                except Exception:  # noqa: BLE001  (what it cannot read is not counted)
                    continue
                parsed += 1
        return parsed

    return parse


def timed(work: Callable[[], int], clock: Callable[[], float]) -> tuple[int, float]:
    """How many filings were read, and how many a second."""
    gc.collect()
    started = clock()
    count = work()
    return count, count / (clock() - started)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=CORPUS / "ownership_xml")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=1)
    asked = parser.parse_args(arguments)
    paths = sorted(asked.folder.rglob("*.xml")) if asked.folder.is_dir() else []
    if not paths:
        raise SystemExit(f"no XML under {asked.folder}: name a folder of ownership XML")
    other = theirs()
    ways: dict[str, Callable[[], int]] = {
        EVENTS: lambda: afresh(lambda: ours(paths, asked.jobs)),
        "the same, notes known": lambda: ours(paths, asked.jobs),
        FACTS: lambda: afresh(lambda: reading(paths)),
        BARE: lambda: elements(paths),
    }
    if other:
        parse = other
        ways[PEER] = lambda: parse(paths)
    rates: dict[str, list[float]] = {name: [] for name in ways}
    counts: dict[str, int] = {}
    clock = time.process_time if asked.jobs == 1 else time.perf_counter
    for _ in range(asked.rounds):
        for name, way in ways.items():
            counts[name], rate = timed(way, clock)
            rates[name].append(rate)
    print(f"{len(paths)} files, medians of {asked.rounds} rounds, {asked.jobs} job(s)")
    for name, measured in rates.items():
        print(f"{name:<28}{median(measured):>10,.0f} filings/s   ({counts[name]} read)")
    rate = {name: median(measured) for name, measured in rates.items()}
    print(f"{FACTS} takes {rate[BARE] / rate[FACTS]:.1f} times as long as {BARE}")
    if other:
        for name in (EVENTS, FACTS):
            print(f"{name}: {rate[name] / rate[PEER]:.1f} times as fast as {PEER}")
    else:
        print("edgartools is not installed, so nothing to compare with: pip install edgartools")


if __name__ == "__main__":
    main()
