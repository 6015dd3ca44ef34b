"""The words of a page in the dialects of programs that write hOCR and ALTO XML each their own way.

Every writer takes the pages' lines of words with boxes, and says the same of them; those named in
`BY_LINE` say no more of a word's place than its line's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple


class Box(NamedTuple):
    """A word, its box, and how sure its program was of it, of a hundred."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    sure: int = 96


Sheet = list[list[Box]]
"""The lines of a page."""


def sheets_of(tsv: bytes, *, gap: int | None = None) -> list[Sheet]:
    """The lines of each page of Tesseract's TSV, cut where words stand further apart than `gap` heights."""
    lines: dict[tuple[str, ...], list[Box]] = defaultdict(list)
    for row in tsv.decode().split("\n"):
        cells = row.split("\t")
        if cells[0] == "5" and cells[11].strip():
            left, top, wide, high = map(int, cells[6:10])
            sure = int(float(cells[10]))
            lines[tuple(cells[1:5])].append(
                Box(cells[11].strip(), left, top, left + wide, top + high)._replace(sure=sure)
            )
    sheets: dict[str, Sheet] = defaultdict(list)
    for key, words in lines.items():
        runs = [[words[0]]]
        for before, word in pairwise(words):
            high = min(before.bottom - before.top, word.bottom - word.top)
            if gap is not None and word.left - before.right > gap * high:
                runs.append([])
            runs[-1].append(word)
        sheets[key[0]] += runs
    return list(sheets.values())


def around(words: Sequence[Box]) -> tuple[int, int, int, int]:
    """The box around some words."""
    return (
        min(word.left for word in words),
        min(word.top for word in words),
        max(word.right for word in words),
        max(word.bottom for word in words),
    )


def said(words: Sequence[Box]) -> str:
    """What a line says."""
    return " ".join(word.text for word in words)


def _html(body: str, system: str) -> bytes:
    head = f'<meta name="ocr-system" content="{system}"/>'
    return f"<!DOCTYPE html>\n<html><head>{head}</head><body>{body}</body></html>".encode()


def _places(places: Sequence[float]) -> str:
    return " ".join(map(str, places))


def by_kraken(sheets: Sequence[Sheet]) -> bytes:
    """hOCR with lines and words, and how sure it was of every letter."""
    body = ""
    for number, sheet in enumerate(sheets):
        body += (
            f'<div class="ocr_page" title="image a b.png; bbox 0 0 3400 4400; ppageno {number}">\n'
        )
        for line in sheet:
            body += f'<span class="ocr_line" title="bbox {_places(around(line))}">\n'
            for word in line:
                shares = _places([0.99] * (len(word.text) - 1) + [word.sure / 100])
                body += (
                    f'<span class="ocrx_word" title="bbox {_places(word[1:5])}; x_confs {shares}">'
                    f"{escape(word.text)}</span> "
                )
            body += "</span><br/>\n"
        body += "</div>"
    return _html(body, "kraken 5.2.9")


def by_ocropus(sheets: Sequence[Sheet]) -> bytes:
    """hOCR with lines alone."""
    body = ""
    for sheet in sheets:
        body += "<div class='ocr_page' title='file page.png'>\n"
        for line in sheet:
            body += f"<span class='ocr_line' title='bbox {_places(around(line))}'>{escape(said(line))}</span><br />\n"
        body += "</div>"
    return _html(body, "ocropy")


def by_cuneiform(sheets: Sequence[Sheet]) -> bytes:
    """hOCR with lines, and the box of every letter behind each."""
    body = ""
    for sheet in sheets:
        body += '<div class="ocr_page" id="page_1" title="image page.bmp; bbox 0 0 3400 4400">\n<p>'
        for at, line in enumerate(sheet):
            quads = []
            for word in line:
                quads += [(-1, -1, -1, -1)] if quads else []
                step = (word.right - word.left) / len(word.text)
                quads += [
                    (
                        round(word.left + step * i),
                        word.top,
                        round(word.left + step * (i + 1)),
                        word.bottom,
                    )
                    for i in range(len(word.text))
                ]
            letters = " ".join(_places(quad) for quad in quads)
            body += (
                f'<span class="ocr_line" id="line_{at}" title="bbox {_places(around(line))}">'
                f'{escape(said(line))}<span class="ocr_cinfo" title="x_bboxes {letters}"> </span></span>\n'
            )
        body += "</p></div>"
    return _html(body, "cuneiform")


def in_fractions(sheets: Sequence[Sheet]) -> bytes:
    """hOCR with words alone, in points and their fractions, a class unquoted, nothing said of how sure."""
    body = ""
    for sheet in sheets:
        body += '<div class=ocr_page title="bbox 0.0 0.0 612.0 792.0">'
        for word in (word for line in sheet for word in line):
            places = _places([round(place * 0.36, 3) for place in word[1:5]])
            body += f'<span class="ocrx_word" title="bbox {places}">{escape(word.text)}</span>\n'
        body += "</div>"
    return _html(body, "another")


def _alto(body: str, version: int, unit: str) -> bytes:
    space = f"http://www.loc.gov/standards/alto/ns-v{version}#"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<alto xmlns="{space}" '
        'xmlns:xlink="http://www.w3.org/1999/xlink"><Description>'
        f"<MeasurementUnit>{unit}</MeasurementUnit></Description>"
        f"<Layout>{body}</Layout></alto>"
    ).encode()


def _sides(places: Sequence[float], scale: float, digits: int | None) -> str:
    left, top, right, bottom = (round(place * scale, digits) for place in places)
    sides = (left, top, round(right - left, digits), round(bottom - top, digits))
    names = ("HPOS", "VPOS", "WIDTH", "HEIGHT")
    return " ".join(f'{name}="{side}"' for name, side in zip(names, sides, strict=True))


def by_abbyy(sheets: Sequence[Sheet]) -> bytes:
    """ALTO 2 in tenths of millimetres with fractions, blocks within blocks, blanks, letters' shares."""
    body = ""
    for sheet in sheets:
        body += (
            '<Page PHYSICAL_IMG_NR="1"><PrintSpace><ComposedBlock><ComposedBlock TYPE="container">'
        )
        for line in sheet:
            body += f"<TextBlock><TextLine {_sides(around(line), 1.27, 1)}>"
            for word in line:
                unsure = min(9, (100 - word.sure) * 9 // 100)
                shares = " ".join(["0"] * (len(word.text) - 1) + [str(unsure)])
                body += (
                    f'<String STYLE="bold" {_sides(word[1:5], 1.27, 1)} WC="{word.sure / 100:.2f}" '
                    f'CC="{shares}" CONTENT="{escape(word.text)}"/><SP HPOS="1" VPOS="1" WIDTH="9"/>'
                )
            body += "</TextLine></TextBlock>"
        body += "</ComposedBlock></ComposedBlock></PrintSpace></Page>"
    return _alto(body, 2, "mm10")


def in_inches(sheets: Sequence[Sheet]) -> bytes:
    """ALTO 3 in 1200ths of an inch, with nothing said of how sure its program was."""
    body = ""
    for sheet in sheets:
        body += "<Page><PrintSpace><TextBlock>"
        for line in sheet:
            body += "<TextLine>"
            for word in line:
                body += f'<String CONTENT="{escape(word.text)}" {_sides(word[1:5], 6, None)}/><SP/>'
            body += "</TextLine>"
        body += "</TextBlock></PrintSpace></Page>"
    return _alto(body, 3, "inch1200")


def by_polygons(sheets: Sequence[Sheet]) -> bytes:
    """ALTO 4 with polygons in place of boxes, and the letters below the words."""
    body = ""
    for sheet in sheets:
        body += "<Page><PrintSpace><TextBlock>"
        for line in sheet:
            body += '<TextLine BASELINE="1,2 3,4">'
            for word in line:
                _, left, top, right, bottom, sure = word
                points = f"{left},{top} {right},{top} {right},{bottom} {left},{bottom}"
                body += (
                    f'<String CONTENT="{escape(word.text)}" WC="{sure / 100:.4f}">'
                    f'<Shape><Polygon POINTS="{points}"/></Shape>'
                    f'<Glyph CONTENT="{escape(word.text[0])}" GC="0.9"/></String><SP/>'
                )
            body += "</TextLine>"
        body += "</TextBlock></PrintSpace></Page>"
    return _alto(body, 4, "pixel")


def by_transkribus(sheets: Sequence[Sheet]) -> bytes:
    """ALTO 4 with a whole line in each `String`."""
    body = ""
    for sheet in sheets:
        body += "<Page><PrintSpace><TextBlock>"
        for line in sheet:
            sides = _sides(around(line), 1, None)
            body += f'<TextLine {sides}><String CONTENT="{escape(said(line))}" {sides}/></TextLine>'
        body += "</TextBlock></PrintSpace></Page>"
    return _alto(body, 4, "pixel")


def by_escriptorium(sheets: Sequence[Sheet]) -> bytes:
    """ALTO 4 in which lines alone have places."""
    body = ""
    for sheet in sheets:
        body += "<Page><PrintSpace><TextBlock>"
        for line in sheet:
            words = "".join(f'<String CONTENT="{escape(word.text)}"/><SP/>' for word in line)
            body += f"<TextLine {_sides(around(line), 1, None)}>{words}</TextLine>"
        body += "</TextBlock></PrintSpace></Page>"
    return _alto(body, 4, "pixel")


Writer = Callable[[Sequence[Sheet]], bytes]

BY_WORD: tuple[Writer, ...] = (
    *(by_kraken, by_cuneiform, in_fractions),
    *(by_abbyy, in_inches, by_polygons),
)
BY_LINE: tuple[Writer, ...] = (by_ocropus, by_transkribus, by_escriptorium)
