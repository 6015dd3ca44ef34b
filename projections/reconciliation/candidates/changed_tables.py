"""Units that a filer lists in the other table than before, without a row: told by a note.

Units that settle in stock one for one may stand among the shares of Table I or as derivatives in
Table II, and a filer may go over from one to the other. A total of stock falls or rises by just
the units that the other table begins with, or had.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ledger.figures import figures_in
from ledger.types import grouped
from projections.filings.marks import notes_on_total
from projections.filings.parts import one_report
from projections.filings.records import ZERO
from projections.positions.entries import Posting, reference
from projections.positions.position import Position
from projections.reconciliation import costs
from projections.reconciliation.candidates.plan_lines import listed_apart
from projections.reconciliation.case import Candidate, Case

_TABLE = re.compile(r"\btables?\s+(?:II?|[12])\b|\bderivative\s+(?:securit|table)", re.IGNORECASE)


def changed_table(case: Case) -> Iterator[Candidate]:
    """All units of a holding in Table II that begins as a total of stock falls, or ends as it rises.

    So may a plan's part of the total begin a line of its own.
    """
    yield from listed_apart(case)
    gap, entry = case.entry.residual, case.entry
    if case.position.table != "I" or entry.returned is not None or not gap:
        return
    for other in case.holdings:
        if not _units_of(other, case.position):
            continue
        if gap < 0 and (put_off := _put_off(other, entry, -gap)):
            yield put_off
        line = _begun(other, entry) if gap < 0 else _last(other, entry)
        held = other.entries[0].balance if gap < 0 else other.balance
        told = _told(entry, line) if line is not None and held == abs(gap) else None
        if line is not None and held == gap and not told:
            told = _counted_in(entry, gap)
        if line is not None and told:
            yield Candidate(
                shares=gap,
                cost=costs.FORM_CHANGE_NOTED,
                kind="change-of-form",
                code="EXPL_SCOPE_CHANGE",
                source=reference(line),
                text=f"{grouped(abs(gap))} {'left' if gap > 0 else 'entered'} “{other.security}” in Table II; {told}",
                group=f"table:{other.number}",
                effective_from=entry.day,
                effective_to=entry.day,
                sibling=line,
                empties=gap > 0,
                basis="stated",
            )


_DEFERRED = re.compile(r"\bdefer", re.IGNORECASE)


def _put_off(other: Position, entry: Posting, shares: Decimal) -> Candidate | None:
    """That shares became units which rows of the form award: a note on the total tells that they were deferred."""
    rows = [e for e in other.entries if one_report(e.dossier, entry.dossier) and e.delta > 0]
    note = next((n for n in entry.line.notes if _DEFERRED.search(entry.dossier.text_of(n))), None)
    if note is None or sum((e.delta for e in rows), ZERO) != shares:
        return None
    return Candidate(
        shares=-shares,
        cost=costs.FORM_CHANGE_NOTED,
        kind="change-of-form",
        code="EXPL_SCOPE_CHANGE",
        source=reference(rows[0]),
        text=f"{grouped(shares)} entered “{other.security}” in Table II; {entry.dossier.text_of(note)}",
        group=f"table:{other.number}",
        effective_from=rows[0].day,
        effective_to=rows[-1].day,
        basis="stated",
    )


_INCLUDED = re.compile(
    r"\binclud(?:es?|ing)\b(?P<what>[^.;]{0,80}?)\b(?:restricted\s+(?:stock|share)\s+units?|RSUs?|(?:deferred|stock|share)\s+units?)\b"
    r"(?!\s+(?:that|which)\s+(?:have\s+)?vested)",
    re.IGNORECASE,
)


def _counted_in(entry: Posting, units: Decimal) -> str | None:
    """What a note on a total says of units that it counts: just as many, or without a number.

    Units that vested are stock, and have a row.
    """
    for note in notes_on_total(entry.dossier, entry.line):
        text = entry.dossier.text_of(note)
        found = _INCLUDED.search(text)
        if found is None or re.search(r"\bvest(?:ed|ing\s+of)\b", found["what"]):
            continue
        if figures_in(found["what"]) <= {units}:
            return text
    return None


def _units_of(other: Position, stock: Position) -> bool:
    """Whether a holding is of units in Table II that the holder of some stock has."""
    alike = (other.owners, other.form, other.vehicle) == (stock.owners, stock.form, stock.vehicle)
    return alike and other.table == "II" and other.kind == "rsu" and bool(other.entries)


def _begun(other: Position, entry: Posting) -> Posting | None:
    """The line with which a holding begins in the form of a total, where it says what is held."""
    first = other.entries[0]
    return first if one_report(first.dossier, entry.dossier) and first.line.holding else None


def _last(other: Position, entry: Posting) -> Posting | None:
    """The last line of a holding, where no form lists it from that of a total on."""
    last = other.entries[-1]
    return last if last.dossier.known.at < entry.dossier.known.at and last.balance != ZERO else None


def _told(entry: Posting, line: Posting) -> str | None:
    """What a note on either line says of a table."""
    lines = [entry, line] if one_report(line.dossier, entry.dossier) else [entry]
    texts = (one.dossier.text_of(note) for one in lines for note in one.line.notes)
    return next((text for text in texts if _TABLE.search(text)), None)
