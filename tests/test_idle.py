"""Nothing stands idle: what is defined is used, what can be said is said, what is said is read.

Read off the code itself. A name counts as used wherever the product has it, so that this
finds what nobody uses, not everything that somebody could do without.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pytest

from projections.findings.explanations import EXPLANATIONS
from projections.findings.kinds import KINDS
from tests.test_layers import MODULES, breaches, callee, name_of, nodes_of

CALLED_BY_OTHERS = {
    "emit": "logging calls its handlers",
    "_repr_html_": "a notebook asks how to show an answer",
    "_repr_svg_": "notebooks show a drawing",
    "list_commands": "click asks which commands there are",
    "format_commands": "click lists them",
    "reconcile_filings": "judges filings in memory, for who has no ledger, the tests first of all",
    "_create_connection": "the event library opens its connections",
    "_carries_no_rows": "pydantic validates",
}
SHOWN_WHOLE = {
    "ledger/events.py",
    "ledger/filing.py",
    "projections/answers.py",
    "projections/desk.py",
    "projections/registers.py",
}
"""Files whose records are written out field by field, so that every one is read."""


class Field(NamedTuple):
    """A field of a record: where, of what, how manieth, and whether it may go unsaid."""

    file: str
    record: str
    name: str
    place: int
    optional: bool
    unpacked: bool

    def __str__(self) -> str:
        return f"{self.file}: {self.record}.{self.name}"


@cache
def fields() -> list[Field]:
    """The fields of every record of the product."""
    return [
        Field(
            name_of(path),
            node.name,
            each.target.id,
            place=place,
            optional=each.value is not None,
            unpacked=any("NamedTuple" in ast.unparse(base) for base in node.bases),
        )
        for path in MODULES
        for node in nodes_of(path)
        if isinstance(node, ast.ClassDef)
        for place, each in enumerate(annotated(node), start=1)
    ]


def annotated(node: ast.ClassDef) -> list[ast.AnnAssign]:
    return [
        each
        for each in node.body
        if isinstance(each, ast.AnnAssign) and "ClassVar" not in ast.unparse(each.annotation)
    ]


def everywhere() -> Iterator[tuple[Path, ast.AST]]:
    return chain.from_iterable(((path, n) for n in nodes_of(path)) for path in MODULES)


@cache
def attributes(context: type[ast.expr_context]) -> frozenset[str]:
    """The names that stand after a dot, read or written."""
    return frozenset(
        node.attr
        for _, node in everywhere()
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, context)
    )


@cache
def filled() -> frozenset[str]:
    """The names after a dot whose contents something changes: `draft.proven[name] = ...`."""
    holders = (
        node.value
        for _, node in everywhere()
        if (isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store))
        or (isinstance(node, ast.Attribute) and node.attr in {"append", "extend", "update", "add"})
    )
    return frozenset(holder.attr for holder in holders if isinstance(holder, ast.Attribute))


@cache
def keywords() -> frozenset[str]:
    calls = (node for _, node in everywhere() if isinstance(node, ast.Call))
    return frozenset(word.arg for call in calls for word in call.keywords if word.arg)


@cache
def by_place() -> Mapping[str, int]:
    """How many values any call of a name passes by place, without end where one is starred."""
    most: dict[str, int] = {}
    for _, node in everywhere():
        if isinstance(node, ast.Call):
            starred = any(isinstance(a, ast.Starred) for a in node.args)
            most[callee(node)] = max(most.get(callee(node), 0), 99 if starred else len(node.args))
    return most


@cache
def texts() -> frozenset[str]:
    """Every word of the texts in the code but for what is told about it: keys, names of columns."""
    told = {id(node.value) for _, node in everywhere() if isinstance(node, ast.Expr)}
    return frozenset(
        word
        for _, node in everywhere()
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
        for word in re.findall(r"[A-Za-z_]\w*", node.value)
    )


@cache
def given() -> frozenset[str]:
    """The names to which the body of some class gives a value of its own."""
    classes = (node for _, node in everywhere() if isinstance(node, ast.ClassDef))
    return frozenset(chain.from_iterable(map(assigned, classes)))


def test_every_field_is_set_by_something():
    unset = [
        str(field)
        for field in fields()
        if field.optional
        if field.name not in keywords() | attributes(ast.Store) | filled() | texts() | given()
        if max(by_place().get(field.record, 0), by_place().get("cls", 0)) < field.place
    ]

    assert unset == []


def test_every_field_is_read_by_something():
    unread = [
        str(field)
        for field in fields()
        if field.file not in SHOWN_WHOLE and not field.unpacked
        if field.name not in attributes(ast.Load)
        if not field.file.startswith("cli/") and field.record not in ANSWERED
    ]

    assert unread == []


ANSWERED = {"Finding", "Outcome"}
"""Records outside the answers that are answered whole."""


@cache
def named() -> frozenset[str]:
    """Every name that is read, imported, or stands after a dot."""
    names = {node.id for _, node in everywhere() if isinstance(node, ast.Name)}
    imported = {
        alias.name
        for _, node in everywhere()
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return frozenset(names | imported) | attributes(ast.Load)


def test_everything_defined_is_used():
    """The classes of events are used by their topics, which the log names."""
    assert breaches(MODULES, idle_in) == {}


def idle_in(path: Path) -> Iterator[str]:
    """The classes and functions of a file whose name stands nowhere else."""
    used = named() | CALLED_BY_OTHERS.keys()
    outer = [node for node in nodes_of(path) if isinstance(node, ast.Module | ast.ClassDef)]
    for node in chain.from_iterable(each.body for each in outer):
        named_so = isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name
        if named_so and not (named_so in used or named_so.startswith("__") or has_topic(node)):
            yield named_so


def has_topic(node: ast.AST) -> bool:
    """Whether it is the class of an event: stored by name, and read back by it."""
    return isinstance(node, ast.ClassDef) and "TOPIC" in assigned(node)


def assigned(node: ast.ClassDef) -> set[str]:
    """The names that a class's own body gives a value without saying their type."""
    targets = [t for each in node.body if isinstance(each, ast.Assign) for t in each.targets]
    return {target.id for target in targets if isinstance(target, ast.Name)}


@pytest.mark.parametrize(
    ("listed", "home", "pattern"),
    [
        (KINDS, "projections/findings/kinds.py", r"[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+|ROUNDING"),
        (EXPLANATIONS, "projections/findings/explanations.py", r"EXPL_[A-Z_]+"),
    ],
    ids=["kinds", "explanations"],
)
def test_the_rules_raise_what_is_listed_and_nothing_else(listed, home, pattern):
    said = {
        node.value
        for path, node in everywhere()
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if name_of(path).startswith("projections/") and name_of(path) != home
        if re.fullmatch(pattern, node.value)
    }

    assert set(listed) - said == set()
    assert {word for word in said if word.startswith("EXPL_")} <= EXPLANATIONS.keys()
