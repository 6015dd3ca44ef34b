"""How well paper is read by how it was scanned: dots an inch by what the machine did to the page.

    python -m tests.benchmarks.noise                          random filings
    python -m tests.benchmarks.noise --corpus --common        real ones, in a browser's print
    python -m tests.benchmarks.noise --filings 4 --from-seed 300 --ways psm4

Filings are printed, scanned and read as by `tests.benchmarks.printed`, at every resolution with
every damage. One table for each way in: the share of the key fields that is exact, the share that is
silently wrong, and the seconds of processor time that the ledger took a page, with those of what
it started; behind them those that tesseract took where the way in is what it made of the page.
With no tesseract there is nothing to show.
"""

from __future__ import annotations

import argparse
import resource
import shutil
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import get_args

from ledger.errors import ReadError
from ledger.filing import Filing
from ledger.readers import read
from tests.benchmarks.printed import invented, real, recognised
from tests.scans.agreement import Score
from tests.scans.leaf import Look
from tests.scans.press import leaves
from tests.scans.scanner import Damage, Face, as_file, pictures

RESOLUTIONS = (300, 200, 150, 100)
WAYS = ("psm4", "boxes", "picture")


@dataclass
class Tally:
    """What came of the scans of one kind: verdicts, pages, and seconds."""

    score: Score = field(default_factory=Score)
    pages: int = 0
    seconds: float = 0.0
    recognising: float = 0.0

    @property
    def line(self) -> str:
        """Exact / silently wrong, and seconds a page."""
        every = sum(self.score.key.values()) or 1
        exact, silent = (self.score.key[verdict] / every for verdict in ("exact", "silent"))
        took = f"{self.seconds / self.pages:.2f}"
        if self.recognising:
            took += f" + {self.recognising / self.pages:.1f}"
        return f"{exact:.3f} / {silent:.3f}  ({took} s)"


Tallies = dict[tuple[str, int, Damage], Tally]


def _spent() -> float:
    """Seconds of processor time so far, of this process and of those it waited for."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def scanned(truth: Filing, seed: int, tallies: Tallies, ways: Sequence[str], look: Look) -> None:
    """Reads one filing's print from every scan of it."""
    face = Face(seed)
    printed = leaves(truth, look, face.measure)
    for dpi, damage in product(RESOLUTIONS, get_args(Damage)):
        pages = pictures(printed, face, dpi=dpi, damage=damage, seed=seed)
        begun = _spent()
        text, tsv = recognised(pages, dpi) if {"psm4", "boxes"} & set(ways) else (b"", b"")
        recognising = _spent() - begun
        for way, payload, source in (
            ("psm4", text, "form.txt"),
            ("boxes", tsv, "form.tsv"),
            ("picture", as_file(pages, dpi=dpi), "form.tif"),
        ):
            if way not in ways:
                continue
            tally = tallies[way, dpi, damage]
            start = _spent()
            try:
                said = read(payload, source=source).filing
            except ReadError:
                said = None
            tally.seconds += _spent() - start
            tally.recognising += recognising if way != "picture" else 0
            tally.pages += len(pages)
            tally.score.add(truth, said)


def report(tallies: Tallies, ways: Sequence[str]) -> None:
    """A table for each way in."""
    damages = get_args(Damage)
    for way in ways:
        print(f"{way:10}" + "".join(f"{damage:>30}" for damage in damages))
        for dpi in RESOLUTIONS:
            cells = (tallies[way, dpi, damage].line for damage in damages)
            print(f"{dpi:>6} dpi" + "".join(f"{cell:>30}" for cell in cells), flush=True)


def main() -> None:
    """Prints the tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--filings", type=int, default=4, help="how many filings")
    options.add_argument("--from-seed", type=int, default=0, help="which ones, in which looks")
    options.add_argument("--common", action="store_true", help="all in the look that most have")
    options.add_argument("--corpus", action="store_true", help="real filings of the corpus")
    options.add_argument("--ways", nargs="+", choices=WAYS, default=WAYS, help="ways in")
    chosen = options.parse_args()
    if shutil.which("tesseract") is None:
        print("nothing is scanned: tesseract is not installed")
        return
    tallies: Tallies = defaultdict(Tally)
    drawn = (real if chosen.corpus else invented)(chosen.filings, chosen.from_seed)
    for number, (_, truth) in enumerate(drawn, start=chosen.from_seed * 1000):
        look = Look.common(number) if chosen.common else Look(number)
        scanned(truth, number, tallies, chosen.ways, look)
    report(tallies, chosen.ways)


if __name__ == "__main__":
    main()
