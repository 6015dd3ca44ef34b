"""What somebody holds of one class in all: directly, by vehicles, and of both what others share.

Only stock of Table I is added up: options and units are of many terms, and dollars of none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from projections.answers import ClassSum, Holding
from projections.identity.securities import class_tokens


def class_sums(holdings: Iterable[Holding]) -> Iterator[ClassSum]:
    """The sum of each class of which somebody has several holdings, in their order.

    A pool that several people report together is one holding, and so counted once. What is
    not known makes the sum a range, or leaves it without an upper bound.
    """
    classes: dict[object, list[Holding]] = {}
    for one in holdings:
        if one.table == "I" and one.value is None:
            classes.setdefault(_class_of(one), []).append(one)
    for own in classes.values():
        parts = [one for one in own if one.shares != 0]
        if len(parts) > 1:
            yield _summed(parts)


def _class_of(one: Holding) -> object:
    names = (one.issuer["name"] or "", one.issuer.get("symbol") or "")
    return (
        *(one.issuer["cik"] or names[0], one.person["cik"] or one.person["name"]),
        class_tokens(one.security or "", *names),
    )


def _summed(parts: Sequence[Holding]) -> ClassSum:
    last = max(parts, key=lambda one: (one.last_claim_on is not None, str(one.last_claim_on)))
    highs = [one.shares_high for one in parts if one.shares_high is not None]
    return ClassSum(
        person=last.person,
        issuer=last.issuer,
        security=last.security,
        holdings=len(parts),
        shares=_all(parts),
        shares_low=sum((one.shares_low or Decimal(0) for one in parts), Decimal(0)),
        shares_high=sum(highs, Decimal(0)) if len(highs) == len(parts) else None,
        direct=_all([one for one in parts if one.ownership == "direct"]),
        indirect=_all([one for one in parts if one.ownership != "direct"]),
        shared=_all([one for one in parts if len(one.owners) > 1]),
        doubted=any(one.doubted for one in parts),
    )


def _all(parts: Iterable[Holding]) -> Decimal | None:
    """How many shares some holdings are; None where one is not known exactly."""
    total = Decimal(0)
    for one in parts:
        if one.shares is None:
            return None
        total += one.shares
    return total
