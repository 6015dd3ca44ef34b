"""Words with boxes in hOCR, as Tesseract, Kraken, OCRopus, Cuneiform and others write it.

Some draw a box around every word, some around every line, some around every letter
(`x_bboxes`); some say how sure they were of a word (`x_wconf`), some of each letter (`x_confs`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

from ledger.readers.pages import runs
from ledger.readers.pages.page import Word

_BOX = re.compile(rf"\bbbox\s+({runs.NUMBER})" + rf"\s+({runs.NUMBER})" * 3)
_LETTERS = re.compile(rf"\bx_bboxes((?:\s+{runs.NUMBER}){{4,4000}})")
_SURE = re.compile(r"\bx_w?confs?((?:\s+\d{1,3}(?:\.\d{0,9})?)+)")
_FINE = re.compile(r"\bbbox\s[^;\"'<>]{0,60}?\d\.\d{0,8}[1-9]")
"""A box in fractions of a unit."""

_WORDS = frozenset({"ocrx_word", "ocr_word"})
_LINES = frozenset(
    {"ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat"}
)


class Said(NamedTuple):
    """A word of a page, how sure the program was of it, or a text without a place (`word` is None)."""

    page: int
    word: Word | None
    sure: int
    text: str = ""


def words_of_hocr(text: str) -> Iterator[Said]:
    """The words of hOCR in document order; what stands before any page is on the first."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, recover=True)
    root = etree.fromstring(text.encode(), parser)
    fine = 10 if _FINE.search(text) else 1
    page = 0
    elements = iter(()) if root is None else root.iter()
    for element in elements:
        kinds = _kinds(element)
        page += "ocr_page" in kinds
        if kinds & _WORDS or (kinds & _LINES and not _divided(element)):
            yield from _run(element, max(1, page), fine)


def _kinds(element: Any) -> frozenset[str]:
    return frozenset(str(element.get("class") or "").split())


def _divided(line: Any) -> bool:
    """Whether a line has words, or lines, with boxes of their own."""
    return any(_kinds(below) & (_WORDS | _LINES) for below in line.iterdescendants())


def _run(element: Any, page: int, fine: int) -> Iterator[Said]:
    """The words of one box."""
    title = str(element.get("title") or "")
    said = "".join(str(part) for part in element.itertext())
    told = _SURE.search(title)
    shares = [runs.share(part) for part in told[1].split()] if told else []
    sure = min((share for share in shares if share is not None), default=runs.ALL)
    found = False
    for word in _placed(element, title, said, fine):
        found = True
        yield Said(page, word, sure)
    if not found and said.strip():
        yield Said(page, None, sure, said.strip())


def _placed(element: Any, title: str, said: str, fine: int) -> Iterator[Word]:
    below = (str(other.get("title") or "") for other in element.iterdescendants())
    for told in (title, *below):
        found = _LETTERS.search(told)
        places = [runs.place(part, fine) for part in found[1].split()] if found else []
        text = re.sub(r"\s", " ", said).strip()
        if len(places) == 4 * len(text) > 4 and None not in places:
            quads = [tuple(places[at : at + 4]) for at in range(0, len(places), 4)]
            yield from runs.lettered(text, quads)  # type: ignore[arg-type]
            return
    box = _BOX.search(title)
    if box:
        yield from runs.words(said, tuple(runs.place(side, fine) for side in box.groups()))  # type: ignore[arg-type]
