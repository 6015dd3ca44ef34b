"""The one door to every reader: bytes in, a Filing out, whatever the format.

The format is told from the content alone; a name or an ending proves nothing. What is
none of the three formats is refused with the reason and what to give instead.
"""

from __future__ import annotations

import re

from ledger.errors import NotAnOwnershipForm, ReadError
from ledger.filing import Format, Reading
from ledger.readers.encodings import decode
from ledger.readers.ownership_xml import reader as ownership_xml
from ledger.readers.ownership_xml.elements import FORMS
from ledger.readers.ownership_xml.trees import SIZE_LIMIT
from ledger.readers.scan import reader as scanned
from ledger.readers.submission import reader as submission

_HEAD = 65_536
"""Bytes looked at to tell a format."""

_REMEDY = "give ownership XML, EDGAR's full submission text, or the text of a scanned form"

_UNPACK = "unpack it first; only an archive whose name ends in .zip is opened"
_REMEDIES = {
    "an empty file": "fetch it again",
    "a zip archive or an office document": _UNPACK,
    "a gzip archive": _UNPACK,
}
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3", "a database"),
)
_SUBMISSION = re.compile(
    r"<(?:SEC|IMS)-(?:DOCUMENT|HEADER)>|<SUBMISSION>|-----BEGIN PRIVACY-ENHANCED MESSAGE"
    r"|<ACCEPTANCE-DATETIME>|<DOCUMENT>\s*<TYPE>|ACCESSION NUMBER:\s"
)
_ROOT = re.compile(
    r"(?:\s+|<\?.*?\?>|<!--.*?-->|<![Dd][Oo][Cc][^>\[]*(?:\[.*?\]\s*)?>)*+<([A-Za-z_][\w.:-]*)",
    re.DOTALL,
)
_STRONG = re.compile(
    r"section\s*16|non-?\s*derivative|derivative\s+securit|statement\s+of\s+(?:changes|beneficial)"
)
_WEAK = re.compile(
    r"beneficial|reporting\s+(?:person|owner)|securit|issuer|form\s*[345]\b|transaction"
)
_OWNERSHIP = re.compile(r"<(?:[\w.-]+:)?ownershipDocument(?:[\s/>]|$)")
_JSON = re.compile(r"[{\[]\s*[{\"]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")


def read(
    payload: bytes, *, source: str, accession: str | None = None, as_format: Format | None = None
) -> Reading:
    """Turn one document into a Filing, in whichever format it is.

    Args:
        payload: The document's bytes.
        source: What to call it in problems, such as a path.
        accession: Its accession number where a name suggests one.
        as_format: The format, for a document that is not recognised by itself.

    Returns:
        A Reading: the filing, and every problem met on the way.

    Raises:
        NotAnOwnershipForm: It is something else; the message says what and what to give.
        ReadError: It is such a form but cannot be read; the message says where and why.
    """
    if len(payload) > SIZE_LIMIT:
        raise ReadError("larger than 50 MB", where=source, remedy="no ownership form is that large")
    found, other = (as_format, "") if as_format else _recognised(payload)
    if found == "submission":
        return submission.read(payload, source=source, accession=accession)
    if found == "ownership-xml":
        return ownership_xml.read(payload, source=source, accession=accession)
    if found == "scanned":
        return scanned.read(payload, source=source, accession=accession)
    remedy = _REMEDIES.get(other, _REMEDY)
    raise NotAnOwnershipForm(f"not a Form 3, 4 or 5: {other}", where=source, remedy=remedy)


def sniff(payload: bytes) -> Format | None:
    """The format of a document, told from its content; None where it is none of them."""
    return _recognised(payload)[0]


def _recognised(payload: bytes) -> tuple[Format | None, str]:
    """The format, or None and what the document is instead."""
    head = payload[:_HEAD]
    if not head.strip(b" \t\r\n\x00"):
        return None, "an empty file"
    for magic, what in _MAGIC:
        if head.startswith(magic):
            return None, what
    text = decode(head).text.lstrip("\ufeff \t\r\n\x00")
    if _SUBMISSION.match(text) or _SUBMISSION.search(text[:2_000]):
        return "submission", ""
    if text.startswith("<"):
        recognised = _marked_up(text)
        if recognised is not None:
            return recognised
    if len(_CONTROLS.findall(text)) * 20 > len(text):
        return None, "binary data"
    if text.startswith(("ACCESSION_NUMBER\t", "ACCESSION_NUMBER,")):
        return None, "a table of the SEC's Insider Transactions Data Sets"
    if _JSON.match(text):
        return None, "JSON"
    lowered = text.lower()
    if _STRONG.search(lowered) and len(set(_WEAK.findall(lowered))) > 1:
        return "scanned", ""
    return None, "its text has nothing of such a form"


def _marked_up(text: str) -> tuple[Format | None, str] | None:
    """What a text that begins with a tag is, or None where the tag proves nothing."""
    if _OWNERSHIP.search(text):
        return "ownership-xml", ""
    found = _ROOT.match(text)
    root = found[1].rpartition(":")[2] if found else ""
    if text[:9].lower() == "<!doctype" and "html" in text[:200].lower():
        return None, "an HTML page; the XML has the same address without the xsl folder"
    if root.lower() in {"html", "head", "body"}:
        return None, "an HTML page; the XML has the same address without the xsl folder"
    if root == "edgarSubmission":
        kind = re.search(r"<submissionType>\s*([^<\s]{1,20})", text)
        if kind is None or kind[1] in FORMS:
            return "ownership-xml", ""
        return None, f"an EDGAR submission of form type {kind[1]!r}"
    if text.startswith("<?xml"):
        return None, f"XML of another kind (<{root}>)"
    return None
