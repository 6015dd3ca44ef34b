"""Amounts in shares or in dollars, and marks of time, that a data set gives to other lines than theirs.

A line of a form counts what moved, what is owned and what lies under it in shares or in
dollars, never both. The sets number the two sorts apart from the lines, as they do the natures
(`ledger.readers.datasets.natures`): of a table that has both sorts, the amounts in shares stand
on its first lines, and those in dollars as well, so that the first lines have both and the last
ones neither. Each sort keeps its order; which lines are whose, the lines themselves tell:
their titles, what lies under them, and what the dollars buy at their price.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import NamedTuple

from ledger.filing import Repair
from ledger.readers.datasets.columns import SHEETS
from ledger.readers.datasets.sheets import Entry
from ledger.readers.ownership_xml.elements import FIELDS
from ledger.types import Effect

_SORTS = (
    ("TRANS_SHARES", "TRANS_TOTAL_VALUE"),
    ("SHRS_OWND_FOLWNG_TRANS", "VALU_OWND_FOLWNG_TRANS"),
    ("UNDLYNG_SEC_SHARES", "UNDLYNG_SEC_VALUE"),
)
"""The columns of each amount in shares and in dollars."""

_ELEMENTS = SHEETS["DERIV_TRANS"].columns

_TIMELY, _FOR = "TRANS_TIMELINESS", "TRANS_FORM_TYPE"
_AFTER = "SHRS_OWND_FOLWNG_TRANS"
_UNDER, _STRIKE = "UNDLYNG_SEC_SHARES", "CONV_EXERCISE_PRICE"

_DEBT = re.compile(r"\b(?:notes?|debentures?|bonds?|loans?|indebtedness|debt)\b", re.IGNORECASE)
_NO_DEBT = re.compile(r"\b(?:warrants?|options?|units?|preferred|sars?|rsus?)\b", re.IGNORECASE)

_PLAIN = 2
"""How much more must speak for one distribution than for any other that gives a line something else."""

_MOST = 60
"""Lines that are looked into: twice as many as a table of a form may have."""

_APART = "the set numbers amounts in shares and in dollars apart from the lines"
_MOVED = f"{_APART}; the titles, and what lies under the lines, tell whose they are"
_OPEN = f"{_APART}, and nothing tells whose this is"
_EARLY = (
    "the set gives the marks of a table to its first lines; on a Form 4 those for Form 5 are early"
)

Cell = tuple[str, str]
"""A cell and the notes on it."""


class _Way(NamedTuple):
    """One amount on one line, and how much speaks for the best distribution that has it there."""

    dollars: bool
    cell: Cell
    score: int


def put_right(entries: Sequence[Entry]) -> list[tuple[Entry, tuple[Repair, ...]]]:
    """A filing's lines of one table in their order, each with the amounts that are its own.

    Args:
        entries: The lines in the order of their keys.

    Returns:
        Every line, and what was repaired of it; an amount of which nothing tells whose it is,
        is unknown.
    """
    placed: list[tuple[Entry, tuple[Repair, ...]]] = [(entry, ()) for entry in entries]
    for sort in _SORTS if len(entries) > 1 else ():
        placed = _each(placed, partial(_amounts, sort))
    return _each(placed, _marks)


_Placed = list[tuple[Entry, tuple[Repair, ...]]]


def _each(placed: _Placed, step: Callable[[Sequence[Entry]], _Placed]) -> _Placed:
    again = step([entry for entry, _ in placed])
    return [(entry, (*told, *more)) for (_, told), (entry, more) in zip(placed, again, strict=True)]


def _amounts(sort: tuple[str, str], entries: Sequence[Entry]) -> _Placed:
    """The lines with the amounts of one sort of columns in their places, if they are packed."""
    in_shares, in_dollars = sort
    shares, dollars = _column(entries, in_shares), _column(entries, in_dollars)
    if not _packed(shares, dollars):
        return [(entry, ()) for entry in entries]
    if len(entries) > _MOST:
        return [_given(entry, sort, None) for entry in entries]
    ways = _ways(entries, [c for c in shares if any(c)], [c for c in dollars if any(c)], in_shares)
    return [_given(entry, sort, way) for entry, way in zip(entries, ways, strict=True)]


def _packed(shares: Sequence[Cell], dollars: Sequence[Cell]) -> bool:
    """Whether amounts of both sorts fill the first lines, as many in all as there are lines."""
    ends = [sum(map(any, cells)) for cells in (shares, dollars)]
    return (
        min(ends) > 0
        and sum(ends) == len(shares)
        and all(map(any, shares[: ends[0]]))
        and all(map(any, dollars[: ends[1]]))
    )


def _column(entries: Sequence[Entry], name: str) -> list[Cell]:
    return [(e.cells.get(name, "").strip(), e.cells.get(f"{name}_FN", "").strip()) for e in entries]


def _ways(
    entries: Sequence[Entry], shares: Sequence[Cell], dollars: Sequence[Cell], name: str
) -> Iterator[_Way | None]:
    """What each line has in every distribution that is about as good as the best; else None.

    Both sorts keep their order, so that a distribution is a path: on each line it takes the
    next amount of one of them.
    """
    number, ahead = len(entries), _table(len(entries), len(shares))
    behind = _table(len(entries), len(shares))
    scores: dict[tuple[int, int, bool], int] = {}
    ahead[0][0] = behind[number][len(shares)] = 0
    for line, entry in enumerate(entries):
        for used in range(min(line, len(shares)) + 1):
            if used < len(shares):
                scores[line, used, False] = _for_shares(entry, shares[used], name)
            if line - used < len(dollars):
                scores[line, used, True] = _for_dollars(entry, dollars[line - used], name)
    for (line, used, paid), told in scores.items():
        _raise(ahead, line + 1, used + (not paid), _plus(ahead[line][used], told))
    for (line, used, paid), told in reversed(scores.items()):
        _raise(behind, line, used, _plus(behind[line + 1][used + (not paid)], told))
    best = ahead[number][len(shares)] or 0
    for line in range(number):
        found = []
        for (at, used, paid), told in scores.items():
            before = _plus(ahead[line][used], told) if at == line else None
            after = behind[line + 1][used + (not paid)]
            if before is not None and after is not None:
                cell = dollars[line - used] if paid else shares[used]
                found.append(_Way(paid, cell, before + after))
        near = [way for way in found if way.score > best - _PLAIN]
        yield near[0] if len({way[:2] for way in near}) == 1 else None


def _table(lines: int, amounts: int) -> list[list[int | None]]:
    return [[None] * (amounts + 1) for _ in range(lines + 1)]


def _plus(one: int | None, other: int) -> int | None:
    return None if one is None else one + other


def _raise(table: list[list[int | None]], line: int, used: int, score: int | None) -> None:
    held = table[line][used]
    if score is not None and (held is None or score > held):
        table[line][used] = score


def _for_shares(entry: Entry, cell: Cell, name: str) -> int:
    """How much speaks for this amount of shares on a line."""
    amount, under = _number(cell[0]), _number(entry.cells.get(_UNDER, ""))
    score = 0 if _owed(entry) else 1
    if name == _AFTER and _moves(entry):
        return score + (2 if _moved_in(entry) == "shares" else 0)
    as_many = name != _UNDER and amount is not None and amount > 0 and amount == under
    return score + (2 if as_many else 0)


def _for_dollars(entry: Entry, cell: Cell, name: str) -> int:
    """How much speaks for this amount of dollars on a line."""
    paid, under = _number(cell[0]), _number(entry.cells.get(_UNDER, ""))
    price = _number(entry.cells.get(_STRIKE, ""))
    score = 1 if _owed(entry) else 0
    if name == _AFTER and _moves(entry):
        return score + (2 if _moved_in(entry) == "dollars" else 0)
    if under is None:
        return score + (1 if entry.cells.get(f"{_UNDER}_FN") else 0)
    if paid and price:
        off, rounding = abs(paid - under * price), under / 200 + price
        score += 2 if off <= rounding and rounding * 100 <= paid else 0
    return score


def _moves(entry: Entry) -> bool:
    """Whether a line is a transaction, so that what lies under it is of its amount, not its total."""
    return "TRANS_CODE" in entry.cells


def _moved_in(entry: Entry) -> str:
    """In what a transaction is counted, by the amounts that are its own already."""
    shares, dollars = (bool(entry.cells.get(name, "").strip()) for name in _SORTS[0])
    return "" if shares == dollars else "shares" if shares else "dollars"


def _owed(entry: Entry) -> bool:
    """Whether a line is of money owed, by its title."""
    title = entry.cells.get("SECURITY_TITLE", "")
    return bool(_DEBT.search(title)) and not _NO_DEBT.search(title)


def _field(column: str) -> str:
    """The field that a column is read into."""
    return FIELDS[_ELEMENTS[column]].name


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "")) if text.strip() else None
    except InvalidOperation:
        return None


def _given(
    entry: Entry, sort: tuple[str, str], way: _Way | None
) -> tuple[Entry, tuple[Repair, ...]]:
    """A line with an amount in shares, or in dollars, and none in the other; or with neither."""
    cells, told = dict(entry.cells), []
    effect: Effect = "repaired" if way else "field unknown"
    for name, dollars in zip(sort, (False, True), strict=True):
        was = _column([entry], name)[0]
        now = way.cell if way and way.dollars == dollars else ("", "")
        cells |= {name: now[0], f"{name}_FN": now[1]}
        if now != was or not (way or dollars):
            why = _MOVED if way else _OPEN
            told.append(Repair(field=_field(name), printed=was[0], effect=effect, why=why))
    return entry._replace(cells=cells), tuple(told)


def _marks(entries: Sequence[Entry]) -> _Placed:
    """The lines with their marks of early reports: those of a Form 4 that are for Form 5."""
    marks = [entry.cells.get(_TIMELY, "").strip() for entry in entries]
    own = [entry.cells.get(_FOR, "").strip() == "5" for entry in entries]
    count = sum(own)
    if set(marks[:count]) != {"E"} or any(marks[count:]) or all(own[:count]):
        return [(entry, ()) for entry in entries]
    placed: _Placed = []
    for entry, mark, early in zip(entries, marks, own, strict=True):
        told = Repair(field=_field(_TIMELY), printed=mark, effect="repaired", why=_EARLY)
        if (mark == "E") == early:
            placed.append((entry, ()))
        else:
            cells = entry.cells | {_TIMELY: "E" if early else ""}
            placed.append((entry._replace(cells=cells), (told,)))
    return placed
