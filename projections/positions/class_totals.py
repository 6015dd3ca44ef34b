"""Totals that add an owner's positions of one class: who writes them, and what they add.

Such a total is a fact about the class, and no position holds it. Of stock, the positions that
it adds are known. Of derivatives, series may be in it that no report here tells of, so the
total of all series runs on beside them: a grant begins its series, and has no others in it; a
series first seen when some of it left is what the total leaves for it, or less.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import product

from ledger.footnotes.plan_exits import now_direct
from ledger.footnotes.untold_amounts import done_besides
from ledger.statements import SENSES
from ledger.types import exchanged
from projections.filings.parts import one_report
from projections.filings.records import ZERO, Dossier
from projections.identity.securities import counted_with
from projections.positions.counted_levels import Level, beside_the_same, stands, stood
from projections.positions.entries import Entry, Posting, begins_with, brings, stands_twice
from projections.positions.first_totals import added_from_the_first, unlisted
from projections.positions.grants_slipped import mistaken_for_amount, slip_of_a_grant
from projections.positions.line_words import Words
from projections.positions.noted import rolled_over
from projections.positions.position import Position
from projections.positions.ratios import RATIOS, comes_to, rebasing
from projections.positions.series_told import AllSeries
from projections.positions.staircases import Row, Sort, staircases


def counted(of: Words | Position) -> str:
    """As what a total may count a derivative, or units in Table I, together with others."""
    in_table_one = of.table == "I" and in_a_column(of)
    return counted_with("rsu" if in_table_one else of.kind, of.tokens)


def in_a_column(of: Words | Position) -> bool:
    """Whether a total may stand in one column for several series, or titles of units that are awards."""
    return of.table == "II" or ("unit" in of.tokens and not of.tokens.isdisjoint(_AWARDED))


_AWARDED = frozenset({"restricted", "performance", "deferred", "phantom", "ltip"})
"""Words of titles by which units are awards, and not what a partnership has for stock."""


class ClassTotals:
    """What is known of one issuer's owners whose totals add others of a class.

    By owners and table, who does; by owners and kind of derivative, the last total of all
    series, with what moved since.
    """

    def __init__(self, summed: AllSeries) -> None:
        self._summed = summed
        self._habits: set[tuple[frozenset[str], str]] = set()
        self._running: dict[tuple[frozenset[str], str], Decimal] = {}
        self._linked: dict[tuple[frozenset[str], str], list[Position]] = {}
        """Series first met as some of them left, each of which goes on from the last total of another."""
        self._across: set[tuple[frozenset[str], str]] = set()
        """Owners whose totals count units of several kinds together, and what these are counted as."""
        self._joint: set[int] = set(summed.joint)
        """By identity, the lines of whose totals nobody says how much is of their series."""

    def asked_of(self, told: Sequence[tuple[Words, Entry]]) -> bool:
        """Whether any total of a filing may count several series."""
        several = sum(in_a_column(words) for words, _ in told) > 1
        several |= any(id(e.line) in self._summed.others for _, e in told)
        return several or any(self._key(words) in self._running for words, _ in told)

    def _key(self, of: Words | Position) -> tuple[frozenset[str], str]:
        """Whose totals, and of what: of one kind, or of units of several where theirs count those."""
        wide = of.owners, counted(of)
        return wide if wide in self._across else (of.owners, of.kind)

    def apart(
        self,
        told: Sequence[tuple[Words, Entry]],
        known: Callable[[Words, Entry], Decimal | None],
        like: Callable[[Words], Iterable[Position]],
    ) -> list[tuple[Words, Entry]]:
        """A filing's lines, each with its own series' total where several are counted in it.

        `known` says what is held before such a line of a series: of one that has terms, or of units whose
        title tells it from others. Units of one title have the terms of their notes. `like` are the
        positions that differ from a series in nothing but its terms.
        """
        lines, sorts = list(told), dict[Sort, list[Row]]()
        every = self._summed.others
        others = {id(e.line): every[id(e.line)] for _, e in lines if id(e.line) in every}
        for words, entry in lines:
            if not in_a_column(words) or entry.claim is None or id(entry.line) in others:
                continue
            struck = any(words.series)
            series, award = words.exact if struck else words.tokens, (words.exact, words.wording)
            row = Row(entry, series, known(words, entry), award)
            sort = Sort(struck, words.owners, words.vehicle, words.loose, counted(words))
            sorts.setdefault(sort, []).append(row)
            more = self._split(words, entry, like) if struck and row.before is None else None
            if more is not None:
                others[id(entry.line)] = more
        found, across = staircases(sorts)
        self._across |= {(sort.owners, sort.counted) for sort in across}
        self._joint |= found.joint
        others |= found.others
        return [
            (words, entry.besides(more) if (more := others.get(id(entry.line))) else entry)
            for words, entry in lines
        ]

    def _split(
        self, words: Words, entry: Entry, like: Callable[[Words], Iterable[Position]]
    ) -> Decimal | None:
        """What a total has of other series, where a split turned the strike of the row's own.

        It goes on from the last total of all, which a total since the split may have been.
        """
        last, claim = self._running.get(self._key(words)), entry.claim
        strike, expiry = words.series
        if not last or claim is None or not strike:
            return None
        opens = claim - entry.delta
        for position in like(words):
            was, until = position.series
            ratio = rebasing(was, strike, RATIOS) if was and until == expiry else None
            if ratio is not None and position.balance and opens in (last, exchanged(last, ratio)):
                more = opens - exchanged(position.balance, ratio)
                return more if more >= 0 else None
        return None

    def find(self, position: Position, dossier: Dossier, family: Sequence[Position]) -> None:
        """Find out whether a total that does not follow adds the owner's other positions."""
        entry = _in_question(position, dossier)
        if entry is None or entry.lot or id(entry.line) in self._summed.others:
            return
        wide, every = (position.owners, counted(position)), family
        if in_a_column(position) and wide not in self._across:
            family = [p for p in family if p.kind == position.kind]
        if self._runs_on(position, entry, family):
            return
        opens = entry.opening and in_a_column(position) and brings(entry)
        gap = position.opened if opens or unlisted(position, entry, family) else entry.residual
        if not gap or gap <= 0 or entry.claim is None:
            return
        total = self._added(position, entry, gap, family)
        if total is None and len(every) > len(family):
            total = self._added(position, entry, gap, every)
            self._across |= {wide} if total is not None else set()
        if total is None and opens and begins_with(entry.line) and not mistaken_for_amount(entry):
            total = gap
            if slip_of_a_grant(entry, family):
                position.narrow(entry, total)  # the series has its grant, whatever the total says
                return
            theirs = [p for p in family if not (p.opened and begins_with(p.entries[0].line))]
            if sum((p.balance or ZERO for p in theirs), ZERO) > gap:
                for other in theirs:  # theirs have to be of all series as well
                    other.shared = True
        if total is not None:
            position.narrow(entry, total)
            self._habits.add((position.owners, position.table))
            if in_a_column(position):
                self._running[self._key(position)] = entry.claim

    def _runs_on(self, position: Position, entry: Posting, family: Sequence[Position]) -> bool:
        """Whether a total goes on from what others of the owner's are known to add."""
        if in_a_column(position):
            self._link(position, entry, family)
            return self._goes_on(position, entry, family)
        added = added_from_the_first(position, entry, family)
        if added is None:
            return False
        then, now = added
        position.narrow(position.entries[0], then, entry)
        position.narrow(entry, now)
        self._habits.add((position.owners, position.table))
        return True

    def _link(self, position: Position, entry: Posting, family: Sequence[Position]) -> None:
        """Take totals to count all series once two of them go on from that of another series.

        What a series first met at an exercise holds is told by nothing but such totals.
        """
        key, claim = self._key(position), entry.claim
        if key in self._running or claim is None or entry.delta >= 0:
            return
        last = max((p for p in family if p.entries), key=_last_known, default=None)
        if last is None or not (_may_have_others(position) and _may_have_others(last)):
            return
        told = last.entries[-1]
        own = position.entries[position.place(entry) - 1] if not entry.opening else None
        if told.dossier is entry.dossier or (own and _known(own) > _known(told)):
            return
        if not told.claim or claim - entry.delta != told.claim:
            return
        linked = self._linked.setdefault(key, [])
        linked += [p for p in (last, position) if p not in linked]
        if len(linked) > _CHAIN:
            self._running[key] = told.claim
            for one in linked:
                one.shared = True

    def _goes_on(self, position: Position, entry: Posting, family: Sequence[Position]) -> bool:
        """Whether a total goes on from the last one of all series: that is what it is then."""
        before = self._running.get(self._key(position))
        if before is None or entry.claim is None:
            return False
        rows = [e for p in family for e in _of(p, entry.dossier)]
        above = sum((e.delta for e in rows if e.line.line < entry.line.line), ZERO)
        every = sum((e.delta for e in rows), ZERO)
        if entry.claim - entry.delta - before not in (ZERO, above, every):
            return False
        if not entry.opening:
            first = position.entries[0]
            if position.shared and entry.residual < 0 and first.opening:
                position.narrow(first, -entry.residual, entry)
            else:
                position.narrow(entry, entry.residual)
            return True
        if entry.delta >= 0:
            return False
        position.shared = True
        known = [p for p in family if p.balance and not p.shared and not lapsed(p, entry)]
        total = sum((p.balance or ZERO for p in known), ZERO)
        if ZERO < total <= entry.claim:
            position.narrow(entry, total)
        return True

    def _added(
        self, position: Position, entry: Posting, gap: Decimal, family: Sequence[Position]
    ) -> Decimal | None:
        """What others hold together that a total has too much, as a whole or but for a note."""
        if gap in entry.noted or rolled_over(entry, gap) or entry.claim is None:
            return None
        if _split_told(entry, entry.claim) or _stands_twice(position, entry):
            return None
        if position.form == "direct" and any(map(now_direct, _notes(entry))):
            return None
        others = [
            p for p in family if p.balance and not lapsed(p, entry) and not out_of_report(p, entry)
        ]
        habit = (position.owners, position.table) in self._habits
        if not habit and (came_untold(entry, gap) or left_out(entry, gap)):
            return None
        if position.form == "indirect" and not habit:
            others = [p for p in others if p.entries[-1].dossier is entry.dossier]
        if strayed(entry, position, others) or _came_from(others, entry, gap):
            return None
        if gap == entry.delta and entry.line.code in _PASSED_ON:
            return None  # the row passes the other's shares on, and is counted twice
        stated = {ZERO} | {s * x for x in _stated(entry) for s in (1, -1)}
        apart = [p for p in others if p.form != position.form]
        titled = [p for p in others if p.table == "II" and p.tokens == position.tokens]
        levels: list[Level] = [stands, stood] if position.table == "I" else [stands]
        if position.table == "I" and not (habit and apart):
            levels.append(beside_the_same(entry))
        for some, level in product((others, apart, titled), levels):
            total = sum((level(p, entry.dossier) or ZERO for p in some), ZERO)
            near = habit and level is stands and abs(gap - total) * 10 <= total
            if total and total <= entry.claim and (gap - total in stated or near):
                for one in some:
                    one.shared = one.shared or _may_have_others(one)
                return total
        return None

    def count(self, posted: Iterable[tuple[Position, Sequence[Entry]]]) -> None:
        """Let the totals of all series run on with what a filing moved of them, row by row."""
        for position, entries in posted if self._joint else ():
            if id(entries[0].line) in self._joint and position.posting(entries[0]).opening:
                position.shared = True
        rows = [
            (self._key(position), position.posting(entry))
            for position, entries in posted
            if in_a_column(position)
            if self._key(position) in self._running or self._sums(entries)
            for entry in entries
        ]
        for key, entry in sorted(rows, key=lambda row: row[1].line.line):
            joint = entry.scope is not None or id(entry.line) in self._joint
            if joint and entry.claim is not None and not entry.aside:
                self._running[key] = entry.claim
            elif key in self._running:
                self._running[key] += entry.delta

    def _sums(self, entries: Iterable[Entry]) -> bool:
        """Whether some of a filing's totals were found to count several series."""
        return any(entry.others or id(entry.line) in self._joint for entry in entries)


def counts_what_went(entry: Posting, others: Iterable[Position]) -> bool:
    """Whether a total adds just what its own row passed on to another holding of the same form."""
    rows = (e for p in others for e in p.entries if e.dossier is entry.dossier)
    return entry.scope == -entry.delta and any(e.delta == entry.scope for e in rows)


def left_out(entry: Posting, gap: Decimal) -> bool:
    """Whether a note on a line says that so many shares are not in its total."""
    return any(
        said.kind == "exclusion" and said.shares == gap and said.note in entry.line.notes
        for said in entry.dossier.statements
    )


_PASSED_ON = frozenset({"G", "J", "W"})
"""Codes of rows by which shares go from one holder to another without a trade."""

_CHAIN = 2
"""Series that one may take for an accident: two grants are of one number often, three never."""


def _last_known(position: Position) -> tuple[object, ...]:
    return _known(position.entries[-1])


def _known(entry: Posting) -> tuple[object, ...]:
    return entry.dossier.known.at, entry.dossier.stream, entry.line.line


def _in_question(position: Position, dossier: Dossier) -> Posting | None:
    """The first total of a filing on a position that does not follow, or opens it."""
    last, entries = position.entries[-1], position.entries
    if not last.residual and not last.opening:
        entries = entries[-40:]
    return next((e for e in entries if e.dossier is dossier and (e.residual or e.opening)), None)


def _of(position: Position, dossier: Dossier) -> Iterator[Posting]:
    return (e for e in position.entries if e.dossier is dossier)


def _came_from(others: Sequence[Position], entry: Posting, gap: Decimal) -> bool:
    """Whether another holding's total in the report is lower by just as much: it went from there."""
    return any(
        e.residual == -gap and one_report(e.dossier, entry.dossier)
        for p in others
        for e in p.entries
    )


def came_untold(entry: Entry, shares: Decimal) -> bool:
    """Whether a note on a direct line tells of something done by which another holding's came to it.

    What plans bring again and again is no such thing.
    """
    if entry.line.ownership != "direct":
        return False
    planned = {said.note for said in entry.dossier.statements if SENSES[said.kind].from_plan}
    texts = (entry.dossier.text_of(note) for note in entry.line.notes if note not in planned)
    return any(done_besides(text, entry.line.code, shares) for text in texts)


def _stated(entry: Entry) -> set[Decimal]:
    """The amounts that the notes of a line's filing state."""
    return {s.shares for s in entry.dossier.statements if s.shares}


def _notes(entry: Entry) -> Iterator[str]:
    """The texts of the notes of a line."""
    return (entry.dossier.text_of(note) for note in entry.line.notes)


def _split_told(entry: Posting, claim: Decimal) -> bool:
    """Whether a note of a line states the split that makes its total of what was held before."""
    return bool(entry.prior) and any(
        said.multiplier and comes_to(entry.prior or ZERO, said.multiplier, claim - entry.delta)
        for said in entry.dossier.statements
        if said.note in entry.line.notes
    )


def _stands_twice(position: Position, entry: Posting) -> bool:
    """Whether a row repeats the one before it, so that the total leaves it out."""
    place = position.place(entry)
    return place > 0 and bool(entry.delta) and stands_twice(position.entries[place - 1], entry)


def _may_have_others(position: Position) -> bool:
    """Whether a series was first seen as some of it left: its total may be of all series too."""
    first = position.entries[0]
    return in_a_column(position) and first.opening and first.delta < 0 and first.scope is None


def lapsed(position: Position, entry: Entry) -> bool:
    """Whether a series had expired before an entry's day: no total counts it any more."""
    expiry = position.series[1]
    return expiry is not None and entry.day is not None and expiry < entry.day


def out_of_report(position: Position, entry: Entry) -> bool:
    """Whether a form that lists a vehicle no more says that something is no longer reported.

    No total adds what its own filer says is out of the report.
    """
    told = any(said.kind == "reporting-withdrawal" for said in entry.dossier.statements)
    listed = not told or any(one_report(e.dossier, entry.dossier) for e in position.entries)
    return not listed and position.form == "indirect"


def strayed(entry: Posting, position: Position, others: Sequence[Position]) -> bool:
    """Whether a row carries on the whole balance of one position in other hands.

    Where its own position had nothing, such a total is as well that other position's, and
    the row stands under the wrong holder: what comes later decides, not a habit of adding.
    """
    if entry.claim is None or entry.prior:
        return False
    opening = entry.claim - entry.delta
    near = [p for p in others if p.series == position.series and p.balance == opening]
    return bool(entry.delta) and len(near) == 1 and near[0].form != position.form
