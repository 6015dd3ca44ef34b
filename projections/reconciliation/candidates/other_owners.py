"""What another owner reports as its own, where a line shows the very same: a spouse's shares."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from ledger.types import grouped
from projections.filings.records import ZERO
from projections.identity.securities import same_class
from projections.positions.entries import reference
from projections.positions.position import Position
from projections.reconciliation import costs
from projections.reconciliation.case import TELLING, Candidate, Case


def told_by_another(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """What moved in shares that another owner holds directly and tells of in forms of its own.

    A wife lists her husband's shares; what he is granted stands in his forms alone. So does the
    manager of a fund, whose sales stand in what both file together. Her totals before and now are
    each one that he told, the last the latest of his.
    """
    entry = case.entry
    if case.position.form != "indirect" or min(entry.prior or 0, entry.claim or 0) < TELLING:
        return
    if gap != entry.residual:
        return
    for position in case.everyone:
        if not _another(case, position):
            continue
        told = [e for e in position.entries if (e.day or date.max) <= (entry.day or date.min)]
        if len(told) < 2 or told[-1].balance != entry.claim:
            continue
        if (entry.prior or ZERO) + entry.delta in {e.balance for e in told[:-1]}:
            owner = told[-1].dossier.head.owners[0].name or "another owner"
            yield Candidate(
                shares=gap,
                cost=costs.FORM_CHANGE_NOTED,
                kind="same-shares",
                code="EXPL_SAME_SHARES",
                source=reference(told[-1]),
                text=f"{owner} reports these {grouped(entry.claim or ZERO)} as its own, and what moved of them",
                group="another",
                basis="shown",
            )


def _another(case: Case, position: Position) -> bool:
    """Whether a position is a direct holding of the class that another owner has, alone or in a group."""
    mine = case.position
    return (
        position.form == "direct"
        and (position.table, position.unit) == (mine.table, mine.unit)
        and not position.owners <= mine.owners
        and same_class(position.tokens, mine.tokens) is not False
    )
