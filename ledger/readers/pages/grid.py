"""The cells that ruling lines cut a page into, and which of them holds a word.

The cell of a word is what the four nearest lines around it enclose. Cells between the same
two level lines are a row of the table, and every upright line that crosses it bounds a
column, so that an empty cell still counts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ledger.readers.pages.page import Rule, Word


class Band(NamedTuple):
    """A row of cells: its upper and lower line, and the upright lines that cross it."""

    top: int
    bottom: int
    edges: tuple[int, ...]

    def column(self, word: Word) -> int:
        """Which of its cells a word stands in, from 0."""
        return bisect_right(self.edges, word.middle[0]) - 1


class Grid:
    """Ruling lines, sorted so that the nearest ones around a place are found at once."""

    def __init__(self, rules: Sequence[Rule], tolerance: int) -> None:
        self._slack = tolerance
        level = [rule for rule in rules if rule.level]
        upright = [rule for rule in rules if not rule.level]
        self._rows = _Lines(
            (((r.top + r.bottom) // 2, r.left, r.right) for r in level), self._slack
        )
        self._columns = _Lines(
            (((r.left + r.right) // 2, r.top, r.bottom) for r in upright), self._slack
        )
        self._edges: dict[tuple[int, int], tuple[int, ...]] = {}

    def band(self, word: Word) -> Band | None:
        """The row of cells a word stands in; None where no four lines enclose it."""
        across, down = word.middle
        left, right = self._columns.around(across, (down,))
        if left is None or right is None:
            return None
        # A line that does not reach from side to side underlines a word and bounds no cell.
        inside = min(self._slack * 3, (right - left) // 2)
        top, bottom = self._rows.around(down, (left + inside, across, right - inside))
        if top is None or bottom is None:
            return None
        if (top, bottom) not in self._edges:
            self._edges[top, bottom] = self._columns.crossing(top, bottom)
        edges = self._edges[top, bottom]
        return Band(top, bottom, edges) if len(edges) > 1 else None


class _Lines:
    """Parallel lines by their place, each with the stretch it covers."""

    def __init__(self, lines: Iterable[tuple[int, int, int]], slack: int) -> None:
        self._slack = slack
        self._at: list[int] = []
        self._spans: list[list[tuple[int, int]]] = []
        for at, begin, end in sorted(lines):
            if self._at and at - self._at[-1] <= slack:
                self._spans[-1].append((begin, end))
            else:
                self._at.append(at)
                self._spans.append([(begin, end)])

    def around(self, place: int, along: tuple[int, ...]) -> tuple[int | None, int | None]:
        """The nearest line before and the nearest behind a place, of those that pass all along."""
        at = bisect_left(self._at, place)
        before = next((i for i in range(at - 1, -1, -1) if self._pass(i, along)), None)
        behind = next((i for i in range(at, len(self._at)) if self._pass(i, along)), None)
        return (
            None if before is None else self._at[before],
            None if behind is None else self._at[behind],
        )

    def _pass(self, index: int, along: tuple[int, ...]) -> bool:
        return all(self._covers(index, place) for place in along)

    def crossing(self, top: int, bottom: int) -> tuple[int, ...]:
        """The places of all lines that run from one height to another, gaps left aside.

        A stroke of a letter, or several below each other, is shorter than its row. A long line
        that leans is found twice side by side, and no column is as narrow as that.
        """
        heights = [top + (bottom - top) * part // 8 for part in range(1, 8)]
        found: list[int] = []
        for i, at in enumerate(self._at):
            beside = bool(found) and at - found[-1] <= self._slack * 2
            if not beside and sum(self._covers(i, height) for height in heights) > 5:
                found.append(at)
        return tuple(found)

    def _covers(self, index: int, along: int) -> bool:
        slack = self._slack
        return any(begin - slack <= along <= end + slack for begin, end in self._spans[index])
