"""From files to the log: find documents, read them, record what they say, report the rest.

One unreadable document never takes others with it, and none disappears without a word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from ledger.ingestion.documents import documents
from ledger.ingestion.reading import Read, read_each
from ledger.ingestion.unchanged import Register, recognised
from ledger.precedence import Status
from ledger.problems import Problem
from ledger.processes import collector_paused
from ledger.store import Ledger, Outcome
from ledger.types import Format, eastern_day

if TYPE_CHECKING:
    from ledger.filing import Filing, Reading
    from ledger.readers.datasets.reader import SheetCount

_BATCH = 10_000
"""Events collected before they are recorded: what an ingestion holds in memory."""

_SCAN = 50
"""Events that a scan counts for: reading it takes as long, and is lost with its batch."""


class SetAside(NamedTuple):
    """A document that was not recorded, why and what to do, and where in it, where that is known."""

    source: str
    reason: str
    place: str = ""


class IngestReport(NamedTuple):
    """What an ingestion did, document by document in sum.

    `recorded`, `reread`, `already_recorded` and `conflicting` count filings, `events` what was
    appended for them, `rows` and `statements` how many more stand than before: of a filing
    read again only what it has more, or fewer. `problems` is everything a reader did not take
    at its word. `left_out` are those of them that cost a document, one for each that is set
    aside or conflicts; what else is set aside is a part of a document that is recorded.
    `tables` counts the lines of each table of a data set.
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
    tables: tuple[SheetCount, ...] = ()
    left_out: tuple[Problem, ...] = ()


def ingest(
    ledger: Ledger,
    paths: Iterable[str | Path],
    *,
    jobs: int = 1,
    as_format: Format | None = None,
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
    today: date | None = None,
) -> IngestReport:
    """Read every document under these paths and record what it says.

    Args:
        ledger: Where to record it.
        paths: Files, folders and archives; `ledger.ingestion.documents` says what is looked at.
        jobs: Processes that read; one always writes. The outcome is the same for any number.
        as_format: Take every document for this format instead of looking at it.
        dry_run: Report what would happen and record nothing.
        progress: Called with the number of documents finished, after each batch.
        today: The day from which a signature is still to come; None for the clock's.

    Raises:
        StoreUnavailable: Busy, full or out of reach. What was recorded before stays,
            and running it again continues.
    """
    found = documents(paths)
    if as_format is None:
        found = recognised(found, ledger)
    tally = _Tally(today or eastern_day(datetime.now(UTC)))
    with _target(ledger, dry_run=dry_run) as record:
        readings = read_each(found, jobs, as_format)
        while _one_batch(readings, record, tally):
            if progress:
                progress(tally.documents)
    return tally.report()


def _one_batch(readings: Iterator[Read], record: _Record, tally: _Tally) -> bool:
    """Record the next batch, if there is one, and let go of it before the collector resumes."""
    with collector_paused():
        batch = _batch(readings)
        if not batch:
            return False
        tally.add(batch, record(batch))
        del batch
    return True


_Record = Callable[[list[Read]], list[Outcome]]


@contextmanager
def _target(ledger: Ledger, *, dry_run: bool) -> Iterator[_Record]:
    """What records a batch: the ledger, or for a dry run a scratch copy of what it needs."""
    if not dry_run:
        register = Register(ledger)

        def recorded(batch: list[Read]) -> list[Outcome]:
            outcomes = ledger.record(_filings(batch))
            register.add(batch, outcomes)
            register.keep()
            return outcomes

        yield recorded
        register.keep(end=True)
        return
    with TemporaryDirectory() as folder, Ledger.open(Path(folder) / "dry-run.db") as scratch:

        def rehearse(batch: list[Read]) -> list[Outcome]:
            scratch.adopt(ledger, (filing.stream for filing in _filings(batch)))
            return scratch.record(_filings(batch))

        yield rehearse


def _filings(batch: Iterable[Read]) -> list[Filing]:
    return [item.reading.filing for item in batch if item.reading]


def _batch(readings: Iterator[Read]) -> list[Read]:
    """The next readings, of about _BATCH events; none when there are no more."""
    batch: list[Read] = []
    size = 0
    for item in readings:
        batch.append(item)
        size += 1
        if item.reading:
            filing = item.reading.filing
            size += len(filing.rows) + len(filing.statements)
            size += _SCAN if filing.format == "scanned" else 0
        if size >= _BATCH:
            break
    return batch


def unfinished(filing: Filing, today: date) -> str:
    """Why a document looks like a draft rather than a form that was filed; "" where it does not."""
    if filing.accession:
        return ""
    signed = [said.signed_on for said in filing.signatures if said.signed_on]
    if not signed:
        return "no day of a signature"
    return f"a signature of {max(signed).isoformat()}, still to come" if max(signed) > today else ""


def _draft(source: str, filing: str, doubt: str) -> Problem:
    words = f"it has no accession number, and {doubt}: if it is a draft, `ledger retract {filing[:19]} --why TEXT` takes it back"
    return Problem(source=source, place="", problem=words, effect="row kept")


def _taken_back(source: str, outcome: Outcome) -> Problem:
    name = outcome.filing_id[:20]
    words = (
        f"{outcome.filing_id} is here and was {outcome.retracted} "
        f"(it stays out of every answer unless `ledger retract {name} --undo` brings it back)"
    )
    return Problem(source=source, place="", problem=words, effect="row kept")


class _Tally:
    """Sums up outcomes, batch by batch."""

    def __init__(self, today: date) -> None:
        self._today = today
        self.documents = self.events = self.rows = self.statements = 0
        self._filings: Counter[Status] = Counter()
        self._set_aside: list[SetAside] = []
        self._problems: list[Problem] = []
        self._left_out: list[Problem] = []
        self.tables: tuple[SheetCount, ...] = ()

    def add(self, batch: Sequence[Read], outcomes: Iterable[Outcome]) -> None:
        """Count one batch; `outcomes` are those of the documents that could be read."""
        following = iter(outcomes)
        for item in batch:
            self.documents += 1
            self.tables += item.counts
            if item.unchanged:
                self._filings["already recorded"] += item.unchanged
            for problem in item.left_out:
                self._set_aside.append(SetAside(item.source, problem.problem, problem.place))
                self._left_out.append(problem)
            if item.problem:
                self._problems.append(item.problem)
            elif item.reading:
                self._count(item.source, item.reading, next(following))

    def _count(self, source: str, reading: Reading, outcome: Outcome) -> None:
        self._filings[outcome.status] += 1
        self.events += outcome.events
        if outcome.status == "conflicting":
            remedy = "compare the two with EDGAR"
            self._left_out.append(Problem.set_aside(source, outcome.detail, remedy=remedy))
            self._problems.append(self._left_out[-1])
        self.rows += outcome.rows
        self.statements += outcome.statements
        if outcome.events:
            self._problems += reading.problems
            if doubt := unfinished(reading.filing, self._today):
                self._problems.append(_draft(source, outcome.filing_id, doubt))
        if outcome.retracted:
            self._problems.append(_taken_back(source, outcome))

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
            tables=self.tables,
            left_out=tuple(self._left_out),
        )
