"""How many digits the decimals of a column take, so that none is rounded and none left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
