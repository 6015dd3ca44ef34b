"""Puts right what is certainly wrong in XML that is not well-formed.

Each remedy is for damage met in filings that EDGAR accepted: a bare ampersand, an HTML
entity, a control character, a tag cut by a line break (`<nonDeriv ativeTable>`), an end
tag without its `>`, a pair of tags of which one is misspelt or missing. Words are never
changed, only markup is.
"""

from __future__ import annotations

import re
from collections import Counter
from html.entities import html5
from typing import NamedTuple

from ledger.loading import pattern
from ledger.readers.ownership_xml.elements import KNOWN

DEEPEST = 256
"""The XML parser's own limit of nesting; ownership documents go eight deep."""

_ILLEGAL = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFERENCE = pattern(r"&(?:#(?P<code>[0-9]{1,8}|[xX][0-9a-fA-F]{1,8})|(?P<name>\w{1,32}));|&")
_TOKEN = pattern(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)"
    r"|<(?P<end>/?)(?P<name>[A-Za-z_][\w:.-]*)(?P<rest>[^<>]*)(?P<close>>?)",
    re.DOTALL,
)
_ATTRIBUTE = pattern(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'/]+))""")
_PROPER = pattern(r"""(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?""")
_NAMES = KNOWN | {"value", "ownershipDocument"}
_XML_OWN = {"amp", "lt", "gt", "quot", "apos"}


class _Tag(NamedTuple):
    """A tag as it must have been meant."""

    name: str
    attributes: str
    end: bool
    empty: bool
    proper: bool


def mend(text: str) -> tuple[str, list[str]]:
    """The text with its certain faults put right, and a note of each kind of fault."""
    notes: list[str] = []
    text, controls = _ILLEGAL.subn("", text)
    if controls:
        notes.append(f"{controls} control characters left out")
    if "<![CDATA[" not in text:  # where an ampersand is only an ampersand
        written = sum(1 for found in _REFERENCE.finditer(text) if _reference(found) != found[0])
        if written:
            text = _REFERENCE.sub(_reference, text)
            notes.append(f"{written} ampersands and entities written out")
    text, tags = _balanced(text)
    if tags:
        notes.append(f"{tags} damaged tags put right")
    return text, notes


def _reference(found: re.Match[str]) -> str:
    """A reference as XML may have it: `&nbsp;` as its character, `AT&T` as `AT&amp;T`."""
    code, name = found["code"], found["name"]
    if code:
        point = int(code[1:], 16) if code[0] in "xX" else int(code)
        legal = point in {9, 10, 13} or 32 <= point < 0xD800 or 0xE000 <= point < 0xFFFE
        return found[0].replace("X", "x") if legal or 0x10000 <= point <= 0x10FFFF else ""
    if name in _XML_OWN:
        return found[0]
    if name and f"{name};" in html5:
        return html5[f"{name};"].replace("&", "&amp;").replace("<", "&lt;")
    return "&amp;" + found[0][1:]


def _balanced(text: str) -> tuple[str, int]:
    """The text with every tag in pairs, and how many tags were not as they should be.

    An end tag that closes an outer element closes those inside it; one that fits
    nothing ends the element it stands in when that has no parts of its own (a misspelt
    pair), and is left out otherwise. A `<` that opens no tag is a less-than sign.
    """
    parts: list[str] = []
    stack: list[list[str]] = []  # of each open element, its name and those of its parts
    open_names: Counter[str] = Counter()
    faults, position = 0, 0
    for found in _TOKEN.finditer(text):
        parts.append(text[position : found.start()].replace("<", "&lt;"))
        position = found.end()
        tag = _tag(found)
        if tag is None:
            parts.append(found[0] if found["name"] is None else "&lt;" + found[0][1:])
            continue
        faults += not tag.proper
        if not tag.end:
            parts.append(f"<{tag.name}{tag.attributes}{'/' if tag.empty else ''}>")
            if stack:
                stack[-1].append(tag.name)
            if not tag.empty:
                stack.append([tag.name])
                open_names[tag.name] += 1
            if len(stack) > DEEPEST:
                return text, 0  # the parser will refuse it
            continue
        if open_names[tag.name]:
            closing = next(i for i, part in enumerate(reversed(stack), 1) if part[0] == tag.name)
            faults += closing - 1
        else:
            closing = 1 if stack and len(stack[-1]) == 1 else 0
            faults += 1
        for _ in range(closing):
            name = stack.pop()[0]
            open_names[name] -= 1
            parts.append(f"</{name}>")
    parts.append(text[position:].replace("<", "&lt;"))
    return "".join(parts), faults


def _tag(found: re.Match[str]) -> _Tag | None:
    """A tag, with its name joined and its attributes in order; None where it is none."""
    name, rest = found["name"], found["rest"]
    if name is None:
        return None
    closed = bool(found["close"])
    end = bool(found["end"])
    if not closed and (rest.strip() or not (end or name in _NAMES)):
        return None
    empty = rest.rstrip().endswith("/")
    if _PROPER.fullmatch(rest):
        return _Tag(name, rest.rstrip().removesuffix("/").rstrip(), end, empty, closed)
    joined = "".join(f"{name}{rest.rstrip().removesuffix('/')}".split())
    if joined in _NAMES:
        return _Tag(joined, "", end, empty, proper=False)
    values = {a[1]: a[2] or a[3] or a[4] or "" for a in _ATTRIBUTE.finditer(rest)}
    attributes = "".join(' {}="{}"'.format(k, v.replace('"', "&quot;")) for k, v in values.items())
    return _Tag(name, attributes, end, empty, proper=False)
