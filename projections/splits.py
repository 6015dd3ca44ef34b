"""Stock splits: a judgement about the issuer, drawn from all its insiders at once.

One position that doubles proves little. Positions of several insiders that change by one
ratio between overlapping days, or a footnote that names the ratio, prove a split; it is
booked once, with its evidence, and then explains each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

import msgspec

from projections.lines import Dossier
from projections.positions import RATIOS
from projections.timelines import Entry, Position

_TOLERANCE = Decimal(1)
"""Fractions are paid in cash, so a split total may fall short by less than one share."""


class Trace(msgspec.Struct):
    """A break that a ratio would close: where, and between which days."""

    position: Position
    entry: Entry
    ratio: Decimal
    after: date
    before: date


class Split(msgspec.Struct):
    """A split with the window it lies in, and what shows it."""

    ratio: Decimal
    after: date
    before: date
    noted: tuple[tuple[Dossier, str, str], ...]
    traces: list[Trace]

    @property
    def shared(self) -> bool:
        """Whether several positions show it."""
        return len({t.position.number for t in self.traces}) >= 2


def split_gap(entry: Entry, ratio: Decimal) -> Decimal | None:
    """What a split by this ratio adds before or after the entry, if that closes it."""
    if entry.prior is None or entry.claim is None or not entry.prior:
        return None
    for gap in (entry.prior * (ratio - 1), (entry.prior + entry.delta) * (ratio - 1)):
        if gap and abs(gap - entry.residual) < _TOLERANCE:
            return entry.residual
    return None


def infer(positions: Sequence[Position], dossiers: Iterable[Dossier]) -> list[Split]:
    """Every split that the issuer's filings show, noted or shared, in order of time."""
    noted = _noted(dossiers)
    traces = list(_traces(positions, {ratio for ratio, *_ in noted} | set(RATIOS)))
    splits: list[Split] = []
    for trace in sorted(traces, key=lambda t: (t.before, t.position.number)):
        home = next(
            (
                s
                for s in splits
                if s.ratio == trace.ratio and s.after <= trace.before and trace.after <= s.before
            ),
            None,
        )
        if home is None:
            splits.append(Split(trace.ratio, trace.after, trace.before, (), [trace]))
        else:
            home.traces.append(trace)
            home.after, home.before = max(home.after, trace.after), min(home.before, trace.before)
    for split in splits:
        split.noted = tuple(
            (dossier, ref, text)
            for ratio, day, dossier, ref, text in noted
            if ratio == split.ratio
            and (day is None or split.after <= day <= split.before or day <= split.before)
        )
    return [s for s in splits if s.noted or (s.shared and not _contradicted(s, positions))]


def _contradicted(split: Split, positions: Sequence[Position]) -> bool:
    """Whether some position went through the same days without the ratio."""
    return any(
        entry.verdict == "agreed"
        and entry.prior
        and before.day
        and entry.day
        and before.day <= split.after
        and _until(entry) >= split.before
        for position in positions
        for before, entry in pairwise(position.entries)
    )


def _noted(dossiers: Iterable[Dossier]) -> list[tuple[Decimal, date | None, Dossier, str, str]]:
    found = []
    for dossier in dossiers:
        for stated in dossier.statements:
            if stated.kind == "split" and (ratio := ratio_of(stated.ratio)):
                text = dossier.text_of(stated.note)[stated.start : stated.end]
                found.append(
                    (ratio, stated.effective_from, dossier, f"{dossier.id}#{stated.ref}", text)
                )
    return found


def ratio_of(text: str | None) -> Decimal | None:
    """`3:2` as a number, None where there is no ratio."""
    new, _, old = (text or "").partition(":")
    try:
        return Decimal(new) / Decimal(old) if old and Decimal(old) else None
    except ArithmeticError:
        return None


def _traces(positions: Sequence[Position], ratios: Iterable[Decimal]) -> Iterable[Trace]:
    candidates = sorted(ratios)
    for position in positions:
        previous: Entry | None = None
        for entry in position.entries:
            if entry.residual and previous is not None:
                for ratio in candidates:
                    if split_gap(entry, ratio) is not None:
                        yield Trace(position, entry, ratio, previous.day or date.min, _until(entry))
            previous = entry
        for ratio, entry in position.rebased:
            at = position.entries.index(entry) if entry in position.entries else 0
            before = position.entries[at - 1] if at else None
            if before is not None:
                yield Trace(position, entry, ratio, before.day or date.min, _until(entry))


def _until(entry: Entry) -> date:
    return max(entry.day or date.min, entry.dossier.day or date.min)
