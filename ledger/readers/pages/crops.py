"""What the pieces of a page say: each read once, and again where nothing confirms it.

All pieces of a kind are read in one run of the program. A figure that the page as a whole shows
alike is not read again, nor is one that a second program has alike, where there is one (`second`);
every other is read from two more pictures of it, and a code from one. As many other digits on the
page as a whole make a figure doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from PIL import Image

from ledger.codes import CODES
from ledger.readers.pages import engine, second
from ledger.readers.pages.grid import Band
from ledger.readers.pages.witnesses import SIGNS, agreed, beside, heard, signed
from ledger.readers.scan.markup import raised
from ledger.readers.scan.tokens import UNREAD

Part = Literal["words", "figure", "letter", "mark"]

_LETTERS = "".join(sorted(CODES))

_FEW = 3
"""Letters of a column in which one reading is enough: A or D, or V, E and L."""

_SHORT = 4
"""Signs of what a lone letter and its mark may be read as on a page."""


class Crop(NamedTuple):
    """A piece of the page to be read, and the cell it is of.

    `again` are other pictures of a figure or a letter, `signs` the points and commas of a
    figure, `may` the letters of its column, and `seen` is what the reading of the whole page
    has in its cell.
    """

    band: Band
    column: int
    part: Part
    picture: Image.Image
    again: tuple[Image.Image, ...] = ()
    signs: tuple[int, ...] = ()
    may: frozenset[str] = frozenset()
    seen: str = ""


def texts(crops: Sequence[Crop], dpi: int) -> Iterator[tuple[Crop, str]]:
    """What each crop says, in the order of their cells."""
    lines = [at for at, crop in enumerate(crops) if crop.part in {"figure", "letter"}]
    pictures = [crops[at].picture for at in lines]
    first = dict(zip(lines, engine.texts(pictures, dpi, psm=7), strict=True))
    other = dict(zip(lines, second.texts(pictures), strict=True))
    found = _figures(crops, first, other, dpi) | _letters(crops, first, other, dpi)
    # Words stand whole where what is raised behind them could not be read as a mark.
    lost = {_cell(crop) for at, crop in enumerate(crops) if found.get(at) == f" {UNREAD}"}
    words = [at for at, crop in enumerate(crops) if crop.part == "words"]
    shown = [(crops[at], _cell(crops[at]) in lost) for at in words]
    pictures = [(*one.again, one.picture)[0] if whole else one.picture for one, whole in shown]
    found |= zip(words, engine.texts(pictures, dpi, psm=6), strict=True)
    of_words = {_cell(crops[at]) for at in words}
    return (
        (crop, found[at])
        for at, crop in enumerate(crops)
        if crop.part != "mark" or _cell(crop) not in of_words & lost
    )


def _cell(crop: Crop) -> tuple[Band, int]:
    return crop.band, crop.column


def _figures(
    crops: Sequence[Crop], first: dict[int, str], other: dict[int, str], dpi: int
) -> dict[int, str]:
    """What figures and raised marks say, by their places among the crops.

    `first` and `other` are what each of two programs reads.
    """
    figures = [at for at, crop in enumerate(crops) if crop.part == "figure"]
    readings = {at: [first[at]] for at in figures}
    asked: list[tuple[int, Image.Image]] = []
    for at in figures:
        seen = [beside(first[at], text) for text in (crops[at].seen, other[at])]
        readings[at] += [text for text in seen if text is not None]
        if len(readings[at]) == 1:
            asked += [(at, picture) for picture in crops[at].again]
    asked += [(at, crop.picture) for at, crop in enumerate(crops) if crop.part == "mark"]
    marks = {}
    told = engine.texts([picture for _, picture in asked], dpi, psm=7, only=SIGNS)
    for (at, _), text in zip(asked, told, strict=True):
        if at in readings:
            readings[at].append(text)
        else:
            marks[at] = _mark(text)
    said = agreed([(heard(readings[at], other[at]), len(crops[at].signs)) for at in figures])
    weighed = signed([(text, crops[at].signs) for at, text in zip(figures, said, strict=True)])
    return dict(zip(figures, weighed, strict=True)) | marks


def _letters(
    crops: Sequence[Crop], first: dict[int, str], other: dict[int, str], dpi: int
) -> dict[int, str]:
    """What the crops of letters say, by their places among the crops."""
    letters = [at for at, crop in enumerate(crops) if crop.part == "letter"]
    asked = [(at, one) for at in letters for one in (crops[at].picture, *crops[at].again)]
    told = engine.texts([picture for _, picture in asked], dpi, psm=10, only=_LETTERS)
    readings = {at: [first[at]] for at in letters}
    for (at, _), text in zip(asked, told, strict=True):
        readings[at].append(text)
    return {at: voted(readings[at], crops[at].seen, crops[at].may, other[at]) for at in letters}


def voted(readings: Sequence[str], seen: str, may: frozenset[str], other: str = "") -> str:
    """The letter that all readings of its picture agree on, as far as they are of its column.

    Where two have different ones, it is illegible; so is a code that one alone has and the page
    as a whole does not show. Where none has any, it stands as it was read first. A letter that a
    second program has too (`other`) is that; one that it has otherwise is illegible.
    """
    plain = [letter for text in readings if (letter := _letter(text)) in may]
    if not plain:
        return readings[0]
    if (letter := _letter(other)) in may and len(other) < _SHORT:
        return letter if letter in plain else "?)"
    votes = len(plain) + (len(seen) <= _SHORT and _letter(seen) == plain[0])
    alone = votes == 1 and len(may) > _FEW
    return "?)" if alone or len(set(plain)) > 1 else plain[0]


def _letter(text: str) -> str:
    return re.sub(r"[^A-Za-z]", "", text)[:1].upper()


def _mark(text: str) -> str:
    """A raised mark; one that cannot be read is left as a sign that there is one."""
    numbers = re.findall(r"\((\d{1,2})\)", text) or re.findall(r"^\D?(\d)\D?$", text)
    return "".join(raised(number) for number in numbers) or f" {UNREAD}"
