"""Cells of a rendered page: their words, and the raised marks beside them, which are no words.

A mark is what leads to a footnote: `519` with a raised `(1)` is 519 shares and note 1, and
never 5191 of them, as a reader makes of it that only joins the letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from lxml import etree

WIDEST = 60
"""More columns than any table of the forms has, however its cells are said to span."""

_MARKS = re.compile(r"[\s\[\](),;]*(?:F?\d{1,2}(?!\d)[\s\[\](),;]*)+")
_LOWERED_MARKS = re.compile(r"(?<=[\w.$])\s*((?:\(\d{1,2}\)[\s,;]*)+)$|^((?:\(\d{1,2}\)[\s,;]*)+)$")
_OPENING = 500
"""Characters in which every label of the form has ended."""
_NUMBER = re.compile(r"\d{1,2}")
_BRACKETS = " \t\r\n\xa0[](),;"
_RAISED_STYLE = re.compile(r"(?i)vertical-align\s*:\s*super|font-variant-position\s*:\s*super")
_RAISED = re.compile("[\u2070\u00b9\u00b2\u00b3\u2074-\u2079\u207d\u207e]+")
_LOWER = str.maketrans(
    "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207d\u207e", "0123456789()"
)
"""Digits and brackets that Unicode has raised, and what they are raised from."""
_BREAKS = frozenset({"br", "p", "div", "tr", "table", "hr", "li"})
_BREAK = "\0"
"""Where a page begins a new line; no page can have this character as a word."""
_SILENT = frozenset({"script", "style", "template", "noscript"})


class Cell(NamedTuple):
    """The words of a cell, the ids of the footnotes that its marks lead to, its width in columns."""

    text: str
    notes: tuple[str, ...] = ()
    across: int = 1

    def unmarked(self) -> Cell:
        """The cell of a figure, day or letter: marks that stand unraised behind it are marks too."""
        found = _LOWERED_MARKS.search(self.text)
        if found is None:
            return self
        notes = (*self.notes, *_ids(found[0]))
        return Cell(self.text[: found.start()].strip(), tuple(dict.fromkeys(notes)), self.across)


class Page:
    """A page whose boxes are found by the labels that they begin with."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self._openings = [(cell, opening_of(cell)) for cell in root.iter("td", "th")]

    def boxes(self, label: re.Pattern[str]) -> list[etree._Element]:
        """The innermost cells that begin with a label, in order."""
        found = [cell for cell, opening in self._openings if label.match(opening)]
        return [
            cell
            for cell, after in zip_longest(found, found[1:])
            if after is None or cell not in after.iterancestors("td", "th")
        ]

    def begins(self) -> Iterator[str]:
        """How the page's title, its cells and its body begin."""
        yield from (opening_of(node) for node in self.root.iter("title"))
        yield from (opening for _, opening in self._openings)
        yield from (opening_of(node) for node in self.root.iter("body"))


def cell_of(node: etree._Element) -> Cell:
    """What stands in an element."""
    words: list[str] = []
    notes: list[str] = []
    _gather(node, words, notes)
    return Cell(_joined(words), tuple(dict.fromkeys(notes)))


def words_of(node: etree._Element) -> str:
    """The words of an element, without marks."""
    return cell_of(node).text


def raw_words_of(node: etree._Element) -> str:
    """Everything that is written in an element, marks included."""
    words: list[str] = []
    _gather(node, words, None)
    return _joined(words)


def raw_lines_of(node: etree._Element) -> list[str]:
    """Everything that is written in an element, marks included, in the lines it is shown in."""
    words: list[str] = []
    _gather(node, words, None)
    return [_joined([line]) for line in "".join(words).split(_BREAK)]


def opening_of(node: etree._Element) -> str:
    """How the text of an element begins, in one line: enough to know a label by."""
    said: list[str] = []
    length = 0
    for piece in node.itertext():
        said.append(str(piece))
        length += len(piece)
        if length > _OPENING:
            break
    return " ".join("".join(said)[: 2 * _OPENING].replace("\xa0", " ").split())


def rows_of(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table, and not those of tables inside it."""
    return (row for row in table.iter("tr") if next(row.iterancestors("table")) is table)


def cells_in(row: etree._Element) -> list[etree._Element]:
    """The cells of a row, in order."""
    return [cell for cell in row if cell.tag in {"td", "th"}]


def span(cell: etree._Element, side: str) -> int:
    """How many columns or rows a cell says that it spans, within reason."""
    said = (cell.get(f"{side}span") or "1").strip()
    return max(1, min(int(said), WIDEST)) if said.isdecimal() and len(said) < 4 else 1


def _gather(node: etree._Element, words: list[str], notes: list[str] | None) -> None:
    """Take an element's words, and its marks apart where they are asked for."""
    if node.tag in _SILENT or not isinstance(node.tag, str):
        return
    if notes is not None and _marking(node):
        text = "".join(str(piece) for piece in node.itertext())
        if not text.strip(_BRACKETS) or _MARKS.fullmatch(text):
            notes.extend(_ids(text))
            return
    words.append(_lowered(node.text, notes))
    for child in node:
        if child.tag in _BREAKS:
            words.append(_BREAK)
        _gather(child, words, notes)
        words.append(_lowered(child.tail, notes))


def _lowered(text: str | None, notes: list[str] | None) -> str:
    """A text without the marks that are raised digits of Unicode, where marks are asked for."""
    if not text or notes is None or not _RAISED.search(text):
        return text or ""
    for found in _RAISED.findall(text):
        notes.extend(_ids(found.translate(_LOWER)))
    return _RAISED.sub("", text)


def _marking(node: etree._Element) -> bool:
    """Whether an element is raised, or of the class in which the SEC prints marks."""
    return (
        node.tag == "sup"
        or "footnote" in (node.get("class") or "").lower()
        or bool(_RAISED_STYLE.search(node.get("style") or ""))
    )


def _ids(text: str) -> list[str]:
    """The ids of footnotes in XML, from their numbers as they are shown."""
    return [f"F{int(number)}" for number in _NUMBER.findall(text)]


def _joined(words: list[str]) -> str:
    """Words as a browser shows them, but for blanks inside a line, which the filer chose."""
    lines = (
        "".join(words).replace(_BREAK, "\n").replace("\xa0", " ").replace("\r", "\n").split("\n")
    )
    return " ".join(filter(None, (line.strip() for line in lines)))
