"""The shapes of the answers that list who is in the ledger, with what there is of each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

import msgspec

from projections.answers import Name
from projections.columns import ISSUERS, PEOPLE, Column
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
