"""Which rules ever fire: every place that makes a finding, a term or a statement, and where.

    python -m tests.firing [--sequences 300]

A rule that nothing ever fires is dead, or was never tried. A place is one call in the rooms
that judge, or that read notes, by which something is found, offered or stated. Simulated
sequences, stories and a few rare habits fire them all, and a test says so;
the command also asks the real filings, the acceptance cases and the stories from practice,
where they are beside the project, and prints who fires what.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from ledger import Filing
from ledger.footnotes import recognition
from projections.questions.reconcile import reconcile_filings
from tests.corpus import CASES, CORPUS, STORIES
from tests.invariants import cases, real, simulated, stories
from tests.projections.kinds.stories import STORIES as KINDS
from tests.projections.kinds.stories import whole
from tests.projections.rare import RARE
from tests.stories.telling import stories as compact

ROOT = Path(__file__).resolve().parents[1]
ROOMS = (
    "ledger/footnotes",
    "projections/checks",
    "projections/corporate_actions",
    "projections/positions",
    "projections/reconciliation",
    "projections/section16",
)
MAKES = frozenset({"about", "about_total", "Finding", "Candidate", "Elsewhere", "Stated"})
"""What is made where a rule fires."""


class Place(NamedTuple):
    """One call that makes something: its module, function, and which of the calls there it is."""

    module: str
    function: str
    number: int
    makes: str

    def __str__(self) -> str:
        return f"{self.module}:{self.function} {self.number} {self.makes}"


@cache
def places() -> Mapping[tuple[str, int], Place]:
    """Every place by its file and first line of code."""
    found = {}
    for path in sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        text = path.read_text("utf-8")
        if not any(f"{called}(" in text for called in MAKES):
            continue
        for function in ast.walk(ast.parse(text)):
            if isinstance(function, ast.FunctionDef):
                calls = [
                    (node.lineno, called)
                    for node in ast.walk(function)
                    if isinstance(node, ast.Call)
                    if (called := getattr(node.func, "id", "")) in MAKES
                ]
                module = path.relative_to(ROOT).with_suffix("").as_posix()
                for number, (line, called) in enumerate(sorted(calls), start=1):
                    found[str(path), line] = Place(module, function.name, number, called)
    return found


def fired(filings: Iterable[Iterable[Filing]]) -> set[Place]:
    """The places that judging these worlds, each alone, passes; nothing is remembered from before."""
    met: set[Place] = set()
    _forget()
    with _watching(met):
        for world in filings:
            if len(met) == len(places()):
                break
            known = list(world)
            for filing in known:
                recognition.statements(filing.footnotes, filing.remarks)
            reconcile_filings(known)
    return met


def _forget() -> None:
    """Let go of what was read of notes and names before: who remembers a statement makes none."""
    rooms = tuple(f"{room.replace('/', '.')}." for room in ROOMS)
    for name, module in [*sys.modules.items()]:
        for made in vars(module).values() if name.startswith(rooms) else ():
            if callable(clear := getattr(made, "cache_clear", None)):
                clear()


class _Watched:
    """Stands in a module for what is made there, and notes from which lines it is."""

    def __init__(self, made: Callable[..., Any], met: set[Place]) -> None:
        self._made, self._met = made, met

    def __call__(self, *words: object, **named: object) -> object:
        caller = sys._getframe(1)
        place = places().get((caller.f_code.co_filename, caller.f_lineno))
        if place is not None:
            self._met.add(place)
        return self._made(*words, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._made, name)


@contextmanager
def _watching(met: set[Place]) -> Iterator[None]:
    """What is made in the modules with places is made by watchers meanwhile.

    Tracing every line, or every call, takes five times as long as judging does.
    """
    stood = []
    for name in sorted({place.module.replace("/", ".") for place in places().values()}):
        module = import_module(name)
        for made in MAKES & vars(module).keys():
            stood.append((module, made, getattr(module, made)))
            setattr(module, made, _Watched(getattr(module, made), met))
    try:
        yield
    finally:
        for module, made, was in stood:
            setattr(module, made, was)


def own(sequences: int) -> Iterator[Iterable[Filing]]:
    """What the project itself has: stories, those of the findings first, and simulated sequences."""
    yield from map(whole, KINDS)
    yield from (rare.filings for rare in RARE.values())
    for path in sorted((ROOT / "tests" / "stories").glob("*.txt")):
        yield from (story.filings for story in compact(path))
    yield from simulated(sequences)


def beside() -> Iterator[tuple[str, Iterator[list[Filing]]]]:
    """What may lie beside the project, by name."""
    if CORPUS.is_dir():
        yield "real filings", real()
    if CASES.is_dir():
        yield "acceptance cases", cases()
    if STORIES.is_dir():
        yield "stories from practice", stories()


def main() -> None:
    """Print how many places each fires, and what of them where not all do."""
    ask = argparse.ArgumentParser(description="Which rules ever fire, and on what.")
    ask.add_argument("--sequences", type=int, default=300, help="how many simulated sequences")
    asked = ask.parse_args()
    everything = set(places().values())
    by_name = {"the project's own": fired(own(asked.sequences))}
    by_name |= {name: fired(filings) for name, filings in beside()}
    for name, met in by_name.items():
        print(f"{name:24} {len(met):4} of {len(everything)} places")
    for place in sorted(everything):
        who = [name for name, met in by_name.items() if place in met]
        print(f"{place!s:96} {', '.join(who) or 'nothing'}")


if __name__ == "__main__":
    main()
