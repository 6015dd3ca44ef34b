"""The shapes of what holdings of one class are in all, and of what is not counted in them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

Name = dict[str, str | None]
"""A person (`cik`, `name`) or an issuer (`cik`, `name`, `symbol`)."""


class LeftOut(msgspec.Struct, frozen=True):
    """What a filing says is held, and no holding here counts.

    `shares` is a total that is set aside, because another of its form contradicts it, `value` what
    is counted in dollars and so in no sum of shares; one of them is null. `source` is the row.
    """

    shares: Decimal | None
    value: Decimal | None
    source: str


class ClassSum(msgspec.Struct, frozen=True):
    """All that a person holds of one class of an issuer's stock, in so many `holdings`.

    `direct` is what the person holds directly, `indirect` what vehicles hold, and joint owners that
    a note names, `shared` what of all others share; each None where a part is not known. The whole
    has besides what no line says how it is held. `shares` is the whole, or None with its bounds;
    where two holdings may be one, the lower one counts the larger of them alone. Of a person asked
    for by name, all is counted; of all persons, what several share under the first of them alone.
    `left_out` is what filings say besides and the sum does not count. `table` is II for a class of
    stock that converts into another.
    """

    person: Name
    issuer: Name
    security: str | None
    holdings: int
    shares: Decimal | None
    shares_low: Decimal | None
    shares_high: Decimal | None
    direct: Decimal | None
    indirect: Decimal | None
    shared: Decimal | None
    doubted: bool
    left_out: tuple[LeftOut, ...] = ()
    table: str = "I"


class ClassTotal(msgspec.Struct, frozen=True):
    """A total that a filing gives of all series of a derivative together, and no holding has.

    `shares` is that total, after a row of the day `reported_on`, `source` the row. `in_holdings` of
    them are in series that have a holding here, the others in series that no filing here tells of; None
    where nobody says how many.
    """

    person: Name
    issuer: Name
    security: str | None
    shares: Decimal
    reported_on: date | None
    in_holdings: Decimal | None
    source: str


class StakeLevel(msgspec.Struct, frozen=True):
    """What somebody has held of a class since a day, in so many `holdings`.

    `shares` is the whole, or None with its bounds; `shared` what of it others share, None where that
    is not known. `doubted` is as a sum's; `inferred` says that a part is what a first report, of a
    later day, implies. `left_out` is what filings say besides and the level does not count.
    """

    on: date
    shares: Decimal | None
    shares_low: Decimal | None
    shares_high: Decimal | None
    shared: Decimal | None
    holdings: int
    doubted: bool
    inferred: bool
    left_out: tuple[LeftOut, ...] = ()


class NothingOwned(msgspec.Struct, frozen=True):
    """That somebody owned no securities of an issuer, as an initial statement reports.

    Of the day `reported_on`, its period, until something is reported: then it is told no more.
    `source` is the filing.
    """

    person: Name
    issuer: Name
    reported_on: date | None
    source: str
