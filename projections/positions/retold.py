"""A trade that a second filing tells again: whole or in lots, at its day or at the settlement's.

The totals of the copy may count it twice, until a report goes on from where they had been
before; what is known then is told at the copy, and moves nothing. Equal trades are made as
well, so later totals decide. One size at one price on one day is so seldom traded twice that
a report which goes on from neither total is held to leave out what it comes nearer to without.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from ledger.statements import SENSES
from projections.filings.amendments import Standing
from projections.filings.dates import known_on
from projections.filings.records import ZERO, Line, Told
from projections.positions.entries import UNDECIDED, Astray, Posting
from projections.positions.levels import Level
from projections.positions.reports import Ends, Holding, Reports

SETTLEMENT = timedelta(days=7)
"""How far apart two days of one trade may be told: it settles within three business days (Rule
15c6-1 as it stood from 1995), and a weekend and a holiday may lie between."""

_MUCH_NEARER = 4
"""How many times nearer a report must come to a total without a trade that was told again under
another day than to one with it, to leave it out."""

_Off = list[tuple[Line, Astray]]


class _Again(NamedTuple):
    """The row that told a trade first; `exact` where the copy has all of its numbers.

    `priced` is a copy with its price, told on another day: who trades twice tells it at once.
    """

    first: Told
    exact: bool
    priced: bool = False


def counted_again(standing: Sequence[Standing], reports: Reports) -> Iterator[_Off]:
    """Rows that repeat an earlier one, with the totals that count them a second time."""
    before = _Before()
    for filing in standing:
        again = before.again(filing, reports.scope(filing), reports.owners(filing))
        if again:
            yield from _counted(filing, again, reports)


class _Before:
    """What was told so far: rows by all their numbers, days by what they add up to."""

    def __init__(self) -> None:
        self._rows: dict[Holding, Told] = {}
        self._sizes: defaultdict[Holding, list[list[Told]]] = defaultdict(list)
        self._noted: dict[Holding, Told] = {}
        self._owners: dict[str, frozenset[str]] = {}

    def again(self, filing: Standing, scope: str, owners: frozenset[str]) -> dict[int, _Again]:
        """By the identity of a line, what it tells again; the lines are told from here on.

        What others filed alone is none of it: each owner of a pool has to report it.
        """
        self._owners |= {dossier.stream: owners for dossier, _ in filing.told}
        found: dict[int, _Again] = {}
        days: defaultdict[Holding, list[Told]] = defaultdict(list)
        for told in filing.told:
            line = told[1]
            if line.holding or not line.shares or line.effective_on is None:
                continue
            kind = _kind(line)
            noted = self._noted.get((scope, line.effective_on, line.change, *_where(line)))
            if noted is not None and noted[0] is not told[0]:
                found[id(line)] = _Again(noted, exact=True)
                continue
            known = self._rows.setdefault(
                (scope, line.effective_on, line.shares, line.price, *kind), told
            )
            if known is not told and self._of_others(known, told):
                continue
            if known is not told and known[1].shares_after != line.shares_after:
                priced = bool(line.price) and known_on(known[0]) != known_on(filing.dossier)
                found[id(line)] = _Again(known, exact=True, priced=priced)
            elif known is told:
                days[scope, line.effective_on, *kind].append(told)
        for key, rows in days.items():
            self._again_in_all(key, rows, found)
        for key, rows in days.items():
            self._keep(key, rows)
        for told in filing.told:
            self._keep_notes(scope, told)
        return found

    def _keep_notes(self, scope: str, told: Told) -> None:
        """What a line's notes say moved on a day, as its total may count it already."""
        dossier, line = told
        for said in dossier.statements:
            sense, day = SENSES[said.kind], said.effective_from
            went = sense.sign or {"acquired": 1, "disposed": -1}.get(said.direction or "", 0)
            whole = said.shares and day is not None and day == said.effective_to
            if sense.moves and went and whole and said.note in line.notes:
                assert said.shares is not None
                key = (scope, day, went * said.shares, *_where(line))
                self._noted.setdefault(key, told)

    def _again_in_all(self, key: Holding, rows: list[Told], found: dict[int, _Again]) -> None:
        """Rows of a day that add up to those of one told before, of this day or one close by."""
        known = self._of_size(key, rows)
        if known is not None:
            lone, same = len(rows) == 1 == len(known), known[0][1].price == rows[0][1].price
            priced = lone and same and _near(known[0][1], rows[0][1])
            again = _Again(known[0], exact=False, priced=priced)
            found |= {id(line): again for _, line in rows}
            return
        for told in rows if len(rows) > 1 else ():
            known = self._of_size(key, [told], near_only=True)
            if known is not None:
                priced = len(known) == 1 and known[0][1].price == told[1].price
                found[id(told[1])] = _Again(known[0], exact=False, priced=priced)

    def _of_size(
        self, key: Holding, rows: list[Told], *, near_only: bool = False
    ) -> list[Told] | None:
        """The rows of another filing that rows of a day tell again by size, day and price."""
        (dossier, line), lines = rows[0], [line for _, line in rows]
        for known in self._sizes.get((key[0], *key[2:], _size(rows)), ()):
            (other, first), theirs = known[0], [line for _, line in known]
            if other is dossier or self._of_others(known[0], rows[0]):
                continue
            day = first.effective_on == line.effective_on and not near_only
            if day or (
                _near(first, line) and (prices_agree(lines, theirs) or _given(lines, theirs))
            ):
                return known
        return None

    def _of_others(self, known: Told, told: Told) -> bool:
        """Whether a row is in a form of owners none of whom filed another."""
        return self._owners[known[0].stream].isdisjoint(self._owners[told[0].stream])

    def _keep(self, key: Holding, rows: list[Told]) -> None:
        for some in [rows, *([told] for told in rows if len(rows) > 1)]:
            self._sizes[key[0], *key[2:], _size(some)].append(some)


def _size(rows: Sequence[Told]) -> Decimal:
    return sum((line.shares or ZERO for _, line in rows), ZERO)


def prices_agree(some: Sequence[Line], others: Sequence[Line]) -> bool:
    """Whether rows and others of the same size can be one trade by their prices.

    Their mean is one but for digits that one side rounds or drops, or the one price of a side
    lies among the several of the other.
    """
    mine, theirs = ([(ln.price, ln.shares) for ln in lines] for lines in (some, others))
    one, other = _mean(mine), _mean(theirs)
    if one is None or other is None:
        return False
    places = min(_places(prices) for prices in (mine, theirs))
    apart, least = abs(one - other), Fraction(1, 10**places)
    if apart < least and apart * _FINE <= one:
        return True
    for (price, _), many in ((mine[0], theirs), (theirs[0], mine)):
        told = [p for p, _ in many if p]
        alone = len(mine if many is theirs else theirs) == 1 < len(many)
        if alone and price and min(told) <= price <= max(told):
            return True
    return False


def _given(some: Sequence[Line], others: Sequence[Line]) -> bool:
    """Whether both are one grant for which nothing is paid: of one size, none is made twice in a week."""
    return len(some) == len(others) == 1 and all(
        line.code == "A" and not line.price for line in (*some, *others)
    )


_FINE = 100
"""Of what part of itself a price that is rounded lies off by, at most."""

_Priced = list[tuple[Decimal | None, Decimal | None]]


def _mean(told: _Priced) -> Fraction | None:
    """What rows were traded at on average, None where one has no price."""
    shares = sum((n or ZERO for _, n in told), ZERO)
    if not shares or not all(price for price, _ in told):
        return None
    paid = sum(((price or ZERO) * (n or ZERO) for price, n in told), ZERO)
    return Fraction(paid) / Fraction(shares)


def _places(told: _Priced) -> int:
    """To how many places the finest price of some rows is given."""
    ends = [p.normalize().as_tuple().exponent for p, _ in told if p]
    return max((-int(end) for end in ends if int(end) < 0), default=0)


def _kind(line: Line) -> Holding:
    return (
        line.code, line.direction, line.table, line.ownership, line.nature,
        line.exercise_price, line.expires_on,
    )  # fmt: skip


def _where(line: Line) -> Holding:
    return (line.table, line.ownership, line.nature, line.exercise_price, line.expires_on)


def _facts(line: Line) -> Holding:
    return (line.effective_on, line.shares, line.price, *_kind(line))


def _near(one: Line, other: Line) -> bool:
    day, again = one.effective_on or date.min, other.effective_on or date.max
    return day != again and abs(again - day) <= SETTLEMENT


# --- whether totals count it twice -------------------------------------------------------


def _counted(filing: Standing, again: dict[int, _Again], reports: Reports) -> Iterator[_Off]:
    """The copies in a filing that its totals count and the next report does not."""
    for holding, ends in reports.ends(filing).items():
        copies = {
            id(e.line): again[id(e.line)]
            for e in ends.entries
            if id(e.line) in again and _only_copy(e.line, ends)
        }
        moved = sum((e.delta for e in ends.entries if id(e.line) in copies), ZERO)
        if not moved:
            continue
        later = reports.after(filing, holding)
        following = next(later, None)
        if following is None:
            alike = all(one.exact and one.priced for one in copies.values())
            marks = [(e.line, copies.get(id(e.line))) for e in ends.entries if alike]
            yield [(line, _open(one)) for line, one in marks if one is not None]
            continue
        if not _leaves_out(following, ends.closing, moved, list(copies.values())):
            continue
        confirming = next(later, None)
        if confirming is None or confirming.opening != following.closing + moved:
            yield list(_marked(ends, copies, moved))


def _only_copy(line: Line, ends: Ends) -> bool:
    """Whether a row stands at most twice in its filing: more of them are lots of one trade."""
    return Counter(_facts(e.line) for e in ends.entries)[_facts(line)] <= 2


def _open(again: _Again) -> Astray:
    """A row told again that no later report has counted, or left out."""
    return Astray(UNDECIDED, ZERO, again.first)


def _leaves_out(following: Ends, closing: Decimal, moved: Decimal, copies: list[_Again]) -> bool:
    """Whether a report goes on from before what was told again, and not from after it.

    What its notes say entered or left its totals without a row may lie between, and where the
    copies have their price, what nobody tells: as much nearer as they are alike.
    """
    if following.goes_on_from(closing):
        return False
    if following.goes_on_from(closing - moved):
        return True
    without, counting = following.opening - (closing - moved), following.opening - closing
    priced = all(one.priced for one in copies)
    if not all(one.exact for one in copies):
        return priced and abs(without) * _MUCH_NEARER < abs(counting)
    statements = [s for e in following.entries for s in e.dossier.statements]
    said = {s.shares for s in statements if s.shares}
    amounts = {sign * shares for shares in said for sign in (1, -1)}
    between = amounts | {one + other for one in amounts for other in amounts}
    if without in between or counting in between:
        return counting not in between
    adds = any(SENSES[s.kind].only_adds and s.shares is None for s in statements)
    if adds and (without > 0) is not (counting > 0):
        return without > 0
    return priced and abs(without) < abs(counting)


def _marked(ends: Ends, copies: dict[int, _Again], moved: Decimal) -> _Off:
    """A filing's totals with what they count again, from the first copy on."""
    so_far = moved if ends.final else ZERO
    last: Told | None = next(iter(copies.values())).first if ends.final else None
    off: _Off = []
    for i in ends.order:
        entry = ends.entries[i]
        copied = copies.get(id(entry.line))
        if copied is not None:
            last = copied.first
            so_far += ZERO if ends.final else entry.delta
        if last is not None:
            off.append((entry.line, Astray("repeated", so_far, last, copy=copied is not None)))
    return off


# --- whether totals leave it out ---------------------------------------------------------


def told_before(entries: Sequence[Posting], entry: Posting) -> tuple[Posting, Decimal] | None:
    """The first row of another filing that an entry tells again, and what it moves here.

    An entry of several lots that add up to such rows moves what they do together.
    """
    line = entry.line
    if not entry.delta or line.effective_on is None:
        return None
    days: dict[object, list[Posting]] = {}
    for other in entries:
        on = other.line.effective_on
        if other.delta and on is not None and _kind(other.line) == _kind(line):
            days.setdefault((other.dossier.stream, on), []).append(other)
    mine = days.pop((entry.dossier.stream, line.effective_on), [])
    for rows in days.values():
        if rows[0].dossier is entry.dossier:
            continue
        for lots, theirs in product(_choices([entry], mine), _choices([], rows)):
            if _one_trade(lots, theirs):
                return theirs[0], sum((e.delta for e in lots), ZERO)
    return None


def _choices(alone: list[Posting], rows: list[Posting]) -> list[list[Posting]]:
    """Rows one by one, or one of them, then all of a day."""
    single = [alone] if alone else [[row] for row in rows]
    return [*single, rows] if len(rows) > 1 else single


def _one_trade(lots: Sequence[Posting], theirs: Sequence[Posting]) -> bool:
    """Whether rows of two filings tell one trade: by what moved, when, and at what price."""
    if sum((e.delta for e in lots), ZERO) != sum((e.delta for e in theirs), ZERO):
        return False
    one, other = lots[0].line, theirs[0].line
    day = one.effective_on == other.effective_on
    if day and (one.price == other.price or max(len(lots), len(theirs)) > 1):
        return True
    mine, others = [e.line for e in lots], [e.line for e in theirs]
    agree = prices_agree(mine, others) or _given(mine, others)
    return agree and (day or _near(one, other))


def perhaps_once(level: Level, base: Posting) -> Level:
    """A level after a row that an earlier filing told, where no later report shows whether it moved twice."""
    off, moved = base.astray, base.delta
    if off is None or off.kind != UNDECIDED or level.low is None or level.high is None:
        return level
    dossier, line = off.because
    source = f"{dossier.id}#{line.ref}"
    return level.ranging(min(-moved, ZERO), max(-moved, ZERO), source)
