"""What Section 16 asks of insiders: days by which to file, profits to hand over."""
