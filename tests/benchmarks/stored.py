"""Where the bytes of a ledger in SQLite lie: by table and index, in all and for each line.

    python -m tests.benchmarks.stored --path PATH
    python -m tests.benchmarks.stored --lines 20000
    python -m tests.benchmarks.stored --lines 20000 --documents

Whole pages are counted, as `dbstat` of SQLite has them, and what of them holds nothing. With
`--lines` a simulated world of so many lines is recorded and judged first; with `--documents` it is
ingested from files, so that each document is known by its bytes too. The second table has
what is kept of the states of events, by topic: how many bytes of a line each has.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from ledger import Ledger
from projections.views.catching_up import catch_up
from tests.benchmarks import curves
from tests.benchmarks.replay import fill

_PAGES = (
    "SELECT name, sum(pgsize), sum(payload), sum(unused) FROM dbstat GROUP BY 1 ORDER BY 2 DESC"
)
_TOPICS = "SELECT topic, count(*), sum(length(state)) FROM stored_events GROUP BY 1 ORDER BY 3 DESC"
_ROWS = "SELECT count(*) FROM {} WHERE json_extract(state, '$.table') IS NOT NULL"
_VIEW = "SELECT name FROM sqlite_master WHERE name = 'events'"
_DOCUMENTS = "SELECT name FROM sqlite_master WHERE name = 'view_documents'"
_KNOWN = "SELECT count(*) FROM view_documents"
_DOCUMENT_PAGES = "SELECT sum(pgsize) FROM dbstat WHERE name LIKE '%view_documents%'"
_SHOWN = 0.5
"""Bytes a line from which on something is shown."""


def shown(path: Path) -> None:
    """Print where the bytes of a ledger lie."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        log = connection.execute(_VIEW).fetchone() or ("stored_events",)
        ((lines,),) = connection.execute(_ROWS.format(*log))
        print(f"{lines:,} lines; bytes a line: pages, what is in them, what holds nothing")
        whole = 0.0
        for name, pages, payload, unused in connection.execute(_PAGES):
            whole += pages / lines
            if pages / lines >= _SHOWN:
                print(
                    f"  {name:40}{pages / lines:>8.1f}{payload / lines:>8.1f}{unused / lines:>8.1f}"
                )
        print(f"  {'all':40}{whole:>8.1f}")
        if connection.execute(_DOCUMENTS).fetchone():
            ((known,),) = connection.execute(_KNOWN)
            ((pages,),) = connection.execute(_DOCUMENT_PAGES)
            print(
                f"  {known:,} documents known by their bytes, {pages / max(known, 1):,.0f} bytes each"
            )
        for topic, count, size in connection.execute(_TOPICS):
            if size / lines >= _SHOWN:
                print(f"  states of {topic:30}{size / lines:>8.1f}, {size / count:,.0f} bytes each")


def main(arguments: Sequence[str] | None = None) -> None:
    """Take stock of a ledger and print it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    ledger = parser.add_mutually_exclusive_group(required=True)
    ledger.add_argument("--path", type=Path)
    ledger.add_argument("--lines", type=int)
    parser.add_argument("--documents", action="store_true", help="ingest the lines from files")
    given = parser.parse_args(arguments)
    if given.path:
        shown(given.path)
        return
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, "ledger.db")
        with Ledger.open(path) as made:
            if given.documents:
                folder = Path(scratch, "filings")
                folder.mkdir()
                curves.pack(given.lines, folder)
                made.ingest(folder)
            else:
                fill(made, given.lines)
            catch_up(made)
        shown(path)


if __name__ == "__main__":
    main()
