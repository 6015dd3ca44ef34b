"""The tables of a printed form: their headings in one storey or two, and their rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from ledger.filing import Row
from tests.scans import wording
from tests.scans.leaf import Printer, printed_day

_FIGURES = frozenset({"shares", "acquired", "disposed", "price", "shares_after"})
_FIGURES |= {"exercise_price", "underlying_shares"}
_WIDE = {"security": 3.0, "nature": 2.4, "underlying": 2.2, "shares_after": 2.2, "code": 0.9}
_WIDE |= {"timeliness": 0.5, "direction": 0.9, "ownership": 1.4, "price": 1.3}


class _Text(NamedTuple):
    """The print of a cell, and the marks behind it."""

    words: str
    marks: str = ""


class _Head(NamedTuple):
    """A column's heading: the columns and the storeys it covers, and its lines."""

    begin: int
    end: int
    first: int
    last: int
    lines: list[str]


class Tables(Printer):
    """Prints the two tables, each with columns as wide as its words need."""

    def _table(self, table: str, kind: str) -> None:
        suffix = "Beneficially Owned"
        if self.number != "3":
            suffix = "Acquired, Disposed of, or Beneficially Owned"
        heading = f"Table {table} - {kind} Securities {suffix}"
        if table == "II":
            heading += " (e.g., puts, calls, warrants, options, convertible securities)"
        names, heads = self._columns(table)
        rows = [
            [self._cell(row, name) for name in names]
            for row in self.filing.rows
            if row.table == table
        ]
        if not rows and self.look.empty_row:
            rows = [[_Text("")] * len(names)]
        size, edges = self._fitted(names, rows, heads)
        self._room(sum(self._highs(self._storeys(heads, edges, size), size)) + size * 6)
        self._heads(heading, heads, edges, size)
        for row in rows:
            self._row(names, row, edges, size, (heading, heads))
        self.y += 7

    def _columns(self, table: str) -> tuple[list[str], list[list[str]]]:
        if self.number == "3":
            if table == "I":
                return ["security", "shares_after", "ownership", "nature"], [wording.HEADS_3_I]
            names = ["security", "exercisable_on", "expires_on", "underlying", "underlying_shares"]
            heads = [wording.HEADS_3_II, wording.SUB_3_II]
            return [*names, "exercise_price", "ownership", "nature"], heads
        trade = ["effective_on", "deemed_execution_on", "code", "timeliness"]
        if table == "I":
            names = ["security", *trade, "shares", "direction", "price"]
            heads = ["1. Title of Security (Instr. 3)", *wording.TRADE_HEADS]
            heads += [wording.OWNED[self.number], *wording.TAIL]
            found = ([*names, "shares_after", "ownership", "nature"], [heads, wording.SUB_I])
        else:
            names = ["security", "exercise_price", *trade, "acquired", "disposed"]
            names += ["exercisable_on", "expires_on", "underlying", "underlying_shares", "price"]
            found = (
                [*names, "shares_after", "ownership", "nature"],
                [wording.HEADS_II, wording.SUB_II],
            )
        return _without_v(*found) if self.number == "5" else found

    def _cell(self, row: Row, name: str) -> _Text:
        source = "shares" if name in {"acquired", "disposed"} else name
        if name in {"acquired", "disposed"} and row.direction != name:
            return _Text("")
        value = getattr(row, source, None)
        if name == "direction":
            said = {"acquired": "A", "disposed": "D", None: ""}[row.direction]
        elif name == "ownership":
            said = {"direct": "D", "indirect": "I", None: ""}[row.ownership]
        elif name == "timeliness":
            said = row.timeliness or ""
        elif isinstance(value, date):
            said = printed_day(value)
        elif isinstance(value, Decimal):
            said = f"{'$' if name in {'price', 'exercise_price'} else ''}{value:,f}"
        else:
            said = value or ""
        marks = "".join(f"({self.marks.get(n, n)})" for n in row.cited.get(source, ()))
        return _Text(said, marks)

    def _fitted(
        self, names: list[str], rows: list[list[_Text]], heads: list[list[str]]
    ) -> tuple[float, list[float]]:
        """A size at which every word fits its column, and the columns' edges."""
        look = self.look
        room = look.wide - 2 * look.margin
        spread = [_WIDE.get(name, 1.7) * look.random.uniform(0.8, 1.25) for name in names]
        size = look.size
        while True:
            gap = 2 * self._pad(size)
            least = [
                max(
                    [self._narrow(row[at], size) for row in rows]
                    + [self._longest(head[at], size) for head in heads]
                )
                + gap
                for at in range(len(names))
            ]
            if sum(least) <= room or size < 4.2:
                break
            size -= 0.2
        left_over = max(0.0, room - sum(least))
        edges = [look.margin]
        for wide, share in zip(least, spread, strict=True):
            edges.append(edges[-1] + wide + left_over * share / sum(spread))
        return size, edges

    def _pad(self, size: float) -> float:
        """What stays white beside a cell's print: more where no line bounds it."""
        return self.look.pad if self.look.ruled else self.look.pad + size * 0.45

    def _narrow(self, text: _Text, size: float) -> float:
        words = text.words.split() or [""]
        marks = self.measure(text.marks, False) * self.look.mark_size
        wide = [self.measure(word, False) for word in words]
        wide[-1] += marks
        return max(wide) * size

    def _longest(self, words: str, size: float) -> float:
        ratio = self.look.label / self.look.size
        return max((self.measure(w, False) for w in words.split()), default=0) * size * ratio

    def _heads(self, heading: str, heads: list[list[str]], edges: list[float], size: float) -> None:
        """The table's heading, and its columns' in one storey or two."""
        look, top = self.look, self.y
        wide = self.measure(heading, True) * size
        middle = (edges[0] + edges[-1] - wide) / 2
        self.put(max(edges[0] + 2, middle), top + size * 1.2, heading, size, bold=True)
        storeys = self._storeys(heads, edges, size)
        tops = [top + size * 1.7]
        for high in self._highs(storeys, size):
            tops.append(tops[-1] + high)
        for box in storeys:
            self._head(box, tops[box.first], tops[box.last], edges, size)
        self.y = tops[-1]
        if look.ruled:
            self._frame(edges[0], top, edges[-1], tops[0])
            self._frame(edges[0], tops[0], edges[-1], tops[-1])

    def _storeys(self, heads: list[list[str]], edges: list[float], size: float) -> list[_Head]:
        """Every heading, the columns and the storeys that it covers, broken to fit."""
        upper, *more = heads
        lower = more[0] if more else [""] * len(upper)
        places = [
            (a, b, 0, 1 if any(lower[a:b]) else len(heads), upper[a]) for a, b in _spans(upper)
        ]
        places += [(at, at + 1, 1, 2, words) for at, words in enumerate(lower) if words]
        small = size * self.look.label / self.look.size
        return [
            _Head(a, b, first, last, self._broken(words, edges[b] - edges[a] - 2, small))
            for a, b, first, last, words in places
        ]

    def _highs(self, heads: list[_Head], size: float) -> list[float]:
        """How high each storey is: its own headings fit, and both together those of two."""
        line = size * self.look.label / self.look.size * 1.15

        def most(first: int, last: int) -> float:
            found = [len(h.lines) for h in heads if (h.first, h.last) == (first, last)]
            return max(found, default=0) * line + 2 * self.look.pad

        depth = max(head.last for head in heads)
        highs = [most(at, at + 1) for at in range(depth)]
        if depth == 2:
            highs[0] = max(highs[0], most(0, 2) - highs[1])
        return highs

    def _head(
        self, head: _Head, top: float, bottom: float, edges: list[float], size: float
    ) -> None:
        small = size * self.look.label / self.look.size
        y = (top + bottom - len(head.lines) * small * 1.15) / 2
        left, right = edges[head.begin], edges[head.end]
        for text in head.lines:
            y += small * 1.1
            self.put((left + right - self.measure(text, False) * small) / 2, y, text, small)
        if self.look.ruled:
            self._frame(left, top, right, bottom)

    def _row(
        self,
        names: list[str],
        row: list[_Text],
        edges: list[float],
        size: float,
        heads: tuple[str, list[list[str]]],
    ) -> None:
        look = self.look
        rooms = [right - left - 2 * self._pad(size) for left, right in pairwise(edges)]
        marks = [self.measure(text.marks, False) * size * look.mark_size for text in row]
        broken = [
            self._filled(text, room, mark, size)
            for text, room, mark in zip(row, rooms, marks, strict=True)
        ]
        deep = max(1, *(len(lines) for lines in broken))
        high = deep * size * 1.2 + 2 * look.pad
        if not self._room(high) and look.repeats:
            self._heads(*heads, edges, size)
        top = self.y
        for at, lines in enumerate(broken):
            y = top + look.pad
            if look.deep == "middle":
                y += (deep - len(lines)) * size * 0.6
            for number, words in enumerate(lines):
                y += size * 1.1
                tail = marks[at] if number == len(lines) - 1 else 0
                free = rooms[at] - self.measure(words, False) * size - tail
                x = edges[at] + self._pad(size) + self._shift(names[at], free)
                end = self.put(x, y, words, size)
                if tail:
                    small = size * look.mark_size
                    self.put(end, y - size * look.raise_by, row[at].marks, small)
        self.y = top + high
        if look.ruled:
            self._rule(edges[0], top, edges[-1], top)
            self._rule(edges[0], self.y, edges[-1], self.y)
            for edge in edges:
                self._rule(edge, top, edge, self.y)

    def _filled(self, text: _Text, room: float, marks: float, size: float) -> list[str]:
        lines = self._broken(text.words, room, size) or [""]
        if len(lines[-1].split()) > 1 and self.measure(lines[-1], False) * size + marks > room:
            *front, last = lines[-1].split()
            lines[-1:] = [" ".join(front), last]
        return lines

    def _shift(self, name: str, free: float) -> float:
        words = name in {"security", "nature", "underlying"}
        place = "left" if words else self.look.figures if name in _FIGURES else "middle"
        return {"left": 0.0, "middle": free / 2, "right": free}[place] if free > 0 else 0.0


def _spans(line: Sequence[str]) -> list[tuple[int, int]]:
    """The headings of a storey: the column each begins at, and the one behind its last."""
    begins = [at for at, words in enumerate(line) if words]
    return list(zip(begins, [*begins[1:], len(line)], strict=True))


def _without_v(names: list[str], heads: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """The columns of a form that has none for V."""
    at = names.index("timeliness")
    upper, lower = ([*line[:at], *line[at + 1 :]] for line in heads)
    lower[at - 1] = ""
    return names[:at] + names[at + 1 :], [upper, lower]
