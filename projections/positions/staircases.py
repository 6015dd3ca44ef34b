"""Totals of Table II that count several series: what of each is its row's own.

Column 9 asks how many are left of the row's own series. Some filers carry one total down the
column, so that each goes on from the one above it whatever its series; others show the total of
all on every row. No word says so. The rows' own numbers do: column 7 of a line that lists a
holding, a grant that makes its series, or what is known of it from before.

Rows of one series that vest apart (tranches) may be listed one by one under a total that runs
on: it is right, and that of the last is what is held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain, pairwise
from typing import NamedTuple

import msgspec

from projections.filings.records import ZERO
from projections.positions.digits import slipped_digits
from projections.positions.entries import Entry, begins_with


class Row(msgspec.Struct, eq=False):
    """A row of Table II: what it is of, and what was held of that before, where it is known."""

    entry: Entry
    series: object
    before: Decimal | None
    award: object = None
    """Of units, what their notes say besides the title."""
    level: Decimal | None = None
    """What is held of the series after the row, by the rows' own numbers; None if nothing tells."""
    moves: Decimal | None = None
    """What the row adds to a total of all series."""
    several: bool = False
    """Whether it is one of the tranches in which a series is listed."""

    @property
    def claim(self) -> Decimal:
        """The total that stands in column 9."""
        return self.entry.claim or ZERO


class Staircase(msgspec.Struct, frozen=True):
    """Rows whose totals count several series.

    `others` has, by the identity of a line, what its total has of other series, or lacks of its
    own tranches; `joint` the lines of whose total nobody says how much is of their series.
    """

    others: dict[int, Decimal]
    joint: frozenset[int]


class Sort(NamedTuple):
    """What rows have in common whose totals may count each other: `struck` have a strike or an expiry.

    `loose` is what their words say of them all, `counted` what they may be counted as together.
    """

    struck: bool
    owners: frozenset[str]
    vehicle: str
    loose: tuple[object, ...]
    counted: str

    def whatever_kind(self) -> Sort:
        """The same of units of whatever kind."""
        return self._replace(loose=(*self.loose[:3], self.counted, *self.loose[4:]))


def staircases(sorts: Mapping[Sort, list[Row]]) -> tuple[Staircase, list[Sort]]:
    """What the totals of a filing count, and the sorts of which they count several kinds together.

    Units of one title have the terms of their notes: their series are their titles.
    """
    others, joint, across = dict[int, Decimal](), set[int](), list[Sort]()
    mixed: dict[Sort, list[list[Row]]] = {}
    for sort, rows in sorts.items():
        found = staircase(rows) if sort.struck else _of_units(sort, rows)
        if found is not None:
            others |= found.others
            joint |= found.joint
        elif not sort.struck:
            mixed.setdefault(sort.whatever_kind(), []).append(rows)
    for sort, kinds in mixed.items():
        rows = list(chain(*kinds))
        found = (_titled(sort, rows) or _over_listed(rows)) if len(kinds) > 1 else None
        if found is not None:
            others |= found.others
            joint |= found.joint
            across.append(sort)
    return Staircase(others, frozenset(joint)), across


def _titled(sort: Sort, rows: Sequence[Row]) -> Staircase | None:
    """What totals of units count that their titles tell apart, where some number bears it out.

    That one of them is left with as many as another's had may be chance, and so it may of stock.
    """
    if sort.counted == "share" or len({row.series for row in rows}) < 2:
        return None
    found = staircase(sorted(rows, key=lambda row: row.entry.line.line))
    return found if found is not None and found.others else None


def _of_units(sort: Sort, rows: Sequence[Row]) -> Staircase | None:
    """What totals of units of one kind count besides their rows' own."""
    return _titled(sort, rows) or _over_listed(rows) or _in_lots(rows)


def _in_lots(rows: Sequence[Row]) -> Staircase | None:
    """What rows lack of the one balance of their title, where the lots that they show come to it together.

    An account that was told by one total is listed by its lots, each with its own; fractions of a
    share are rounded lot by lot. One of them may have a slip.
    """
    known = {(row.series, row.before) for row in rows}
    whole = next(iter(known))[1] if len(known) == 1 and len(rows) > 1 else None
    lots = _lots([row.entry for row in rows], whole) if whole else None
    if not whole or lots is None or not all(ZERO < lot < whole for lot in lots):
        return None
    others, level = dict[int, Decimal](), whole
    for row, lot in zip(rows, lots, strict=True):
        level += row.entry.delta
        others[id(row.entry.line)] = lot + row.entry.delta - level
    return Staircase(others, frozenset())


def _lots(entries: Sequence[Entry], whole: Decimal) -> list[Decimal] | None:
    """From what rows of one account go on, if that comes to all of it, but for a slip of one."""
    lots = [(e.claim or ZERO) - e.delta for e in entries]
    off = whole - sum(lots, ZERO)
    cents = len(lots) if any(lot % 1 for lot in lots) else 0
    if abs(off) <= _CENT * cents:
        return lots
    slips = {
        at: e.claim + off + _CENT * more
        for at, e in enumerate(entries)
        for more in range(-cents, cents + 1)
        if e.claim and slipped_digits(e.claim, e.claim + off + _CENT * more)
    }
    if len(slips) != 1:
        return None
    ((at, right),) = slips.items()
    lots[at] = right - entries[at].delta
    return lots


_CENT = Decimal("0.01")


def _over_listed(rows: Sequence[Row]) -> Staircase | None:
    """What totals of units count beside their awards, where the form lists the others one by one.

    The totals run on from row to row, or are `one`, and come to what the awards that moved have then, with
    all those that are listed: so many numbers meet by no chance, also where one of them has a slip.
    """
    moved = [row for row in rows if not row.entry.line.holding]
    listed = [row for row in rows if row.entry.line.holding]
    if not moved or not listed or {row.award for row in moved} & {row.award for row in listed}:
        return None
    if len(listed) == len({row.award for row in moved}) == 1 and moved[0].entry.delta < 0:
        return None
    levels = {row.award: row.before or ZERO for row in reversed(moved)}
    total, steps = sum((row.claim for row in listed), sum(levels.values(), ZERO)), list[_Step]()
    for row in moved:
        levels[row.award] += row.entry.delta
        total += row.entry.delta
        steps.append(_Step(row, levels[row.award], total))
    right = [step.total == step.row.claim for step in steps]
    slips = all(
        ok or slipped_digits(s.row.claim, s.total) for ok, s in zip(right, steps, strict=True)
    )
    one = all(row.claim == total for row in moved)
    if not one and not (any(right) and slips):
        return None
    if not all(ZERO <= step.level < step.total for step in steps):
        return None
    others = {id(s.row.entry.line): (total if one else s.total) - s.level for s in steps}
    return Staircase(others, frozenset())


class _Step(NamedTuple):
    """A row, what its award has after it, and what all that a form lists comes to then."""

    row: Row
    level: Decimal
    total: Decimal


def staircase(rows: Sequence[Row]) -> Staircase | None:
    """What the totals count that the rows of one filing, owner and kind of derivative give."""
    if len(rows) < 2:
        return None
    _weigh(rows)
    stairs = [rows] if _one_total(rows) else _stairs(rows)
    others, joint = dict[int, Decimal](), set[int]()
    for run in stairs:
        others |= _others(run)
        joint |= {id(row.entry.line) for row in run if row.level is None}
    return Staircase(others, frozenset(joint)) if stairs else None


def _weigh(rows: Iterable[Row]) -> None:
    """Say of each row what it adds, and what its series has after it."""
    held, listed = dict[object, Decimal | None](), dict[object, list[Row]]()
    for row in rows:
        entry, known = row.entry, held.get(row.series, row.before)
        if entry.line.holding:
            row.moves = _listed(row)
            listed.setdefault(row.series, []).append(row)
            row.level = row.moves
        else:
            row.moves = entry.delta
            opens = ZERO if known is None and begins_with(entry.line) else known
            row.level = held[row.series] = None if opens is None else opens + entry.delta
    for tranches in listed.values():
        sizes = [row.moves for row in tranches if row.moves is not None]
        if len(tranches) > 1 and len(sizes) == len(tranches) and _run_on(tranches):
            for row in tranches:
                row.level, row.several = sum(sizes, ZERO), True


def _stairs(rows: Sequence[Row]) -> list[Sequence[Row]]:
    """The runs in which totals add series: in the order of the rows, of their series, or of the totals.

    A form may list what came before what left, of series that its totals went through one by one;
    and rows of what came stand above the lines of what is held, on which their totals go on.
    """
    by_series: dict[object, list[Row]] = {}
    for row in rows:
        by_series.setdefault(row.series, []).append(row)
    orders = [rows, [row for own in by_series.values() for row in own]]
    if all(row.moves is not None and row.moves > ZERO for row in rows):
        orders.append(sorted(rows, key=lambda row: row.claim))
    downwards = sorted(rows, key=lambda row: row.claim, reverse=True)
    if any(map(_of_many_sizes, _runs(downwards))):
        orders.append(downwards)
    runs = max(([*_runs(order)] for order in orders), key=lambda found: -len(found))
    return [run for run in runs if _emptied(run) or (_tells(run) and _complete(run))]


def _listed(row: Row) -> Decimal | None:
    """How many a line lists that names a holding: as column 7 has it, else as known before."""
    under = row.entry.line.underlying_shares
    return under if row.before is None or under not in (None, row.claim) else row.before


def _run_on(tranches: Sequence[Row]) -> bool:
    """Whether each total of a series' tranches is at least the one before and its own."""
    return all(b.moves and a.claim + b.moves <= b.claim for a, b in pairwise(tranches))


def _runs(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """The stretches of rows in which each total goes on from the one above it."""
    run = [rows[0]]
    for row in rows[1:]:
        gained = row.claim - run[-1].claim
        if (
            (row.claim or _of_many_sizes([*run, row]))
            and gained
            and gained in (row.moves, row.level)
        ):
            run.append(row)
        else:
            yield run
            run = [row]
    yield run


def _of_many_sizes(run: Sequence[Row]) -> bool:
    """Whether as many as are no accident left, of several series: of equal parts one has what another had."""
    sizes, series = {row.moves for row in run}, {row.series for row in run}
    left = all(row.moves is not None and row.moves < ZERO for row in run)
    return left and len(sizes) >= _ENOUGH and len(series) > _ENOUGH


def _emptied(run: Sequence[Row]) -> bool:
    """Let nothing be left of any series, where the total of several runs down to nothing."""
    if run[-1].claim or not _of_many_sizes(run):
        return False
    level, levels = dict[object, Decimal](), list[Decimal]()
    for row in reversed(run):
        levels.append(level.get(row.series, ZERO))
        level[row.series] = levels[-1] - (row.moves or ZERO)
    told = [*zip(run, reversed(levels), strict=True)]
    if any(row.level not in (None, left) or not ZERO <= left <= row.claim for row, left in told):
        return False
    for row, left in told:
        row.level = left
    return True


def _tells(run: Sequence[Row]) -> bool:
    """Whether no row's total is its own series' alone, but for the first and later ones of it.

    A total that goes on from its own series too says nothing. Where nothing tells what a series
    had before a row took from it, the run of the numbers alone does, unless it ends at nothing.
    """
    steps = ((a, b) for a, b in pairwise(run) if a.claim)  # after nothing a total is its own
    first, rest = run[0], [b for a, b in steps if a.series != b.series or b.several]
    if any(row.level == row.claim and not row.several for row in rest):
        return False
    if any(row.level is not None for row in rest):
        return all(ZERO <= (row.level or ZERO) <= row.claim or row.several for row in rest)
    return bool(rest) and first.level is None


def _complete(run: Sequence[Row]) -> bool:
    """Let what came be all there is of its series, where the total begins with its first row.

    So it does where the first total is nothing: then nothing was left of any series. A row that
    takes from a series of which there was nothing shows that the totals are no such sums.
    """
    first = run[0]
    own = first.entry.line.underlying_shares if first.entry.line.holding else first.entry.delta
    if not first.claim or (own == first.claim and not first.several):
        first.level = first.claim
    if first.level != first.claim:
        return True
    held = {first.series: first.level}
    for row in run[1:]:
        if row.level is None:
            row.level = held.get(row.series, ZERO) + row.entry.delta
            if row.level < 0:
                return False
        held[row.series] = row.level
    return True


_ENOUGH = 3
"""So many series whose own numbers are less than the one total that all rows show have others
beside them: of two, these numbers may as well be parts."""


def _one_total(rows: Sequence[Row]) -> bool:
    """Whether every row shows one total, that of all their series and perhaps of others.

    Where theirs make it up, nothing is left of a series of which no number tells. Where two fall
    short of it, how many are of one that is listed and no more is left open.
    """
    total = rows[0].claim
    if _all_granted(rows, total):
        return True
    series = {row.series: row.level for row in rows}
    own = [level for level in series.values() if level is not None]
    if len(own) < 2 or min(own) < 0 or max(own) >= total:
        return False
    if any(row.claim != total for row in rows):
        return False
    rest = total - sum(own, ZERO)
    if rest < 0:
        return False
    for row in rows:
        listed = row.entry.line.holding and row.before is None
        if rest and listed and len(own) < _ENOUGH:
            row.level = None
        elif not rest and row.level is None:
            row.level = ZERO
    return True


def _all_granted(rows: Sequence[Row], total: Decimal) -> bool:
    """Whether what each row grants is its series, as what is known of the others and they make up the total."""
    if any(row.claim != total or (row.level is None and row.entry.delta <= 0) for row in rows):
        return False
    levels: dict[object, Decimal] = {}
    for row in rows:
        came = levels.get(row.series, ZERO) + row.entry.delta
        levels[row.series] = came if row.level is None else row.level
    if len(levels) < 2 or sum(levels.values(), ZERO) != total or min(levels.values()) <= 0:
        return False
    for row in rows:
        row.level = levels[row.series]
    return True


def _others(rows: Iterable[Row]) -> Iterator[tuple[int, Decimal]]:
    for row in rows:
        if row.level is not None and row.level != row.claim:
            yield id(row.entry.line), row.claim - row.level
