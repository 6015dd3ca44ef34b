"""What was said: the filings, the facts they report, and the log that keeps them."""

from ledger.errors import LedgerError
from ledger.filing import Filing, Problem, Reading
from ledger.store import Ledger, Outcome, Recorded, View
from ledger.store.verification import Verification

__all__ = [
    "Filing",
    "Ledger",
    "LedgerError",
    "Outcome",
    "Problem",
    "Reading",
    "Recorded",
    "Verification",
    "View",
]
