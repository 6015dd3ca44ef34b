"""Words with boxes in ALTO XML of any version, in pixels, tenths of millimetres or 1200ths of an inch.

Some programs write one `String` for each word, some one for each line. A `String` without a place
of its own has its `Shape`'s; a line of which none has either is one box. A word that was divided at
the end of a line (`SUBS_CONTENT`) is read whole where it begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from ledger.readers.pages import runs
from ledger.readers.pages.hocr import Said

_SIDES = ("HPOS", "VPOS", "WIDTH", "HEIGHT")
_FINE = re.compile(r"\b(?:[HV]POS|WIDTH|HEIGHT)\s*=\s*[\"']\d{1,6}\.\d{0,8}[1-9]")
"""A place in fractions of a unit."""

_WORST = 9
"""How unsure a program may be of a letter in `CC`."""


def words_of_alto(text: str) -> Iterator[Said]:
    """The words of ALTO XML in document order; what stands before any page is on the first."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=True
    )
    root = etree.fromstring(re.sub(r"^<\?xml[^>]*\?>", "", text.lstrip()).encode(), parser)
    fine = 10 if _FINE.search(text) else 1
    page = 0
    elements = iter(()) if root is None else root.iter()
    divided = ""
    for element in elements:
        name = _name(element)
        page += name == "Page"
        if name != "String":
            continue
        said = str(element.get("CONTENT") or "")
        part, whole = str(element.get("SUBS_TYPE") or ""), str(element.get("SUBS_CONTENT") or "")
        if part == "HypPart2" and whole and whole == divided:
            divided = ""
            continue
        divided = whole if part == "HypPart1" and whole.startswith(said.rstrip("-")) else ""
        yield from _run(element, divided or said, max(1, page), fine)


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _run(element: Any, said: str, page: int, fine: int) -> Iterator[Said]:
    """The words of one box."""
    box = _place(element, fine)
    if box is None and (line := element.getparent()) is not None:
        strings = [other for other in line if _name(other) == "String"]
        # What no String has a place of its own for stands in the line's, one behind the other.
        if not any(_place(other, fine) for other in strings) and (box := _place(line, fine)):
            if element is not strings[0]:
                return
            said = " ".join(str(other.get("CONTENT") or "") for other in strings)
    sure, found = _sure(element), False
    for word in runs.words(said, box) if box else ():
        found = True
        yield Said(page, word, sure)
    if not found and said.strip():
        yield Said(page, None, sure, said.strip())


def _place(element: Any, fine: int) -> runs.Box | None:
    return _box(element, fine) or _shape(element, fine)


def _box(element: Any, fine: int) -> runs.Box | None:
    left, top, wide, high = (runs.place(str(element.get(side) or ""), fine) for side in _SIDES)
    if left is None or top is None or wide is None or high is None:
        return None
    return left, top, left + wide, top + high


def _shape(element: Any, fine: int) -> runs.Box | None:
    """The box around an element's polygon."""
    for below in element.iter():
        if _name(below) == "Polygon":
            parts = re.split(r"[\s,]+", str(below.get("POINTS") or "").strip())
            places = [one for part in parts if (one := runs.place(part, fine)) is not None]
            if len(places) == len(parts) and len(places) >= 4 and not len(places) % 2:
                across, down = places[::2], places[1::2]
                return min(across), min(down), max(across), max(down)
        elif below is not element and _name(below) == "String":
            return None
    return None


def _sure(element: Any) -> int:
    """How sure the program was of a word, of a hundred: of its least sure letter where it says so."""
    share = runs.share(str(element.get("WC") or ""))
    if share is not None:
        return share
    worst = re.findall(r"\d", str(element.get("CC") or ""))
    return (_WORST - max(map(int, worst))) * runs.ALL // _WORST if worst else runs.ALL
