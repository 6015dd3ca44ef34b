"""Runs of text with one box around them, as the words that stand in them.

Programs differ in what they draw a box around: a word, a line, or each letter. Where a box holds
several words, each has its share of it by the count of its letters: their order is true then, the
gaps between them are not known, and a line of a table is one cell whose parts follow each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ledger.readers.pages.page import Word

Box = tuple[int, int, int, int]
"""Left, top, right and bottom."""

NUMBER = r"[-+]?\d{1,6}(?:\.\d{0,9})?"
"""A place on a page as programs write it, with a fraction or without."""

_PLACE = re.compile(r"\+?(-?)(\d{1,6})(?:\.(\d?)\d*)?")

ALL = 100
"""How sure a program is that says nothing of it."""


def place(text: str, fine: int = 1) -> int | None:
    """A place as a whole number, `fine` of a unit (1 or 10); None where it is none.

    What stands left of or above the page begins with it.
    """
    found = _PLACE.fullmatch(text.strip())
    if found is None:
        return None
    if found[1]:
        return 0
    return int(found[2]) if fine == 1 else int(found[2]) * 10 + int(found[3] or 0)


def share(text: str) -> int | None:
    """How sure a program was, of a hundred: it writes a share of one, or of a hundred.

    None where it says nothing.
    """
    found = re.fullmatch(r"(\d{1,3})(?:\.(\d)?(\d)?\d*)?", text.strip())
    if found is None:
        return None
    whole, tenths = int(found[1]), int(f"{found[2] or 0}{found[3] or 0}")
    if whole <= 1:
        return min(ALL, whole * ALL + tenths)
    return whole if whole <= ALL else None


def words(text: str, box: Box) -> Iterator[Word]:
    """The words of a run of text, each with its share of the run's box; none where it is empty."""
    left, right, top, bottom = box[0], box[2], *sorted((box[1], box[3]))
    said = re.sub(r"\s+", " ", text).strip()
    if not said or not (right > left >= 0 and bottom > top >= 0):
        return
    if " " not in said:
        yield Word(said, left, top, right, bottom)
        return
    at, wide = 0, right - left
    for word in said.split(" "):
        begin, end = (left + wide * place // len(said) for place in (at, at + len(word)))
        yield Word(word, begin, top, max(end, begin + 1), bottom)
        at += len(word) + 1


def lettered(text: str, boxes: Sequence[Box]) -> Iterator[Word]:
    """The words of a run of text of which every letter has a box, blanks included."""
    for found in re.finditer(r"\S+", text):
        drawn = [box for box in boxes[found.start() : found.end()] if box[2] > box[0]]
        if drawn:
            lefts, tops, rights, bottoms = zip(*drawn, strict=True)
            yield from words(found[0], (min(lefts), min(tops), max(rights), max(bottoms)))
