#!/usr/bin/env bash
# DuckDB 2.0.1 (with pyarrow 26.0.1): an exact Parquet column of more than 38 digits is read as a 64-bit
# float, without a word; the same column in memory is refused. Seen 2026-11-27.
#
# Expected: exactness of a decimal column is kept or the file is refused. Polars 2.1.0 refuses it, and
#   DuckDB itself refuses the same Arrow table when it is handed over in memory.
# Seen: decimal256(50, 12) comes as DOUBLE, and not as the nearest one: 985,544.123456789012 units become
#   985544.123456789 (the nearest float prints as 985544.1234567891). A filter for the value that was
#   written finds no row; from decimal128(38, 12) it finds it.
#   (Meant as a help since 2023: DuckDB's pull request 9770, for BigQuery's BIGDECIMAL.)
# Why it matters: 38 digits with 12 decimals is the widest exact type that pyarrow, pandas, Polars and
#   DuckDB share, and neither difference nor product of two such columns fits it in pyarrow, which
#   refuses. Going to 256 bits makes the file exact for pyarrow and silently inexact in DuckDB.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile \
    duckdb==2.0.1 pyarrow==26.0.1 polars==2.1.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from decimal import Decimal

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

UNITS = Decimal("985544.123456789012")


def write(digits, kind):
    table = pa.table({"units": pa.array([UNITS], kind(digits, 12))})
    pq.write_table(table, f"{digits}.parquet")
    return table


def asked(question):
    try:
        return question()
    except (duckdb.Error, pl.exceptions.PolarsError) as error:
        return f"refused: {type(error).__name__}"


def duck(digits):
    file = f"'{digits}.parquet'"
    ((value,),) = duckdb.sql(f"FROM {file}").fetchall()
    ((found,),) = duckdb.sql(f"SELECT count(*) FROM {file} WHERE units = {UNITS}").fetchall()
    return str(duckdb.sql(f"FROM {file}").types[0]), str(value), f"{found} row found"


write(38, pa.decimal128)
wide = write(50, pa.decimal256)
seen = {
    "DuckDB, 38 digits from Parquet": asked(lambda: duck(38)),
    "DuckDB, 50 digits from Parquet": asked(lambda: duck(50)),
    "DuckDB, 50 digits from memory": asked(lambda: str(duckdb.sql("FROM wide").types[0])),
    "Polars, 50 digits from Parquet": asked(lambda: str(pl.read_parquet("50.parquet").schema)),
}
stated = {
    "DuckDB, 38 digits from Parquet": ("DECIMAL(38,12)", "985544.123456789012", "1 row found"),
    "DuckDB, 50 digits from Parquet": ("DOUBLE", "985544.123456789", "0 row found"),
    "DuckDB, 50 digits from memory": "refused: NotImplementedException",
    "Polars, 50 digits from Parquet": "refused: InvalidOperationError",
}
for what, found in seen.items():
    print(f"{what}: {found}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
