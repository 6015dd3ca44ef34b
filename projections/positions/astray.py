"""Totals that later reports show to be off by a known amount, from one line on.

A trade filed a second time is counted again by the totals of the copy, until a report goes
on from where they had been before. A number that an amendment put right still stands in the
totals of forms filed before it (they need not be amended). What is off is known then, and
the balance is what the other reports prove.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from ledger.types import exchanged
from projections.filings.amendments import Amended, Standing
from projections.filings.records import ZERO, Line, Told
from projections.identity.awards import same_award
from projections.positions.entries import Astray
from projections.positions.older_statements import by_older_statements
from projections.positions.pool_totals import contradicted
from projections.positions.reports import Ends, Holding, Reports, holding_of
from projections.positions.retold import counted_again


def astray(
    standing: Sequence[Standing], amended: Iterable[Amended], reports: Reports
) -> dict[int, Astray]:
    """By the identity of a line, why its total is off and by how much; `standing` in turn."""
    found: dict[int, Astray] = {}
    for told in (
        *counted_again(standing, reports),
        *_uncorrected(amended, reports),
        *contradicted(standing, reports),
        *by_older_statements(standing, reports),
    ):
        for line, off in told:
            known = found.get(id(line))
            found[id(line)] = off if known is None else known.plus(off)
    return found


_Off = list[tuple[Line, Astray]]


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
    mended = [e.award for e in was.entries if id(e.line) in gone or id(e.line) in new]
    for i in was.order if not was.final else ():
        line = was.entries[i].line
        if any(same_award(was.entries[i].award, award) is False for award in mended):
            continue
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
    away = [
        (change.amendment, new)
        for old, new in change.restated
        if holding_of(*old) == holding[1:] and old[1].movement
    ]  # what was told of this holding, and is another's
    return next(iter((*moved, *away)), None)


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
        ratio = ends.goes_on_from(level)
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
