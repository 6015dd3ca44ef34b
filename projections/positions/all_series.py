"""Filers whose totals in Table II count all series: found by all of their reports, not by one.

Where each total goes on from the last one whatever its series, and the totals of each series by
themselves do not, that is how the filer counts. One wrong total, or a row left out, does not
change it: then the total of all goes on around it, and is judged as that of one series would be.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

import msgspec

from projections.filings.amendments import Standing
from projections.filings.owners import People
from projections.filings.records import ZERO, Dossier, Line, Told
from projections.identity.securities import class_tokens, counted_with, derivative_kind
from projections.positions.entries import ALL_SERIES, Astray, Entry, Posting
from projections.positions.position import Position
from projections.positions.series_told import AllSeries, terms_of

_Terms = tuple[object, ...]

_EXERCISES = frozenset({"M", "X", "O"})
"""Codes of the exercises of which Table I tells one side and Table II the other."""

_FEW = 2
"""So many totals may be wrong among those that go on; fewer links than that are chance."""


class _Left(NamedTuple):
    """An exercise that Table I tells and Table II does not."""

    shares: Decimal
    price: Decimal | None


class _Report(NamedTuple):
    """What one filing says of derivatives that may be counted together."""

    entries: list[Entry]
    left: list[_Left]


def all_series(
    standing: Sequence[Standing], people: People, off: Mapping[int, Astray]
) -> AllSeries:
    """The totals that count all series where a filer's reports show that theirs do; `standing` in turn."""
    found = AllSeries({}, {}, set())
    for told in _by_kind(standing, people):
        if not _any_link(told):
            continue
        reports = [
            _Report(
                [Entry.of(*one, as_of=f.dossier, astray=off.get(id(one[1]))) for one in rows], left
            )
            for f, rows, left in told
        ]
        habit = _Habit(reports)
        if habit.shown() and habit.levels():
            found.off |= habit.off
            found.others |= habit.others
            found.joint |= habit.joint
    return found


_Group = list[tuple[Standing, list[Told], list[_Left]]]


def _by_kind(standing: Sequence[Standing], people: People) -> Iterator[_Group]:
    """The lines of each filing, by owners, holder and what they may be counted as together."""
    groups: dict[tuple[object, ...], _Group] = defaultdict(list)
    scopes: dict[str, list[tuple[object, ...]]] = defaultdict(list)
    for filing in standing:
        scope = people.scope(filing.dossier)
        rows: dict[tuple[object, ...], list[Told]] = defaultdict(list)
        for dossier, line in filing.told:
            if line.table == "II" and not line.in_dollars:
                rows[(scope, line.ownership, line.nature or "", _counted(dossier, line))].append(
                    (dossier, line)
                )
        left = _left(filing)
        for key in rows:
            if key not in groups:
                scopes[scope].append(key)
        for key in scopes[scope]:
            if key in rows or left:
                groups[key].append((filing, rows.get(key, []), left))
    yield from (group for key, group in groups.items() if key[-1] == "option")


def _counted(dossier: Dossier, line: Line) -> str:
    """As what a line's derivative may be counted together with others."""
    title = line.security or ""
    kind = derivative_kind(title)
    return counted_with(kind, class_tokens(title, dossier.head.issuer.name or ""))


def _left(filing: Standing) -> list[_Left]:
    """The exercises of which a filing tells one side alone."""
    lines = [line for _, line in filing.told if not line.holding and line.code in _EXERCISES]
    told = Counter(line.shares for line in lines if line.table == "II")
    left = []
    for line in lines:
        if line.table == "I" and line.shares and line.direction == "acquired":
            told[line.shares] -= 1
            if told[line.shares] < 0:
                left.append(_Left(line.shares, line.price))
    return left


def _any_link(told: _Group) -> bool:
    """Whether any total goes on from that of another series in an earlier filing."""
    last: tuple[_Terms, Decimal] | None = None
    for _, rows, _ in told:
        ends = [
            (terms_of(dossier, line), line.shares_after, line.shares_after - line.movement)
            for dossier, line in rows
            if not line.holding and line.shares_after is not None
        ]
        if last and any(opens == last[1] and terms != last[0] for terms, _, opens in ends):
            return True
        last = ends[-1][:2] if ends else last
    return any(line.holding for _, rows, _ in told[:1] for _, line in rows)


class _Habit:
    """What one filer's totals of one kind of derivative count, and what follows if it is all series."""

    def __init__(self, reports: Sequence[_Report]) -> None:
        self._reports = reports
        self.off: dict[int, Astray] = {}
        self.others: dict[int, Decimal] = {}
        self.joint: set[int] = set()
        self._own = _each(reports)
        self._all = _as_one(reports, _listed_first(reports))
        self._gone = self._left_out()

    def shown(self) -> bool:
        """Whether the totals go on as those of all series, but for a few, and not as those of each.

        Where all of them do, each says so as it is read, unless a list of every series came first.
        """
        every = [e for e in self._all.entries if not e.line.holding]
        if () in self._own or len(self._own) < _FEW or any(map(_odd, every)):
            return False
        off = [e for e in every if e.residual]
        if any(e.residual and self._lapsed_since(a, e) for a, e in pairwise(every)):
            return False  # what ended without a row is no longer in the total
        breaks = sum(id(e.line) not in self._gone for e in off)
        if not (off or self._all.entries[:1] != every[:1]) or breaks > _FEW:
            return False
        stand = [e for e in self._all.entries if not e.aside]
        links = [link for a, b in pairwise(stand) for link in self._link(a, b)]
        return len(links) >= max(_FEW, breaks + 1) and any(links)

    def _lapsed_since(self, before: Posting, entry: Posting) -> bool:
        """Whether a series ended, by its terms, between two totals."""
        ends = [terms[1] for terms in self._own if len(terms) > 1]
        since, until = before.day or date.min, entry.day or date.max
        return any(isinstance(day, date) and since <= day <= until for day in ends)

    def _link(self, before: Posting, entry: Posting) -> Iterator[bool]:
        """Whether a total that goes on from another series' does not go on from its own; none else."""
        follows = entry.follows or id(entry.line) in self._gone
        if not follows or not before.claim or _terms(before) == _terms(entry):
            return
        own = self._own[_terms(entry)].posting(entry)
        if own.opening:
            yield _makes_its_series(entry) and entry.claim != entry.delta
        elif own.residual:
            yield True

    def _left_out(self) -> dict[int, Sequence[_Left]]:
        """By the line of a total that is lower for them, the exercises of which no row here tells."""
        gone: dict[int, Sequence[_Left]] = {}
        open_: list[_Left] = []
        for report in self._reports:
            open_ += report.left
            rows = self._rows(report)
            for entry in rows:
                if entry.residual and not entry.aside:
                    found = _come_to(open_, -entry.residual)
                    if found:
                        gone[id(entry.line)] = found
            if rows:
                open_ = list(report.left)
        return gone

    def _rows(self, report: _Report) -> list[Posting]:
        """The rows of a filing that moved something, in the order in which the total of all goes on."""
        lines = {id(e.line) for e in report.entries if not e.line.holding}
        return [e for e in self._all.entries if id(e.line) in lines]

    def levels(self) -> bool:
        """Find what each total has of other series; False where the numbers cannot be that."""
        steps = list(self._steps())
        start, moved, most = (
            dict[_Terms, Decimal](),
            dict[_Terms, Decimal](),
            dict[_Terms, Decimal](),
        )
        for step in steps:
            if step.opens is not None and step.terms not in moved:
                start[step.terms] = step.opens
            moved[step.terms] = moved.get(step.terms, ZERO) + step.moves
            if step.terms in start and start[step.terms] + moved[step.terms] < 0:
                return False
            if step.ends:
                known = sum((start[t] + moved[t] for t in start), ZERO)
                for terms in moved.keys() - start.keys():
                    bound = step.total - known - moved[terms]
                    most[terms] = min(bound, most.get(terms, bound))
        levels = most | start
        for step in steps:
            level = levels[step.terms] = levels.get(step.terms, ZERO) + step.moves
            if level < 0:
                return False
            if step.entry is not None:
                self.others[id(step.entry.line)] = step.total - level
                if step.terms not in start:
                    self.joint.add(id(step.entry.line))
        return True

    def _steps(self) -> Iterator[_Step]:
        """What is told of each series, one after another, with the total of all then."""
        seen, total, before = set[_Terms](), ZERO, None
        for report in self._reports:
            for entry in report.entries:
                listed = _listed(entry)
                if listed is not None:
                    seen.add(_terms(entry))
                    yield _Step(_terms(entry), ZERO, total, opens=listed)
            rows = self._rows(report)
            for entry in rows:
                terms, moves = _terms(entry), entry.delta
                total = entry.claim or ZERO
                if entry.residual and entry.returned is not None:
                    total -= entry.residual
                    because = entry.returned.dossier, entry.returned.line
                    self.off[id(entry.line)] = Astray(ALL_SERIES, entry.residual, because)
                elif id(entry.line) in self._gone:
                    for one in self._gone[id(entry.line)]:
                        if (home := self._struck_at(one.price, seen)) is not None:
                            yield _Step(home, -one.shares, total)
                elif entry.residual and terms in seen:
                    moves += entry.residual
                elif entry.residual and before is not None:
                    last = before.dossier, before.line
                    self.off[id(entry.line)] = Astray(ALL_SERIES, ZERO, last)
                new = ZERO if terms not in seen and _makes_its_series(entry) else None
                seen.add(terms)
                yield _Step(terms, moves, total, entry, opens=new, ends=entry is rows[-1])
                before = entry

    def _struck_at(self, price: Decimal | None, seen: Iterable[_Terms]) -> _Terms | None:
        """The one series of those seen whose strike an exercise price is."""
        found = [terms for terms in seen if price and terms[0] == price]
        return found[0] if len(found) == 1 else None


def _each(reports: Sequence[_Report]) -> dict[_Terms, Position]:
    """The reports read as each series by itself."""
    own: dict[_Terms, Position] = {}
    for report in reports:
        series: dict[_Terms, list[Entry]] = defaultdict(list)
        for entry in report.entries:
            series[_terms(entry)].append(entry)
        for terms, entries in series.items():
            own.setdefault(terms, Position(0, "II", None, "")).post(entries)
    return own


def _as_one(reports: Sequence[_Report], first: Entry | None) -> Position:
    """The reports read as one line of totals, from what is listed first if they go on from that."""
    position = Position(0, "II", None, "")
    if first is not None:
        position.post([first])
    for report in reports:
        moved = [e for e in report.entries if not e.line.holding]
        if moved:
            position.post(moved)
    begun = position.entries[1:2] if first is not None else []
    if any(e.residual and not e.aside for e in begun):
        return _as_one(reports, None)
    return position


def _listed_first(reports: Sequence[_Report]) -> Entry | None:
    """All series that the first filing lists, as the last of its lines would have them in one total."""
    entries = reports[0].entries
    listed = [_listed(entry) for entry in entries]
    sizes = [size for size in listed if size is not None]
    if not entries or len(sizes) < len(listed):
        return None
    return msgspec.structs.replace(entries[-1], claim=sum(sizes, ZERO))


class _Step(NamedTuple):
    """What moved of a series, the total of all after it, and what was held before if that is told.

    `ends` says that it is the last of its filing.
    """

    terms: _Terms
    moves: Decimal
    total: Decimal
    entry: Posting | None = None
    opens: Decimal | None = None
    ends: bool = False


def _terms(entry: Entry) -> _Terms:
    return terms_of(entry.dossier, entry.line)


def _odd(entry: Posting) -> bool:
    """Whether a total is taken in another way than as going on from the last one, or has none."""
    odd = entry.repeats or entry.rival or entry.late or entry.lot or entry.settled or entry.left_out
    return bool(odd) or entry.claim is None or entry.unmeasured


def _makes_its_series(entry: Entry) -> bool:
    """Whether a row grants options, which are a series from then on."""
    return entry.line.code == "A" and bool(entry.line.exercise_price)


def _listed(entry: Entry) -> Decimal | None:
    """How many a line lists of its own series."""
    line = entry.line
    if not line.holding:
        return None
    under = line.underlying_shares
    return under if under is not None else entry.claim


def _come_to(left: Sequence[_Left], shares: Decimal) -> Sequence[_Left]:
    """The exercises without their other side that come to so many: all, or one."""
    if left and sum((one.shares for one in left), ZERO) == shares:
        return tuple(left)
    return [one for one in left if one.shares == shares][:1]
