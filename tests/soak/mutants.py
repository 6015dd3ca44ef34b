"""The project's own code with one thing changed: which changes do the tests notice?

`python -m tests.soak.mutants [MUTANTS] [SEED] [--processes N]` draws that many changes of each part of
the store, the seals and the arithmetic (0 takes every change there is): an operator, a number or a truth
value that is another, a `not` or a call for its effect that is left out. Only the tests that run the
changed line are run, the quickest first. It lists the changes that survive, and counts them by module.
First it shows that the tests pass without a change and that one which must be noticed is: a run that
cannot fail would show nothing. `--only FILE` takes the changes that FILE lists, as an earlier run did.
`--kept FILE` has a line for every change that was tried, and a run that is given it again tries the rest.
`--part PART` takes the changes of one part, and asks only the tests that stand nearest to it, which takes a
fraction of the time to learn; what survives these may still be noticed by others: `--only` asks all.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import CodeType
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PARTS = {
    "seals": [
        f"ledger/store/{name}.py"
        for name in ("seals", "chain", "verification", "checkpoints", "mapper")
    ],
    "store": [
        *(f"ledger/store/{name}.py" for name in ("ledger", "views", "sqlite")),
        *(
            f"projections/views/{name}.py"
            for name in ("digests", "catching_up", "building", "readmodel", "index")
        ),
    ],
    "arithmetic": [
        *(
            f"projections/positions/{name}.py"
            for name in ("reckoning", "balances", "entries", "position", "timeline", "reports")
        ),
        "ledger/types.py",
    ],
}
TESTS = [
    *("tests/ledger/store", "tests/ledger/test_types.py", "tests/ledger/test_recording.py"),
    *(
        f"tests/projections/{room}"
        for room in ("views", "positions", "filings", "questions", "reconciliation", "kinds")
    ),
    "tests/stories",
]
"""What is asked of a change, where it runs the changed line."""

NEAREST = {
    "seals": ["tests/ledger/store", "tests/ledger/test_recording.py"],
    "store": ["tests/ledger/store", "tests/ledger/test_recording.py", "tests/projections/views"],
    "arithmetic": [
        *(
            "tests/ledger/test_types.py",
            "tests/projections/positions",
            "tests/projections/questions",
        ),
        "tests/projections/test_properties.py",
    ],
}
"""What is asked of a change to one part alone."""

_MUST_BE_NOTICED = "ledger/store/seals.py", "some != found", "some == found"
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
    """A module with one thing changed: where, what it was, and the module compiled."""

    module: str
    line: int
    was: str
    now: str
    lines: range
    """Those of the statement that is changed: who runs one of them may notice."""

    code: CodeType
    whole: bool
    """Whether the module has to be loaded anew: the change is outside every function."""

    def __str__(self) -> str:
        return f"{self.module}:{self.line}: {self.was}  ->  {self.now}"


def mutants(module: str) -> Iterator[Mutant]:
    """Every change of one operator, number, truth value, `not` or call in a module."""
    path = ROOT / module
    tree = ast.parse(path.read_text("utf-8"))
    for statement, inside in _statements(tree.body, inside=False):
        for node in _own(statement):
            for name, other in _changes(node):
                kept, was = getattr(node, name), ast.unparse(node)
                setattr(node, name, other)
                code = compile(ast.fix_missing_locations(tree), str(path), "exec")
                yield Mutant(
                    module,
                    getattr(node, "lineno", statement.lineno),
                    was,
                    ast.unparse(node),
                    lines=_lines(statement),
                    code=code,
                    whole=not inside,
                )
                setattr(node, name, kept)


def _statements(body: list[ast.stmt], *, inside: bool) -> Iterator[tuple[ast.stmt, bool]]:
    """Every statement below these, and whether it is inside a function."""
    for statement in body:
        yield statement, inside
        within = inside or isinstance(statement, ast.FunctionDef)
        yield from _statements([*_below(statement)], inside=within)


def _below(node: ast.AST) -> Iterator[ast.stmt]:
    """The statements that stand in a node, and in none of one another."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):
            yield child
        else:
            yield from _below(child)


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """A statement and what it is made of, but for the statements in it."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.stmt):
            yield from _own(child)


def _lines(statement: ast.stmt) -> range:
    """The lines of a statement before those of the statements in it."""
    first = min((below.lineno for below in _below(statement)), default=None)
    last = statement.end_lineno or statement.lineno
    return range(statement.lineno, first or last + 1)


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


def must_be_noticed() -> Mutant:
    """A change that some test must object to, whatever else the tests see."""
    module, was, now = _MUST_BE_NOTICED
    (must,) = (m for m in mutants(module) if (m.was, m.now) == (was, now))
    return must


def drawn(tries: int, seed: int, only: Path | None, parts: Iterable[str] = PARTS) -> list[Mutant]:
    """So many mutants of each of some parts, or all of them; or those that a file lists."""
    every = {part: [m for name in PARTS[part] for m in mutants(name)] for part in parts}
    if only is not None:
        listed = set(only.read_text("utf-8").splitlines())
        return [mutant for part in every.values() for mutant in part if str(mutant) in listed]
    chance = random.Random(seed)
    found = [
        mutant
        for part in every.values()
        for mutant in chance.sample(part, min(tries or len(part), len(part)))
    ]
    chance.shuffle(found)
    return found


def main() -> None:
    """Try the mutants that the command line asks for, and print which survive."""
    from tests.trials import try_each  # noqa: PLC0415 - it needs what is defined here

    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("tries", nargs="?", type=int, default=40)
    parser.add_argument("seed", nargs="?", type=int, default=1)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--only", type=Path)
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--part", choices=PARTS)
    asked = parser.parse_args()
    tried: Counter[str] = Counter()
    alive: Counter[str] = Counter()
    must = must_be_noticed()
    parts, tests = ([asked.part], NEAREST[asked.part]) if asked.part else (PARTS, TESTS)
    every = drawn(asked.tries, asked.seed, asked.only, parts)
    before = _kept(asked.kept)
    with os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1) as out:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # for what pytest says of each run

        def tell(mutant: Mutant, why: str) -> None:
            if mutant is must:
                print(f"noticed, as it must be: {mutant}", file=out)
                return
            if asked.kept is not None:
                with asked.kept.open("a", encoding="utf-8") as file:
                    file.write(f"{why}\t{mutant}\n")
            count(mutant, why)

        def count(mutant: Mutant, why: str) -> None:
            tried[mutant.module] += 1
            if why:
                alive[mutant.module] += 1
                print(f"{mutant}" if why == "unnoticed" else f"{mutant}  ({why})", file=out)
            elif not tried.total() % 20:
                print(f"{tried.total()} tried", file=sys.stderr, flush=True)

        left = []
        for mutant in every:
            whys = before.get(str(mutant), [])
            count(mutant, whys.pop()) if whys else left.append(mutant)
        try_each(must, left, tests, asked.processes, tell)
        for module in sorted(tried):
            print(f"{module:42} {tried[module]:4} mutants {alive[module]:4} survived", file=out)
        print(f"{tried.total():,} tried, {alive.total():,} failed", file=out)


def _kept(path: Path | None) -> dict[str, list[str]]:
    """Why each change that an earlier run tried survived; "" where a test noticed it."""
    found: dict[str, list[str]] = {}
    if path is not None and path.exists():
        for line in path.read_text("utf-8").splitlines():
            why, told, mutant = line.partition("\t")
            if told:
                found.setdefault(mutant, []).append(why)
    return found


if __name__ == "__main__":
    sys.exit(main())
