"""The shapes of the answers that say what is in the ledger: who, with what there is of each, and counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

import msgspec

from projections.answers import Name, Totals
from projections.columns import FILED, ISSUERS, PEOPLE, Column
from projections.tables.table import Table


class Insider(msgspec.Struct, frozen=True):
    """Somebody who reports, at the companies about which they do.

    `last_filing_on` is when the last filing became known, None where nothing says so. `findings`
    are those about the person's filings, `critical`, `major` and `minor` the graver among them.
    """

    person: Name
    issuers: tuple[Name, ...]
    filings: int
    positions: int
    last_filing_on: date | None
    findings: int
    critical: int
    major: int
    minor: int


class People(Table, frozen=True):
    """Everybody in the ledger, by name."""

    schema: ClassVar[str] = "ledger.people/1"
    columns: ClassVar[tuple[Column, ...]] = PEOPLE
    people: tuple[Insider, ...]

    def _records(self) -> Iterable[Insider]:
        return self.people


class Company(msgspec.Struct, frozen=True):
    """A company that people report about, and how the totals in its filings fare."""

    issuer: Name
    people: int
    filings: int
    positions: int
    last_filing_on: date | None
    checked: int
    agreed: int
    explained: int
    ambiguous: int
    unexplained: int
    opening: int
    findings: int
    critical: int
    major: int
    minor: int


class Issuers(Table, frozen=True):
    """Every company in the ledger, by name."""

    schema: ClassVar[str] = "ledger.issuers/1"
    columns: ClassVar[tuple[Column, ...]] = ISSUERS
    issuers: tuple[Company, ...]

    def _records(self) -> Iterable[Company]:
        return self.issuers


class Filed(msgspec.Struct, frozen=True):
    """A filing: when it was due and when it was filed, and how the totals in it fare.

    `filed_on` is the day on which it became public, or was signed where that is all. `due_on` is that
    of the form, or of the `row` that was due first; None where nothing that stands in it has such a
    day, and of an amendment. `late` is None where either day is unknown, or the days in it cannot be right.
    """

    filing: str
    form: str
    issuer: Name
    owners: tuple[Name, ...]
    filed_on: date | None
    due_on: date | None
    row: str | None
    late: bool | None
    checked: int
    agreed: int
    explained: int
    ambiguous: int
    unexplained: int
    opening: int
    findings: tuple[str, ...] = ()
    address: str | None = None


class FiledOnes(Table, frozen=True):
    """What was filed, by the day on which it was; what no day is known of stands first."""

    schema: ClassVar[str] = "ledger.filed/1"
    columns: ClassVar[tuple[Column, ...]] = FILED
    known_at: str | None
    filed: tuple[Filed, ...]

    def _records(self) -> Iterable[Filed]:
        return self.filed


class Stats(msgspec.Struct, frozen=True):
    """What is in the ledger, counted.

    `events` and `events_by_kind` count the whole log; every other number is without the filings
    that are `retracted`. `repeated` are documents that tell a filing which is counted already, from
    another source: no filing more. `accepted` are the findings that people put to rest.
    """

    schema: ClassVar[str] = "ledger.stats/1"
    events: int
    filings: int
    persons: int
    issuers: int
    filings_by_form: dict[str, int]
    filings_by_year: dict[str, int]
    events_by_kind: dict[str, int]
    findings_by_kind: dict[str, int]
    totals: Totals
    retracted: int = 0
    repeated: int = 0
    accepted: int = 0
