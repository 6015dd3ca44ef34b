"""Histories as a plain-text ledger keeps them: changes by day, and totals to be found again.

A program for such ledgers adds up by day, while totals follow in the order of their reports: a
gift told late happened before totals that leave it out. Each total is therefore told with what
has to be added so that it is the sum of all changes up to its day: what the total counts beside
the position, and what happened by then but is told elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256
from itertools import accumulate
from typing import NamedTuple

from ledger import Ledger
from projections.answers import HistoryEntry, PositionHistory
from projections.bulk.tables import Asked, judged_of
from projections.filings.records import ZERO
from projections.identity.names import company_key
from projections.questions.history import history_of
from projections.snapshots.snapshot import Snapshots
from projections.snapshots.turning_days import FIRST

_LAST = date(2099, 12, 30)
"""The last day but one that beancount reads."""

CHECKED = ("opening", "agreed", "explained")
"""The verdicts on totals that follow, and that another program must find as well."""


class Asserted(NamedTuple):
    """A total that follows, as claimed, and what makes the sum of all changes of it.

    `by_day` is added for the sum up to the end of the day, `by_step` for that up to the entry.
    """

    claimed: Decimal
    by_day: Decimal
    by_step: Decimal


class Change(NamedTuple):
    """What one entry changed on its day: its own movement, and what no row or note tells.

    `asserted` is None where the entry has no total that follows.
    """

    on: date
    entry: HistoryEntry
    moved: Decimal
    untold: Decimal
    asserted: Asserted | None

    @property
    def amount(self) -> Decimal:
        """All that changed."""
        return self.moved + self.untold


class Account(NamedTuple):
    """A position as an account: what it was opened with, and its changes in order of days."""

    position: PositionHistory
    name: str
    commodity: str
    opened_on: date
    opening: Decimal
    changes: list[Change]


def accounts(ledger: Ledger, asked: Asked) -> Iterator[Account]:
    """Every position asked about as an account, one issuer after the other."""
    for judged, persons in judged_of(ledger, asked):
        for position in Snapshots(judged, persons).positions:
            yield account(history_of(judged, position, persons))


def account(position: PositionHistory) -> Account:
    """The account that a position's history is."""
    level = opening = _opening(position)
    days, told = _days(position.entries), []
    for entry, on in zip(position.entries, days, strict=True):
        after, moved = level, ZERO
        if entry.computed is not None:
            after, moved = entry.computed, _signed(entry)
        told.append(Change(on, entry, moved, after - level - moved, None))
        level = after
    return Account(
        position=position,
        name=_name(position),
        commodity=_commodity(position),
        opened_on=min(days, default=FIRST),
        opening=opening,
        changes=list(_placed(told, opening)),
    )


def _opening(position: PositionHistory) -> Decimal:
    """What was there before the first entry: as the history has it, else as its balance implies."""
    if position.opening is not None:
        return position.opening
    known = ((e.computed, _signed(e)) for e in position.entries if e.computed is not None)
    after, moved = next(known, (ZERO, ZERO))
    return after - moved


def _signed(entry: HistoryEntry) -> Decimal:
    """What an entry says it moved; nothing where it does not say which way."""
    if entry.shares is None or entry.direction is None:
        return ZERO
    return entry.shares if entry.direction == "acquired" else -entry.shares


def _days(entries: Sequence[HistoryEntry]) -> list[date]:
    """A day for every entry: its own or the last it may be of, else that of the one before."""
    days = [entry.effective_to or entry.effective_from for entry in entries]
    known = next((day for day in days if day), FIRST)
    return [known := min(max(day or known, FIRST), _LAST) for day in days]


def _placed(told: list[Change], opening: Decimal) -> Iterator[Change]:
    """The changes in order of their days, each total with what its sums take."""
    placed = sorted(enumerate(told), key=lambda step: (step[1].on, step[0]))
    sums = list(accumulate((change.amount for _, change in placed), initial=opening))[1:]
    by_day = {change.on: level for (_, change), level in zip(placed, sums, strict=True)}
    for (_, change), level in zip(placed, sums, strict=True):
        entry = change.entry
        if entry.verdict in CHECKED and entry.claimed is not None and entry.computed is not None:
            claim = entry.claimed
            found = Asserted(claim, by_day[change.on] - claim, level - claim)
            yield change._replace(asserted=found)
        else:
            yield change


def _name(position: PositionHistory) -> str:
    """An account of its own: the issuer, its owners, and which of their positions it is."""
    issuer = position.issuer["cik"] or _mark(_nameless(position))
    owners = "-".join(owner["cik"] or _mark(owner["name"] or "") for owner in position.owners)
    form = (position.ownership or "unstated").capitalize()
    return ":".join((f"Assets:Issuer-{issuer}", f"Owner-{owners}", form, _mark(position.position)))


def _commodity(position: PositionHistory) -> str:
    """A commodity for a class and series, whatever its title: letters, digits and dashes."""
    if position.unit == "dollars":
        return "USD"
    terms = (
        position.issuer["cik"] or _nameless(position),
        position.security,
        position.exercise_price,
        position.expires_on,
    )
    words = re.sub("[^A-Z0-9]+", "-", (position.security or "").upper()).strip("-")
    title = re.sub("^[^A-Z]+", "", words)[:12].strip("-") or "UNTITLED"
    return f"{title}-{_mark('/'.join(map(str, terms)))}"


def _nameless(position: PositionHistory) -> str:
    """What an issuer is known by of which no filing says the CIK: its name, however it is spelt."""
    return company_key(position.issuer["name"] or "")


def _mark(text: str) -> str:
    """A short name for a text: the same for the same text."""
    return sha256(text.encode()).hexdigest()[:8].upper()
