"""Simulated insiders and their filings, with known truth: a seed in, a world out.

`world` makes companies with insiders over some years, `sequence` a short one for
benchmarks of reconciliation, `stream` as many lines as a speed benchmark wants. A world
holds its filings as the readers would return them, what is true of every total, and the
one error that was put in, if any. `as_xml`, `as_submission` and `as_scan` write a filing as bytes.
"""

from tests.simulator.errors import ERRORS, MADE, NEIGHBOURS, OMISSIONS
from tests.simulator.spoiling import Unsuitable
from tests.simulator.truth import Allowed, Claim, InjectedError, PositionTruth, Truth
from tests.simulator.worlds import World, sequence, stream, world
from tests.simulator.writers import as_scan, as_submission, as_xml

__all__ = [
    "ERRORS",
    "MADE",
    "NEIGHBOURS",
    "OMISSIONS",
    "Allowed",
    "Claim",
    "InjectedError",
    "PositionTruth",
    "Truth",
    "Unsuitable",
    "World",
    "as_scan",
    "as_submission",
    "as_xml",
    "sequence",
    "stream",
    "world",
]
