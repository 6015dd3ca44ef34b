"""What can be seen to be wrong, or is left open, whatever the balances. None changes a number."""
