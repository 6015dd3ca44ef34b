"""Errors in a total: the row is right, the amount owned afterwards is not."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

from ledger.types import grouped, plain
from tests.injection.making import Injection, printed, rewritten
from tests.injection.papers import Sheet
from tests.injection.places import Place, Undetectable, Unfit
from tests.simulator import notes, slips
from tests.simulator.coincidences import HOLDS, LEAVES_OUT


def transposed_total(place: Place, rng: Random) -> Injection:
    """Two adjacent digits of the total change places."""
    place.opening()
    return _claiming(place, slips.transposed(rng, place.claim))


def digit_dropped(place: Place, rng: Random) -> Injection:
    """The total loses a digit."""
    place.opening()
    if place.claim < 2000 or place.claim % 1:
        raise Unfit
    return _claiming(place, slips.without_a_digit(rng, place.claim))


def digit_added(place: Place, rng: Random) -> Injection:
    """The total gains a digit: one is typed twice."""
    place.opening()
    if place.claim < 2000 or place.claim % 1:
        raise Unfit
    return _claiming(place, slips.with_a_digit_twice(rng, place.claim))


def missed_own_row(place: Place, rng: Random) -> Injection:
    """The total is still the one before the row."""
    place.between()
    if place.opening() in (0, abs(place.entry.delta)) or place.final:
        raise Unfit
    return _claiming(place, place.opening(), moved=True)


def double_applied_row(place: Place, rng: Random) -> Injection:
    """The row is counted twice in its total."""
    place.between()
    if place.before is not None and place.before.delta == -place.entry.delta:
        raise Undetectable("as well the row before, left out")
    return _claiming(place, place.claim + place.entry.delta, moved=True)


def prior_row_omitted(place: Place, rng: Random) -> Injection:
    """The total forgets the row before."""
    return _claiming(place, place.claim - _prior(place))


def prior_row_doubled(place: Place, rng: Random) -> Injection:
    """The total counts the row before once more."""
    return _claiming(place, place.claim + _prior(place))


def lot_instead_of_total(place: Place, rng: Random) -> Injection:
    """Once, the total is only the lot just acquired."""
    if place.entry.delta <= 0 or place.opening() in (0, place.entry.delta):
        raise Unfit
    if all(one.claim == one.delta for one in place.earlier if one.claim is not None):
        raise Undetectable("every total before was its own lot, too")
    return _claiming(place, place.entry.delta, moved=True)


def isolated_total(place: Place, rng: Random) -> Injection:
    """One total is off by some number; the next is back on the line."""
    place.between()
    return _claiming(place, _arbitrary(place, rng))


def last_total_wrong(place: Place, rng: Random) -> Injection:
    """The last total of a position is off by some number."""
    if place.after is not None:
        raise Unfit
    place.opening()
    return _claiming(place, _arbitrary(place, rng))


def total_of_another(place: Place, rng: Random) -> Injection:
    """The total is that of another of the owner's holdings of the class."""
    place.between()
    book = place.sequence.judged.folded
    others = {
        entry.claim
        for position in book.positions_of(place.position.owners)
        if position is not place.position and position.table == place.position.table
        for entry in position.entries
        if entry.dossier is place.entry.dossier and entry.claim
    } - {place.claim, place.opening()}
    if not others:
        raise Unfit
    return _claiming(place, rng.choice(sorted(others)))


def holding_out_of_date(place: Place, rng: Random) -> Injection:
    """A holding row still shows what was held before the last movement."""
    if not place.line.holding:
        raise Unfit
    return _claiming(place, place.claim - _prior(place))


def split_forgotten(place: Place, rng: Random) -> Injection:
    """After a split that others show, one total is still in old shares."""
    entry = place.entry
    for split in place.sequence.judged.folded.splits:
        first = entry.prior is not None and place.before in [t.entry for t in split.traces]
        if first and len(split.traces) > 2 and entry.prior:
            old = Fraction(place.claim) / split.ratio
            if old.denominator == 1 and place.after is not None:
                return _claiming(place, Decimal(old.numerator))
    raise Unfit


def off_by_what_it_holds(place: Place, rng: Random) -> Injection:
    """Once, a total is too high by the restricted shares that its note says are in it."""
    return _beside_a_note(place, rng, 1, HOLDS)


def off_by_what_it_leaves_out(place: Place, rng: Random) -> Injection:
    """Once, a total is too low by the number of another's shares that its note leaves out."""
    return _beside_a_note(place, rng, -1, LEAVES_OUT)


def _beside_a_note(place: Place, rng: Random, sign: int, wordings: tuple[str, ...]) -> Injection:
    place.between()
    size = abs(_arbitrary(place, rng) - place.claim)
    total, text = place.claim + sign * size, rng.choice(wordings).format(shares=grouped(size))
    if total < 0:
        raise Unfit

    return _noted(place, total, text)


def _noted(place: Place, total: Decimal, text: str) -> Injection:
    """Print another total in the line, over one more note."""

    def edit(sheet: Sheet) -> None:
        sheet.put(place.ref, shares_after=plain(total))
        sheet.note(place.ref, "shares_after", text)

    return rewritten(place, edit)


def plan_shares_forgotten(place: Place, rng: Random) -> Injection:
    """A note tells of plan shares that a total has in it; the next total is without them."""
    place.between()
    after, day = place.after, place.line.effective_on
    if place.same_day or after is None or day is None or place.line.ownership != "direct":
        raise Unfit
    lot = rng.randrange(3, 90) * 5 + rng.randrange(1, 5)
    total, text = place.claim + lot, notes.espp(rng, [(day - timedelta(days=3), lot)])
    if place.line.table != "I" or lot in (after.delta, -after.delta, abs(place.entry.delta)):
        raise Unfit
    return _noted(place, total, text)


def opening_misstated(place: Place, rng: Random) -> Injection:
    """The first total of a position is not what the next one starts from."""
    if not place.entry.opening or place.earlier:
        raise Unfit
    if place.after is None or place.same_day:
        raise Undetectable("no later total of the position")
    return _claiming(place, _arbitrary(place, rng))


def _arbitrary(place: Place, rng: Random) -> Decimal:
    if place.claim < 1500:
        raise Unfit
    shift = slips.arbitrary_shift(rng, place.claim, place.entry.delta)
    if shift is None:
        raise Unfit
    return place.claim + shift


def _prior(place: Place) -> Decimal:
    """What the row before moved; it must be told apart from the line's own movement."""
    place.between()
    before = place.before
    moved = Decimal(0) if before is None else before.delta
    if not moved or abs(moved) == abs(place.entry.delta):
        raise Unfit
    return moved


def _claiming(place: Place, total: Decimal | int | None, *, moved: bool = False) -> Injection:
    """Print another total in the line."""
    if total is None or total < 0 or total == place.claim or (moved and not place.entry.delta):
        raise Unfit
    here = [e for e in (*place.earlier, *place.later) if e.dossier is place.entry.dossier]
    if here and here[-1] in place.later and {e.claim for e in here} == {total}:
        raise Undetectable("every total of the form is then the one after all of its rows")
    return printed(place, shares_after=plain(Decimal(total)))
