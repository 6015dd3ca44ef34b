"""Filings that only repeat another one: the same rows under another name, or in another form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import cast

import msgspec

from ledger.types import FORMAT_RANK, Format
from projections.filings.dates import known_on
from projections.filings.owners import People, unnamed
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


class Earlier:
    """Filings met so far, by what any two sources of one have in common, and whose they are."""

    def __init__(self) -> None:
        self._count = 0
        self._like: dict[tuple[object, ...], list[tuple[int, Dossier]]] = {}
        self._crowds: dict[tuple[object, ...], list[tuple[int, Dossier]]] = {}

    def add(self, dossier: Dossier, owners: frozenset[str]) -> None:
        """Have a filing, which comes after all that were added before."""
        self._count += 1
        like, numbered = _roughly(dossier), (self._count, dossier)
        self._like.setdefault((like, _named(owners)), []).append(numbered)
        self._like.setdefault((like,), []).append(numbered)
        if _is_full(dossier):
            self._crowds.setdefault((like,), []).append(numbered)

    def repeated_by(self, dossier: Dossier, owners: frozenset[str]) -> Iterator[Dossier]:
        """Those that a filing may repeat, in turn: of its owners, or another part of a group."""
        like = _roughly(dossier)
        if _is_full(dossier):
            found = self._like.get((like,), [])
        else:
            own, crowds = self._like.get((like, _named(owners)), []), self._crowds.get((like,), [])
            found = sorted({n: (n, one) for n, one in (*own, *crowds)}.values()) if crowds else own
        yield from [one for _, one in found]


def repeats(
    dossier: Dossier, owners: frozenset[str], seen: Earlier, people: People
) -> Dossier | None:
    """The earlier filing that this one repeats: the same owners', or a group's other part."""
    moving = any(not line.holding for line in dossier.lines)
    mine = None
    for other in seen.repeated_by(dossier, owners):
        same = _same_owners(dossier, other, people)
        if same and another_source(dossier, other) and _corroborates(dossier, other):
            return other
        if not moving or not (same or _parts(dossier, other, owners, people)):
            continue
        mine = _rows(dossier) if mine is None else mine
        if _rows(other) == mine:
            return other
    seen.add(dossier, owners)
    return None


def _named(owners: frozenset[str]) -> frozenset[str]:
    return frozenset(key for key in owners if not unnamed(key))


def _same_owners(one: Dossier, other: Dossier, people: People) -> bool:
    """Whether nothing in two filings speaks against their being the same owners'.

    Of two that name nobody, equal facts under two accession numbers are two people's.
    """
    mine, theirs = people.keys(one), people.keys(other)
    numbered = one.head.accession and other.head.accession
    return mine == theirs or not (numbered or _named(mine) or _named(theirs))


def _is_full(dossier: Dossier) -> bool:
    """Whether a form names as many owners as it can, so that another one may name the rest."""
    return len(dossier.head.owners) >= _MOST_OWNERS


def _parts(one: Dossier, other: Dossier, owners: frozenset[str], people: People) -> bool:
    """Whether two filings can be one report of a group too large for a single form."""
    if not (_is_full(one) or _is_full(other)):
        return False
    near = abs(known_on(one) - known_on(other)) <= timedelta(days=3)
    return near and owners.isdisjoint(people.keys(other))


def better_sources(dossiers: Iterable[Dossier], people: People) -> dict[str, Dossier]:
    """By stream, the better source of each filing that was also read without its number.

    It stands whichever of the two the public could know first: a scan, or XML without a number,
    is known from the day on which it was signed, the submission from when it was accepted.
    """
    known = list(dossiers)
    lesser = [d for d in known if not d.head.accession]
    found: dict[str, Dossier] = {}
    for dossier in lesser:
        for other in known:
            if (
                _better(other, found.get(dossier.stream, dossier))
                and _roughly(other) == _roughly(dossier)
                and _same_owners(dossier, other, people)
                and _corroborates(dossier, other)
            ):
                found[dossier.stream] = other
    return found


_NAMELESS = ("html", "scanned")
"""Formats that print no accession number, by which to tell that two are one filing."""


def _better(other: Dossier, dossier: Dossier) -> bool:
    """Whether another source of a filing tells it better: by its format, or by its number."""
    if _rank(other) > _rank(dossier):
        return True
    named = other.head.accession is not None and dossier.head.accession is None
    alike = _rank(other) == _rank(dossier) and dossier.head.format not in _NAMELESS
    return named and alike and dossier.signed_on in (None, other.signed_on)


def _rank(dossier: Dossier) -> int:
    return FORMAT_RANK[cast("Format", dossier.head.format)]


def _roughly(dossier: Dossier) -> tuple[object, ...]:
    """What any two sources of one filing have in common, cheap to compare."""
    first = next((line.effective_on for line in dossier.lines if not line.holding), None)
    return (dossier.head.form, dossier.head.period, len(dossier.lines), first)


def another_source(one: Dossier, other: Dossier) -> bool:
    """Whether two filings may be one, read from two sources: of a scan, or a page without a name."""
    formats = {one.head.format, other.head.format}
    named = one.head.accession and other.head.accession
    return len(formats) == 2 and ("scanned" in formats or ("html" in formats and not named))


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
