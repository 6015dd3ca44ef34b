"""Documents that the log has already, recognised by their bytes before they are parsed.

Ownership XML is one filing whose name is the file's, or the hash of its bytes; and the log has
that hash. Where it stands there, read by the present reader or as part of its submission,
reading it again would change nothing. A submission's header is no part of the hash, and paper
may hold several forms: those are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import NamedTuple

from ledger.errors import ReadError
from ledger.filing import Filing, stream_of
from ledger.ingestion.document import Document
from ledger.readers.ownership_xml.reader import VERSION
from ledger.readers.pieces import pieces
from ledger.store import Ledger

_AT_ONCE = 200
_AT_ONCE_BYTES = 16 * 1024 * 1024
"""Documents looked up together, and bytes of those that an archive holds in memory."""


class _Named(NamedTuple):
    """What a document would be recorded as, and the hash of its bytes."""

    stream: str
    sha256: str


def recognised(found: Iterable[Document], ledger: Ledger) -> Iterator[Document]:
    """Every document in its order, marked `unchanged` where the log has just that."""
    for some in _parts(found):
        named = [_named(document) for document in some]
        standing = ledger.heads({one.stream for one in named if one})
        for document, one in zip(some, named, strict=True):
            head = standing.get(one.stream) if one else None
            same = head is not None and one is not None and _as_read(head, one.sha256)
            yield replace(document, unchanged=True) if same else document


def _as_read(head: Filing, digest: str) -> bool:
    """Whether a filing stands as ownership XML with this hash would be read, or from its submission."""
    current = head.format == "ownership-xml" and head.reader_version == VERSION
    return head.sha256 == digest and (current or head.format == "submission")


def _named(document: Document) -> _Named | None:
    """What ownership XML would be recorded as; None of whatever else, or what cannot be opened."""
    if document.problem is not None or document.tables:
        return None
    try:
        payload = document.payload
    except ReadError:
        return None
    if b"ownershipDocument" not in payload or len(pieces(payload)) > 1:
        return None
    digest = sha256(payload).hexdigest()
    return _Named(stream_of(document.accession or f"sha256:{digest}"), digest)


def _parts(found: Iterable[Document]) -> Iterator[Sequence[Document]]:
    """The documents in lists of some, which fit in memory."""
    some: list[Document] = []
    size = 0
    for document in found:
        some.append(document)
        size += len(document.content or b"")
        if len(some) == _AT_ONCE or size >= _AT_ONCE_BYTES:
            yield some
            some, size = [], 0
    if some:
        yield some
