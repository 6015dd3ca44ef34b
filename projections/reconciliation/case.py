"""A difference to explain, and a candidate term for it: what the rules pass around."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from projections.corporate_actions.splits import Split
from projections.filings.records import Dossier, Line
from projections.positions.entries import Posting, reference
from projections.positions.position import Position
from projections.positions.rulings import Rulings


class Candidate(NamedTuple):
    """One possible term: signed shares, cost in tenths, words and source.

    Candidates of one `group` exclude each other. `stated` counts it among the amounts
    a note states, `finding` names the filer's error it would show, `sibling` the entry
    on the other side. `row` says that the row is wrong and the total right.
    """

    shares: Decimal
    cost: int
    kind: str
    code: str
    source: str
    text: str
    group: str
    stated: bool = False
    finding: str | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    sibling: Posting | None = None
    row: bool = False


class Case(NamedTuple):
    """A broken claim and everything a supplier may look at."""

    entry: Posting
    position: Position
    before: Posting | None
    siblings: list[Position]
    splits: list[Split]
    habits: list[Candidate]
    amended: Dossier | None = None
    restated: dict[int, Line] = {}
    elsewhere: tuple[Candidate, ...] = ()
    rulings: Rulings = Rulings()
    other_forms: Sequence[Position] = ()
    """The owner's ordinary shares where the position is depositary ones, and reversed."""

    def source(self) -> str:
        """The broken line itself, as a reference."""
        return reference(self.entry)
