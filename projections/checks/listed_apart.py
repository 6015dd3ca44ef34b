"""Lines beside that of a holding, of which nothing says what else they hold.

A Form 3 is a complete list, and may list one direct holding in several lines, which add up. A
total after a transaction is of all that is held (column 5 of Table I). Where it goes on from one of
those lines alone, either another line was no holding of its own, or the total leaves shares out.
And a vehicle that has a name has one line of a class on a form.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations

from ledger.types import grouped
from projections.checks.check import Doubt
from projections.filings.records import ZERO
from projections.findings.finding import Finding, about
from projections.identity.securities import same_class
from projections.identity.vehicles import names_a_sort, names_a_vehicle
from projections.issuer import Folded
from projections.positions.entries import Posting, reference
from projections.positions.position import Position


def listed_apart(folded: Folded) -> Iterator[Finding]:
    """Direct lines of a Form 3 beside one that later totals go on from alone: a remark each.

    Each line may be a holding as it was filed, so that nobody is said to have erred.
    """
    for position in folded.book.positions:
        line = _only_listed(position)
        if line is None or not line.claim:
            continue
        found = next(
            (
                (sibling.entries[0], total)
                for sibling in folded.positions_of(position.owners)
                if _one_holding(sibling, position, line) and (total := _total(sibling, line.claim))
            ),
            None,
        )
        if found is None:
            continue
        beside, total = found
        words = (
            f"{grouped(total.claim or ZERO)} goes on from the {grouped(beside.claim or ZERO)} of {beside.line.ref} of the initial statement alone, "
            f"and leaves out the {grouped(line.claim)} that {line.line.ref} lists of the class, held directly too: "
            "one owner has one direct holding"
        )
        yield about(
            total.dossier,
            total.line,
            "CONFLICTING_TOTALS",
            words,
            severity="info",
            reported=total.claim,
            evidence=(reference(beside), reference(line)),
        )


def _only_listed(position: Position) -> Posting | None:
    """The line of a direct holding of which an initial statement alone tells, without a word why."""
    entry = position.entries[0] if len(position.entries) == 1 else None
    if entry is None or not entry.line.holding or entry.dossier.base_form != "3":
        return None
    if (position.table, position.form) != ("I", "direct") or position.vehicle or position.entity:
        return None
    notes = entry.line.notes_of("ownership", "nature", "shares_after")
    said = entry.line.notes_of("security") or any(
        names_a_sort(entry.dossier.text_of(note)) for note in notes
    )
    return None if said or position.award else entry


def _one_holding(sibling: Position, position: Position, line: Posting) -> bool:
    """Whether another position is of the very words, and begins in the same statement."""
    first = sibling.entries[0]
    return (
        sibling is not position
        and first.dossier is line.dossier
        and (sibling.table, sibling.form, sibling.owners) == ("I", "direct", position.owners)
        and sibling.tokens == position.tokens
        and not (sibling.vehicle or sibling.entity or sibling.award)
        and first.claim is not None
    )


def _total(sibling: Position, beside: Decimal) -> Posting | None:
    """The first total of a later form that goes on from the sibling alone.

    None where a later one adds something, or a note has a word of the shares listed beside it.
    """
    later = [e for e in sibling.entries if e.dossier.base_form != "3" and e.claim is not None]
    told = any(said.shares == beside for e in later for said in e.dossier.statements)
    if not later or told or any(e.scope is not None or e.residual for e in later):
        return None
    return later[0]


def gone_on_apart(folded: Folded) -> Iterator[Finding]:
    """A form whose rows go on from several direct lines of a Form 3, each with a total of its own.

    One owner has one direct holding, which a total after a transaction is of; said once.
    """
    for position in folded.book.positions:
        line = position.entries[0] if len(position.entries) > 1 else None
        if line is None or not line.line.holding or line.dossier.base_form != "3":
            continue
        if (position.table, position.form) != ("I", "direct"):
            continue
        second = next((e for e in position.entries[1:] if e.delta and not e.residual), None)
        beside = second and next(
            (
                other
                for sibling in folded.positions_of(position.owners)
                if _one_holding(sibling, position, line)
                and not (position.vehicle or position.entity or position.award)
                and (other := _in_form(sibling, second)) is not None
                and other.delta
                and other.line.line < second.line.line
            ),
            None,
        )
        if second and beside:
            words = (
                f"{grouped(second.claim or ZERO)} goes on from {line.line.ref} of the initial statement, and is a second direct line "
                f"of “{position.security}” beside {beside.line.ref}: one owner has one direct holding"
            )
            refs = (reference(line), reference(beside))
            yield about(second.dossier, second.line, "CONFLICTING_TOTALS", words, evidence=refs)


def listed_twice(folded: Folded) -> Iterator[Finding]:
    """A vehicle's name on a second line of one form alone, beside the line that goes on."""
    named: dict[object, list[Position]] = defaultdict(list)
    for position in folded.book.positions:
        if position.table == "I" and names_a_vehicle(position.vehicle):
            named[(position.scope, position.owners, position.vehicle)].append(position)
    for one, later in (pair for found in named.values() for pair in permutations(found, 2)):
        first = later.entries[0]
        before, beside = one.entries[0], _in_form(one, first)
        if beside is None or before.dossier is first.dossier or len(later.entries) > 1:
            continue
        if not (first.line.holding and first.claim) or {*first.line.notes} - {*beside.line.notes}:
            continue
        if same_class(one.tokens, later.tokens) is True and one.entity == later.entity:
            words = (
                f"{grouped(first.claim)} under “{first.line.nature}”, which {beside.line.ref} lists with "
                f"{grouped(beside.claim or ZERO)}: nothing tells the two holdings apart"
            )
            refs = (reference(beside),)
            yield about(first.dossier, first.line, "VEHICLE_AMBIGUOUS", words, evidence=refs)


def _in_form(position: Position, entry: Posting) -> Posting | None:
    """A position's line on the form of an entry."""
    return next((e for e in position.entries if e.dossier is entry.dossier), None)


DOUBTS: tuple[Doubt, ...] = (listed_apart, gone_on_apart, listed_twice)
