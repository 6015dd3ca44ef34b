"""Reads a Form 3, 4 or 5 from its pages: a PDF's, pictures of them, or words with boxes."""

from __future__ import annotations

from ledger.errors import ReadError
from ledger.filing import Repair
from ledger.readers.pages import word_boxes
from ledger.readers.pages.apart import pages_apart
from ledger.readers.pages.kinds import Kind
from ledger.readers.pages.layout import lines_of_page
from ledger.readers.pieces import Part
from ledger.readers.scan import reader as scanned
from ledger.readers.scan.bundles import Leaf

_PLACES = "let its program write where each word or line stands (bbox in hOCR, HPOS in ALTO)"
_LEFT = "the document does not say where it stands on the page"


def read(
    payload: bytes, kind: Kind, *, source: str, accession: str | None = None
) -> tuple[Part, ...]:
    """Turn pages into the filings of their forms; which program read them is among the repairs.

    Raises:
        NotAnOwnershipForm: There is no Form 3, 4 or 5, or what reads it is not installed.
        ReadError: It cannot be read.
    """
    pages, program, unplaced = _pages(payload, kind, source)
    leaves = [
        Leaf(number, lines_of_page(page, number)) for number, page in enumerate(pages, start=1)
    ]
    if not any(leaf.lines for leaf in leaves):
        remedy = "read its pictures with a program for character recognition, and give that"
        what = "pages without any words"
        if unplaced:
            what, remedy = "words without their places on the page", _PLACES
        raise ReadError(what, where=source, remedy=remedy)
    why = f"its pages were read by {program}"
    by = Repair(field="text", printed="", effect="inferred", why=why)
    pictured = kind in {"pdf", "picture"}
    lost = [n for n, page in enumerate(pages, 1) if pictured and not (page.words or page.exact)]
    left = [
        Repair(field="text", printed=text[:80], effect="set aside", why=_LEFT) for text in unplaced
    ]
    told = (by, *map(_unread, lost), *left)
    return scanned.read_leaves(
        payload,
        leaves,
        source=source,
        accession=accession,
        told=told,
        recognised=not all(page.exact for page in pages if page.words),
    )


def _unread(number: int) -> Repair:
    """A page that is a picture, and of which nothing is here."""
    why = f"page {number} is a picture on which nothing was read; what it prints is not here"
    return Repair(field="text", printed="", effect="field unknown", why=why)


def _pages(payload: bytes, kind: Kind, source: str) -> word_boxes.Boxed:
    if kind == "pdf" or kind == "picture":  # noqa: PLR1714  (mypy narrows by these)
        told = pages_apart(payload, kind, source=source)
        return word_boxes.Boxed(list(told.pages), told.program, [])
    return word_boxes.pages_of(payload, kind, source=source)
