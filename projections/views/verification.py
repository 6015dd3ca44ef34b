"""Checks the read model from end to end, apart from the code that writes and reads it.

It is read whole, without any index, and its digests are worked out anew from the log and from
the rows. Whether the judgements in it follow from the events is for a replay to show.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

import msgspec

from ledger import Ledger, View
from ledger.errors import LedgerError
from projections.views.readmodel import stored_view

_REST = {
    "view_filings": "stream, cik, name_key, symbol, digest",
    "view_names": "name_key",
    "view_marks": "mark",
    "view_owners": "owner",
    "view_findings": "id, kind, severity, persons, body",
    "view_totals": "owners, totals",
}
_ISSUERS = (
    "SELECT issuer, cik, name, symbol, filings, positions, totals, digest, keys, kin, counts, last "
    "FROM view_issuers"
)

_PERSONS = "SELECT issuer, person, name, name_key, filings, positions, last FROM view_persons"


def problems_of(ledger: Ledger) -> Iterator[str] | None:
    """What is wrong with the read model; None where these rules have not built one."""
    view = stored_view(ledger)
    position = view.position()
    return _spoken(ledger, view, position) if position else None


def _spoken(ledger: Ledger, view: View, position: int) -> Iterator[str]:
    checks = (_directory(view, position), _parts(view), _streams(ledger, view, position))
    for check in checks:
        try:
            for problem in check:
                yield f"read model: {problem}"
        except LedgerError as error:
            yield f"read model: {error}"


def _directory(view: View, position: int) -> Iterator[str]:
    roots = view.query("SELECT position, topics, root FROM view_root")
    if len(roots) != 1:
        yield f"it has {len(roots)} roots"
        return
    stands, topics, root = roots[0]
    if stands != position:
        yield f"it was written at position {stands}, and is said to stand at {position}"
    issuers = _digest(view.query(_ISSUERS))
    parts = _digest(view.query("SELECT issuer, rest, people FROM view_parts"))
    if _digest([(stands, topics, issuers, parts)]) != root:
        yield "the rows of its issuers are not those that were written"


def _parts(view: View) -> Iterator[str]:
    rest: dict[object, dict[str, list[tuple[object, ...]]]] = defaultdict(lambda: defaultdict(list))
    for table, columns in _REST.items():
        for issuer, *row in view.query(f"SELECT issuer, {columns} FROM {table}"):  # noqa: S608 - our own names
            rest[issuer][table].append(tuple(row))
    people: dict[object, list[tuple[object, ...]]] = defaultdict(list)
    for issuer, *row in view.query(_PERSONS):
        people[issuer].append(tuple(row))
    written = {row[0]: row[1:] for row in view.query("SELECT issuer, rest, people FROM view_parts")}
    for issuer in sorted({*rest, *people, *written}, key=str):
        if issuer not in written:
            yield f"it holds rows of issuer {issuer}, which is not in it"
            continue
        others = _digest([[_digest(rest[issuer][table]) for table in _REST]])
        if others != written[issuer][0]:
            yield f"the filings, names, owners, totals or findings of issuer {issuer} were altered"
        if _digest(people[issuer]) != written[issuer][1]:
            yield f"the people of issuer {issuer} were altered"


def _streams(ledger: Ledger, view: View, position: int) -> Iterator[str]:
    written = dict(view.query("SELECT stream, digest FROM view_filings"))
    for stream, events in groupby(ledger.states(end=position), key=itemgetter(0)):
        if stream.startswith("review:"):  # no filing's, and nothing here is built from it
            continue
        try:
            packed = msgspec.msgpack.encode([list(event) for event in events])
        except (TypeError, ValueError):
            packed = b""
        digest = hashlib.sha256(packed).hexdigest()[:32]
        if written.pop(stream, None) != digest:
            yield f"the filing {stream} is not the one it was built from"
    for stream in written:
        yield f"the filing {stream} is not in the log"


def _digest(rows: Iterable[Iterable[object]]) -> str:
    """32 hex digits over rows in any order: the SHA-256 of their MessagePack, sorted."""
    try:
        packed = sorted(msgspec.msgpack.encode(list(row)) for row in rows)
    except (TypeError, ValueError):
        return "no plain values"
    return hashlib.sha256(b"".join(packed)).hexdigest()[:32]
