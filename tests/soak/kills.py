"""`kill -9` at random instants of an ingestion: nothing acknowledged is lost, no filing is there in part.

`python -m tests.soak.kills [KILLS] [SEED] [--processes N]` prints how many filings had been acknowledged,
and how many kills left a ledger that lacks one, holds half of one, or that `verify` objects to.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from ledger import Ledger
from tests.filings import filing
from tests.ledger.test_faults import BATCH, ingest_until_killed
from tests.shares import asked, concluded, together


def outcome(url, acknowledged):
    """What a kill left of a ledger, in few words."""
    with Ledger.open(url) as ledger:
        if problems := ledger.verify().problems:
            return f"damaged: {problems[0]}"
        streams = set(ledger.streams())
    if len(streams) % BATCH:
        return "PARTIAL"
    missing = [n for n in range(1, acknowledged + 1) if filing(n).stream not in streams]
    return f"LOST: {len(missing)}" if missing or not acknowledged else "whole"


def tried(kills, seed):
    """What so many kills left, one after the other, of one ledger; and what had been acknowledged."""
    chance = random.Random(seed)
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        url = str(Path(folder) / "ledger.db")
        for _ in range(kills):
            acknowledged = ingest_until_killed(url, chance.uniform(0, 0.5))
            found[outcome(url, acknowledged)] += 1
            found["acknowledged"] += acknowledged
    return found


if __name__ == "__main__":
    found = together(tried, asked(__doc__, 200), size=20)
    print(f"{found.pop('acknowledged'):,} filings were acknowledged")
    for what, count in sorted(found.items()):
        print(f"{count:6} {what}")
    sys.exit(concluded(found.total(), found.total() - found["whole"]))
