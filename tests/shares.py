"""A long run shared out between processes: the same tries whatever their number, counted together."""

from __future__ import annotations

import argparse
import multiprocessing
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any, NamedTuple


class Run(NamedTuple):
    """How many tries are wanted, by which seed, in how many processes."""

    tries: int
    seed: int
    processes: int

    def parts(self, size: int) -> Iterator[tuple[int, int]]:
        """The tries in parts of so many, each with a seed that no other part has."""
        for start in range(0, self.tries, size):
            yield min(size, self.tries - start), self.seed * 1_000_003 + start


def asked(doc: str, tries: int) -> Run:
    """What the command line asks for: `[TRIES] [SEED] [--processes N]`."""
    parser = argparse.ArgumentParser(description=doc.partition("\n")[0])
    parser.add_argument("tries", nargs="?", type=int, default=tries)
    parser.add_argument("seed", nargs="?", type=int, default=1)
    parser.add_argument("--processes", type=int, default=1)
    return Run(**vars(parser.parse_args()))


def together(work: Callable[[int, int], Counter[Any]], run: Run, *, size: int) -> Counter[Hashable]:
    """What came of all tries: `work` is given how many of them, and the seed to draw them by."""
    parts = [*run.parts(size)]
    found: Counter[Hashable] = Counter()
    if run.processes == 1:
        for tries, seed in parts:
            found.update(work(tries, seed))
        return found
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(run.processes, mp_context=spawn) as pool:
        for counted in pool.map(work, *zip(*parts, strict=True)):
            found.update(counted)
    return found
