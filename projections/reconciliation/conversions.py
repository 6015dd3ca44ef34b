"""Notes and preferred stock converted under other terms than those they were reported under.

A conversion that takes just what is held of the title goes on from it (`positions.fitting`).
Where it takes another number, whether it was of what is held nobody says.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ledger.codes import PAIRED
from ledger.types import grouped
from projections.findings.finding import Finding, about
from projections.issuer import Folded
from projections.positions.entries import Posting, reference
from projections.positions.line_words import CONVERTED
from projections.positions.position import Position


def converted_otherwise(folded: Folded) -> Iterator[Finding]:
    """Holdings of a title of which others were converted: what is left of them is a range."""
    held = [p for p in folded.book.positions if p.kind in CONVERTED and p.balance]
    for converted in folded.book.positions if held else ():
        first = converted.entries[0] if converted.entries else None
        if first is None or converted.kind not in CONVERTED or not _unforeseen(first):
            continue
        same = [p for p in held if _may_be(p, converted, first)]
        if len(same) == 1:
            last = same[0].entries[-1]
            folded.rulings.bound(last)
            yield _left_open(last, first)


def _unforeseen(first: Posting) -> bool:
    """Whether a position is first met as some of it is converted."""
    return first.opening and first.delta < 0 and first.line.code in PAIRED


def _may_be(held: Position, converted: Position, first: Posting) -> bool:
    """Whether what was converted may be what another position last reported before."""
    return (
        held is not converted
        and (held.owners, held.form, held.vehicle) == (converted.owners, converted.form, converted.vehicle)
        and held.tokens == converted.tokens
        and (held.entries[-1].day or date.max) <= (first.day or date.min)
    )  # fmt: skip


def _left_open(last: Posting, first: Posting) -> Finding:
    sign = "$" if first.line.in_dollars else ""
    words = (
        f"{sign}{grouped(-first.delta)} of the title were converted on {first.day} under other terms, "
        f"in {reference(first)}: whether they were of these nobody says"
    )
    return about(
        last.dossier,
        last.line,
        "CLASS_AMBIGUOUS",
        words,
        reported=last.claim,
        evidence=(reference(first),),
        revised_by=first.dossier.id,
    )
