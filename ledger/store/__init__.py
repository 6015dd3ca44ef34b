"""The log that keeps what was said: appended, read back, sealed and verified."""

from ledger.store.ledger import BATCH, Ledger, Outcome, Recorded, View, collector_paused

__all__ = ["BATCH", "Ledger", "Outcome", "Recorded", "View", "collector_paused"]
