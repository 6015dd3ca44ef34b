"""What it costs to post lines on a position: what their words leave open, and their balance."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property

from ledger.codes import PAIRED
from ledger.footnotes.exchanges import turned
from projections.filings.records import ZERO
from projections.identity.awards import meant_by, same_award
from projections.identity.names import is_a_body
from projections.identity.plans import accrued_since, other_plans
from projections.identity.securities import (
    class_tokens,
    designators,
    plain_in_two_words,
    same_class,
)
from projections.identity.vehicles import holder_words, names_a_vehicle
from projections.positions.chains import begins_from
from projections.positions.conventions import origins
from projections.positions.digits import never_by_chance, swapped
from projections.positions.entries import Entry
from projections.positions.groups_apart import mark
from projections.positions.line_words import (
    NEVER,
    OTHER,
    OTHER_TERMS,
    OTHER_WORD,
    Words,
    adds_a_letter,
    is_deferred,
    left_the_group,
    other_terms,
    words_cost,
)
from projections.positions.lot_totals import credited_alone
from projections.positions.other_awards import goes_on_unseen, of_another_award, of_this_award
from projections.positions.position import Position
from projections.positions.rebasing import adjusted_units, new_terms, other_strike
from projections.positions.renaming import (
    Together,
    gained_as_noted,
    grown_as_noted,
    mistyped_anew,
    named_after_owner,
    noted_anew,
    plan_named_anew,
    renamed_without_word,
    told_in_other_words,
)
from projections.positions.series_told import SeriesTold
from projections.positions.term_slips import mistyped_term
from projections.positions.twins import granted_again, noted_as_a_twin, of_a_twin

MISFIT = 4
"""What breaking an equation costs beside the words' own costs."""
_ROUNDED = 1
"""What it costs that a total follows but for a fraction: far less than opening a position."""
_LETTERED = 1
"""What it adds that a class letter is one that the position does not have, or became another at a ratio."""
_ANOTHERS = 3
"""What it adds to that, that a person files alone and a group does together: both hold their own."""
_NOT_MEANT = 2
"""What it adds to that, that units' note means another award."""
_LATELY = 4
"""Of so many lines the balance may still be listed by mistake."""
NEW_TWIN = 9
"""What opening a position costs where one of the same words exists already."""


def award_meant(
    words: Words, entries: Sequence[Entry], free: Sequence[Position]
) -> Position | None:
    """The award, of those held, of which units' note tells in words not met before."""
    if not words.units or not words.wording or entries[0].line.code == "A":
        return None
    held = [
        p
        for p in free
        if p.balance and p.owners & words.owners and p.vehicle == words.vehicle
        if same_award(words.award, p.award) is not False
    ]
    granted = [p for p in held if of_this_award(words, p)]
    if len(granted) == 1:
        return granted[0]
    others = {p.number: [q.wording for q in held if q is not p] for p in held}
    meant = (p for p in held if meant_by(words.wording, p.wording, others[p.number]))
    return next(meant, None)


class Fitting:
    """Lines of a filing, all in the same words, that look for the position they are of."""

    def __init__(
        self,
        words: Words,
        entries: list[Entry],
        together: Together,
        series: SeriesTold,
        free: Sequence[Position],
        *,
        meant: Position | None,
    ) -> None:
        self._words, self._entries = words, entries
        self._together, self._series = together, series
        self._free, self._meant = free, meant

    @cached_property
    def _of_another_award(self) -> bool:
        return self._meant is None and of_another_award(
            self._words, self._entries, self._free, self._series
        )

    @cached_property
    def _origins(self) -> frozenset[Decimal] | None:
        return origins(self._entries)

    def cost(self, position: Position, most: int) -> int:
        """What it costs to post them on a position: more where their note means another award."""
        cost = self._cost(position, most)
        return cost if self._meant in (None, position) else cost + _NOT_MEANT

    def _cost(self, position: Position, most: int) -> int:
        """What it costs by words and balance; `NEVER` on the position of an unrelated vehicle.

        So it is too where it would cost more than `most`, and where what is converted under other
        terms takes another number than is held.
        """
        if other_terms(self._words, position) and all(e.delta < 0 for e in self._entries):
            return OTHER - 1 if position.balance and position.follows(self._entries) else NEVER
        if self._words.owners != position.owners and self._groups_apart(position):
            return NEVER
        if mistyped_term(self._words, position, self._entries, self._series):
            return min(self._fit(position, most), MISFIT)
        cost = self._fit(position, most)
        joins = OTHER - 1 <= cost < NEW_TWIN and cost <= most
        return (
            NEVER if joins and renamed_without_word(self._words, position, self._entries) else cost
        )

    def _groups_apart(self, position: Position) -> bool:
        """Whether the lines' group and the position's have each their own part in a vehicle."""
        words = self._words
        one, other = mark(words.owners, words.vehicle), mark(position.owners, position.vehicle)
        return (str(words.loose[0]), frozenset({one, other})) in self._together

    def _apart(self, position: Position) -> Decimal:
        """How far a position is, at least, from a balance that the lines can go on from."""
        levels = [level for level in position.openings() if level is not None]
        if self._origins is None or not levels:
            return ZERO
        return min(abs(level - origin) for level in levels for origin in self._origins)

    def _fit(self, position: Position, most: int) -> int:
        words, entries = self._words, self._entries
        told = self._told_of(position)
        cost = words_cost(words, position, one_pool=told)
        if cost >= NEVER:
            return NEVER
        if other_strike(words, position):
            terms = new_terms(position, words, entries, self._series)
            if terms is None:
                return NEVER
            return cost - OTHER_TERMS + (1 if terms.exact else MISFIT)
        other_class = self._of_another_class(position)
        cost += OTHER if other_class or of_a_twin(words, entries, position, self._free) else 0
        if cost - 1 > most and self._only_one_of_its_class(position):
            cost -= OTHER_WORD
        if cost - 1 > most:
            return NEVER
        if position.balance is None or all(e.claim is None for e in entries):
            return cost + 1
        if position.lists(entries[0]) or granted_again(words, entries, position):
            return cost - 1
        apart = self._apart(position)
        if not apart and position.follows(entries):
            return cost - (1 if position.balance else 0)
        if cost > most:
            return NEVER
        turned = words.units and adjusted_units(position, entries, only=len(self._free) == 1)
        paid = goes_on_unseen(words, position, entries) or self._shows_its_credit(position)
        if told or turned or paid or self._out_of_date(position):
            return cost
        named = words, position, entries, self._together
        if told_in_other_words(*named) or noted_anew(*named):
            return MISFIT + 1
        if cost >= OTHER and (anew := self._named_anew(position)) is not None:
            return cost - OTHER + anew
        return self._misfit(position, cost, most, near=bool(position.balance) and apart <= 1)

    def _of_another_class(self, position: Position) -> bool:
        """Whether a position has a class letter that lines have not, and another is of just their title."""
        words = self._words
        if words.table == "II" or bool(designators(words.tokens)) == bool(
            designators(position.tokens)
        ):
            return False
        return any(p.balance and _one_title(p, words) for p in self._free)

    def _only_one_of_its_class(self, position: Position) -> bool:
        """Whether lines name no class of stock, or the only one, and go on from the only balance there is.

        Beside another name of the holder such a title says nothing against it.
        """
        if bool(designators(self._words.tokens)) == bool(designators(position.tokens)):
            return False
        if len({found for p in self._free if (found := designators(p.tokens))}) > 1:
            return False
        fits = [p for p in self._free if p.balance and p.follows(self._entries)]
        return len(fits) == 1 and fits[0] is position

    def _misfit(self, position: Position, cost: int, most: int, *, near: bool) -> int:
        """What it costs to post lines whose totals do not follow, or but for a fraction."""
        words, entries = self._words, self._entries
        if self._begins_apart(position) or self._takes_from_all(position):
            return NEVER
        if words.units and not position.balance and words.tokens != position.tokens:
            return NEVER
        if self._of_another_award:
            return NEVER
        if plain_in_two_words(words.tokens, position.tokens):
            if not self._of_the_other_word(position):
                return NEVER
            cost -= OTHER_WORD
        if cost + _ROUNDED > most:
            return NEVER
        begun = words.units and begins_from(entries, position.balance)
        if begun or (near and position.nearly_follows(entries)):
            return cost + _ROUNDED
        if words.units and position.balance:
            came = gained_as_noted(position.balance, entries[0])
            if came or (len(self._free) == 1 and self._accrued(position)):
                return cost + _ROUNDED
        if len(self._free) == 1 and self._all_still_told(position):
            return cost + _ROUNDED
        if self._of_the_account(position):
            return cost
        last = entries[-1]
        retitled = last.delta == last.claim == position.balance  # all of it, under a new title
        lettered = not retitled and adds_a_letter(words, position)
        others = self._of_a_member(position) and not self._slipped_from(position)
        another = _ANOTHERS if others else 0
        another += noted_as_a_twin(words, entries, position, self._free)
        return cost + MISFIT + another + (_LETTERED if lettered or self._divided(position) else 0)

    def _accrued(self, position: Position) -> bool:
        """Whether units come to what was held and what may have been credited meanwhile.

        Deferred ones are one account of a plan, and may be listed or paid out so as well.
        """
        first, words = self._entries[0], self._words
        if first.claim is None or not (first.delta > 0 or is_deferred(words.tokens)):
            return False
        last, opens = position.entries[-1].day, first.claim - first.delta
        return accrued_since(last, first.day, opens, position.balance or ZERO) and not other_plans(
            words.wording, position.wording
        )

    def _shows_its_credit(self, position: Position) -> bool:
        """Whether totals show what came to an account alone, and no later report counts it apart."""
        words, entries, level = self._words, self._entries, position.balance
        if not credited_alone(entries, level, words.table, position.entries) and not (
            is_deferred(words.tokens) and self._counted_in_later(position)
        ):
            return False
        told, known = _all_said(entries), _all_said(position.entries)
        if words.tokens != position.tokens or other_plans(told, known):
            return False
        return not self._counted_apart(position)

    def _counted_in_later(self, position: Position) -> bool:
        """Whether a later report goes on from what was held and what came, of which each total shows itself."""
        words, last, level = self._words, self._entries[-1], position.balance
        if words.table != "II" or not level or any(e.claim != e.delta for e in self._entries):
            return False
        both = level + sum((e.delta for e in self._entries), ZERO)
        return self._series.opens_at(words.loose[0], (words.tokens,), last, both)

    def _counted_apart(self, position: Position) -> bool:
        """Whether later reports count what came apart from what was held."""
        came, held = sum((e.delta for e in self._entries), ZERO), position.balance or ZERO
        words, last = self._words, self._entries[-1]
        terms = words.series if any(words.series) else (words.tokens,)
        return self._series.counts_apart(words.loose[0], terms, last, held, came)

    def _begins_apart(self, position: Position) -> bool:
        """Whether a derivative without terms, whose total is what came, is a contract of its own.

        So is what others of the position's title became by the same form.
        """
        words, first = self._words, self._entries[0]
        alone = words.table == "II" and words.series == (None, None) and len(self._entries) == 1
        came = alone and first.delta > 0 and first.claim == first.delta and bool(position.balance)
        if came and words.tokens != position.tokens:
            return self._became(position)
        return came and self._counted_apart(position)

    def _became(self, position: Position) -> bool:
        """Whether the form has as many units of a position's title go as come in this one."""
        first = self._entries[0]
        return any(
            other.movement == -first.delta and class_tokens(other.security or "") == position.tokens
            for other in first.dossier.lines
            if other.table == "II" and other.code in PAIRED
        )

    def _takes_from_all(self, position: Position) -> bool:
        """Whether a row takes more units than an award has, and begins from what all of them have."""
        words = self._words
        if not words.units or -sum(e.delta for e in self._entries) <= (position.balance or ZERO):
            return False
        held = [p.balance for p in self._free if p.balance and _one_title(p, words)]
        return len(held) > 1 and sum(held) in (self._origins or ())

    def _of_the_account(self, position: Position) -> bool:
        """Whether units that an account gathers are of the only one there is, of which no note told more."""
        words, first = self._words, self._entries[0]
        told = words.wording and position.wording
        alone = len(self._free) == 1 and words.tokens == position.tokens
        return (
            alone
            and not told
            and bool(position.balance)
            and first.claim != first.delta
            and is_deferred(words.tokens)
        )

    def _divided(self, position: Position) -> bool:
        """Whether a note says that a position's lettered class became another one, at a ratio.

        Where another class did so one for one, the new title's lines go on from that.
        """
        mine = designators(position.tokens)
        texts = (e.dossier.text_of(note) for e in self._entries for note in e.line.notes)
        told = (said for text in texts for said in turned(text)) if mine else ()
        return any(said.many != 1 and mine <= class_tokens(said.was) for said in told)

    def _of_the_other_word(self, position: Position) -> bool:
        """Whether common stock is a position's ordinary shares, or the reverse, whatever their number.

        Lines of it were called so before, or a note of these tells that the one became the other.
        """
        now = self._words.tokens
        lately = (class_tokens(e.line.security or "") for e in position.entries[-_LATELY:])
        texts = (e.dossier.text_of(note) for e in self._entries for note in e.line.notes)
        told = (said for text in texts for said in turned(text) if said.many == 1)
        return now in lately or any(
            class_tokens(said.was) & position.tokens and class_tokens(said.now) & now
            for said in told
        )

    def _named_anew(self, position: Position) -> int | None:
        """What another name costs that may be the position's own, told otherwise; None for no other."""
        if plan_named_anew(self._words, position, self._entries, self._together):
            return MISFIT
        if mistyped_anew(self._words, position, self._entries, self._together):
            return MISFIT
        if named_after_owner(self._words, position, self._entries, self._together):
            return MISFIT
        return 1 if grown_as_noted(self._words, position, self._entries) else None

    def _told_of(self, position: Position) -> bool:
        """Whether one of a group tells of an indirect holding just what another of it has told."""
        words = self._words
        if position.form != "indirect" or not left_the_group(words, position):
            return False
        told = {(e.day, e.line.code, e.delta, e.claim) for e in position.entries if e.claim}
        return all((e.day, e.line.code, e.delta, e.claim) in told for e in self._entries)

    def _out_of_date(self, position: Position) -> bool:
        """Whether a line lists what a vehicle of this very name held before the last report of it.

        Whoever of a group lists it, it is that vehicle.
        """
        first, words = self._entries[0], self._words
        named = words.vehicle == position.vehicle and names_a_vehicle(words.vehicle)
        if not named or len(self._entries) > 1 or not first.line.holding or not first.claim:
            return False
        return any(e.balance == first.claim for e in position.entries[-_LATELY:])

    def _of_a_member(self, position: Position) -> bool:
        """Whether lines and position are of a person alone and of a group with him, or the reverse.

        What a fund's group reports as direct, or by a vehicle without a name, is seldom what one
        of its people holds besides, and reports by himself; nor is what he reports as another's.
        """
        words = self._words
        mine, theirs = (
            self._entries[0].dossier.head.owners,
            position.entries[-1].dossier.head.owners,
        )
        alone, group = sorted((words.owners, position.owners), key=len)
        if len(alone) > 1 or len(group) < 2:
            return False
        if position.form == "direct" == words.form and self._told_as_anothers(position):
            return True
        named = words.vehicle == position.vehicle and names_a_vehicle(words.vehicle)
        noted = words.entity and words.entity == position.entity
        bodies = [is_a_body(owner.name or "") for owner in max(mine, theirs, key=len)]
        member = min(mine, theirs, key=len)
        return (
            any(bodies)
            and not any(is_a_body(o.name or "") for o in member)
            and not (named or noted)
        )

    def _all_still_told(self, position: Position) -> bool:
        """Whether a row takes all that there was, and its total is what there was before it."""
        first, balance = self._entries[0], position.balance
        alone = len(self._entries) == 1
        return alone and bool(balance) and balance == first.claim == -first.delta

    def _slipped_from(self, position: Position) -> bool:
        """Whether lines go on from a balance but for a slip of the pen, as no other holding's would by chance."""
        first, balance = self._entries[0], position.balance
        lots = sum((e.delta for e in self._entries if e.claim in (None, first.claim)), ZERO)
        bought = first.claim in (first.delta, lots)
        if not balance or not first.claim or not first.delta or bought:
            return False
        goes_on = balance + first.delta, first.claim
        return first.claim == balance or (
            min(goes_on) > 0
            and (never_by_chance(*goes_on) or swapped(balance, first.claim - first.delta))
        )

    def _told_as_anothers(self, position: Position) -> bool:
        """Whether an indirect line of the same form goes on from what a group held directly."""
        table, tokens = position.table, position.tokens
        return any(
            (line.ownership, line.table) == ("indirect", table)
            and line.total is not None
            and line.total - line.movement == position.balance
            and same_class(class_tokens(line.security or ""), tokens) is not False
            for line in self._entries[0].dossier.lines
        )


def _one_title(position: Position, words: Words) -> bool:
    """Whether units are held under one title by the same owners in the same way."""
    mine = (words.owners, words.tokens, words.vehicle)
    return mine == (position.owners, position.tokens, position.vehicle)


def _all_said(entries: Sequence[Entry]) -> str:
    """The words of all notes that lines cite, wherever these stand."""
    texts = [e.dossier.text_of(note) for e in entries for note in e.line.notes]
    return " ".join(map(holder_words, dict.fromkeys(texts)))
