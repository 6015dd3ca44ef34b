"""The one door to every reader: bytes in, a Filing out, whatever the format.

The format is told from the content alone; a name or an ending proves nothing. What is
none of the formats is refused with the reason and what to give instead.
"""

from __future__ import annotations

from ledger.errors import NotAnOwnershipForm
from ledger.filing import Format, Reading
from ledger.readers.formats import recognised, remedy_for, sniff
from ledger.readers.limits import check_size
from ledger.readers.ownership_xml import reader as xml_reader
from ledger.readers.pages import reader as page_reader
from ledger.readers.rendered import reader as rendered_reader
from ledger.readers.scan import reader as scan_reader
from ledger.readers.submission import reader as submission_reader

__all__ = ["read", "sniff"]


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
    check_size(payload, source)
    found, other = (as_format, "") if as_format else recognised(payload)
    if found == "submission":
        return submission_reader.read(payload, source=source, accession=accession)
    if found == "ownership-xml":
        return xml_reader.read(payload, source=source, accession=accession)
    if found == "html":
        return rendered_reader.read(payload, source=source, accession=accession)
    kind = page_reader.kind_of(payload) if found == "scanned" else None
    if kind is not None:
        return page_reader.read(payload, kind, source=source, accession=accession)
    if found == "scanned":
        return scan_reader.read(payload, source=source, accession=accession)
    what = f"not a Form 3, 4 or 5: {other}"
    raise NotAnOwnershipForm(what, where=source, remedy=remedy_for(other))
