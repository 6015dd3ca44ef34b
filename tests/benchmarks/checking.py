"""What it costs to check everything that a replay reads, in processor time, beside not checking it.

    python -m tests.benchmarks.checking --worlds 60 --rounds 7

Replays as they are and replays in which no digest and no seal is computed take turns in one process,
now one first and now the other, so that what else the machine does weighs on both alike. The cost is
the median of the rounds, each a pair; half of the rounds lie between the two quartiles. Finer, for it
compares nothing across runs: the share of a replay's processor time that is spent within the checks.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from statistics import median, quantiles
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


@contextmanager
def watched(within: list[float]) -> Iterator[None]:
    """The processor seconds of every check are added to what is spent `within` them."""

    def timed(check: Callable[..., str]) -> Callable[..., str]:
        def checked(*arguments: object) -> str:
            begun = time.process_time()
            found = check(*arguments)
            within[0] += time.process_time() - begun
            return found

        return checked

    with ExitStack() as patched:
        for module, name in CHECKS:
            instead = timed(getattr(module, name))
            patched.enter_context(mock.patch.object(module, name, instead))
        yield


def share(ledger):
    """What the checks add to the processor seconds of the rest of a replay."""
    within = [0.0]
    with watched(within):
        whole = seconds(ledger)
    return within[0] / (whole - within[0])


def seconds(ledger):
    """Processor seconds of one replay."""
    gc.collect()
    begun = time.process_time()
    replay(ledger)
    return time.process_time() - begun


def measured(ledger, rounds):
    """Processor seconds of each replay: with the checks, and without them."""
    replay(ledger)
    checked: list[float] = []
    bare: list[float] = []
    for number in range(rounds):
        for seen in (checked, bare) if number % 2 else (bare, checked):
            with nullcontext() if seen is checked else unchecked():
                seen.append(seconds(ledger))
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
        shares = [share(ledger) for _ in range(asked.rounds)]
    cost = [one / other - 1 for one, other in zip(checked, bare, strict=True)]
    print(f"{events:,} events replayed {asked.rounds} times each way, processor seconds (medians)")
    print(f"checked {median(checked):.3f}, unchecked {median(bare):.3f}: {median(cost):+.1%}")
    low, _, high = quantiles(cost)
    print(f"half of the pairs between {low:+.1%} and {high:+.1%}")
    print(f"within the checks {median(shares):+.1%} ({min(shares):+.1%} to {max(shares):+.1%})")
    print(f"least of each {min(checked):.3f}, {min(bare):.3f}: {min(checked) / min(bare) - 1:+.1%}")
    print(f"an event {(median(checked) - median(bare)) / events * 1e6:.2f} microseconds")


if __name__ == "__main__":
    main()
