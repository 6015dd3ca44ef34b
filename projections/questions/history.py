"""Every entry of a position, with our running balance beside the filer's totals."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger import Ledger
from ledger.codes import CODES
from projections.answers import History, HistoryEntry, PositionHistory
from projections.filings.records import ZERO
from projections.findings.finding import Term
from projections.judgement import Judged, issuer_of
from projections.positions.balances import running, terms_of
from projections.positions.entries import Entry
from projections.positions.position import Position
from projections.questions.holdings import findings_on, position_name, whose
from projections.questions.subject import Moment, judged_issuers, moment_of, subject


def history(
    ledger: Ledger, *, person: str | None = None, issuer: str | None = None, known_at: Moment = None
) -> History:
    """The timelines of a person's or an issuer's positions, oldest entry first.

    Raises:
        UnknownReference, AmbiguousReference: The name answers to none, or to several.
    """
    moment, shown = moment_of(known_at)
    asked = subject(ledger, person=person, issuer=issuer)
    found = [
        _history(judged, position, asked.persons)
        for judged in judged_issuers(ledger, asked, known_at=moment)
        for position in judged.folded.book.positions
        if asked.persons is None or position.owners & asked.persons
    ]
    return History(shown, tuple(found))


def _history(judged: Judged, position: Position, persons: frozenset[str] | None) -> PositionHistory:
    person, owners = whose(judged, position, persons)
    named: dict[tuple[str, str], list[str]] = {}
    for finding in findings_on(judged, position):
        named.setdefault((finding.filing, finding.row or ""), []).append(finding.id)
    entries = [
        told
        for entry, level in running(position)
        for told in _told(entry, level, tuple(named.get((entry.dossier.id, entry.line.ref), ())))
    ]
    strike, expiry = position.series
    return PositionHistory(
        person,
        issuer_of(position.entries[-1].dossier),
        position.table,
        position.security,
        position.form,
        position.nature,
        strike,
        expiry,
        owners,
        position_name(position),
        position.opened,
        tuple(entries),
    )


def _told(entry: Entry, level: Decimal | None, findings: tuple[str, ...]) -> Iterator[HistoryEntry]:
    """An entry, after the movements that explain it."""
    moved = ZERO if entry.balance is None or level is None else level - entry.balance
    balance = None if entry.prior is None else entry.prior + moved
    for term in terms_of(entry):
        balance = None if balance is None else balance + term.shares
        yield _term(term, balance)
    line = entry.line
    yield HistoryEntry(
        entry.day,
        entry.day,
        entry.dossier.id,
        line.ref,
        event_name(entry),
        line.shares,
        line.direction,
        level,
        entry.claim,
        entry.expected,
        entry.residual if entry.expected is not None and entry.claim is not None else None,
        entry.verdict,
        line.notes,
        findings,
    )


def _term(term: Term, balance: Decimal | None) -> HistoryEntry:
    filing, _, row = term.source.split(",")[0].partition("#")
    return HistoryEntry(
        term.effective_from,
        term.effective_to,
        filing,
        row or None,
        term.kind,
        abs(term.shares),
        "acquired" if term.shares > 0 else "disposed",
        balance,
        None,
        None,
        None,
        None,
    )


def event_name(entry: Entry) -> str:
    """The kind of event a line is, as the log names it."""
    if entry.line.holding:
        return "holding"
    code = CODES.get(entry.line.code or "")
    return code.topic if code else "uncoded"
