"""Reads EDGAR's full submission text: a header and, among exhibits, the form itself.

The form is handed to the reader of its own format, and what only the header knows (the
accession number, when EDGAR accepted it, the fiscal year end, former names) is added.
Where both speak and differ, the document stands and a Repair repeats the header's word;
only the accession number and the dates of filing are the header's alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ledger.errors import NotAnOwnershipForm, ReadError
from ledger.filing import Filing, Issuer, Owner, Problem, Reading, Repair
from ledger.readers.encodings import decode, is_wide
from ledger.readers.ownership_xml import reader as ownership_xml
from ledger.readers.ownership_xml.elements import FORMS
from ledger.readers.ownership_xml.trees import SIZE_LIMIT
from ledger.readers.scan import reader as scanned
from ledger.readers.submission.header import Header, Party, header
from ledger.types import Form

VERSION = 1
"""Raised whenever the same bytes would give another Filing. A filing's `reader_version`
is this plus the version of the reader its document was handed to."""

HEADER_LIMIT = 1024 * 1024
"""Bytes of a header that are looked at. Ten owners and their former names take about 20,000."""

_PEM = b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----"
_OWNERSHIP = re.compile(rb"<(?:[\w.-]+:)?ownershipDocument[\s>]")
_TYPE = re.compile(rb"<TYPE>([^<\r\n]*)")
_HTML = re.compile(rb"\s*(?:<!doctype\s+html|<html|<head|<body)", re.IGNORECASE)


class Part(NamedTuple):
    """One document of a submission: its place, its type (`4`, `EX-24`), its content, its end."""

    number: int
    type: str
    content: bytes
    whole: bool


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
    if len(payload) > SIZE_LIMIT:
        raise ReadError("larger than 50 MB", where=source, remedy="no ownership form is that large")
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
    known = set(Reading.of(inner.filing, source=source).problems)
    others = tuple(problem for problem in inner.problems if problem not in known)
    filing = _merged(inner.filing, top, accession)
    return Reading.of(filing, source=source, extra=(*_oddities(data, parts, source), *others))


def _form_in(part: Part, accession: str | None, form: Form | None, source: str) -> Reading:
    """The form that one document of the submission is."""
    content = _bare(part.content)
    if _OWNERSHIP.search(part.content):
        return ownership_xml.read(content, source=source, accession=accession, form=form)
    if _HTML.match(part.content):
        raise ReadError(
            "the form in this submission is an HTML page, which is not read",
            where=source,
            remedy="give its text, or the XML where EDGAR has it",
        )
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
        segment = data[begin : limit if end < 0 else end]
        top, opened, text = segment.partition(b"<TEXT>")
        text = text if opened else top
        found = _TYPE.search(top)
        number += 1
        yield Part(
            number,
            type=found[1].decode("ascii", "replace").strip().upper() if found else "",
            content=text.rpartition(b"</TEXT>")[0] or text,
            whole=end >= 0 and b"</TEXT>" in text,
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
        if _OWNERSHIP.search(part.content):
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


def _merged(filing: Filing, top: Header, suggested: str | None) -> Filing:
    """The filing with what its header adds, and a repair wherever the two differ."""
    notes: list[Repair] = []
    accession = top.accession or filing.accession
    if suggested and accession and suggested != accession:
        why = "the file's name says so; the header's own number stands"
        notes.append(Repair(field="accession", printed=suggested, effect="repaired", why=why))
    if top.form and top.form.upper() != filing.form:
        notes.append(_differs("form", top.form))
    period = filing.period or top.period
    if filing.period is None and top.period is not None:
        notes.append(_inferred("period"))
    elif top.period is not None and top.period != filing.period:
        notes.append(_differs("period", top.period.isoformat()))
    issuer = _issuer(filing.issuer, top.issuer, notes)
    owners = _owners(filing.owners, top.owners, notes)
    filled = {note.field for note in notes if note.effect == "inferred"}
    kept = [r for r in filing.repairs if r.field not in filled or r.effect != "field unknown"]
    said: dict[str, Any] = dict(filing)
    said |= {"accession": accession, "period": period, "issuer": issuer, "owners": owners}
    said |= {"accepted_at": top.accepted_at, "filed_on": top.filed_on, "format": "submission"}
    said |= {"reader_version": VERSION + filing.reader_version, "repairs": (*kept, *notes)}
    return Filing(**said)


def _issuer(issuer: Issuer, party: Party | None, notes: list[Repair]) -> Issuer:
    if party is None:
        return issuer
    if issuer.cik and party.cik and issuer.cik != party.cik:
        notes.append(_differs("issuer cik", f"{party.cik} {party.name or ''}".strip()))
        return issuer
    return issuer.model_copy(
        update=_identity(issuer, party, "issuer", notes)
        | {"fiscal_year_end": party.fiscal_year_end, "former_names": party.former_names}
    )


def _owners(
    owners: Sequence[Owner], parties: Sequence[Party], notes: list[Repair]
) -> tuple[Owner, ...]:
    """The owners with their header's identity, matched by number, then name, then default."""
    if not owners and parties:
        notes.append(_inferred("owner 1 cik"))
        return tuple(Owner(cik=p.cik, name=p.name, former_names=p.former_names) for p in parties)
    left = list(parties)
    paired: dict[int, Party] = {}
    for match in (_same_cik, _same_name, _only_one):
        for index, owner in enumerate(owners):
            if index in paired:
                continue
            waiting = [o for i, o in enumerate(owners) if i not in paired and o.cik is None]
            fitting = [party for party in left if match(owner, party, len(left), len(waiting))]
            if len(fitting) == 1:
                paired[index] = fitting[0]
                left.remove(fitting[0])
    merged = []
    for index, owner in enumerate(owners):
        party = paired.get(index)
        place = f"owner {index + 1}"
        if party is None:
            if parties:
                why = "the submission's header does not name this owner"
                shown = " ".join(filter(None, (owner.cik, owner.name)))
                notes.append(Repair(field=place, printed=shown, effect="row kept", why=why))
            merged.append(owner)
            continue
        update = _identity(owner, party, place, notes) | {"former_names": party.former_names}
        merged.append(owner.model_copy(update=update))
    for party in left:
        shown = " ".join(filter(None, (party.cik, party.name)))
        notes.append(_differs("owners", shown))
    return tuple(merged)


def _same_cik(owner: Owner, party: Party, _left: int, _waiting: int) -> bool:
    return owner.cik is not None and owner.cik == party.cik


def _same_name(owner: Owner, party: Party, _left: int, _waiting: int) -> bool:
    return owner.cik is None and bool(owner.name) and _folded(owner.name) == _folded(party.name)


def _only_one(owner: Owner, _party: Party, left: int, waiting: int) -> bool:
    return owner.cik is None and left == 1 and waiting == 1


def _identity(
    said: Issuer | Owner, party: Party, place: str, notes: list[Repair]
) -> dict[str, str]:
    """The number and name that the document lacks and the header has."""
    filled: dict[str, str] = {}
    if said.cik is None and party.cik:
        filled["cik"] = party.cik
        notes.append(_inferred(f"{place} cik"))
    if said.name is None and party.name:
        filled["name"] = party.name
        notes.append(_inferred(f"{place} name"))
    elif party.name and _folded(said.name) != _folded(party.name):
        notes.append(_differs(f"{place} name", party.name))
    return filled


def _folded(name: str | None) -> str:
    """A name without what EDGAR prints differently from place to place."""
    return re.sub(r"[^a-z0-9]+", "", (name or "").casefold())


def _differs(field: str, said: str) -> Repair:
    why = "the submission's header says so; the document's own word stands"
    return Repair(field=field, printed=said, effect="row kept", why=why)


def _inferred(field: str) -> Repair:
    why = "the document does not say; taken from the submission's header"
    return Repair(field=field, printed="", effect="inferred", why=why)


def _oddities(data: bytes, parts: Sequence[Part], source: str) -> Iterator[Problem]:
    """What is wrong with the submission around its document."""
    forms = sum(1 for part in parts if _OWNERSHIP.search(part.content))
    submissions = max(data.count(b"<SEC-DOCUMENT>"), data.count(b"<SUBMISSION>"))
    if forms > 1 or submissions > 1:
        count = max(forms, submissions)
        said = f"it holds {count} forms; only the first is read: give each its own file"
        yield Problem(source=source, place="submission", problem=said, effect="set aside")
    if not all(part.whole for part in parts):
        said = "the submission is cut short after the form itself, which is whole"
        yield Problem(source=source, place="submission", problem=said, effect="row kept")
