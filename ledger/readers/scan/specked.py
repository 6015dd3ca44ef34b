"""Figures of a line in which specks lie, and such as a line of the form may lead, on pages that are clean.

A page is strewn with specks, or it is not (`chart`); one line of it may be for all that. And where
lines were read as strokes close before words and figures, one may be the first digit of a figure
that nothing confirms; where many were, of one that stands twice, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ledger.filing import Row
from ledger.readers.scan.chart import FORM_WORDS, Read
from ledger.readers.scan.doubts import FIGURES, unborne
from ledger.readers.scan.labels import letters
from ledger.readers.scan.lines import Line
from ledger.readers.scan.strokes import STROKE
from ledger.readers.scan.telling import altered
from ledger.readers.scan.totals import runs, steps
from ledger.readers.scan.wordings import TITLE_WORDS

_SPECKS = re.compile(r"(?<!\S)[^\w\s|$()\[\]{}!/\\]{1,2}(?!\S)")
"""Signs that stand alone, and are none that a line or a letter is read as."""

_SEVERAL = 2
"""How many of them in a line say that specks lie in it."""

_CLOSE = re.compile(r"(?<!\S)[|\[\]{}](?:[A-Za-z]{2,}|\d+\b)")
"""A stroke close before a word or a figure."""

_MANY = 3
"""How many of them are more than chance."""

_PAID = re.compile(r"(?:^|(?<=[\s_]))(?:[|\[\]{}][$sSg][oO0]|[jlfi1I!][s$][oO0]|\d[sS$]\d+\.\d)")
"""A price with a stroke, or what is read as one, before its dollar sign."""

_GLUED = re.compile(r"(?<!\S)[ilj1IJ|!\[\]{}](?P<word>[A-Za-z]{5,})")
"""A word with such a stroke before it."""

_TIGHT, _SURE = 2, 3
"""How many strokes say that one may be a digit, and how many say so of figures that stand twice.

Of 306 figures that begin as one would and that nothing else doubted 25 had a line for a digit,
of 175 with three strokes and more 23, of 1,846 with fewer 6.
"""

_LED = re.compile(r"[147][1-9]\d{0,2}(?:,\d{3})+")
"""A figure that is one without its first digit, too, which a line is read as."""

_LEADS = "lines of the page are read as strokes close before words, and its first digit may be one"


def specked(rows: Sequence[Row], page: Read, lines: Sequence[Line]) -> Iterator[Row]:
    """Rows with the figures doubtful that nothing confirms, where specks or a line may be in them."""
    dirty = {
        word
        for line in lines
        if len(_SPECKS.findall(line.text)) >= _SEVERAL
        for word in line.text.split()
    }
    strokes = _strokes(lines)
    borne = _borne(rows)
    doubts = unborne(rows, page._replace(strewn=True))
    for at, (row, strewn) in enumerate(zip(rows, doubts, strict=True)):
        found = strewn if dirty & {_printed(row, name) for name in FIGURES} else row
        doubted = {repair.field for repair in strewn.repairs}
        told = {repair.field for repair in found.repairs}
        for name in FIGURES if strokes >= _TIGHT else ():
            alone = name in doubted or (strokes >= _SURE and at not in borne)
            if alone and name not in told and _LED.fullmatch(text := _printed(row, name)):
                found = altered(found, name, text, "doubtful", _LEADS)
        yield found


def _strokes(lines: Sequence[Line]) -> int:
    """How many strokes stand close before prices, figures and words of the form or of titles."""
    texts = [line.text for line in lines]
    before = sum(len(_PAID.findall(text)) + len(STROKE.findall(text)) for text in texts)
    close = sum(len(_CLOSE.findall(text)) for text in texts)
    words = [found for text in texts for found in _GLUED.finditer(text)]
    glued = sum(_is_known(found["word"]) and not _is_known(found.group()) for found in words)
    return before + glued + (close >= _MANY)


def _is_known(word: str) -> bool:
    return letters(word) in FORM_WORDS or letters(word) in TITLE_WORDS


def _borne(rows: Sequence[Row]) -> set[int]:
    """The rows that follow from another, of the two totals one beginning as no line does."""
    running = [pair for pair in steps(rows) if runs(*(rows[at] for at in pair))]
    return {
        at
        for pair in running
        if not all(_LED.fullmatch(_printed(rows[one], "shares_after")) for one in pair)
        for at in pair
    }


def _printed(row: Row, name: str) -> str:
    number = getattr(row, name)
    return row.printed.get(name) or ("" if number is None else f"{number:,f}")
