"""A page as every way in gives it: words with their boxes, and ruling lines where there are any.

Lengths are whole numbers in a unit of the page's own (a hundredth of a point, a pixel);
nothing here depends on which. The vertical axis runs downwards.
"""

from __future__ import annotations

from typing import NamedTuple

WORD_LIMIT = 20_000
"""Words of one page beyond which it is no form: a full page of small print has two thousand."""

RULE_LIMIT = 20_000
"""Ruling lines of one page; a page of the form has some hundreds."""

PAGE_LIMIT = 200
"""Pages of one document; the longest filings have some dozens."""


class Word(NamedTuple):
    """A word, or a run of letters, and the box around it."""

    text: str
    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        """From the top of its letters to their foot."""
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[int, int]:
        """The centre of its box."""
        return (self.left + self.right) // 2, (self.top + self.bottom) // 2


class Rule(NamedTuple):
    """A ruling line, level or upright: the other extent is its thickness, taken as none."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def level(self) -> bool:
        """Whether it runs from left to right."""
        return self.right - self.left >= self.bottom - self.top


class Page(NamedTuple):
    """One page. `exact` says that sizes and feet of the letters are known, not estimated."""

    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()
    exact: bool = False
