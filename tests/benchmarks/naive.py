"""The reconciler anyone would write first, to compare with.

It keys a position by the text of title, D or I, and nature, takes filings as they were
accepted, and expects each total to be the one before it plus the row. It reads no
footnote and knows no split, no habit, no amendment.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from ledger.filing import Filing, Row


class Alarm(NamedTuple):
    """A total that is not the one before it plus the row."""

    kind: str
    severity: str
    filing: str
    row: str


class Outcome(NamedTuple):
    """How many totals were checked, and which did not follow."""

    checked: int
    findings: tuple[Alarm, ...]


def reconcile(filings: Iterable[Filing]) -> Outcome:
    """Check every total against the one before it."""
    held: dict[tuple[object, ...], Decimal] = {}
    checked, alarms = 0, []
    for filing in filings:
        owners = tuple(owner.cik for owner in filing.owners)
        for row in filing.rows:
            if row.shares_after is None:
                continue
            key = (filing.issuer.cik, owners, *_text(row))
            if key in held:
                checked += 1
                if row.shares_after != held[key] + _movement(row):
                    alarms.append(Alarm("BALANCE_BREAK", "major", filing.id, row.ref))
            held[key] = row.shares_after
    return Outcome(checked, tuple(alarms))


def _text(row: Row) -> tuple[object, ...]:
    terms = (row.exercise_price, row.expires_on) if row.table == "II" else ()
    return (row.table, row.security, row.ownership, row.nature, *terms)


def _movement(row: Row) -> Decimal:
    if row.holding or row.shares is None:
        return Decimal(0)
    return row.shares if row.direction == "acquired" else -row.shares
