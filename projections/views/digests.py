"""The read model's own digests: a row that was altered, deleted or added is never believed.

What an issuer has in the read model has a digest for each kind of rows; one root covers all of
these, the issuers' own rows, what issuers share (`shared`) and the position they stand at with the log's
own seal there, so that the read model of another log is none of this one's. The root is checked whenever a
question is asked, the rest where it is read. Who can write to the file can also
write the digests: they show damage and carelessness, as the seals of the log do.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

import msgspec

from ledger.errors import IntegrityFailure

_packed = msgspec.msgpack.Encoder().encode
Query = Callable[[str, tuple[Any, ...]], Iterable[Sequence[Any]]]
Digests = dict[str, str]
"""Streams, each with the digest of its events."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS view_parts (
    issuer TEXT PRIMARY KEY, filings TEXT NOT NULL, names TEXT NOT NULL, findings TEXT NOT NULL,
    people TEXT NOT NULL, holdings TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS view_root (
    position BIGINT NOT NULL, topics TEXT NOT NULL, shared TEXT NOT NULL, root TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS view_waiting (issuer TEXT PRIMARY KEY, said TEXT NOT NULL)
""".strip().split(";")
TABLES = ("view_parts", "view_root", "view_waiting")

PEOPLE = (
    "SELECT issuer, person, name, name_key, filings, positions, last, findings FROM view_persons"
)
"""Everybody at every issuer, as `PersonRow` has it."""
HOLDINGS = "SELECT issuer, place, what, owners, first, last, body FROM view_holdings"
"""What is held at last at every issuer, as `HeldRow` has it."""
_ROWS: dict[str, tuple[str, ...]] = {
    "filings": ("SELECT issuer, stream, loose, digest FROM view_filings",),
    "names": (
        "SELECT issuer, name_key FROM view_names",
        "SELECT issuer, mark FROM view_marks",
        "SELECT issuer, owner FROM view_owners",
        "SELECT issuer, what, text FROM view_called",
    ),
    "findings": (
        "SELECT issuer, id, kind, severity, persons, body FROM view_findings",
        "SELECT issuer, owners, totals FROM view_totals",
    ),
    "people": (PEOPLE,),
    "holdings": (HOLDINGS,),
}
"""The rows that each digest of a part covers."""


class IssuerRow(NamedTuple):
    """An issuer's own row.

    `keys`, `kin` and `counts` are JSON: the names and symbols that its filings give it, the
    issuers it may continue or be continued by, and how many filings and findings it has, these by
    kind, and by both kind and severity. `last` is the day on which its last filing became known, as text, "" where nothing says so.
    """

    issuer: str
    cik: str | None
    name: str | None
    symbol: str | None
    filings: int
    positions: int
    totals: str
    digest: str
    keys: str
    kin: str
    counts: str
    last: str


_AT_ONCE, FILINGS = 200, 1_000
"""Issuers read together for an answer, and about how many of their filings at most."""


def in_turn(names: Iterable[str], issuers: Mapping[str, IssuerRow]) -> Iterator[list[str]]:
    """Issuers by their names, some after the others: so few together that what they have fits in memory."""
    some, filings = list[str](), 0
    for name in sorted(names):
        some.append(name)
        filings += issuers[name].filings if name in issuers else 0
        if len(some) == _AT_ONCE or filings >= FILINGS:
            yield some
            some, filings = [], 0
    if some:
        yield some


class PersonRow(NamedTuple):
    """Somebody at one issuer: their filings and positions there; `last` is as an issuer's.

    `findings` are those about these filings, counted by kind and severity as JSON.
    """

    issuer: str
    person: str
    name: str | None
    name_key: str
    filings: int
    positions: int
    last: str
    findings: str


def graded(kind: str, severity: str) -> str:
    """What findings of a kind and a severity are counted under: `LATE_FILING info`."""
    return f"{kind} {severity}"


class HeldRow(NamedTuple):
    """Something that answers what is held at last at an issuer, in its `place` among all that does.

    `what` is `holding`, `total` or `nothing`, and `body` the `Holding`, `ClassTotal` or
    `NothingOwned` as JSON, packed, told of everybody; `owners` has whom it is about, by their keys, as JSON.
    It is the answer from the day `first` to the day `last`, as text, "" where it always was or still is.
    """

    issuer: str
    place: int
    what: str
    owners: str
    first: str
    last: str
    body: bytes


class Part(NamedTuple):
    """The digests of what an issuer has in the read model, by kinds of rows."""

    filings: str
    names: str
    findings: str
    people: str
    holdings: str


class Directory(NamedTuple):
    """What the root covers, checked: where the read model stands, and who is in it.

    `topics` counts the events of the log up to the position, by topic; `shared` stands for the digests
    of what issuers share. `waiting` are the issuers of which something is indexed that is not judged yet,
    each with what is said of it (`waiting.Said`).
    """

    position: int
    topics: dict[str, int]
    shared: str
    root: str
    issuers: dict[str, IssuerRow]
    parts: dict[str, Part]
    waiting: dict[str, str]


_ISSUERS = f"SELECT {', '.join(IssuerRow._fields)} FROM view_issuers"  # noqa: S608 - our own names
_PARTS = f"SELECT issuer, {', '.join(Part._fields)} FROM view_parts"  # noqa: S608 - our own names
_ROOT = "SELECT position, topics, shared, root FROM view_root"
_WAITING = "SELECT issuer, said FROM view_waiting"


def part_of(query: Query, issuer: str) -> Part:
    """The digests of what an issuer has in the read model now."""
    return Part(*(digests_of(query, [issuer], kind)[issuer] for kind in Part._fields))


def digests_of(query: Query, issuers: Sequence[str], kind: str) -> dict[str, str]:
    """The digests of the rows of one kind, a field of `Part`, that some issuers have now."""
    found = [_by_issuer(query, sql, issuers) for sql in _ROWS[kind]]
    return {
        issuer: digest_of([[digest_of(own.get(issuer, ())) for own in found]])
        if len(found) > 1
        else digest_of(found[0].get(issuer, ()))
        for issuer in issuers
    }


def holes(values: Collection[object]) -> str:
    """A list of question marks for as many values; NULL for none, as PostgreSQL refuses an empty one."""
    return ",".join("?" * len(values)) or "NULL"


def _by_issuer(query: Query, sql: str, issuers: Sequence[str]) -> dict[object, list[Sequence[Any]]]:
    """The rows that a question gives for some issuers, without the issuer, by it."""
    found: dict[object, list[Sequence[Any]]] = defaultdict(list)
    for row in query(f"{sql} WHERE issuer IN ({holes(issuers)})", tuple(issuers)):
        found[row[0]].append(row[1:])
    return found


def digest_of(rows: Iterable[Sequence[Any]]) -> str:
    """32 hex digits that stand for rows in any order: the SHA-256 of their MessagePack, sorted.

    "" where they hold what no row of the read model does.
    """
    try:
        return sha256(b"".join(sorted(map(_packed, rows)))).hexdigest()[:32]
    except (TypeError, ValueError):
        return ""


def seal_root(execute: Query, written: Directory, seal: str) -> None:
    """Write the root over what was written, once it is what stands in the read model now.

    Whatever was changed besides, through an index that names other rows, would be sealed with it.

    Args:
        execute: Runs a statement.
        written: What should stand there; the root of it is none yet.
        seal: That of the log at its position.

    Raises:
        IntegrityFailure: Something else stands there.
    """
    issuers, parts, waiting = (list(execute(sql, ())) for sql in (_ISSUERS, _PARTS, _WAITING))
    found = (
        {row[0]: tuple(row) for row in issuers},
        {row[0]: tuple(row[1:]) for row in parts},
        {row[0]: row[1] for row in waiting},
    )
    if len(issuers) + len(parts) + len(waiting) != sum(map(len, found)) or found != (
        written.issuers,
        written.parts,
        written.waiting,
    ):
        raise altered("an index of its directory of issuers")
    own = written.position, json.dumps(dict(sorted(written.topics.items()))), written.shared
    root = _root([own[0], seal, *own[1:]], issuers, parts, waiting)
    execute("DELETE FROM view_root", ())
    execute(
        "INSERT INTO view_root (position, topics, shared, root) VALUES (?, ?, ?, ?)", (*own, root)
    )


def directory_of(
    query: Query, position: int, seal: str, known: Directory | None = None
) -> Directory:
    """What the root covers, checked, at the position that the read model is said to stand at.

    The log's seal at the position is part of it.

    Where the root is still that of a directory that is `known`, this is it.

    Raises:
        IntegrityFailure: It is not what was written.
    """
    roots = list(query(_ROOT, ()))
    if len(roots) != 1 or roots[0][0] != position:
        raise altered("its root")
    _, topics, shared, root = roots[0]
    if known and (known.position, known.root) == (position, root):
        return known
    issuers, parts, waiting = (list(query(sql, ())) for sql in (_ISSUERS, _PARTS, _WAITING))
    if _root([position, seal, topics, shared], issuers, parts, waiting) != root:
        raise altered("its directory of issuers")
    return Directory(
        position,
        json.loads(topics),
        shared,
        root,
        issuers={row[0]: IssuerRow(*row) for row in issuers},
        parts={row[0]: Part(*row[1:]) for row in parts},
        waiting={row[0]: row[1] for row in waiting},
    )


def _root(own: Sequence[object], *tables: Iterable[Sequence[Any]]) -> str:
    return digest_of([[*own, *map(digest_of, tables)]])


def altered(where: str) -> IntegrityFailure:
    """The error that the read model was altered or damaged."""
    return IntegrityFailure(
        "the read model is not what was written: it was altered, or the file is damaged",
        where=f"read model, {where}",
        remedy="run `ledger verify`; if only the read model is named, `ledger replay` builds it anew",
    )
