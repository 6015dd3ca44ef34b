"""When the public could know of a filing: the moment, and what it rests on."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from ledger.types import EASTERN, KnownBasis, eastern_day, end_of_day, instant


class Known(NamedTuple):
    """When the public could know: the moment, and what it rests on."""

    at: datetime
    basis: KnownBasis

    @property
    def text(self) -> str:
        """The moment as it was stated: an instant in UTC, or a day."""
        if self.basis == "acceptance":
            return instant(self.at)
        return self.on.isoformat() if self.on else "unknown"

    @property
    def on(self) -> date | None:
        """The day on EDGAR's clock, None where it is unknown."""
        return None if self.basis == "unknown" else eastern_day(self.at)

    @property
    def words(self) -> str:
        """The moment as people read it, on EDGAR's clock: `2025-01-15 20:45 Eastern`, or a day."""
        if self.basis == "acceptance":
            return f"{self.at.astimezone(EASTERN):%Y-%m-%d %H:%M} Eastern"
        return self.text


def known(
    accepted_at: datetime | None,
    filed_on: date | None,
    signed_on: date | None,
    period: date | None,
) -> Known:
    """The knowledge clock and its basis; a bare date means the end of that day.

    Nobody could know before the day that the form is about: a signature of before it, given in
    advance or with a slip in it, dates nothing.
    """
    if accepted_at is not None:
        return Known(accepted_at, "acceptance")
    if signed_on is not None and period is not None and signed_on < period:
        signed_on = None
    dated: tuple[tuple[date | None, KnownBasis], ...] = (
        (filed_on, "filing-date"),
        (signed_on, "signature"),
        (period, "period"),
    )
    for day, basis in dated:
        if day is not None:
            return Known(end_of_day(day), basis)
    return Known(end_of_day(date(9999, 12, 30)), "unknown")
