"""What was said: the filings, the facts they report, and the log that keeps them.

Each name below is loaded when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.loading import on_demand

if TYPE_CHECKING:
    from ledger.errors import LedgerError
    from ledger.filing import Filing, Reading
    from ledger.ingestion.ledger import Ledger
    from ledger.problems import Problem
    from ledger.store.batches import Outcome
    from ledger.store.ledger import Recorded
    from ledger.store.verification import Verification
    from ledger.store.views import MemoryView, View
    from ledger.version import __version__
else:
    _HOMES = {
        "Filing": "ledger.filing",
        "Ledger": "ledger.ingestion.ledger",
        "LedgerError": "ledger.errors",
        "MemoryView": "ledger.store.views",
        "Outcome": "ledger.store.batches",
        "Problem": "ledger.problems",
        "Reading": "ledger.filing",
        "Recorded": "ledger.store.ledger",
        "Verification": "ledger.store.verification",
        "View": "ledger.store.views",
        "__version__": "ledger.version",
    }

    __getattr__ = on_demand(__name__, _HOMES)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})


__all__ = [
    "Filing",
    "Ledger",
    "LedgerError",
    "MemoryView",
    "Outcome",
    "Problem",
    "Reading",
    "Recorded",
    "Verification",
    "View",
    "__version__",
]
