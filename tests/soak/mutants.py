"""The project's own code with one thing changed: which changes do the tests notice?

`python -m tests.soak.mutants [MUTANTS] [SEED]` draws that many changes of an operator, a number
or a truth value in the store, the seals and the arithmetic, runs the tests of that module on a copy
of the project with each, and lists those that survive. First it shows that the tests pass without a
change and that one which must be noticed is: a run that cannot fail would show nothing.
"""

from __future__ import annotations

import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
TESTS = {
    "ledger/store/seals.py": ["tests/ledger/store", "tests/projections/views/test_tampering.py"],
    "ledger/store/chain.py": ["tests/ledger/store", "tests/projections/views/test_tampering.py"],
    "ledger/store/verification.py": ["tests/ledger/store/test_verification.py"],
    "ledger/store/checkpoints.py": ["tests/ledger/store/test_verification.py"],
    "projections/views/digests.py": ["tests/projections/views/test_tampering.py"],
    "projections/views/readmodel.py": ["tests/projections/views", "tests/projections/questions"],
    "projections/positions/position.py": [
        "tests/projections/positions",
        "tests/projections/filings",
    ],
    "ledger/types.py": ["tests/ledger/test_recording.py", "tests/ledger/readers"],
}
SLOWEST = 600

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


class Mutant(NamedTuple):
    """A module with one thing changed: where, what it was, and the whole text."""

    module: str
    line: int
    was: str
    now: str
    text: str


def mutants(module: str) -> Iterator[Mutant]:
    """Every change of one operator, number or truth value in a module."""
    source = (ROOT / module).read_text("utf-8")
    for number in range(sum(1 for _ in ast.walk(ast.parse(source)))):
        tree = ast.parse(source)
        node = next(found for index, found in enumerate(ast.walk(tree)) if index == number)
        was = ast.unparse(node) if isinstance(node, ast.expr) else ""
        if was and _changed(node):
            yield Mutant(module, node.lineno, was, ast.unparse(node), ast.unparse(tree))


def _changed(node: ast.expr) -> bool:
    match node:
        case ast.Compare(ops=[op, *rest]) if type(op) in _OTHER:
            node.ops = [_OTHER[type(op)](), *rest]
        case ast.BinOp(op=op) | ast.BoolOp(op=op) if type(op) in _OTHER:
            node.op = _OTHER[type(op)]()
        case ast.Constant(value=bool(value)):
            node.value = not value
        case ast.Constant(value=int(value)):
            node.value = value + 1
        case _:
            return False
    return True


def notices(folder: Path, module: str) -> bool:
    """Whether the tests of a module fail in this copy of the project."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *TESTS[module]]
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(folder), "CI": "true"},
            capture_output=True,
            timeout=SLOWEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True
    if done.returncode not in {0, 1, 2}:
        raise RuntimeError(f"the tests did not run: {done.stdout.decode()[-500:]}")
    return done.returncode != 0


def copied(folder: Path) -> Path:
    """The project without what is built."""
    left_out = shutil.ignore_patterns(".*", "build", "*.egg-info", "__pycache__")
    return shutil.copytree(ROOT, folder / "copy", ignore=left_out)


def show_that_tests_can_fail(copy: Path) -> None:
    """Raise unless the tests pass as they are, and fail with a change that must be noticed."""
    module, was, now = "ledger/store/seals.py", "if meant == stored:", "if meant != stored:"
    text = (copy / module).read_text("utf-8")
    assert was in text
    assert not notices(copy, module), "the tests fail without any change"
    (copy / module).write_text(text.replace(was, now), "utf-8")
    assert notices(copy, module), "the tests do not notice what they must"
    (copy / module).write_text(text, "utf-8")


def survivors(count: int, seed: int, modules: list[str]) -> Iterator[Mutant | None]:
    """Draws so many mutants; each that no test noticed, None for each that one did."""
    chance = random.Random(seed)
    every = [mutant for module in modules for mutant in mutants(module)]
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(Path(folder))
        show_that_tests_can_fail(copy)
        for mutant in chance.sample(every, min(count, len(every))):
            path = copy / mutant.module
            whole = path.read_text("utf-8")
            path.write_text(mutant.text, "utf-8")
            yield None if notices(copy, mutant.module) else mutant
            path.write_text(whole, "utf-8")


if __name__ == "__main__":
    wanted, seed = (*map(int, sys.argv[1:3]), *(40, 1)[len(sys.argv[1:3]) :])
    tried, alive = 0, 0
    for survivor in survivors(wanted, seed, sys.argv[3:] or [*TESTS]):
        tried += 1
        if survivor:
            alive += 1
            print(
                f"{survivor.module}:{survivor.line}: {survivor.was}  ->  {survivor.now}", flush=True
            )
    print(f"{tried} mutants, {alive} survived")
