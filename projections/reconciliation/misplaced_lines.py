"""Lines that stand under a wrong form of ownership, vehicle or class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, dropwhile, groupby, pairwise, takewhile
from operator import attrgetter

from ledger.statements import SENSES
from ledger.types import grouped
from projections.filings.parts import one_report
from projections.filings.records import ZERO
from projections.findings.finding import Finding, about
from projections.identity.awards import same_award
from projections.identity.names import is_a_body
from projections.identity.securities import class_tokens, same_class
from projections.identity.strangers import strangers
from projections.issuer import Folded
from projections.positions.entries import Posting, known_after, reference, stands_twice
from projections.positions.position import Position
from projections.positions.ratios import comes_to
from projections.positions.renaming import name_of
from projections.positions.rulings import Rulings
from projections.reconciliation.candidates.carried_on import (
    by_chance,
    may_be_typed_for,
    misplacement,
    passed_over,
)


def strays(folded: Folded) -> Iterator[Finding]:
    """Lines under a wrong form, vehicle or class: they carry on another position's balance.

    Such a line opens a position, or breaks one, from exactly the balance another one of
    the same owners stood at; when that one goes on, it has the line's movement in it. The
    book posts it there. Not where a note says that the other one's shares passed on to this one.
    """
    book, rulings = folded.book, folded.rulings
    yield from _exchanged(folded)
    for stray in [*book.positions]:
        if not stray.entries:
            continue  # joined with another one, whose name it bears
        listed = _listed_for_another(stray, book.positions)
        if listed is not None and not _passed_on(stray, listed[0], rulings):
            (line,) = stray.entries
            yield _misplaced(line, stray, *listed)
            book.move([line], stray, *listed)
            continue
        off = {e.dossier.stream for e in stray.entries if e.opening or e.residual}
        for stream, group in groupby(list(stray.entries), key=_STREAM):
            if stream not in off:
                continue
            moving = [e for e in group if not e.line.holding]
            for entries in _out_of_line(moving, stray):
                found = _home_of(stray, entries, book.positions)
                found = found or _home_renamed(stray, entries, folded)
                if found is not None and not _passed_on(stray, found[0], rulings):
                    told = _misplaced(entries[0], stray, *found)
                    seen_otherwise = _seen_by_another(stray, found[0], entries[0])
                    seen_otherwise |= stray.series != found[0].series
                    seen_otherwise |= _either_award(entries[0], stray, found[0])
                    seen_otherwise |= _renamed(stray, found[0], entries[0])
                    book.move(entries, stray, *found)
                    if not seen_otherwise:
                        yield told
                    break
                alone = found is None and len(entries) == 1
                if alone and _of_another_award(stray, entries[0], folded):
                    break


def _listed_for_another(
    stray: Position, positions: Sequence[Position]
) -> tuple[Position, Posting] | None:
    """The holding that a line lists under a form of ownership, or for a holder, that no other line does.

    Its number is that holding's, before and after, and the form has no line for it. The next line is
    given as well; no note of this one tells that an interest passed on.
    """
    entry, *more = stray.entries
    if more or not entry.line.holding or not entry.claim or _tells_a_change(entry):
        return None
    for home in positions:
        if (home.table, home.kind, home.series, home.unit, home.owners) != (
            *(stray.table, stray.kind, stray.series, stray.unit),
            stray.owners,
        ) or same_class(home.tokens, stray.tokens) is not True:
            continue
        if home.form == stray.form and not strangers(name_of(stray), name_of(home)):
            continue
        before = [e for e in home.entries if known_after(entry, e)]
        after = [e for e in home.entries if known_after(e, entry)]
        if not before or not after or len(before) + len(after) < len(home.entries):
            continue
        opens = None if after[0].claim is None else after[0].claim - after[0].delta
        if before[-1].claim == entry.claim == opens and not _tells_a_change(after[0]):
            return home, after[0]
    return None


def _tells_a_change(entry: Posting) -> bool:
    """Whether a note on a line tells of shares in which the owner keeps an interest, held otherwise."""
    said = (one for one in entry.dossier.statements if one.note in entry.line.notes)
    return any(SENSES[one.kind].keeps_interest for one in said)


def _exchanged(folded: Folded) -> Iterator[Finding]:
    """Two lines of a form that each go on from what the other's holding had: they changed places.

    Where a row moved one of the two, exchanged totals alone would not show it. The next lines,
    where there are any, go on from where each belongs; and no note tells of a change of form.
    """
    groups: dict[object, list[Position]] = defaultdict(list)
    for p in folded.book.positions:
        if p.table == "I" and any(e.residual and not e.opening for e in p.entries):
            groups[(p.scope, p.owners, p.tokens, p.unit)].append(p)
    for positions in groups.values():
        for one, other in combinations(positions, 2):
            for mine, its in _crosswise(one, other):
                after = _next(one, mine), _next(other, its)
                folded.book.move([mine], one, other, after[1])
                folded.book.move([its], other, one, after[0])
                kind, _ = misplacement(one, other)
                words = f"this line and {its.line.ref} changed places: each total goes on from what the other's holding had"
                yield about(mine.dossier, mine.line, kind, words, evidence=(reference(its),))


def _crosswise(one: Position, other: Position) -> Iterator[tuple[Posting, Posting]]:
    """The lines of one form, alone in it on their positions, that each go on from the other's balance."""
    for mine in [e for e in one.entries if e.residual and not e.opening]:
        if not mine.prior:
            continue
        form = [e for p in (one, other) for e in p.entries if one_report(e.dossier, mine.dossier)]
        its = form[-1]
        if len(form) != 2 or its is mine or its.opening or not its.prior:
            continue
        said = (*mine.dossier.statements, *its.dossier.statements)
        noted = any(SENSES[x.kind].keeps_interest for x in said)
        crossed = mine.claim == its.prior + mine.delta and its.claim == mine.prior + its.delta
        if noted or not crossed or mine.delta == its.delta or mine.prior == its.prior:
            continue
        after = _next(one, mine), _next(other, its)
        told = [(e, to) for e, to in zip(after, (its, mine), strict=True) if e is not None]
        if all(e.claim is not None and e.claim - e.delta == to.claim for e, to in told):
            yield mine, its


def _next(position: Position, entry: Posting) -> Posting | None:
    """The line of a position after another."""
    return next(iter(position.entries[position.place(entry) + 1 :]), None)


def _of_another_award(stray: Position, back: Posting, folded: Folded) -> bool:
    """Post rows on another award of the title, from where a total goes on with them in it.

    Whether any were posted anew: then other lines of the form may stand elsewhere.

    Where notes alone tell awards apart, and leave it open, a total that is the one's with the
    other's row posts that row on the wrong one; the next total of the right one shows it. The
    total between is then what is wrong.
    """
    if stray.table != "II" or not back.residual or back.claim is None or back.returned:
        return False
    if all(entry.line is not back.line for entry in stray.entries):
        return False  # it was posted elsewhere since
    before = stray.entries[: stray.place(back)]
    for other in folded.book.positions:
        if other is stray or not other.entries or not _same_title(other, stray):
            continue
        here, there = _posted_by_total(before), _posted_by_total(other.entries)
        for rows in here if known_after(back, other.entries[-1]) and other.balance else ():
            moved = sum((row.delta for row in rows), back.delta)
            ends = (other.balance or ZERO) + moved
            if known_after(rows[0], other.entries[-1]) and ends == back.claim:
                folded.book.move([*rows, back], stray, other, None)
                other.set_aside(rows[0], back)
                return True
        for rows in there if before else ():
            between = known_after(rows[0], before[-1]) and known_after(back, rows[-1])
            if between and sum((row.delta for row in rows), ZERO) == back.residual:
                folded.book.move(rows, other, stray, back)
                stray.set_aside(rows[0], back)
                return True
    return False


def _posted_by_total(entries: Sequence[Posting]) -> Iterator[list[Posting]]:
    """The last rows of an award, one and more, that follow there: by their totals alone, perhaps."""
    rows: list[Posting] = []
    for entry in reversed(entries):
        if not _may_be_of_another(entry):
            return
        rows.insert(0, entry)
        yield list(rows)


def _either_award(entry: Posting, stray: Position, home: Position) -> bool:
    """Whether a row's notes fit the award it was posted on no better than the one it is of."""
    apart = same_award(entry.award, home.award) is False
    return stray.table == "II" and _same_title(stray, home) and not apart


def _may_be_of_another(entry: Posting) -> bool:
    """Whether a row that follows may have been posted by its total alone."""
    return bool(entry.delta) and not entry.opening and not entry.residual and not entry.repeats


def _same_title(one: Position, other: Position) -> bool:
    """Whether two positions differ by no word of their lines, so that a note alone may tell them apart."""
    return (one.table, one.kind, one.form, one.series, one.vehicle, one.owners, one.unit) == (
        *(other.table, other.kind, other.form, other.series, other.vehicle, other.owners),
        other.unit,
    ) and same_class(one.tokens, other.tokens) is not False


def _seen_by_another(stray: Position, home: Position, entry: Posting) -> bool:
    """Whether what a group holds directly is held indirectly by the one of it who reports alone.

    A fund's shares are direct for the fund, and its partner's by the fund: neither slipped. Who
    reported them indirectly before, and directly now, did.
    """
    who = _reporters(entry)
    if entry.line.ownership == stray.form and any(_reporters(e) == who for e in home.entries):
        return False
    several = len(stray.owners) != len(home.owners)
    direct = stray if stray.form == "direct" else home
    bodies = (is_a_body(o.name or "") for e in direct.entries for o in e.dossier.head.owners)
    return several and {stray.form, home.form} == {"direct", "indirect"} and any(bodies)


def _reporters(entry: Posting) -> frozenset[str | None]:
    return frozenset(owner.cik for owner in entry.dossier.head.owners)


def _passed_on(stray: Position, home: Position, rulings: Rulings) -> bool:
    """Whether all that a position held is known to have passed on in the filing that opens another."""
    begun = stray.entries[0].dossier.id
    went = [gone for e in home.entries if (gone := rulings.emptied(e)) is not None]
    return any(gone.into.partition("#")[0] == begun for gone in went)


_STREAM = attrgetter("dossier.stream")


def _out_of_line(moving: list[Posting], stray: Position) -> Iterator[list[Posting]]:
    """Of a filing's rows those that may stand elsewhere: from the first that does not follow on.

    Or all from there on, where later filings' rows follow them: one mark may be wrong twice.
    """
    rest = list(dropwhile(lambda e: not (e.opening or e.residual), moving))
    if rest and not rest[0].scope:
        yield rest
        if len(moving) > 1:
            yield rest[:1]
        later = stray.entries[stray.place(rest[-1]) + 1 :]
        if onward := list(takewhile(_may_be_of_another, later)):
            yield [*rest, *onward]


def _home_of(
    stray: Position, entries: list[Posting], positions: list[Position]
) -> tuple[Position, Posting | None] | None:
    """The position whose balance some lines carry on, and its next entry."""
    first, moved = entries[0], _moved_once(entries)
    if first.claim is None or not moved or first.claim == first.delta:
        return None
    opening = first.claim - first.delta
    streams, forms = ({e.dossier.stream for e in some} for some in (stray.entries, entries))
    alone = streams == forms
    for home in positions:
        if home is stray or home.table != stray.table or not home.owners & stray.owners:
            continue
        if home.series != stray.series and not may_be_typed_for(stray, home):
            continue
        held = _balance_before(home, first)
        form = [e for e in home.entries if e.dossier is first.dossier]
        place = _place_in(form, held, opening)
        runs_on = place is not None
        gained = None if held is None else _gained(opening if runs_on else held, opening, first)
        if gained is None:
            continue
        later = (e for e in home.entries if known_after(e, first))
        follower = next(iter((*form[place:], *later)), None) if runs_on else next(later, None)
        if follower is None and _stays(stray, home, entries, alone=alone):
            continue
        if follower is not None and not _has_in_it(follower, moved + gained):
            continue
        if form and not (runs_on and follower is not None):
            continue
        return home, follower
    return None


def _home_renamed(
    stray: Position, entries: list[Posting], folded: Folded
) -> tuple[Position, Posting] | None:
    """The vehicle whose balance some lines carry on, from which one of a like name begins; the two are joined."""
    first, book = entries[0], folded.book
    moved = sum((e.delta for e in entries), ZERO)
    if first.claim is None or not moved or first.claim == first.delta:
        return None
    opens = first.claim - first.delta
    alike = [
        (home, later)
        for home in book.positions
        if home.form != stray.form and home.vehicle and home.balance == opens and _last(home, first)
        for later in book.positions
        if later is not home and _kin(home, later) and _kin(home, stray, by_name=False)
        if known_after(later.entries[0], first) and later.opened == opens + moved
    ]
    if len(alike) != 1 or _passed_on(stray, alike[0][0], folded.rulings):
        return None
    ((home, later),) = alike
    follower, name = later.entries[0], (later.vehicle, later.entity)
    book.move(list(later.entries), later, home, None)
    (home.vehicle, home.entity), home.nature = name, home.entries[-1].line.nature
    return home, follower


def _last(home: Position, first: Posting) -> bool:
    """Whether nothing is told of a holding from a line on."""
    return all(known_after(first, e) for e in home.entries)


def _kin(home: Position, other: Position, *, by_name: bool = True) -> bool:
    """Whether two positions are of one sort and class, and in one vehicle by their names, which may differ."""
    if (home.table, home.series, home.unit, home.owners) != (
        *(other.table, other.series, other.unit),
        other.owners,
    ) or same_class(home.tokens, other.tokens) is False:
        return False
    if not by_name:
        return True
    return (
        other.form == home.form
        and bool(other.vehicle)
        and not strangers(name_of(home), name_of(other))
    )


def _moved_once(entries: Sequence[Posting]) -> Decimal:
    """What some rows moved; one that repeats the row before it, its total included, moved nothing more."""
    twice = {id(e) for before, e in pairwise(entries) if stands_twice(before, e)}
    return sum((e.delta for e in entries if id(e) not in twice), ZERO)


def _place_in(form: Sequence[Posting], held: Decimal | None, opening: Decimal) -> int | None:
    """How many of a form's lines of a holding come before one that begins at `opening`; else None.

    Those that do have brought the holding to where it begins. None do where it was held before.
    """
    levels = [held, *(e.claim for e in form)] if form else []
    return max((i for i, level in enumerate(levels) if level == opening), default=None)


def _gained(held: Decimal, opening: Decimal, first: Posting) -> Decimal | None:
    """What a split that the line's own form tells added to a balance that it then goes on from; else None.

    It adds nothing where the line goes on from the balance itself.
    """
    if held == opening:
        return ZERO
    ratios = (said.multiplier for said in first.dossier.statements if held)
    return opening - held if any(r and comes_to(held, r, opening) for r in ratios) else None


def _another_vehicle(stray: Position, home: Position) -> bool:
    """Whether two indirect positions are of vehicles that only a later total can make one."""
    return stray.form == home.form and strangers(name_of(stray), name_of(home))


def _stays(stray: Position, home: Position, entries: Sequence[Posting], *, alone: bool) -> bool:
    """Whether rows stay where they stand, as no line goes on from the other holding with them in it.

    They may be of another series where the next total of their own passes them over. A vehicle
    that form after form names is one, until the other goes on.
    """
    first, over = entries[0], home.series != stray.series and passed_over(stray, entries)
    if not (alone or over or _gives_up_all(first, home)):
        return True
    if (home.series != stray.series and not over) or (alone and _another_vehicle(stray, home)):
        return True
    opening = (first.claim or ZERO) - first.delta
    named = stray.vehicle and len({e.dossier.stream for e in entries}) > 1
    return bool(named) or _converts(home, stray) or by_chance(stray, home, opening)


def _renamed(stray: Position, home: Position, entry: Posting) -> bool:
    """Whether two vehicles' names may be one's: told apart while a line between stood elsewhere.

    Not where one form uses both.
    """
    if any(e.dossier is entry.dossier for e in home.entries):
        return False
    both = stray.form == home.form == "indirect" and stray.vehicle != home.vehicle
    return both and not strangers(name_of(stray), name_of(home))


def _converts(home: Position, stray: Position) -> bool:
    """Whether what one position holds turns into the other's class: then all of it may have."""
    return same_class(class_tokens(home.underlying or ""), stray.tokens) is True


def _gives_up_all(entry: Posting, home: Position) -> bool:
    """Whether a row disposes of just what another position of the class held, and more than its own."""
    mine = None if entry.prior is None else entry.prior + entry.delta
    return (
        entry.claim == 0
        and mine is not None
        and mine < 0
        and home.balance == -entry.delta
        and same_class(class_tokens(entry.line.security or ""), home.tokens) is not False
    )


def _has_in_it(follower: Posting, moved: Decimal) -> bool:
    """Whether a total has a movement in it, alone or beside one that its own notes state.

    It may have been taken for one of all holdings, of which the others come to just that by chance.
    """
    off = follower.residual or follower.scope or ZERO
    stated = {s.shares for s in follower.dossier.statements if s.shares}
    return follower.claim is not None and bool(off) and abs(off - moved) in {ZERO, *stated}


def _balance_before(position: Position, entry: Posting) -> Decimal | None:
    balance = None
    for e in position.entries:
        if known_after(e, entry) or e.dossier is entry.dossier:
            break
        balance = e.balance
    return balance


def _misplaced(
    entry: Posting, stray: Position, home: Position, follower: Posting | None
) -> Finding:
    opening = None if entry.claim is None else entry.claim - entry.delta
    kind, where = misplacement(stray, home)
    words = f"the line carries on from {grouped(opening or ZERO)}, the balance of another position: {where}"
    return about(
        entry.dossier,
        entry.line,
        kind,
        words,
        revised_by=follower.dossier.id if follower else None,
    )
