"""Filings that only repeat another one: the same rows under another name, or in another form."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import msgspec

from projections.filings.dates import known_on
from projections.filings.owners import People
from projections.filings.records import Dossier, Line
from projections.identity.securities import class_tokens
from projections.identity.vehicles import vehicle_key

_MOST_OWNERS = 10
"""How many owners one form can name (EDGAR Ownership XML Technical Specification)."""


class Repeated(msgspec.Struct):
    """A filing that repeats another: the same facts under another name."""

    dossier: Dossier
    original: Dossier
    how: str


def repeats(
    dossier: Dossier,
    owners: frozenset[str],
    seen: dict[tuple[object, ...], list[Dossier]],
    people: People,
) -> Dossier | None:
    """The earlier filing that this one repeats: the same owners', or a group's other part."""
    moving = [line for line in dossier.lines if not line.holding]
    if not moving:
        return None
    first = moving[0]
    cheap = (dossier.head.form, dossier.head.period, len(dossier.lines), first.effective_on)
    like = seen.setdefault(cheap, [])
    mine = None
    for other in like:
        same = people.keys(other) == owners
        if same and one_scanned(dossier, other) and _corroborates(dossier, other):
            return other
        if not (same or _parts(dossier, other, owners, people)):
            continue
        mine = _rows(dossier) if mine is None else mine
        if _rows(other) == mine:
            return other
    like.append(dossier)
    return None


def _parts(one: Dossier, other: Dossier, owners: frozenset[str], people: People) -> bool:
    """Whether two filings can be one report of a group too large for a single form."""
    if max(len(one.head.owners), len(other.head.owners)) < _MOST_OWNERS:
        return False
    near = abs(known_on(one) - known_on(other)) <= timedelta(days=3)
    return near and owners.isdisjoint(people.keys(other))


def one_scanned(one: Dossier, other: Dossier) -> bool:
    """Whether one of two filings is a scan, and the other is not."""
    return (
        "scanned" in (one.head.format, other.head.format)
    ) and one.head.format != other.head.format


def _corroborates(one: Dossier, other: Dossier) -> bool:
    """Whether a scan says what the better source says, as far as it can be read."""
    return all(
        all(a is None or b is None or a == b for a, b in zip(mine, theirs, strict=True))
        for mine, theirs in zip(map(_content, one.lines), map(_content, other.lines), strict=True)
    )


def _rows(dossier: Dossier) -> Counter[tuple[object, ...]]:
    return Counter(_content(line) for line in dossier.lines)


def _content(line: Line) -> tuple[object, ...]:
    return (
        line.table,
        line.holding,
        class_tokens(line.security or ""),
        line.effective_on,
        line.code,
        line.shares,
        line.value,
        line.direction,
        line.price,
        line.shares_after,
        line.value_after,
        line.ownership,
        vehicle_key(line.nature),
        line.exercise_price,
        line.expires_on,
    )
