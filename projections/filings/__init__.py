"""What a filing says, and what of it stands once amendments and repetitions are known."""
