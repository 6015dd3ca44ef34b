"""What a split made of holdings that no line shows since: it multiplies all of a class at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from projections.identity.securities import class_tokens, same_class
from projections.issuer import Folded
from projections.positions.entries import Posting, reference
from projections.positions.position import Position
from projections.positions.rulings import Multiplied
from projections.positions.traces import Split

_ADJUSTED = ("rsu", "option", "warrant")
"""Kinds of derivatives whose own number a split changes."""


def multiply(folded: Folded) -> None:
    """Rule what each split that totals prove made of the holdings last told before it."""
    for split in folded.splits:
        shown = [
            folded.position_of.get(id(t.entry.line), t.position)
            for t in split.traces
            if (t.by_row and t.position.table == "I") or _proven_by(t.position, t.entry, folded)
        ]
        if not shown or not (split.noted or len({p.owners for p in shown}) > 1):
            continue  # what only one owner's totals show may be a movement of theirs
        source = split.noted[0][1] if split.noted else reference(split.traces[0].entry)
        made = Multiplied(split.ratio, split.after, split.before, source)
        for position in folded.book.positions:
            if position.unit == "shares" and any(_one_class(position, other) for other in shown):
                for entry in _last_before(position, split):
                    folded.rulings.multiply(entry, made)


def _proven_by(position: Position, entry: Posting, folded: Folded) -> bool:
    """Whether a total of stock that the split explains shows it, or several positions do."""
    ruling = folded.rulings.on(entry)
    if position.table != "I" or ruling.verdict != "explained" or ruling.explanation is None:
        return False
    return any(term.kind == "split" for term in ruling.explanation.terms)


def _one_class(position: Position, shown: Position) -> bool:
    """Whether a holding is of the class that was split, or an award or right to stock of it.

    Preferred stock and notes stay as many, and convert into more.
    """
    if position.table == "I":
        return same_class(position.tokens, shown.tokens) is True
    named = class_tokens(position.underlying or "")
    return position.kind in _ADJUSTED and same_class(named, shown.tokens) is True


def _last_before(position: Position, split: Split) -> Iterator[Posting]:
    """The last line before a split where none follows, or one in the new terms of the series."""
    anew = {id(entry.line) for _, entry, on in position.former if on is None}
    following = (*position.entries[1:], None)
    for entry, after in zip(position.entries, following, strict=True):
        told = entry.day or date.max
        before = told < split.after if split.dated else told <= split.after
        if not before or (after is not None and id(after.line) not in anew):
            continue
        if after is None or (after.day or date.min) >= split.before:
            yield entry
