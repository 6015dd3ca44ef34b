"""The one door to the log: open a ledger, record filings, read back what was recorded."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from ledger.addresses import stream_of
from ledger.errors import (
    AmbiguousReference,
    IntegrityFailure,
    LedgerError,
    StoreUnavailable,
    UnknownReference,
    UsageError,
)
from ledger.extras import install
from ledger.loading import later
from ledger.processes import Labour, collector_paused
from ledger.store import seals
from ledger.store.batches import Outcome, Standing, batches, planned
from ledger.store.chain import Append, Chain, marks
from ledger.store.checkpoints import Checkpoint, origin_of, parsed
from ledger.store.database import Collision, Database
from ledger.store.seals import State, stored_event
from ledger.store.sqlite import SqliteDatabase
from ledger.store.views import View
from ledger.types import normal_accession

if TYPE_CHECKING:
    from ledger import events as models
    from ledger import recording, retraction
    from ledger.events import Fact
    from ledger.filing import Filing
    from ledger.store import backups, mapper, verification
    from ledger.store.backups import Backup
    from ledger.store.mapper import FactMapper
    from ledger.store.verification import Verification
else:  # replay reads what was checked when it was written, and makes no models of it
    models, recording, retraction = map(
        later, ("ledger.events", "ledger.recording", "ledger.retraction")
    )
    backups, mapper, verification = map(
        later, ("ledger.store.backups", "ledger.store.mapper", "ledger.store.verification")
    )

_STREAMS_PER_QUERY = 500
_HEADS = ("filing", "filing-reread", "retraction", "restoration")
_STATES = "SELECT originator_id, originator_version, topic, {} FROM stored_events"
_IN_ORDER = " ORDER BY originator_id, originator_version"


class Recorded(NamedTuple):
    """An event of the log and its position; positions grow but may skip numbers."""

    position: int
    fact: Fact


class Ledger:
    """A log of filings in one database. Made by `Ledger.open`, closed by `close` or `with`."""

    def __init__(self, database: Database, location: str = "") -> None:
        self._database = database
        self._chain = Chain(database)
        self.location = location
        """What `open` was given, so that another process can open the same ledger."""
        self.read_only = database.read_only
        self.labour = Labour()  # how questions judge what is new: alone, unless it is set

    @classmethod
    def open(cls, url_or_path: str | Path, *, create: bool = True, read_only: bool = False) -> Self:
        """Open the ledger in an SQLite file, or in PostgreSQL by `postgresql://...`.

        Args:
            url_or_path: Where it is. A PostgreSQL ledger lives in the first schema of
                the connection's search path.
            create: Make the ledger where there is none yet.
            read_only: Refuse every write; works in a folder that may not be written.

        Raises:
            StoreUnavailable: Nothing there, out of reach, busy, no permission.
            IntegrityFailure: Something else is there, or it is damaged.
        """
        text = str(url_or_path)
        scheme, separator, _ = text.partition("://")
        if not separator:
            return cls(SqliteDatabase(Path(text), create=create, read_only=read_only), text)
        if scheme not in {"postgresql", "postgres"}:
            raise UsageError(
                f"no ledger can be kept in {scheme}", remedy="name a file or postgresql://..."
            )
        try:
            from ledger.store.postgres import PostgresDatabase  # noqa: PLC0415
        except ImportError:
            raise StoreUnavailable(
                "PostgreSQL needs the driver psycopg",
                remedy=install("postgres"),
            ) from None
        return cls(PostgresDatabase(text, create=create, read_only=read_only), text)

    def close(self) -> None:
        """Give back every connection."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def name(self) -> str:
        """Where the ledger is, safe to show: a URL's password is left out."""
        return self._database.name

    @cached_property
    def _mapper(self) -> FactMapper:
        return mapper.FactMapper()

    # -- recording ------------------------------------------------------------------

    def record(self, filings: Iterable[Filing]) -> list[Outcome]:
        """Append what these filings say, as far as the log does not have it yet.

        Harmless to repeat, also from several processes at once. Batches are appended
        whole: a crash loses the batch in progress and never leaves half a filing.

        Returns:
            One Outcome for each filing, in the order given.

        Raises:
            StoreUnavailable: Busy, full, read-only or out of reach; earlier batches stay.
        """
        outcomes: list[Outcome] = []
        for batch in batches(filings):
            with collector_paused():
                outcomes += self._record(batch)
        return outcomes

    def _record(self, batch: list[Filing]) -> list[Outcome]:
        streams = [filing.stream for filing in batch]
        before: list[State] = []
        while True:
            standing = self._database.patiently(lambda: self._standing(streams))
            plan = planned(batch, streams, standing, self._mapper)
            try:
                if plan.events:
                    self._database.append(plan.events)
            except Collision:
                if plan.events == before:
                    raise seals.out_of_step("removed") from None
                before = plan.events  # another process recorded some of these meanwhile
                continue
            return plan.outcomes

    def _standing(self, streams: Sequence[str]) -> dict[str, Standing]:
        """The reading that stands in each of these streams that exists."""
        found: dict[str, list[Fact]] = {}
        self._chain.require(streams)
        for state in self.states(streams):
            found.setdefault(state[0], []).append(self._fact(state))
        return {
            stream: Standing(recording.filing_of(facts), len(facts), back.words if back else "")
            for stream, facts in found.items()
            for back in [retraction.standing(facts)]
        }

    def add(self, stream: str, said: Callable[[Sequence[Fact]], Sequence[Fact]]) -> list[Recorded]:
        """Append to a stream what is made of all that it holds, and hand that back.

        Where another process writes to the stream meanwhile, it is made anew.

        Raises:
            StoreUnavailable: Busy, full, read-only or out of reach.
        """
        before: Sequence[Fact] = ()
        while True:
            self._chain.require([stream])
            facts = [self._fact(state) for state in self.states([stream])]
            made = said(facts)
            try:
                if made:
                    self._database.append([self._mapper.to_stored_event(fact) for fact in made])
            except Collision:
                if facts == before:
                    raise seals.out_of_step("removed") from None
                before = facts
                continue
            return [e for e in self.events(stream=stream) if e.fact in made] if made else []

    def _fact(self, state: Sequence[Any]) -> Fact:
        fact: Fact = self._mapper.to_domain_event(stored_event(*state))
        return fact

    # -- reading back ---------------------------------------------------------------

    def events(self, after: int = 0, stream: str | None = None) -> Iterator[Recorded]:
        """Every event after a position, oldest recorded first; of one stream, if named.

        Raises:
            IntegrityFailure: An event was altered, or cannot be read; the message names it.
        """
        if stream is None:
            for append in self._chain.appends(after):
                for event in append.events:
                    if event[0] > after:
                        yield Recorded(event[0], self._fact(event[1:]))
            return
        self._chain.require([stream])
        position = self._database.position
        sql = (
            f"SELECT {position}, originator_id, originator_version, topic, {self._database.told} "  # noqa: S608
            f"FROM stored_events WHERE originator_id = ? AND {position} > ? "
            "ORDER BY originator_version"
        )
        found = 0
        for found, *state in self._database.rows(sql, (stream, after)):
            yield Recorded(found, self._fact(state))
        if not found:
            self._chain.require_all_there()

    def filing(self, reference: str) -> Filing:
        """The filing that answers to a name, as its last reading has it.

        Args:
            reference: An accession number, with or without dashes, or `sha256:` and at
                least the first 12 hex digits of a document that has none.

        Raises:
            UnknownReference: No filing has this name.
            AmbiguousReference: Several documents begin with these digits.
        """
        return _last_reading(*self._facts(reference))

    def readings(self, reference: str) -> tuple[Filing, ...]:
        """Every reading of the filing that answers to a name, the one that stands last.

        Arguments and errors as of `filing`.
        """
        stream, facts = self._facts(reference)
        heads = [at for at, fact in enumerate(facts) if isinstance(fact, models.FilingReported)]
        ends = [*heads[1:], len(facts)]
        return tuple(_last_reading(stream, facts[:end]) for end in ends)

    def _facts(self, reference: str) -> tuple[str, list[Fact]]:
        """The stream that answers to a filing's name, and all its events."""
        if not isinstance(reference, str):  # which a caller without a type checker may give
            raise UnknownReference(
                f"{reference!r:.80} names no filing",
                remedy="give its accession number, or sha256: and its digits, as text",
            )
        stream = self._stream(reference.strip())
        self._chain.require([stream])
        facts = [self._fact(state) for state in self.states([stream])]
        if not facts:
            raise self._unknown(reference)
        return stream, facts

    def heads(self, streams: Iterable[str]) -> dict[str, Filing]:
        """What stands of each of these filings that counts here, without its rows and statements.

        Raises:
            IntegrityFailure: The append that one of them lies in was altered.
        """
        named = sorted(set(streams))
        self._chain.require(named)
        said: dict[str, list[Fact]] = {}
        for state in self.states(named, topics=_HEADS):
            said.setdefault(state[0], []).append(self._fact(state))
        counted = (facts for facts in said.values() if retraction.standing(facts) is None)
        heads = (f for facts in counted for f in facts if isinstance(f, models.FilingReported))
        return {head.originator_id: head for head in heads}

    def versions(self, streams: Iterable[str]) -> dict[str, int]:
        """How many events each of these streams has: see `Chain.versions`."""
        return self._chain.versions(streams)

    def _unknown(self, reference: str) -> LedgerError:
        """The error that no filing has this name, unless it may have been removed."""
        try:
            self._chain.require_all_there()
        except IntegrityFailure as error:
            return error
        remedy = "`ledger events` lists them"
        return UnknownReference(
            f"no filing here is called {reference!r}", where=self.name, remedy=remedy
        )

    def _stream(self, reference: str) -> str:
        digits = reference.lower().removeprefix("sha256:")
        if digits != reference.lower():
            if not re.fullmatch("[0-9a-f]{12,64}", digits):
                raise UnknownReference(
                    f"{reference!r} is too short or no hash", remedy="give 12 hex digits or more"
                )
            sql = (
                "SELECT DISTINCT originator_id FROM stored_events "
                "WHERE originator_id >= ? AND originator_id < ? ORDER BY originator_id LIMIT 10"
            )
            first = f"sha256:{digits}"
            found = [row[0] for row in self._database.rows(sql, (first, first + "g"))]
            if len(found) > 1:
                raise AmbiguousReference(f"{reference!r} names several filings", tuple(found))
            if not found:
                raise self._unknown(reference)
            return str(found[0])
        accession = normal_accession(reference)
        if accession is None or len(accession) < len(reference):
            raise UnknownReference(
                f"{reference!r} names no filing",
                remedy="give an accession number such as 0001234567-05-000001, or sha256:...",
            )
        return stream_of(accession)

    def states(
        self,
        streams: Iterable[str] | None = None,
        *,
        topics: Sequence[str] = (),
        end: int | None = None,
    ) -> Iterator[State]:
        """Stored events as they lie there, by stream and version, in constant memory.

        For readers with a decoder of their own; nothing is checked or validated here. Named
        streams come in their sorted order, those that do not exist not at all. Where
        topics are named, only their events come; where an end, those up to that position.
        """
        told = _STATES.format(self._database.told)
        named = f"topic IN ({marks(topics)})" if topics else "TRUE"
        if end is not None:
            named += f" AND {self._database.position} <= {int(end)}"
        if streams is None:
            yield from self._database.rows(f"{told} WHERE {named}{_IN_ORDER}", topics)
            return
        wanted = iter(sorted(set(streams)))
        while names := list(islice(wanted, _STREAMS_PER_QUERY)):
            yield from self._database.rows(
                f"{told} WHERE originator_id IN ({marks(names)}) AND {named}{_IN_ORDER}",
                (*names, *topics),
            )

    def appends(self, after: int = 0) -> Iterator[Append]:
        """Every append that ends behind a position, checked: see `Chain.appends`."""
        return self._chain.appends(after)

    def checked(self, streams: Mapping[str, str], end: int) -> Iterator[State]:
        """The events of streams with these digests, up to a position: see `Chain.checked`."""
        return self._chain.checked(streams, end)

    def digests(self, streams: Iterable[str], end: int) -> dict[str, str]:
        """The digests of streams up to a position: see `Chain.digests`."""
        return self._chain.digests(streams, end)

    def sealed(self) -> int:
        """The position of the last event that bears a seal, as the last one must."""
        return self._chain.end()

    def seal_at(self, position: int) -> str:
        """The seal of the append that ends at a position; "" where none does."""
        found = self._database.rows("SELECT hash FROM seals WHERE position = ?", (position,))
        return next((str(row[0]) for row in found), "")

    def head(self) -> int:
        """The position of the last event, 0 in an empty ledger. It is not a count."""
        return self._database.head()

    def streams(self, after: int = 0) -> list[str]:
        """The streams that something was appended to after a position, sorted."""
        sql = (
            "SELECT DISTINCT originator_id FROM stored_events "  # noqa: S608
            f"WHERE {self._database.position} > ? ORDER BY originator_id"
        )
        return [row[0] for row in self._database.rows(sql, (after,))]

    def view(self, name: str, edition: str = "") -> View:
        """A read model kept beside the log, with its own position in it."""
        return View(self._database, name, edition)

    def has_view(self, name: str) -> bool:
        """Whether a read model of this name is kept beside the log, by whatever rules."""
        return self.view(name).outdated()

    def verify(self, against: Checkpoint | str | None = None) -> Verification:
        """Check every stored event, stream and seal: see `ledger.store.verification.verify`.

        Args:
            against: A seal that was kept elsewhere: what `seal` gave, its text, or its root.

        Raises:
            UsageError: That text is no seal.
        """
        kept = parsed(against) if isinstance(against, str) else against
        return verification.verify(self._database, self._mapper, kept)

    def seal(self, at: datetime | None = None) -> Checkpoint:
        """The seal of the whole log, to be kept elsewhere; the log is verified first.

        Args:
            at: The moment to write on it; None for now.

        Raises:
            IntegrityFailure: The log is damaged or was altered, so it is not sealed.
        """
        found = self.verify()
        if not found.ok:
            raise IntegrityFailure(
                f"the log is damaged or was altered: {found.problems[0]}",
                where=self.name,
                remedy="run `ledger verify`; what is damaged is not sealed",
            )
        first = self._database.rows("SELECT hash FROM seals ORDER BY position LIMIT 1")
        origin = origin_of(next((str(row[0]) for row in first), seals.FIRST))
        return Checkpoint(
            origin, found.events, found.seal, at or datetime.now(UTC).replace(microsecond=0)
        )

    def backup(self, path: str | Path) -> Backup:
        """Copy the ledger to a file, verified before it bears its name: see `ledger.store.backups`."""
        return backups.backup(self._database, Path(path))

    def adopt(self, other: Ledger, streams: Iterable[str]) -> None:
        """Copy streams of another ledger that this one does not have yet, as they lie there."""
        wanted = set(streams)
        wanted -= {state[0] for state in self.states(wanted)}
        if events := [*other.states(wanted)]:
            self._database.append(events)


def _last_reading(stream: str, facts: Sequence[Fact]) -> Filing:
    try:
        return recording.filing_of(facts)
    except ValueError as error:
        raise IntegrityFailure(
            "its events are not one whole filing", where=stream, remedy="run `ledger verify`"
        ) from error
