"""Answers as tables: rows that iterate, data frames, an Arrow stream, a page of a notebook."""
