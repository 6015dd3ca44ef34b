"""What somebody holds of one class in all: directly, by vehicles, and of both what others share.

Only stock is added up, that of Table II by itself: options and units are of many terms, and
dollars of none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from projections.answers import Holding
from projections.identity.names import company_key, is_a_body, person_key
from projections.identity.securities import class_tokens, derivative_kind
from projections.sums import ClassSum, LeftOut


def class_sums(holdings: Iterable[Holding]) -> Iterator[ClassSum]:
    """The sum of each class of which somebody has several holdings, in their order.

    A pool that several people report together is one holding, and so counted once. What is
    not known makes the sum a range, or leaves it without an upper bound; so do two holdings
    that may be one, of which at least the larger is there.
    """
    classes: dict[object, list[Holding]] = {}
    for one in holdings:
        if adds_up(one):
            classes.setdefault(class_of(one), []).append(one)
    for own in classes.values():
        parts = counted(own)
        if len(parts) > 1:
            yield summed(parts, own)


def counted(own: Iterable[Holding]) -> list[Holding]:
    """Those of some holdings that a sum of shares counts."""
    return [one for one in own if one.value is None and one.shares != 0]


def by_name(holding: Holding) -> tuple[str, ...]:
    """The order in which holdings are told: by issuer, person and what is held."""
    return (
        holding.issuer["cik"] or "",
        holding.issuer["name"] or "",
        holding.person["name"] or "",
        holding.person["cik"] or "",
        holding.table,
        holding.security or "",
        holding.ownership or "",
        holding.nature,
        str(holding.exercise_price or ""),
        str(holding.expires_on or ""),
        holding.position,
    )


_STOCK = re.compile(r"\b(?:common|preferred|class|series)\b.*\b(?:stock|shares?)\b", re.IGNORECASE)


def adds_up(one: Holding) -> bool:
    """Whether a holding is stock: of Table I, or of a class of Table II that converts, and never expires."""
    return one.table == "I" or _converts(one)


def _converts(one: Holding) -> bool:
    title = one.security or ""
    return (
        one.expires_on is None
        and derivative_kind(title) in ("share", "preferred")
        and _STOCK.search(title) is not None
    )


def class_of(one: Holding) -> object:
    """Whose holding of which class it is, whatever its title is on the day."""
    names = (one.issuer["name"] or "", one.issuer.get("symbol") or "")
    return (
        one.table,
        *(one.issuer["cik"] or names[0], one.person["cik"] or one.person["name"]),
        class_tokens(one.security or "", *names),
    )


def summed(parts: Sequence[Holding], own: Sequence[Holding]) -> ClassSum:
    """The sum of what is held, beside what of the class it does not count."""
    last = max(parts, key=lambda one: (one.last_claim_on is not None, str(one.last_claim_on)))
    titles = [one.security for one in parts]
    highs = [one.shares_high for one in parts if one.shares_high is not None]
    lows = (max(one.shares_low or Decimal(0) for one in same) for same in may_be_one(parts))
    return ClassSum(
        person=last.person,
        issuer=last.issuer,
        security=max(titles, key=lambda title: (titles.count(title), title == last.security)),
        holdings=len(parts),
        shares=_all(parts),
        shares_low=sum(lows, Decimal(0)),
        shares_high=sum(highs, Decimal(0)) if len(highs) == len(parts) else None,
        direct=_all([one for one in parts if one.ownership == "direct" and not _of_another(one)]),
        indirect=_all([one for one in parts if one.ownership == "indirect" or _of_another(one)]),
        shared=_all([one for one in parts if len(one.owners) > 1]),
        doubted=any(one.doubted for one in parts),
        left_out=tuple(_left_out(own)),
        table=last.table,
    )


def _of_another(one: Holding) -> bool:
    """Whether what a joint form has as direct is its notes' named holder's, who is not the person."""
    holder, name = one.holder or "", one.person["name"] or ""
    if one.ownership != "direct" or not holder or not name:
        return False
    if is_a_body(holder) or is_a_body(name):
        return company_key(holder) != company_key(name)
    mine, its = set(person_key(name).split()), set(person_key(holder).split())
    return not (mine <= its or its <= mine)


def may_be_one(parts: Sequence[Holding]) -> list[list[Holding]]:
    """Some holdings, those together of which a finding says that they may be one under two names."""
    groups: list[list[Holding]] = []
    for one in parts:
        near = [some for some in groups if any(_may_be(one, other) for other in some)]
        groups = [some for some in groups if some not in near]
        groups.append([*(other for some in near for other in some), one])
    return groups


def _may_be(one: Holding, other: Holding) -> bool:
    named = other.nature in one.may_be or one.nature in other.may_be
    return named and not set(one.doubts).isdisjoint(other.doubts)


def _all(parts: Sequence[Holding]) -> Decimal | None:
    """How many shares some holdings are; None where one is not known exactly, or two may be one."""
    if any(len(same) > 1 for same in may_be_one(parts)):
        return None
    total = Decimal(0)
    for one in parts:
        if one.shares is None:
            return None
        total += one.shares
    return total


def _left_out(own: Iterable[Holding]) -> Iterator[LeftOut]:
    """What filings say of a class that no sum of its holdings counts."""
    for one in own:
        yield from one.left_out
        if one.value:
            yield LeftOut(None, one.value, one.evidence[0])
