"""Stories of filers in a few lines each, with the answers that the ledger must give."""
