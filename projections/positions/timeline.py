"""A position's lines as taken, with the numbers that follow: whatever changes is reckoned anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ledger.types import exchanged
from projections.filings.records import ZERO
from projections.positions.entries import Entry, Posting
from projections.positions.late_lines import back_in_time
from projections.positions.reckoning import Taking, leave_out, reckon


class Timeline:
    """Lines in the order in which they are taken, each with its posting.

    Nothing else holds a number of an entry. Who finds that a line is taken wrongly, in the
    fold or in reconciliation, says so by one of the methods below: the lines from there on are
    taken as said, and all their numbers reckoned again. `balance` is the last level known,
    `opened` the one before the first line as its total implies it, `carried_on` the day on
    which an issuer that this one continues left it behind.
    """

    __slots__ = (
        "_places",
        "_scaling",
        "_start",
        "_takings",
        "balance",
        "carried_on",
        "entries",
        "former",
        "last_on",
        "opened",
        "rebased",
        "repriced",
    )

    def __init__(self) -> None:
        self.entries: list[Posting] = []
        self.balance: Decimal | None = None
        self.opened: Decimal | None = None
        self.last_on: date | None = None
        self.carried_on: date | None = None
        self.rebased: list[tuple[Fraction, Entry]] = []
        self.former: list[tuple[Decimal | None, Entry, date | None]] = []
        """Strikes that the series had, each with the line that first shows the next one, and
        the day since when, if that is told."""
        self.repriced: list[Entry] = []
        """Lines from which on the strike is lower, as nothing but the number shows."""
        self._takings: list[Taking] = []
        self._places: dict[int, int] = {}
        """By the identity of a line, where it stands; empty until it is asked for."""
        self._start: tuple[int, Decimal | None] = (0, None)
        """From which line on the level is known, and the level before it."""
        self._scaling: Fraction | None = None

    # --- what there is -------------------------------------------------------------------

    @property
    def held_before(self) -> Decimal | None:
        """What was held before the first line, as far as its total implies it."""
        return None if self.opened is None or not self.entries else self._start[1]

    def posting(self, entry: Entry) -> Posting:
        """An entry as it is reckoned now."""
        return self.entries[self.place(entry)]

    def place(self, entry: Entry) -> int:
        """Where on the timeline an entry stands."""
        if not self._places:
            self._places = {id(t.entry.line): at for at, t in enumerate(self._takings)}
        return self._places[id(entry.line)]

    def stirred_by(self, entries: Sequence[Entry]) -> bool:
        """Whether any of these entries opens the position or breaks."""
        latest = self.entries[-len(entries) :]
        if latest[-1].line is not entries[-1].line:
            latest = self.entries
        stirred = [e for e in latest if e.residual or e.opening]
        return any(e in entries for e in stirred) if stirred else False

    def confirming(self, entry: Entry) -> Posting | None:
        """The first later total that goes on from an entry's, None where a total goes back."""
        at = self.place(entry)
        if self.entries[at].aside:
            return None
        return next((e for e in self.entries[at + 1 :] if e.follows and not e.aside), None)

    def strike_on(self, day: date | None, now: Decimal | None) -> Decimal | None:
        """The strike of the series on a day, given the latest one."""
        for strike, entry, on in self.former:
            since = on or entry.day
            if day is not None and since is not None and day < since:
                return strike
        return now

    # --- posting -------------------------------------------------------------------------

    def _begin(self, level: Decimal | None, *, known: bool = True) -> None:
        """Let the level be known from the next line on."""
        self._start = (len(self._takings), level)
        self.balance = level
        if known:
            self.opened = level

    def _append(self, takings: Sequence[Taking]) -> list[Posting]:
        """Post lines at the end of the timeline."""
        level = self.balance
        if self._scaling is not None:
            takings[0].scale, self._scaling = self._scaling, None
            level = self.entries[-1].balance
        posted = list(reckon(takings, level))
        self._takings += takings
        self._places.clear()
        self.entries += posted
        self.balance = posted[-1].balance
        for entry in posted:
            if entry.day is not None and (self.last_on is None or entry.day > self.last_on):
                self.last_on = entry.day
        return posted

    def _put_back(self, count: int, balance: Decimal | None, last_on: date | None) -> None:
        """Lines dated before what was reported already, with totals as of their filing.

        They go back to their day, and every level since then changes by what they moved.
        """
        slot = back_in_time(self.entries, count, balance, last_on)
        if slot is None:
            return
        before = len(self.entries) - count
        passed, late = self._takings[slot:before], self._takings[before:]
        ahead = tuple(e for e in self.entries[slot:before] if e.delta)
        since = sum((e.delta for e in ahead), ZERO)
        for taking in late:
            taking.late = True
            if since and taking.entry.claim is not None:
                taking.convention, taking.ahead = "as-of-filing", ahead
                taking.beside += since
        leave_out(passed, [taking.entry for taking in late])
        self._takings[slot:] = [*late, *passed]
        self._reckon(slot)

    def _precede(self, entry: Entry) -> None:
        """Let an entry whose total is all it brought come before the first line."""
        self._takings.insert(0, Taking(entry, opens=True))
        self._start, self.opened = (0, ZERO), ZERO
        self._reckon()

    def _recount(self, level: Decimal) -> None:
        """Let the level from the first line on be another number of the same."""
        self._start = (self._start[0], level)
        self._reckon()

    def _reckon(self, since: int = 0) -> None:
        """Reckon the numbers anew from a line on, after something was decided anew."""
        self._places.clear()
        first, level = self._start
        if since > first:
            level = self.entries[since - 1].balance
        else:
            since = first
            self.entries[:first] = reckon(self._takings[:first], None)
        self.entries[since:] = reckon(self._takings[since:], level)
        self.balance = self.entries[-1].balance if self.entries else None

    def _scale(self, ratio: Fraction) -> None:
        """Count the balance in other units from the line on that is posted next."""
        if self.balance is not None:
            self._scaling, self.balance = ratio, exchanged(self.balance, ratio)

    # --- what is decided anew ------------------------------------------------------------

    def set_aside(self, broken: Entry, back: Entry) -> None:
        """Let a total, and what was built on it, be set aside: a later one goes back."""
        at = self.place(broken)
        self._turn(self._takings[at : self.place(back)], back)
        self._reckon(at)

    @staticmethod
    def _turn(takings: Iterable[Taking], back: Entry) -> None:
        """Let totals be set aside, because a later one returns to the line before them."""
        for taking in takings:
            if taking.entry.claim is not None and not taking.opens:
                taking.returned = back

    def uphold(self, broken: Entry) -> None:
        """Let a total that was set aside stand: what returned from it is then what breaks."""
        at = self.place(broken)
        back = self._takings[at].returned
        for taking in self._takings[at:]:
            if taking.returned is not None and taking.returned == back:
                taking.returned = None
        self._reckon(at)

    def begin_anew(self, entry: Entry) -> None:
        """Let totals from a line on stand that were taken for those of their lots alone."""
        at = self.place(entry)
        for taking in self._takings[at:]:
            if taking.lot:
                taking.lot, taking.convention = False, "running"
        self._reckon(at)

    def break_at(self, entry: Entry, other: Entry) -> None:
        """Let totals that all count the same rows break at another of these rows."""
        at, residual = self.place(entry), self.entries[self.place(entry)].residual
        for taking in self._takings[at : self.place(other)]:
            taking.beside += residual
        self._reckon(at)

    def carry(self, brought: Decimal, on: date) -> None:
        """Let the first total follow from what an issuer that this one continues left behind."""
        self.carried_on, self.opened = on, brought
        self._takings[0].opens, self._start = False, (0, brought)
        self._reckon()

    def give_up(self, entries: Iterable[Entry]) -> list[Taking]:
        """Let lines go that belong to another position; what they alone showed of others is open."""
        gone = set(entries)
        given = [t for t in self._takings if t.entry in gone]
        opener = next((i for i, t in enumerate(self._takings) if t.opens), 0)
        opens = any(t.opens for t in given)
        for taking in self._takings[:opener] if opens else ():
            taking.lot = False
        self._takings = [t for t in self._takings if t.entry not in gone]
        self.entries = [e for e in self.entries if e not in gone]
        for taking in self._takings:
            if taking.returned is not None and taking.returned in gone:
                taking.returned = None
            if taking.rival in gone:
                taking.rival = None
        if opens and self._takings:
            claims = (i for i, t in enumerate(self._takings) if t.entry.claim is not None)
            first = next(claims, 0)
            taking = self._takings[first]
            taking.opens = taking.entry.claim is not None
            if taking.entry.claim is not None:
                self.opened = taking.entry.claim - taking.beside - taking.entry.delta
            self._start = (first, self.opened)
        self._reckon()
        return given

    def _retake(self, at: int, takings: Sequence[Taking]) -> None:
        """Take the lines from a place on, and those of one form more, in another way."""
        if any(taking.opens for taking in self._takings[at:]):
            takings[0].opens, self.opened = True, takings[0].entry.claim
            self._start = (at, self.opened)
        self._takings[at:] = takings
        self._reckon(at)
        self.last_on = max((day for e in self.entries if (day := e.day)), default=None)

    def take_in(self, takings: Iterable[Taking], before: Entry | None) -> None:
        """Post lines that stood elsewhere, before one of this position's, or at its end."""
        at = len(self._takings) if before is None else self.place(before)
        fresh = [Taking(taking.entry, moved_here=True) for taking in takings]
        self._takings[at:at] = fresh
        self._reckon(at)
        days = [day for e in self.entries if (day := e.day)]
        self.last_on = max(days, default=None)

    def begin_with(self, takings: Sequence[Taking]) -> None:
        """Post lines that stood elsewhere, with the first of which this holding begins, and has its total."""
        first = takings[0].entry
        self.take_in(takings, self.entries[0])
        for taking in self._takings:
            taking.opens = taking.entry == first
        self.opened = (first.claim or ZERO) - first.delta
        self._start = (0, self.opened)
        self._reckon()
