"""Reports that can be read in two ways, and notes whose numbers nothing needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal

from ledger.codes import CODES
from ledger.statements import SENSES
from ledger.types import grouped
from projections.filings.records import Dossier, Line, Stated
from projections.findings.finding import Explanation, Finding, about
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


def unused_notes(folded: Folded) -> Iterator[Finding]:
    """A movement that a note on a total states, and that the total follows without.

    Nothing is said of amounts that stand in a row, that explained a total of these
    owners elsewhere, or that belong before the first report.
    """
    cited: dict[str, list[tuple[Position, Posting]]] = defaultdict(list)
    for position in folded.book.positions:
        for entry in position.entries:
            if entry.line.cited:
                cited[entry.dossier.stream].append((position, entry))
    used = _used(folded)
    said_before: set[object] = set()
    for dossier in folded.dossiers:
        for said in dossier.statements if dossier.stream in cited else ():
            sense = SENSES[said.kind]
            if not (sense.moves or sense.corrects) or not said.shares:
                continue
            if dossier.amends and sense.corrects:
                continue
            scope = folded.people.scope(dossier)
            fact = (scope, said.shares)
            line = _followed_without(said, cited[dossier.stream])
            if line is None or fact in said_before or fact in used:
                continue
            if said.group_total and (scope, said.group_total) in used:
                continue
            said_before.add(fact)
            words = f"a note states {grouped(said.shares)} shares ({said.kind.replace('-', ' ')}); the total follows without them"
            ref = f"{dossier.id}#{said.ref}"
            yield about(dossier, line, "FOOTNOTE_UNUSED", words, evidence=(ref,))


def _followed_without(said: Stated, cited: list[tuple[Position, Posting]]) -> Line | None:
    """The first line that cites a note, where all of them follow from what came before."""
    entries = [e for _, e in cited if said.note in e.line.notes]
    agreed = all(e.follows and e.repeats is None for e in entries)
    return entries[0].line if entries and agreed else None


def _used(folded: Folded) -> set[tuple[str, Decimal]]:
    """By group of owners, every amount that a row moves or that explains a total."""
    amounts: set[tuple[str, Decimal]] = set()
    notes: set[str] = set()
    for position in folded.book.positions:
        for entry in position.entries:
            amounts.add((position.scope, abs(entry.delta)))
            told = folded.rulings.on(entry).explanation
            if isinstance(told, Explanation):
                amounts.update((position.scope, abs(t.shares)) for t in told.terms)
                notes.update(source for t in told.terms for source in t.source.split(", "))
    for dossier in folded.dossiers:
        amounts.update(_stated(dossier, notes, folded.people.scope(dossier)))
    return amounts


def _stated(dossier: Dossier, notes: set[str], scope: str) -> Iterator[tuple[str, Decimal]]:
    for said in dossier.statements:
        if said.shares and f"{dossier.id}#{said.ref}" in notes:
            yield scope, said.shares


DOUBTS: tuple[Callable[[Folded], Iterator[Finding]], ...] = (
    undecided_conventions,
    unused_notes,
)
