"""One way to read a row of a scan: its columns, and the pieces that stand in them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple, Protocol

from ledger.readers.scan.columns import Shape
from ledger.readers.scan.lines import Cell
from ledger.readers.scan.markup import MARK_CLOSE, MARK_OPEN
from ledger.readers.scan.tokens import Token
from ledger.types import Direction, Table

WAYS: tuple[Direction, Direction] = ("acquired", "disposed")
"""The two columns of Table II for an amount, from left to right."""

_NARROW, _WIDE = 8, 60
"""Twice the letters between the middles of the two at least, and at most."""


class Filled(NamedTuple):
    """A column and the pieces that stand in it: one, several that were cut, or only marks.

    `read` is the letter that a piece says in a column of letters, `?` where it is illegible.
    """

    tokens: tuple[Token, ...] = ()
    marks: tuple[str, ...] = ()
    read: str = ""

    @property
    def number(self) -> Decimal | None:
        """Its number, where one whole piece says one of which its program was sure."""
        sure = len(self.tokens) == 1 and not self.tokens[0].unsure
        return self.tokens[0].number if sure else None

    def overruled(self, number: Decimal) -> bool:
        """Whether its well-formed print, of which its program was not sure, says another number."""
        tokens = self.tokens
        return len(tokens) == 1 and tokens[0].unsure and tokens[0].number != number

    @property
    def print(self) -> str:
        """What was printed there."""
        return " ".join(token.text for token in self.tokens)

    @property
    def words(self) -> str:
        """Its words on one line; one that a drawn border cut in two is whole again."""
        text = ""
        for index, token in enumerate(self.tokens):
            cut = index and self.tokens[index - 1].cell.full and token.text[:1].islower()
            text += token.text if cut or not index else f" {token.text}"
        return text

    @property
    def letter(self) -> str:
        """Its letter, or ""."""
        return self.read or (self.tokens[0].letter if self.tokens else "")


class Reading(NamedTuple):
    """One way to read a row. `column_of` names columns proven by position alone."""

    cost: int
    shape: Shape
    fields: dict[str, Filled]
    stray: tuple[Token, ...] = ()
    placed: dict[str, str] = {}


class Row(NamedTuple):
    """A row's pieces before they are read, and the table they stood under.

    `layouts` say which printed column each cell stands under, in every way that may be
    meant; `doubts` name fields whose words may not all be theirs, and why; `drawn` are the
    columns of cells that cannot have moved; `measured` is the page on which its pieces have their
    places, or 0; `heads` are the printed (A) and (D) above the two columns of its amount there.
    """

    tokens: tuple[Token, ...]
    table: Table | None
    layouts: tuple[dict[int, str], ...] = ()
    doubts: tuple[tuple[str, str], ...] = ()
    drawn: dict[int, str] | None = None
    measured: int = 0
    heads: dict[Direction, Cell] = {}

    def under(self, token: Token) -> Direction | None:
        """Which of the two columns of Table II a piece stands in, by the letters printed over both."""
        if len(self.heads) < 2:
            return None
        start = token.cell.start + max(0, token.cell.text.find(token.text))
        middle = start * 2 + len(token.text)
        left, right = (self.heads[way].start + self.heads[way].end for way in WAYS)
        off = (abs(middle - left), abs(middle - right))
        if not _NARROW < right - left < _WIDE or max(off) > _WIDE:
            return None
        return WAYS[off.index(min(off))] if min(off) * 2 < max(off) else None


class Where(Protocol):
    """Where the columns of the tables stand."""

    def cost(self, table: Table, name: str, token: Token) -> int:
        """What it costs to read a piece in a column, as far as where it stands tells."""

    def home(self, table: Table, token: Token) -> str | None:
        """The only column in whose place a piece stands, where that is known."""


def plain_print(text: str) -> str:
    """A print as people saw it: raised marks back in round brackets."""
    return re.sub(rf"{MARK_OPEN}(\d+){MARK_CLOSE}", r"(\1)", text)
