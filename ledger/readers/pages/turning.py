"""Pages that lie on their side or upside down, put upright.

Programs for character recognition may turn a page to read it, and still give the places of its
words on the page as it lay. Which way is up is told by the words: they are wider than high, and
one follows the other from left to right.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ledger.readers.pages.page import Page, Word

_LONG = 4
"""Letters of a word that is wider than high in any typeface."""

_ENOUGH = 5
"""Words, and pairs of words on one line, by which a page can be told to lie another way."""


def upright(page: Page) -> Page:
    """A page of words, given in the order of reading, turned so that they run to the right."""
    turns = _turns(page.words)
    if not turns:
        return page
    wide = max(word.right for word in page.words)
    high = max(word.bottom for word in page.words)
    return page._replace(words=tuple(_turned(word, turns, wide, high) for word in page.words))


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
