"""Which kind of pages a document holds, told without loading what reads them."""

from __future__ import annotations

import re
from typing import Literal

from ledger.readers.encodings import decode, is_wide

Written = Literal["tsv", "hocr", "alto"]
"""The ways in which programs write words with their boxes."""

Kind = Literal["pdf", "picture", "tsv", "hocr", "alto"]
"""What pages come in."""

_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
"""How pictures begin: PNG, JPEG and TIFF."""
_TSV = re.compile(r"level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\t")
_HOCR = re.compile(r"""class\s*=\s*["']?(?:[\w-]+\s+){0,4}ocrx?_(?:page|line|word)\b""")
_ALTO = re.compile(r"<(?:\w+:)?alto[\s>]", re.IGNORECASE)
HEAD = 8_192
"""Bytes of a document that say how its words are written, and by which program."""

_SIGNS = (b"page_num", b"ocr_page", b"ocr_line", b"ocrx_word", b"alto")
"""In lower case, what the head of any of these contains: most documents are told to be none by it."""


def kind_of(payload: bytes) -> Kind | None:
    """Which kind of pages a document holds; None where it is none of them."""
    if payload.startswith(b"%PDF-"):
        return "pdf"
    return "picture" if payload.startswith(_PICTURES) else _written_as(payload)


def _written_as(payload: bytes) -> Written | None:
    """How words with boxes are written in a document; None where it holds none."""
    beginning = payload[:HEAD]
    if is_wide(beginning):
        beginning = decode(beginning).text.encode()
    lowered = beginning.lower()
    if not any(sign in lowered for sign in _SIGNS):
        return None
    head = beginning.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if _TSV.match(head):
        return "tsv"
    if _HOCR.search(head):
        return "hocr"
    return "alto" if head.startswith("<") and _ALTO.search(head) else None
