"""Which kind of pages a document holds, told without loading what reads them."""

from __future__ import annotations

from typing import Literal

from ledger.readers.pages import word_boxes

Kind = Literal["pdf", "picture", "tsv", "hocr", "alto"]
"""What pages come in."""

_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
"""How pictures begin: PNG, JPEG and TIFF."""


def kind_of(payload: bytes) -> Kind | None:
    """Which kind of pages a document holds; None where it is none of them."""
    if payload.startswith(b"%PDF-"):
        return "pdf"
    return "picture" if payload.startswith(_PICTURES) else word_boxes.written_as(payload)
