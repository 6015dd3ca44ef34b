"""Whether the log, and the read model that answers rest on, are whole and unaltered."""

from __future__ import annotations

from ledger import Ledger, Verification
from ledger.store.checkpoints import Checkpoint
from projections.views.verification import problems_of

_MOST = 1_000
"""Problems of the read model that are listed."""


def verify(ledger: Ledger, against: Checkpoint | str | None = None) -> Verification:
    """Check every event, every seal, the storage, and the read model that lies beside them.

    Args:
        ledger: The ledger to check.
        against: A seal that was kept elsewhere: what `Ledger.seal` gave, its text, or its root.

    Raises:
        UsageError: That text is no seal.
    """
    found = ledger.verify(against)
    problems = problems_of(ledger)
    if problems is None:
        left = "the read model: none is built by this program's rules; the next question builds it"
        return found._replace(uncovered=(left, *found.uncovered))
    more = [problem for problem, _ in zip(problems, range(_MOST), strict=False)]
    return found._replace(
        ok=found.ok and not more,
        problems=(*found.problems, *more),
        covered=(*found.covered, "the read model"),
    )
