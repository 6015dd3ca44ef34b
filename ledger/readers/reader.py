"""Reading a document, whatever its format: by the reader that the content asks for.

The format is told from the content alone; a name or an ending proves nothing. What is
none of the formats is refused with the reason and what to give instead.
"""

from __future__ import annotations

from ledger.errors import NotAnOwnershipForm, ReadError
from ledger.filing import Format, Reading, Repair
from ledger.readers.formats import recognised, remedy_for
from ledger.readers.limits import check_size
from ledger.readers.ownership_xml import reader as xml_reader
from ledger.readers.pages import reader as page_reader
from ledger.readers.rendered import reader as rendered_reader
from ledger.readers.scan import reader as scan_reader
from ledger.readers.scan.reader import Part
from ledger.readers.submission import reader as submission_reader


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
    kind = page_reader.kind_of(payload) if found == "scanned" else None
    if kind is not None:
        return page_reader.read(payload, kind, source=source, accession=accession)
    if found == "scanned":
        return scan_reader.read_pages(payload, source=source, accession=accession)
    reads = {
        "submission": submission_reader.read,
        "ownership-xml": xml_reader.read,
        "html": rendered_reader.read,
    }
    if found in reads:
        return (Part(source, reads[found](payload, source=source, accession=accession)),)
    what = f"not a Form 3, 4 or 5: {other}"
    raise NotAnOwnershipForm(what, where=source, remedy=remedy_for(other))
