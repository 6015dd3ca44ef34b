"""What of another holding a total may count: where that stands, stood, or is by its own rows."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from projections.filings.records import ZERO, Dossier
from projections.positions.entries import Entry
from projections.positions.position import Position

Level = Callable[[Position, Dossier], Decimal | None]


def stands(position: Position, _: Dossier) -> Decimal | None:
    """Where a position stands once a filing is posted."""
    return position.balance


def stood(position: Position, dossier: Dossier) -> Decimal | None:
    """Where a position stood before a filing, whose rows may move shares to it one by one."""
    past = [e for e in position.entries if e.dossier is not dossier]
    return past[-1].balance if past else position.opened


def beside_the_same(total: Entry) -> Level:
    """Where positions are, those by their own rows whose lines show the very same total as another: that of all."""

    def level(position: Position, dossier: Dossier) -> Decimal | None:
        told = [e for e in position.entries if e.dossier is dossier]
        if not told or told[-1].claim != total.claim or told[-1].scope is not None:
            return position.balance
        before = stood(position, dossier)
        return None if before is None else before + sum((e.delta for e in told), ZERO)

    return level
