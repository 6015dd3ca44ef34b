"""A plan's shares that a total had among its own, and that stand on a line of their own now."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.types import grouped
from projections.filings.records import ZERO
from projections.identity.plans import accrued_since, plan_key
from projections.positions.entries import Posting, reference
from projections.reconciliation import costs
from projections.reconciliation.candidates.plan_bounds import names_plan
from projections.reconciliation.case import Candidate, Case


def listed_apart(case: Case) -> Iterator[Candidate]:
    """What the note on the total before counted of a plan in it, where the form begins that plan's line.

    The line may have what the plan gained since besides.
    """
    entry, last = case.entry, case.before
    if last is None or case.position.form != "direct":
        return
    counted = [
        said
        for said in last.dossier.statements
        if said.shares and said.note in last.line.notes and not said.effective_from
    ]
    for plan in case.siblings:
        first = plan.entries[0]
        beside = first.dossier is entry.dossier or _of_one_day(first, entry)
        if not beside or not first.opening or not plan_key(plan.vehicle):
            continue
        listed = first.claim or ZERO
        for said in counted:
            had = said.shares or ZERO
            grown = accrued_since(last.day, entry.day, listed, had)
            if (listed == had or grown) and names_plan(last.dossier, said, plan):
                yield Candidate(
                    shares=-had,
                    cost=costs.FORM_CHANGE_NOTED,
                    kind="form-change",
                    code="EXPL_FORM_CHANGE",
                    source=reference(first),
                    text=f"{grouped(had)} of the total before, which {last.dossier.id} says to be in the plan",
                    group=f"plan-line-{plan.number}",
                    effective_from=entry.day,
                    effective_to=entry.day,
                    sibling=first,
                    basis="stated",
                )


def _of_one_day(line: Posting, entry: Posting) -> bool:
    """Whether two forms of one filer are of one day, as where each lists another holding."""
    period = entry.dossier.head.period
    return period is not None and line.dossier.head.period == period
