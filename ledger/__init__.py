"""What was said: the filings, the facts they report, and the log that keeps them.

Each name below is loaded when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ledger.errors import LedgerError
    from ledger.filing import Filing, Problem, Reading
    from ledger.ingestion.ledger import Ledger
    from ledger.store.ledger import Outcome, Recorded
    from ledger.store.verification import Verification
    from ledger.store.views import MemoryView, View
else:
    _HOMES = {
        "Filing": "ledger.filing",
        "Ledger": "ledger.ingestion.ledger",
        "LedgerError": "ledger.errors",
        "MemoryView": "ledger.store.views",
        "Outcome": "ledger.store.ledger",
        "Problem": "ledger.filing",
        "Reading": "ledger.filing",
        "Recorded": "ledger.store.ledger",
        "Verification": "ledger.store.verification",
        "View": "ledger.store.views",
    }

    def __getattr__(name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(_HOMES[name]), name)
        return found

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
]
