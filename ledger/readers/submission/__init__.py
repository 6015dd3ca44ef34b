"""EDGAR's full submission text: a header, and the documents it carries."""
