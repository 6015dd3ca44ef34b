"""One position's line of entries: movements, claims, and whether each claim follows.

A claim that does not follow re-anchors the balance, and is remembered: a later claim may
return to the line before it. Late lines go back to their day, repeated ones move nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from projections.filings.records import ZERO
from projections.positions.asof import put_back, until_filed
from projections.positions.conventions import Reading, best, habit_of, implied
from projections.positions.entries import Entry
from projections.positions.late_lines import account_for, counted_already, opened_before
from projections.positions.lot_totals import post_lots, reopen


class Position:
    """Shares of one class in one holder's hands, and every line that speaks of them.

    `tokens` is the class, `vehicle` and `entity` the holder as words and as footnoted,
    `series` the strike and expiry of a derivative. `balance` is the last level known.
    `pending` keeps, for each unresolved break, how far the level before it lies from
    the present one, so that a later claim may return to it. `parts` are the positions that
    took this one's place when its holders were named one by one, `whole` the reverse.
    """

    __slots__ = (
        "_asked",
        "balance",
        "carried_on",
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
        "parts",
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
        "whole",
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
        self._asked: tuple[Sequence[Entry], tuple[Reading, int]] | None = None
        self.rebased: list[tuple[Decimal, Entry]] = []
        self.habit: str | None = None
        self.conventions: dict[str, str] = {}
        self.last_on: date | None = None
        self.exit: date | None = None
        self.carried_on: date | None = None
        self.parts: tuple[Position, ...] = ()
        self.whole: Position | None = None

    @staticmethod
    def coherent(entries: Sequence[Entry]) -> bool:
        """Whether some way to take the totals makes entries agree, and owes nobody shares."""
        reading, _ = best(entries, [None], None)
        return not reading.broken and (implied(entries, reading) or ZERO) >= 0

    def follows(self, entries: Sequence[Entry]) -> bool:
        """Whether these entries would follow without a break if they came next."""
        if len(entries) == 1 and not self.pending:
            entry, balance = entries[0], self.balance
            if balance is None or entry.claim is None or entry.unmeasured:
                return True
            return balance + entry.delta == entry.claim
        return not self._read(entries)[0].broken

    def nearly_follows(self, entries: Sequence[Entry]) -> bool:
        """Whether what keeps these entries from following is never more than a lost fraction."""
        return self.balance is not None and _only_rounded(self._read(entries)[0], entries)

    def _read(self, entries: Sequence[Entry]) -> tuple[Reading, int]:
        """How these entries' totals are best taken; asked again before they are posted."""
        if self._asked is None or self._asked[0] is not entries:
            self._asked = (entries, best(entries, self._openings(), self.habit))
        return self._asked[1]

    def post(self, entries: list[Entry]) -> None:
        """Add one filing's entries: order them, judge each claim, move the balance."""
        balance, last_on = self.balance, self.last_on
        if len(entries) == 1 and not (self.pending or self.soft) and self._post_one(entries[0]):
            put_back(self.entries, entries, balance, last_on)
            return
        if self.soft:
            self._harden(entries[0])
            self._asked = None
        reading, which = self._read(entries)
        self._asked = None
        openings = self._openings() if reading.broken or which else [self.balance]
        if reading.broken and self.pending:
            reading, which = self._nearly_returned(entries, openings, reading, which)
        if (reading.broken or which) and self._post_late(entries):
            return
        if reading.broken and (
            self._post_repeated(entries) or post_lots(self, entries) or reopen(self, entries)
        ):
            return
        if which:
            self._return_to(which - 1, [entries[i] for i in reading.order])
        self._settle(entries, reading, openings[which])
        if not reading.broken and not which:
            put_back(self.entries, entries, balance, last_on)
        self.conventions[entries[0].dossier.stream] = reading.convention
        if len(entries) > 1 and not reading.broken:
            self.habit = habit_of(reading)

    def rebase(self, ratio: Decimal, entry: Entry) -> None:
        """Carry the balance through a split before an entry that shows its new terms."""
        self._asked = None
        if self.balance is not None:
            self.rebased.append((ratio, entry))
            self.balance *= ratio
            self.pending = [(offset * ratio, broken) for offset, broken in self.pending]

    def part(self, parts: Sequence[Position]) -> None:
        """Let positions that a filing opened take this one's place, each with its share."""
        self.parts, self.balance, self._asked = tuple(parts), ZERO, None
        for part in parts:
            part.whole = self

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
                self.reach(entry.day)
                return True
            if claim is None:
                return False
            entry.opening = True
            self.opened = claim - entry.delta
            if self.opened < 0:  # the lot was all there was, and the total is less than it
                self.pending.append((-self.opened, entry))
        elif entry.unmeasured:
            return False
        else:
            expected = balance + entry.delta
            if claim is None:
                claim = expected
            elif expected != claim:
                return False
            entry.prior, entry.expected = balance, expected
        self._asked = None
        entry.balance = self.balance = claim
        if entry.claim is not None:
            entry.verdict = "opening" if entry.opening else "agreed"
        self.entries.append(entry)
        self.reach(entry.day)
        return True

    def _return_to(self, index: int, entries: Sequence[Entry]) -> None:
        offset, broken = list(reversed(self.pending))[index]
        ahead = until_filed(broken, entries)
        if ahead and sum((e.delta for e in ahead), ZERO) == broken.residual == -offset:
            broken.ahead, broken.verdict = ahead, "explained"
            broken.residual, broken.expected = ZERO, broken.claim
            broken.balance = None if broken.balance is None else broken.balance + offset
        else:
            broken.returned = entries[0]
        self._undo(broken, offset)
        if self.balance is not None:
            self.balance += offset

    def _undo(self, broken: Entry, offset: Decimal) -> None:
        """Go back to the line before a break: those still open lie so much nearer."""
        self.pending = [(o - offset, e) for o, e in self.pending if e is not broken]

    def _nearly_returned(
        self,
        entries: list[Entry],
        openings: list[Decimal | None],
        reading: Reading,
        which: int,
    ) -> tuple[Reading, int]:
        """A return to the line before a break that rounding keeps a share away from it.

        A total that is no further from what came last needs no return.
        """
        if not which and _only_rounded(reading, entries):
            return reading, which
        for index, opening in enumerate(openings[1:], start=1):
            other, _ = best(entries, [opening], self.habit)
            first = entries[other.order[0]]
            should = other.expected[other.order[0]]
            measured = first.claim is not None and should is not None
            if other.broken == 1 and measured and abs(first.claim - should) <= 1:  # type: ignore[operator]
                return other, index
        return reading, which

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
        days = {e.line.effective_on for e in entries}
        earlier = {
            _facts(e): e
            for e in self.entries
            if e.line.effective_on in days and e.delta and not e.repeats
        }
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

    def narrow(self, entry: Entry, others: Decimal) -> None:
        """Take a total, and those that follow it in its filing, to include other positions."""
        entry.scope = others
        if entry.expected is not None:
            entry.expected += others
            entry.residual -= others
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
        if slot is None or (slot and self._post_repeated(entries)):
            return slot is not None
        if not slot:
            return opened_before(self, entries)
        opening = self.entries[slot - 1].balance
        reading, _ = best(entries, [opening], self.habit)
        if opening is None:
            return False
        if reading.broken:
            return counted_already(self, entries, slot)
        balance, last = self.balance, self.last_on
        self._settle(entries, reading, opening)
        for entry in entries:
            entry.late = True
            self.entries.remove(entry)
        self.entries[slot:slot] = [entries[i] for i in reading.order]
        self.balance, self.last_on = balance, last
        moved = sum((e.delta for e in entries), ZERO)
        if not account_for(self, entries, slot + len(entries)) and balance is not None and moved:
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
            entry.expected = reading.expected[i]
            if i in reading.returns and entry.expected is not None:
                broken = entries[reading.returns[i]]
                broken.returned = entry
                self._undo(broken, -broken.residual)
                level = entry.expected - (entry.delta if stepwise else ZERO)
            entry.prior = level
            if level is not None:
                level += entry.delta
            if entry.claim is not None:
                self._judge(entry)
                if stepwise or entry.residual:
                    level = entry.claim if stepwise or level is None else level + entry.residual
            entry.balance = level
            self.entries.append(entry)
            self.reach(entry.day)
        self.balance = reading.closing if reading.closing is not None else level

    def _judge(self, entry: Entry) -> None:
        if entry.expected is None:
            entry.opening, entry.verdict = not entry.unmeasured, "opening"
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
        opening = implied(entries, reading)
        if opening is not None:
            self.opened = opening
        return opening

    def reach(self, day: date | None) -> None:
        """Remember the latest day that a line speaks of."""
        if day is not None and (self.last_on is None or day > self.last_on):
            self.last_on = day


def _only_rounded(reading: Reading, entries: Sequence[Entry]) -> bool:
    """Whether no total is further than one share, what rounding takes, from what it should be."""
    return all(
        should is None or entry.claim is None or abs(entry.claim - should) <= 1
        for should, entry in zip(reading.expected, entries, strict=True)
    )


def _facts(entry: Entry) -> tuple[object, ...]:
    line = entry.line
    return (line.effective_on, line.code, line.direction, line.shares, line.price)
