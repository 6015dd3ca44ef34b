"""What a check is, and what a doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from projections.filings.records import Dossier
from projections.findings.finding import Finding
from projections.issuer import Folded

Check = Callable[[Dossier, Folded], Iterator[Finding]]
"""Looks at one filing, with the others of its issuer at hand, and yields findings."""

Doubt = Callable[[Folded], Iterator[Finding]]
"""Looks at an issuer, once its breaks are judged, for what all its filings leave open."""
