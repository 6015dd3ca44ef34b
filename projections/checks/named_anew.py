"""Holdings met under another name where that of an earlier one is heard of no more.

They may be those, named anew: a total that joined the balance would have said so. Where the first
total under the new name is wrong, nothing but the words and the size of the two speaks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from ledger.statements import SENSES
from ledger.types import grouped
from projections.checks.check import Doubt
from projections.filings.records import ZERO
from projections.findings.finding import Finding, about
from projections.identity.names import words_of
from projections.identity.plans import may_be_renamed
from projections.identity.securities import same_class
from projections.identity.strangers import akin
from projections.identity.vehicles import (
    QUALIFIERS,
    alike,
    core_of,
    may_be_restyled,
    names_a_vehicle,
    names_one_of,
    says_more,
    vehicle_key,
)
from projections.issuer import Folded
from projections.positions.digits import slipped_digits
from projections.positions.entries import Posting, known_after, reference
from projections.positions.position import Position
from projections.positions.renaming import had_the_name, name_of


def named_anew(folded: Folded) -> Iterator[Finding]:
    """A vehicle met for the first time where one of a like name is heard of no more.

    It may be that one under another name: a total that joined its balance would have said so.
    """
    groups: dict[object, list[Position]] = defaultdict(list)
    for p in folded.book.positions:
        if p.table == "I" and p.vehicle and p.whole is None:
            groups[(p.scope, p.owners)].append(p)
    for positions in groups.values():
        for earlier, later in combinations(positions, 2) if len(positions) > 1 else ():
            first, last = later.entries[0], last_before(later, earlier)
            if last is None or not last.balance or not _one_vehicle(last, earlier, later, folded):
                continue
            if folded.rulings.came_from(reference(first)) or _came_as_noted(later):
                continue
            if same_class(earlier.tokens, later.tokens) is False:
                continue
            words = f"“{first.line.nature}” may be “{last.line.nature or earlier.nature}” named anew, of which {grouped(last.balance)} were reported last: both are shown"
            yield about(
                first.dossier,
                first.line,
                "VEHICLE_AMBIGUOUS",
                words,
                evidence=(reference(last),),
            )


def _came_as_noted(later: Position) -> bool:
    """Whether a note of the first form of a vehicle says that just what it shows there went to one."""
    told = later.entries[0].dossier.statements if later.opened else ()
    return any(SENSES[s.kind].keeps_interest and s.shares == later.opened for s in told)


def last_before(later: Position, earlier: Position) -> Posting | None:
    """The line that told last of a vehicle before another was met, which stands where it does not.

    It may be told again, where a single form has the other: that one's total went astray.
    """
    first = later.entries[0]
    told = [{e.dossier.stream for e in p.entries} for p in (earlier, later)]
    before = [e for e in earlier.entries if known_after(first, e)]
    goes_on = len(before) < len(earlier.entries)
    if not before or not told[0].isdisjoint(told[1]) or (goes_on and len(told[1]) > 1):
        return None
    return before[-1]


def _one_vehicle(last: Posting, earlier: Position, later: Position, folded: Folded) -> bool:
    """Whether two vehicles' names are alike, or those of plans of which one may be the other.

    Such plans stand side by side in no form, at a level neither half of what it was nor double; nor
    do two vehicles whose words are like each other's; or where those of one only say more, and its
    first row begins from shares that nothing told of, or a listed total is a slip away. A single line
    in the place of one that goes on in the next may have any number.
    """
    mine, theirs = earlier.vehicle, later.vehicle
    if mine == theirs or alike(mine, theirs):
        return True
    first, one = later.entries[0], earlier.entity == later.entity
    styled = one and (may_be_restyled(mine, theirs) or _after_its_owner(earlier, later, folded))
    goes_on = last is not earlier.entries[-1] and first.line.holding
    more = one and (says_more(mine, theirs) or names_one_of(mine, theirs))
    in_its_place = more and goes_on and bool(first.claim)
    like = one and not more and akin(mine, theirs)
    came_so = like or (more and (first.delta or _mistyped(last, first)))
    unlisted = first.opening and later.opened and came_so
    if not (styled or in_its_place or unlisted or may_be_renamed(mine, theirs)):
        return False
    if folded.book.side_by_side(earlier.scope, mine, theirs):
        return False
    return in_its_place or _of_one_size(last, later)


def _after_its_owner(earlier: Position, later: Position, folded: Folded) -> bool:
    """Whether two vehicles' names differ by words of the owner's own name, or of a sort of trust.

    These tell no two apart.
    """
    mine, theirs = core_of(earlier.vehicle)[0], core_of(later.vehicle)[0]
    names = (folded.people.names.get(key) or "" for key in earlier.owners)
    own = {word for name in names for word in words_of(name.casefold())}
    return mine != theirs and bool(mine & theirs) and mine ^ theirs <= own | QUALIFIERS


def class_named_anew(folded: Folded) -> Iterator[Finding]:
    """A class of a more or less exact title, met as some of it moved where the other title is met no more.

    "Class A Common Stock" may be the "Common Stock" of before: its row begins from shares that
    nothing told of, about as many as were reported last.
    """
    groups: dict[object, list[Position]] = defaultdict(list)
    for p in folded.book.positions:
        if p.table == "I" and p.form and p.whole is None:
            groups[(p.scope, p.owners, p.form, p.vehicle, p.entity, p.unit)].append(p)
    for positions in groups.values():
        for earlier, later in combinations(positions, 2) if len(positions) > 1 else ():
            first, last = later.entries[0], last_before(later, earlier)
            if last is None or same_class(earlier.tokens, later.tokens) is not None:
                continue
            if not (first.opening and first.delta and later.opened) or earlier.award != later.award:
                continue
            if not _of_one_size(last, later) or folded.rulings.came_from(reference(first)):
                continue
            words = f"“{later.security}” may be “{earlier.security}” under another title, of which {grouped(last.balance or ZERO)} were reported last: both are shown"
            refs = (reference(last),)
            yield about(first.dossier, first.line, "CLASS_AMBIGUOUS", words, evidence=refs)


def taken_whole(folded: Folded) -> Iterator[Finding]:
    """A vehicle to which all of another holding went by a note, and which begins from another number.

    Nothing is told of the other one after that: both are shown, though a total is wrong.
    """
    groups: dict[object, list[Position]] = defaultdict(list)
    for p in folded.book.positions:
        if p.table == "I" and p.form and p.whole is None:
            groups[(p.scope, p.owners, p.unit)].append(p)
    for positions in groups.values():
        for later in positions if len(positions) > 1 else ():
            first = later.entries[0]
            told = _went_into(later)
            if told is None or folded.rulings.came_from(reference(first)):
                continue
            lasts = [
                (p, last)
                for p in positions
                if p is not later and p.vehicle and set(p.vehicle.split()) <= told
                if same_class(p.tokens, later.tokens) is not False
                if (last := last_before(later, p)) is not None and last.balance
            ]
            if len(lasts) != 1:
                continue
            ((earlier, last),) = lasts
            words = f"the line begins from {grouped(later.opened or ZERO)}, where a note says that all of “{earlier.nature}” went to “{later.nature}”, of which {grouped(last.balance or ZERO)} were reported last: both are shown"
            refs = (reference(last),)
            yield about(first.dossier, first.line, "VEHICLE_AMBIGUOUS", words, evidence=refs)


def _went_into(later: Position) -> set[str] | None:
    """The words of a note of a vehicle's first form by which all of another's shares went to it."""
    first = later.entries[0]
    for said in first.dossier.statements if first.opening and later.vehicle else ():
        taker = vehicle_key(said.counterpart or "")
        if said.shares is None and SENSES[said.kind].keeps_interest and taker == later.vehicle:
            quote = first.dossier.quote(said)
            if _ALL.search(quote):
                return set(vehicle_key(quote).split())
    return None


_ALL = re.compile(r"\b(?:all|entire|whole)\b", re.IGNORECASE)


def by_another_group(folded: Folded) -> Iterator[Finding]:
    """A vehicle that one of its owners goes on to report with others, from another number than was held.

    It may be another group's own part of it; the group of before is heard of no more.
    """
    groups: dict[object, list[Position]] = defaultdict(list)
    for p in folded.book.positions:
        if p.form == "indirect" and p.whole is None and names_a_vehicle(p.vehicle):
            groups[(p.scope, p.table, p.unit, p.vehicle, p.series)].append(p)
    for positions in groups.values():
        for earlier, later in combinations(positions, 2) if len(positions) > 1 else ():
            one, other = earlier.owners, later.owners
            first, last = later.entries[0], last_before(later, earlier)
            if one == other or one.isdisjoint(other) or last is None or not last.balance:
                continue
            if same_class(earlier.tokens, later.tokens) is False or not _of_one_size(last, later):
                continue
            words = f"“{first.line.nature}” is reported with others than before, of whom {grouped(last.balance)} were reported last: the same shares or a part of their own, both are shown"
            yield about(
                first.dossier,
                first.line,
                "VEHICLE_AMBIGUOUS",
                words,
                evidence=(reference(last),),
            )


def by_both_names(folded: Folded) -> Iterator[Finding]:
    """A vehicle that begins from what one had whose name, by a note on its line, was its own before.

    Its form lists that one too, with all it had: they are the same shares, and stand there twice.
    """
    groups: dict[object, list[Position]] = defaultdict(list)
    for p in folded.book.positions:
        if p.table == "I" and p.form == "indirect" and p.vehicle and p.whole is None:
            groups[(p.scope, p.owners, p.unit)].append(p)
    for positions in groups.values():
        for later in positions if len(positions) > 1 else ():
            first = later.entries[0]
            for earlier in positions if first.opening and later.opened else ():
                listed = _listed_beside(first, earlier)
                if listed is None or listed.claim != later.opened:
                    continue
                if same_class(earlier.tokens, later.tokens) is False:
                    continue
                if not had_the_name(name_of(earlier), [first]):
                    continue
                words = f"{grouped(listed.claim or ZERO)} of “{listed.line.nature}”, which by its note is the former name of “{first.line.nature}”: {first.line.ref} begins from them, and both are shown"
                yield about(
                    listed.dossier,
                    listed.line,
                    "VEHICLE_AMBIGUOUS",
                    words,
                    evidence=(reference(first),),
                )


def _listed_beside(first: Posting, earlier: Position) -> Posting | None:
    """The line in the form of another holding's first one that only lists a holding known before."""
    told = [e for e in earlier.entries if e.dossier is first.dossier]
    known = earlier.entries[0].dossier is not first.dossier
    return told[0] if known and len(told) == 1 and told[0].line.holding else None


def _of_one_size(last: Posting, later: Position) -> bool:
    """Whether what a holding begins from is neither half of what another one had nor double, or a slip away."""
    first, held = later.entries[0], last.balance or ZERO
    opened = later.opened or first.balance or ZERO
    return held < 2 * opened < 4 * held or _mistyped(last, first)


def _mistyped(last: Posting, first: Posting) -> bool:
    """Whether a total under a new name is a slip away from what the holding under the old one comes to."""
    due = (last.balance or ZERO) + first.delta
    return first.claim is not None and slipped_digits(first.claim, due)


DOUBTS: tuple[Doubt, ...] = (
    named_anew,
    class_named_anew,
    taken_whole,
    by_another_group,
    by_both_names,
)
