"""The databases a ledger can be kept in, behind one small interface."""
