"""What several readings of one figure's picture agree on.

A program misreads a digit now at one size, now at another, and seldom the same way twice. So
every figure and day is read several times, and taken where all readings that are well formed
are alike and at least two are, or one of them stands elsewhere on the page; else a `?` stands
behind it, and nothing but arithmetic can say what it was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median_low

SIGNS = "$.,/()0123456789"
"""What figures, days and marks are printed with."""

_TIMES = 3
"""How many times a point's weight a comma has."""

_LONG = 4
"""Digits from which on a figure is hardly by chance the same as another."""

_GROUP = 3
"""Digits between two commas."""

_EDGES = "'‘’“”|[]{}\\°\"^*~`-_;:!}.,"
_FIGURE = re.compile(r"\$?(?:\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,]\d+)?|\$?[.,]\d+")
_DAY = re.compile(r"(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])/(?:(?:19|20)\d\d|\d\d)")
_BEHIND = re.compile(r"(?:\(\d{1,2}\))+$")
_MARKS = re.compile(r"(?:\(\d{1,2}\))+")


def agreed(figures: Sequence[tuple[Sequence[str], int]]) -> list[str]:
    """What the readings of each figure, day or mark of a page agree on, `?` behind it if nothing.

    Which points and commas it has is told by their shapes (`signed`); a number by the readings
    says how many were seen. Where readings differ and one is printed elsewhere on the page too,
    it is that. Words, which no figure is made of, stand as they were read first.
    """
    found = [_agreed(readings, signs) for readings, signs in figures]
    sure = {_digits(text) for text in found if not text.endswith("?")}
    for at, (readings, signs) in enumerate(figures):
        if found[at].endswith("?"):
            twins = [text for text in _formed_of(readings) if _known(text, sure)]
            if len({_digits(text) for text in twins}) == 1:
                found[at] = _nearest(twins, signs)
    return found


def beside(reading: str, other: str) -> str | None:
    """Another reading of a figure or a day, without marks, where it has as many digits.

    The same digits second it; others are as often right as its own.
    """
    one, two = (_formed(_joined(_BEHIND.sub("", text))) for text in (reading, other))
    if one is None or two is None or len(_digits(one)) != len(_digits(two)):
        return None
    return two


def heard(readings: Sequence[str], other: str) -> list[str]:
    """Readings of a figure beside that of another program, where that is well formed.

    What two programs read alike is sure, whatever else one of them read; what they read otherwise
    stands against each other.
    """
    formed = _formed(_joined(_BEHIND.sub("", other.replace(";", ","))))
    if formed is None:
        return list(readings)
    alike = [text for text in readings if _digits(_formed(_joined(text)) or "") == _digits(formed)]
    return [*(alike or readings), formed]


def _agreed(readings: Sequence[str], signs: int) -> str:
    if re.search(r"[A-Za-z]{3}", readings[0]):
        return readings[0]
    formed = _formed_of(readings)
    if len({_digits(text) for text in formed}) == 1 and len(formed) > 1:
        return _nearest(formed, signs)
    said = next(iter(formed), _joined(readings[0]))
    return f"{said}?" if said else ""


def _nearest(readings: Sequence[str], signs: int) -> str:
    """Of readings of the same digits the one with as many signs as were seen, read most often."""
    return min(readings, key=lambda text: (len(_signs(text)) != signs, -readings.count(text)))


def _known(text: str, sure: set[str]) -> bool:
    """Whether a figure of some length, which chance does not repeat, is printed elsewhere too."""
    digits = _digits(text)
    return len(digits) >= _LONG and digits in sure


def _formed_of(readings: Sequence[str]) -> list[str]:
    return [said for text in readings if (said := _formed(_joined(text)))]


def _joined(text: str) -> str:
    """A reading without the blanks that stand beside a point or a comma in it."""
    return re.sub(r"(?<=[.,])\s+(?=\d)", "", text).strip()


def _formed(text: str) -> str | None:
    """A well-formed figure, day or mark, without stray signs at its edges; None: it is none."""
    if _MARKS.fullmatch(text):
        return text
    bare = text.strip(_EDGES + "()")
    if len(bare) < 3 and re.search(r"[()]", text):
        return None  # a mark that lost a bracket
    return bare if _FIGURE.fullmatch(bare) or _DAY.fullmatch(bare) else None


def _digits(text: str) -> str:
    """What readings must agree on; their points and commas are told by shape."""
    return re.sub(r"[$.,]", "", text)


def _signs(text: str) -> list[str]:
    return re.findall(r"[.,]", text)


def signed(figures: Sequence[tuple[str, tuple[int, ...]]]) -> list[str]:
    """The figures of a page, each with its points and commas as they weigh (`shapes.signs_of`).

    What a figure's form leaves no choice for, commas before its last sign and a point before
    other than three digits, shows what commas and points weigh in this print; only the last
    sign before three digits is told by that. A figure whose last sign weighs other than its form
    says has a `?` behind it, and so has one that weighs as neither where others have fractions.
    """
    weighed: dict[str, list[int]] = {",": [], ".": []}
    for text, weights in figures:
        for sign, weight in zip(_forced(text), weights, strict=False):
            if sign and len(weights) == len(_signs(text)):
                weighed[sign].append(weight)
    comma = median_low(weighed[","]) if weighed[","] else None
    if comma is None and weighed["."]:
        comma = median_low(weighed["."]) * _TIMES
    fine = any(
        _weighed(weights[-1], comma) == "." and _forced(text)[-1:] == [""]
        for text, weights in figures
        if weights and len(weights) == len(_signs(text))
    )
    return [_signed(text, weights, comma, fine=fine) for text, weights in figures]


def _forced(text: str) -> list[str]:
    """The signs of a figure as far as its form alone says them; "": it may be either."""
    *front, last = re.split(r"[.,]", text)
    if not front or not _FIGURE.fullmatch(text):
        return []
    return [*("," for _ in front[1:]), "" if len(last) == _GROUP else "."]


def _signed(text: str, weights: tuple[int, ...], comma: int | None, *, fine: bool) -> str:
    """One figure with its signs; `fine` says that others have a point before three digits."""
    forced, read = _forced(text), _signs(text)
    if not read or len(read) != len(weights) or len(forced) != len(read):
        return text
    seen = _weighed(weights[-1], comma)
    last = forced[-1] or seen or read[-1]
    figures = re.split(r"[.,]", text)
    signs = [*forced[:-1], last, ""]
    whole = "".join(part + sign for part, sign in zip(figures, signs, strict=True))
    against = seen not in {"", last}
    either = (
        not seen and not forced[-1] and (fine or (comma is None and last == "," and len(read) > 1))
    )
    return f"{whole}?" if against or either else whole


def _weighed(weight: int, comma: int | None) -> str:
    """The sign that weighs so much where a comma weighs as told; "" where it may be either."""
    if comma is None:
        return ""
    return "," if weight * 100 >= comma * 72 else "." if weight * 100 <= comma * 48 else ""
