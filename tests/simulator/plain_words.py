"""Notes in plain words: how shares were lost or split as anybody would say it.

None of these wordings was looked at when the reader's phrases were grown. Each kind has
innocent neighbours, which use its words for what has not happened.
"""

from __future__ import annotations

from datetime import date
from random import Random

LOSSES: dict[str, tuple[str, ...]] = {
    "forfeiture": (
        "On {day} the company cancelled {shares} of the reporting person's unvested shares.",
        "{shares} shares went back to the issuer on {day}, having been repurchased by it.",
        "{shares} restricted shares were surrendered to the company for no payment on {day}.",
        "{shares} of the shares lapsed unvested on {day}.",
    ),
    "withholding": (
        "{shares} shares were withheld on {day} for taxes due.",
        "On {day} the issuer withheld {shares} shares to satisfy a tax obligation.",
        "The total is net of {shares} shares that were withheld for tax on {day}.",
    ),
    "delivery": (
        "On {day} {shares} shares were delivered to a counterparty to settle a forward contract.",
        "{shares} shares were lent to a third party on {day}.",
        "{shares} shares were given up on {day} in an exchange offer.",
        "On {day} the lender took {shares} shares after a default.",
        "A broker sold {shares} shares in error on {day}.",
        "{shares} shares were used on {day} to repay a loan.",
    ),
}
"""By cause, how a note tells of shares that are gone."""

GAINS = (
    "Includes {shares} shares received on {day} in the merger of a bank into the issuer.",
    "On {day} {shares} shares were distributed to the reporting person in the spin-off of the issuer.",
    "{shares} shares were released to the reporting person out of escrow on {day}.",
    "On {day} the reporting person took {shares} shares for a debt that the company owed.",
    "Reflects {shares} shares issued at the closing of the business combination on {day}.",
)
"""How a note tells of shares that came in a change of companies, out of escrow or for a debt."""

SPLITS = (
    "Each share was subdivided into {new} shares on {day}.",
    "On {day} every share of the issuer was divided into {new}.",
    "Adjusted for the split of {new} for 1, effective at 12:01 a.m. Mountain Time on {day}.",
)
CONSOLIDATIONS = (
    "A consolidation of every {old} shares into one took effect on {day}.",
    "On {day} each {old} shares were consolidated into one share.",
    "Reflects a 1-for-{old} reverse split. The reverse split was put into effect on {day}.",
)
NOT_YET = (
    "Of these, {shares} shares will be cancelled unless the goals for the year are met.",
    "Includes {shares} shares that the company may repurchase if employment ends.",
    "Includes {shares} shares, which vest in a year unless earlier forfeited.",
    "Includes {shares} shares, part of which will be withheld for tax on vesting.",
    "Includes {shares} shares, which remain in escrow until a year after the merger.",
    "Includes {shares} shares, which the reporting person has agreed to tender in an exchange offer.",
    "Includes {shares} shares, which are pledged to a lender that may sell them upon a default.",
)
"""Innocent neighbours: what a total consists of, in the words of a loss."""

_MONTHS = "January February March April May June July August September October November December"


def loss(chance: Random, shares: int, on: date) -> tuple[str, str]:
    """A cause, and a note that tells of so many shares lost by it on a day."""
    cause = chance.choice(tuple(LOSSES))
    return cause, _said(chance, LOSSES[cause], on, shares=f"{shares:,}")


def gain(chance: Random, shares: int, on: date) -> str:
    """A note that tells of so many shares that came on a day, neither traded nor from a plan."""
    return _said(chance, GAINS, on, shares=f"{shares:,}")


def split(chance: Random, new: int, old: int, on: date) -> str | None:
    """A split of each share, or a consolidation into one; None for any other ratio."""
    if old == 1:
        return _said(chance, SPLITS, on, new=new)
    return _said(chance, CONSOLIDATIONS, on, old=old) if new == 1 else None


def not_yet(chance: Random, shares: str) -> str:
    """What a total is partly made of, in the words of a loss that has not come."""
    return chance.choice(NOT_YET).format(shares=shares)


def _said(chance: Random, wordings: tuple[str, ...], on: date, **values: object) -> str:
    day = f"{_MONTHS.split()[on.month - 1]} {on.day}, {on.year}"
    return chance.choice(wordings).format(day=day, **values)
