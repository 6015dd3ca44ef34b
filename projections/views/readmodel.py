"""The read model: an index of who and what, and each issuer's judgement, ready to show.

It lies beside the events, in the same database, and is written in one transaction with
the position of the log it stands at. New events name the issuers to fold again, new rules
all of them; dropping it and folding everything gives the same bytes. Nothing in it is a
fact.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from itertools import chain, groupby, islice
from pathlib import Path
from typing import Any

import ledger as said
import projections as meant
from ledger import Ledger
from ledger.processes import Processes, collector_paused
from ledger.store import View
from projections.answers import Totals
from projections.corporate_actions.successions import marks
from projections.filings.records import INDEXED, Dossier, dossiers, mentions
from projections.identity.names import company_key, person_key, symbol_key
from projections.judgement import judge
from projections.views.export import Built, built_of

Progress = Callable[[int, int | None], None]
Query = Callable[[str, tuple[str, ...]], Iterable[Sequence[Any]]]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS view_filings (
    stream TEXT PRIMARY KEY, issuer TEXT NOT NULL, cik TEXT, name_key TEXT NOT NULL, symbol TEXT);
CREATE TABLE IF NOT EXISTS view_names (
    issuer TEXT NOT NULL, name_key TEXT NOT NULL, PRIMARY KEY (issuer, name_key));
CREATE TABLE IF NOT EXISTS view_marks (
    issuer TEXT NOT NULL, mark TEXT NOT NULL, PRIMARY KEY (issuer, mark));
CREATE TABLE IF NOT EXISTS view_owners (
    issuer TEXT NOT NULL, owner TEXT NOT NULL, PRIMARY KEY (issuer, owner));
CREATE TABLE IF NOT EXISTS view_persons (
    issuer TEXT NOT NULL, person TEXT NOT NULL, name TEXT, name_key TEXT NOT NULL,
    PRIMARY KEY (issuer, person));
CREATE TABLE IF NOT EXISTS view_issuers (
    issuer TEXT PRIMARY KEY, cik TEXT, name TEXT, symbol TEXT, filings INTEGER NOT NULL,
    positions INTEGER NOT NULL, totals TEXT NOT NULL, digest TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS view_findings (
    id TEXT NOT NULL, issuer TEXT NOT NULL, kind TEXT NOT NULL, severity TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS view_filings_issuer ON view_filings (issuer);
CREATE INDEX IF NOT EXISTS view_filings_name ON view_filings (name_key);
CREATE INDEX IF NOT EXISTS view_marks_mark ON view_marks (mark);
CREATE INDEX IF NOT EXISTS view_names_key ON view_names (name_key);
CREATE INDEX IF NOT EXISTS view_persons_key ON view_persons (name_key);
CREATE INDEX IF NOT EXISTS view_findings_id ON view_findings (id);
CREATE INDEX IF NOT EXISTS view_findings_issuer ON view_findings (issuer)
""".strip().split(";")
_SAID = ("view_names", "view_marks", "view_owners")
"""What filings say of their issuers: names, what kin would share, and who owns."""

_TABLES = ("view_filings", *_SAID, "view_persons", "view_issuers", "view_findings")
_AT_ONCE = 2_000
"""Streams read together: enough to read fast, few enough to stay small in memory."""


@cache
def _edition() -> str:
    """A fingerprint of the rules: what another version of them judged is judged again."""
    return fingerprint(*map(Path, [*said.__path__, *meant.__path__]))


def fingerprint(*packages: Path) -> str:
    """A short hash of every module below these folders, wherever in them it lies."""
    rules = sha256()
    for package in packages:
        for path in sorted(package.rglob("*.py")):
            rules.update(f"{path.relative_to(package).as_posix()}\0".encode())
            rules.update(path.read_bytes())
    return rules.hexdigest()[:12]


def view_of(ledger: Ledger) -> View:
    """The tables of the read model, to be asked; `catch_up` brings them to the head."""
    return ledger.view("holdings", _edition())


def catch_up(ledger: Ledger) -> None:
    """Bring the read model to the head of the log; nothing happens when it is there.

    One that other rules wrote, or that has not begun, is built from the first event.
    """
    view = view_of(ledger)
    at = view.position()
    if not at:
        rebuild(ledger)
    elif ledger.head() > at:
        with view.transaction() as transaction:
            position, head = transaction.position(), ledger.head()
            if head > position:
                _update(ledger, transaction, ledger.streams(position), 1, None)
                transaction.advance(head)


def rebuild(ledger: Ledger, *, jobs: int = 1, progress: Progress | None = None) -> None:
    """Drop the read model and fold every issuer again, in `jobs` processes."""
    with view_of(ledger).transaction() as transaction:
        for table in _TABLES:
            transaction.execute(f"DROP TABLE IF EXISTS {table}")
        for statement in _SCHEMA:
            transaction.execute(statement)
        transaction.rewind()
        head = ledger.head()
        _update(ledger, transaction, None, jobs, progress)
        if head:
            transaction.advance(head)


def digest(ledger: Ledger) -> str:
    """SHA-256 over every issuer's canonical export: equal for equal events."""
    total = sha256()
    for issuer, own in view_of(ledger).query(
        "SELECT issuer, digest FROM view_issuers ORDER BY issuer"
    ):
        total.update(f"{issuer}\x00{own}\n".encode())
    return total.hexdigest()


# --- writing ---------------------------------------------------------------------------


def _update(
    ledger: Ledger,
    transaction: Any,
    streams: Sequence[str] | None,
    jobs: int,
    progress: Progress | None,
) -> None:
    with _folding(ledger, jobs) as fold:
        touched = _index(ledger, transaction, streams)
        touched |= _settle_names(transaction)
        kin = _kin(transaction.execute, touched)
        touched |= {other for others in kin.values() for other in others}
        issuers = sorted(touched)
        done = 0
        for built in fold(_work(transaction, issuers)):
            _store(transaction, built)
            done += 1
            if progress and done % 50 == 0:
                progress(done, len(issuers))
    if progress:
        progress(done, len(issuers))


def _index(ledger: Ledger, transaction: Any, streams: Sequence[str] | None) -> set[str]:
    """Index filings by issuer; the issuers that anything new belongs to."""
    touched: set[str] = set()
    rows: list[tuple[str, str, str | None, str, str | None]] = []
    said: dict[str, set[tuple[str, str]]] = {table: set() for table in _SAID}

    def flush() -> None:
        transaction.executemany(
            "INSERT INTO view_filings (stream, issuer, cik, name_key, symbol) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (stream) DO UPDATE SET issuer = excluded.issuer, cik = excluded.cik, "
            "name_key = excluded.name_key, symbol = excluded.symbol",
            rows,
        )
        rows.clear()
        for table, pairs in said.items():
            insert = f"INSERT INTO {table} VALUES (?, ?) ON CONFLICT DO NOTHING"  # noqa: S608
            transaction.executemany(insert, sorted(pairs))
            pairs.clear()

    for stream, company, owners, noted in mentions(ledger.states(streams, topics=INDEXED)):
        key = company_key(company.name or "")
        issuer = company.cik or f"name:{key}"
        touched.add(issuer)
        said["view_owners"] |= {(issuer, owner) for owner in owners}
        rows.append((stream, issuer, company.cik, key, symbol_key(company.symbol)))
        if company.cik:
            names = (key, *map(company_key, company.former_names))
            said["view_names"] |= {(issuer, name) for name in names}
            borne = [company.name or "", *company.former_names, *noted]
            said["view_marks"] |= {(issuer, mark) for mark in marks(borne, [company.symbol])}
        if len(rows) >= _AT_ONCE:
            flush()
    flush()
    return touched


def _settle_names(transaction: Any) -> set[str]:
    """Give filings without a CIK to the one issuer that bears the name, if one does."""
    moved: set[str] = set()
    loose = transaction.execute("SELECT DISTINCT name_key FROM view_filings WHERE cik IS NULL")
    for (name,) in loose:
        bearers = [
            row[0]
            for row in transaction.execute(
                "SELECT issuer FROM view_names WHERE name_key = ? ORDER BY issuer", (name,)
            )
        ]
        home = bearers[0] if len(bearers) == 1 and name else f"name:{name}"
        transaction.execute(
            "INSERT INTO view_owners (issuer, owner) SELECT ?, owner FROM view_owners "
            "WHERE issuer = ? ON CONFLICT DO NOTHING",
            (home, f"name:{name}"),
        )
        former = {
            row[0]
            for row in transaction.execute(
                "SELECT DISTINCT issuer FROM view_filings WHERE cik IS NULL AND name_key = ? AND issuer <> ?",
                (name, home),
            )
        }
        if former:
            transaction.execute(
                "UPDATE view_filings SET issuer = ? WHERE cik IS NULL AND name_key = ?",
                (home, name),
            )
            moved |= former | {home}
    return moved


Chunk = list[tuple[str, list[str], dict[str, list[str]]]]
"""Issuers and their streams, small enough to fold together, with the streams of their kin."""


def _kin(query: Query, issuers: Iterable[str]) -> dict[str, list[str]]:
    """The issuers that share an owner, and a name, borne or noted, or a ticker, with each of some.

    Whether one continues the other is for `succession` to say, which asks for no less.
    """
    found: dict[str, list[str]] = {}
    for issuer in issuers:
        rows = query(
            "SELECT DISTINCT theirs.issuer FROM view_marks mine JOIN view_marks theirs "
            "ON theirs.mark = mine.mark WHERE mine.issuer = ? AND theirs.issuer <> ? "
            "AND EXISTS (SELECT 1 FROM view_owners one JOIN view_owners other "
            "ON other.owner = one.owner WHERE one.issuer = mine.issuer "
            "AND other.issuer = theirs.issuer) "
            "ORDER BY theirs.issuer",
            (issuer, issuer),
        )
        if others := [row[0] for row in rows]:
            found[issuer] = others
    return found


@contextmanager
def _folding(ledger: Ledger, jobs: int) -> Iterator[Callable[[Iterable[Chunk]], Iterator[Built]]]:
    """What folds chunks of issuers: this process, or others, which start at once."""
    if jobs <= 1:
        yield lambda work: chain.from_iterable(build(ledger, chunk) for chunk in work)
        return
    with Processes(jobs, begin=_open, initargs=(ledger.location,)) as pool:
        pool.start()
        yield lambda work: chain.from_iterable(pool.each(_build_chunk, work))


def _work(transaction: Any, issuers: Sequence[str]) -> Iterator[Chunk]:
    def streams_of(issuer: str) -> list[str]:
        where = "SELECT stream FROM view_filings WHERE issuer = ?"
        return [row[0] for row in transaction.execute(where, (issuer,))]

    chunk: Chunk = []
    size = 0
    kin = _kin(transaction.execute, issuers)
    for issuer in issuers:
        streams = streams_of(issuer)
        chunk.append((issuer, streams, {other: streams_of(other) for other in kin.get(issuer, ())}))
        size += len(streams)
        if size >= _AT_ONCE:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


_worker: list[Ledger] = []


def _open(location: str) -> None:
    _worker[:] = [Ledger.open(location, create=False)]


def _build_chunk(chunk: Chunk) -> list[Built]:
    return list(build(_worker[0], chunk))


def build(ledger: Ledger, chunk: Chunk) -> Iterator[Built]:
    """Fold and judge some issuers; an issuer without filings gives an empty row."""
    with collector_paused():
        yield from _judged(ledger, chunk)


def _judged(ledger: Ledger, chunk: Chunk) -> Iterator[Built]:
    home = {stream: issuer for issuer, streams, _ in chunk for stream in streams}
    for _, _, kin in chunk:
        home |= {stream: other for other, streams in kin.items() for stream in streams}
    grouped: dict[str, list[Dossier]] = {issuer: [] for issuer, _, _ in chunk}
    for dossier in dossiers(ledger.states(home)):
        grouped.setdefault(home[dossier.stream], []).append(dossier)
    for issuer, _, kin in chunk:
        others = [grouped[other] for other in sorted(kin)]
        yield built_of(issuer, judge(grouped[issuer], kin=others))


def _store(transaction: Any, built: Built) -> None:
    issuer = built.issuer
    for table in ("view_persons", "view_findings", "view_issuers"):
        transaction.execute(f"DELETE FROM {table} WHERE issuer = ?", (issuer,))  # noqa: S608
    if not built.filings:
        return
    transaction.execute(
        "INSERT INTO view_issuers (issuer, cik, name, symbol, filings, positions, totals, digest) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        built[:8],
    )
    transaction.executemany(
        "INSERT INTO view_persons (issuer, person, name, name_key) VALUES (?, ?, ?, ?)",
        [(issuer, person, name, person_key(name or "")) for person, name in built.persons],
    )
    transaction.executemany(
        "INSERT INTO view_findings (id, issuer, kind, severity) VALUES (?, ?, ?, ?)",
        [(finding, issuer, kind, severity) for finding, kind, severity in built.ids],
    )


# --- reading -----------------------------------------------------------------------------


def filings_of(
    ledger: Ledger, issuers: Iterable[str] | None
) -> Iterator[tuple[str, list[Dossier], list[list[Dossier]]]]:
    """Each issuer's filings, and those of its kin; of all issuers where none are named."""
    catch_up(ledger)
    view = view_of(ledger)
    if issuers is None:
        issuers = [row[0] for row in view.query("SELECT issuer FROM view_issuers ORDER BY issuer")]
    wanted = iter(sorted(set(issuers)))
    while some := list(islice(wanted, 200)):
        kin = _kin(view.query, some)
        concerned = sorted({*some, *(other for others in kin.values() for other in others)})
        holes = ",".join("?" * len(concerned))
        rows = view.query(
            f"SELECT issuer, stream FROM view_filings WHERE issuer IN ({holes})",  # noqa: S608 - holes are question marks
            concerned,
        )
        home = {stream: issuer for issuer, stream in rows}
        found = sorted(dossiers(ledger.states(home)), key=lambda d: (home[d.stream], d.stream))
        grouped = {k: list(own) for k, own in groupby(found, key=lambda d: home[d.stream])}
        for issuer in some:
            if issuer in grouped:
                yield issuer, grouped[issuer], [grouped[o] for o in kin.get(issuer, ())]


def totals_of(ledger: Ledger) -> Totals:
    """The totals of the whole ledger, summed from the read model."""
    sums = dict.fromkeys(Totals.__struct_fields__, 0)
    for (text,) in view_of(ledger).query("SELECT totals FROM view_issuers"):
        for name, count in json.loads(text).items():
            sums[name] += count
    return Totals(**sums)
