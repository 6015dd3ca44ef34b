"""A total that carries on another holding of the owner: the line stands under the wrong one.

No later form shows it yet. The total is what the other holding comes to with the line in it,
to the share, and not what its own holding comes to by any movement that is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ledger.types import grouped
from projections.filings.parts import one_report
from projections.filings.records import ZERO
from projections.identity.securities import same_class
from projections.identity.strangers import strangers
from projections.positions.digits import round_number, telling
from projections.positions.entries import Posting, reference
from projections.positions.position import Position
from projections.positions.renaming import name_of
from projections.positions.term_slips import called, paid_as_of, paid_for
from projections.reconciliation import costs
from projections.reconciliation.candidates.ownership_transfers import changed_places
from projections.reconciliation.case import Candidate, Case


def carried_on(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """The one holding of the owner from whose balance the broken total follows exactly."""
    entry, stray = case.entry, case.position
    if gap != entry.residual or not entry.prior or not entry.delta or entry.claim is None:
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
    paid = home.series != stray.series and paid_as_of(entry, home)
    if common and (case.across_gap or not entry.claim) and not paid:
        return
    yield Candidate(
        shares=gap,
        cost=costs.CARRIED_ON if paid or not common else costs.CARRIED_ON_ROUND,
        kind="filer-error",
        code="EXPL_FILER_ERROR",
        source=reference(home.entries[-1]),
        text=f"the total carries on from {grouped(opening)}, the balance of another position: {where}",
        group="slip",
        finding=kind,
        doubted=common and not paid,
        carries=home.entries[-1],
    )


def other_line(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """The total of another class or series of the owner, on the same form, with which it changed places."""
    mine = case.entry
    for position in case.holdings if gap == mine.residual else ():
        apart = same_class(position.tokens, case.position.tokens) is False
        if position.table != case.position.table or position.unit != case.position.unit:
            continue
        if not apart and position.series == case.position.series:
            continue
        for entry in position.entries:
            if (
                one_report(entry.dossier, mine.dossier)
                and entry.residual
                and changed_places(mine, entry)
            ):
                yield Candidate(
                    shares=gap,
                    cost=costs.SWAPPED,
                    kind="filer-error",
                    code="EXPL_FILER_ERROR",
                    source=reference(entry),
                    text=f"its total and that of {entry.line.ref} changed places",
                    group="slip",
                    finding="WRONG_CLASS" if case.position.table == "I" else "CLASS_AMBIGUOUS",
                    sibling=entry,
                )


def misplacement(stray: Position, home: Position) -> tuple[str, str]:
    """The kind of the finding on a line that stands under the wrong position, and the right one."""
    if stray.series != home.series:
        return "CLASS_AMBIGUOUS", f"{called(home)}; the line is typed under {called(stray)}"
    if stray.form != home.form:
        return "DI_SWAP", f"{home.form} rather than {stray.form}"
    if stray.table == "II" and stray.nature == home.nature:
        return (
            "CLASS_AMBIGUOUS",
            f"another award of “{home.security}”, which notes alone tell apart",
        )
    if same_class(stray.tokens, home.tokens) is not True:
        return "WRONG_CLASS", f"“{home.security}”"
    if not (stray.nature or home.nature):
        return "CONFLICTING_TOTALS", f"a second direct line of “{home.security}”"
    return "WRONG_VEHICLE", f"“{home.nature}”"


def _typed_for(entry: Posting, stray: Position, home: Position) -> bool:
    """Whether a row of one series may be meant for another: the price of its stock is not its own."""
    own = home.series[0] != stray.series[0] and entry.line.exercise_price in paid_for(entry)
    return entry.delta < 0 and not own and may_be_typed_for(stray, home)


def may_be_typed_for(stray: Position, home: Position) -> bool:
    """Whether a row of one series may be meant for another: grants of one owner, told by their terms."""
    return (
        (stray.kind, home.kind) == ("option", "option")
        and (stray.form, stray.vehicle, stray.owners) == (home.form, home.vehicle, home.owners)
        and all((*stray.series, *home.series))
    )


def passed_over(stray: Position, entries: Sequence[Posting]) -> bool:
    """Whether the next total of where rows stand goes on from what was before them, as if they were not."""
    before, later = entries[0].prior, stray.entries[stray.place(entries[-1]) + 1 :]
    if not before or not later:
        return False
    return later[0].claim == before + later[0].delta != later[0].delta


def by_chance(stray: Position, home: Position, opening: Decimal) -> bool:
    """Whether lines of another class begin with as many by chance: a round number, or held otherwise as well."""
    another = same_class(stray.tokens, home.tokens) is False
    return another and (stray.form != home.form or round_number(opening))


def _might_be_home(home: Position, stray: Position, entry: Posting, opening: Decimal) -> bool:
    """Whether a holding stood at what a total goes on from, and nothing has been said of it since."""
    if home is stray or not home.entries or home.balance != opening or opening <= ZERO:
        return False
    if (home.table, home.unit) != (stray.table, stray.unit):
        return False
    if home.series != stray.series and not _typed_for(entry, stray, home):
        return False
    if not entry.claim and home.series == stray.series:
        return False
    if home.owners != stray.owners:
        return False
    apart = home.form == stray.form and strangers(name_of(stray), name_of(home))
    if apart and not (telling(opening) or _told_already(stray, entry)):
        return False
    if _right_above(home, entry):
        return True
    last = home.entries[-1].dossier
    return all(e.dossier is not entry.dossier for e in home.entries) and (
        last.known.at,
        last.stream,
    ) < (entry.dossier.known.at, entry.dossier.stream)


def _told_already(stray: Position, entry: Posting) -> bool:
    """Whether the form has a line of the holding above, which goes on from before it."""
    form = [e for e in stray.entries if e.dossier is entry.dossier]
    return form[0] is not entry and all(e.follows and e.delta for e in form if e is not entry)


def _right_above(home: Position, entry: Posting) -> bool:
    """Whether a holding is known from this form alone, by the row above the one that goes on from it."""
    rows = [e.line.line for e in home.entries]
    alone = all(e.dossier is entry.dossier for e in home.entries)
    return alone and home.table == "I" and max(rows) == entry.line.line - 1
