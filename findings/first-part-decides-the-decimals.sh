#!/usr/bin/env bash
# Polars 2.1.0 and DuckDB 2.0.1 (pyarrow 26.0.1): of exact decimals put together from parts, the first part decides how
# many places there are, and the rest is rounded: 1.505 becomes 1.5, 0.75 becomes 1. Seen 2026-11-30.
#
# Expected: parts whose types differ are refused or widened. `pl.concat` refuses whole numbers with floats, and wants
#   `vertical_relaxed` to widen; pyarrow and Polars refuse two Parquet files with different scales.
# Seen: `pl.concat` (and vstack, extend, how="diagonal") takes columns of decimals as of one type. What has more places
#   is rounded, what has more digits than the first part allows becomes null, and the other way round nothing happens,
#   so that a total depends on the order. DuckDB, which takes types from the first file (as documented), rounds the
#   second file's places; with `union_by_name` it widens. From rows of Python decimals Polars takes the places of the
#   first hundred: after a hundred whole lots 0.75 shares are 1, with `strict=True`. In a list of lists the first counts.
# Why it matters: whole shares come first, and fractions of plan units later. Cast all parts to one type, or write
#   `vertical_relaxed`, `union_by_name` and `infer_schema_length=None`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile \
    polars==2.1.0 duckdb==2.0.1 pyarrow==26.0.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from decimal import Decimal

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq


def part(*units, digits=20, places=2):
    return pl.DataFrame({"units": [Decimal(each) for each in units]}, schema={"units": pl.Decimal(digits, places)})


def asked(question):
    try:
        return [None if each is None else str(each) for each in question()]
    except (pl.exceptions.PolarsError, pa.ArrowInvalid) as error:
        return f"refused: {type(error).__name__}"


shares, plan = part("1.5"), part("1.505", "2.123456", places=6)
shares.write_parquet("shares.parquet")
plan.write_parquet("plan.parquet")
files = ["shares.parquet", "plan.parquet"]
rows = [{"units": Decimal(1200)}] * 100 + [{"units": Decimal("0.75")}]
floats = pl.DataFrame({"units": [1]}), pl.DataFrame({"units": [1.5]})


def duck(options=""):
    return [units for (units,) in duckdb.sql(f"SELECT units FROM read_parquet({files}{options})").fetchall()]


seen = {
    "concat, floats": asked(lambda: pl.concat(floats)["units"]),
    "concat, shares first": asked(lambda: pl.concat([shares, plan])["units"]),
    "concat, plan first": asked(lambda: pl.concat([plan, shares])["units"]),
    "concat, diagonal": asked(lambda: pl.concat([shares, plan], how="diagonal")["units"]),
    "concat, relaxed": asked(lambda: pl.concat([shares, plan], how="vertical_relaxed")["units"]),
    "concat, more digits": asked(lambda: pl.concat([part("1", digits=5), part("12345678")])["units"]),
    "Parquet by Polars": asked(lambda: pl.read_parquet(files)["units"]),
    "Parquet by pyarrow": asked(lambda: pq.read_table(files)["units"]),
    "Parquet by DuckDB": asked(duck),
    "Parquet by DuckDB, by name": asked(lambda: duck(", union_by_name = true")),
    "rows, the last": asked(lambda: pl.DataFrame(rows, strict=True)["units"][-1:]),
    "rows, all looked at": asked(lambda: pl.DataFrame(rows, infer_schema_length=None)["units"][-1:]),
    "lists": asked(lambda: pl.Series([[Decimal(1200)], [Decimal("0.75")]]).explode()),
}
stated = {
    "concat, floats": "refused: SchemaError",
    "concat, shares first": ["1.50", "1.50", "2.12"],
    "concat, plan first": ["1.505000", "2.123456", "1.500000"],
    "concat, diagonal": ["1.50", "1.50", "2.12"],
    "concat, relaxed": ["1.500000", "1.505000", "2.123456"],
    "concat, more digits": ["1.00", None],
    "Parquet by Polars": "refused: SchemaError",
    "Parquet by pyarrow": "refused: ArrowInvalid",
    "Parquet by DuckDB": ["1.50", "1.51", "2.12"],
    "Parquet by DuckDB, by name": ["1.500000", "1.505000", "2.123456"],
    "rows, the last": ["1"],
    "rows, all looked at": ["0.75"],
    "lists": ["1200", "1"],
}
for what, found in seen.items():
    print(f"{what}: {found}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
