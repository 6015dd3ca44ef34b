"""By which rules issuers are judged: the modules that a judgement may go through, and no others."""

import ast
from functools import cache
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

import ledger as said
import projections as meant
from ledger.editions import fingerprint
from projections.views.rules import BESIDE, edition, program
from tests.rooms import ROOT, modules

MODULES = modules(ROOT, "ledger") | modules(ROOT, "projections")
JUDGING = ("projections.views.building", "projections.views.workers", "projections.judgement")
DOORS = {"ledger", "projections"}
"""Packages that name everything, each loaded when it is asked for: what comes by them is asked by name."""


def types_only(tree):
    """What a module imports for a type checker alone, which no run of it loads."""
    ifs = (n for n in ast.walk(tree) if isinstance(n, ast.If))
    told = (n for n in ifs if ast.unparse(n.test) == "TYPE_CHECKING")
    return {inner for one in told for part in one.body for inner in ast.walk(part)}


@cache
def imported(module):
    """Every module that one imports, at once or later, by statement or by name."""
    tree = ast.parse(MODULES[module].read_text("utf-8"))
    found = set()
    for node in set(ast.walk(tree)) - types_only(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value if "." in node.value else "")
    return (found & MODULES.keys()) - DOORS


def judging():
    """Every module that a judgement, and what stores it, may go through, with the rooms around it."""
    waiting, found = [*JUDGING], set()
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += imported(module)
    return found


def room_of(module):
    package, _, inner = module.partition(".")
    return package, inner.partition(".")[0]


def test_no_judgement_goes_through_a_room_that_is_beside_the_rules():
    outside = {(package, room) for package, rooms in BESIDE.items() for room in rooms}

    assert {module for module in judging() if room_of(module) in outside} == set()


def test_every_room_that_no_judgement_goes_through_is_beside_the_rules():
    rooms = {room_of(name) for name, path in MODULES.items() if path.parent.parent != ROOT}
    alone = rooms - {room_of(module) for module in judging()}

    assert alone == {(package, room) for package, rooms in BESIDE.items() for room in rooms}


@pytest.fixture(name="copies")
def _copies(tmp_path):
    copies = {}
    for package in (said, meant):
        copy = tmp_path / package.__name__
        copytree(package.__path__[0], copy, ignore=ignore_patterns("__pycache__"))
        copies[copy] = BESIDE[package.__name__]
    return copies


def one_of_each_room():
    """A module of every folder, by its name."""
    return {path.parent: (name, path) for name, path in MODULES.items()}.values()


def changed(path, copies):
    """The fingerprint with a module that is not as it was."""
    text = path.read_bytes()
    path.write_bytes(text + b"#")
    try:
        return fingerprint(copies)
    finally:
        path.write_bytes(text)


def test_a_change_where_something_judges_is_other_rules_and_none_of_a_chart_is(copies):
    rules = fingerprint(copies)
    assert rules == edition()

    for module, path in one_of_each_room():
        package, room = room_of(module)
        copy = Path(next(iter(copies)).parent, path.relative_to(ROOT))
        assert (changed(copy, copies) == rules) == (room in BESIDE[package]), module


def test_a_change_of_any_module_is_another_program(copies):
    whole = dict.fromkeys(copies, ())
    told = fingerprint(whole)
    assert told == program()

    for module, path in one_of_each_room():
        copy = Path(next(iter(copies)).parent, path.relative_to(ROOT))
        assert changed(copy, whole) != told, module
