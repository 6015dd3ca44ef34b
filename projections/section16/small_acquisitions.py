"""Small acquisitions, which may wait for Form 5, and the day on which they may no longer.

Exchange Act Rule 16a-6: an acquisition that is not from the issuer waits while it and what was
acquired of its class in the six months before, and not reported yet, come to no more than
$10,000, and while no disposition that is not exempt follows within six months. From the day on
which that is no longer so, all of it that is not reported is due on Form 4.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ledger.codes import CODES
from ledger.types import multiplied
from projections.filings.dates import public_on
from projections.filings.records import Dossier, Line
from projections.identity.securities import class_tokens, same_class
from projections.issuer import Folded
from projections.section16.deadlines import six_months_after

LIMIT = Decimal(10_000)
"""Dollars of one class in six months: Rule 16a-6(a)."""


class _Trade(NamedTuple):
    """A trade that is not exempt from Section 16(b): when, for how much, public since when."""

    on: date
    dollars: Decimal | None
    public: date
    acquired: bool
    tokens: frozenset[str]


def may_be_small(line: Line) -> bool:
    """Whether its filer takes a row for a small acquisition: by its code, or a purchase that waits."""
    return line.code == "L" or (
        line.code == "P" and line.form_type == "5" and line.direction == "acquired"
    )


def dollars_of(line: Line) -> Decimal | None:
    """What a row cost, None where its amount or its price is unknown."""
    if line.value is not None:
        return line.value
    return (
        None
        if line.shares is None or not line.price
        else multiplied(line.shares, Fraction(line.price))
    )


def due_since(dossier: Dossier, line: Line, folded: Folded) -> date | None:
    """The day since which a small acquisition may wait no longer, None while it may.

    What nothing gives a price counts nothing, so None is no promise there.
    """
    day = line.effective_on
    if day is None:
        return None
    tokens, until = _class_of(line), six_months_after(day)
    near = list(_trades_near(day, until, dossier, folded))
    sold = [t.on for t in near if not t.acquired and day <= t.on]
    over = [
        on
        for on in {t.on for t in near if t.acquired and day <= t.on} | {day}
        if _sum(near, on, tokens) > LIMIT
    ]
    return min((*sold, *over), default=None)


def _sum(near: list[_Trade], on: date, tokens: frozenset[str]) -> Decimal:
    """The dollars acquired of a class in the six months up to a day, and not public by then."""
    return sum(
        (
            trade.dollars
            for trade in near
            if trade.acquired
            and trade.dollars is not None
            and trade.on <= on <= six_months_after(trade.on)
            and trade.public > on
            and same_class(trade.tokens, tokens) is not False
        ),
        Decimal(0),
    )


def _trades_near(day: date, until: date, dossier: Dossier, folded: Folded) -> Iterator[_Trade]:
    """The trades of a filing's owners, from six months before a day to another, that stand."""
    owners = folded.people.keys(dossier)
    for filing in folded.roll.standing:
        if not folded.people.keys(filing.dossier) & owners:
            continue
        public = public_on(filing.dossier) or date.max
        for _, line in filing.told:
            code, on = CODES.get(line.code or ""), line.effective_on
            if line.holding or line.direction is None or code is None or code.exempt:
                continue
            if on is not None and on <= until and day <= six_months_after(on):
                acquired = line.direction == "acquired"
                yield _Trade(on, dollars_of(line), public, acquired, _class_of(line))


def _class_of(line: Line) -> frozenset[str]:
    return class_tokens((line.underlying if line.table == "II" else None) or line.security or "")
