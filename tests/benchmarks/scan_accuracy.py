"""How exactly scans are read: fields by layout and by damage, over seeded random filings.

    python -m tests.benchmarks.scan_accuracy --filings 300

`exact` is right; `unknown` is left open and said so; `unseen` is lost without a trace (a
cell that left none); `told` is wrong but marked as inferred; `silent` is wrong unmarked.
"""

from __future__ import annotations

import argparse

from tests.scans.accuracy import table


def main() -> None:
    """Prints the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--filings", type=int, default=300, help="filings for each cell")
    options.add_argument("--from-seed", type=int, default=0, help="the first filing's seed")
    chosen = options.parse_args()
    print(table(range(chosen.from_seed, chosen.from_seed + chosen.filings)))


if __name__ == "__main__":
    main()
