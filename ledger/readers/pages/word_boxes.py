"""Words with boxes as character recognition writes them: Tesseract's TSV, hOCR and ALTO XML.

All three give each word's place on the picture, so that columns are measured and not
guessed from blanks. Ruling lines are in none of them. All three may say how sure the program
was of each word: a figure of which it was not, and that the page prints nowhere else, proves
nothing; where no totals and no amount beside it confirm it, it is doubtful or unknown.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from statistics import median_low
from typing import NamedTuple

from lxml import etree

from ledger.errors import ReadError
from ledger.readers.encodings import decode
from ledger.readers.pages.alto import words_of_alto
from ledger.readers.pages.hocr import Said, words_of_hocr
from ledger.readers.pages.kinds import HEAD, Written
from ledger.readers.pages.page import PAGE_LIMIT, WORD_LIMIT, Page, Word
from ledger.readers.pages.runs import ALL, words
from ledger.readers.pages.turning import upright

_SYSTEM = re.compile(r"""name=["']ocr-system["']\s+content=["']([^"'<>]{1,60})["']""")
_AMOUNT = re.compile(
    r"(?P<before>[|\[]?)(?P<figure>[1-9]\d{0,2}(?:(?:,\d{3})+(?:\.\d+)?|\.\d+|\d*))(?P<behind>[|\]]?)"
)
"""A figure as amounts and totals are printed, with what is left of a line before or behind it."""

_UNSURE = 70
"""Of a hundred, how sure of a figure a program is to be: of 74 below, 23 were misread in faxes."""

_LED = re.compile(r"(?P<figure>1\d{1,2}(?:,\d{3})+)(?P<marks>(?:\(\d{1,2}\))*)")
"""A figure that is one without its first 1, too, and its marks."""

_TALL = 14
"""Tenths of the height of other figures that a box has into which a ruled line ran."""

_RULED = 80
"""Of a hundred, how sure of such a figure a program is to be for its first 1 to be none: of 17 below, 10 were."""

_AROUND = "$|[])"
"""Signs around a figure that another print of it may lack."""

_LONG = 3
"""Digits from which on a figure is an amount and no mark."""

_AGAIN = "write the words of the page anew"


class Boxed(NamedTuple):
    """The pages of a document, which program wrote it, and its text that has no place on them."""

    pages: list[Page]
    program: str
    unplaced: list[str]


def pages_of(payload: bytes, written: Written, *, source: str) -> Boxed:
    """The pages of a document of words with boxes.

    Raises:
        ReadError: It is damaged, or has more pages or words than any form has.
    """
    text = decode(payload).text
    reads = {"tsv": words_of_tsv, "hocr": words_of_hocr, "alto": words_of_alto}
    pages: dict[int, list[tuple[Word, int]]] = defaultdict(list)
    unplaced: list[str] = []
    try:
        for said in reads[written](text):
            pages[said.page] += () if said.word is None else ((said.word, said.sure),)
            unplaced += (said.text,) if said.word is None else ()
            many = max(len(pages[said.page]), len(unplaced))
            if said.page > PAGE_LIMIT or many > WORD_LIMIT:
                what = "more pages or words than any form has"
                raise ReadError(what, where=source, remedy="give the form alone")
    except etree.LxmlError as error:
        raise ReadError(f"damaged: {error}", where=source, remedy=_AGAIN) from None
    named = _SYSTEM.search(text[:HEAD]) if written == "hocr" else None
    program = {"tsv": "Tesseract's TSV", "hocr": "hOCR", "alto": "ALTO XML"}[written]
    by = f"{program}, written by {named.group(1)}" if named else program
    numbers = range(1, max(pages, default=0) + 1)
    found = [upright(Page(tuple(_doubted(pages[number])))) for number in numbers]
    return Boxed(found, by, unplaced)


def _doubted(words: Sequence[tuple[Word, int]]) -> Iterator[Word]:
    """The words of a page, and a question mark behind figures of which the program was not sure.

    Nor are those into which a ruled line ran: 8 of 15 such were right, with a digit beside the line
    that it made another of. Of a line at the left of its cell a box as high as the line and a 1 are left.
    """
    printed = Counter(word.text.strip(_AROUND) for word, _ in words)
    clear = Counter(word.text for word, _ in words)
    told = len({sure for _, sure in words}) > 1  # one share for all says nothing of any
    high = median_low([word.height for word, _ in words if _AMOUNT.fullmatch(word.text)] or [0])
    for word, sure in words:
        once = told and printed[word.text.strip(_AROUND)] == 1
        led = _LED.fullmatch(word.text)
        if led and once and sure < _RULED and word.height * 10 >= _TALL * high:
            yield word._replace(text=f"{led['figure']}?{led['marks']}")
            continue
        amount = _AMOUNT.fullmatch(word.text)
        if not amount or sum(map(str.isdigit, word.text)) < _LONG:
            yield word
            continue
        before, figure, behind = amount.groups()
        touched = (before or behind) and not clear[figure]
        unsure = touched or (once and sure < _UNSURE)
        yield word._replace(text=f"{before}{figure}?{behind}") if unsure else word


def words_of_tsv(text: str) -> Iterator[Said]:
    """The words of Tesseract's TSV, each with the number of its page and how sure of it it was.

    Where one table follows another, the pages are counted on.
    """
    before = last = 0
    for line in text.split("\n"):
        cells = line.rstrip("\r").split("\t")
        before = last if cells[0] == "level" else before
        if len(cells) < 12 or cells[0] != "5" or not all(_whole(cells[i]) for i in (1, 6, 7, 8, 9)):
            continue
        page, left, top, wide, high = (int(cells[i]) for i in (1, 6, 7, 8, 9))
        last = before + max(1, page)
        said = cells[10].partition(".")[0]
        sure = int(said) if _whole(said) else ALL
        for word in words(cells[11], (left, top, left + wide, top + high)):
            yield Said(last, word, sure)


def _whole(text: str) -> bool:
    return text.isdecimal() and text.isascii() and len(text) < 7
