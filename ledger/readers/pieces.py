"""The forms in one file: most files are one form, some hold several."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ledger.errors import ReadError

if TYPE_CHECKING:
    from ledger.filing import Reading

_SUBMISSIONS = re.compile(rb"^(?=<SEC-DOCUMENT>|<SUBMISSION>\s)", re.MULTILINE)
_OPENED = rb"<(?P<tag>(?:[\w.-]+:)?ownershipDocument)(?:\s[^>]*)?>"
_CLOSED = rb".*?(?:</(?P=tag)\s*>|\Z)"
_FORMS = re.compile(_OPENED + _CLOSED, re.DOTALL)
_FORMS_OF_A_SUBMISSION = re.compile(_OPENED + rb"(?=\s*(?:<|\Z))" + _CLOSED, re.DOTALL)
"""Those that hold elements: an exhibit may speak of the tag, where in XML it can only be a form."""


_PAGE = re.compile(
    rb"(?i)(?:<!doctype\s+html\b[^<>]{0,300}>\s*)?(?:<!--[^<>]{0,300}-->\s*)?<html[\s>]"
)
_FORM_ON_PAGE = re.compile(rb"(?i)name\s+and\s+address\s+of\s+reporting\s+person")
"""What every rendering of a form has, and nothing else: its first box."""


class Part(NamedTuple):
    """One form of a document: what to call it, and its reading, or why there is none."""

    source: str
    found: Reading | ReadError


def pieces(payload: bytes) -> list[bytes]:
    """Each form of a file by itself, in the order of the file; the file itself where it is one.

    Submissions that follow one another stand each alone. Of one submission, the further
    ownership documents stand behind it without its header, whose accession number can name
    only one of them; documents of an XML file that holds several are each their own, and so are
    pages that follow one another.
    """
    if b"ownershipDocument" not in payload and len(_FORM_ON_PAGE.findall(payload)) > 1:
        return _pages(payload)
    if payload.count(b"ownershipDocument") <= 2 and not payload.count(b"<SEC-DOCUMENT>") > 1:
        return [payload]
    starts = [found.start() for found in _SUBMISSIONS.finditer(payload)]
    if len(starts) > 1:
        ends = [*starts[1:], len(payload)]
        parts = [payload[start:end] for start, end in zip(starts, ends, strict=True)]
        return [form for part in parts for form in pieces(part)]
    told = _FORMS_OF_A_SUBMISSION if starts else _FORMS
    forms = [found[0] for found in told.finditer(payload)]
    if len(forms) < 2:
        return [payload]
    return [payload, *forms[1:]] if starts else forms


def _pages(payload: bytes) -> list[bytes]:
    """Each page of several that follow one another, those that show no form too; the file where it is one."""
    starts = [found.start() for found in _PAGE.finditer(payload)]
    if len(starts) < 2 or payload.count(b"<SEC-DOCUMENT>"):
        return [payload]
    begins = [0, *starts[1:]]
    return [payload[a:b] for a, b in zip(begins, [*begins[1:], len(payload)], strict=True)]
