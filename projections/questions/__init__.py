"""What people ask of the ledger, each answered in shapes of `projections.answers`."""
