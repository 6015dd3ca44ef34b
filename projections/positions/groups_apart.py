"""Two groups of owners who report one vehicle each in forms of their own, and have each their own part.

Partners of a fund may file with others each: the lines name one vehicle, and each group counts
what is its own. Who files in both groups makes it one circle of owners, but no one holding: every
form of a group goes on from the group's last, and from nothing that the other told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from projections.filings.amendments import Standing
from projections.filings.owners import People
from projections.identity.vehicles import names_a_vehicle
from projections.positions.renaming import Together, plans_side_by_side
from projections.positions.reports import Ends, Holding, Reports
from projections.positions.units_apart import units_apart

_LINKS = 1
"""So many times at least a group's form goes on from its last one, where the other's has another total."""


def kept_apart(standing: Sequence[Standing], people: People, reports: Reports) -> Together:
    """The plans that stand side by side in a form, the groups that have each their part, units beside stock."""
    apart = _groups_apart(standing, people, reports) | units_apart(standing, people)
    return plans_side_by_side(standing, people) | apart


def _groups_apart(standing: Iterable[Standing], people: People, reports: Reports) -> Together:
    """By whose forms they are, the pairs of groups that have each their part in a vehicle."""
    groups: dict[str, dict[frozenset[str], list[Standing]]] = {}
    for filing in standing:
        owners = people.keys(filing.dossier)
        scope = people.scope(filing.dossier)
        groups.setdefault(scope, {}).setdefault(owners, []).append(filing)
    found: set[tuple[str, frozenset[str]]] = set()
    for scope, forms in groups.items():
        several = [owners for owners, filings in forms.items() if len(filings) > _LINKS]
        if len(several) < 2 or all(len(owners) < 2 for owners in several):
            continue
        told = {owners: _told(forms[owners], reports) for owners in several}
        for one, other in combinations(several, 2):
            for holding in told[one].keys() & told[other].keys():
                vehicle = str(holding[3])
                if _apart(told[one][holding], told[other][holding]):
                    found.add((scope, frozenset({mark(one, vehicle), mark(other, vehicle)})))
    return frozenset(found)


def mark(owners: frozenset[str], vehicle: str) -> str:
    """What stands for a group's part in a vehicle."""
    return f"{' '.join(sorted(owners))}/{vehicle}"


def _told(filings: list[Standing], reports: Reports) -> dict[Holding, list[Ends]]:
    """By the words for an indirect holding, what a group's forms say of it in turn."""
    found: dict[Holding, list[Ends]] = {}
    for filing in filings:
        for (_, *what), ends in reports.ends(filing).items():
            if what[0] == "I" and what[2] == "indirect" and names_a_vehicle(str(what[3])):
                found.setdefault(tuple(what), []).append(ends)
    return found


def _apart(one: list[Ends], other: list[Ends]) -> bool:
    """Whether each group's forms go on from one another, and from none of the other's.

    One total of them all may be wrong: the next goes on as if it were not, or is not here yet. So may a
    line be missing in the forms of one, where both listed their parts at first, of one day.
    """
    if min(len(one), len(other)) <= _LINKS:
        return False
    levels = {level for ends in one for level in _levels(ends)}
    if not levels.isdisjoint(level for ends in other for level in _levels(ends)):
        return False
    links = [_links(chain) for chain in (one, other)]
    told = all(map(any, links)) or (_listed_at_once(one[0], other[0]) and any(map(any, links)))
    return told and sum(not joined for some in links for joined in some) <= 1


def _listed_at_once(one: Ends, other: Ends) -> bool:
    """Whether initial statements of one day have two numbers of a vehicle: it cannot have had both."""
    first, second = one.entries[0], other.entries[0]
    return first.dossier.base_form == second.dossier.base_form == "3" and first.day == second.day


def _links(chain: Sequence[Ends]) -> list[bool]:
    """Whether each form goes on from the one before; of two that a wrong total parts, one does."""
    found: list[bool] = []
    level = chain[0].closing
    for before, after in pairwise(chain):
        found.append(after.opening in (before.closing, level))
        level = after.closing if found[-1] else level + after.closing - after.opening
    return found


def _levels(ends: Ends) -> tuple[Decimal, Decimal]:
    return ends.opening, ends.closing
