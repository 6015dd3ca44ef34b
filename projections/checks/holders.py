"""Who holds what, where the filers' words do not say: vehicles, joint filers, pools."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, pairwise

from ledger.types import grouped
from projections.checks.check import Doubt
from projections.checks.named_anew import last_before
from projections.filings.records import ZERO, Dossier, Line
from projections.findings.finding import Finding, about
from projections.identity.names import company_key, person_key
from projections.identity.securities import STRUCK, same_class
from projections.identity.strangers import PEOPLE, strangers
from projections.identity.vehicles import (
    core_of,
    names_a_sort,
    names_a_vehicle,
    vehicle_key,
)
from projections.issuer import Folded
from projections.positions.digits import telling
from projections.positions.entries import Posting, known_after, reference
from projections.positions.holders_told import holder_in_notes
from projections.positions.position import Position
from projections.positions.renaming import name_of
from projections.positions.term_slips import called


def like_vehicles(folded: Folded) -> Iterator[Finding]:
    """Holdings under equal words and of one size: nothing tells which is which."""
    alike: dict[object, list[Position]] = defaultdict(list)
    for p in folded.book.positions:
        if p.table == "I" and p.form == "indirect":
            alike[(p.scope, p.owners, p.tokens, p.vehicle, p.entity, p.wording)].append(p)
    for positions in alike.values():
        seen: set[int] = set()
        for entries in _equal_totals(positions) if len(positions) > 1 else ():
            for entry, position in entries[1:]:
                like = [e for e, _ in entries if not _told_apart(e, entry)]
                if position.number not in seen and like != [entry]:
                    seen.add(position.number)
                    words = f"{grouped(entry.claim or ZERO)} under “{entry.line.nature}”, as on another line: nothing tells the two holdings apart"
                    others = tuple(reference(e) for e in like if e != entry)
                    yield about(
                        entry.dossier, entry.line, "VEHICLE_AMBIGUOUS", words, evidence=others
                    )


def _told_apart(one: Posting, other: Posting) -> bool:
    """Whether two lines cite notes without a text, and not the same ones, or are numbered.

    "UTMA for Child" and "UTMA for Child (2)" are two children where no note is cited. So are two
    trusts of whom other notes tell, though these are cited by the totals.
    """
    mine, theirs = (e.line.notes for e in (one, other))
    told = {n: one.dossier.text_of(n) for n in (*mine, *theirs)}
    if mine and theirs:
        if not any(told.values()):
            return set(mine) != set(theirs)
        apart = set(map(told.get, mine)).isdisjoint(map(told.get, theirs))
        return apart and all(map(names_a_sort, told.values()))
    return not mine and not theirs and one.line.nature.casefold() != other.line.nature.casefold()


def _equal_totals(positions: list[Position]) -> Iterator[list[tuple[Posting, Position]]]:
    """Lines of one filing that give several positions one total, filing after filing."""
    found: dict[object, list[tuple[Posting, Position]]] = defaultdict(list)
    for position in positions:
        for entry in position.entries:
            if entry.claim:
                found[(entry.dossier.stream, entry.claim)].append((entry, position))
    for entries in found.values():
        if len({position.number for _, position in entries}) > 1:
            yield entries


def nameless(folded: Folded) -> Iterator[Finding]:
    """A holding without a name, met as some of it left or came to it, where one of about its size was reported.

    Nothing but its total tells it from that one, of which it may be a line with a wrong total.
    """
    groups: dict[object, list[Position]] = defaultdict(list)
    for p in folded.book.positions:
        if (p.table, p.form) == ("I", "indirect") and p.entries and p.whole is None:
            groups[(p.scope, p.owners)].append(p)
    for positions in groups.values():
        for later in positions if len(positions) > 1 else ():
            first, opened = later.entries[0], later.opened or ZERO
            if name_of(later) or not first.opening or not first.delta or opened <= 0:
                continue
            others = [p for p in positions if same_class(p.tokens, later.tokens) is not False]
            lasts = [last_before(later, p) for p in others if p is not later]
            held = [last for last in lasts if last is not None and last.balance]
            balance = held[0].balance or ZERO if len(held) == 1 else ZERO
            if not balance < 2 * opened < 4 * balance or folded.rulings.came_from(reference(first)):
                continue
            last = held[0]
            words = f"the line names no holder and begins from {grouped(opened)}: it may be of “{last.line.nature}”, of which {grouped(balance)} were reported last: both are shown"
            refs = (reference(last),)
            yield about(first.dossier, first.line, "VEHICLE_AMBIGUOUS", words, evidence=refs)


def fitting_balances(folded: Folded) -> Iterator[Finding]:
    """A vehicle met for the first time with just what one of an unrelated name held last.

    It may be that one, renamed or mistaken, where that one is heard of no more: no words say
    so, and both are shown. So may it be all that was held directly, by a number that is no
    round one.
    """
    groups: dict[object, list[Position]] = defaultdict(list)
    for p in folded.book.positions:
        if p.form and p.whole is None and p.entries:
            groups[(p.scope, p.owners, p.table, p.kind, p.unit, p.series)].append(p)
    for positions in groups.values():
        for earlier, later in combinations(positions, 2) if len(positions) > 1 else ():
            first, last = later.entries[0], earlier.entries[-1]
            if (
                not earlier.balance
                or later.opened != earlier.balance
                or not known_after(first, last)
            ):
                continue
            if folded.rulings.came_from(reference(first)):
                continue
            if not _may_have_passed(earlier, later):
                continue
            if same_class(earlier.tokens, later.tokens) is False:
                continue
            words = f"“{first.line.nature}” goes on from {grouped(earlier.balance)}, the balance of {_called(last)}, which no later line names: one vehicle or two, both are shown"
            yield about(
                first.dossier,
                first.line,
                "VEHICLE_AMBIGUOUS",
                words,
                evidence=(reference(last),),
            )


def _called(last: Posting) -> str:
    return f"“{last.line.nature}”" if last.line.nature else "the direct holding"


def _may_have_passed(earlier: Position, later: Position) -> bool:
    """Whether a vehicle's balance is another's of an unrelated name, or was held directly."""
    if later.form == "direct":
        return False
    if earlier.form == "direct":
        return bool(earlier.balance) and telling(earlier.balance or ZERO)
    return strangers(name_of(earlier), name_of(later))


def repriced(folded: Folded) -> Iterator[Finding]:
    """A series that goes on under a lower strike, which only its number shows.

    It is followed as one: an equal number with its expiry, where no later line has the old strike.
    """
    for position in folded.book.positions:
        for strike, entry, _ in position.former if position.repriced else ():
            if entry not in position.repriced:
                continue
            held, now = position.entries[position.place(entry) - 1], entry.line.exercise_price
            words = f"{grouped(held.balance or ZERO)} under a strike of {grouped(now or ZERO)}, where it was {grouped(strike or ZERO)}, and no note says why: repriced, or another grant of one number and expiry"
            refs = (reference(held),)
            yield about(entry.dossier, entry.line, "CLASS_AMBIGUOUS", words, evidence=refs)


def mistyped_terms(folded: Folded) -> Iterator[Finding]:
    """Rows that go on from a series, and have its strike or its expiry otherwise.

    They are followed as the series: nothing else was ever reported under the terms they have.
    """
    for position in folded.book.positions if folded.exercised_on else ():
        strike, expiry = position.series
        if position.kind not in STRUCK or not (strike and expiry):
            continue
        strikes = {strike, None, *(was for was, _, _ in position.former)}
        for before, entry in pairwise(position.entries):
            line = entry.line
            if line.exercise_price not in strikes:
                what = f"a strike of {grouped(line.exercise_price or ZERO)}, where it is {grouped(strike)}"
            elif line.expires_on not in (expiry, None):
                what = f"an expiry of {line.expires_on}, where it is {expiry}"
            else:
                continue
            typed = (
                f"it is typed under {called(found)}"
                if (found := _under(position, line, folded))
                else "a slip, or another grant of one number"
            )
            words = f"the line goes on from {reference(before)}, with {what}: {typed}"
            refs = (reference(before),)
            yield about(entry.dossier, line, "CLASS_AMBIGUOUS", words, evidence=refs)


def _under(position: Position, line: Line, folded: Folded) -> Position | None:
    """The owners' other series whose terms a line has that goes on from this one."""
    terms = (line.exercise_price, line.expires_on)
    others = folded.positions_of(position.owners)
    return next((p for p in others if p is not position and p.series == terms), None)


def relisted(folded: Folded) -> Iterator[Finding]:
    """An option first listed, of no grant, with the strike and number of one that is met no more.

    Only the expiry is another: it may be that one, mistyped there or here.
    """
    groups: dict[object, list[Position]] = defaultdict(list)
    for p in folded.book.positions:
        if p.table == "II" and p.kind == "option" and p.entries and p.series[0]:
            groups[(p.scope, p.owners, p.form, p.vehicle, p.series[0], p.unit)].append(p)
    for positions in groups.values():
        for earlier, later in combinations(positions, 2) if len(positions) > 1 else ():
            first, last = later.entries[0], earlier.entries[-1]
            mine, theirs = later.series[1], earlier.series[1]
            if not mine or not theirs or mine == theirs or theirs < (first.day or theirs):
                continue
            same = first.line.holding and first.balance == earlier.balance and earlier.balance
            if not same or first.dossier.base_form == "3" or not known_after(first, last):
                continue
            words = f"the line lists {grouped(earlier.balance or ZERO)} with an expiry of {mine}; {reference(last)} had as many at the strike, with {theirs}, and is met no more: a slip, or another grant: both are shown"
            refs = (reference(last),)
            yield about(first.dossier, first.line, "CLASS_AMBIGUOUS", words, evidence=refs)


def unattributed(folded: Folded) -> Iterator[Finding]:
    """Positions of joint filers which no word of any of their lines gives to one of them."""
    for position in folded.book.positions:
        if len(position.owners) < 2 or position.entity or names_a_vehicle(position.vehicle):
            continue
        if any(_names_an_owner(e.dossier, e.line) for e in position.entries):
            continue
        first = position.entries[0]
        words = f"filed by {len(first.dossier.head.owners)} owners together; no note says which of them holds it"
        yield about(first.dossier, first.line, "JOINT_UNATTRIBUTED", words)


_WORD = re.compile(r"[a-z0-9]+(?:[-'][a-z0-9]+)*")


def _names_an_owner(dossier: Dossier, line: Line) -> bool:
    if len(dossier.head.owners) < 2:
        return True
    texts = [line.nature, dossier.head.remarks or "", *map(dossier.text_of, line.notes)]
    said = set(_WORD.findall(" ".join(texts).casefold()))
    names = (person_key(company_key(owner.name or "")) for owner in dossier.head.owners)
    return any(name and set(name.split()) <= said for name in names)


def shared_pools(folded: Folded) -> Iterator[Finding]:
    """One transaction with one total in the separate filings of several owners.

    One of the two must hold indirectly: two direct holders cannot hold the same shares.
    Named once for each two filers.
    """
    seen: dict[object, list[tuple[Dossier, Line]]] = {}
    named: set[frozenset[str]] = set()
    for dossier in folded.dossiers:
        for line in folded.lines_of(dossier):
            if line.holding or not line.shares_after or line.shares_after == line.shares:
                continue
            if line.code == "A" and not line.price:
                continue  # equal awards to several directors are the rule
            fact = (
                line.shares_after, line.shares, line.price, line.effective_on,
                line.code, line.direction, line.table,
            )  # fmt: skip
            alike = seen.get(fact)
            if alike is None:
                seen[fact] = [(dossier, line)]
                continue
            for other, theirs in alike:
                pair = frozenset({folded.people.scope(dossier), folded.people.scope(other)})
                both_direct = line.ownership == theirs.ownership == "direct"
                if len(pair) < 2 or pair in named or both_direct or _may_amend(dossier, other):
                    continue
                named.add(pair)
                owner = other.head.owners[0].name if other.head.owners else None
                words = f"the transaction and the total of {grouped(line.shares_after)} are those that {owner or other.id} reports"
                known = "info" if _by_name(dossier, line, other, theirs) else ""
                yield about(
                    *(dossier, line, "SHARED_POOL_SUSPECTED", words),
                    severity=known,
                    evidence=(f"{other.id}#{theirs.ref}",),
                )
            alike.append((dossier, line))


def _by_name(dossier: Dossier, line: Line, other: Dossier, theirs: Line) -> bool:
    """Whether two filers call what holds the shares by one name, in a note as well, or by the other's own."""
    told = (dossier, line), (other, theirs)
    keys = [(vehicle_key(one.nature), vehicle_key(holder_in_notes(d, one))) for d, one in told]
    if any(a == b and names_a_vehicle(a) for a, b in zip(*keys, strict=True)):
        return True
    if _of_a_relative(dossier, line, other) or _of_a_relative(other, theirs, dossier):
        return True
    owners = {vehicle_key(o.name or "") for d in (dossier, other) for o in d.head.owners}
    return any(names_a_vehicle(key) and key in owners for key in (*keys[0], *keys[1]))


def _of_a_relative(dossier: Dossier, line: Line, other: Dossier) -> bool:
    """Whether a line is a relative's, and by all that it says the other filer may be that one."""
    if line.ownership != "indirect":
        return False
    name = set(person_key((other.head.owners[0].name if other.head.owners else "") or "").split())
    words = core_of(vehicle_key(line.nature))[0]
    said = set(_WORD.findall(" ".join(map(dossier.text_of, line.notes)).casefold()))
    return bool(words & PEOPLE and words <= PEOPLE | name) or bool(name and name <= said)


def one_pool(folded: Folded) -> Iterator[Finding]:
    """The first line of each further filer who reports a trust or company that another names."""
    for position in folded.book.positions if folded.people.pools else ():
        first, known = position.entries[0], frozenset[str]()
        for entry in position.entries:
            owners = folded.people.keys(entry.dossier)
            if known and not owners & known:
                others = first.dossier.head.owners
                who = (others[0].name if others else None) or first.dossier.id
                words = f"the holding that {who} reports by this name as well, in other forms: counted once"
                refs = (reference(first),)
                yield about(
                    *(entry.dossier, entry.line, "SHARED_POOL_SUSPECTED", words),
                    severity="info",
                    evidence=refs,
                )
            known |= owners


def _may_amend(dossier: Dossier, other: Dossier) -> bool:
    """Whether an amendment that names nobody can be of a filing that reports the same facts."""
    amending = dossier.amends or other.amends
    return bool(amending) and not (dossier.head.owners and other.head.owners)


DOUBTS: tuple[Doubt, ...] = (
    like_vehicles,
    nameless,
    fitting_balances,
    repriced,
    mistyped_terms,
    relisted,
    unattributed,
    shared_pools,
    one_pool,
)
