"""Where the columns of a table stand, on pages whose words have their places.

In words with boxes a column is where its table's other rows have it. So the rows that can be
read in one way alone show where each column stands, and where a piece stands tells of the rows
that can be read in several. In Table II the place of an amount tells besides whether it was
acquired or disposed of: the form has a column for each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ledger.readers.scan.alignments import readings
from ledger.readers.scan.columns import SHARES, WORDS, Shape
from ledger.readers.scan.drafts import Draft
from ledger.readers.scan.tokens import Token
from ledger.readers.scan.ways import Reading, Row
from ledger.types import Direction, Table

_APART = 2
"""Letters between a piece and a column from which on it does not stand in it."""

_ASTRAY = 3
"""What it costs to read a piece in a column when it stands in another."""


_PLAIN = 4
"""What a row costs at most of which the place of its pieces tells: more, and it may have lost columns."""


_MOVED = 6
"""What places may add to the cost of a row; where they add more, they are not those of its columns."""


class Span(NamedTuple):
    """A stretch of a line, counted in letters."""

    start: int
    end: int

    def apart(self, other: Span) -> int:
        """How far two stretches lie from each other; negative where they overlap."""
        return max(self.start, other.start) - min(self.end, other.end)

    def within(self, other: Span) -> bool:
        """Whether half of this stretch or more lies in another."""
        return -self.apart(other) * 2 >= self.end - self.start


class Places:
    """The stretches of each table's columns on one page, as the rows that are sure have them."""

    def __init__(self, rows: Iterable[tuple[Row, Sequence[Reading]]]) -> None:
        seen: dict[tuple[Table, str], list[Span]] = defaultdict(list)
        for _, ways in rows:
            if ways and ways[0].cost <= _PLAIN:
                for name, token in _agreed(ways):
                    seen[ways[0].shape.table, name].append(span_of(token))
        self._columns: dict[Table, dict[str, Span]] = {"I": {}, "II": {}}
        for (table, name), spans in seen.items():
            # Table II has two columns for the amount, one for each way that shares go.
            both = (table, name) == ("II", "shares")
            self._columns[table][name] = _stretch(spans) if both else _hull(spans)

    def cost(self, table: Table, name: str, token: Token) -> int:
        """What it costs to read a piece in a column, as far as where it stands tells."""
        columns = self._columns[table]
        span = span_of(token)
        if name in columns:
            return _ASTRAY if span.apart(columns[name]) > _APART else 0
        return _ASTRAY if any(span.within(column) for column in columns.values()) else 0

    def home(self, table: Table, token: Token) -> str | None:
        """The only column in whose place a piece stands, where that is known."""
        span = span_of(token)
        found = [name for name, column in self._columns[table].items() if span.within(column)]
        return found[0] if len(found) == 1 else None

    def misplaced(self, reading: Reading) -> bool:
        """Whether a piece of a reading stands where another column does."""
        return any(
            self.cost(reading.shape.table, name, filled.tokens[0])
            for name, filled in reading.fields.items()
            if filled.tokens
        )


def readings_of(
    rows: Sequence[Row],
    shapes: Sequence[Shape],
    *,
    dollars: bool,
    is_row: Callable[[Row, Sequence[Reading]], bool],
) -> list[list[Reading]]:
    """The readings of every row; where pieces have their places, by those of the other rows too.

    What is no row after all, as `is_row` says, tells of no column.
    """
    found = [readings(row, shapes, dollars=dollars) for row in rows]
    sure: dict[int, list[tuple[Row, Sequence[Reading]]]] = defaultdict(list)
    for row, ways in zip(rows, found, strict=True):
        if row.measured and is_row(row, ways):
            sure[row.measured].append((row, ways))
    pages = {page: Places(of_page) for page, of_page in sure.items()}
    for at, (row, ways) in enumerate(zip(rows, found, strict=True)):
        places = pages.get(row.measured)
        if places and ways and (len(ways) > 1 or places.misplaced(ways[0])):
            anew = readings(row, shapes, dollars=dollars, where=places)
            # Where nothing stands in its column, the row was printed in other columns.
            if anew and anew[0].cost <= ways[0].cost + _MOVED:
                found[at] = anew
    return found


def _agreed(ways: Sequence[Reading]) -> Iterator[tuple[str, Token]]:
    """The first piece of each column that all ways to read a row fill with the same.

    Words are left out: a line of another cell may stand before them; and money that counts as
    shares, which may be the price of a row that lost them.
    """
    for name, filled in ways[0].fields.items():
        others = (way.fields.get(name) for way in ways[1:])
        paid = name in SHARES and any(token.money for token in filled.tokens)
        if (
            name not in WORDS
            and not paid
            and filled.tokens
            and all(other is not None and other.tokens == filled.tokens for other in others)
        ):
            yield name, filled.tokens[0]


def _hull(spans: Sequence[Span]) -> Span:
    """The stretch of a column: that of its pieces, without those apart from the one amid them."""
    middle = sorted(spans, key=lambda span: span.start + span.end)[(len(spans) - 1) // 2]
    return _stretch([span for span in spans if span.apart(middle) <= _APART])


def _stretch(spans: Sequence[Span]) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def span_of(token: Token) -> Span:
    """Where a piece stands on its line."""
    start = token.cell.start + max(0, token.cell.text.find(token.text))
    return Span(start, start + len(token.text))


def columned(drafts: Sequence[Draft]) -> Iterator[tuple[Draft, Direction, str]]:
    """Directions of Table II by the column of the amount, as other rows of known direction have it."""
    for page in sorted({draft.row.measured for draft in drafts if draft.row.measured}):
        yield from _of_page([draft for draft in drafts if draft.row.measured == page])


def _of_page(drafts: Sequence[Draft]) -> Iterator[tuple[Draft, Direction, str]]:
    seen: dict[Direction, list[Span]] = defaultdict(list)
    for draft in drafts:
        way, span = draft.direction(), _amount(draft)
        if way is not None and span is not None:
            seen[way].append(span)
    known = {way: _hull(spans) for way, spans in seen.items()}
    for draft in drafts:
        span = _amount(draft)
        if span is None or draft.direction() is not None:
            continue
        ways = {way for way, column in known.items() if _shares(span, column)}
        if len(ways) == 1:
            (way,) = ways
            yield draft, way, "its number stands where other rows have theirs that went this way"
        elif other := _beside(draft, span, known):
            yield (
                draft,
                other,
                "its number stands beside the column of those that went the other way",
            )


def _beside(draft: Draft, span: Span, known: Mapping[Direction, Span]) -> Direction | None:
    """The way of the column that is left, where one is known: what was acquired stands further left.

    What is held is not less than what was acquired.
    """
    if len(known) != 1:
        return None
    ((way, column),) = known.items()
    moved, after = draft.number("shares"), draft.number("shares_after")
    enough = moved is not None and after is not None and after >= moved
    if way == "disposed" and span.end <= column.start and enough:
        return "acquired"
    return "disposed" if way == "acquired" and span.start >= column.end else None


def _shares(one: Span, other: Span) -> bool:
    return one.within(other) or other.within(one)


def _amount(draft: Draft) -> Span | None:
    """Where the amount of a transaction of Table II stands, if that is told."""
    best = draft.best
    if best.shape.table != "II" or best.shape.holding:
        return None
    filled = best.fields.get("shares")
    return span_of(filled.tokens[0]) if filled is not None and filled.tokens else None
