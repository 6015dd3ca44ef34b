"""Columns that their own notes contradict: a price outside its range, more than was granted."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger.footnotes.particulars import expiries, grants, price_ranges
from ledger.types import grouped
from projections.checks.check import Check, asked_of
from projections.filings.records import Dossier
from projections.findings.finding import Finding, about
from projections.issuer import Folded


@asked_of("price")
def prices_outside(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A price outside every range that its own note gives."""
    for line in folded.lines_of(dossier):
        if not line.price or line.holding:
            continue
        ranges = [r for note in line.notes_of("price") for r in price_ranges(dossier.text_of(note))]
        if ranges and not any(_within(line.price, low, high) for low, high in ranges):
            said = " or ".join(f"{grouped(low)} to {grouped(high)}" for low, high in ranges)
            words = (
                f"a price of {grouped(line.price)}, outside the range of {said} that its note gives"
            )
            yield about(dossier, line, "PRICE_SUSPECT", words)


def _within(price: Decimal, low: Decimal, high: Decimal) -> bool:
    """Whether a price, rounded as it may be, lies in a range."""
    if low <= price <= high:
        return True
    half = Decimal(5).scaleb(price.normalize().as_tuple().exponent - 1)  # type: ignore[operator]
    return low - half <= price <= high + half


@asked_of("citing rows")
def more_than_granted(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """More granted, exercised, vested or withheld than the grant that its own note states."""
    for line in folded.lines_of(dossier):
        if line.holding or not line.shares or line.code not in ("A", "M", "F", "X", "C"):
            continue
        limits = [grants(dossier.text_of(note)) for note in line.notes]
        if None in limits:
            continue
        granted = sum((shares for limit in limits for shares in limit or ()), Decimal(0))
        if granted and line.shares > granted:
            words = f"{grouped(line.shares)} of a grant of {grouped(granted)} that its note states"
            yield about(dossier, line, "COLUMN_NOTE_CONFLICT", words)


@asked_of("expires_on")
def other_terms(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """An expiration date that is not the one its own note gives."""
    for line in folded.lines_of(dossier):
        if line.expires_on is None:
            continue
        for note in line.notes_of("expires_on"):
            days = list(expiries(dossier.text_of(note)))
            if len(days) == 1 and days[0] != line.expires_on:
                words = f"expires {line.expires_on}, where its note says {days[0]}"
                yield about(dossier, line, "COLUMN_NOTE_CONFLICT", words)


CHECKS: tuple[Check, ...] = (prices_outside, more_than_granted, other_terms)
