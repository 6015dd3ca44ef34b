"""How long an owner was silent before a total, and what his reports usually move."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from statistics import median

from projections.filings.records import ZERO
from projections.identity.securities import gathers
from projections.positions.entries import Posting
from projections.reconciliation.candidates.told_movements import told_twice
from projections.reconciliation.case import Case

_SILENCE = timedelta(days=270)
"""From when on a reader is told how long nothing was heard: three quarters."""

_FEWEST_WAITS = 3
"""Waits between reports of which something can be said to be usual."""

_TWICE = 2
"""How many times the usual wait is that of a report and of another one that is missing."""

_NO_WAIT = timedelta(days=30)
"""What is no silence, however often somebody else reports: a month."""

_PROGRAMME = 2
"""Filings that moved the same, of which one more is likelier than a slip of that size."""


def after_silence(case: Case) -> str:
    """Words for a total that comes so long after the last one that a report may be missing."""
    last, day = case.before and case.before.day, case.entry.day
    if not last or not day:
        return ""
    usual = out_of_rhythm(case)
    if day - last < _SILENCE and not usual:
        return ""
    words = f", {(day - last).days} days after the last report that is here"
    return f"{words}, where {usual} are usual" if usual else words


def long_unheard(case: Case) -> bool:
    """Whether nothing was heard for three quarters of a holding whose own beginning is not here.

    Where the first reports are missing, so may be more: that is likelier than a wrong total.
    """
    last, day, first = case.before and case.before.day, case.entry.day, case.position.entries[0]
    if case.initial or not first.opening or not case.position.opened:
        return False
    return bool(last and day and day - last >= _SILENCE)


def out_of_rhythm(case: Case) -> int:
    """How many days mostly lie between reports of a holding that was silent far longer; else 0.

    A slip is as likely after any wait, while a report that is missing makes one wait of two.
    """
    last, day = case.before and case.before.day, case.entry.day
    days = sorted({e.day for e in case.position.entries if e.day})
    waits = [(b - a).days for a, b in pairwise(days) if (a, b) != (last, day)]
    if not last or not day or len(waits) < _FEWEST_WAITS:
        return 0
    usual = max(int(median(waits)), 1)
    return usual if (day - last).days > _TWICE * usual and day - last > _NO_WAIT else 0


def as_usual(case: Case) -> str:
    """Words for a total that is off by what several other reports moved."""
    times = _usual_movement(case)
    if times >= _PROGRAMME:
        return f", as much as each of {times} other reports moved: one more may be missing"
    if times := _usual_grants(case):
        return f", about as much as each of {times} grants of the holding brought: one more may be missing"
    return ""


def in_a_programme(case: Case) -> bool:
    """Whether a total is off by what several other reports moved each, or about what grants brought."""
    return _usual_movement(case) >= _PROGRAMME or _usual_grants(case) > 0


def _usual_movement(case: Case) -> int:
    """How many other filings moved just what a total is off by, but for a fraction.

    In a programme of equal trades a report that is missing leaves what each of them moved.
    """
    entry, before = case.entry, case.before
    if before is None or before.dossier is entry.dossier:
        return 0
    moved: dict[str, Decimal] = {}
    for other in case.position.entries:
        if other.dossier is not entry.dossier:
            moved[other.dossier.id] = moved.get(other.dossier.id, ZERO) + other.delta
    return sum(abs(size - entry.residual) < 1 for size in moved.values())


def _usual_grants(case: Case) -> int:
    """How many grants of a holding came one like the other, where one more lacks in its turn; else 0.

    A total is off by about what each of them brought, and so long after the last grant that another
    one was due between.
    """
    entry, before = case.entry, case.before
    if before is None or before.dossier is entry.dossier or entry.residual <= 0 or not entry.day:
        return 0
    came: dict[date, Decimal] = {}
    for other in case.position.entries:
        if other.line.code == "A" and other.delta > 0 and other.day:
            came[other.day] = came.get(other.day, ZERO) + other.delta
    past = [day for day in came if day < entry.day]
    if len(came) <= _PROGRAMME or not past:
        return 0
    least, most = min(came.values()), max(came.values())
    alike = (
        most <= _ALIKE * least
        and least <= _ALIKE * entry.residual
        and entry.residual <= _ALIKE * most
    )
    waits = [(b - a).days for a, b in pairwise(sorted(came)) if not a < entry.day <= b]
    usual = int(median(waits)) if waits else 0
    due = usual and (entry.day - max(past)).days >= usual + usual // _EARLY
    return len(came) if alike and due else 0


_ALIKE = Decimal("1.25")
"""How many times the smallest of grants that are alike the largest is, as the price goes up and down."""

_EARLY = 3
"""The part of the usual wait by which what follows a missing grant comes later, at least: a third."""


def as_dividends(case: Case) -> str:
    """Words for a total that gained as little, for the time since the last one, as others of the holding did.

    Dividends that are paid in shares come so, quarter by quarter, and need no row (Rule 16a-11).
    """
    gain = _gain(case.before, case.entry)
    others = (_gain(a, b) for a, b in pairwise(case.position.entries) if b is not case.entry)
    alike = sum(_at_one_rate(gain, other) for other in others if gain and other)
    if not alike or told_twice(case):
        return ""
    return f", about what dividends paid in shares bring: {alike + 1} totals of the holding gained at this rate"


def _gain(before: Posting | None, entry: Posting) -> _Gain | None:
    """What a total of another form has beyond its rows, and the shares and days that brought it.

    None where it has less, a share or two more, or more than dividends may bring.
    """
    held, off = entry.expected or ZERO, entry.residual
    if before is None or before.dossier is entry.dossier or not before.day or not entry.day:
        return None
    days = (entry.day - before.day).days
    most = held * (_YIELD_AT_ONCE + _YIELD_OF_A_DAY * days)
    return (off, held * days) if days > 0 and _FEW < off <= most else None


def _at_one_rate(one: _Gain, other: _Gain) -> bool:
    crosswise = one[0] * other[1], other[0] * one[1]
    return max(crosswise) <= _ONE_RATE * min(crosswise)


_Gain = tuple[Decimal, Decimal]
"""Shares that came, and for how many shares, day by day, together."""
_ONE_RATE = Decimal("1.5")
"""How many times one gain the other is of two that come at one rate, as the price goes up and down."""
_FEW = 2
"""Shares by which rounding may put a total off."""


def of_gathered_units(entry: Posting, before: Posting | None, title: str) -> str:
    """Words for units that an account gathers: dividends bring some without rows, and a fund's prices move a few."""
    level = entry.expected or ZERO
    if not gathers(title) or level <= 0:
        return ""
    days = (entry.day - before.day).days if before and entry.day and before.day else 0
    if 0 < entry.residual <= level * (_YIELD_AT_ONCE + _YIELD_OF_A_DAY * days):
        return "units that an account gathers gain as much by dividends, without rows"
    few = abs(entry.residual) <= level * _LITTLE
    return "so few that a plan's own reckoning may move as many" if few else ""


_YIELD_AT_ONCE, _YIELD_OF_A_DAY = Decimal("0.015"), Decimal("0.0002")
"""What part of an account one dividend brings, and what all of them do for each day."""
_LITTLE = Decimal("0.0005")
"""What part of it a plan's own reckoning moves, that counts units of a fund, from day to day."""
