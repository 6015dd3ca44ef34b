"""Which line belongs to which position.

Words come first: the class, the strike and expiry, the vehicle's own name, the holder a
footnote names. Where words leave a choice, balances decide: a line belongs where its
implied opening joins a known closing. All undecided lines of a filing are placed at once,
as one assignment, so that no line takes another's place by standing first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from projections.assignment import cheapest
from projections.conventions import best
from projections.entries import Entry
from projections.identity import (
    class_tokens,
    derivative_kind,
    entity_key,
    holder_words,
    joined,
    names_a_vehicle,
    same_class,
    vehicle_key,
)
from projections.lines import ZERO, Dossier, Line
from projections.timelines import Position

_NEVER = 1 << 20
_MISFIT = 4
"""What breaking an equation costs beside the words' own costs."""
_OTHER = 6
"""What it costs that words name another holder: only a balance that joins outweighs it."""
_NEW, _NEW_TWIN = 6, 9
_NEW_AWARD = 3
"""What opening a position costs: more where one of the same words exists already, less
for an award whose total is its own size, since filers may count each award apart."""

RATIOS = tuple(
    Decimal(new) / Decimal(old)
    for new, old in (
        pair.split(":")
        for pair in (
            "2:1 3:1 3:2 4:1 5:1 5:4 4:3 6:5 7:1 8:1 10:1 15:1 20:1 21:20 11:10 "
            "1:2 1:3 1:4 1:5 1:8 1:10 1:15 1:20 1:25 1:30 1:40 1:50"
        ).split()
    )
)
"""Split ratios in common use, forward and reverse."""

_HOLDER_FIELDS = ("nature", "ownership")
_AWARD_FIELDS = ("exercisable_on", "expires_on")
_POINTED_FIELDS = ("shares_after", "security", "shares", "code")


class Words:
    """What a line's own words say of its position."""

    __slots__ = (
        "entity",
        "exact",
        "form",
        "kind",
        "loose",
        "owners",
        "series",
        "table",
        "tokens",
        "vehicle",
        "wording",
    )

    def __init__(self, dossier: Dossier, line: Line, scope: str, owners: frozenset[str]) -> None:
        self.table, self.form, self.owners = line.table, line.ownership, owners
        title = line.security or ""
        self.tokens = class_tokens(title, dossier.head.issuer.name or "")
        self.series: tuple[Decimal | None, date | None] = (None, None)
        self.kind = "stock"
        if line.table == "II":
            self.kind = derivative_kind(title)
            self.series = (line.exercise_price or None, line.expires_on)
        self.vehicle = "" if line.ownership == "direct" else vehicle_key(line.nature)
        self.wording, self.entity = self._holder(dossier, line)
        self.loose = (scope, line.table, line.ownership, self.kind)
        self.exact = (*self.loose, owners, self.tokens, self.vehicle, self.entity, self.series)

    def _holder(self, dossier: Dossier, line: Line) -> tuple[str, str]:
        """The notes that say who holds the line, whole, and the holder they name."""
        cited = line.notes_of(*_HOLDER_FIELDS)
        if (
            not cited
            and self.form == "direct"
            and self.kind != "stock"
            and self.series == (None, None)
        ):
            award = line.notes_of(*_AWARD_FIELDS)
            return joined(holder_words(dossier.text_of(note)) for note in award), ""
        if not cited and not self.vehicle and self.form != "direct":
            cited = line.notes_of(*_POINTED_FIELDS)
        if not cited:
            return "", ""
        texts = [dossier.text_of(note) for note in cited]
        if names_a_vehicle(self.vehicle):
            return joined(holder_words(text) for text in texts), ""
        return joined(holder_words(text) for text in texts), joined(
            entity_key(text) for text in texts
        )


def words_cost(words: Words, position: Position) -> int:
    """How far a line's words are from a position's; `_NEVER` when they contradict it."""
    if words.owners == position.owners:
        cost = 0
    elif words.owners & position.owners:
        cost = 2
    else:
        return _NEVER
    alike = same_class(words.tokens, position.tokens)
    if words.table == "II":
        cost += 0 if alike else 1
        cost += _series_cost(words, position)
    elif alike is False:
        return _NEVER
    elif alike is None:
        cost += 2
    return cost + _vehicle_cost(words, position)


def _series_cost(words: Words, position: Position) -> int:
    (strike, expiry), (other_strike, other_expiry) = words.series, position.series
    cost = 0
    if expiry != other_expiry:
        if expiry and other_expiry:
            return _NEVER
        cost += 1
    if strike != other_strike:
        if strike and other_strike:
            return cost + 3 if rebased(other_strike, strike) else _NEVER
        cost += 1
    return cost


def rebased(before: Decimal, after: Decimal) -> Decimal | None:
    """The split ratio that turns one strike into another, to the cent, if one does."""
    return next((r for r in RATIOS if abs(before / r - after) <= Decimal("0.006")), None)


def _vehicle_cost(words: Words, position: Position) -> int:
    if words.vehicle == position.vehicle:
        if words.entity == position.entity:
            return 0 if words.wording == position.wording else 1
        return _OTHER if words.entity and position.entity else 1
    mine = words.vehicle if names_a_vehicle(words.vehicle) else words.entity
    theirs = position.vehicle if names_a_vehicle(position.vehicle) else position.entity
    if mine and theirs:
        return 0 if mine == theirs else _OTHER
    if words.vehicle and position.vehicle:
        return _OTHER
    return 3


class Book:
    """Every position of one issuer, and the door by which lines enter it."""

    def __init__(self) -> None:
        self.positions: list[Position] = []
        self._exact: dict[tuple[object, ...], list[Position]] = {}
        self._loose: dict[tuple[object, ...], list[Position]] = {}
        self._awards: set[str] = set()
        self._class_totals: set[frozenset[str]] = set()

    def strands(
        self, entries: Sequence[Entry], scope: str, owners: frozenset[str]
    ) -> list[tuple[Words, list[Entry]]]:
        """A filing's entries grouped by what their words say; two holdings never share."""
        grouped: dict[object, tuple[Words, list[Entry]]] = {}
        holdings: list[tuple[Words, Entry]] = []
        for entry in entries:
            words = Words(entry.dossier, entry.line, scope, owners)
            if entry.line.holding:
                holdings.append((words, entry))
            else:
                grouped.setdefault(words.exact, (words, []))[1].append(entry)
        strands = list(grouped.values())
        for words, entry in holdings:
            same = grouped.get(words.exact)
            if (
                same is not None
                and entry.claim == same[1][-1].claim
                and not same[1][-1].line.holding
            ):
                same[1].append(entry)
            else:
                strands.append((words, [entry]))
        return strands

    def breaks_of(self, strands: Sequence[tuple[Words, list[Entry]]]) -> int:
        """How many strands of a filing would not follow if it came next."""
        broken = 0
        for words, entries in strands:
            found = self._exact.get(words.exact, [])
            broken += len(found) == 1 and not found[0].follows(entries)
        return broken

    @staticmethod
    def ends_of(
        strands: Sequence[tuple[Words, list[Entry]]],
    ) -> tuple[set[object], set[object]]:
        """The balances a filing's movements start from and arrive at, each with its words."""
        opens: set[object] = set()
        closes: set[object] = set()
        for words, entries in strands:
            if not any(e.delta for e in entries):
                continue
            reading, _ = best(entries, [None], None)
            first = entries[reading.order[0]]
            if first.claim is not None:
                who = (words.loose, words.tokens, words.vehicle)
                opens.add((who, first.claim - first.delta))
                closes.add((who, reading.closing))
        return opens, closes

    def post(self, strands: Sequence[tuple[Words, list[Entry]]]) -> None:
        """Place every strand of one filing and post it."""
        taken: set[int] = set()
        open_strands: list[tuple[Words, list[Entry]]] = []
        for words, entries in strands:
            found = self._exact.get(words.exact, ())
            if len(found) == 1 and found[0].number not in taken and found[0].follows(entries):
                taken.add(found[0].number)
                self._place(words, found[0], entries)
            else:
                open_strands.append((words, entries))
        if open_strands:
            self._assign(open_strands, taken)
        for number in sorted(taken):
            self._rescope(self.positions[number], strands[0][1][0].dossier if strands else None)

    def _rescope(self, position: Position, dossier: Dossier | None) -> None:
        """Find out whether a total that does not follow adds the owner's other positions."""
        if (
            not position.entries[-1].residual
            and not position.entries[-1].opening
            and len(position.entries) > 1
        ):
            fresh = [e for e in position.entries[-40:] if e.dossier is dossier and e.residual]
        else:
            fresh = [
                e for e in position.entries if e.dossier is dossier and (e.residual or e.opening)
            ]
        for entry in fresh[:1]:
            opens = entry.opening and entry.line.table == "II" and entry.delta > 0
            gap = position.opened if opens else entry.residual
            if not gap or gap <= 0 or entry.lot:
                continue
            others = [p for p in self._family(position) if p.balance]
            stated = {ZERO} | {s * x for x in self._stated(entry) for s in (1, -1)}
            for some in (others, [p for p in others if p.form != position.form]):
                total = sum((p.balance or ZERO for p in some), ZERO)
                usual = position.owners in self._class_totals and abs(gap - total) * 10 <= total
                if total and (gap - total in stated or usual):
                    position.narrow(entry, total)
                    self._class_totals.add(position.owners)
                    return

    @staticmethod
    def _stated(entry: Entry) -> set[Decimal]:
        """The amounts that the notes of a line's filing state."""
        return {s.shares for s in entry.dossier.statements if s.shares}

    def _family(self, position: Position) -> list[Position]:
        return [
            p
            for p in self.positions
            if p is not position
            and p.table == position.table
            and p.owners & position.owners
            and (
                p.kind == position.kind
                if p.table == "II"
                else same_class(p.tokens, position.tokens) is not False
            )
        ]

    def _assign(self, strands: list[tuple[Words, list[Entry]]], taken: set[int]) -> None:
        for _, same in groupby(sorted(strands, key=_loose_order), key=_loose_order):
            group = [piece for strand in same for piece in self._pieces(strand, taken)]
            free = [p for p in self._loose.get(group[0][0].loose, ()) if p.number not in taken]
            costs = [
                [self._cost(words, entries, p) for p in free]
                + [self._new_cost(words, entries) if i == j else _NEVER for j in range(len(group))]
                for i, (words, entries) in enumerate(group)
            ]
            for (words, entries), column in zip(group, cheapest(costs), strict=True):
                known = column < len(free) and self._cost(words, entries, free[column]) < _NEVER
                position = free[column] if known else self._open(words)
                taken.add(position.number)
                self._place(words, position, entries)

    def _pieces(
        self, strand: tuple[Words, list[Entry]], taken: set[int]
    ) -> list[tuple[Words, list[Entry]]]:
        """The strand whole, or cut into chains where one position cannot hold it.

        A direct holding of stock by one person is one position whatever the sums say.
        Elsewhere the same words may stand for several holders or awards: rows are cut
        apart when each part then joins a closing of its own.
        """
        words, entries = strand
        single = words.form == "direct" and words.table == "I" and len(words.owners) == 1
        if len(entries) == 1 or single or _repeated(entries):
            return [strand]
        free = [p for p in self._loose.get(words.loose, ()) if p.number not in taken]
        homes = [p for p in free if words_cost(words, p) < _NEW]
        if any(p.follows(entries) for p in homes):
            return [strand]
        parts = _chains(entries)
        if len(parts) == 1 or (not homes and Position.coherent(entries)):
            return [strand]
        joins = sum(any(p.balance is not None and p.follows(part) for p in homes) for part in parts)
        units = words.series == (None, None) and words.kind == "rsu"
        apart = joins == len(parts) or (units and joins >= len(parts) - 1)
        if apart or (not homes and (units or words.form == "indirect")):
            return [(words, part) for part in parts]
        return [strand]

    def _cost(self, words: Words, entries: list[Entry], position: Position) -> int:
        cost = words_cost(words, position)
        if cost >= _NEVER:
            return _NEVER
        if position.balance is None or all(e.claim is None for e in entries):
            return cost + 1
        if position.follows(entries):
            return cost - (1 if position.balance else 0)
        if words.series[0] != position.series[0] and words.series[0] and position.series[0]:
            ratio = rebased(position.series[0], words.series[0])
            first = entries[0]
            opening = None if first.claim is None else first.claim - first.delta
            return cost if ratio and opening == position.balance * ratio else _NEVER
        return cost + _MISFIT

    def _new_cost(self, words: Words, entries: list[Entry]) -> int:
        first = entries[0]
        if words.table == "II" and first.line.code == "A" and first.claim == first.delta:
            return _NEW_AWARD
        if not self._exact.get(words.exact):
            return _NEW
        if words.wording and words.kind == "rsu" and words.series == (None, None):
            return _NEW_TWIN if words.wording in self._awards else _MISFIT
        return _NEW_TWIN

    def _open(self, words: Words) -> Position:
        position = Position(len(self.positions), words.table, words.form, words.kind)
        position.scope = words.loose[0]
        position.tokens, position.series = words.tokens, words.series
        self.positions.append(position)
        self._loose.setdefault(words.loose, []).append(position)
        return position

    def _place(self, words: Words, position: Position, entries: list[Entry]) -> None:
        if (
            position.entries
            and words.series[0]
            and position.series[0] not in (None, words.series[0])
        ):
            ratio = rebased(position.series[0], words.series[0])
            if ratio and position.balance is not None:
                position.rebase(ratio, entries[0])
        line = entries[-1].line
        position.owners = words.owners
        position.vehicle, position.entity = words.vehicle, words.entity
        position.wording = words.wording
        self._awards.add(words.wording)
        if words.series != (None, None):
            position.series = words.series
        position.security, position.nature = line.security, line.nature
        position.underlying = line.underlying
        homes = self._exact.setdefault(words.exact, [])
        if position not in homes:
            homes.append(position)
        position.post(entries)


def _loose_order(strand: tuple[Words, list[Entry]]) -> tuple[str, ...]:
    return tuple(str(part) for part in strand[0].loose)


def _repeated(entries: Sequence[Entry]) -> bool:
    """Whether two rows say exactly the same, total included."""
    rows = [(e.day, e.line.code, e.delta, e.line.price, e.claim) for e in entries]
    return len(set(rows)) < len(rows)


def _chains(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Rows cut into runs in which each opens where the one before it closed."""
    runs: list[list[Entry]] = []
    for entry in entries:
        opening = None if entry.claim is None else entry.claim - entry.delta
        home = next((run for run in runs if run[-1].claim == opening and opening is not None), None)
        if home is None:
            runs.append([entry])
        else:
            home.append(entry)
    return runs
