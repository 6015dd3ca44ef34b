"""One reporting owner: the name, the address, and how the owner is related to the issuer."""

from __future__ import annotations

import re
from typing import Any

from ledger.filing import Owner
from ledger.readers.scan.boxes import BESIDE, OFFICER, OTHER, OWNER, RELATIONSHIP, Boxes, is_label
from ledger.readers.scan.labels import Match, letters
from ledger.readers.scan.markup import BREAK
from ledger.readers.scan.tokens import DAY

_STREET = re.compile(
    r"(?i)\s(?:c/o\b|p\.?\s*o\.?\s+box|attn\b|\d+\s.*\b(?:street|st|avenue|ave|road|rd|drive|dr|lane"
    r"|ln|boulevard|blvd|way|place|plaza|suite|ste|floor|parkway|pkwy|court|circle|square)\b)"
)
_CITY = re.compile(
    r"^(?P<city>[^\d]*?[^\d\s,]),?\s+(?P<state>[A-Z][A-Z0-9])\s+(?P<zip>[A-Z0-9-]{5,10})$"
)
_PLACE = re.compile(
    r"(?i)\bc/o\b|\bp\.?\s?o\.? box\b|\d\S*\s.*\b(?:street|st|avenue|ave|road|rd|drive|dr|lane|ln|boulevard"
    r"|blvd|parkway|pkwy|plaza|suite|ste|floor|way)\b"
)
"""What an address has, and no title of an officer."""

_PART = re.compile(r"(?i)\(\s*(?:last|first|middle)\s*\)")
"""The label of a part of a name."""

_LONGEST_NAME = 80


def owner_of(boxes: Boxes) -> Owner:
    """The owner named first in a stretch of boxes; what is not legible stays None."""
    label = boxes.find(OWNER)
    if label is None:
        boxes.note("owner", "", "field unknown", "the label before the name is not legible")
        return Owner()
    found = boxes.candidates(label)
    name = _person(found[0], boxes) if found else None
    if name is not None and " " not in name:
        name = _spread(name, boxes, label)
    if name is not None and boxes.shared(label):
        name = _told_apart(name, boxes)
    if name is None:
        why = "no name can be told from what stands around it"
        boxes.note("owner", found[0] if found else "", "field unknown", why)
    address = _address(found[0]) if found else {}
    return Owner(**{"name": name} | address | _relationship(boxes, label))


def _person(text: str, boxes: Boxes) -> str | None:
    """The name at the start of a block, up to its labels, its street or the line's end."""
    end = BESIDE.search(text)
    first, *_ = (text[: end.start()] if end else text).strip(f" {BREAK}").split(BREAK)
    bounded = end is not None or BREAK in text
    street = None if bounded else _STREET.search(first)
    name = first[: street.start()] if street else first
    name = re.sub(r"\s+", " ", name).strip(" ,*")
    if len(letters(name)) < 2 or len(name) > _LONGEST_NAME:
        return None
    if street:
        why = "the labels under the name are lost; it is taken to end where the street begins"
        boxes.note("owner", first, "inferred", why)
    return name


def _spread(name: str, boxes: Boxes, label: Match) -> str:
    """A name of which each part is typed above its own label: last, first, middle."""
    found = boxes.find(name, after=label.end, tolerance=0)
    if found is None:
        return name
    at = boxes.flow.place(found.start).line
    for below in boxes.flow.lines[at + 1 : at + 3]:
        parts = [cell for cell in below.filled if _PART.fullmatch(cell.text.strip())]
        if len(parts) < 2:
            continue
        cells = [
            c for c in boxes.flow.lines[at].filled if parts[0].start <= c.start < parts[-1].end
        ]
        words = [cell.text.strip() for cell in cells]
        if len(words) > 1 and words[0] == name and all(map(letters, words)):
            why = "its parts stand apart, each above its label"
            boxes.note("owner", "  ".join(words), "inferred", why)
            return " ".join(words)
    return name


def _told_apart(words: str, boxes: Boxes) -> str | None:
    """The name that begins a line in which other boxes' values follow it."""
    behind = re.search(rf"\(|[\[{{]|{DAY.pattern[4:]}", words)
    name = words[: behind.start()].strip() if behind else words
    bracketed = behind is not None and words[behind.start()] in "[{"
    if bracketed:
        at = boxes.repeated(name)
        name = " ".join(name.split()[:at])
    if len(letters(name)) < 4:
        why = "other names run together with the owner's"
        boxes.note("owner", words, "field unknown", why)
        return None
    why = "values of other boxes run together with the name; it is taken to end before them"
    boxes.note("owner", words, "inferred", why)
    return name


def _address(text: str) -> dict[str, Any]:
    """Street, city, state and zip code, where each stands between the labels it should."""
    flat = re.sub(rf"[\s{BREAK}]+", " ", text)
    middle, street, city = (
        re.search(rf"(?i)\(\s*{word}\s*\)", flat) for word in ("middle", "street", "city")
    )
    found: dict[str, Any] = {}
    if middle and street and middle.end() < street.start():
        between = flat[middle.end() : street.start()].strip()
        if between:
            found["street1"] = between
    if street and city and street.end() < city.start():
        place = _CITY.match(flat[street.end() : city.start()].strip())
        if place:
            found |= {"city": place["city"], "state": place["state"], "zip_code": place["zip"]}
    return found


_BEFORE_TITLE = re.compile(
    r"^(?:.*\[ ?[A-Z.]{1,6} ?\](?=.*[A-Za-z])\s*|[^\w(\"']+|\d{6,}\s+|(?!co\b)[a-z]{1,3}\d?\s+(?=[A-Z])|\w*[a-z]\d+[a-z]\w*\s+)+"
)
"""The company and its symbol, and specks and shreds, in front of an officer's title."""

_NO_TITLE = re.compile(r"[a-z]{1,4}\W*$|\w*[a-z]\d+[a-z]\w*$|(?i:see)\W*$")
"""Shreds that are no title."""


def _relationship(boxes: Boxes, owner: Match) -> dict[str, Any]:
    """The four boxes and the words below them, each only from a mark that can be seen."""
    start = boxes.find(RELATIONSHIP) or owner
    director = boxes.find("Director", after=start.end, tolerance=0.13)
    ten = boxes.find("10% Owner", after=start.end, tolerance=0.15)
    officer = boxes.find(OFFICER, after=start.end)
    other = boxes.find(OTHER, after=start.end)
    places = {"director": director, "ten_percent_owner": ten, "officer": officer, "other": other}
    said: dict[str, Any] = {name: boxes.ticked(place) for name, place in places.items()}
    follow = director and other and said["director"] is None and boxes.box_behind(other)
    if follow:
        said = dict.fromkeys(said)
    unseen = [name for name, value in said.items() if value is None]
    if len(unseen) == len(said):
        why = "no mark can be told to belong to one of its boxes"
        boxes.note("relationship", "", "field unknown", why)
    elif unseen and False in said.values():
        why = f"other boxes can be seen, but none for {', '.join(unseen)}"
        boxes.note("relationship", "", "field unknown", why.replace("_", " "))
    return said | (_title(boxes, other, said) if other else {})


def _title(boxes: Boxes, other: Match, said: dict[str, Any]) -> dict[str, Any]:
    """The words below the boxes for officers and others, where one of them is ticked."""
    words = boxes.behind(other.end).strip(f" :){BREAK}") or _below(boxes, other.end)
    words = re.sub(rf"[\s{BREAK}]+", " ", words).strip(" _|")
    words = re.sub(r"\s\d{1,2}\s?\.$", "", words)  # the number of the box below
    words = _BEFORE_TITLE.sub("", words)
    if len(letters(words)) < 2 or DAY.search(words) or BESIDE.search(words):
        if said["officer"]:
            boxes.note("officer_title", "", "field unknown", "no title is legible below its box")
        return {}
    if _PLACE.search(words) or _NO_TITLE.match(words):
        why = "what stands below its box is an address"
        why = why if _PLACE.search(words) else "what stands below its box is no title"
        boxes.note("officer_title", words, "field unknown", why)
        return {}
    if said["officer"] is True and said["other"] is not True:
        return {"officer_title": words}
    if said["other"] is True and said["officer"] is not True:
        return {"other_text": words}
    why = "the box it belongs to is not legible"
    boxes.note("officer_title", words, "field unknown", why)
    return {}


def _below(boxes: Boxes, at: int) -> str:
    """The one cell under the boxes that can be a title; "" where several or none can."""
    place = boxes.flow.place(max(0, at - 1))
    line = boxes.flow.lines[place.line]
    left = min(cell.start for cell in line.filled)
    for below in boxes.flow.lines[place.line + 1 : place.line + 2]:
        cells = [cell for cell in below.filled if cell.end > left]
        if len(cells) == 1 and cells[0].start >= left - 1 and not is_label(cells[0].text):
            return cells[0].text
    return ""
