"""Whole tables of what is in a ledger, row by row, for programs that compute with them."""
