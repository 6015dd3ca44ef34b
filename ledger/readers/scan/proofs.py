"""What a row's other figures prove about one that was cut or can be read in two ways.

Two rules only. In Table II a first grant prints one figure three times: acquired,
underlying, owned afterwards. And the totals of one position run from line to line. A
figure is taken from them only where its own print, damaged as it is, agrees; a figure
that is printed whole is never corrected, for claims are the filer's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ledger.codes import expected_direction
from ledger.readers.scan.alignments import Filled, Reading, Row, fits, plain_print
from ledger.readers.scan.candidates import figures_of
from ledger.readers.scan.columns import DAYS, PRICES, SHARES
from ledger.readers.scan.directions import turns
from ledger.readers.scan.labels import letters
from ledger.readers.scan.tokens import day_of, unmarked
from ledger.types import Direction, plain

Value = Decimal | date | str | None

_MISTAKEN = str.maketrans("OolISsBZz", "001155822")
_LIKE_FIGURES = re.compile(r"\$?[OolISsBZz]{1,3}")
_DOUBTED = re.compile("[SsBZzQD]")
"""Letters in a figure that may be more than one digit."""

_EITHER = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_BEHIND = re.compile(r"\W?\w?[)}\]]$")
_SHORT_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{2}")


@dataclass
class Draft:
    """A row between its pieces and its fields: its readings, and what was proven of it.

    `candid` says that a damaged print counts as the only number it can be; `turned` is the
    direction that its figures or the form's law give where no letter says it, and why.
    """

    row: Row
    readings: list[Reading]
    short_years: bool = True
    candid: bool = False
    turned: tuple[Direction, str] | None = None
    proven: dict[str, tuple[Decimal, str]] = field(default_factory=dict)

    @property
    def best(self) -> Reading:
        """The reading closest to what the form asks for."""
        return self.readings[0]

    def values(self, name: str) -> set[Value]:
        """Everything the readings say of a column; `""` stands for nothing printed."""
        return {self.value(name, reading) for reading in self.readings}

    def value(self, name: str, reading: Reading) -> Value:
        """What a column says in one reading: None where its print is damaged."""
        filled = reading.fields.get(name)
        if filled is None or not filled.tokens:
            return ""
        if name in SHARES | PRICES and self._beside_stray(filled, reading):
            return None
        if name in DAYS:
            return self._day(filled)
        if name in SHARES or name in PRICES:
            doubtful = name in SHARES and _EITHER.fullmatch(_bare(filled.print))
            return None if doubtful else self._candidate(name, filled)
        if name in {"security", "underlying", "nature"}:
            return None if filled.tokens[0].kind == "shred" else filled.words
        return None if filled.letter == "?" else filled.letter

    def _candidate(self, name: str, filled: Filled) -> Decimal | None:
        """The only number that a damaged print can be; None where it is whole or may be several."""
        if filled.number is not None:
            return filled.number
        if not self.candid or filled.tokens[0].kind not in {"broken", "number"}:
            return None
        found = candidates(filled, price=name in PRICES)
        return found[0] if len(found) == 1 else None

    def number(self, name: str) -> Decimal | None:
        """A number that is proven, or that all readings agree on."""
        if name in self.proven:
            return self.proven[name][0]
        values = self.values(name)
        only = next(iter(values)) if len(values) == 1 else None
        return only if isinstance(only, Decimal) else None

    def settled(self, name: str) -> Value:
        """What all readings agree on, "" where they agree that nothing is printed."""
        if name in self.proven:
            return self.proven[name][0]
        values = self.values(name)
        return next(iter(values)) if len(values) == 1 else None

    def direction(self) -> Direction | None:
        """Whether the row says that shares came or went, as far as that can be told."""
        printed = self.settled("direction")
        if printed in {"A", "D"}:
            return "acquired" if printed == "A" else "disposed"
        if self.turned is not None:
            return self.turned[0]
        if self.best.shape.table == "I":
            return None
        code = self.settled("code")
        expected = expected_direction(str(code), "II") if code else None
        column = self.best.placed.get("shares")
        if column in {"acquired", "disposed"}:
            said: Direction = "acquired" if column == "acquired" else "disposed"
            return said if expected in {None, said} else None
        return expected

    def _beside_stray(self, filled: Filled, reading: Reading) -> bool:
        """Whether a piece next to a number may be cut off it: a stray one, or a cut one."""
        tokens = self.row.tokens
        cut = [
            piece
            for other in reading.fields.values()
            if other is not filled and len(other.tokens) > 1
            for piece in other.tokens
        ]
        for at, token in enumerate(tokens):
            if token is not filled.tokens[0] and token is not filled.tokens[-1]:
                continue
            for near in (at - 1, at + 1):
                if not 0 <= near < len(tokens):
                    continue
                other = tokens[near]
                if other.kind not in {"number", "broken"} and not _LIKE_FIGURES.fullmatch(
                    other.text
                ):
                    continue
                pair = (token, other) if near > at else (other, token)
                if any(other is piece for piece in cut) and fits(*pair):
                    return True
                twice = {tokens[i].text for i in (near - 1, at) if i >= 0 and i != near}
                if other.text not in twice and any(other is stray for stray in reading.stray):
                    return True
        return False

    def _day(self, filled: Filled) -> date | None:
        if len(filled.tokens) > 1:
            return day_of("".join(token.text for token in filled.tokens))
        token = filled.tokens[0]
        short = _SHORT_DAY.match(token.text) and not re.match(r"\d+/\d+/\d{4}", token.text)
        return None if short and not self.short_years else token.day


def prove(drafts: Sequence[Draft]) -> None:
    """Settles every damaged or doubtful figure that the others prove, until none is left.

    Only then does a print that can be but one number count as that number, and prove others.
    """
    _settle_all(drafts)
    for draft in drafts:
        draft.candid = True
    _settle_all(drafts)


def _settle_all(drafts: Sequence[Draft]) -> None:
    changed = True
    while changed:
        changed = False
        for draft, name, number, why in list(_witnesses(drafts)):
            changed = _settle(draft, name, number, why) or changed
        for draft, direction, why in list(turns(drafts, _neighbours(drafts))):
            if draft.turned is None and draft.direction() is None:
                draft.turned = (direction, why)
                changed = True


def _settle(draft: Draft, name: str, number: Decimal, why: str) -> bool:
    if draft.number(name) is not None or number < 0:
        return False
    kept = [r for r in draft.readings if _agrees(r.fields.get(name), number)]
    if not kept:
        return False
    draft.readings = kept
    draft.proven[name] = (number, why)
    return True


def _witnesses(drafts: Sequence[Draft]) -> Iterator[tuple[Draft, str, Decimal, str]]:
    for draft in drafts:
        if draft.best.shape.table == "II" and not draft.best.shape.holding:
            yield from _within(draft)
    for before, after in _neighbours(drafts):
        yield from _between(before, after)


def _within(draft: Draft) -> Iterator[tuple[Draft, str, Decimal, str]]:
    """Table II: the amount and the underlying shares agree, and a first grant's total too."""
    shares, underlying = draft.number("shares"), draft.number("underlying_shares")
    if shares is None and underlying is None:
        yield from _printed_twice(draft)
    if shares is not None and underlying is None:
        yield draft, "underlying_shares", shares, "equals the number of derivative securities"
    if underlying is not None and shares is None:
        yield draft, "shares", underlying, "equals the underlying shares"
    if shares is not None and shares == underlying and draft.direction() == "acquired":
        yield (
            draft,
            "shares_after",
            shares,
            "equals the securities acquired and the underlying shares",
        )


def _printed_twice(draft: Draft) -> Iterator[tuple[Draft, str, Decimal, str]]:
    """`61.569` may be a fraction or thousands; where both columns print it, it is a fraction."""
    pair = [draft.best.fields.get(name) for name in ("shares", "underlying_shares")]
    if all(pair) and len({_bare(filled.print) for filled in pair if filled}) == 1:
        number = pair[0].number if pair[0] else None
        if number is not None:
            yield draft, "shares", number, "the underlying shares are printed alike"


def _between(before: Draft, after: Draft) -> Iterator[tuple[Draft, str, Decimal, str]]:
    """Two lines of one position: the later total is the earlier one and the later amount."""
    direction = after.direction()
    first, last = before.number("shares_after"), after.number("shares_after")
    shares = after.number("shares")
    if direction is None:
        return
    sign = 1 if direction == "acquired" else -1
    if first is not None and shares is not None and last is None:
        told = f"{plain(first)} on the line before {'+' if sign > 0 else '-'} {plain(shares)}"
        yield after, "shares_after", first + sign * shares, f"equals {told}"
    if last is not None and shares is not None and first is None:
        told = f"{plain(shares)} {'more' if sign > 0 else 'less'} gives {plain(last)}"
        yield before, "shares_after", last - sign * shares, f"on the next line {told}"
    if first is not None and last is not None and shares is None:
        told = f"the totals go from {plain(first)} to {plain(last)}"
        yield after, "shares", sign * (last - first), told


def _neighbours(drafts: Sequence[Draft]) -> Iterator[tuple[Draft, Draft]]:
    previous: dict[tuple[Value, ...], Draft] = {}
    for draft in drafts:
        if draft.best.shape.holding or not draft.settled("security"):
            continue
        names = ("security", "ownership", "nature", "exercise_price", "expires_on")
        key = (draft.best.shape.table, *(_folded(draft.settled(name)) for name in names))
        if None in key:
            continue
        if key in previous:
            yield previous[key], draft
        previous[key] = draft


def candidates(filled: Filled, *, price: bool = False) -> tuple[Decimal, ...]:
    """The numbers that pieces of a damaged print may be: joined as they stand, else overlapping.

    A figure that both edges of a cut show counts once; that is tried only where the plain
    join is no number.
    """
    prints = [unmarked(plain_print(token.text)) for token in filled.tokens]
    if "/" in prints[0]:
        return ()
    joined = [prints[0]]
    for piece in prints[1:]:
        plain_joins = [front + piece for front in joined]
        laps = [
            front + piece[lap:]
            for front in joined
            for lap in (1, 2)
            if front[-lap:] == piece[:lap] and len(front) > lap
        ]
        joined = (
            plain_joins
            if any(figures_of(text, price=price) for text in plain_joins)
            else laps or plain_joins
        )
    return tuple(
        dict.fromkeys(number for text in joined for number in figures_of(text, price=price))
    )


def _folded(value: Value) -> Value:
    """A value as the lines of one position share it: words without case, signs and marks."""
    return letters(_BEHIND.sub("", value)) if isinstance(value, str) else value


def _agrees(filled: Filled | None, number: Decimal) -> bool:
    """Whether a print, whole or damaged, can be this number."""
    if filled is None or not filled.tokens:
        return False
    if filled.tokens[0].kind == "shred":
        return number == 0
    if filled.number is not None and not _EITHER.fullmatch(_bare(filled.print)):
        return filled.number == number
    if filled.number is not None:
        # A point before three figures is a point, or a comma that lost its tail.
        return number in {filled.number, filled.number.scaleb(3)}
    found = candidates(filled)
    if found and not _DOUBTED.search(filled.print):
        # What the print can only be is the claim; arithmetic chooses, it does not replace.
        return number in found
    grouped = f"{number:,f}"
    prints = [_bare(plain_print(token.text)).translate(_MISTAKEN) for token in filled.tokens]
    joined = prints[0]
    for piece in prints[1:]:
        if any(joined[: len(joined) - lap] + piece == grouped for lap in range(4)):
            return True
        joined += piece
    return len(grouped) >= 4 and _apart(joined, grouped) <= 1


def _bare(text: str) -> str:
    return re.sub(r"[\s$]|\(\d{1,2}\)|⟦\d+⟧", "", text)


def _apart(one: str, other: str) -> int:
    """Edit distance."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        above, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (a != b))
    return row[-1]
