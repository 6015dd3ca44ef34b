"""A total that adds an owner's positions of one class: which of them it may add, and how far."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from projections.filings.records import Dossier
from projections.positions.entries import Entry, Posting
from projections.positions.position import Position


def stands(position: Position, _: Dossier) -> Decimal | None:
    """Where a position stands once a filing is posted."""
    return position.balance


def stood(position: Position, dossier: Dossier) -> Decimal | None:
    """Where a position stood before a filing, whose rows may move shares to it one by one."""
    past = [e for e in position.entries if e.dossier is not dossier]
    return past[-1].balance if past else position.opened


def lapsed(position: Position, entry: Entry) -> bool:
    """Whether a series had expired before an entry's day: no total counts it any more."""
    expiry = position.series[1]
    return expiry is not None and entry.day is not None and expiry < entry.day


def strayed(entry: Posting, position: Position, others: Sequence[Position]) -> bool:
    """Whether a row carries on the whole balance of one position in other hands.

    Where its own position had nothing, such a total is as well that other position's, and
    the row stands under the wrong holder: what comes later decides, not a habit of adding.
    """
    if entry.claim is None or entry.prior:
        return False
    opening = entry.claim - entry.delta
    near = [p for p in others if p.series == position.series and p.balance == opening]
    return bool(entry.delta) and len(near) == 1 and near[0].form != position.form
