"""Totals of options that a later note says were those of all series together.

Column 9 of Form 4 asks for what is left of the series; some filers gave the sum of all of
them, and say so in the form that begins to do otherwise. The arithmetic shows it where all
series are known; where they are not, the note does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ledger.filing import note_ref
from ledger.types import grouped
from projections.filings.records import ZERO, Dossier
from projections.findings.finding import Finding, about
from projections.issuer import Folded
from projections.positions.entries import Posting
from projections.positions.position import Position

_SUMS = re.compile(
    r"\b(?:earlier|prior|previous|preceding|past)\b(?:(?!\bnot\b)[^.;]){0,140}?"
    r"\b(?:all|aggregate|total\s+number|combined)\b(?:(?!\bnot\b)[^.;]){0,60}?\b(?:options?|series|grants?|awards?)\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:only|now|from\s+this|from\s+now|going\s+forward|henceforth|future)\b", re.IGNORECASE
)


def title_totals(folded: Folded) -> Iterator[Finding]:
    """Take earlier totals to be those of all series where a note says so; tell what stays open."""
    for dossier in folded.dossiers:
        note = next((n for n in dossier.head.footnotes if _tells(n.text)), None)
        if note is None:
            continue
        source = f"{dossier.id}#{note_ref(note.id, 1, 1)}"
        for position in folded.positions_of(folded.people.keys(dossier)):
            if position.table == "II" and position.kind == "option":
                yield from _apart(position, dossier, source, folded)


@lru_cache(maxsize=16_384)  # filers repeat their notes for years
def _tells(text: str) -> bool:
    return bool(_SUMS.search(text)) and bool(_NOW.search(text))


def _apart(position: Position, dossier: Dossier, source: str, folded: Folded) -> Iterator[Finding]:
    """One series: the part of it in totals before the note, from the first total after it."""
    known = [e for e in position.entries if e.claim is not None]
    before = [e for e in known if _summed(e, dossier)]
    since = [e for e in known if e.dossier.known.at >= dossier.known.at]
    if not before or before[0] != known[0]:
        return
    if since and since[0].residual < 0:
        position.narrow(before[0], -since[0].residual, since[0])
    elif not since:
        for entry in before:
            folded.rulings.bound(entry)
            yield about(
                entry.dossier,
                entry.line,
                "DERIV_POST_SCOPE",
                f"the total {grouped(entry.claim or ZERO)} is that of all series together: how many are of this one nobody says",
                reported=entry.claim,
                evidence=(source,),
                revised_by=dossier.id,
            )


def _summed(entry: Posting, dossier: Dossier) -> bool:
    """Whether a total is of the kind that a note speaks of: after a row, before the note."""
    earlier = entry.dossier.known.at < dossier.known.at
    return earlier and entry.scope is None and not entry.line.holding
