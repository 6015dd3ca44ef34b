"""How long pages take on a large ledger, alone and for many readers while another process records.

    python -m tests.benchmarks.readers --lines 1000000 --readers 50 --seconds 60

A simulated world is recorded and judged first, in a file or, with `--ledger PATH`, once for all. Then
each kind of page is asked for again and again by one reader; then so many readers each ask for a page,
look at it for a second, and ask for the next, while another process records filings of other
companies. Nothing but a page may come back; at last tables are compared with what the command
line writes. Times are those of whoever waits, on a machine that runs all of it; the processor's
time of the server, a page on an average, is what a machine shared with others would hide.
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from statistics import quantiles
from types import MappingProxyType
from urllib.parse import quote, urlsplit

from ledger import Ledger
from projections import people, replay
from projections.questions.reconcile import worst
from projections.sql.tables import sql
from tests.benchmarks.replay import fill
from tests.cli.web.browsing import Served
from tests.simulator import stream

_OTHERS = 77
"""The seed of what is recorded meanwhile: other companies than those that are here."""


def recording(path: str, until: float, count: multiprocessing.Value) -> None:  # type: ignore[valid-type]
    """Record filings, twenty at a time and ten times a second, until a moment."""
    with Ledger.open(path) as ledger:
        filings = stream(_OTHERS, 10**9)
        while time.time() < until and (some := list(islice(filings, 20))):
            ledger.record(some)
            count.value += len(some)
            time.sleep(0.1)


def pages(ledger: Ledger) -> dict[str, list[str]]:
    """The addresses of each kind of page."""
    there = people(ledger, count=2_000).people
    told = random.Random(1).sample(there, min(40, len(there)))
    open_ones = random.Random(2).sample(found := worst(ledger, 2_000), min(40, len(found)))
    who = [(one.person["cik"], one.issuers[0]["cik"]) for one in told]
    return {
        "what is here": ["/"],
        "findings": ["/findings", "/findings?severity=major", "/findings?after=50"],
        "people": ["/people", "/people?after=50"],
        "companies": ["/issuers"],
        "search": [f"/search?q={quote(str(one.person['name']))}" for one in told],
        "a person": [f"/people/{person}" for person, _ in who],
        "a person at a company": [f"/people/{person}/at/{issuer}" for person, issuer in who],
        "a company": [f"/issuers/{issuer}" for _, issuer in who],
        "a company over time": [f"/issuers/{issuer}/over-time" for _, issuer in who],
        "a filing": [f"/filings/{found.filing}" for found in open_ones],
        "a finding": [f"/findings/{found.id}" for found in open_ones],
        "SQL": ["/sql?sql=" + quote("SELECT severity, count(*) FROM findings GROUP BY 1")],
    }


class Reader:
    """Somebody who asks for pages, and what they met."""

    def __init__(self, address: str, patience: float = 300) -> None:
        self._at = http.client.HTTPConnection(urlsplit(address).netloc, timeout=patience)
        self.taken: dict[str, list[float]] = {}
        self.met: Counter[int] = Counter()

    def ask(self, kind: str, address: str) -> bytes:
        """A page, timed under its kind."""
        began = time.perf_counter()
        self._at.request("GET", address)
        answer = self._at.getresponse()
        body = answer.read()
        self.taken.setdefault(kind, []).append(time.perf_counter() - began)
        self.met[answer.status] += 1
        return body

    def browse(self, kinds: dict[str, list[str]], until: float, number: int) -> None:
        """Ask for one page after the other until a moment, a second apart."""
        chance = random.Random(number)
        while time.time() < until:
            kind = chance.choice([*kinds])
            self.ask(kind, chance.choice(kinds[kind]))
            time.sleep(chance.uniform(0.5, 1.5))


def told(
    title: str, taken: dict[str, list[float]], spent: Mapping[str, float] = MappingProxyType({})
) -> None:
    """Print the median and the 99th percentile of each kind of page, and the processor's time."""
    more = f"{'cpu ms':>10}" if spent else ""
    print(f"\n{title}\n{'page':24}{'asked':>8}{'p50 ms':>10}{'p99 ms':>10}{more}")
    for kind, seconds in taken.items():
        cuts = quantiles(seconds, n=100) if len(seconds) > 1 else [seconds[0]] * 99
        more = f"{spent[kind] / len(seconds) * 1e3:>10,.0f}" if spent else ""
        print(f"{kind:24}{len(seconds):>8}{cuts[49] * 1e3:>10,.0f}{cuts[98] * 1e3:>10,.0f}{more}")


def processor_time(process: int) -> float:
    """Seconds of a processor that a process has spent, by what Linux counts."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def alone(server: int, address: str, kinds: dict[str, list[str]], title: str, most: int) -> None:
    """One reader, who asks for every page of each kind, so many at most, one after the other."""
    reader, spent = Reader(address), dict[str, float]()
    for kind, addresses in kinds.items():
        before = processor_time(server)
        for where in addresses[:most]:
            reader.ask(kind, where)
        spent[kind] = processor_time(server) - before
    told(f"{title}; answers by status {dict(reader.met)}", reader.taken, spent)


def crowd(path: str, address: str, kinds: dict[str, list[str]], asked: argparse.Namespace) -> None:
    """Many readers at once, while another process records."""
    until, count = time.time() + asked.seconds, multiprocessing.Value("i", 0)
    writer = multiprocessing.Process(target=recording, args=(path, until, count))
    readers = [Reader(address) for _ in range(asked.readers)]
    threads = [
        threading.Thread(target=reader.browse, args=(kinds, until, number))
        for number, reader in enumerate(readers)
    ]
    writer.start()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    writer.join()
    taken: dict[str, list[float]] = {}
    met: Counter[int] = Counter()
    for reader in readers:
        met += reader.met
        for kind, seconds in reader.taken.items():
            taken.setdefault(kind, []).extend(seconds)
    told(f"{asked.readers} readers for {asked.seconds} s, {count.value:,} filings recorded", taken)
    print(f"answers by status {dict(met)}; writer ended with {writer.exitcode}")


def compared(path: str, address: str, kinds: dict[str, list[str]]) -> None:
    """Whether tables are what the command line writes, once one command has judged what came."""
    command = [sys.executable, "-c", "from cli.entry import main; main()", "--db", path]
    began = time.perf_counter()
    subprocess.run([*command, "stats", "--format", "json"], capture_output=True, check=True)
    print(f"the command line has judged what came after {time.perf_counter() - began:.0f} s")
    whom = [one.rpartition("/")[2] for one in kinds["a person"][:10]]
    same, reader = 0, Reader(address, patience=600)
    for person in whom:
        asked = [*command, "holdings", "--person", person, "--format", "json"]
        said = subprocess.run(asked, capture_output=True, check=True).stdout
        page = reader.ask("table", f"/tables/holdings.json?person={person}")
        same += json.loads(said) == json.loads(page)
    print(f"tables as the command line writes them: {same} of {len(whom)}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=100_000, help="lines in the world")
    parser.add_argument(
        "--again", type=int, default=40, help="pages of a kind that one reader asks for"
    )
    parser.add_argument("--readers", type=int, default=50, help="readers at once")
    parser.add_argument("--seconds", type=int, default=60, help="how long they read")
    parser.add_argument("--ledger", help="where the world is kept for another run")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        path = asked.ledger or str(Path(folder) / "ledger.db")
        made = not Path(path).exists()
        with Ledger.open(path) as ledger:
            if made:
                print(f"{fill(ledger, asked.lines):,} lines recorded")
                replay(ledger, jobs=2)
                sql(ledger)
            kinds = pages(ledger)
        print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
        with Served(path) as (server, address):
            for title in ("One reader, each page for the first time", "The same once more"):
                alone(server.pid, address, kinds, title, asked.again)
            crowd(path, address, kinds, asked)
            compared(path, address, kinds)


if __name__ == "__main__":
    main()
