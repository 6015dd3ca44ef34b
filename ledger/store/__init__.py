"""The log that keeps what was said: appended, read back, sealed and verified."""

from ledger.store.ledger import BATCH, Ledger, Outcome, Recorded
from ledger.store.views import View

__all__ = ["BATCH", "Ledger", "Outcome", "Recorded", "View"]
