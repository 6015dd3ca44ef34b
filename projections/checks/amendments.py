"""What amendments change or leave open, and filings that only repeat another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from ledger.addresses import note_ref
from ledger.types import grouped
from projections.checks.check import Doubt
from projections.checks.conventions import confirmed
from projections.filings.amendments import Amended
from projections.filings.duplicates import Repeated
from projections.filings.records import ZERO, Dossier, Line
from projections.filings.taken_back import retracting_notes
from projections.findings.finding import Finding
from projections.issuer import Folded
from projections.positions.digits import slipped_digits
from projections.positions.entries import Posting, reference
from projections.positions.position import Position

_WHOSE = "it names nobody: which filing it amends is not known"


def amendments(change: Amended) -> Iterator[Finding]:
    """What an amendment changes of the history, or that nothing certain is amended by it."""
    amendment, target = change.amendment, change.target
    if target is None:
        named = bool(amendment.head.owners)
        words = "the filing it amends is not in the ledger" if named else _WHOSE
        yield Finding("AMENDMENT_ORPHAN", amendment.id, None, words)
        return
    if change.candidates:
        listed = ", ".join(sorted({target.id, *(c.id for c in change.candidates)}))
        yield Finding(
            "AMENDMENT_TARGET_AMBIGUOUS", amendment.id, None, f"it may amend any of {listed}"
        )
    changes = list(_changes(change))
    what = f"{change.scope} amendment of" if amendment.amends else "about"
    if changes:
        yield Finding(
            "AMENDMENT_CHANGES_HISTORY",
            amendment.id,
            None,
            f"{what} {target.id}: {'; '.join(changes)}",
            evidence=(target.id, *_evidence(change)),
        )


def _evidence(change: Amended) -> Iterator[str]:
    """The lines taken back, the words that do so, and what stands in their place."""
    if not change.taken_back:
        return
    yield from (f"{d.id}#{line.ref}" for d, line in change.taken_back)
    for note in retracting_notes(change.amendment):
        yield f"{change.amendment.id}#{note_ref(note, 1, 1)}"
    yield from (f"{change.amendment.id}#{line.ref}" for line in change.added)


def _changes(change: Amended) -> Iterator[str]:
    """What was public before and reads otherwise now, line by line."""
    for (_, was), line in change.restated:
        fields = [words for name, words in _FIELDS if _said(was, name) != _said(line, name)]
        if fields:
            told = (f"{w} {_shown(was, n)} to {_shown(line, n)}" for n, w in _FIELDS if w in fields)
            yield f"{line.ref} {', '.join(told)}"
    if change.added:
        yield f"adds {_listed(change.added)} of {change.amendment.id}"
    for filing in dict.fromkeys(d.id for d, _ in change.taken_back):
        gone = [line for d, line in change.taken_back if d.id == filing]
        yield f"takes back {_listed(gone)} of {filing}"


def _listed(lines: Iterable[Line]) -> str:
    return ", ".join(line.ref for line in lines)


_FIELDS = (
    ("table", "table"),
    ("security", "title"),
    ("exercise_price", "exercise price"),
    ("effective_on", "date"),
    ("code", "code"),
    ("shares", "amount"),
    ("value", "value"),
    ("direction", "letter"),
    ("price", "price"),
    ("exercisable_on", "exercisable"),
    ("expires_on", "expiration"),
    ("underlying", "underlying title"),
    ("underlying_shares", "underlying shares"),
    ("shares_after", "total"),
    ("value_after", "value owned"),
    ("ownership", "form of ownership"),
    ("nature", "nature of ownership"),
)
"""The columns of a line that an amendment may change, in the order of the form."""


def _said(line: Line, name: str) -> object:
    """What a column says, whatever the case and spacing of its words."""
    value = getattr(line, name)
    return " ".join(value.casefold().split()) or None if isinstance(value, str) else value


def _shown(line: Line, name: str) -> str:
    value = getattr(line, name)
    if value in (None, ""):
        return "nothing"
    return grouped(value) if isinstance(value, Decimal) else str(value)


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
    """Rows that an amendment leaves out, where no later total says whether they stand.

    One stands whose other half is restated: the units that were given up for the shares.
    """
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
                if id(entry.line) not in kept or not entry.delta or confirmed(position, entry):
                    continue
                if _counted_but_for_a_slip(position, entry, folded):
                    continue
                if not _other_half(amendment, entry.line):
                    words = f"leaves out {entry.line.ref} of {entry.dossier.id}, {grouped(abs(entry.delta))} shares; no later total says whether that row still stands"
                    ref = reference(entry)
                    yield Finding(
                        "AMENDMENT_SCOPE_AMBIGUOUS", amendment.id, None, words, evidence=(ref,)
                    )


def _counted_but_for_a_slip(position: Position, row: Posting, folded: Folded) -> bool:
    """Whether the total after a row is what the row leads to but for an error that has a name, and only with it."""
    after = next((e for e in position.entries[position.place(row) + 1 :] if e.claim), None)
    told = folded.rulings.on(after).explanation if after is not None else None
    if after is None or after.expected is None or told is None or told.code != "EXPL_FILER_ERROR":
        return False
    return not slipped_digits(after.claim or ZERO, after.expected - row.delta)


def _other_half(amendment: Dossier, line: Line) -> bool:
    """Whether an amendment restates what came for a row, or what it came from: it stands."""
    return any(
        other.table != line.table
        and other.shares is not None
        and (other.code, other.effective_on, other.shares)
        == (line.code, line.effective_on, line.shares)
        for other in amendment.lines
    )


DOUBTS: tuple[Doubt, ...] = (undecided_amendments,)
