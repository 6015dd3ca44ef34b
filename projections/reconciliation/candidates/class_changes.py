"""One class of stock that became another, as a note tells: no row need show it (Rule 16b-7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ledger.footnotes.dates import dates
from ledger.footnotes.text import plain, sentences
from ledger.types import grouped
from projections.filings.records import Dossier
from projections.identity.securities import class_tokens, designators, same_class
from projections.positions.entries import reference
from projections.positions.position import Position
from projections.positions.programmes import MANY, number
from projections.reconciliation import costs
from projections.reconciliation.case import Candidate, Case

_TURNED = re.compile(
    r"\b(?:each|every|all(?:\s+of)?(?:\s+the)?)\s+(?:(?:one|outstanding|issued|and|then|his|her|its|their|the|reporting\s+person's|shares?\s+of)\s+)*"
    r"(?P<was>[^.;:,]{3,60}?)\s+(?:shares?\s+)?(?:was|were|has\s+been|have\s+been|had\s+been)\s+(?:\w+ly\s+)?"
    r"(?:reclassified|redesignated|re-designated|renamed|converted|exchanged)\b[^.;:]{0,50}?\b(?:as|into|for)\s+"
    rf"(?:(?:fully\s+paid\s+)?{MANY}\s+(?:\w+\s+){{0,4}}?shares?\s+of\s+|shares\s+of\s+)?(?P<now>[^.;:]{{3,80}})",
    re.IGNORECASE,
)
"""Words by which one class of stock became another, and how many shares each became."""
_STEMS = ("classif", "designat", "renamed", "converted", "exchanged")


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
    text = dossier.text_of(note)
    folded = text.casefold()
    if not any(stem in folded for stem in _STEMS):
        return
    for sentence in sentences(plain(text)[0]):
        said = _TURNED.search(*sentence)
        if said is None:
            continue
        was, now = class_tokens(said["was"]), class_tokens(said["now"])
        if same_class(was, now) is not False:
            continue
        days = [d for d in dates(*sentence) if d.role == "at" and d.precision == "day"]
        many = number(said["many"]) if said["many"] else Decimal(1)
        yield ClassChange(was, now, many, days[0].effective_from if days else None)


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
                if same and last.dossier.known.at < entry.dossier.known.at:
                    yield Candidate(
                        shares=other.balance * change.many // 1,
                        cost=costs.FORM_CHANGE_NOTED,
                        kind="change-of-form",
                        code="EXPL_FORM_CHANGE",
                        source=reference(last),
                        text=f"the {grouped(other.balance)} of “{other.security}”, which became this class",
                        group=f"class:{other.number}",
                        effective_from=change.on,
                        effective_to=change.on,
                        sibling=last,
                        empties=True,
                        basis="stated",
                    )
