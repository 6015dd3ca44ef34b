"""One position's line of entries: movements, claims, and whether each claim follows.

A filer may mean a total in several ways (running, final, by date, bottom-up). Nothing
on the form says which, so the arithmetic does: the way that breaks the fewest equations
is the one meant, and running totals in document order win a tie.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from projections.lines import ZERO, Dossier, Line


class Entry:
    """One line on its position: what it moved, what it claims, what follows.

    `expected` is what the claim should be given everything before it, None at an
    opening. `balance` is ours after the line, re-anchored to the claim where the two
    differ. `residual` is claim less expected. `lot` marks a total that shows only the lot
    that moved, `scope` what a total adds of the owner's other positions. `returned` is set on a broken claim when a
    later one goes back to the line before it; `persisted` when a later one builds on it.
    """

    __slots__ = (
        "balance",
        "claim",
        "delta",
        "dossier",
        "expected",
        "explanation",
        "late",
        "line",
        "lot",
        "opening",
        "persisted",
        "prior",
        "repeats",
        "residual",
        "returned",
        "scope",
        "verdict",
    )

    def __init__(self, dossier: Dossier, line: Line) -> None:
        self.dossier, self.line = dossier, line
        self.delta = ZERO if line.holding else line.movement
        self.claim = line.shares_after
        self.prior: Decimal | None = None
        self.expected: Decimal | None = None
        self.balance: Decimal | None = None
        self.residual = ZERO
        self.opening = False
        self.late = False
        self.lot = False
        self.scope: Decimal | None = None
        self.verdict: str | None = None
        self.returned: Entry | None = None
        self.persisted: Entry | None = None
        self.repeats: Entry | None = None
        self.explanation: object = None

    @property
    def day(self) -> date | None:
        """The day the line speaks of: its transaction date, else the filing's day."""
        return self.line.effective_on or self.dossier.head.period or self.dossier.day


class Reading(NamedTuple):
    """One way to take a filing's totals on a position: an order and what each should be."""

    convention: str
    order: Sequence[int]
    expected: list[Decimal | None]
    broken: int
    closing: Decimal | None


def running(
    entries: Sequence[Entry], opening: Decimal | None, order: Sequence[int], name: str
) -> Reading:
    """Each total is the one after its own row, in the given order of rows."""
    balance, broken = opening, 0
    expected: list[Decimal | None] = [None] * len(entries)
    for i in order:
        entry = entries[i]
        should = None if balance is None else balance + entry.delta
        expected[i] = should
        if entry.claim is None:
            balance = should
            continue
        if should is not None and should != entry.claim:
            broken += 1
        balance = entry.claim
    return Reading(name, order, expected, broken, balance)


def final(entries: Sequence[Entry], opening: Decimal | None) -> Reading:
    """Every total is the one after all of the filing's rows."""
    moved = sum((e.delta for e in entries), ZERO)
    level = None if opening is None else opening + moved
    return _levels("final", entries, [(range(len(entries)), level)])


def date_final(entries: Sequence[Entry], opening: Decimal | None) -> Reading:
    """Every total is the one at the close of its row's day."""
    order = sorted(range(len(entries)), key=lambda i: (entries[i].day or date.min, i))
    groups: list[tuple[Sequence[int], Decimal | None]] = []
    balance = opening
    for _, members in groupby(order, key=lambda i: entries[i].day):
        day = list(members)
        if balance is not None:
            balance += sum((entries[i].delta for i in day), ZERO)
        groups.append((day, balance))
        claims = [c for i in day if (c := entries[i].claim) is not None]
        balance = claims[0] if claims else balance
    return _levels("date-final", entries, groups)


def _levels(
    name: str, entries: Sequence[Entry], groups: Iterable[tuple[Sequence[int], Decimal | None]]
) -> Reading:
    order: list[int] = []
    expected: list[Decimal | None] = [None] * len(entries)
    broken, level = 0, None
    for members, start in groups:
        level = start
        for i in members:
            order.append(i)
            claim = entries[i].claim
            expected[i] = level
            if claim is None:
                continue
            broken += level is not None and level != claim
            level = claim
    return Reading(name, order, expected, broken, level)


def chained(entries: Sequence[Entry], opening: Decimal | None) -> list[int] | None:
    """An order in which every row opens where another closed, if there is one."""
    if any(e.claim is None for e in entries):
        return None
    opens: dict[Decimal, list[int]] = {}
    for i, e in enumerate(entries):
        opens.setdefault(e.claim - e.delta, []).append(i)  # type: ignore[operator]
    closes = {e.claim for e in entries}
    starts = [opening] if opening in opens else [o for o in opens if o not in closes]
    if len(starts) != 1:
        return None
    level, order = starts[0], []
    while level in opens and opens[level]:
        i = opens[level].pop(0)
        order.append(i)
        level = entries[i].claim
    return order if len(order) == len(entries) else None


def readings(entries: Sequence[Entry], opening: Decimal | None) -> Iterable[Reading]:
    """Every way to take the totals, the most usual first."""
    count = range(len(entries))
    yield running(entries, opening, count, "running")
    if len(entries) == 1:
        return
    chain = chained(entries, opening)
    if chain is not None:
        yield running(entries, opening, chain, "chained")
    by_date = sorted(count, key=lambda i: (entries[i].day or date.min, i))
    yield running(entries, opening, by_date, "running-by-date")
    yield running(entries, opening, by_date[::-1], "reversed-by-date")
    yield running(entries, opening, count[::-1], "reversed")
    yield date_final(entries, opening)
    yield final(entries, opening)


def best(
    entries: Sequence[Entry], openings: Sequence[Decimal | None], habit: str | None
) -> tuple[Reading, int]:
    """The reading that breaks the fewest equations, and which opening it starts from.

    A tie goes to the first opening, then to the filer's habit, then to the most usual.
    """
    found: tuple[Reading, int] | None = None
    score: tuple[int, int, int] | None = None
    for which, opening in enumerate(openings):
        for reading in readings(entries, opening):
            if reading.broken == 0 and which == 0 and reading.convention in ("running", habit):
                return reading, which
            rank = (reading.broken, which, 0 if reading.convention == habit else 1)
            if score is None or rank < score:
                found, score = (reading, which), rank
    assert found is not None
    return found


class Position:
    """Shares of one class in one holder's hands, and every line that speaks of them.

    `tokens` is the class, `vehicle` and `entity` the holder as words and as footnoted,
    `series` the strike and expiry of a derivative. `balance` is the last level known.
    `pending` keeps, for each unresolved break, how far the level before it lies from
    the present one, so that a later claim may return to it.
    """

    __slots__ = (
        "balance",
        "conventions",
        "entity",
        "entries",
        "exit",
        "form",
        "habit",
        "kind",
        "last_on",
        "nature",
        "number",
        "opened",
        "owners",
        "parties",
        "pending",
        "rebased",
        "scope",
        "security",
        "series",
        "soft",
        "table",
        "tokens",
        "underlying",
        "vehicle",
        "wording",
    )

    def __init__(self, number: int, table: str, form: str | None, kind: str) -> None:
        self.number, self.table, self.form, self.kind = number, table, form, kind
        self.scope = ""
        self.owners: frozenset[str] = frozenset()
        self.parties: tuple[str, ...] = ()
        self.tokens: frozenset[str] = frozenset()
        self.vehicle = self.entity = self.wording = ""
        self.series: tuple[Decimal | None, date | None] = (None, None)
        self.security: str | None = None
        self.underlying: str | None = None
        self.nature = ""
        self.entries: list[Entry] = []
        self.balance: Decimal | None = None
        self.opened: Decimal | None = None
        self.soft = False
        self.pending: list[tuple[Decimal, Entry]] = []
        self.rebased: list[tuple[Decimal, Entry]] = []
        self.habit: str | None = None
        self.conventions: dict[str, str] = {}
        self.last_on: date | None = None
        self.exit: date | None = None

    @staticmethod
    def coherent(entries: Sequence[Entry]) -> bool:
        """Whether some way to take the totals makes entries agree among themselves."""
        return not best(entries, [None], None)[0].broken

    def follows(self, entries: Sequence[Entry]) -> bool:
        """Whether these entries would follow without a break if they came next."""
        if len(entries) == 1 and not self.pending:
            entry, balance = entries[0], self.balance
            return balance is None or entry.claim is None or balance + entry.delta == entry.claim
        reading, _ = best(entries, self._openings(), self.habit)
        return not reading.broken

    def post(self, entries: list[Entry]) -> None:
        """Add one filing's entries: order them, judge each claim, move the balance."""
        if len(entries) == 1 and not (self.pending or self.soft) and self._post_one(entries[0]):
            return
        if self.soft:
            self._harden(entries[0])
        openings = self._openings()
        reading, which = best(entries, openings, self.habit)
        if reading.broken and (
            self._post_repeated(entries) or self._post_late(entries) or self._post_lots(entries)
        ):
            return
        if which:
            self._return_to(which - 1, entries[reading.order[0]])
        self._settle(entries, reading, openings[which])
        self.conventions[entries[0].dossier.stream] = reading.convention
        if len(entries) > 1 and not reading.broken:
            self.habit = reading.convention

    def rebase(self, ratio: Decimal, entry: Entry) -> None:
        """Carry the balance through a split before an entry that shows its new terms."""
        if self.balance is not None:
            self.rebased.append((ratio, entry))
            self.balance *= ratio
            self.pending = [(offset * ratio, broken) for offset, broken in self.pending]

    def _openings(self) -> list[Decimal | None]:
        if self.balance is None:
            return [None]
        return [self.balance, *(self.balance + offset for offset, _ in reversed(self.pending))]

    def _post_one(self, entry: Entry) -> bool:
        """The common case: one line that follows exactly, or opens the position."""
        balance, claim = self.balance, entry.claim
        if balance is None:
            if claim is None and entry.line.holding and entry.line.underlying_shares is not None:
                self.balance = entry.balance = entry.line.underlying_shares
                self.soft = True
                self.entries.append(entry)
                self._reach(entry.day)
                return True
            if claim is None:
                return False
            entry.opening = True
            self.opened = claim - entry.delta
        else:
            expected = balance + entry.delta
            if claim is None:
                claim = expected
            elif expected != claim:
                return False
            entry.prior, entry.expected = balance, expected
        entry.balance = self.balance = claim
        if entry.claim is not None:
            entry.verdict = "opening" if entry.opening else "agreed"
        self.entries.append(entry)
        self._reach(entry.day)
        return True

    def _return_to(self, index: int, entry: Entry) -> None:
        offset, broken = list(reversed(self.pending))[index]
        broken.returned = entry
        self.pending = [p for p in self.pending if p[1] is not broken]
        if self.balance is not None:
            self.pending = [(o - offset, e) for o, e in self.pending]
            self.balance += offset

    def _harden(self, first: Entry) -> None:
        """Turn an underlying amount into a number of derivatives, by the line's own ratio."""
        self.soft = False
        line = first.line
        underlying, moved = line.underlying_shares, line.shares
        if self.balance and underlying and moved and underlying != moved:
            units = self.balance * moved / underlying
            if first.claim is None or units + first.delta == first.claim:
                self.balance = units

    def _post_repeated(self, entries: list[Entry]) -> bool:
        """Lines that an earlier filing already reported: nothing moves a second time."""
        earlier = {_facts(e): e for e in self.entries if e.delta and not e.repeats}
        found = [earlier.get(_facts(entry)) for entry in entries]
        if any(f is None or f.dossier is e.dossier for f, e in zip(found, entries, strict=True)):
            return False
        for entry, first in zip(entries, found, strict=True):
            if first is None or entry.claim not in (first.claim, self.balance, None):
                return False
        for entry, first in zip(entries, found, strict=True):
            entry.repeats, entry.delta = first, ZERO
            entry.prior = entry.expected = entry.balance = self.balance
            entry.verdict = "agreed" if entry.claim is not None else None
            self.entries.append(entry)
        return True

    def _post_lots(self, entries: list[Entry]) -> bool:
        """Totals that show only the lot that moved: the balance goes on without them."""
        if not self.balance or self.table == "II":
            return False
        if any(not e.delta or e.claim != abs(e.delta) for e in entries):
            return False
        for entry in entries:
            assert entry.claim is not None
            entry.lot = True
            entry.prior, self.balance = self.balance, self.balance + entry.delta
            entry.expected = entry.balance = self.balance
            entry.residual = entry.claim - self.balance
            entry.verdict = "unexplained" if entry.residual else "agreed"
            self.entries.append(entry)
            self._reach(entry.day)
            if entry.residual:
                self.pending = [(o - entry.delta, e) for o, e in self.pending][-2:]
                self.pending.append((entry.residual, entry))
        return True

    def narrow(self, entry: Entry, others: Decimal) -> None:
        """Take a total, and those that follow it in its filing, to include other positions."""
        entry.scope = others
        at = self.entries.index(entry)
        for later in self.entries[at:]:
            if later.balance is not None:
                later.balance -= others
        if self.balance is not None:
            self.balance -= others
        if entry.opening and self.opened is not None:
            self.opened -= others
        self.pending = [(offset + others, e) for offset, e in self.pending if e is not entry]

    def _post_late(self, entries: list[Entry]) -> bool:
        """Lines dated before what was already reported, with totals as of their own day."""
        days = [d for e in entries if (d := e.line.effective_on)]
        if not days or self.last_on is None or max(days) >= self.last_on:
            return False
        slot = next(
            (i for i, e in enumerate(self.entries) if (e.day or date.min) > max(days)), None
        )
        if not slot:
            return False
        opening = self.entries[slot - 1].balance
        reading, _ = best(entries, [opening], self.habit)
        if reading.broken or opening is None:
            return False
        following = self.entries[slot]
        moved = sum((e.delta for e in entries), ZERO)
        balance, last = self.balance, self.last_on
        self.balance = opening
        self._settle(entries, reading, opening)
        for entry in entries:
            entry.late = True
            self.entries.remove(entry)
        self.entries[slot:slot] = [entries[i] for i in reading.order]
        self.balance, self.last_on = balance, last
        if following.residual and following.residual == moved:
            following.returned = None
            following.residual, following.verdict = ZERO, "explained"
            following.explanation = entries[0]
            self.pending = [p for p in self.pending if p[1] is not following]
        elif balance is not None and moved:
            for entry in self.entries[slot + len(entries) :]:
                if entry.balance is not None:
                    entry.balance += moved
            self.balance = balance + moved
            self.pending.append((-moved, entries[0]))
        return True

    def _settle(self, entries: list[Entry], reading: Reading, opening: Decimal | None) -> None:
        level = opening
        if level is None:
            level = self._infer_opening(entries, reading)
        stepwise = reading.convention not in ("final", "date-final")
        for i in reading.order:
            entry = entries[i]
            entry.prior = level
            entry.expected = reading.expected[i]
            if level is not None:
                level += entry.delta
            if entry.claim is not None:
                self._judge(entry, opening)
                if stepwise or entry.residual:
                    level = entry.claim if stepwise or level is None else level + entry.residual
            entry.balance = level
            self.entries.append(entry)
            self._reach(entry.day)
        self.balance = reading.closing if reading.closing is not None else level

    def _judge(self, entry: Entry, opening: Decimal | None) -> None:
        if entry.expected is None:
            entry.opening, entry.verdict = True, "opening"
            return
        assert entry.claim is not None
        entry.residual = entry.claim - entry.expected
        if not entry.residual:
            entry.verdict = "agreed"
            for _, broken in self.pending:
                broken.persisted = broken.persisted or entry
            return
        entry.verdict = "unexplained"
        self.pending = [(o - entry.residual, e) for o, e in self.pending][-2:]
        self.pending.append((-entry.residual, entry))

    def _infer_opening(self, entries: list[Entry], reading: Reading) -> Decimal | None:
        claims = [
            (n, entries[i]) for n, i in enumerate(reading.order) if entries[i].claim is not None
        ]
        if not claims:
            return None
        n, first = claims[0]
        assert first.claim is not None
        moved = reading.order if reading.convention == "final" else reading.order[: n + 1]
        self.opened = first.claim - sum((entries[i].delta for i in moved), ZERO)
        return self.opened

    def _reach(self, day: date | None) -> None:
        if day is not None and (self.last_on is None or day > self.last_on):
            self.last_on = day


def _facts(entry: Entry) -> tuple[object, ...]:
    line = entry.line
    return (line.effective_on, line.code, line.direction, line.shares, line.price)
