"""What a hand does to a number: digits that change places, go missing or come twice."""

from __future__ import annotations

from random import Random

from tests.simulator.people import Number


def transposed(rng: Random, number: Number) -> int | None:
    """The number with two adjacent, different digits exchanged; None where it has none."""
    if not is_whole(number) or number < 1000:
        return None
    digits = list(str(int(number)))
    places = [
        at
        for at in range(len(digits) - 1)
        if digits[at] != digits[at + 1] and not (at == 0 and digits[1] == "0")
    ]
    if not places:
        return None
    at = rng.choice(places)
    digits[at], digits[at + 1] = digits[at + 1], digits[at]
    return int("".join(digits))


def without_a_digit(rng: Random, number: Number) -> int:
    """The number with any digit but the first left out."""
    digits = str(int(number))
    at = rng.randrange(1, len(digits))
    return int(digits[:at] + digits[at + 1 :])


def with_a_digit_twice(rng: Random, number: Number) -> int:
    """The number with one of its digits typed twice."""
    digits = str(int(number))
    at = rng.randrange(len(digits))
    return int(digits[:at] + digits[at] + digits[at:])


def arbitrary_shift(rng: Random, number: Number, moved: Number) -> int | None:
    """A difference that no fingerprint of a typing slip fits; None where none was found."""
    most = max(int(number) // 2, 800)
    for _ in range(50):
        shift = rng.randrange(211, most + 212) * rng.choice((1, -1))
        total = int(number) + shift
        changed = sum(a != b for a, b in zip(str(total), str(int(number)), strict=False))
        if total > 0 and shift % 9 and changed > 2 and abs(shift) != abs(moved):
            return shift
    return None


def is_whole(number: Number) -> bool:
    """Whether a number has no fraction."""
    return number == int(number)
