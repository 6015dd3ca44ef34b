"""Ownership XML: Forms 3, 4 and 5 as filed since June 2003."""
