"""How many digits the decimals of a column take, so that none is rounded and none left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from ledger.errors import UsageError
from projections.columns import DIGITS, WIDE, Column


def digits_of(column: Column, values: Iterable[Any]) -> tuple[int, int]:
    """The digits of a decimal column, and those behind the point: as its kind has, or `WIDE`.

    Raises:
        UsageError: A number has more digits than that.
    """
    narrow, numbers = DIGITS[column.kind], list(_numbers(values))
    for digits in (narrow, WIDE):
        if all(scaled(number, *digits) is not None for number in numbers):
            return digits
    raise UsageError(
        f"a number does not fit the column {column.name} exactly",
        remedy="take it from the answer itself, or as JSON",
    )


class Digits:
    """The digits that each decimal column of a table takes, found while its rows go by.

    `taken` has them by the column's name, for columns of one value: as its kind has, or `WIDE`,
    or None where a number has more digits than that.
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        self.taken: dict[str, tuple[int, int] | None] = {
            c.name: DIGITS[c.kind] for c in columns if c.kind in DIGITS and not c.many
        }
        self._at = [(at, c.name) for at, c in enumerate(columns) if c.name in self.taken]

    def of(self, rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        """The same rows."""
        for row in rows:
            for at, name in self._at:
                number, digits = row[at], self.taken[name]
                if number is not None and digits and not _fits(number, *digits):
                    self.taken[name] = WIDE if _fits(number, *WIDE) else None
            yield row


def _fits(number: Decimal, precision: int, places: int) -> bool:
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    if exponent >= -places and number.adjusted() < precision - places:
        return True
    return scaled(number, precision, places) is not None  # noughts at its end may be left out


def scaled(number: Decimal, precision: int, places: int) -> int | None:
    """A number in units of its last place; None where it has too many digits for that."""
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    whole: int = int("".join(map(str, digits)))
    shift = exponent + places
    if shift < 0:
        whole, rest = divmod(whole, int(10**-shift))
        if rest:
            return None
    else:
        whole *= int(10**shift)
    if whole >= 10**precision:
        return None
    return -whole if sign else whole


def _numbers(values: Iterable[Any]) -> Iterator[Decimal]:
    for value in values:
        if isinstance(value, tuple | list):
            yield from _numbers(value)
        elif value is not None:
            yield value
