"""Bytes into text: what a document says of itself, else UTF-8, else Windows-1252.

A parser never sees the original bytes of anything but UTF-8, so no encoding can hide a
tag from the checks made on the text (a document type in UTF-16 or UTF-7, say).
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
"""How wide encodings begin; UTF-32 stands before UTF-16, whose mark its own starts with."""

_MARKED = tuple(mark for mark, _ in _MARKS)
_WIDE = tuple(mark for mark, encoding in _MARKS if encoding != "utf-8-sig")

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")

_KNOWN = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
    # What calls itself Latin-1 and uses the bytes Latin-1 keeps for controls is
    # Windows-1252, as every browser has found; elsewhere the two agree.
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-15": "iso-8859-15",
}
"""The encodings a declaration may ask for. Anything else is tried as UTF-8."""


class Decoded(NamedTuple):
    """A document's text, and what had to be assumed to read it ("" when nothing was)."""

    text: str
    assumed: str


def is_wide(payload: bytes) -> bool:
    """Whether the bytes are UTF-16 or UTF-32, in which ASCII is not itself."""
    return payload.startswith(_WIDE)


def decode(payload: bytes) -> Decoded:
    """The text of a document whose encoding is marked, declared or guessed in that order.

    It never fails: Windows-1252 with its five undefined bytes replaced is the last
    resort, and `assumed` says that it was needed.
    """
    for mark, encoding in _MARKS if payload.startswith(_MARKED) else ():
        if payload.startswith(mark):
            try:
                return Decoded(payload.decode(encoding).lstrip("\ufeff"), "")
            except UnicodeDecodeError:
                text = payload.decode(encoding, "replace").lstrip("\ufeff")
                return Decoded(text, f"damaged {encoding.removesuffix('-sig').upper()} text")
    found = _DECLARED.match(payload[:400])
    declared = found.group(1).decode("ascii").lower() if found else ""
    for encoding in dict.fromkeys((_KNOWN.get(declared, "utf-8"), "utf-8")):
        try:
            text = payload.decode(encoding)
        except UnicodeDecodeError:
            continue
        honest = not declared or _KNOWN.get(declared) == encoding
        return Decoded(
            text, "" if honest else f"declared as {declared}, read as {encoding.upper()}"
        )
    said = f"declared as {declared}, " if declared else "not UTF-8, "
    return Decoded(payload.decode("cp1252", "replace"), f"{said}read as Windows-1252")
