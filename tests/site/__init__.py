"""The documentation as a site of pages: the same texts, drawn examples and docstrings."""
