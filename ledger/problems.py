"""What a reader could not take at its word: of a field, or of a whole document."""

from __future__ import annotations

from typing import NamedTuple, Self

from ledger.types import Effect

ON_EDGAR = "compare it with the filing on EDGAR"
"""What to do where a filing as it came lacks something; a draft is not there yet."""


class Problem(NamedTuple):
    """Something a reader could not take at its word, and what it did about it.

    `source` is the file, `place` the row and field (`II.1 shares_after`) or part of it.
    """

    source: str
    place: str
    problem: str
    effect: Effect

    @classmethod
    def set_aside(cls, source: str, what: str, *, remedy: str, place: str = "") -> Self:
        """Why a document is not recorded, and what to do about it."""
        return cls(source=source, place=place, problem=f"{what}; {remedy}", effect="set aside")

    def __str__(self) -> str:
        where = f"{self.source}:{self.place}" if self.place else self.source
        return f"{where}: {self.problem} [{self.effect}]"
