"""Which cell of a row stands in which column, where the row has a cell too few or too many.

Every way of pairing is considered that keeps the order and puts as few cells as can be into
columns that cannot hold them: a day under a price, a letter under a figure. A column is known
up to the first for which these ways disagree, or agree on another cell than the one at its
place; from there on the row does not say what is whose, and nothing is taken from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ledger.readers.rendered.cells import Cell
from ledger.readers.rendered.columns import holds

WIDEST = 30
"""Columns of a table in which a row of another width is looked into. The forms have 17."""

_NEVER = 1 << 30
_BLANK = Cell("")


class Paired(NamedTuple):
    """The cell of each column, and the columns of which the row does not show it."""

    said: dict[str, Cell]
    unknown: tuple[str, ...]


def paired(columns: Sequence[str], cells: Sequence[Cell]) -> Paired:
    """The cells of one row, each under its column."""
    first = _doubtful_from(columns, cells)
    unknown = set(range(first, len(columns)))
    taken = list(cells[:first])
    if first == len(columns):
        unknown |= _spanned(columns, taken)
    said: dict[str, Cell] = {}
    for at, (name, cell) in enumerate(zip(columns, taken, strict=False)):
        if at not in unknown:
            said[name] = _joined(said[name], cell) if name in said else cell
    names = dict.fromkeys(columns[at] for at in sorted(unknown))
    return Paired(said, tuple(names))


def _joined(one: Cell, other: Cell) -> Cell:
    """Two cells under one heading that spans both, such as a dollar sign and its figure."""
    return Cell(f"{one.text} {other.text}".strip(), (*one.notes, *other.notes))


def _spanned(columns: Sequence[str], cells: list[Cell]) -> set[int]:
    """Put each cell over several columns into the one that can hold it.

    Answers the places of those that none or several could hold.
    """
    unknown: set[int] = set()
    for at, cell in enumerate(cells):
        covered = range(at, min(at + cell.across, len(columns)))
        if not cell.text or len({columns[place] for place in covered}) < 2:
            continue
        fitting = [place for place in covered if holds(columns[place], cell)]
        if len({columns[place] for place in fitting}) == 1:
            cells[at] = _BLANK
            cells[fitting[0]] = cell._replace(across=1)
        else:
            unknown.update(covered)
    return unknown


def _doubtful_from(columns: Sequence[str], cells: Sequence[Cell]) -> int:
    """The first place at which a row's cells need not be its columns'."""
    width, count = len(columns), len(cells)
    straight = sum(
        not holds(name, cell)
        for name, cell in zip(columns, cells, strict=False)
        if cell.across == 1
    )
    ended = not any(cell.text or cell.notes for cell in cells[width:])
    if count >= width and not straight and ended:
        return width
    if width > WIDEST or count > 2 * width:
        return width if width == count else 0
    ways = _Ways(columns, cells)
    if width == count and ways.best >= straight:
        return width
    for place, cell in enumerate(cells[:width]):
        if ways.options(place) != {_content(cell)}:
            return place
    return min(count, width)


def _content(cell: Cell) -> tuple[str, tuple[str, ...]]:
    return cell.text, cell.notes


class _Ways:
    """The ways of pairing cells with columns in order that misplace the fewest.

    A row too short leaves columns without a cell, one too long has cells without a column; in a
    row of the right length a cell may be lost and a blank one gained.
    """

    def __init__(self, columns: Sequence[str], cells: Sequence[Cell]) -> None:
        self._columns, self._cells = columns, cells
        self._gaps = len(cells) <= len(columns)
        self._before = self._least(columns, cells)
        self._behind = self._least(columns[::-1], cells[::-1])
        self.best = self._before[len(columns)][len(cells)]

    def options(self, place: int) -> set[tuple[str, tuple[str, ...]] | None]:
        """What may stand at a place, None for a column without a cell."""
        cells, name = self._cells, self._columns[place]
        behind = self._behind[len(self._columns) - place - 1]
        found: set[tuple[str, tuple[str, ...]] | None] = set()
        for at, before in enumerate(self._before[place]):
            if self._gaps and before + behind[len(cells) - at] == self.best:
                found.add(None)
            if at == len(cells) or before >= _NEVER:
                continue
            if before + behind[len(cells) - at - 1] + (not holds(name, cells[at])) == self.best:
                found.add(_content(cells[at]))
        return found

    def _least(self, columns: Sequence[str], cells: Sequence[Cell]) -> list[list[int]]:
        """For each number of columns and of cells from the left, how many are misplaced at least."""
        spare = len(cells) - len(columns)
        low, high = min(spare, 0) - (not spare), max(spare, 0) + (not spare)
        least = [[_NEVER] * (len(cells) + 1) for _ in range(len(columns) + 1)]
        least[0][0] = 0
        for place in range(len(columns) + 1):
            row = least[place]
            for at in range(max(place + low, 0), min(place + high, len(cells)) + 1):
                if at and spare >= 0 and (spare or not cells[at - 1].text):
                    row[at] = min(row[at], row[at - 1])
                if place and self._gaps:
                    row[at] = min(row[at], least[place - 1][at])
                if place and at:
                    misplaced = not holds(columns[place - 1], cells[at - 1])
                    row[at] = min(row[at], least[place - 1][at - 1] + misplaced)
        return least
