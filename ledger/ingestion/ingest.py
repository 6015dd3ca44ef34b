"""From files to the log: find documents, read them, record what they say, report the rest.

One unreadable document never takes others with it, and none disappears without a word.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, Self

from ledger.errors import ReadError
from ledger.filing import Filing, Format, Problem, Reading
from ledger.ingestion.documents import Document, documents
from ledger.precedence import Status
from ledger.processes import Processes
from ledger.readers import read
from ledger.store import Ledger, Outcome, collector_paused

_BATCH = 10_000
"""Events collected before they are recorded: what an ingestion holds in memory."""

_CHUNK = 32
"""Documents handed to a reading process at a time."""

_AHEAD = 12
"""Chunks for each process to have read or before it, so that it works while a batch is recorded."""

_ALONE = 2_000
_ALONE_BYTES = 32 * 1024 * 1024
"""Documents, and bytes of them, read before other processes are started: about twice the work
that it costs to start one."""


class SetAside(NamedTuple):
    """A document that was not recorded, why and what to do, and where in it, where that is known."""

    source: str
    reason: str
    place: str = ""


class IngestReport(NamedTuple):
    """What an ingestion did, document by document in sum.

    `recorded`, `reread`, `already_recorded` and `conflicting` count filings, `events`,
    `rows` and `statements` what was appended for them. `problems` is everything a
    reader did not take at its word, and one `set aside` for each document left out.
    """

    recorded: int
    already_recorded: int
    conflicting: int
    reread: int
    set_aside: tuple[SetAside, ...]
    events: int
    rows: int
    statements: int
    problems: tuple[Problem, ...]


class _Read(NamedTuple):
    """One document after reading: a filing with its problems, or the reason there is none.

    `size` counts the bytes that were read.
    """

    source: str
    reading: Reading | None
    problem: Problem | None = None
    size: int = 0


def ingest(
    ledger: Ledger,
    paths: Iterable[str | Path],
    *,
    jobs: int = 1,
    as_format: Format | None = None,
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
) -> IngestReport:
    """Read every document under these paths and record what it says.

    Args:
        ledger: Where to record it.
        paths: Files, folders and archives; `ledger.ingestion.documents` says what is looked at.
        jobs: Processes that read; one always writes. The outcome is the same for any number.
        as_format: Take every document for this format instead of looking at it.
        dry_run: Report what would happen and record nothing.
        progress: Called with the number of documents finished, after each batch.

    Raises:
        StoreUnavailable: Busy, full or out of reach. What was recorded before stays,
            and running it again continues.
    """
    found = documents(paths)
    tally = _Tally()
    with _target(ledger, dry_run=dry_run) as record:
        readings = _readings(found, jobs, as_format)
        while _one_batch(readings, record, tally):
            if progress:
                progress(tally.documents)
    return tally.report()


def _one_batch(readings: Iterator[_Read], record: _Record, tally: _Tally) -> bool:
    """Record the next batch, if there is one, and let go of it before the collector resumes."""
    with collector_paused():
        batch = _batch(readings)
        if not batch:
            return False
        tally.add(batch, record(batch))
        del batch
    return True


_Record = Callable[[list[_Read]], list[Outcome]]


@contextmanager
def _target(ledger: Ledger, *, dry_run: bool) -> Iterator[_Record]:
    """What records a batch: the ledger, or for a dry run a scratch copy of what it needs."""
    if not dry_run:
        yield lambda batch: ledger.record(_filings(batch))
        return
    with TemporaryDirectory() as folder, Ledger.open(Path(folder) / "dry-run.db") as scratch:

        def rehearse(batch: list[_Read]) -> list[Outcome]:
            scratch.adopt(ledger, (filing.stream for filing in _filings(batch)))
            return scratch.record(_filings(batch))

        yield rehearse


def _filings(batch: Iterable[_Read]) -> list[Filing]:
    return [item.reading.filing for item in batch if item.reading]


def _batch(readings: Iterator[_Read]) -> list[_Read]:
    """The next readings, of about _BATCH events; none when there are no more."""
    batch: list[_Read] = []
    size = 0
    for item in readings:
        batch.append(item)
        size += 1
        if item.reading:
            size += len(item.reading.filing.rows) + len(item.reading.filing.statements)
        if size >= _BATCH:
            break
    return batch


class _Tally:
    """Sums up outcomes, batch by batch."""

    def __init__(self) -> None:
        self.documents = self.events = self.rows = self.statements = 0
        self._filings: Counter[Status] = Counter()
        self._set_aside: list[SetAside] = []
        self._problems: list[Problem] = []

    def add(self, batch: Sequence[_Read], outcomes: Iterable[Outcome]) -> None:
        """Count one batch; `outcomes` are those of the documents that could be read."""
        following = iter(outcomes)
        for item in batch:
            self.documents += 1
            if item.problem:
                self._leave_out(item.problem)
            elif item.reading:
                self._count(item.source, item.reading, next(following))

    def _count(self, source: str, reading: Reading, outcome: Outcome) -> None:
        self._filings[outcome.status] += 1
        self.events += outcome.events
        if outcome.status == "conflicting":
            remedy = "compare the two with EDGAR"
            self._problems.append(Problem.set_aside(source, outcome.detail, remedy=remedy))
        if outcome.events:
            self.rows += len(reading.filing.rows)
            self.statements += len(reading.filing.statements)
            self._problems += reading.problems

    def _leave_out(self, problem: Problem) -> None:
        self._set_aside.append(SetAside(problem.source, problem.problem, problem.place))
        self._problems.append(problem)

    def report(self) -> IngestReport:
        """The whole."""
        return IngestReport(
            recorded=self._filings["recorded"],
            already_recorded=self._filings["already recorded"],
            conflicting=self._filings["conflicting"],
            reread=self._filings["reread"],
            set_aside=tuple(self._set_aside),
            events=self.events,
            rows=self.rows,
            statements=self.statements,
            problems=tuple(self._problems),
        )


def _readings(found: Iterator[Document], jobs: int, as_format: Format | None) -> Iterator[_Read]:
    """Every document read, in the order found.

    With several jobs, this process begins alone. After _ALONE documents it starts the others
    and goes on until they are there.
    """
    alone = (_read(document, as_format) for document in found)
    if jobs == 1:
        yield from alone
        return
    size = 0
    with _Readers(jobs, as_format) as readers:
        for count, reading in enumerate(alone, start=1):
            yield reading
            size += reading.size
            if (count >= _ALONE or size >= _ALONE_BYTES) and readers.started():
                break
        yield from readers.readings(found)


def _read(document: Document, as_format: Format | None) -> _Read:
    name = document.name
    if document.problem is not None:
        return _Read(name, None, document.problem)
    size = 0
    try:
        payload = document.payload
        size = len(payload)
        reading = read(payload, source=name, accession=document.accession, as_format=as_format)
    except ReadError as error:
        place = error.place(name)
        told = Problem.set_aside(name, error.what, remedy=error.remedy, place=place)
        return _Read(name, None, told, size)
    except Exception as error:  # noqa: BLE001  (a reader's own mistake must stay its own)
        what = f"the reader failed on it ({type(error).__name__}: {error})"
        return _Read(name, None, Problem.set_aside(name, what, remedy="please report this"), size)
    return _Read(name, reading, size=size)


def _read_all(chunk: Sequence[Document], as_format: Format | None) -> list[_Read]:
    with collector_paused():
        return [_read(document, as_format) for document in chunk]


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
            with suppress(BrokenProcessPool):  # which is met again when there is work for them
                self._starting = [self._pool.submit(_start) for _ in range(self._jobs)]
        return all(process.done() for process in self._starting)

    def readings(self, found: Iterator[Document]) -> Iterator[_Read]:
        """Every document read, in the order found."""
        chunks = iter(lambda: list(islice(found, _CHUNK)), [])
        waiting: deque[_Chunk] = deque()
        while True:
            for chunk in islice(chunks, _AHEAD * self._jobs - len(waiting)):
                waiting.append(self._submit(self._pool, chunk))
            if not waiting:
                return
            first = waiting.popleft()
            try:
                yield from first.readings.result()
            except BrokenProcessPool:
                self._pool.shutdown(wait=False)
                yield from self._one_by_one(first.documents)
                self._pool = Processes(self._jobs)
                waiting = deque(self._submit(self._pool, chunk.documents) for chunk in waiting)

    def _one_by_one(self, chunk: Sequence[Document]) -> Iterator[_Read]:
        """Each document alone: one of them ends whichever process reads it."""
        pool = Processes(1)
        try:
            for document in chunk:
                try:
                    yield from self._submit(pool, [document]).readings.result()
                except BrokenProcessPool:
                    what = "reading it ends the process that reads it"
                    told = Problem.set_aside(document.name, what, remedy="please report this")
                    yield _Read(document.name, None, told)
                    pool = Processes(1)
        finally:
            pool.shutdown()

    def _submit(self, pool: Processes, chunk: list[Document]) -> _Chunk:
        try:
            return _Chunk(chunk, pool.submit(_read_all, chunk, self._as_format))
        except BrokenProcessPool as error:  # by an earlier chunk, whose turn comes first
            broken: Future[list[_Read]] = Future()
            broken.set_exception(error)
            return _Chunk(chunk, broken)


class _Chunk(NamedTuple):
    documents: list[Document]
    readings: Future[list[_Read]]
