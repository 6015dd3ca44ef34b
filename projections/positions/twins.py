"""Series of one strike and expiry, or of none, that their titles or first days tell apart.

Titles of derivatives vary from form to form, so that mostly balances say which of them a row is
of. Where a row says all that one series has said, and the other says something else, it is of
the first: its total, which goes on from the other, is then what is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from projections.identity.securities import designators
from projections.positions.chains import told_apart
from projections.positions.entries import Entry, grants, told_first
from projections.positions.line_words import Words
from projections.positions.position import Position


def granted_again(words: Words, entries: Sequence[Entry], position: Position) -> bool:
    """Whether rows are grants that a form before this one told, of one day, number and terms, with those totals.

    Such rows are at times copied from form to form. Notes of other words tell of another award.
    """
    if (
        not all(map(grants, entries))
        or words.series != position.series
        or words.wording != position.wording
    ):
        return False
    told = told_first(entries, position.entries)
    return all(
        one is not None and one.claim == e.claim and one.dossier is not e.dossier
        for one, e in zip(told, entries, strict=True)
    )


def of_a_twin(
    words: Words, entries: Sequence[Entry], position: Position, free: Sequence[Position]
) -> bool:
    """Whether rows say of themselves what another series has said, and this position has not."""
    if words.table != "II" or len(free) < 2:
        return False
    begins = {e.line.exercisable_on for e in entries}
    mine = _days(position)
    for twin in free:
        if twin is position or not twin.balance or twin.series != position.series:
            continue
        if twin.tokens == words.tokens != position.tokens and _titles_apart(twin, position):
            return True
        theirs = _days(twin)
        if begins <= theirs and theirs and mine and not mine & theirs:
            return True
    return False


def noted_as_a_twin(
    words: Words, entries: Sequence[Entry], position: Position, free: Sequence[Position]
) -> bool:
    """Whether notes on rows' terms are those of another series' last line, and not of this one's."""
    first = entries[0]
    if words.table != "II" or words.units or not first.line.cited:
        return False
    return told_apart(first, position.entries[-1]) and any(
        twin.balance and not told_apart(first, twin.entries[-1])
        for twin in free
        if (twin.series, twin.tokens) == (position.series, position.tokens)
    )


def _days(position: Position) -> set[date | None]:
    """The days on which the lines of a position say that it may be exercised."""
    return {e.line.exercisable_on for e in position.entries} - {None}


def _titles_apart(one: Position, other: Position) -> bool:
    """Whether two titles name what no one series has two of: a class, a year, a sort by tax law."""
    for marks in (designators, _numbers, _taxed):
        mine, theirs = marks(one.tokens), marks(other.tokens)
        if mine and theirs and mine != theirs:
            return True
    return False


def _numbers(tokens: frozenset[str]) -> frozenset[str]:
    return frozenset(t for t in tokens if t[0].isdigit())


_QUALIFIED = frozenset({"incentive", "iso"})
_UNQUALIFIED = frozenset({"nonqualified", "nonstatutory", "nqso", "nso", "nqo"})


def _taxed(tokens: frozenset[str]) -> frozenset[bool]:
    """Whether options are taxed as incentive options, as far as a title says."""
    return frozenset({bool(tokens & _QUALIFIED)} if tokens & (_QUALIFIED | _UNQUALIFIED) else ())
