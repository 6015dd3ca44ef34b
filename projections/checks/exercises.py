"""Exercises whose sides do not match, units counted twice, options held too long."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from ledger.codes import PAIRED
from ledger.types import grouped
from projections.checks.check import Check, asked_of
from projections.checks.counterparts import (
    deferred,
    family_of,
    received_otherwise,
    size_of,
    under_another_code,
    underlying,
)
from projections.checks.exercise_amounts import for_the_gain, paid_in_stock, unsplit
from projections.checks.exercise_equals import told_beside_equals
from projections.checks.underlying import shares_for
from projections.filings.dates import doubt_of_day, public_on
from projections.filings.records import ZERO, Dossier, Line
from projections.findings.finding import Finding, about
from projections.identity.securities import class_tokens, derivative_kind, same_class
from projections.issuer import Folded


@asked_of("expiring")
def expired_holdings(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A derivative claimed as held after its expiry, or exercised after it."""
    for line in folded.lines_of(dossier):
        spent = line.code in PAIRED and line.movement < 0
        grace = _SETTLING if _settled(line) else timedelta() if line.shares_after else _WEEKEND
        if line.table != "II" or not line.expires_on or not (line.shares_after or spent):
            continue
        day = line.effective_on or dossier.head.period
        if day != dossier.head.period and doubt_of_day(dossier, line):
            day = dossier.head.period
        if _paid_out(line, dossier):
            continue
        if day and day - line.expires_on > grace and not _stands_for_none(line, day):
            held = f"{grouped(line.shares_after)} reported as held, " if line.shares_after else ""
            words = f"{held}expired {line.expires_on.isoformat()}"
            yield about(
                dossier, line, "EXPIRED_STILL_HELD", words + _at_odds(line, line.expires_on)
            )


def _at_odds(line: Line, expiry: date) -> str:
    """Words for what else of a row speaks against the day on which it expired, if anything does."""
    if line.movement and line.effective_on and line.effective_on > expiry:
        return f", and {grouped(line.moved or ZERO)} moved on {line.effective_on}: one of the two days is wrong"
    if line.exercisable_on and line.exercisable_on > expiry:
        return f", exercisable from {line.exercisable_on}: one of the two days is wrong"
    return ""


def _paid_out(line: Line, dossier: Dossier) -> bool:
    """Whether another row of the form gives all of it up at once: earned and paid, not held."""
    terms = (line.security, line.exercise_price, line.expires_on, line.nature, line.ownership)
    return any(
        (one.security, one.exercise_price, one.expires_on, one.nature, one.ownership) == terms
        and one.shares == line.shares_after
        and one.shares_after == ZERO
        for one in dossier.lines
        if one is not line
    )


_WEEKEND = timedelta(days=3)
"""How long after an expiry the next day of trading may be, over a weekend with a holiday."""

_SETTLING = timedelta(days=75)
"""How long after they vest for the last time, their "expiry", units are paid out: two and a half months."""

_LIFE = timedelta(days=3653)
"""Ten years: how long awards run at most."""


def _settled(line: Line) -> bool:
    """Whether a row pays units out: they expire by vesting, and are paid thereafter."""
    units = derivative_kind(line.security or "") == "rsu"
    return units and line.code == "M" and line.movement < 0


def _stands_for_none(line: Line, day: date | None) -> bool:
    """Whether a day long past only fills a column that the form does not let be empty.

    Phantom shares are "exercisable 8/8/1988, expire 8/8/1988": units run to no day at all, and
    nothing is acquired that has expired, or on the day on which it does.
    """
    both = line.exercisable_on == line.expires_on and line.movement > 0
    if both and line.expires_on == line.effective_on:
        return True
    if line.expires_on is None or not (both or derivative_kind(line.security or "") == "rsu"):
        return False
    return day is not None and day - line.expires_on > _LIFE


def exercises(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """An exercise whose two sides, derivative and stock, do not match.

    The sides may stand in filings of one day that continue each other, so those are read
    together; the finding stands on the first of them.
    """
    if public_on(dossier) not in folded.exercised_on:
        return
    family = family_of(dossier, folded)
    if not family or family[0] is not dossier:
        return
    told = [t for d in family for t in folded.told[d.stream] if not t[1].holding]
    halves = miscoded_halves([line for _, line in told])
    yield from (_miscoded(half, told) for half in halves)
    settled = {id(line) for half in halves for line in half.first}
    rows = [t for t in told if t[1].code in PAIRED and id(t[1]) not in settled]
    for code in sorted({ln.code or "" for _, ln in rows}):
        same = [(d, ln) for d, ln in rows if ln.code == code]
        if any(doubt_of_day(d, ln) for d, ln in same):
            yield from _paired(same, code, folded)
            continue
        for day in sorted({ln.effective_on or date.min for _, ln in same}):
            mine = [(d, ln) for d, ln in same if (ln.effective_on or date.min) == day]
            yield from _paired(mine, code, folded)


class Halves(NamedTuple):
    """An exercise of which one half, the `second`, has the code of something else."""

    first: tuple[Line, ...]
    second: tuple[Line, ...]


_INSTEAD = {"I": frozenset("AJP"), "II": frozenset("DFGHJS")}
"""By table, the codes that one half of an exercise is given by mistake.

J only of an option at its own price: what comes of a conversion may well be told as acquired
otherwise. Where a code contradicts the letter of its row, that is told instead.
"""


def miscoded_halves(lines: Sequence[Line]) -> list[Halves]:
    """Exercises of which one half stands there under the code of something else.

    Both are of one day and size, at the price of the exercise, and neither has another
    counterpart.
    """
    found: list[Halves] = []
    free = [ln for ln in lines if ln.code in _INSTEAD[ln.table] and _is_half(ln)]
    exercised = [ln for ln in lines if ln.code in PAIRED and ln.effective_on] if free else []
    for of in sorted({(ln.effective_on or date.min, ln.code or "") for ln in exercised}):
        alone = _one_sided([ln for ln in exercised if (ln.effective_on, ln.code) == of])
        for first in (*([one] for one in alone), alone):
            used = {id(line) for halves in found for line in (*halves.first, *halves.second)}
            left = [ln for ln in free if id(ln) not in used and ln.effective_on == of[0]]
            if used.isdisjoint(map(id, first)) and (second := _second_half(first, left)):
                found.append(Halves(tuple(first), tuple(second)))
    return found


def _is_half(line: Line) -> bool:
    """Whether a row gives up a derivative or brings stock, as a half of an exercise does."""
    return (line.table, line.direction) in {("II", "disposed"), ("I", "acquired")}


def _one_sided(lines: list[Line]) -> list[Line]:
    """The rows of one exercise that have no counterpart: all where only one table has any."""
    if not all(map(_is_half, lines)):
        return []
    return lines if len({line.table for line in lines}) == 1 else lone_rows(lines)


def _second_half(first: list[Line], others: list[Line]) -> list[Line]:
    """The row, or the rows together, that have the size of one half and agree with its price."""
    if len({line.table for line in first}) != 1:
        return []
    fitting = [ln for ln in others if all(_of_one_exercise(ln, one) for one in first)]
    for rows in (*([one] for one in fitting), fitting):
        if not _sizes(rows).isdisjoint(_sizes(first)):
            return rows
    return []


def _of_one_exercise(line: Line, other: Line) -> bool:
    """Whether stock came at the price of a derivative; its own row may leave that price out.

    Stock of a conversion may well be told as a grant.
    """
    if line.table == other.table or {line.code, other.code} == {"A", "C"}:
        return False
    stock, unit = (line, other) if line.table == "I" else (other, line)
    paid, strike = stock.price or ZERO, unit.exercise_price or ZERO
    if "J" in (line.code, other.code):
        return bool(strike) and paid == strike and not {line.code, other.code} - {"J", "M", "X"}
    return paid == strike or (stock.code in PAIRED and not paid)


def _sizes(lines: Sequence[Line]) -> set[Decimal]:
    """How many shares some rows are about, by what lies under them and by their own number."""
    under = sum((ln.underlying_shares or ln.shares or ZERO for ln in lines), ZERO)
    return {under, sum((ln.shares or ZERO for ln in lines), ZERO)} - {ZERO}


def _miscoded(halves: Halves, told: Sequence[tuple[Dossier, Line]]) -> Finding:
    """The finding on the half that has the code of something else."""
    whose = {id(line): dossier for dossier, line in told}
    (row, *_), (other, *_) = halves.second, halves.first
    number, side = grouped(size_of(halves.second)), "stock" if row.table == "I" else "derivative"
    refs = tuple(f"{whose[id(ln)].id}#{ln.ref}" for ln in (*halves.second[1:], *halves.first))
    words = (
        f"{number} under code {row.code} are the {side} side of {grouped(size_of(halves.first))} "
        f"under code {other.code} of {other.ref}, of the same day and price: code {other.code}"
    )
    return about(whose[id(row)], row, "EXERCISE_COUNTERPART_MISSING", words, evidence=refs)


def lone_rows(lines: Sequence[Line]) -> list[Line]:
    """Rows of one exercise to which the other table has none, as it has one to each of the others.

    They are of one code and day. Where amounts of both sides find none of their size, the sides
    differ in number, and no row is alone.
    """
    units = [line for line in lines if line.table == "II" and line.direction == "disposed"]
    stock = [line for line in lines if line.table == "I" and line.direction == "acquired"]
    open_ = list(stock)
    lone = []
    for line in units:
        sizes = (line.underlying_shares, line.shares)
        other = next((one for one in open_ if one.shares and one.shares in sizes), None)
        if other is None:
            lone.append(line)
        else:
            open_.remove(other)
    told = len(units) + len(stock) == len(lines) and len(open_) < len(stock)
    return [*lone, *open_] if told and not (lone and open_) else []


def _alone(rows: list[tuple[Dossier, Line]], code: str, folded: Folded) -> Iterator[Finding]:
    """The finding on the first of the rows whose other side is missing, where others have theirs."""
    lone = lone_rows([line for _, line in rows])
    there = [(d, ln) for d, ln in rows if any(ln is one for one in lone)]
    if not there or under_another_code(there, folded) or _granted_as_stock(there, folded):
        return
    dossier, line = there[0]
    side = "stock" if line.table == "II" else "derivative"
    words = f"{grouped(size_of(lone))} under code {code} without the {side} side"
    yield about(dossier, line, "EXERCISE_COUNTERPART_MISSING", words)


def _paired(rows: list[tuple[Dossier, Line]], code: str, folded: Folded) -> Iterator[Finding]:
    alone = list(_alone(rows, code, folded)) if len(rows) > 2 else []
    moved = {id(ln): folded.movement(ln) for _, ln in rows}
    rows = [(d, ln) for d, ln in rows if moved[id(ln)] or ln.shares is None]
    stock = [(d, ln) for d, ln in rows if ln.table == "I" and moved[id(ln)] > 0]
    units = [(d, ln) for d, ln in rows if ln.table == "II" and moved[id(ln)] < 0]
    if any(ln.shares is None for _, ln in rows):
        yield from alone if all(_counted(ln) for _, ln in rows) else ()
        return
    if len(stock) + len(units) < len(rows):
        return  # two steps within one table, or a letter that is wrong
    got = sum((moved[id(ln)] for _, ln in stock), ZERO)
    given = sum((underlying(ln, -moved[id(ln)]) for _, ln in units), ZERO)
    raw = -sum((moved[id(ln)] for _, ln in units), ZERO)
    if bool(stock) != bool(units):
        if any(d.stream in folded.orphans for d, _ in rows):
            return  # the other side may stand in the original
        there, missing = (stock, "derivative") if stock else (units, "stock")
        if (stock and _granted_as_stock(there, folded)) or under_another_code(there, folded):
            return
        if units and (received_otherwise(units, folded) or deferred(units, folded)):
            return
        if _told_apart(there, got or raw, folded):
            return
        dossier, line = there[0]
        yield about(
            dossier,
            line,
            "EXERCISE_COUNTERPART_MISSING",
            f"{grouped(got or raw)} under code {code} without the {missing} side",
        )
    elif (
        stock
        and got not in (sides := shares_for(units, given, raw, folded))
        and abs(got - given) >= len(units)
        and not any(told_beside_equals(rows, side, got) for side in sides)
        and not (got < given and for_the_gain(rows, units, got))
        and not paid_in_stock(rows, units, got)
        and not any(unsplit(units, side, got, folded.splits) for side in sides)
        and not deferred(units, folded, paid=got)
    ):
        if alone:
            yield from alone
            return
        if len(stock) == 1 and stock[0][1].price in (given, raw):
            yield about(*stock[0], "PRICE_SUSPECT", _changed_places(stock[0][1]))
            return
        dossier, line = units[0]
        yield about(
            dossier,
            line,
            "EXERCISE_QUANTITY_MISMATCH",
            f"{grouped(given)} underlying shares given up, {grouped(got)} received under code {code}"
            + ("; the rest may have been withheld" if given / 2 <= got < given else ""),
            expected=given,
            reported=got,
            difference=got - given,
        )


def _told_apart(rows: list[tuple[Dossier, Line]], size: Decimal, folded: Folded) -> bool:
    """Whether another form of the owners has just the other side of an exercise, and no more of it."""
    dossier, line = rows[0]
    mine, owners = {d.stream for d, _ in rows}, folded.people.keys(dossier)
    came = [
        e
        for p in folded.positions_of(owners)
        for e in p.entries
        if (e.line.code, e.line.effective_on) == (line.code, line.effective_on)
        and e.dossier.stream not in mine
    ]
    return {e.line.table for e in came} == {"II" if line.table == "I" else "I"} and size in (
        abs(sum((e.delta for e in came), ZERO)),
        sum((underlying(e.line, abs(e.delta)) for e in came), ZERO),
    )


def _changed_places(line: Line) -> str:
    """Words for stock of an exercise whose price is the number of what was given up."""
    price, shares = grouped(line.price or ZERO), grouped(line.shares or ZERO)
    return (
        f"price {price} and shares {shares} changed places: {price} underlying shares were given up"
    )


def _counted(line: Line) -> bool:
    """Whether a row says how many shares it is about."""
    return bool(line.shares or (line.table == "II" and line.underlying_shares))


_RSU = re.compile(r"restricted (?:stock|share) unit|\brsus?\b", re.IGNORECASE)


def _granted_as_stock(rows: list[tuple[Dossier, Line]], folded: Folded) -> bool:
    return any(True for d, ln in rows for _ in earlier_unit_grants(d, ln, folded))


def earlier_unit_grants(
    dossier: Dossier, line: Line, folded: Folded
) -> Iterator[tuple[Dossier, Line]]:
    """Grants of units reported as stock, of the size that now arrives as vested stock."""
    owners = folded.people.keys(dossier)
    for standing, (other, row) in folded.grants.get(line.shares, ()):
        earlier = standing.known.at < dossier.known.at
        if earlier and folded.people.keys(standing) & owners and _vests(other, row):
            yield other, row


def _vests(dossier: Dossier, line: Line) -> bool:
    cited = line.notes
    if any(s.note in cited and s.kind == "vesting-schedule" for s in dossier.statements):
        return True
    return bool(_RSU.search(" ".join([line.security or "", *map(dossier.text_of, cited)])))


@asked_of("exercises")
def counted_twice(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """Units reported as stock when granted and again when they vested.

    Where the units go out as others come in, in Table II or as titles of Table I, both are told.
    """
    vested = [
        ln
        for ln in folded.lines_of(dossier)
        if ln.code == "M" and ln.table == "I" and ln.direction == "acquired"
    ]
    if not vested or any(
        ln.code == "M" and (ln.table == "II" or ln.direction == "disposed")
        for d in family_of(dossier, folded)
        for _, ln in folded.told[d.stream]
    ):
        return
    for line in vested:
        for other, row in earlier_unit_grants(dossier, line, folded):
            yield about(
                dossier,
                line,
                "RSU_DOUBLE_COUNT",
                f"{grouped(line.shares or ZERO)} vested units, already counted as stock when granted",
                evidence=(f"{other.id}#{row.ref}",),
            )
            break


@asked_of("underlying")
def granted_twice(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """One award of units that stands as stock in Table I and as units over it in Table II.

    Either table is right (both are told by issuers), and not both: the stock would be counted twice.
    The rows are of one day, number and note, which speaks of units.
    """
    granted = [ln for ln in folded.lines_of(dossier) if ln.code == "A" and ln.shares]
    for line in granted:
        for units in granted if line.table == "I" else ():
            shared = set(line.notes) & set(units.notes)
            if (units.table, units.shares, units.effective_on) == (
                "II",
                line.shares,
                line.effective_on,
            ) and (
                units.exercise_price in (None, ZERO)
                and same_class(
                    class_tokens(units.underlying or ""), class_tokens(line.security or "")
                )
                is True
                and any(_RSU.search(dossier.text_of(note)) for note in shared)
            ):
                words = f"the award of {grouped(line.shares or ZERO)} units is {units.ref} of the form as well: the total may count as stock what is held as units"
                yield about(
                    dossier,
                    line,
                    "RSU_DOUBLE_COUNT",
                    words,
                    severity="minor",
                    evidence=(f"{dossier.id}#{units.ref}",),
                )


CHECKS: tuple[Check, ...] = (expired_holdings, exercises, counted_twice, granted_twice)
