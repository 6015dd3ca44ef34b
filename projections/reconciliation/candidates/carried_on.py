"""A total that carries on another holding of the owner: the line stands under the wrong one.

No later form shows it yet. The total is what the other holding comes to with the line in it,
to the share, and not what its own holding comes to by any movement that is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger.types import grouped
from projections.filings.records import ZERO
from projections.identity.securities import same_class
from projections.identity.strangers import strangers
from projections.positions.digits import telling
from projections.positions.entries import Posting, reference
from projections.positions.position import Position
from projections.positions.renaming import name_of
from projections.reconciliation import costs
from projections.reconciliation.case import Candidate, Case


def carried_on(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """The one holding of the owner from whose balance the broken total follows exactly."""
    entry, stray = case.entry, case.position
    if gap != entry.residual or not entry.prior or not entry.delta or not entry.claim:
        return
    if entry.returned is not None or entry.scope or stray.entries[-1].dossier is not entry.dossier:
        return
    opening = entry.prior + gap
    homes = [p for p in case.holdings if _might_be_home(p, stray, entry, opening)]
    if len(homes) != 1:
        return
    home = homes[0]
    kind, where = misplacement(stray, home)
    common = not telling(opening)
    if common and case.across_gap:
        return
    yield Candidate(
        shares=gap,
        cost=costs.CARRIED_ON_ROUND if common else costs.CARRIED_ON,
        kind="filer-error",
        code="EXPL_FILER_ERROR",
        source=reference(home.entries[-1]),
        text=f"the total carries on from {grouped(opening)}, the balance of another position: {where}",
        group="slip",
        finding=kind,
        doubted=common,
        carries=home.entries[-1],
    )


def misplacement(stray: Position, home: Position) -> tuple[str, str]:
    """The kind of the finding on a line that stands under the wrong position, and the right one."""
    if stray.form != home.form:
        return "DI_SWAP", f"{home.form} rather than {stray.form}"
    if same_class(stray.tokens, home.tokens) is not True:
        return "WRONG_CLASS", f"“{home.security}”"
    return "WRONG_VEHICLE", f"“{home.nature}”"


def _might_be_home(home: Position, stray: Position, entry: Posting, opening: Decimal) -> bool:
    """Whether a holding stood at what a total goes on from, and nothing has been said of it since."""
    if home is stray or not home.entries or home.balance != opening or opening <= ZERO:
        return False
    if (home.table, home.unit, home.series) != (stray.table, stray.unit, stray.series):
        return False
    if home.owners != stray.owners:
        return False
    if home.form == stray.form and strangers(name_of(stray), name_of(home)):
        return False
    last = home.entries[-1].dossier
    return all(e.dossier is not entry.dossier for e in home.entries) and (
        last.known.at,
        last.stream,
    ) < (entry.dossier.known.at, entry.dossier.stream)
