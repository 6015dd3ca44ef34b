"""A position's level on a day: between which entries it lies, and how sure it is.

Entries give levels at days. Between two of them, the terms that explained the second one
have happened or not: a term with its own days moves the level on them, one without may
lie anywhere between, so the level is a range. Before the first entry there is only what
its total implies.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import accumulate

from ledger.types import exchanged, multiplied
from projections.filings.records import ZERO
from projections.findings.explanations import Term
from projections.positions.entries import UNDECIDED, Posting, reference
from projections.positions.levels import Level
from projections.positions.line_words import of_the_first_report
from projections.positions.position import Position
from projections.positions.prior_levels import before_first
from projections.positions.ratios import telling
from projections.positions.retold import perhaps_once
from projections.positions.rulings import Rulings
from projections.positions.settling import mended, mends, settling, terms_of


def in_order(position: Position) -> list[Posting]:
    """The entries by day, those of one day in the order in which they were judged."""
    return sorted(position.entries, key=lambda e: e.day or date.min)


def running(position: Position) -> list[tuple[Posting, Decimal | None]]:
    """The entries by day, each with the level after it.

    Reports come late: a Form 5 tells in February of gifts made before sales that a Form 4
    has told since, and its totals go on from the last of those. What each entry changed,
    in the order they were judged, is therefore summed again in the order of their days.
    """
    posted, ordered = position.entries, in_order(position)
    after = [e.balance for e in posted]
    if all(one is other for one, other in zip(posted, ordered, strict=True)) or None in after:
        return [(e, e.balance) for e in ordered]
    levels = [level for level in after if level is not None]
    level = levels[0] - posted[0].delta
    changes = {
        id(e): now - was for e, was, now in zip(posted, [level, *levels], levels, strict=False)
    }
    told: list[tuple[Posting, Decimal | None]] = []
    for entry in ordered:
        level += changes[id(entry)]
        told.append((entry, level))
    return told


def level_on(position: Position, day: date | None, rulings: Rulings) -> Level | None:
    """The level on a day, the latest for None; None before anything can be said."""
    return Levels(position, rulings).on(day)


class Levels:
    """The levels of a position, to be asked for many days: what is the same on all is found once."""

    def __init__(self, position: Position, rulings: Rulings) -> None:
        self._position, self._rulings = position, rulings
        told = [(e, level) for e, level in running(position) if e.rival is None]
        self._entries = [e for e, _ in told]
        self._after = [level for _, level in told]
        self._days = [e.day or date.min for e in self._entries]
        self._latest = list(accumulate(self._entries, _later_known))

    def on(self, day: date | None) -> Level | None:
        """The level on a day, the latest for None; None before anything can be said.

        Nobody holds less than nothing of what cannot be owed: what left in a span of days and was
        not there yet left later in it, and a number below zero is no number that is known.
        """
        level = self._reckoned(day)
        if level is None or level.low is None or level.low >= 0 or may_owe(self._position):
            return level
        if level.high is not None and level.high <= -1:
            return level._replace(shares=None, low=None, high=None)
        shares = level.shares if level.shares is None else ZERO
        high = level.high and max(level.high, ZERO)
        return level._replace(shares=ZERO if high == 0 else shares, low=ZERO, high=high)

    def _reckoned(self, day: date | None) -> Level | None:
        entries, position, rulings = self._entries, self._position, self._rulings
        if not entries:
            return None
        past = len(entries) if day is None else bisect_right(self._days, day)
        if not past:
            before = before_first(position, entries[0], day, rulings)
            before = before and mended(_at_most(before, entries, 0, rulings), entries, rulings)
            return before and _widened(before, self._left_out(0), day)
        base, level = entries[past - 1], self._after[past - 1]
        parted = _parted(position, base, day)
        if parted is not None:
            return parted
        following = entries[past] if past < len(entries) else None
        terms: tuple[Term, ...] = ()
        if following is not None:
            terms = (*_rebased(position, following), *settling(base, following, rulings))
        latest = self._latest[past - 1]
        told = _between(base, latest, level, following=following, terms=terms, day=day)
        told = _from_the_first(perhaps_once(told, base), self._of_the_first(past, day))
        told = _taken_up(_at_most(told, entries, past - 1, rulings), base, day, rulings)
        told = _multiplied(_displaced(told, base, day, rulings), base, day, rulings)
        if following is not None and base.day is not None and day is not None and day > base.day:
            told = _unsettled(told, following, rulings)
        return lapsed(position, _widened(told, self._left_out(past + 1), day), day)

    def _left_out(self, after: int) -> Sequence[Term]:
        """Dated movements that only totals from there on have in them, after totals without them."""
        if after >= len(self._entries):
            return ()
        places, terms = self._dated
        return terms[bisect_left(places, after) :]

    @cached_property
    def _dated(self) -> tuple[list[int], list[Term]]:
        """The dated movements that totals have in them, and the places of these totals."""
        told = [
            (place, term)
            for place, entry in enumerate(self._entries)
            for term in terms_of(entry, self._rulings)
            if term.effective_from is not None
        ]
        return [place for place, _ in told], [term for _, term in told]

    def _of_the_first(self, past: int, day: date | None) -> Iterator[tuple[Term, list[Decimal]]]:
        """What later totals say the initial statement had wrong, which those up to a place go on from.

        Each with what it makes of the least and the most that may be held, in the shares of the day:
        splits up to the total that says so made others of them, whole ones. The next total's own is told as any other.
        """
        if self._entries[0].dossier.base_form != "3":
            return
        bounds = [Fraction(1), Fraction(1)]
        for place, entry in enumerate(self._entries[past:]):
            terms = terms_of(entry, self._rulings)
            split = next((term for term in terms if term.kind == "split"), None)
            made = Fraction(1) if split is None else _ratio_of(split, entry)
            if made is None or entry.scaled:
                return
            for term in terms if place and split is None else ():
                if of_the_first_report(term.text) and mends(term, entry, self._rulings):
                    told = [multiplied(term.shares, Fraction(1) / ratio) for ratio in bounds]
                    shares = [n for n in told if n is not None and (not n % 1 or term.shares % 1)]
                    if len(shares) == len(told):
                        yield term, shares
            over = _split_over(split, made, day) if split and not place else (False, False)
            bounds = [b if o else b * made for b, o in zip(bounds, over, strict=True)]


def _ratio_of(split: Term, entry: Posting) -> Fraction | None:
    """The ratio of a split that closed a total's difference, before its row or after it."""
    held = (entry.prior or ZERO, (entry.prior or ZERO) + entry.delta)
    found = (
        telling(*(Fraction(base + split.shares + off) / Fraction(base) for off in (-1, 1)))
        for base in held
        if base > 0
    )
    return next((ratio for ratio in found if ratio is not None), None)


def _split_over(split: Term, made: Fraction, day: date | None) -> tuple[bool, bool]:
    """Whether the least, and the most, that may be held on a day are in the shares after a split."""
    begins, ends = split.effective_from, split.effective_to
    if day is None:
        return True, True
    done = ends is not None and (ends < day or begins == ends == day)
    begun = done or begins is None or begins <= day
    return (done, begun) if made > 1 else (begun, done)


def _later_known(one: Posting, other: Posting) -> Posting:
    """Of two entries, one by day before the other, that of the filing that was known last."""
    return other if _known(other) >= _known(one) else one


def _known(entry: Posting) -> tuple[object, ...]:
    return entry.dossier.known.at, entry.dossier.stream, entry.day or date.min


def may_owe(position: Position) -> bool:
    """Whether a position counts what its owner owes: options written, stock sold short."""
    return any(entry.line.written for entry in position.entries)


def _taken_up(level: Level, base: Posting, day: date | None, rulings: Rulings) -> Level:
    """Nothing, once another holding's total has taken up all that was here, or less by a part."""
    gone = rulings.emptied(base)
    if gone is None or not level.high or (day and gone.begins and day < gone.begins):
        return level
    evidence = (*level.evidence, gone.into)
    if gone.shares is not None:
        if gone.ends is None or (day is not None and day < gone.ends):
            return level.ranging(-gone.shares, ZERO, gone.into)
        return level.less(gone.shares, gone.ends, gone.into)
    if day is None or gone.ends is None or day >= gone.ends:
        return Level.exactly(ZERO, "derived", since=gone.ends, entry=level.entry, evidence=evidence)
    return level._replace(shares=None, low=ZERO, basis="derived", evidence=evidence)


def _displaced(level: Level, base: Posting, day: date | None, rulings: Rulings) -> Level:
    """A level with a line that likely belongs here, or without one that likely does not.

    Where nothing but a round number says so, both may be.
    """
    found = rulings.displaced(base)
    if found is None or level.low is None or level.high is None:
        return level
    if day is not None and found.since is not None and day < found.since:
        return level
    if not found.likely:
        return level.ranging(min(found.change, ZERO), max(found.change, ZERO), found.line)
    low, high = level.low + found.change, level.high + found.change
    return level._replace(
        shares=low if low == high else None,
        low=low,
        high=high,
        basis="derived",
        since=found.since if found.before is None else found.before.day,
        entry=found.before or level.entry,
        evidence=tuple(dict.fromkeys((*level.evidence, found.line))),
    )


def _multiplied(level: Level, base: Posting, day: date | None, rulings: Rulings) -> Level:
    """A level in the shares that a split since made of it: either in the days that it lies between."""
    for made in rulings.multiplied(base):
        if level.low is None or level.high is None or (day is not None and day < made.after):
            return level
        low, high = exchanged(level.low, made.ratio), exchanged(level.high, made.ratio)
        done = day is None or day >= made.before
        if not done:
            low, high = min(low, level.low), max(high, level.high)
        level = level._replace(
            shares=low if low == high else None,
            low=low,
            high=high,
            basis="derived" if level.basis == "reported" else level.basis,
            since=made.before if done else level.since,
            evidence=tuple(dict.fromkeys((*level.evidence, made.source))),
        )
    return level


def strike_on(
    position: Position, day: date | None, rulings: Rulings, printed: Decimal | None
) -> Decimal | None:
    """The strike of a series on a day: divided by what splits since its last line multiplied it by.

    `printed` is that of the line, where the series has none. None where no decimal says it exactly.
    """
    strike = position.strike_on(day, position.series[0])
    strike = printed if strike is None else strike
    if strike is None:
        return None
    past = [e for e in in_order(position) if day is None or (e.day or date.min) <= day]
    for made in rulings.multiplied(past[-1]) if past else ():
        if strike is not None and (day is None or day >= made.before):
            strike = multiplied(strike, Fraction(made.ratio.denominator, made.ratio.numerator))
    return strike


def _at_most(level: Level, entries: Sequence[Posting], at: int, rulings: Rulings) -> Level:
    """A level that a total only bounds: it counts other series too, nobody says how many.

    What later left was there, unless it came in between. `at` is where that total stands.
    """
    if not rulings.bounds(entries[at]) or level.high is None or level.high <= 0:
        return level
    moved = accumulate((e.delta for e in entries[at + 1 :]), initial=ZERO)
    low = min(max(-least, ZERO), level.high) if (least := min(moved)) else ZERO
    if low == level.high:
        return level
    basis = "derived" if level.basis == "reported" else level.basis
    return level._replace(shares=None, low=low, basis=basis)


def _widened(level: Level, terms: Iterable[Term], day: date | None) -> Level:
    """A level with what had moved by the day, though the totals of the time are without it."""
    for term in terms:
        begins, low, high = term.effective_from, level.low, level.high
        if begins is None or day is None or begins > day or low is None or high is None:
            continue
        level = level.ranging(min(term.shares, ZERO), max(term.shares, ZERO), term.source)
    return level


def _from_the_first(level: Level, terms: Iterable[tuple[Term, list[Decimal]]]) -> Level:
    """A level with what a later note says was left out of the initial statement, or too much there."""
    for term, (least, most) in terms:
        if level.low is None or level.high is None:
            return level
        level = level._replace(
            shares=None if level.shares is None else level.shares + most,
            low=level.low + least,
            high=level.high + most,
            basis="derived",
            evidence=tuple(dict.fromkeys((*level.evidence, term.source))),
        )
    return level


def _unsettled(level: Level, following: Posting, rulings: Rulings) -> Level:
    """A level before a total that does not follow and has no name: it may have changed since."""
    ruling, moved = rulings.on(following), following.residual
    nameless = ruling.explanation is not None and ruling.explanation.confidence == "none"
    unsettled = ruling.verdict == "ambiguous" or (ruling.verdict == "unexplained" and nameless)
    in_dollars = following.line.shares_after is None  # of which no two bounds are told
    if not unsettled or following.aside or not moved or in_dollars:
        return level
    return level.ranging(min(moved, ZERO), max(moved, ZERO), reference(following))


def _rebased(position: Position, following: Posting) -> tuple[Term, ...]:
    """What new terms of the series made of the balance, where their day before a line is told."""
    words = "the balance in the new terms of the series"
    return tuple(
        Term(
            kind="split",
            shares=following.scaled,
            source=reference(following),
            text=words,
            effective_from=on,
            effective_to=on,
        )
        for _, entry, on in position.former
        if on is not None and entry == following and following.scaled
    )


def _parted(position: Position, base: Posting, day: date | None) -> Level | None:
    """Nothing, once the positions that took a whole's place are told one by one."""
    firsts = [part.entries[0] for part in position.parts]
    since = max((e.day for e in firsts if e.day), default=None)
    if not firsts or (day is not None and since is not None and day < since):
        return None
    refs = tuple(reference(e) for e in firsts)
    return Level.exactly(ZERO, "derived", since=since, entry=base, evidence=refs)


def _between(
    base: Posting,
    latest: Posting,
    level: Decimal | None,
    following: Posting | None,
    terms: tuple[Term, ...],
    day: date | None,
) -> Level:
    """The level after an entry and before the next; `latest` is the last report up to then."""
    told = base if base.claim == level else latest
    off = told.astray is not None and told.astray.kind != UNDECIDED
    stands = told.claim is not None and told.claim == level and not off
    basis = "reported" if stands else "derived"
    evidence = [reference(told)]
    if basis == "derived" and told is not base:
        evidence.insert(0, reference(base))
    if level is None or following is None or day is None:
        return Level.exactly(
            level,
            basis,
            since=base.day,
            entry=told,
            evidence=tuple(evidence),
        )
    low = high = level
    since, known = base.day, len(evidence)
    for term in terms:
        if term.kind == "rounding":
            continue  # a fraction lost, not a movement
        begins, ends = (
            term.effective_from or base.day,
            term.effective_to or following.day,  # what came since a day came by the next total
        )
        if begins is None or ends is None or begins > day:
            continue
        evidence.append(term.source)
        if ends < day or ends == begins == day:
            low, high, since = low + term.shares, high + term.shares, ends
        else:
            low, high = low + min(term.shares, ZERO), high + max(term.shares, ZERO)
    shares = low if low == high else None
    basis = "derived" if len(evidence) > known else basis
    return Level(
        shares=shares,
        low=low,
        high=high,
        basis=basis,
        since=since,
        entry=told,
        evidence=tuple(dict.fromkeys(evidence)),
    )


def lapsed(position: Position, level: Level, day: date | None) -> Level:
    """Nothing, once a derivative expired, unless a filing lists it as held after that.

    Units are none then either, but for another reason: the day that stands there is mostly the
    one on which they vest or are paid out, in stock that the other table has.
    """
    expiry = position.series[1]
    if position.table != "II" or expiry is None or day is None or day <= expiry or not level.high:
        return level
    told = None if level.entry is None else level.entry.day
    if told is not None and told > expiry and level.basis == "reported":
        return level
    since = expiry + timedelta(days=1)
    basis = "vested, inferred" if position.kind == "rsu" else "lapsed, inferred"
    return level._replace(shares=ZERO, low=ZERO, basis=basis, since=since)
