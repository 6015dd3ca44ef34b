"""Scanned forms: text that was printed for the eye, its columns and boxes told by place."""
