"""Units that vest and are of an award not met before: each is counted apart, and nothing tells them.

Units of one title have no strike and no expiry, and a form has only those that vest on its day.
The next one's may be of another award, whose total goes on from nothing that is known. A total
that is merely wrong is told from that by what the filings say of its own award.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from ledger.statements import SENSES
from projections.filings.dates import speaks_on
from projections.filings.records import ZERO
from projections.identity.awards import same_award
from projections.positions.chains import pooled, stands_alone
from projections.positions.digits import never_by_chance, slipped_digits, telling
from projections.positions.entries import Entry, grants_units
from projections.positions.instalments import parts_unseen
from projections.positions.line_words import Words, is_deferred
from projections.positions.position import Position
from projections.positions.ratios import comes_to
from projections.positions.series_told import SeriesTold, one_slip

_PARTS = 16
"""In how many equal parts an award vests at most, quarter by quarter for four years."""
_SHARE = Decimal("0.05")
"""Of what an award's unequal parts are multiples: twenty per cent, then thirty, then fifty."""
_SOON = timedelta(days=90)
"""Before that the first part of an award that vests year by year is not due."""
_LEAST = 100
"""Units of which an equal part is told from a number that happens to be near it."""


def of_another_award(
    words: Words, entries: Sequence[Entry], held: Sequence[Position], series: SeriesTold
) -> bool:
    """Whether units that vest are of none of the awards held, if their totals follow from none.

    They are one's own where a note says so, or tells what became of it; where the total is a slip
    away from what they would leave, or a later report goes on from that; where they are a part of
    it, or as many as vested before. None is another's where totals were seen to count all awards,
    or an initial statement would have listed it: unless grants are not here, or no award has so many.
    """
    gone = [e for e in entries if e.delta < 0 and e.claim is not None]
    granted = [e for e in entries if e.line.code == "A" and e.claim == e.delta]
    units = words.table == "II" and words.kind == "rsu" and words.series[0] is None
    if not units or not gone or len([*gone, *granted]) < len(entries):
        return False
    if is_deferred(words.tokens):
        return False
    if series.begun(words.loose[0], words.owners) and _can_be_of(held, gone):
        return False
    if any(map(_tells_what_became, gone)):
        return False
    return not any(_its_own(words, gone, p, series) for p in held if p.balance is not None)


def _can_be_of(held: Sequence[Position], gone: Sequence[Entry]) -> bool:
    """Whether an award held had as many units as vest, and all awards that are known were granted here."""
    enough = any((p.balance or ZERO) >= -sum(e.delta for e in gone) for p in held)
    return enough and not any(map(granted_untold, held))


def granted_untold(position: Position) -> bool:
    """Whether units vest of which no report here tells that they were granted, or held.

    What an initial statement does not list was granted after it, by a report that is not here.
    """
    first = position.entries[0]
    return position.table == "II" and first.delta < ZERO and first.line.code == "M"


def pays_out(words: Words, position: Position, entries: Sequence[Entry]) -> bool:
    """Whether units end as what was earned of them, whatever number their target was.

    Between nothing and a multiple of the target becomes stock; the rest is forfeited. Not of
    units of another title that says nothing of results, nor of any granted weeks before.
    """
    sorts = {words.award.sort, position.award.sort}
    first, last = position.entries[0], entries[-1]
    titled = sorts == {"performance"} or words.tokens == position.tokens
    soon = first.line.code == "A" and _apart(first, entries[0]) < _SOON
    return bool(
        words.units
        and position.balance
        and titled
        and not soon
        and "performance" in sorts
        and "service" not in sorts
        and last.claim == ZERO
        and all(e.delta < 0 for e in entries)
        and -sum(e.delta for e in entries) <= _MOST_EARNED * position.balance
    )


_MOST_EARNED = 3
"""How many times its target an award earns at most, as a rule."""


def goes_on_unseen(words: Words, position: Position, entries: Sequence[Entry]) -> bool:
    """Whether units are of a position, though its balance does not lead to their total.

    They end as what was earned of it, or vest after parts of it that vested in reports not here.
    """
    unseen = words.units and words.tokens == position.tokens and parts_unseen(position, entries)
    return bool(unseen) or pays_out(words, position, entries)


def joining(
    words: Words,
    parts: Sequence[Sequence[Entry]],
    homes: Sequence[Position],
    series: SeriesTold,
    *,
    noted: bool,
) -> list[bool]:
    """Which runs of rows go on from a position, begin their own or are of an award not met before.

    A grant of units whose total is its own amount is an award.
    """
    units = words.table == "II" and words.kind == "rsu" and not pooled(words, homes)
    own = [units and grants_units(part[0]) for part in parts]
    return [
        begun
        or stands_alone(part, homes, noted=noted)
        or (units and any(parts_unseen(p, part) for p in homes))
        or of_another_award(words, part, homes, series)
        for begun, part in zip(own, parts, strict=True)
    ]


def in_awards(parts: Sequence[list[Entry]], join: Sequence[bool]) -> list[list[Entry]]:
    """Runs of rows of several awards, where most join one: any other breaks with the run above it.

    None where few rows tell of few awards, which may as well be one.
    """
    if len(parts) < _MANY or not len(parts) <= 2 * sum(join) < 2 * len(parts) - 2:
        return []
    found: list[list[Entry]] = []
    for part, joins in zip(parts, join, strict=True):
        if joins or not found:
            found.append([*part])
        else:
            found[-1] += part
    return found


_MANY = 4
"""Runs of rows from which on a form tells of several awards, though some of them break."""


def _its_own(words: Words, gone: Sequence[Entry], position: Position, series: SeriesTold) -> bool:
    """Whether anything says that units are of a position, though its balance does not lead to their total."""
    level = position.balance or ZERO
    together = counts_all(position) and not (_halves(position) and all(map(_of_its_own, gone)))
    if together or _told_as_its_own(words, position):
        return True
    if any(_slipped(e, level) or _a_part(e, position) for e in gone):
        return True
    if _split(position, gone[0], series) or _all_and_accrued(position, gone):
        return True
    left = level + sum((e.delta for e in gone), ZERO)
    return series.opens_at(words.loose[0], (words.tokens,), gone[-1], left)


def _split(position: Position, entry: Entry, series: SeriesTold) -> bool:
    """Whether a split that was told since leaves of a position's units just what a row starts from."""
    held, opens = position.balance or ZERO, (entry.claim or ZERO) - entry.delta
    then = speaks_on(position.entries[-1].dossier)
    told = series.splits(then, speaks_on(entry.dossier)) if held else ()
    return any(comes_to(held, ratio, opens, within=1) for ratio in told)


def _all_and_accrued(position: Position, gone: Sequence[Entry]) -> bool:
    """Whether units that end are all that a position had, and a little that dividends may have added."""
    ended = -sum((e.delta for e in gone), ZERO)
    return not gone[-1].claim and few_more(position.balance or ZERO, ended)


def few_more(held: Decimal, ended: Decimal) -> bool:
    """Whether so many units end of those held, and as few more as dividends paid in units add until then."""
    return 0 < ended - held <= _ACCRUED * held


_ACCRUED = Decimal("0.10")
"""What dividends paid in units add to an award over the years until it vests, at most."""


def _slipped(entry: Entry, level: Decimal) -> bool:
    """Whether a total, or the amount that would have led to it, is a slip of the pen away.

    The shares under a row say what its amount should be; so does what there was, where nothing is left.
    """
    meant = level - (entry.claim or ZERO)
    there = level + entry.delta >= 0
    misread = never_by_chance(-entry.delta, meant) or entry.line.underlying_shares == meant
    misread = misread or (not entry.claim and slipped_digits(-entry.delta, meant))
    return (there and one_slip(entry, level)) or (meant > 0 and misread)


def counts_all(position: Position) -> bool:
    """Whether totals of units were seen to count several awards.

    One was added to others; or unequal parts left, each in a form of its own.
    """
    follow = [e for e in position.entries if e.follows and e.prior]
    parts = {e.delta for e in follow if e.delta < 0}
    return len(parts) > 1 or any(e.line.code == "A" for e in follow)


def _halves(position: Position) -> bool:
    """Whether all that was added to an award was granted in its form on its day: the rest of it."""
    first = position.entries[0]
    return all(
        (e.dossier, e.day, e.line.code) == (first.dossier, first.day, "A") for e in position.entries
    )


def _of_its_own(entry: Entry) -> bool:
    """Whether units that vest are an equal part of what their own total says there was."""
    gone = -entry.delta
    return telling(gone) and _equal_part((entry.claim or ZERO) + gone, gone)


def _told_as_its_own(words: Words, position: Position) -> bool:
    """Whether notes say that lines are of a position's award: by its day, or in the same words and figures."""
    if of_this_award(words, position):
        return True
    return words.wording == position.wording and _FIGURES.search(words.wording) is not None


def of_this_award(words: Words, position: Position) -> bool:
    """Whether notes tell of a position's award, or of one granted on the day of the row that began it."""
    same = same_award(words.award, position.award)
    first = position.entries[0]
    then = first.line.code == "A" and (first.day, first.day) in words.award.granted
    return bool(same) or (then and same is not False)


_FIGURES = re.compile(r"\d")


def _tells_what_became(entry: Entry) -> bool:
    """Whether a note of a row tells what else moved, or was wrong."""
    told = (said for said in entry.dossier.statements if said.note in entry.line.notes)
    return any(SENSES[said.kind].moves or SENSES[said.kind].corrects for said in told)


def _a_part(entry: Entry, position: Position) -> bool:
    """Whether as many units as vest did so before, or are an equal part or a share of what there was.

    No such part where they are one of what their own total leaves: that is another award's; nor
    where they vest weeks after its grant, and leave nothing.
    """
    gone, granted = -entry.delta, position.entries[0]
    if not entry.claim and granted.line.code == "A" and _apart(granted, entry) < _SOON:
        return False
    if any(abs(e.delta) == gone for e in position.entries):
        return True
    if _of_its_own(entry):
        return False
    return any(_part_of(whole, gone) for whole in {position.balance, position.entries[0].claim})


def _apart(granted: Entry, entry: Entry) -> timedelta:
    """How long after a grant units vest; long where a day is unknown."""
    return entry.day - granted.day if entry.day and granted.day else timedelta.max


def _part_of(whole: Decimal | None, gone: Decimal) -> bool:
    if not whole or not 0 < gone <= whole:
        return False
    return _equal_part(whole, gone) or not whole % gone or not gone % (_SHARE * whole)


def _equal_part(whole: Decimal, gone: Decimal) -> bool:
    """Whether units are one of so many equal parts of an award, each rounded its own way."""
    parts = (2 * whole + gone) // (2 * gone)  # the nearest
    return 1 < parts <= _PARTS and gone >= _LEAST and abs(whole - parts * gone) < parts
