"""From EDGAR to the log: filings found in its lists, fetched into a folder, recorded.

The only room that asks a network. Whatever comes from there passes the same readers, and
the same limits, as a file that somebody has on disk.
"""
