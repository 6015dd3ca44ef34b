"""First totals that cannot be right, although nothing earlier contradicts them by number."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.types import grouped
from projections.checks.check import Check
from projections.checks.inferred import mistaken_for_amount
from projections.filings.records import Dossier
from projections.findings.finding import Finding, about
from projections.issuer import Folded
from projections.positions.digits import lengthened
from projections.positions.entries import Entry


def owned_nothing(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A first total that starts from shares, where the initial statement said there are none."""
    for entry in _inferred(dossier, folded):
        if entry.line.table == "I" and (said := _nothing_owned(entry, folded)) is not None:
            assert entry.claim is not None
            words = f"starts from {grouped(entry.claim - entry.delta)}, where {said.id} said that nothing was owned"
            yield about(
                dossier,
                entry.line,
                "OPENING_MISMATCH",
                words,
                expected=entry.delta,
                reported=entry.claim,
                difference=entry.claim - entry.delta,
                evidence=(said.id,),
            )


def swapped_openings(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A first total that is its own row's amount with two digits in each other's place."""
    for entry in _inferred(dossier, folded):
        assert entry.claim is not None
        if mistaken_for_amount(entry):
            words = f"the total {grouped(entry.claim)} and the amount {grouped(entry.delta)} differ by two digits that changed places"
            yield about(
                dossier,
                entry.line,
                "TRANSPOSED_DIGITS",
                words,
                expected=entry.delta,
                reported=entry.claim,
                difference=entry.claim - entry.delta,
            )


def below_nothing(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A first total smaller than what was just acquired: less than nothing came before it."""
    for position in folded.opened_by.get(dossier.stream, ()):
        first = position.entries[0]
        if not position.opened or position.opened >= 0 or first.claim is None or first.delta <= 0:
            continue
        if mistaken_for_amount(first) or first.line.tells_no_opening:
            continue
        slip = lengthened(first.claim, first.delta)
        words = f"the total {grouped(first.claim)} is less than the {grouped(first.delta)} just acquired"
        if slip:
            words += ": a digit too few or too many"
        yield about(
            dossier,
            first.line,
            "MAGNITUDE_ERROR" if slip else "NEGATIVE_BALANCE",
            words,
            expected=first.delta,
            reported=first.claim,
            difference=first.claim - first.delta,
        )


def _inferred(dossier: Dossier, folded: Folded) -> Iterator[Entry]:
    for position in folded.opened_by.get(dossier.stream, ()):
        first = position.entries[0]
        if position.opened and first.delta and first.claim:
            yield first


def _nothing_owned(entry: Entry, folded: Folded) -> Dossier | None:
    owners = folded.people.keys(entry.dossier)
    return next(
        (
            d
            for d in folded.saying_nothing_owned
            if folded.people.keys(d) == owners and d.known.at < entry.dossier.known.at
        ),
        None,
    )


CHECKS: tuple[Check, ...] = (owned_nothing, swapped_openings, below_nothing)
