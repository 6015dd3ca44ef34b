"""The read model: an index of who and what, and each issuer's judgement, ready to show.

It lies beside the events, in the same database, and is written in one transaction with
the position of the log it stands at. New events name the issuers to fold again, new rules
all of them; dropping it and folding everything gives the same bytes. Nothing in it is a
fact, and nothing in it is believed unchecked.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from hashlib import sha256
from importlib.util import find_spec
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

import msgspec

from ledger import Ledger, MemoryView, View
from ledger.errors import IntegrityFailure, StoreUnwritable
from projections.answers import Totals
from projections.filings.decoding import dossiers
from projections.filings.records import Dossier
from projections.findings.finding import Finding
from projections.identity.names import person_key
from projections.views import digests, index
from projections.views.digests import Directory, IssuerRow, Part
from projections.views.export import Built, FindingRow
from projections.views.workers import Digests, chunks, folding

Progress = Callable[[int, int | None], None]
_Answer = TypeVar("_Answer")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS view_persons (
    issuer TEXT NOT NULL, person TEXT NOT NULL, name TEXT, name_key TEXT NOT NULL,
    PRIMARY KEY (issuer, person));
CREATE TABLE IF NOT EXISTS view_issuers (
    issuer TEXT PRIMARY KEY, cik TEXT, name TEXT, symbol TEXT, filings INTEGER NOT NULL,
    positions INTEGER NOT NULL, totals TEXT NOT NULL, digest TEXT NOT NULL,
    keys TEXT NOT NULL, kin TEXT NOT NULL, counts TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS view_findings (
    id TEXT NOT NULL, issuer TEXT NOT NULL, kind TEXT NOT NULL, severity TEXT NOT NULL,
    persons TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS view_totals (
    issuer TEXT NOT NULL, owners TEXT NOT NULL, totals TEXT NOT NULL,
    PRIMARY KEY (issuer, owners));
CREATE INDEX IF NOT EXISTS view_persons_key ON view_persons (name_key);
CREATE INDEX IF NOT EXISTS view_findings_id ON view_findings (id);
CREATE INDEX IF NOT EXISTS view_findings_issuer ON view_findings (issuer)
""".strip().split(";")
_TABLES = (
    *index.TABLES,
    *("view_persons", "view_issuers", "view_findings", "view_totals"),
    *digests.TABLES,
)
_AT_ONCE = 200
"""Issuers read together for an answer."""


def _pages(names: Iterable[str]) -> Iterator[list[str]]:
    wanted = iter(names)
    while some := list(islice(wanted, _AT_ONCE)):
        yield some


_log = logging.getLogger("projections")
_in_memory: WeakKeyDictionary[Ledger, MemoryView] = WeakKeyDictionary()
"""Read models of ledgers that cannot keep one."""


@cache
def _edition() -> str:
    """A fingerprint of the rules: what another version of them judged is judged again."""
    return fingerprint(*map(_folder, ("ledger", "projections")))


def _folder(package: str) -> Path:
    """Where the modules of a package lie, wherever this one does."""
    found = find_spec(package)
    assert found is not None
    assert found.submodule_search_locations
    return Path(found.submodule_search_locations[0])


def fingerprint(*packages: Path) -> str:
    """A short hash of every module below these folders, wherever in them it lies."""
    rules = sha256()
    for package in packages:
        for path in sorted(package.rglob("*.py")):
            rules.update(f"{path.relative_to(package).as_posix()}\0".encode())
            rules.update(path.read_bytes())
    return rules.hexdigest()[:12]


class Verdicts(NamedTuple):
    """What the judgement of some issuers found: how totals fare, and the findings."""

    totals: list[Totals]
    findings: list[Finding]


_finding = msgspec.json.Decoder(Finding).decode
_totals = msgspec.json.Decoder(Totals).decode


class ReadModel:
    """The read model at the head of the log, checked as it is read; made by `current`.

    Where another process brings it further while it is read, reading goes on from there.
    """

    def __init__(self, ledger: Ledger, view: View | MemoryView) -> None:
        self._ledger, self._view = ledger, view
        self._directory = self._read_directory()
        self._persons: list[tuple[str, str, str | None, str]] | None = None

    @property
    def issuers(self) -> dict[str, IssuerRow]:
        """Every issuer's own row, by its key."""
        return self._directory.issuers

    @property
    def topics(self) -> dict[str, int]:
        """How many events of each topic the log has."""
        return self._directory.topics

    def persons(self) -> list[tuple[str, str, str | None, str]]:
        """Everybody at every issuer: issuer, the person's key, the name, and the name's key."""
        if self._persons is None:
            self._persons = self._settled(self._read_persons)
        return self._persons

    def issuer_of(self, stream: str) -> str | None:
        """The issuer that a filing is about; None for a filing that is not here."""
        sql = "SELECT issuer FROM view_filings WHERE stream = ?"
        found = self._view.query(sql, (stream,))
        if not found:
            self.require_all()
        return found[0][0] if found else None

    def issuers_with(self, finding: str) -> frozenset[str]:
        """The issuers that have a finding whose id begins so."""
        found = self._view.query(
            "SELECT DISTINCT issuer FROM view_findings WHERE id >= ? AND id < ?",
            (finding, finding + "g"),
        )
        if not found:
            self.require_all()
        return frozenset(row[0] for row in found)

    def verdicts(
        self, issuers: Iterable[str] | None, persons: frozenset[str] | None
    ) -> Iterator[Verdicts]:
        """What the judgement of issuers found, as it is stored; nothing is judged again.

        The filings it rests on are checked, as they are where they are judged.

        Args:
            issuers: Those asked about; None for all.
            persons: Only what is about the filings, and the positions, of these; None for everybody.
        """
        asked = self.issuers.keys() if issuers is None else self.issuers.keys() & set(issuers)
        for some in _pages(sorted(asked)):
            yield self._settled(partial(self._verdicts, some, persons))

    def _verdicts(self, issuers: list[str], persons: frozenset[str] | None) -> Verdicts:
        self._require(issuers)

        def rows(columns: str) -> list[tuple[Any, ...]]:
            sql = f"SELECT {columns} WHERE issuer IN ({','.join('?' * len(issuers))})"
            return self._view.query(sql, tuple(issuers))

        def about(keys: str) -> bool:
            return persons is None or not persons.isdisjoint(json.loads(keys))

        streams = dict(rows("stream, digest FROM view_filings"))
        for _ in self._ledger.checked(streams, self._directory.position):
            pass
        return Verdicts(
            [_totals(t) for owners, t in rows("owners, totals FROM view_totals") if about(owners)],
            [_finding(f) for keys, f in rows("persons, body FROM view_findings") if about(keys)],
        )

    def _require(self, issuers: Sequence[str]) -> None:
        """Check what some issuers have in the read model."""
        found = digests.parts_of(self._view.query, issuers)
        for issuer in issuers:
            if found[issuer] != self._directory.parts.get(issuer):
                raise digests.altered(f"issuer {issuer}")

    def require_all(self) -> None:
        """Check everything, before it is said that something is not there."""

        def check() -> None:
            for some in _pages(self._directory.parts):
                self._require(some)

        self._settled(check)

    def filings_of(
        self, issuers: Iterable[str] | None
    ) -> Iterator[tuple[str, list[Dossier], list[list[Dossier]]]]:
        """Each issuer's filings, and those of its kin; of all issuers where none are named."""
        asked = self.issuers.keys() if issuers is None else self.issuers.keys() & set(issuers)
        for some in _pages(sorted(asked)):
            kin = {issuer: json.loads(self.issuers[issuer].kin) for issuer in some}
            concerned = sorted({*some, *(other for others in kin.values() for other in others)})
            grouped = self._settled(partial(self._dossiers, concerned))
            for issuer in some:
                if issuer in grouped:
                    yield issuer, grouped[issuer], [grouped[other] for other in kin[issuer]]

    def filings(self, streams: Iterable[str]) -> Iterator[Dossier]:
        """Filings by their streams, as far as they are here."""
        found: Digests = {}
        for some in _pages(sorted(set(streams))):
            holes = ",".join("?" * len(some))
            sql = f"SELECT stream, digest FROM view_filings WHERE stream IN ({holes})"  # noqa: S608 - holes are question marks
            found |= dict(self._view.query(sql, tuple(some)))
        return dossiers(self._ledger.checked(found, self._directory.position))

    def _dossiers(self, issuers: list[str]) -> dict[str, list[Dossier]]:
        self._require(issuers)
        home: dict[str, str] = {}
        known: Digests = {}
        for issuer in issuers:
            own = _streams_of(self._view.query, issuer)
            home |= dict.fromkeys(own, issuer)
            known |= own
        read = dossiers(self._ledger.checked(known, self._directory.position))
        found = sorted(read, key=lambda d: (home[d.stream], d.stream))
        return {k: list(own) for k, own in groupby(found, key=lambda d: home[d.stream])}

    def _read_persons(self) -> list[tuple[str, str, str | None, str]]:
        sql = "SELECT issuer, person, name, name_key FROM view_persons"
        rows = sorted(self._view.query(sql), key=lambda row: (str(row[0]), str(row[1])))
        there = {k: [row[1:] for row in own] for k, own in groupby(rows, key=itemgetter(0))}
        parts = self._directory.parts
        for issuer in {*there, *parts}:
            digest = digests.digest_of(there.get(issuer, []))
            if issuer not in parts or digest != parts[issuer].people:
                raise digests.altered(f"people of issuer {issuer}")
        return [(row[0], row[1], row[2], row[3]) for row in rows]

    def _read_directory(self) -> Directory:
        while True:
            position = self._view.position()
            try:
                return digests.directory_of(self._view.query, position)
            except IntegrityFailure:
                if position == self._view.position():
                    raise

    def _settled(self, read: Callable[[], _Answer]) -> _Answer:
        """What is read, once more where another process brought the read model further meanwhile."""
        while True:
            try:
                return read()
            except IntegrityFailure:
                fresh = self._read_directory()
                if fresh.root == self._directory.root:
                    raise
                self._directory, self._persons = fresh, None


def view_of(ledger: Ledger) -> View | MemoryView:
    """The tables of the read model, to be asked; `catch_up` brings them to the head."""
    return _in_memory.get(ledger) or stored_view(ledger)


def stored_view(ledger: Ledger) -> View:
    """The read model as it is stored, whether or not it can be asked."""
    return ledger.view("holdings", _edition())


def current(ledger: Ledger) -> ReadModel:
    """The read model, brought to the head of the log: see `catch_up`."""
    catch_up(ledger)
    return ReadModel(ledger, view_of(ledger))


def catch_up(ledger: Ledger) -> None:
    """Bring the read model to the head of the log; nothing happens when it is there.

    One that other rules wrote, or that has not begun, is built from the first event. Where
    it cannot be stored it is built in memory, for as long as the ledger is open.

    Raises:
        IntegrityFailure: The log or the read model was altered.
    """
    try:
        _catch_up(ledger, view_of(ledger))
    except StoreUnwritable as error:
        _log.warning(
            "%s: answers are worked out in memory and not kept (%s)", ledger.name, error.what
        )
        _in_memory[ledger] = MemoryView()
        _catch_up(ledger, view_of(ledger))


def _catch_up(ledger: Ledger, view: View | MemoryView) -> None:
    at, head = view.position(), ledger.sealed()
    if at > head:
        raise digests.altered(f"which stands at {at}, behind the end of the log at {head}")
    if at == head and at:
        return
    with view.transaction() as transaction:
        position, head = transaction.position(), ledger.sealed()
        if not position:
            _build(ledger, transaction, 1, None)
        elif head > position:
            before = digests.directory_of(transaction.execute, position)
            transaction.advance(_update(ledger, transaction, before, 1, None))


def rebuild(ledger: Ledger, *, jobs: int = 1, progress: Progress | None = None) -> None:
    """Drop the read model and fold every issuer again, in `jobs` processes."""
    with view_of(ledger).transaction() as transaction:
        _build(ledger, transaction, jobs, progress)


def _build(ledger: Ledger, transaction: Any, jobs: int, progress: Progress | None) -> None:
    for table in _TABLES:
        transaction.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in (*index.SCHEMA, *_SCHEMA, *digests.SCHEMA):
        transaction.execute(statement)
    transaction.rewind()
    if head := _update(ledger, transaction, None, jobs, progress):
        transaction.advance(head)


def digest(ledger: Ledger) -> str:
    """SHA-256 over every issuer's canonical export: equal for equal events."""
    total = sha256()
    for issuer, row in sorted(ReadModel(ledger, view_of(ledger)).issuers.items()):
        total.update(f"{issuer}\x00{row.digest}\n".encode())
    return total.hexdigest()


# --- writing ---------------------------------------------------------------------------


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


def _update(
    ledger: Ledger,
    transaction: Any,
    before: Directory | None,
    jobs: int,
    progress: Progress | None,
) -> int:
    """Bring the tables from where they stood to the head of the log; its position."""
    guard = _Guard(transaction, before)
    with folding(ledger, jobs) as fold:
        indexed = index.index(ledger, transaction, before.position if before else 0, guard)
        touched = indexed.touched | index.settle_names(transaction, indexed.touched, guard)
        touched |= {
            o for others in index.kin_of(transaction.execute, touched).values() for o in others
        }
        guard(touched)
        issuers = sorted(touched)
        kin = index.kin_of(transaction.execute, issuers)
        guard({other for others in kin.values() for other in others})
        work = chunks(issuers, kin, lambda i: _streams_of(transaction.execute, i), indexed.head)
        for done, built in enumerate(fold(work), start=1):
            _store(transaction, built)
            if progress and done % 50 == 0:
                progress(done, len(issuers))
    topics = Counter(before.topics if before else {}) + indexed.topics
    digests.seal_root(transaction.execute, indexed.head, dict(topics))
    if progress:
        progress(len(issuers), len(issuers))
    return indexed.head


def _streams_of(query: digests.Query, issuer: str) -> Digests:
    """The streams of an issuer's filings with their digests."""
    sql = "SELECT stream, digest FROM view_filings WHERE issuer = ?"
    return {row[0]: row[1] for row in query(sql, (issuer,))}


def _store(transaction: Any, built: Built) -> None:
    issuer = built.row.issuer
    for table in ("view_persons", "view_findings", "view_totals", "view_issuers", "view_parts"):
        transaction.execute(f"DELETE FROM {table} WHERE issuer = ?", (issuer,))  # noqa: S608
    if built.row.filings:
        transaction.execute(
            f"INSERT INTO view_issuers ({', '.join(IssuerRow._fields)}) "  # noqa: S608 - our own names
            f"VALUES ({', '.join('?' * len(built.row))})",
            built.row,
        )
        transaction.executemany(
            "INSERT INTO view_persons (issuer, person, name, name_key) VALUES (?, ?, ?, ?)",
            [(issuer, person, name, person_key(name or "")) for person, name in built.persons],
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
    part: Part = digests.part_of(transaction.execute, issuer)
    transaction.execute("INSERT INTO view_parts VALUES (?, ?, ?)", (issuer, *part))


# --- reading -----------------------------------------------------------------------------


def filings_of(
    ledger: Ledger, issuers: Iterable[str] | None
) -> Iterator[tuple[str, list[Dossier], list[list[Dossier]]]]:
    """Each issuer's filings, and those of its kin: see `ReadModel.filings_of`."""
    return current(ledger).filings_of(issuers)


def totals_of(issuers: Iterable[IssuerRow]) -> Totals:
    """The totals of some issuers, summed."""
    sums = dict.fromkeys(Totals.__struct_fields__, 0)
    for row in issuers:
        for name, count in json.loads(row.totals).items():
            sums[name] += count
    return Totals(**sums)
