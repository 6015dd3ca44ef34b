"""The index of the read model: which filing is about which issuer, who owns there, who is kin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from ledger import Ledger
from ledger.processes import Progress
from ledger.store import Append, State, digest_of
from projections.corporate_actions.successions import marks
from projections.filings.decoding import Mention, is_indexed, mentions
from projections.filings.records import Company
from projections.identity.names import company_key, person_key, symbol_key
from projections.views.digests import Query, altered
from projections.views.shared import SAID, Shared, bucket_of

SCHEMA = """
CREATE TABLE IF NOT EXISTS view_filings (
    stream TEXT PRIMARY KEY, issuer TEXT NOT NULL, loose TEXT, digest TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS view_names (
    issuer TEXT NOT NULL, name_key TEXT NOT NULL, bucket INTEGER NOT NULL,
    PRIMARY KEY (issuer, name_key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS view_marks (
    issuer TEXT NOT NULL, mark TEXT NOT NULL, bucket INTEGER NOT NULL,
    PRIMARY KEY (issuer, mark)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS view_owners (
    issuer TEXT NOT NULL, owner TEXT NOT NULL, PRIMARY KEY (issuer, owner));
CREATE TABLE IF NOT EXISTS view_called (
    issuer TEXT NOT NULL, what TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (issuer, what, text));
CREATE INDEX IF NOT EXISTS view_filings_issuer ON view_filings (issuer);
CREATE INDEX IF NOT EXISTS view_marks_bucket ON view_marks (bucket, mark);
CREATE INDEX IF NOT EXISTS view_names_bucket ON view_names (bucket, name_key)
""".strip().split(";")
"""`loose` is the name by which a filing without a number says its issuer; NULL where it has one.

`view_called` has whatever filings call an issuer and its owners by, as keys: `what` is `name`, `symbol` or `person`.
"""

_SAID = ("view_names", "view_marks", "view_owners", "view_called")
"""What filings say of their issuers: names, what kin would share, who owns, and what all are called."""

_MOVED = {"view_owners": "owner", "view_called": "what, text"}
"""What is said of an issuer that has a name alone, and is said of the one that bears it too."""

TABLES = ("view_filings", *_SAID)

KINDS = ("filings", "names")
"""The kinds of rows, as a `Part` has them, that these tables are."""

_AT_ONCE = 2_000
"""Rows written together."""

_KIN = (
    "SELECT DISTINCT theirs.issuer FROM view_marks mine JOIN view_marks theirs "
    "ON theirs.bucket = mine.bucket AND theirs.mark = mine.mark WHERE mine.issuer = ? AND theirs.issuer <> ? AND EXISTS ("
    "SELECT 1 FROM view_owners one JOIN view_owners other ON other.owner = one.owner "
    "WHERE one.issuer = mine.issuer AND other.issuer = theirs.issuer)"
)
"""By an index of marks that was written just now: a former one may have lost what it is of."""

Entry = tuple[str, str, int]
"""An issuer, what it is called or marked by, and the bucket of that."""

Guard = Callable[[Iterable[str]], None]
"""Makes sure that what some issuers have in the read model is what was written, before it changes."""


class Indexed(NamedTuple):
    """What new appends brought.

    Where the log ends, the issuers they are about, and how many events there are by topic.
    """

    head: int
    touched: set[str]
    topics: Counter[str]


REVIEWS = "review:"
"""What the streams begin with that are no filing's: nothing here follows from them."""


class _Groups:
    """The appends as groups of events of one stream, each with its digest, counted on the way."""

    def __init__(self, after: int) -> None:
        self.head = after
        self.topics: Counter[str] = Counter()
        self.digests: dict[str, str] = {}
        self.again: set[str] = set()
        """Streams that had events before: their digest is that of all of them."""

    def states(self, appends: Iterable[Append]) -> Iterator[State]:
        """The events that say which issuers a filing is about."""
        for append in appends:
            self.head = append.position
            for stream, group in groupby(append.events, key=itemgetter(1)):
                events = [event[1:] for event in group]
                self.topics.update([event[2] for event in events])
                self.digests[stream] = digest_of(events)
                if events[0][1] > 1 and not stream.startswith(REVIEWS):
                    self.again.add(stream)
                if not stream.startswith(REVIEWS):
                    yield from (event for event in events if is_indexed(event[2]))


def index(
    ledger: Ledger,
    transaction: Any,
    after: int,
    guard: Guard,
    shared: Shared,
    progress: Progress | None = None,
) -> Indexed:
    """Index the filings of every append behind a position, each checked, by issuer."""
    groups, behind = _Groups(after), ledger.sealed() - after
    touched: set[str] = set()
    rows: list[tuple[str | None, ...]] = []
    said: dict[str, set[tuple[Any, ...]]] = {table: set() for table in _SAID}

    def flush() -> None:
        former = {
            issuer
            for row in rows
            if row[0] in groups.again
            for (issuer,) in transaction.execute(
                "SELECT issuer FROM view_filings WHERE stream = ?", (row[0],)
            )
        }
        touched.update(former)
        guard({str(row[1]) for row in rows} | former)
        transaction.executemany(
            "INSERT INTO view_filings (stream, issuer, loose, digest) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (stream) DO UPDATE SET issuer = excluded.issuer, loose = excluded.loose, "
            "digest = excluded.digest",
            rows,
        )
        rows.clear()
        shared.change({entry[2] for table in SAID for entry in said[table]})
        for table, entries in said.items():
            holes = "?, ?" if table == "view_owners" else "?, ?, ?"
            insert = f"INSERT INTO {table} VALUES ({holes}) ON CONFLICT DO NOTHING"  # noqa: S608
            transaction.executemany(insert, sorted(entries))
            entries.clear()

    for found in mentions(groups.states(ledger.appends(after))):
        company, key = found.issuer, company_key(found.issuer.name or "")
        issuer = company.cik or f"name:{key}"
        touched.add(issuer)
        said["view_owners"].update([(issuer, owner) for owner in found.owners])
        said["view_called"].update([(issuer, *called) for called in _calling(found, key)])
        digest = groups.digests.pop(found.stream)
        rows.append((found.stream, issuer, None if company.cik else key, digest))
        if company.cik:
            names, borne = _called(company)
            said["view_names"] |= names
            said["view_marks"] |= borne
            marked = marks(found.noted, ()) if found.noted else set()
            said["view_marks"].update([_in_bucket(issuer, m) for m in (*marked, *found.shared)])
        if len(rows) >= _AT_ONCE:
            flush()
            if progress:
                progress(groups.head - after, behind)
    flush()
    for stream in groups.digests:  # what was only retracted, or brought back
        sql = "SELECT issuer FROM view_filings WHERE stream = ?"
        changed = {row[0] for row in transaction.execute(sql, (stream,))}
        guard(changed)
        touched |= changed
    whole = ledger.digests(groups.again, groups.head)
    again = [(digest, stream) for stream, digest in sorted(whole.items())]
    transaction.executemany("UPDATE view_filings SET digest = ? WHERE stream = ?", again)
    return Indexed(groups.head, touched, groups.topics)


def _calling(found: Mention, key: str) -> Iterator[tuple[str, str]]:
    """What a filing calls its issuer, whose name has this key, and its owners."""
    yield "name", key
    if symbol := symbol_key(found.issuer.symbol):
        yield "symbol", symbol
    for name in found.names:
        yield "person", person_key(name)


@lru_cache(maxsize=4096)  # filings about an issuer call it by few names
def _called(company: Company) -> tuple[frozenset[Entry], frozenset[Entry]]:
    """The rows of an issuer's names, and of what kin would share with it."""
    issuer, names = company.cik or "", (company.name or "", *company.former_names)
    shared = marks(names, [company.symbol])
    return (
        frozenset(_in_bucket(issuer, company_key(name)) for name in names),
        frozenset(_in_bucket(issuer, mark) for mark in shared),
    )


def _in_bucket(issuer: str, text: str) -> Entry:
    return issuer, text, bucket_of(text)


def settle_names(transaction: Any, touched: set[str], guard: Guard, shared: Shared) -> set[str]:
    """Give filings without a CIK to the one issuer that bears the name, if one does.

    They are found by looking through all filings: an index of them that was another's once gave
    every filing to one issuer.
    """
    moved: set[str] = set()
    loose: dict[str, dict[str, list[str]]] = {}
    sql = "SELECT stream, issuer, loose FROM view_filings WHERE loose IS NOT NULL"
    for stream, issuer, name in transaction.execute(sql):
        loose.setdefault(name, {}).setdefault(issuer, []).append(stream)
    shared.require(map(bucket_of, loose))
    for name, held in sorted(loose.items()):
        bearers = [
            row[0]
            for row in transaction.execute(
                "SELECT issuer FROM view_names WHERE bucket = ? AND name_key = ? ORDER BY issuer",
                (bucket_of(name), name),
            )
        ]
        home = bearers[0] if len(bearers) == 1 and name else f"name:{name}"
        former = held.keys() - {home}
        if former or f"name:{name}" in touched:
            guard(former | {home})
            moved |= {home}
        for table, columns in _MOVED.items():
            sql = (
                f"INSERT INTO {table} (issuer, {columns}) SELECT ?, {columns} FROM {table} "  # noqa: S608 - our own names
                "WHERE issuer = ? ON CONFLICT DO NOTHING"
            )
            transaction.execute(sql, (home, f"name:{name}"))
        if former:
            _move(transaction, [stream for one in former for stream in held[one]], former, home)
            moved |= former
    return moved


def _move(transaction: Any, streams: Sequence[str], former: AbstractSet[str], home: str) -> None:
    """Give filings to another issuer, and make sure that these were moved and no others."""

    def of(issuer: str) -> set[str]:
        rows = transaction.execute("SELECT stream FROM view_filings WHERE issuer = ?", (issuer,))
        return {row[0] for row in rows}

    before = {issuer: of(issuer) for issuer in {home, *former}}
    transaction.executemany(
        "UPDATE view_filings SET issuer = ? WHERE stream = ?", [(home, one) for one in streams]
    )
    for issuer, own in before.items():
        if of(issuer) != (own | set(streams) if issuer == home else own - set(streams)):
            raise altered("an index of view_filings")


def kin_of(
    query: Query, issuers: Iterable[str], guard: Guard, shared: Shared
) -> dict[str, list[str]]:
    """The issuers that share an owner, and a name, borne or noted, or a ticker, with each of some.

    Whether one continues the other is for `successions` to say, which asks for no less. And
    those about which an owner reports of one period under the same notes, as one of the two may
    be a copy of the other; or had just as many shares of, as a report may stand under the wrong number. Whoever shares a mark is checked before it counts as sharing no owner.
    """
    found: dict[str, list[str]] = {}
    if shared.fresh:
        for issuer in issuers:
            if others := sorted(row[0] for row in query(_KIN, (issuer, issuer))):
                found[issuer] = others
        return found

    @cache
    def owners(issuer: str) -> frozenset[str]:
        return frozenset(
            row[0] for row in query("SELECT owner FROM view_owners WHERE issuer = ?", (issuer,))
        )

    for issuer in issuers:
        rows = query("SELECT DISTINCT bucket FROM view_marks WHERE issuer = ?", (issuer,))
        own = [row[0] for row in rows]
        shared.require(own)
        sharing = {o for group in shared.bearing(issuer, own) for o in group} - {issuer}
        guard(sharing)
        if kin := sorted(other for other in sharing if owners(issuer) & owners(other)):
            found[issuer] = kin
    return found
