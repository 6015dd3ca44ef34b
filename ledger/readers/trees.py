"""Bytes into an XML tree, safely: no document type, no entities, no network, no surprise.

A damaged document is first mended where the remedy is certain (a bare ampersand, an
HTML entity, a control character), then read in the parser's recovery mode. Either way
the repair is recorded, and a document that merely ends too early is refused, because
half a filing looks like a whole one.
"""

from __future__ import annotations

import re
from html.entities import html5
from typing import NamedTuple

from lxml import etree

from ledger.errors import NotAnOwnershipForm, ReadError
from ledger.filing import Repair
from ledger.readers.encodings import decode

SIZE_LIMIT = 50 * 1024 * 1024
"""Bytes of one document. EDGAR's own limit on a Form 4 is far below."""

_DOCUMENT_TYPE = re.compile(r"<!(?:[Dd][Oo][Cc][Tt][Yy][Pp][Ee]|[Ee][Nn][Tt][Ii][Tt][Yy])")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFERENCE = re.compile(r"&(?:#(?P<code>[0-9]{1,8}|[xX][0-9a-fA-F]{1,8})|(?P<name>\w{1,32}));|&")
_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)"
    r"|</?(?P<name>[A-Za-z_][\w:.-]*)[^<>]*>",
    re.DOTALL,
)
_DEEPEST = 256
"""The XML parser's own limit of nesting; ownership documents go eight deep."""
_XML_OWN = {"amp", "lt", "gt", "quot", "apos"}
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
        ReadError: Too large, too deep, cut short, or it carries a document type (which
            no ownership document has, and which can make a parser read other files).
    """
    if len(payload) > SIZE_LIMIT:
        raise ReadError("larger than 50 MB", where=source, remedy="no ownership form is that large")
    text, assumed = decode(payload)
    if _DOCUMENT_TYPE.search(text):
        raise ReadError(
            "carries a document type (<!DOCTYPE>), which ownership documents do not have",
            where=source,
            remedy="fetch the XML from EDGAR again; a rendered HTML page is not the filing",
        )
    repairs = (_document_repair(assumed),) if assumed else ()
    data = text.lstrip().encode()
    try:
        return Tree(etree.fromstring(data, _parser()), text, False, repairs)
    except etree.XMLSyntaxError as error:
        return _recover(text, error, repairs, source)


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
    if any(limit in why for limit in _LIMITS):
        raise ReadError(f"beyond the limits of the XML reader: {why}", where=source) from None
    place = f"line {error.lineno}"
    mended, notes = _mend(text)
    try:
        root = etree.fromstring(mended.lstrip().encode(), _parser())
        how = f"mended: {', '.join(notes)}"
    except etree.XMLSyntaxError:
        try:
            root = etree.fromstring(mended.lstrip().encode(), _parser(recover=True))
        except etree.XMLSyntaxError:
            root = None
        how = "read in recovery mode"
    if root is None:
        raise NotAnOwnershipForm(f"not XML: {why}", where=f"{source}:{place}") from None
    name = etree.QName(root).localname
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


def _mend(text: str) -> tuple[str, list[str]]:
    """The text with its certain faults put right, and a note of each kind."""
    notes: list[str] = []
    text, controls = _ILLEGAL.subn("", text)
    if controls:
        notes.append(f"{controls} control characters left out")
    if "<![CDATA[" not in text:  # where an ampersand is only an ampersand
        written = [found[0] for found in _REFERENCE.finditer(text) if _reference(found) != found[0]]
        if written:
            text = _REFERENCE.sub(_reference, text)
            notes.append(f"{len(written)} ampersands and entities written out")
    text, unmatched = _balanced(text)
    if unmatched:
        notes.append(f"{unmatched} tags without their counterpart")
    return text, notes


def _balanced(text: str) -> tuple[str, int]:
    """The text with every tag in pairs, and how many were not.

    An end tag that closes an outer element closes those inside it; one that fits
    nothing ends the element it stands in when that has no parts of its own (a misspelt
    pair), and is left out otherwise. A `<` that opens no tag is a less-than sign.
    """
    parts: list[str] = []
    stack: list[list[str]] = []  # a name, then the names of its parts
    unmatched, position = 0, 0
    for found in _TOKEN.finditer(text):
        parts.append(text[position : found.start()].replace("<", "&lt;"))
        position = found.end()
        name, token = found["name"], found[0]
        if name is None or token.endswith("/>"):
            parts.append(token)
        elif token[1] != "/":
            if len(stack) == _DEEPEST:
                return text, 0  # the parser will refuse it
            if stack:
                stack[-1].append(name)
            stack.append([name])
            parts.append(token)
        else:
            depth = next((i for i in reversed(range(len(stack))) if stack[i][0] == name), None)
            if depth is None:
                unmatched += 1
                leaf = stack and len(stack[-1]) == 1
                depth = len(stack) - 1 if leaf else len(stack)
            unmatched += max(len(stack) - depth - 1, 0)
            while len(stack) > depth:
                parts.append(f"</{stack.pop()[0]}>")
    parts.append(text[position:].replace("<", "&lt;"))
    return "".join(parts), unmatched


def _reference(found: re.Match[str]) -> str:
    """A reference as XML may have it: `&nbsp;` as its character, `AT&T` as `AT&amp;T`."""
    code, name = found["code"], found["name"]
    if code:
        point = int(code[1:], 16) if code[0] in "xX" else int(code)
        legal = point in (9, 10, 13) or 32 <= point < 0xD800 or 0xE000 <= point < 0xFFFE
        return found[0].replace("X", "x") if legal or 0x10000 <= point <= 0x10FFFF else ""
    if name in _XML_OWN:
        return found[0]
    if name and f"{name};" in html5:
        return html5[f"{name};"].replace("&", "&amp;").replace("<", "&lt;")
    return "&amp;" + found[0][1:]
