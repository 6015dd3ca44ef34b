"""Checks a stored log from end to end: nothing lost, nothing altered, everything readable.

Damage is what this looks for, so damage is reported and never raised.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import NamedTuple

from ledger.errors import LedgerError
from ledger.events import (
    Fact,
    FilingReported,
    FilingReread,
    FilingRestored,
    FilingRetracted,
    NoteStated,
    RowReported,
)
from ledger.store import seals, shorthand
from ledger.store.checkpoints import Checkpoint, origin_of
from ledger.store.database import Database
from ledger.store.inquiries import READABLE, shown_by
from ledger.store.mapper import FactMapper
from ledger.store.seals import stored_event

_MOST = 1_000
"""Problems listed before the rest is only counted."""

_KNOWN = "view_documents"
"""The table of documents that are here already, which are not read again."""

_TABLES = frozenset(
    [
        *("stored_events", "repeated", "seals", "tracking", _KNOWN),
        *("view_filings", "view_names", "view_marks", "view_owners", "view_called"),
        *("view_persons", "view_issuers", "view_findings", "view_totals", "view_holdings"),
        *("view_parts", "view_shared", "view_root", "view_waiting"),
        *("view_sql_written", "view_sql_status"),
        *map(shown_by, READABLE),
    ]
)
"""Every table that a ledger has or may have."""

_COUNTED = ("sqlite_stat1", "sqlite_stat4")
"""What `ANALYZE` and `PRAGMA optimize` of SQLite, which other programs run, note of sizes: a question
is answered sooner or later by it, and never otherwise."""

_TRACKED = re.compile("__migration__|[a-z]+(?: [0-9a-f]+)?")
"""Under what names positions are kept: those of read models, each with its rules, and the library's own."""

_VIEWS = frozenset(("view", name) for name in (*READABLE, shorthand.VIEW))
_EVENTS = (
    "SELECT {0.position}, originator_id, originator_version, topic, {0.told} FROM stored_events"
)
_BEYOND = (
    "whether the answers follow from the events: `ledger replay` builds them anew",
    "whether everything was sealed anew: keep `ledger seal` elsewhere, and `verify --against` it",
)
ROWS_FOR_SQL = "the rows that SQL reads: `ledger sql --drop`, then `ledger sql`, writes them anew"
"""What is not covered here where a log has the views for SQL."""

_UNSEALED = (
    "SELECT count(*) FROM stored_events WHERE {} > (SELECT coalesce(max(position), 0) FROM seals)"
)


class Verification(NamedTuple):
    """What was checked and found.

    `events` were read, `ok` says that nothing is wrong, `problems` says what is. `seal`
    stands for the whole log as it is now: kept elsewhere, it proves later that nothing
    before it was rewritten. `covered` and `uncovered` say what was looked at, and what not.
    """

    events: int
    ok: bool
    problems: tuple[str, ...]
    seal: str
    covered: tuple[str, ...] = ()
    uncovered: tuple[str, ...] = ()


def verify(
    database: Database, mapper: FactMapper, against: Checkpoint | None = None
) -> Verification:
    """Check every event, stream, position and seal of a log.

    Every event decodes, validates and encodes to the same bytes again; streams begin
    with their filing, count from 1 without a gap and hold as many rows and statements
    as each reading says; positions grow with versions; every append still has its seal.
    With `against`, a seal that was kept elsewhere, the log still begins with all that
    was in it then.
    """
    problems: list[str] = []
    scan = _Scan()
    for found in (
        scan.storage(database),
        scan.streams(database, mapper),
        scan.seals(database, against),
    ):
        problems += _first(found)
    checked, unchecked = database.storage_covered()
    covered = ["every event and stream", "the chain of seals", "tables and triggers", *checked]
    if scan.views:
        covered.append("what the views for SQL show")
        unchecked = (*unchecked, ROWS_FOR_SQL)
    if against:
        covered.append(f"the log against {against.called}")
    beyond = _BEYOND[:1] if against else _BEYOND
    return Verification(
        events=scan.events,
        ok=not problems,
        problems=tuple(problems),
        seal=scan.seal,
        covered=tuple(covered),
        uncovered=(*unchecked, *beyond),
    )


def _first(found: Iterator[str]) -> list[str]:
    """At most so many problems, and the number of the others."""
    kept: list[str] = []
    others = 0
    try:
        for problem in found:
            if len(kept) < _MOST:
                kept.append(problem)
            else:
                others += 1
    except LedgerError as error:
        kept.append(str(error))
    return [*kept, f"and {others} more"] if others else kept


def _altered_documents(database: Database) -> Iterator[str]:
    """What is told of as known though its row is not as it was written, where there are such rows."""
    if ("table", _KNOWN) not in database.objects():
        return
    sql = f"SELECT document, filings, digest FROM {_KNOWN}"  # noqa: S608 - our own name
    for document, filings, digest in database.rows(sql):
        written = f"{document}\n{filings}".encode("utf-8", "surrogatepass")
        if hashlib.sha256(written).hexdigest()[:16] != digest:
            yield document


class _Scan:
    """One pass by stream, and one by position."""

    def __init__(self) -> None:
        self.events = self.views = 0
        self.seal = seals.FIRST

    def storage(self, database: Database) -> Iterator[str]:
        """Problems that the database finds with its own storage, and strangers in it."""
        yield from database.integrity()
        for kind, name in database.objects():
            ours = (
                name in _TABLES or name in _COUNTED
                if kind == "table"
                else kind == "index" and _indexes(name)
            )
            if not ours and (kind, name) not in _VIEWS:
                yield f"the database holds the {kind} {name}, which is no part of a ledger"
        met: set[object] = set()
        for name, place in database.rows("SELECT application_name, notification_id FROM tracking"):
            named = isinstance(name, str) and _TRACKED.fullmatch(name) and name not in met
            met.add(name)
            if not named or type(place) is not int or place < 0:
                yield f"tracking: {name!r:.60} at {place!r:.60} is no read model's position"
        for name, definition in database.views():
            self.views += name in READABLE
            if name == shorthand.VIEW and definition != shorthand.SELECT:
                yield f"the view {name} does not tell the log as it is: it was made otherwise"
            if name in READABLE and not shows(definition, name, database):
                yield f"the view {name} does not show its table as it is: it was made otherwise"
        for document in _altered_documents(database):
            yield f"{_KNOWN}: the row of {document!r:.60} was altered: `ledger replay` takes it out"

    def streams(self, database: Database, mapper: FactMapper) -> Iterator[str]:
        """Problems of events and of the streams they stand in."""
        sql = _EVENTS.format(database) + " ORDER BY originator_id, originator_version"
        stream, expected, before, reading = "", 1, 0, _Reading()
        for position, name, version, topic, state in database.rows(sql):
            self.events += 1
            if misshapen := _misshapen(name, version, topic, state):
                yield misshapen
                reading.readable = False
                continue
            if name != stream:
                yield from reading.problems(stream)
                stream, expected, before, reading = name, 1, 0, _Reading()
            if version != expected:
                yield f"{name}: version {version} stands where {expected} should"
            if position <= before:
                yield f"{name} version {version}: recorded before the version it follows"
            expected, before = version + 1, position
            try:
                fact = mapper.to_domain_event(stored_event(name, version, topic, state))
                if mapper.to_stored_event(fact).state != state:
                    yield f"{name} version {version}: its bytes are not those it was stored with"
            except LedgerError as error:
                yield str(error)
                reading.readable = False
                continue
            if isinstance(fact, FilingReported):
                yield from reading.problems(stream)
                yield from _misplaced(fact)
                reading = _Reading(fact)
            else:
                reading.count(fact)
        yield from reading.problems(stream)

    def seals(self, database: Database, against: Checkpoint | None) -> Iterator[str]:
        """Problems of the chain of seals, and of positions where they must have no gap."""
        # Only what is sealed by now: an ingestion may be going on while we look.
        end = next(database.rows("SELECT max(position) FROM seals"))[0] or 0
        unsealed = next(database.rows(_UNSEALED.format(database.position)))[0]
        stamps = database.rows(
            "SELECT position, events, hash FROM seals WHERE position <= ? OR position IS NULL "
            "ORDER BY position",
            (end,),
        )
        events = database.rows(
            f"{_EVENTS.format(database)} WHERE {database.position} <= ? "
            f"ORDER BY {database.position}",
            (end,),
        )
        last, sealed, kept = 0, 0, _Kept(against)
        for position, count, seal in stamps:
            if (type(position), type(count), type(seal)) != (int, int, str):
                yield f"seal {position}: it cannot be read: its columns are damaged"
                continue
            digest, found = seals.Digest(), 0
            while last < position and (event := next(events, None)):
                if database.gapless and event[0] != last + 1:
                    yield f"position {last + 1}: the event is missing"
                last, found = event[0], found + 1
                if not _misshapen(*event[1:]):
                    digest.add(seals.key(*event[1:]), event[4])
            if seals.sealed(self.seal, digest.hexdigest()) != seal or found != count:
                yield (
                    f"position {position}: the append of {count} events that ends here "
                    "was altered after it was recorded"
                )
            elif last != position:
                yield f"position {position}: the append sealed here ends at position {last}"
            self.seal = seal
            sealed += count
            kept.meet(sealed, seal)
        yield from kept.problems(sealed)
        if unsealed:
            yield f"the last {unsealed} events bear no seal: something else wrote them"


class _Kept:
    """A seal that was kept elsewhere, looked for in the chain."""

    def __init__(self, seal: Checkpoint | None) -> None:
        self._seal = seal
        self._met = seal is None or seal.root == seals.FIRST
        self._first = ""

    def meet(self, size: int, seal: str) -> None:
        """The next seal of the chain, over so many events."""
        self._first = self._first or seal
        if self._seal and seal == self._seal.root:
            self._met = self._seal.size in {None, size}

    def problems(self, size: int) -> Iterator[str]:
        """What the whole chain of so many events says of the seal that was kept."""
        kept = self._seal
        if kept is None or self._met:
            return
        if kept.size is not None and size < kept.size:
            yield f"{kept.called} covers {kept.size} events, and {size} are left: cut since then"
        elif kept.origin not in {"", origin_of(self._first)}:
            yield f"{kept.called} is of {kept.origin}: another log, or this one was rewritten since"
        elif kept.size is not None:
            yield (
                f"the first {kept.size} events are not those that {kept.called} covers: "
                "the log was rewritten since then"
            )
        else:
            yield f"the log was never sealed as {kept.root}, or was rewritten since"


class _Reading:
    """One reading of a filing: what its head announces, and what follows."""

    def __init__(self, head: FilingReported | None = None) -> None:
        self.head = head
        self.readable = True
        self.rows = self.statements = self.others = 0

    def count(self, fact: Fact) -> None:
        """One more event of this reading."""
        self.rows += isinstance(fact, RowReported)
        self.statements += isinstance(fact, NoteStated)
        self.others += isinstance(fact, FilingRetracted | FilingRestored)

    def problems(self, stream: str) -> Iterator[str]:
        """What is wrong with the reading now that it is complete."""
        if not stream or not self.readable:
            return
        if self.head is None:
            if self.rows or self.statements or self.others:
                yield f"{stream}: its filing is missing"
            return
        announced = self.head.row_count, self.head.statement_count
        if (self.rows, self.statements) != announced:
            yield (
                f"{stream}: {announced[0]} rows and {announced[1]} statements are announced, "
                f"{self.rows} and {self.statements} follow"
            )


def shows(definition: str, view: str, database: Database) -> bool:
    """Whether a view is every column of its own table but the first, as they are, and no more."""
    table = shown_by(view)
    column = rf"(?:{table}\.)?(\"?)(\w+)\1"
    listed = rf"\s*SELECT\s+(?P<columns>{_COLUMN.format(table)}(?:,\s*{_COLUMN.format(table)})*)"
    whole = re.fullmatch(rf"{listed}\s+FROM\s+\"?{table}\"?\s*;?\s*", definition, re.IGNORECASE)
    names = [n.group(2) for n in re.finditer(column, whole["columns"])] if whole else []
    return bool(names) and names == database.columns_of(table)[1:]


_COLUMN = r"(?:{}\.)?(?:\w+|\"\w+\")"
"""A column of a table as a view names it: bare, quoted, or behind the table's name."""


def _indexes(name: str) -> bool:
    """Whether an index is called as one of ours is: by its table, or by SQLite itself."""
    return any(name.startswith((f"{table}_", f"sqlite_autoindex_{table}_")) for table in _TABLES)


def _misshapen(stream: object, version: object, topic: object, state: object) -> str:
    """What is wrong with the very types of a stored event, "" when nothing is."""
    types = (type(stream), type(version), type(topic), type(state))
    if types == (str, int, str, bytes):
        return ""
    return f"{stream} version {version}: this event cannot be read: its columns are damaged"


def _misplaced(head: FilingReported) -> Iterator[str]:
    """Problems of where a filing's event stands."""
    if head.stream != head.originator_id:
        yield f"{head.originator_id}: it holds the filing {head.id}"
    if isinstance(head, FilingReread) != (head.originator_version > 1):
        yield f"{head.originator_id} version {head.originator_version}: not where it belongs"
