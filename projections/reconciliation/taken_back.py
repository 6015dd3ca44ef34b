"""Sales and gifts that were told for one holding, and that the next total takes off another one.

Where the next totals of both are off by the rows that one of them had last, the one back to what it
was before them, the other as if they had been its own, the rows stood under the wrong holding. That
just as many came back from the other one since is less likely; a note can say so. What was acquired
is often passed on, to a trust or out of a plan's account, and tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ledger.statements import SENSES
from ledger.types import grouped
from projections.filings.parts import one_report
from projections.filings.records import ZERO
from projections.findings.finding import Finding, about
from projections.identity.securities import same_class
from projections.issuer import Folded
from projections.positions.entries import Posting, known_after, reference
from projections.positions.position import Position
from projections.reconciliation.candidates.carried_on import misplacement, passed_over


def taken_back(folded: Folded) -> Iterator[Finding]:
    """Rows that stand under the wrong holding of an owner's, posted where the next form has them."""
    for stray in [*folded.book.positions]:
        for back in list(stray.entries) if stray.table == "I" else ():
            rows = _told_last(stray, back) if back.residual and not back.opening else []
            moved = sum((row.delta for row in rows), ZERO)
            if moved >= 0 or back.residual != -moved or not passed_over(stray, rows):
                continue
            homes = list(_homes(stray, rows, moved, folded))
            if len(homes) == 1 and not any(map(_tells_a_change, (back, homes[0][1]))):
                home, follower = homes[0]
                kind, where = misplacement(stray, home)
                there = follower.line.ref
                if not one_report(follower.dossier, back.dossier):
                    there = reference(follower)
                words = f"{reference(back)} has the {grouped(-moved)} back, and {there} is without them: {where}"
                told = about(rows[0].dossier, rows[0].line, kind, words, revised_by=back.dossier.id)
                folded.book.move(rows, stray, home, follower)
                home.set_aside(rows[0], follower)  # the totals are the other holding's
                yield told


def _told_last(stray: Position, back: Posting) -> list[Posting]:
    """The rows of the form before a total, where they follow and no line of it lists the holding alone."""
    before = stray.entries[: stray.place(back)]
    rows = [e for e in before if e.dossier is before[-1].dossier]
    sound = all(e.delta and not (e.opening or e.residual or e.repeats) for e in rows)
    return rows if sound and rows and rows[0].dossier is not back.dossier else []


def _homes(
    stray: Position, rows: Sequence[Posting], moved: Decimal, folded: Folded
) -> Iterator[tuple[Position, Posting]]:
    """The owner's other holdings of the class whose next total is off by just what the rows moved."""
    for home in folded.positions_of(stray.owners):
        if home is stray or (home.table, home.unit, home.owners) != ("I", stray.unit, stray.owners):
            continue
        if same_class(home.tokens, stray.tokens) is False:
            continue
        follower = next((e for e in home.entries if known_after(e, rows[-1])), None)
        if follower is not None and not follower.opening and follower.residual == moved:
            yield home, follower


def _tells_a_change(back: Posting) -> bool:
    """Whether a note of the form tells of shares that went from one of the owner's holdings to another."""
    return any(SENSES[said.kind].keeps_interest for said in back.dossier.statements)
