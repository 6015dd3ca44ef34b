"""The days of a filing: when it became known, when it became public."""

from __future__ import annotations

from datetime import date, timedelta

from ledger.types import eastern_day
from projections.filings.records import Dossier

GAP = timedelta(days=400)
"""How long without a report makes a missing one likely: a year's, and a month to file it."""


def gap_between(before: date | None, day: date | None) -> bool:
    """Whether so long lies between two reports that one in between is likely missing."""
    return before is not None and day is not None and day - before > GAP


def known_on(dossier: Dossier) -> date:
    """The day, on EDGAR's clock, on which the public could know of the filing."""
    return eastern_day(dossier.known.at)


def public_on(dossier: Dossier) -> date | None:
    """The day the filing became public on EDGAR's clock, or was signed where that is all."""
    accepted = dossier.head.accepted_at
    return dossier.head.filed_on or (eastern_day(accepted) if accepted else dossier.signed_on)


def speaks_on(dossier: Dossier) -> date:
    """The day in whose turn a filing stands: an amendment speaks as of what it amends.

    That day counts only where the amendment stands alone, its original not being here.
    """
    day = known_on(dossier)
    original = dossier.head.original_on if dossier.amends else None
    return min(day, original or day)
