"""The log that keeps what was said: appended, read back, sealed and verified."""

from ledger.store.batches import BATCH, Outcome
from ledger.store.chain import Append, digest_of
from ledger.store.ledger import Ledger, Recorded
from ledger.store.seals import State
from ledger.store.views import MemoryView, View

__all__ = [
    "BATCH",
    "Append",
    "Ledger",
    "MemoryView",
    "Outcome",
    "Recorded",
    "State",
    "View",
    "digest_of",
]
