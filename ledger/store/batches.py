"""What is recorded together: filings in lists, and what becomes of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ledger.precedence import Status, Verdict, judge
from ledger.store.seals import State

if TYPE_CHECKING:
    from ledger.filing import Filing
    from ledger.store.mapper import FactMapper

BATCH = 20_000
"""Events appended in one transaction; a filing is never split over two."""


class Outcome(NamedTuple):
    """What became of one filing: its name, how many events were appended, and why.

    `retracted` says that the filing is taken back, when and why; "" where it counts.
    `rows` and `statements` say how many more stand than before: of a reading that takes
    another's place what it has more, below nothing where it has fewer.
    """

    filing_id: str
    status: Status
    events: int
    detail: str = ""
    retracted: str = ""
    version: int = 0
    """How many events the filing's stream has now."""
    rows: int = 0
    statements: int = 0


class Standing(NamedTuple):
    """The reading of a filing that stands, how many events its stream has, and what took it back."""

    filing: Filing
    version: int
    retracted: str = ""


class Plan(NamedTuple):
    """The events to append for some filings, and what becomes of each filing."""

    events: list[State]
    outcomes: list[Outcome]


def batches(filings: Iterable[Filing]) -> Iterator[list[Filing]]:
    """Filings in lists of about BATCH events."""
    batch: list[Filing] = []
    events = 0
    for filing in filings:
        batch.append(filing)
        events += 1 + len(filing.rows) + len(filing.statements)
        if events >= BATCH:
            yield batch
            batch, events = [], 0
    if batch:
        yield batch


def planned(
    batch: Sequence[Filing],
    streams: Sequence[str],
    standing: dict[str, Standing],
    mapper: FactMapper,
) -> Plan:
    """Which events to append for a batch, by stream, and what that makes of each filing.

    Args:
        batch: The filings.
        streams: The stream of each.
        standing: What stands in those that exist; what the batch adds is entered.
        mapper: Makes rows of the log of a filing.
    """
    events: list[State] = []
    outcomes: dict[int, Outcome] = {}
    for index in sorted(range(len(batch)), key=streams.__getitem__):
        filing, stream = batch[index], streams[index]
        before = standing.get(stream)
        said: list[State] = []
        held, version = (before.retracted, before.version) if before else ("", 0)
        if before is None:
            verdict = Verdict("recorded")
            said = mapper.to_states(filing)
        else:
            verdict = judge(before.filing, filing)
            if verdict.stands is not None:
                filing = verdict.stands
                said = mapper.to_states(filing, after=before.version, reason=verdict.detail)
        rows = statements = 0
        if said:
            rows = len(filing.rows) - (len(before.filing.rows) if before else 0)
            statements = len(filing.statements) - (len(before.filing.statements) if before else 0)
            version += len(said)
            standing[stream] = Standing(filing, version, held)
            events += said
        told = Outcome(filing.id, verdict.status, len(said), verdict.detail, held)
        outcomes[index] = told._replace(version=version, rows=rows, statements=statements)
    return Plan(events, [outcomes[index] for index in range(len(batch))])
