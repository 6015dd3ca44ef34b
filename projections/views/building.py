"""Writing the read model: issuers with something new are indexed, judged and stored.

What asks only for what is stored loads none of this.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from typing import Any

from ledger import Ledger
from ledger.processes import Jobs, Labour
from projections.views import digests, index
from projections.views.digests import Directory, HeldRow, IssuerRow, Part, PersonRow
from projections.views.export import Built, FindingRow
from projections.views.readmodel import streams_of
from projections.views.shared import SCHEMA as SHARED
from projections.views.shared import TABLE, Shared
from projections.views.workers import Fold, chunks, folding

_SCHEMA = """
CREATE TABLE IF NOT EXISTS view_persons (
    issuer TEXT NOT NULL, person TEXT NOT NULL, name TEXT, name_key TEXT NOT NULL,
    filings INTEGER NOT NULL, positions INTEGER NOT NULL, last TEXT NOT NULL,
    findings TEXT NOT NULL, PRIMARY KEY (issuer, person));
CREATE TABLE IF NOT EXISTS view_issuers (
    issuer TEXT PRIMARY KEY, cik TEXT, name TEXT, symbol TEXT, filings INTEGER NOT NULL,
    positions INTEGER NOT NULL, totals TEXT NOT NULL, digest TEXT NOT NULL,
    keys TEXT NOT NULL, kin TEXT NOT NULL, counts TEXT NOT NULL,
    last TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS view_findings (
    id TEXT NOT NULL, issuer TEXT NOT NULL, kind TEXT NOT NULL, severity TEXT NOT NULL,
    persons TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS view_totals (
    issuer TEXT NOT NULL, owners TEXT NOT NULL, totals TEXT NOT NULL,
    PRIMARY KEY (issuer, owners));
CREATE TABLE IF NOT EXISTS view_holdings (
    issuer TEXT NOT NULL, place INTEGER NOT NULL, what TEXT NOT NULL, owners TEXT NOT NULL,
    first TEXT NOT NULL, last TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (issuer, place));
CREATE INDEX IF NOT EXISTS view_persons_key ON view_persons (name_key);
CREATE INDEX IF NOT EXISTS view_findings_id ON view_findings (id);
CREATE INDEX IF NOT EXISTS view_findings_issuer ON view_findings (issuer);
CREATE INDEX IF NOT EXISTS view_findings_grave ON view_findings (severity, issuer, id)
""".strip().split(";")
_JUDGED = ("view_persons", "view_issuers", "view_findings", "view_totals", "view_holdings")
_OF_AN_ISSUER = (*_JUDGED, "view_parts")
_TABLES = (*index.TABLES, TABLE, *_JUDGED, *digests.TABLES)

_log = logging.getLogger("projections")


def build(ledger: Ledger, transaction: Any, labour: Labour, *, asked: bool = False) -> None:
    """Drop the tables and judge every issuer from the first event on, because somebody `asked` or not."""
    for table in _TABLES:
        transaction.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in (*index.SCHEMA, SHARED, *_SCHEMA, *digests.SCHEMA):
        transaction.execute(statement)
    transaction.rewind()
    if head := update(ledger, transaction, None, labour, asked=asked):
        transaction.advance(head)


class _Guard:
    """Checks what issuers have in the read model before it is changed, each once."""

    def __init__(self, transaction: Any, before: Directory | None) -> None:
        self._execute = transaction.execute
        self._parts = dict(before.parts) if before else {}

    def __call__(self, issuers: Iterable[str]) -> None:
        for issuer in issuers:
            part = self._parts.pop(issuer, None)
            if part is not None and digests.part_of(self._execute, issuer) != part:
                raise digests.altered(f"issuer {issuer}")


EVENTS, _FILINGS = 20_000, 4_000
"""Events to read, or filings to judge, that take a second or more: somebody may watch, and help."""


def update(
    ledger: Ledger,
    transaction: Any,
    before: Directory | None,
    labour: Labour,
    *,
    asked: bool = False,
) -> int:
    """Bring the tables from where they stood to the head of the log; its position.

    A few new filings about large companies are as much to judge as many: who watches is told of
    either, and of anything that is `asked` for.
    """
    guard = _Guard(transaction, before)
    shared = Shared(transaction.execute, before.shared if before else None)
    kin_of = partial(index.kin_of, transaction.execute, guard=guard, shared=shared)
    after = before.position if before else 0
    alone, many = Labour(), asked or ledger.sealed() - after >= EVENTS
    with ExitStack() as working:
        if many:  # so that processes start while this one reads
            fold = working.enter_context(_folding(ledger, labour.jobs))
        with (labour if many else alone).watched("Reading what is new") as progress:
            indexed = index.index(ledger, transaction, after, guard, shared, progress=progress)
        touched = indexed.touched | index.settle_names(transaction, indexed.touched, guard, shared)
        touched |= {o for others in kin_of(touched).values() for o in others}
        guard(touched)
        issuers = sorted(touched)
        _log.info("%s: issuers with new filings, judged now: %d", ledger.name, len(issuers))
        kin = kin_of(issuers)
        _require_kin(before, kin, issuers)
        guard({other for others in kin.values() for other in others})
        rows = dict(before.issuers) if before else {}
        parts = dict(before.parts) if before else {}
        if not many and sum(rows[i].filings for i in issuers if i in rows) < _FILINGS:
            labour = alone
        if not many:
            fold = working.enter_context(_folding(ledger, labour.jobs))
        work = chunks(issuers, kin, lambda i: streams_of(transaction.execute, i), indexed.head)
        with labour.watched("Judging what is new") as progress:
            for done, built in enumerate(fold(work), start=1):
                rows.pop(built.row.issuer, None)
                if _counts(built):
                    rows[built.row.issuer] = built.row
                parts[built.row.issuer] = _store(transaction, built)
                if progress:
                    progress(done, len(issuers))
    topics = Counter(before.topics if before else {}) + indexed.topics
    seal = ledger.seal_at(indexed.head)
    written = Directory(
        indexed.head, dict(topics), shared.settle(), root="", issuers=rows, parts=parts
    )
    digests.seal_root(transaction.execute, written, seal)
    return indexed.head


def _require_kin(
    before: Directory | None, kin: Mapping[str, Sequence[str]], issuers: Iterable[str]
) -> None:
    """Make sure that kin which issuers had are found again: what they share is never taken back.

    What other issuers are called is covered by digests of theirs, which nothing reads here.
    """
    for issuer in issuers:
        row = before.issuers.get(issuer) if before else None
        if row and not set(json.loads(row.kin)) <= set(kin.get(issuer, ())):
            raise digests.altered(f"what issuer {issuer} shares with others")


def _folding(ledger: Ledger, jobs: Jobs) -> AbstractContextManager[Fold]:
    if isinstance(jobs, int):
        return folding(ledger, jobs)
    from projections.views import cluster  # noqa: PLC0415  (which few have)

    return cluster.folding(ledger, jobs)


def _counts(built: Built) -> bool:
    """Whether an issuer has a row of its own."""
    return bool(built.row.filings or built.persons)


def _store(transaction: Any, built: Built) -> Part:
    """Write what was judged of an issuer in place of what stood there; the digests of all it has."""
    issuer = built.row.issuer
    for table in _OF_AN_ISSUER:
        transaction.execute(f"DELETE FROM {table} WHERE issuer = ?", (issuer,))  # noqa: S608
    if _counts(built):
        transaction.execute(
            f"INSERT INTO view_issuers ({', '.join(IssuerRow._fields)}) "  # noqa: S608 - our own names
            f"VALUES ({', '.join('?' * len(built.row))})",
            built.row,
        )
        transaction.executemany(
            f"INSERT INTO view_persons ({', '.join(PersonRow._fields)}) "  # noqa: S608 - our own names
            f"VALUES ({', '.join('?' * len(PersonRow._fields))})",
            built.persons,
        )
        transaction.executemany(
            f"INSERT INTO view_findings (issuer, {', '.join(FindingRow._fields)}) "  # noqa: S608
            "VALUES (?, ?, ?, ?, ?, ?)",
            [(issuer, *found) for found in built.findings],
        )
        transaction.executemany(
            "INSERT INTO view_totals (issuer, owners, totals) VALUES (?, ?, ?)",
            [(issuer, *totals) for totals in built.totals],
        )
        transaction.executemany(
            f"INSERT INTO view_holdings ({', '.join(HeldRow._fields)}) "  # noqa: S608 - our own names
            f"VALUES ({', '.join('?' * len(HeldRow._fields))})",
            built.held,
        )
    part: Part = digests.part_of(transaction.execute, issuer)
    transaction.execute(
        f"INSERT INTO view_parts VALUES (?, {', '.join('?' * len(part))})",  # noqa: S608
        (issuer, *part),
    )
    return part
