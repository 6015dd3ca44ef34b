"""Columns that their own notes contradict: a price outside its range, more than was granted.

So does a total whose parts, all of which its note lists, do not add up to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from ledger.footnotes.itemised import included, itemised
from ledger.footnotes.particulars import expiries, grants, price_ranges
from ledger.statements import SENSES
from ledger.types import grouped
from projections.checks.check import Check, Doubt, asked_of
from projections.filings.marks import notes_on_price, notes_on_total, saying
from projections.filings.records import ZERO, Dossier, Line
from projections.findings.finding import Finding, about
from projections.issuer import Folded
from projections.positions.entries import reference
from projections.positions.lot_totals import columns_exchanged


@asked_of("citing rows")
def prices_outside(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A price outside every range that its own note gives."""
    told = saying(dossier, price_ranges)
    for line in folded.lines_of(dossier) if told else ():
        if not line.price or line.holding:
            continue
        ranges = [r for note in notes_on_price(dossier, line) for r in told.get(note, ())]
        if ranges and not any(_within(line.price, low, high) for low, high in ranges):
            said = " or ".join(f"{grouped(low)} to {grouped(high)}" for low, high in ranges)
            words = (
                f"a price of {grouped(line.price)}, outside the range of {said} that its note gives"
            )
            yield about(dossier, line, "PRICE_SUSPECT", words)


def _within(price: Decimal, low: Decimal, high: Decimal) -> bool:
    """Whether a price, rounded as it may be, lies in a range."""
    if low <= price <= high:
        return True
    half = Decimal(5).scaleb(price.normalize().as_tuple().exponent - 1)  # type: ignore[operator]
    return low - half <= price <= high + half


@asked_of("citing rows")
def more_than_granted(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """More granted, exercised, vested or withheld than the grant that its own note states."""
    for line in folded.lines_of(dossier):
        if line.holding or not line.shares or line.code not in ("A", "M", "F", "X", "C"):
            continue
        limits = [grants(dossier.text_of(note)) for note in line.notes]
        if None in limits:
            continue
        granted = sum((shares for limit in limits for shares in limit or ()), Decimal(0))
        if granted and line.shares > granted:
            words = f"{grouped(line.shares)} of a grant of {grouped(granted)} that its note states"
            yield about(dossier, line, "COLUMN_NOTE_CONFLICT", words)


@asked_of("expires_on")
def other_terms(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """An expiration date that is not the one its own note gives."""
    for line in folded.lines_of(dossier):
        if line.expires_on is None:
            continue
        for note in line.notes_of("expires_on"):
            days = list(expiries(dossier.text_of(note)))
            if len(days) == 1 and days[0] != line.expires_on:
                words = f"expires {line.expires_on}, where its note says {days[0]}"
                yield about(dossier, line, "COLUMN_NOTE_CONFLICT", words)


_HALF = Decimal("0.5")


@asked_of("citing rows")
def parts_of_totals(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A total of another number than the parts have together that its own note lists.

    A note that several lines cite may be about any of them, or about several at once. Where the
    total breaks as well, and nothing explains that, the break is told already.
    """
    listing, lines = saying(dossier, itemised), folded.lines_of(dossier)
    told: dict[str, list[Line]] = {}
    for line in lines if listing else ():
        for note in dict.fromkeys(notes_on_total(dossier, line)):
            told.setdefault(note, []).append(line)
    for note, citing in told.items():
        parts = listing.get(note, ())
        last = [one for one in citing if one.shares_after][-1:]
        if not parts or not last or not _is_of_one(parts, last[0], lines):
            continue
        line = last[0]
        entry = folded.entry_of.get(id(line))
        if entry is not None and entry.residual:
            continue
        whole = line.shares_after or ZERO
        said = " + ".join(map(grouped, parts))
        more = sum(parts, ZERO) - whole
        words = (
            f"{grouped(whole)}, where the parts that its note lists are {said} = {grouped(sum(parts, ZERO))},"
            f" {grouped(abs(more))} {'more' if more > 0 else 'fewer'}"
        )
        if entry is not None and not entry.opening and entry.claim is not None:
            words += "; the total follows from the one before"
        yield about(dossier, line, "COLUMN_NOTE_CONFLICT", words)


@asked_of("citing rows")
def parts_above_totals(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A note that says more shares are in a total than it, or any other of the form, has.

    Nor were there so many before a row, or all of them, and before what a note of the line says
    left: what came into a holding is told as well where a part of it has left again.
    """
    adding, lines = saying(dossier, included), folded.lines_of(dossier)
    if not adding:
        return
    numbers = [
        n for one in lines for n in (one.shares_after, one.shares, one.underlying_shares) if n
    ]
    numbers += [before for one in lines for before in _before(one, lines)]
    split = any(said.kind == "split" for said in dossier.statements)
    for line in lines if any(numbers) and not split else ():
        whole, entry = line.shares_after, folded.entry_of.get(id(line))
        if not whole or line.table != "I" or (entry is not None and entry.residual):
            continue
        parts = [(n, note) for note in notes_on_total(dossier, line) for n in adding.get(note, ())]
        most, told = max(parts, default=(ZERO, ""))
        if most > max(numbers) + _told_to_have_left(line, dossier, told):
            words = f"{grouped(whole)}, where its note says that {grouped(most)} are in it"
            yield about(dossier, line, "COLUMN_NOTE_CONFLICT", words)


def _before(line: Line, lines: Sequence[Line]) -> Iterator[Decimal]:
    """What a line's total leaves for before its own row, and before all rows of its holding."""
    if line.shares_after is None:
        return
    yield line.shares_after - line.movement
    mine = (line.table, line.security, line.ownership, line.nature)
    alike = (n for n in lines if (n.table, n.security, n.ownership, n.nature) == mine)
    yield line.shares_after - sum((one.movement for one in alike), ZERO)


def _told_to_have_left(line: Line, dossier: Dossier, told: str) -> Decimal:
    """How many shares the notes of a line say went away, but for one note."""
    notes = {*line.notes} - {told}
    gave = ("annuity-return",) if line.ownership == "indirect" else ()
    senses = ((said, SENSES[said.kind]) for said in dossier.statements if said.note in notes)
    return sum(
        (
            said.shares or ZERO
            for said, sense in senses
            if sense.moves and (said.direction == "disposed" or sense.sign < 0 or said.kind in gave)
        ),
        ZERO,
    )


def _is_of_one(parts: tuple[Decimal, ...], line: Line, lines: Sequence[Line]) -> bool:
    """Whether a list of parts can be of one line's total alone, and is not that."""
    near = [one for one in lines if one.table == line.table]
    totals = [one.shares_after for one in near if one.shares_after]
    single = {
        n
        for one in lines
        for n in (one.shares_after, one.shares, one.underlying_shares)
        if n is not None
    }
    before = {total - one.movement for one in near if (total := one.shares_after) is not None}
    together = {
        sum(totals, ZERO),
        sum({one.security: one.shares_after or ZERO for one in near}.values(), ZERO),
    }
    whole = sum(parts, ZERO)
    return not any(abs(whole - n) <= _HALF for n in single | before | together) and not any(
        part in totals for part in parts
    )


def exchanged_columns(folded: Folded) -> Iterator[Finding]:
    """A row whose amount is what was left and whose total is what went."""
    for position in folded.book.positions:
        for row, after in pairwise(position.entries):
            if not after.residual or not columns_exchanged(row, after):
                continue
            left, went = row.line.shares or ZERO, row.claim or ZERO
            place = reference(after)
            words = f"{grouped(left)} given up and {grouped(went)} left, where {place} goes on from {grouped(left)}: the amount and the total changed places"
            yield about(
                row.dossier,
                row.line,
                "LOT_ONLY",
                words,
                expected=left,
                reported=went,
                difference=went - left,
                evidence=(place,),
            )


CHECKS: tuple[Check, ...] = (
    prices_outside,
    more_than_granted,
    other_terms,
    parts_of_totals,
    parts_above_totals,
)

DOUBTS: tuple[Doubt, ...] = (exchanged_columns,)
