"""What one note states, for the tests that read notes."""

from __future__ import annotations

from ledger.filing import Footnote, Statement
from ledger.footnotes.recognition import statements


def stated(text: str) -> tuple[Statement, ...]:
    """Everything one note states."""
    return statements([Footnote(id="F1", text=text)], None)


def only(text: str) -> Statement:
    """The one thing a note states."""
    (statement,) = stated(text)
    return statement


def kinds(text: str) -> list[str]:
    """The kinds of what a note states, in the order of its words."""
    return [statement.kind for statement in stated(text)]


def amounts(text: str) -> list[tuple[str, int | None]]:
    """The kinds of what a note states, each with its shares."""
    return [(s.kind, None if s.shares is None else int(s.shares)) for s in stated(text)]
