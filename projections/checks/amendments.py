"""What amendments change or leave open, and filings that only repeat another."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ledger.types import grouped
from projections.checks.conventions import confirmed
from projections.filings.amendments import Amended
from projections.filings.duplicates import Repeated
from projections.findings.finding import Finding
from projections.issuer import Folded
from projections.positions.entries import reference


def amendments(change: Amended) -> Iterator[Finding]:
    """What an amendment changes of the history, or that nothing certain is amended by it."""
    amendment, target = change.amendment, change.target
    if target is None:
        yield Finding(
            "AMENDMENT_ORPHAN", amendment.id, None, "the filing it amends is not in the ledger"
        )
        return
    if change.candidates:
        listed = ", ".join(sorted({target.id, *(c.id for c in change.candidates)}))
        yield Finding(
            "AMENDMENT_TARGET_AMBIGUOUS", amendment.id, None, f"it may amend any of {listed}"
        )
    changed = [
        (told, line) for told, line in change.restated if _numbers(told[1]) != _numbers(line)
    ]
    if changed or change.scope == "additive":
        refs = ", ".join(line.ref for _, line in changed) or "lines added"
        yield Finding(
            "AMENDMENT_CHANGES_HISTORY",
            amendment.id,
            None,
            f"{change.scope} amendment of {target.id}: {refs}",
            evidence=(target.id,),
        )


def _numbers(line: object) -> tuple[object, ...]:
    return tuple(
        getattr(line, n)
        for n in ("shares", "shares_after", "direction", "effective_on", "code", "price")
    )


def repetitions(repeat: Repeated) -> Iterator[Finding]:
    """A filing that stands under two accession numbers."""
    if repeat.how == "another filing":
        yield Finding(
            "DUPLICATE_FILING",
            repeat.dossier.id,
            None,
            f"repeats {repeat.original.id} line by line; counted once",
            evidence=(repeat.original.id,),
        )


def undecided_amendments(folded: Folded) -> Iterator[Finding]:
    """Rows that an amendment leaves out, where no later total says whether they stand."""
    amending = {
        c.target.stream: c.amendment
        for c in folded.roll.amended
        if c.target is not None and c.scope == "partial"
    }
    for filing in folded.roll.standing:
        amendment = amending.get(filing.dossier.stream)
        if amendment is None or not filing.unmentioned:
            continue
        kept = {id(line) for _, line in filing.unmentioned}
        for position in folded.positions_of(folded.people.keys(filing.dossier)):
            for entry in position.entries:
                if id(entry.line) in kept and entry.delta and not confirmed(position, entry):
                    words = f"leaves out {entry.line.ref} of {entry.dossier.id}, {grouped(abs(entry.delta))} shares; no later total says whether that row still stands"
                    ref = reference(entry)
                    yield Finding(
                        "AMENDMENT_SCOPE_AMBIGUOUS", amendment.id, None, words, evidence=(ref,)
                    )


DOUBTS: tuple[Callable[[Folded], Iterator[Finding]], ...] = (undecided_amendments,)
