"""Whether the log, and the read model that answers rest on, are whole and unaltered."""

from __future__ import annotations

from collections.abc import Iterator

from ledger import Ledger, Verification
from ledger.store.checkpoints import Checkpoint
from ledger.store.verification import ROWS_FOR_SQL
from projections.views import verification_of_sql
from projections.views.verification import problems_of

_MOST = 1_000
"""Problems of the read model that are listed."""


def verify(ledger: Ledger, against: Checkpoint | str | None = None) -> Verification:
    """Check every event, every seal, the storage, the read model and the rows for SQL beside them.

    Args:
        ledger: The ledger to check.
        against: A seal that was kept elsewhere: what `Ledger.seal` gave, its text, or its root.

    Raises:
        UsageError: That text is no seal.
    """
    found = ledger.verify(against)
    if shown := verification_of_sql.problems_of(ledger):
        found = _with(found, shown, "the rows that SQL reads")
        uncovered = tuple(one for one in found.uncovered if one != ROWS_FOR_SQL)
        found = found._replace(uncovered=uncovered)
    problems = problems_of(ledger)
    if problems is None:
        left = "the read model: none is built by this program's rules; the next question builds it"
        return found._replace(uncovered=(left, *found.uncovered))
    return _with(found, problems, "the read model")


def _with(found: Verification, problems: Iterator[str], covered: str) -> Verification:
    """What was found, and what is wrong with something that lies beside the log."""
    more = [problem for problem, _ in zip(problems, range(_MOST), strict=False)]
    return found._replace(
        ok=found.ok and not more,
        problems=(*found.problems, *more),
        covered=(*found.covered, covered),
    )
