"""Reading a document, whatever its format: by the reader that the content asks for.

The format is told from the content alone; a name or an ending proves nothing. What is
none of the formats is refused with the reason and what to give instead. Readers of paper and
of renderings are loaded when the first such document is met.
"""

from __future__ import annotations

from ledger.errors import NotAnOwnershipForm, ReadError
from ledger.filing import Reading, Repair
from ledger.readers.formats import recognised, remedy_for
from ledger.readers.limits import check_size
from ledger.readers.ownership_xml import reader as xml_reader
from ledger.readers.pages.kinds import kind_of
from ledger.readers.pieces import Part
from ledger.readers.submission import reader as submission_reader
from ledger.types import Format


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
    (_, found), *others = read_forms(
        payload, source=source, accession=accession, as_format=as_format
    )
    if isinstance(found, ReadError):
        raise found
    if not others:
        return found
    why = f"{len(others) + 1} forms in one document; only the first is read"
    left = Repair(field="document", printed="", effect="set aside", why=why)
    filing = found.filing.model_copy(update={"repairs": (left, *found.filing.repairs)})
    return Reading.of(filing, source=source)


def read_forms(
    payload: bytes, *, source: str, accession: str | None = None, as_format: Format | None = None
) -> tuple[Part, ...]:
    """Turn one document into the filings of all its forms: paper may be a pile of them.

    Arguments and errors as of `read`; of several forms, each may fail by itself.
    """
    check_size(payload, source)
    found, other = (as_format, "") if as_format else recognised(payload)
    if found == "scanned":
        return _read_paper(payload, source, accession)
    if found == "submission":
        reading = submission_reader.read(payload, source=source, accession=accession)
    elif found == "ownership-xml":
        reading = xml_reader.read(payload, source=source, accession=accession)
    elif found == "html":
        from ledger.readers.rendered import reader as rendered_reader  # noqa: PLC0415

        reading = rendered_reader.read(payload, source=source, accession=accession)
    else:
        what = f"not a Form 3, 4 or 5: {other}"
        raise NotAnOwnershipForm(what, where=source, remedy=remedy_for(other))
    return (Part(source, reading),)


def _read_paper(payload: bytes, source: str, accession: str | None) -> tuple[Part, ...]:
    """Pages of paper, or their text."""
    if kind := kind_of(payload):
        from ledger.readers.pages import reader as page_reader  # noqa: PLC0415

        return page_reader.read(payload, kind, source=source, accession=accession)
    from ledger.readers.scan import reader as scan_reader  # noqa: PLC0415

    return scan_reader.read_pages(payload, source=source, accession=accession)
