"""Totals as of their filing, which count what moved after their row's own day.

Totals reflect what is reported or reportable by the date of the form (Form 4, General
Instruction 4(a)(ii)). So a row told late may stand beside today's total, and a row told in
time beside one that has the trade of the day after, which another form reports.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from projections.filings.records import ZERO
from projections.positions.entries import Entry
from projections.section16.deadlines import a_year_off


def put_back(
    timeline: list[Entry], entries: Sequence[Entry], balance: Decimal | None, last_on: date | None
) -> None:
    """Lines dated before what was reported already, with totals as of their filing.

    The totals go on from the last one, so they count what moved after the lines' own
    day. The lines go back to that day, and every level since then changes by what they
    moved. A date that is a year off is a slip, and moves nothing.
    """
    if balance is None or last_on is None:
        return
    days = [day for e in entries if (day := e.line.effective_on)]
    if len(days) < len(entries) or max(days) >= last_on:
        return
    if any(
        a_year_off(day, e.dossier.day or last_on, e.dossier)
        for day, e in zip(days, entries, strict=True)
    ):
        return
    count = len(timeline) - len(entries)
    slot = next(i for i, e in enumerate(timeline) if i == count or (e.day or date.min) > max(days))
    level = timeline[slot - 1].balance if 0 < slot < count else None
    ahead = tuple(e for e in timeline[slot:count] if e.delta)
    if level is None or level + sum((e.delta for e in ahead), ZERO) != balance:
        return
    late, since = timeline[count:], balance - level
    for entry in late:
        entry.late = True
        entry.prior = None if entry.prior is None else entry.prior - since
        entry.balance = None if entry.balance is None else entry.balance - since
        if since and entry.claim is not None:
            entry.ahead, entry.verdict = ahead, "explained"
    moved = sum((e.delta for e in late), ZERO)
    for entry in timeline[slot:count]:
        entry.balance = None if entry.balance is None else entry.balance + moved
    timeline[slot:] = [*late, *timeline[slot:count]]


def until_filed(broken: Entry, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Those of some later lines that happened after a line's own day, up to its filing."""
    begins, ends = broken.line.effective_on, broken.dossier.day
    if begins is None or ends is None or entries[0].dossier is broken.dossier:
        return ()
    return tuple(
        e
        for e in entries
        if e.delta and e.line.effective_on and begins < e.line.effective_on <= ends
    )
