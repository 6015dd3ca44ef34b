"""A difference to explain, and a candidate term for it: what the rules pass around.

A rule looks at one broken claim and offers candidates: a stated amount, the mirror image in
another vehicle, a split, a known slip of the pen. It never decides; `search` weighs all that
is offered by cost, in tenths, lowest first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple

import msgspec

from ledger.footnotes.dollars import sums
from ledger.footnotes.named import named_in
from ledger.statements import SENSES
from ledger.types import grouped
from projections.filings.dates import gap_between
from projections.filings.records import ZERO, Dossier, Line
from projections.identity.plans import accrues_in, plan_key
from projections.identity.securities import gathers
from projections.positions.conventions import runs_round
from projections.positions.entries import Posting, reference
from projections.positions.other_awards import granted_untold
from projections.positions.position import Position
from projections.positions.rulings import Rulings
from projections.positions.traces import Split

Basis = Literal["stated", "shown", "inferred"]
"""What a term rests on: on what a filing says in so many words, its amount in a note or on
another line; on several lines that show it together, though none says it; or on arithmetic."""


class Candidate(NamedTuple):
    """One possible term: signed shares, cost in tenths, words and source.

    Candidates of one `group` exclude each other. `stated` counts it among the amounts
    a note states, `finding` names the filer's error it would show, `sibling` the entry
    on the other side. `row` says that the row is wrong and the total right. `doubted`
    marks an amount that only happens to fit, as nothing says yet that it moved; `empties`
    that the other side had no more than this; `carries` is the last line of another holding that
    the total goes on from; `bounded` that its cause, of which no amount is
    told, does as much as a rule. `basis` is what it rests on.
    """

    shares: Decimal
    cost: int
    kind: str
    code: str
    source: str
    text: str
    group: str
    stated: bool = False
    finding: str | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    sibling: Posting | None = None
    row: bool = False
    doubted: bool = False
    empties: bool = False
    carries: Posting | None = None
    bounded: bool = False
    basis: Basis = "inferred"


NOTHING_TELLS = "nothing does"
"""What is said of the rest of a difference of which a note tells a part."""


class Case(msgspec.Struct, frozen=True, dict=True):
    """A broken claim and everything a supplier may look at."""

    entry: Posting
    position: Position
    before: Posting | None
    siblings: list[Position]
    splits: list[Split]
    habits: list[Candidate]
    amended: Dossier | None = None
    restated: dict[int, Line] = {}
    elsewhere: tuple[Candidate, ...] = ()
    rulings: Rulings = Rulings()
    incomplete: bool = False
    """Whether reports may be missing before the filing, by what it is.

    An amendment whose original, with its other lines, is not here; or an initial statement
    after an exit, between which nothing need be reported.
    """
    other_forms: Sequence[Position] = ()
    """The owner's ordinary shares where the position is depositary ones, and reversed, whoever holds them."""
    other_series: Sequence[Position] = ()
    """The owner's other series of the title, where the position is one of them."""
    misnamed: Mapping[str, str | None] = {}
    """For whom filings are signed, where that is none of their owners."""
    initial: bool = True
    """Whether an initial statement of the owner is here, from which all that was held is known."""
    lots: int = 0
    """In how many filings the owners' totals show their lot alone."""
    odd_names: Mapping[str, object] = {}
    """The filings that bear another company's ticker or name than those before and after."""
    everyone: Sequence[Position] = ()
    """All that anybody holds of the issuer."""
    left_report: str = ""
    """The words by which the holding left the report after the total before, if it did."""
    holdings: Sequence[Position] = ()
    """All that the owner holds, of whatever class, form and vehicle."""

    @cached_property
    def across_gap(self) -> bool:
        """Whether a report is likely missing before this total, so that no slip can be told.

        After a long silence, or a split since the total before, a sum that comes out by
        chance accuses nobody; a later total that returns to the line shows the slip itself, and
        so do others of the form, which went on through the same silence.
        """
        if self.entry.returned is not None or self.before is None:
            return False
        return self._cut_off or (self.after_silence and not self._others_go_on)

    @property
    def after_silence(self) -> bool:
        """Whether nothing was heard of the holding for long before this total."""
        return self.before is not None and gap_between(self.before.day, self.entry.day)

    @property
    def _others_go_on(self) -> bool:
        """Whether the form moves several other holdings, and each goes on from before the silence."""
        others = [
            (e, p.entries[p.place(e) - 1] if p.place(e) else None)
            for p in self.holdings
            if p is not self.position
            for e in p.entries
            if e.dossier is self.entry.dossier and e.delta
        ]
        silent = [e.follows and b is not None and gap_between(b.day, e.day) for e, b in others]
        return len(silent) > 1 and all(silent)

    @property
    def only_silent(self) -> bool:
        """Whether nothing but a long silence lies before this total: what is expected is known."""
        return self.across_gap and not self._cut_off

    @property
    def heard_between(self) -> bool:
        """Whether only this holding was silent, while the owner's others were reported all along."""
        first, last = (e.day if e is not None else None for e in (self.before, self.entry))
        if not self.only_silent or first is None or last is None:
            return False
        told = {e.day for p in self.holdings for e in p.entries if e.day and first < e.day < last}
        days = sorted({first, *told, last})
        return not any(gap_between(one, other) for one, other in pairwise(days))

    @property
    def _cut_off(self) -> bool:
        """Whether what was held before is not known in the shares of this total, or not at all."""
        entry, before = self.entry, self.before
        if self.incomplete or before is None:
            return True
        day = before.day or date.min
        since = entry.day or date.max
        return any(s.dated and day < s.after and s.before <= since for s in self.splits)

    def held_alike(self, other: Position) -> bool:
        """Whether another award is held in this one's form, by one holder: between them none changes."""
        mine = self.position
        return mine.table == "II" and (mine.form, mine.vehicle) == (other.form, other.vehicle)

    def stayed(self, moved: Decimal) -> bool:
        """Whether the later total that goes back behind this one has what moved here all the same."""
        back = self.entry.returned
        return back is not None and moved == self.position.posting(back).residual != 0

    @property
    def apart(self) -> bool:
        """Whether a filing lies between that is not here, as it may be: no later total returns."""
        before, entry = self.before, self.entry
        return before is not None and before.dossier is not entry.dossier and not entry.returned

    @property
    def open_before(self) -> str:
        """Words for a total after one that is wrong, or another's, for a reason that is told there.

        After one that shows its lot alone; after a filing signed for somebody who is none of its
        owners; after one that this total passes over, all that moved in it included; after the
        total of another line of its form; after one that was far off, near the line before that; and
        after a total of nothing to which rows led that
        took more than there was: what they left, this one is the first to say.
        """
        before = self.before
        if before is None or before.dossier is self.entry.dossier:
            return ""
        if before.lot:
            return f": {reference(before)} showed its lot alone, so that what was held since is known from here"
        if before.aside:
            return ""
        if self.misnamed.get(before.dossier.stream):
            return (
                f": it goes on from {reference(before)}, which is signed for another than its owner"
            )
        if (left := self._passed_over(before)) is not None:
            return f": it goes on from the {grouped(left)} before {reference(before)}, as if nothing had been filed there"
        if before.residual and (other := _line_of_this_total(before)) is not None:
            return f": {reference(before)} had the very {_which(other, before)} {other.ref}, so that what it left is known from here"
        if (line := self._near_line(before)) is not None:
            return f": it comes back near the {grouped(line)} from which {reference(before)} was off by more, and which one is wrong is told there"
        if before.claim or before.expected is None or before.expected >= 0:
            return ""
        return f": {reference(before)} took more than there was, so that what it left is known from here"

    def _near_line(self, before: Posting) -> Decimal | None:
        """What the last total should have been, where this one goes on from about there.

        That total was off without a reason, by ten times what is left now, or more: the one error
        made both.
        """
        line, claim = before.expected, self.entry.claim
        if line is None or claim is None or not before.residual:
            return None
        if self.rulings.on(before).verdict in ("agreed", "explained"):
            return None
        left = claim - self.entry.delta - line
        return line if abs(left) * _ONE_ERROR <= abs(before.residual) else None

    @property
    def accrued(self) -> bool:
        """Whether a plan's total is what it had before a wrong one, and what plans gain since then."""
        before, entry = self.before, self.entry
        line = self._near_line(before) if before and plan_key(self.position.vehicle) else None
        place = self.position.place(before) if before and line else 0
        since = self.position.entries[place - 1].day if place else None
        if line is None or since is None or entry.day is None or entry.claim is None:
            return False
        gained = entry.claim - entry.delta - line
        return gained >= 0 and accrues_in((entry.day - since).days, gained, line)

    @property
    def left_of_lots(self) -> str:
        """Words for a total of nothing under a total of the form that shows its lot alone."""
        entry, before = self.entry, self.before
        if entry.claim or before is None or not before.lot or before.dossier is not entry.dossier:
            return ""
        return f": the nothing may be what is left of the lot that {reference(before)} shows alone, not of all"

    @property
    def past_a_stranger(self) -> bool:
        """Whether this total only passes over a form that bears another company's name or ticker.

        That form is told to be another's, with all that breaks in it; nothing is wrong here.
        """
        before = self.before
        odd = before is not None and before.dossier.stream in self.odd_names
        return odd and before is not None and self._passed_over(before) is not None

    def _passed_over(self, before: Posting) -> Decimal | None:
        """What was held before the filing of the last total, where this one goes on from there.

        That total did not follow, and neither it nor what moved beside it has a part in this one.
        """
        entry, told = self.entry, []
        for one in reversed(self.position.entries[: self.position.place(entry)]):
            if one.dossier is not before.dossier:
                break
            told.append(one)
        first = told[-1]
        if entry.claim is None or not first.prior or not any(one.delta for one in told):
            return None
        goes_on = entry.claim - entry.delta == first.prior
        return first.prior if goes_on and any(one.residual for one in told) else None

    @property
    def of_an_earlier_award(self) -> str:
        """Words for units that may be of an award from before what is here, as each has a total of its own.

        The only one known began with a grant whose total is itself, and no vesting since follows from
        it: what a filer counts apart or together is then not known, nor what was granted earlier.
        """
        entry, position = self.entry, self.position
        units = (
            position.table == "II" and position.series == (None, None) and position.kind in _GRANTED
        )
        first = position.entries[0]
        if not units or self._all_listed or entry is first or not entry.claim:
            return ""
        if entry.delta >= 0:
            fewer = not position.award and entry.delta < entry.claim < (entry.prior or ZERO)
            fewer = fewer and entry.returned is None
            lots = self._account_of_lots
            return lots or ("; the units may be of another award, that has fewer" if fewer else "")
        followed = (
            e for e in position.entries[1 : position.place(entry)] if e.delta < 0 and not e.residual
        )
        if any(followed):
            return ""
        if first.line.code == "A" and first.claim == first.delta:
            return "; the units may be of an award granted before the first report that is here"
        several = first.delta < 0 and not position.award and self._counted_apart
        return (
            "; the units may be of another award, as others of the title are counted apart"
            if several
            else ""
        )

    @property
    def _all_listed(self) -> bool:
        """Whether an initial statement and grants since tell of all units of the title."""
        return self.initial and not any(
            granted_untold(p) for p in self.holdings if p.tokens == self.position.tokens
        )

    @property
    def _counted_apart(self) -> bool:
        """Whether other units of the title are held in totals of their own."""
        position = self.position
        return any(
            p.tokens == position.tokens and p is not position and p.form == position.form
            for p in self.holdings
            if p.table == "II" and p.series == (None, None) and p.kind in _GRANTED
        )

    @property
    def _account_of_lots(self) -> str:
        """Words for an account of units that had more than the lots by which alone it is known so far."""
        entry, position = self.entry, self.position
        told = position.entries[: position.place(entry)]
        alone = gathers(position.security or "") and all(e.claim == e.delta for e in told)
        if not alone or entry.residual <= (entry.prior or ZERO):
            return ""
        return f"; {reference(told[0])} may show its lot alone, of an account that had units before"

    @property
    def in_another_order(self) -> str:
        """Words for a total in first rows that follow in another order than they stand in."""
        entry, entries = self.entry, self.position.entries
        if entries[0].dossier is not entry.dossier or entries[0].line.holding:
            return ""
        rows = [e for e in entries if e.dossier is entry.dossier]
        return (
            ", unless the rows stand in another order: then all follow" if runs_round(rows) else ""
        )

    @property
    def as_noted(self) -> str:
        """Words for a total off by an amount that a note on its line names, in words not understood.

        What the notes are read to state has been weighed as such, and so has the row's own amount.
        """
        size, entry = abs(self.entry.residual), self.entry
        if size in (entry.line.shares, ZERO) or any(
            s.shares == size and SENSES[s.kind].moves for s in entry.dossier.statements
        ):
            return ""
        named = (
            said for note in entry.line.notes for said in named_in(entry.dossier.text_of(note))
        )
        return ", as many shares as a note on the line speaks of" if size in named else ""

    @property
    def as_dollars(self) -> str:
        """Words for a total that is off by the very figure its note has in dollars."""
        entry = self.entry
        told = (sums(entry.dossier.text_of(note)) for note in entry.line.notes)
        off = any(abs(entry.residual) in some for some in told)
        return ", as many shares as a note has dollars" if off else ""

    @property
    def told_in_part(self) -> str:
        """Words for a total off by what its note names, beside a row of nothing, or as another line has it."""
        line = self.entry.line
        if order := self.in_another_order:
            return order
        moves_nothing = not line.holding and line.shares == 0
        beside = ", beside a row of no shares: what moved is not told" if moves_nothing else ""
        other = _line_of_this_total(self.entry)
        copied = f", the very {_which(other, self.entry)} {other.ref} of the form" if other else ""
        return self.as_noted or beside or copied

    @property
    def noted_in_part(self) -> str:
        """Words for a total off by more than its note tells: how much that is, and how much nobody tells."""
        size = noted_part(self.entry)
        if not size:
            return ""
        rest = grouped(abs(self.entry.residual) - abs(size))
        return f"; its note tells of {grouped(abs(size))}, and of the other {rest} {NOTHING_TELLS}"

    def source(self) -> str:
        """The broken line itself, as a reference."""
        return reference(self.entry)


def noted_part(entry: Posting) -> Decimal:
    """What the one note on a line tells of the difference of its total, where that is less than all."""
    off = entry.residual
    told = [
        said
        for said in entry.dossier.statements
        if said.shares and said.note in entry.line.notes and SENSES[said.kind].moves
        if said.direction == ("acquired" if off > 0 else "disposed")
    ]
    if len(told) != 1 or not (size := told[0].shares) or size >= abs(off):
        return ZERO
    return size if off > 0 else -size


def _line_of_this_total(entry: Posting) -> Line | None:
    """Another line of the form, about another holding, with the very number of an entry's total.

    It is that line's total, or what was held there before its row.
    """
    line = entry.line
    if not entry.claim or entry.claim < TELLING:
        return None
    where = (line.security, line.nature, line.exercise_price, line.expires_on)
    return next(
        (
            other
            for other in entry.dossier.lines
            if entry.claim in (other.total, _before(other, line))
            if (other.security, other.nature, other.exercise_price, other.expires_on) != where
        ),
        None,
    )


def _which(other: Line, entry: Posting) -> str:
    """Which number of another line a total is, in words."""
    return "total of" if other.total == entry.claim else "number held before"


def _before(other: Line, line: Line) -> Decimal | None:
    """What a line of the same table was of before its row, None where that is not told."""
    if other.total is None or other.table != line.table or not other.shares:
        return None
    return other.total - other.change


_ONE_ERROR = 10
"""How many times smaller what is left is than an error that it undoes."""

_GRANTED = ("rsu", "unit")
"""Derivatives without a price or a last day, which are granted one award after another."""

TELLING = 100
"""Below this two holdings are often of one size."""
