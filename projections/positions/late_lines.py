"""Lines that come late, to where nothing agreed: before a first total, or at a broken one.

A later filing may tell of a trade from before the position's first line, or from just
before a total that something else broke too. Its own totals show which: they end where the
known total begins, as of the trade's day, or repeat the latest one, as of the filing (Form 4,
General Instruction 4(a)(ii)). Either way the known totals had counted the trade already.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from projections.filings.records import ZERO
from projections.positions.conventions import best, implied
from projections.positions.entries import Entry

if TYPE_CHECKING:
    from projections.positions.position import Position

_AFTER_ALL = ("final", "date-final")
"""Ways to take totals in which none of them stands for its own row."""


def opened_before(position: Position, entries: list[Entry]) -> bool:
    """Put lines before a position's first one, where that already begins from their end."""
    first, opened, moved = position.entries[0], position.opened, _moved(entries)
    if not first.opening or opened is None or first.line.tells_no_opening or opened < moved:
        return False
    if not _ends_at(opened, entries) and not _repeat(position.balance, entries):
        return False
    _count(entries, opened - moved)
    entries[0].opening, entries[0].verdict = True, "opening"
    first.opening, first.verdict = False, "agreed"
    first.prior, first.expected = opened, first.claim
    position.opened = opened - moved
    position.entries[0:0] = entries
    return True


def counted_already(position: Position, entries: list[Entry], slot: int) -> bool:
    """Put lines where their day is, if a total since then had counted them."""
    return any(
        rule(position, entries, slot)
        for rule in (_counted_whole, _counted_in_break, _beside_a_note)
    )


def _counted_whole(position: Position, entries: list[Entry], slot: int) -> bool:
    """Late lines whose totals are today's: what they moved is what a total broke by."""
    if any(e.claim is not None and e.claim != position.balance for e in entries):
        return False
    if not account_for(position, entries, slot):
        return False
    _count(entries, position.entries[slot - 1].balance)
    position.entries[slot:slot] = entries
    return True


def account_for(position: Position, entries: Sequence[Entry], slot: int) -> bool:
    """Give a later break what late lines moved; whether one had it in its total."""
    moved = _moved(entries)
    broken = next((e for e in position.entries[slot:] if e.residual and not e.late), None)
    if broken is None or not moved or broken.returned is not None:
        return False
    if abs(broken.residual - moved) >= abs(broken.residual) and broken.residual != moved:
        return False
    broken.expected = None if broken.expected is None else broken.expected + moved
    broken.residual -= moved
    if not broken.residual:
        broken.verdict, broken.settled = "explained", tuple(entries)
        position.pending = [p for p in position.pending if p[1] is not broken]
    return True


def _counted_in_break(position: Position, entries: list[Entry], slot: int) -> bool:
    """Put lines before a broken total that begins where they end; the rest stays to explain."""
    broken = position.entries[slot]
    if not _open_break(broken) or broken.claim is None:
        return False
    if position.conventions.get(broken.dossier.stream) in _AFTER_ALL:
        return False
    if not _ends_at(broken.claim - broken.delta, entries):
        return False
    _take_in(position, entries, broken, slot)
    return True


def _beside_a_note(position: Position, entries: list[Entry], slot: int) -> bool:
    """Put lines, whose totals are today's, before a break they share with what a note tells."""
    broken = next((e for e in position.entries[slot:] if _open_break(e)), None)
    if broken is None or not _repeat(position.balance, entries):
        return False
    if not _is_told(broken, broken.residual - _moved(entries), entries):
        return False
    _take_in(position, entries, broken, slot)
    return True


def _take_in(position: Position, entries: list[Entry], broken: Entry, slot: int) -> None:
    """Take what late lines moved out of a break that had counted it.

    What is left stays with the broken total, or, where it is a split that came before the
    late lines too, with the first of them.
    """
    moved = _moved(entries)
    rest = broken.residual - moved
    _count(entries, position.entries[slot - 1].balance)
    kept = ZERO if _is_split(broken, rest, entries) else rest
    for entry in (*entries, *position.entries[slot : position.entries.index(broken)]):
        late = ZERO if entry in entries else moved
        if entry.balance is not None:
            entry.balance += late + rest - kept
    if broken.prior is not None and broken.expected is not None:
        broken.prior += moved + rest - kept
        broken.expected += moved + rest - kept
    broken.residual = kept
    position.pending = [(o + moved if e is broken else o, e) for o, e in position.pending]
    if rest != kept:
        first = entries[0]
        first.expected = None if first.claim is None else first.claim - rest
        first.residual, first.verdict, broken.verdict = rest, "unexplained", "agreed"
        first.persisted, broken.persisted = broken, None
        position.pending = [p for p in position.pending if p[1] is not broken]
    position.entries[slot:slot] = entries


def _count(entries: Iterable[Entry], level: Decimal | None) -> None:
    """Let late lines move a level that their totals, being of another day, need not show."""
    for entry in entries:
        entry.late, entry.prior, entry.expected = True, level, entry.claim
        level = None if level is None else level + entry.delta
        entry.balance = level
        entry.verdict = "agreed" if entry.claim is not None else None


def _open_break(entry: Entry) -> bool:
    return bool(entry.residual) and entry.returned is None and not entry.late and not entry.lot


def _moved(entries: Iterable[Entry]) -> Decimal:
    return sum((e.delta for e in entries), ZERO)


def _ends_at(level: Decimal, entries: Sequence[Entry]) -> bool:
    """Whether totals agree among themselves and end at a level."""
    reading, _ = best(entries, [None], None)
    return (
        not reading.broken and reading.closing == level and (implied(entries, reading) or ZERO) >= 0
    )


def _repeat(balance: Decimal | None, entries: Iterable[Entry]) -> bool:
    """Whether every total is the latest one again, though shares moved."""
    return balance is not None and all(e.claim == balance and e.delta for e in entries)


def _is_told(broken: Entry, rest: Decimal, entries: Sequence[Entry]) -> bool:
    """Whether a note tells what is left of a break: the amount, or the split."""
    amounts = {s.shares for s in broken.dossier.statements}
    return abs(rest) in amounts or _is_split(broken, rest, entries)


def _is_split(broken: Entry, rest: Decimal, entries: Sequence[Entry]) -> bool:
    """Whether a split that a note of either filing states adds just that to what was held."""
    prior = broken.prior or ZERO
    said = (*broken.dossier.statements, *entries[0].dossier.statements)
    ratios = [m for s in said if s.kind == "split" and (m := s.multiplier)]
    return any(prior and abs(prior * (m - 1) - rest) < 1 for m in ratios)
