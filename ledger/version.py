"""Which version of the ledger this is. What is installed is told by it, not the other way round."""

__version__ = "0.1.0"
