"""Bytes into an XML tree, safely: no document type, no entities, no network, no surprise.

A damaged document is first mended where the remedy is certain (`mending`), then read in
the parser's recovery mode. Either way the repair is recorded, and a document that merely
ends too early is refused, because half a filing looks like a whole one.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from lxml import etree

from ledger.errors import NotAnOwnershipForm, ReadError
from ledger.filing import Repair
from ledger.readers.encodings import decode
from ledger.readers.ownership_xml.mending import mend

_DOCUMENT_TYPE = re.compile(r"<!(?:[Dd][Oo][Cc][Tt][Yy][Pp][Ee]|[Ee][Nn][Tt][Ii][Tt][Yy])")
MEND_LIMIT = 5 * 1024 * 1024
"""Characters up to which a damaged document is mended before it is read in recovery."""

TAG_LIMIT = 1_500_000
"""Tags of one document: more than the largest number of rows could need."""

_AGAIN = "fetch the filing's own XML from EDGAR; no ownership form looks like this"
_LIMITS = ("Excessive depth", "XML_PARSE_HUGE", "Resource limit")


class Tree(NamedTuple):
    """A document's root element, its text, and what it took to read it.

    `recovered` says that the document was not well-formed; `repairs` says why and how.
    """

    root: etree._Element
    text: str
    recovered: bool
    repairs: tuple[Repair, ...]


def grow(payload: bytes, *, source: str) -> Tree:
    """The tree of one XML document.

    Raises:
        NotAnOwnershipForm: There is no XML element in it at all.
        ReadError: Too deep, cut short, or it carries a document type (which
            no ownership document has, and which can make a parser read other files).
    """
    text, assumed = decode(payload)
    if "!" in text and _DOCUMENT_TYPE.search(text):
        raise ReadError(
            "carries a document type (<!DOCTYPE>), which ownership documents do not have",
            where=source,
            remedy="fetch the XML from EDGAR again; a rendered HTML page is not the filing",
        )
    if len(text) > TAG_LIMIT and text.count("<") > TAG_LIMIT:
        what = f"beyond the limits: over {TAG_LIMIT:,} tags"
        raise ReadError(what, where=source, remedy=_AGAIN)
    repairs = (_document_repair(assumed),) if assumed else ()
    data = text.lstrip().encode()
    try:
        return Tree(etree.fromstring(data, _parser()), text, False, repairs)
    except etree.XMLSyntaxError as error:
        return _recover(text, error, repairs, source)


@cache
def _parser(*, recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_blank_text=True,
        remove_comments=True,
        remove_pis=True,
    )


def _recover(
    text: str, error: etree.XMLSyntaxError, repairs: tuple[Repair, ...], source: str
) -> Tree:
    """The tree of a document that is not well-formed, mended or recovered."""
    why = re.sub(r"\s*\(<string>.*|, line \d+, column \d+.*", "", error.msg or "damaged")
    place = f"line {error.lineno}"
    if any(limit in why for limit in _LIMITS):
        what = f"beyond the limits of the XML reader: {why}"
        raise ReadError(what, where=f"{source}:{place}", remedy=_AGAIN) from None
    mended, notes = mend(text) if len(text) <= MEND_LIMIT else (text, [])
    try:
        root = etree.fromstring(mended.lstrip().encode(), _parser())
        how = f"mended: {', '.join(notes) or 'blanks put right'}"
    except etree.XMLSyntaxError:
        try:
            root = etree.fromstring(mended.lstrip().encode(), _parser(recover=True))
        except etree.XMLSyntaxError:
            root = None
        how = "read in recovery mode"
    if root is None:
        what = f"not XML: {why}"
        raise NotAnOwnershipForm(what, where=f"{source}:{place}", remedy=_AGAIN) from None
    name = str(root.tag).rpartition("}")[2] or str(root.tag)  # recovery keeps names QName refuses
    if not re.search(rf"</(?:[\w.-]+:)?{re.escape(name)}\s*>", text):
        raise ReadError(
            f"cut short: <{name}> is never closed",
            where=f"{source}:{place}",
            remedy="fetch the whole file again",
        ) from None
    told = _document_repair(f"not well-formed XML at {place} ({why}); {how}")
    return Tree(root, text, True, (*repairs, told))


def _document_repair(why: str) -> Repair:
    return Repair(field="document", printed="", effect="repaired", why=why)
