"""A strike or an expiry that a row mistypes: it is of the series held, and of no other.

An exercise takes from what is held. A row whose total goes on exactly from a series, but for
one term that no other report ever has, is more likely a slip in that term than the first
report of another grant that happens to be as large. So is one whose total is wrong besides,
where it is one slip away from what the series leaves, or the series' next report has the row in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from ledger.codes import PAIRED
from ledger.types import grouped, plain
from projections.filings.dates import speaks_on
from projections.filings.records import ZERO
from projections.identity.securities import STRUCK
from projections.positions.digits import swapped
from projections.positions.entries import Entry
from projections.positions.line_words import Words
from projections.positions.position import Position
from projections.positions.series_told import SeriesTold, one_slip

_NEAR = timedelta(days=31)
"""How far apart two days are at most that stand for one end: of a month, or of the day before."""


def other_in_one_term(words: Words, position: Position) -> str:
    """Which of two terms, strike and expiry, is another one where all are given: that alone."""
    (strike, expiry), (held_at, until) = words.series, position.series
    if words.kind not in STRUCK or not (strike and expiry and held_at and until):
        return ""
    if (strike == held_at) is (expiry == until):
        return ""
    return "strike" if strike != held_at else "expiry"


def called(series: Position) -> str:
    """A series of options by its terms."""
    strike, expiry = series.series
    return f"the series at {grouped(strike or ZERO)} that expires on {expiry}"


def mistyped_term(
    words: Words, position: Position, entries: Sequence[Entry], series: SeriesTold
) -> bool:
    """Whether rows that exercise go on from a series, of which they have one term wrong.

    Both become exercisable on one day, where that is told.
    """
    first, term = entries[0], other_in_one_term(words, position)
    if not term or not position.balance or first.claim is None:
        return False
    if any(e.line.code not in PAIRED or e.delta >= 0 for e in entries):
        return False
    scope, held = words.loose[0], position.balance
    last, left = series.last(scope, words.series), held + sum((e.delta for e in entries), ZERO)
    if left < 0 or (last is not None and last > speaks_on(first.dossier)):
        return False
    if series.goes_on_from(scope, position.series, first, held):
        return False  # the next report has nothing of the rows
    if first.claim - first.delta != held:
        if series.goes_on_from(scope, position.series, first, left):
            return True
        if not one_slip(first, held) and not _lot_of_the_day_before(first, position):
            return False
    begins = {e.line.exercisable_on for e in (first, *position.entries)} - {None}
    if len(begins) > 1:
        return False
    return (
        _strike(first, position, sure=bool(begins))
        if term == "strike"
        else _expiry(first, position)
    )


_DAY = timedelta(days=1)


def _lot_of_the_day_before(first: Entry, position: Position) -> bool:
    """Whether a total is its row's lot alone, of options that expire a day before or after a series.

    Filers count the last day in, or not; that half of another grant is exercised is rarer.
    """
    printed, until = first.line.expires_on, position.series[1]
    near = printed and until and abs(printed - until) <= _DAY
    return bool(near) and first.claim == -first.delta


def _strike(first: Entry, position: Position, *, sure: bool) -> bool:
    """Whether the strike of a row is that of a series but for a slip of the pen.

    The stock came at the one of the series; or the two have one expiry and become exercisable
    on one day, which is `sure`, as of one grant; or a digit is wrong.
    """
    printed, held_at = first.line.exercise_price or ZERO, position.series[0] or ZERO
    short, long = sorted((plain(printed), plain(held_at)), key=len)
    slip = swapped(printed, held_at) or long.rstrip("0") == short.rstrip("0")
    return sure or slip or _rounded(printed, held_at) or paid_as_of(first, position)


def _rounded(one: Decimal, other: Decimal) -> bool:
    """Whether one strike is the other with fewer decimals."""
    short, long = sorted((plain(one), plain(other)), key=len)
    return "." in short and Decimal(long).quantize(Decimal(short)) == Decimal(short)


def paid_as_of(entry: Entry, position: Position) -> bool:
    """Whether the stock that a row's exercise brought came at the strike of a series, not at its own."""
    paid = paid_for(entry)
    return position.series[0] in paid and entry.line.exercise_price not in paid


def paid_for(entry: Entry) -> set[Decimal | None]:
    """The prices at which stock came by an exercise of as many, in the form of a row."""
    return {
        line.price
        for line in entry.dossier.lines
        if (line.table, line.code) == ("I", entry.line.code) and line.shares == entry.line.shares
    }


def _expiry(first: Entry, position: Position) -> bool:
    """Whether the expiry of a row is that of a series but for one part of the day."""
    printed, until = first.line.expires_on, position.series[1]
    if printed is None or until is None:
        return False
    parts = zip(printed.timetuple()[:3], until.timetuple()[:3], strict=True)
    return sum(a != b for a, b in parts) == 1 or abs(printed - until) <= _NEAR
