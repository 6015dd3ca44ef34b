"""More left than there was, where no total says what is left: a row or a filing is missing."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.types import grouped
from projections.checks.check import Doubt
from projections.filings.records import ZERO
from projections.findings.finding import Finding, about
from projections.issuer import Folded
from projections.positions.balances import may_owe
from projections.positions.entries import Posting


def overdrawn(folded: Folded) -> Iterator[Finding]:
    """A position that ends below nothing, at the row that took it there.

    A total would have shown it: then the break at that total is what is told. A fraction of
    a share is none.
    """
    for position in folded.book.positions:
        if position.balance is None or position.balance > -1 or may_owe(position):
            continue
        entry = _since(position.entries)
        words = f"{grouped(-entry.delta)} left, where {grouped(entry.prior or ZERO)} were held; no total says what is left"
        kind = "DERIV_OVER_EXERCISED" if position.table == "II" else "NEGATIVE_BALANCE"
        yield about(entry.dossier, entry.line, kind, words)


def _since(entries: list[Posting]) -> Posting:
    """The last row before which there was enough."""
    reversed_ = reversed(entries)
    return next((e for e in reversed_ if e.prior is not None and e.prior >= 0), entries[-1])


DOUBTS: tuple[Doubt, ...] = (overdrawn,)
