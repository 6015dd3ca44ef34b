"""Totals of an account as of a day before rows that were reported since: by an older statement.

An account's number is often taken from its last statement, which a note names by its day. Where
rows of the account are dated after that day, and reported before the total, the statement does not
count them: the total is what was there before them, and off by what they moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from ledger.footnotes.held_as_of import statement_day
from projections.filings.amendments import Standing
from projections.filings.records import ZERO, Line, Told
from projections.identity.plans import plan_key
from projections.identity.vehicles import vehicle_key
from projections.positions.entries import Astray, Entry
from projections.positions.reports import Ends, Reports, holding_of

OLDER = "older-statement"
"""Why a total is off: it is as of a day before rows that were told already."""

_GAINED = 4
"""An account may have gained or lost, beside the rows, this part of what they moved at most."""


def by_older_statements(
    standing: Sequence[Standing], reports: Reports
) -> Iterator[list[tuple[Line, Astray]]]:
    """Lines whose total is as of a day before rows that earlier reports told of the account."""
    for filing in standing:
        for told in filing.told:
            day = _stated_day(told)
            if day is not None and (off := _not_counted(filing, told, day, reports)) is not None:
                yield [(told[1], off)]


def _stated_day(told: Told) -> date | None:
    """The day of the statement from which the total of a listed account is, by its notes."""
    dossier, line = told
    if line.shares_after is None or line.in_dollars or not line.notes:
        return None
    if not plan_key(vehicle_key(line.nature or "")):
        return None
    days = {statement_day(dossier.text_of(note)) for note in line.notes} - {None}
    return days.pop() if len(days) == 1 else None


def _not_counted(filing: Standing, told: Told, day: date, reports: Reports) -> Astray | None:
    """The error of a total, where it is what was there before rows that came after its day.

    A note may be carried on from an older form, above a total that counts all: what was there
    before the rows and after them, and the next total, tell which it is.
    """
    own = Entry.of(*told).delta
    if own and not _alone(filing, told, reports):
        return None
    last, since = _since(filing, told, day, reports)
    moved = sum((entry.delta for entry in since), ZERO)
    total = (told[1].shares_after or ZERO) - own
    if last is None or not moved or abs(total + moved - last) * _GAINED > abs(moved):
        return None
    following = _following(filing, told, day, reports)
    if following is not None and not _nearer(following.opening - own, total + moved, total):
        return None
    latest = since[-1]
    return Astray(OLDER, -moved, (latest.dossier, latest.line))


def _alone(filing: Standing, told: Told, reports: Reports) -> bool:
    """Whether a row is the only line of its form about an account."""
    found = (ends.entries for ends in reports.ends(filing).values())
    return any(len(entries) == 1 and entries[0].line is told[1] for entries in found)


def _since(
    filing: Standing, told: Told, day: date, reports: Reports
) -> tuple[Decimal | None, list[Entry]]:
    """Where the last report before a filing leaves an account, and the rows dated after a day."""
    what, level = holding_of(*told), None
    since: list[Entry] = []
    for other in reports.earlier_of(filing):
        for (_, *rest), ends in reports.ends(other).items():
            if tuple(rest) == what:
                level = ends.closing
                since += [e for e in ends.entries if e.delta and e.day and e.day > day]
    return level, since


def _following(filing: Standing, told: Told, day: date, reports: Reports) -> Ends | None:
    """The next report of an account that is not by the same statement."""
    holding = (reports.owners(filing), *holding_of(*told))
    for ends in reports.after(filing, holding):
        if not any(_stated_day((e.dossier, e.line)) == day for e in ends.entries):
            return ends
    return None


def _nearer(level: Decimal, one: Decimal, other: Decimal) -> bool:
    return abs(level - one) < abs(level - other)
