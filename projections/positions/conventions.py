"""What a filing's totals on one position mean, found by counting equations.

A filer may mean a total in several ways (running, final, by date or trade, bottom-up). Nothing
on the form says which, so the arithmetic does: the way that breaks the fewest equations
is the one meant, and running totals in document order win a tie.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise

import msgspec

from ledger.codes import PAIRED, expected_direction
from ledger.statements import SENSES
from projections.filings.records import ZERO
from projections.positions.digits import slipped_digits
from projections.positions.entries import Entry
from projections.positions.reckoning import AFTER_ALL, counted_with


class Reading(msgspec.Struct, frozen=True):
    """One way to take a filing's totals on a position: an order and what each should be.

    `returns` holds, by the row that goes back to the line before a broken total, the row
    of that total: one wrong total among right ones breaks one equation, not two.
    """

    convention: str
    order: Sequence[int]
    expected: list[Decimal | None]
    broken: int
    closing: Decimal | None
    returns: dict[int, int] = {}


def implied(entries: Sequence[Entry], reading: Reading) -> Decimal | None:
    """The balance before the first row that a reading's totals imply; None without a total."""
    claimed = [i for i in reading.order if entries[i].claim is not None]
    if not claimed:
        return None
    first = entries[claimed[0]]
    assert first.claim is not None
    order, convention = list(reading.order), reading.convention
    at, same = order.index(claimed[0]) + 1, counted_with(first, convention)
    if convention in AFTER_ALL:
        while at < len(order) and counted_with(entries[order[at]], convention) == same:
            at += 1
    return first.claim - sum((entries[i].delta for i in order[:at]), ZERO)


def running(
    entries: Sequence[Entry], opening: Decimal | None, order: Sequence[int], name: str
) -> Reading:
    """Each total is the one after its own row, in the given order of rows."""
    balance, broken = opening, 0
    line: Decimal | None = None  # where the balance would be but for the last broken total
    slip = 0
    expected: list[Decimal | None] = [None] * len(entries)
    returns: dict[int, int] = {}
    for i in order:
        entry = entries[i]
        should = None if balance is None or entry.unmeasured else balance + entry.delta
        line = None if line is None or entry.unmeasured else line + entry.delta
        expected[i] = should
        if entry.claim is None:
            balance = should
            continue
        if should is not None and should != entry.claim:
            if line is not None and line == entry.claim:
                expected[i], returns[i], line = line, slip, None
            else:
                broken, line, slip = broken + 1, should, i
        balance = entry.claim
    return Reading(
        convention=name,
        order=order,
        expected=expected,
        broken=broken,
        closing=balance,
        returns=returns,
    )


def after_all(entries: Sequence[Entry], opening: Decimal | None, convention: str) -> Reading:
    """Every total is the one after all of the filing's rows, or those of its day, or its trade."""
    order: Sequence[int] = range(len(entries))
    if convention == "date-final":
        order = sorted(order, key=lambda i: (entries[i].day or date.min, i))
    groups: list[tuple[Sequence[int], Decimal | None]] = []
    balance = opening
    for _, members in groupby(order, key=lambda i: counted_with(entries[i], convention)):
        rows = list(members)
        if balance is not None:
            balance += sum((entries[i].delta for i in rows), ZERO)
        groups.append((rows, balance))
        balance = next((c for i in rows if (c := entries[i].claim) is not None), balance)
    return _levels(convention, entries, groups)


def _levels(
    name: str, entries: Sequence[Entry], groups: Iterable[tuple[Sequence[int], Decimal | None]]
) -> Reading:
    order: list[int] = []
    expected: list[Decimal | None] = [None] * len(entries)
    returns: dict[int, int] = {}
    broken, level, slip = 0, None, None
    for members, start in groups:
        level = line = start
        slip = None
        for i in members:
            order.append(i)
            claim = entries[i].claim
            expected[i] = level
            if claim is None:
                continue
            if line is None:
                line = claim
            elif level != claim:
                if slip is not None and claim == line:
                    expected[i], returns[i], slip = line, slip, None
                else:
                    broken, slip = broken + 1, i
            level = claim
    return Reading(
        convention=name,
        order=order,
        expected=expected,
        broken=broken,
        closing=level,
        returns=returns,
    )


def chained(entries: Sequence[Entry], opening: Decimal | None) -> list[int] | None:
    """An order in which every row opens where another closed, if there is one.

    Where nothing is known before, an order that goes back in time is a slip's doing.
    """
    order = _chain(entries, opening)
    unsure = order and opening is None and (_turned(entries, order) or not _in_time(entries, order))
    return None if unsure else order


def runs_round(entries: Sequence[Entry]) -> bool:
    """Whether first rows that all move one way follow if they begin amid those of one day.

    They were listed by their prices, say, or one total was not brought forward: who knows no
    balance before cannot tell.
    """
    order = _chain(entries, None) if len({e.delta > 0 for e in entries}) == 1 else None
    return order is not None and _turned(entries, order)


def _chain(entries: Sequence[Entry], opening: Decimal | None) -> list[int] | None:
    if any(e.claim is None for e in entries):
        return None
    opens: dict[Decimal, list[int]] = {}
    for i, e in enumerate(entries):
        opens.setdefault(e.claim - e.delta, []).append(i)  # type: ignore[operator]
    closes = {e.claim for e in entries}
    starts = [opening] if opening in opens else [o for o in opens if o not in closes]
    if len(starts) != 1:
        return None
    level: Decimal | None = starts[0]
    order: list[int] = []
    while level is not None and opens.get(level):
        i = opens[level].pop(0)
        order.append(i)
        level = entries[i].claim
    if len(order) < len(entries):
        return None
    if order != sorted(order) and _repeats_a_row(entries):
        return None  # the row that stands twice would find a place at the other end
    return order


def _repeats_a_row(entries: Sequence[Entry]) -> bool:
    return len({(e.day, e.line.code, e.delta, e.line.price, e.claim) for e in entries}) < len(
        entries
    )


def _in_time(entries: Sequence[Entry], order: Sequence[int]) -> bool:
    """Whether an order of rows never goes back to an earlier day."""
    days = [day for i in order if (day := entries[i].day) is not None]
    return days == sorted(days)


def _turned(entries: Sequence[Entry], order: Sequence[int]) -> bool:
    """Whether an order begins amid rows of one day and comes round to the first of them.

    Shares exercised and sold at once end where they began: a slip in one row cuts that
    ring open just there, and the chain runs round it as if nothing were wrong.
    """
    count, first = len(order), order[0]
    if count < 3 or not first or [i % count for i in range(first, first + count)] != [*order]:
        return False
    return len({entry.day for entry in entries}) == 1


def readings(entries: Sequence[Entry], opening: Decimal | None) -> Iterable[Reading]:
    """Every way to take the totals, the most usual first."""
    count = range(len(entries))
    yield running(entries, opening, count, "running")
    if len(entries) == 1:
        return
    chain = chained(entries, opening)
    if chain is not None:
        yield running(entries, opening, chain, "chained")
    yield running(entries, opening, count[::-1], "reversed")
    yield after_all(entries, opening, "date-final")
    for convention in ("trade-final", "kind-final"):
        alike = [counted_with(e, convention) for e in entries]
        if any(one == other for one, other in pairwise(alike)):
            yield after_all(entries, opening, convention)
    if len({e.day for e in entries}) == 1:
        return  # dates add nothing to the order, and a day's closing is the final total
    by_date = sorted(count, key=lambda i: (entries[i].day or date.min, i))
    yield running(entries, opening, by_date, "running-by-date")
    yield running(entries, opening, by_date[::-1], "reversed-by-date")
    yield after_all(entries, opening, "final")


def best(
    entries: Sequence[Entry], openings: Sequence[Decimal | None], habit: str | None
) -> tuple[Reading, int]:
    """The reading that breaks the fewest equations, and which opening it starts from.

    Where nothing is known before, a reading that implies less than nothing comes last. A tie goes to the
    rows' order, the first opening, breaks of a size that notes state, sales after the exercise, the habit.
    """
    usual = running(entries, openings[0], range(len(entries)), "running")
    turned = _back_in_time(entries, usual.order)
    if not usual.broken and not turned and not _unlikely(entries, openings[0], usual):
        return usual, 0
    found: tuple[Reading, int] | None = None
    breaks: tuple[bool, int, bool, bool, int] | None = None
    told: tuple[int, bool, bool] | None = None
    for which, opening in enumerate(openings):
        for reading in readings(entries, opening):
            owing = _unlikely(entries, opening, reading)
            turned = _back_in_time(entries, reading.order)
            known = reading.convention in ("running", habit) and not turned
            if reading.broken == 0 and which == 0 and known and not owing:
                return reading, which
            shuffled = reading.convention in _SHUFFLED and not reading.broken
            shuffled = shuffled and len(openings) > 1 and habit_of(reading) != habit
            rank = (turned, reading.broken + owing, owing, shuffled, which)
            if found is None or breaks is None or rank < breaks:
                found, breaks, told = (reading, which), rank, None
            elif rank == breaks:
                told = told or _unusual(entries, found[0], habit)
                mine = _unusual(entries, reading, habit)
                if mine < told:
                    found, told = (reading, which), mine
    assert found is not None
    return found


_SHUFFLED = ("chained", "reversed", "reversed-by-date")


def _unusual(
    entries: Sequence[Entry], reading: Reading, habit: str | None
) -> tuple[int, bool, bool]:
    """How little speaks for a reading among those that break as much."""
    stated = (
        (_unstated(entries, reading), _sold_first(entries, reading))
        if reading.broken
        else (0, False)
    )
    return (*stated, reading.convention != habit)


def _sold_first(entries: Sequence[Entry], reading: Reading) -> bool:
    """Whether a reading has shares leave on a day before an exercise of just as many brings them.

    Who exercises and sells as many on one day sells what the exercise brought, whatever the
    order in which the rows are printed.
    """
    left: set[tuple[object, Decimal]] = set()
    for i in reading.order:
        entry = entries[i]
        if entry.line.code in PAIRED and entry.delta > 0 and (entry.day, -entry.delta) in left:
            return True
        if entry.delta < 0:
            left.add((entry.day, entry.delta))
    return False


def origins(entries: Sequence[Entry]) -> frozenset[Decimal] | None:
    """Every balance before the first row from which some reading of the totals follows.

    None where any balance might do: no row has a total, or one moved what it does not count.
    """
    if any(e.unmeasured for e in entries) or all(e.claim is None for e in entries):
        return None
    found = {e.claim - e.delta for e in entries if e.claim is not None}  # a chain begins anywhere
    if len(entries) == 1:
        return frozenset(found)
    count = range(len(entries))
    by_date = sorted(count, key=lambda i: (entries[i].day or date.min, i))
    for order in (count, count[::-1], by_date, by_date[::-1]):
        moved = ZERO
        for i in order:
            moved += entries[i].delta
            if (claim := entries[i].claim) is not None:
                found.add(claim - moved)
                break
    for order in (count, by_date):
        first = next(entries[i] for i in order if entries[i].claim is not None)
        until = date.max if order is count else first.day or date.min
        moved = sum((e.delta for e in entries if (e.day or date.min) <= until), ZERO)
        found.add((first.claim or ZERO) - moved)
    return frozenset(found)


def nearly_from(
    entries: Sequence[Entry], openings: Sequence[Decimal | None], habit: str | None
) -> tuple[Reading, int] | None:
    """The reading that starts from the first of some openings but for a fraction of a share.

    Nothing else in it breaks. It is given with the place of the opening; None if there is none.
    """
    near = origins(entries)
    for which, opening in enumerate(openings):
        if near is not None and opening is not None and all(abs(o - opening) > 1 for o in near):
            continue
        reading, _ = best(entries, [opening], habit)
        first, should = entries[reading.order[0]], reading.expected[reading.order[0]]
        if first.claim is None or should is None or reading.broken != 1:
            continue
        if 0 < abs(first.claim - should) <= 1:
            return reading, which
    return None


def _back_in_time(entries: Sequence[Entry], order: Sequence[int]) -> bool:
    """Whether rows whose letters contradict their codes chain only from a later day to an earlier.

    They chain that way because each letter is the wrong one: taken by their days, the
    totals go the way of the code.
    """
    for entry in entries:
        if not entry.line.against_code:
            return False
    days = [entries[i].day or date.min for i in order]
    return any(one > other for one, other in pairwise(days))


def _unstated(entries: Sequence[Entry], reading: Reading) -> int:
    """How many totals differ by an amount that no note of their filing states.

    What only adds, such as a plan's purchase, states no total that is too low.
    """
    return sum(
        entry.claim - should not in _amounts(entry)
        for entry, should in zip(entries, reading.expected, strict=True)
        if entry.claim is not None and should is not None and entry.claim != should
    )


def _amounts(entry: Entry) -> set[Decimal]:
    """The differences that the notes of a filing state, with the signs they can have.

    Where they tell of several lots of one kind, all of those together are one as well.
    """
    found = set[Decimal]()
    together: dict[str, Decimal] = {}
    for said in entry.dossier.statements:
        if said.shares:
            together[said.kind] = together.get(said.kind, ZERO) + said.shares
            for shares in (said.shares, together[said.kind]):
                found |= {shares} if SENSES[said.kind].only_adds else {shares, -shares}
    return found


def habit_of(reading: Reading) -> str:
    """How a filer takes totals, as one filing shows it: a chain may run bottom-up throughout."""
    upward = list(reading.order) == sorted(reading.order, reverse=True)
    return "reversed" if reading.convention == "chained" and upward else reading.convention


def slipped(entries: Sequence[Entry]) -> bool:
    """Whether entries agree among themselves but for one slip of the pen.

    One total that the next leaves behind, a letter ticked wrongly, or digits that
    were swapped, dropped or added: anything else may as well be another holding.
    """
    return _slips_once(entries, best(entries, [None], None)[0])


def otherwise(told: Sequence[Entry], then: Sequence[Entry]) -> Reading | None:
    """Another way to take the first totals of a position, from which later entries go on.

    Where nothing is known before, rows that one slip of the pen keeps from following may by
    chance follow in another order. What comes next shows which of the two it was.
    """
    fit = [r for r in readings(told, None) if r.closing is not None]
    fit = [r for r in fit if not _unlikely(told, None, r)]
    likely = [r for r in fit if not r.broken or _slips_once(told, r)]
    if all(r.broken for r in fit):  # then one total is wrong in any order, and no last one
        likely += [r for r in fit if r.broken == 1 and told[r.order[-1]].claim == r.closing]
    goes_on = (r for r in likely if not best(then, [r.closing], None)[0].broken)
    return next(goes_on, None)


def _slips_once(entries: Sequence[Entry], reading: Reading) -> bool:
    """Whether a reading breaks once, and by what a slip of the pen makes."""
    if reading.broken != 1 or reading.returns:
        return reading.broken == 1
    for entry, should in zip(entries, reading.expected, strict=True):
        claim, delta = entry.claim, entry.delta
        if should is not None and claim is not None and claim != should:
            moved = delta + claim - should
            twice = sum(e.delta == delta for e in entries) > 1  # no slip gives what another row has
            amounts = () if twice else ((delta, moved), (-delta, -moved))
            turned = claim - should == -2 * delta and not _letter_fits(entry)
            pairs = ((claim, should), *amounts)
            return turned or any(min(two) >= 0 and slipped_digits(*two) for two in pairs)
    return False


def _letter_fits(entry: Entry) -> bool:
    """Whether a row's letter is the one that its code must have: then it was not ticked wrongly."""
    line = entry.line
    return line.direction == expected_direction(line.code, "II" if line.table == "II" else "I")


def only_rounded(reading: Reading, entries: Sequence[Entry]) -> bool:
    """Whether no total is further than one share, what rounding takes, from what it should be."""
    return all(
        should is None or entry.claim is None or abs(entry.claim - should) <= 1
        for should, entry in zip(reading.expected, entries, strict=True)
    )


def _unlikely(entries: Sequence[Entry], opening: Decimal | None, reading: Reading) -> bool:
    """Whether first totals imply that less than nothing was held, or just what was sold before as much came.

    Who sells all that an exercise brings has nothing before it, and nothing after.
    """
    held = ZERO if opening is not None else implied(entries, reading) or ZERO
    return held < 0 or (
        0 < held == -entries[reading.order[0]].delta and _sold_first(entries, reading)
    )
