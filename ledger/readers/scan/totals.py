"""What the totals of one position say of each other, line by line, and of a digit that was misread."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from ledger.filing import Row
from ledger.readers.scan.chains import Link, cheapest
from ledger.readers.scan.labels import letters
from ledger.readers.scan.telling import altered
from ledger.readers.scan.wordings import TITLE_WORDS, mended
from ledger.types import Direction, plain

_AT_PAR = re.compile(
    r"(?i)(?:\b(?:no|without)\s+)?\bpar\s+value\b|\$\s?\d*[.,]\d+|\bper\s+share\b|\b(?:no|no par|par|value)\W*$"
)
"""What the shares of a title are worth at par, where lines of it may be lost."""

Position = tuple[object, ...]
"""What tells one position from another; a None is what cannot be read of it."""


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
    title, held = titled(row.security or ""), row.ownership
    nature = letters(row.nature) if held or row.nature else None
    return (row.table, title, held, nature, row.exercise_price or "", row.expires_on or "")


@lru_cache(maxsize=512)
def titled(title: str) -> str | None:
    """The words of a title in any order, without what its shares are worth at par; None where there are none.

    Lines of a title stand in another order where its figures stand beside the last, and lose the rest.
    """
    words = (mended(word, TITLE_WORDS) for word in _AT_PAR.sub(" ", title).split())
    return " ".join(sorted(filter(None, map(letters, words)))) or None


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
    """Rows with the totals and amounts put right that one way alone makes follow, most cheaply by far.

    Each is told as doubtful, for a filer's slip looks as a misread digit does.
    """
    found = list(read)
    for chain in _chained(found):
        for said in cheapest(chain):
            found[said.at] = _read_as(found[said.at], said.name, said.number)
    return found


def _chained(rows: Sequence[Row]) -> Iterator[list[Link]]:
    """The transactions of each position, in the order of their lines."""
    moves = [(at, row) for at, row in enumerate(rows) if not row.holding]
    known = [_position(row) for _, row in moves]
    chains: dict[Position, list[Link]] = {}
    lost: list[Position] = []
    for (at, row), read, key in zip(moves, known, resolved(known), strict=True):
        if key is None:
            lost.append(read)
            continue
        loose = any(compatible(key, other) for other in lost)
        lost = [other for other in lost if not compatible(key, other)]
        chains.setdefault(key, []).append(Link(at, row, loose))
    yield from chains.values()


def _read_as(row: Row, name: str, number: Decimal) -> Row:
    """A row with one figure for another, where nothing is told of it yet but that it is in doubt or unknown."""
    told = [repair for repair in row.repairs if repair.field == name]
    if any(repair.effect not in {"doubtful", "field unknown"} for repair in told):
        return row
    read = getattr(row, name)
    stands = row.printed.get(name, "" if read is None else plain(read))
    printed = next((repair.printed for repair in told), stands)
    why = f"read as {plain(number)}: the totals about it follow by that, and in no way as likely by another"
    row = row.model_copy(update={"repairs": tuple(r for r in row.repairs if r not in told)})
    return altered(row, name, printed, "doubtful", why, **{name: number})


def said_of(number: Decimal | None) -> str:
    """A number as forms print it."""
    return "" if number is None else f"{number:,f}"
