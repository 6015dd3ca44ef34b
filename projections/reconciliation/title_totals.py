"""Totals that are those of all series together, where how many are of one is told by nobody.

Column 9 of Form 4 asks for what is left of the series; some filers give the sum of all of
them. The arithmetic shows it where the series are known, or where one sum goes on from another;
where it does not, a note may, in the form that begins to do otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ledger.addresses import note_ref
from ledger.footnotes.totals import were_of_all_series
from ledger.types import grouped
from projections.checks.underlying import one_for_one
from projections.filings.records import ZERO, Dossier
from projections.findings.finding import Finding, about
from projections.issuer import Folded
from projections.positions.entries import Posting
from projections.positions.position import Position


def title_totals(folded: Folded) -> Iterator[Finding]:
    """Take earlier totals to be those of all series where a note says so; tell what stays open."""
    for position in folded.book.positions:
        if position.shared and position.balance:
            yield from _shared(position, folded)
        yield from _copied(position, folded)
    for dossier in folded.dossiers:
        note = next((n for n in dossier.notes if were_of_all_series(n.text)), None)
        if note is None:
            continue
        source = f"{dossier.id}#{note_ref(note.id, 1, 1)}"
        for position in folded.positions_of(folded.people.keys(dossier)):
            if position.table == "II" and position.kind == "option":
                yield from _apart(position, dossier, source, folded)


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
            yield _of_all(entry, evidence=(source,), revised_by=dossier.id)


def _shared(position: Position, folded: Folded) -> Iterator[Finding]:
    """A series that opened with a total of all: its balance is what it has at most."""
    for entry in position.entries:
        folded.rulings.bound(entry)
    first = position.entries[0]
    if first.claim is not None:
        yield _of_all(first)


def _copied(position: Position, folded: Folded) -> Iterator[Finding]:
    """A series first listed with the total of another line, and fewer shares under it.

    Its note says that a unit is one share; the other line has as many under it as its total.
    """
    first = position.entries[0] if position.entries else None
    if first is None or not (first.line.holding and first.opening) or first.scope is not None:
        return
    line, under = first.line, first.line.underlying_shares
    if under is None or first.claim is None or not under < first.claim:
        return
    same = (one for one in first.dossier.lines if one is not line and one.table == line.table)
    other = next((o for o in same if o.shares_after == first.claim == o.underlying_shares), None)
    if other is None or not one_for_one(first.dossier, line):
        return
    folded.rulings.bound(first)
    words = (
        f"the total {grouped(first.claim)} is that of {other.ref}; the shares under it are "
        f"{grouped(under)}, and by its note a unit is one share"
    )
    yield about(first.dossier, line, "COLUMN_NOTE_CONFLICT", words, reported=first.claim)


def _of_all(entry: Posting, **more: Any) -> Finding:
    total = grouped(entry.claim or ZERO)
    words = (
        f"the total {total} is that of all series together: how many are of this one nobody says"
    )
    return about(entry.dossier, entry.line, "DERIV_POST_SCOPE", words, reported=entry.claim, **more)


def _summed(entry: Posting, dossier: Dossier) -> bool:
    """Whether a total is of the kind that a note speaks of: after a row, before the note."""
    earlier = entry.dossier.known.at < dossier.known.at
    return earlier and entry.scope is None and not entry.line.holding
