"""One position's line of entries: movements, claims, and whether each claim follows.

A claim that does not follow re-anchors the balance, and is remembered: a later claim may return
to the line before it, and is then what stands. Late lines go back to their day, repeated ones move
nothing. The position decides how each line is taken; all numbers follow (`positions.reckoning`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from ledger.types import exchanged
from projections.filings.dates import gap_between
from projections.filings.records import ZERO
from projections.identity.awards import Award
from projections.positions.conventions import (
    Reading,
    best,
    habit_of,
    implied,
    nearly_from,
    only_rounded,
    otherwise,
)  # fmt: skip
from projections.positions.entries import Entry, Posting, told_by_others, told_first, told_otherwise
from projections.positions.growing import keeps_growing
from projections.positions.late_lines import Placement, placed, slot_after, told_as_of, until_filed
from projections.positions.listings import about_all, came_before, units
from projections.positions.lot_totals import as_lots, may_begin, only_lots_since, showed_lots
from projections.positions.noted import and_noted, backs
from projections.positions.reckoning import AFTER_ALL, Taking, count_rows_below, leave_out
from projections.positions.timeline import Timeline
from projections.positions.totals_before import run_of

Unit = Literal["shares", "dollars"]
"""What a position counts: shares or units, or the dollars of an award or a fund."""


class Position(Timeline):
    """Shares of one class, of one `unit`, in one holder's hands, and every line about them.

    `tokens` is the class, `vehicle` and `entity` the holder as words and as footnoted, `series`
    the strike and expiry of a derivative, `shared` where its balance may be others' too. `owners`
    report it, `claimants` are all who ever did. `parts` are the positions that took this one's
    place when its holders were named, `whole` the reverse.
    """

    __slots__ = (
        "_asked",
        "_pending",
        "award",
        "claimants",
        "conventions",
        "entity",
        "form",
        "habit",
        "kind",
        "nature",
        "number",
        "owners",
        "parts",
        "scope",
        "security",
        "series",
        "shared",
        "soft",
        "table",
        "tokens",
        "underlying",
        "unit",
        "vehicle",
        "whole",
        "wording",
    )

    def __init__(self, number: int, table: str, form: str | None, kind: str) -> None:
        super().__init__()
        self.number, self.table, self.form, self.kind = number, table, form, kind
        self.unit: Unit = "shares"
        self.scope = ""
        self.owners: frozenset[str] = frozenset()
        self.claimants: frozenset[str] = frozenset()
        self.tokens: frozenset[str] = frozenset()
        self.vehicle = self.entity = self.wording = ""
        self.award = Award()
        self.series: tuple[Decimal | None, date | None] = (None, None)
        self.security: str | None = None
        self.underlying: str | None = None
        self.nature = ""
        self.shared = False
        self.soft = False
        self.habit: str | None = None
        self.conventions: dict[str, str] = {}
        self.parts: tuple[Position, ...] = ()
        self.whole: Position | None = None
        self._pending: list[tuple[Decimal, Entry]] = []
        """Breaks that a later total may return from, and how far from now the line before is."""
        self._asked: tuple[Sequence[Entry], int, Decimal | None, tuple[Reading, int]] | None = None

    # --- how lines would follow ----------------------------------------------------------

    @staticmethod
    def coherent(entries: Sequence[Entry]) -> bool:
        """Whether some way to take the totals makes entries agree, and owes nobody shares."""
        reading, _ = best(entries, [None], None)
        return not reading.broken and (implied(entries, reading) or ZERO) >= 0

    def follows(self, entries: Sequence[Entry]) -> bool:
        """Whether these entries would follow without a break if they came next."""
        if len(entries) == 1:
            entry, balance = entries[0], self.balance
            if balance is None or entry.claim is None or entry.unmeasured:
                return True
            if (meets := balance + entry.delta == entry.claim) or not self._pending:
                return meets
        return not self._read(entries)[0].broken

    def nearly_follows(self, entries: Sequence[Entry]) -> bool:
        """Whether what keeps these entries from following is never more than a lost fraction."""
        return self.balance is not None and only_rounded(self._read(entries)[0], entries)

    def _read(self, entries: Sequence[Entry]) -> tuple[Reading, int]:
        """How these entries' totals are best taken; asked again before they are posted."""
        count, balance, known = len(self.entries), self.balance, self._asked
        if known is None or known[0] is not entries or known[1:3] != (count, balance):
            found = best(entries, self.openings(), self.habit)
            known = self._asked = (entries, count, balance, found)
        return known[3]

    def openings(self) -> list[Decimal | None]:
        """The balances from which lines may go on: the present one, then those before breaks."""
        if self.balance is None or not self._pending:
            return [self.balance]
        return [self.balance, *[self.balance + offset + told for offset, _, told in self._backs()]]

    def _backs(self) -> list[tuple[Decimal, Entry, Decimal]]:
        """The breaks a total may return from, each with what its notes tell (`noted.backs`)."""
        return backs(self._pending, self.posting, self.entries)

    # --- posting -------------------------------------------------------------------------

    def post(self, entries: Sequence[Entry]) -> None:
        """Add one filing's entries: decide how each is taken, and reckon the balance."""
        balance, last_on = self.balance, self.last_on
        if len(entries) == 1 and not self.soft and self._post_one(entries[0]):
            self._put_back(1, balance, last_on)
            return
        if self.soft and self._harden(entries[0]):
            if len(entries) > 1:
                self.post(entries[1:])
            return
        reading, which = self._read(entries)
        openings = self.openings() if reading.broken or which else [self.balance]
        if reading.broken and self._pending:
            reading, which = self._nearly_returned(entries, openings, reading, which)
            if reading.broken and not which:
                reading, which = and_noted(entries, openings, self.habit) or (reading, which)
        if (reading.broken or which) and self._post_late(entries):
            return
        if reading.broken and (
            self._post_repeated(entries)
            or self._post_lots(entries)
            or (self._scaling is None and self._taken_anew(entries))
        ):
            return
        lot = which and self.posting(self._backs()[which - 1][1]).lot
        if lot and self._post_lots(entries):
            return
        if which:
            self._return_to(which - 1, [entries[i] for i in reading.order])
        self._settle(entries, reading, openings[which])
        if not reading.broken and not which:
            self._put_back(len(entries), balance, last_on)
        self.conventions[entries[0].dossier.stream] = reading.convention
        if len(entries) > 1 and not reading.broken:
            self.habit = habit_of(reading)

    def _post_one(self, entry: Entry) -> bool:
        """The common case: one line that follows exactly, or opens the position."""
        balance, claim = self.balance, entry.claim
        if balance is None:
            underlying = entry.line.underlying_shares if entry.line.holding else None
            if claim is None and underlying is None:
                return False
            self.soft, opened = claim is None, underlying if claim is None else claim - entry.delta
            self._begin(opened, known=not self.soft)
            self._append([Taking(entry, opens=not self.soft)])
            if opened and not self.soft and may_begin(entry, opened):
                self._pending.append((-opened, entry))
            return True
        if entry.unmeasured or (claim is not None and balance + entry.delta != claim):
            return False
        if self._pending:
            self.conventions[entry.dossier.stream] = "running"
        self._append([Taking(entry)])
        return True

    def _settle(self, entries: Sequence[Entry], reading: Reading, opening: Decimal | None) -> None:
        """Post entries by the reading of their totals; remember those that break."""
        takings = [Taking(entries[i], reading.convention) for i in reading.order]
        if reading.convention in AFTER_ALL:
            count_rows_below(takings, reading.convention)
        if opening is None:
            self._begin(implied(entries, reading))
            for first in [t for t in takings if t.entry.claim is not None][:1]:
                first.opens = True
        places = list(reading.order)
        for back, slip in reading.returns.items():
            for at in range(places.index(slip), places.index(back)):
                takings[at].returned = entries[back]
        for posting in self._append(takings):
            if posting.residual and posting.returned is None:
                self._remember(posting)

    def _remember(self, broken: Posting) -> None:
        """Keep a break in mind: a later total may return to the line before it."""
        kept = [(offset - broken.residual, e) for offset, e in self._pending][-2:]
        grown = keeps_growing(self.entries[: self.place(broken) + 1], self.vehicle)
        self._pending = kept if grown else [*kept, (-broken.residual, broken)]

    # --- returns -------------------------------------------------------------------------

    def _return_to(self, index: int, entries: Sequence[Entry]) -> None:
        """Set a broken total aside, and what was built on it: these entries return to the line."""
        offset, broken, told = self._backs()[index]
        at = self.place(broken)
        taking, since = self._takings[at], self._takings[at:]
        ahead = until_filed(broken, entries)
        if told:
            self._turn(since, entries[0])
        elif taking.late and not self.entries[at].residual:
            late = {t.entry for t in since if t.late and t.entry.dossier is broken.dossier}
            for other in since:
                other.left_out = tuple(e for e in other.left_out if e not in late)
        elif taking.lot or taking.rival is not None:
            taking.lot, taking.rival, taking.convention = False, None, "running"
        elif at and only_lots_since(self.entries[at - 1 :], self.table):
            for other in since:
                other.lot, other.convention = True, "lot"
        elif ahead and sum((e.delta for e in ahead), ZERO) == -offset == self.entries[at].residual:
            for other in since:
                if other.entry.claim is not None:
                    other.ahead, other.convention = ahead, "as-of-filing"
                    other.beside -= offset
        else:
            self._turn(since, entries[0])
            if taking.opens:
                taking.returned, self._start = entries[0], (at, ZERO)
                self.opened = min(self.opened or ZERO, ZERO)
        gone = {t.entry for t in since}
        self._pending = [(o - offset, e) for o, e in self._pending if e not in gone]
        self._reckon(at)

    def _nearly_returned(
        self, entries: Sequence[Entry], openings: list[Decimal | None], reading: Reading, which: int
    ) -> tuple[Reading, int]:
        """A return to the line before a break that rounding keeps a share away from it.

        A total that is no further from what came last needs no return.
        """
        if not which and only_rounded(reading, entries):
            return reading, which
        found = nearly_from(entries, openings[1:], self.habit)
        return (reading, which) if found is None else (found[0], found[1] + 1)

    # --- other ways to take totals -------------------------------------------------------

    def lists(self, entry: Entry) -> bool:
        """Whether an entry is about all that this position's line without a total lists."""
        return self.soft and about_all(self.entries[0], self.balance, entry)

    def _harden(self, first: Entry) -> bool:
        """Count what a line without a total lists; whether it lists what this entry brought."""
        before = self.lists(first) and came_before(self.entries[0], first)
        self.soft = False
        if before:
            self._precede(first)
        elif (number := units(self.balance, first)) is not None:
            self._recount(number)
        return before

    def rebase(self, opens: Decimal, ratio: Fraction | None, entry: Entry, on: date | None) -> None:
        """Carry the balance into new terms before an entry that shows them; by a split or not."""
        if held := self.balance:
            if ratio is not None:
                self.rebased.append((ratio, entry))
            self.former.append((self.series[0], entry, on))
            turned = Fraction(opens) / Fraction(held)
            self._scale(turned)
            self._pending = [(exchanged(held + o, turned) - opens, e) for o, e in self._pending]

    def _post_repeated(self, entries: Sequence[Entry]) -> bool:
        """Lines that an earlier filing already reported: nothing moves a second time."""
        found = told_first(entries, self.entries)
        if again := told_by_others(entries, found, self.balance):
            self._post_repeated(entries[:again])
            self.post(entries[again:])
            return True
        held, pairs = self.balance, list(zip(entries, found, strict=True))
        fresh, copies = Taking.told_anew(entries, found)
        if fresh:
            if not copies or not self.follows(fresh):
                return False
            self.post(fresh)
            return self._post_repeated(copies)
        as_filed = len(entries) == 1 and entries[0].claim == held
        if len(entries) == 1 and found[0] and told_otherwise(entries[0], found[0]) and not as_filed:
            self.contradict(entries[0], found[0], again=found[0])
            return True
        if any(f is None or e.claim not in (f.claim, held, None) for e, f in pairs):
            return False
        self._append([Taking.again(entry, first, held) for entry, first in pairs if first])
        return True

    def contradict(self, entry: Entry, rival: Entry, again: Entry | None = None) -> None:
        """Post a second total of the holding beside the one of its form that stands.

        So is one of a deal that another owner told `again`. A later total may go on from it.
        """
        (posting,) = self._append([Taking(entry, rival=rival, repeats=again)])
        if posting.residual:
            self._pending = [*self._pending[-2:], (posting.residual, posting)]

    def _post_lots(self, entries: Sequence[Entry]) -> bool:
        """Totals that show their lots alone: the balance goes on without them."""
        lots = as_lots(entries, self.balance, self.table, self.entries)
        if not lots:
            return False
        if self.balance is None:
            self._begin(ZERO)
        lone = len(entries) == 1 and not any(e.lot for e in self.entries)
        if lone and gap_between(self.last_on, entries[0].day):
            return False  # what became of the balance is unknown: the lot may be all there is
        for posting in self._append(lots):
            if posting.residual and not posting.lot:
                self._remember(posting)
            elif posting.residual and self.balance:
                less = {True: posting.delta, False: ZERO}
                kept = [(o - less[self.posting(e).lot], e) for o, e in self._pending[-2:]]
                self._pending = [*kept, (posting.residual, posting)]
        return True

    def _taken_anew(self, entries: Sequence[Entry]) -> bool:
        """Whether what was posted before is read otherwise, so that these entries follow."""
        return self._reopen(entries) or self._reread(entries) or self._post_before(entries)

    def _reopen(self, entries: Sequence[Entry]) -> bool:
        """A first total that turns out to have shown only its lot: the position opens again."""
        if not showed_lots(self.entries, self.balance, self.table, entries[0]):
            return False
        for taking in self._takings:
            taking.lot, taking.convention, taking.opens = True, "lot", False
            taking.beside = ZERO
        self._start, self._pending = (len(self._takings), None), []
        self._reckon()
        self.balance = self.opened = None
        self.post(entries)
        return True

    def _reread(self, entries: Sequence[Entry]) -> bool:
        """First totals meant in another order, from which these go on: the position opens again."""
        streams = {(t.entry.dossier.stream, t.scope) for t in self._takings}
        if len(streams) != 1 or self._takings[0].scope is not None:
            return False
        told = sorted((t.entry for t in self._takings), key=lambda e: e.line.line)
        reading = otherwise(told, entries)
        if reading is None:
            return False
        self._takings, self.entries, self._pending, self.balance = [], [], [], None
        self.conventions[told[0].dossier.stream] = reading.convention
        self._settle(told, reading, None)
        self.post(entries)
        return True

    def _post_before(self, entries: Sequence[Entry]) -> bool:
        """Totals before their rows, as this form and those before it show: all are taken so."""
        found = run_of(self.entries, entries, self.balance)
        if found is not None:
            self._retake(*found)
            self._pending = []
        return found is not None

    def _post_late(self, entries: Sequence[Entry]) -> bool:
        """Lines dated before what was already reported, with totals as of their own day."""
        days = [d for e in entries if (d := told_as_of(e))]
        if not days or self.last_on is None or max(days) >= self.last_on:
            return False
        slot = slot_after(self.entries, max(days))
        if slot is None or (slot and self._post_repeated(entries)):
            return slot is not None
        found = placed(self.entries, entries, slot, self.habit)
        if found is None:
            return False
        self._take_up(found)
        return True

    def _take_up(self, found: Placement) -> None:
        """Put late lines in their place, and let later totals have counted them or not."""
        late = tuple(taking.entry for taking in found.takings)
        self._scaling = None
        broken = self.entries[found.until] if found.until < len(self.entries) else None
        balance = self.balance
        if found.begins is not None:
            self._takings[0].opens = False
            self.opened, self._start = found.begins, (0, found.begins)
            broken = None
        leave_out(self._takings[found.slot : found.until], late)
        if found.settled is not None:
            self._takings[found.until].settled = late
        self._takings[found.slot : found.slot] = found.takings
        self._reckon(found.slot)
        if broken is not None:
            rest = self.entries[self.place(broken)].residual
            self._pending = [(-rest if e == broken else o, e) for o, e in self._pending]
            self._pending = [(o, e) for o, e in self._pending if o or e != broken]
            if late and (first := self.entries[self.place(late[0])]).residual:
                self._pending.append((-first.residual, first))
        elif found.begins is None and found.moved and balance is not None:
            self._pending.append((-found.moved, late[0]))

    # --- what is decided anew ------------------------------------------------------------

    def narrow(self, entry: Entry, others: Decimal, until: Entry | None = None) -> None:
        """Take a total, and those that follow it up to another, to include other positions."""
        at = self.place(entry)
        for taking in self._takings[at : None if until is None else self.place(until)]:
            taking.scope, taking.convention = (taking.scope or ZERO) + others, "class-total"
            taking.beside += others
        if self._takings[at].opens and self.opened is not None:
            self.opened -= others
            self._start = (self._start[0], self.opened)
        self._reckon(at)
        self._pending = [(o + others, e) for o, e in self._pending if e != entry and until is None]

    def _reckon(self, since: int = 0) -> None:
        super()._reckon(since)
        if self.parts:
            self.balance = ZERO

    def part(self, parts: Sequence[Position]) -> None:
        """Let positions that a filing opened take this one's place, each with its share."""
        self.parts, self.balance = tuple(parts), ZERO
        for part in parts:
            part.whole = self
