"""Stock splits: a judgement about the issuer, drawn from all its insiders at once.

One position that doubles proves little. Positions of several insiders that change by one
ratio between overlapping days, or a footnote that names the ratio, prove a split; it is
booked once, with its evidence, and then explains each of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple, cast

import msgspec

from ledger.footnotes.exchanges import tells_a_ratio_change
from ledger.types import exchanged
from projections.corporate_actions.prices import Prices
from projections.filings.parts import one_report
from projections.filings.records import ZERO, Dossier
from projections.positions.entries import Posting
from projections.positions.position import Position
from projections.positions.programmes import ratio_changes
from projections.positions.ratios import COMMON, RARE, RATIOS, Ladder, adds, comes_to, telling
from projections.positions.traces import Split, Trace

_LAG = timedelta(days=400)
"""How long after a split a filer may still take it up."""

_TOLERANCE = Decimal(2)
"""Fractions are paid in cash, so a split total may fall short by a share, or by one more
where the balance before it had a fraction of its own. What differs by hardly more shows no
ratio: nearly any would fit."""


def split_gap(entry: Posting, ratio: Fraction) -> Decimal | None:
    """What a split by this ratio adds before or after the entry, if that closes it.

    Where nothing is left, all may have gone in any way: a ratio below one shows nothing.
    """
    if entry.prior is None or entry.claim is None or not entry.prior:
        return None
    if not entry.claim and ratio < 1:
        return None
    for base in (entry.prior, entry.prior + entry.delta):
        if base and adds(base, ratio, entry.residual, within=_TOLERANCE):
            return entry.residual
    return None


def _closes(entry: Posting, ratio: Fraction, stated: set[Decimal]) -> bool:
    """Whether a split closes a break, alone or with one amount that a note states."""
    if split_gap(entry, ratio) is not None:
        return True
    if not entry.prior or not stated:
        return False
    return any(
        adds(base, ratio, entry.residual - sign * amount, within=_TOLERANCE)
        for base in (entry.prior, entry.prior + entry.delta)
        for amount in stated
        for sign in (1, -1)
    )


def infer(positions: Sequence[Position], dossiers: Iterable[Dossier]) -> list[Split]:
    """Every split that the issuer's filings show, noted or shared, in order of time."""
    known_ones = list(dossiers)
    noted = [*_noted(known_ones), *_of_programmes(known_ones)]
    known = {note.ratio for note in noted}
    known |= {ratio for position in positions for ratio, _ in position.rebased}
    known |= _seen(positions)
    ratios = COMMON if known <= set(RATIOS) else Ladder(known.union(RATIOS))
    traces = [*_traces(positions, ratios), *_pooled(positions, ratios)]
    traces += _in_rows(positions, noted)
    found: list[Split] = []
    for trace in sorted(traces, key=lambda t: (t.before, t.position.number)):
        _sort_in(trace, found, noted)
    for note in noted:
        if not any(note.ref == ref for split in found for _, ref, _ in split.noted):
            on = note.on or note.dossier.day or date.min
            words = ((note.dossier, note.ref, note.text),)
            found.append(
                Split(
                    ratio=note.ratio,
                    after=on,
                    before=on,
                    noted=words,
                    traces=[],
                    laggards=[],
                    dated=note.on is not None,
                    of_programme=note.of_programme,
                    told=note.told,
                )
            )
    prices = Prices(positions)
    told = {s.ratio for s in found if s.noted}
    for split in found:
        lone = not (split.noted or split.shared or split.ratio in told)
        others = (other for other in found if other.ratio != split.ratio)
        if lone and not any(other.told_with(t) for other in others for t in split.traces):
            _price(split, prices, positions)
    shown = (s for s in found if s.noted or s.priced or s.by_itself)
    return [s for s in shown if s.noted or not _contradicted(s, positions)]


def _price(split: Split, prices: Prices, positions: Sequence[Position]) -> None:
    """Give a split the prices before and after it that a total comes out by, exactly and alone."""
    for trace in split.traces:
        if split_gap(trace.entry, split.ratio) is None:
            continue
        old, gap = trace.entry.prior or ZERO, trace.entry.residual
        past = not adds(old, split.ratio, gap, within=_TOLERANCE)  # its row moved old shares
        since = _last_unsplit(trace, positions)
        for one in dict.fromkeys((trace.after, since)):
            change = prices.change_at(msgspec.structs.replace(trace, after=one), past=past)
            if change is not None:
                split.priced, split.after = change, max(split.after, one)
                return


def _last_unsplit(trace: Trace, positions: Sequence[Position]) -> date:
    """The last day before a split by the owner's other holdings of the class that rise or fall with it.

    A form that shows one of them in new shares shows all of them so, whatever else they did.
    """
    found, of = trace.after, trace.position
    for position in positions:
        alike = (position.owners, position.table, position.tokens) == (
            of.owners,
            of.table,
            of.tokens,
        )
        if position is of or not alike:
            continue
        for before, entry in pairwise(position.entries):
            if one_report(entry.dossier, trace.entry.dossier) and _moved_with(entry, trace.ratio):
                found = max(found, before.day or found)
    return min(found, trace.before)


def _moved_with(entry: Posting, ratio: Fraction) -> bool:
    """Whether a total is off by about what a split makes of the balance before it."""
    if not entry.residual or not entry.prior:
        return False
    gained = exchanged(entry.prior, ratio) - entry.prior
    return gained * entry.residual > 0 and abs(gained) < _ALIKE * abs(entry.residual)


_ALIKE = 2
"""How many times what it gained in all a split may have added to a holding that moved besides."""


def _sort_in(trace: Trace, found: list[Split], noted: list[_Noted]) -> None:
    """Add a trace to the split it shows, or begin a new one with it."""
    named = [n for n in noted if n.ratio == trace.ratio and (n.on is None or n.on <= trace.before)]
    named = [n for n in named if not n.of_programme or _counts_depositary(trace, n)]
    of_programme = bool(named) and all(n.of_programme for n in named)
    for split in found:
        if split.ratio != trace.ratio or split.of_programme is not of_programme:
            continue
        if _in_turn(trace, split):
            continue
        if split.after <= trace.before and trace.after < split.before:
            split.traces.append(trace)
            split.after = max(split.after, trace.after)
            split.before = max(split.after, min(split.before, trace.before))
            return
        own = {t.position.number for t in split.traces}
        if trace.position.number not in own and trace.after - split.before <= _LAG:
            split.laggards.append(trace)
            return
    named = [n for n in named if not _taken_up(trace, n, found)]
    last = max((n.on for n in named if n.on), default=None)
    if last is not None and trace.before - last > _LAG:
        named, last = [n for n in named if n.on is None], None
    words = tuple((n.dossier, n.ref, n.text) for n in named)
    late = last is not None and trace.after > last
    after, before = _narrowed(trace, named)
    found.append(
        Split(
            ratio=trace.ratio,
            after=last or after,
            before=last or before,
            noted=words,
            traces=[] if late else [trace],
            laggards=[trace] if late else [],
            dated=last is not None,
            of_programme=of_programme,
            told=not named or any(n.told for n in named),
        )
    )


def _narrowed(trace: Trace, named: Sequence[_Noted]) -> tuple[date, date]:
    """Between which days a split lies: those of the trace, within the month that a note gives it."""
    after, before = trace.after, trace.before
    for note in named:
        if note.within is not None:
            first, last = max(after, note.within[0]), min(before, note.within[1])
            if first <= last:
                after, before = first, last
    return after, before


def _counts_depositary(trace: Trace, note: _Noted) -> bool:
    """Whether a trace is one of depositary shares that a change of their ratio can leave."""
    known = note.told or note.dossier.known.at <= trace.entry.dossier.known.at
    return "depositary" in trace.position.tokens and known


def _taken_up(trace: Trace, note: _Noted, found: list[Split]) -> bool:
    """Whether a position has taken up the split of a note already, so that it is not due again.

    A note is repeated from form to form. One without a day may tell of another split of that
    ratio, unless a later total goes back behind what it would explain.
    """
    if note.on is None and trace.entry.returned is None:
        return False
    return any(
        split.ratio == note.ratio
        and (note.on is None or split.before == note.on)
        and _in_turn(trace, split)
        for split in found
    )


def _in_turn(trace: Trace, split: Split) -> bool:
    """Whether the position of a trace took a split up in an earlier total, which stands."""
    return split.taken_up(trace.position, trace.entry) is not None


def _contradicted(split: Split, positions: Sequence[Position]) -> bool:
    """Whether half as many positions went through the same days without the ratio as with it.

    One whose total went elsewhere, by an amount that the ratio does not make, speaks half as
    loud: it may have been split and have moved besides. As many of these as show the ratio
    say that the holders moved, as funds do that give a part of all they hold to their partners.
    A line that only tells a balance is a few days younger than the rows beside it, so the first
    tenth of the time between counts as its beginning.
    """
    showing = {t.position.number for t in (*split.traces, *split.laggards)}
    between = split.before - split.after
    against: dict[int, int] = {}
    for position in positions:
        if position.number in showing or split.spares(position):
            continue
        begun = position.entries[0].day if position.entries else None
        for before, entry in pairwise(position.entries):
            since = begun if entry.follows else before.day
            begun = begun if entry.follows and entry.prior else entry.day
            if since is None or 10 * (since - split.after) > between:
                continue
            if split.priced and _moved_with(entry, split.ratio):
                continue
            if _until(entry) >= split.before and entry.prior and (entry.follows or entry.residual):
                weight = 2 if entry.follows else 1
                against[position.number] = max(weight, against.get(position.number, 0))
    single = {number for number in showing if number >= 0}  # not what several come to together
    return sum(against.values()) >= len(single or showing)


class _Noted(NamedTuple):
    ratio: Fraction
    on: date | None
    dossier: Dossier
    ref: str
    text: str
    of_programme: bool = False
    told: bool = True
    within: tuple[date, date] | None = None
    """The first and the last day of a month, or of another stretch, that the note gives."""


def _of_programmes(dossiers: Iterable[Dossier]) -> list[_Noted]:
    return [
        _Noted(one.ratio, one.on, one.dossier, one.ref, one.text, of_programme=True, told=one.told)
        for one in ratio_changes(dossiers)
    ]


def _noted(dossiers: Iterable[Dossier]) -> list[_Noted]:
    found = []
    for dossier in dossiers:
        for stated in dossier.statements:
            if stated.kind == "split" and (ratio := stated.multiplier):
                text = dossier.quote(stated)
                on = stated.effective_from if stated.precision == "day" else None
                ends = stated.effective_from, stated.effective_to
                within = None if on or None in ends else cast("tuple[date, date]", ends)
                ref = f"{dossier.id}#{stated.ref}"
                of = tells_a_ratio_change(dossier.text_of(stated.note))
                found.append(_Noted(ratio, on, dossier, ref, text, of_programme=of, within=within))
    return found


def _traces(positions: Sequence[Position], ratios: Ladder) -> Iterator[Trace]:
    """The breaks that a ratio closes, but for those that a note of their own line closes."""
    for position in positions:
        previous: Posting | None = None
        for entry in position.entries:
            off = abs(entry.residual) if entry.residual else ZERO
            telling = off > 2 * _TOLERANCE and off not in entry.noted
            if telling and entry.rival is None and previous is not None:
                stated = {said.shares for said in entry.dossier.statements if said.shares}
                near = [r for r in within_reach(entry, ratios, stated) if _closes(entry, r, stated)]
                for ratio in near or uncommon(entry):
                    yield Trace(position, entry, ratio, previous.day or date.min, _until(entry))
            previous = entry
        for ratio, rebased in position.rebased:
            at = position.place(rebased)
            entry, before = position.entries[at], position.entries[at - 1] if at else None
            if before is not None:
                yield Trace(position, entry, ratio, before.day or date.min, _until(entry))


_FOR_VALUE = frozenset("PSMXCFGOKZ")
"""Codes of rows for which something is given, or that end a derivative: none of them is a split."""


def _in_rows(positions: Sequence[Position], noted: Sequence[_Noted]) -> Iterator[Trace]:
    """Rows that are the split itself: what its ratio adds to all that was held, or old shares for new.

    Rule 16a-9 asks for no such row, and many filers give one; their form's own note has the ratio.
    """
    told: dict[str, set[Fraction]] = {}
    for note in noted:
        told.setdefault(note.dossier.id, set()).add(note.ratio)
    for position in positions:
        for before, entry in pairwise(position.entries):
            ratios, day = told.get(entry.dossier.id, set()), entry.day
            if not ratios or day is None or entry.residual or entry.line.code in _FOR_VALUE:
                continue
            exchanged = not entry.prior and before.dossier is entry.dossier
            old = before.prior if exchanged else entry.prior
            new = (entry.prior or ZERO) + entry.delta
            for ratio in ratios if old and entry.delta else ():
                if comes_to(old or ZERO, ratio, new, within=1):
                    eve = day - timedelta(days=1)
                    yield Trace(position, entry, ratio, eve, day, by_row=True)


def _seen(positions: Sequence[Position]) -> set[Fraction]:
    """The ratios in no common use that totals of stock show by themselves, such as 1:18 or 6:1.

    Another holding may show the same one beside what its notes tell. A third that goes, or a
    quarter that comes, is as well a part of a holding that was drawn or given.
    """
    return {
        ratio
        for position in positions
        for entry in (position.entries if position.table == "I" else ())
        if abs(entry.residual) > 2 * _TOLERANCE and entry.rival is None
        if abs(entry.residual) not in entry.noted
        for ratio in uncommon(entry)
        if max(ratio.as_integer_ratio()) >= _LARGE * min(ratio.as_integer_ratio())
    }


_LARGE = 4
"""What such a ratio multiplies or divides by at least: nobody draws three quarters of a holding by chance."""


def uncommon(entry: Posting) -> Iterator[Fraction]:
    """A ratio in no common use that a break tells of, by itself: of a split, where others do too."""
    prior, left = entry.prior or ZERO, (entry.prior or ZERO) + entry.residual
    for base, after in ((prior, left), (prior + entry.delta, left + entry.delta)):
        if base <= 0 or after <= _TOLERANCE:
            continue
        ends = [Fraction(after + edge) / Fraction(base) for edge in (-_TOLERANCE, _TOLERANCE)]
        ratio = telling(*ends) or next(
            (r for r in RARE if comes_to(base, r, after, within=1)), None
        )
        if ratio is not None and split_gap(entry, ratio) is not None:
            yield ratio
            return


def within_reach(entry: Posting, ratios: Ladder, stated: Collection[Decimal]) -> Sequence[Fraction]:
    """The ratios that could close a break, alone or with stated amounts: few of them ever can.

    What a ratio adds to a balance grows with it, so those that add too little or too much
    lie at the two ends. A share more than the tolerance covers what a bound is rounded by.
    """
    if not entry.prior:
        return ()
    bases = [entry.prior, entry.prior + entry.delta]
    bases += [base - base % 1 for base in bases if base % 1]
    if not all(bases):
        return ratios.ratios
    reach = _TOLERANCE + 1 + max(stated, default=ZERO)
    low, high = entry.residual - reach, entry.residual + reach
    ends = [1 + edge / base for base in bases for edge in (low, high)]
    return ratios.between(min(ends), max(ends))


def _pooled(positions: Sequence[Position], ratios: Ladder) -> Iterator[Trace]:
    """Owners whose vehicles of a class together changed by a ratio, whatever moved between them."""
    pools: dict[tuple[object, ...], list[tuple[Position, Posting, date]]] = {}
    for position in positions:
        previous: Posting | None = None
        for entry in position.entries:
            if (
                (entry.residual or entry.opening)
                and entry.claim is not None
                and position.table == "I"
                and (
                    entry.prior or entry.claim != entry.delta
                )  # what begins with its row shows nothing
            ):
                after = (previous.day if previous else None) or date.min
                key = (entry.dossier.stream, position.owners, "depositary" in position.tokens)
                pools.setdefault(key, []).append((position, entry, after))
            previous = entry
    for members in pools.values():
        if len(members) < 2 or not any(e.residual for _, e, _ in members):
            continue
        base = sum((e.prior or ZERO for _, e, _ in members), ZERO)
        moved = sum((e.delta for _, e, _ in members), ZERO)
        claimed = sum((e.claim or ZERO for _, e, _ in members), ZERO)
        left, within = claimed - moved, _TOLERANCE * len(members)
        if not base or abs(left - base) <= 2 * within:
            continue
        ends = [edge / base for edge in (left - within - 1, left + within + 1)]
        for ratio in ratios.between(min(ends), max(ends)):
            if comes_to(base, ratio, left, within):
                position, entry, _ = members[0]
                pool = Position(-1 - position.number, "I", None, "pool")
                yield Trace(pool, entry, ratio, max(a for *_, a in members), _until(entry))


def _until(entry: Posting) -> date:
    return max(entry.day or date.min, entry.dossier.day or date.min)
