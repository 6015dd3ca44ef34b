"""What is found of splits: those that only positions show, and totals that leave one out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from ledger.types import exchanged, grouped
from projections.filings.records import ZERO
from projections.findings.finding import Finding, about
from projections.positions.entries import Posting, reference
from projections.positions.noted import made_up
from projections.positions.position import Position
from projections.positions.ratios import spoken
from projections.positions.traces import Split


def inferred(splits: list[Split]) -> Iterator[Finding]:
    """Splits that no note states: only the positions they changed show them."""
    for split in splits:
        if split.noted:
            continue
        entry, after = split.traces[0].entry, split.after
        since = f"between {after.isoformat()} and" if after > date.min else "by"
        count = len({t.position.number for t in split.traces})
        words = (
            f"{count} position{'s' if count > 1 else ''} changed {spoken(split.ratio)} "
            f"{since} {split.before.isoformat()}; no note states a split"
        )
        if split.priced is not None:
            before, now = split.priced
            words += f", but prices went from {grouped(before)} to {grouped(now)} between"
        refs = tuple(dict.fromkeys(reference(t.entry) for t in split.traces))
        yield about(entry.dossier, entry.line, "SPLIT_INFERRED", words, evidence=refs)


def splittable(positions: list[Position]) -> list[Position]:
    """The positions that a split changes: those that count shares or units, not dollars."""
    return [p for p in positions if p.unit == "shares"]


def stale(positions: list[Position], splits: list[Split]) -> Iterator[Finding]:
    """Totals that leave out a split which other totals, or a note, show to be past."""
    for split in splits:
        if not split.told:
            continue
        showing = {t.position.number for t in split.traces}
        taken_up = [t.entry for t in (*split.traces, *split.laggards)]
        for position in positions:
            apart = position.number not in showing and split.touches(position)
            apart = apart and not split.spares(position)
            if apart and _begins_before(position, split):
                behind = _behind(position, split, taken_up)
                if behind is not None:
                    yield _left_out(behind, behind.prior or ZERO, split)


def _begins_before(position: Position, split: Split) -> bool:
    """Whether a position's first total is one from before the split.

    A split that no note dates lies after the last total known to be in old shares, so what
    another filer reports on that very day is in old shares too.
    """
    first = position.entries[0].day
    since = split.after + timedelta(days=1) if split.after < split.before else split.after
    return first is not None and first < since


def _behind(position: Position, split: Split, taken_up: list[Posting]) -> Posting | None:
    """The first total after a split that goes on from old shares, as if nothing had happened.

    A total that broke since the split may have taken it up among other things; one of a line
    reported late follows from its place alone. Of a form that has the split as a row, that row's
    total tells whether it was left out.
    """
    forms: dict[str, list[Posting]] = {}
    for entry in position.entries:
        forms.setdefault(entry.dossier.id, []).append(entry)
    rowed = {id_ for id_, rows in forms.items() if any(split.has_a_row(e, rows) for e in rows)}
    past = split.before if split.dated else split.before - timedelta(days=1)
    for entry in position.entries:
        if entry in taken_up or entry.dossier.id in rowed:
            return None
        if entry.residual and (entry.day or date.min) > split.after:
            return None
        if entry.follows and not entry.late and entry.claim and (entry.day or date.min) > past:
            return entry if entry.prior and not made_up(entry) else None
    return None


def _left_out(entry: Posting, prior: Decimal, split: Split) -> Finding:
    claim, expected = entry.claim or ZERO, exchanged(prior, split.ratio) + entry.delta
    return about(
        entry.dossier,
        entry.line,
        "SPLIT_UNMODELLED",
        f"the total of {grouped(claim)} leaves out the split of {spoken(split.ratio)} "
        f"of {split.before.isoformat()}",
        expected=expected,
        reported=claim,
        difference=claim - expected,
        evidence=tuple(ref for _, ref, _ in split.noted)
        or tuple(dict.fromkeys(reference(t.entry) for t in split.traces)),
    )
