"""Filings as one speaks of them: by form and day, `Form 5 signed 2005-02-04`."""

from __future__ import annotations

from collections.abc import Iterable

from ledger import Ledger
from ledger.addresses import stream_of
from ledger.knowledge import Known
from ledger.types import KnownBasis, normal_accession
from projections.views.catching_up import current

_DATED: dict[KnownBasis, str] = {
    "acceptance": "accepted",
    "filing-date": "filed",
    "signature": "signed",
    "period": "for",
    "unknown": "undated",
}


def titles(ledger: Ledger, refs: Iterable[str]) -> dict[str, str]:
    """What to call the filings that these references name or lie in, by filing."""
    names = {ref.partition("#")[0] for ref in refs}
    filings = (n for n in names if n.startswith("sha256:") or n == normal_accession(n))
    found = current(ledger).filings(map(stream_of, filings), heads=True)
    return {filing.id: title(filing.head.form, filing.known) for filing in found}


def title(form: str, known: Known) -> str:
    """A filing as one would speak of it: `Form 5 signed 2005-02-04`."""
    return f"Form {form} {_DATED[known.basis]} {known.on or ''}".rstrip()
