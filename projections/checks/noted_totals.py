"""Totals that their own notes give otherwise: one of the two was not brought up to date.

Whatever came before: a total that follows may be the very one that nobody brought up to date. A
number that another column of the form has, or that was there before its rows, may be told of
that; and what the notes of a line say moved may have come after the day that a note is of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ledger.addresses import note_ref
from ledger.footnotes.held_as_of import Held, held_as_of
from ledger.statements import SENSES
from ledger.types import grouped
from projections.checks.check import Check, asked_of
from projections.filings.marks import notes_on_total
from projections.filings.records import ZERO, Dossier, Line, Stated
from projections.findings.finding import Finding, about
from projections.identity.vehicles import names_a_sort, sorts_of, vehicle_key
from projections.issuer import Folded


@asked_of("citing rows")
def noted_totals(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A total of another number of shares than a note on it says are held.

    Where the total breaks as well, and nothing explains that, the break is told already.
    """
    lines = folded.lines_of(dossier)
    for line in lines:
        told = _told_otherwise(dossier, line, lines)
        if told is None or _is_accused(line, folded):
            continue
        note, held = told
        words = (
            f"{grouped(line.shares_after or ZERO)}, and by its own note {grouped(held.shares)} are "
            f"{'in it' if held.least else 'held'}: one of the two is out of date, or wrong"
        )
        refs = (f"{dossier.id}#{note_ref(note, 1, 1)}",)
        yield about(dossier, line, "COLUMN_NOTE_CONFLICT", words, evidence=refs)


def _told_otherwise(dossier: Dossier, line: Line, lines: Sequence[Line]) -> tuple[str, Held] | None:
    """The note on a line's total that gives another number of shares, and that number."""
    if not line.shares_after or _moved(dossier, line):
        return None
    numbers: set[Decimal] | None = None
    for note in dict.fromkeys(notes_on_total(dossier, line)):
        text = dossier.text_of(note)
        held = held_as_of(text)
        if held is None or _of_another(line, text):
            continue
        numbers = _numbers(lines) if numbers is None else numbers
        told = any(abs(held.shares - number) < 1 for number in numbers)
        if not told and not (held.least and line.shares_after > held.shares):
            return note, held
    return None


@asked_of("first totals")
def left_out_before(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A holding listed for the first time, of which its note says that another number was left out."""
    for position in folded.opened_by.get(dossier.stream, ()):
        line = position.entries[0].line
        total = line.shares_after if line.holding else None
        told = _set_right(dossier, line) if total else None
        if not total or told is None or told.shares is None or told.shares == total:
            continue
        text = dossier.text_of(told.note)
        part = _IN_IT.match(text) or _BY_SO_MANY.search(dossier.quote(told))
        if _of_another(line, text) or (part and total > told.shares):
            continue
        words = f"{grouped(total)}, and by its own note {grouped(told.shares)} were left out before"
        refs = (f"{dossier.id}#{told.ref}",)
        yield about(dossier, line, "COLUMN_NOTE_CONFLICT", words, evidence=refs)


_BY_SO_MANY = re.compile(r"\b(?:increas|understat|adjust|rais)", re.IGNORECASE)
"""By so many a number was too low: the total has more."""
_IN_IT = re.compile(r"\W*(?:the\s+total\s+)?includ", re.IGNORECASE)


def _set_right(dossier: Dossier, line: Line) -> Stated | None:
    """The one thing that the notes on a total say, where it is what an earlier report left out."""
    cited = notes_on_total(dossier, line)
    told = [s for s in dossier.statements if s.note in cited]
    one = told[0] if len(told) == 1 else None
    return one if one and SENSES[one.kind].corrects and one.direction == "acquired" else None


def _numbers(lines: Sequence[Line]) -> set[Decimal]:
    """The numbers that a form has, with what there was before a row, or all rows of a holding."""
    found = {n for ln in lines for n in (ln.total, ln.shares, ln.underlying_shares) if n}
    moved: dict[tuple[object, ...], Decimal] = {}
    for line in lines:
        key = (line.table, line.security, line.ownership, line.nature)
        moved[key] = moved.get(key, ZERO) + line.movement
    for line in lines:
        if line.total is not None:
            key = (line.table, line.security, line.ownership, line.nature)
            found |= {line.total - line.movement, line.total - moved[key]}
    return found | {sum((ln.total or ZERO for ln in lines if ln.table == "I"), ZERO)}


def _moved(dossier: Dossier, line: Line) -> bool:
    """Whether the notes of a line say that something came or went beside its row, or was split."""
    return any(
        said.note in line.notes and (said.kind == "split" or SENSES[said.kind].moves)
        for said in dossier.statements
    )


def _of_another(line: Line, text: str) -> bool:
    """Whether a note names a sort of holding that its line is not of."""
    if line.ownership != "indirect":
        return names_a_sort(text)
    own, told = sorts_of(vehicle_key(line.nature)), sorts_of(vehicle_key(text))
    return bool(own and told) and not any(sort in own for sort in told)


def _is_accused(line: Line, folded: Folded) -> bool:
    entry = folded.entry_of.get(id(line))
    return (
        entry is not None
        and bool(entry.residual)
        and folded.rulings.on(entry).verdict not in ("explained", "ambiguous")
    )


CHECKS: tuple[Check, ...] = (noted_totals, left_out_before)
