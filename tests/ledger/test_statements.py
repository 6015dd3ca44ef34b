"""Every kind of footnote statement has one row that says what it means, and no list beside it."""

import ast
from pathlib import Path
from typing import get_args

import pytest

from ledger.events import TOPICS, NoteStated
from ledger.statements import SENSES, StatementKind
from projections.reconciliation.candidates.stated_amounts import CODES

ROOT = Path(__file__).resolve().parents[2]
KINDS = set(get_args(StatementKind))


def test_each_kind_has_a_row_and_an_event():
    assert set(SENSES) == KINDS
    assert {topic for topic, cls in TOPICS.items() if issubclass(cls, NoteStated)} == KINDS


def test_what_moves_or_may_be_a_cause_explains_something():
    explaining = {kind for kind, sense in SENSES.items() if sense.moves or sense.cause}

    assert explaining <= set(CODES)


def test_a_kind_describes_a_total_or_moves_shares_but_never_both():
    assert not any(sense.moves and sense.describes_total for sense in SENSES.values())


@pytest.mark.parametrize("package", ["ledger", "projections", "cli"])
def test_what_a_kind_means_is_asked_of_the_table(package):
    """A set or tuple of three kinds or more is a list of its own of what they mean."""
    lists = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Set | ast.Tuple | ast.List)
        and sum(isinstance(e, ast.Constant) and e.value in KINDS for e in node.elts) >= 3
        if path.name != "statements.py"
    ]

    assert lists == []
