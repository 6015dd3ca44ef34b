"""Which pieces make one row of a table, where lines were wrapped, cut or never drawn."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, groupby, zip_longest
from typing import NamedTuple

from ledger.readers.scan.begun import (
    FIGURES,
    TITLE,
    awaits_underlying,
    complete,
    is_sign,
    is_traded,
    owning_nothing,
    says_indirect,
    says_par,
    sold,
    worth_at_par,
)
from ledger.readers.scan.columns import INITIAL_PRINTED, PRINTED, columns_of
from ledger.readers.scan.headings import (
    is_crumb,
    is_wording,
    is_wording_line,
    layouts,
    leaves,
    table_by_wording,
    table_of,
)
from ledger.readers.scan.labels import letters
from ledger.readers.scan.lines import Cell, Line
from ledger.readers.scan.markup import BREAK
from ledger.readers.scan.remnants import by_place
from ledger.readers.scan.standing import Standing, parted
from ledger.readers.scan.tokens import Token, tokens_of
from ledger.readers.scan.ways import WAYS, Row
from ledger.types import Table

_NOTED = re.compile(r"(?i)footnotes?[^A-Za-z]{0,6}")
"""The rest of a nature of ownership that begins with `See`, and what is left of its mark."""


class Tables(NamedTuple):
    """The rows found, and words that stand among them but belong to none."""

    rows: tuple[Row, ...]
    left: tuple[str, ...]


def rows_of(lines: Sequence[Line], *, initial: bool) -> Tables:
    """The rows of the tables in a stretch of lines, in order. `initial` for Form 3."""
    found = _gathered(lines, initial, standing := Standing())
    # Rows further down may tell whose the words further up are.
    return _gathered(lines, initial, Standing(standing.lowest)) if standing.lowest else found


def _gathered(lines: Sequence[Line], initial: bool, standing: Standing) -> Tables:
    builder = _Builder(initial, standing)
    for line, below in zip_longest(lines, lines[1:]):
        table = table_of(line)
        if table is not None:
            builder.heading(table)
        elif not builder.continues(line) and (
            is_wording_line(line) or (is_crumb(line) and not builder.current)
        ):
            builder.wording(line)
        else:
            for part in _unstacked(line):
                builder.add(part, below)
    builder.close()
    return Tables(tuple(builder.rows), tuple(builder.left))


def _unstacked(line: Line) -> list[Line]:
    """The rows of a line whose every cell holds as many lines: several rows drawn as one."""
    stacks = [cell.text.split(BREAK) for cell in line.cells]
    depths = {len(stack) for stack in stacks if stack != [""]}
    depth = next(iter(depths), 1)
    if not line.ruled or depths != {depth} or depth == 1 or len(line.filled) < 3:
        return [line]
    rows = [
        [
            cell._replace(text=stack[at] if stack != [""] else "")
            for cell, stack in zip(line.cells, stacks, strict=True)
        ]
        for at in range(depth)
    ]
    return [line._replace(cells=tuple(cells)) for cells in rows]


class _Builder:
    """Gathers pieces line by line and closes a row when the next one begins.

    Lines of words alone are held back until the next line shows whose they are: the
    rest of the row above, its nature of ownership, or the title of the row to come.
    """

    def __init__(self, initial: bool, standing: Standing) -> None:
        self.initial, self.standing = initial, standing
        self.table: Table | None = None
        self.heads: dict[tuple[int, int, str], tuple[Cell, str]] = {}
        self.rows: list[Row] = []
        self.left: list[str] = []
        self.current: list[Token] = []
        self.lines: list[Line] = []
        self.held: list[Token] = []
        self.beneath: list[Token] = []
        self.doubts: list[tuple[str, str]] = []
        self.hung = False
        self.reached = False

    def heading(self, table: Table) -> None:
        """A table begins."""
        self.close()
        if table != self.table:
            self.heads = {}
        self._begin(table)
        self.reached = False

    def _begin(self, table: Table) -> None:
        """Rows above the first heading of Table II are of Table I, whose own is lost."""
        if table == "II" and self.table is None:
            self.rows = [row._replace(table=row.table or "I") for row in self.rows]
        self.table = table

    def wording(self, line: Line) -> None:
        """Printed words of the form end whatever stood above them."""
        self.close()
        table = table_by_wording(line, headed=self.table is not None and not self.reached)
        if table is not None and self.table not in {table, "II"}:
            self._begin(table)
            self.heads = {}
        found = leaves([line], self.table or "I")  # each further page may print them again
        self.heads |= {(cell.start, cell.end, name): (cell, name) for cell, name in found}

    def continues(self, line: Line) -> bool:
        """Whether a line of one or two words goes on in a cell of the row above it.

        Headings stand above a table's rows; such a word that they use too is a title's rest.
        """
        short = all(re.fullmatch(r"[A-Za-z]{3,12}", cell.text) for cell in line.filled)
        figures = any(token.kind in FIGURES for token in self.current)
        below = bool(self.lines) and line.number - self.lines[-1].number <= 2
        return short and figures and below and len(line.filled) < 3

    def add(self, line: Line, below: Line | None = None) -> None:
        """A line that may be a row, or part of one."""
        tokens = [
            token
            for column, cell in enumerate(line.cells)
            if cell.text
            for token in tokens_of(cell, line=line.number, column=column)
        ]
        tokens = [token for token in sold(tokens) if token.kind != "junk"]
        tokens = by_place(tokens, self.table)
        tokens = worth_at_par(tokens, [*self.current, *self.held], below)
        while tokens and is_sign(tokens[0]):
            tokens.pop(0)
        tokens = owning_nothing(tokens) if self.table else tokens
        if tokens and all(token.kind in {"text", "shred"} for token in tokens):
            self._words([token for token in tokens if token.kind == "text"], line)
        elif tokens:
            self._figures(tokens, line)

    def _figures(self, tokens: list[Token], line: Line) -> None:
        if self.held:
            self._settle(line, tokens[0].text if tokens[0].kind == "text" else "")
        crumb = len(tokens) < 3 and tokens[0].kind not in {"text", "date"}
        if not self.current and crumb and not self.reached:
            return
        if not self.reached:
            self.hung = not (self.current and TITLE.match(self.current[0].text))
        self.reached = True
        beneath = self._fills_cut_columns(tokens, line) or self._under_whole_row(tokens, line)
        if self.current and not beneath and not self._goes_on(tokens):
            self.close()
        self.current += tokens
        if beneath:
            self.current.sort(key=lambda token: (token.column, token.line))
        self.lines.append(line)

    def _goes_on(self, tokens: list[Token]) -> bool:
        """Whether pieces belong to the row begun, rather than beginning another."""
        if tokens[0].kind != "text":
            again = tokens[0].kind == "date" and self.table == "I" and is_traded(self.current)
            return not again and not complete(self.current)
        if complete(self.current):
            return False
        if all(token.kind == "text" for token in self.current):
            return True
        traded = any(t.kind == "date" for t in tokens) and any(t.kind == "letter" for t in tokens)
        return not traded and self.table != "I" and awaits_underlying(self.current)

    def _fills_cut_columns(self, tokens: list[Token], line: Line) -> bool:
        """Whether every figure stands under one that the line above left broken."""
        if not line.ruled or not self.lines or line.width != self.lines[-1].width:
            return False
        broken = {token.column for token in self.current if token.kind == "broken"}
        words = {token.column for token in self.current if token.kind == "text"}
        return any(token.kind != "text" for token in tokens) and all(
            token.column in (words if token.kind == "text" else broken) for token in tokens
        )

    def _under_whole_row(self, tokens: list[Token], line: Line) -> bool:
        """Whether a few figures stand under those of a row that lacks nothing."""
        columns = {token.column for token in self.current}
        return (
            line.ruled
            and bool(self.lines)
            and self.lines[-1].ruled
            and complete(self.current)
            and len(tokens) <= 3
            and tokens[0].column > 0
            and all(t.column in columns and t.kind not in {"date", "letter"} for t in tokens)
        )

    def _words(self, tokens: list[Token], line: Line) -> None:
        if not tokens:
            return
        awaited = self.table != "I" and awaits_underlying(self.current)
        twice = bool(self.current) and tokens[0].text == self.current[-1].text
        if self.current and (awaited or twice) and not complete(self.current):
            self.current += tokens
            self.lines.append(line)
        elif self.current or self.held or tokens[0].column == 0:
            self.held += tokens
        elif self.reached:
            self._leave(tokens)

    def _settle(self, line: Line, title: str) -> None:
        """Decides whose the words held back are, now that the next figures are seen.

        `title` is what stands before those figures on their own line.
        """
        words, self.held = self.held, []
        divided = self.current and self.standing.divided(self.table, self.current, words, title)
        if divided:
            self._leave(self._below(divided[0]))
            self.close()
            self.current = divided[1]
            return
        if title:
            if self.current:
                words = self._below(words)
                self.close()
            elif line.ruled or all(is_wording(word.text) for word in words):
                words = self._leave(words)
            if words:
                self._doubt("security", "words on a line above may belong to another row")
            self.current = words
            return
        if self.current:
            words = self._after_row(words)
            self.close()
        elif len(words) > 1:
            words = [word for word in words if not is_wording(word.text)] or words[-1:]
            if len(words) > 1:
                self._doubt("security", "lines of words above it may not all be its title")
        self.current = words

    def _after_row(self, words: list[Token]) -> list[Token]:
        """The nature of an indirect row's ownership first; the rest is the next title."""
        if not says_indirect(self.current[-1]) or len(words) < 2:
            return words
        titles = {t.text for row in self.rows for t in row.tokens[:1]} | {self.current[0].text}
        known = next((i for i in range(1, len(words)) if words[i].text in titles), None)
        if known is None and len(words) > 2:
            self._doubt("nature", "its words and the title of the next row run together")
        self.current += words[: known or 1]
        return words[known or 1 :]

    def _below(self, words: list[Token]) -> list[Token]:
        """Puts lines of words under a row into its cells; answers those that are not its own.

        Where the first row of the table began with its figures, every row does, and what
        follows is the rest of its cells: word by word in their order, for on a scan blanks
        do not measure. Elsewhere a word goes where it stands beneath another.
        """
        columns = [token for token in self.current if token.kind == "text"]
        words = [word for word in words if not self._noted(word)]
        if not self.hung or not columns or self.lines[-1].ruled:
            return [word for word in words if not self._beneath(word)]
        spaced = len(self.lines[-1].filled) > 2
        for _, group in groupby(words, key=lambda word: word.line):
            line = list(group)
            line = line if spaced else parted(line, len(columns))
            if len(line) > len(columns):
                return [word for word in words if not self._beneath(word)]
            chosen, sure = _in_order(line, columns) if spaced else (range(len(line)), False)
            if len(line) < len(columns) and not sure:
                for name in ("security", "underlying"):
                    self._doubt(name, "words on a line below may belong to another column")
            for word, at in zip(line, chosen, strict=True):
                self._put(word, self.current.index(columns[at]))
        return []

    def _noted(self, word: Token) -> bool:
        """Puts a `footnote` below a row behind the `See` that its nature is so far, wherever it stands."""
        place = max((i for i, t in enumerate(self.current) if t.kind == "text"), default=0)
        if not _NOTED.fullmatch(word.text) or letters(self.current[place].text) != "see":
            return False
        self._put(word, place)
        return True

    def _put(self, word: Token, place: int) -> None:
        """Puts a word behind those already beneath a column's first."""
        below = self.current[place + 1 :]
        behind = next((i for i, t in enumerate(below) if t not in self.beneath), len(below))
        self.current.insert(place + 1 + behind, word)
        self.beneath.append(word)

    def _beneath(self, word: Token) -> bool:
        """Puts words under a row into the column they stand under, where that is one of words."""
        for place in range(len(self.current) - 1, -1, -1):
            above = self.current[place]
            beside = [token for token in self.current if token.line == above.line]
            alone = sum(token.cell is above.cell for token in beside) == 1 and len(beside) > 2
            overlap = above.cell.start < word.cell.end and word.cell.start < above.cell.end
            # Columns that were counted and columns that were measured do not compare.
            overlap = overlap and _counted(above.cell) == _counted(word.cell)
            if above.kind == "text" and alone and overlap:
                self._put(word, place)
                return True
        return False

    def _doubt(self, field: str, why: str) -> None:
        self.doubts.append((field, why))

    def _leave(self, tokens: Sequence[Token]) -> list[Token]:
        if self.reached:
            self.left += [token.text for token in tokens if not is_wording(token.text)]
        return []

    def close(self) -> None:
        """Ends the row begun, if there is one."""
        if self.held and self.current:
            words = self._below(self.held)
            if says_indirect(self.current[-1]):
                self.current += words
            else:
                self._leave(words)
        elif self.held:
            self._leave(self.held)
        self.held = []
        if any(token.kind not in {"text", "shred"} for token in self.current):
            self.rows.append(self._row())
        elif self.current:
            self._leave(self.current)
        self.current, self.lines, self.doubts, self.beneath = [], [], [], []

    def _row(self) -> Row:
        found: tuple[dict[int, str], ...] = ()
        whole = len(self.lines) == 1 and all(
            token.line == self.lines[0].number for token in self.current if token.kind != "text"
        )
        if whole and self.table is not None:
            found = layouts(
                self.current,
                self.lines[0],
                self.table,
                [*self.heads.values()],
                initial=self.initial,
            )
        drawn = self._drawn() if whole and self.lines[0].drawn else None
        pages = {line.measured for line in self.lines}
        page = pages.pop() if len(pages) == 1 else 0
        if any(map(says_par, self.current)):
            self._doubt("security", "what a share is worth at par stands on a line of its own")
        doubts = tuple(self.doubts)
        heads = {way: cell for cell, name in self.heads.values() for way in WAYS if name == way}
        return Row(
            tuple(self.current),
            self.table,
            found,
            doubts=doubts,
            drawn=drawn,
            measured=page,
            heads=heads if page else {},
        )

    def _drawn(self) -> dict[int, str] | None:
        """The printed column of each cell of a row that was cut along the form's own lines."""
        printed = INITIAL_PRINTED if self.initial else PRINTED
        choices = printed[self.table] if self.table is not None else ()
        found = columns_of(choices, [_may_be_code(cell.text) for cell in self.lines[0].cells])
        return None if found is None else dict(enumerate(found))


def _may_be_code(text: str) -> bool:
    """Whether a cell prints something that is neither a day nor the V beside a code."""
    return bool(letters(text)) and letters(text) != "v" and not re.search(r"\d\W+\d", text)


def _middle(token: Token) -> int:
    """Twice the place of a piece's middle along its line."""
    start = token.cell.start + max(0, token.cell.text.find(token.text))
    return start * 2 + len(token.text)


def _in_order(words: Sequence[Token], columns: Sequence[Token]) -> tuple[tuple[int, ...], bool]:
    """Which column each word of a line stands under, and whether that is plain.

    In order, and as near as that allows; plain where no other choice is half as near.
    """

    def apart(choice: tuple[int, ...]) -> int:
        pairs = zip(words, choice, strict=True)
        return sum(abs(_middle(word) - _middle(columns[at])) for word, at in pairs)

    best, *others = sorted(combinations(range(len(columns)), len(words)), key=apart)
    sure = not others or (apart(best) + 8) * 2 < apart(others[0])
    return best, sure


def _counted(cell: Cell) -> bool:
    return cell.end - cell.start == 1
