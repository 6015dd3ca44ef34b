"""One class of stock that became another, as a note tells: no row need show it (Rule 16b-7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ledger.codes import PAIRED
from ledger.footnotes.exchanges import turned
from ledger.loading import pattern
from ledger.types import grouped
from projections.checks.class_conversions import one_holder
from projections.filings.parts import one_report
from projections.filings.records import ZERO, Dossier
from projections.identity.securities import class_tokens, designators, same_class
from projections.positions.entries import Posting, reference
from projections.positions.position import Position
from projections.reconciliation import costs
from projections.reconciliation.candidates.ownership_transfers import apart_by
from projections.reconciliation.case import Candidate, Case


class ClassChange(NamedTuple):
    """A class that became another: their words, how many shares each became, and the day if told."""

    was: frozenset[str]
    now: frozenset[str]
    many: Decimal
    on: date | None

    def into(self, position: Position) -> bool:
        """Whether it is a position's class that the other one became.

        So it is where both lettered classes became plain stock, and its title lost the letter.
        """
        if not designators(self.now):
            return not designators(class_tokens(position.security or ""))
        return _is_of(self.now, position) and not _is_of(self.was, position)

    def out_of(self, position: Position) -> bool:
        """Whether it is a position's class that became the other one."""
        return _is_of(self.was, position)


def class_changes(dossier: Dossier, note: str) -> Iterator[ClassChange]:
    """The classes that a note of a filing says became others."""
    for said in turned(dossier.text_of(note)):
        was, now = class_tokens(said.was), class_tokens(said.now)
        lost = designators(was) and not designators(now)
        if same_class(was, now) is False or lost:
            yield ClassChange(was, now, said.many, said.on)


def _is_of(named: frozenset[str], position: Position) -> bool:
    """Whether a note's words for a class, which may go on to other things, are those of a title."""
    return bool(designators(position.tokens)) and designators(position.tokens) <= named


def reclassified(case: Case) -> Iterator[Candidate]:
    """All that was held of a class that became this one, in the same way, or that this one became.

    No later line tells of the old class, or the form that shows the new one shows nothing of it.
    """
    entry, position = case.entry, case.position
    yield from _converted(case)
    yield from _came_by_rows(case)
    if position.table != "I" or not entry.residual:
        return
    held_so = (position.table, position.form, position.vehicle, position.owners)
    others = [
        p
        for p in case.holdings
        if p is not position and p.entries and (p.table, p.form, p.vehicle, p.owners) == held_so
    ]
    for change in _changes_told(case) if others else ():
        for other in others:
            if entry.residual > 0 and change.into(position) and change.out_of(other):
                yield from _came(case, other, change)
            elif not entry.claim and change.out_of(position) and change.into(other):
                yield from _went(case, other, change)


def _converted(case: Case) -> Iterator[Candidate]:
    """As many of one lettered class as a note says were converted into another, without a row of either."""
    entry, position = case.entry, case.position
    mine = designators(position.tokens)
    for other in _other_letters(case):
        if other.kind != position.kind:
            continue
        for side in other.entries:
            noted = _says_converted(entry, designators(other.tokens)) or _says_converted(side, mine)
            if not noted or side.residual != -entry.residual or apart_by(entry, side) is None:
                continue
            way = "entered" if side.residual > 0 else "left"
            yield Candidate(
                shares=entry.residual,
                cost=costs.FORM_CHANGE_NOTED,
                kind="change-of-form",
                code="EXPL_FORM_CHANGE",
                source=reference(side),
                text=f"{grouped(abs(side.residual))} {way} “{other.security}” without a row",
                group=f"lettered:{other.number}:{reference(side)}",
                sibling=side,
                basis="stated",
            )


def _came_by_rows(case: Case) -> Iterator[Candidate]:
    """As many as rows of another lettered class gave up for a conversion, where this class has no row for it."""
    entry = case.entry
    if entry.residual <= 0 or any(
        e.delta > 0 and e.line.code in PAIRED for e in _here(case, case.position)
    ):
        return
    for other in _other_letters(case):
        rows = [e for e in _here(case, other) if e.delta < 0 and e.line.code in PAIRED]
        if rows and -sum(e.delta for e in rows) == entry.residual:
            yield Candidate(
                shares=entry.residual,
                cost=costs.ELSEWHERE,
                kind="told-elsewhere",
                code="EXPL_MISSING_FILING",
                source=reference(rows[0]),
                text=f"{grouped(entry.residual)} of “{other.security}” were converted, of which no row of this class tells",
                group=f"elsewhere:{reference(rows[0])}",
                effective_from=rows[0].day,
                effective_to=rows[-1].day,
                basis="shown",
            )


def given_by_another(case: Case, shares: Decimal) -> bool:
    """Whether another lettered class lost as many on the same report, by rows or without one."""
    return any(
        shares in (-sum((e.delta for e in here), ZERO), -sum((e.residual for e in here), ZERO))
        for other in _other_letters(case)
        if (here := _here(case, other))
    )


def _other_letters(case: Case) -> Iterator[Position]:
    """The owner's holdings of other lettered classes that are held in the same way, in either table."""
    mine = designators(case.position.tokens)
    for other in case.holdings if mine else ():
        theirs = designators(other.tokens)
        if theirs and theirs != mine and one_holder(other, case.position):
            yield other


def _here(case: Case, position: Position) -> list[Posting]:
    """A holding's lines on the report that a line stands in."""
    return [e for e in position.entries if one_report(e.dossier, case.entry.dossier)]


def _says_converted(entry: Posting, letters: frozenset[str]) -> bool:
    """Whether a note on a line tells of a conversion, and names a class by its letter."""
    notes = (entry.dossier.text_of(note) for note in entry.line.notes)
    return any(letters <= class_tokens(text) and _CONVERTED.search(text) for text in notes)


_CONVERTED = pattern(r"\bconver(?:ted|sion)\b", re.IGNORECASE)


def _changes_told(case: Case) -> Iterator[ClassChange]:
    """The changes of classes that the notes of a line's report tell, those of the line first."""
    entry = case.entry
    beside = (e for p in case.holdings for e in p.entries if one_report(e.dossier, entry.dossier))
    forms = {e.dossier.stream: e.dossier for e in (entry, *beside)}
    lines = ((entry.dossier, entry.line), *((d, line) for d in forms.values() for line in d.lines))
    cited = {(d.stream, note): d for d, line in lines for note in line.notes}
    for (_, note), dossier in cited.items():
        yield from class_changes(dossier, note)


def _came(case: Case, other: Position, change: ClassChange) -> Iterator[Candidate]:
    """What came of all that another class had, as its last line or its line of nothing tells."""
    entry, last, had = case.entry, other.entries[-1], other.balance
    gone = next((e for e in other.entries if one_report(e.dossier, entry.dossier)), None)
    if gone is not None:
        had = None if gone.claim else -gone.residual
    elif last.dossier.known.at >= entry.dossier.known.at:
        return
    if not had or had < 0:
        return
    due = had * change.many
    yield Candidate(
        shares=due // 1,
        cost=costs.FORM_CHANGE_NOTED,
        kind="change-of-form",
        code="EXPL_FORM_CHANGE",
        source=reference(gone or last),
        text=_told(other, change, had, due),
        group=f"class:{other.number}",
        effective_from=change.on,
        effective_to=change.on,
        sibling=gone or last,
        empties=gone is None,
        basis="stated",
    )


def _went(case: Case, other: Position, change: ClassChange) -> Iterator[Candidate]:
    """That all of a class became another, whose total on the same form has it."""
    had = -case.entry.residual
    for entry in other.entries:
        if (
            one_report(entry.dossier, case.entry.dossier)
            and entry.residual == had * change.many // 1
        ):
            yield Candidate(
                shares=case.entry.residual,
                cost=costs.FORM_CHANGE_NOTED,
                kind="change-of-form",
                code="EXPL_FORM_CHANGE",
                source=reference(entry),
                text=f"became {grouped(entry.residual)} of “{other.security}”",
                group=f"class:{other.number}",
                effective_from=change.on,
                effective_to=change.on,
                sibling=entry,
                basis="stated",
            )


def _told(other: Position, change: ClassChange, had: Decimal, due: Decimal) -> str:
    """What became of the other class, in words; a fraction of a share is as a rule paid in cash."""
    words = f"the {grouped(had)} of “{other.security}”, which became this class"
    if change.many != 1:
        words += f" at {grouped(change.many)} for each"
    return words + (f", {grouped(due % 1)} of a share left out" if due % 1 else "")
