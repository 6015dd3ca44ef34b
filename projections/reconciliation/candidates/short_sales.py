"""What is owed, as stock sold short or options written: a total of what is owned does not count it.

No form has a number below zero, so that a note tells what is owed, or the code of a row by which an option
that was written ends, where its total was nothing before already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ledger.addresses import note_ref
from ledger.footnotes.text import plain, sentences
from projections.reconciliation import costs
from projections.reconciliation.case import Candidate, Case

_SHORT = re.compile(
    r"\bshort\s+(?:sales?|positions?|exempt)\b|\bsold\s+short\b|\bshorted\b|\bcover(?:ed|ing|s)?\b[^.;]{0,40}\bshorts?\b",
    re.IGNORECASE,
)
_NOT_SHORT = re.compile(
    r"\b(?:not?|never|without|neither|nor|prior|previous(?:ly)?)\s+(?:\w+\s+){0,3}?(?:short|sold|cover)|\bagainst\s+the\s+box\b",
    re.IGNORECASE,
)
"""Words by which it was none, or one by which shares were delivered that were owned."""


def owed_apart(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A row's own movement that its total leaves out, since it is of what is owed.

    A note tells of a short sale, or an option that left nothing when it was sold ends.
    """
    entry = case.entry
    if gap == -entry.delta and _written_before(case):
        yield Candidate(
            shares=gap,
            cost=costs.CITED,
            kind="short-sale",
            code="EXPL_CONVENTION",
            source=case.source(),
            text="the total is of what is owned: the option was written, and ends",
            group="short",
            basis="shown",
        )
        return
    if case.position.table != "I" or entry.line.code not in ("S", "P", "J") or gap != -entry.delta:
        return
    for note in entry.line.notes:
        said = sentences(plain(entry.dossier.text_of(note))[0])
        told = next((s.words for s in said if _SHORT.search(s.words)), "")
        if told and not _NOT_SHORT.search(told):
            yield Candidate(
                shares=gap,
                cost=costs.CITED,
                kind="short-sale",
                code="EXPL_CONVENTION",
                source=f"{entry.dossier.id}#{note_ref(note, 1, 1)}",
                text=told,
                group="short",
                basis="stated",
            )
            return


def _written_before(case: Case) -> bool:
    """Whether an option ends, or is bought back, that left nothing owned where it was sold."""
    entry, first = case.entry, case.position.entries[0]
    sold = first.line.code == "S" and first.line.direction == "disposed" and first is not entry
    ends = entry.line.code == "E" or (
        entry.line.code == "P" and entry.line.shares == first.line.shares
    )
    none = case.position.table == "II" and entry.claim == 0 == entry.prior and first.claim == 0
    return none and ends and (sold or entry.line.code == "E")
