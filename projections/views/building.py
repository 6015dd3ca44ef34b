"""Writing the read model: what is new is indexed, and issuers with something new are judged and stored.

What asks only for what is stored loads none of this.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager, ExitStack
from typing import Any

from ledger import Ledger
from ledger.processes import Jobs, Labour
from projections.views import digests, index, waiting
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
    persons TEXT NOT NULL, body BYTEA NOT NULL);
CREATE TABLE IF NOT EXISTS view_totals (
    issuer TEXT NOT NULL, owners TEXT NOT NULL, totals TEXT NOT NULL,
    PRIMARY KEY (issuer, owners));
CREATE TABLE IF NOT EXISTS view_holdings (
    issuer TEXT NOT NULL, place INTEGER NOT NULL, what TEXT NOT NULL, owners TEXT NOT NULL,
    first TEXT NOT NULL, last TEXT NOT NULL, body BYTEA NOT NULL, PRIMARY KEY (issuer, place));
CREATE INDEX IF NOT EXISTS view_persons_key ON view_persons (name_key);
CREATE INDEX IF NOT EXISTS view_findings_id ON view_findings (id);
CREATE INDEX IF NOT EXISTS view_findings_issuer ON view_findings (issuer)
""".strip().split(";")
_JUDGED = ("view_persons", "view_issuers", "view_findings", "view_totals", "view_holdings")
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
    """Checks what issuers have in the read model before it is changed, rows of some kinds, each once."""

    def __init__(self, transaction: Any, before: Directory | None, kinds: Sequence[str]) -> None:
        self._execute, self._kinds = transaction.execute, kinds
        self._parts = dict(before.parts) if before else {}
        self._rows = before.issuers if before else {}

    def __call__(self, issuers: Iterable[str]) -> None:
        wanted = {issuer: self._parts.pop(issuer) for issuer in {*issuers} & self._parts.keys()}
        for some in digests.in_turn(wanted, self._rows):
            for kind in self._kinds:
                found = digests.digests_of(self._execute, some, kind)
                for issuer in some:
                    if found[issuer] != getattr(wanted[issuer], kind):
                        raise digests.altered(f"issuer {issuer}")


class _Writing:
    """The read model while rows of some `kinds` are written: its directory as it was, and as it becomes."""

    def __init__(
        self,
        ledger: Ledger,
        transaction: Any,
        before: Directory | None,
        kinds: Sequence[str] = Part._fields,
    ) -> None:
        self.ledger, self.transaction, self.before = ledger, transaction, before
        self.guard = _Guard(transaction, before, kinds)
        self.shared = Shared(transaction.execute, before.shared if before else None)
        self.position = before.position if before else 0
        self.topics = Counter(before.topics if before else {})
        self.rows = dict(before.issuers) if before else {}
        self.parts = dict(before.parts) if before else {}
        self.waiting = dict(before.waiting) if before else {}

    def behind(self) -> int:
        """How many events the log has that are not read yet."""
        return self.ledger.sealed() - self.position

    def kin_of(self, issuers: Iterable[str]) -> dict[str, list[str]]:
        """The kin of some issuers, by the index, checked."""
        return index.kin_of(self.transaction.execute, issuers, self.guard, self.shared)

    def filings(self, issuers: Iterable[str]) -> int:
        """How many filings the index has of some issuers."""
        found = 0
        for some in digests.in_turn(issuers, self.rows):
            holes = ",".join("?" * len(some))
            sql = f"SELECT count(*) FROM view_filings WHERE issuer IN ({holes})"  # noqa: S608 - holes are question marks
            ((count,),) = self.transaction.execute(sql, tuple(some))
            found += count
        return found

    def seal(self) -> int:
        """Write the root over all of it; the position it stands at."""
        own = self.position, dict(self.topics), self.shared.settle(), ""
        written = Directory(*own, self.rows, self.parts, self.waiting)
        digests.seal_root(self.transaction.execute, written, self.ledger.seal_at(self.position))
        return self.position


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
    """Bring the tables from where they stood to the head of the log, and let nobody wait; its position.

    A few new filings about large companies are as much to judge as many: who watches is told of
    either, and of anything that is `asked` for.
    """
    writing = _Writing(ledger, transaction, before)
    many = asked or writing.behind() >= EVENTS
    with ExitStack() as working:
        if many:  # so that processes start while this one reads
            fold = working.enter_context(_folding(ledger, labour.jobs))
        touched = _read(writing, labour if many else Labour())
        issuers = sorted(touched | writing.waiting.keys())
        if not many:
            labour = labour if writing.filings(issuers) >= _FILINGS else Labour()
            fold = working.enter_context(_folding(ledger, labour.jobs))
        _judge(writing, issuers, fold, labour)
    return writing.seal()


def take_in(ledger: Ledger, transaction: Any, before: Directory, labour: Labour) -> int:
    """Index what the log has behind where the tables stood; its position. Whom it touches waits."""
    writing = _Writing(ledger, transaction, before, index.KINDS)
    touched = _read(writing, labour if writing.behind() >= EVENTS else Labour())
    execute = transaction.execute
    for some in digests.in_turn(touched, writing.rows):
        found = {kind: digests.digests_of(execute, some, kind) for kind in index.KINDS}
        for issuer in some:
            if issuer in writing.parts:
                fresh = {kind: found[kind][issuer] for kind in index.KINDS}
                part = writing.parts[issuer]._replace(**fresh)
            else:
                part = digests.part_of(execute, issuer)
            writing.parts[issuer] = _stand(transaction, issuer, part)
    said = dict(waiting.said_of(execute, touched))
    writing.waiting |= said
    transaction.executemany(
        "INSERT INTO view_waiting (issuer, said) VALUES (?, ?) "
        "ON CONFLICT (issuer) DO UPDATE SET said = excluded.said",
        sorted(said.items()),
    )
    _log.info(
        "%s: issuers with new filings: %d, that wait: %d",
        *(ledger.name, len(touched), len(writing.waiting)),
    )
    return writing.seal()


def judge(
    ledger: Ledger,
    transaction: Any,
    before: Directory,
    asked: AbstractSet[str] | None,
    labour: Labour,
) -> None:
    """Judge those that wait of the issuers that are `asked` about, or all that wait."""
    writing = _Writing(ledger, transaction, before)
    issuers = sorted(before.waiting.keys() if asked is None else before.waiting.keys() & asked)
    if issuers:
        labour = labour if writing.filings(issuers) >= _FILINGS else Labour()
        with _folding(ledger, labour.jobs) as fold:
            _judge(writing, issuers, fold, labour)
        writing.seal()


def _read(writing: _Writing, labour: Labour) -> set[str]:
    """Index what is new; the issuers that are judged otherwise by it, each checked."""
    ledger, transaction, guard, shared = (
        *(writing.ledger, writing.transaction),
        *(writing.guard, writing.shared),
    )
    with labour.watched("Reading what is new") as progress:
        indexed = index.index(
            ledger, transaction, writing.position, guard, shared, progress=progress
        )
    touched = indexed.touched | index.settle_names(transaction, indexed.touched, guard, shared)
    touched |= {o for others in writing.kin_of(touched).values() for o in others}
    guard(touched)
    writing.position, writing.topics = indexed.head, writing.topics + indexed.topics
    return touched


def _judge(writing: _Writing, issuers: Sequence[str], fold: Fold, labour: Labour) -> None:
    """Judge some issuers by all that is indexed; none of them waits any longer."""
    transaction = writing.transaction
    writing.guard(issuers)
    kin = writing.kin_of(issuers)
    _require_kin(writing.before, kin, issuers)
    writing.guard({other for others in kin.values() for other in others})
    for issuer in writing.waiting.keys() & {*issuers}:
        del writing.waiting[issuer]
        transaction.execute("DELETE FROM view_waiting WHERE issuer = ?", (issuer,))
    _log.info(
        "%s: issuers with new filings, judged now: %d, that wait: %d",
        *(writing.ledger.name, len(issuers), len(writing.waiting)),
    )
    work = chunks(issuers, kin, lambda i: streams_of(transaction.execute, i), writing.position)
    with labour.watched("Judging what is new") as progress:
        for done, built in enumerate(fold(work), start=1):
            writing.rows.pop(built.row.issuer, None)
            if _counts(built):
                writing.rows[built.row.issuer] = built.row
            writing.parts[built.row.issuer] = _store(transaction, built)
            if progress:
                progress(done, len(issuers))


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
    for table in _JUDGED:
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
    return _stand(transaction, issuer, digests.part_of(transaction.execute, issuer))


def _stand(transaction: Any, issuer: str, part: Part) -> Part:
    """Write the digests of what an issuer has in place of those that stood there; the same."""
    transaction.execute(
        f"INSERT INTO view_parts (issuer, {', '.join(Part._fields)}) "  # noqa: S608 - our own names
        f"VALUES (?, {', '.join('?' * len(part))}) ON CONFLICT (issuer) DO UPDATE SET "
        f"{', '.join(f'{kind} = excluded.{kind}' for kind in Part._fields)}",
        (issuer, *part),
    )
    return part
