"""The printed words of Forms 3, 4 and 5, found again where a scan lost some letters.

Only letters and figures are compared, so that a label cut by a column or a line still
reads on. A label counts as found when at most a fifth of its letters differ.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from ledger.readers.scan.lines import Line

_LOOKALIKES = str.maketrans(
    "АВЕКМНОРСТХУІЅаеорсухіѕԁΑΒΕΖΗΙΚΜΝΟΡΤΧ", "ABEKMHOPCTXYISaeopcyxisdABEZHIKMNOPTX"
)
"""Cyrillic and Greek letters that a scan takes for Latin ones."""

_KEPT, _OTHER = re.compile("[a-z0-9]"), re.compile("[^a-z0-9]+")

TOLERANCE = 0.2
"""The share of a label's letters that may be lost or wrong."""


class Match(NamedTuple):
    """Where a label stands in a text, and how many of its letters differ."""

    start: int
    end: int
    differing: int
    label: str = ""


@lru_cache(maxsize=4096)
def letters(text: str) -> str:
    """A text's letters and figures only, small, foreign lookalikes made Latin."""
    return _OTHER.sub("", text.translate(_LOOKALIKES).lower())


class Letters(NamedTuple):
    """A text reduced to its letters, and where in the text each of them stands."""

    bare: str
    places: tuple[int, ...]

    @staticmethod
    def of(text: str) -> Letters:
        """The letters of a text, with their places."""
        small = text.translate(_LOOKALIKES).lower()
        # A few letters grow when made small; their places would be wrong.
        small = small if len(small) == len(text) else text.translate(_LOOKALIKES)
        found = tuple(match.start() for match in _KEPT.finditer(small))
        return Letters("".join([small[place] for place in found]), found)

    def find(self, label: str, *, tolerance: float = TOLERANCE, after: int = 0) -> Match | None:
        """The best place of a label at or after a place in the text, or None."""
        wanted = letters(label)
        begin = bisect_left(self.places, after)
        found = _found(wanted, self.bare, begin, int(len(wanted) * tolerance))
        if found is None:
            return None
        end, differing = found
        start = end - len(wanted)
        if differing:
            before = self.bare[max(begin, start - differing) : end]
            start = end - _nearest(wanted[::-1], before[::-1])[0]
        return self._match(start, end, differing)._replace(label=label)

    def _match(self, start: int, end: int, differing: int) -> Match:
        if start >= len(self.places) or end <= start:
            return Match(0, 0, differing)
        return Match(self.places[start], self.places[end - 1] + 1, differing)


def contains(text: str, label: str, *, tolerance: float = TOLERANCE) -> bool:
    """Whether a label stands somewhere in a text, letters lost or not."""
    return within(text, label, int(len(letters(label)) * tolerance))


def within(text: str, label: str, allowed: int) -> bool:
    """Whether a label stands somewhere in a text with no more than so many letters lost or wrong."""
    return _found(letters(label), letters(text), 0, allowed) is not None


def distance(text: str, label: str) -> int:
    """How many letters of a label are lost or wrong at its best place in a text."""
    wanted, bare = letters(label), letters(text)
    return 0 if wanted in bare else _nearest(wanted, bare)[1]


def _found(wanted: str, bare: str, begin: int, allowed: int) -> tuple[int, int] | None:
    """Where the best place of some letters in others ends, and how many differ; None if more than are allowed."""
    at = bare.find(wanted, begin)
    if at >= 0:
        return at + len(wanted), 0
    if not allowed or len(bare) - begin < len(wanted) - allowed:
        return None
    best, best_end = allowed + 1, 0
    for start, end in _windows(wanted, bare, begin, allowed):
        at, differing = _nearest(wanted, bare[start:end])
        if differing < best:
            best, best_end = differing, start + at
    return (best_end, best) if best <= allowed else None


def _windows(wanted: str, bare: str, begin: int, allowed: int) -> list[tuple[int, int]]:
    """The stretches of a text in which letters may stand of which no more than so many differ.

    Of one piece more than letters may differ one is whole, and about where it stands in the label.
    """
    spans = []
    cut = 0
    for piece in _pieces(wanted, allowed + 1):
        at = bare.find(piece, begin)
        while at >= 0:
            start = at - cut - allowed
            spans.append((max(start, begin), start + len(wanted) + 2 * allowed))
            at = bare.find(piece, at + 1)
        cut += len(piece)
    spans.sort()
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _nearest(wanted: str, bare: str) -> tuple[int, int]:
    """End and edit distance of the best approximate occurrence (Myers 1999, bit-parallel)."""
    masks = _masks(wanted)
    top = 1 << (len(wanted) - 1)
    full = (1 << len(wanted)) - 1
    plus, minus, score = full, 0, len(wanted)
    best, best_end = score, 0
    for end, letter in enumerate(bare, start=1):
        equal = masks.get(letter, 0)
        vertical = equal | minus
        horizontal = (((equal & plus) + plus) ^ plus) | equal
        rise = minus | (~(horizontal | plus) & full)
        fall = plus & horizontal
        if rise & top:
            score += 1
        elif fall & top:
            score -= 1
        rise, fall = (rise << 1) & full, (fall << 1) & full
        plus = fall | (~(vertical | rise) & full)
        minus = rise & vertical
        if score < best:
            best, best_end = score, end
    return best_end, best


@lru_cache(maxsize=512)
def _pieces(wanted: str, count: int) -> tuple[str, ...]:
    """A label cut into so many pieces, about as long as each other."""
    cuts = [len(wanted) * at // count for at in range(count + 1)]
    return tuple(wanted[start:end] for start, end in pairwise(cuts))


@lru_cache(maxsize=512)
def _masks(wanted: str) -> dict[str, int]:
    masks: dict[str, int] = {}
    for place, letter in enumerate(wanted):
        masks[letter] = masks.get(letter, 0) | 1 << place
    return masks


class Place(NamedTuple):
    """A spot in a scan: which of the lines given, and which cell of that line."""

    line: int
    cell: int


class Flow:
    """Lines as one running text in which labels can be found and traced to their cells.

    Cells are a tab apart and lines a newline.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        parts: list[str] = []
        self._starts: list[tuple[int, Place]] = []
        at = 0
        for index, line in enumerate(lines):
            for column, cell in enumerate(line.cells):
                self._starts.append((at, Place(index, column)))
                ending = "\n" if column == len(line.cells) - 1 else "\t"
                parts.append(cell.text + ending)
                at += len(cell.text) + 1
        self.text = "".join(parts)
        self.letters = Letters.of(self.text)

    def find(self, label: str, *, after: int = 0, tolerance: float = TOLERANCE) -> Match | None:
        """The best place of a label in the running text."""
        return self.letters.find(label, after=after, tolerance=tolerance)

    def every(self, label: str, *, tolerance: float = TOLERANCE) -> Iterator[Match]:
        """Every place of a label, first to last, as far as letters allow."""
        exact = letters(label)
        at = self.letters.bare.find(exact)
        if at < 0:
            if found := self.find(label, tolerance=tolerance):
                yield found
            return
        while at >= 0:
            places = self.letters.places
            yield Match(places[at], places[at + len(exact) - 1] + 1, 0, label)
            at = self.letters.bare.find(exact, at + 1)

    def place(self, at: int) -> Place:
        """The cell in which a character of the running text stands."""
        low, high = 0, len(self._starts)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._starts[middle][0] <= at else (low, middle)
        return self._starts[low][1] if self._starts else Place(0, 0)

    def cell_end(self, at: int) -> int:
        """Where the cell of a character ends in the running text."""
        ends = [e for e in (self.text.find("\t", at), self.text.find("\n", at)) if e >= 0]
        return min(ends, default=len(self.text))


def edits(one: str, other: str) -> int:
    """How many letters must be changed, added or left out to make one text of the other."""
    return Levenshtein.distance(one, other)
