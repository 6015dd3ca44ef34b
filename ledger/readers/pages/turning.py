"""Pages that lie on their side, upside down or askew, put upright and straight.

Programs for character recognition may turn a page to read it, and still give the places of its
words on the page as it lay. Which way is up is told by the words: they are wider than high, and
one follows the other from left to right. Some programs count from the foot of the page. How far a
page leans is told by them too: the words of one line stand on the same foot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median_low

from ledger.readers.pages.page import Page, Word

_LONG = 4
"""Letters of a word that is wider than high in any typeface."""

_ENOUGH = 5
"""Words, and pairs of words on one line, by which a page can be told to lie another way."""

_LINE = 6
"""Words of a line by which the lean of a page is measured."""

_SCALE = 10_000
"""A lean is given in units that the feet of words fall on so many to the right."""

_SURE = 8
"""Lines, or halves of long ones, by which a lean is told."""


def upright(page: Page) -> Page:
    """A page of words, given in the order of reading, turned so that they run to the right."""
    turns = _turns(page.words)
    if turns:
        wide = max(word.right for word in page.words)
        high = max(word.bottom for word in page.words)
        page = page._replace(words=tuple(_turned(word, turns, wide, high) for word in page.words))
    if _mirrored(page.words):
        high = max(word.bottom for word in page.words)
        flat = (
            word._replace(top=high - word.bottom, bottom=high - word.top) for word in page.words
        )
        page = page._replace(words=tuple(flat))
    lean = _lean(page.words)
    words = tuple(_straight(word, lean) for word in page.words) if lean else page.words
    return page._replace(words=words)


def _mirrored(words: Sequence[Word]) -> bool:
    """Whether places are counted from the foot of the page: lines then follow each other upwards."""
    down = up = 0
    for before, word in pairwise(words):
        if word.left < before.left:
            down += word.top >= before.bottom
            up += word.bottom <= before.top
    return up >= _ENOUGH and up > down * 4


def _lean(words: Sequence[Word]) -> int:
    """How far a page's lines fall to the right, by the feet of words far apart on one line."""
    falls = []
    for line in _lines(words):
        apart = len(line) // 2
        for before, word in zip(line, line[apart:], strict=False):
            falls.append((word.bottom - before.bottom) * _SCALE // (word.left - before.left))
    return median_low(falls) if len(falls) >= _SURE else 0


def _lines(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words in the order of reading, as far as each stands beside the one before it."""
    line: list[Word] = []
    for word in words:
        if line and not (word.left >= line[-1].right and _beside(line[-1], word)):
            if len(line) >= _LINE:
                yield line
            line = []
        line.append(word)
    if len(line) >= _LINE:
        yield line


def _beside(before: Word, word: Word) -> bool:
    shared = min(before.bottom, word.bottom) - max(before.top, word.top)
    return shared * 2 > max(before.height, word.height)


def _straight(word: Word, lean: int) -> Word:
    """A word on a page whose lines fell by so much to the right."""
    down, along = word.left * lean // _SCALE, word.top * lean // _SCALE
    text, left, top, right, bottom = word
    return Word(text, left + along, top - down, right + along, bottom - down)


def _turns(words: Sequence[Word]) -> int:
    """How many quarters of a turn, clockwise, put a page of words upright; none on few words."""
    long = [word for word in words if len(word.text) >= _LONG]
    narrow = sum(word.right - word.left < word.height for word in long)
    lying = narrow >= _ENOUGH and narrow * 2 > len(long)
    forth = back = 0
    for before, word in pairwise(words):
        if lying:
            beside = before.left < word.right and word.left < before.right
            step = word.middle[1] - before.middle[1]
        else:
            beside = before.top < word.bottom and word.top < before.bottom
            step = word.middle[0] - before.middle[0]
        forth += beside and step > 0
        back += beside and step < 0
    if max(forth, back) < _ENOUGH:
        return 0
    if lying:
        return 3 if forth >= back else 1
    return 2 if back > forth * 2 else 0


def _turned(word: Word, turns: int, wide: int, high: int) -> Word:
    """A word on a page of some width and height, after quarters of a turn clockwise."""
    text, left, top, right, bottom = word
    if turns == 1:
        return Word(text, high - bottom, left, high - top, right)
    if turns == 2:
        return Word(text, wide - right, high - bottom, wide - left, high - top)
    return Word(text, top, wide - right, bottom, wide - left)
