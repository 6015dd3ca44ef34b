"""What is recorded together: filings in lists, and what becomes of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ledger.filing import Filing
from ledger.precedence import Status
from ledger.store.mapper import Stored

BATCH = 20_000
"""Events appended in one transaction; a filing is never split over two."""


class Outcome(NamedTuple):
    """What became of one filing: its name, how many events were appended, and why.

    `retracted` says that the filing is taken back, when and why; "" where it counts.
    """

    filing_id: str
    status: Status
    events: int
    detail: str = ""
    retracted: str = ""
    version: int = 0
    """How many events the filing's stream has now."""


class Standing(NamedTuple):
    """The reading of a filing that stands, how many events its stream has, and what took it back."""

    filing: Filing
    version: int
    retracted: str = ""


class Plan(NamedTuple):
    """The events to append for some filings, and what becomes of each filing."""

    events: list[Stored]
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
