"""The days of a filing: when it became known, when it became public."""

from __future__ import annotations

from datetime import date

from ledger.types import EASTERN
from projections.filings.records import Dossier


def known_on(dossier: Dossier) -> date:
    """The day in UTC on which the public could know of the filing."""
    return dossier.known.at.date()


def public_on(dossier: Dossier) -> date | None:
    """The day the filing became public on EDGAR's clock, or was signed where that is all."""
    accepted = dossier.head.accepted_at
    return dossier.head.filed_on or (
        accepted.astimezone(EASTERN).date() if accepted else dossier.signed_on
    )
