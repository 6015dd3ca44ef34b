"""The page that lists the views for SQL, and Datasette's metadata for them, written from the code.

python -m tests.sql_page
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from projections.sql.shapes import SAYS, VIEWS, datasette
from tests.rooms import ROOT

PAGE = ROOT / "docs" / "reference" / "sql.md"
METADATA = ROOT / "docs" / "reference" / "datasette.json"
_HEAD = """# The views for SQL

`ledger sql` makes them in the ledger's own database, the same in SQLite and PostgreSQL, and every
`ledger ingest` and `ledger replay` from then on keeps them current
([how to read with SQL](../how-to/read-with-sql.md)). Columns may be added; none is renamed or dropped.

- A quantity or price stands twice. The text under its own name is exact; the number under that name
  and `_number` is a double, exact up to fifteen digits, to compare, sort and sum by.
- Days are `YYYY-MM-DD`, moments instants in UTC or days; both sort as text. Truths are 1 or 0.
- Several values are a JSON list. What is unknown is NULL, and never 0.
- Identifiers are text and keep their noughts: `issuer_cik = '0000320193'`.
"""


def page() -> str:
    """The page as it should stand."""
    return _HEAD + "".join(_section(view) for view in VIEWS)


def _section(view: str) -> str:
    lines = "".join(f"| `{c.name}` | {kind} | {c.says} |\n" for c, kind in _kinds(view))
    return f"\n## `{view}`\n\n{SAYS[view]}\n\n| Column | Kind | Means |\n|---|---|---|\n{lines}"


def _kinds(view: str) -> Iterator[tuple[object, str]]:
    for column in VIEWS[view]:
        kind = f"{column.kind}, many" if column.many else column.kind
        yield column, kind


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    METADATA.write_text(json.dumps(datasette(), indent=2) + "\n", "utf-8")
