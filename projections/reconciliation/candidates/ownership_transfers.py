"""What other holdings of the same owners gained or lost without a row: the other side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from ledger.footnotes.plan_exits import united
from ledger.statements import SENSES
from ledger.types import exchanged, grouped
from projections.filings.parts import one_report
from projections.filings.records import ZERO, Dossier
from projections.identity.securities import same_class
from projections.identity.strangers import of_other_people, strangers
from projections.identity.vehicles import has_partners, vehicle_key
from projections.issuer import Folded
from projections.positions.class_totals import came_untold, out_of_report
from projections.positions.entries import Posting, reference
from projections.positions.lot_totals import only_lots
from projections.positions.position import Position
from projections.reconciliation import costs
from projections.reconciliation.candidates.mirror_rows import amounts_exchanged, mirror_row
from projections.reconciliation.candidates.splits import splits_at
from projections.reconciliation.case import Candidate, Case


def mirrored(case: Case) -> Iterator[Candidate]:
    """What other vehicles of the same owners and class gained or lost without a row.

    The mirror image of a change of form: an unexplained difference of opposite sign, a
    position that first appears with a balance nobody moved, or one that ends. Where the
    two sides are a row's own movement, or both return to line, a line stands wrong.
    """
    twin, other = mirror_row(case), counterpart_line(case)
    for position in case.siblings:
        for entry in position.entries:
            if entry is twin and not changed_places(case.entry, entry):
                continue
            if amounts_exchanged(case.entry, entry):
                continue
            moved = entry.residual or (
                entry.opening and position.opened and not _there_before(case, entry)
            )
            apart = apart_by(case.entry, entry) if moved else None
            if moved and apart is None and _took_up(case, entry):
                apart = timedelta()
            if apart is None or (entry.residual and _split_alone(case, position, entry)):
                continue
            yield from _mirror(case, position, entry, apart, other)
        last = position.balance
        if last and case.entry.residual == last and not _later(position, case.entry):
            yield from _whole(case, position, last)


def _took_up(case: Case, entry: Posting) -> bool:
    """Whether a line is known to show where all went that was here before the broken total."""
    gone = None if case.before is None else case.rulings.emptied(case.before)
    return gone is not None and gone.into == reference(entry)


def _there_before(case: Case, opening: Posting) -> bool:
    """Whether another holding was listed by the total before: what opened it left this one earlier.

    Not where a note on either form tells of a change of form, which that total may not count yet.
    """
    before = case.before
    if before is None or before.claim is None or case.position.table != "I":
        return False
    if _form_change_noted(opening.dossier, case.entry.dossier):
        return False
    return opening.dossier.known.at <= before.dossier.known.at


def _whole(case: Case, position: Position, last: Decimal) -> Iterator[Candidate]:
    """A vehicle that ended: all it held came here, or the line is about it in truth.

    It is, where the line disposes of just what the other one held, and more than was here. None need
    have moved where the form says that something is reported no more, or a lot had no holder's name.
    """
    entry, slip = case.entry, None
    if entry.delta == -last and entry.expected is not None and entry.expected < 0:
        slip = "DI_SWAP" if position.form != case.position.form else "WRONG_VEHICLE"
    noted = _form_change_noted(entry.dossier) or _united(entry) or came_untold(entry, last)
    if not noted and of_other_people(position.vehicle, case.position.vehicle):
        return
    nameless = not position.vehicle and position.form == "indirect" and only_lots(position.entries)
    held = f"the whole {grouped(last)} that was last in {named(position)}"
    begins, ends = _days_noted(last, entry)
    yield Candidate(
        shares=last,
        cost=costs.FORM_CHANGE_NOTED if noted else costs.SWAPPED if slip else costs.ENDED,
        kind="change-of-form",
        code="EXPL_FILER_ERROR" if slip and not noted else "EXPL_FORM_CHANGE",
        source=reference(position.entries[-1]),
        text=f"the line disposes of {held}" if slip and not noted else held,
        group=f"whole:{position.number}",
        finding=None if noted else slip,
        effective_from=begins,
        effective_to=ends,
        sibling=None if slip and not noted else position.entries[-1],
        doubted=not noted and (out_of_report(position, entry) or nameless),
        empties=not slip or noted,
        basis="stated" if noted else "inferred",
    )


def _united(entry: Posting) -> bool:
    """Whether a note on a line tells that plans or accounts became one."""
    return any(
        SENSES[said.kind].from_plan and united(entry.dossier.text_of(said.note))
        for said in entry.dossier.statements
        if said.note in entry.line.notes and said.shares is None
    )


def _mirror(
    case: Case, position: Position, entry: Posting, apart: timedelta, other: Posting | None
) -> Iterator[Candidate]:
    mine, together = case.entry, one_report(entry.dossier, case.entry.dossier)
    near = costs.TOGETHER if together else costs.APART + apart // costs.STEP_APART
    group = f"sibling:{position.number}:{entry.dossier.id}:{entry.line.ref}"
    if entry.opening and position.opened and entry.prior is None:
        amounts = [position.opened]
        near += costs.OPENED
    else:
        amounts = [entry.residual, *_without_splits(case, position, entry)]
        if together and _form_change_noted(entry.dossier):
            amounts.append(without_plans(entry))
        off_by = abs(entry.residual + mine.residual)
        part = entry is other and _part_of_more(case, position, entry)
        if part or 0 < off_by <= rounded_away(entry.residual):
            amounts += [-mine.residual, -without_plans(mine)]
    slip = None
    own = (
        entry.residual == -mine.residual
        and mine.residual in (-mine.delta, entry.delta)
        and mine.residual
    )
    exactly = own or changed_places(mine, entry)
    by_rows = mine.delta == -entry.delta != 0  # the note tells again what they move
    meant = (
        not by_rows and _form_change_of(mine.residual, mine.dossier, entry.dossier)
        if exactly
        else _form_change_noted(mine.dossier)
    )
    if together and not meant:
        both_return = entry.returned is not None and mine.returned is not None
        if both_return or own or changed_places(mine, entry):
            slip = "DI_SWAP" if position.form != case.position.form else "WRONG_VEHICLE"
    if entry.returned is not None and slip is None:
        return
    for moved in dict.fromkeys(amounts):
        if not moved or _spent(case, entry, moved):
            continue
        noted = _form_change_noted(mine.dossier, entry.dossier)
        cost = costs.SWAPPED if slip else costs.FORM_CHANGE_NOTED if noted else near
        annuity = not slip and _annuity_noted(case, position, entry, moved)
        mended = entry.opening or (not noted and entry.residual == -mine.residual)
        if together and mended and not slip and _mistake_noted(mine, entry):
            yield _put_apart(position, entry, moved, group)
            continue
        begins, ends = _days_noted(moved, mine, entry)
        told = "EXPL_ANNUITY_RETURN" if annuity else "EXPL_FORM_CHANGE"
        yield Candidate(
            shares=-moved,
            cost=cost,
            kind="annuity-return" if annuity else "change-of-form",
            code="EXPL_FILER_ERROR" if slip else told,
            source=reference(entry),
            text=_told_of(mine, entry, moved, position, slip),
            group=group,
            finding=slip,
            effective_from=begins,
            effective_to=ends,
            sibling=entry,
            doubted=not (noted or slip) and bool(entry.residual) and case.held_alike(position),
            basis="stated" if noted and not slip else "inferred",
        )


def _told_of(
    mine: Posting, entry: Posting, moved: Decimal, position: Position, slip: str | None
) -> str:
    """Words for what another holding gained or lost: two totals may only have changed places."""
    if slip and changed_places(mine, entry):
        return f"its total and that of {entry.line.ref} changed places"
    way = "entered" if moved > 0 else "left"
    return f"{grouped(abs(moved))} {way} {named(position)} without a row"


def changed_places(one: Posting, other: Posting) -> bool:
    """Whether each of two totals is what the other should be, after what a note tells went between.

    That all shares of one holding went to an empty one gives the same picture, and is none.
    """
    if not one.expected or not other.expected or one.claim is None or other.claim is None:
        return False
    off = (other.claim - one.expected, one.claim - other.expected)
    if off == (ZERO, ZERO):
        return True
    told = {
        said.shares
        for dossier in (one.dossier, other.dossier)
        for said in dossier.statements
        if SENSES[said.kind].keeps_interest and said.shares
    }
    between = (off[0] or one.delta, off[1] or other.delta)
    return sum(between) == 0 and {abs(size) for size in off if size} <= told


def _part_of_more(case: Case, position: Position, entry: Posting) -> bool:
    """Whether a difference is a part of a greater one the other way, as a note tells of both.

    Not where the note says how many went: then a part of them is what is wrong.
    """
    moved = (entry.residual, *_without_splits(case, position, entry))
    more = abs(case.entry.residual) < abs(entry.residual)
    return more and not any(told_moved(entry.dossier, one) for one in moved)


def rounded_away(side: Decimal) -> int:
    """By how much the other side may differ: a fraction of one is rounded on both."""
    return int(side % 1 != 0)


def counterpart_line(case: Case) -> Posting | None:
    """The line of the other of two holdings that differs, where a note tells of a transfer between them.

    One is direct and the other the owner's own vehicle: what a fund gives goes to its partners
    besides, and of several vehicles nobody says what went to which. Where the form with the note
    shows but one of the two, the next line of the other one counts.
    """
    entry, mine = case.entry, case.entry.residual
    if case.position.table != "I":
        return None
    apart = [
        (p, e)
        for p in case.siblings
        for e in p.entries
        if e.residual and one_report(e.dossier, entry.dossier)
    ] or [(p, e) for p in case.siblings if (e := _next_of(p, entry)) is not None]
    apart = [(p, e) for p, e in apart if not _split_alone(case, p, e)]
    if len(apart) != 1 or apart[0][1].residual * mine >= 0:
        return None
    two, other = (case.position, apart[0][0]), apart[0][1]
    own = {p.form for p in two} == {"direct", "indirect"}
    if not own or any(has_partners(p.vehicle) for p in two):
        return None
    vehicle = next(p.vehicle for p in two if p.form == "indirect")
    noted = any(_transfer_noted(e.dossier, vehicle) for e in (entry, other))
    return other if noted else None


def _next_of(position: Position, entry: Posting) -> Posting | None:
    """The line of another holding in the form just before or just after one, if its total breaks.

    Not where a note of its own gives just the number by which it does.
    """
    known = entry.dossier.known.at
    near = [e for e in position.entries if e.dossier is not entry.dossier]
    after = next((e for e in near if e.dossier.known.at > known), None)
    before = next((e for e in reversed(near) if e.dossier.known.at < known), None)
    broken = [
        e
        for e in (after, before)
        if e is not None
        and e.residual
        and e.returned is None
        and apart_by(entry, e) is not None
        and not any(s.shares == abs(e.residual) for s in e.dossier.statements)
    ]
    return broken[0] if len(broken) == 1 else None


def _transfer_noted(dossier: Dossier, vehicle: str) -> bool:
    """Whether a note tells of shares that went into a vehicle of the owner's, or came out of it.

    What passed to its beneficiaries did neither.
    """
    return any(
        SENSES[s.kind].own_vehicle
        and not strangers(other := vehicle_key(s.counterpart or ""), vehicle)
        and "beneficiaries" not in other.split()
        for s in dossier.statements
    )


def told_moved(dossier: Dossier, shares: Decimal) -> bool:
    """Whether a note says that just so many shares changed their form of ownership."""
    return any(
        SENSES[s.kind].keeps_interest and s.shares == abs(shares) for s in dossier.statements
    )


def _days_noted(moved: Decimal, *entries: Posting) -> tuple[date | None, date | None]:
    """The days that a note of either side gives for just these shares, or alone on one of the lines."""
    told = [
        (said.shares, (said.effective_from, said.effective_to))
        for entry in entries
        for said in entry.dossier.statements
        if said.effective_from and (SENSES[said.kind].keeps_interest or SENSES[said.kind].corrects)
        if said.shares or said.note in entry.line.notes
    ]
    numbered = [days for shares, days in told if shares == abs(moved)]
    alone = {days for shares, days in told if shares is None}
    if numbered:
        return numbered[0]
    return next(iter(alone)) if len(alone) == 1 else (None, None)


def _mistake_noted(*entries: Posting) -> bool:
    """Whether a note on either line says, without a number, that an earlier report was wrong."""
    return any(
        SENSES[said.kind].corrects and said.shares is None and said.note in entry.line.notes
        for entry in entries
        for said in entry.dossier.statements
    )


def _put_apart(position: Position, entry: Posting, moved: Decimal, group: str) -> Candidate:
    """Shares that an earlier total had wrongly, and that another line shows now.

    A note on either says that the earlier report was wrong, and the other line by how much:
    nothing moved between the two.
    """
    return Candidate(
        shares=-moved,
        cost=costs.PUT_APART,
        kind="report-correction",
        code="EXPL_PRIOR_CORRECTION",
        source=reference(entry),
        text=f"{grouped(abs(moved))} of {named(position)} stood in the other total before",
        group=group,
        basis="stated",
    )


def _spent(case: Case, entry: Posting, moved: Decimal) -> bool:
    """Whether the other side's movement is told for already, and can be no mirror here.

    The note under its total gives another cause, or the same filing shows its mirror image
    on this position, in another line than the one to explain.
    """
    causes = {
        s.shares
        for s in entry.dossier.statements
        if SENSES[s.kind].from_plan and s.note in entry.line.notes
    }
    return abs(moved) in causes or any(
        e.dossier is entry.dossier
        and e.residual == -moved
        and e != case.entry
        and case.rulings.on(e).verdict == "explained"
        for e in case.position.entries
    )


def _without_splits(case: Case, position: Position, entry: Posting) -> Iterator[Decimal]:
    """A sibling's difference less what a split made of its balance since its total before."""
    if entry.prior and entry.residual:
        for known in splits_at(case, position, entry):
            for base in {entry.prior, entry.prior + entry.delta}:
                yield entry.residual - (exchanged(base, known.ratio) - base)


def without_plans(entry: Posting) -> Decimal:
    """A sibling's difference less what notes on its line say that a plan brought it besides."""
    brought = (
        said.shares or ZERO
        for said in entry.dossier.statements
        if SENSES[said.kind].from_plan and said.note in entry.line.notes
    )
    return entry.residual - sum(brought, ZERO)


def _split_alone(case: Case, position: Position, entry: Posting) -> bool:
    """Whether a split makes all of a sibling's difference, so that no share came or went."""
    return any(abs(rest) < 1 for rest in _without_splits(case, position, entry))


def _form_change_noted(*dossiers: Dossier) -> bool:
    return any(SENSES[s.kind].keeps_interest for d in dossiers for s in d.statements)


def _form_change_of(moved: Decimal, *dossiers: Dossier) -> bool:
    """Whether a note on a change of form may mean so many shares: it gives their number, or none."""
    told = (s for d in dossiers for s in d.statements if SENSES[s.kind].keeps_interest)
    return any(s.shares is None or abs(moved) in (s.shares, s.group_total) for s in told)


def _annuity_noted(case: Case, position: Position, entry: Posting, moved: Decimal) -> bool:
    """Whether a note on either side says that an annuity trust paid its grantor."""
    source, grantor = (position, case.position) if moved < 0 else (case.position, position)
    dossiers = (case.entry.dossier, entry.dossier)
    return (
        source.form != "direct"
        and grantor.form == "direct"
        and any(
            s.kind == "annuity-return" and s.shares in (None, abs(moved))
            for d in dossiers
            for s in d.statements
        )
    )


def apart_by(one: Posting, other: Posting) -> timedelta | None:
    """How far apart two lines are that may be two sides of one thing; None where they are too far."""
    if one_report(one.dossier, other.dossier):
        return timedelta()
    apart = abs(one.day - other.day) if one.day and other.day else None
    return apart if apart is not None and apart <= costs.FARTHEST else None


def _later(position: Position, entry: Posting) -> bool:
    last, day = position.entries[-1], entry.day or date.min
    return one_report(last.dossier, entry.dossier) or (last.day or date.min) > day


def named(position: Position) -> str:
    """A position as a sentence names it, beside another one of its owner."""
    if position.form == "direct":
        return "the direct holding"
    return f"the indirect holding “{position.nature}”" if position.nature else "an indirect holding"


def siblings_of(position: Position, folded: Folded) -> list[Position]:
    """The owners' other positions in the same class of the same table."""
    return [
        p
        for p in folded.positions_of(position.owners)
        if p is not position
        and (p.table, p.unit) == (position.table, position.unit)
        and p.entries
        and same_class(p.tokens, position.tokens) is not False
        and (p.table == "I" or p.series == position.series)
    ]


def series_beside(position: Position, folded: Folded) -> list[Position]:
    """The owners' other series of the same kind, which a total of all of them counts."""
    if position.table != "II":
        return []
    return [
        p
        for p in folded.positions_of(position.owners)
        if p is not position
        and (p.table, p.unit, p.kind) == (position.table, position.unit, position.kind)
        and p.entries
    ]
