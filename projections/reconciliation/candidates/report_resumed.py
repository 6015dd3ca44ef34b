"""A holding that had left the report and is listed again: what it did meanwhile nobody says, or others show."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from projections.checks.withdrawals import withdrawals
from projections.issuer import Folded
from projections.positions.digits import lengthened, never_by_chance
from projections.positions.entries import Posting, reference
from projections.positions.position import Position
from projections.reconciliation import costs
from projections.reconciliation.case import Candidate, Case


def left_the_report(
    position: Position, before: Posting | None, entry: Posting, folded: Folded
) -> str:
    """The words, between two totals of a vehicle, by which it was reported no more; "" if none."""
    if before is None or position.form != "indirect":
        return ""
    since, until = before.dossier.known.at, entry.dossier.known.at
    for dossier in folded.dossiers:
        if not since < dossier.known.at < until:
            continue
        if any(said.kind == "reporting-withdrawal" for said in dossier.statements):
            for one in withdrawals(dossier, folded):
                if one.position is position:
                    return one.said
    return ""


def resumed(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """What came to a vehicle, or left it, while it was not reported: of any size, but for a slip of the pen's."""
    entry = case.entry
    claim, expected = entry.claim or Decimal(0), entry.expected or Decimal(0)
    slip = lengthened(claim, expected) or never_by_chance(claim, expected)
    if case.left_report and not slip:
        yield Candidate(
            shares=gap,
            cost=costs.UNQUANTIFIED,
            kind="reporting-withdrawal",
            code="EXPL_SCOPE_CHANGE",
            source=case.left_report,
            text=f"“{case.position.nature}” had left the report, and what moved until it was listed again is not told",
            group="left",
            basis="stated",
        )


def regrouped(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """What moved of a holding in lines of others, whose sums join those before and after them.

    A filer tells vehicles apart, or has them in one line, and goes back to what he did before.
    """
    before, entry = case.before, case.entry
    gone = case.rulings.emptied(before) if before is not None else None
    if gone is None or gone.shares is not None or gap != entry.residual:
        return
    back = [
        p
        for p in case.siblings
        if p.entries and (its := case.rulings.emptied(p.entries[-1])) is not None
        if its.into.split("#")[0] == entry.dossier.id
    ]
    if back:
        words = " and ".join(f"“{p.nature}”" for p in back)
        yield Candidate(
            shares=gap,
            cost=costs.FORM_CHANGE_NOTED,
            kind="change-of-form",
            code="EXPL_FORM_CHANGE",
            source=reference(back[0].entries[-1]),
            text=f"listed again: what moved of it meanwhile stands under {words}",
            group="regrouped",
            effective_from=entry.day,
            effective_to=entry.day,
            basis="shown",
        )


RESUMED = (resumed, regrouped)
"""Rules on the first total of a holding that the reports had left out."""
