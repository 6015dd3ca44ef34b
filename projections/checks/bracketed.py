"""A vehicle's only total by one owner, where those of another before and after it agree on another number.

Both have an interest in all that the vehicle holds, and nothing moved between the two reports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from ledger.types import grouped
from projections.checks.check import Doubt
from projections.filings.records import ZERO
from projections.findings.finding import Finding, about
from projections.identity.securities import same_class
from projections.identity.vehicles import names_a_vehicle
from projections.issuer import Folded
from projections.positions.entries import Posting, reference
from projections.positions.position import Position
from projections.positions.renaming import name_of


def bracketed(folded: Folded) -> Iterator[Finding]:
    """An initial statement's number of a vehicle that another owner's reports about its day contradict."""
    groups: dict[object, list[Position]] = defaultdict(list)
    for p in folded.book.positions:
        if p.form == "indirect" and p.table == "I" and names_a_vehicle(name_of(p)):
            groups[(p.unit, name_of(p))].append(p)
    for positions in groups.values():
        for alone in positions if len(positions) > 1 else ():
            first = alone.entries[0]
            if len(alone.entries) > 1 or first.dossier.base_form != "3" or not first.claim:
                continue
            owners = folded.people.keys(first.dossier)
            for other in positions:
                if same_class(other.tokens, alone.tokens) is False:
                    continue
                around = _around(other, first)
                if around and folded.people.keys(around[0].dossier).isdisjoint(owners):
                    yield _told(first, *around)
                    break


def _around(other: Position, first: Posting) -> tuple[Posting, Posting] | None:
    """Another owner's totals before a day and after it, between which nothing moved, if not as many."""
    for before, after in pairwise(other.entries):
        told = before.day and after.day and first.day
        if not told or not before.day <= first.day < after.day or after.claim is None:  # type: ignore[operator]
            continue
        held, claim = before.claim or ZERO, first.claim or ZERO
        if after.claim - after.delta == held != claim and claim < 2 * held < 4 * claim:
            return before, after
    return None


def _told(first: Posting, before: Posting, after: Posting) -> Finding:
    names = ", ".join(owner.name or "another owner" for owner in before.dossier.head.owners)
    claim, held = grouped(first.claim or ZERO), grouped(before.claim or ZERO)
    words = f"reported {claim} of “{first.line.nature}”, of which {names} reports {held} before and after it: one of the two is wrong, or each counts a part of its own"
    return about(
        first.dossier,
        first.line,
        "ISOLATED_TOTAL_ERROR",
        words,
        evidence=(reference(before), reference(after)),
    )


DOUBTS: tuple[Doubt, ...] = (bracketed,)
