"""Which format a document has, told from its content alone."""

from __future__ import annotations

import re

from ledger.loading import pattern
from ledger.readers.encodings import decode
from ledger.readers.ownership_xml.elements import FORMS
from ledger.readers.pages.kinds import kind_of
from ledger.types import Format

_HEAD = 65_536
"""Bytes looked at to tell a format."""

_REMEDY = (
    "give ownership XML, its HTML rendering, EDGAR's full submission text, or a scanned form as "
    "text, PDF or picture"
)

_UNPACK = "unpack it first; an archive is opened where its name ends in .zip, .tar, .tgz or .gz"
_UNREAD = "unpack it first, or pack it as .zip, .tar, .tgz or .gz, which are opened"
_ARCHIVED = "a web archive (MHTML), in which a browser saved a page"
_TABLE = "a table of the SEC's Insider Transactions Data Sets"
_PACKED = (
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a rar archive"),
    (b"BZh", "a file packed by bzip2"),
    (b"\xfd7zXZ\x00", "a file packed by xz"),
    (b"\x28\xb5\x2f\xfd", "a file packed by zstd"),
    (b"\x1f\x9d", "a file packed by compress"),
)
"""How what is packed begins, where it is packed in no way that is opened here."""
_BOXED = (
    ("<(?:\\w{1,20}:)?PcGts\\b", "words with their places as PAGE XML, which is not read"),
    ("<DjVuXML\\b", "words with their places as DjVu XML, which is not read"),
    (
        "<document\\b[^>]{0,500}\\babbyy\\.com/FineReader_xml",
        "words with their places in ABBYY's own XML, which is not read",
    ),
)
"""Other ways to write words with their places, by how they begin."""
_EXPORT = "let its program write hOCR or ALTO XML, or give the picture itself"
_REMEDIES = {
    "an empty file": "fetch it again",
    "a zip archive or an office document": _UNPACK,
    "a gzip archive": _UNPACK,
    _ARCHIVED: "save the page as HTML, or fetch the XML, which has no xsl folder in its address",
    _TABLE: "give the whole set: its zip, or the folder of its eight tables, unpacked",
    **{what: _UNREAD for _, what in _PACKED},
    **{what: _EXPORT for _, what in _BOXED},
}
_MAGIC = (
    (b"GIF8", "a picture (GIF)"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3", "a database"),
    *_PACKED,
)
_SUBMISSION = pattern(
    r"<(?:SEC|IMS)-(?:DOCUMENT|HEADER)>|<SUBMISSION>|-----BEGIN PRIVACY-ENHANCED MESSAGE"
    r"|<ACCEPTANCE-DATETIME>|<DOCUMENT>\s*<TYPE>|ACCESSION NUMBER:\s"
)
_ROOT = pattern(
    r"(?:\s+|<\?.*?\?>|<!--.*?-->|<![Dd][Oo][Cc][^>\[]*(?:\[.*?\]\s*)?>)*+<([A-Za-z_][\w.:-]*)",
    re.DOTALL,
)
_STRONG = pattern(
    r"section\s*16|non-?\s*derivative|derivative\s+securit|statement\s+of\s+(?:changes|beneficial)"
)
_WEAK = pattern(
    r"beneficial|reporting\s+(?:person|owner)|securit|issuer|form\s*[345]\b|transaction"
)
_PAGE = "an HTML page; the XML has the same address without the xsl folder"
_FIRST_BOX = pattern(r"(?i)name\s+and\s+address\s+of\s+reporting\s+person")
_FIRST_COLUMN = pattern(
    r"(?i)<t[hd]\b[^<>]{0,300}>(?:\s|<[^<>]{0,100}>|1\.){0,40}title\s+of\s+(?:derivative\s+)?security"
)
"""What a page that shows the form has: its first box, and the first column of its tables."""
_BLANK_ENTITY = pattern(r"(?i)&(?:nbsp|#160|#xa0);")
_BEGINNINGS = frozenset({"title", "meta", "base", "link", "style"})
"""How a page begins whose writer left out the tags that may be left out."""
_CODE = pattern(r"(?i)<(style|script|!--)")
_INLINE = pattern(r"(?i)data:[\w.+/-]{0,100};base64,[\w+/=%\s-]{1000,}+")
"""Pictures, fonts and styles that a browser wrote into the page it saved."""
_CODE_ENDS = {
    "style": pattern(r"(?i)</style"),
    "script": pattern(r"(?i)</script"),
    "!--": pattern("-->"),
}
"""Where what is no part of a page's words begins, and where it ends."""
_OWNERSHIP = pattern(r"<(?:[\w.-]+:)?ownershipDocument(?:[\s/>]|$)")
_OPENINGS = (
    (
        pattern(
            r"(?is)(?:From|MIME-Version|Snapshot-Content-Location):.{0,2000}?multipart/related"
        ),
        _ARCHIVED,
    ),
    (pattern(r"ACCESSION_NUMBER[\t,]"), _TABLE),
    (pattern(r"\[?\s*\{\s*\"[^\"\n]{0,200}\"\s*:|\[\s*\"[^\"\n]{0,200}\"\s*[,\]]"), "JSON"),
)
"""How a text begins that is something else, and what it is."""
_CONTROLS = pattern("[\x00-\x08\x0e-\x1f]")


def sniff(payload: bytes) -> Format | None:
    """The format of a document, told from its content; None where it is none of them."""
    return recognised(payload)[0]


def recognised(payload: bytes) -> tuple[Format | None, str]:
    """The format, or None and what the document is instead."""
    head = payload[:_HEAD]
    if not head.strip(b" \t\r\n\x00"):
        return None, "an empty file"
    text = decode(head).text.lstrip("\ufeff \t\r\n\x00")
    if _SUBMISSION.match(text):
        return "submission", ""
    if kind_of(head) is not None:
        return "scanned", ""
    for magic, what in _MAGIC:
        if head.startswith(magic):
            return None, what
    if _SUBMISSION.search(text[:2_000]):
        return "submission", ""
    if text.startswith("<"):
        recognised = _marked_up(text, payload)
        if recognised is not None:
            return recognised
    if len(_CONTROLS.findall(text)) * 20 > len(text):
        return None, "binary data"
    for opening, what in _OPENINGS:
        if opening.match(text):
            return None, what
    lowered = text.lower()
    if _STRONG.search(lowered) and len(set(_WEAK.findall(lowered))) > 1:
        return "scanned", ""
    return None, "its text has nothing of such a form"


def remedy_for(other: str) -> str:
    """What to do with a document that is something else."""
    return _REMEDIES.get(other, _REMEDY)


def _marked_up(text: str, payload: bytes) -> tuple[Format | None, str] | None:
    """What a document whose head begins with a tag is, or None where the tag proves nothing."""
    if _OWNERSHIP.search(text):
        return "ownership-xml", ""
    found = _ROOT.match(text)
    root = found[1].rpartition(":")[2] if found else ""
    for opening, what in _BOXED:
        if re.search(opening, text[:2_000]):
            return None, what
    page = text[:9].lower() == "<!doctype" and "html" in text[:200].lower()
    page = page or root.lower() in {"html", "head", "body"}
    if page or root.lower() in _BEGINNINGS:
        shown = _shows_the_form(text) or _shows_the_form(_without_code(decode(payload).text))
        if shown or page:
            return ("html", "") if shown else (None, _PAGE)
    if root == "edgarSubmission":
        kind = re.search(r"<submissionType>\s*([^<\s]{1,20})", text)
        if kind is None or kind[1] in FORMS:
            return "ownership-xml", ""
        return None, f"an EDGAR submission of form type {kind[1]!r}"
    if text.startswith("<?xml"):
        return None, f"XML of another kind (<{root}>)"
    return None


def _shows_the_form(text: str) -> bool:
    text = _BLANK_ENTITY.sub(" ", text)
    return bool(_FIRST_BOX.search(text) and _FIRST_COLUMN.search(text))


def _without_code(text: str) -> str:
    """The head of a page but for its style sheets, scripts, comments, and what is written into it.

    A page that a browser saved may have more of these than of the form itself.
    """
    text = _INLINE.sub("", text)
    kept: list[str] = []
    at = length = 0
    while length < _HEAD and (found := _CODE.search(text, at)):
        kept.append(text[at : found.start()])
        length += len(kept[-1])
        ending = _CODE_ENDS[found[1].lower()].search(text, found.end())
        at = ending.end() if ending else len(text)
    return "".join((*kept, text[at : at + _HEAD]))[:_HEAD]
