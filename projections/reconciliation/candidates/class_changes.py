"""One class of stock that became another, as a note tells: no row need show it (Rule 16b-7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ledger.footnotes.exchanges import turned
from ledger.types import grouped
from projections.filings.records import ZERO, Dossier
from projections.identity.securities import class_tokens, designators, same_class
from projections.positions.entries import reference
from projections.positions.position import Position
from projections.reconciliation import costs
from projections.reconciliation.case import Candidate, Case


class ClassChange(NamedTuple):
    """A class that became another: their words, how many shares each became, and the day if told."""

    was: frozenset[str]
    now: frozenset[str]
    many: Decimal
    on: date | None

    def into(self, position: Position) -> bool:
        """Whether it is a position's class that the other one became."""
        return _is_of(self.now, position) and not _is_of(self.was, position)

    def out_of(self, position: Position) -> bool:
        """Whether it is a position's class that became the other one."""
        return _is_of(self.was, position)


def class_changes(dossier: Dossier, note: str) -> Iterator[ClassChange]:
    """The classes that a note of a filing says became others."""
    for said in turned(dossier.text_of(note)):
        was, now = class_tokens(said.was), class_tokens(said.now)
        if same_class(was, now) is False:
            yield ClassChange(was, now, said.many, said.on)


def _is_of(named: frozenset[str], position: Position) -> bool:
    """Whether a note's words for a class, which may go on to other things, are those of a title."""
    return bool(designators(position.tokens)) and designators(position.tokens) <= named


def reclassified(case: Case) -> Iterator[Candidate]:
    """All that was held of a class that became this one, in the same way, and of which no line tells since."""
    entry, position = case.entry, case.position
    if position.table != "I" or not entry.residual > 0:
        return
    for note in entry.line.notes:
        for change in class_changes(entry.dossier, note):
            if not change.into(position):
                continue
            for other in case.holdings:
                last = other.entries[-1] if other.entries else None
                if last is None or not other.balance or not change.out_of(other):
                    continue
                same = (other.table, other.form, other.vehicle, other.owners) == (
                    position.table, position.form, position.vehicle, position.owners,
                )  # fmt: skip
                due = other.balance * change.many
                if same and last.dossier.known.at < entry.dossier.known.at:
                    yield Candidate(
                        shares=due // 1,
                        cost=costs.FORM_CHANGE_NOTED,
                        kind="change-of-form",
                        code="EXPL_FORM_CHANGE",
                        source=reference(last),
                        text=_told(other, change, due),
                        group=f"class:{other.number}",
                        effective_from=change.on,
                        effective_to=change.on,
                        sibling=last,
                        empties=True,
                        basis="stated",
                    )


def _told(other: Position, change: ClassChange, due: Decimal) -> str:
    """What became of the other class, in words; a fraction of a share is as a rule paid in cash."""
    words = f"the {grouped(other.balance or ZERO)} of “{other.security}”, which became this class"
    if change.many != 1:
        words += f" at {grouped(change.many)} for each"
    return words + (f", {grouped(due % 1)} of a share left out" if due % 1 else "")
