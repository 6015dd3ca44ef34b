"""Holders by name that several people report who never file together: one pool, told twice.

Each member of a company or co-trustee of a trust must report what it holds, in forms of his own.
A proper name alone joins nothing, since each may show only his own part; the numbers must meet as
well: the first lines of the one stand at a level that the other has just then, or both tell
one transaction with one total.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from projections.filings.records import Dossier, Line
from projections.identity.holders import named_holder
from projections.identity.proper_names import proper_name
from projections.identity.vehicles import pointed_to, vehicle_key

Level = tuple[str, Decimal]
"""A title's table and a number of its shares: before or after a line."""


def notes_on_holder(dossier: Dossier, line: Line) -> list[str]:
    """The notes that say who holds a line: cited there, else pointed to: "See footnote (3)"."""
    if cited := line.notes_of("nature", "ownership"):
        return cited
    told = {f"{mark}{number}" for number in pointed_to(line.nature) for mark in ("F", "")}
    return [note.id for note in dossier.head.footnotes if note.id in told] if told else []


def pool_of(dossier: Dossier, line: Line) -> str:
    """The proper name of the one body that holds a line, by its nature or its note; "" for none."""
    if line.ownership != "indirect":
        return ""
    issuer = dossier.head.issuer.name or ""
    told = proper_name(vehicle_key(line.nature or ""), issuer)
    if told:
        return told
    noted = {
        name
        for note in notes_on_holder(dossier, line)
        if (name := proper_name(named_holder(dossier.text_of(note)), issuer))
    }
    return noted.pop() if len(noted) == 1 else ""


@dataclass(slots=True)
class _Reports:
    """What one filer tells of a pool, filing by filing as they became known."""

    owners: frozenset[str]
    levels: list[frozenset[Level]] = field(default_factory=list)
    at: list[tuple[object, ...]] = field(default_factory=list)
    deals: set[tuple[object, ...]] = field(default_factory=set)

    def add(self, dossier: Dossier, lines: Iterable[Line]) -> None:
        levels = set[Level]()
        for line in lines:
            total = line.total
            if total is None:
                continue
            levels |= {(line.table, total), (line.table, total - line.change)}
            if not line.holding and total and total != line.moved:
                self.deals.add((line.table, line.effective_on, line.code, line.change, total))
        if levels:
            self.levels.append(frozenset(one for one in levels if one[1] > 0))
            self.at.append((dossier.known.at, dossier.stream))

    def around(self, at: tuple[object, ...]) -> frozenset[Level]:
        """The levels of the filings right before and right after a moment."""
        place = sum(one <= at for one in self.at)
        return frozenset().union(*self.levels[max(place - 1, 0) : place + 1])

    def meets(self, other: _Reports) -> bool:
        """Whether the later of two filers begins where the earlier one is, or both tell one deal."""
        first, last = sorted((self, other), key=lambda one: one.at[0])
        if self.deals & other.deals:
            return True
        apart = not first.levels[0] & last.levels[0] and self._parts(other)
        return bool(last.levels[0] & first.around(last.at[0])) and not apart

    def _parts(self, other: _Reports) -> bool:
        """Whether two filers tell deal after deal with totals of their own: a level met by one is chance."""
        mine, theirs = ({deal[:-1] for deal in one.deals} for one in (self, other))
        return len(mine & theirs) > 1


Pools = Mapping[str, tuple[frozenset[str], ...]]
"""By the proper name of a pool, the keys of those who report it as one, group by group."""


def pools(dossiers: Iterable[Dossier], keys: Callable[[Dossier], frozenset[str]]) -> Pools:
    """The pools that several filers report, each in forms of his own.

    `dossiers` are one issuer's, and `keys` tells whose each is.
    """
    told: defaultdict[str, dict[frozenset[str], _Reports]] = defaultdict(dict)
    for dossier in sorted(dossiers, key=lambda one: (one.known.at, one.stream)):
        lines: defaultdict[str, list[Line]] = defaultdict(list)
        for line in dossier.lines:
            if line.nature and (name := pool_of(dossier, line)):
                lines[name].append(line)
        owners = keys(dossier) if lines else frozenset()
        for name, own in lines.items():
            told[name].setdefault(owners, _Reports(owners)).add(dossier, own)
    return {
        name: groups
        for name, reports in told.items()
        if len(reports) > 1 and (groups := tuple(_joined(reports.values())))
    }


def _joined(reports: Iterable[_Reports]) -> Iterator[frozenset[str]]:
    """Those filers whose numbers meet, group by group, in the order they were met."""
    told = [one for one in reports if one.at]
    leader = list(range(len(told)))
    marked: defaultdict[object, list[int]] = defaultdict(list)
    for here, one in enumerate(told):
        marks = dict.fromkeys([*one.deals, *(level for levels in one.levels for level in levels)])
        for there in sorted({n for mark in marks for n in marked[mark]}):
            first, last = sorted((_first(leader, here), _first(leader, there)))
            apart = not one.owners & told[there].owners
            if first != last and apart and one.meets(told[there]):
                leader[last] = first
        for mark in marks:
            marked[mark].append(here)
    groups: dict[int, frozenset[str]] = {}
    for here, one in enumerate(told):
        first = _first(leader, here)
        groups[first] = groups.get(first, frozenset()) | one.owners
    for first, owners in groups.items():
        if owners > told[first].owners:
            yield owners


def _first(leader: list[int], number: int) -> int:
    while leader[number] != number:
        number = leader[number]
    return number
