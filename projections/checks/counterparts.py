"""Where the other side of an exercise stands, when it has not the code of one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from ledger.codes import PAIRED
from ledger.types import exchanged
from projections.filings.dates import public_on
from projections.filings.records import ZERO, Dossier, Line
from projections.identity.securities import class_tokens
from projections.identity.vehicles import vehicle_key
from projections.issuer import Folded
from projections.positions.entries import reference


def received_otherwise(units: list[tuple[Dossier, Line]], folded: Folded) -> bool:
    """Whether every holder received the stock of a conversion under another code.

    Preferred stock that turns into a class of its own is often told so: converted under C,
    the new class acquired under J, a derivative itself. Class and holder must agree, and the
    number, but for a fraction on each row.
    """
    owed: dict[tuple[object, ...], Decimal] = defaultdict(Decimal)
    for _, line in units:
        owed[_whose(line, line.underlying)] += line.underlying_shares or ZERO
    got: dict[tuple[object, ...], Decimal] = defaultdict(Decimal)
    for filing in family_of(units[0][0], folded):
        for _, line in folded.told[filing.stream]:
            if line.direction == "acquired" and line.code not in PAIRED | {"P"}:
                got[_whose(line, line.security)] += line.shares or ZERO
    return all(shares and abs(got[key] - shares) < len(units) for key, shares in owed.items())


def deferred(units: list[tuple[Dossier, Line]], folded: Folded, *, paid: Decimal = ZERO) -> bool:
    """Whether units of another title came for those that were given up, but for what was paid.

    So it is told where what vests is not paid out, or in part, but deferred: until then it is one
    unit of a deferral plan for each, of the same stock and without a strike.
    """
    got = paid
    titles = {vehicle_key(line.security or "") for _, line in units}
    whose = {_whose(line, line.underlying) for _, line in units}
    for filing in family_of(units[0][0], folded):
        for _, line in folded.told[filing.stream]:
            if line.table == "II" and line.direction == "acquired" and not line.exercise_price:
                other = vehicle_key(line.security or "") not in titles
                if other and _whose(line, line.underlying) in whose:
                    got += line.shares or ZERO
    given = sum((line.shares or ZERO for _, line in units), ZERO)
    rights = all(not line.exercise_price for _, line in units)
    return rights and got == given != paid


def _whose(line: Line, title: str | None) -> tuple[object, ...]:
    """The day, the holder and the class of what a line moves."""
    return line.effective_on, line.ownership, vehicle_key(line.nature), class_tokens(title or "")


def underlying(line: Line, units: Decimal) -> Decimal:
    """The shares under some units of a line."""
    if line.underlying_shares is None or not line.shares or units == line.shares:
        return units if line.underlying_shares is None else line.underlying_shares
    return exchanged(line.underlying_shares, Fraction(units) / Fraction(line.shares))


def under_another_code(rows: list[tuple[Dossier, Line]], folded: Folded) -> bool:
    """Whether the other side stands there, under a code that its letter contradicts, or a wrong letter.

    It has the size of the first row, or all such rows together have that of all these.
    """
    (dossier, line), *_ = rows
    others = [
        other
        for d in family_of(dossier, folded)
        for _, other in folded.told[d.stream]
        if other.effective_on == line.effective_on
        and other.table != line.table
        and (
            (other.direction != line.direction and other.against_code)
            or (other.direction == line.direction and folded.movement(other) == -other.movement)
        )
    ]
    if any(line.shares == other.shares for other in others):
        return True
    return bool(others) and size_of(others) == size_of([ln for _, ln in rows])


def size_of(lines: Sequence[Line]) -> Decimal:
    """The shares of some rows together, of derivatives those under them."""
    return sum((underlying(line, line.shares or ZERO) for line in lines), ZERO)


def family_of(dossier: Dossier, folded: Folded) -> list[Dossier]:
    """The filings of a day by any of its owners; none where it names nobody: one may be theirs."""
    if not dossier.head.owners:
        return []
    owners = folded.people.keys(dossier)
    day = public_on(dossier)
    return [
        d for d in folded.of_day(day) if d.stream in folded.told and folded.people.keys(d) & owners
    ]


def lines_beside(dossier: Dossier, folded: Folded) -> list[Line]:
    """The lines of a filing that stand, and then those of the others of its day: see `family_of`."""
    if len(folded.of_day(public_on(dossier))) == 1:
        return folded.lines_of(dossier)
    others = (d for d in family_of(dossier, folded) if d is not dossier)
    return [line for d in (dossier, *others) for line in folded.lines_of(d)]


def named_beside(line: Line, dossier: Dossier, folded: Folded) -> str:
    """A line as a finding on a filing names it: `I.1` there, with its filing where that is another."""
    entry = folded.entry_of.get(id(line))
    return line.ref if entry is None or entry.dossier is dossier else reference(entry)


_TO_SELL = re.compile(r"\bputs?\b|\b(?:right|obligat\w+)\s+to\s+(?:sell|deliver)\b", re.IGNORECASE)
"""Titles of derivatives by which shares go, not come, when they are exercised."""


def sold_by_right(line: Line, lines: list[Line]) -> bool:
    """Whether shares went as a put, or a call that the owner had written, was exercised."""
    return line.table == "I" and any(
        other.table == "II"
        and (other.code, other.effective_on) == (line.code, line.effective_on)
        and line.shares in (other.shares, other.underlying_shares)
        and _TO_SELL.search(other.security or "")
        for other in lines
    )
