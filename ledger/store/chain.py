"""Reading the log as it was sealed: whatever is handed on was checked against its seal first."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from operator import itemgetter, lt
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from ledger.errors import IntegrityFailure
from ledger.loading import later
from ledger.store import seals
from ledger.store.database import Database
from ledger.store.seals import State, stored_event

if TYPE_CHECKING:
    from ledger.store import mapper
else:
    mapper = later("ledger.store.mapper")  # what is whole is handed on as it lies there

Event = tuple[int, str, int, str, bytes]
"""A stored event behind its position."""

Entry = tuple[int, str, int]
"""An event as an index has it: position, stream, version."""

_COLUMNS = "originator_id, originator_version, topic"
_AT_ONCE = 500
"""Streams named in one query."""
_PLACES_AT_ONCE = 10_000
"""Positions named in one query."""
_LOOKS = 3
"""How often an index and the log are looked at before they count as differing."""

_STREAM = itemgetter(0)
_packed = msgspec.msgpack.Encoder().encode


class Append(NamedTuple):
    """What was appended together, up to a position: its events with their positions."""

    position: int
    events: list[Event]


class Chain:
    """The log behind its seals.

    Each append is checked once while the ledger is open: its events against its seal, which
    rests on the seal before it. `verify` alone checks them all.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._checked: set[int] = set()
        self._counted = False

    def end(self) -> int:
        """The position of the last event that was sealed; 0 in an empty log.

        Raises:
            IntegrityFailure: Events stand behind it that bear no seal.
        """
        events = f"SELECT coalesce(max({self._database.position}), 0) FROM stored_events"  # noqa: S608
        sql = f"SELECT coalesce(max(position), 0), ({events}) FROM seals"  # noqa: S608
        ((sealed, last),) = self._database.rows(sql)
        if not isinstance(sealed, int) or last != sealed:
            how = "removed" if isinstance(sealed, int) and last < sealed else ""
            raise seals.out_of_step(how)
        return sealed

    def appends(self, after: int) -> Iterator[Append]:
        """Every append that ends behind a position, oldest first, each whole and checked.

        Raises:
            IntegrityFailure: One was altered; what was handed on before it was not.
        """
        end = self.end()
        sql = "SELECT position, events, hash FROM seals WHERE position {} ? ORDER BY position {}"
        before = next(self._database.rows(sql.format("<=", "DESC LIMIT 1"), (after,)), None)
        last, _, seal = before or (0, 0, seals.FIRST)
        column = self._database.position
        events = self._database.rows(
            f"SELECT {column}, {_COLUMNS}, {self._database.told} FROM stored_events "  # noqa: S608 - our own names
            f"WHERE {column} > ? AND {column} <= ? ORDER BY {column}",
            (last, end),
        )
        stamps = self._database.rows(f"{sql.format('>', '')}", (last,))
        for position, count, own in stamps:
            if position > end:
                return
            placed = isinstance(position, int) and isinstance(last, int)
            found = list(islice(events, count if isinstance(count, int) else 0))
            placed = placed and self._in_place(found, last, position)
            if not placed or _sealed(seal, found) != own:
                raise self._altered(position, found)
            self._checked.add(position)
            yield Append(position, found)
            last, seal = position, own

    def _in_place(self, events: Sequence[Event], after: int, end: int) -> bool:
        """Whether an append's events bear the positions they were given, which no seal covers.

        They grow from the one behind the append before to the seal's own, and where the
        database leaves no gap each follows the last.
        """
        places = [event[0] for event in events]
        if self._database.gapless:
            return bool(places) and places == [*range(after + 1, end + 1)]
        return bool(places) and places[-1] == end and all(map(lt, [after, *places], places))

    def require(self, streams: Iterable[str]) -> None:
        """Make sure that the events of these streams are those that were sealed.

        Raises:
            IntegrityFailure: The append that one of them lies in was altered, or the index
                by which streams are found names other events than are theirs.
        """
        column = self._database.position
        ends: set[int | None] = set()
        for names in _pages(streams):
            self._require_index(names)
            self._require_whole_index()
            sql = (
                f"SELECT DISTINCT (SELECT min(position) FROM seals WHERE position >= e.{column}) "  # noqa: S608
                f"FROM stored_events e WHERE originator_id IN ({marks(names)})"
            )
            ends |= {row[0] for row in self._database.rows(sql, names)}
        for position in ends - self._checked:
            if not isinstance(position, int):
                raise seals.out_of_step("")
            next(self.appends(position - 1), None)

    def _require_index(self, names: Sequence[str]) -> None:
        """Make sure that the index finds all events of these streams, and no others.

        Seals cover events, and no seal the index of their streams. What it finds is looked at
        again by position, and so is what lies next to that, in the log and in the index: an
        entry that was altered stands beside the place where it is missed. Where they differ
        because another process appended meanwhile, they do not the next time.
        """
        for _ in range(_LOOKS):
            amiss = self._misplaced(names)
            if amiss is None:
                return
        raise self._not_as_sealed(amiss)

    def _require_whole_index(self) -> None:
        """Make sure, once while the ledger is open, that the index has as many events as were sealed.

        A page of it that is as it was before the last writes shows nothing amiss but that.
        A server checks its own pages.
        """
        if self._database.bytewise and not self._counted:
            self.require_all_there()
            self._counted = True

    def _misplaced(self, names: Sequence[str]) -> str | None:
        """One of these streams whose events are others by the index than by position."""
        column = self._database.position
        found = set(
            self._database.rows(
                f"SELECT {column}, originator_id, originator_version FROM stored_events "  # noqa: S608
                f"WHERE originator_id IN ({marks(names)})",
                names,
            )
        )
        places = {near for event in found for near in (event[0] - 1, event[0], event[0] + 1)}
        wanted = set(names)
        placed = (event for event in self._placed(places) if event[1] in wanted)
        if differ := found.symmetric_difference(placed):
            return min(str(event[1]) for event in differ)
        return next(self._beside(names), None) if self._database.bytewise else None

    def _beside(self, names: Sequence[str]) -> Iterator[str]:
        """Each of these names about which the index of streams has an entry that the log has not there."""
        column = self._database.position
        entry = f"{column} || ' ' || originator_version || ' ' || originator_id"
        one = (
            f"SELECT name, (SELECT {entry} FROM stored_events WHERE originator_id {{0}} name "  # noqa: S608
            "ORDER BY originator_id {1}, originator_version {1} LIMIT 1) AS entry FROM asked"
        )
        found = self._database.rows(
            f"WITH asked(name) AS (VALUES {','.join(['(?)'] * len(names))}) "  # noqa: S608
            f"SELECT name FROM ({one.format('<', 'DESC')} UNION ALL {one.format('>', 'ASC')} LIMIT -1) "
            f"WHERE entry IS NOT NULL AND entry IS NOT (SELECT {entry} "
            f"FROM stored_events NOT INDEXED WHERE {column} = CAST(entry AS INTEGER))",
            names,
        )
        yield from (name for (name,) in found)

    def _placed(self, places: Iterable[int]) -> Iterator[tuple[Any, ...]]:
        """What stands at these positions of the log: position, stream and version."""
        column = self._database.position
        wanted = iter(sorted(places))
        while some := list(islice(wanted, _PLACES_AT_ONCE)):
            yield from self._database.rows(
                f"SELECT {column}, originator_id, originator_version FROM stored_events "  # noqa: S608
                f"WHERE {column} IN ({marks(some)})",
                some,
            )

    def versions(self, streams: Iterable[str]) -> dict[str, int]:
        """How many events each of these streams has, of those that are there.

        What they say is not checked: for who neither tells nor builds on it.

        Raises:
            IntegrityFailure: Events were removed or added, or the index of streams lost some.
        """
        self._require_whole_index()
        wanted, found = set(streams), dict[str, int]()
        for names in _pages(wanted):
            sql = (
                "SELECT originator_id, max(originator_version) FROM stored_events "  # noqa: S608
                f"WHERE originator_id IN ({marks(names)}) GROUP BY originator_id"
            )
            found |= {row[0]: row[1] for row in self._database.rows(sql, names)}
        return found

    def require_all_there(self) -> None:
        """Make sure that no event was removed or added below the seals, without reading any.

        Raises:
            IntegrityFailure: There are fewer events than were sealed, or more.
        """
        self.end()
        sql = (
            "SELECT (SELECT count(*) FROM stored_events), "
            "(SELECT coalesce(sum(events), 0) FROM seals)"
        )
        ((there, sealed),) = self._database.rows(sql)
        if there != sealed:
            raise seals.out_of_step("removed, or an index lost them" if there < sealed else "")

    def checked(self, streams: Mapping[str, str], end: int) -> Iterator[State]:
        """The events of streams up to a position, by stream and version, each stream checked.

        Args:
            streams: The digest of each stream, as `digest_of` gives it.
            end: The position that the digests were taken at.

        Raises:
            IntegrityFailure: A stream is not what its digest says.
        """
        for names in _pages(streams):
            wanted = iter(names)
            for stream, group in groupby(self._events(names, end), key=_STREAM):
                events = list(group)
                if next(wanted, None) != stream or digest_of(events) != streams[stream]:
                    raise self._not_as_sealed(stream)
                yield from events
            if (missing := next(wanted, None)) is not None:
                raise self._not_as_sealed(missing)

    def digests(self, streams: Iterable[str], end: int) -> dict[str, str]:
        """The digest of all events of each stream up to a position, each append checked.

        Raises:
            IntegrityFailure: An append that one of them lies in was altered.
        """
        wanted = set(streams)
        self.require(wanted)
        found: dict[str, str] = {}
        for names in _pages(wanted):
            for stream, group in groupby(self._events(names, end), key=_STREAM):
                found[stream] = digest_of(list(group))
        return found

    def _events(self, names: Sequence[str], end: int) -> Iterator[State]:
        """The events of some streams up to a position, by stream and version, unchecked."""
        sql = (
            f"SELECT {_COLUMNS}, {self._database.told} FROM stored_events "  # noqa: S608
            f"WHERE originator_id IN ({marks(names)}) "
            f"AND {self._database.position} <= ? ORDER BY originator_id, originator_version"
        )
        yield from self._database.rows(sql, (*names, end))

    def _altered(self, position: object, events: Sequence[Event]) -> IntegrityFailure:
        """The error that an append was altered, which names the event where one shows it."""
        facts = mapper.FactMapper()
        for event in events:
            try:
                facts.to_domain_event(stored_event(*event[1:]))
            except (IntegrityFailure, TypeError) as error:
                if isinstance(error, IntegrityFailure):
                    return error
        streams = dict.fromkeys(str(event[1]) for event in events)
        among = " to ".join(dict.fromkeys([*streams][:1] + [*streams][-1:])) or "no stream"
        return IntegrityFailure(
            f"the append that ends at position {position} was altered, or its seal ({among})",
            where=f"position {position}",
            remedy="run `ledger verify`; restore the database from a backup",
        )

    def _not_as_sealed(self, stream: object) -> IntegrityFailure:
        column = self._database.position
        sql = f"SELECT min({column}), max({column}) FROM stored_events WHERE originator_id = ?"  # noqa: S608
        ((first, last),) = self._database.rows(sql, (str(stream),))
        place = f" at positions {first} to {last}" if first else ""
        return IntegrityFailure(
            "its events are not those that were recorded",
            where=f"{stream}{place}",
            remedy="run `ledger verify`; restore the database from a backup, then `ledger replay`",
        )


def digest_of(events: Sequence[State]) -> str:
    """What stands for the events of one stream: 32 hex digits of the SHA-256 of their MessagePack.

    "" where their columns hold what no event's do.
    """
    try:
        return hashlib.sha256(_packed(events)).hexdigest()[:32]
    except (TypeError, ValueError):
        return ""


def _sealed(previous: str, events: Sequence[Event]) -> str:
    """The seal of an append; "" where its columns hold what no event's do."""
    try:
        digest = seals.digest_of([event[1:] for event in events])
    except (TypeError, ValueError):
        return ""
    return seals.sealed(previous, digest)


def _pages(streams: Iterable[str]) -> Iterator[list[str]]:
    wanted = iter(sorted(set(streams)))
    while names := list(islice(wanted, _AT_ONCE)):
        yield names


def marks(values: Sequence[object]) -> str:
    """A question mark for each value of a list in SQL."""
    return ",".join("?" * len(values))
