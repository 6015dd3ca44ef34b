"""The read model: an index of who and what, and each issuer's judgement, ready to show.

It lies beside the events, in the same database, and `catching_up` brings it to the head of the
log. Nothing in it is a fact, and nothing in it is believed unchecked.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, groupby, islice
from operator import itemgetter
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

import msgspec

from ledger import Ledger, MemoryView, View
from ledger.addresses import stream_of
from ledger.errors import IntegrityFailure
from projections.answers import Totals
from projections.filings.decoding import dossiers
from projections.filings.records import Dossier
from projections.findings.finding import Finding
from projections.findings.kinds import SEVERITIES
from projections.views import digests, rules
from projections.views.digests import Digests, Directory, HeldRow, IssuerRow, Part, PersonRow
from projections.views.memory import Everybody, Memory, Register
from projections.views.packing import unpacked

_Answer = TypeVar("_Answer")

_AT_ONCE = 200
"""Names asked for together."""


def _pages(names: Iterable[str]) -> Iterator[list[str]]:
    wanted = iter(names)
    while some := list(islice(wanted, _AT_ONCE)):
        yield some


_in_memory: WeakKeyDictionary[Ledger, MemoryView] = WeakKeyDictionary()
"""Read models of ledgers that cannot keep one."""


class Verdicts(NamedTuple):
    """What the judgement of some issuers found: how totals fare, and the findings."""

    totals: list[Totals]
    findings: list[Finding]


class Flag(NamedTuple):
    """A finding as it is counted: at which issuer, about whose filing, its id, its kind and how grave."""

    issuer: str
    persons: list[str]
    id: str
    kind: str
    severity: str


_read_finding = msgspec.json.Decoder(Finding).decode
_totals = msgspec.json.Decoder(Totals).decode


def _finding(body: str) -> Finding:
    return _read_finding(unpacked(body))


class ReadModel:
    """The read model at the head of the log, checked as it is read; made by `catching_up.current`.

    Where another process brings it further while it is read, reading goes on from there.
    """

    def __init__(
        self, ledger: Ledger, view: View | MemoryView, register: Register | None = None
    ) -> None:
        self._ledger, self._view, self._register = ledger, view, register or Register()
        self._directory = self._read_directory()
        self._sound: set[str] = set()

    @property
    def memory(self) -> Memory | None:
        """Where judgements are kept for the next question, if anywhere."""
        return self._register if isinstance(self._register, Memory) else None

    @property
    def issuers(self) -> dict[str, IssuerRow]:
        """Every issuer's own row, by its key; `filings` is 0 where all of its were taken back."""
        return self._directory.issuers

    @property
    def standing(self) -> list[IssuerRow]:
        """The rows of the issuers about which some filing counts."""
        return [row for row in self.issuers.values() if row.filings]

    @property
    def topics(self) -> dict[str, int]:
        """How many events of each topic the log has."""
        return self._directory.topics

    def digests(self) -> Iterator[tuple[str, str]]:
        """Of each issuer that has filings, what stands for them and for all that is judged of them."""
        for issuer, row in self.issuers.items():
            part = self._directory.parts[issuer]
            yield issuer, row.digest[:32] + "".join(part)

    def stamp(self, issuer: str) -> tuple[str, ...]:
        """What stands for the filings that an issuer is judged by: its own, and those of its kin."""
        concerned = sorted({issuer, *json.loads(self.issuers[issuer].kin)})
        return tuple(f"{one} {self._directory.parts[one].filings}" for one in concerned)

    def require_filings(self, issuers: Iterable[str]) -> None:
        """Check that the filings that some issuers are judged by are still what was recorded."""
        concerned = {one for key in issuers for one in (key, *json.loads(self.issuers[key].kin))}
        for some in digests.in_turn(concerned - self._sound, self.issuers):
            self._settled(partial(self._sound_filings, some))
        self._sound |= concerned

    def persons(self) -> list[PersonRow]:
        """Everybody at every issuer."""
        return self.everybody().rows

    def each_person(self) -> Iterator[PersonRow]:
        """The same one by one, however many they are: nobody is kept."""
        for some in digests.in_turn(self._directory.parts, self.issuers):
            for _, rows in self._settled(partial(self._people, some)).values():
                yield from rows

    def everybody(self) -> Everybody:
        """The same, to be looked up."""
        return self._settled(self._read_persons)

    def issuer_of(self, stream: str) -> str | None:
        """The issuer that a filing is about; None for a filing that is not here."""
        return next(
            iter(self._settled(partial(self._homes, "view_filings", "stream", stream))), None
        )

    def issuers_with(self, finding: str) -> frozenset[str]:
        """The issuers that have a finding whose id begins so."""
        return self._settled(partial(self._homes, "view_findings", "id", finding, prefix=True))

    def _homes(self, table: str, column: str, name: str, *, prefix: bool = False) -> frozenset[str]:
        """The issuers in whose rows a name stands, or one that begins so: found by an index.

        What no index finds is looked for in every whole row: an index can lose what it is of.
        """
        test, past, values = f"{column} = ?", f"{column} || '' = ?", [name]
        if prefix:
            test, values = f"{column} >= ? AND {column} < ?", [name, name + "g"]
            past = f"substr({column}, 1, {len(name)}) = ?"
        sql = f"SELECT DISTINCT issuer FROM {table} WHERE {test}"  # noqa: S608 - our own names
        found = frozenset(row[0] for row in self._view.query(sql, values))
        if not found:
            self._require_all()
            if self._view.query(f"SELECT * FROM {table} WHERE {past} LIMIT 1", (name,)):  # noqa: S608 - our own names
                raise digests.altered(f"an index of {table}")
        if not found <= self.issuers.keys():
            raise digests.altered(f"an issuer in {table}")
        return found

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
        for some in digests.in_turn(asked, self.issuers):
            yield self._settled(partial(self._verdicts, some, persons))

    def held(self, issuers: Iterable[str] | None) -> Iterator[list[HeldRow]]:
        """What is held at last at each of some issuers, as it is stored; nothing is judged again.

        The filings it rests on are checked, those of its kin included, as they are where they are judged.
        """
        asked = self.issuers.keys() if issuers is None else self.issuers.keys() & set(issuers)
        for some in digests.in_turn(asked, self.issuers):
            self.require_filings(some)
            found = self._settled(partial(self._held, some))
            yield from (found[issuer] for issuer in some if issuer in found)

    def _held(self, issuers: list[str]) -> dict[str, list[HeldRow]]:
        self._require(issuers, "holdings")
        sql = f"{digests.HOLDINGS} WHERE issuer IN ({','.join('?' * len(issuers))})"
        rows = sorted(HeldRow._make(row) for row in self._view.query(sql, tuple(issuers)))
        return {issuer: list(own) for issuer, own in groupby(rows, key=itemgetter(0))}

    def worst(
        self,
        count: int,
        after: int = 0,
        without: Collection[str] = (),
        *,
        kinds: Sequence[str] = (),
        severities: Sequence[str] = SEVERITIES,
        ranked: Mapping[str, str] = MappingProxyType({}),
    ) -> list[Finding]:
        """The gravest findings of all but some, `count` behind the first `after`, as checked.

        Args:
            count: How many.
            after: How many graver ones are passed over.
            without: The ids of those that are passed over wherever they stand.
            kinds: Only findings of these kinds; all when empty.
            severities: Only findings as grave as these.
            ranked: Kinds that are graver, or less grave, to who asks; the findings are as they are stored.
        """

        def told() -> list[Finding]:
            most = after + count + len(without)
            rows: list[tuple[str, str]] = []
            for severity in reversed(SEVERITIES):
                if severity in severities and len(rows) < most:
                    rows += self._as_grave_as(severity, most - len(rows), kinds, ranked)
            rows = [row for row in rows if row[1] not in without][after : after + count]
            return self._told(rows)

        return self._settled(told)

    def _as_grave_as(
        self, severity: str, count: int, kinds: Sequence[str], ranked: Mapping[str, str]
    ) -> list[tuple[str, str]]:
        """Issuers and ids of the first `count` findings as grave to who asks: as many as are counted."""

        def wanted(kind: str, own: str) -> bool:
            return ranked.get(kind, own) == severity and (not kinds or kind in kinds)

        from projections.views.gravest import gravest  # noqa: PLC0415  (only lists of findings)

        there = gravest(self.issuers.values(), wanted, count)
        found: list[tuple[str, str]] = []
        for some in _pages(there):
            sql = f"SELECT issuer, id, kind, severity FROM view_findings WHERE issuer IN ({_holes(some)})"  # noqa: S608 - holes are question marks
            rows = self._view.query(sql, some)
            found += [(str(row[0]), str(row[1])) for row in rows if wanted(*row[2:])]
        if Counter(issuer for issuer, _ in found) != there:
            raise digests.altered("its findings")
        return sorted(found)[:count]

    def _told(self, rows: Sequence[tuple[str, str]]) -> list[Finding]:
        """The findings of these issuers and ids, the filings that they are about checked."""
        issuers, found = sorted({issuer for issuer, _ in rows}), dict[tuple[str, str], Finding]()
        self._require(issuers, "filings", "findings")
        for some in _pages(issuers):
            ids = [name for issuer, name in rows if issuer in some]
            sql = (
                f"SELECT issuer, body FROM view_findings WHERE issuer IN ({_holes(some)}) "  # noqa: S608 - holes are question marks
                f"AND id || '' IN ({_holes(ids)})"
            )
            for issuer, body in self._view.query(sql, (*some, *ids)):
                finding = _finding(body)
                found[issuer, finding.id] = finding
        told = [found[row] for row in rows]
        for _ in self.filings(stream_of(finding.filing) for finding in told):
            pass
        return told

    def _verdicts(self, issuers: list[str], persons: frozenset[str] | None) -> Verdicts:
        def rows(columns: str) -> list[tuple[Any, ...]]:
            sql = f"SELECT {columns} WHERE issuer IN ({','.join('?' * len(issuers))})"
            return self._view.query(sql, tuple(issuers))

        def about(keys: str) -> bool:
            return persons is None or not persons.isdisjoint(json.loads(keys))

        self._sound_filings(issuers, "findings")
        return Verdicts(
            [_totals(t) for owners, t in rows("owners, totals FROM view_totals") if about(owners)],
            [_finding(f) for keys, f in rows("persons, body FROM view_findings") if about(keys)],
        )

    def _require(self, issuers: Sequence[str], *kinds: str) -> None:
        """Check what some issuers have in the read model: rows of these kinds, or of all."""
        for kind in kinds or Part._fields:
            found = digests.digests_of(self._view.query, issuers, kind)
            for issuer in issuers:
                part = self._directory.parts.get(issuer)
                if part is None or found[issuer] != getattr(part, kind):
                    raise digests.altered(f"issuer {issuer}")

    def _sound_filings(self, issuers: list[str], *kinds: str) -> None:
        """Check which filings are some issuers', rows of these kinds beside, and the filings' events."""
        self._require(issuers, "filings", *kinds)
        streams: Digests = {}
        for issuer in issuers:
            streams |= streams_of(self._view.query, issuer)
        for _ in self._ledger.checked(streams, self._directory.position):
            pass

    def _require_all(self) -> None:
        """Check everything, before it is said that something is not there."""
        for some in digests.in_turn(self._directory.parts, self.issuers):
            self._require(some)

    def filings_of(
        self, issuers: Iterable[str] | None
    ) -> Iterator[tuple[str, list[Dossier], list[list[Dossier]]]]:
        """Each issuer's filings, and those of its kin; of all issuers where none are named."""
        return chain.from_iterable(self.filings_in_turn(issuers))

    def filings_in_turn(
        self, issuers: Iterable[str] | None
    ) -> Iterator[Iterator[tuple[str, list[Dossier], list[list[Dossier]]]]]:
        """The same in parts that are read together: within one, kin that is shared is one list."""
        asked = self.issuers.keys() if issuers is None else self.issuers.keys() & set(issuers)
        for some in digests.in_turn(asked, self.issuers):
            kin = {issuer: json.loads(self.issuers[issuer].kin) for issuer in some}
            concerned = sorted({*some, *(other for others in kin.values() for other in others)})
            found = self._settled(partial(self._dossiers, concerned))
            there = [issuer for issuer in some if issuer in found]
            yield ((one, found[one], [found[other] for other in kin[one]]) for one in there)

    def filings(self, streams: Iterable[str]) -> Iterator[Dossier]:
        """Filings by their streams, as far as they are here."""
        found: Digests = {}
        for some in _pages(sorted(set(streams))):
            found |= self._settled(partial(self._named, some))
        return dossiers(self._ledger.checked(found, self._directory.position))

    def _named(self, streams: Sequence[str]) -> Digests:
        """The digests of filings by their streams: no index has lost any that is here."""
        sql = f"SELECT stream, digest FROM view_filings WHERE stream {{}} IN ({_holes(streams)})"  # noqa: S608 - holes are question marks
        found: Digests = dict(self._view.query(sql.format(""), tuple(streams)))
        past = sql.format("|| ''")
        if len(found) < len(streams) and found != dict(self._view.query(past, tuple(streams))):
            raise digests.altered("an index of view_filings")
        return found

    def _dossiers(self, issuers: list[str]) -> dict[str, list[Dossier]]:
        self._require(issuers)
        home: dict[str, str] = {}
        known: Digests = {}
        for issuer in issuers:
            own = streams_of(self._view.query, issuer)
            home |= dict.fromkeys(own, issuer)
            known |= own
        read = dossiers(self._ledger.checked(known, self._directory.position))
        found = sorted(read, key=lambda d: (home[d.stream], d.stream))
        return {k: list(own) for k, own in groupby(found, key=lambda d: home[d.stream])}

    def _read_persons(self) -> Everybody:
        """Everybody: those of an issuer whose rows are what they were are kept."""
        before = self._register.people
        if before and before[0] == self._directory.root:
            return before[1]
        parts, kept = self._directory.parts, before[1].there if before else {}
        held = {
            issuer: kept[issuer]
            for issuer, part in parts.items()
            if issuer in kept and kept[issuer][0] == part.people
        }
        for some in _pages(sorted(parts.keys() - held.keys())):
            held |= self._people(some)
        self._register.people = (self._directory.root, Everybody(held))
        return self._register.people[1]

    def _people(self, issuers: Sequence[str]) -> dict[str, tuple[str, list[PersonRow]]]:
        """Those at some issuers, under the digest that they were checked by."""
        sql = f"{digests.PEOPLE} WHERE issuer IN ({_holes(issuers)})"
        told = map(PersonRow._make, self._view.query(sql, issuers))
        rows = sorted(told, key=lambda row: (row.issuer, str(row.person)))
        there = {k: list(own) for k, own in groupby(rows, key=itemgetter(0))}
        found: dict[str, tuple[str, list[PersonRow]]] = {}
        for issuer in issuers:
            digest = digests.digest_of(row[1:] for row in there.get(issuer, ()))
            part = self._directory.parts.get(issuer)
            if part is None or digest != part.people:
                raise digests.altered(f"people of issuer {issuer}")
            found[issuer] = (digest, there.get(issuer, []))
        return found

    def flagged(self, issuers: Iterable[str] | None) -> Iterator[Flag]:
        """Every finding of some issuers, of all where none are named: whose it is and how grave."""
        asked = self.issuers.keys() if issuers is None else self.issuers.keys() & set(issuers)
        for some in digests.in_turn(asked, self.issuers):
            yield from self._settled(partial(self._flagged, some))

    def _flagged(self, issuers: list[str]) -> list[Flag]:
        self._require(issuers, "findings")
        sql = f"SELECT issuer, persons, id, kind, severity FROM view_findings WHERE issuer IN ({_holes(issuers)})"  # noqa: S608 - holes are question marks
        return [
            Flag(issuer, json.loads(keys), *row)
            for issuer, keys, *row in self._view.query(sql, tuple(issuers))
        ]

    def _read_directory(self) -> Directory:
        while True:
            position = self._view.position()
            try:
                known = self._register.directory
                found = digests.directory_of(
                    self._view.query, position, self._ledger.seal_at(position), known
                )
                self._register.directory = found
                return found
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
                self._directory, self._sound = fresh, set()


def _holes(values: Collection[str]) -> str:
    return ",".join("?" * len(values))


def view_of(ledger: Ledger) -> View | MemoryView:
    """The tables of the read model, to be asked."""
    return _in_memory.get(ledger) or stored_view(ledger)


def stored_view(ledger: Ledger) -> View:
    """The read model as it is stored, whether or not it can be asked."""
    return ledger.view("holdings", rules.edition())


def kept_in_memory(ledger: Ledger) -> MemoryView:
    """Where a ledger that cannot store a read model has one from now on, empty as yet."""
    kept = _in_memory[ledger] = MemoryView()
    return kept


def streams_of(query: digests.Query, issuer: str) -> Digests:
    """The streams of an issuer's filings with their digests."""
    sql = "SELECT stream, digest FROM view_filings WHERE issuer = ?"
    return {row[0]: row[1] for row in query(sql, (issuer,))}
