#!/usr/bin/env bash
# deltalake 1.6.6 (with DataFusion inside; pyarrow 26.0.1, Polars 2.1.0, DuckDB 2.0.1): a row with an exact decimal is
# in the table and is not found by its own value. Seen 2026-11-30.
#
# Expected: a table without a filter and a filter on what it gave agree; the values themselves are kept exactly.
# Seen: the log keeps the smallest and the largest value of each file as a 64-bit float, even of a decimal column, and
#   files are left out by that. 902,193.29 in a column of decimal(38, 18) has the largest value 902193.2899999999, so
#   "= 902193.29" and ">= 902193.29" find nothing by any of four readers, `delete` deletes nothing and `update` updates
#   nothing, all without a word. Of amounts below a million with two decimals a sixth are lost so, with twelve decimals
#   in decimal(38, 12) nearly all; in decimal(20, 6) none, until a value has more than 15 digits.
# Why it matters: wide scales are what exactness is bought with: units of plans, prices and their products. A threshold
#   leaves out the holder who stands on it, and a correction by value is reported as done.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile \
    deltalake==1.6.6 pyarrow==26.0.1 polars==2.1.0 duckdb==2.0.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import random
import sys
from decimal import Decimal

import duckdb
import polars as pl
import pyarrow as pa
from deltalake import DeltaTable, QueryBuilder, write_deltalake

UNITS = Decimal("902193.29")


def table(name, *rows, digits=38, places=18):
    """One file for each row."""
    for owner, units in rows:
        units = pa.array([units], pa.decimal128(digits, places))
        write_deltalake(name, pa.table({"owner": [owner], "units": units}), mode="append")
    return DeltaTable(name)


def lost(digits, places, written, among=60):
    """How many of so many amounts below a million, with so many decimals written, are not found by themselves."""
    draw, count = random.Random(5), 0
    for each in range(among):
        units = Decimal(draw.randrange(10 ** (6 + written))).scaleb(-written)
        held = table(f"lost-{digits}-{written}-{each}", ("Odd", units), digits=digits, places=places)
        count += held.to_pyarrow_table(filters=[("units", "=", units)]).num_rows == 0
    return count


holders = table("holders", ("Quillfeather Odd", UNITS), ("Marrow Tilda", Decimal("1200.75")))
dataset = holders.to_pyarrow_dataset()
asked = QueryBuilder().register("holders", holders)
seen = {
    "all units": sorted(holders.to_pyarrow_table()["units"].to_pylist()),
    "to_pyarrow_table, =": holders.to_pyarrow_table(filters=[("units", "=", UNITS)]).num_rows,
    "QueryBuilder, >=": pa.table(asked.execute(f"SELECT * FROM holders WHERE units >= {UNITS}").read_all()).num_rows,
    "Polars, >=": pl.scan_delta("holders").filter(pl.col("units") >= UNITS).collect().height,
    "DuckDB, >=": duckdb.sql(f"SELECT * FROM dataset WHERE units >= {UNITS}").arrow().read_all().num_rows,
    "deleted": holders.delete(f"units = {UNITS}")["num_deleted_rows"],
    "updated": holders.update(predicate=f"units = {UNITS}", updates={"owner": "'X'"})["num_updated_rows"],
    "lost of 60 with 2 decimals in (38, 18)": lost(38, 18, 2),
    "lost of 60 with 12 decimals in (38, 12)": lost(38, 12, 12),
    "lost of 60 with 6 decimals in (20, 6)": lost(20, 6, 6),
}
stated = {
    "all units": [Decimal("1200.75"), UNITS],
    "to_pyarrow_table, =": 0,
    "QueryBuilder, >=": 0,
    "Polars, >=": 0,
    "DuckDB, >=": 0,
    "deleted": 0,
    "updated": 0,
    "lost of 60 with 2 decimals in (38, 18)": 10,
    "lost of 60 with 12 decimals in (38, 12)": 58,
    "lost of 60 with 6 decimals in (20, 6)": 0,
}
for what, found in seen.items():
    print(f"{what}: {found}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
