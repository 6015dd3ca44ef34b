"""Every way a row's pieces can stand in the form's columns.

Pieces keep their order, columns keep theirs; pieces may be lost, doubled, cut in two or
stray. All readings about as good as the best are kept: a field counts as read only when
they agree on it, so that a doubt about one column never reaches another unseen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ledger.readers.scan.columns import (
    HELD,
    LETTERS,
    LONE_MARK,
    Shape,
    admits,
    left_out,
    letter_of,
    missing,
    required,
)
from ledger.readers.scan.cuts import joins, may_be_cut
from ledger.readers.scan.markup import MARK_OPEN
from ledger.readers.scan.tokens import Token, is_dated
from ledger.readers.scan.ways import Filled, Reading, Row, Where
from ledger.types import Table

MARGIN = 1
"""Readings that cost this much more than the best one still count."""

_WORST = 60
"""A row that costs more than this is none."""

_FOREIGN = 12
"""What it costs to read a row in the shape of the other table: its heading may be lost."""

_LONE = {"nature": 0, "shares_after": 3, "shares": 3, "underlying_shares": 2, "underlying": 2}
_MOST_PIECES = 26
_CLOSING = frozenset(")}")
_OPENING = f"([{MARK_OPEN}"
"""How a whole mark begins; one without it may be a speck."""


def readings(
    row: Row, shapes: Sequence[Shape], *, dollars: bool, where: Where | None = None
) -> list[Reading]:
    """The readings of a row, best first, all within MARGIN of the best. May be empty."""
    if not row.tokens or len(row.tokens) > _MOST_PIECES:
        return []
    if placed := _by_position(row, shapes, dollars=dollars):
        return [placed]
    if row.drawn is not None and (cut := _cut(row.tokens, row.drawn, row.table, shapes)):
        return [cut]
    found: list[Reading] = []
    best = _WORST
    for shape in shapes:
        foreign = _FOREIGN if row.table is not None and shape.table != row.table else 0
        if foreign and shape.holding:
            continue  # what is left of a row looks most like a holding of the other table
        search = _Search(row.tokens, shape, dollars, best - foreign, where)
        search.run()
        found += [reading._replace(cost=reading.cost + foreign) for reading in search.found]
        best = min([best, *(reading.cost for reading in found)])
    found = [reading for reading in found if reading.cost <= best + MARGIN]
    found = [one for one in found if not any(_fills_more(other, one) for other in found)]
    return sorted(found, key=lambda reading: reading.cost)


def _fills_more(one: Reading, other: Reading) -> bool:
    """Whether a reading is another and has a letter in its column that the other leaves astray."""
    gained = set(one.fields) - set(other.fields)
    return (
        one.shape is other.shape
        and bool(gained)
        and all(name in LETTERS and one.fields[name].letter != "?" for name in gained)
        and (one.shape.table == "I" or "direction" not in gained)
        and all(one.fields.get(name) == filled for name, filled in other.fields.items())
        and all(any(one.fields[name].tokens[0] is t for t in other.stray) for name in gained)
    )


class _Search:
    """Depth-first, cut off where a reading costs too much to count."""

    def __init__(
        self,
        tokens: Sequence[Token],
        shape: Shape,
        dollars: bool,
        best: int,
        where: Where | None,
    ) -> None:
        self.tokens, self.shape, self.dollars, self.best = tokens, shape, dollars, best
        self.where = where
        self.found: list[Reading] = []
        self.budget = 60_000
        self.groups = [tuple(self._groups(index)) for index in range(len(tokens))]
        self.admitted: dict[tuple[str, int], int | None] = {}
        self.filled: dict[tuple[str, int, int], Filled] = {}
        self.empty = {name: missing(name, shape.table, {}) for name in shape.columns}
        self.dropped = [self._dropped(index) for index in range(len(tokens))]
        self.rest = self._least()

    def run(self) -> None:
        self._at(0, 0, 0, fields={}, heads={}, stray=())

    def _at(
        self,
        index: int,
        column: int,
        cost: int,
        fields: dict[str, Filled],
        heads: dict[str, Token],
        stray: tuple[Token, ...],
    ) -> None:
        self.budget -= 1
        if cost + self.rest[index] > self.best + MARGIN or self.budget < 0:
            return
        if index == len(self.tokens):
            self._finish(column, cost, fields, heads, stray)
            return
        token = self.tokens[index]
        for width, pieces, extra in self.groups[index]:
            skipped = 0
            for target in range(column, len(self.shape.columns)):
                name = self.shape.columns[target]
                price = self._price(name, pieces, fields)
                if price is not None and self.where is not None:
                    price += self.where.cost(self.shape.table, name, pieces[0])
                if price is not None:
                    key = (name, index, width)
                    filled = self.filled.get(key) or self.filled.setdefault(
                        key, _filled(pieces, name)
                    )
                    self._at(
                        index + width,
                        target + 1,
                        cost + skipped + extra + price,
                        fields={**fields, name: filled},
                        heads={**heads, name: pieces[0]},
                        stray=stray,
                    )
                skipped += self._missing(name, heads)
                if cost + skipped > self.best + MARGIN:
                    break
        self._without(index, column, cost, fields=fields, heads=heads, stray=stray, token=token)

    def _without(
        self,
        index: int,
        column: int,
        cost: int,
        fields: dict[str, Filled],
        heads: dict[str, Token],
        stray: tuple[Token, ...],
        token: Token,
    ) -> None:
        """The piece fills no column: it belongs to the one before, is doubled, or is stray."""
        last = next(reversed(fields), None)
        previous = self.tokens[index - 1] if index else None
        if token.kind == "marks" and last is not None:
            held = fields[last]
            doubled = previous is not None and set(token.marks) <= set(previous.marks)
            marks = tuple(dict.fromkeys(held.marks + token.marks))
            attached = {**fields, last: held._replace(marks=marks)}
            # A mark with a cell of its own is seldom the neighbour's.
            apart = previous is None or previous.cell is not token.cell
            price = 0 if doubled else 2 if apart else 1
            self._at(index + 1, column, cost + price, fields=attached, heads=heads, stray=stray)
            if token.text[:1] in _OPENING or doubled:
                return
        kept = stray if _is_sign(token) or token.kind == "junk" else (*stray, token)
        dropped = self.dropped[index]
        self._at(index + 1, column, cost + dropped, fields=fields, heads=heads, stray=kept)

    def _dropped(self, index: int) -> int:
        """What it costs to leave out a piece."""
        token = self.tokens[index]
        previous = self.tokens[index - 1] if index else None
        doubled = previous is not None and _same(previous, token)
        sign = _is_sign(token)
        dropped = 0 if sign else 1 if doubled else left_out(token, previous)
        dropped += 0 if sign or doubled else self._at_home(token)
        return dropped + (_TRADED_ON if is_dated(token) and self.shape.columns == HELD else 0)

    def _least(self) -> list[int]:
        """What the pieces from each on cost at least, in whatever columns they stand."""
        rest = [0] * (len(self.tokens) + 1)
        for index in range(len(self.tokens) - 1, -1, -1):
            if self.tokens[index].kind == "marks":
                rest[index] = rest[index + 1]
                continue
            ways = [self.dropped[index] + rest[index + 1]]
            for width, pieces, extra in self.groups[index]:
                prices = [self._price_at_least(name, pieces) for name in self.shape.columns]
                least = min((price for price in prices if price is not None), default=None)
                ways += () if least is None else (extra + least + rest[index + width],)
            rest[index] = min(ways)
        return rest

    def _price_at_least(self, name: str, pieces: tuple[Token, ...]) -> int | None:
        """What pieces cost in a column, whatever stands beside them: a D before a shred makes it cheaper."""
        if len(pieces) > 1:
            return 0 if may_be_cut(name, pieces) else None
        price = self._admitted(name, pieces[0])
        gone = name == "shares_after" and pieces[0].kind == "shred"
        return price if price is None or not gone else price - 1

    def _admitted(self, name: str, token: Token) -> int | None:
        key = (name, id(token))
        if key not in self.admitted:
            self.admitted[key] = admits(name, token, self.shape.table, dollars=self.dollars)
        return self.admitted[key]

    def _at_home(self, token: Token) -> int:
        """What it costs besides to leave out a piece that stands where a column that admits it does."""
        name = self.where.home(self.shape.table, token) if self.where is not None else None
        if name is None or token.kind == "marks":
            return 0
        return _HOMELESS if self._price(name, (token,), {}) is not None else 0

    def _groups(self, index: int) -> Iterator[tuple[int, tuple[Token, ...], int]]:
        """The piece alone, and together with those that a cut may have parted from it."""
        token = self.tokens[index]
        yield 1, (token,), 0
        group = [token]
        for width in (2, 3, 4):
            if index + width > len(self.tokens):
                return
            following = self.tokens[index + width - 1]
            extra = joins(group, following)
            if extra is None:
                return
            group.append(following)
            yield width, tuple(group), extra

    def _price(self, name: str, pieces: tuple[Token, ...], fields: dict[str, Filled]) -> int | None:
        if len(pieces) > 1:
            return 0 if may_be_cut(name, pieces) else None
        token = pieces[0]
        if token.kind == "marks" and name not in LETTERS:
            torn = 0 if token.text[:1] in _OPENING else 1
            price = 0 if name in LONE_MARK else _LONE.get(name)
            return None if price is None else price + torn
        price = self._admitted(name, token)
        if price is not None and name == "expires_on" and "exercisable_on" in fields:
            same = fields["exercisable_on"].tokens
            return price + (1 if same and same[0].text == token.text else 0)
        if price is None or name != "shares_after":
            beside = name == "nature" and _rounded(fields.get("ownership"))
            return price if price is None or not beside else price + _BESIDE_D
        shares, direction = fields.get("shares"), fields.get("direction")
        if token.number is None:
            gone = token.kind == "shred" and direction is not None and direction.letter == "D"
            return price - 1 if gone else price
        acquired = direction is not None and direction.letter == "A"
        small = shares is not None and shares.number is not None and token.number < shares.number
        bare_zero = token.number == 0 and not self.dollars and "price" not in fields
        return price + (2 if acquired and small else 0) + (2 if bare_zero else 0)

    def _missing(self, name: str, heads: dict[str, Token]) -> int:
        """What it costs to find nothing in a column: a code and a letter say it of two of them."""
        if name in {"price", "nature"}:
            return missing(name, self.shape.table, heads)
        return self.empty[name]

    def _finish(
        self,
        column: int,
        cost: int,
        fields: dict[str, Filled],
        heads: dict[str, Token],
        stray: tuple[Token, ...],
    ) -> None:
        cost += sum(self._missing(name, heads) for name in self.shape.columns[column:])
        if cost > self.best + MARGIN:
            return
        self.best = min(self.best, cost)
        self.found = [kept for kept in self.found if kept.cost <= self.best + MARGIN]
        self.found.append(Reading(cost, self.shape, fields, stray))


def _is_sign(token: Token) -> bool:
    """Whether a piece is a sign alone, which says nothing."""
    return token.kind == "shred" and not any(c.isalnum() for c in token.text)


def _rounded(ownership: Filled | None) -> bool:
    """Whether a D of ownership is only what a round sign may be: `0` or `o`."""
    return ownership is not None and ownership.letter == "D" and "D" not in ownership.print.upper()


def _filled(pieces: tuple[Token, ...], name: str) -> Filled:
    marks = tuple(dict.fromkeys(mark for piece in pieces for mark in piece.marks))
    if name in LETTERS:
        letter = letter_of(name, pieces[0])
        return Filled(pieces, marks, letter[0] if letter else "")
    if pieces[0].kind == "marks":
        return Filled((), marks)
    return Filled(pieces, marks)


def _same(one: Token, other: Token) -> bool:
    return one.kind == other.kind and one.text == other.text and one.kind not in {"junk", "marks"}


_BESIDE_D = 3

_HOMELESS = 2
_TRADED_ON = 4
"""What it costs besides to leave out a day where no column of the line has one."""


def _by_position(row: Row, shapes: Sequence[Shape], *, dollars: bool) -> Reading | None:
    """The reading that the columns' positions give, where they hold without a flaw.

    Every piece must fit the column it stands in, no column may hold two, and every
    column that such a line must fill has to be filled; a table whose cells have moved
    fails this and is read by order alone. Two layouts that disagree prove nothing.
    """
    found: list[Reading] = []
    for layout in row.layouts:
        for shape in shapes:
            if row.table is not None and shape.table != row.table:
                continue
            reading = _placed(row.tokens, layout, shape, dollars=dollars)
            if reading is not None and all(reading.fields != kept.fields for kept in found):
                found.append(reading)
    return found[0] if len(found) == 1 else None


def _placed(
    tokens: Sequence[Token], layout: dict[int, str], shape: Shape, *, dollars: bool
) -> Reading | None:
    fields: dict[str, Filled] = {}
    placed: dict[str, str] = {}
    cost = 0
    for token in tokens:
        if token.kind == "junk" or token.text in _CLOSING:
            continue
        printed = layout.get(token.column, "")
        name = "shares" if printed in {"acquired", "disposed"} else printed
        if name not in shape.columns or token.kind in {"broken", "shred"}:
            return None
        if token.kind == "marks":
            held = fields.get(name)
            if held is None and name not in LONE_MARK and name != "nature":
                return None
            if held is not None and held.tokens and held.tokens[0].column != token.column:
                return None
            marks = tuple(dict.fromkeys((held.marks if held else ()) + token.marks))
            fields[name] = Filled(held.tokens if held else (), marks)
            continue
        price = admits(name, token, shape.table, dollars=dollars)
        if price is None or name in fields or price > 3:
            return None
        fields[name] = _filled((token,), name)
        placed[name] = printed
        cost += price
    lost = [n for n in shape.columns if n not in fields and required(n, shape.table)]
    return None if lost or not fields else Reading(cost, shape, fields, (), placed)


_TRADED = frozenset({"effective_on", "code", "shares", "direction"})
"""Columns in which only a transaction prints anything."""


def _cut(
    tokens: Sequence[Token],
    layout: dict[int, str],
    table: Table | None,
    shapes: Sequence[Shape],
) -> Reading | None:
    """The reading of cells that cannot have moved: each piece in its column, legible or not."""
    fields: dict[str, Filled] = {}
    placed: dict[str, str] = {}
    for token in tokens:
        printed = layout.get(token.column, "")
        name = "shares" if printed in {"acquired", "disposed"} else printed
        held = fields.get(name, Filled())
        said = token.kind != "shred" or any(c.isalnum() for c in token.text)
        if not name or token.kind == "junk" or not said:
            continue
        if token.kind == "marks" and name not in LETTERS:
            marks = tuple(dict.fromkeys(held.marks + token.marks))
            fields[name] = held._replace(marks=marks)
        elif name in LETTERS:
            letter = letter_of(name, token)
            fields.setdefault(name, Filled((token,), token.marks, letter[0] if letter else "?"))
        else:
            marks = tuple(dict.fromkeys(held.marks + token.marks))
            fields[name] = Filled((*held.tokens, token), marks)
            placed[name] = printed
    traded = any(fields[name].tokens for name in _TRADED & set(fields))
    mine = [shape for shape in shapes if shape.table == table]
    shape = next((one for one in mine if one.holding != traded), None)
    if shape is None or not any(filled.tokens for filled in fields.values()):
        return None
    kept = {name: filled for name, filled in fields.items() if name in shape.columns}
    return Reading(0, shape, kept, (), placed)
