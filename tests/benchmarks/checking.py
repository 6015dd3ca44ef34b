"""What it costs to check everything that a replay reads, in processor time, beside not checking it.

    python -m tests.benchmarks.checking --worlds 60 --rounds 7

Replays as they are and replays in which no digest and no seal is computed take turns in one process, so
that what else the machine does weighs on both alike. The cost is the median of the rounds.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from unittest import mock

from ledger import Ledger
from ledger.store import chain
from projections import replay
from projections.views import digests, index
from tests.simulator import world

CHECKS = ((chain, "_sealed"), (chain, "digest_of"), (index, "digest_of"), (digests, "digest_of"))


class _Right(str):
    """A seal that is always the right one."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False


def _right(*_: object) -> str:
    return _Right()


def _unhashed(*_: object) -> str:
    return "0" * 32


def filled(path, worlds):
    """A ledger of simulated filings."""
    ledger = Ledger.open(path)
    for seed in range(worlds):
        ledger.record(world(seed).filings)
    return ledger


@contextmanager
def unchecked() -> Iterator[None]:
    """Nothing is hashed, and whatever is read is taken to be what was sealed."""
    with ExitStack() as patched:
        for module, name in CHECKS:
            instead = _right if name == "_sealed" else _unhashed
            patched.enter_context(mock.patch.object(module, name, instead))
        yield


def seconds(ledger):
    """Processor seconds of one replay."""
    gc.collect()
    begun = time.process_time()
    replay(ledger)
    return time.process_time() - begun


def measured(ledger, rounds):
    """Processor seconds of each replay: with the checks, and without them."""
    replay(ledger)
    checked, bare = [], []
    for _ in range(rounds):
        checked.append(seconds(ledger))
        with unchecked():
            bare.append(seconds(ledger))
    return checked, bare


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--worlds", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        filled(Path(folder) / "l.db", asked.worlds) as ledger,
    ):
        checked, bare = measured(ledger, asked.rounds)
        events = ledger.verify().events
    cost = [one / other - 1 for one, other in zip(checked, bare, strict=True)]
    print(f"{events:,} events replayed {asked.rounds} times each way, processor seconds (medians)")
    print(f"checked {median(checked):.3f}, unchecked {median(bare):.3f}: {median(cost):+.1%}")
    print(f"least of each {min(checked):.3f}, {min(bare):.3f}: {min(checked) / min(bare) - 1:+.1%}")
    print(f"an event {(median(checked) - median(bare)) / events * 1e6:.2f} microseconds")


if __name__ == "__main__":
    main()
