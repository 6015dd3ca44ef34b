"""Documents read in order, by this process or by several at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, Self

from ledger.errors import ReadError
from ledger.ingestion.document import Document
from ledger.ingestion.table_sets import openers
from ledger.problems import Problem
from ledger.processes import Processes, collector_paused
from ledger.readers.pieces import pieces
from ledger.types import Format

if TYPE_CHECKING:
    from ledger.filing import Reading
    from ledger.readers.datasets.reader import SheetCount

_CHUNK = 32
"""Documents handed to a reading process at a time."""

_WHOLE = ("submission", "document")
"""Places that are no row or field: what is set aside there is a form of its own."""

_AHEAD = 12
"""Chunks for each process to have read or before it, so that it works while a batch is recorded."""

_ALONE = 2_000
_ALONE_BYTES = 32 * 1024 * 1024
"""Documents, and bytes of them, read before other processes are started: about twice the work
that it costs to start one. What is unchanged is not read."""


class Read(NamedTuple):
    """One document after reading: a filing with its problems, or the reason there is none.

    `size` counts the bytes that were read, `counts` the lines of a data set that ends here.
    `unchanged` counts the filings of a document that was not read, because the log has them.
    `document` is what its document is recognised by another time; "" where it is not.
    """

    source: str
    reading: Reading | None
    problem: Problem | None = None
    size: int = 0
    counts: tuple[SheetCount, ...] = ()
    unchanged: int = 0
    document: str = ""

    @property
    def left_out(self) -> tuple[Problem, ...]:
        """What was set aside of it: the whole, or forms that stand in it beside what was read."""
        if self.reading is None:
            aside = self.problem is not None and self.problem.effect == "set aside"
            return (self.problem,) if self.problem and aside else ()
        told = self.reading.problems
        return tuple(p for p in told if p.effect == "set aside" and p.place in _WHOLE)


def read_each(found: Iterator[Document], jobs: int, as_format: Format | None) -> Iterator[Read]:
    """Every document read, in the order found.

    With several jobs, this process begins alone. After _ALONE documents it starts the others
    and goes on until they are there.
    """
    if jobs == 1:
        yield from (form for document in found for form in _read(document, as_format))
        return
    count = size = 0
    with _Readers(jobs, as_format) as readers:
        for document in found:
            for reading in _read(document, as_format):  # all of it, though it be a whole data set
                yield reading
                count, size = count + (not reading.unchanged), size + reading.size
            if (count >= _ALONE or size >= _ALONE_BYTES) and readers.started():
                break
        yield from readers.readings(found)


def _read(document: Document, as_format: Format | None) -> Iterator[Read]:
    """Every form of a document: of most one, of a whole data set one after the other."""
    name = document.name
    if document.problem is not None:
        yield Read(name, None, document.problem)
    elif document.unchanged:
        yield Read(name, None, unchanged=document.unchanged)
    elif document.tables:
        told = "" if as_format else document.digest(b"")
        yield from (found._replace(document=told) for found in _read_tables(document))
    else:
        try:
            payload = document.payload
        except ReadError as error:
            yield Read(name, None, _set_aside(name, error))
            return
        told = "" if as_format else document.digest(payload)
        for found in _read_payload(document, payload, as_format):
            yield found._replace(document=told)


def _read_payload(document: Document, payload: bytes, as_format: Format | None) -> Iterator[Read]:
    """Every form of a document whose bytes are in hand."""
    name = document.name
    forms = pieces(payload)
    for number, form in enumerate(forms, start=1):
        source = name if len(forms) == 1 else f"{name}:form {number}"
        accession = document.accession if len(forms) == 1 else None
        yield from _read_piece(form, source, accession, as_format)


def _read_piece(
    payload: bytes, name: str, accession: str | None, as_format: Format | None
) -> Iterator[Read]:
    """A piece of a document: one form, or the several that stand on its pages."""
    from ledger.readers import read_forms  # noqa: PLC0415  (what is here already needs none)

    size = len(payload)
    try:
        parts = read_forms(payload, source=name, accession=accession, as_format=as_format)
    except ReadError as error:
        yield Read(name, None, _set_aside(name, error), size)
        return
    except Exception as error:  # noqa: BLE001  (a reader's own mistake must stay its own)
        what = f"the reader failed on it ({type(error).__name__}: {error})"
        yield Read(name, None, Problem.set_aside(name, what, remedy="please report this"), size)
        return
    for part in parts:
        if isinstance(part.found, ReadError):
            yield Read(part.source, None, _set_aside(part.source, part.found), size)
        else:
            yield Read(part.source, part.found, size=size)
        size = 0


def _read_tables(document: Document) -> Iterator[Read]:
    """Every filing of a data set; what goes wrong with the set ends it, and is told."""
    from ledger.readers.datasets.reader import DataSet  # noqa: PLC0415

    name = document.name
    try:
        whole = DataSet(openers(document), name)
        for found in whole.readings():
            if isinstance(found, Problem):
                yield Read(found.source, None, found)
            else:
                yield Read(f"{name}:{found.filing.accession}", found)
        yield Read(name, None, counts=whole.counts())
    except ReadError as error:
        yield Read(name, None, _set_aside(name, error))
    except Exception as error:  # noqa: BLE001  (a reader's own mistake must stay its own)
        what = f"the reader failed on it ({type(error).__name__}: {error})"
        yield Read(name, None, Problem.set_aside(name, what, remedy="please report this"))


def _set_aside(name: str, error: ReadError) -> Problem:
    return Problem.set_aside(name, error.what, remedy=error.remedy, place=error.place(name))


def _read_all(chunk: Sequence[Document], as_format: Format | None) -> list[Read]:
    with collector_paused():
        return [form for document in chunk for form in _read(document, as_format)]


def _start() -> None:
    """Nothing to do: a process that has done it is ready for more."""


class _Readers:
    """Processes that read chunks of documents, a few chunks ahead of who records them."""

    def __init__(self, jobs: int, as_format: Format | None) -> None:
        self._jobs, self._as_format = jobs, as_format
        self._pool = Processes(jobs)  # which starts a process when it is given something to do
        self._starting: list[Future[None]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def started(self) -> bool:
        """Whether the processes have started, which the first call tells them to."""
        if not self._starting:
            with suppress(BrokenExecutor):  # which is met again when there is work for them
                self._starting = [self._pool.submit(_start) for _ in range(self._jobs)]
        return all(process.done() for process in self._starting)

    def readings(self, found: Iterator[Document]) -> Iterator[Read]:
        """Every document read, in the order found."""
        chunks = _chunks(found)
        waiting: deque[_Chunk] = deque()
        while True:
            for chunk in islice(chunks, _AHEAD * self._jobs - len(waiting)):
                waiting.append(self._submit(self._pool, chunk))
            if not waiting:
                return
            first = waiting.popleft()
            if first.readings is None:
                yield from _read(first.documents[0], self._as_format)
                continue
            try:
                yield from first.readings.result()
            except BrokenExecutor:
                self._pool.shutdown(wait=False)
                yield from self._one_by_one(first.documents)
                self._pool = Processes(self._jobs)
                waiting = deque(self._submit(self._pool, chunk.documents) for chunk in waiting)

    def _one_by_one(self, chunk: Sequence[Document]) -> Iterator[Read]:
        """Each document alone: one of them ends whichever process reads it."""
        pool = Processes(1)
        try:
            for document in chunk:
                try:
                    yield from pool.submit(_read_all, [document], self._as_format).result()
                except BrokenExecutor:
                    what = "reading it ends the process that reads it"
                    told = Problem.set_aside(document.name, what, remedy="please report this")
                    yield Read(document.name, None, told)
                    pool = Processes(1)
        finally:
            pool.shutdown()

    def _submit(self, pool: Processes, chunk: list[Document]) -> _Chunk:
        if chunk[0].tables:
            return _Chunk(chunk, None)
        try:
            return _Chunk(chunk, pool.submit(_read_all, chunk, self._as_format))
        except BrokenExecutor as error:  # by an earlier chunk, whose turn comes first
            broken: Future[list[Read]] = Future()
            broken.set_exception(error)
            return _Chunk(chunk, broken)


class _Chunk(NamedTuple):
    """Documents that another process reads; a data set alone, which is read here as it comes."""

    documents: list[Document]
    readings: Future[list[Read]] | None


def _chunks(found: Iterator[Document]) -> Iterator[list[Document]]:
    """The documents in lists of a few, a data set in one of its own."""
    chunk: list[Document] = []
    for document in found:
        if document.tables:
            yield from (chunk, [document]) if chunk else ([document],)
            chunk = []
            continue
        chunk.append(document)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
