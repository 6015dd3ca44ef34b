"""What all filings of an issuer together leave open, or leave to a person to judge.

Each doubt looks at the folded issuer, once its breaks are judged, and yields findings.
None of them changes a number, and none is raised where a later filing settled it.
"""

from collections.abc import Callable, Iterator

from projections.checks import aliases, amendments, conventions, holders
from projections.findings.finding import Finding
from projections.issuer import Folded
from projections.section16 import short_swings

DOUBTS: tuple[Callable[[Folded], Iterator[Finding]], ...] = (
    *holders.DOUBTS,
    *aliases.DOUBTS,
    *conventions.DOUBTS,
    *amendments.DOUBTS,
    *short_swings.DOUBTS,
)
"""Every doubt: about holders, about how to read a report, about trades and silence."""

__all__ = ["DOUBTS"]
