"""What the positions of a judged issuer held, day by day, and which of it is kept to be told at once."""
