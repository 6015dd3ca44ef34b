"""Stock sold short, and bought to cover that: a total of what is owned does not count it.

No form has a number below zero, so that only a note tells what is owed.
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
    """A row's own movement that its total leaves out, since its note tells of a short sale."""
    entry = case.entry
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
