"""What can be seen to be wrong without any balance: codes, dates, prices, names, notes.

Each check looks at one filing (with the others of its issuer at hand) and yields findings.
None of them changes a number.
"""

from projections.checks import (
    columns,
    exercises,
    footnotes,
    identities,
    openings,
    rows,
    withdrawals,
)
from projections.checks.check import Check
from projections.section16 import lateness

CHECKS: tuple[Check, ...] = (
    *rows.CHECKS,
    *lateness.CHECKS,
    *openings.CHECKS,
    *exercises.CHECKS,
    *identities.CHECKS,
    *footnotes.CHECKS,
    *columns.CHECKS,
    *withdrawals.CHECKS,
)
"""Every check, in the order in which the forms are read."""

__all__ = ["CHECKS", "Check"]
