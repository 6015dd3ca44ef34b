"""A ledger with views to read: its filings, what it answers, and its file as other programs read it."""

import sqlite3

import duckdb

from projections import history, holdings
from projections.sql.shapes import VIEWS
from tests.projections.building import JOHN, bought, filing, held, opening, option, sold

FILINGS = (
    opening("985544.375", held("99.5", how="By Trust")),
    filing(sold(100, "985400"), option("A", 1_250, 1_250, strike="4.9125"), on="2024-03-01"),
    filing(bought(5_000, 5_000), on="2024-04-01", by=JOHN),
)
LATER = filing(sold(400, "985000"), on="2024-05-02")


def rows(ledger, query):
    return ledger.view("sql").query(query)


def answered(ledger):
    """Sums and a filter as the ledger answers them: exact, in Python."""
    known = [row.shares for row in holdings(ledger) if row.shares is not None]
    moved = [row.shares for row in history(ledger) if row.shares is not None]
    return sum(known), sorted(n for n in known if n > 1_000), sum(moved)


def attached(database, path):
    """The views in DuckDB: by its own reader of SQLite files, else copied as they are declared."""
    try:
        database.execute(f"ATTACH '{path}' AS ledger (TYPE sqlite, READ_ONLY); USE ledger")
    except duckdb.Error:  # its reader is an extension, which a machine without network lacks
        connection = sqlite3.connect(path)
        for view in VIEWS:
            told = connection.execute(f"PRAGMA table_info({view})").fetchall()
            types = ", ".join(f'"{name}" {kind}' for _, name, kind, *_ in told)
            database.execute(f"CREATE TABLE {view} ({types})")
            holes = ", ".join("?" * len(told))
            stored = connection.execute(f"SELECT * FROM {view}").fetchall()
            if stored:
                database.executemany(f"INSERT INTO {view} VALUES ({holes})", stored)
