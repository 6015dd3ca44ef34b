"""The read model: an index of who and what, and each issuer's judgement, ready to show.

It lies beside the events, in the same database, and `catching_up` brings it to the head of the
log. Nothing in it is a fact, and nothing in it is believed unchecked.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import chain, groupby, islice
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from ledger.addresses import stream_of
from projections.answers import Totals
from projections.filings.decoding import HEADS, dossiers
from projections.filings.records import Dossier
from projections.findings.finding import ID_DIGITS, Finding
from projections.findings.kinds import SEVERITIES
from projections.views import digests
from projections.views.digests import Digests, HeldRow, IssuerRow, Part, PersonRow
from projections.views.gate import Gate
from projections.views.memory import Everybody, Memory
from projections.views.packing import unpacked

if TYPE_CHECKING:
    from projections.views.waiting import Meant

_AT_ONCE = 200
"""Names asked for together."""


def _pages(names: Iterable[str]) -> Iterator[list[str]]:
    wanted = iter(names)
    while some := list(islice(wanted, _AT_ONCE)):
        yield some


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


def _finding(body: bytes) -> Finding:
    return _read_finding(unpacked(body))


class ReadModel(Gate):
    """The read model, checked as it is read; made by `catching_up.current`."""

    @property
    def memory(self) -> Memory | None:
        """Where judgements are kept for the next question, if anywhere."""
        return self._register if isinstance(self._register, Memory) else None

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
        concerned = sorted(self._concerned([issuer]))
        return tuple(f"{one} {self._directory.parts[one].filings}" for one in concerned)

    def require_filings(self, issuers: Iterable[str]) -> None:
        """Check that the filings that some issuers are judged by are still what was recorded."""
        concerned = self._concerned(issuers)
        for some in digests.in_turn(concerned - self._sound, self._directory.issuers):
            self._settled(partial(self._sound_filings, some))
        self._sound |= concerned

    def _concerned(self, issuers: Iterable[str]) -> set[str]:
        """Some issuers and their kin."""
        rows = self.rows(issuers)
        return {one for key, row in rows.items() for one in (key, *json.loads(row.kin))}

    def persons(self) -> list[PersonRow]:
        """Everybody at every issuer."""
        return self.everybody().rows

    def each_person(self) -> Iterator[PersonRow]:
        """The same one by one, however many they are: nobody is kept."""
        self.settle()
        yield from self.persons_at(self._directory.parts)

    def persons_at(self, issuers: Iterable[str]) -> Iterator[PersonRow]:
        """Everybody at some issuers, one by one."""
        there = {*issuers} & self._directory.parts.keys()
        for some in digests.in_turn(there, self._directory.issuers):
            for _, rows in self._settled(partial(self._people, some), some).values():
                yield from rows

    def everybody(
        self, meant: Meant | None = None, within: AbstractSet[str] | None = None
    ) -> Everybody:
        """The same, to be looked up: where something is `meant`, without what waits that is not.

        Nor is anybody there at an issuer that waits and is not `within` some.
        """

        def read() -> Everybody:
            self.settle() if meant is None else self.settle_where(meant, within)
            return self._read_persons()

        return self._settled(read)

    def issuer_of(self, stream: str) -> str | None:
        """The issuer that a filing is about; None for a filing that is not here."""
        return next(iter(self._homes("view_filings", "stream", stream)), None)

    def issuers_with(self, finding: str) -> frozenset[str]:
        """The issuers that have a finding whose id begins so.

        One whole id is not looked for among those that wait, once it is found.
        """
        if self.waiting and len(finding) == ID_DIGITS:
            read = partial(self._indexed, "view_findings", "id", finding)
            while found := self._settled(read):
                if found.isdisjoint(self._directory.waiting):
                    return found
                self.settle(found)
        self.settle()
        return self._homes("view_findings", "id", finding, prefix=True)

    def _homes(self, table: str, column: str, name: str, *, prefix: bool = False) -> frozenset[str]:
        """The issuers in whose rows a name stands, or one that begins so, judged: found by an index.

        What no index finds is looked for in every whole row: an index can lose what it is of.
        """
        past = f"substr({column}, 1, {len(name)}) = ?" if prefix else f"{column} || '' = ?"

        def read() -> frozenset[str]:
            found = self._indexed(table, column, name, prefix=prefix)
            if not found:
                self._require_all()
                if self._view.query(f"SELECT * FROM {table} WHERE {past} LIMIT 1", (name,)):  # noqa: S608 - our own names
                    raise digests.altered(f"an index of {table}")
            return found

        found = self._settled(read)
        if len(self.rows(found)) < len(found):
            raise digests.altered(f"an issuer in {table}")
        return found

    def _indexed(
        self, table: str, column: str, name: str, *, prefix: bool = False
    ) -> frozenset[str]:
        """The issuers in whose rows an index finds a name, or one that begins so."""
        test, values = f"{column} = ?", [name]
        if prefix:
            test, values = f"{column} >= ? AND {column} < ?", [name, name + "g"]
        sql = f"SELECT DISTINCT issuer FROM {table} WHERE {test}"  # noqa: S608 - our own names
        found = frozenset(row[0] for row in self._view.query(sql, values))
        if not found <= self._directory.issuers.keys() | self._directory.waiting.keys():
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
        for some in self._in_turn(issuers):
            yield self._settled(partial(self._verdicts, some, persons), some)

    def held(self, issuers: Iterable[str] | None) -> Iterator[list[HeldRow]]:
        """What is held at last at each of some issuers, as it is stored; nothing is judged again.

        The filings it rests on are checked, those of its kin included, as they are where they are judged.
        """
        for some in self._in_turn(issuers):
            self.require_filings(some)
            found = self._settled(partial(self._held, some), some)
            yield from (found[issuer] for issuer in some if issuer in found)

    def _in_turn(self, issuers: Iterable[str] | None) -> Iterator[list[str]]:
        """Some issuers or all, as far as they are here, once they are judged: some after the others."""
        rows = self.rows(issuers)
        return digests.in_turn(rows, rows)

    def _held(self, issuers: list[str]) -> dict[str, list[HeldRow]]:
        self._require(issuers, "holdings")
        sql = f"{digests.HOLDINGS} WHERE issuer IN ({digests.holes(issuers)})"
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

        self.settle()
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
            sql = f"SELECT issuer, id, kind, severity FROM view_findings WHERE issuer IN ({digests.holes(some)})"  # noqa: S608 - holes are question marks
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
                f"SELECT issuer, body FROM view_findings WHERE issuer IN ({digests.holes(some)}) "  # noqa: S608 - holes are question marks
                f"AND id || '' IN ({digests.holes(ids)})"
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
            sql = f"SELECT {columns} WHERE issuer IN ({digests.holes(issuers)})"
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
        for some in digests.in_turn(self._directory.parts, self._directory.issuers):
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
        for some in self._in_turn(issuers):
            kin, found = self._settled(partial(self._kindred, some), some)
            there = [issuer for issuer in some if issuer in found.keys() & kin.keys()]
            yield ((one, found[one], [found[other] for other in kin[one]]) for one in there)

    def _kindred(self, issuers: list[str]) -> tuple[dict[str, list[str]], dict[str, list[Dossier]]]:
        """The kin of some issuers, and the filings of all of them."""
        rows = self._directory.issuers
        kin = {issuer: json.loads(rows[issuer].kin) for issuer in issuers if issuer in rows}
        concerned = sorted({*issuers, *(other for others in kin.values() for other in others)})
        return kin, self._dossiers(concerned)

    def filings(self, streams: Iterable[str], *, heads: bool = False) -> Iterator[Dossier]:
        """Filings by their streams, as far as they are here; of `heads`, without lines and notes."""
        found: Digests = {}
        for some in _pages(sorted(set(streams))):
            found |= self._settled(partial(self._named, some))
        states = self._ledger.checked(found, self._directory.position)
        return dossiers(s for s in states if s[2] in HEADS) if heads else dossiers(states)

    def _named(self, streams: Sequence[str]) -> Digests:
        """The digests of filings by their streams: no index has lost any that is here."""
        sql = f"SELECT stream, digest FROM view_filings WHERE stream {{}} IN ({digests.holes(streams)})"  # noqa: S608 - holes are question marks
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
        waiting, kept = self._directory.waiting, before[1].there if before else {}
        parts = {i: part for i, part in self._directory.parts.items() if i not in waiting}
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
        sql = f"{digests.PEOPLE} WHERE issuer IN ({digests.holes(issuers)})"
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
        for some in self._in_turn(issuers):
            yield from self._settled(partial(self._flagged, some), some)

    def _flagged(self, issuers: list[str]) -> list[Flag]:
        self._require(issuers, "findings")
        sql = f"SELECT issuer, persons, id, kind, severity FROM view_findings WHERE issuer IN ({digests.holes(issuers)})"  # noqa: S608 - holes are question marks
        return [
            Flag(issuer, json.loads(keys), *row)
            for issuer, keys, *row in self._view.query(sql, tuple(issuers))
        ]


def streams_of(query: digests.Query, issuer: str) -> Digests:
    """The streams of an issuer's filings with their digests."""
    sql = "SELECT stream, digest FROM view_filings WHERE issuer = ?"
    return {row[0]: row[1] for row in query(sql, (issuer,))}
