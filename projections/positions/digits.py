"""What slips do to a number: swapped, dropped, added, mistyped and misread digits."""

from __future__ import annotations

from decimal import Decimal

from ledger.types import plain


def swapped(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers differ by two neighbouring digits that changed places."""
    a, b = plain(one), plain(other)
    if len(a) != len(b) or a == b:
        return False
    apart = [i for i in range(len(a)) if a[i] != b[i]]
    return (
        len(apart) == 2
        and apart[1] == apart[0] + 1
        and a[apart[0]] == b[apart[1]]
        and a[apart[1]] == b[apart[0]]
    )


def lengthened(one: Decimal, other: Decimal) -> bool:
    """Whether one number is the other with a single digit more, anywhere in it.

    Numbers of fewer than three digits are too short to tell such a slip from another number. Or
    with several noughts more at its end, where two digits do: 36,000 in thousands is 36.
    """
    short, long = sorted((plain(one), plain(other)), key=len)
    if len(short) >= 2 and len(long) > len(short) + 1 and "." not in short:
        return long == short.ljust(len(long), "0")
    if len(long) != len(short) + 1 or len(short) < 3 or "." in short or "." in long:
        return False
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def point_lost(one: Decimal, other: Decimal) -> bool:
    """Whether one number is the other without its point: 12345 for 12.345."""
    a, b = plain(one), plain(other)
    digits = [text.replace(".", "").strip("0") for text in (a, b)]
    return ("." in a) != ("." in b) and digits[0] == digits[1] and len(digits[0]) > _TELLING


def tenfold(one: Decimal, other: Decimal) -> bool:
    """Whether one number is the other with one nought more."""
    return one * 10 == other or other * 10 == one


def slipped_digits(one: Decimal, other: Decimal) -> bool:
    """Whether one number is the other with two digits exchanged, or with one more or fewer."""
    return swapped(one, other) or lengthened(one, other)


def never_by_chance(one: Decimal, other: Decimal) -> bool:
    """Whether hardly any movement would make the one number of the other as a slip of digits does.

    The more digits before the closing noughts, the fewer of the numbers that there may be look
    like it: three for two that changed places, four for one more or fewer, which may be any. Nor
    where the difference is a round number itself, as a trade is.
    """
    digits = max(_digits(one), _digits(other))
    if swapped(one, other):
        return digits >= _TELLING
    if point_lost(one, other):
        return True
    return lengthened(one, other) and digits > _TELLING and not round_number(one - other)


def mistyped(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers of four digits or more differ in exactly one digit."""
    a, b = plain(one), plain(other)
    return len(a) == len(b) >= 4 and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def telling(number: Decimal) -> bool:
    """Whether a number is no round one: few holdings share it.

    >>> telling(Decimal("30500")), telling(Decimal("31000"))
    (True, False)
    """
    return _digits(number) >= _TELLING


def round_number(number: Decimal) -> bool:
    """Whether a number is one digit and noughts, as of trades and grants many are."""
    return _digits(number) == 1


def _digits(number: Decimal) -> int:
    return len(number.normalize().as_tuple().digits)


_TELLING = 3
"""Digits before its closing noughts from which a number is no round one."""

_ALIKE = frozenset(
    map(frozenset, ("06", "08", "09", "17", "14", "27", "35", "38", "49", "56", "58", "68", "89"))
)
"""Pairs of digits that optical character recognition takes for each other."""


def misread(one: Decimal, other: Decimal) -> tuple[str, str] | None:
    """The two digits by which numbers of four digits or more differ, if a scanner mixes them up."""
    a, b = plain(one), plain(other)
    if not mistyped(one, other):
        return None
    apart = next((x, y) for x, y in zip(a, b, strict=True) if x != y)
    return apart if frozenset(apart) in _ALIKE else None


def fraction_lost(*amounts: Decimal | None, gap: Decimal) -> bool:
    """Whether rounding explains a gap between amounts: one is whole, or fewer decimals take it."""
    return abs(gap) <= Decimal("0.05") or any(n is not None and not n % 1 for n in amounts)
