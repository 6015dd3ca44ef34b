"""Holdings that passed into others, as a note on the first lines of the new ones says.

All that was held directly goes into a trust, a company or joint tenancy, trusts are combined
or divided, an account is rolled over. Rule 16a-13 asks for no row, and the form may list the
new holdings alone: what they begin with is, to the share, what the older ones held last, or
the part of one that the note gives, and of those no line says more, or one that begins anew.
Vehicles that are only told apart, or in one line, need no note: their sums are one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations, groupby
from typing import NamedTuple

from ledger.footnotes.hands import was_direct
from ledger.footnotes.plan_exits import united
from ledger.statements import SENSES
from projections.filings.records import ZERO, Dossier, Stated
from projections.identity.names import words_of
from projections.identity.plans import accrued_since, plan_key
from projections.identity.vehicles import core_of, own_words, vehicle_key
from projections.issuer import Folded
from projections.positions.digits import telling
from projections.positions.entries import Posting, reference
from projections.positions.position import Position
from projections.positions.rulings import Beginning, Emptied
from projections.reconciliation.candidates.class_changes import class_changes
from projections.reconciliation.candidates.ownership_transfers import siblings_of

_PASSING = ("G", "J", "W")
"""Codes under which shares come to a vehicle without being bought: given, otherwise, inherited."""

_INHERITED = "W"
"""The code of what was acquired by will, or by the laws of descent."""

_GIVEN = ("gift-note", "court-transfer")
"""Statements of shares that went to somebody: on the first line of a holding, to whoever holds it."""

_PAIR = 2
"""Two holdings, of which one may be the other's successor: their numbers alone do not show it."""

_MOST = 6
"""Older holdings of which several together may have passed on; an owner has seldom more."""


class _Older(NamedTuple):
    """A holding that may have passed on: its last line before that, and the next one."""

    position: Position
    last: Posting
    after: Posting | None

    @property
    def held(self) -> Decimal:
        return self.last.balance or ZERO


class _Begun(NamedTuple):
    """Holdings that a form opens together, what each begins with, and what a note says of them."""

    positions: tuple[Position, ...]
    brought: tuple[Decimal, ...]
    told: tuple[Stated, ...]

    @property
    def whole(self) -> Decimal:
        return sum(self.brought, ZERO)

    @property
    def first(self) -> Posting:
        return self.positions[0].entries[0]

    def sized(self, *held: Decimal) -> bool:
        """Whether the note gives no number but those of what went, or of what came of it."""
        sizes = [said.shares for said in self.told if said.shares]
        return {self.whole, *self.brought, *held}.issuperset(sizes) or sum(sizes) == self.whole


def pass_on(folded: Folded) -> None:
    """Rule that nothing is left of the holdings that passed on, or less, and since when."""
    opened: dict[str, list[Position]] = {}
    for position in folded.book.positions:
        first = position.entries[0] if position.entries else None
        if first is not None and first.line.cited:
            _reclassify(position, first, folded)
        if first is not None:
            opened.setdefault(first.dossier.stream, []).append(position)
        for entry in position.entries:
            if entry.line.code == _INHERITED and entry.delta > 0:
                _inherit(position, entry, folded)
    for begun_together in opened.values():
        for alike in _alike(begun_together):
            for begun in _by_note(alike):
                _take_up(begun, folded)
            _out_of_direct(alike, folded)
            _regroup(alike, folded)
            _pool(alike, folded)


def _inherit(position: Position, entry: Posting, folded: Folded) -> None:
    """Rule that a row of inherited shares brought all that a vehicle had, of which no line tells since.

    A spouse's account, or an estate's, is the owner's own then. The number shows it where it is
    none that two holdings meet in by chance, and a note where it names the vehicle.
    """
    known, notes = _known(entry.dossier), entry.line.notes
    text = {w for note in notes for w in words_of(vehicle_key(entry.dossier.text_of(note)))}
    gone = [
        p
        for p in siblings_of(position, folded)
        if p.form == "indirect" and p.vehicle and not plan_key(p.vehicle)
        if p.owners == position.owners and p.balance == entry.delta
        if all(_known(e.dossier) < known for e in p.entries)
        if folded.rulings.emptied(p.entries[-1]) is None
    ]
    named = [p for p in gone if core_of(p.vehicle)[0] <= text]
    if len(gone) == 1 and (named or (not notes and telling(entry.delta))):
        went = Emptied(entry.day, entry.day, reference(entry))
        folded.rulings.empty(gone[0].entries[-1], went)


def _out_of_direct(alike: Sequence[Position], folded: Folded) -> None:
    """Rule that a vehicle took over what was held directly, where its note says no more than that it was.

    "Previously reported as directly owned": it begins, to the share, with all of that.
    """
    for position in alike:
        first, brought = position.entries[0], _brought(position)
        if position.form != "indirect" or brought is None:
            continue
        if folded.rulings.beginning(first) != Beginning():
            continue
        wrong = {s.note for s in first.dossier.statements if SENSES[s.kind].corrects}
        said = [n for n in first.line.notes if was_direct(first.dossier.text_of(n))]
        if not said or not wrong.isdisjoint(said):
            continue  # or they never were, and were told so by mistake
        begun = _Begun((position,), (brought,), ())
        older = [
            one
            for p in siblings_of(position, folded)
            if p.form == "direct" and p.owners == position.owners
            if (one := _silent_since(p, begun, folded)) is not None and one.held == brought
        ]
        if len(older) == 1:
            _rule_on(older, begun, folded, begins=None, ended=None, shares=None)


def _regroup(alike: Sequence[Position], folded: Folded) -> None:
    """Rule that vehicles were divided, or united, of which no note tells: their sums are one.

    Three trusts in one line of 810,000 are told apart as 270,000 each, or two become one. What
    several begin with, or had, is to the share what one had, or begins with, of which no line
    tells any more: numbers that seldom meet by chance, as two equal ones do.
    """
    new = [
        (p, came)
        for p in alike
        if p.form == "indirect" and p.opened and (came := _brought(p))
        if folded.rulings.beginning(p.entries[0]) == Beginning()
    ]
    if not new or len(new) > _MOST:
        return
    positions, amounts = zip(*new, strict=True)
    begun = _Begun(positions, amounts, ())
    older = [
        one
        for p in siblings_of(positions[0], folded)
        if p.form == "indirect" and p.vehicle and p.owners == positions[0].owners
        if (one := _silent_since(p, begun, folded, goes_on=True)) is not None
    ][:_MOST]
    found = [
        some
        for count in range(1, len(older) + 1)
        for some in combinations(older, count)
        if count + len(new) > _PAIR and sum((one.held for one in some), ZERO) == begun.whole
        if not any(one.after for one in some) or _regrouped_again(some, begun)
    ]
    if len(found) == 1:
        on = begun.first.day
        _rule_on(found[0], begun, folded, begins=on, ended=on, shares=None)
        _take_back(found[0], begun, folded)


def _pool(alike: Sequence[Position], folded: Folded) -> None:
    """Rule that awards of units are told together, where they had a line each: of none a line tells since.

    What a director put off year by year is paid out in one row, and that begins from the sum of all.
    """
    for position in alike:
        brought = _brought(position)
        if position.table != "II" or position.kind != "rsu" or brought is None:
            continue
        begun = _Begun((position,), (brought,), ())
        held = [
            p
            for p in siblings_of(position, folded)
            if p.balance and p.tokens == position.tokens and _held_as(p) == _held_as(position)
        ]
        older = [one for p in held if (one := _silent_since(p, begun, folded)) is not None]
        whole = sum((one.held for one in older), ZERO) == brought
        if whole and len(older) == len(held) >= _PAIR and not any(one.after for one in older):
            on = begun.first.day
            _rule_on(older, begun, folded, begins=on, ended=on, shares=None)


def _regrouped_again(older: Sequence[_Older], begun: _Begun) -> bool:
    """Whether a later form lists the older holdings once more, and of the new ones nothing since.

    What they go on from together is then, to the share, what the new ones came to.
    """
    back = [one.after for one in older if one.after is not None]
    known = _known(back[0].dossier)
    if len(back) < len(older) or any(e.dossier is not back[0].dossier for e in back):
        return False
    if any(_known(p.entries[-1].dossier) >= known for p in begun.positions):
        return False
    held = sum((p.balance or ZERO for p in begun.positions), ZERO)
    return held == sum(((e.claim or ZERO) - e.delta for e in back), ZERO)


def _take_back(older: Sequence[_Older], begun: _Begun, folded: Folded) -> None:
    """Rule that nothing is left of the new holdings once the older ones are listed again."""
    for back in [one.after for one in older if one.after is not None][:1]:
        for position in begun.positions:
            gone = Emptied(back.day, back.day, reference(back))
            folded.rulings.empty(position.entries[-1], gone)


def _reclassify(position: Position, first: Posting, folded: Folded) -> None:
    """Rule that a class of stock became another one, as a note on the first line of that tells.

    The owner held as much of it, in the same way, as the new one begins with.
    """
    brought = _brought(position)
    if brought is None or position.table != "I" or position.soft:
        return
    begun = _Begun((position,), (brought,), ())
    for note in first.line.notes:
        for change in class_changes(first.dossier, note):
            older = [
                one
                for p in folded.positions_of(position.owners)
                if change.into(position) and change.out_of(p) and _held_as(p) == _held_as(position)
                if (one := _silent_since(p, begun, folded)) is not None
                if abs(one.held * change.many - brought) < 1
            ]
            if len(older) == 1 and folded.rulings.beginning(first) == Beginning():
                _rule_on(older, begun, folded, begins=change.on, ended=change.on, shares=None)
                return


def _held_as(position: Position) -> tuple[object, ...]:
    return (position.table, position.form, position.vehicle, position.owners)


def _tells(said: Stated, dossier: Dossier) -> bool:
    """Whether a note tells of a change of holders, or of plans that became one."""
    sense = SENSES[said.kind]
    if sense.keeps_interest or said.kind in _GIVEN:
        return True
    return sense.from_plan and united(dossier.text_of(said.note))


def _alike(positions: Sequence[Position]) -> Iterator[list[Position]]:
    """Those that a filing opens, by whose they are, in which table and of which class."""

    def kind(p: Position) -> str:
        return repr((sorted(p.owners), p.table, p.unit, p.series, sorted(p.tokens)))

    begun = [p for p in positions if p.whole is None and not p.soft]
    for _, group in groupby(sorted(begun, key=kind), key=kind):
        yield list(group)


def _by_note(alike: Sequence[Position]) -> Iterator[_Begun]:
    """The holdings whose first lines cite a note that tells of a change of holders."""
    told: dict[str, list[Stated]] = {}
    dossier = alike[0].entries[0].dossier
    for said in dossier.statements:
        if _tells(said, dossier):
            told.setdefault(said.note, []).append(said)
    for note, statements in told.items():
        citing = [p for p in alike if note in p.entries[0].line.notes]
        brought = [(p, came) for p in citing if (came := _brought(p)) is not None]
        for some in (brought, *([one] for one in brought if len(brought) > 1)):
            if some:
                positions, amounts = zip(*some, strict=True)
                yield _Begun(tuple(positions), tuple(amounts), tuple(statements))


def _brought(position: Position) -> Decimal | None:
    """What a new holding begins with, None where a row shows where it came from."""
    first, opened = position.entries[0], position.opened
    if not first.opening or opened is None:
        return None
    if opened == ZERO and first.line.code in _PASSING and first.delta > 0:
        return first.delta
    return opened if opened > 0 else None


def _take_up(begun: _Begun, folded: Folded) -> None:
    """Empty the older holdings that together are what the new ones begin with, if any are."""
    if folded.rulings.beginning(begun.first) != Beginning():
        return
    older = list(_older(begun, folded))
    whole = [
        some
        for count in range(1, len(older) + 1)
        for some in combinations(older, count)
        if 0 <= sum((one.held for one in some), ZERO) - begun.whole < 1
        and begun.sized(*(one.held for one in some))
    ]
    plans = [one for one in older if plan_key(one.position.vehicle) and not one.after]
    whole = whole or [
        some
        for count in range(1, len(plans) + 1)
        for some in combinations(plans, count)
        if _accrued(some, begun)
    ]
    if len(whole) == 1:
        _rule(whole[0], begun, folded, shares=None)
        return
    parts = [one for one in older if one.after is None and one.held > begun.whole]
    stated = [said.shares for said in begun.told if said.shares]
    if not whole and len(parts) == 1 and begun.whole in {*stated, sum(stated)}:
        _rule(parts, begun, folded, shares=begun.whole)


def _accrued(plans: Sequence[_Older], begun: _Begun) -> bool:
    """Whether plans' accounts, silent since, passed on with what they gained without a row."""
    held = sum((one.held for one in plans), ZERO)
    last = min((one.last.day for one in plans if one.last.day), default=None)
    return begun.sized() and accrued_since(last, begun.first.day, begun.whole, held)


def _older(begun: _Begun, folded: Folded) -> list[_Older]:
    """The owner's other holdings that the note may mean, silent since.

    Those held directly count where it names no other vehicle that the owner had.
    """
    dossier = begun.first.dossier
    text = set(words_of(vehicle_key(dossier.text_of(begun.told[0].note))))
    new = set[str]().union(*(own_words(p.vehicle) for p in begun.positions))
    named, direct, others = list[_Older](), list[_Older](), False
    for position in siblings_of(begun.positions[0], folded):
        if position in begun.positions or position.owners != begun.positions[0].owners:
            continue
        means = bool(core := core_of(position.vehicle)[0]) and core <= text
        others |= means and bool(own_words(position.vehicle) - new)
        one = _silent_since(position, begun, folded)
        if one is not None and (position.form == "direct" or means):
            (direct if position.form == "direct" else named).append(one)
    from_others = any(said.kind in ("annuity-return", "distribution") for said in begun.told)
    both = any("direct" in word for word in text) and others
    return [*named, *(direct if both or not (others or from_others) else ())][:_MOST]


def _silent_since(
    position: Position, begun: _Begun, folded: Folded, *, goes_on: bool = False
) -> _Older | None:
    """A holding with its last line before a filing, where no line says that it stayed.

    A later line may begin anew: its total is what it brought; or it `goes_on`, as what others show.
    """
    dossier = begun.first.dossier
    count = sum(_known(e.dossier) < _known(dossier) for e in position.entries)
    before, later = position.entries[:count], position.entries[count:]
    if not before or any(_known(e.dossier) >= _known(dossier) for e in before):
        return None
    last, after = before[-1], next(iter(later), None)
    if position.soft or position.parts or not last.balance or last.balance < 0:
        return None
    anew = after is None or after.claim == after.delta or (goes_on and after.claim is not None)
    if not anew or (after is not None and after.dossier is dossier):
        return None
    told_before = last.day is not None and any(
        said.effective_to is not None and said.effective_to < last.day for said in begun.told
    )
    if told_before or folded.rulings.emptied(last) is not None:
        return None
    return _Older(position, last, after)


def _known(dossier: Dossier) -> tuple[object, ...]:
    return (dossier.known.at, dossier.stream)


def _rule(
    older: Sequence[_Older], begun: _Begun, folded: Folded, *, shares: Decimal | None
) -> None:
    """Less is left of the older holdings, and the new ones begin, on the days of the note."""
    said = next((s for s in begun.told if s.effective_from), None)
    begins, ended = (said.effective_from, said.effective_to) if said else (None, None)
    _rule_on(older, begun, folded, begins=begins, ended=ended, shares=shares)


def _rule_on(
    older: Sequence[_Older],
    begun: _Begun,
    folded: Folded,
    *,
    begins: date | None,
    ended: date | None,
    shares: Decimal | None,
) -> None:
    """The same, by the days between which it happened; None where no day is told."""
    first = begun.first
    arrived = min((day for day in (ended, first.day) if day is not None), default=None)
    ends = arrived if begins is not None or shares is None else None
    for position, last, after in older:  # a part that no day is told of may be off its total
        gone = Emptied(begins or last.day, ends, reference(first), shares)
        folded.rulings.empty(last, gone)
        if after is not None:
            position.begin_anew(after)
    since = begins or max((one.last.day for one in older if one.last.day), default=None)
    for position in begun.positions:
        folded.rulings.begin(position.entries[0], Beginning(arrived, since))
