"""Which pieces make one row of a table, where lines were wrapped, cut or never drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ledger.readers.scan_headings import is_wording, is_wording_line, layouts, leaves, table_of
from ledger.readers.scan_readings import Row
from ledger.readers.scan_text import Cell, Line
from ledger.readers.scan_tokens import Token, tokens_of
from ledger.types import Table


class Tables(NamedTuple):
    """The rows found, and lines that stand among them but belong to none."""

    rows: tuple[Row, ...]
    left: tuple[str, ...]


def rows_of(lines: Sequence[Line], *, initial: bool) -> Tables:
    """The rows of the tables in a stretch of lines, in order. `initial` for Form 3."""
    builder = _Builder(initial)
    for line in lines:
        table = table_of(line)
        if table is not None:
            builder.heading(table)
        elif is_wording_line(line):
            builder.wording(line)
        else:
            builder.add(line)
    builder.close()
    return Tables(tuple(builder.rows), tuple(builder.left))


class _Builder:
    """Gathers pieces line by line and closes a row when the next one begins."""

    def __init__(self, initial: bool) -> None:
        self.initial = initial
        self.table: Table | None = None
        self.heads: list[tuple[Cell, str]] = []
        self.rows: list[Row] = []
        self.left: list[str] = []
        self.current: list[Token] = []
        self.lines: list[Line] = []
        self.pending: list[Token] = []

    def heading(self, table: Table) -> None:
        self.close()
        if table != self.table:
            self.heads = []
        self.table = table

    def wording(self, line: Line) -> None:
        if self.current and not _only_words(self.current):
            self.close()
        elif self.current:
            self.current, self.lines = [], []
        self.heads += leaves([line], self.table or "I")

    def add(self, line: Line) -> None:
        tokens = [
            token
            for column, cell in enumerate(line.cells)
            if cell.text
            for token in tokens_of(cell, line=line.number, column=column)
        ]
        tokens = [token for token in tokens if token.kind != "junk"]
        if not tokens:
            return
        if _only_words(tokens):
            self._words(tokens, line)
            return
        if self.pending:
            self._settle(tokens)
        if not self.current and not self.rows and tokens[0].kind != "text" and len(tokens) < 3:
            self.left.append(line.text)
            return
        if self.current and not self._goes_on(tokens, line):
            self.close()
        if self._under_each_other(tokens, line):
            self.current.sort(key=lambda token: (token.column, token.line))
        self.lines.append(line)

    def _under_each_other(self, tokens: list[Token], line: Line) -> bool:
        """Whether pieces continue the columns above them rather than the row to its right."""
        ruled = bool(self.lines) and line.ruled and self.lines[-1].ruled
        columns = {token.column for token in self.current}
        under = ruled and any(t.column in columns for t in tokens)
        under = under and (tokens[0].column > 0 or self._fills_cut_columns(tokens, line))
        self.current += tokens
        return under

    def _goes_on(self, tokens: list[Token], line: Line) -> bool:
        """Whether pieces belong to the row begun, rather than beginning another."""
        if self._fills_cut_columns(tokens, line):
            return True
        if tokens[0].kind != "text":
            return not _complete(self.current) or self._wrapped(tokens)
        if _complete(self.current):
            return False
        if _only_words(self.current):
            return not line.ruled
        traded = any(t.kind == "date" for t in tokens) and any(t.kind == "letter" for t in tokens)
        return not traded and _awaits_underlying(self.current)

    def _fills_cut_columns(self, tokens: list[Token], line: Line) -> bool:
        """Whether every figure stands under one that the line above left broken."""
        if not line.ruled or not self.lines or line.width != self.lines[-1].width:
            return False
        broken = {token.column for token in self.current if token.kind == "broken"}
        words = {token.column for token in self.current if token.kind == "text"}
        figures = [token for token in tokens if token.kind != "text"]
        return bool(figures) and all(
            token.column in (words if token.kind == "text" else broken) for token in tokens
        )

    def _wrapped(self, tokens: list[Token]) -> bool:
        columns = {token.column for token in self.current}
        return (
            len(tokens) <= 3
            and tokens[0].column > 0
            and all(token.column in columns for token in tokens)
            and not any(token.kind in {"date", "letter"} for token in tokens)
        )

    def _words(self, tokens: list[Token], line: Line) -> None:
        """A line of words alone: a title, the rest of one, an underlying title or a nature."""
        if len(tokens) == 1 and not line.ruled:
            self._lone_words(tokens[0], line)
            return
        if not self.current:
            if tokens[0].column == 0 and not is_wording(tokens[0].text):
                self.current, self.lines = [tokens[0]], [line]
            self.left += [token.text for token in tokens[1:]]
            return
        for token in tokens:
            self._beneath(token)

    def _beneath(self, token: Token) -> None:
        """Words under a row continue what stands above them in their column."""
        above = [
            place
            for place, held in enumerate(self.current)
            if held.kind == "text"
            and held.cell.start < token.cell.end
            and token.cell.start < held.cell.end
        ]
        if above:
            self.current.insert(above[-1] + 1, token)
        elif not _complete(self.current) or token.column > self.current[-1].column:
            self.current.append(token)
        else:
            self.left.append(token.text)

    def _lone_words(self, token: Token, line: Line) -> None:
        if not self.current or _only_words(self.current):
            self.current.append(token)
            self.lines.append(line)
        elif _complete(self.current) and not self._continues_title(token):
            self.pending.append(token)
        elif _complete(self.current):
            self._beneath(token)
        else:
            self.current.append(token)

    def _continues_title(self, token: Token) -> bool:
        """Words set under one column of a spaced row, not on a line of their own."""
        return (
            len(self.current) > 2
            and len({held.line for held in self.current}) == 1
            and any(
                held.kind == "text" and held.cell.start == token.cell.start
                for held in self.current[1:]
            )
        )

    def _settle(self, tokens: list[Token]) -> None:
        """Words between two rows: the nature of the one, then the title of the next."""
        indirect = self.current[-1].letter == "I" if self.current else False
        words, self.pending = self.pending, []
        if indirect and len(words) > 1:
            titles = {row.tokens[0].text for row in self.rows if row.tokens[0].kind == "text"}
            titles.add(self.current[0].text)
            cut = next((i for i in range(1, len(words)) if words[i].text in titles), 1)
            self.current += words[:cut]
            words = words[cut:]
        if self.current:
            self.close()
        self.current = words
        self.lines = []
        del tokens

    def close(self) -> None:
        """Ends the row begun, if there is one."""
        if self.pending and self.current:
            if self.current[-1].letter == "I":
                self.current += self.pending
            else:
                self.left += [token.text for token in self.pending]
        self.pending = []
        if self.current and not _only_words(self.current):
            self.rows.append(self._row())
        elif self.current:
            self.left += [token.text for token in self.current]
        self.current, self.lines = [], []

    def _row(self) -> Row:
        found: tuple[dict[int, str], ...] = ()
        whole = len(self.lines) == 1 and all(
            token.line == self.lines[0].number for token in self.current if token.kind != "text"
        )
        if whole and self.table is not None:
            found = layouts(
                self.current, self.lines[0], self.table, self.heads, initial=self.initial
            )
        return Row(tuple(self.current), self.table, found)


def _only_words(tokens: Sequence[Token]) -> bool:
    return all(token.kind == "text" for token in tokens)


def _awaits_underlying(tokens: Sequence[Token]) -> bool:
    """Whether a row so far has days and no words after them, as Table II begins."""
    days = [place for place, token in enumerate(tokens) if token.kind == "date"]
    return bool(days) and not any(token.kind == "text" for token in tokens[days[0] :])


def _complete(tokens: Sequence[Token]) -> bool:
    """Whether a row's last column but one, the D or I of its ownership, has been seen."""
    kinds = [token.kind for token in tokens]
    last = next((i for i in range(len(tokens) - 1, -1, -1) if kinds[i] == "letter"), None)
    if last is None or any(kind in {"number", "date", "broken"} for kind in kinds[last:]):
        return False
    if tokens[last].letter not in {"D", "I"}:
        return False
    days = [i for i, kind in enumerate(kinds) if kind == "date"]
    start = days[0] if days else 0
    body = kinds[start:last]
    if "text" in body[1:] or not days:
        return any(kind in {"number", "broken", "marks"} for kind in body)
    figures = sum(kind in {"number", "broken"} for kind in body)
    return figures >= 2 or body.count("letter") >= 2
