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
from typing import Literal

from lxml import etree

from ledger.errors import ReadError
from ledger.readers.encodings import decode
from ledger.readers.pages.page import PAGE_LIMIT, WORD_LIMIT, Page, Word
from ledger.readers.pages.turning import upright

Written = Literal["tsv", "hocr", "alto"]
"""The ways in which programs write words with their boxes."""

_TSV = re.compile(r"level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\t")
_HOCR = re.compile(r"""class\s*=\s*["']ocr_page["']""")
_ALTO = re.compile(r"<(?:\w+:)?alto[\s>]", re.IGNORECASE)
_BOX = re.compile(r"\bbbox\s+(\d{1,6})\s+(\d{1,6})\s+(\d{1,6})\s+(\d{1,6})")
_SYSTEM = re.compile(r"""name=["']ocr-system["']\s+content=["']([^"'<>]{1,60})["']""")
_SURE = re.compile(r"\bx_wconf\s+(\d{1,3})\b")
_SHARE = re.compile(r"0?\.(\d)(\d?)\d*")
_AMOUNT = re.compile(r"[|\[]?[1-9]\d{0,2}(?:(?:,\d{3})+(?:\.\d+)?|\.\d+|\d*)")
"""A figure as amounts and totals are printed, with what is left of a line before it."""

_ALL = 100
"""How sure a program is that says nothing of it."""

_UNSURE = 70
"""Of a hundred, how sure of a figure a program is to be: of 74 below, 23 were misread in faxes."""

_AROUND = "$|[])"
"""Signs around a figure that another print of it may lack."""

_LONG = 3
"""Digits from which on a figure is an amount and no mark."""

_WORD_CLASSES = frozenset({"ocrx_word", "ocr_word"})
_HEAD = 8_192
_SIGNS = (b"page_num", b"ocr_page", b"alto")
"""In lower case, what the head of any of these contains: most documents are told to be none by it."""

_AGAIN = "write the words of the page anew"


def written_as(payload: bytes) -> Written | None:
    """How words with boxes are written in a document; None where it holds none."""
    lowered = payload[:_HEAD].lower()
    if not any(sign in lowered for sign in _SIGNS):
        return None
    head = payload[:_HEAD].decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if _TSV.match(head):
        return "tsv"
    if _HOCR.search(head):
        return "hocr"
    return "alto" if head.startswith("<") and _ALTO.search(head) else None


def pages_of(payload: bytes, written: Written, *, source: str) -> tuple[list[Page], str]:
    """The pages of a document of words with boxes, and which program wrote it.

    Raises:
        ReadError: It is damaged, or has more pages or words than any form has.
    """
    text = decode(payload).text
    reads = {"tsv": words_of_tsv, "hocr": _hocr, "alto": _alto}
    pages: dict[int, list[tuple[Word, int]]] = defaultdict(list)
    try:
        for page, word, sure in reads[written](text):
            pages[page].append((word, sure))
            if page > PAGE_LIMIT or len(pages[page]) > WORD_LIMIT:
                what = "more pages or words than any form has"
                raise ReadError(what, where=source, remedy="give the form alone")
    except etree.LxmlError as error:
        raise ReadError(f"damaged: {error}", where=source, remedy=_AGAIN) from None
    named = _SYSTEM.search(text[:_HEAD]) if written == "hocr" else None
    program = {"tsv": "Tesseract's TSV", "hocr": "hOCR", "alto": "ALTO XML"}[written]
    by = f"{program}, written by {named.group(1)}" if named else program
    numbers = range(1, max(pages, default=0) + 1)
    return [upright(Page(tuple(_doubted(pages[number])))) for number in numbers], by


def _doubted(words: Sequence[tuple[Word, int]]) -> Iterator[Word]:
    """The words of a page, and a question mark behind figures of which the program was not sure."""
    printed = Counter(word.text.strip(_AROUND) for word, _ in words)
    for word, sure in words:
        amount = _AMOUNT.fullmatch(word.text) and sum(map(str.isdigit, word.text)) >= _LONG
        if amount and sure < _UNSURE and printed[word.text.strip(_AROUND)] == 1:
            yield word._replace(text=f"{word.text}?")
        else:
            yield word


def _word(text: str, left: int, top: int, right: int, bottom: int) -> Iterator[Word]:
    text = re.sub(r"\s+", " ", text).strip()
    if text and right > left >= 0 and bottom > top >= 0:
        yield Word(text, left, top, right, bottom)


def words_of_tsv(text: str) -> Iterator[tuple[int, Word, int]]:
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
        sure = int(said) if _whole(said) else _ALL
        for word in _word(cells[11], left, top, left + wide, top + high):
            yield last, word, sure


def _whole(text: str) -> bool:
    return text.isdecimal() and text.isascii() and len(text) < 7


def _hocr(text: str) -> Iterator[tuple[int, Word, int]]:
    parser = etree.HTMLParser(no_network=True, huge_tree=False, recover=True)
    root = etree.fromstring(text.encode(), parser)
    page = 0
    for element in () if root is None else root.iter():
        kinds = set(str(element.get("class") or "").split())
        page += "ocr_page" in kinds
        title = str(element.get("title") or "")
        box = _BOX.search(title) if kinds & _WORD_CLASSES else None
        if box:
            left, top, right, bottom = map(int, box.groups())
            said = "".join(str(part) for part in element.itertext())
            told = _SURE.search(title)
            for word in _word(said, left, top, right, bottom):
                yield max(1, page), word, int(told[1]) if told else _ALL


def _alto(text: str) -> Iterator[tuple[int, Word, int]]:
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=True
    )
    root = etree.fromstring(re.sub(r"^<\?xml[^>]*\?>", "", text.lstrip()).encode(), parser)
    page = 0
    for element in () if root is None else root.iter():
        name = str(element.tag).rpartition("}")[2]
        page += name == "Page"
        if name != "String":
            continue
        places = [str(element.get(side) or "").partition(".")[0] for side in _SIDES]
        if all(map(_whole, places)):
            left, top, wide, high = map(int, places)
            share = _SHARE.fullmatch(str(element.get("WC") or ""))
            sure = int(share[1] + (share[2] or "0")) if share else _ALL
            said = str(element.get("CONTENT") or "")
            for word in _word(said, left, top, left + wide, top + high):
                yield max(1, page), word, sure


_SIDES = ("HPOS", "VPOS", "WIDTH", "HEIGHT")
