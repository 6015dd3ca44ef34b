"""One module for each command, each with exactly one `command`."""
