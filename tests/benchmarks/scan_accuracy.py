"""How exactly scans are read: fields by layout and by damage, over seeded random filings.

    python -m tests.benchmarks.scan_accuracy --filings 300
    python -m tests.benchmarks.scan_accuracy --key --filings 10 --from-seed 915000 916000 917000

`exact` is right; `unknown` is left open and said so; `unseen` is lost without a trace (a
cell that left none); `told` is wrong but marked as inferred; `silent` is wrong unmarked.
With `--key` columns as in `tests.benchmarks.ocr`, by layout and by damage, and every key field
that is silently wrong.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable
from itertools import product

from ledger.errors import ReadError
from ledger.readers.scan import reader as scanned
from tests.scans.accuracy import table
from tests.scans.agreement import HEADING, Score
from tests.scans.filings import filing
from tests.scans.renderer import LAYOUTS, LEVELS, render


def by_key(seeds: Iterable[int]) -> None:
    """Prints how the key fields fare, and which are silently wrong."""
    scores: dict[str, Score] = defaultdict(Score)
    wrong: list[str] = []
    for seed, layout, level in product(seeds, LAYOUTS, LEVELS):
        truth = filing(seed)
        text = render(truth, layout=layout, noise=LEVELS[level], seed=seed)
        try:
            said = scanned.read(text.encode(), source=f"{layout}/{level}/{seed}").filing
        except ReadError:
            said = None
        for name in ("all", layout, level):
            found = scores[name].add(truth, said)
        wrong += [
            f"{seed} {layout} {level} {one.name}: {one.meant} | {one.said}"
            for one in found
            if one.key and one.verdict == "silent"
        ]
    print(HEADING)
    for name in ("all", *LAYOUTS, *LEVELS):
        print(f"{name:34}{scores[name].line()}")
    print(*wrong, sep="\n")


def main() -> None:
    """Prints the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--filings", type=int, default=300, help="filings for each cell")
    options.add_argument(
        "--from-seed", type=int, nargs="+", default=[0], help="the first one's seed"
    )
    options.add_argument("--key", action="store_true", help="the key fields alone")
    chosen = options.parse_args()
    ranges = [range(first, first + chosen.filings) for first in chosen.from_seed]
    if chosen.key:
        by_key(seed for seeds in ranges for seed in seeds)
    else:
        print(*map(table, ranges), sep="\n")


if __name__ == "__main__":
    main()
