"""Lines that come late: where on the timeline they belong, and which totals had counted them.

Totals reflect what is reported or reportable by the date of the form (Form 4, General
Instruction 4(a)(ii)). So a row told late may stand beside today's total, and a row told in
time beside one that has the trade of the day after, which another form reports. And a
later filing may tell of a trade from before the position's first line, or from just before
a total that something else broke too. Nothing here changes a position: what is found is a
placement for it to take up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from projections.filings.dates import a_year_off
from projections.filings.records import ZERO
from projections.positions.conventions import Reading, best, implied
from projections.positions.entries import Entry, Posting
from projections.positions.ratios import adds
from projections.positions.reckoning import AFTER_ALL, Taking, count_rows_below


class Placement(NamedTuple):
    """Where late lines belong: before which line, how each is taken, and what had counted them.

    Totals from the slot up to `until` leave the lines out; `settled` is a total that broke by
    just what they moved. `begins` is the balance before them where they open the position.
    """

    slot: int
    takings: list[Taking]
    until: int
    settled: Posting | None = None
    begins: Decimal | None = None

    @property
    def moved(self) -> Decimal:
        """What the lines moved together."""
        return sum((taking.entry.delta for taking in self.takings), ZERO)


# --- lines whose totals follow, as of their filing ---------------------------------------


def back_in_time(
    timeline: Sequence[Posting], count: int, balance: Decimal | None, last_on: date | None
) -> int | None:
    """Where the last `count` lines belong, dated before what was reported but with later totals.

    Their totals go on from the last one, `balance`, so they count what moved after the lines'
    own day. A date that is a year off is a slip, and moves nothing.
    """
    if balance is None or last_on is None:
        return None
    late, before = timeline[-count:], len(timeline) - count
    days = [day for e in late if (day := e.line.effective_on)]
    if len(days) < count or max(days) >= last_on:
        return None
    if any(
        a_year_off(day, e.dossier.day or last_on, e.dossier)
        for day, e in zip(days, late, strict=True)
    ):
        return None
    slot = slot_after(timeline[:before], max(days))
    if slot is None:
        return None
    level = timeline[slot - 1].balance if slot else None
    ahead = sum((e.delta for e in timeline[slot:before]), ZERO)
    return slot if level is not None and level + ahead == balance else None


def slot_after(timeline: Sequence[Posting], day: date) -> int | None:
    """Before which line something of a day belongs; None at the end."""
    return next((i for i, e in enumerate(timeline) if (e.day or date.min) > day), None)


def told_as_of(entry: Entry) -> date | None:
    """The day that a line gives for what it tells.

    Of an initial statement that is the day of its event, of an annual one the end of the year.
    """
    told = _is_initial(entry) or _at_years_end(entry)
    return entry.day if told else entry.line.effective_on


def _is_initial(entry: Entry) -> bool:
    return entry.line.holding and entry.dossier.base_form == "3"


def until_filed(broken: Entry, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Those of some later lines that happened after a line's own day, up to its filing."""
    begins, ends = broken.line.effective_on, broken.dossier.day
    if begins is None or ends is None or entries[0].dossier is broken.dossier:
        return ()
    return tuple(
        e
        for e in entries
        if e.delta and e.line.effective_on and begins < e.line.effective_on <= ends
    )


def _at_years_end(entry: Entry) -> bool:
    return entry.line.holding and entry.dossier.base_form == "5"


# --- lines that go where nothing agreed ----------------------------------------------------


def placed(
    timeline: Sequence[Posting], entries: Sequence[Entry], slot: int, habit: str | None
) -> Placement | None:
    """Where lines of an earlier day belong, if their totals, or later ones, show it."""
    if not slot:
        return _before_the_first(timeline, entries)
    opening = timeline[slot - 1].balance
    if opening is None:
        return None
    reading, _ = best(entries, [opening], habit)
    if reading.broken and any(map(_at_years_end, entries)):
        return None
    if reading.broken:
        return (
            _counted_whole(timeline, entries, slot)
            or _counted_in_break(timeline, entries, slot)
            or _beside_a_note(timeline, entries, slot)
            or _under_another_total(timeline, entries, slot)
        )
    after_all = reading.convention in AFTER_ALL
    convention = reading.convention if after_all else "running"
    takings = [Taking(entries[i], convention, late=True) for i in reading.order]
    if after_all:
        count_rows_below(takings, reading.convention)
    return _accounted(timeline, takings, slot) or Placement(slot, takings, len(timeline))


def _before_the_first(timeline: Sequence[Posting], entries: Sequence[Entry]) -> Placement | None:
    """Lines before a position's first one, where that already begins from their end."""
    first, moved = timeline[0], _moved(entries)
    if not first.opening or first.claim is None or first.line.tells_no_opening:
        return None
    opened = first.claim - first.beside - first.delta
    if len(entries) == 1 and _is_initial(entries[0]) and entries[0].claim is not None:
        return _initial(timeline, entries[0], opened)
    if opened < moved:
        return None
    reading = _ending_at(opened, entries)
    if reading is None and not _repeat(timeline[-1].balance, entries):
        return None
    order = entries if reading is None else [entries[i] for i in reading.order]
    takings = _as_of_filing(order, opened - moved)
    takings[0].opens = True
    return Placement(0, takings, 0, begins=opened - moved)


def _initial(timeline: Sequence[Posting], entry: Entry, opened: Decimal) -> Placement:
    """An initial statement before a position's first line: it is no total of a later day.

    Where it lists another number than the first total implies, and later ones go on from that,
    it is the one that is wrong.
    """
    if any(e.follows and e.delta for e in timeline[1:]):
        return Placement(0, [Taking(entry, late=True, returned=timeline[0])], 0, begins=opened)
    return Placement(0, [Taking(entry, opens=True, late=True)], 0, begins=entry.claim)


def _counted_whole(
    timeline: Sequence[Posting], entries: Sequence[Entry], slot: int
) -> Placement | None:
    """Late lines whose totals are today's: what they moved is what a total broke by."""
    if any(e.claim is not None and e.claim != timeline[-1].balance for e in entries):
        return None
    return _accounted(timeline, _as_of_filing(entries, timeline[slot - 1].balance), slot)


def _accounted(timeline: Sequence[Posting], takings: list[Taking], slot: int) -> Placement | None:
    """The lines before a later break that had them in its total, beside what a note of it tells."""
    moved = sum((taking.entry.delta for taking in takings), ZERO)
    broken = next((e for e in timeline[slot:] if e.residual and not e.late), None)
    if broken is None or not moved or broken.returned is not None:
        return None
    rest = broken.residual - moved
    told = not rest or _is_told(broken, rest, [taking.entry for taking in takings])
    if abs(rest) >= abs(broken.residual) and not told:
        return None
    whole = None if rest else broken
    return Placement(slot, takings, timeline.index(broken), settled=whole)


def _counted_in_break(
    timeline: Sequence[Posting], entries: Sequence[Entry], slot: int
) -> Placement | None:
    """Lines before a broken total that begins where they end; the rest stays to explain.

    The rest stays with the broken total, unless it is a split that came before the lines too.
    """
    broken = timeline[slot]
    if not _open_break(broken) or broken.claim is None:
        return None
    if _ending_at(broken.claim - broken.beside - broken.delta, entries) is None:
        return None
    if _is_split(broken, broken.residual - _moved(entries), entries):
        return Placement(slot, [Taking(e, late=True) for e in entries], slot)
    return Placement(slot, _as_of_filing(entries, timeline[slot - 1].balance), slot)


def _beside_a_note(
    timeline: Sequence[Posting], entries: Sequence[Entry], slot: int
) -> Placement | None:
    """Lines, whose totals are today's, before a break they share with what a note tells."""
    broken = next((e for e in timeline[slot:] if _open_break(e)), None)
    if broken is None or not _repeat(timeline[-1].balance, entries):
        return None
    if not _is_told(broken, broken.residual - _moved(entries), entries):
        return None
    takings = _as_of_filing(entries, timeline[slot - 1].balance)
    return Placement(slot, takings, timeline.index(broken))


def _under_another_total(
    timeline: Sequence[Posting], entries: Sequence[Entry], slot: int
) -> Placement | None:
    """A late line of which the total is wrong, where a total filed before it broke by what it moved."""
    broken = next((e for e in timeline[slot:] if e.residual and not e.late), None)
    if len(entries) > 1 or broken is None or not _open_break(broken):
        return None
    if broken.residual != _moved(entries):
        return None
    takings = [Taking(entries[0], late=True, returned=broken)]
    return Placement(slot, takings, timeline.index(broken), settled=broken)


def _as_of_filing(entries: Iterable[Entry], level: Decimal | None) -> list[Taking]:
    """Late lines, moving a level that their totals, being of another day, need not show."""
    takings = []
    for entry in entries:
        level = None if level is None else level + entry.delta
        apart = ZERO if level is None or entry.claim is None else entry.claim - level
        named = "as-of-filing" if apart else "running"
        takings.append(Taking(entry, named, apart, late=True))
    return takings


def _open_break(entry: Posting) -> bool:
    return bool(entry.residual) and entry.returned is None and not entry.late and not entry.lot


def _moved(entries: Iterable[Entry]) -> Decimal:
    return sum((e.delta for e in entries), ZERO)


def _ending_at(level: Decimal, entries: Sequence[Entry]) -> Reading | None:
    """The reading by which totals agree among themselves and end at a level."""
    reading, _ = best(entries, [None], None)
    ends = not reading.broken and reading.closing == level
    return reading if ends and (implied(entries, reading) or ZERO) >= 0 else None


def _repeat(balance: Decimal | None, entries: Iterable[Entry]) -> bool:
    """Whether every total is the latest one again, though shares moved."""
    return balance is not None and all(e.claim == balance and e.delta for e in entries)


def _is_told(broken: Posting, rest: Decimal, entries: Sequence[Entry]) -> bool:
    """Whether a note tells what is left of a break: the amount, or the split, before the lines or since."""
    amounts = {s.shares for s in broken.dossier.statements}
    since = (broken.prior or ZERO) + _moved(entries)
    return (
        abs(rest) in amounts
        or _is_split(broken, rest, entries)
        or _is_split(broken, rest, entries, prior=since)
    )


def _is_split(
    broken: Posting, rest: Decimal, entries: Sequence[Entry], prior: Decimal | None = None
) -> bool:
    """Whether a split that a note of either filing states adds just that to what was held."""
    prior = broken.prior or ZERO if prior is None else prior
    said = (*broken.dossier.statements, *entries[0].dossier.statements)
    ratios = [m for s in said if s.kind == "split" and (m := s.multiplier)]
    return any(prior and adds(prior, m, rest, within=1) for m in ratios)
