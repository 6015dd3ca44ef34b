"""A long run shared out between processes: the same tries whatever their number, counted together.

A run can be ended and gone on with: `--kept FILE` has a line for every part that is done, and a run
that is given the file again does only the rest. `--minutes N` begins no part after so many minutes.
What is counted is what was done, and how much of what was asked for that is.
"""

from __future__ import annotations

import argparse
import ast
import json
import multiprocessing
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

Part = tuple[int, int]
"""How many tries, and the seed to draw them by."""

Work = Callable[[int, int], Counter[Any]]


class Run(NamedTuple):
    """How many tries are wanted, by which seed, in how many processes, and where it is kept."""

    tries: int
    seed: int
    processes: int = 1
    kept: Path | None = None
    minutes: float = float("inf")

    def parts(self, size: int) -> Iterator[Part]:
        """The tries in parts of so many, each with a seed that no other part has."""
        for start in range(0, self.tries, size):
            yield min(size, self.tries - start), self.seed * 1_000_003 + start


def asked(doc: str, tries: int) -> Run:
    """What the command line asks for: `[TRIES] [SEED] [--processes N] [--kept FILE] [--minutes N]`."""
    parser = argparse.ArgumentParser(description=doc.partition("\n")[0])
    parser.add_argument("tries", nargs="?", type=int, default=tries)
    parser.add_argument("seed", nargs="?", type=int, default=1)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--minutes", type=float, default=float("inf"))
    return Run(**vars(parser.parse_args()))


def together(work: Work, run: Run, *, size: int) -> Counter[Hashable]:
    """What came of all tries: `work` is given how many of them, and the seed to draw them by."""
    wanted = [*run.parts(size)]
    done = _kept(run.kept)
    found: Counter[Hashable] = Counter()
    for part in wanted:
        found.update(done.get(part, ()))
    tried = [part for part in wanted if part in done]
    for part, counted in _counted(work, [part for part in wanted if part not in done], run):
        found.update(counted)
        tried.append(part)
        if run.kept is not None:
            told = [[repr(key), times] for key, times in counted.items()]
            with run.kept.open("a", encoding="utf-8") as file:
                file.write("\n" + json.dumps({"part": part, "counted": told}))
    if len(tried) < len(wanted):
        print(f"{sum(tries for tries, _ in tried):,} of {run.tries:,} asked for:")
    return found


def concluded(tried: int, failed: int) -> int:
    """The code to end a long run by, 1 where something failed; its last line says what was tried."""
    print(f"{tried:,} tried, {failed:,} failed", flush=True)
    return int(failed > 0)


def _kept(path: Path | None) -> dict[Part, Counter[Hashable]]:
    """The parts that an earlier run did, and what it counted."""
    if path is None or not path.exists():
        return {}
    found = {}
    for line in path.read_text("utf-8").splitlines():
        with suppress(ValueError):  # a line that was being written when the run was ended
            told = json.loads(line)
            counted = {ast.literal_eval(key): times for key, times in told["counted"]}
            found[told["part"][0], told["part"][1]] = Counter(counted)
    return found


def _counted(work: Work, parts: list[Part], run: Run) -> Iterator[tuple[Part, Counter[Any]]]:
    """Each part with what came of it, until the time is over."""
    until = time.monotonic() + 60 * run.minutes
    if run.processes == 1:
        for part in parts:
            if time.monotonic() > until:
                return
            yield part, work(*part)
        return
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(run.processes, mp_context=spawn) as pool:
        begun = [(part, pool.submit(work, *part)) for part in parts]
        for part, future in begun:
            if time.monotonic() > until and future.cancel():
                continue
            yield part, future.result()
