"""Where a filing's direct holdings of stock begin and end: what shows that filings go on from each other.

A report about one company under another's number goes on from what its owner had at the right
one. So an owner's balances are marks of the issuers that they are reported at: two issuers that
one owner had just as many of, to the share, are looked at together.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator
from decimal import Decimal
from hashlib import sha256
from typing import Protocol

from projections.filings.records import ZERO, Dossier


class Row(Protocol):
    """What there must be of a line."""

    table: str
    security: str | None
    direction: str | None
    shares: Decimal | None
    shares_after: Decimal | None
    ownership: str | None


def joints_of(dossier: Dossier) -> frozenset[str]:
    """The marks of a filing, worked out once: it is held against each company its owner reports on."""
    known: frozenset[str] | None = dossier.__dict__.get(_KEPT)
    if known is None:
        owners = (owner.cik for owner in dossier.head.owners)
        known = frozenset(joints(owners, dossier.head.form, dossier.lines))
        dossier.__dict__[_KEPT] = known
    return known


_KEPT = "joints_of"


def joints(owners: Iterable[str | None], form: str, rows: Iterable[Row]) -> set[str]:
    """The marks of a filing of one owner: by class of stock, its balance before the rows and after."""
    ciks = [*owners]
    if len(ciks) != 1 or ciks[0] is None or form not in ("3", "4", "5"):
        return set()
    levels = {level for ends in _levels(rows) for level in ends if level > _FEW}
    ends = (f"{ciks[0]}/{level.normalize():f}".encode() for level in levels)
    return {f"j:{short(end, 6)}" for end in ends}


_FEW = 100
"""Up to so many shares one may well have at two companies."""


def _levels(rows: Iterable[Row]) -> Iterator[tuple[Decimal, Decimal]]:
    """By title of directly held stock, how much there was before a filing's rows, and after them."""
    moved: dict[str | None, Decimal] = {}
    left: dict[str | None, Decimal] = {}
    for row in rows:
        if row.table != "I" or row.ownership != "direct":
            continue
        title, amount = row.security, row.shares or ZERO
        change = amount if row.direction == "acquired" else -amount
        moved[title] = moved.get(title, ZERO) + (change if row.direction else ZERO)
        if row.shares_after is not None:
            left[title] = row.shares_after
    for title, level in left.items():
        yield level - moved[title], level


def short(text: bytes, size: int) -> str:
    """What stands for a text in a mark, which is kept twice for each filing: so many bytes of its SHA-256."""
    return urlsafe_b64encode(sha256(text).digest()[:size]).decode()
