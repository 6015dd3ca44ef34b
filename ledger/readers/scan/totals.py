"""What the totals of one position say of each other, line by line, and of a digit that was misread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from ledger.filing import Row
from ledger.readers.scan.candidates import CONFUSED
from ledger.readers.scan.labels import edits, letters
from ledger.readers.scan.telling import altered
from ledger.types import Direction, plain

Position = tuple[object, ...]
"""What tells one position from another; a None is what cannot be read of it."""

_LONG = 3
"""Digits from which on a figure with one of them misread is known again."""


def contradicted(rows: Sequence[Row]) -> list[Row]:
    """Totals of one position that do not follow, told as doubtful on both lines."""
    doubtful: dict[int, str] = {}
    for before, after in steps(rows):
        first, last = rows[before], rows[after]
        if not runs(first, last):
            why = (
                f"the totals {said_of(first.shares_after)} and {said_of(last.shares_after)} do not"
            )
            why += f" follow by {said_of(last.shares)}; a digit of one may be misread"
            doubtful.setdefault(before, why)
            doubtful[after] = why
    found = list(rows)
    for at, why in doubtful.items():
        for name in ("shares_after", "shares"):
            row = found[at]
            if getattr(row, name) is not None and name not in {r.field for r in row.repairs}:
                found[at] = altered(row, name, said_of(getattr(row, name)), "doubtful", why)
    return found


def steps(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Neighbouring lines of one position, both with a total and the later with its movement.

    Where a line between them may be of the position too, they are so only if they follow.
    """
    moves = [(at, row) for at, row in enumerate(rows) if not row.holding]
    last: dict[Position, int] = {}
    lost: list[Position] = []
    known = [_position(row) for _, row in moves]
    for (at, row), read, key in zip(moves, known, resolved(known), strict=True):
        if row.shares_after is None or key is None:
            lost.append(read)
            continue
        between = any(compatible(key, other) for other in lost)
        lost = [other for other in lost if not compatible(key, other)]
        counted = row.shares is not None and row.direction is not None
        if key in last and counted and (not between or runs(rows[last[key]], row)):
            yield last[key], at
        last[key] = at


def _position(row: Row) -> Position:
    """What tells a row's position from others, None for what is not legible of it."""
    title, held = letters(row.security or "") or None, row.ownership
    nature = letters(row.nature) if held or row.nature else None
    return (row.table, title, held, nature, row.exercise_price or "", row.expires_on or "")


def resolved(keys: Sequence[Position]) -> list[Position | None]:
    """Positions of which a part is not legible as the only whole one that they may be; None for any of several.

    Where no whole one may be it, one is itself.
    """
    whole = {key for key in keys if None not in key}
    found: list[Position | None] = []
    for key in keys:
        may_be = [other for other in whole if compatible(key, other)] if None in key else []
        found.append(key if not may_be else may_be[0] if len(may_be) == 1 else None)
    return found


def compatible(key: Position, other: Position) -> bool:
    """Whether two positions may be the same, as far as they are read."""
    return all(a == b or a is None or b is None for a, b in zip(key, other, strict=True))


def runs(before: Row, after: Row) -> bool:
    """Whether the total of a line follows from the line before it of the same position."""
    assert before.shares_after is not None
    assert after.shares is not None
    assert after.shares_after is not None
    return follows(before.shares_after, after.shares, after.shares_after, after.direction)


def follows(before: Decimal, moved: Decimal, after: Decimal, direction: Direction | None) -> bool:
    """Whether a total follows from the one on the line before, or repeats it."""
    sign = 1 if direction == "acquired" else -1
    return after - before in {sign * moved, Decimal(0)}


def straightened(read: Iterable[Row]) -> list[Row]:
    """Rows with the totals and amounts put right in which one digit alone keeps totals from following.

    A total counts as misread where the lines before and behind it lead to one other; an amount where
    others bear both totals about it out. Each is told as doubtful, for a filer's slip looks the same.
    """
    rows = list(read)
    found = list(rows)
    pairs = list(steps(rows))
    good = {pair: runs(rows[pair[0]], rows[pair[1]]) for pair in pairs}
    into = {last: first for first, last in pairs}
    behind = dict(pairs)
    for first, last in pairs:
        if good[first, last]:
            continue
        before, after = into.get(first), behind.get(last)
        led = before is not None and good[before, first]
        leads = after is not None and good[last, after]
        if after is not None and not leads:
            joined = _joined(rows, first, last, after)
            if joined is not None:
                found[last] = _read_as(found[last], "shares_after", joined)
                continue
        if led and leads and (moved := _step(rows[first], rows[last])) is not None:
            found[last] = _read_as(found[last], "shares", moved)
    return found


def _joined(rows: Sequence[Row], first: int, last: int, after: int) -> Decimal | None:
    """The total that both the line before and the one behind lead to, in all but a digit as printed."""
    total = _moved(rows[first].shares_after, rows[last], 1)
    back = _moved(rows[after].shares_after, rows[after], -1)
    read = rows[last].shares_after
    near = total is not None and read is not None and edits(plain(total), plain(read)) == 1
    return total if total == back and near and total is not None and total >= 0 else None


def _step(before: Row, after: Row) -> Decimal | None:
    """The amount that leads from one total to the next, where it is the one read in all but a digit."""
    first, read, last = before.shares_after, after.shares, after.shares_after
    if first is None or read is None or last is None:
        return None
    moved = last - first if after.direction == "acquired" else first - last
    return moved if moved > 0 and _confused(plain(read), plain(moved)) else None


def _moved(total: Decimal | None, row: Row, times: int) -> Decimal | None:
    if total is None or row.shares is None:
        return None
    return total + times * (row.shares if row.direction == "acquired" else -row.shares)


def _confused(read: str, meant: str) -> bool:
    """Whether one figure is another in all but one digit, which programs take for the other's."""
    apart = [pair for pair in zip(read, meant, strict=False) if pair[0] != pair[1]]
    alike = len(read) == len(meant) >= _LONG and len(apart) == 1
    return alike and frozenset(apart[0]) in CONFUSED


def _read_as(row: Row, name: str, number: Decimal) -> Row:
    """A row with one figure for another, where nothing is told of it yet but that it is in doubt."""
    if any(repair.field == name for repair in row.repairs):
        return row
    printed = said_of(getattr(row, name))
    why = f"read as {plain(number)}: the totals about it follow by that, and one digit of it is another"
    return altered(row, name, printed, "doubtful", why, **{name: number})


def said_of(number: Decimal | None) -> str:
    """A number as forms print it."""
    return "" if number is None else f"{number:,f}"
