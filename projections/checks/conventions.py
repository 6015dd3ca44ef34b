"""Reports that can be read in two ways, and columns that are used in another than the form's."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.codes import CODES
from ledger.types import grouped
from projections.checks.check import Check, Doubt, asked_of
from projections.filings.records import ZERO, Dossier
from projections.findings.finding import Finding, about
from projections.issuer import Folded
from projections.positions.conventions import readings
from projections.positions.entries import Posting
from projections.positions.position import Position

_MOST_ROWS = 30
"""How many rows one table can have (EDGAR Ownership XML Technical Specification)."""


def undecided_conventions(folded: Folded) -> Iterator[Finding]:
    """A first report whose rows can be read in two orders that leave different balances.

    What a position held before decides it, and so does a later total that follows. Of
    shares that came and went where none were before, or came by exercise on the day they
    went, the coming stands first.
    """
    for position in folded.book.positions:
        first = position.entries[0]
        own = [entry for entry in position.entries[:_MOST_ROWS] if entry.dossier is first.dossier]
        if len(own) < 2 or not position.opened or confirmed(position, own[-1]):
            continue
        rows = sorted(own, key=lambda e: e.line.line)
        if _exercised_to_sell(rows):
            continue
        fitting = [r for r in readings(rows, None) if not r.broken]
        ours = own[-1].balance
        other = next((r for r in fitting if r.closing != fitting[0].closing), None)
        if other is not None and other.closing is not None and ours is not None:
            words = f"read in another order ({other.convention}) the rows leave {grouped(other.closing)}, not {grouped(ours)}"
            yield about(first.dossier, own[-1].line, "CONVENTION_AMBIGUOUS", words)


def _exercised_to_sell(rows: list[Posting]) -> bool:
    """Whether the first row is an exercise or conversion, and the others the same day's use of it."""
    code = CODES.get(rows[0].line.code or "")
    return code is not None and code.pairs and rows[0].delta > 0 and len({e.day for e in rows}) == 1


def confirmed(position: Position, entry: Posting) -> bool:
    """Whether a later total builds on an entry."""
    at = position.entries.index(entry)
    return any(e.follows for e in position.entries[at + 1 :])


@asked_of("form 5")
def year_end_columns(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A Form 5 whose year-end column holds the running totals of several rows."""
    if dossier.base_form != "5":
        return
    for position in folded.totalled_by.get(dossier.stream, ()):
        entries = [
            e
            for e in position.entries
            if e.dossier is dossier and not e.line.holding and e.claim is not None
        ]
        if any(folded.rulings.on(e).verdict == "unexplained" for e in entries):
            continue  # what its totals are is another finding
        if len({e.claim for e in entries}) > 1:
            line = entries[0].line
            yield about(
                dossier,
                line,
                "FY_COLUMN_MISUSE",
                f"the year-end column shows {grouped(line.shares_after or ZERO)} on this line and "
                f"{grouped(entries[-1].claim or ZERO)} on the last: running totals",
            )


CHECKS: tuple[Check, ...] = (year_end_columns,)
DOUBTS: tuple[Doubt, ...] = (undecided_conventions,)
