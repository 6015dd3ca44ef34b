"""Whose the lines of words between two rows of a table are, where a title takes more than one.

A form's figures stand beside the first line of their title, its last, or one between, as the
page that printed it had it. So a line of words between two rows is the rest of the upper one's
title or the beginning of the lower one's. Titles are built of few words in one order: where one
division alone makes a title of both, it is the true one, and it tells of the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ledger.readers.scan.tokens import Token
from ledger.readers.scan.vouching import is_built
from ledger.types import Table


class Standing:
    """Where the figures of each table's rows were seen to stand beside their titles."""

    def __init__(self, known: frozenset[Table | None] = frozenset()) -> None:
        self.known = known
        self._seen: set[tuple[Table | None, bool]] = set()

    @property
    def lowest(self) -> frozenset[Table | None]:
        """Tables whose figures stand beside the last line of every title that tells."""
        return frozenset(t for t, last in self._seen if last and (t, False) not in self._seen)

    def divided(
        self, table: Table | None, upper: Sequence[Token], words: Sequence[Token], lower: str
    ) -> tuple[list[Token], list[Token]] | None:
        """The words between two rows that are the upper row's, and the lower one's, if that is told."""
        lines = [list(line) for _, line in groupby(words, key=lambda word: word.line)]
        title = " ".join(token.text for token in _leading(upper))
        count = upper_share(title, [line[0].text for line in lines], lower)
        if count is not None and lower:
            self._seen.add((table, not count))
        elif count is None and table in self.known and title and lower:
            count = 0
        if count is None:
            return None
        return [t for line in lines[:count] for t in line], [
            t for line in lines[count:] for t in line
        ]


def _leading(tokens: Sequence[Token]) -> Iterator[Token]:
    """The words before a row's first figure."""
    for token in tokens:
        if token.kind != "text":
            return
        yield token


def upper_share(upper: str, between: Sequence[str], lower: str) -> int | None:
    """How many of the lines between are the upper row's; None where their words do not tell.

    `lower` is what stands of the lower title beside its figures; it may be nothing.
    """
    most = len(between) if lower else len(between) - 1
    found = [
        count
        for count in range(most + 1)
        if is_built(" ".join([upper, *between[:count]]))
        and is_built(" ".join([*between[count:], lower]))
    ]
    return found[0] if len(found) == 1 else None


def parted(words: list[Token], columns: int) -> list[Token]:
    """A line of words that single blanks divide, as many as the columns they may stand in."""
    pieces = words[0].text.split() if len(words) == 1 else []
    if columns == 1 or not 1 < len(pieces) <= columns:
        return words
    marks = words[0].marks
    cut = [words[0]._replace(text=piece, marks=()) for piece in pieces]
    return [*cut[:-1], cut[-1]._replace(marks=marks)]
