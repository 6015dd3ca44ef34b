"""Reads EDGAR's full submission text: a header and, among exhibits, the form itself.

The form is handed to the reader of its own format, and what only the header knows (the
accession number, when EDGAR accepted it, the fiscal year end, former names) is added.
Where both speak and differ, the document stands and a Repair repeats the header's word;
only the accession number and the dates of filing are the header's alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ledger.errors import NotAnOwnershipForm, ReadError
from ledger.filing import Reading
from ledger.problems import Problem
from ledger.readers.encodings import decode, is_wide
from ledger.readers.ownership_xml import reader as ownership_xml
from ledger.readers.ownership_xml.elements import FORMS
from ledger.readers.submission.header import Header, header
from ledger.readers.submission.merging import merged
from ledger.types import Form

VERSION = 2
"""Raised whenever the same bytes would give another Filing. A filing's `reader_version`
is this plus the version of the reader its document was handed to."""

HEADER_LIMIT = 1024 * 1024
"""Bytes of a header that are looked at. Ten owners and their former names take about 20,000."""

_PEM = b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----"
_OWNERSHIP = re.compile(rb"<(?:[\w.-]+:)?ownershipDocument(?:\s[^<>]*)?>\s*<")
_TYPE = re.compile(rb"<TYPE>([^<\r\n]*)")
_HTML = re.compile(rb"\s*(?:<!doctype\s+html|<html|<head|<body)", re.IGNORECASE)


_COUNT = re.compile(rb"PUBLIC[ -]DOCUMENT[ -]COUNT[:>]\s*(\d{1,4})")


class Part(NamedTuple):
    """One document of a submission: its place, its type (`4`, `EX-24`), its content, its end.

    `ownership` says that it is ownership XML.
    """

    number: int
    type: str
    content: bytes
    whole: bool
    ownership: bool


def read(payload: bytes, *, source: str, accession: str | None = None) -> Reading:
    """Turn one submission into a Filing.

    Args:
        payload: The submission as EDGAR disseminates it: with a labelled or a tagged
            header, as a feed file, also in its Privacy-Enhanced Mail wrapper.
        source: What to call it in problems, such as a path.
        accession: The accession number its name suggests; the header's own stands.

    Returns:
        A Reading with `format` "submission". `sha256` is of the ownership document
        inside, blanks around it set aside, so that the same XML alone has the same hash.

    Raises:
        NotAnOwnershipForm: The submission is of another form.
        ReadError: A header without a document, a damaged document, or an HTML page.
    """
    data = _plain(payload)
    start = data.find(b"<DOCUMENT>")
    top = header(decode(data[: min(start, HEADER_LIMIT) if start >= 0 else HEADER_LIMIT]).text)
    parts = list(_parts(data, start))
    form, part = _form_of(top, parts, source)
    try:
        inner = _form_in(part, top.accession or accession, form, source)
    except ReadError as error:
        place = ", ".join(filter(None, (f"document {part.number}", error.place(source))))
        where = f"{source}:{place}"
        raise type(error)(error.what, where=where, remedy=error.remedy) from error
    known = Reading.of(inner.filing, source=source).problems if inner.problems else ()
    others = tuple(problem for problem in inner.problems if problem not in known)
    odd = (*_unread_days(data, top, source), *_oddities(data, parts, source))
    filing = merged(inner.filing, top, suggested=accession, version=VERSION)
    return Reading.of(filing, source=source, extra=(*odd, *others))


def _form_in(part: Part, accession: str | None, form: Form | None, source: str) -> Reading:
    """The form that one document of the submission is."""
    content = _bare(part.content)
    if part.ownership:
        return ownership_xml.read(content, source=source, accession=accession, form=form)
    if _HTML.match(part.content):
        raise ReadError(
            "the form in this submission is an HTML page, which is not read",
            where=source,
            remedy="give its text, or the XML where EDGAR has it",
        )
    from ledger.readers.scan import reader as scanned  # noqa: PLC0415  (few submissions are text)

    return scanned.read(content, source=source, accession=accession)


def _plain(payload: bytes) -> bytes:
    """The submission in an encoding in which its tags are plain ASCII, without its wrapper."""
    data = decode(payload).text.encode() if is_wide(payload) else payload
    if data.lstrip()[: len(_PEM)] == _PEM:
        # In such a message a line that begins with a dash is written "- -" (RFC 1421).
        data = re.sub(rb"(?m)^- -", b"-", data)
    return data


def _parts(data: bytes, start: int) -> Iterator[Part]:
    """The documents of a submission, in its order."""
    number = 0
    while start >= 0:
        begin = start + len(b"<DOCUMENT>")
        following = data.find(b"<DOCUMENT>", begin)
        limit = len(data) if following < 0 else following
        end = data.find(b"</DOCUMENT>", begin, limit)
        last = limit if end < 0 else end
        opened = data.find(b"<TEXT>", begin, last)
        text = begin if opened < 0 else opened + len(b"<TEXT>")
        closed = data.rfind(b"</TEXT>", text, last)
        found = _TYPE.search(data, begin, last if opened < 0 else opened)
        content = data[text : closed if closed > text else last]
        number += 1
        yield Part(
            number,
            type=found[1].decode("ascii", "replace").strip().upper() if found else "",
            content=content,
            whole=end >= 0 and closed >= 0,
            ownership=_OWNERSHIP.search(content) is not None,
        )
        start = following


def _form_of(top: Header, parts: Sequence[Part], source: str) -> tuple[Form | None, Part]:
    """The form this is, as the header has it, and the document that carries it."""
    form: Form | None = next((f for f in FORMS if f == (top.form or "").upper()), None)
    fitting = [part for part in parts if part.type in FORMS]
    if top.form is not None and form is None and not fitting:
        raise NotAnOwnershipForm(
            f"a submission of form type {top.form[:20]!r}",
            where=source,
            remedy="only Forms 3, 4 and 5 and their amendments are read",
        )
    for part in (*fitting, *parts):
        if part.ownership:
            return form, part
    if fitting:
        return form, fitting[0]
    if not parts:
        raise ReadError(
            "a submission header without its documents",
            where=source,
            remedy="fetch the full submission text",
        )
    raise NotAnOwnershipForm(
        "no document in this submission is a Form 3, 4 or 5",
        where=source,
        remedy="fetch the full submission text again",
    )


def _bare(content: bytes) -> bytes:
    """The document itself, out of the `<XML>` tags and the blanks around it."""
    _, opened, inside = content.partition(b"<XML>")
    if opened:
        content = inside.rpartition(b"</XML>")[0] or inside
    return content.strip()


def _oddities(data: bytes, parts: Sequence[Part], source: str) -> Iterator[Problem]:
    """What is wrong with the submission around its document."""
    submissions = max(data.count(b"<SEC-DOCUMENT>"), data.count(b"<SUBMISSION>"))
    forms = sum(part.ownership for part in parts)
    if submissions > 1:
        said = f"{submissions} submissions in one; only the first is read: part them"
        yield Problem(source=source, place="submission", problem=said, effect="set aside")
    elif forms > 1:
        said = f"it holds {forms} forms; its header's accession number is given to the first"
        yield Problem(source=source, place="submission", problem=said, effect="row kept")
    if not all(part.whole for part in parts):
        said = "the submission is cut short after the form itself, which is whole"
        yield Problem(source=source, place="submission", problem=said, effect="row kept")
    announced = _COUNT.search(data)
    if announced and int(announced[1]) != len(parts):
        said = f"its header announces {int(announced[1])} documents, and {len(parts)} are there"
        yield Problem(source=source, place="submission", problem=said, effect="row kept")


def _unread_days(data: bytes, top: Header, source: str) -> Iterator[Problem]:
    """The days of the header that stand there and cannot be read, or do not stand there at all."""
    if top.accepted_at is None and b"ACCEPTANCE" in data[:HEADER_LIMIT].upper():
        said = "the time of acceptance cannot be read"
        yield Problem(source=source, place="header", problem=said, effect="field unknown")
    if top.filed_on is None:
        said = "the filing date is missing or cannot be read"
        yield Problem(source=source, place="header", problem=said, effect="field unknown")
