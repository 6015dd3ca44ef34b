"""Totals that later reports show to be off by a known amount, from one line on.

A trade filed a second time is counted again by the totals of the copy, until a report goes
on from where they had been before. A number that an amendment put right still stands in the
totals of forms filed before it (they need not be amended). What is off is known then, and
the balance is what the other reports prove.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from ledger.types import exchanged
from projections.filings.amendments import Amended, Standing
from projections.filings.records import ZERO, Line, Told
from projections.positions.entries import Astray
from projections.positions.ratios import comes_to
from projections.positions.reports import Ends, Holding, Reports, holding_of


def astray(
    standing: Sequence[Standing], amended: Iterable[Amended], reports: Reports
) -> dict[int, Astray]:
    """By the identity of a line, why its total is off and by how much; `standing` in turn."""
    found: dict[int, Astray] = {}
    for told in (*_copied(standing, reports), *_uncorrected(amended, reports)):
        for line, off in told:
            known = found.get(id(line))
            found[id(line)] = off if known is None else known.plus(off)
    return found


# --- told twice ------------------------------------------------------------------------

_Off = list[tuple[Line, Astray]]


def _copied(standing: Sequence[Standing], reports: Reports) -> Iterator[_Off]:
    """Rows that repeat an earlier one, and that the next report goes on without."""
    first: dict[Holding, Told] = {}
    for filing in standing:
        again: dict[int, Told] = {}
        for told in filing.told:
            line = told[1]
            if line.holding or not line.shares or line.effective_on is None:
                continue
            known = first.setdefault((reports.scope(filing), *_facts(line)), told)
            if known is not told and known[1].shares_after != line.shares_after:
                again[id(line)] = known
        if again:
            yield from _counted_again(filing, again, reports)


def _facts(line: Line) -> Holding:
    return (
        line.effective_on, line.shares, line.code, line.direction, line.price, line.table,
        line.ownership, line.nature, line.exercise_price, line.expires_on,
    )  # fmt: skip


def _counted_again(filing: Standing, again: dict[int, Told], reports: Reports) -> Iterator[_Off]:
    """The copies in a filing that its totals count and the next report does not."""
    for holding, ends in reports.ends(filing).items():
        copies = {
            id(e.line): again[id(e.line)]
            for e in ends.entries
            if id(e.line) in again and _only_copy(e.line, ends)
        }
        moved = sum((e.delta for e in ends.entries if id(e.line) in copies), ZERO)
        if not moved:
            continue
        later = reports.after(filing, holding)
        following = next(later, None)
        if following is None or not _leaves_out(following, ends.closing, moved):
            continue
        confirming = next(later, None)
        if confirming is None or confirming.opening != following.closing + moved:
            yield list(_marked(ends, copies, moved))


def _leaves_out(following: Ends, closing: Decimal, moved: Decimal) -> bool:
    """Whether a report goes on from before what was told again, and not from after it.

    What its notes say entered or left its totals without a row may lie between.
    """
    without, counting = following.opening - (closing - moved), following.opening - closing
    if not without or not counting:
        return bool(counting)
    said = {s.shares for e in following.entries for s in e.dossier.statements if s.shares}
    amounts = {sign * shares for shares in said for sign in (1, -1)}
    between = amounts | {one + other for one in amounts for other in amounts}
    return without in between and counting not in between


def _only_copy(line: Line, ends: Ends) -> bool:
    """Whether a row stands at most twice in its filing: more of them are lots of one trade."""
    return Counter(_facts(e.line) for e in ends.entries)[_facts(line)] <= 2


def _marked(ends: Ends, copies: dict[int, Told], moved: Decimal) -> Iterator[tuple[Line, Astray]]:
    so_far = moved if ends.final else ZERO
    last: Told | None = next(iter(copies.values())) if ends.final else None
    for i in ends.order:
        entry = ends.entries[i]
        copied = copies.get(id(entry.line))
        if copied is not None:
            last = copied
            so_far += ZERO if ends.final else entry.delta
        if last is not None:
            yield entry.line, Astray("repeated", so_far, last, copy=copied is not None)


# --- put right since ---------------------------------------------------------------------


def _uncorrected(amended: Iterable[Amended], reports: Reports) -> Iterator[_Off]:
    """Totals that go on from what was put right, or taken back, by a form filed after them."""
    for change in amended:
        if change.home is None or not (change.restated or change.taken_back):
            continue
        old = dict(reports.ends_of(change.home, change.before))
        new = dict(reports.ends_of(change.home, change.after))
        stands = {holding_of(*told) for told in change.after}
        for holding, was in old.items():
            now, mended = new.get(holding), None
            if now is None and holding[1:] in stands:
                mended = _rows_below(change, was)
                if not mended:
                    continue
                closing = was.closing - mended[-1][1].shares
            else:
                closing = was.opening if now is None else now.closing
            because = _because(change, holding, now)
            if because is None or closing == was.closing:
                continue
            carried, refuted = _carried(was, closing - was.closing, change, because, reports)
            if not refuted:
                yield [*(mended or ()), *carried]


def _rows_below(change: Amended, was: Ends) -> _Off:
    """Rows of the amended filing that still stand, below one that was mended or taken back."""
    new = {id(line): (change.amendment, now) for (_, line), now in change.restated}
    gone = {id(line) for _, line in change.taken_back}
    gap, because = ZERO, None
    off: _Off = []
    for i in was.order if not was.final else ():
        line = was.entries[i].line
        if id(line) in gone:
            gap, because = gap - line.movement, (was.entries[i].dossier, line)
        elif id(line) in new:
            because = new[id(line)]
            now = because[1].shares_after
            gap = ZERO if now is None or line.shares_after is None else now - line.shares_after
        elif gap and because is not None and line.shares_after is not None:
            off.append((line, Astray("uncorrected", -gap, because, named=not off)))
    undecided = {id(line) for _, line in change.home.unmentioned} if change.home else set()
    ends_there = bool(off) and off[-1][0] is was.entries[was.order[-1]].line
    return off if ends_there and not any(id(line) in undecided for line, _ in off) else []


def _because(change: Amended, holding: Holding, now: Ends | None) -> Told | None:
    """The line that put a total right, or that was taken back."""
    if now is not None:
        fresh = [(e.dossier, e.line) for e in now.entries if e.dossier is change.amendment]
        return fresh[-1] if fresh else next(iter(change.taken_back), None)
    mended = [(change.amendment, line) for (_, line) in change.restated]
    told = [*change.taken_back, *mended]
    moved = [t for t in told if holding_of(*t) == holding[1:] and t[1].movement]
    return moved[0] if moved else None


def _carried(
    was: Ends,
    gap: Decimal,
    change: Amended,
    because: Told,
    reports: Reports,
) -> tuple[_Off, bool]:
    """The totals that a correction has not reached; whether a later report goes on from them."""
    level, known = was.closing, change.amendment.known.at
    holding = (reports.owners(was.filing), *holding_of(*_first(was)))
    off: _Off = []
    for ends in reports.after(was.filing, holding):
        ratio = _ratio(level, ends)
        if ratio is None:
            corrected = ends.opening == level + gap
            return (off, False) if corrected else ([], False)
        gap = exchanged(level + gap, ratio) - ends.opening
        if ends.filing.dossier.known.at > known:
            return [], True
        named = not off
        for entry in ends.entries:
            if entry.claim is not None:
                off.append((entry.line, Astray("uncorrected", -gap, because, named=named)))
                named = False
        level = ends.closing
    return off, False


def _first(ends: Ends) -> Told:
    entry = ends.entries[0]
    return entry.dossier, entry.line


def _ratio(level: Decimal, ends: Ends) -> Fraction | None:
    """What a report multiplies the last total by: one, or a split that its notes state."""
    if ends.opening == level:
        return Fraction(1)
    stated = (said.multiplier for e in ends.entries for said in e.dossier.statements)
    return next((r for r in stated if r and comes_to(level, r, ends.opening)), None)
