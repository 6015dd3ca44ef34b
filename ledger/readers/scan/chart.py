"""The form's own print as a test chart: how well a page was read, told without knowing the truth.

The words of the boxes and the headings are known beforehand. Of those that a page shows, the
share that is right to the letter says how far its figures are to be trusted: on scans below
0.88 three to ten times as many are silently wrong as above 0.93. Its own figures, the numbers
of its approval and of two laws, say it of digits: where one of them was misread, a figure that
nothing confirms is wrong two to three times as often as where none was. And specks, which stand
as lone signs between the words, lie in figures too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from ledger.readers.scan.boxes import PRINTED_LABELS
from ledger.readers.scan.headings import WORDING
from ledger.readers.scan.labels import edits, letters
from ledger.readers.scan.lines import Line
from ledger.readers.scan.wordings import TITLE_WORDS

_SHORTEST = 5
"""Letters of a word that is looked at; shorter ones are other words by accident."""

_SMALL = 3
"""Letters of the words that join others, which a name and a label share."""

FORM_WORDS = frozenset(
    word
    for text in (WORDING, *PRINTED_LABELS, "Director", "10% Owner")
    for word in map(letters, text.replace("/", " ").split())
    if len(word) >= _SHORTEST
)


WELL = 93
"""Of a hundred printed words, how many are right on a page that was read well."""

_AROUND = ".,;:'\"‘’“”"
"""Signs around a figure that are no part of it."""

_SHOWN = 3
"""Digits of one of the form's figures that must be digits still."""

_LONG = 5
"""Digits up to which one misread is as many as may be, for a figure to be known."""

_FIGURES = ("3235-0287", "3235-0104", "3235-0362", "20549", "1934", "1940")
"""Figures that the form prints itself, long enough to be known with a digit or two misread."""


_SPECK = re.compile("[.,'‘’\"“”~;°^`•·«»]+")
"""What a speck of dirt is read as."""

_STREWN = 18
"""Of a thousand words, how many are such signs alone on a page strewn with specks."""

_CLEAN = 98
"""Of a hundred printed words, how many are right where specks did no harm."""


class Legible(NamedTuple):
    """How many of the form's printed words a page shows, and how many of them are right.

    `misread` are its own figures that are not, as they were read; `figures` counts those that are.
    `specks` are signs that stand alone, among `words` of any kind.
    """

    shown: int
    right: int
    misread: tuple[str, ...] = ()
    figures: int = 0
    specks: int = 0
    words: int = 0

    @property
    def strewn(self) -> bool:
        """Whether specks lie on the page as on a fax, and it was not read right all the same.

        There 14 of 352 figures that nothing confirmed were misread, and 23 of 226 prices; where fewer
        lay, none of 426 and of 272, with as many of the form's words right.
        """
        return self.specks * 1000 > self.words * _STREWN and self.percent < _CLEAN

    @property
    def well(self) -> bool:
        """Whether the page was read so well that its program's own doubt of a figure weighs little."""
        return self.percent >= WELL and self.figures > 0 and not self.misread

    @property
    def fair(self) -> bool:
        """Whether nothing on the page says that its digits and signs were read ill."""
        return self.percent >= WELL and not self.misread and not self.strewn

    @property
    def percent(self) -> int:
        """Of a hundred words, how many are right; all, where too few are shown to tell."""
        return 100 if self.shown < 12 else self.right * 100 // self.shown


class Read(NamedTuple):
    """How a page was read.

    `percent` are, of a hundred of the form's printed words, those that are right; `misread`, figures of the
    form's own that are not, as they were read; `strewn` says that specks lie on it as on a fax.
    """

    percent: int
    misread: Sequence[str] = ()
    strewn: bool = False


def legible(lines: Iterable[Line]) -> Legible:
    """How the printed words in some lines of a form were read."""
    shown = right = known = specks = words = 0
    misread = []
    for line in lines:
        for word in line.text.replace("/", " ").split():
            words += 1
            specks += _SPECK.fullmatch(word) is not None
            figures = word.strip(_AROUND)
            known += figures in _FIGURES
            if figures not in _FIGURES and any(_nearly(figures, known) for known in _FIGURES):
                misread.append(figures)
            bare = letters(word)
            if len(bare) < _SHORTEST:
                continue
            whole = bare in FORM_WORDS
            right += whole
            shown += whole or (bare not in TITLE_WORDS and _like_one(bare))
    return Legible(shown, right, tuple(misread), known, specks=specks, words=words)


def _nearly(figures: str, known: str) -> bool:
    """Whether a print is one of the form's figures with a digit or two misread."""
    if len(figures) != len(known) or sum(sign.isdigit() for sign in figures) < _SHOWN:
        return False
    return 0 < edits(figures, known) <= (2 if len(known) > _LONG else 1)


def is_printed(bare: str) -> bool:
    """Whether a word is one that the form prints itself, a letter or two misread or not."""
    return bare in FORM_WORDS or (len(bare) >= _SHORTEST and _like_one(bare))


def is_form_wording(text: str) -> bool:
    """Whether half of a text's long words, or more, are the form's own: it is no name then."""
    words = [bare for word in text.split() if len(bare := letters(word)) > _SMALL]
    return sum(is_printed(bare) for bare in words) * 2 >= max(len(words), 1)


@lru_cache(maxsize=4096)
def _like_one(bare: str) -> bool:
    """Whether a word is one of the form's with a letter or two misread."""
    allowed = 1 if len(bare) < 8 else 2
    return any(
        abs(len(known) - len(bare)) < 2 and edits(bare, known) <= allowed for known in FORM_WORDS
    )
