"""Documents that the log has already, recognised by their bytes before they are read.

What a document says depends on its bytes, the accession number that its place gives it, and the
code that reads it. Of each document of which everything was recorded, a table beside the log
keeps a digest of the first two, and how many events the streams of its filings then had; the
code is the table's edition. Where they have as many today, recording it again would change
nothing, and it is counted and not read. Whatever was added to them since, a better source or
another reading, makes it be read as if it were new.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from typing import NamedTuple

from ledger.editions import fingerprint, folder_of
from ledger.errors import ReadError
from ledger.ingestion.document import Document
from ledger.ingestion.reading import Read
from ledger.store import Ledger, Outcome, View
from ledger.store.chain import marks

_AT_ONCE = 400
_AT_ONCE_BYTES = 16 * 1024 * 1024
"""Documents looked up together, and bytes of them that are held in memory meanwhile."""

_SCHEMA = (
    "CREATE TABLE view_documents ("
    "document TEXT PRIMARY KEY, filings TEXT NOT NULL, digest TEXT NOT NULL) WITHOUT ROWID"
)


class _Kept(NamedTuple):
    """A row of the table: a document's digest, its filings' streams and versions, and a seal."""

    document: str
    filings: str
    digest: str


def recognised(found: Iterable[Document], ledger: Ledger) -> Iterator[Document]:
    """Every document in its order, marked where the log has all of it.

    What the log has of them is checked where something is read or follows from it, not here: to
    check all of it took as long as everything else.

    Raises:
        IntegrityFailure: Events are missing in the log, or in its index of streams.
    """
    view = _view(ledger)
    if not view.position():
        yield from found
        return
    for some in _parts(found):
        looked = [_looked_into(document) for document in some]
        kept = _kept(view, [known for known, _ in looked if known])
        streams = {stream for filings in kept.values() for stream in filings}
        standing = ledger.versions(streams)
        for document, (known, payload) in zip(some, looked, strict=True):
            filings = kept.get(known, {})
            if filings and all(standing.get(s) == version for s, version in filings.items()):
                yield Document(document.name, unchanged=len(filings))
            elif payload is not None:
                yield replace(document, path=None, content=payload)
            else:
                yield document


def _looked_into(document: Document) -> tuple[str, bytes | None]:
    """What a document is recognised by, and its bytes, so that they are not read twice."""
    if document.problem is not None:
        return "", None
    if document.tables:
        return document.digest(b""), None
    try:
        payload = document.payload
    except ReadError:
        return "", None
    return document.digest(payload), payload


def _kept(view: View, documents: Sequence[str]) -> dict[str, dict[str, int]]:
    """By document, the streams of its filings with their versions, of those that are kept."""
    if not documents:
        return {}
    sql = f"SELECT document, filings, digest FROM view_documents WHERE document IN ({marks(documents)})"  # noqa: S608
    rows = (_Kept(*row) for row in view.query(sql, tuple(documents)))
    return {row.document: _streams(row.filings) for row in rows if row.digest == _sealed(*row[:2])}


def _streams(filings: str) -> dict[str, int]:
    pairs = (line.rpartition(" ") for line in filings.split("\n"))
    return {stream: int(version) for stream, _, version in pairs}


def _sealed(document: str, filings: str) -> str:
    written = f"{document}\n{filings}".encode("utf-8", "surrogatepass")
    return sha256(written).hexdigest()[:16]


def forget_altered(ledger: Ledger) -> None:
    """Take out the rows that are not as they were written: their documents are read when met again."""
    view = ledger.view("documents")
    if not view.columns_of("view_documents"):
        return
    kept = (
        _Kept(*row) for row in view.each("SELECT document, filings, digest FROM view_documents")
    )
    altered = [(row.document,) for row in kept if row.digest != _sealed(*row[:2])]
    if altered:
        with view.transaction() as transaction:
            transaction.executemany("DELETE FROM view_documents WHERE document = ?", altered)


class Register:
    """Takes down what became of documents, and keeps those of which all was recorded.

    The forms of a document come one after the other; it is whole when another one begins.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._document = ""
        self._filings: dict[str, int] | None = {}
        self._rows: list[_Kept] = []

    def add(self, batch: Iterable[Read], outcomes: Iterable[Outcome]) -> None:
        """What became of a batch; `outcomes` are those of the documents that could be read."""
        following = iter(outcomes)
        for item in batch:
            outcome = next(following) if item.reading else None
            if item.document != self._document:
                self._finish()
                self._document = item.document
            told = outcome and (outcome.status == "conflicting" or outcome.retracted)
            if item.left_out or told:
                self._filings = None
            elif item.reading and outcome and self._filings is not None:
                self._filings[item.reading.filing.stream] = outcome.version

    def _finish(self) -> None:
        if self._document and self._filings:
            filings = "\n".join(f"{stream} {n}" for stream, n in sorted(self._filings.items()))
            self._rows.append(_Kept(self._document, filings, _sealed(self._document, filings)))
        self._document, self._filings = "", {}

    def keep(self, *, end: bool = False) -> None:
        """Write the documents that are whole; at the end the last one too."""
        if end:
            self._finish()
        if not self._rows:
            return
        with _view(self._ledger).transaction() as transaction:
            position, head = transaction.position(), self._ledger.head()
            if not position:
                transaction.execute("DROP TABLE IF EXISTS view_documents")
                transaction.execute(_SCHEMA)
                transaction.rewind()
            transaction.executemany(
                "INSERT INTO view_documents VALUES (?, ?, ?) ON CONFLICT (document) "
                "DO UPDATE SET filings = excluded.filings, digest = excluded.digest",
                self._rows,
            )
            if head > position:
                transaction.advance(head)
        self._rows = []


def _view(ledger: Ledger) -> View:
    return ledger.view("documents", _edition())


@cache
def _edition() -> str:
    """By which readers documents were read."""
    return fingerprint({folder_of("ledger"): ()})


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
