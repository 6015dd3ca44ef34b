"""What notes state: sentences, amounts, days and parties, whatever format they came in."""
