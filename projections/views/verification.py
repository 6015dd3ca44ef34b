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
from projections.views.gate import stored_view

_ROWS = {
    "filings": {"view_filings": "stream, loose, digest"},
    "names": {
        "view_names": "name_key",
        "view_marks": "mark",
        "view_owners": "owner",
        "view_called": "what, text",
    },
    "findings": {
        "view_findings": "id, kind, severity, persons, body",
        "view_totals": "owners, totals",
    },
    "people": {
        "view_persons": "person, name, name_key, filings, positions, last, findings",
    },
    "holdings": {"view_holdings": "place, what, owners, first, last, body"},
}
"""The tables of each kind of rows that has a digest, with their columns."""
_PARTS = f"SELECT issuer, {', '.join(_ROWS)} FROM view_parts"  # noqa: S608 - our own names
_WAITING = "SELECT issuer, said FROM view_waiting"
_ISSUERS = (
    "SELECT issuer, cik, name, symbol, filings, positions, totals, digest, keys, kin, counts, last "
    "FROM view_issuers"
)


def problems_of(ledger: Ledger) -> Iterator[str] | None:
    """What is wrong with the read model; None where these rules have not built one."""
    view = stored_view(ledger)
    try:
        position = view.position()
    except LedgerError as error:
        return iter([f"read model: {error}"])
    return _spoken(ledger, view, position) if position else None


def _spoken(ledger: Ledger, view: View, position: int) -> Iterator[str]:
    checks = (
        *(_directory(ledger, view, position), _parts(view), _shared(view)),
        _streams(ledger, view, position),
    )
    for check in checks:
        try:
            for problem in check:
                yield f"read model: {problem}"
        except LedgerError as error:
            yield f"read model: {error}"


def _directory(ledger: Ledger, view: View, position: int) -> Iterator[str]:
    roots = view.query("SELECT position, topics, shared, root FROM view_root")
    if len(roots) != 1:
        yield f"it has {len(roots)} roots"
        return
    stands, topics, shared, root = roots[0]
    if stands != position:
        yield f"it was written at position {stands}, and is said to stand at {position}"
    issuers = _digest(view.query(_ISSUERS))
    parts, waiting = _digest(view.query(_PARTS)), _digest(view.query(_WAITING))
    seal = ledger.seal_at(stands) if isinstance(stands, int) else ""
    if _digest([(stands, seal, topics, shared, issuers, parts, waiting)]) != root:
        yield "the rows of its issuers are not those that were written"


def _parts(view: View) -> Iterator[str]:
    written = {row[0]: row[1:] for row in view.query(_PARTS)}
    unknown: set[object] = set()
    for number, (kind, tables) in enumerate(_ROWS.items()):
        found: dict[object, dict[str, list[tuple[object, ...]]]] = {}
        for table, columns in tables.items():
            for issuer, *row in view.query(f"SELECT issuer, {columns} FROM {table}"):  # noqa: S608 - our own names
                own = found.setdefault(issuer, defaultdict(list))
                own[table].append(tuple(row))
        unknown |= found.keys() - written.keys()
        for issuer in sorted(written, key=str):
            each = [_digest(found.get(issuer, {}).get(table, ())) for table in tables]
            whole = _digest([each]) if len(each) > 1 else each[0]
            if whole != written[issuer][number]:
                yield f"the {kind} of issuer {issuer} were altered"
    for issuer in sorted(unknown, key=str):
        yield f"it holds rows of issuer {issuer}, which is not in it"


def _shared(view: View) -> Iterator[str]:
    """What is wrong with the buckets in which names and marks of all issuers lie."""
    written = view.query("SELECT bucket, digest FROM view_shared")
    if [_digest(written)] != [row[0] for row in view.query("SELECT shared FROM view_root")]:
        yield "the digests of what issuers share are not those that were written"
    found: dict[object, list[tuple[object, ...]]] = defaultdict(list)
    for table, column in {"view_names": "name_key", "view_marks": "mark"}.items():
        for bucket, issuer, text in view.query(f"SELECT bucket, issuer, {column} FROM {table}"):  # noqa: S608 - our own names
            if bucket != hashlib.sha256(str(text).encode("utf-8", "surrogatepass")).digest()[0]:
                yield f"what issuer {issuer} shares lies where nobody looks for it"
            found[bucket].append((table, issuer, text))
    if {bucket: _digest(rows) for bucket, rows in found.items()} != dict(written):
        yield "what issuers share was altered"


def _streams(ledger: Ledger, view: View, position: int) -> Iterator[str]:
    written = dict(view.query("SELECT stream, digest FROM view_filings"))
    for stream, events in groupby(ledger.states(end=position), key=itemgetter(0)):
        # What is no filing's, nothing here is built from; what is no name, the log's own check tells.
        if not isinstance(stream, str) or stream.startswith("review:"):
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
