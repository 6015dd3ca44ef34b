"""What first reports say of the days before and after them, where that is not a number of shares.

What a first line implies of the days before it may not be so; an initial statement may say that
nothing is owned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from projections.findings.finding import Finding
from projections.judgement import Judged
from projections.positions.entries import Posting
from projections.sums import NothingOwned

_AGAINST = frozenset(
    {
        "AD_CODE_CONTRADICTION",
        "BALANCE_BREAK",
        "COLUMN_NOTE_CONFLICT",
        "LOT_ONLY",
        "MAGNITUDE_ERROR",
        "MISSED_OWN_ROW",
        "OPENING_MISMATCH",
        "TRANSPOSED_DIGITS",
    }
)
"""Findings about a first line by which what its total implies was held before is not so."""

_OF_NUMBERS = frozenset({"LOT_ONLY", "MAGNITUDE_ERROR", "TRANSPOSED_DIGITS"})
"""Those by which the total itself may be the number that is wrong."""


def contradicted(first: Posting, findings: Iterable[Finding]) -> bool:
    """Whether a finding on a position's first line contradicts the opening that it implies."""
    return not _AGAINST.isdisjoint(_kinds(first, findings))


def number_in_doubt(first: Posting, findings: Iterable[Finding]) -> bool:
    """Whether by a finding the amount or the total of a first line is a slip, nobody knows which."""
    return first.opening and not _OF_NUMBERS.isdisjoint(_kinds(first, findings))


def _kinds(first: Posting, findings: Iterable[Finding]) -> set[str]:
    row = (first.dossier.id, first.line.ref)
    return {f.kind for f in findings if (f.filing, f.row) == row}


def nothing_owned(judged: Judged, day: date | None) -> Iterator[tuple[str, NothingOwned]]:
    """Who had reported by a day that no securities were owned, with their keys, whatever came since."""
    people = judged.folded.people
    for dossier in judged.folded.saying_nothing_owned:
        since, owners = dossier.head.period or dossier.day, people.keys(dossier)
        if day is not None and (since is None or since > day):
            continue
        for key in sorted(owners):
            yield key, NothingOwned(people.person(key), judged.issuer_on(day), since, dossier.id)
