"""From paths to the log: documents found, read, recorded or set aside."""
