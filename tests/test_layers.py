"""The house keeps its own rules: imports, sizes, exact numbers, pinned dependencies."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MAY_IMPORT = {
    "ledger": {"ledger"},
    "projections": {"projections", "ledger"},
    "cli": {"cli", "projections", "ledger"},
}
ASKING = {"http", "random", "secrets", "socket", "sqlite3", "time", "urllib"}
NO_QUANTITY = {"cutoff", "timeout", "tolerance"}
SCREEN_LIBRARIES = {"click", "rich"}
VAGUE = {"utils", "util", "helpers", "common", "base", "core", "manager", "misc"}
LONGEST_MODULE = 450
LONGEST_FUNCTION = 70
MOST_BY_PLACE = 5

MODULES = sorted(p for package in MAY_IMPORT for p in (ROOT / package).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


READERS = [path for path in MODULES if re.match(r"ledger/(readers|footnotes)/", name_of(path))]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
EVERYTHING = [*MODULES, *TESTS]


def package_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


EXACT = [path for path in MODULES if package_of(path) != "cli"]


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), filename=str(path))


@cache
def nodes_of(path: Path) -> list[ast.AST]:
    return list(ast.walk(tree_of(path)))


def breaches(paths: Iterable[Path], rule: Callable[[Path], Iterable[str]]) -> dict[str, set[str]]:
    """The files in which a rule finds something, by name, and what it finds there."""
    found = {name_of(path): set(rule(path)) for path in paths}
    return {name: what for name, what in found.items() if what}


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every module that a file imports, whole, and how many dots stand before it."""
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            yield from ((alias.name, 0) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", node.level


def imported_packages(path: Path) -> set[str]:
    return {name.split(".")[0] for name, _ in imports(path)}


def test_imports_run_one_way():
    outside = {p: set(MAY_IMPORT) - may | {"tests"} for p, may in MAY_IMPORT.items()}

    assert breaches(MODULES, lambda p: imported_packages(p) & outside[package_of(p)]) == {}


def test_imports_are_absolute():
    assert breaches(MODULES, lambda path: {n for n, level in imports(path) if level}) == {}


def test_the_event_library_is_known_to_the_store_alone():
    users = {path for path in MODULES if "eventsourcing" in imported_packages(path)}

    assert {name_of(path.parent) for path in users} == {"ledger/store"}


def test_only_the_command_line_knows_the_screen():
    users = {package_of(path) for path in MODULES if imported_packages(path) & SCREEN_LIBRARIES}

    assert users <= {"cli"}


def test_a_reader_asks_neither_network_nor_clock_nor_chance():
    assert breaches(READERS, lambda path: imported_packages(path) & ASKING) == {}


def test_no_float_touches_a_quantity():
    assert breaches(EXACT, floats_in) == {}


def floats_in(path: Path) -> Iterator[str]:
    """Where a file has a number that is not exact, by line."""
    harmless = {id(node) for node in bound_to(NO_QUANTITY, tree_of(path))}
    for node in nodes_of(path):
        named = isinstance(node, ast.Name) and node.id == "float"
        written = isinstance(node, ast.Constant) and isinstance(node.value, float)
        if (named or written) and id(node) not in harmless:
            yield f"line {node.lineno}"


DIVIDES = {
    "projections/checks/exercises.py": {"given / 2"},
    "projections/checks/prices.py": {"min(others) / 5"},
    "projections/corporate_actions/splits.py": {"edge / base"},
    "projections/positions/entries.py": {"term / _YEAR"},
    "projections/positions/ratios.py": {"Decimal(ratio.numerator) / ratio.denominator"},
    "projections/questions/replay.py": {"Decimal(nanoseconds) / 10 ** 9"},
}
"""Quotients that bound something, or measure time: no number of a position is made of them."""


def test_no_quantity_is_a_quotient_that_arithmetic_may_have_rounded():
    judging = [path for path in MODULES if package_of(path) == "projections"]

    assert breaches(judging, quotients_in) == DIVIDES


def quotients_in(path: Path) -> set[str]:
    """What a file divides, but by exact fractions."""
    return {
        ast.unparse(node)
        for node in nodes_of(path)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
        if "Fraction(" not in ast.unparse(node)
    }


def bound_to(names: set[str], tree: ast.Module) -> Iterator[ast.AST | None]:
    """What is given to arguments and constants of these names: values and annotations."""
    for node in ast.walk(tree):
        match node:
            case ast.keyword(arg=name, value=value) if name in names:
                yield value
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name.lower() in names:
                yield value
            case ast.arguments(kwonlyargs=arguments, kw_defaults=defaults):
                for argument, default in zip(arguments, defaults, strict=True):
                    if argument.arg in names:
                        yield from (argument.annotation, default)


def test_a_module_can_be_read_in_one_sitting():
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in EVERYTHING}

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_a_function_is_about_a_screen():
    assert breaches(EVERYTHING, long_functions) == {}


def long_functions(path: Path) -> Iterator[str]:
    """The functions of a file that do not fit a screen, and their lines."""
    for node in nodes_of(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{node.name}: {length} lines"


def callee(call: ast.Call) -> str:
    """The last name of what is called: `write` of `press.write(...)`."""
    return getattr(call.func, "attr", None) or getattr(call.func, "id", "")


@cache
def starred(path: Path) -> dict[str, bool]:
    """What a file defines, and whether it takes any number of values: `def columns(*titles)`."""
    found = {}
    for node in nodes_of(path):
        for each in node.body if isinstance(node, ast.ClassDef) else [node]:
            if isinstance(each, ast.FunctionDef):
                called = getattr(node, "name", "") if each.name == "__init__" else each.name
                found[called] = each.args.vararg is not None
    return found


@cache
def starred_anywhere() -> set[str]:
    """The names of which every definition takes any number of values."""
    defined = [item for path in EVERYTHING for item in starred(path).items()]
    return {name for name, _ in defined} - {name for name, stars in defined if not stars}


def test_no_call_passes_more_than_five_values_by_place():
    """A value without its name among many others is soon taken for its neighbour."""
    assert breaches(EVERYTHING, crowded_calls) == {}


def crowded_calls(path: Path) -> Iterator[str]:
    """The calls of a file that pass many values by their place."""
    for node in nodes_of(path):
        many = isinstance(node, ast.Call) and len(node.args) > MOST_BY_PLACE
        if many and not starred(path).get(callee(node), callee(node) in starred_anywhere()):
            yield f"line {node.lineno}: {callee(node)} takes {len(node.args)} values"


def constants(path: Path) -> Iterator[str]:
    """Every text that a file's code holds, pieces of patterns among them."""
    for node in nodes_of(path):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def matching(pattern: str) -> set[str]:
    """The modules whose code holds a text in which a pattern is found."""
    return set(
        breaches(MODULES, lambda path: {t for t in constants(path) if re.search(pattern, t)})
    )


def test_names_of_filings_and_companies_have_one_grammar():
    """Ten digits, two and six, or eighteen: `ledger.types` alone says what they look like."""
    assert matching(r"\]?\{(?:1,)?(?:10|18)\}") == {"ledger/types.py"}


def test_sentences_are_cut_in_one_place():
    """Where one ends depends on "Feb.", "Inc." and "U.S.": `footnotes.text` alone knows them."""
    assert matching(r"\[\.[!?]|^\.\s+$|\\\.\\s\+\(\?=") <= {"ledger/footnotes/text.py"}


def test_a_module_is_named_for_what_it_holds():
    assert [name_of(path) for path in MODULES if path.stem in VAGUE] == []


def test_no_package_hides_a_module_of_its_own_behind_another_name():
    hidden = []
    for path in MODULES:
        folder = path.parent if path.stem == "__init__" else path.with_suffix("")
        package, own = ".".join(folder.relative_to(ROOT).parts[:-1]), folder.name
        if package and import_module(f"{package}.{own}") is not getattr(
            import_module(package), own
        ):
            hidden.append(f"{package}.{own}")

    assert hidden == []


def test_every_package_is_typed_and_every_tests_folder_a_package():
    assert all((ROOT / package / "py.typed").is_file() for package in MAY_IMPORT)
    assert {path.parent for path in TESTS if not (path.parent / "__init__.py").is_file()} == set()


@pytest.mark.parametrize("lock", LOCKS, ids=name_of)
def test_a_lock_pins_every_package_by_hash_and_names_no_registry(lock):
    text = lock.read_text("utf-8")
    packages = text.replace("\\\n", " ").splitlines()

    assert "://" not in text
    assert all("==" in package and "--hash=sha256:" in package for package in packages)


def test_the_locks_agree_on_every_version():
    pins = {
        lock.stem: set(re.findall(r"^[\w.-]+==[\w.]+", lock.read_text("utf-8"), re.MULTILINE))
        for lock in LOCKS
    }

    assert pins["run"] <= pins["test"] <= pins["benchmark"]
    assert pins["run"] <= pins["docs"]
    for name in {pin.partition("==")[0] for pin in set().union(*pins.values())}:
        versions = [{p for p in lock if p.startswith(f"{name}==")} for lock in pins.values()]
        assert len({frozenset(found) for found in versions if found}) == 1, name
