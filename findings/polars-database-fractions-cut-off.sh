#!/usr/bin/env bash
# Polars 2.1.0: of a SQLite table with a hundred whole holdings first, every fraction that comes later is cut off: 200.75
# shares are 200, and the total differs from the one that the database gives. Seen 2026-11-30.
#
# Expected: a value that does not fit the type that was guessed is refused, as a word after numbers is, and as the same
#   numbers are when they come as one column: "unexpected value while building Series of type Int64".
# Seen: `read_database` looks at the first hundred rows. SQLite gives whole numbers of a NUMERIC or DECIMAL column as
#   integers, and so the column is one of whole numbers; later fractions lose what is behind the point, -200.75 is -200,
#   without a word. `coalesce(x, 0)` and `ELSE 0` make such columns of REAL ones too. DataFrame(rows) and from_dicts do
#   the same, also with strict=True. In batches each batch has its own type. `infer_schema_length=None`, a
#   `schema_overrides`, or 0.0 for 0 in the query gives the right sum. (1.44.2 does the same.)
# Why it matters: whole holdings are the most, and fractions of plan units come with later accounts. Which rows are cut
#   depends on the ORDER BY, and the same query over fewer people is right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile polars==2.1.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sqlite3
import sys

import polars

HELD = [(n, n if n <= 150 else n + 0.75) for n in range(1, 201)]
base = sqlite3.connect(":memory:")
base.execute("CREATE TABLE holdings (holder integer, shares decimal(20, 8), units real)")
base.executemany("INSERT INTO holdings VALUES (?, ?, ?)", [(n, shares, shares if n > 150 else None) for n, shares in HELD])


def read(what, order="holder", **options):
    return polars.read_database(f"SELECT {what} AS shares FROM holdings ORDER BY {order}", base, **options)["shares"]


def refused(values):
    try:
        polars.DataFrame(values, schema=["shares"], orient="row" if isinstance(values, list) else None)
    except (polars.exceptions.PolarsError, TypeError) as error:
        return type(error).__name__


rows = [(shares,) for _, shares in HELD]
cut = polars.DataFrame(rows, schema=["shares"], orient="row", strict=True)["shares"]
cut_dicts = polars.from_dicts([{"shares": shares} for (shares,) in rows])["shares"]
CASES = {
    "SQLite's own sum": (base.execute("SELECT sum(shares) FROM holdings").fetchone()[0], 20137.5),
    "read_database": (read("shares").sum(), 20100),
    "its last value": (read("shares")[-1], 200),
    "negative, its last value": (read("-shares")[-1], -200),
    "the other order": (read("shares", "holder DESC").sum(), 20137.5),
    "REAL, coalesce(units, 0)": (read("coalesce(units, 0)").sum(), 8775),
    "REAL, coalesce(units, 0.0)": (read("coalesce(units, 0.0)").sum(), 8812.5),
    "infer_schema_length=None": (read("shares", infer_schema_length=None).sum(), 20137.5),
    "schema_overrides": (read("shares", schema_overrides={"shares": polars.Float64}).sum(), 20137.5),
    "rows, strict": (cut.sum(), 20100),
    "dicts": (cut_dicts.sum(), 20100),
    "one column": (refused({"shares": [shares for (shares,) in rows]}), "TypeError"),
    "text after numbers": (refused([(1,)] * 150 + [("unknown",)]), "ComputeError"),
}
for case, (found, _) in CASES.items():
    print(f"{case}: {found}")
changed = {case: stated for case, (found, stated) in CASES.items() if found != stated}
if changed:
    sys.exit(f"CHANGED: this was stated: {changed}")
print("As stated.")
PYTHON
