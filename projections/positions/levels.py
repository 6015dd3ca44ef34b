"""How much is held on a day, as far as anything says: a number, or between which two."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from projections.filings.records import ZERO
from projections.positions.entries import Posting


class Gone(NamedTuple):
    """Shares that left a position after its last line, as a note says.

    Not before `since`, and by another day `least` of them, and no more than `most`: None where
    it may be all there was. `kind` is that of the statement, to which `said` refers.
    """

    least: Decimal
    most: Decimal | None
    since: date | None
    by: date | None
    said: str
    kind: str = ""


class Level(NamedTuple):
    """The shares on a day: the number, or None with its bounds; why; and since when."""

    shares: Decimal | None
    low: Decimal | None
    high: Decimal | None
    basis: str
    since: date | None
    entry: Posting | None
    evidence: tuple[str, ...] = ()

    @classmethod
    def exactly(
        cls,
        shares: Decimal | None,
        basis: str,
        *,
        since: date | None,
        entry: Posting | None,
        evidence: tuple[str, ...] = (),
    ) -> Level:
        """A number that has no other for a bound; None where nothing at all is known."""
        return cls(
            shares=shares,
            low=shares,
            high=shares,
            basis=basis,
            since=since,
            entry=entry,
            evidence=evidence,
        )

    def up_to(self, more: Decimal, since: date | None, ref: str) -> Level:
        """The level where so many shares may have come besides since a day, as a note says."""
        if self.high is None:
            return self
        return self._replace(
            shares=None,
            high=self.high + more,
            basis="derived",
            since=since,
            evidence=(*self.evidence, ref),
        )

    def less(self, shares: Decimal, since: date | None, ref: str) -> Level:
        """The level where so many shares have gone since a day, as a line says."""
        return self.without(Gone(shares, shares, since, since, ref), since)

    def without(self, gone: Gone, day: date | None) -> Level:
        """The level of a day without what a note says has gone."""
        began = day is None or gone.since is None or gone.since <= day
        if not self.high or not began:
            return self
        over = day is None or gone.by is None or gone.by <= day
        high = max(self.high - gone.least, ZERO) if over else self.high
        low = ZERO if gone.most is None or self.low is None else max(self.low - gone.most, ZERO)
        return self._replace(
            shares=high if low == high else None,
            low=low,
            high=high,
            basis="derived",
            since=gone.by if over else gone.since,
            evidence=tuple(dict.fromkeys((*self.evidence, gone.said))),
        )

    def ranging(self, less: Decimal, more: Decimal, ref: str) -> Level:
        """The level where it may be less, or more, by so much, as a line says."""
        if self.low is None or self.high is None:
            return self
        return self._replace(
            shares=None,
            low=self.low + less,
            high=self.high + more,
            basis="derived" if self.basis == "reported" else self.basis,
            evidence=tuple(dict.fromkeys((*self.evidence, ref))),
        )
