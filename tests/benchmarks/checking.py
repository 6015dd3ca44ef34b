"""What it costs to check everything that a replay reads: its share of the replay's processor time.

    python -m tests.benchmarks.checking --worlds 60

Every digest and seal that is computed on the way is timed where it is computed, in the same run, so
that what else the machine does weighs on both alike.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from ledger import Ledger
from ledger.store import chain
from projections import replay
from projections.views import digests, index
from tests.simulator import world

CHECKS = ((chain, "_sealed"), (chain, "digest_of"), (index, "digest_of"), (digests, "digest_of"))


def filled(path, worlds):
    """A ledger of simulated filings."""
    ledger = Ledger.open(path)
    for seed in range(worlds):
        ledger.record(world(seed).filings)
    return ledger


@contextmanager
def timed() -> Iterator[list[int]]:
    """The nanoseconds that each check took, as they come."""
    spent: list[int] = []

    def clocked(check: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments):
            begun = time.perf_counter_ns()
            try:
                return check(*arguments)
            finally:
                spent.append(time.perf_counter_ns() - begun)

        return run

    with ExitStack() as patched:
        for module, name in CHECKS:
            patch = mock.patch.object(module, name, clocked(getattr(module, name)))
            patched.enter_context(patch)
        yield spent


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=60)
    wanted = parser.parse_args().worlds
    with tempfile.TemporaryDirectory() as folder, filled(Path(folder) / "l.db", wanted) as ledger:
        replay(ledger)
        with timed() as spent:
            begun = time.perf_counter_ns()
            events = replay(ledger).events
            whole = time.perf_counter_ns() - begun
    checks = sum(spent)
    print(f"{events:,} events replayed in {whole / 10**9:.3f} s, {len(spent):,} digests and seals")
    print(f"checks {checks / 10**9:.3f} s, {checks / (whole - checks):.1%} of the rest")
    print(f"an event {checks / events / 1000:.2f} microseconds")
