"""One table of a data set, line by line, in the order of the ledger's streams.

A set names its filings in no order at all and the lines of one filing lie apart, so each
table is sorted as it is read, by SQLite in a nameless file of its own. What is held in memory
does not grow with the set.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from ledger.addresses import stream_of
from ledger.errors import ReadError
from ledger.problems import Problem
from ledger.readers.datasets.columns import ACCESSION, NOT_TAKEN, OTHER_SPELLINGS, Sheet
from ledger.sorting import Line, in_order
from ledger.types import Effect, normal_accession

LINE_LIMIT = 256 * 1024
"""Bytes of one line; the longest of the set's own has a remark of 2,000 characters."""

_FILE_LINES = 50
"""Lines of the file that one line of the table may run over, where a quoted cell has breaks."""

_SHOWN = 5
"""Lines of a table that a problem names, before it only counts them."""


class Lines(Protocol):
    """What a table is read from: a file, or whatever else gives its lines one by one."""

    def readline(self, limit: int, /) -> bytes:
        """The next line, or as much of it as this many bytes; nothing at the end."""


Opener = Callable[[], AbstractContextManager[Lines]]


class Entry(NamedTuple):
    """One line of a table: its filing's stream and number, its place, and its cells by column."""

    stream: str
    accession: str
    line: int
    cells: dict[str, str]


@dataclass
class _Left:
    """The lines set aside for one reason: the first of them, and how many."""

    shown: list[int]
    count: int = 0


class SheetReader:
    """The lines of one table, sorted by filing; every line is counted, none is lost.

    `rows` counts the lines after the heading, `set_aside` those that belong to no filing;
    the rest is `recorded`. `problems` says why, and what of the columns is not as expected;
    `lacking` names those that are not there, once the first entry was asked for.
    """

    def __init__(self, sheet: Sheet, opener: Opener, source: str) -> None:
        self.sheet = sheet
        self.rows = self.set_aside = 0
        self.problems: list[Problem] = []
        self.lacking: tuple[str, ...] = ()
        self._open = opener
        self._source = f"{source}:{sheet.name}.tsv"
        self._left: dict[tuple[str, str], _Left] = {}
        self._encodings: set[str] = set()
        self._columns: list[str] = []

    def entries(self) -> Iterator[Entry]:
        """Every line that names a filing, by stream and then as the file has them.

        Raises:
            ReadError: The table cannot be opened, has no column of accession numbers, or there is
                no room to sort it.
        """
        with self._open() as file:
            lines = in_order(self._placed(file), self._source)
            for stream, number, text in lines:
                cells = dict(zip(self._columns, self._cut(text), strict=True))
                cells.pop("", None)  # where the columns nobody knows went
                yield Entry(stream, stream.rpartition("/")[2], number, cells)

    def leave(self, line: int, why: str, remedy: str) -> None:
        """Set a line aside, which the table's problems will say."""
        self.set_aside += 1
        left = self._left.setdefault((why, remedy), _Left([]))
        left.count += 1
        if len(left.shown) < _SHOWN:
            left.shown.append(line)

    def finish(self) -> Iterator[Problem]:
        """What is wrong with the table, once it is read to its end."""
        yield from self.problems
        if "windows-1252" in self._encodings:
            yield self._say("", "not all of it is UTF-8; the rest is Windows-1252", "repaired")
        for (why, remedy), left in self._left.items():
            shown = ", ".join(map(str, left.shown)) + (", …" if left.count > _SHOWN else "")
            place = f"line {shown}" if left.count == 1 else f"lines {shown}"
            what = why if left.count == 1 else f"{why} ({left.count:,} lines)"
            yield Problem.set_aside(self._source, what, remedy=remedy, place=place)

    def _placed(self, file: Lines) -> Iterator[Line]:
        """The file's lines that name a filing, as they stand; all of them are counted."""
        lines = self._lines(file)
        heading = next(lines, None)
        self._head(heading[1] if heading else "")
        for number, text in lines:
            self.rows += 1
            if (line := self._line(number, text)) is not None:
                yield line

    def _line(self, number: int, text: str) -> Line | None:
        """A line under the stream of its filing; None where it has none."""
        cells = self._cut(text)
        if len(cells) != len(self._columns):
            self.leave(number, "not as many cells as the heading has", "fetch the set again")
            return None
        said = cells[self._columns.index(ACCESSION)].strip()
        accession = normal_accession(said)
        if accession is None or accession.replace("-", "") != said.replace("-", ""):
            self.leave(number, "it names no filing", "fetch the set again")
            return None
        return stream_of(accession), number, text

    def _cut(self, text: str) -> list[str]:
        """A line's cells; blank ones behind the last column are none."""
        width = len(self._columns)
        cells = _cells(text, width)
        return cells if any(cells[width:]) else cells[:width]

    def _head(self, heading: str) -> None:
        """Take the heading; say which columns are missing and which are not known."""
        names = [name.strip().upper() for name in _cells(heading.removeprefix("\ufeff"), 0)]
        names = [OTHER_SPELLINGS.get(name, name) for name in names]
        if ACCESSION not in names:
            what = "the table has no column ACCESSION_NUMBER"
            raise ReadError(what, where=self._source, remedy="fetch the set again")
        known = self.sheet.expected | set(self.sheet.columns) | NOT_TAKEN
        known |= {f"{column}_FN" for column in self.sheet.columns}
        self.lacking = tuple(sorted(self.sheet.expected.difference(names)))
        for name in self.lacking:
            self.problems.append(self._say(name, "the table lacks this column", "field unknown"))
        for name in sorted(set(names).difference(known, ("",))):
            what = "no such column is known here; what it holds is left out"
            self.problems.append(self._say(name, what, "row kept"))
        self._columns = [name if name in known else "" for name in names]

    def _say(self, place: str, problem: str, effect: Effect) -> Problem:
        return Problem(source=self._source, place=place, problem=problem, effect=effect)

    def _lines(self, file: Lines) -> Iterator[tuple[int, str]]:
        """The table's lines with their number in the file; of a quoted cell, all its lines."""
        waiting: deque[str] = deque()
        number, width = 0, 0
        while (text := waiting.popleft() if waiting else self._next(file)) is not None:
            number += 1
            width = width or text.count("\t")
            whole = text
            if text.count("\t") < width and text.count('"') % 2:
                more = [text]
                while len(more) < _FILE_LINES and not _closed(whole, width):
                    following = waiting.popleft() if waiting else self._next(file)
                    if following is None:
                        break
                    more.append(following)
                    whole = "\n".join(more)
                if not _closed(whole, width):
                    waiting.extendleft(reversed(more[1:]))
                    whole = text
            if whole:
                yield number, whole
            number += whole.count("\n")

    def _next(self, file: Lines) -> str | None:
        """The next line of the file as text."""
        line = file.readline(LINE_LIMIT)
        if not line:
            return None
        if len(line) == LINE_LIMIT and not line.endswith(b"\n"):
            what = f"a line is longer than {LINE_LIMIT:,} bytes; its end is left out"
            self.problems.append(self._say("", what, "field unknown"))
            while (rest := file.readline(LINE_LIMIT)) and not rest.endswith(b"\n"):
                pass
        try:
            text = line.decode()
        except UnicodeDecodeError:
            self._encodings.add("windows-1252")
            text = line.decode("cp1252", "replace")
        return text.rstrip("\r\n")


def _closed(text: str, width: int) -> bool:
    """Whether a line has all its cells, and each quote its second."""
    return text.count("\t") >= width and not text.count('"') % 2


def _cells(text: str, width: int) -> list[str]:
    """A line's cells; a quoted one without its quotes, and its inner ones single."""
    cells = text.split("\t")
    if '"' not in text:
        return cells
    if len(cells) != width and width:
        try:
            return next(csv.reader([text], delimiter="\t"), [])
        except csv.Error:  # the line is then told as one of too many cells
            return cells
    return [_unquoted(cell) for cell in cells]


def _unquoted(cell: str) -> str:
    """A cell as it was before it was quoted; one that only begins with a quote, as it is."""
    inner = cell[1:-1]
    if len(cell) < 2 or cell[0] != '"' or cell[-1] != '"' or '"' in inner.replace('""', ""):
        return cell
    return inner.replace('""', '"')
