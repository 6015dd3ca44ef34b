"""The cheapest way in which the totals of one position follow from line to line.

Every total and every amount costs nothing at its print, little as a print in which one digit is another that
programs take for it, and more where nothing is legible; a total that does not follow costs more than one
misread digit and less than two. What all the cheapest ways of a chain of lines say of a figure, every other
being dearer by a margin, is likeliest what stood there. It is told as doubtful: a filer's slip looks the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from ledger.filing import Row
from ledger.readers.scan.candidates import CONFUSED, is_confused
from ledger.readers.scan.labels import edits
from ledger.types import plain

_LONG = 3
"""Digits from which on a figure with one of them misread is known again."""

_BROKEN = {"I": 20, "II": 10}
_LOOSE = 5
"""What a total costs that does not follow: less in Table II, where each grant has its own, and where
a line between may be of the position too."""

_AGAIN = 10
"""What a total costs that is the one before again, where no others of the position are."""

_EITHER_WAY = 5
"""What it costs that a line says no direction."""

_MISREAD, _FIRST_MISREAD = 10, 15
"""What a figure costs with a digit for another; the first of a total wants totals on both sides."""

_LOST_DIGIT = 15
"""What a figure costs of which one digit was not read; it wants totals on both sides."""

_CUT = 7
"""What a figure costs that is a part of another between its commas."""

_COMMAS = 4
"""What a figure costs of which digits are its commas: it stands without any."""

_LIKE, _UNLIKE, _NO_PRINT = 3, 10, 8
"""What a figure costs that is not legible: as its print nearly is, unlike it, or where nothing is printed."""

_UNTOLD = 5
"""What a total costs that stays unknown, and every step to it and from it."""

_NOT_MOVED = 12
"""What an amount costs that stays unknown."""

_MARGIN = 6
_MOST = 12
"""How many totals a line is tried with, but for single digits."""

_NONE = 1_000


class Link(NamedTuple):
    """A line of a chain: its row, and whether one before it may be of the position too."""

    at: int
    row: Row
    loose: bool


class Said(NamedTuple):
    """What the cheapest ways say of a figure of a row."""

    at: int
    name: str
    number: Decimal


def cheapest(chain: Sequence[Link]) -> Iterator[Said]:
    """What is likeliest of the figures of a position that are misread or not legible."""
    if len(chain) < 2 or all(_holds(*pair) for pair in pairwise(chain)):
        return
    totals = _candidates(chain)
    again = any(
        one.row.shares_after == other.row.shares_after is not None for one, other in pairwise(chain)
    )
    costs = [
        {total: _cost(link.row, "shares_after", total) for total in found}
        for link, found in zip(chain, totals, strict=True)
    ]
    steps = [
        {
            (before, after): _steps(link, before, after, again=again)
            for before in totals[at]
            for after in totals[at + 1]
        }
        for at, link in enumerate(chain[1:])
    ]
    ahead, behind = [costs[0]], [costs[-1]]
    for at, step in enumerate(steps, start=1):
        ahead.append(
            {
                total: cost + min(ahead[-1][one] + step[one, total][0][1] for one in totals[at - 1])
                for total, cost in costs[at].items()
            }
        )
    for at in range(len(steps) - 1, -1, -1):
        behind.insert(
            0,
            {
                total: cost
                + min(behind[0][one] + steps[at][total, one][0][1] for one in totals[at + 1])
                for total, cost in costs[at].items()
            },
        )
    for at, link in enumerate(chain):
        ways = {
            total: ahead[at][total] + behind[at][total] - cost for total, cost in costs[at].items()
        }
        yield from _said(link, "shares_after", ways)
    for at, link in enumerate(chain[1:]):
        moves: dict[Decimal | None, int] = {}
        for (before, after), found in steps[at].items():
            for moved, cost in found:
                way = ahead[at][before] + cost + behind[at + 1][after]
                moves[moved] = min(way, moves.get(moved, _NONE))
        yield from _said(link, "shares", moves)


def _said(link: Link, name: str, ways: dict[Decimal | None, int]) -> Iterator[Said]:
    """The number of the cheapest ways, where it is none that is read and all others are dearer."""
    (number, cost), *others = sorted(ways.items(), key=lambda way: way[1])
    if number is None or number == getattr(link.row, name) or number < 0:
        return
    if all(other - cost >= _MARGIN for _, other in others):
        yield Said(link.at, name, number)


def _holds(before: Link, after: Link) -> bool:
    first, moved, last = before.row.shares_after, after.row.shares, after.row.shares_after
    if first is None or moved is None or last is None:
        return False
    return last - first in _ways(after.row, moved)


def _ways(row: Row, moved: Decimal) -> tuple[Decimal, ...]:
    """By how much a row of so many shares moves a total, either way where it does not say which."""
    return (
        (moved,) if row.direction == "acquired" else (-moved,) if row.direction else (moved, -moved)
    )


def _steps(
    link: Link, before: Decimal | None, after: Decimal | None, *, again: bool
) -> list[tuple[Decimal | None, int]]:
    """What a row may have moved between two totals, with what each costs; the cheapest first."""
    row = link.row
    if before is None or after is None:
        return [(row.shares, _UNTOLD if row.shares is not None else _NOT_MOVED)]
    if row.shares is None:
        stays = broken = _NOT_MOVED
    else:
        stays, broken = 0, _LOOSE if link.loose else _BROKEN[row.table]
    found: list[tuple[Decimal | None, int]] = [(row.shares, broken)]
    if before == after:
        found.append((row.shares, stays + (0 if again else _AGAIN)))
    way = after - before if row.direction == "acquired" else before - after
    moved = way if row.direction else abs(way)
    if moved > 0:
        cost = _cost(row, "shares", moved) + (0 if row.direction else _EITHER_WAY)
        cost = max(cost, _NOT_MOVED) if row.shares is None and cost >= _NO_PRINT else cost
        found.append((moved, cost))
    return sorted(found, key=lambda way: way[1])


def _candidates(chain: Sequence[Link]) -> list[list[Decimal | None]]:
    """What each total may be: its print, that with a digit for another, and what its neighbours lead to."""
    led: list[dict[Decimal, None]] = [
        dict.fromkeys(_read(link.row, "shares_after")) for link in chain
    ]
    for at in range(1, len(chain)):
        _lead(chain[at], led[at - 1], led[at], chain[at].row, 1)
    for at in range(len(chain) - 2, -1, -1):
        _lead(chain[at], led[at + 1], led[at], chain[at + 1].row, -1)
    return [
        list(dict.fromkeys((link.row.shares_after, *found, *_variants(link.row.shares_after))))
        for link, found in zip(chain, led, strict=True)
    ]


def _lead(
    link: Link, others: dict[Decimal, None], found: dict[Decimal, None], row: Row, times: int
) -> None:
    """Adds what a neighbour's totals and the row between lead to, where the print may be that."""
    for total in list(others):
        for moved in _read(row, "shares"):
            for way in _ways(row, moved):
                led = total + times * way
                if len(found) < _MOST and led >= 0 and _cost(link.row, "shares_after", led) < _NONE:
                    found[led] = None


def _read(row: Row, name: str) -> list[Decimal]:
    """A figure as it is read, and without the digits that may be its commas."""
    number: Decimal | None = getattr(row, name)
    printed = row.printed.get(name, "") if number is None else plain(number)
    bare = printed.rstrip("?")
    found = [] if number is None else [number]
    if "," not in row.printed.get(name, "") and (other := without_commas(bare)) is not None:
        found.append(other)
    return found


def without_commas(printed: str) -> Decimal | None:
    """A whole number of five figures and more without those that stand where its commas do."""
    front = len(printed) % (_LONG + 1)
    if not printed.isdigit() or not front or len(printed) <= _LONG + 1:
        return None
    groups = [printed[at + 1 : at + _LONG + 1] for at in range(front, len(printed), _LONG + 1)]
    return Decimal(printed[:front] + "".join(groups))


def _variants(number: Decimal | None) -> Iterator[Decimal]:
    """A number with one digit for another that programs take for it."""
    text = plain(number) if number is not None else ""
    if sum(map(str.isdigit, text)) < _LONG:
        return
    for at, digit in enumerate(text):
        for other in _TAKEN.get(digit, ()):
            if at or other != "0":
                yield Decimal(f"{text[:at]}{other}{text[at + 1 :]}")


_TAKEN = {
    digit: [other for pair in CONFUSED if digit in pair for other in pair - {digit}]
    for digit in "0123456789"
}


def _cost(row: Row, name: str, number: Decimal | None) -> int:
    """What it costs that a figure of a row is some number."""
    read: Decimal | None = getattr(row, name)
    if number == read:
        return 0 if read is not None else _UNTOLD
    if number is None:
        return _NONE
    if read is not None:
        if commas_misread(plain(read), number) and "," not in row.printed.get(name, ""):
            return _COMMAS
        if _astray(row) and _cut(plain(read), plain(number)):
            return _CUT
        if _dropped(plain(read), plain(number)):
            return _LOST_DIGIT
        if not is_confused(plain(read), plain(number)):
            return _NONE
        first = name == "shares_after" and plain(read)[0] != plain(number)[0]
        return _FIRST_MISREAD if first else _MISREAD
    printed = row.printed.get(name, "").partition(" / ")[0]
    digits = re.sub(r"\D", "", printed)
    if not digits:
        return _NO_PRINT
    near = len(digits) >= _LONG and edits(digits, re.sub(r"\D", "", plain(number))) < _LONG - 1
    near = near or commas_misread(printed.rstrip("?"), number)
    return _LIKE if near else _UNLIKE


def _dropped(read: str, meant: str) -> bool:
    """Whether one digit of a figure, not its first, is all that another lacks."""
    return len(meant) == len(read) + 1 >= _LONG and any(
        meant[:at] + meant[at + 1 :] == read for at in range(1, len(meant))
    )


def _astray(row: Row) -> bool:
    """Whether pieces of a row stand in no column, so that one of a figure may be among them."""
    return any(repair.field == "row" for repair in row.repairs)


def _cut(read: str, meant: str) -> bool:
    """Whether a figure is what a blank behind a comma of another leaves of it, its front or its end."""
    lost = len(meant) - len(read)
    behind = meant.endswith(read) and len(read) % _LONG == 0
    front = meant.startswith(read) and lost % _LONG == 0
    return lost > 0 and len(read) >= _LONG and (behind or front)


def commas_misread(printed: str, number: Decimal) -> bool:
    """Whether digits are a number's whose commas and point were read as digits."""
    meant = f"{number:,f}"
    return (
        "," in meant
        and len(meant) == len(printed)
        and printed.isdigit()
        and all(sign in {digit, ",", "."} for sign, digit in zip(meant, printed, strict=True))
    )
